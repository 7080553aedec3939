//! Watches results for signs that the fault is ours: everybody gone, one letter always refused.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use tokio::time::Instant;

/// Sends that are looked back on.
const LOOK_BACK: usize = 1000;
/// Fewer say nothing.
const FEWEST: usize = 40;
/// A broadcast stops when this many of its sends were refused and none was taken.
const REFUSED_FROM_THE_START: u32 = 20;
/// Letters whose counts are kept.
const LETTERS: usize = 256;
/// How long nothing but danger to life leaves when everybody seems gone.
const EVERYBODY_GONE_FOR: Duration = Duration::from_mins(5);

/// The last results of a lane.
#[derive(Debug, Default)]
pub struct Health {
    gone: VecDeque<bool>,
    gone_count: usize,
    letters: HashMap<i64, (u32, u32)>,
    everybody_since: Option<Instant>,
}

impl Health {
    fn push(&mut self, gone: bool) {
        self.gone.push_back(gone);
        self.gone_count += usize::from(gone);
        if self.gone.len() > LOOK_BACK {
            self.gone_count -= usize::from(self.gone.pop_front() == Some(true));
        }
    }

    fn letter(&mut self, letter: i64) -> &mut (u32, u32) {
        if self.letters.len() > LETTERS {
            self.letters.clear();
        }
        self.letters.entry(letter).or_default()
    }

    /// A message was taken.
    pub fn went(&mut self, letter: i64) {
        self.push(false);
        self.letter(letter).0 += 1;
    }

    /// An address is said to be gone; whether to believe it: not when more than one in twenty of
    /// the last thousand are said to be.
    pub fn lost(&mut self, letter: i64) -> bool {
        self.push(true);
        self.letter(letter).0 += 1;
        let believed = self.gone.len() < FEWEST || self.gone_count * 20 <= self.gone.len();
        if !believed {
            tracing::error!(
                of = self.gone.len(),
                gone = self.gone_count,
                "more than 5 % of recipients are said to be gone: none is switched off until a person has looked"
            );
        }
        believed
    }

    /// Whether so many are gone, more than half, that only danger to life may be sent. After
    /// five minutes the count begins anew, so that a lane finds out by itself that it is over.
    pub fn everybody_gone(&mut self, now: Instant) -> bool {
        if let Some(since) = self.everybody_since {
            if now.duration_since(since) < EVERYBODY_GONE_FOR {
                return true;
            }
            *self = Self::default();
        }
        if self.gone.len() >= FEWEST && self.gone_count * 2 > self.gone.len() {
            tracing::error!(
                "more than half of the recipients are said to be gone: only danger to life is sent now"
            );
            self.everybody_since = Some(now);
        }
        self.everybody_since.is_some()
    }

    /// A message was refused for good; true when its letter was refused from everybody so far
    /// and now often enough to stop.
    pub fn refused(&mut self, letter: i64) -> bool {
        self.push(false);
        let (taken, refused) = self.letter(letter);
        *refused += 1;
        *taken == 0 && *refused == REFUSED_FROM_THE_START
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_who_are_gone_are_believed_and_many_are_not() {
        let mut health = Health::default();
        for _ in 0..980 {
            health.went(1);
        }
        for gone in 1..=100 {
            let believed = health.lost(1);
            assert_eq!(believed, gone <= 50, "{gone} of the last thousand");
        }
        let mut health = Health::default();
        assert!(
            (1..FEWEST).all(|_| health.lost(1)),
            "a few results say nothing"
        );
        assert!(!health.lost(1));
    }

    #[test]
    fn when_everybody_is_gone_the_lane_pauses_and_looks_again() {
        let now = Instant::now();
        let mut health = Health::default();
        for _ in 0..FEWEST {
            health.lost(1);
        }
        assert!(health.everybody_gone(now));
        for _ in 0..LOOK_BACK {
            health.went(2);
        }
        let later = now + EVERYBODY_GONE_FOR;
        assert!(health.everybody_gone(later.checked_sub(Duration::from_secs(1)).unwrap_or(now)));
        assert!(!health.everybody_gone(later));
        let mut health = Health::default();
        for _ in 0..FEWEST {
            health.went(1);
            health.lost(1);
        }
        assert!(!health.everybody_gone(now), "half is not more than half");
    }

    #[test]
    fn a_letter_stops_when_its_first_twenty_were_refused() {
        let mut health = Health::default();
        let stops: Vec<bool> = (0..25).map(|_| health.refused(7)).collect();
        assert_eq!(stops.iter().position(|stops| *stops), Some(19));
        assert_eq!(
            stops.iter().filter(|stops| **stops).count(),
            1,
            "it asks once"
        );
        health.went(8);
        assert!(
            (0..100).all(|_| !health.refused(8)),
            "somebody has taken it"
        );
    }

    #[test]
    fn many_letters_do_not_pile_up() {
        let mut health = Health::default();
        for letter in 0..10_000 {
            health.went(letter);
        }
        assert!(health.letters.len() <= LETTERS + 1);
        assert!(health.gone.len() <= LOOK_BACK);
    }
}
