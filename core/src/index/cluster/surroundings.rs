//! Chapters and statutes as wholes, beside a cluster.
//!
//! How well the chapter and the statute around an article answer is known here and not in the cluster: the pairs of letters of all
//! chapters fit into memory (those of 58,000 articles in some ten megabytes), and their scores are then what the embedded index
//! makes of them, bit by bit. The cluster is told one number a chapter with each query.
//!
//! A chapter has a number for good, by which the units of a cluster name it: what is added or taken away elsewhere changes no unit.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::frequencies::token_number;
use crate::index::ranking::{Around, Authority, BagScores, Bags, Demand, RankedGram, weights};
use crate::index::tables::{NONE, Tables, UnitNo};

/// What a generation knows of its chapters.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(in crate::index) struct Chapters {
    /// The chapters by the number that the cluster knows them by: their document and place in it. An empty name is free.
    names: Vec<String>,
    /// That number, by the number in the tables.
    number_of: Vec<u32>,
    chapters: Bags,
    statutes: Bags,
    /// By chapter: the document whose bag it is in, or [`NONE`] where its articles are not counted.
    statute_of: Vec<u32>,
    /// The pairs of letters, as numbers, in order.
    pairs: Vec<u64>,
    /// Where what is said of each pair ends in `counts`.
    ends: Vec<u32>,
    /// Of each pair the chapters that have it, and how often.
    counts: Vec<(u32, u32)>,
}

/// What the engine that has counted them says of chapters.
pub(in crate::index) struct CountedChapters {
    pub(in crate::index) chapters: Bags,
    pub(in crate::index) statutes: Bags,
    /// How often each pair of letters stands in each chapter.
    pub(in crate::index) pairs: HashMap<u64, HashMap<u32, u32>>,
}

impl Chapters {
    pub(in crate::index) const FILE: &str = "chapters.bin";

    /// Of a generation; chapters that `before` knows keep their numbers.
    pub(in crate::index) fn new(
        tables: &Tables,
        superseded: &[bool],
        counted: CountedChapters,
        before: Option<&Chapters>,
    ) -> Chapters {
        let (names, statute_of) = name_chapters(tables, superseded);
        let (names, number_of) = numbered(names, before);
        let mut known: Vec<(u64, HashMap<u32, u32>)> = counted.pairs.into_iter().collect();
        known.sort_unstable_by_key(|&(pair, _)| pair);
        let mut made = Chapters {
            names,
            number_of,
            chapters: counted.chapters,
            statutes: counted.statutes,
            statute_of,
            ..Chapters::default()
        };
        for (pair, chapters) in known {
            let mut chapters: Vec<(u32, u32)> = chapters.into_iter().collect();
            chapters.sort_unstable();
            made.counts.extend(chapters);
            made.pairs.push(pair);
            made.ends.push(u32::try_from(made.counts.len()).expect("fewer than four thousand million counts"));
        }
        made
    }

    /// The number that the cluster knows a chapter by.
    pub(super) fn number_of(&self, chapter: u32) -> Option<u32> {
        self.number_of.get(chapter as usize).copied()
    }

