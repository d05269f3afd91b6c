//! Work that gives way to requests.

use std::panic::resume_unwind;
use std::thread;

/// What is left of the processors when requests want them: some tenth of one.
#[cfg(target_os = "linux")]
const NICE: i32 = 10;

/// Does `work` on a thread to which every request is preferred, and waits for it. Where threads have no priorities, or there is
/// no thread to be had, it is done all the same.
pub(crate) fn giving_way<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    thread::scope(|scope| {
        let yielding = || {
            // On Linux a thread has a priority of its own.
            #[cfg(target_os = "linux")]
            let _ = rustix::process::setpriority_process(Some(rustix::thread::gettid()), NICE);
            work()
        };
        scope.spawn(yielding).join().unwrap_or_else(|panic| resume_unwind(panic))
    })
}
