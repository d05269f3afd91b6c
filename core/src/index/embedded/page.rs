//! From scored units to a page: filters, totals, equal units as one hit, the best of them.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::Embedded;
use super::best::{self, Numbered};
use super::evidence::Answering;
use super::sieve::Sieve;
use super::tally::{Scored, Tally};
use super::witness::Unseen;
use crate::index::IndexError;
use crate::index::engine::{Page, Ranked, Scope};
use crate::index::tables::UnitNo;
use crate::query::{QueryPlan, Window};

impl Embedded {
    pub(super) fn best_page(&self, plan: &QueryPlan, scope: &Scope) -> Result<Page, IndexError> {
        let sieve = Sieve::new(self, scope)?;
        let Answering { mut answers, weak, too_common } = self.answering(plan, &sieve, &mut Unseen)?;
        let facets = self.facets(&mut answers, &sieve, plan.window.collapse);
        let (total, hits) = self.rank_units(answers, &sieve, plan.window);
        let mut fallen_short = Vec::new();
        if total == 0 {
            fallen_short = self.rank_units(weak, &sieve, Window { offset: 0, ..plan.window }).1;
        }
        Ok(Page { total, hits, weak: fallen_short, facets, too_common })
    }

    /// The number of hits, and those of the window.
    fn rank_units(&self, units: Tally, sieve: &Sieve, window: Window) -> (usize, Vec<Ranked>) {
        let Tally { alone: mut total, mut best, apart, .. } = units;
        // Hits that are several units, by group.
        let mut joined: HashMap<u32, (Numbered, Vec<UnitNo>)> = HashMap::new();
        for scored in apart.into_iter().filter(|scored| sieve.passes(self, scored.slot)) {
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
