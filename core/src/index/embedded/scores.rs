//! Memory that is used again from query to query.

use std::cell::RefCell;

use super::found::Found;
use super::place_counts::PlaceCounts;
use super::surroundings::{SurroundingScores, Surroundings};
use super::window::Window;

/// What is gathered for one query.
#[derive(Debug, Default)]
pub(super) struct Scores {
    /// Who has its concepts.
    pub(super) found: Found,
    /// How many pairs of the long term at hand a slot has.
    pub(super) pairs: Vec<u8>,
    /// How chapters and statutes as wholes answer.
    pub(super) surroundings: SurroundingScores,
    /// The slots that are added up.
    pub(super) window: Window,
    /// How many units are hits by themselves, by place.
    pub(super) alone: PlaceCounts,
}

thread_local! {
    static SCORES: RefCell<Scores> = RefCell::default();
}

impl Scores {
    /// Nothing yet, for so many slots and those surroundings. Each thread keeps its own from query to query.
    pub(super) fn with<T>(slots: usize, around: &Surroundings, run: impl FnOnce(&mut Scores) -> T) -> T {
        // Taken and not borrowed: after a panic, nothing half done is left for the next query.
        let mut scores = SCORES.take();
        scores.found.clear(slots);
        scores.pairs.resize(slots, 0);
        scores.surroundings.clear(around);
        let done = run(&mut scores);
        SCORES.set(scores);
        done
    }
}
