//! The routes that programs use.

mod audit;
mod citations;
mod diff;
mod documents;
mod openapi;
mod search;
mod statutes;
mod suggest;
mod units;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use axum::routing::{get, post};

use crate::limits::guarded;
use crate::problem::LARGEST_JSON;
use crate::{ApiError, AppState};

pub(crate) use openapi::{DescribedRoute, NotReady, Refusals, routes as described_routes};

/// `/api/v1/…`, and its description.
pub(crate) fn router() -> Router<AppState> {
    Router::new()
        .route("/api/v1/search", get(search::search))
        .route("/api/v1/suggest", get(suggest::suggest))
        .route("/api/v1/documents", get(documents::documents))
        .route("/api/v1/documents/{id}", get(documents::document))
        .route("/api/v1/documents/{id}/audit", get(audit::audit))
        .route("/api/v1/units/{*id}", get(units::unit))
        .route("/api/v1/diff", get(diff::diff))
        .route("/api/v1/statutes", get(statutes::statutes))
        .route("/api/v1/statutes/{id}", get(statutes::statute))
        .route("/api/v1/statutes/{id}/articles/{n}", get(statutes::article))
        .route("/api/v1/citations/resolve", get(citations::resolve))
        .route(
            "/api/v1/citations/extract",
            post(citations::extract)
                .layer(DefaultBodyLimit::max(LARGEST_JSON))
                .fallback(async || ApiError::MethodNotAllowed { allowed: "POST" }),
        )
        .route("/openapi.json", get(openapi::openapi))
}

/// Lets a request in, or says why not.
pub(crate) async fn guard(State(state): State<AppState>, request: Request, next: Next) -> Result<Response, ApiError> {
    guarded(&state, request, next).await
}
