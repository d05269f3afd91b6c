use axum::Json;
use axum::extract::{RawQuery, State};
use axum::http::Uri;
use axum::response::{IntoResponse, Response};

use super::openapi::{NotFound, Problems};
use crate::parameters::{Parameters, id_from_path};
use crate::wire::{self, Document, Documents, DocumentsRequest, WireError};
use crate::{ApiError, AppState};

/// All documents
#[utoipa::path(
    get,
    path = "/api/v1/documents",
    tag = "documents",
    params(DocumentsRequest),
    responses((status = 200, description = "The documents, by identifier.", body = Documents), Problems)
)]
pub(super) async fn documents(
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
) -> Result<Json<Documents>, ApiError> {
    let request = Parameters::parse(query.as_deref())?.documents()?;
    state.read(move |index, _| Ok::<_, WireError>(wire::documents(index, request))).await.map(Json)
}

/// A document as a tree
#[utoipa::path(
    get,
    path = "/api/v1/documents/{id}",
    tag = "documents",
    params(("id" = String, Path, description = "The document's identifier, percent-encoded.")),
    responses((status = 200, description = "The document.", body = Document), NotFound, Problems)
)]
pub(super) async fn document(
    State(state): State<AppState>,
    uri: Uri,
    RawQuery(query): RawQuery,
) -> Result<Response, ApiError> {
    Parameters::parse(query.as_deref())?.finish()?;
    let id = uri.path().strip_prefix("/api/v1/documents/").and_then(id_from_path);
    let not_found = || ApiError::NotFound("there is no such document".to_owned());
    let id = id.ok_or_else(not_found)?;
    let written = |document: Document| Json(document).into_response();
    state
        .read(move |index, _| Ok::<_, WireError>(wire::document(index, &id)?.map(written)))
        .await?
        .ok_or_else(not_found)
}
