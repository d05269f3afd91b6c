//! How much the law itself builds on a statute: how many articles of others name it.

use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, Searcher, TERMINATED};

use super::IndexError;
use super::schema::Fields;
use super::search::units_by_slot;
use super::tables::{NONE, Tables};
use crate::unit::Kind;

/// The number of articles of other statutes, in their newest versions, that name each of [`Tables::statutes`].
pub(super) fn authority(tables: &Tables, searcher: &Searcher, fields: &Fields) -> Result<Vec<u32>, IndexError> {
    let units = units_by_slot(searcher, tables);
    let superseded = tables.superseded();
    let mut counts = vec![0; tables.statutes.len()];
    let mut first = 0;
    for reader in searcher.segment_readers() {
        let inverted = reader.inverted_index(fields.cites)?;
        let mut tokens = inverted.terms().stream().map_err(tantivy::TantivyError::from)?;
        while tokens.advance() {
            // A token with # names an article, and the statute has a token of its own there.
            let name = std::str::from_utf8(tokens.key()).ok().filter(|token| !token.contains('#'));
            let Some(statute) =
                name.and_then(|name| tables.statutes.binary_search_by(|known| known.as_str().cmp(name)).ok())
            else {
                continue;
            };
            let mut list = inverted
                .read_postings_from_terminfo(tokens.value(), IndexRecordOption::Basic)
                .map_err(tantivy::TantivyError::from)?;
            while list.doc() != TERMINATED {
                let unit = units[first + list.doc() as usize];
                let counts_here = unit != NONE
                    && tables.kind(unit) == Kind::Article
                    && tables.statute_of[unit as usize] as usize != statute
                    && !superseded[tables.document_of[unit as usize] as usize];
                counts[statute] += u32::from(counts_here);
                list.advance();
            }
        }
        first += reader.max_doc() as usize;
    }
    Ok(counts)
}
