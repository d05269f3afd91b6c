//! What a unit's score is made of besides its words.

/// What is known of a unit beside its words.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::index) struct Standing {
    /// How much of the demand it meets.
    pub(in crate::index) share: f32,
    /// What the words are multiplied by for that.
    pub(in crate::index) coverage: f32,
    /// And for its kind.
    pub(in crate::index) kind: f32,
    /// What is added for its surroundings, if there are any.
    pub(in crate::index) around: Option<Around>,
}

/// What the surroundings of an article add to its score.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::index) struct Around {
    pub(in crate::index) chapter: f32,
    pub(in crate::index) statute: f32,
    pub(in crate::index) authority: f32,
}

impl Around {
    pub(in crate::index) fn sum(self) -> f32 {
        self.chapter + self.statute + self.authority
    }
}
