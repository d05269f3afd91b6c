//! Counting by place.

/// Numbers by place, most of them zero.
#[derive(Debug, Default)]
pub(super) struct PlaceCounts {
    /// By the place's number.
    counts: Vec<u32>,
    /// The first `n_met` are the places that have any, as they came.
    met: Vec<u32>,
    n_met: usize,
}

impl PlaceCounts {
    /// Nothing yet, of so many places.
    pub(super) fn clear(&mut self, places: usize) {
        self.drain(|_, _| ());
        self.counts.resize(places, 0);
        self.met.resize(places + 1, 0);
    }

    /// Counts so many more, at least one. Whether a place is a new one is nothing that a processor can guess, so that nothing
    /// branches on it.
    #[inline]
    pub(super) fn add(&mut self, place: u32, more: u32) {
        debug_assert!(more > 0, "a place without any is none that was met");
        let count = &mut self.counts[place as usize];
        self.met[self.n_met] = place;
        self.n_met += usize::from(*count == 0);
        *count += more;
    }

    /// Hands out all places that have any, as they came, and leaves nothing.
    pub(super) fn drain(&mut self, mut each: impl FnMut(u32, u32)) {
        for &place in &self.met[..std::mem::take(&mut self.n_met)] {
            each(place, std::mem::take(&mut self.counts[place as usize]));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_place_is_handed_out_once_with_all_that_was_counted(
            added in prop::collection::vec((0_u32..40, 1_u32..5), 0..200)
        ) {
            let mut counts = PlaceCounts::default();
            counts.clear(40);
            // The second time shows that nothing is left of the first.
            for _ in 0..2 {
                let mut expected: HashMap<u32, u32> = HashMap::new();
                for &(place, more) in &added {
                    counts.add(place, more);
                    *expected.entry(place).or_default() += more;
                }
                let mut handed = Vec::new();
                counts.drain(|place, count| handed.push((place, count)));
                prop_assert_eq!(handed.len(), expected.len());
                prop_assert_eq!(handed.into_iter().collect::<HashMap<_, _>>(), expected);
            }
        }
    }
}
