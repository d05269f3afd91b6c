//! Arrays with a place for each slot, used again from query to query.

use std::cell::RefCell;

use super::postings::Slot;
use super::surroundings::{SurroundingScores, Surroundings};

/// The arrays of one query. Only candidates have values in them, so that a query of rare words costs little, however large
/// the index is.
#[derive(Debug, Default)]
pub(super) struct Scores {
    /// The slots that have any of the concepts, in no order.
    pub(super) candidates: Vec<Slot>,
    /// How much of the query's weight a slot has evidence for; above zero for candidates alone.
    pub(super) evidence: Vec<f32>,
    /// What all signals of the words add up to, by slot.
    pub(super) words: Vec<f32>,
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
            scores.clear();
            scores.evidence.resize(slots, 0.0);
            scores.words.resize(slots, 0.0);
            scores.met.resize(slots, 0);
            scores.pairs.resize(slots, 0);
            scores.surroundings.clear(around);
            run(scores)
        })
    }

    fn clear(&mut self) {
        for &slot in &self.candidates {
            self.evidence[slot as usize] = 0.0;
            self.words[slot as usize] = 0.0;
            self.met[slot as usize] = 0;
        }
        // A query that failed half-way has found some that are no candidates yet.
        for found in &self.found {
            self.met[found.slot as usize] = 0;
        }
        self.candidates.clear();
        self.found.clear();
    }

    /// Adds what a concept is worth to a slot, and the evidence that it is.
    pub(super) fn add_concept(&mut self, slot: Slot, value: f32, evidence: f32) {
        let known = &mut self.evidence[slot as usize];
        if *known == 0.0 {
            self.candidates.push(slot);
        }
        *known += evidence;
        self.words[slot as usize] += value;
    }
}
