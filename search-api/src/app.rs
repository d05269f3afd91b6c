//! All routes as one service.

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, Method, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use tower_http::compression::CompressionLayer;

use crate::problem::{LARGEST_BODY, LONGEST_URI};
use crate::{ApiError, AppState, api, pages, widget};

/// On every answer, whatever it is.
const HEADERS: [(HeaderName, &str); 3] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'",
    ),
    // Queries stand in the address bar and are nobody else's business.
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
];

/// The API, the widget and the pages over an open index.
///
/// Under a public URL with a path the routes are there twice, at the root and under that path, so that a reverse proxy
/// may cut it off or leave it on.
pub fn app(state: AppState) -> Router {
    let prefix = state.links().prefix().to_owned();
    // Before the layer, which answers preflights in its place.
    let for_others = api::router().merge(widget::router()).method_not_allowed_fallback(other_method);
    let for_others = match state.origins().layer() {
        Some(layer) => for_others.layer(layer),
        None => for_others,
    };
    let routes = Router::new()
        .merge(for_others)
        .merge(pages::router())
        .fallback(nothing_here)
        .method_not_allowed_fallback(other_method)
        .with_state(state);
    let app = if prefix.is_empty() { routes } else { routes.clone().nest(&prefix, routes) };
    app.layer(middleware::from_fn(within_limits))
        .layer(middleware::map_response(with_headers))
        // Lists are long and lines may be slow.
        .layer(CompressionLayer::new())
}

async fn with_headers(mut response: Response) -> Response {
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

async fn within_limits(request: Request, next: Next) -> Response {
    if request.uri().path_and_query().is_some_and(|address| address.as_str().len() > LONGEST_URI) {
        return ApiError::UriTooLong.into_response();
    }
    let length = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    // A route that takes a body has a limit of its own.
    if request.method() != Method::POST && length.is_some_and(|length: u64| length > LARGEST_BODY) {
        return ApiError::BodyTooLarge.into_response();
    }
    next.run(request).await
}

async fn nothing_here(ui: pages::Ui, uri: Uri) -> Response {
    if uri.path() == "/api" || uri.path().starts_with("/api/") {
        ApiError::NotFound("there is no such route".to_owned()).into_response()
    } else {
        pages::not_found(ui)
    }
}

async fn other_method() -> Response {
    ApiError::MethodNotAllowed { allowed: "GET, HEAD" }.into_response()
}
