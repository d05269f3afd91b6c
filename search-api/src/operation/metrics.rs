use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;

use crate::api::Refusals;
use crate::{ApiError, AppState};

/// How the server is doing, in numbers
///
/// In the text format of OpenMetrics, which Prometheus reads: requests and their latency by route and status, stages of
/// searching, who searches, waits and is turned away, connections, the generation and its age and size, moves to new
/// generations, memory. Under `--ops-listen` it is there alone.
#[utoipa::path(
    get,
    path = "/metrics",
    tag = "operation",
    responses(
        (status = 200, description = "The numbers.", body = String, content_type = "application/openmetrics-text"),
        Refusals,
    )
)]
pub(crate) async fn metrics(State(state): State<AppState>) -> Result<impl IntoResponse, ApiError> {
    let text = state.metrics().text(&state).map_err(ApiError::internal)?;
    Ok(([(header::CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")], text))
}
