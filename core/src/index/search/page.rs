//! From scored units to a page: filters, totals, equal units as one hit, the best of them.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::best::Best;
use super::evidence::Scored;
use super::facets::Facets;
use super::sieve::{Sieve, Verdict};
use super::witness::Unseen;
use crate::index::IndexError;
use crate::index::reader::Index;
use crate::index::tables::UnitNo;
use crate::query::{QueryPlan, Window};

/// A hit to be read.
#[derive(Clone, Debug)]
pub(super) struct Ranked {
    pub(super) unit: UnitNo,
    pub(super) score: f32,
    /// The other units that are this hit, in document order.
    pub(super) also: Vec<UnitNo>,
}

#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) total: usize,
    pub(super) hits: Vec<Ranked>,
    pub(super) weak: Vec<Ranked>,
    pub(super) facets: Facets,
}

impl Index {
    pub(super) fn page(&self, plan: &QueryPlan) -> Result<Page, IndexError> {
        let sieve = Sieve::new(self, &plan.filter)?;
        let answering = self.answering(plan, &sieve, &mut Unseen)?;
        let facets = self.facets(&answering.answers, &sieve, plan.window.collapse);
        let (total, hits) = self.rank_units(&answering.answers, &sieve, plan);
        let mut weak = Vec::new();
        if total == 0 {
            // What falls short is shown from the first on, whatever page was asked for.
            let first = QueryPlan { window: Window { offset: 0, ..plan.window }, ..plan.clone() };
            weak = self.rank_units(&answering.weak, &sieve, &first).1;
        }
        Ok(Page { total, hits, weak, facets })
    }

    /// The number of hits, and those of the window.
    fn rank_units(&self, units: &[Scored], sieve: &Sieve, plan: &QueryPlan) -> (usize, Vec<Ranked>) {
        let window = plan.window;
        let passing = units.iter().copied();
        let passing = passing.filter(|&(unit, _)| sieve.is_open() || sieve.verdict(self, unit) == Verdict::PASSES);
        let mut best = Best::new(window.offset.saturating_add(window.limit));
        let mut total = 0;
        // Hits that are several units, by group. Most units are a hit of their own and never come here.
        let mut joined: HashMap<u32, Ranked> = HashMap::new();
        for (unit, score) in passing {
            if !window.collapse || !self.is_shared[unit as usize] {
                total += 1;
                best.add((unit, score));
                continue;
            }
            match joined.entry(self.tables.group_of[unit as usize]) {
                Entry::Vacant(entry) => {
                    entry.insert(Ranked { unit, score, also: Vec::new() });
                }
                Entry::Occupied(mut entry) => {
                    let hit = entry.get_mut();
                    let better = score > hit.score || score == hit.score && unit < hit.unit;
                    let other = if better { std::mem::replace(&mut hit.unit, unit) } else { unit };
                    hit.score = hit.score.max(score);
                    hit.also.push(other);
                }
            }
        }
        total += joined.len();
        joined.values().for_each(|hit| best.add((hit.unit, hit.score)));
        let hits = best.into_sorted().into_iter().skip(window.offset).map(|(unit, score)| {
            let group = self.tables.group_of[unit as usize];
            let is_joined = window.collapse && self.is_shared[unit as usize];
            let mut hit =
                is_joined.then(|| joined.remove(&group)).flatten().unwrap_or(Ranked { unit, score, also: Vec::new() });
            hit.also.sort_unstable();
            hit
        });
        (total, hits.collect())
    }
}
