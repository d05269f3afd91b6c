//! A small index with a list, statutes in two versions and the lexicon, and the whole service over it.

use std::path::Path;
use std::sync::{Arc, LazyLock};

use axum::Router;
use lawcite_core::index::Index;
use lawcite_indexer::{BuildOptions, Quiet, build};
use lawcite_search_api::links::Links;
use lawcite_search_api::{AppState, app};
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};

/// Built when it is first asked for.
pub(crate) static SERVED: LazyLock<Served> = LazyLock::new(Served::build);

/// Builds the small index behind [`queries`](crate::queries()), [`highlights`](crate::highlights()) and
/// [`requests`](crate::requests()), so that the first of them is not taken for slow.
pub fn serve() {
    LazyLock::force(&SERVED);
}

pub(crate) struct Served {
    pub(crate) index: Arc<Index>,
    pub(crate) app: Router,
    pub(crate) runtime: Runtime,
    _folder: TempDir,
}

impl Served {
    fn build() -> Served {
        let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let folder = tempfile::tempdir().expect("a temporary folder");
        let options = BuildOptions {
            paths: vec![project.join("seeds/responsibility"), project.join("tests/acceptance/statutes")],
            index: folder.path().to_owned(),
            lexicon: Some(project.join("seeds/lexicon")),
            full: true,
        };
        build(&options, &mut Quiet).expect("the sources are read in every test");
        let state = AppState::open(folder.path(), Links::relative()).expect("it was just built");
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        Served { index: state.index(), app: app(state), runtime, _folder: folder }
    }
}
