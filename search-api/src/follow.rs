//! Following what is published.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::live::{Live, Published, Soundness};
use crate::metrics::Reloads;

/// How often a refused generation is tried again: what kept it from opening may have been a passing want of files or memory.
const TRY_AGAIN_AFTER: Duration = Duration::from_secs(60);
/// Moves a [`Live`] to every new generation.
pub(crate) struct Follower {
    live: Arc<Live>,
    /// What serves, or did not open at the start.
    seen: Option<Published>,
    /// What did not open, and when that was.
    refused: Option<(Published, Instant)>,
    /// Whether the last look failed, so that a lasting failure is logged once.
    blind: bool,
    counts: Reloads,
}

/// Moves to new generations until it is dropped, and on SIGHUP at once.
pub(crate) async fn follow(live: Arc<Live>, counts: Reloads) {
    let mut follower = Follower::new(live, counts.clone());
    let mut interval = tokio::time::interval(follower.live.look_every());
    interval.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut hangups = Hangups::new();
    loop {
        let asked = tokio::select! {
            _ = interval.tick() => false,
            () = hangups.next() => true,
        };
        let live = Arc::clone(&follower.live);
        let looking = tokio::task::spawn_blocking(move || {
            if asked {
                tracing::info!("asked to look for a new generation");
                follower.forget();
            }
            follower.look();
            follower
        });
        follower = looking.await.unwrap_or_else(|error| {
            tracing::error!(error = %error, "looking for a new generation failed");
            Follower::new(live, counts.clone())
        });
    }
}

/// From now on SIGHUP ends nothing, also before anybody follows what is published: whatever opens an index then opens the newest. Call
/// it within the runtime that serves.
pub fn survive_hangups() {
    drop(Hangups::new());
}

/// SIGHUP, where there are signals.
struct Hangups {
    #[cfg(unix)]
    signal: Option<tokio::signal::unix::Signal>,
}

impl Hangups {
    fn new() -> Hangups {
        Hangups {
            #[cfg(unix)]
            signal: tokio::signal::unix::signal(tokio::signal::unix::SignalKind::hangup())
                .inspect_err(|error| tracing::error!(error = %error, "SIGHUP cannot be waited for"))
                .ok(),
        }
    }

    async fn next(&mut self) {
        #[cfg(unix)]
        if let Some(signal) = &mut self.signal
            && signal.recv().await.is_some()
        {
            return;
        }
        std::future::pending::<()>().await;
    }
}

impl Follower {
    fn new(live: Arc<Live>, counts: Reloads) -> Follower {
        // If a generation was published since what serves was opened, the first look finds out.
        let seen = live.opened();
        Follower { live, seen, refused: None, blind: false, counts }
    }

    /// Whatever did not serve is tried again.
    fn forget(&mut self) {
        self.refused = None;
        if matches!(self.live.soundness(), Soundness::Previous(_) | Soundness::Damaged(_)) {
            self.seen = None;
        }
    }

    fn look(&mut self) {
        let published = match self.live.published() {
            Ok(published) => published,
            Err(error) => {
                if !self.blind {
                    let error = &error as &dyn std::error::Error;
                    tracing::error!(error, "cannot tell which generation is current");
                }
                self.blind = true;
                return;
            }
        };
        if std::mem::take(&mut self.blind) {
            self.live.forget_refused();
        }
        // An index that is being deleted has no `current`; what is open stays readable.
        match published.filter(|published| self.seen.as_ref() != Some(published)) {
            Some(published) => self.move_to(published),
            None if self.live.is_check_due() => self.live.check(),
            None => {}
        }
    }

    fn move_to(&mut self, published: Published) {
        let again = self.refused.as_ref().filter(|(refused, _)| *refused == published);
        if again.is_some_and(|(_, since)| since.elapsed() < TRY_AGAIN_AFTER) {
            return;
        }
        match self.live.reload() {
            Ok(()) => {
                self.seen = Some(published);
                self.refused = None;
                self.counts.succeeded.inc();
            }
            Err(error) => {
                let error = &error as &dyn std::error::Error;
                tracing::error!(
                    generation = published.name,
                    error,
                    "a new generation does not open, the old one goes on"
                );
                self.refused = Some((published, Instant::now()));
                self.counts.refused.inc();
            }
        }
    }
}
