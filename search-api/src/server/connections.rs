use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::Connection;
use crate::metrics::{ConnectionCount, ConnectionEvent};

/// All open connections, of which there are never too many.
///
/// A full house turns nobody away as long as one guest keeps it waiting: who has done that longest goes. So however many
/// connections are held open, a new one is served; what is being answered is never cut off for it.
pub(crate) struct Connections {
    most: usize,
    open: Mutex<Open>,
    pub(super) events: ConnectionCount,
}

#[derive(Default)]
struct Open {
    next: u64,
    by_number: HashMap<u64, Arc<Connection>>,
}

/// A connection among the others; no longer when dropped.
pub(super) struct Guest {
    connection: Arc<Connection>,
    number: u64,
    all: Arc<Connections>,
}

impl Connections {
    pub(crate) fn new(most: usize, events: ConnectionCount) -> Connections {
        Connections { most: most.max(1), open: Mutex::default(), events }
    }

    /// Takes one more, `None` if all that are there are being answered.
    pub(super) fn admit(self: &Arc<Connections>, peer: IpAddr) -> Option<Guest> {
        if self.count() >= self.most && !self.evict() {
            self.events.count(ConnectionEvent::Refused);
            return None;
        }
        self.events.count(ConnectionEvent::Accepted);
        let connection = Arc::new(Connection::new(peer));
        let mut open = self.open();
        let number = open.next;
        open.next += 1;
        open.by_number.insert(number, Arc::clone(&connection));
        Some(Guest { connection, number, all: Arc::clone(self) })
    }

    /// Cuts off the one that has kept the server waiting longest; whether there is one.
    pub(super) fn evict(&self) -> bool {
        let mut open = self.open();
        let waiting = open.by_number.iter().filter_map(|(number, one)| Some((one.kept_waiting()?, *number)));
        let Some((_, longest)) = waiting.max() else { return false };
        // It counts no longer, though its task has yet to end.
        if let Some(connection) = open.by_number.remove(&longest) {
            connection.cut();
        }
        self.events.count(ConnectionEvent::Evicted);
        true
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.open().by_number.len()
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Guest {
    pub(super) fn connection(&self) -> &Arc<Connection> {
        &self.connection
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        self.all.open().by_number.remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::super::Phase;
    use super::*;

    #[test]
    fn who_keeps_the_server_waiting_longest_goes_and_who_is_answered_stays() {
        let peer = IpAddr::from([127, 0, 0, 1]);
        let connections = Arc::new(Connections::new(2, ConnectionCount::default()));
        let first = connections.admit(peer).expect("room");
        first.connection().enter(Phase::Answering);
        let second = connections.admit(peer).expect("room");
        let third = connections.admit(peer).expect("the second's place");
        assert!(second.connection().is_cut() && !first.connection().is_cut());
        third.connection().enter(Phase::Answering);
        assert!(connections.admit(peer).is_none(), "both are being answered");
        drop(second);
        assert_eq!(connections.count(), 2);
        drop(first);
        assert!(connections.admit(peer).is_some());
    }
}
