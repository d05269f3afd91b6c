//! The lexicon: abbreviations, lay words, English terms and statutes' names, as files that people edit.
//!
//! It acts on queries only. A generation keeps a copy of the files it was built with, the segmentation dictionary
//! among them, so that a reader needs nothing but the index.

mod check; // the rules for those who edit
mod entries;
mod files;

pub use crate::statute::{StatuteFate, Succession, SuccessionTable};
pub use entries::{EnglishMatch, Entry, EntryOrigin, HanMatch, Lexicon, LexiconWarning};
pub use files::{LexiconError, LexiconFiles};
