//! How a score came about.

use std::collections::HashMap;

use super::Hit;
use super::evidence::coverage_factor;
use super::page::Ranked;
use super::postings::Slot;
use super::scores::Scores;
use super::sieve::Sieve;
use super::weights;
use super::witness::{Unseen, Witness};
use crate::index::IndexError;
use crate::index::reader::Index;
use crate::index::tables::UnitNo;
use crate::query::QueryPlan;

/// One part of a score. The parts of a hit add up to its score.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// What kind of evidence it is.
    pub signal: String,
    /// Where it was found.
    pub field: String,
    /// What was found.
    pub term: String,
    /// What it adds, or takes away.
    pub value: f32,
    /// In an officer's words.
    pub why: String,
}

/// Notes what is said of some units.
struct Notes {
    parts: HashMap<UnitNo, Vec<Part>>,
}

impl Witness for Notes {
    fn saw(&mut self, unit: UnitNo, signal: &'static str, field: &'static str, term: &str, value: f32) {
        let Some(parts) = self.parts.get_mut(&unit) else { return };
        let why = match (signal, field) {
            ("exact words", _) => format!("引号中的“{term}”原文出现"),
            ("concept", "statute") => format!("法规名称说到“{term}”"),
            ("concept", "titles") => format!("“{term}”见于上级标题"),
            ("concept", _) => format!("正文说到“{term}”"),
            (_, "statute") => format!("法规名称中有“{term}”"),
            (_, "titles") => format!("上级标题中有“{term}”"),
            _ => format!("正文中有“{term}”"),
        };
        parts.push(Part { signal: signal.to_owned(), field: field.to_owned(), term: term.to_owned(), value, why });
    }
}

impl Index {
    /// Scores once more and notes the parts of the hits.
    pub(super) fn explain(&self, plan: &QueryPlan, ranked: &[Ranked], hits: &mut [Hit]) -> Result<(), IndexError> {
        let mut notes = Notes { parts: ranked.iter().take(hits.len()).map(|hit| (hit.unit, Vec::new())).collect() };
        self.answering(plan, &Sieve::new(self, &plan.filter)?, &mut notes)?;
        let slots = self.slots_of(ranked.iter().map(|hit| hit.unit));
        let shares: HashMap<UnitNo, f32> = Scores::with(self.units_by_slot.len(), |scores| {
            let demand = self.score(plan, scores, &mut Unseen)?;
            let share = |(unit, slot): (UnitNo, Slot)| (unit, demand.share(scores.evidence[slot as usize]));
            Ok::<_, IndexError>(slots.into_iter().map(share).collect())
        })?;
        for (ranked, hit) in ranked.iter().zip(hits) {
            let mut parts = notes.parts.remove(&ranked.unit).unwrap_or_default();
            let sum: f32 = parts.iter().map(|part| part.value).sum();
            let covered = sum * coverage_factor(shares[&ranked.unit]);
            let kind = self.tables.kind(ranked.unit);
            let mut adjust = |signal: &str, term: String, value: f32, why: String| {
                if value != 0.0 {
                    parts.push(Part { signal: signal.to_owned(), field: "adjustment".to_owned(), term, value, why });
                }
            };
            let percent = format!("{:.0} %", 100.0 * shares[&ranked.unit].min(1.0));
            adjust("coverage", percent.clone(), covered - sum, format!("问题中的要点，本条具备 {percent}"));
            let weighted = covered * weights::kind_weight(kind, plan);
            adjust(
                "kind",
                kind.name().to_owned(),
                weighted - covered,
                format!("“{}”这类条目与所问的契合程度", kind.label()),
            );
            parts.sort_by(|a, b| b.value.total_cmp(&a.value));
            hit.explain = parts;
        }
        Ok(())
    }
}
