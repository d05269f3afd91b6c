/// What the index, listeners and logs have open besides, and some more.
#[cfg(unix)]
const BESIDES: u64 = 256;

/// Lets so many connections be open, if the limit of open files may be raised so far; says so in the log if it may not. Many
/// systems allow a process 1,024 that does not ask for more.
pub(super) fn allow_for(connections: usize) {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let wanted = connections as u64 + BESIDES;
        let limit = getrlimit(Resource::Nofile);
        if limit.current.is_none_or(|current| current >= wanted) {
            return;
        }
        let raised = limit.maximum.map_or(wanted, |maximum| maximum.min(wanted));
        let done = setrlimit(Resource::Nofile, Rlimit { current: Some(raised), ..limit });
        if done.is_err() || raised < wanted {
            let most = getrlimit(Resource::Nofile).current.unwrap_or(raised);
            tracing::warn!(
                connections,
                most,
                "too few files may be open for so many connections: some will be cut off for others"
            );
        }
    }
}
