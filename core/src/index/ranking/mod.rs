//! What ranking is made of, whichever engine adds it up.

mod authority; // how much the law builds on a statute
mod bags; // chapters and statutes as wholes
mod bm25;
mod demand; // what a query asks of a unit
mod found_in; // where it has a concept
mod standing; // what stands around it
mod tokens; // pairs of letters and letters
pub(super) mod weights; // every number

pub(super) use authority::Authority;
pub(super) use bags::{BagScores, Bags};
pub(super) use bm25::{Saturation, idf, phrase_value};
pub(super) use demand::Demand;
pub(super) use found_in::FoundIn;
pub(super) use standing::{Around, Standing};
pub(super) use tokens::{RankedGram, worth_reading};
