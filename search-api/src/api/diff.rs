use axum::Json;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Response};

use super::openapi::{NotFound, Problems};
use crate::export::{self, FormatRequest, download};
use crate::parameters::Parameters;
use crate::wire::{self, DiffRequest, DiffResponse};
use crate::{ApiError, AppState};

/// Two lists beside each other
///
/// Which entries were added, dropped, renamed and changed, with what changed marked by character, and which citations came and
/// went. With `format` as a table for spreadsheets.
#[utoipa::path(
    get,
    path = "/api/v1/diff",
    tag = "documents",
    params(DiffRequest, FormatRequest),
    responses(
        (status = 200, description = "The comparison.", content(
            (DiffResponse = "application/json"),
            (Vec<u8> = "text/csv"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        )),
        NotFound,
        Problems,
    )
)]
pub(super) async fn diff(State(state): State<AppState>, RawQuery(query): RawQuery) -> Result<Response, ApiError> {
    let mut parameters = Parameters::parse(query.as_deref())?;
    let FormatRequest { format } = parameters.format()?;
    let request = parameters.diff()?;
    let answer = state.read(move |index, links| {
        let diff =
            wire::diff(index, links, &request)?.map_err(|id| ApiError::NotFound(format!("there is no list `{id}`")))?;
        match format {
            None => Ok(Json(diff).into_response()),
            Some(format) => download(format, &format!("{}-{}", diff.a.id, diff.b.id), &export::diff_tables(&diff)),
        }
    });
    answer.await
}
