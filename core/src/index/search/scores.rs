//! Arrays with a place for each slot, used again from query to query.

use std::cell::RefCell;

use super::postings::Slot;
use super::surroundings::{SurroundingScores, Surroundings};

/// The arrays of one query.
#[derive(Debug, Default)]
pub(super) struct Scores {
    /// What all signals of the words add up to, by slot.
    pub(super) words: Vec<f32>,
    /// How much of the query's weight a slot has evidence for.
    pub(super) evidence: Vec<f32>,
    /// The concept that a slot was last found to have, counted from one.
    pub(super) met: Vec<u32>,
    /// How many pairs of the long term at hand a slot has.
    pub(super) pairs: Vec<u8>,
    /// How chapters and statutes as wholes answer.
    pub(super) surroundings: SurroundingScores,
    /// Who has the concept at hand.
    pub(super) found: Vec<Found>,
}

/// A slot that has a concept.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) slot: Slot,
    /// How strongly: BM25 without its idf.
    pub(super) strength: f32,
    pub(super) place: FoundIn,
    /// How much of it is there: 1 but for [`FoundIn::Part`].
    pub(super) share: f32,
}

/// Where a concept was found, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FoundIn {
    /// The unit's own text.
    Text,
    /// The name of the statute that it is of.
    Name,
    /// The titles above it.
    Titles,
    /// The text, but only most of it.
    Part,
}

impl FoundIn {
    /// What explanations call it.
    pub(super) fn field(self) -> &'static str {
        match self {
            FoundIn::Text | FoundIn::Part => "text",
            FoundIn::Name => "statute",
            FoundIn::Titles => "titles",
        }
    }
}

thread_local! {
    static SCORES: RefCell<Scores> = RefCell::default();
}

impl Scores {
    /// Empty arrays for so many slots, and for those surroundings. Each thread keeps its own from query to query.
    pub(super) fn with<T>(slots: usize, around: &Surroundings, run: impl FnOnce(&mut Scores) -> T) -> T {
        SCORES.with_borrow_mut(|scores| {
            let Scores { words, evidence, met, pairs, found, surroundings } = &mut *scores;
            for values in [words, evidence] {
                values.clear();
                values.resize(slots, 0.0);
            }
            met.clear();
            met.resize(slots, 0);
            pairs.clear();
            pairs.resize(slots, 0);
            found.clear();
            surroundings.clear(around);
            run(scores)
        })
    }
}
