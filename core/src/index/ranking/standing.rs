//! What a unit's score is made of besides its words.

use super::Demand;

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

impl Standing {
    /// Of a unit with so much evidence, of a kind that weighs so much.
    pub(in crate::index) fn new(demand: &Demand, evidence: f32, kind: f32, around: Option<Around>) -> Standing {
        let share = demand.share(evidence);
        Standing { share, coverage: demand.coverage(share), kind, around }
    }

    /// The score of a unit whose words are worth so much. What has nothing around it gets what others have on average besides.
    pub(in crate::index) fn score(&self, words: f32) -> f32 {
        words * self.coverage * self.kind + self.around.map_or(0.0, Around::sum)
    }
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
