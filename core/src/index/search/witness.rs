//! Who looks on while scores are made.

use super::postings::Slot;
use super::surroundings::Around;

/// What is known of a unit beside its words.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Standing {
    /// How much of the demand it meets.
    pub(super) share: f32,
    /// What the words are multiplied by for that.
    pub(super) coverage: f32,
    /// And for its kind.
    pub(super) kind: f32,
    /// What is added for its surroundings, if there are any.
    pub(super) around: Option<Around>,
}

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
