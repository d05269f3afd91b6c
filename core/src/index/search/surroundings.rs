//! What stands around an article: how well its chapter and its statute as wholes answer.

use super::weights::knob;
use crate::index::reader::Index;
use crate::index::tables::{NONE, UnitNo};

/// The mean of the best of some values, those that are missing counting as nothing.
fn mean_of_best(values: &mut [f32], best: usize) -> f32 {
    let count = values.len();
    if count > best {
        values.select_nth_unstable_by(best - 1, |a, b| b.total_cmp(a));
    }
    values[..count.min(best)].iter().sum::<f32>() / best as f32
}

impl Index {
    /// What the surroundings add, by unit.
    pub(super) fn surroundings(&self, words: &[f32]) -> Vec<f32> {
        let law_weight = knob("LAW", 0.5);
        let chapter_weight = knob("CHAPTER", 0.3);
        let law_best = knob("LAWK", 30.0) as usize;
        let chapter_best = knob("CHAPTERK", 10.0) as usize;
        let mut by_unit = vec![0.0_f32; self.tables.units()];
        for (slot, &value) in words.iter().enumerate() {
            let unit = self.units_by_slot[slot];
            if unit != NONE {
                by_unit[unit as usize] = value;
            }
        }
        let mut added = vec![0.0_f32; self.tables.units()];
        let mut scratch = Vec::new();
        for row in &self.tables.documents {
            if row.header.statute.is_none() {
                continue;
            }
            let range = row.first as usize..(row.first + row.units) as usize;
            scratch.clear();
            scratch.extend_from_slice(&by_unit[range.clone()]);
            let law = law_weight * mean_of_best(&mut scratch, law_best);
            let mut start = range.start;
            while start < range.end {
                let chapter = self.tables.chapter_of[start];
                let mut end = start + 1;
                while end < range.end && self.tables.chapter_of[end] == chapter {
                    end += 1;
                }
                scratch.clear();
                scratch.extend_from_slice(&by_unit[start..end]);
                let chapter = chapter_weight * mean_of_best(&mut scratch, chapter_best);
                added[start..end].iter_mut().for_each(|value| *value = law + chapter);
                start = end;
            }
        }
        added
    }

    pub(super) fn authority_of(&self, unit: UnitNo) -> f32 {
        let statute = self.tables.statute_of[unit as usize];
        self.tables.authority.get(statute as usize).map_or(0.0, |&count| (1.0 + count as f32).ln())
    }
}
