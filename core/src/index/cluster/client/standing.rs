//! Which hosts are believed alive, and when the others are tried again.

use std::time::{Duration, Instant};

/// How long a host is put aside at first, and at most. In between, the time doubles with each trial that fails.
const SHORTEST: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_secs(30);

/// What is believed of each host, by its number.
pub(super) struct Standing {
    /// `None` for a host that is believed alive.
    aside: Vec<Option<Aside>>,
    /// Where the next round begins.
    next: usize,
}

/// A host that is put aside.
#[derive(Clone, Copy)]
struct Aside {
    time: Duration,
    until: Instant,
    /// Whether somebody is looking if it is back. One request is enough to find that it is not.
    on_trial: bool,
}

impl Standing {
    /// Believes in so many hosts, at least one.
    pub(super) fn of(hosts: usize) -> Standing {
        Standing { aside: vec![None; hosts], next: 0 }
    }

    /// The host to ask next: the next one that is alive or due, else the one due first. None of `tried`, unless they
    /// are all.
    pub(super) fn pick(&mut self, tried: &[usize], now: Instant) -> usize {
        let count = self.aside.len();
        let round = (0..count).map(|step| (self.next + step) % count);
        let mut left: Vec<usize> = round.filter(|number| !tried.contains(number)).collect();
        if left.is_empty() {
            left.extend(0..count);
        }
        let is_due = |number: &&usize| self.aside[**number].is_none_or(|aside| aside.until <= now);
        let first_due = left.iter().min_by_key(|number| self.aside[**number].map(|aside| aside.until));
        let number = *left.iter().find(is_due).or(first_due).expect("there is a host");
        if let Some(aside) = &mut self.aside[number] {
            aside.on_trial = true;
            aside.until = aside.until.max(now + aside.time);
        }
        self.next = (number + 1) % count;
        number
    }

    /// Puts a host aside, or keeps one there for longer. Says whether it was believed alive.
    pub(super) fn put_aside(&mut self, number: usize, now: Instant) -> bool {
        let before = self.aside[number];
        let time = match before {
            None => SHORTEST,
            Some(aside) if aside.on_trial => LONGEST.min(aside.time * 2),
            // A request that was on its way when another one failed says nothing new.
            Some(_) => return false,
        };
        self.aside[number] = Some(Aside { time, until: now + time, on_trial: false });
        before.is_none()
    }

    /// Believes in a host again. Says whether it was put aside.
    pub(super) fn restore(&mut self, number: usize) -> bool {
        self.aside[number].take().is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_take_turns() {
        let (mut standing, now) = (Standing::of(3), Instant::now());
        let picked: Vec<usize> = (0..6).map(|_| standing.pick(&[], now)).collect();
        assert_eq!(picked, [0, 1, 2, 0, 1, 2]);
        assert_eq!(standing.pick(&[0, 1], now), 2);
    }

    #[test]
    fn a_host_put_aside_is_tried_by_one_request_when_it_is_due() {
        let (mut standing, now) = (Standing::of(2), Instant::now());
        assert!(standing.put_aside(0, now));
        let picked: Vec<usize> = (0..3).map(|_| standing.pick(&[], now)).collect();
        assert_eq!(picked, [1, 1, 1]);
        let due = now + SHORTEST;
        let picked: Vec<usize> = (0..3).map(|_| standing.pick(&[], due)).collect();
        assert_eq!(picked, [0, 1, 1]);
        assert!(standing.restore(0));
        assert!(!standing.restore(0));
        let picked: Vec<usize> = (0..2).map(|_| standing.pick(&[], due)).collect();
        assert_eq!(picked, [0, 1]);
    }

    #[test]
    fn the_time_doubles_with_each_trial_that_fails() {
        let (mut standing, mut now) = (Standing::of(2), Instant::now());
        standing.put_aside(0, now);
        for seconds in [1, 2, 4, 8, 16, 30, 30] {
            let due = now + Duration::from_secs(seconds);
            assert_eq!(standing.pick(&[], due - Duration::from_millis(1)), 1, "before {seconds} s");
            assert_eq!(standing.pick(&[], due), 0, "after {seconds} s");
            assert!(!standing.put_aside(0, due), "it was aside already");
            now = due;
        }
    }

    #[test]
    fn many_requests_that_fail_at_once_count_as_one() {
        let (mut standing, now) = (Standing::of(1), Instant::now());
        assert!(standing.put_aside(0, now));
        for _ in 0..10 {
            assert!(!standing.put_aside(0, now));
        }
        assert_eq!(standing.aside[0].unwrap().time, SHORTEST);
    }

    #[test]
    fn without_a_living_host_the_one_due_first_is_tried() {
        let (mut standing, now) = (Standing::of(3), Instant::now());
        for (number, later) in [(2, 0), (0, 1), (1, 2)] {
            standing.put_aside(number, now + Duration::from_millis(later));
        }
        assert_eq!(standing.pick(&[], now), 2);
        assert_eq!(standing.pick(&[2], now), 0);
        assert_eq!(standing.pick(&[2, 0], now), 1);
    }
}
