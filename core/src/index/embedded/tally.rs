//! Units that answer, counted by what they have in common.

use super::best::Best;
use super::places::Place;
use super::postings::Slot;
use crate::index::tables::{NONE, Tables};
use crate::unit::Kind;

/// A unit with its score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scored {
    pub(super) slot: Slot,
    pub(super) score: f32,
}

/// How many hits have each value of a field.
#[derive(Default)]
pub(super) struct Counts {
    /// By value.
    counts: Vec<u32>,
    /// The values that any hit has, as they came.
    met: Vec<u32>,
}

impl Counts {
    /// Of a field with so many values.
    pub(super) fn new(values: usize) -> Counts {
        Counts { counts: vec![0; values], met: Vec::new() }
    }

    /// Counts so many hits. Nothing is counted for [`NONE`].
    #[inline]
    pub(super) fn add(&mut self, value: u32, hits: u32) {
        if value == NONE {
            return;
        }
        let count = &mut self.counts[value as usize];
        if *count == 0 {
            self.met.push(value);
        }
        *count += hits;
    }

    /// The values that any hit has, and how many.
    pub(super) fn into_met(self) -> impl Iterator<Item = (u32, u32)> {
        self.met.into_iter().map(move |value| (value, self.counts[value as usize]))
    }
}

/// Units that answer a query. Most are hits by themselves of which nothing is asked but where they stand and whether they are
/// among the best, so that none of these is kept.
#[derive(Default)]
pub(super) struct Tally {
    /// How many are hits by themselves.
    pub(super) alone: usize,
    /// How many of these are of each kind, of each statute, of each document.
    pub(super) kinds: Counts,
    pub(super) statutes: Counts,
    pub(super) documents: Counts,
    /// The best of them.
    pub(super) best: Best,
    /// The others, in no order: what is one hit with others, what has labels of its own, and all where a filter has to be asked.
    pub(super) apart: Vec<Scored>,
}

impl Tally {
    /// Nobody yet. As many of the best as are `wanted` will be known.
    pub(super) fn new(tables: &Tables, wanted: usize) -> Tally {
        Tally {
            alone: 0,
            kinds: Counts::new(Kind::ALL.len()),
            statutes: Counts::new(tables.statutes.len()),
            documents: Counts::new(tables.documents.len()),
            best: Best::new(wanted),
            apart: Vec::new(),
        }
    }

    /// Counts so many hits of a place.
    pub(super) fn count(&mut self, place: &Place, hits: u32) {
        self.alone += hits as usize;
        self.kinds.add(u32::from(place.kind), hits);
        self.documents.add(place.document, hits);
        self.statutes.add(place.statute, hits);
    }

    /// Whether there is any hit, those that are kept apart being asked whether they pass.
    pub(super) fn has_any(&self, passes: impl Fn(Slot) -> bool) -> bool {
        self.alone > 0 || self.apart.iter().any(|scored| passes(scored.slot))
    }
}
