//! How often a request is tried, and where.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::{Duration, Instant};

use super::error::ClusterError;
use super::host::Answer;
use super::hosts::Hosts;
use super::request::Request;

/// The pauses between rounds: the first one, and the longest.
const SHORTEST_PAUSE: Duration = Duration::from_millis(50);
const LONGEST_PAUSE: Duration = Duration::from_secs(2);

/// A host that was silent for so long is put aside, however short the caller's patience is.
const SILENCE: Duration = Duration::from_secs(1);

/// How long a request may take.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Each attempt.
    attempt: Duration,
    /// All of it.
    whole: Duration,
}

impl Limits {
    /// Those of a request, where a connection has limits of its own.
    pub(super) fn of(request: &Request, timeout: Duration, retry_time: Duration) -> Limits {
        let attempt = request.timeout.unwrap_or(timeout);
        let whole = request.within.unwrap_or(retry_time.max(attempt));
        Limits { attempt: attempt.min(whole), whole }
    }
}

/// What may help after a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Remedy {
    /// Another host, since this one cannot serve now.
    OtherHost,
    /// Time. Other hosts would say the same.
    Time,
    /// Nothing.
    None,
}

impl Remedy {
    fn of(error: &ClusterError) -> Remedy {
        match error {
            ClusterError::Unreachable { .. } | ClusterError::Lost { .. } | ClusterError::TimedOut { .. } => {
                Remedy::OtherHost
            }
            ClusterError::Refused { status, kind, .. } if is_of_another_node(*status, kind) => Remedy::Time,
            ClusterError::Refused { status: 502..=504, .. } => Remedy::OtherHost,
            ClusterError::Busy { .. } => Remedy::Time,
            _ => Remedy::None,
        }
    }
}

/// Whether a host says that others have failed it: a node that has just gone answers for a while as a lost connection
/// inside the cluster, with the status 500, and shards without a node as 503.
fn is_of_another_node(status: u16, kind: &str) -> bool {
    match status {
        500 => kind.starts_with("node_") || kind.ends_with("transport_exception"),
        503 => kind.starts_with("search_phase_") || kind.contains("_shard"),
        _ => false,
    }
}

/// Sends a request to one host after the other, and to all of them again after a pause, until one answers or the time
/// is over.
pub(super) async fn deliver(hosts: &Hosts, request: &Request, limits: Limits) -> Result<Answer, ClusterError> {
    let begun = Instant::now();
    let mut pauses = Pauses::new();
    let mut tried = Vec::with_capacity(hosts.len());
    let mut before: Option<ClusterError> = None;
    loop {
        let time = limits.attempt.min(limits.whole.saturating_sub(begun.elapsed()));
        let (number, host) = hosts.pick(&tried);
        let mut error = match host.ask(request, time).await {
            Ok(answer) => {
                hosts.answered(number);
                return Ok(answer);
            }
            Err(error) => error,
        };
        let remedy = Remedy::of(&error);
        let is_silent = matches!(error, ClusterError::TimedOut { .. });
        if remedy != Remedy::OtherHost {
            hosts.answered(number);
        } else if !is_silent || time >= limits.attempt.min(SILENCE) {
            hosts.put_aside(number, &error);
        }

        let was_sent = !matches!(error, ClusterError::Unreachable { .. });
        if remedy == Remedy::None || (was_sent && !request.is_repeatable) {
            return Err(error);
        }
        match before.take() {
            // That the rest of the time was too short for another attempt says less than why there was one.
            Some(before) if is_silent && time < limits.attempt => return Err(before),
            Some(before) if !tried.is_empty() => error = joined(&before, error),
            _ => {}
        }
        tried.push(number);
        let left = limits.whole.saturating_sub(begun.elapsed());
        let pause =
            if remedy == Remedy::OtherHost && tried.len() < hosts.len() { Duration::ZERO } else { pauses.next() };
        if pause >= left {
            return Err(error);
        }
        if !pause.is_zero() {
            tokio::time::sleep(pause).await;
            tried.clear();
        }
        before = Some(error);
    }
}

/// Where no host of a round could be reached, the error names all of them.
fn joined(before: &ClusterError, error: ClusterError) -> ClusterError {
    match (before, error) {
        (ClusterError::Unreachable { host: others, .. }, ClusterError::Unreachable { host, reason }) => {
            ClusterError::Unreachable { host: format!("{others}`, `{host}"), reason }
        }
        (_, error) => error,
    }
}

/// Ever longer pauses, each a little different from those of others who wait for the same host.
struct Pauses {
    next: Duration,
    random: RandomState,
    count: u32,
}

impl Pauses {
    fn new() -> Pauses {
        Pauses { next: SHORTEST_PAUSE, random: RandomState::new(), count: 0 }
    }

    /// Half of the time, and a random part of the other half.
    fn next(&mut self) -> Duration {
        let mut hasher = self.random.build_hasher();
        hasher.write_u32(self.count);
        let part = hasher.finish() as f64 / u64::MAX as f64;
        let pause = self.next.mul_f64(0.5 + part / 2.0);
        self.count += 1;
        self.next = LONGEST_PAUSE.min(self.next * 2);
        pause
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_up_to_a_limit() {
        let mut pauses = Pauses::new();
        for expected in [50, 100, 200, 400, 800, 1600, 2000, 2000].map(Duration::from_millis) {
            let pause = pauses.next();
            assert!(expected / 2 <= pause && pause <= expected, "{pause:?} instead of {expected:?}");
        }
    }

    #[test]
    fn the_limits_of_a_request_go_before_those_of_its_connection() {
        let seconds = Duration::from_secs;
        let (timeout, retry_time) = (seconds(10), seconds(30));
        let cases = [
            // (request, attempt, whole)
            (Request::get("/"), 10, 30),
            (Request::get("/").timeout(seconds(60)), 60, 60),
            (Request::get("/").within(seconds(3)), 3, 3),
            (Request::get("/").within(seconds(3)).timeout(seconds(1)), 1, 3),
        ];
        for (request, attempt, whole) in cases {
            let limits = Limits::of(&request, timeout, retry_time);
            assert_eq!((limits.attempt, limits.whole), (seconds(attempt), seconds(whole)));
        }
    }
}
