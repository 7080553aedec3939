//! Rates: token buckets by the generic cell rate algorithm (ITU-T I.371), per bot and per chat.

use std::collections::HashMap;
use std::time::Duration;

use tokio::time::Instant;

use crate::channel::Rates;

/// One bucket: a cell every `every`, with `burst` beyond that.
#[derive(Debug, Clone, Copy)]
struct Bucket {
    every: Duration,
    burst: Duration,
}

impl Bucket {
    /// When the next cell may leave, given when the bucket would be empty.
    fn ready(&self, empty_at: Instant) -> Instant {
        empty_at.checked_sub(self.burst).unwrap_or(empty_at)
    }
}

/// Keeps one channel within its rates.
#[derive(Debug)]
pub struct Pace {
    all: Option<Bucket>,
    person: Option<Bucket>,
    group: Option<Bucket>,
    all_empty_at: Instant,
    paused_until: Instant,
    chats: HashMap<i64, Instant>,
    booked: HashMap<i64, Instant>,
}

/// Chats that are remembered before those long empty are forgotten.
const REMEMBERED: usize = 4096;

fn bucket(per_second: f64, burst: f64) -> Option<Bucket> {
    (per_second > 0.0).then(|| {
        let every = Duration::from_secs_f64(1.0 / per_second);
        Bucket {
            every,
            burst: every.mul_f64(burst),
        }
    })
}

impl Pace {
    /// Full buckets.
    #[must_use]
    pub fn new(rates: &Rates, now: Instant) -> Self {
        Self {
            all: bucket(rates.all_per_second, (rates.all_per_second / 10.0).max(0.0)),
            person: bucket(rates.person_per_second, 0.0),
            group: bucket(rates.group_per_minute / 60.0, 0.0),
            all_empty_at: now,
            paused_until: now,
            chats: HashMap::new(),
            booked: HashMap::new(),
        }
    }

    /// When the whole bot may send again; `now` or earlier means now.
    #[must_use]
    pub fn bot_ready(&self, now: Instant) -> Instant {
        self.all
            .map_or(now, |bucket| bucket.ready(self.all_empty_at))
            .max(self.paused_until)
    }

    /// When this chat may get a message again.
    #[must_use]
    pub fn chat_ready(&self, chat: i64, now: Instant) -> Instant {
        self.chats.get(&chat).copied().unwrap_or(now)
    }

    /// When a message that `chat` cannot get now may be tried again: each gets a time of its own,
    /// so that many of them do not come back together. One that was only a little early waits
    /// for the chat alone.
    pub fn book(&mut self, chat: i64, group: bool, now: Instant) -> Instant {
        let ready = self.chat_ready(chat, now);
        let every = (if group { self.group } else { self.person }).map(|bucket| bucket.every);
        let Some(every) = every.filter(|every| ready.duration_since(now) * 2 > *every) else {
            return ready;
        };
        if self.booked.len() >= REMEMBERED {
            self.booked.retain(|_, until| *until > now);
        }
        let at = self.booked.get(&chat).copied().unwrap_or(ready).max(ready);
        self.booked.insert(chat, at + every);
        at
    }

    /// Takes a token for a message to `chat`.
    pub fn take(&mut self, chat: i64, group: bool, now: Instant) {
        if let Some(bucket) = self.all {
            self.all_empty_at = self.all_empty_at.max(now) + bucket.every;
        }
        let Some(bucket) = (if group { self.group } else { self.person }) else {
            return;
        };
        if self.chats.len() >= REMEMBERED {
            self.chats.retain(|_, ready| *ready > now);
        }
        let ready = self.chats.get(&chat).copied().unwrap_or(now).max(now) + bucket.every;
        self.chats.insert(chat, ready);
    }

    /// The network asks the whole bot to wait.
    pub fn pause_all(&mut self, now: Instant, wait: Duration) {
        self.paused_until = self.paused_until.max(now + wait);
    }

    /// The network asks to leave one chat alone for a while.
    pub fn pause_chat(&mut self, chat: i64, now: Instant, wait: Duration) {
        let ready = self
            .chats
            .get(&chat)
            .copied()
            .unwrap_or(now)
            .max(now + wait);
        self.chats.insert(chat, ready);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const fn rates(all: f64, person: f64, group: f64) -> Rates {
        Rates {
            all_per_second: all,
            person_per_second: person,
            group_per_minute: group,
            connections: 32,
            exclusive: true,
        }
    }

    fn ms(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    proptest! {
        /// Whoever asks when, and takes only what is ready: no window of time holds more than its
        /// share and the burst.
        #[test]
        fn no_window_holds_more_than_the_rate_and_the_burst(
            rate in 1u32..2000,
            waits in prop::collection::vec(0u64..400, 1..300),
        ) {
            let start = Instant::now();
            let rate = f64::from(rate);
            let mut pace = Pace::new(&rates(rate, 0.0, 0.0), start);
            let mut now = start;
            let mut taken: Vec<Instant> = vec![];
            for (chat, wait) in (0..).zip(waits) {
                now += ms(wait) / 8;
                if pace.bot_ready(now) <= now {
                    pace.take(chat, false, now);
                    taken.push(now);
                }
            }
            for (first, from) in taken.iter().enumerate() {
                for (count, to) in (1u32..).zip(&taken[first..]) {
                    let window = to.duration_since(*from).as_secs_f64();
                    let most = window * rate + (rate / 10.0) + 1.0 + 1e-6;
                    prop_assert!(f64::from(count) <= most, "{count} in {window} s at {rate}/s");
                }
            }
        }
    }

    #[test]
    fn the_rate_is_used_in_full() {
        let start = Instant::now();
        let mut pace = Pace::new(&rates(30.0, 0.0, 0.0), start);
        let mut now = start;
        for chat in 0..300 {
            now = now.max(pace.bot_ready(now));
            pace.take(chat, false, now);
        }
        let took = now.duration_since(start);
        assert!(
            took <= Duration::from_secs(10),
            "300 at 30 a second took {took:?}"
        );
    }

    #[test]
    fn a_person_and_a_group_have_their_own_pace() {
        let now = Instant::now();
        let mut pace = Pace::new(&rates(0.0, 1.0, 20.0), now);
        pace.take(1, false, now);
        pace.take(2, true, now);
        assert_eq!(pace.bot_ready(now), now);
        assert_eq!(pace.chat_ready(1, now), now + ms(1000));
        assert_eq!(pace.chat_ready(2, now), now + ms(3000));
        assert_eq!(pace.chat_ready(3, now), now);
    }

    #[test]
    fn pauses_hold_whom_they_are_for() {
        let now = Instant::now();
        let mut pace = Pace::new(&rates(0.0, 0.0, 0.0), now);
        pace.pause_chat(1, now, ms(500));
        assert_eq!(pace.chat_ready(1, now), now + ms(500));
        assert_eq!(pace.bot_ready(now), now);
        pace.pause_all(now, ms(900));
        pace.pause_all(now, ms(100));
        assert_eq!(
            pace.bot_ready(now),
            now + ms(900),
            "a shorter pause shortens nothing"
        );
    }

    #[test]
    fn chats_long_ready_are_forgotten() {
        let start = Instant::now();
        let mut pace = Pace::new(&rates(0.0, 1.0, 0.0), start);
        for chat in 0..100_000 {
            let now = start + ms(u64::try_from(chat).unwrap_or(0));
            pace.take(chat, false, now);
        }
        assert!(pace.chats.len() <= REMEMBERED);
    }
}
