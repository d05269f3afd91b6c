//! Gives units their scores, out of what their words are worth and what they stand in.

use super::Embedded;
use super::place_counts::PlaceCounts;
use super::places::{LABELLED, SHARED};
use super::postings::Slot;
use super::sieve::Sieve;
use super::surroundings::SurroundingScores;
use super::tally::{Scored, Tally};
use super::window::Words;
use super::witness::Witness;
use crate::index::ranking::{Demand, Standing, weights};
use crate::query::QueryPlan;
use crate::unit::Kind;

/// What a unit's words are seen beside.
pub(super) struct Case<'q> {
    pub(super) index: &'q Embedded,
    pub(super) plan: &'q QueryPlan,
    pub(super) sieve: &'q Sieve,
    pub(super) demand: Demand,
    pub(super) surroundings: &'q SurroundingScores,
    /// What must be there, sorted.
    pub(super) required: Option<&'q [(Slot, f32)]>,
    /// What must not, sorted.
    pub(super) excluded: Vec<Slot>,
}

impl Case<'_> {
    /// Whether the unit at a slot has every phrase in quotes, and none that must not be there.
    #[inline]
    fn admits(&self, slot: Slot) -> bool {
        self.required.is_none_or(|required| required.binary_search_by_key(&slot, |&(slot, _)| slot).is_ok())
            && (self.excluded.is_empty() || self.excluded.binary_search(&slot).is_err())
    }
}

/// Scores units one after the other. What is asked of one does not depend on the one before, so that the processor reads ahead
/// while it waits for memory.
pub(super) struct Judge<'q> {
    case: &'q Case<'q>,
    /// Whether no filter has to be asked.
    is_open: bool,
    /// Units with any of these traits are kept apart.
    apart: u32,
    /// How likely units of each kind are what is asked for.
    kinds: [f32; Kind::ALL.len()],
    tally: Tally,
    /// How many units are hits by themselves, by place; not in the tally yet.
    alone: &'q mut PlaceCounts,
    /// The most evidence that any unit has.
    most_evidence: f32,
    /// What stands around units so far, added up.
    sum: f64,
    placed: u32,
    /// Those that nothing stands around.
    others: Vec<Scored>,
}

impl<'q> Judge<'q> {
    /// For the `wanted` best units.
    pub(super) fn new(case: &'q Case<'q>, alone: &'q mut PlaceCounts, wanted: usize) -> Judge<'q> {
        alone.clear(case.index.places.all().len());
        let shared = if case.plan.window.collapse { SHARED } else { 0 };
        Judge {
            case,
            is_open: case.sieve.is_open(),
            apart: LABELLED | shared,
            kinds: Kind::ALL.map(|kind| weights::kind_weight(kind, case.plan)),
            tally: Tally::new(&case.index.tables, wanted),
            alone,
            most_evidence: 0.0,
            sum: 0.0,
            placed: 0,
            others: Vec::new(),
        }
    }

    /// Scores the unit at a slot, if it may be seen.
    #[inline]
    pub(super) fn look(&mut self, slot: Slot, words: Words, witness: &mut impl Witness) {
        let Case { index, sieve, demand, surroundings, .. } = self.case;
        let number = index.places.number(slot);
        let place = index.places.get(number);
        if sieve.leaves_out(place.document) || !self.case.admits(slot) {
            return;
        }
        let around = index.around(surroundings, number, demand);
        let standing = Standing::new(demand, words.evidence, self.kinds[usize::from(place.kind)], around);
        witness.stands(slot, standing);
        self.most_evidence = self.most_evidence.max(words.evidence);
        let scored = Scored { slot, score: standing.score(words.score) };
        match around {
            Some(around) => {
                self.sum += f64::from(around.sum());
                self.placed += 1;
                self.add(scored);
            }
            None => self.others.push(scored),
        }
    }

    #[inline]
    fn add(&mut self, scored: Scored) {
        let places = &self.case.index.places;
        if places.traits(scored.slot) & self.apart == 0 && self.is_open {
            self.alone.add(places.number(scored.slot), 1);
            self.tally.best.add(scored, || self.case.index.unit_at(scored.slot));
        } else {
            self.tally.apart.push(scored);
        }
    }

    /// The most evidence that any unit which was looked at has.
    pub(super) fn most_evidence(&self) -> f32 {
        self.most_evidence
    }

    /// The units that were looked at.
    pub(super) fn tally(mut self) -> Tally {
        // Nothing stands around other units of a list as a statute stands around its articles. They get what articles get on
        // average, so that neither are preferred.
        let average = (self.sum / f64::from(self.placed.max(1))) as f32;
        for other in std::mem::take(&mut self.others) {
            self.add(Scored { score: other.score + average, ..other });
        }
        self.alone.drain(|place, hits| self.tally.count(self.case.index.places.get(place), hits));
        self.tally
    }
}
