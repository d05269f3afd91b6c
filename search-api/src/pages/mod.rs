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
use axum::extract::DefaultBodyLimit;
use axum::http::{StatusCode, header};
use axum::middleware;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;

use crate::api::DescribedRoute;
use crate::{ApiError, AppState, api};
pub(crate) use assets::asset;
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
    pages.layer(middleware::from_fn(language::keep_language)).merge(assets::router())
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
fn failed(ui: Ui, error: &ApiError) -> Response {
    error.log();
    let title = match error.status() {
        StatusCode::NOT_FOUND => ui.t.not_found(),
        StatusCode::BAD_REQUEST => ui.t.bad_request(),
        _ => ui.t.failure(),
    };
    let text = match error {
        ApiError::Internal(_) => ui.t.our_failure().to_owned(),
        error => error.to_string(),
    };
    show(error.status(), &Message { ui, title, text, changed: None })
}

fn show(status: StatusCode, page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => (status, [(header::CACHE_CONTROL, "no-cache")], Html(html)).into_response(),
        Err(error) => ApiError::internal(error).into_response(),
    }
}
