//! The OpenAPI description, generated from the routes and their types.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use utoipa::openapi::{RefOr, Response, ServerBuilder};
use utoipa::{IntoResponses, OpenApi};

use super::{audit, citations, diff, documents, health, search, statutes, suggest, units};
use crate::AppState;
use crate::problem::Problem;

#[derive(OpenApi)]
#[openapi(
    info(title = "lawcite", description = "Full-text legal citation search for Chinese responsibility lists and statutes"),
    paths(
        search::search,
        suggest::suggest,
        documents::documents,
        documents::document,
        audit::audit,
        diff::diff,
        units::unit,
        statutes::statutes,
        statutes::statute,
        statutes::article,
        citations::resolve,
        citations::extract,
        health::healthz,
        health::readyz,
    ),
    components(schemas(Problem)),
    tags(
        (name = "search", description = "Finding units"),
        (name = "documents", description = "Reading responsibility lists"),
        (name = "statutes", description = "Reading statutes"),
        (name = "citations", description = "Finding citations, and what they mean"),
        (name = "operation", description = "How the server is doing"),
    )
)]
struct Description;

/// What every route under `/api/v1` may answer.
pub(super) struct Problems;

/// What a route with an identifier may answer besides.
pub(super) struct NotFound;

/// What a route that takes a body may answer besides.
pub(super) struct UnreadBody;

impl IntoResponses for Problems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        problems(&[
            ("400", "A parameter is wrong, unknown, or given twice."),
            ("405", "The address does not take this method; `Allow` says which it takes."),
            ("413", "The body is too large."),
            ("414", "The address is too long."),
            ("500", "The server failed."),
            ("503", "The index is damaged."),
        ])
    }
}

impl IntoResponses for NotFound {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        problems(&[("404", "There is no such thing.")])
    }
}

impl IntoResponses for UnreadBody {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        problems(&[("415", "The body is not said to be JSON.")])
    }
}

fn problems(rows: &[(&str, &str)]) -> BTreeMap<String, RefOr<Response>> {
    use utoipa::openapi::{ContentBuilder, Ref, ResponseBuilder};
    let response = |description: &str| {
        let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
        ResponseBuilder::new().description(description).content("application/problem+json", content).build()
    };
    rows.iter().map(|(status, description)| ((*status).to_owned(), response(description).into())).collect()
}

/// `GET /openapi.json`.
pub(super) async fn openapi(State(state): State<AppState>) -> Json<utoipa::openapi::OpenApi> {
    let mut description = Description::openapi();
    description.servers = Some(vec![ServerBuilder::new().url(state.links().root()).build()]);
    Json(description)
}

/// A route as the description has it.
pub(crate) struct DescribedRoute {
    pub(crate) method: &'static str,
    pub(crate) path: String,
    /// What it answers.
    pub(crate) summary: String,
}

/// The routes described.
pub(crate) fn routes() -> Vec<DescribedRoute> {
    let paths = Description::openapi().paths.paths;
    let described = paths.into_iter().flat_map(|(path, item)| {
        let methods = [("GET", item.get), ("POST", item.post)];
        methods.into_iter().filter_map(move |(method, operation)| {
            Some(DescribedRoute { method, path: path.clone(), summary: operation?.summary.unwrap_or_default() })
        })
    });
    described.collect()
}
