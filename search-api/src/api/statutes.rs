use axum::Json;
use axum::extract::{RawQuery, State};
use axum::http::Uri;

use super::openapi::{NotFound, Problems};
use crate::parameters::{Parameters, id_from_path};
use crate::wire::{self, ArticleResponse, CitedByRequest, StatuteResponse, Statutes, StatutesRequest};
use crate::{ApiError, AppState};

/// All statutes
#[utoipa::path(
    get,
    path = "/api/v1/statutes",
    tag = "statutes",
    params(StatutesRequest),
    responses((status = 200, description = "The statutes in their newest versions.", body = Statutes), Problems)
)]
pub(super) async fn statutes(
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
) -> Result<Json<Statutes>, ApiError> {
    let request = Parameters::parse(query.as_deref())?.statutes()?;
    let answer = state.read_generation(move |generation, links| {
        wire::statutes(generation.index(), generation.names(), links, &request)
    });
    answer.await.map(Json)
}

/// A statute: versions, history, chapters
#[utoipa::path(
    get,
    path = "/api/v1/statutes/{id}",
    tag = "statutes",
    params((
        "id" = String,
        Path,
        description = "The statute's identifier, percent-encoded, or a name of it. Without a version the newest.",
        example = "社会保险法"
    )),
    responses((status = 200, description = "The statute.", body = StatuteResponse), NotFound, Problems)
)]
pub(super) async fn statute(
    State(state): State<AppState>,
    uri: Uri,
    RawQuery(query): RawQuery,
) -> Result<Json<StatuteResponse>, ApiError> {
    Parameters::parse(query.as_deref())?.finish()?;
    let not_found = || ApiError::NotFound("there is no such statute".to_owned());
    let id = uri.path().strip_prefix("/api/v1/statutes/").and_then(id_from_path).ok_or_else(not_found)?;
    let answer = state
        .read_generation(move |generation, links| wire::statute(generation.index(), generation.names(), links, &id));
    answer.await?.map(Json).ok_or_else(not_found)
}

/// An article, and who cites it
#[utoipa::path(
    get,
    path = "/api/v1/statutes/{id}/articles/{n}",
    tag = "statutes",
    params(
        ("id" = String, Path, description = "The statute's identifier or a name of it.", example = "社会保险法"),
        ("n" = String, Path, description = "The article's number: `92`, `120-1`.", example = "92"),
        CitedByRequest
    ),
    responses((status = 200, description = "The article.", body = ArticleResponse), NotFound, Problems)
)]
pub(super) async fn article(
    State(state): State<AppState>,
    uri: Uri,
    RawQuery(query): RawQuery,
) -> Result<Json<ArticleResponse>, ApiError> {
    let request = Parameters::parse(query.as_deref())?.cited_by()?;
    let not_found = || ApiError::NotFound("there is no such article".to_owned());
    let path = uri.path().strip_prefix("/api/v1/statutes/").and_then(id_from_path).ok_or_else(not_found)?;
    let answer = state.read_generation(move |generation, links| {
        let Some((statute, number)) = path.split_once("/articles/") else { return Ok(None) };
        wire::article(generation.index(), generation.names(), links, statute, number, request)
    });
    answer.await?.map(Json).ok_or_else(not_found)
}
