//! What the cluster answers to searches.

use std::time::{Duration, Instant};

use serde::Deserialize;
use serde_json::{Value, json};

use super::client::{ClusterError, Connection, Request};
use super::facets::CountedHits;
use crate::unit::Unit;

/// The answer to one search.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Answer {
    #[serde(default)]
    pub(super) hits: Hits,
    #[serde(default)]
    pub(super) aggregations: Option<Aggregations>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Hits {
    pub(super) total: Option<Total>,
    pub(super) max_score: Option<f32>,
    #[serde(default)]
    pub(super) hits: Vec<Found>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Total {
    pub(super) value: usize,
}

/// A document that was found.
#[derive(Debug, Deserialize)]
pub(super) struct Found {
    #[serde(rename = "_score")]
    pub(super) score: Option<f32>,
    /// Score (of searches alone), document, ordinal.
    #[serde(default)]
    pub(super) sort: Vec<Value>,
    #[serde(rename = "_source")]
    pub(super) source: Option<Source>,
}

/// What of it is read again.
#[derive(Debug, Deserialize)]
pub(super) struct Source {
    pub(super) unit: Unit,
}

impl Found {
    /// The document's identifier and the place of the unit in it.
    pub(super) fn place(&self) -> Option<(&str, u32)> {
        let [.., document, ordinal] = self.sort.as_slice() else { return None };
        Some((document.as_str()?, u32::try_from(ordinal.as_u64()?).ok()?))
    }
}

/// What was counted.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Aggregations {
    /// What stands around units, added up.
    pub(super) around: Option<Around>,
    #[serde(flatten)]
    pub(super) hits: CountedHits,
}

#[derive(Debug, Deserialize)]
pub(super) struct Around {
    pub(super) doc_count: usize,
    pub(super) sum: Number,
}

#[derive(Debug, Deserialize)]
pub(super) struct Number {
    pub(super) value: f64,
}

/// The order of units: by their documents, and there by their places.
pub(super) fn in_order() -> [Value; 2] {
    [json!({ "document": "asc" }), json!({ "ordinal": "asc" })]
}

/// Asks several searches of `index` at once.
///
/// # Errors
///
/// If the cluster cannot answer one of them. A part of the answers is none: a wrong total is worse than no answer.
pub(super) fn search_all(connection: &Connection, index: &str, bodies: &[Value]) -> Result<Vec<Answer>, ClusterError> {
    let mut answers = Vec::with_capacity(bodies.len());
    for bodies in bodies.chunks(MOST_AT_ONCE) {
        answers.extend(search_some(connection, index, bodies)?);
    }
    Ok(answers)
}

/// The same of a few. Where some part of the index has just lost its node, it is asked again until another one has taken over.
fn search_some(connection: &Connection, index: &str, bodies: &[Value]) -> Result<Vec<Answer>, ClusterError> {
    let deadline = Instant::now() + SEARCH_TIME;
    let mut pause = FIRST_PAUSE;
    loop {
        match search_once(connection, index, bodies, deadline.saturating_duration_since(Instant::now())) {
            Err(error) if is_of_node(&error) && Instant::now() + pause < deadline => {
                std::thread::sleep(pause);
                pause *= 2;
            }
            answered => return answered,
        }
    }
}

/// Whether it is a node that fails, and not the query.
fn is_of_node(error: &ClusterError) -> bool {
    let is_of_query = |kind: &str| kind.contains("clause") || kind.contains("script") || kind.contains("parsing");
    error.is_passing()
        && !matches!(error, ClusterError::Refused { kind, reason, .. } if is_of_query(kind) || is_of_query(reason))
}

fn search_once(
    connection: &Connection,
    index: &str,
    bodies: &[Value],
    time: Duration,
) -> Result<Vec<Answer>, ClusterError> {
    let mut lines = String::new();
    for body in bodies {
        lines.push_str("{\"allow_partial_search_results\":false}\n");
        lines.push_str(&body.to_string());
        lines.push('\n');
    }
    let request = Request::post(format!("/{index}/_msearch"))
        .query("max_concurrent_searches", MOST_AT_ONCE.to_string())
        .query("filter_path", FILTER)
        .lines(lines)
        .repeatable()
        .timeout(ATTEMPT_TIME)
        .within(time);
    let Responses { responses } = connection.send(request)?;
    let answer = |response| match response {
        Response::Found(answer) => Ok(answer),
        Response::Failed { error, status } => {
            let body = json!({ "error": error, "status": status }).to_string();
            Err(connection.refused(status, body.as_bytes()))
        }
    };
    if responses.len() != bodies.len() {
        let (host, reason) =
            (connection.addresses(), format!("{} answers to {} searches", responses.len(), bodies.len()));
        return Err(ClusterError::Unreadable { host, reason });
    }
    responses.into_iter().map(answer).collect()
}

/// So many searches are asked at once.
const MOST_AT_ONCE: usize = 64;

/// How long a search may take in all, attempts at other nodes among them, and how long each of these.
pub(super) const SEARCH_TIME: Duration = Duration::from_secs(8);
pub(super) const ATTEMPT_TIME: Duration = Duration::from_secs(4);
/// How long is waited before what failed in a part is asked again; doubled each time.
const FIRST_PAUSE: Duration = Duration::from_millis(50);

/// What of an answer is read: the rest is not sent.
const FILTER: &str = "responses.hits.total.value,responses.hits.max_score,responses.hits.hits._score,\
    responses.hits.hits.sort,responses.hits.hits._source,responses.aggregations,responses.error,responses.status";

#[derive(Deserialize)]
struct Responses {
    responses: Vec<Response>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Response {
    Failed { error: Value, status: u16 },
    Found(Answer),
}
