//! The engine of those who outgrow one machine: the units in an OpenSearch cluster.
//!
//! The cluster counts, filters and narrows; what a unit is worth is reckoned here, as the embedded engine does, from the unit itself.
//! A question goes to it twice: how many units have each of its words (which tells what is demanded), and then how many hits there
//! are, how they are spread, and who may be among the best. What a generation knows beyond its single sources (its tables, the
//! lexicon, the pairs of letters of chapters) is read once, when it is opened, and lies in memory.
//!
//! A generation is two indexes of the cluster, `name-000007` with the units and `name-000007-files` with the small files; the alias
//! `name` says which one serves.

mod admission; // filters
mod answers; // what searches bring
mod asked; // a plan whose words are counted
mod bound; // what a unit may be worth
mod bulk; // many documents at once
mod clauses; // of queries
pub mod client; // hosts, credentials, attempts
mod comparison; // what there should be, and what there is
mod counted_tokens; // a unit's tokens
mod document; // a unit as the cluster's document
mod evidence; // who answers
mod exact; // what a unit is worth
mod facets; // totals, and how hits are spread
mod frequencies; // how many units have a letter or a pair
mod generations; // which there are, and which serves
mod local; // a generation on disk, and sending it
mod page; // the best of them
mod publish; // beginning an index, filling it, switching to it
mod schema; // fields
mod small_files; // what a generation knows beside its units
mod store; // units read
mod surroundings; // chapters and statutes as wholes
mod worth; // a number a chapter

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::json;

use client::Connection;
use store::Kept;
use surroundings::{Chapters, authority_by_chapter};

pub use client::{ClusterError, ConnectionOptions, Credentials};
pub use generations::ClusterFolder;
pub use publish::{FillOptions, Filled, Filling};
pub use schema::Layout;

pub(super) use frequencies::{Frequencies, token_number};
pub(super) use schema::{Averages, TextField};
pub(super) use surroundings::CountedChapters;

use super::IndexError;
use super::engine::{Account, Engine, Page, Scope, UnitStore};
use super::ranking::{Authority, Saturation};
use super::tables::{NONE, Tables, UnitNo};
use crate::analyzer::LegalAnalyzer;
use crate::query::QueryPlan;
use crate::unit::Unit;

/// The units of a generation in a cluster.
pub(super) struct Cluster {
    connection: Connection,
    /// The name of the index that holds them.
    units_index: String,
    tables: Arc<Tables>,
    superseded: Vec<bool>,
    is_shared: Vec<bool>,
    analyzer: Arc<LegalAnalyzer>,
    saturations: Vec<Saturation>,
    chapters: Chapters,
    frequencies: Frequencies,
    /// By unit: the chapter around it, or [`NONE`].
    chapter_around: Vec<u32>,
    /// By chapter: the authority of its statute.
    authorities: Vec<Authority>,
    /// Whether some units have a chapter around them, and whether some have not.
    has_placed: bool,
    has_others: bool,
    words: BTreeMap<String, u32>,
    kept: Kept,
}

/// What an engine on a cluster is made of.
struct Parts {
    connection: Connection,
    units_index: String,
    tables: Arc<Tables>,
    superseded: Vec<bool>,
    analyzer: Arc<LegalAnalyzer>,
    averages: Averages,
    chapters: Chapters,
    frequencies: Frequencies,
    words: BTreeMap<String, u32>,
}

impl Cluster {
    fn new(parts: Parts) -> Cluster {
        let Parts { connection, units_index, tables, superseded, analyzer, averages, chapters, frequencies, words } =
            parts;
        let chapter_around = tables.chapters_around(&superseded);
        Cluster {
            is_shared: tables.is_shared(),
            saturations: averages.map(Saturation::new).into(),
            authorities: authority_by_chapter(&tables),
            has_placed: chapter_around.iter().any(|&chapter| chapter != NONE),
            has_others: chapter_around.contains(&NONE),
            chapter_around,
            connection,
            units_index,
            tables,
            superseded,
            analyzer,
            chapters,
            frequencies,
            words,
            kept: Kept::default(),
        }
    }
}

impl UnitStore for Cluster {
    fn read(&self, unit: UnitNo) -> Result<Unit, IndexError> {
        Ok(self.read_units(&[unit])?.remove(0))
    }

    fn read_all(&self, units: &[UnitNo]) -> Result<Vec<Unit>, IndexError> {
        self.read_units(units)
    }

    fn find(&self, id: &str) -> Result<Option<UnitNo>, IndexError> {
        self.find_id(id)
    }
}

impl Engine for Cluster {
    fn citing(&self, cited: &str) -> Result<Vec<UnitNo>, IndexError> {
        self.units_with(&json!({ "term": { "cites": cited } }))
    }

    fn has_letters(&self, letters: &str) -> Result<bool, IndexError> {
        self.letters_stand(letters)
    }

    fn words(&self) -> Result<BTreeMap<String, u32>, IndexError> {
        Ok(self.words.clone())
    }

    fn page(&self, plan: &QueryPlan, scope: &Scope) -> Result<Page, IndexError> {
        self.best_page(plan, scope)
    }

    fn account_for(&self, plan: &QueryPlan, scope: &Scope, units: &[UnitNo]) -> Result<Vec<Account>, IndexError> {
        self.accounts(plan, scope, units)
    }
}
