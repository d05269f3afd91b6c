//! Runs the service until it is told to stop.

use std::convert::Infallible;
use std::future::Future;
use std::io::{self, Write};
use std::net::IpAddr;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use http_body::{Frame, SizeHint};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::ServiceExt;

use super::connections::Guest;
use super::stream::ClientStream;
use super::{Connection, Connections, Phase, files};
use crate::limits::Limits;
use crate::metrics::ConnectionEvent;
use crate::{AppState, app, operation};

/// After an accept that failed for want of files or memory: until somebody who was cut off for it has gone, or else goes.
const UNTIL_ONE_HAS_GONE: Duration = Duration::from_millis(5);
const UNTIL_ONE_GOES: Duration = Duration::from_millis(100);
/// Probes and scrapers are few.
const MOST_OPERATORS: usize = 64;
/// For whoever comes when every connection there may be is being answered.
const FULL: &[u8] =
    b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 1\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";

/// Where the server is reached.
#[derive(Debug)]
pub struct Listeners {
    /// By everyone.
    pub public: TcpListener,
    /// By operators alone: `/healthz`, `/readyz` and `/metrics`. The last is then not there for everyone.
    pub operation: Option<TcpListener>,
}

impl From<TcpListener> for Listeners {
    fn from(public: TcpListener) -> Listeners {
        Listeners { public, operation: None }
    }
}

/// Serves until `shutdown` completes, then finishes the requests that are under way, for which there is
/// [`shutdown_time`](Limits::shutdown_time). Meanwhile it moves to every new generation of the index as it is published.
pub async fn serve(listeners: impl Into<Listeners>, state: AppState, shutdown: impl Future<Output = ()>) {
    let Listeners { public, operation } = listeners.into();
    let state = if operation.is_some() { state.measured_elsewhere() } else { state };
    files::allow_for(state.entrance().limits().connections);
    let following = tokio::spawn(state.clone().follow());
    let house = House {
        limits: Arc::new(state.entrance().limits().clone()),
        connections: Arc::clone(state.connections()),
        stop: CancellationToken::new(),
        tasks: TaskTracker::new(),
    };
    let back_door = House {
        connections: Arc::new(Connections::new(MOST_OPERATORS, state.metrics().operator_connections.clone())),
        ..house.clone()
    };
    tokio::select! {
        () = shutdown => {}
        never = house.receive(&public, app(state.clone())) => match never {},
        never = back_door.receive_at(operation.as_ref(), operation::app(state.clone())) => match never {},
    }
    drop((public, operation));
    following.abort();
    house.close().await;
}

/// A listener and whoever came through it.
#[derive(Clone)]
struct House {
    limits: Arc<Limits>,
    connections: Arc<Connections>,
    stop: CancellationToken,
    tasks: TaskTracker,
}

impl House {
    /// Lets clients in for ever: no failure of accepting one ends that.
    async fn receive(&self, listener: &TcpListener, app: Router) -> Infallible {
        let mut failing = false;
        loop {
            match listener.accept().await {
                Ok((stream, peer)) => {
                    failing = false;
                    self.welcome(stream, peer.ip(), &app);
                }
                Err(error) if is_the_clients(&error) => {}
                Err(error) => {
                    // Mostly there are too many open files: one less, and time for it to go.
                    let made_room = self.connections.evict();
                    if !std::mem::replace(&mut failing, true) {
                        tracing::error!(error = %error, made_room, "a connection cannot be accepted");
                    }
                    sleep(if made_room { UNTIL_ONE_HAS_GONE } else { UNTIL_ONE_GOES }).await;
                }
            }
        }
    }

    async fn receive_at(&self, listener: Option<&TcpListener>, app: Router) -> Infallible {
        match listener {
            Some(listener) => self.receive(listener, app).await,
            None => std::future::pending().await,
        }
    }

    fn welcome(&self, stream: TcpStream, peer: IpAddr, app: &Router) {
        let Some(guest) = self.connections.admit(peer) else {
            // It fits into the socket's buffer, or else nobody needs it.
            let _ = stream.into_std().and_then(|mut stream| stream.write(FULL));
            return;
        };
        // Answers are written whole: there is nothing to wait for before they are sent.
        let _ = stream.set_nodelay(true);
        let (limits, stop) = (Arc::clone(&self.limits), self.stop.clone());
        let events = self.connections.events.clone();
        let app = app.clone();
        self.tasks.spawn(async move {
            if attend(stream, &guest, app, &limits, &stop).await == End::Outstayed {
                events.count(ConnectionEvent::CutOff);
            }
        });
    }

    /// Waits until everyone has gone.
    async fn close(self) {
        self.stop.cancel();
        self.tasks.close();
        if timeout(self.limits.shutdown_time, self.tasks.wait()).await.is_err() {
            tracing::warn!(connections = self.tasks.len(), "stopped before all requests were answered");
        }
    }
}

/// Whether the client alone is to blame.
fn is_the_clients(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

/// How a connection ended.
#[derive(PartialEq, Eq)]
enum End {
    Closed,
    Outstayed,
}

/// Answers what one client asks until one of the two closes.
async fn attend(stream: TcpStream, guest: &Guest, app: Router, limits: &Limits, stop: &CancellationToken) -> End {
    let connection = guest.connection();
    let service = service_fn(|request: Request<Incoming>| answer(request, app.clone(), Arc::clone(connection)));
    // Times are kept by the connection, which knows more about what it waits for.
    let mut http = http1::Builder::new();
    http.header_read_timeout(None).max_buf_size(limits.header_size.max(8192)).max_header_size(limits.header_size);
    let stream = ClientStream::new(stream, Arc::clone(connection));
    let mut served = pin!(http.serve_connection(TokioIo::new(stream), service));
    let mut stopping = false;
    loop {
        tokio::select! {
            done = served.as_mut() => {
                if let Err(error) = done {
                    tracing::debug!(error = %error, "a connection ended early");
                }
                return End::Closed;
            }
            () = connection.was_cut() => return End::Closed,
            () = connection.outstayed(limits) => {
                connection.cut();
                return End::Outstayed;
            }
            () = stop.cancelled(), if !stopping => {
                served.as_mut().graceful_shutdown();
                stopping = true;
            }
        }
    }
}

async fn answer(
    request: Request<Incoming>,
    app: Router,
    connection: Arc<Connection>,
) -> Result<Response<Leaving>, Infallible> {
    connection.enter(Phase::Answering);
    let mut request = request.map(Body::new);
    request.extensions_mut().insert(Arc::clone(&connection));
    let response = app.oneshot(request).await?;
    connection.enter(Phase::Sending);
    Ok(response.map(|body| Leaving { body, connection }))
}

/// An answer's body, which tells when the last of it was taken.
struct Leaving {
    body: Body,
    connection: Arc<Connection>,
}

impl HttpBody for Leaving {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        std::pin::Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Leaving {
    fn drop(&mut self) {
        self.connection.enter(Phase::Sent);
    }
}

/// Completes on SIGTERM or ctrl-c.
pub async fn shutdown_signal() {
    let interrupted = async {
        if let Err(error) = tokio::signal::ctrl_c().await {
            tracing::error!(error = %error, "ctrl-c cannot be waited for");
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminated = async {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(error) => {
                tracing::error!(error = %error, "SIGTERM cannot be waited for");
                std::future::pending::<()>().await;
            }
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
    tracing::info!("shutting down");
}
