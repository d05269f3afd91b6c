use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use lawcite_core::index::Index;

use super::{Ui, failed, not_found, show};
use crate::links::encoded;
use crate::parameters::Parameters;
use crate::wire::{self, DiffRequest, DiffResponse};
use crate::{ApiError, AppState};

/// Two lists beside each other, or the form that asks which.
#[derive(Template)]
#[template(path = "diff.html")]
struct DiffPage {
    ui: Ui,
    /// Identifiers and titles of the lists that can be chosen.
    lists: Vec<(String, String)>,
    a: String,
    b: String,
    csv: String,
    xlsx: String,
    diff: Option<DiffResponse>,
}

/// `GET /diff?a=…&b=…`.
pub(super) async fn page(ui: Ui, State(state): State<AppState>, RawQuery(query): RawQuery) -> Response {
    let mut parameters = Parameters::parse_leniently(query.as_deref());
    let mut list = |name: &str| parameters.all(name).into_iter().next().unwrap_or_default();
    let request = DiffRequest { a: list("a"), b: list("b") };
    let shown = ui.clone();
    let answer = state.read(move |index, _| {
        let page = find(index, request, shown)?;
        Ok::<_, ApiError>(page.map(|page| show(StatusCode::OK, &page)))
    });
    match answer.await {
        Ok(page) => page.unwrap_or_else(|| not_found(ui)),
        Err(error) => failed(ui, &error),
    }
}

/// The page, `None` if one of the lists is not there.
fn find(index: &Index, request: DiffRequest, ui: Ui) -> Result<Option<DiffPage>, lawcite_core::index::IndexError> {
    let is_asked = !request.a.is_empty() && !request.b.is_empty();
    let diff = if is_asked { Some(wire::diff(index, &ui.links, &request)?) } else { None };
    let Ok(diff) = diff.transpose() else { return Ok(None) };
    let lists = index.documents().filter(|(header, _)| header.statute.is_none());
    let download = |format: &str| {
        ui.links.to(&format!("/api/v1/diff?a={}&b={}&format={format}", encoded(&request.a), encoded(&request.b)))
    };
    Ok(Some(DiffPage {
        lists: lists.map(|(header, _)| (header.id.clone(), header.title.clone())).collect(),
        csv: download("csv"),
        xlsx: download("xlsx"),
        a: request.a,
        b: request.b,
        diff,
        ui,
    }))
}
