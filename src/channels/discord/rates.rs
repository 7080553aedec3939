//! What Discord allows, as pure rules: the pace of the whole bot, the windows of each route, and
//! how many refusals it bears before it bans the address that asks.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use crate::base::clock::Millis;

/// How many routes are remembered before those that are over are forgotten.
const ROUTES: usize = 1024;
/// How long a request waits while the first one of its route has not come back with its limits.
const FIRST_ANSWER: Duration = Duration::from_millis(250);
/// How long a route that named no limits counts as free of them.
const FREE: Duration = Duration::from_mins(1);
/// The longest that a request waits for its turn before it goes back to the lane.
const PATIENCE: Duration = Duration::from_secs(1);
/// Refusals in [`REFUSALS_WITHIN`] at which we stop. Discord bans at 10,000.
const REFUSALS: u32 = 5_000;
/// The time over which Discord counts them.
const REFUSALS_WITHIN: Duration = Duration::from_mins(10);

/// A time to wait. It remembers when it began, so that a clock set back cannot stretch it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pause {
    since: Millis,
    length: Duration,
}

impl Pause {
    pub(super) fn new(since: Millis, length: Duration) -> Self {
        Self { since, length }
    }

    /// What is left of it, `None` when it is over.
    pub(super) fn left(&self, now: Millis) -> Option<Duration> {
        if now < self.since {
            return None;
        }
        (self.length.checked_sub(now.since(self.since))).filter(|left| !left.is_zero())
    }
}

/// The headers of an answer that speak of its route's limits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Allowance {
    /// Requests in a window (`X-RateLimit-Limit`).
    pub limit: u32,
    /// Requests left in this one (`X-RateLimit-Remaining`).
    pub remaining: u32,
    /// Until the next one begins (`X-RateLimit-Reset-After`).
    pub reset_after: Duration,
}

/// The windows of all routes, by path: every path of ours holds only what Discord counts apart.
#[derive(Debug, Default)]
pub(super) struct Routes(HashMap<String, Window>);

#[derive(Debug)]
struct Window {
    /// `None` until a first answer has come.
    limit: Option<u32>,
    remaining: u32,
    in_flight: u32,
    until: Pause,
}

impl Routes {
    /// Takes one request of `path` out of its window, or says how long to wait.
    pub(super) fn take(&mut self, path: &str, now: Millis) -> Result<(), Duration> {
        if self.0.len() >= ROUTES {
            (self.0).retain(|_, it| it.in_flight > 0 || it.until.left(now).is_some());
        }
        let window = self.0.entry(path.to_owned()).or_insert(Window {
            limit: None,
            remaining: 0,
            in_flight: 0,
            until: Pause::new(now, Duration::ZERO),
        });
        let left = window.until.left(now);
        if left.is_none() {
            // Nothing is known of a new window but its size; before that, one request goes ahead.
            window.remaining = (window.limit.unwrap_or(1)).saturating_sub(window.in_flight);
        }
        if window.remaining == 0 {
            return Err(left.unwrap_or(FIRST_ANSWER));
        }
        window.remaining -= 1;
        window.in_flight += 1;
        Ok(())
    }

    /// The request is over, with the limits that its answer named.
    pub(super) fn answered(&mut self, path: &str, allowance: Option<Allowance>, now: Millis) {
        let Some(window) = self.0.get_mut(path) else {
            return;
        };
        let running = window.until.left(now).is_some() && window.limit.is_some();
        let Some(it) = allowance else {
            if !running {
                window.limit = Some(u32::MAX);
                window.remaining = u32::MAX;
                window.until = Pause::new(now, FREE);
            }
            return;
        };
        let remaining = it
            .remaining
            .saturating_sub(window.in_flight.saturating_sub(1));
        window.remaining = if running {
            remaining.min(window.remaining)
        } else {
            remaining
        };
        window.limit = Some(it.limit.max(1));
        window.until = Pause::new(now, it.reset_after);
    }

    /// Discord said "too fast" for this route.
    pub(super) fn exhausted(&mut self, path: &str, retry_after: Duration, now: Millis) {
        if let Some(window) = self.0.get_mut(path) {
            window.limit = window.limit.or(Some(1));
            window.remaining = 0;
            window.until = Pause::new(now, retry_after);
        }
    }

    /// The request is over, however it ended.
    pub(super) fn landed(&mut self, path: &str) {
        if let Some(window) = self.0.get_mut(path) {
            window.in_flight = window.in_flight.saturating_sub(1);
        }
    }
}

/// Spaces requests evenly, `rate` a second (GCRA without a burst).
#[derive(Debug)]
pub(super) struct Pace {
    interval_us: i64,
    next_us: i64,
}

impl Pace {
    /// `None` for a rate of zero: no brake.
    pub(super) fn new(rate: u32) -> Option<Self> {
        (rate > 0).then(|| Self {
            interval_us: 1_000_000 / i64::from(rate),
            next_us: 0,
        })
    }

