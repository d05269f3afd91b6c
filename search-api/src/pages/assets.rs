//! Looks, and what makes the pages handier where scripts run.

use axum::Router;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;

use crate::AppState;

pub(crate) fn router() -> Router<AppState> {
    Router::new()
        .route("/assets/style.css", get(async || asset("text/css", include_str!("../../assets/style.css"))))
        .route("/assets/icon.svg", get(async || asset("image/svg+xml", include_str!("../../assets/icon.svg"))))
        .route("/assets/page.js", get(async || asset("text/javascript", include_str!("../../assets/page.js"))))
}

/// A text that changes with the program only.
pub(crate) fn asset(kind: &str, text: &'static str) -> impl IntoResponse {
    let kind = format!("{kind}; charset=utf-8");
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "max-age=3600".to_owned())], text)
}
