//! How much the law itself builds on a statute: how many articles of others speak of it.

use tantivy::Searcher;

use super::IndexError;
use super::embedded::{Segment, units_by_slot};
use super::schema::Fields;
use super::tables::{NONE, Tables};
use crate::query::Phrase;
use crate::unit::Kind;

/// Longer names are decisions and interpretations, which hardly anything else speaks of; looking for them costs the most.
const LONGEST_NAME: usize = 16;

/// The number of articles of other statutes, in their newest versions, that speak of each of [`Tables::statutes`].
///
/// A statute is mostly spoken of without 《》 (依照刑法的规定), which needs names known from other documents: so this is a
/// look into the index, not something that a source says.
pub(super) fn authority(tables: &Tables, searcher: &Searcher, fields: &Fields) -> Result<Vec<u32>, IndexError> {
    let segments = Segment::open_all(searcher, fields)?;
    let units = units_by_slot(searcher, tables);
    let superseded = tables.superseded();
    let mut counts = vec![0; tables.statutes.len()];
    for (_, header) in tables.statute_headers() {
        let Ok(statute) = tables.statutes.binary_search(&header.name) else { continue };
        let Some(phrase) = Phrase::new(&header.name).filter(|name| (2..=LONGEST_NAME).contains(&name.letters.len()))
        else {
            continue;
        };
        let pairs: Vec<(String, u32)> = phrase.bigrams().collect();
        let mut count = 0;
        for segment in segments.iter().filter(|_| !pairs.is_empty()) {
            for (slot, _) in segment.at_positions(fields.bigrams, &pairs)? {
                let unit = units[slot as usize];
                let speaks_of_it = unit != NONE
                    && tables.kind(unit) == Kind::Article
                    && tables.statute_of[unit as usize] as usize != statute
                    && !superseded[tables.document_of[unit as usize] as usize];
                count += u32::from(speaks_of_it);
            }
        }
        // Versions of one statute have one name.
        counts[statute] = count;
    }
    Ok(counts)
}
