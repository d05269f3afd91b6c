//! Units read out of tantivy's files.

use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, Searcher, TERMINATED, Term};

use crate::index::IndexError;
use crate::index::engine::UnitStore;
use crate::index::record::read_unit;
use crate::index::schema::Fields;
use crate::index::tables::{Tables, UnitNo};
use crate::unit::Unit;

/// The units that tantivy's files hold, by the numbers of the tables.
pub(in crate::index) struct Stored<'i> {
    pub(in crate::index) tables: &'i Tables,
    pub(in crate::index) searcher: &'i Searcher,
    pub(in crate::index) fields: &'i Fields,
}

impl UnitStore for Stored<'_> {
    fn read(&self, unit: UnitNo) -> Result<Unit, IndexError> {
        let (segment, doc) = self.tables.addresses[unit as usize];
        Ok(read_unit(self.searcher, DocAddress::new(segment, doc))?)
    }

    fn find(&self, id: &str) -> Result<Option<UnitNo>, IndexError> {
        let document = self.tables.document(id.split('/').next().unwrap_or_default());
        let units = document.map_or(0..0, |row| row.first..row.first + row.units);
        let term = Term::from_field_text(self.fields.id, id);
        for (segment, reader) in (0..).zip(self.searcher.segment_readers()) {
            let inverted = reader.inverted_index(self.fields.id)?;
            let list = inverted.read_postings(&term, IndexRecordOption::Basic).map_err(tantivy::TantivyError::from)?;
            let Some(mut list) = list else { continue };
            while list.doc() != TERMINATED {
                // An entry that is gone is no unit.
                let is_it = |&unit: &UnitNo| self.tables.addresses[unit as usize] == (segment, list.doc());
                let unit = units.clone().find(is_it);
                if unit.is_some() {
                    return Ok(unit);
                }
                list.advance();
            }
        }
        Ok(None)
    }
}