    /// How long to wait before the next request may leave; as an error when that is too long.
    pub(super) fn take(&mut self, now: Millis) -> Result<Duration, Duration> {
        let now_us = now.0.saturating_mul(1000);
        let patience = i64::try_from(PATIENCE.as_micros()).unwrap_or(i64::MAX);
        // Further ahead than anybody waits: the clock was set back.
        if self.next_us < now_us || self.next_us > now_us + patience + self.interval_us {
            self.next_us = now_us;
        }
        let wait_us = self.next_us - now_us;
        let wait = Duration::from_micros(u64::try_from(wait_us).unwrap_or(0));
        if wait > PATIENCE {
            return Err(wait);
        }
        self.next_us += self.interval_us;
        Ok(wait)
    }
}

/// Answers of 401, 403 and 429 (shared ones not counted), by minute.
#[derive(Debug, Default)]
pub(super) struct Refusals(VecDeque<(Millis, u32)>);

impl Refusals {
    /// Counts one.
    pub(super) fn count(&mut self, now: Millis) {
        self.forget(now);
        match self.0.back_mut() {
            Some((minute, count)) if now.since(*minute) < Duration::from_mins(1) => *count += 1,
            _ => self.0.push_back((now, 1)),
        }
    }

    /// Whether there are so many that we had better be silent.
    pub(super) fn too_many(&mut self, now: Millis) -> bool {
        self.forget(now);
        self.0.iter().map(|(_, count)| count).sum::<u32>() >= REFUSALS
    }

    fn forget(&mut self, now: Millis) {
        let minute = Duration::from_mins(1);
        while (self.0.front())
            .is_some_and(|(at, _)| now < *at || now.since(*at) >= REFUSALS_WITHIN + minute)
        {
            self.0.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: fn(u64) -> Duration = Duration::from_millis;

    fn allowance(limit: u32, remaining: u32, reset_after: Duration) -> Allowance {
        Allowance {
            limit,
            remaining,
            reset_after,
        }
    }

    #[test]
    fn a_window_is_used_up_and_begins_anew() {
        let mut routes = Routes::default();
        assert_eq!(routes.take("a", Millis(0)), Ok(()));
        assert_eq!(
            routes.take("a", Millis(0)),
            Err(FIRST_ANSWER),
            "limits not known yet"
        );
        assert_eq!(
            routes.take("b", Millis(0)),
            Ok(()),
            "another route is not concerned"
        );
        routes.answered("a", Some(allowance(2, 1, MS(500))), Millis(10));
        routes.landed("a");
        assert_eq!(routes.take("a", Millis(20)), Ok(()));
        assert_eq!(routes.take("a", Millis(20)), Err(MS(490)));
        routes.landed("a");
        assert_eq!(routes.take("a", Millis(510)), Ok(()));
        assert_eq!(routes.take("a", Millis(510)), Ok(()));
        assert!(routes.take("a", Millis(510)).is_err());
    }

    #[test]
    fn too_fast_closes_a_route_for_as_long_as_it_says() {
        let mut routes = Routes::default();
        assert_eq!(routes.take("a", Millis(0)), Ok(()));
        routes.exhausted("a", MS(3000), Millis(100));
        routes.landed("a");
        assert_eq!(routes.take("a", Millis(200)), Err(MS(2900)));
        assert_eq!(
            routes.take("a", Millis(-9_000)),
            Ok(()),
            "a clock set back does not stretch it"
        );
        routes.landed("a");
        assert_eq!(routes.take("a", Millis(3100)), Ok(()));
    }

    #[test]
    fn a_route_without_limits_is_free() {
        let mut routes = Routes::default();
        assert_eq!(routes.take("a", Millis(0)), Ok(()));
        routes.answered("a", None, Millis(1));
        assert!((0..1000).all(|_| routes.take("a", Millis(2)).is_ok()));
    }

    #[test]
    fn routes_that_are_over_are_forgotten() {
        let mut routes = Routes::default();
        for n in 0..10_000 {
            let path = n.to_string();
            assert_eq!(routes.take(&path, Millis(n)), Ok(()));
            routes.answered(&path, Some(allowance(5, 4, MS(100))), Millis(n));
            routes.landed(&path);
        }
        assert!(routes.0.len() <= ROUTES);
    }

    #[test]
    fn the_pace_is_even_and_used_in_full() {
        let mut pace = Pace::new(50).into_iter().collect::<Vec<_>>();
        let pace = &mut pace[0];
        let waits: Vec<_> = (0..4).map(|_| pace.take(Millis(1000))).collect();
        assert_eq!(waits, [Ok(MS(0)), Ok(MS(20)), Ok(MS(40)), Ok(MS(60))]);
        let taken = (0..100).filter(|_| pace.take(Millis(1000)).is_ok()).count();
        assert_eq!(taken, 47, "a second ahead at most");
        assert_eq!(
            pace.take(Millis(-100_000)),
            Ok(MS(0)),
            "a clock set back does not stop it"
        );
        assert!(Pace::new(0).is_none());
    }

    #[test]
    fn refusals_add_up_over_ten_minutes() {
        let mut refusals = Refusals::default();
        for n in 0..4999 {
            refusals.count(Millis(n * 100));
        }
        assert!(!refusals.too_many(Millis(500_000)));
        refusals.count(Millis(500_000));
        assert!(refusals.too_many(Millis(500_000)));
        assert!(!refusals.too_many(Millis(500_000 + 700_000)));
    }
}
