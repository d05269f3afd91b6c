use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Response};

use super::openapi::{NotFound, Problems};
use crate::export::{self, FormatRequest, download};
use crate::parameters::Parameters;
use crate::wire::{self, AuditRequest, AuditResponse};
use crate::{ApiError, AppState};

/// A list against the law of today
///
/// Every citation of a list, what became of the place cited, and whether the words quoted are still the law's; and its faults of
/// drafting. With `format` as a table for spreadsheets.
#[utoipa::path(
    get,
    path = "/api/v1/documents/{id}/audit",
    tag = "documents",
    params(
        ("id" = String, Path, description = "The document's identifier, percent-encoded."),
        AuditRequest,
        FormatRequest,
    ),
    responses(
        (status = 200, description = "The audit.", content(
            (AuditResponse = "application/json"),
            (Vec<u8> = "text/csv"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        )),
        NotFound,
        Problems,
    )
)]
pub(super) async fn audit(
    State(state): State<AppState>,
    id: Result<Path<String>, PathRejection>,
    RawQuery(query): RawQuery,
) -> Result<Response, ApiError> {
    let mut parameters = Parameters::parse(query.as_deref())?;
    let FormatRequest { format } = parameters.format()?;
    let request = parameters.audit()?;
    let not_found = || ApiError::NotFound("there is no such list".to_owned());
    // What is no text when it is decoded names nothing.
    let Path(id) = id.map_err(|_| not_found())?;
    let answer = state.read(move |index, links| {
        let written = |audit: AuditResponse| match format {
            None => Ok(Json(audit).into_response()),
            Some(format) => download(format, &format!("{}-audit", audit.document.id), &export::audit_tables(&audit)),
        };
        wire::audit(index, links, &id, &request)?.map(written).transpose()
    });
    answer.await?.ok_or_else(not_found)
}
