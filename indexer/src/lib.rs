//! Reads responsibility lists and statutes, and builds the index.
//!
//! [`source`] turns files of any known format into blocks, [`responsibility`] and [`listing`] blocks into a
//! list's tree, [`statute`] files into statutes, and [`build()`] all of it into a generation.

pub mod source;

pub mod listing;
pub mod responsibility;
pub mod statute;

mod build;
mod dictionary; // English for the index's words

pub use build::{
    BuildError, BuildOptions, ColumnsRead, Progress, Quiet, SourceWarning, Summary, build, build_in, install_lexicon,
};
