//! Pages that people look at: plain, rendered here, and usable without JavaScript.

mod audit;
mod diff;
mod document;
mod search;
mod statute;

pub(crate) mod labels; // what resolutions say

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;

use crate::api::DescribedRoute;
use crate::links::Links;
use crate::{ApiError, AppState, api};

pub(crate) use audit::element;

pub(crate) fn router() -> Router<AppState> {
    Router::new()
        .route("/", get(search::page))
        .route("/d/{*id}", get(document::page))
        .route("/s/{*id}", get(statute::page))
        .route("/audit/{id}", get(audit::page))
        .route("/diff", get(diff::page))
        .route("/docs", get(docs))
        .route("/assets/style.css", get(style))
}

/// A page that says one thing.
#[derive(Template)]
#[template(path = "message.html")]
struct Message {
    links: Links,
    title: &'static str,
    text: String,
}

#[derive(Template)]
#[template(path = "docs.html")]
struct Docs {
    links: Links,
    routes: Vec<DescribedRoute>,
}

async fn docs(State(state): State<AppState>) -> Response {
    let mut routes = api::described_routes();
    routes.push(DescribedRoute {
        method: "GET",
        path: "/openapi.json".to_owned(),
        summary: "This description, for programs".to_owned(),
    });
    show(StatusCode::OK, &Docs { links: state.links().on_this_host(), routes })
}

async fn style() -> impl IntoResponse {
    let headers = [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "max-age=3600")];
    (headers, include_str!("../../assets/style.css"))
}

/// An address that leads nowhere.
pub(crate) fn not_found(state: &AppState) -> Response {
    failed(state, &ApiError::NotFound("没有这个网页。它所指的清单或条目可能已不在索引中。".to_owned()))
}

/// An error as a page.
fn failed(state: &AppState, error: &ApiError) -> Response {
    error.log();
    let title = match error.status() {
        StatusCode::NOT_FOUND => "没有找到",
        StatusCode::BAD_REQUEST => "无法检索",
        _ => "出错了",
    };
    let text = match error {
        ApiError::Internal(_) => "服务器未能完成这一请求，原因已记入日志。".to_owned(),
        error => error.to_string(),
    };
    show(error.status(), &Message { links: state.links().on_this_host(), title, text })
}

fn show(status: StatusCode, page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(error) => ApiError::internal(error).into_response(),
    }
}
