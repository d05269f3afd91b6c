//! What another engine must be told of a generation, as its own lists cannot tell.

use std::collections::HashMap;

use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, TERMINATED, Term};

use super::Embedded;
use crate::index::IndexError;
use crate::index::cluster::{Averages, CountedChapters, Frequencies, TextField, token_number};
use crate::index::ranking::weights;

impl Embedded {
    /// The average number of tokens in each field.
    pub(in crate::index) fn averages(&self) -> Averages {
        TextField::ALL.map(|field| {
            let field = match field {
                TextField::Words => self.fields.words,
                TextField::Bigrams => self.fields.bigrams,
                TextField::Characters => self.fields.characters,
                TextField::Heading => self.fields.heading,
                TextField::Context => self.fields.context,
            };
            Embedded::average_length(&self.segments, field, self.tables.units())
        })
    }

    /// How often the pairs of letters that tell chapters apart stand in each.
    pub(in crate::index) fn counted_chapters(&self) -> Result<CountedChapters, IndexError> {
        // Whoever asks counts again how many units have a pair, so that some more do no harm.
        let most = (weights::MOST_OF_SURROUNDINGS * self.tables.units() as f32).ceil() as u32;
        let mut pairs: HashMap<u64, HashMap<u32, u32>> = HashMap::new();
        for segment in &self.segments {
            let index = segment.inverted_index(self.fields.bigrams);
            let mut terms = index.terms().stream().map_err(tantivy::TantivyError::from)?;
            while terms.advance() {
                if segment.is_whole() && terms.value().doc_freq > most {
                    continue;
                }
                let Some((pair, number)) =
                    std::str::from_utf8(terms.key()).ok().and_then(|pair| Some((pair, token_number(pair)?)))
                else {
                    continue;
                };
                let term = Term::from_field_text(self.fields.bigrams, pair);
                let Some(mut list) =
                    index.read_postings(&term, IndexRecordOption::WithFreqs).map_err(tantivy::TantivyError::from)?
                else {
                    continue;
                };
                while list.doc() != TERMINATED {
                    let slot = segment.first() + list.doc();
                    if let Some(chapter) = self.counted_chapter(slot).filter(|_| segment.has(list.doc())) {
                        let frequency = tantivy::postings::Postings::term_freq(&list);
                        *pairs.entry(number).or_default().entry(chapter).or_default() += frequency;
                    }
                    list.advance();
                }
            }
        }
        let (chapters, statutes) = self.surroundings.bags();
        Ok(CountedChapters { chapters, statutes, pairs })
    }

    /// How many units have each letter and each pair of letters, as queries of this engine reckon it; but none that no unit has, and
    /// at least 1 of any other.
    pub(in crate::index) fn frequencies(&self) -> Result<Frequencies, IndexError> {
        Ok(Frequencies::new(self.units_by_token(self.fields.bigrams)?, self.units_by_token(self.fields.characters)?))
    }

    fn units_by_token(&self, field: Field) -> Result<HashMap<u64, u32>, IndexError> {
        let mut counts: HashMap<u64, f64> = HashMap::new();
        for segment in &self.segments {
            let index = segment.inverted_index(field);
            let mut terms = index.terms().stream().map_err(tantivy::TantivyError::from)?;
            while terms.advance() {
                let Some(token) = std::str::from_utf8(terms.key()).ok().and_then(token_number) else { continue };
                if segment.has_any(index, terms.value())? {
                    *counts.entry(token).or_default() += segment.frequency(index, terms.value())?;
                }
            }
        }
        Ok(counts.into_iter().map(|(token, units)| (token, units.round().max(1.0) as u32)).collect())
    }
}
