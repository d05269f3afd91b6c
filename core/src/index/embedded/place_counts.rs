//! Counting by place.

/// Numbers by place, most of them zero.
#[derive(Debug, Default)]
pub(super) struct PlaceCounts {
    /// By the place's number.
    counts: Vec<u32>,
    /// The places that have any, as they came: the first so many of these.
    places: Vec<u32>,
    met: usize,
}

impl PlaceCounts {
    /// Nothing yet, of so many places.
    pub(super) fn clear(&mut self, places: usize) {
        self.drain(|_, _| ());
        self.counts.resize(places, 0);
        self.places.resize(places + 1, 0);
    }

    /// Counts so many more, at least one. Whether a place is a new one is nothing that a processor can guess, so that nothing
    /// branches on it.
    #[inline]
    pub(super) fn add(&mut self, place: u32, more: u32) {
        let count = &mut self.counts[place as usize];
        self.places[self.met] = place;
        self.met += usize::from(*count == 0);
        *count += more;
    }

    /// Hands out all places that have any, as they came, and leaves nothing.
    pub(super) fn drain(&mut self, mut each: impl FnMut(u32, u32)) {
        for &place in &self.places[..std::mem::take(&mut self.met)] {
            each(place, std::mem::take(&mut self.counts[place as usize]));
        }
    }
}
