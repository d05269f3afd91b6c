//! All routes as one service.

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use tower_http::compression::CompressionLayer;

use crate::limits::counted;
use crate::observe::observed;
use crate::problem::{LARGEST_BODY, LONGEST_URI};
use crate::{ApiError, AppState, api, operation, pages, widget};

/// On every answer, whatever it is.
const HEADERS: [(HeaderName, &str); 6] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'",
    ),
    // Queries stand in the address bar and are nobody else's business.
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (
        HeaderName::from_static("permissions-policy"),
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()",
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    // Of no effect on sites that are listed: what they load, they load by CORS, as modules and `fetch` do.
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Once a site was reached by https, browsers shall not try anything else for a year.
const HTTPS_ONLY: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// The API, the widget and the pages over an open index.
///
/// Under a public URL with a path the routes are there twice, at the root and under that path, so that a reverse proxy
/// may cut it off or leave it on; those for operators are at the root alone.
pub fn app(state: AppState) -> Router {
    let prefix = state.links().prefix().to_owned();
    // Before the layer, which answers preflights in its place; behind it, what is let in, so that other sites can read why not.
    let guard = middleware::from_fn_with_state(state.clone(), api::guard);
    let for_others = api::router().route_layer(guard).merge(widget::router()).method_not_allowed_fallback(other_method);
    let for_others = match state.origins().layer() {
        Some(layer) => for_others.layer(layer),
        None => for_others,
    };
    let guard = middleware::from_fn_with_state(state.clone(), pages::guard);
    let public = Router::new()
        .merge(for_others)
        .merge(pages::router().route_layer(guard))
        .merge(pages::assets())
        .fallback(nothing_here)
        .method_not_allowed_fallback(other_method)
        .with_state(state.clone());
    let public = if prefix.is_empty() { public } else { public.clone().nest(&prefix, public) };
    // Operators come to the root: what lies under the path of the public URL is everyone's.
    let operation =
        operation::router(state.shows_metrics()).method_not_allowed_fallback(other_method).with_state(state.clone());
    with_common_layers(public.merge(operation), state)
}

/// What every listener does with every request.
pub(crate) fn with_common_layers(app: Router, state: AppState) -> Router {
    let is_https = state.links().is_https();
    app.layer(middleware::from_fn(within_limits))
        .layer(middleware::from_fn_with_state(state.clone(), counted))
        .layer(middleware::map_response(move |response| std::future::ready(with_headers(response, is_https))))
        // Lists are long and lines may be slow.
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn_with_state(state, observed))
}

fn with_headers(mut response: Response, is_https: bool) -> Response {
    let is_success = response.status().is_success();
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if is_https {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HTTPS_ONLY);
    }
    // Answers hold until the next generation, failures not even that long.
    let kept = if is_success { "no-cache" } else { "no-store" };
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static(kept));
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

pub(crate) async fn nothing_here(ui: pages::Ui, State(state): State<AppState>, request: Request) -> Response {
    let path = request.uri().path();
    let for_programs = path == "/api" || path.starts_with("/api/");
    // Whoever tries address after address is held up, too.
    match (state.entrance().take_from_allowance(&request), for_programs) {
        (Err(error), true) => error.into_response(),
        (Err(error), false) => pages::failed(ui, &error),
        (Ok(()), true) => ApiError::NotFound("there is no such route".to_owned()).into_response(),
        (Ok(()), false) => pages::not_found(ui),
    }
}

pub(crate) async fn other_method() -> Response {
    ApiError::MethodNotAllowed { allowed: "GET, HEAD" }.into_response()
}
