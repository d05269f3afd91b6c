//! The best of many, without ordering the rest.

use std::cmp::Ordering;

use super::tally::Scored;
use crate::index::tables::UnitNo;

/// A unit among the best.
pub(super) type Numbered = (Scored, UnitNo);

/// Keeps the first units of all that are added, in [`order`].
#[derive(Default)]
pub(super) struct Best {
    wanted: usize,
    kept: Vec<Numbered>,
    /// Whoever scores less is not among the best.
    floor: f32,
}

/// How many more than wanted are kept before the worse ones are dropped: dropping costs as much as looking at all.
const SLACK: usize = 256;

/// Higher scores first, equal scores in document order.
pub(super) fn order((a, of_a): &Numbered, (b, of_b): &Numbered) -> Ordering {
    b.score.total_cmp(&a.score).then(of_a.cmp(of_b))
}

impl Best {
    pub(super) fn new(wanted: usize) -> Best {
        Best { wanted, kept: Vec::new(), floor: f32::NEG_INFINITY }
    }

    /// `unit` is asked for if it matters.
    #[inline]
    pub(super) fn add(&mut self, scored: Scored, unit: impl FnOnce() -> UnitNo) {
        if scored.score < self.floor {
            return;
        }
        self.kept.push((scored, unit()));
        if self.kept.len() >= self.wanted.saturating_mul(2).saturating_add(SLACK) {
            self.drop_worse();
        }
    }

    fn drop_worse(&mut self) {
        if self.wanted == 0 {
            self.kept.clear();
        } else if self.kept.len() > self.wanted {
            self.kept.select_nth_unstable_by(self.wanted - 1, order);
            self.kept.truncate(self.wanted);
            self.floor = self.kept[self.wanted - 1].0.score;
        }
    }

    /// As many as are wanted, or as there are, best first.
    pub(super) fn into_sorted(mut self) -> Vec<Numbered> {
        self.drop_worse();
        self.kept.sort_unstable_by(order);
        self.kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_best_are_those_that_sorting_all_puts_first(
            scores in prop::collection::vec(0_u8..40, 0..2000), wanted in 0_usize..300
        ) {
            let numbered = |(unit, score)| (Scored { slot: 0, score: f32::from(score) }, unit);
            let mut all: Vec<Numbered> = (0..).zip(scores).map(numbered).collect();
            let mut best = Best::new(wanted);
            all.iter().rev().for_each(|&(scored, unit)| best.add(scored, || unit));
            all.sort_by(order);
            all.truncate(wanted);
            prop_assert_eq!(best.into_sorted(), all);
        }
    }
}
