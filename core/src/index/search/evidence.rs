//! Which units answer a query at all, and with what score.

use std::collections::HashSet;

use super::demand::Demand;
use super::postings::Slot;
use super::scores::Scores;
use super::sieve::{Sieve, Verdict};
use super::weights;
use super::witness::Witness;
use crate::index::IndexError;
use crate::index::reader::Index;
use crate::index::tables::{NONE, UnitNo};
use crate::query::QueryPlan;
use crate::unit::Kind;

/// A unit with its score.
pub(super) type Scored = (UnitNo, f32);

/// The units that answer, and, if none of them passes the filter, those that fall short of the rule of evidence; in no
/// order.
#[derive(Debug, Default)]
pub(super) struct Answering {
    pub(super) answers: Vec<Scored>,
    pub(super) weak: Vec<Scored>,
}

impl Index {
    /// Scores all units and applies the rule of evidence: a unit answers if the concepts it has make up at least a certain
    /// share of the query's weight ([`weights::least_evidence`]), a concept weighing as much as it is rare, and one that
    /// only the titles above the unit have counting less, or, where some unit does, if it has part of that
    /// ([`weights::following`]); if it has every phrase in quotes; and if it has nothing that
    /// must not be there. Units that the sieve leaves out are not looked at; its other filters are for the caller.
    pub(super) fn answering(
        &self,
        plan: &QueryPlan,
        sieve: &Sieve,
        witness: &mut impl Witness,
    ) -> Result<Answering, IndexError> {
        if plan.is_empty() {
            return Ok(Answering::default());
        }
        let required = self.required(plan, witness)?;
        let mut excluded = HashSet::new();
        for phrase in &plan.without {
            excluded.extend(self.slots_with_phrase(phrase)?.into_iter().map(|(slot, _)| slot));
        }
        Scores::with(self.units_by_slot.len(), &self.surroundings, |scores| {
            let demand = self.score(plan, scores, witness)?;
            let judge = Judge { index: self, plan, sieve, scores, demand, excluded: &excluded };
            Ok(match &required {
                Some(required) => judge.among(required),
                None => judge.all(),
            })
        })
    }

    /// The slots that have every phrase in quotes, with what that is worth; `None` where nothing is quoted.
    fn required(&self, plan: &QueryPlan, witness: &mut impl Witness) -> Result<Option<Vec<(Slot, f32)>>, IndexError> {
        let mut required: Option<Vec<(Slot, f32)>> = None;
        for phrase in &plan.exact {
            let found = self.slots_with_phrase(phrase)?;
            let count = found.len();
            let mut valued: Vec<(Slot, f32)> =
                found.into_iter().map(|(slot, frequency)| (slot, self.phrase_value(count, frequency))).collect();
            valued.sort_unstable_by_key(|&(slot, _)| slot);
            for &(slot, value) in &valued {
                witness.saw(self.units_by_slot[slot as usize], "exact words", "text", &phrase.text, value);
            }
            required = Some(match required {
                None => valued,
                Some(before) => in_both(&before, &valued),
            });
        }
        Ok(required)
    }
}

/// Tells what answers, once everything is scored.
struct Judge<'q> {
    index: &'q Index,
    plan: &'q QueryPlan,
    sieve: &'q Sieve,
    scores: &'q Scores,
    demand: Demand,
    excluded: &'q HashSet<Slot>,
}

impl Judge<'_> {
    /// Of the slots that have what must be there, with what that is worth.
    fn among(&self, required: &[(Slot, f32)]) -> Answering {
        let enough = self.enough(required.iter().map(|&(slot, _)| slot));
        let (answers, weak): (Vec<(Slot, f32)>, Vec<(Slot, f32)>) =
            required.iter().partition(|&&(slot, _)| self.scores.evidence[slot as usize] >= enough);
        Answering { answers: self.units(answers.into_iter()), weak: self.units(weak.into_iter()) }
    }

    /// Of all candidates.
    fn all(&self) -> Answering {
        let candidates = || self.scores.candidates.iter().map(|&slot| (slot, self.scores.evidence[slot as usize]));
        let enough = self.enough(self.scores.candidates.iter().copied());
        let answers = candidates().filter(|&(_, evidence)| evidence >= enough);
        let answers = self.units(answers.map(|(slot, _)| (slot, 0.0)));
        let passes =
            |&(unit, _): &Scored| self.sieve.is_open() || self.sieve.verdict(self.index, unit) == Verdict::PASSES;
        let weak = if answers.iter().any(passes) {
            Vec::new()
        } else {
            let weak = candidates().filter(|&(_, evidence)| evidence < enough);
            self.units(weak.map(|(slot, _)| (slot, 0.0)))
        };
        Answering { answers, weak }
    }

    /// The evidence that answers need: less, if any of `slots` has all that is demanded of one.
    fn enough(&self, mut slots: impl Iterator<Item = Slot>) -> f32 {
        // Rounding must not keep out a unit that has just enough.
        let least = self.demand.least() - 1e-4;
        let has_it = |slot: Slot| self.scores.evidence[slot as usize] >= least && self.unit(slot).is_some();
        if slots.any(has_it) { least * self.demand.following() } else { least }
    }

    /// The unit at a slot, if it may be seen.
    fn unit(&self, slot: Slot) -> Option<UnitNo> {
        let unit = self.index.units_by_slot[slot as usize];
        let is_seen = unit != NONE && !self.sieve.leaves_out(self.index, unit) && !self.excluded.contains(&slot);
        is_seen.then_some(unit)
    }

    /// The units at some slots, with their scores; `exact` is what the quoted words are worth.
    fn units(&self, slots: impl Iterator<Item = (Slot, f32)>) -> Vec<Scored> {
        let kinds = Kind::ALL.map(|kind| weights::kind_weight(kind, self.plan));
        let mut units = Vec::new();
        // Nothing stands around a list's units as a statute stands around its articles. They get what articles get on
        // average, so that neither are preferred.
        let (mut around, mut articles, mut others) = (0.0, 0, Vec::new());
        for (slot, exact) in slots {
            let Some(unit) = self.unit(slot) else { continue };
            let share = self.demand.share(self.scores.evidence[slot as usize]);
            let kind = kinds[self.index.tables.kinds[unit as usize] as usize];
            let words = (self.scores.words[slot as usize] + exact) * self.demand.coverage(share) * kind;
            match self.index.around(&self.scores.surroundings, slot, unit, &self.demand) {
                Some(own) => {
                    around += own.sum();
                    articles += 1;
                    units.push((unit, words + own.sum()));
                }
                None => others.push((unit, words)),
            }
        }
        let average = around / articles.max(1) as f32;
        units.extend(others.into_iter().map(|(unit, words)| (unit, words + average)));
        units
    }
}

/// The slots of both lists, both sorted, with their values added up.
fn in_both(a: &[(Slot, f32)], b: &[(Slot, f32)]) -> Vec<(Slot, f32)> {
    a.iter()
        .filter_map(|&(slot, value)| {
            let at = b.binary_search_by_key(&slot, |&(other, _)| other).ok()?;
            Some((slot, value + b[at].1))
        })
        .collect()
}
