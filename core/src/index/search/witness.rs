//! Who looks on while scores are made.

use crate::index::tables::UnitNo;

/// Is told every contribution to a unit's score as it is made.
pub(super) trait Witness {
    /// `value` was added for `term`.
    fn saw(&mut self, unit: UnitNo, signal: &'static str, field: &'static str, term: &str, value: f32);
}

/// Nobody wants to know.
pub(super) struct Unseen;

impl Witness for Unseen {
    fn saw(&mut self, _: UnitNo, _: &'static str, _: &'static str, _: &str, _: f32) {}
}
