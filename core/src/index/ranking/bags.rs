//! Chapters and statutes as wholes: bags of the pairs of letters of all their articles, scored by BM25 among their like.

use serde::{Deserialize, Serialize};

use super::bm25::idf;
use super::weights::K1;
use crate::index::tables::NONE;

/// BM25's correction for length: bags differ in it far more than articles.
const B: f32 = 0.75;

/// The lengths of all bags of one sort.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(in crate::index) struct Bags {
    /// By bag: BM25's correction for its length.
    norms: Vec<f32>,
    /// How many bags hold anything.
    filled: usize,
}

impl Bags {
    /// Of articles: the bag that each is in, and its length in pairs of letters.
    pub(in crate::index) fn new(articles: impl Iterator<Item = (u32, u32)>) -> Bags {
        let mut lengths: Vec<f32> = Vec::new();
        for (bag, length) in articles {
            let bag = bag as usize;
            if bag >= lengths.len() {
                lengths.resize(bag + 1, 0.0);
            }
            lengths[bag] += length as f32;
        }
        let filled = lengths.iter().filter(|&&length| length > 0.0).count().max(1);
        let average = (lengths.iter().sum::<f32>() / filled as f32).max(1.0);
        let norms = lengths.into_iter().map(|length| K1 * (1.0 - B + B * length / average)).collect();
        Bags { norms, filled }
    }
}

/// The scores of one query's bags.
#[derive(Debug, Default)]
pub(in crate::index) struct BagScores {
    /// Added up so exactly that the order of the tokens makes no difference.
    scores: Vec<f64>,
    /// The bags that have a score.
    scored: Vec<u32>,
    /// How often the token at hand stands in each bag.
    frequencies: Vec<u32>,
    /// The bags that have it.
    touched: Vec<u32>,
}

impl BagScores {
    /// Nothing yet.
    pub(in crate::index) fn clear(&mut self, bags: &Bags) {
        // Few of many bags have anything.
        self.scored.drain(..).for_each(|bag| self.scores[bag as usize] = 0.0);
        self.touched.drain(..).for_each(|bag| self.frequencies[bag as usize] = 0);
        self.scores.resize(bags.norms.len(), 0.0);
        self.frequencies.resize(bags.norms.len(), 0);
    }

    /// The token at hand stands in a bag so many times more. Nothing is counted for [`NONE`].
    pub(in crate::index) fn count(&mut self, bag: u32, frequency: u32) {
        if bag == NONE {
            return;
        }
        let known = &mut self.frequencies[bag as usize];
        if *known == 0 {
            self.touched.push(bag);
        }
        *known += frequency;
    }

    /// All of the token at hand has been counted, which weighs so much.
    pub(in crate::index) fn settle(&mut self, bags: &Bags, weight: f32) {
        let factor = weight * idf(self.touched.len(), bags.filled) * (K1 + 1.0);
        for bag in self.touched.drain(..) {
            let frequency = std::mem::take(&mut self.frequencies[bag as usize]) as f32;
            let score = &mut self.scores[bag as usize];
            if *score == 0.0 {
                self.scored.push(bag);
            }
            *score += f64::from(factor * frequency / (frequency + bags.norms[bag as usize]));
        }
    }

    /// The score of a bag; nothing for [`NONE`].
    pub(in crate::index) fn of(&self, bag: u32) -> f32 {
        self.scores.get(bag as usize).copied().unwrap_or(0.0) as f32
    }
}
