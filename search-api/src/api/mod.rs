//! The routes that programs use.

mod documents;
mod health;
mod openapi;
mod search;
mod units;

use axum::Router;
use axum::routing::get;

use crate::AppState;

pub(crate) use openapi::routes as described_routes;

/// `/api/v1/…`, and what operators and programs look at beside it.
pub(crate) fn router() -> Router<AppState> {
    Router::new()
        .route("/api/v1/search", get(search::search))
        .route("/api/v1/documents", get(documents::documents))
        .route("/api/v1/documents/{*id}", get(documents::document))
        .route("/api/v1/units/{*id}", get(units::unit))
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .route("/openapi.json", get(openapi::openapi))
}
