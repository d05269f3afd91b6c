//! Pages that people look at: plain, rendered here, and usable without JavaScript.

mod language; // in which one speaks
mod words; // what pages say of their own

mod dates;
pub(crate) mod labels; // what resolutions say
mod marks; // words as segments
mod permalink; // links that know their text
mod place; // what a place is called

mod about;
mod article;
mod audit; // a list against the law
mod cite; // citations in a pasted text
mod diff; // a list against another
mod document;
mod search;
mod statute;

mod block; // a unit of a list
mod choices; // links that change a search
mod compare; // a quotation beside its article
mod export; // the same as tables
mod results; // hits as the search page shows them

mod assets;

use askama::Template;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::StatusCode;
use axum::middleware::{self, Next};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;

use crate::api::DescribedRoute;
use crate::limits::guarded;
use crate::{ApiError, AppState, api};
pub(crate) use assets::{asset, router as assets};
pub(crate) use audit::element;
pub(crate) use language::{Language, Ui};

pub(crate) fn router() -> Router<AppState> {
    let pages = Router::new()
        .route("/", get(search::page))
        .route("/d/{*id}", get(document::page))
        .route("/s/{*id}", get(statute::page))
        .route(
            "/cite",
            get(cite::form)
                .post(cite::page)
                .layer(DefaultBodyLimit::max(cite::LARGEST_FORM))
                .fallback(async || ApiError::MethodNotAllowed { allowed: "GET, HEAD, POST" }),
        )
        .route("/audit/{id}", get(audit::page))
        .route("/diff", get(diff::page))
        .route("/about", get(about::page))
        .route("/docs", get(docs))
        .route("/export/search.csv", get(export::search))
        .route("/export/d/{*id}", get(export::document));
    pages.layer(middleware::from_fn(language::keep_language))
}

/// A page that says one thing.
#[derive(Template)]
#[template(path = "message.html")]
struct Message {
    ui: Ui,
    title: &'static str,
    text: String,
    /// What became of a text that stood here.
    changed: Option<permalink::Changed>,
}

#[derive(Template)]
#[template(path = "docs.html")]
struct Docs {
    ui: Ui,
    routes: Vec<DescribedRoute>,
}

async fn docs(ui: Ui) -> Response {
    let mut routes = api::described_routes();
    routes.push(DescribedRoute {
        method: "GET",
        path: "/openapi.json".to_owned(),
        summary: ui.t.for_programs().to_owned(),
    });
    show(StatusCode::OK, &Docs { ui, routes })
}

/// An address that leads nowhere.
pub(crate) fn not_found(ui: Ui) -> Response {
    gone(ui, None)
}

/// An address that leads nowhere any more.
fn gone(ui: Ui, changed: Option<permalink::Changed>) -> Response {
    let (title, text) = (ui.t.not_found(), ui.t.no_such_page().to_owned());
    show(StatusCode::NOT_FOUND, &Message { ui, title, text, changed })
}

/// An error as a page.
pub(crate) fn failed(ui: Ui, error: &ApiError) -> Response {
    error.log();
    let title = match error.status() {
        StatusCode::NOT_FOUND => ui.t.not_found(),
        StatusCode::BAD_REQUEST => ui.t.bad_request(),
        StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => ui.t.busy(),
        _ => ui.t.failure(),
    };
    let text = match error {
        ApiError::Internal(_) => ui.t.our_failure().to_owned(),
        ApiError::Busy => ui.t.too_busy().to_owned(),
        ApiError::TooManyRequests { .. } => ui.t.too_often().to_owned(),
        error => error.to_string(),
    };
    let page = show(error.status(), &Message { ui, title, text, changed: None });
    (error.headers(), page).into_response()
}

/// Lets a request in, or says why not.
pub(crate) async fn guard(ui: Ui, State(state): State<AppState>, request: Request, next: Next) -> Response {
    guarded(&state, request, next).await.unwrap_or_else(|error| failed(ui, &error))
}

fn show(status: StatusCode, page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(error) => ApiError::internal(error).into_response(),
    }
}
