//! What is seen of each request: a number, a line in the log, its share of the metrics.

use std::hash::{BuildHasher, RandomState};
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use http_body::{Frame, SizeHint};
use tracing::{Instrument, Span};

use crate::AppState;
use crate::limits::Client;
use crate::server::Connection;

/// Which names one request, here and in the logs of whoever passed it on.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// A longer one is not ours to keep.
const LONGEST_ID: usize = 64;

/// What the log says of each request. Addresses and queries are personal data: they stand there only if the operator wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccessLog {
    /// Whether there is a line for each request.
    pub requests: bool,
    /// Whether it names the client's address.
    pub clients: bool,
    /// Whether it has the address asked for, the query with it.
    pub queries: bool,
}

impl Default for AccessLog {
    fn default() -> AccessLog {
        AccessLog { requests: true, clients: false, queries: false }
    }
}

/// Numbers the request, runs it, and counts what became of it.
pub(crate) async fn observed(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = request_id(&request);
    let span = tracing::info_span!("request", id = id.to_str().unwrap_or_default());
    let peer = request.extensions().get::<Arc<Connection>>().map(|connection| connection.peer());
    let client = peer.map(|peer| Client::of(peer, request.headers(), state.entrance().limits()));
    let route = route(&request, state.links().prefix());
    let log = state.access_log();
    let asked = log.requests.then(|| Asked {
        span: span.clone(),
        method: request.method().clone(),
        route: route.clone(),
        client: client.filter(|_| log.clients),
        address: log.queries.then(|| request.uri().to_string()),
    });
    if let Some(client) = client {
        request.extensions_mut().insert(client);
    }
    let mut response = next.run(request).instrument(span).await;
    let took = started.elapsed();
    let status = response.status().as_u16();
    state.metrics().answered(route, status, took);
    response.headers_mut().insert(REQUEST_ID, id);
    match asked {
        Some(asked) => response.map(|body| Body::new(Logged { body, asked, status, took, bytes: 0 })),
        None => response,
    }
}

/// The route as a template, without the public URL's path: there are few, however many addresses there are.
fn route(request: &Request, prefix: &str) -> String {
    let Some(matched) = request.extensions().get::<MatchedPath>() else { return "other".to_owned() };
    let template = matched.as_str();
    template.strip_prefix(prefix).unwrap_or(template).replace("{*", "{")
}

/// The one that it came with, if that is fit to be copied into a log; else one of ours.
fn request_id(request: &Request) -> HeaderValue {
    let fit = |id: &&HeaderValue| {
        let allowed = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        (1..=LONGEST_ID).contains(&id.len()) && id.as_bytes().iter().all(allowed)
    };
    request.headers().get(REQUEST_ID).filter(fit).cloned().unwrap_or_else(new_id)
}

/// Sixteen digits: a count under a secret of this process, so that they tell nothing and those of two servers differ.
fn new_id() -> HeaderValue {
    static SECRET: OnceLock<RandomState> = OnceLock::new();
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let digits = format!("{:016x}", SECRET.get_or_init(RandomState::new).hash_one(count));
    HeaderValue::try_from(digits).expect("digits are fit for a header")
}

/// What the log says of a request.
struct Asked {
    span: Span,
    method: Method,
    route: String,
    client: Option<Client>,
    address: Option<String>,
}

/// An answer's body, which writes the request's line into the log when the last of it was taken.
struct Logged {
    body: Body,
    asked: Asked,
    status: u16,
    took: Duration,
    bytes: u64,
}

impl Drop for Logged {
    fn drop(&mut self) {
        let Asked { span, method, route, client, address } = &self.asked;
        let client = client.map(|Client(address)| tracing::field::display(address));
        let took_us = u64::try_from(self.took.as_micros()).unwrap_or(u64::MAX);
        let (status, bytes) = (self.status, self.bytes);
        tracing::info!(parent: span, %method, route, status, took_us, bytes, client, address, "answered");
    }
}

impl HttpBody for Logged {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(cx));
        if let Some(Ok(frame)) = &frame {
            self.bytes += frame.data_ref().map_or(0, |data| data.len() as u64);
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_that_is_fit_for_a_log_is_kept() {
        let id = |given: &str| {
            let request = Request::builder().header(REQUEST_ID, given).body(Body::empty()).expect("a request");
            request_id(&request).to_str().expect("ASCII").to_owned()
        };
        assert_eq!(id("a-1_b.C"), "a-1_b.C");
        for unfit in ["", "a b", "a\"}", "x=1", &"a".repeat(65)] {
            assert_eq!(id(unfit).len(), 16, "{unfit}");
        }
        assert_ne!(id(""), id(""));
    }
}
