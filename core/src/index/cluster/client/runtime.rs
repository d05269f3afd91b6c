//! The threads that talk to clusters. The code that asks them is not asynchronous.

use std::future::Future;
use std::io;
use std::sync::mpsc;

use once_cell::sync::OnceCell;
use tokio::runtime::{Builder, Runtime};

use super::error::ClusterError;

/// They wait for sockets most of the time.
const THREADS: usize = 2;

/// There as long as the program: a runtime that is dropped waits for its threads, which asynchronous code must not do.
static RUNTIME: OnceCell<Runtime> = OnceCell::new();

/// Starts the threads, if nobody has yet.
pub(super) fn start() -> Result<&'static Runtime, ClusterError> {
    let build =
        || Builder::new_multi_thread().worker_threads(THREADS).thread_name("cluster").enable_io().enable_time().build();
    RUNTIME.get_or_try_init(build).map_err(|source| ClusterError::Threads { source })
}

/// Does `work` on these threads and waits on the caller's. Unlike `block_on`, that is allowed on every thread of every
/// other runtime.
pub(super) fn wait_for<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> Result<T, ClusterError> {
    let (sender, receiver) = mpsc::sync_channel(1);
    start()?.spawn(async move {
        // Nobody goes away without its answer.
        let _ = sender.send(work.await);
    });
    receiver.recv().map_err(|_| ClusterError::Threads { source: io::Error::other("a request was not carried out") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_that_panics_is_an_error() {
        fn fail() -> u8 {
            panic!("on purpose")
        }
        let error = wait_for(async { fail() }).unwrap_err();
        assert!(matches!(error, ClusterError::Threads { .. }), "{error}");
        assert_eq!(wait_for(async { 7 }).unwrap(), 7);
    }
}
