//! What stands around an article: how well its chapter and its statute as wholes answer, and how much the law builds on it.
//!
//! A chapter, and a statute, is taken as one bag of the pairs of letters of all its articles, and scored by BM25 among all
//! chapters and all statutes. Nothing of that is stored: the frequencies add up while the articles' own lists are read.

use std::collections::HashMap;

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
    /// By slot: its place in `places`.
    place_of: Vec<u32>,
    /// What chapter and statute articles stand in, [`NONE`] for what stands in none. Neighbours mostly share their place.
    places: Vec<Place>,
    chapters: Bags,
    statutes: Bags,
    /// By statute: the logarithm of how many articles of others speak of it.
    authority: Vec<f32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    chapter: u32,
    statute: u32,
}

struct Bags {
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
        let counts = |unit: UnitNo| {
            tables.kind(unit) == Kind::Article && !superseded[tables.document_of[unit as usize] as usize]
        };
        let place = |&unit: &UnitNo| {
            let counts = unit != NONE && counts(unit);
            let bag = |column: &[u32]| if counts { column[unit as usize] } else { NONE };
            Place { chapter: bag(&tables.chapter_of), statute: bag(&tables.document_of) }
        };
        let mut places: Vec<Place> = Vec::new();
        let mut numbers: HashMap<(u32, u32), u32> = HashMap::new();
        let place_of = units_by_slot.iter().map(place).map(|place| {
            *numbers.entry((place.chapter, place.statute)).or_insert_with(|| {
                places.push(place);
                u32::try_from(places.len() - 1).expect("fewer places than units")
            })
        });
        let place_of: Vec<u32> = place_of.collect();
        let bags =
            |bag: fn(&Place) -> u32| Bags::new(place_of.iter().map(|&place| bag(&places[place as usize])), &tokens);
        Surroundings {
            chapters: bags(|place| place.chapter),
            statutes: bags(|place| place.statute),
            authority: tables.authority.iter().map(|&speaking| (1.0 + speaking as f32).ln()).collect(),
            place_of,
            places,
        }
    }
}

impl Bags {
    /// `of_slot` tells the bag of every slot.
    fn new(of_slot: impl Iterator<Item = u32>, tokens: &impl Fn(Slot) -> u32) -> Bags {
        let mut lengths: Vec<f32> = Vec::new();
        for (slot, bag) in (0..).zip(of_slot).filter(|&(_, bag)| bag != NONE) {
            let bag = bag as usize;
            if bag >= lengths.len() {
                lengths.resize(bag + 1, 0.0);
            }
            lengths[bag] += tokens(slot) as f32;
        }
        let filled = lengths.iter().filter(|&&length| length > 0.0).count().max(1);
        let average = (lengths.iter().sum::<f32>() / filled as f32).max(1.0);
        let norms = lengths.into_iter().map(|length| K1 * (1.0 - B + B * length / average)).collect();
        Bags { norms, filled }
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

    /// Counts the token at hand, slot by slot in their order.
    pub(super) fn counter<'c>(&'c mut self, around: &'c Surroundings) -> Counter<'c> {
        Counter { scores: self, around, place: 0, frequency: 0 }
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

    /// Nothing for [`NONE`].
    fn of(&self, bag: u32) -> f32 {
        self.scores.get(bag as usize).copied().unwrap_or(0.0)
    }
}

/// Counts one token. Articles of a chapter are neighbours, so that their bags are looked up but once.
pub(super) struct Counter<'c> {
    scores: &'c mut SurroundingScores,
    around: &'c Surroundings,
    /// Where the last slots stood, and how often the token stood there.
    place: u32,
    frequency: u32,
}

impl Counter<'_> {
    /// The token stands at `slot` so many times.
    #[inline]
    pub(super) fn count(&mut self, slot: Slot, frequency: u32) {
        let place = self.around.place_of[slot as usize];
        if place != self.place {
            self.put();
            self.place = place;
        }
        self.frequency += frequency;
    }

    /// That was the last slot.
    pub(super) fn finish(mut self) {
        self.put();
    }

    fn put(&mut self) {
        let frequency = std::mem::take(&mut self.frequency);
        if frequency > 0 {
            let place = self.around.places[self.place as usize];
            self.scores.chapters.count(place.chapter, frequency);
            self.scores.statutes.count(place.statute, frequency);
        }
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
    /// What stands around the unit at a slot; `None` for what is no article, of which nothing of the kind can be said.
    pub(super) fn around(&self, scores: &SurroundingScores, slot: Slot, demand: &Demand) -> Option<Around> {
        let entry = &self.entries[slot as usize];
        if Kind::ALL[usize::from(entry.kind)] != Kind::Article {
            return None;
        }
        let place = self.surroundings.places[self.surroundings.place_of[slot as usize] as usize];
        let authority = self.surroundings.authority.get(entry.statute as usize).copied().unwrap_or(0.0);
        Some(Around {
            chapter: weights::CHAPTER * scores.chapters.of(place.chapter),
            statute: weights::STATUTE * scores.statutes.of(place.statute),
            authority: authority * weights::authority(demand.whole()),
        })
    }
}
