//! Who has the query's concepts.

use super::postings::Slot;
use crate::index::ranking::FoundIn;
use crate::index::ranking::weights;

/// Who has each concept of a query, each slot once a concept: where it is found first.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The slots, and how strongly each has the concept: BM25 without its idf, or the share that it has.
    pub(super) slots: Vec<(Slot, f32)>,
    /// Which of them were found how.
    pub(super) runs: Vec<Run>,
    /// Where the slots and runs of the concept at hand begin.
    first: (usize, usize),
    /// The concept at hand, as the plan counts.
    number: usize,
    /// Who has the concept at hand, a bit a slot: small enough to stay near.
    met: Vec<u64>,
}

/// Slots that were found to have a concept in one way, in their order.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    /// As the plan counts.
    pub(super) concept: usize,
    pub(super) place: FoundIn,
    /// The next of [`Found::slots`] to be read, and the end.
    pub(super) next: usize,
    pub(super) end: usize,
    /// How well what was found fits the concept; once settled, what having it with strength 1 is worth.
    value: f32,
    /// What evidence it is to have it.
    evidence: f32,
}

impl Run {
    /// What it is worth to have the concept so strongly, and what evidence.
    #[inline]
    pub(super) fn worth(&self, strength: f32) -> (f32, f32) {
        let share = if self.place == FoundIn::Part { strength } else { 1.0 };
        (self.value * strength, self.evidence * share)
    }
}

impl Found {
    /// Nobody has anything yet, of so many slots.
    pub(super) fn clear(&mut self, slots: usize) {
        self.slots.clear();
        self.runs.clear();
        self.met.resize(slots.div_ceil(64), 0);
    }

    /// Nobody has the next concept yet.
    pub(super) fn begin(&mut self, number: usize) {
        self.met.fill(0);
        self.number = number;
        self.first = (self.slots.len(), self.runs.len());
    }

    /// A slot has it, so strongly, unless it was found before.
    #[inline]
    pub(super) fn find(&mut self, slot: Slot, strength: f32) {
        let met = &mut self.met[slot as usize / 64];
        let bit = 1 << (slot % 64);
        if *met & bit == 0 {
            *met |= bit;
            self.slots.push((slot, strength));
        }
    }

    /// Those found since the last call were found in `place`, in words that fit the concept so well.
    pub(super) fn end_run(&mut self, place: FoundIn, weight: f32) -> Run {
        let next = self.runs[self.first.1..].last().map_or(self.first.0, |last| last.end);
        let end = self.slots.len();
        let run = Run { concept: self.number, place, next, end, value: weight, evidence: 0.0 };
        if end > next {
            self.runs.push(run);
        }
        run
    }

    /// Those of a run.
    pub(super) fn of(&self, run: &Run) -> &[(Slot, f32)] {
        &self.slots[run.next..run.end]
    }

    /// How many have the concept at hand.
    pub(super) fn having(&self) -> usize {
        self.slots.len() - self.first.0
    }

    /// Having the concept at hand is worth so much, and such evidence.
    pub(super) fn settle(&mut self, value: f32, evidence: f32) {
        for run in &mut self.runs[self.first.1..] {
            let (worth, sure) = weights::of_place(run.place);
            run.value *= value * worth;
            run.evidence = evidence * sure;
        }
    }
}
