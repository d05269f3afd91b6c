use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use lawcite_core::index::Index;

use super::{failed, not_found, show};
use crate::links::{Links, encoded};
use crate::parameters::Parameters;
use crate::wire::{self, DiffRequest, DiffResponse, WireError};
use crate::{ApiError, AppState};

/// Two lists beside each other, or the form that asks which.
#[derive(Template)]
#[template(path = "diff.html")]
struct DiffPage {
    links: Links,
    /// Identifiers and titles of the lists that can be chosen.
    lists: Vec<(String, String)>,
    a: String,
    b: String,
    csv: String,
    xlsx: String,
    diff: Option<DiffResponse>,
}

/// `GET /diff?a=…&b=…`.
pub(super) async fn page(State(state): State<AppState>, RawQuery(query): RawQuery) -> Response {
    let mut parameters = Parameters::parse_leniently(query.as_deref());
    let mut list = |name: &str| parameters.all(name).into_iter().next().unwrap_or_default();
    let request = DiffRequest { a: list("a"), b: list("b") };
    let links = state.links().on_this_host();
    let found: Result<Option<DiffPage>, ApiError> =
        state.read(move |index, _| find(index, request, links).map_err(WireError::from)).await;
    match found {
        Ok(Some(page)) => show(StatusCode::OK, &page),
        Ok(None) => not_found(&state),
        Err(error) => failed(&state, &error),
    }
}

/// The page, `None` if one of the lists is not there.
fn find(
    index: &Index,
    request: DiffRequest,
    links: Links,
) -> Result<Option<DiffPage>, lawcite_core::index::IndexError> {
    let is_asked = !request.a.is_empty() && !request.b.is_empty();
    let diff = if is_asked { Some(wire::diff(index, &links, &request)?) } else { None };
    let Ok(diff) = diff.transpose() else { return Ok(None) };
    let lists = index.documents().filter(|(header, _)| header.statute.is_none());
    let download = |format: &str| {
        links.to(&format!("/api/v1/diff?a={}&b={}&format={format}", encoded(&request.a), encoded(&request.b)))
    };
    Ok(Some(DiffPage {
        lists: lists.map(|(header, _)| (header.id.clone(), header.title.clone())).collect(),
        csv: download("csv"),
        xlsx: download("xlsx"),
        a: request.a,
        b: request.b,
        diff,
        links,
    }))
}
