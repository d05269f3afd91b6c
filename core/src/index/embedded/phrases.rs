//! Letters that stand next to each other.

use super::Embedded;
use super::postings::{Slot, Wanted};
use crate::index::IndexError;
use crate::index::engine::UnitStore;
use crate::index::ranking::weights;
use crate::query::Phrase;
use crate::text::Folded;

impl Embedded {
    /// Whether these letters stand next to each other in some unit, more or less: their pairs stand in it.
    pub(super) fn letters_stand(&self, letters: &str) -> Result<bool, IndexError> {
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

    /// The slots that have a phrase as far as lists tell, in order, and how often. Where a letter of it
    /// [stands alone](Phrase::has_letter_alone) the text has to be [read](Texts) besides.
    pub(super) fn slots_near_phrase(&self, phrase: &Phrase) -> Result<Vec<(Slot, u32)>, IndexError> {
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
        found.sort_unstable_by_key(|&(slot, _)| slot);
        Ok(found)
    }
}

/// Reads texts for what no list tells, and no more of them than a query may cost.
pub(super) struct Texts<'i> {
    index: &'i Embedded,
    /// How many may still be read.
    left: usize,
    /// A phrase for which more would have to be.
    too_common: Option<String>,
}

impl<'i> Texts<'i> {
    pub(super) fn new(index: &'i Embedded) -> Texts<'i> {
        Texts { index, left: weights::MOST_TEXTS, too_common: None }
    }

    /// Keeps the slots whose text has what `keeps` looks for; none where `phrase`, for which it is, is too common.
    pub(super) fn retain<T>(
        &mut self,
        slots: &mut Vec<T>,
        slot: impl Fn(&T) -> Slot,
        phrase: &Phrase,
        keeps: impl Fn(&Folded) -> bool,
    ) -> Result<(), IndexError> {
        let Some(left) = self.left.checked_sub(slots.len()) else {
            self.too_common.get_or_insert_with(|| phrase.text.clone());
            slots.clear();
            return Ok(());
        };
        self.left = left;
        let mut kept = Vec::new();
        for entry in slots.drain(..) {
            let text = self.index.read(self.index.unit_at(slot(&entry)))?.passage.text;
            if keeps(&Folded::new(&text)) {
                kept.push(entry);
            }
        }
        *slots = kept;
        Ok(())
    }

    /// The phrase for which too many would have to be read, if one is.
    pub(super) fn too_common(self) -> Option<String> {
        self.too_common
    }
}
