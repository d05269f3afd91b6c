//! One host: how it is asked once.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use opensearch::cert::{Certificate, CertificateValidation};
use opensearch::http::headers::{CONTENT_TYPE, HeaderMap, HeaderValue};
use opensearch::http::transport::{BuildError, SingleNodeConnectionPool, Transport, TransportBuilder};
use serde::de::DeserializeOwned;
use tokio::net::TcpStream;

use super::address::Address;
use super::error::ClusterError;
use super::failure;
use super::options::ConnectionOptions;
use super::request::Request;

/// How long a connection may take to be made. One lost packet is sent again after a second.
const CONNECT_TIME: Duration = Duration::from_secs(2);

/// How long a host that was heard is trusted to be there.
const HEARD_TIME: Duration = Duration::from_secs(5);

/// A node of the cluster, or a proxy before nodes.
pub(super) struct Host {
    address: Address,
    transport: Transport,
    /// When it last answered anything.
    heard: Mutex<Option<Instant>>,
}

/// An answer with a status of success.
pub(super) struct Answer {
    /// Who gave it.
    pub(super) host: String,
    pub(super) body: Bytes,
}

impl Host {
    /// Prepares to ask the host at `address`. `authority` is a PEM file.
    pub(super) fn new(
        address: Address,
        options: &ConnectionOptions,
        authority: Option<Certificate>,
    ) -> Result<Host, ClusterError> {
        let pool = SingleNodeConnectionPool::new(address.url().clone());
        // Networks that are closed to the world have proxies for it, which lead nowhere else.
        let mut transport = TransportBuilder::new(pool).disable_proxy();
        transport = match authority {
            // Without TLS there is nothing to check, but on a system without any authority the library would refuse to
            // start. An answer that was redirected to TLS is not accepted either way.
            _ if !address.is_encrypted() => transport.cert_validation(CertificateValidation::None),
            Some(authority) => transport.cert_validation(CertificateValidation::Full(authority)),
            None => transport,
        };
        if let Some(credentials) = &options.credentials {
            transport = credentials.add_to(transport)?;
        }
        let transport = transport.build().map_err(|error| untrusting(&address, options, &error))?;
        Ok(Host { address, transport, heard: Mutex::new(None) })
    }

    /// Its address, for people.
    pub(super) fn name(&self) -> &str {
        self.address.name()
    }

    /// Asks once and waits for the whole answer.
    pub(super) async fn ask(&self, request: &Request, time: Duration) -> Result<Answer, ClusterError> {
        let begun = Instant::now();
        if !self.was_heard_lately() {
            self.knock(time).await?;
        }
        let lost = |error: opensearch::Error| failure::of_transport(self.name(), &error, time);
        let mut headers = HeaderMap::new();
        if let Some(body) = &request.body {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(body.content_type));
        }
        let body = request.body.as_ref().map(|body| body.bytes.clone());
        let (path, left) = (request.relative_path(), time.saturating_sub(begun.elapsed()));
        let sent = self.transport.send(request.method, &path, headers, Some(&request.query), body, Some(left)).await;
        let response = sent.map_err(lost)?;
        let (status, url) = (response.status_code(), response.url().clone());
        let body = response.bytes().await.map_err(lost)?;
        self.was_heard();
        if !self.address.is_asked_at(&url, &path) {
            // What was to be changed was not: a redirected POST has become a GET without a body.
            let (origin, path) = (url.origin().ascii_serialization(), url.path());
            let reason = format!("it redirects to `{origin}{path}`, which is not followed");
            return Err(ClusterError::Unreadable { host: self.name().to_owned(), reason });
        }
        if status.is_success() {
            Ok(Answer { host: self.name().to_owned(), body })
        } else {
            Err(failure::of_answer(self.name(), status, &body))
        }
    }

    /// Looks whether a connection can be made.
    ///
    /// The library's one time limit is for all of a request, so that a machine without power would look like a long
    /// search. This tells them apart, and in time to ask another.
    async fn knock(&self, time: Duration) -> Result<(), ClusterError> {
        let host = self.name().to_owned();
        let connecting = TcpStream::connect(self.address.endpoint());
        match tokio::time::timeout(time.min(CONNECT_TIME), connecting).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(ClusterError::Unreachable { host, reason: error.to_string() }),
            // So little says nothing of the host.
            Err(_) if time < CONNECT_TIME => Err(ClusterError::TimedOut { host, time }),
            Err(_) => {
                let reason = format!("no connection within {CONNECT_TIME:?}");
                Err(ClusterError::Unreachable { host, reason })
            }
        }
    }

    fn was_heard(&self) {
        *self.heard.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    fn was_heard_lately(&self) -> bool {
        let heard = *self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        heard.is_some_and(|heard| heard.elapsed() < HEARD_TIME)
    }
}

/// Why there is no way to check certificates: the file of the authority is none, or the system knows no authority.
fn untrusting(address: &Address, options: &ConnectionOptions, error: &BuildError) -> ClusterError {
    // It does not name its source as one.
    let reason = match error {
        BuildError::Io(error) => failure::deepest(error),
        BuildError::Cert(error) => failure::deepest(error),
    };
    match &options.ca {
        Some(path) => ClusterError::Authority { path: path.clone(), reason },
        None => ClusterError::Certificate { host: address.name().to_owned(), reason },
    }
}

impl Answer {
    /// Reads its JSON.
    pub(super) fn read<T: DeserializeOwned>(&self) -> Result<T, ClusterError> {
        serde_json::from_slice(&self.body).map_err(|error| {
            let is_html = failure::is_html(&self.body);
            let reason = if is_html { failure::HTML.to_owned() } else { failure::cut(&error.to_string()) };
            ClusterError::Unreadable { host: self.host.clone(), reason }
        })
    }
}
