//! A connection to a cluster, for code that is not asynchronous.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use reqwest::StatusCode;
use serde::de::DeserializeOwned;

use super::error::ClusterError;
use super::host::Answer;
use super::hosts::Hosts;
use super::options::ConnectionOptions;
use super::request::Request;
use super::{failure, retry, runtime};

/// A connection to an OpenSearch cluster. Clones share it.
///
/// A request blocks the thread that sends it until it is answered or given up. It may be sent from any thread, those
/// that tokio keeps for blocking work included; inside an `async fn` it would hold up its neighbours.
///
/// What is deliberately missing: it does not look for nodes that it was not told of, and it uses no proxy that the
/// environment names.
///
/// # Example
///
/// ```no_run
/// # use lawcite_core::index::cluster::client::{ClusterError, Connection, ConnectionOptions, Request};
/// # fn main() -> Result<(), ClusterError> {
/// let connection = Connection::new(&ConnectionOptions::default())?;
/// connection.check_version()?;
/// let count: serde_json::Value = connection.send(Request::get("/statutes/_count"))?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Connection {
    shared: Arc<Shared>,
}

struct Shared {
    hosts: Hosts,
    timeout: Duration,
    retry_time: Duration,
}

impl Connection {
    /// Prepares a connection. Nothing is sent yet.
    ///
    /// # Errors
    ///
    /// If an address is no address, the file of the authority cannot be used, the credentials cannot be sent, or no
    /// threads can be started.
    pub fn new(options: &ConnectionOptions) -> Result<Connection, ClusterError> {
        runtime::start()?;
        let hosts = Hosts::new(options)?;
        let (timeout, retry_time) = (options.timeout, options.retry_time);
        Ok(Connection { shared: Arc::new(Shared { hosts, timeout, retry_time }) })
    }

    /// Sends a request and reads the JSON of its answer. [`serde::de::IgnoredAny`] reads what does not matter.
    ///
    /// # Errors
    ///
    /// [`ClusterError::Unreadable`] if the answer is not what `T` expects, and whatever else [`ClusterError`] lists but
    /// what concerns the options.
    pub fn send<T: DeserializeOwned>(&self, request: Request) -> Result<T, ClusterError> {
        self.exchange(request)?.read()
    }

    /// The same, where what is asked for may be missing: `None` for the status 404.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send). A 404 that is not OpenSearch's own, such as a proxy's for a wrong path, is one.
    pub fn send_optional<T: DeserializeOwned>(&self, request: Request) -> Result<Option<T>, ClusterError> {
        match self.exchange(request) {
            Ok(answer) => answer.read().map(Some),
            Err(ClusterError::NotFound { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Whether there is something under a path, such as an index: a request for its head.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send). The answer 404 is none, but then nothing tells OpenSearch's from a proxy's.
    pub fn exists(&self, path: &str) -> Result<bool, ClusterError> {
        match self.exchange(Request::head(path)) {
            Ok(_) => Ok(true),
            Err(ClusterError::NotFound { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// The addresses of its hosts, for people.
    pub fn addresses(&self) -> String {
        self.shared.hosts.names().join(", ")
    }

    /// What it means that a part of a request was refused with this status and these words.
    pub(in crate::index::cluster) fn refused(&self, status: u16, body: &[u8]) -> ClusterError {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        failure::of_answer(&self.addresses(), status, body)
    }

    /// Sends a request on the cluster's threads and waits on this one.
    pub(super) fn exchange(&self, request: Request) -> Result<Answer, ClusterError> {
        let shared = Arc::clone(&self.shared);
        let path = request.path.clone();
        let started = Instant::now();
        let answer = runtime::wait_for(async move {
            let limits = retry::Limits::of(&request, shared.timeout, shared.retry_time);
            retry::deliver(&shared.hosts, &request, limits).await
        })?;
        tracing::debug!(path, micros = started.elapsed().as_micros(), "asked the cluster");
        answer
    }
}

impl fmt::Debug for Connection {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Connection").field("hosts", &self.shared.hosts.names()).finish_non_exhaustive()
    }
}
