//! Which units answer a query at all, and with what score.

use std::collections::HashSet;

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
    /// only the titles above the unit have counting less; if it has every phrase in quotes; and if it has nothing that
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
        Scores::with(self.units_by_slot.len(), |scores| {
            let demand = self.score(plan, scores, witness)?;
            // Rounding must not keep out a unit that has just enough.
            let least = demand.least() - 1e-4;
            let kinds = Kind::ALL.map(|kind| weights::kind_weight(kind, plan));
            let judge = |slot: Slot, exact: f32| -> Option<Scored> {
                let unit = self.units_by_slot[slot as usize];
                if unit == NONE || sieve.leaves_out(self, unit) || excluded.contains(&slot) {
                    return None;
                }
                let share = demand.share(scores.evidence[slot as usize]);
                let adjustment = coverage_factor(share) * kinds[self.tables.kinds[unit as usize] as usize];
                Some((unit, (scores.words[slot as usize] + exact) * adjustment))
            };
            let mut answering = Answering::default();
            match &required {
                Some(required) => {
                    for &(slot, value) in required {
                        let answers = scores.evidence[slot as usize] >= least;
                        let list = if answers { &mut answering.answers } else { &mut answering.weak };
                        list.extend(judge(slot, value));
                    }
                }
                None => {
                    let has = |from: f32, to: f32| {
                        let judge = &judge;
                        let enough =
                            move |&(_, &evidence): &(Slot, &f32)| evidence > 0.0 && evidence >= from && evidence < to;
                        (0..).zip(&scores.evidence).filter(enough).filter_map(move |(slot, _)| judge(slot, 0.0))
                    };
                    answering.answers = has(least, f32::INFINITY).collect();
                    let passes = |&(unit, _): &Scored| sieve.is_open() || sieve.verdict(self, unit) == Verdict::PASSES;
                    if !answering.answers.iter().any(passes) {
                        answering.weak = has(0.0, least).collect();
                    }
                }
            }
            Ok(answering)
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

/// A unit with evidence for all of the query keeps its score, one with less keeps less.
pub(super) fn coverage_factor(share: f32) -> f32 {
    1.0 - weights::COVERAGE * (1.0 - share.min(1.0))
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
