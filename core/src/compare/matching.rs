//! Which entry of one list is which of the other.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};

use super::entry::{Entry, letters};

/// Entries whose names and words share less than this of their pairs of letters are not one entry.
const ALIKE: f64 = 0.5;
/// A name tells more than what stands under it: so much of the likeness is the names'.
const NAME: f64 = 0.6;
/// So many entries that share most pairs of letters are compared with each entry.
const COMPARED: usize = 12;

/// The pairs of entries that are one, by their places; each entry is in one pair at most.
///
/// First by code, then by name and what stands under it, then by likeness, the most alike first. Of equal ones those that
/// stand first in both lists are paired, so that the same lists give the same pairs.
pub(super) fn pairs(before: &[Entry], after: &[Entry]) -> Vec<(usize, usize)> {
    let mut matching =
        Matching { pairs: Vec::new(), before: vec![false; before.len()], after: vec![false; after.len()] };
    matching.by(before, after, |entry| entry.code.clone());
    matching.by(before, after, |entry| Some(letters(&format!("{}\n{}", entry.name, words(entry)))));
    matching.by(before, after, |entry| Some(letters(&entry.name)));
    matching.by_likeness(before, after);
    matching.pairs.sort_unstable();
    matching.pairs
}

struct Matching {
    pairs: Vec<(usize, usize)>,
    /// Which are paired already.
    before: Vec<bool>,
    after: Vec<bool>,
}

impl Matching {
    fn pair(&mut self, one: usize, other: usize) {
        (self.before[one], self.after[other]) = (true, true);
        self.pairs.push((one, other));
    }

    /// Pairs those that have the same key, in their order.
    fn by(&mut self, before: &[Entry], after: &[Entry], key: impl Fn(&Entry) -> Option<String>) {
        let keyed = |entry: &Entry| key(entry).filter(|key| !key.is_empty());
        let mut waiting: HashMap<String, Vec<usize>> = HashMap::new();
        for (place, entry) in after.iter().enumerate().rev().filter(|&(place, _)| !self.after[place]) {
            if let Some(key) = keyed(entry) {
                waiting.entry(key).or_default().push(place);
            }
        }
        for (place, entry) in before.iter().enumerate() {
            if self.before[place] {
                continue;
            }
            let other = keyed(entry).and_then(|key| waiting.get_mut(&key)?.pop());
            if let Some(other) = other {
                self.pair(place, other);
            }
        }
    }

    fn by_likeness(&mut self, before: &[Entry], after: &[Entry]) {
        let rest: Vec<usize> = (0..after.len()).filter(|&place| !self.after[place]).collect();
        let others: BTreeMap<usize, Sketch> = rest.iter().map(|&place| (place, Sketch::of(&after[place]))).collect();
        let mut having: HashMap<Pair, Vec<usize>> = HashMap::new();
        for (&place, sketch) in &others {
            for &pair in &sketch.name {
                having.entry(pair).or_default().push(place);
            }
        }
        let mut alike = Vec::new();
        for (place, entry) in before.iter().enumerate().filter(|&(place, _)| !self.before[place]) {
            let sketch = Sketch::of(entry);
            let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
            for pair in &sketch.name {
                for &other in having.get(pair).into_iter().flatten() {
                    *shared.entry(other).or_default() += 1;
                }
            }
            let mut likeliest: Vec<(Reverse<usize>, usize)> =
                shared.into_iter().map(|(other, count)| (Reverse(count), other)).collect();
            likeliest.sort_unstable();
            for &(_, other) in likeliest.iter().take(COMPARED) {
                let likeness = sketch.likeness(&others[&other]);
                if likeness >= ALIKE {
                    alike.push((likeness, place, other));
                }
            }
        }
        alike.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        for (_, place, other) in alike {
            if !self.before[place] && !self.after[other] {
                self.pair(place, other);
            }
        }
    }
}

/// What stands under an entry's name.
fn words(entry: &Entry) -> String {
    entry.parts.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join("\n")
}

type Pair = (char, char);

/// The pairs of letters of an entry's name and of what stands under it.
struct Sketch {
    name: HashSet<Pair>,
    words: HashSet<Pair>,
}

impl Sketch {
    fn of(entry: &Entry) -> Sketch {
        Sketch { name: letter_pairs(&entry.name), words: letter_pairs(&words(entry)) }
    }

    /// From 0, nothing in common, to 1.
    fn likeness(&self, other: &Sketch) -> f64 {
        let names = dice(&self.name, &other.name);
        if self.words.is_empty() && other.words.is_empty() {
            return names;
        }
        NAME * names + (1.0 - NAME) * dice(&self.words, &other.words)
    }
}

fn letter_pairs(text: &str) -> HashSet<Pair> {
    let letters: Vec<char> = letters(text).chars().collect();
    letters.windows(2).map(|pair| (pair[0], pair[1])).collect()
}

/// Twice what two sets share, of what they have.
fn dice(a: &HashSet<Pair>, b: &HashSet<Pair>) -> f64 {
    let all = a.len() + b.len();
    if all == 0 { 0.0 } else { 2.0 * a.intersection(b).count() as f64 / all as f64 }
}
