//! Time as a value: Unix milliseconds, and the only clock of the program.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use chrono::{DateTime, FixedOffset, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};

/// A moment, in milliseconds since 1970-01-01T00:00:00Z (leap seconds not counted).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Millis(pub i64);

impl Millis {
    /// This moment moved by `by`, saturating at the ends of the range.
    #[must_use]
    pub fn plus(self, by: Duration) -> Self {
        Self(
            self.0
                .saturating_add(i64::try_from(by.as_millis()).unwrap_or(i64::MAX)),
        )
    }

    /// This moment moved back by `by`, saturating at the ends of the range.
    #[must_use]
    pub fn minus(self, by: Duration) -> Self {
        Self(
            self.0
                .saturating_sub(i64::try_from(by.as_millis()).unwrap_or(i64::MAX)),
        )
    }

    /// How long after `earlier` this moment is; zero when it is not later.
    #[must_use]
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    /// The moment as chrono knows it, or `None` outside chrono's years.
    #[must_use]
    pub fn utc(self) -> Option<DateTime<Utc>> {
        DateTime::from_timestamp_millis(self.0)
    }

    /// The second that it lies in: CAP's times have no fractions.
    #[must_use]
    pub fn in_seconds(self) -> Self {
        Self(self.0.div_euclid(1000) * 1000)
    }

    /// The moment in RFC 3339 with seconds and `Z`; the bare number outside chrono's years.
    #[must_use]
    pub fn rfc3339(self) -> String {
        self.utc().map_or_else(
            || self.0.to_string(),
            |at| at.to_rfc3339_opts(SecondsFormat::Secs, true),
        )
    }

    /// Reads an RFC 3339 time with its offset.
    ///
    /// # Errors
    /// When `text` is not such a time.
    pub fn parse_rfc3339(text: &str) -> Result<Self, chrono::ParseError> {
        DateTime::parse_from_rfc3339(text.trim()).map(Self::from)
    }
}

impl From<DateTime<FixedOffset>> for Millis {
    fn from(at: DateTime<FixedOffset>) -> Self {
        Self(at.timestamp_millis())
    }
}

/// Where time comes from: the system, or a hand that a test moves.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    hand: Option<Arc<AtomicI64>>,
    /// Since when the hand has moved by itself, too.
    goes_since: Option<Instant>,
}

impl Clock {
    /// The machine's own clock.
    #[must_use]
    pub fn system() -> Self {
        Self::default()
    }

    /// A clock that stands at `at` until it is moved; clones share the hand.
    #[must_use]
    pub fn standing(at: Millis) -> Self {
        Self {
            hand: Some(Arc::new(AtomicI64::new(at.0))),
            goes_since: None,
        }
    }

    /// A clock that shows `at` now and goes on from there; it can be moved forward besides.
    #[must_use]
    pub fn going(at: Millis) -> Self {
        Self {
            goes_since: Some(Instant::now()),
            ..Self::standing(at)
        }
    }

    /// The moment it is now.
    #[must_use]
    pub fn now(&self) -> Millis {
        match &self.hand {
            Some(hand) => {
                let gone = self
                    .goes_since
                    .map_or(Duration::ZERO, |since| since.elapsed());
                Millis(hand.load(Ordering::SeqCst)).plus(gone)
            }
            None => Millis(
                SystemTime::now()
                    .duration_since(UNIX_EPOCH)
                    .map_or(0, |since| {
                        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
                    }),
            ),
        }
    }

    /// Moves a clock forward that is not the system's; that one is not ours to move.
    pub fn advance(&self, by: Duration) {
        if let Some(hand) = &self.hand {
            hand.fetch_add(
                i64::try_from(by.as_millis()).unwrap_or(i64::MAX),
                Ordering::SeqCst,
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_saturate_at_the_ends_of_the_range() {
        let second = Duration::from_secs(1);
        assert_eq!(Millis(5).plus(second), Millis(1005));
        assert_eq!(Millis(1005).minus(second), Millis(5));
        assert_eq!(Millis(i64::MAX).plus(second), Millis(i64::MAX));
        assert_eq!(Millis(i64::MIN).minus(second), Millis(i64::MIN));
        assert_eq!(Millis(0).plus(Duration::MAX), Millis(i64::MAX));
        assert_eq!(Millis(1005).since(Millis(5)), second);
        assert_eq!(Millis(5).since(Millis(1005)), Duration::ZERO);
        assert_eq!(
            Millis(i64::MAX).since(Millis(-1)),
            Duration::from_millis(i64::MAX.unsigned_abs())
        );
    }

    #[test]
    fn moments_are_read_and_written_in_rfc_3339() -> Result<(), chrono::ParseError> {
        let at = Millis::parse_rfc3339(" 2026-06-17T14:57:00+03:00 ")?;
        assert_eq!(at.rfc3339(), "2026-06-17T11:57:00Z");
        assert_eq!(Millis::parse_rfc3339(&at.rfc3339())?, at);
        assert_eq!(Millis(i64::MAX).rfc3339(), i64::MAX.to_string());
        for wrong in [
            "",
            "2026-06-17",
            "2026-06-17T14:57:00",
            "2026-13-01T00:00:00Z",
        ] {
            assert!(Millis::parse_rfc3339(wrong).is_err(), "{wrong}");
        }
        Ok(())
    }

    #[test]
    fn a_standing_clock_is_moved_by_hand_and_shared() {
        let clock = Clock::standing(Millis(1000));
        let same = clock.clone();
        clock.advance(Duration::from_secs(2));
        assert_eq!(same.now(), Millis(3000));
        assert_eq!(clock.now(), Millis(3000));
        let clock = Clock::going(Millis(1000));
        let same = clock.clone();
        clock.advance(Duration::from_hours(1));
        let hour = Millis(1000).plus(Duration::from_hours(1));
        assert!(same.now() >= hour && same.now() < hour.plus(Duration::from_mins(1)));
    }
}
