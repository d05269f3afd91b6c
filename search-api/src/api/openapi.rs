//! The OpenAPI description, generated from the routes and their types.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use utoipa::openapi::schema::Type;
use utoipa::openapi::{Header, HeaderBuilder, ObjectBuilder, PathItem, RefOr, Response, ServerBuilder};
use utoipa::{IntoResponses, OpenApi};

use super::{audit, citations, diff, documents, search, statutes, suggest, units};
use crate::problem::Problem;
use crate::{AppState, operation};

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
        operation::healthz,
        operation::readyz,
        operation::metrics,
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

/// What every route may answer.
pub(crate) struct Refusals;

/// What a probe is told besides.
pub(crate) struct NotReady;

/// What a route with an identifier may answer besides.
pub(super) struct NotFound;

/// What a route that takes a body may answer besides.
pub(super) struct UnreadBody;

impl IntoResponses for Problems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        problems(&[
            ("400", "A parameter is wrong, unknown, or given twice."),
            ("429", "The client asks too often; `Retry-After` says when it may ask again."),
            ("500", "The server failed."),
            ("503", "More is asked than can be answered in time, or the index is damaged; `Retry-After` says when to try again."),
        ])
        .into_iter()
        .chain(Refusals::responses())
        .collect()
    }
}

impl IntoResponses for Refusals {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        problems(&[
            ("405", "The address does not take this method; `Allow` says which it takes."),
            ("413", "The body is too large."),
            ("414", "The address is too long."),
        ])
    }
}

impl IntoResponses for NotReady {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        problems(&[("503", "The index is damaged; `Retry-After` says when to ask again.")])
    }
}

impl IntoResponses for NotFound {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        problems(&[("404", "There is no such thing.")])
    }
}

impl IntoResponses for UnreadBody {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        problems(&[("408", "The body took too long."), ("415", "The body is not said to be JSON.")])
    }
}

fn problems(rows: &[(&str, &str)]) -> BTreeMap<String, RefOr<Response>> {
    use utoipa::openapi::{ContentBuilder, Ref, ResponseBuilder};
    let response = |status: &str, description: &str| {
        let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
        let response = ResponseBuilder::new().description(description).content("application/problem+json", content);
        match status {
            "405" => response.header("allow", header(Type::String, "The methods that the address takes.")),
            "429" | "503" => response.header("retry-after", header(Type::Integer, "In how many seconds.")),
            _ => response,
        }
        .build()
    };
    rows.iter().map(|(status, description)| ((*status).to_owned(), response(status, description).into())).collect()
}

fn header(kind: Type, description: &str) -> Header {
    let schema = ObjectBuilder::new().schema_type(kind).build();
    HeaderBuilder::new().schema(Some(schema)).description(Some(description)).build()
}

/// `GET /openapi.json`.
pub(super) async fn openapi(State(state): State<AppState>) -> Json<utoipa::openapi::OpenApi> {
    let mut description = Description::openapi();
    for response in description.paths.paths.values_mut().flat_map(responses) {
        let id = header(
            Type::String,
            "The request's number, as in the server's log: the one that it came with, else a new one.",
        );
        response.headers.insert("x-request-id".to_owned(), id.into());
    }
    description.servers = Some(vec![ServerBuilder::new().url(state.links().root()).build()]);
    Json(description)
}

fn responses(path: &mut PathItem) -> impl Iterator<Item = &mut Response> {
    let operations = [&mut path.get, &mut path.post].into_iter().flatten();
    let responses = operations.flat_map(|operation| operation.responses.responses.values_mut());
    responses.filter_map(|response| match response {
        RefOr::T(response) => Some(response),
        RefOr::Ref(_) => None,
    })
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
