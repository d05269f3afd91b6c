//! How many units have each letter and each pair of letters: known beside the cluster, so that a question of fifty letters is not
//! fifty questions to it.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::query::GramField;

/// Numbers of units, by token.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(in crate::index) struct Frequencies {
    pairs: Counts,
    letters: Counts,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Counts {
    /// Sorted.
    tokens: Vec<u64>,
    units: Vec<u32>,
}

/// A letter, or a pair of letters, as a number.
pub(in crate::index) fn token_number(token: &str) -> Option<u64> {
    let mut letters = token.chars().map(u32::from);
    let first = u64::from(letters.next()?);
    let second = letters.next().map(u64::from);
    letters.next().is_none().then(|| second.map_or(first, |second| first << 32 | second))
}

impl Frequencies {
    pub(super) const FILE: &str = "frequencies.bin";

    pub(in crate::index) fn new(pairs: HashMap<u64, u32>, letters: HashMap<u64, u32>) -> Frequencies {
        Frequencies { pairs: Counts::new(pairs), letters: Counts::new(letters) }
    }

    /// How many units have a token; `None` for what is neither a letter nor a pair.
    pub(super) fn of(&self, field: GramField, token: &str) -> Option<usize> {
        let counts = match field {
            GramField::Bigrams => &self.pairs,
            GramField::Characters => &self.letters,
        };
        let token = token_number(token)?;
        let at = counts.tokens.binary_search(&token).ok();
        Some(at.map_or(0, |at| counts.units[at] as usize))
    }
}

impl Counts {
    fn new(counts: HashMap<u64, u32>) -> Counts {
        let mut counts: Vec<(u64, u32)> = counts.into_iter().collect();
        counts.sort_unstable();
        let (tokens, units) = counts.into_iter().unzip();
        Counts { tokens, units }
    }
}
