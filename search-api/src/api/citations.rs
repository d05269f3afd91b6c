use axum::Json;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, header};

use super::openapi::{Problems, UnreadBody};
use crate::limits::WholeBody;
use crate::parameters::Parameters;
use crate::wire::{self, ExtractRequest, ExtractResponse, ResolveRequest, ResolveResponse};
use crate::{ApiError, AppState};

/// What a citation means, and who cites the same
#[utoipa::path(
    get,
    path = "/api/v1/citations/resolve",
    tag = "citations",
    params(ResolveRequest),
    responses((status = 200, description = "The citation.", body = ResolveResponse), Problems)
)]
pub(super) async fn resolve(
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
) -> Result<Json<ResolveResponse>, ApiError> {
    let request = Parameters::parse(query.as_deref())?.resolve()?;
    let answer = state.read_generation(move |generation, links| {
        wire::resolve(generation.index(), generation.names(), links, &request)
    });
    answer.await.map(Json)
}

/// The citations in a text
///
/// Names of the statutes in the index, and their nicknames, are found without 《》 too.
#[utoipa::path(
    post,
    path = "/api/v1/citations/extract",
    tag = "citations",
    request_body = ExtractRequest,
    responses((status = 200, description = "The citations.", body = ExtractResponse), UnreadBody, Problems)
)]
pub(super) async fn extract(
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Result<WholeBody, ApiError>,
) -> Result<Json<ExtractResponse>, ApiError> {
    Parameters::parse(query.as_deref())?.finish()?;
    if !is_json(&headers) {
        return Err(ApiError::NotJson);
    }
    let body = body?;
    let request: ExtractRequest =
        serde_json::from_slice(&body.bytes).map_err(|error| ApiError::Body(error.to_string()))?;
    if request.text.len() > ExtractRequest::LARGEST {
        return Err(ApiError::BodyTooLarge);
    }
    let answer = state
        .read_generation(move |generation, _| wire::extract(generation.index(), generation.names(), &request.text));
    answer.await.map(Json)
}

/// Whether the body is said to be JSON: `application/json`, with or without parameters.
fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let essence = kind.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/json")
}
