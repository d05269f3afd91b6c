//! Runs the service until it is told to stop.

use std::future::Future;
use std::io;

use tokio::net::TcpListener;

use crate::{AppState, app};

/// Serves until `shutdown` completes, then finishes the requests that are under way. Meanwhile it moves to every new
/// generation of the index as it is published.
///
/// # Errors
///
/// If the listener fails.
pub async fn serve(
    listener: TcpListener,
    state: AppState,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let following = tokio::spawn(state.clone().follow());
    let served = axum::serve(listener, app(state)).with_graceful_shutdown(shutdown).await;
    following.abort();
    served
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
