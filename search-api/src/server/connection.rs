use std::net::IpAddr;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::time::Duration;

use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;

use crate::limits::Limits;

/// A connection: who is there, who waits for whom, and since when.
///
/// A client that makes the server wait can be cut off; one that the server makes wait never is.
#[derive(Debug)]
pub(crate) struct Connection {
    peer: IpAddr,
    opened: Instant,
    phase: AtomicU8,
    /// When that began, in microseconds since it was opened.
    since: AtomicU64,
    /// When the client last gave or took a byte of it.
    progress: AtomicU64,
    cut: CancellationToken,
}

/// What happens on a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Phase {
    /// Nothing is asked.
    Idle,
    /// A request's address and headers come.
    Head,
    /// The server makes an answer.
    Answering,
    /// The server needs the request's body for that.
    Body,
    /// The answer goes.
    Sending,
    /// All of it is written; the rest of it may still be in our buffer.
    Sent,
}

impl Phase {
    fn of(number: u8) -> Phase {
        let all = [Phase::Idle, Phase::Head, Phase::Answering, Phase::Body, Phase::Sending, Phase::Sent];
        all[usize::from(number)]
    }
}

impl Connection {
    pub(crate) fn new(peer: IpAddr) -> Connection {
        Connection {
            peer,
            opened: Instant::now(),
            phase: AtomicU8::new(Phase::Idle as u8),
            since: AtomicU64::new(0),
            progress: AtomicU64::new(0),
            cut: CancellationToken::new(),
        }
    }

    /// The address that connected.
    pub(crate) fn peer(&self) -> IpAddr {
        self.peer
    }

    /// Begins a phase.
    pub(super) fn enter(&self, phase: Phase) {
        let now = self.now();
        self.since.store(now, Ordering::Relaxed);
        self.progress.store(now, Ordering::Relaxed);
        self.phase.store(phase as u8, Ordering::Relaxed);
    }

    /// The request's body is read until what this returns is dropped.
    pub(crate) fn reading_body(&self) -> impl Drop + use<'_> {
        self.enter(Phase::Body);
        BodyRead(self)
    }

    /// Bytes came.
    pub(super) fn received(&self) {
        match self.phase() {
            Phase::Idle => self.enter(Phase::Head),
            Phase::Body => self.progress.store(self.now(), Ordering::Relaxed),
            // Who sends what is not read yet, instead of taking its answer, makes no progress.
            Phase::Head | Phase::Answering | Phase::Sending | Phase::Sent => {}
        }
    }

    /// Bytes went.
    pub(super) fn sent(&self) {
        self.progress.store(self.now(), Ordering::Relaxed);
    }

    /// Nothing is left in our buffers.
    pub(super) fn flushed(&self) {
        if self.phase() == Phase::Sent {
            self.enter(Phase::Idle);
        }
    }

    /// How long the client has kept the server waiting, `None` while it is the other way round.
    pub(super) fn kept_waiting(&self) -> Option<Duration> {
        let since = match self.phase() {
            Phase::Answering => return None,
            Phase::Head => &self.since,
            Phase::Idle | Phase::Body | Phase::Sending | Phase::Sent => &self.progress,
        };
        Some(Duration::from_micros(self.now().saturating_sub(since.load(Ordering::Relaxed))))
    }

    /// Completes when the client has kept the server waiting too long.
    pub(super) async fn outstayed(&self, limits: &Limits) {
        // A phase may begin while this sleeps, so that it looks again before the shortest of the limits has passed.
        let nap = limits.header_time.min(limits.idle_time).min(limits.stall_time) / 2;
        loop {
            let patience = match self.phase() {
                Phase::Head => limits.header_time,
                Phase::Idle => limits.idle_time,
                Phase::Answering | Phase::Body | Phase::Sending | Phase::Sent => limits.stall_time,
            };
            if self.kept_waiting().is_some_and(|waited| waited >= patience) {
                return;
            }
            sleep_until(Instant::now() + nap.max(Duration::from_millis(1))).await;
        }
    }

    /// Takes the connection back.
    pub(super) fn cut(&self) {
        self.cut.cancel();
    }

    /// Completes when it is taken back.
    pub(super) async fn was_cut(&self) {
        self.cut.cancelled().await;
    }

    pub(super) fn is_cut(&self) -> bool {
        self.cut.is_cancelled()
    }

    fn phase(&self) -> Phase {
        Phase::of(self.phase.load(Ordering::Relaxed))
    }

    fn now(&self) -> u64 {
        u64::try_from(self.opened.elapsed().as_micros()).unwrap_or(u64::MAX)
    }
}

struct BodyRead<'c>(&'c Connection);

impl Drop for BodyRead<'_> {
    fn drop(&mut self) {
        self.0.enter(Phase::Answering);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn patience_depends_on_what_the_client_should_do() {
        let connection = Connection::new(IpAddr::from([127, 0, 0, 1]));
        let limits = Limits {
            header_time: Duration::from_secs(10),
            idle_time: Duration::from_secs(75),
            stall_time: Duration::from_secs(5),
            ..Limits::default()
        };
        let outstays = async |within: u64| {
            tokio::time::timeout(Duration::from_secs(within), connection.outstayed(&limits)).await.is_ok()
        };
        assert!(!outstays(70).await, "nothing is asked yet");
        connection.received();
        assert!(!outstays(9).await, "the headers may take their time");
        connection.received();
        assert!(outstays(4).await, "but one letter after another is no progress");
        connection.enter(Phase::Answering);
        assert!(!outstays(1000).await, "our own time is not counted");
        {
            let _reading = connection.reading_body();
            for _ in 0..10 {
                assert!(!outstays(4).await, "a body may come slowly");
                connection.received();
            }
            assert!(outstays(9).await, "but it must come");
        }
        connection.enter(Phase::Sending);
        for _ in 0..10 {
            assert!(!outstays(4).await, "an answer may go slowly");
            connection.sent();
        }
        connection.received();
        assert!(outstays(9).await, "who sends instead of taking it makes no progress");
        connection.enter(Phase::Sent);
        connection.flushed();
        assert!(!outstays(70).await, "nothing is asked again");
        assert!(outstays(20).await);
    }
}
