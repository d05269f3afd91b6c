//! Who searches, who waits, who is turned away.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use super::Limits;
use crate::ApiError;
use crate::metrics::{Shed, Shedding};

/// Hands out the places for searching. A queue that grows faster than it is served helps nobody: it is short, and who finds it
/// full is told so at once.
pub(crate) struct Admission {
    slots: Arc<Semaphore>,
    most_slots: usize,
    queue: Semaphore,
    most_queue: usize,
    queue_time: Duration,
    shed: Shedding,
}

/// A place for searching; free again when dropped.
#[derive(Debug)]
pub(crate) struct Slot(#[expect(dead_code, reason = "held, never read")] OwnedSemaphorePermit);

impl Admission {
    pub(crate) fn new(limits: &Limits, shed: Shedding) -> Admission {
        let [most_slots, most_queue] = [limits.slots(), limits.queue].map(|most| most.min(Semaphore::MAX_PERMITS));
        Admission {
            slots: Arc::new(Semaphore::new(most_slots)),
            most_slots,
            queue: Semaphore::new(most_queue),
            most_queue,
            queue_time: limits.queue_time,
            shed,
        }
    }

    /// Waits for a place.
    pub(crate) async fn enter(&self) -> Result<Slot, ApiError> {
        if let Ok(slot) = Arc::clone(&self.slots).try_acquire_owned() {
            return Ok(Slot(slot));
        }
        let Ok(_waiting) = self.queue.try_acquire() else { return Err(self.shed.count(Shed::QueueFull)) };
        match timeout(self.queue_time, Arc::clone(&self.slots).acquire_owned()).await {
            Ok(slot) => Ok(Slot(slot.expect("the semaphore is never closed"))),
            Err(_) => Err(self.shed.count(Shed::WaitedTooLong)),
        }
    }

    /// How many search.
    pub(crate) fn searching(&self) -> usize {
        self.most_slots - self.slots.available_permits()
    }

    /// How many wait.
    pub(crate) fn waiting(&self) -> usize {
        self.most_queue - self.queue.available_permits()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn one_searches_one_waits_and_the_third_is_turned_away() {
        let limits = Limits { searches: 1, queue: 1, queue_time: Duration::from_secs(60), ..Limits::default() };
        let admission = Arc::new(Admission::new(&limits, Shedding::default()));
        let first = admission.enter().await.expect("nobody is there");
        assert_eq!((admission.searching(), admission.waiting()), (1, 0));
        let second = tokio::spawn({
            let admission = Arc::clone(&admission);
            async move { admission.enter().await.map(drop).is_ok() }
        });
        while admission.waiting() == 0 {
            tokio::task::yield_now().await;
        }
        assert!(matches!(admission.enter().await, Err(ApiError::Busy)));
        drop(first);
        assert!(second.await.expect("no panic"), "who waits comes next");
        assert_eq!((admission.searching(), admission.waiting()), (0, 0));
    }

    #[tokio::test]
    async fn who_waits_too_long_is_turned_away() {
        let limits = Limits { searches: 1, queue: 1, queue_time: Duration::from_millis(1), ..Limits::default() };
        let admission = Admission::new(&limits, Shedding::default());
        let first = admission.enter().await.expect("nobody is there");
        assert!(matches!(admission.enter().await, Err(ApiError::Busy)));
        drop(first);
        assert!(admission.enter().await.is_ok());
    }
}
