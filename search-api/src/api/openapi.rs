//! The OpenAPI description, generated from the routes and their types.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use utoipa::openapi::{RefOr, Response, ServerBuilder};
use utoipa::{IntoResponses, OpenApi};

use super::{documents, health, search, units};
use crate::AppState;
use crate::problem::Problem;

#[derive(OpenApi)]
#[openapi(
    info(title = "lawcite", description = "Full-text legal citation search for Chinese responsibility lists and statutes"),
    paths(
        search::search,
        documents::documents,
        documents::document,
        units::unit,
        health::healthz,
        health::readyz,
    ),
    components(schemas(Problem)),
    tags(
        (name = "search", description = "Finding units"),
        (name = "documents", description = "Reading them"),
        (name = "operation", description = "How the server is doing"),
    )
)]
struct Description;

/// What every route under `/api/v1` may answer.
pub(super) struct Problems;

/// What a route with an identifier may answer besides.
pub(super) struct NotFound;

impl IntoResponses for Problems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        problems(&[
            ("400", "A parameter is wrong, unknown, or given twice."),
            ("405", "The address takes GET and HEAD only."),
            ("413", "The body is too large."),
            ("414", "The address is too long."),
            ("500", "The server failed."),
        ])
    }
}

impl IntoResponses for NotFound {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        problems(&[("404", "There is no such thing.")])
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

/// The routes described: method and path, and what they answer.
pub(crate) fn routes() -> Vec<(String, String)> {
    let paths = Description::openapi().paths.paths;
    let summary = |item: utoipa::openapi::PathItem| item.get.and_then(|get| get.summary).unwrap_or_default();
    paths.into_iter().map(|(path, item)| (path, summary(item))).collect()
}
