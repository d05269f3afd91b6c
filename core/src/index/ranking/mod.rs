//! What ranking is made of, whichever engine adds it up.

mod bm25;
mod demand; // what a query asks of a unit
mod found_in; // where it has a concept
mod standing; // what stands around it
pub(super) mod weights; // every number

pub(super) use bm25::{Saturation, idf};
pub(super) use demand::Demand;
pub(super) use found_in::FoundIn;
pub(super) use standing::{Around, Standing};
