use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use lawcite_core::index::Index;

use super::dates::day_of;
use super::{Ui, failed, show};
use crate::wire::{self, DocumentSummary, DocumentsRequest};
use crate::{ApiError, AppState};

/// So many lists are named.
const MOST_LISTS: usize = 500;

/// What is collected here, of which day, and by which program.
#[derive(Template)]
#[template(path = "about.html")]
struct AboutPage {
    ui: Ui,
    /// What and how much.
    facts: Vec<(&'static str, String)>,
    lists: Vec<DocumentSummary>,
    more_lists: usize,
}

/// `GET /about`.
pub(super) async fn page(ui: Ui, State(state): State<AppState>) -> Response {
    let visit = ui.clone();
    let read = state.read(move |index, _| Ok::<_, ApiError>(AboutPage::new(index, visit)));
    read.await.map_or_else(|error| failed(ui, &error), |page| show(StatusCode::OK, &page))
}

impl AboutPage {
    fn new(index: &Index, ui: Ui) -> AboutPage {
        let (t, manifest) = (ui.t, index.manifest());
        let lists = wire::documents(index, DocumentsRequest { limit: MOST_LISTS, offset: 0 });
        let count = |count: u64| count.to_string();
        AboutPage {
            facts: vec![
                (t.data_date(), day_of(manifest.created)),
                (t.list_count(), lists.total.to_string()),
                (t.statute_count(), index.statutes().count().to_string()),
                (t.unit_count(), count(manifest.counts.units)),
                (t.citation_count(), count(manifest.counts.citations)),
                (t.warning_count(), count(manifest.counts.warnings)),
                (t.generation(), index.generation().to_owned()),
                (t.program(), format!("lawcite {}", env!("CARGO_PKG_VERSION"))),
            ],
            more_lists: lists.total - lists.documents.len(),
            lists: lists.documents,
            ui,
        }
    }
}
