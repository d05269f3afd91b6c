//! What stands around an article: how well its chapter and its statute as wholes answer, and how much the law builds on it.
//!
//! A chapter, and a statute, is taken as one bag of the pairs of letters of all its articles, and scored by BM25 among all
//! chapters and all statutes. Nothing of that is stored: the frequencies add up while the articles' own lists are read.

use std::collections::HashMap;

use super::Embedded;
use super::place_counts::PlaceCounts;
use super::places::{Place, Places};
use super::postings::Slot;
use crate::index::ranking::{Around, Authority, BagScores, Bags, Demand, weights};
use crate::index::tables::{NONE, Tables};
use crate::unit::Kind;

/// The articles of a generation in bags: one a chapter, one a statute. Older versions are in none.
pub(in crate::index) struct Surroundings {
    /// By the number of the [place](Places): what stands around it.
    around: Vec<Option<Bag>>,
    chapters: Bags,
    statutes: Bags,
}

/// The bags that articles are in, or [`NONE`].
#[derive(Clone, Copy, Debug)]
struct Bag {
    chapter: u32,
    statute: u32,
    authority: Authority,
    /// Whether the place's own articles are in them, or it only stands beside them.
    is_counted: bool,
}

impl Surroundings {
    /// `tokens` tells how many pairs of letters a slot has.
    pub(in crate::index) fn new(
        tables: &Tables,
        places: &Places,
        superseded: &[bool],
        tokens: impl Fn(Slot) -> u32,
    ) -> Surroundings {
        let is_article = |place: &&Place| place.kind() == Kind::Article;
        let is_old = |place: &Place| superseded[place.document as usize];
        let mut statutes: HashMap<u32, u32> = HashMap::new();
        for place in places.all().iter().filter(is_article) {
            statutes.insert(place.chapter, place.document);
        }
        let bag = |place: &Place| {
            let authority = Authority::of(tables, place.statute);
            match place.kind() {
                Kind::Article if is_old(place) => {
                    Some(Bag { chapter: NONE, statute: NONE, authority, is_counted: false })
                }
                // A provision of a list stands beside the article that it cites.
                Kind::Article | Kind::Provision => {
                    let statute = *statutes.get(&place.chapter)?;
                    Some(Bag { chapter: place.chapter, statute, authority, is_counted: is_article(&place) })
                }
                _ => None,
            }
        };
        let around: Vec<Option<Bag>> = places.all().iter().map(bag).collect();
        let bags = |of: fn(Bag) -> u32| {
            let length = |slot| Some((of(counted(&around, places.number(slot))?), tokens(slot)));
            Bags::new(places.occupied().filter_map(length))
        };
        Surroundings { chapters: bags(|bag| bag.chapter), statutes: bags(|bag| bag.statute), around }
    }
}

/// The bags in which the articles of a place are counted.
#[inline]
fn counted(around: &[Option<Bag>], place: u32) -> Option<Bag> {
    around[place as usize].filter(|bag| bag.is_counted)
}

impl Surroundings {
    /// The bags of chapters and those of statutes.
    pub(super) fn bags(&self) -> (Bags, Bags) {
        (self.chapters.clone(), self.statutes.clone())
    }
}

impl Embedded {
    /// The chapter in whose bag what is at a slot is counted.
    pub(super) fn counted_chapter(&self, slot: Slot) -> Option<u32> {
        counted(&self.surroundings.around, self.places.number(slot)).map(|bag| bag.chapter)
    }
}

/// The scores of one query's bags.
#[derive(Debug, Default)]
pub(super) struct SurroundingScores {
    chapters: BagScores,
    statutes: BagScores,
    /// How often the token at hand stands in each place.
    frequencies: PlaceCounts,
}

impl SurroundingScores {
    pub(super) fn clear(&mut self, around: &Surroundings) {
        self.chapters.clear(&around.chapters);
        self.statutes.clear(&around.statutes);
        self.frequencies.clear(around.around.len());
    }

    /// The token at hand stands in a place so many times more.
    #[inline]
    pub(super) fn count(&mut self, place: u32, frequency: u32) {
        self.frequencies.add(place, frequency);
    }

    /// All of the token at hand has been counted.
    pub(super) fn settle(&mut self, around: &Surroundings, weight: f32) {
        let SurroundingScores { chapters, statutes, frequencies } = self;
        frequencies.drain(|place, frequency| {
            if let Some(bag) = counted(&around.around, place) {
                chapters.count(bag.chapter, frequency);
                statutes.count(bag.statute, frequency);
            }
        });
        chapters.settle(&around.chapters, weight);
        statutes.settle(&around.statutes, weight);
    }
}

impl Embedded {
    /// What stands around the units of a place; `None` for what is no article and cites none, of which nothing of the kind
    /// can be said.
    #[inline]
    pub(super) fn around(&self, scores: &SurroundingScores, place: u32, demand: &Demand) -> Option<Around> {
        let bag = self.surroundings.around[place as usize]?;
        Some(Around {
            chapter: weights::CHAPTER * scores.chapters.of(bag.chapter),
            statute: weights::STATUTE * scores.statutes.of(bag.statute),
            authority: bag.authority.worth(demand),
        })
    }
}
