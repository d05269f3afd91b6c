//! What stands around an article: how well its chapter and its statute as wholes answer, and how much the law builds on it.
//!
//! A chapter, and a statute, is taken as one bag of the pairs of letters of all its articles, and scored by BM25 among all
//! chapters and all statutes. Nothing of that is stored: the frequencies add up while the articles' own lists are read.

use super::bm25::idf;
use super::demand::Demand;
use super::postings::Slot;
use super::weights::{self, K1};
use crate::index::reader::Index;
use crate::index::tables::{NONE, Tables, UnitNo};
use crate::unit::Kind;

/// BM25's correction for length: bags differ in it far more than articles.
const B: f32 = 0.75;

/// The articles of a generation in bags: one a chapter, one a statute. Older versions are in none.
pub(in crate::index) struct Surroundings {
    chapters: Bags,
    statutes: Bags,
    /// By statute: the logarithm of how many articles of others speak of it.
    authority: Vec<f32>,
}

struct Bags {
    /// By slot; [`NONE`] for what is in no bag.
    of_slot: Vec<u32>,
    /// By bag: BM25's correction for its length.
    norms: Vec<f32>,
    /// How many bags hold anything.
    filled: usize,
}

impl Surroundings {
    /// `tokens` tells how many pairs of letters a slot has.
    pub(in crate::index) fn new(
        tables: &Tables,
        superseded: &[bool],
        units_by_slot: &[UnitNo],
        tokens: impl Fn(Slot) -> u32,
    ) -> Surroundings {
        let bags = |column: &[u32]| {
            let bag = |&unit: &UnitNo| {
                let counts = unit != NONE
                    && tables.kind(unit) == Kind::Article
                    && !superseded[tables.document_of[unit as usize] as usize];
                if counts { column[unit as usize] } else { NONE }
            };
            Bags::new(units_by_slot.iter().map(bag).collect(), &tokens)
        };
        Surroundings {
            chapters: bags(&tables.chapter_of),
            statutes: bags(&tables.document_of),
            authority: tables.authority.iter().map(|&speaking| (1.0 + speaking as f32).ln()).collect(),
        }
    }
}

impl Bags {
    fn new(of_slot: Vec<u32>, tokens: impl Fn(Slot) -> u32) -> Bags {
        let count = of_slot.iter().filter(|&&bag| bag != NONE).max().map_or(0, |&bag| bag as usize + 1);
        let mut lengths = vec![0.0_f32; count];
        for (slot, &bag) in (0..).zip(&of_slot).filter(|&(_, &bag)| bag != NONE) {
            lengths[bag as usize] += tokens(slot) as f32;
        }
        let filled = lengths.iter().filter(|&&length| length > 0.0).count().max(1);
        let average = (lengths.iter().sum::<f32>() / filled as f32).max(1.0);
        let norms = lengths.into_iter().map(|length| K1 * (1.0 - B + B * length / average)).collect();
        Bags { of_slot, norms, filled }
    }
}

/// The scores of one query's bags.
#[derive(Debug, Default)]
pub(super) struct SurroundingScores {
    chapters: BagScores,
    statutes: BagScores,
}

#[derive(Debug, Default)]
struct BagScores {
    scores: Vec<f32>,
    /// How often the token at hand stands in each bag.
    frequencies: Vec<u32>,
    /// The bags that have it.
    touched: Vec<u32>,
}

impl SurroundingScores {
    pub(super) fn clear(&mut self, around: &Surroundings) {
        self.chapters.clear(around.chapters.norms.len());
        self.statutes.clear(around.statutes.norms.len());
    }

    /// The token at hand stands at `slot` so many times.
    #[inline]
    pub(super) fn count(&mut self, around: &Surroundings, slot: Slot, frequency: u32) {
        self.chapters.count(around.chapters.of_slot[slot as usize], frequency);
        self.statutes.count(around.statutes.of_slot[slot as usize], frequency);
    }

    /// All of the token at hand has been counted.
    pub(super) fn settle(&mut self, around: &Surroundings, weight: f32) {
        self.chapters.settle(&around.chapters, weight);
        self.statutes.settle(&around.statutes, weight);
    }
}

impl BagScores {
    fn clear(&mut self, bags: usize) {
        self.scores.clear();
        self.scores.resize(bags, 0.0);
        self.frequencies.clear();
        self.frequencies.resize(bags, 0);
        self.touched.clear();
    }

    #[inline]
    fn count(&mut self, bag: u32, frequency: u32) {
        if bag == NONE {
            return;
        }
        let known = &mut self.frequencies[bag as usize];
        if *known == 0 {
            self.touched.push(bag);
        }
        *known += frequency;
    }

    fn settle(&mut self, bags: &Bags, weight: f32) {
        let factor = weight * idf(self.touched.len(), bags.filled) * (K1 + 1.0);
        for &bag in &self.touched {
            let frequency = std::mem::take(&mut self.frequencies[bag as usize]) as f32;
            self.scores[bag as usize] += factor * frequency / (frequency + bags.norms[bag as usize]);
        }
        self.touched.clear();
    }

    fn of(&self, bags: &Bags, slot: Slot) -> f32 {
        self.scores.get(bags.of_slot[slot as usize] as usize).copied().unwrap_or(0.0)
    }
}

/// What the surroundings of an article add to its score.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Around {
    pub(super) chapter: f32,
    pub(super) statute: f32,
    pub(super) authority: f32,
}

impl Around {
    pub(super) fn sum(self) -> f32 {
        self.chapter + self.statute + self.authority
    }
}

impl Index {
    /// What stands around a unit; `None` for what is no article, of which nothing of the kind can be said.
    pub(super) fn around(
        &self,
        scores: &SurroundingScores,
        slot: Slot,
        unit: UnitNo,
        demand: &Demand,
    ) -> Option<Around> {
        if self.tables.kind(unit) != Kind::Article {
            return None;
        }
        let statute = self.tables.statute_of[unit as usize] as usize;
        let authority = self.surroundings.authority.get(statute).copied().unwrap_or(0.0);
        Some(Around {
            chapter: weights::CHAPTER * scores.chapters.of(&self.surroundings.chapters, slot),
            statute: weights::STATUTE * scores.statutes.of(&self.surroundings.statutes, slot),
            authority: authority * weights::authority(demand.whole()),
        })
    }
}
