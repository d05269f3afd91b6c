//! Which units answer a query at all, and with what score.

use std::collections::HashSet;

use super::scores::Scores;
use super::weights;
use super::witness::Witness;
use crate::index::IndexError;
use crate::index::reader::Index;
use crate::index::tables::UnitNo;
use crate::query::QueryPlan;

/// A unit with its score.
pub(super) type Scored = (UnitNo, f32);

/// The units that answer, and those that fall short of the rule of evidence, in no order.
#[derive(Debug, Default)]
pub(super) struct Answering {
    pub(super) answers: Vec<Scored>,
    pub(super) weak: Vec<Scored>,
}

impl Index {
    /// Scores all units and applies the rule of evidence: a unit answers if the concepts it has make up at least a certain
    /// share of the query's weight ([`weights::least_evidence`]), a concept weighing as much as it is rare, and one that
    /// only the titles above the unit have counting less; if it has every phrase in quotes; and if it has nothing that
    /// must not be there.
    pub(super) fn answering(&self, plan: &QueryPlan, witness: &mut impl Witness) -> Result<Answering, IndexError> {
        if plan.is_empty() {
            return Ok(Answering::default());
        }
        let mut required: Option<Vec<(UnitNo, f32)>> = None;
        for phrase in &plan.exact {
            let found = self.units_with_phrase(phrase)?;
            let count = found.len();
            let mut valued: Vec<(UnitNo, f32)> =
                found.into_iter().map(|(unit, frequency)| (unit, self.phrase_value(count, frequency))).collect();
            valued.sort_unstable_by_key(|&(unit, _)| unit);
            for &(unit, value) in &valued {
                witness.saw(unit, "exact words", "text", &phrase.text, value);
            }
            required = Some(match required {
                None => valued,
                Some(before) => in_both(&before, &valued),
            });
        }
        let mut excluded = HashSet::new();
        for phrase in &plan.without {
            excluded.extend(self.units_with_phrase(phrase)?.into_iter().map(|(unit, _)| unit));
        }
        Scores::with(self.tables.units(), |scores| {
            let demand = self.score(plan, scores, witness)?;
            let least = demand.least();
            let mut answering = Answering::default();
            let mut judge = |unit: UnitNo, exact: f32| {
                if excluded.contains(&unit) {
                    return;
                }
                let evidence = scores.evidence.get(unit);
                let share = demand.share(evidence);
                let words = scores.grams.get(unit) + scores.concepts.get(unit) + exact;
                let score = words * self.adjustment(unit, plan, share);
                // Rounding must not keep out a unit that has just enough.
                let answers = evidence + 1e-4 >= least;
                if answers { &mut answering.answers } else { &mut answering.weak }.push((unit, score));
            };
            match required {
                Some(required) => required.into_iter().for_each(|(unit, value)| judge(unit, value)),
                None => scores.evidence.touched().iter().for_each(|&unit| judge(unit, 0.0)),
            }
            Ok(answering)
        })
    }

    /// What the sum of the signals is multiplied by.
    pub(super) fn adjustment(&self, unit: UnitNo, plan: &QueryPlan, share: f32) -> f32 {
        coverage_factor(share) * weights::kind_weight(self.tables.kind(unit), plan)
    }
}

/// A unit with evidence for all of the query keeps its score, one with less keeps less.
pub(super) fn coverage_factor(share: f32) -> f32 {
    1.0 - weights::COVERAGE * (1.0 - share.min(1.0))
}

/// The units of both lists, both sorted, with their values added up.
fn in_both(a: &[Scored], b: &[Scored]) -> Vec<Scored> {
    a.iter()
        .filter_map(|&(unit, value)| {
            let at = b.binary_search_by_key(&unit, |&(other, _)| other).ok()?;
            Some((unit, value + b[at].1))
        })
        .collect()
}
