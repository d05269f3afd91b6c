//! The seam: what a generation asks of whatever holds its units.
//!
//! A generation knows its documents, their names and how its units are numbered by itself, from [`Tables`](super::tables::Tables)
//! and the lexicon, which it holds in memory. The units lie in an engine: tantivy's files on this machine
//! ([`embedded`](super::embedded)) or an OpenSearch cluster (`cluster`). Whoever asks speaks in the generation's numbers and does not
//! know which it is.

use std::collections::BTreeMap;

use super::IndexError;
use super::explain::Part;
use super::facets::Facets;
use super::ranking::Standing;
use super::tables::UnitNo;
use crate::query::QueryPlan;
use crate::unit::Unit;

pub(super) use super::scope::Scope;

/// Holds units.
pub(super) trait UnitStore {
    /// A unit.
    fn read(&self, unit: UnitNo) -> Result<Unit, IndexError>;

    /// Several units, in the order asked for.
    fn read_all(&self, units: &[UnitNo]) -> Result<Vec<Unit>, IndexError> {
        units.iter().map(|&unit| self.read(unit)).collect()
    }

    /// The unit of that identifier.
    fn find(&self, id: &str) -> Result<Option<UnitNo>, IndexError>;
}

/// Holds the units of a generation, and searches them.
pub(super) trait Engine: UnitStore + Send + Sync {
    /// The units that cite something or are it, in no order: `社会保险法`, `社会保险法#92`.
    fn citing(&self, cited: &str) -> Result<Vec<UnitNo>, IndexError>;

    /// Whether these letters stand next to each other in some unit, more or less: their pairs stand in it.
    fn has_letters(&self, letters: &str) -> Result<bool, IndexError>;

    /// The words of two letters or more with the number of units that have them.
    fn words(&self) -> Result<BTreeMap<String, u32>, IndexError>;

    /// Answers a plan within a scope.
    fn page(&self, plan: &QueryPlan, scope: &Scope) -> Result<Page, IndexError>;

    /// What the scores of `units`, which [`page`](Engine::page) has ranked, are made of, in their order.
    fn account_for(&self, plan: &QueryPlan, scope: &Scope, units: &[UnitNo]) -> Result<Vec<Account>, IndexError>;
}

/// The answer of an engine.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// How many hits there are in all.
    pub(super) total: usize,
    /// Those of the window, best first.
    pub(super) hits: Vec<Ranked>,
    /// What falls short of the rule of evidence, best first; only where there is no hit.
    pub(super) weak: Vec<Ranked>,
    pub(super) facets: Facets,
    /// As [`Results::too_common`](super::Results::too_common).
    pub(super) too_common: Option<String>,
}

/// A hit to be read.
#[derive(Clone, Debug)]
pub(super) struct Ranked {
    pub(super) unit: UnitNo,
    pub(super) score: f32,
    /// The other units that are this hit, in document order.
    pub(super) also: Vec<UnitNo>,
}

/// What a score is made of.
#[derive(Clone, Debug, Default)]
pub(super) struct Account {
    /// What each word of the query adds.
    pub(super) words: Vec<Part>,
    /// What is made of that.
    pub(super) standing: Standing,
}
