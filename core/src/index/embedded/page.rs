//! From scored units to a page: filters, totals, equal units as one hit, the best of them.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::Embedded;
use super::best::{self, Best, Numbered};
use super::evidence::Scored;
use super::sieve::{Sieve, Verdict};
use super::witness::Unseen;
use crate::index::IndexError;
use crate::index::engine::{Page, Ranked, Scope};
use crate::index::tables::UnitNo;
use crate::query::{QueryPlan, Window};

impl Embedded {
    pub(super) fn best_page(&self, plan: &QueryPlan, scope: &Scope) -> Result<Page, IndexError> {
        let sieve = Sieve::new(self, scope)?;
        let answering = self.answering(plan, &sieve, &mut Unseen)?;
        let facets = self.facets(&answering.answers, &sieve, plan.window.collapse);
        let (total, hits) = self.rank_units(&answering.answers, &sieve, plan);
        let mut weak = Vec::new();
        if total == 0 {
            // What falls short is shown from the first on, whatever page was asked for.
            let first = QueryPlan { window: Window { offset: 0, ..plan.window }, ..plan.clone() };
            weak = self.rank_units(&answering.weak, &sieve, &first).1;
        }
        Ok(Page { total, hits, weak, facets, too_common: answering.too_common })
    }

    /// The number of hits, and those of the window.
    fn rank_units(&self, units: &[Scored], sieve: &Sieve, plan: &QueryPlan) -> (usize, Vec<Ranked>) {
        let window = plan.window;
        let passes =
            |scored: &Scored| sieve.is_open() || sieve.verdict(self, self.unit_at(scored.slot)) == Verdict::PASSES;
        let mut best = Best::new(window.offset.saturating_add(window.limit));
        let mut total = 0;
        // Hits that are several units, by group. Most units are a hit of their own and never come here.
        let mut joined: HashMap<u32, (Numbered, Vec<UnitNo>)> = HashMap::new();
        for &scored in units.iter().filter(|scored| passes(scored)) {
            let unit = || self.unit_at(scored.slot);
            match self.group_at(scored.slot).filter(|_| window.collapse).map(|group| joined.entry(group)) {
                None => {
                    total += 1;
                    best.add(scored, unit);
                }
                Some(Entry::Vacant(entry)) => {
                    entry.insert(((scored, unit()), Vec::new()));
                }
                Some(Entry::Occupied(mut entry)) => {
                    let (hit, also) = entry.get_mut();
                    let other = (scored, unit());
                    let better = best::order(&other, hit).is_lt();
                    also.push(if better { std::mem::replace(hit, other) } else { other }.1);
                }
            }
        }
        total += joined.len();
        joined.values().for_each(|&((hit, unit), _)| best.add(hit, || unit));
        let hits = best.into_sorted().into_iter().skip(window.offset).map(|(Scored { slot, score }, unit)| {
            let also = self.group_at(slot).and_then(|group| joined.remove(&group));
            let mut also = also.map(|(_, also)| also).unwrap_or_default();
            also.sort_unstable();
            Ranked { unit, score, also }
        });
        let hits = hits.collect();
        (total, hits)
    }
}
