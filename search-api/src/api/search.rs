use axum::Json;
use axum::extract::{RawQuery, State};

use super::openapi::Problems;
use crate::parameters::Parameters;
use crate::wire::{self, SearchRequest, SearchResponse};
use crate::{ApiError, AppState};

/// Ranked units
///
/// A filter that matches nothing is answered with no hits. So is a query without anything to look for (only `-word`,
/// only punctuation), with a notice. An unclosed quote closes at the end.
#[utoipa::path(
    get,
    path = "/api/v1/search",
    tag = "search",
    params(SearchRequest),
    responses((status = 200, description = "The hits, best first.", body = SearchResponse), Problems)
)]
pub(super) async fn search(
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
) -> Result<Json<SearchResponse>, ApiError> {
    let request = Parameters::parse(query.as_deref())?.search()?;
    let asked = request.clone();
    let answer = state.read(move |index, links| wire::search(index, &asked, links)).await?;
    state.searched(&request, &answer);
    Ok(Json(answer))
}
