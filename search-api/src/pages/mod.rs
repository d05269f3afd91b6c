//! Pages that people look at. They work without JavaScript.

use axum::Router;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

use crate::AppState;

pub(crate) fn router() -> Router<AppState> {
    Router::new()
}

pub(crate) fn not_found(_state: &AppState) -> Response {
    (StatusCode::NOT_FOUND, Html("404")).into_response()
}
