//! What became of a list in another one: two years of one bureau, two bureaus.
//!
//! [`compare`] takes the units of two documents, pairs their entries (duties, rows) by code, then by name and words, and says
//! which were added, dropped, renamed and changed, and which citations came and went. It knows of no index.

mod entry; // a list's entries: what is compared

mod matching; // which entry of one is which of the other

mod report; // what is found

#[cfg(test)]
mod tests;

pub use report::{ChangedPart, Comparison, EntryChange, EntryFate, ListedEntry, compare};
