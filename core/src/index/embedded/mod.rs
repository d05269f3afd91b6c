//! The engine of the main job: posting lists of tantivy's on this machine.
//!
//! Units that have any of the query's concepts are candidates; single tokens add to what they are worth. First it is found who
//! has each concept, which tells what the query demands; then how chapters and statutes answer as wholes; then everything is
//! added up in one pass over all lists, a window of slots at a time, and each candidate is judged as the window closes. Totals
//! and facets are exact. What it costs grows with the postings read, which are bounded.

mod best; // the best of many
mod concepts; // who has a concept
mod counted; // what another engine must be told
mod evidence; // which units answer at all
mod explain;
mod facets; // how hits are spread
mod found; // what was found of them
mod judge; // scores
mod page; // totals, collapsing, the hits of one page
mod phrases; // letters side by side
mod place_counts; // counting by place
mod places; // what units of one place have in common
mod postings; // tantivy's lists
mod scores; // memory that is used again
mod sieve; // filters
mod stored; // units read
mod surroundings; // chapters and statutes as wholes
mod tally; // counting as they come
mod tokens; // pairs of letters and letters
mod window; // adding up
mod witness; // who looks on

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use tantivy::schema::Field;
use tantivy::{ReloadPolicy, Searcher};

use facets::FacetNames;
use places::Places;
use surroundings::Surroundings;

pub(super) use places::units_by_slot;
pub(super) use postings::Segment;
pub(super) use stored::Stored;

use super::IndexError;
use super::directory::ReadOnlyDirectory;
use super::engine::{Account, Engine, Page, Scope, UnitStore};
use super::ranking::Saturation;
use super::schema::{Fields, schema};
use super::tables::{Tables, UnitNo};
use super::tokenizers::tokenizers;
use super::vocabulary::vocabulary;
use crate::analyzer::LegalAnalyzer;
use crate::query::QueryPlan;
use crate::unit::Unit;

/// About so many bytes of unpacked units are kept of a generation, since what is found once is found again.
const RECORD_CACHE_BYTES: usize = 32 << 20;

/// The units of a generation in tantivy's files.
pub(super) struct Embedded {
    tables: Arc<Tables>,
    searcher: Searcher,
    fields: Fields,
    segments: Vec<Segment>,
    places: Places,
    saturations: Vec<(Field, Saturation)>,
    surroundings: Surroundings,
    facet_names: FacetNames,
}

impl Embedded {
    /// Opens tantivy's files in `folder`, to which `tables` belong.
    pub(super) fn open(
        folder: &Path,
        tables: Arc<Tables>,
        superseded: &[bool],
        analyzer: Arc<LegalAnalyzer>,
    ) -> Result<Embedded, IndexError> {
        let (schema, fields) = schema();
        let directory = ReadOnlyDirectory::open(folder).map_err(tantivy::TantivyError::from)?;
        let mut index = tantivy::Index::open(directory)?;
        if index.schema() != schema {
            return Err(IndexError::damaged(folder, "its fields are not those of this format"));
        }
        index.set_tokenizers(tokenizers(analyzer));
        let blocks = RECORD_CACHE_BYTES / index.settings().docstore_blocksize / tables.segments.len().max(1);
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).doc_store_cache_num_blocks(blocks);
        let searcher = reader.try_into()?.searcher();
        let segments: Vec<String> =
            searcher.segment_readers().iter().map(|segment| segment.segment_id().uuid_string()).collect();
        if segments != tables.segments {
            return Err(IndexError::damaged(folder, "its segments are not those that the tables belong to"));
        }
        let segments = Segment::open_all(&searcher, &fields)?;
        let places = Places::new(&searcher, &tables, superseded);
        let tokens = |slot| Segment::tokens_at(&segments, fields.bigrams, slot);
        Ok(Embedded {
            surroundings: Surroundings::new(&tables, &places, superseded, tokens),
            places,
            facet_names: FacetNames::new(&tables),
            saturations: Embedded::saturations(&segments, &fields, tables.units()),
            tables,
            searcher,
            fields,
            segments,
        })
    }
}

impl Embedded {
    fn stored(&self) -> Stored<'_> {
        Stored { tables: &self.tables, searcher: &self.searcher, fields: &self.fields }
    }
}

impl UnitStore for Embedded {
    fn read(&self, unit: UnitNo) -> Result<Unit, IndexError> {
        self.stored().read(unit)
    }

    fn find(&self, id: &str) -> Result<Option<UnitNo>, IndexError> {
        Ok(self.units_with_token(self.fields.id, id)?.first().copied())
    }
}

impl Engine for Embedded {
    fn citing(&self, cited: &str) -> Result<Vec<UnitNo>, IndexError> {
        self.units_with_token(self.fields.cites, cited)
    }

    fn has_letters(&self, letters: &str) -> Result<bool, IndexError> {
        self.letters_stand(letters)
    }

    fn words(&self) -> Result<BTreeMap<String, u32>, IndexError> {
        Ok(vocabulary(&self.searcher, self.fields.words)?)
    }

    fn page(&self, plan: &QueryPlan, scope: &Scope) -> Result<Page, IndexError> {
        self.best_page(plan, scope)
    }

    fn account_for(&self, plan: &QueryPlan, scope: &Scope, units: &[UnitNo]) -> Result<Vec<Account>, IndexError> {
        self.accounts(plan, scope, units)
    }
}
