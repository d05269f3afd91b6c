//! Letters that stand next to each other.

use super::bm25::idf;
use super::postings::{Slot, Wanted};
use super::weights::{self, K1};
use crate::index::IndexError;
use crate::index::reader::Index;
use crate::query::Phrase;
use crate::text::Folded;

impl Index {
    /// Whether these letters stand next to each other in some unit, more or less: their pairs stand in it.
    pub(super) fn has_letters(&self, letters: &str) -> Result<bool, IndexError> {
        let folded = Folded::new(letters);
        let pairs: Vec<String> = crate::analyzer::bigrams(&folded).map(|gram| gram.text.to_owned()).collect();
        let (field, tokens) = match pairs.as_slice() {
            [] => (self.fields.characters, vec![folded.text().to_owned()]),
            _ => (self.fields.bigrams, pairs),
        };
        let mut has = false;
        self.each_with_all(field, &tokens, |_, _, _| {
            has = true;
            Wanted::NoMore
        })?;
        Ok(has)
    }

    /// The slots that have a phrase, and how often.
    pub(super) fn slots_with_phrase(&self, phrase: &Phrase) -> Result<Vec<(Slot, u32)>, IndexError> {
        let pairs: Vec<(String, u32)> = phrase.bigrams().collect();
        let mut found = Vec::new();
        if pairs.is_empty() {
            // Letters that stand alone are in no pair: all of them must be there.
            let letters: Vec<String> = phrase.letters.iter().map(|&(c, _)| c.to_string()).collect();
            self.each_with_all(self.fields.characters, &letters, |slot, frequency, _| {
                found.push((slot, frequency));
                Wanted::More
            })?;
        } else {
            for segment in &self.segments {
                found.extend(segment.at_positions(self.fields.bigrams, &pairs)?);
            }
        }
        if !phrase.is_covered_by_bigrams() && phrase.letters.len() > 1 {
            // A letter alone between punctuation is in no pair: look at the text.
            let mut checked = Vec::new();
            for (slot, frequency) in found {
                let text = self.read(self.unit_at(slot))?.passage.text;
                if phrase.occurs_in(&Folded::new(&text)) {
                    checked.push((slot, frequency));
                }
            }
            found = checked;
        }
        Ok(found)
    }

    /// What a phrase that must be there is worth.
    pub(super) fn phrase_value(&self, found: usize, frequency: u32) -> f32 {
        weights::EXACT * idf(found, self.tables.units()) * frequency as f32 * (K1 + 1.0) / (frequency as f32 + K1)
    }
}
