//! Gives units their scores, out of what their words are worth and what they stand in.

use super::Embedded;
use super::places::{LABELLED, SHARED};
use super::postings::Slot;
use super::sieve::Sieve;
use super::surroundings::SurroundingScores;
use super::tally::{Scored, Tally};
use super::window::Words;
use super::witness::Witness;
use crate::index::ranking::{Around, Demand, Standing, weights};
use crate::index::tables::NONE;
use crate::query::QueryPlan;

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

/// Scores units one after the other. Neighbours share their place, so that most is known of the last one.
pub(super) struct Judge<'q> {
    case: &'q Case<'q>,
    /// Whether no filter has to be asked.
    is_open: bool,
    /// Units with any of these traits are kept apart.
    apart: u32,
    /// The place of the last unit.
    place: u32,
    /// Whether its units may be seen.
    is_seen: bool,
    /// What stands around them, and how likely such units are what is asked for.
    around: Option<Around>,
    kind: f32,
    /// How many of them are hits by themselves and not counted yet.
    uncounted: u32,
    tally: Tally,
    /// What stands around units so far, added up.
    sum: f64,
    placed: u32,
    /// Those that nothing stands around.
    others: Vec<Scored>,
}

impl<'q> Judge<'q> {
    /// For the `wanted` best units.
    pub(super) fn new(case: &'q Case<'q>, wanted: usize) -> Judge<'q> {
        let shared = if case.plan.window.collapse { SHARED } else { 0 };
        Judge {
            case,
            is_open: case.sieve.is_open(),
            apart: LABELLED | shared,
            place: NONE,
            is_seen: false,
            around: None,
            kind: 1.0,
            uncounted: 0,
            tally: Tally::new(&case.index.tables, wanted),
            sum: 0.0,
            placed: 0,
            others: Vec::new(),
        }
    }

    /// Scores the unit at a slot, if it may be seen; whether it may.
    #[inline]
    pub(super) fn look(&mut self, slot: Slot, words: Words, witness: &mut impl Witness) -> bool {
        let Case { index, demand, .. } = self.case;
        let place = index.places.number(slot);
        if place != self.place {
            self.go_to(place);
        }
        if !self.is_seen || !self.case.admits(slot) {
            return false;
        }
        let standing = Standing::new(demand, words.evidence, self.kind, self.around);
        witness.stands(slot, standing);
        let scored = Scored { slot, score: standing.score(words.score) };
        match self.around {
            Some(around) => {
                self.sum += f64::from(around.sum());
                self.placed += 1;
                self.add(scored);
            }
            None => self.others.push(scored),
        }
        true
    }

    #[inline]
    fn add(&mut self, scored: Scored) {
        let index = self.case.index;
        if index.places.traits(scored.slot) & self.apart == 0 && self.is_open {
            self.uncounted += 1;
            self.tally.best.add(scored, || index.unit_at(scored.slot));
        } else {
            self.tally.apart.push(scored);
        }
    }

    fn go_to(&mut self, place: u32) {
        self.count();
        let Case { index, plan, sieve, demand, surroundings, .. } = self.case;
        let at = index.places.get(place);
        self.place = place;
        self.is_seen = !sieve.leaves_out(at.document);
        self.around = index.around(surroundings, place, demand);
        self.kind = weights::kind_weight(at.kind(), plan);
    }

    fn count(&mut self) {
        let hits = std::mem::take(&mut self.uncounted);
        if hits > 0 {
            self.tally.count(self.case.index.places.get(self.place), hits);
        }
    }

    /// The units that were looked at.
    pub(super) fn tally(mut self) -> Tally {
        // Nothing stands around other units of a list as a statute stands around its articles. They get what articles get on
        // average, so that neither are preferred.
        let average = (self.sum / f64::from(self.placed.max(1))) as f32;
        for other in std::mem::take(&mut self.others) {
            let place = self.case.index.places.number(other.slot);
            if place != self.place {
                self.go_to(place);
            }
            self.add(Scored { score: other.score + average, ..other });
        }
        self.count();
        self.tally
    }
}
