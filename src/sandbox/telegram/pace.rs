//! How fast the platform lets a bot go: in one chat, in one group, and over all.

use std::time::Duration;

use crate::base::clock::Millis;

/// A steady pace with room for a burst.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// The time between two messages in the long run.
    pub every: Duration,
    /// How many may come at once after a pause; at least 1.
    pub burst: u32,
}

/// The limits that the simulated platform keeps; `None` is no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rates {
    /// In one private chat or supergroup.
    pub chat: Option<Pace>,
    /// In one group or supergroup, besides.
    pub group: Option<Pace>,
    /// Over all chats.
    pub overall: Option<Pace>,
}

impl Rates {
    /// As the platform has them: about 1/s in a chat, 20/min in a group, 30/s over all.
    #[must_use]
    pub const fn platform() -> Self {
        Self {
            chat: Some(Pace {
                every: Duration::from_secs(1),
                burst: 5,
            }),
            group: Some(Pace {
                every: Duration::from_secs(3),
                burst: 20,
            }),
            overall: Some(Pace {
                every: Duration::from_millis(33),
                burst: 30,
            }),
        }
    }

    /// No limits.
    #[must_use]
    pub const fn off() -> Self {
        Self {
            chat: None,
            group: None,
            overall: None,
        }
    }
}

/// Where one limit stands: the moment at which all that was let through is paid for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Meter(Millis);

impl Default for Meter {
    fn default() -> Self {
        Self(Millis(i64::MIN))
    }
}

impl Meter {
    /// How long the next message has to wait under `pace`; zero when it may go now.
    pub(super) fn wait(self, pace: Pace, now: Millis) -> Duration {
        self.0
            .since(now)
            .saturating_sub(pace.every * (pace.burst.max(1) - 1))
    }

    /// Counts a message that was let through.
    pub(super) fn count(&mut self, pace: Pace, now: Millis) {
        self.0 = self.0.max(now).plus(pace.every);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACE: Pace = Pace {
        every: Duration::from_secs(3),
        burst: 2,
    };

    #[test]
    fn a_burst_passes_and_then_one_in_each_interval() {
        let (mut meter, start) = (Meter::default(), Millis(1_000_000));
        for _ in 0..2 {
            assert_eq!(meter.wait(PACE, start), Duration::ZERO);
            meter.count(PACE, start);
        }
        assert_eq!(meter.wait(PACE, start), Duration::from_secs(3));
        let later = start.plus(Duration::from_secs(3));
        assert_eq!(meter.wait(PACE, later), Duration::ZERO);
        meter.count(PACE, later);
        assert_eq!(meter.wait(PACE, later), Duration::from_secs(3));
    }
}