    /// How many numbers there are.
    pub(super) fn numbers(&self) -> usize {
        self.names.len()
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        postcard::to_stdvec(self).expect("chapters hold nothing that cannot be written")
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Result<Chapters, postcard::Error> {
        postcard::from_bytes(bytes)
    }

    fn of_pair(&self, pair: &str) -> &[(u32, u32)] {
        let Some(at) = token_number(pair).and_then(|pair| self.pairs.binary_search(&pair).ok()) else { return &[] };
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.counts[start as usize..self.ends[at] as usize]
    }

    /// How well chapters and statutes answer, by those of `grams` that tell one from another.
    pub(super) fn score(&self, grams: &[RankedGram<'_>], units: usize) -> ScoredChapters<'_> {
        let (mut chapters, mut statutes) = (BagScores::default(), BagScores::default());
        chapters.clear(&self.chapters);
        statutes.clear(&self.statutes);
        for ranked in grams.iter().filter(|ranked| ranked.tells_surroundings(units)) {
            for &(chapter, frequency) in self.of_pair(&ranked.gram.token) {
                chapters.count(chapter, frequency);
                statutes.count(self.statute_of[chapter as usize], frequency);
            }
            chapters.settle(&self.chapters, ranked.gram.weight);
            statutes.settle(&self.statutes, ranked.gram.weight);
        }
        ScoredChapters { known: self, chapters, statutes }
    }
}

/// How chapters and statutes answer a query.
pub(super) struct ScoredChapters<'c> {
    known: &'c Chapters,
    chapters: BagScores,
    statutes: BagScores,
}

impl ScoredChapters<'_> {
    /// What stands around what is in a chapter of a statute on which so much of the law builds.
    fn of(&self, chapter: u32, authority: Authority, demand: &Demand) -> Around {
        let statute = self.known.statute_of.get(chapter as usize).copied().unwrap_or(NONE);
        let chapter = if statute == NONE { NONE } else { chapter };
        Around {
            chapter: weights::CHAPTER * self.chapters.of(chapter),
            statute: weights::STATUTE * self.statutes.of(statute),
            authority: authority.worth(demand),
        }
    }

    /// The same of a unit with that chapter around it; `None` where none is.
    pub(super) fn around(&self, tables: &Tables, unit: UnitNo, chapter: u32, demand: &Demand) -> Option<Around> {
        if chapter == NONE {
            return None;
        }
        let authority = Authority::of(tables, tables.statute_of[unit as usize]);
        Some(self.of(chapter, authority, demand))
    }

    /// What each chapter is worth in all, by the number that the cluster knows it by. `authorities` are those of
    /// the chapters' statutes.
    pub(super) fn by_number(&self, authorities: &[Authority], demand: &Demand) -> Vec<f32> {
        let mut worth = vec![0.0; self.known.numbers()];
        for (chapter, &number) in (0..).zip(&self.known.number_of) {
            worth[number as usize] = self.of(chapter, authorities[chapter as usize], demand).sum();
        }
        worth
    }
}

/// By chapter: the authority of its statute.
pub(super) fn authority_by_chapter(tables: &Tables) -> Vec<Authority> {
    let mut authorities = Vec::new();
    for (&chapter, &statute) in tables.chapter_of.iter().zip(&tables.statute_of) {
        if chapter != NONE && chapter as usize >= authorities.len() {
            authorities.push(Authority::of(tables, statute));
        }
    }
    authorities
}

/// The names of all chapters, and the documents that they are counted in.
fn name_chapters(tables: &Tables, superseded: &[bool]) -> (Vec<String>, Vec<u32>) {
    let (mut names, mut statutes) = (Vec::new(), Vec::new());
    let mut first = (NONE, 0);
    for (&chapter, &document) in tables.chapter_of.iter().zip(&tables.document_of) {
        if chapter == NONE || (chapter as usize) < names.len() {
            continue;
        }
        if first.0 != document {
            first = (document, chapter);
        }
        names.push(format!("{}#{}", tables.documents[document as usize].header.id, chapter - first.1));
        statutes.push(if superseded[document as usize] { NONE } else { document });
    }
    (names, statutes)
}

/// Numbers for names: those that `before` has stay, new ones take what is free.
fn numbered(names: Vec<String>, before: Option<&Chapters>) -> (Vec<String>, Vec<u32>) {
    let places: HashMap<&str, usize> = names.iter().enumerate().map(|(place, name)| (name.as_str(), place)).collect();
    let mut number_of = vec![NONE; names.len()];
    let mut kept: Vec<String> = before.map(|before| before.names.clone()).unwrap_or_default();
    let mut free = Vec::new();
    for (number, name) in (0..).zip(&mut kept) {
        match places.get(name.as_str()) {
            Some(&place) => number_of[place] = number,
            None => {
                name.clear();
                free.push(number);
            }
        }
    }
    free.reverse();
    for (number, name) in number_of.iter_mut().zip(names).filter(|(number, _)| **number == NONE) {
        let next = free.pop().unwrap_or_else(|| {
            kept.push(String::new());
            u32::try_from(kept.len() - 1).expect("fewer chapters than units")
        });
        *number = next;
        kept[next as usize] = name;
    }
    (kept, number_of)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn a_chapter_keeps_its_number_while_others_come_and_go() {
        let (known, numbers) = numbered(names(&["a#0", "a#1", "b#0"]), None);
        assert_eq!((known, numbers), (names(&["a#0", "a#1", "b#0"]), vec![0, 1, 2]));
        let before = Chapters { names: names(&["a#0", "a#1", "b#0", "", "d#0"]), ..Chapters::default() };
        let (known, numbers) = numbered(names(&["0#0", "a#1", "c#0", "c#1", "d#0"]), Some(&before));
        assert_eq!(numbers, [0, 1, 2, 3, 4], "what is free is taken first");
        assert_eq!(known, names(&["0#0", "a#1", "c#0", "c#1", "d#0"]));
        let (known, numbers) = numbered(names(&["d#0", "e#0", "a#0", "f#0", "g#0", "h#0"]), Some(&before));
        assert_eq!(numbers, [4, 1, 0, 2, 3, 5]);
        assert_eq!(known, names(&["a#0", "e#0", "f#0", "g#0", "d#0", "h#0"]));
        let (known, numbered) = numbered(names(&["b#0"]), Some(&before));
        assert_eq!((known, numbered), (names(&["", "", "b#0", "", ""]), vec![2]));
    }
}
