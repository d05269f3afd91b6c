//! Which single tokens are worth looking for.

use super::bm25::idf;
use super::weights;
use crate::query::{Gram, GramField};

/// A token that is looked for.
#[derive(Clone, Copy, Debug)]
pub(in crate::index) struct RankedGram<'q> {
    pub(in crate::index) gram: &'q Gram,
    /// How many units have it.
    pub(in crate::index) frequency: usize,
    /// What having it is worth, but for its saturation.
    pub(in crate::index) factor: f32,
}

impl<'q> RankedGram<'q> {
    /// A token that `frequency` of `units` units have.
    pub(in crate::index) fn new(gram: &'q Gram, frequency: usize, units: usize) -> RankedGram<'q> {
        let weight = match gram.field {
            GramField::Bigrams => weights::BIGRAMS,
            GramField::Characters => weights::CHARACTERS,
        };
        RankedGram { gram, frequency, factor: weight * gram.weight * idf(frequency, units) }
    }

    /// Whether it tells one chapter or statute from another.
    pub(in crate::index) fn tells_surroundings(&self, units: usize) -> bool {
        let most = weights::MOST_OF_SURROUNDINGS * units as f32;
        self.gram.field == GramField::Bigrams && self.frequency as f32 <= most
    }
}

/// Those that are worth reading, the rarest first. What is left when [`weights::MOST_POSTINGS`] would have been read are the
/// most frequent ones, which tell least and cost most. `ranked` is what is known of an entry.
pub(in crate::index) fn worth_reading<'q, T>(
    mut tokens: Vec<T>,
    ranked: impl Fn(&T) -> RankedGram<'q>,
    units: usize,
) -> Vec<T> {
    tokens.retain(|token| {
        let RankedGram { gram, frequency, .. } = ranked(token);
        let is_common = frequency as f32 > weights::MOST_OF_CHARACTER * units as f32;
        frequency > 0 && !(is_common && gram.field == GramField::Characters)
    });
    tokens.sort_by_key(|token| ranked(token).frequency);
    let mut postings = 0;
    let enough = tokens.iter().position(|token| {
        postings += ranked(token).frequency;
        postings as f32 > weights::MOST_POSTINGS * units as f32
    });
    tokens.truncate(enough.unwrap_or(tokens.len()));
    tokens
}
