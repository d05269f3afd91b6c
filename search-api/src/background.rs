//! Work that gives way to requests.

use std::panic::resume_unwind;
use std::thread;

/// What is left of the processors when requests want them: some tenth of one.
#[cfg(target_os = "linux")]
const NICE: i32 = 10;

/// Does `work` on a thread to which every request is preferred, and waits for it. Where threads have no priorities, or there is
/// no thread to be had, it is done all the same.
pub(crate) fn giving_way<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    let mut work = Some(work);
    let mut done = None;
    let yielding = || {
        give_way();
        done = work.take().map(|work| work());
    };
    thread::scope(|scope| match thread::Builder::new().name("yielding".to_owned()).spawn_scoped(scope, yielding) {
        Ok(thread) => thread.join().unwrap_or_else(|panic| resume_unwind(panic)),
        Err(error) => tracing::warn!(error = %error, "no thread to be had that gives way to requests"),
    });
    // Without a thread it has not been done.
    done.or_else(|| work.map(|work| work())).expect("it is done by the one or by the other")
}

/// Lets every other thread go before this one. On Linux a thread has a priority of its own.
fn give_way() {
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::setpriority_process(Some(rustix::thread::gettid()), NICE) {
        static SAID: std::sync::Once = std::sync::Once::new();
        SAID.call_once(|| tracing::warn!(error = %error, "work in the background has the priority of requests"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_done_once_and_its_panic_is_the_callers() {
        let mut times = 0;
        assert_eq!(
            giving_way(|| {
                times += 1;
                times
            }),
            1
        );
        assert!(std::panic::catch_unwind(|| giving_way(|| panic!("as asked"))).is_err());
    }
}
