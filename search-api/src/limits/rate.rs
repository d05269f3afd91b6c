//! How often one client may ask.

use std::hash::{BuildHasher, RandomState};
use std::num::NonZero;
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::nanos::Nanos;
use governor::state::{InMemoryState, NotKeyed, StateStore};
use governor::{Quota, RateLimiter};

use super::{Client, Limits};

/// Each has a cell, chosen by a secret hash.
const CELLS: usize = 1 << 16;

/// An allowance for each client.
pub(crate) struct RateLimit(RateLimiter<Client, Cells, DefaultClock>);

impl RateLimit {
    /// `None` where there is no limit.
    pub(crate) fn new(limits: &Limits) -> Option<RateLimit> {
        let rate = NonZero::new(limits.rate)?;
        let quota = Quota::per_second(rate).allow_burst(NonZero::new(limits.burst).unwrap_or(NonZero::<u32>::MIN));
        Some(RateLimit(RateLimiter::new(quota, Cells::default(), DefaultClock::default())))
    }

    /// Takes one request from the client's allowance.
    ///
    /// # Errors
    ///
    /// If there is none: how long it is until there is one.
    pub(crate) fn take(&self, client: Client) -> Result<(), Duration> {
        self.0.check_key(&client).map_err(|not_until| not_until.wait_time_from(self.0.clock().now()))
    }
}

/// The allowances of all. However many clients there are it stays of one size: two whose hashes meet share an allowance, which
/// of some hundred clients befalls one in some hundred.
struct Cells {
    cells: Box<[InMemoryState]>,
    hasher: RandomState,
}

impl Default for Cells {
    fn default() -> Cells {
        Cells { cells: (0..CELLS).map(|_| InMemoryState::default()).collect(), hasher: RandomState::new() }
    }
}

impl StateStore for Cells {
    type Key = Client;

    fn measure_and_replace<T, F, E>(&self, client: &Client, decide: F) -> Result<T, E>
    where
        F: Fn(Option<Nanos>) -> Result<(T, Nanos), E>,
    {
        let hash = self.hasher.hash_one(client.subscriber());
        let cell = &self.cells[hash as usize % CELLS];
        cell.measure_and_replace(&NotKeyed::NonKey, decide)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_client_has_an_allowance_of_its_own() {
        let limit = RateLimit::new(&Limits { rate: 1, burst: 2, ..Limits::default() }).expect("a limit");
        let [a, b] = ["203.0.113.7", "203.0.113.8"].map(|address| Client(address.parse().expect("an address")));
        assert_eq!((limit.take(a), limit.take(a)), (Ok(()), Ok(())));
        let wait = limit.take(a).expect_err("all is taken");
        assert!(wait <= Duration::from_secs(1), "{wait:?}");
        assert_eq!(limit.take(b), Ok(()));
        assert!(RateLimit::new(&Limits::default()).is_none());
    }
}
