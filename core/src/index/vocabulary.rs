//! The words of a generation, for what is made out of them when it is published.

use std::collections::BTreeMap;

use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, Searcher, TERMINATED};

/// The words of two letters or more with the number of units that have them, in the order of their letters. What is
/// deleted does not count: the same sources give the same words, however often they were edited.
pub(super) fn vocabulary(searcher: &Searcher, words: Field) -> tantivy::Result<BTreeMap<String, u32>> {
    let mut vocabulary = BTreeMap::new();
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(words)?;
        let mut terms = index.terms().stream()?;
        while terms.advance() {
            let Ok(word) = std::str::from_utf8(terms.key()) else { continue };
            if word.is_ascii() || word.chars().count() < 2 {
                continue;
            }
            let units = match segment.alive_bitset() {
                None => terms.value().doc_freq,
                Some(alive) => {
                    let mut list = index.read_postings_from_terminfo(terms.value(), IndexRecordOption::Basic)?;
                    let mut units = 0;
                    while list.doc() != TERMINATED {
                        units += u32::from(alive.is_alive(list.doc()));
                        list.advance();
                    }
                    units
                }
            };
            if units > 0 {
                *vocabulary.entry(word.to_owned()).or_default() += units;
            }
        }
    }
    Ok(vocabulary)
}
