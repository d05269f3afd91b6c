//! What is asked of a cluster.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use opensearch::http::Method;
use serde_json::Value;

/// A request, built step by step and sent by a [`Connection`](super::Connection).
///
/// A path begins with a slash, below the path of the host's address. Names in it that may hold more than ASCII letters,
/// digits, `-`, `_`, `.` and `,` are percent-encoded already.
///
/// # Example
///
/// ```
/// # use std::time::Duration;
/// # use lawcite_core::index::cluster::client::Request;
/// # let query = serde_json::json!({});
/// // A search changes nothing, so it may be repeated although it is a POST.
/// let search = Request::post("/statutes/_search").query("preference", "_local").json(&query).repeatable();
/// let search = search.within(Duration::from_secs(2));
/// ```
#[derive(Clone)]
pub struct Request {
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) query: Vec<(String, String)>,
    pub(super) body: Option<Body>,
    pub(super) timeout: Option<Duration>,
    pub(super) within: Option<Duration>,
    pub(super) is_repeatable: bool,
}

/// What a request carries.
#[derive(Clone)]
pub(super) struct Body {
    pub(super) content_type: &'static str,
    pub(super) bytes: Bytes,
}

impl Request {
    /// Asks for something. It may be repeated.
    pub fn get(path: impl Into<String>) -> Request {
        Request::new(Method::Get, path.into(), true)
    }

    /// Asks whether there is something. It may be repeated.
    pub fn head(path: impl Into<String>) -> Request {
        Request::new(Method::Head, path.into(), true)
    }

    /// Puts something in its place. It may be repeated: if its first answer was lost, OpenSearch may say of the second
    /// that what was to be made is there already.
    pub fn put(path: impl Into<String>) -> Request {
        Request::new(Method::Put, path.into(), true)
    }

    /// Hands something over. It is not repeated once it was sent, unless it is said to be
    /// [repeatable](Self::repeatable).
    pub fn post(path: impl Into<String>) -> Request {
        Request::new(Method::Post, path.into(), false)
    }

    /// Removes something. It may be repeated: if its first answer was lost, OpenSearch may say of the second that there
    /// is no such thing.
    pub fn delete(path: impl Into<String>) -> Request {
        Request::new(Method::Delete, path.into(), true)
    }

    fn new(method: Method, path: String, is_repeatable: bool) -> Request {
        debug_assert!(path.starts_with('/') && !path.contains(['?', '#']), "`{path}` is no path");
        Request { method, path, query: Vec::new(), body: None, timeout: None, within: None, is_repeatable }
    }

    /// Adds a parameter behind the path.
    #[must_use]
    pub fn query(mut self, name: impl Into<String>, value: impl Into<String>) -> Request {
        self.query.push((name.into(), value.into()));
        self
    }

    /// Carries a JSON value.
    #[must_use]
    pub fn json(mut self, value: &Value) -> Request {
        self.body = Some(Body { content_type: "application/json", bytes: Bytes::from(value.to_string()) });
        self
    }

    /// Carries lines of JSON, each with a line break at its end, as bulk requests and multiple searches do.
    #[must_use]
    pub fn lines(mut self, lines: impl Into<Bytes>) -> Request {
        self.body = Some(Body { content_type: "application/x-ndjson", bytes: lines.into() });
        self
    }

    /// How long one attempt may take, instead of what the options say. What is longer than the time for all of them
    /// makes that as long.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Request {
        self.timeout = Some(timeout);
        self
    }

    /// How long the request may take in all, attempts and the pauses between them, instead of what the options say. No
    /// attempt takes longer. Where a silent host should leave time to ask the next one, give a shorter
    /// [`timeout`](Self::timeout) as well.
    #[must_use]
    pub fn within(mut self, time: Duration) -> Request {
        self.within = Some(time);
        self
    }

    /// Says that it does no harm to do this twice.
    #[must_use]
    pub fn repeatable(mut self) -> Request {
        self.is_repeatable = true;
        self
    }

    /// The path as a relative address. Without the dot, a colon in it would be taken for the end of a scheme.
    pub(super) fn relative_path(&self) -> String {
        format!("./{}", self.path.trim_start_matches('/'))
    }
}

impl fmt::Debug for Request {
    /// Method and path. What it carries may be long, and nobody else's business.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?} {}", self.method, self.path)
    }
}
