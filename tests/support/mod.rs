//! What the tests share: small indexes, built in this process and thrown away.
//!
//! A test reads as a story: `Case::seeds(&[..]).index()`, then `search(..)` on what comes back. To add a case that needs
//! no code, add it to `tests/acceptance/*.toml`.

#![allow(dead_code, unreachable_pub, reason = "each test file uses some of it")]

pub mod corpus;
pub mod judgments;
pub mod rows;
pub mod statutes;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use lawcite_core::index::{Index, Results};
use lawcite_core::query::{Filter, PlanOptions, QueryPlan, UnderstandOptions, Window};
use lawcite_core::unit::Unit;
use lawcite_indexer::{BuildOptions, Quiet, build};

/// The seed document's identifier.
pub const SEED: &str = "boshan-hrss-2015";

/// A path below the project's root.
pub fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The data beside the project, `None` where a user has only the repository. A test that needs it says so and passes.
pub fn shared_data(path: &str) -> Option<PathBuf> {
    let data = root("../shared/data").join(path);
    if !data.exists() {
        eprintln!("skipped: no `../shared/data/{path}` beside the project");
        return None;
    }
    Some(data)
}

/// Sources to be indexed.
pub struct Case {
    paths: Vec<PathBuf>,
}

/// An index of its own, removed when dropped.
pub struct Built {
    /// The index.
    pub index: Index,
    folder: tempfile::TempDir,
}

impl Case {
    /// Files or folders below the project's root.
    pub fn seeds(paths: &[&str]) -> Case {
        Case { paths: paths.iter().map(|path| root(path)).collect() }
    }

    /// Builds the index with the project's lexicon.
    pub fn index(self) -> Built {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let options = BuildOptions {
            paths: self.paths,
            index: folder.path().join("index"),
            lexicon: Some(root("seeds/lexicon")),
            full: false,
        };
        build(&options, &mut Quiet).expect("the sources can be indexed");
        Built { index: Index::open(folder.path().join("index")).expect("what was just built opens"), folder }
    }
}

/// The index of `seeds/`, built once for all tests of a file.
pub fn seed() -> &'static Built {
    static SEED: OnceLock<Built> = OnceLock::new();
    SEED.get_or_init(|| Case::seeds(&["seeds"]).index())
}

impl Built {
    /// The folder of the index.
    pub fn path(&self) -> PathBuf {
        self.folder.path().join("index")
    }

    /// Every unit, in order.
    pub fn units(&self) -> Vec<Unit> {
        let ids: Vec<String> = self.index.documents().map(|(header, _)| header.id.clone()).collect();
        let units = |id: &String| self.index.document(id).expect("readable").expect("it is listed").1;
        ids.iter().flat_map(units).collect()
    }

    /// The first ten hits.
    pub fn search(&self, query: &str) -> Results {
        self.search_with(query, Filter::default(), Window::default())
    }

    /// Hits of a window.
    pub fn search_with(&self, query: &str, filter: Filter, window: Window) -> Results {
        let interpretation = self.index.understand(query, &UnderstandOptions::default()).expect("a query");
        let plan = QueryPlan::new(&interpretation, PlanOptions { filter, window });
        self.index.search(&interpretation, &plan).expect("a readable index")
    }

    /// The identifiers of all that matches, equal units one by one.
    pub fn all_ids(&self, query: &str) -> Vec<String> {
        let interpretation = self.index.understand(query, &UnderstandOptions::default()).expect("a query");
        let window = Window { limit: usize::MAX / 2, collapse: false, ..Window::default() };
        let plan = QueryPlan::new(&interpretation, PlanOptions { window, ..PlanOptions::default() });
        let (ranked, _) = self.index.rank(&interpretation, &plan).expect("a readable index");
        ranked.into_iter().map(|(id, _)| id).collect()
    }
}
