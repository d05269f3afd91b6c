//! Who looks on while scores are made.

use super::postings::Slot;
use crate::index::ranking::Standing;

/// Is told every contribution to a unit's score as it is made.
pub(super) trait Witness {
    /// `value` was added for `term` to what is at `slot`.
    fn saw(&mut self, slot: Slot, signal: &'static str, field: &'static str, term: &str, value: f32);

    /// All words of the unit at `slot` were seen, and this is what is made of them.
    fn stands(&mut self, slot: Slot, standing: Standing);
}

/// Nobody wants to know.
pub(super) struct Unseen;

impl Witness for Unseen {
    fn saw(&mut self, _: Slot, _: &'static str, _: &'static str, _: &str, _: f32) {}

    fn stands(&mut self, _: Slot, _: Standing) {}
}
