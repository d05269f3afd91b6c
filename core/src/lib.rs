//! What both sides of lawcite's index agree on.
//!
//! [`text`] has positions, the normal form and numerals; [`citation`] finds and resolves citations of Chinese law;
//! [`responsibility`] is a bureau's list as a tree and [`statute`] the law it cites; [`document`] is what either says of
//! itself, [`mod@unit`] what search returns; [`mod@audit`] checks a list against the law
//! and [`mod@compare`] one list against another. None of these knows of a search engine, and without the feature `engine` the
//! crate is these alone.

#[cfg(feature = "engine")]
pub mod analyzer;
pub mod audit;
pub mod citation;
pub mod compare;
pub mod document;
#[cfg(feature = "engine")]
pub mod index;
#[cfg(feature = "engine")]
pub mod lexicon;
pub mod liability;
#[cfg(feature = "engine")]
pub mod query;
pub mod responsibility;
pub mod statute;
pub mod text;
pub mod unit;
