//! Who looks on while scores are made.

use super::surroundings::Around;
use crate::index::tables::UnitNo;

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
    /// `value` was added for `term`.
    fn saw(&mut self, unit: UnitNo, signal: &'static str, field: &'static str, term: &str, value: f32);

    /// All of the unit's words were seen, and this is what is made of them.
    fn stands(&mut self, unit: UnitNo, standing: Standing);
}

/// Nobody wants to know.
pub(super) struct Unseen;

impl Witness for Unseen {
    fn saw(&mut self, _: UnitNo, _: &'static str, _: &'static str, _: &str, _: f32) {}

    fn stands(&mut self, _: UnitNo, _: Standing) {}
}
