//! When a letter may go to somebody: at once, at the hour of their digest, after quiet hours.
//! Pure: the time comes in, the time comes out.

use chrono::{Datelike as _, NaiveDateTime, TimeDelta, Timelike as _};
use chrono_tz::Tz;

use crate::base::civil::{Quiet, instant, shown};
use crate::base::clock::Millis;

/// The city's day.
#[derive(Debug, Clone, Copy)]
pub struct Hours {
    /// The zone that people's hours are in.
    pub zone: Tz,
    /// The quiet hours of those who have not chosen their own.
    pub quiet: Quiet,
}

/// Hours in a week: as many slots a digest can wait for.
const WEEK: i64 = 7 * 24;

/// The slots after a moment: slot 0 is the next full hour that a clock on the wall shows, slot 1
/// the one after it. The database counts in them, because a clock change moves none of them
/// past another; here they become moments.
#[derive(Debug, Clone, Copy)]
pub struct Slots {
    hours: Hours,
    now: Millis,
    first: NaiveDateTime,
}

impl Slots {
    /// The slots after `now`.
    #[must_use]
    pub fn after(now: Millis, hours: Hours) -> Self {
        let civil = shown(hours.zone, now).unwrap_or_default();
        let full = civil.date().and_time(chrono::NaiveTime::MIN)
            + TimeDelta::hours(i64::from(civil.hour()) + 1);
        Self {
            hours,
            now,
            first: full,
        }
    }

    /// The first slot as the number of its hour in the week: 24 for Monday 0:00 to 191.
    #[must_use]
    pub fn base(&self) -> i64 {
        let weekday = self.first.weekday().number_from_monday();
        i64::from(weekday * 24 + self.first.hour())
    }

    /// When a letter may go to somebody who wants it in `slot` (at once when negative) and has
    /// these quiet hours, where they differ from the city's; `None`: now.
    #[must_use]
    pub fn due(&self, slot: i64, quiet: (Option<i64>, Option<i64>)) -> Option<Millis> {
        let wanted = if slot < 0 {
            self.now
        } else {
            let civil = self.first + TimeDelta::hours(slot.min(WEEK));
            instant(self.hours.zone, civil)
        };
        let quiet = match quiet {
            (Some(from), Some(to)) => Quiet { from, to },
            _ => self.hours.quiet,
        };
        let due = quiet.end(self.hours.zone, wanted).unwrap_or(wanted);
        (due > self.now).then_some(due)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use chrono_tz::Europe::Sofia;

    use super::*;

    const OWN: (Option<i64>, Option<i64>) = (None, None);

    fn at(text: &str) -> Millis {
        Millis::parse_rfc3339(text).unwrap_or_else(|why| panic!("{text}: {why}"))
    }

    fn slots(now: &str, quiet: Quiet) -> Slots {
        let hours = Hours { zone: Sofia, quiet };
        Slots::after(at(now), hours)
    }

    /// The slot as the hot statement counts it.
    fn daily(slots: &Slots, hour: i64) -> i64 {
        (hour - slots.base() % 24 + 24) % 24
    }

    fn weekly(slots: &Slots, weekday: i64, hour: i64) -> i64 {
        (weekday * 24 + hour - slots.base() + 2 * WEEK) % WEEK
    }

    #[test]
    fn digests_come_at_their_hour() {
        // A Wednesday.
        let slots = slots("2026-06-17T14:57:00+03:00", Quiet::NONE);
        let due = |slot| slots.due(slot, OWN);
        assert_eq!(due(-1), None);
        assert_eq!(
            due(daily(&slots, 15)),
            Some(at("2026-06-17T15:00:00+03:00"))
        );
        assert_eq!(
            due(daily(&slots, 14)),
            Some(at("2026-06-18T14:00:00+03:00"))
        );
        assert_eq!(
            due(weekly(&slots, 3, 14)),
            Some(at("2026-06-24T14:00:00+03:00"))
        );
        assert_eq!(
            due(weekly(&slots, 3, 15)),
            Some(at("2026-06-17T15:00:00+03:00"))
        );
        assert_eq!(
            due(weekly(&slots, 1, 8)),
            Some(at("2026-06-22T08:00:00+03:00"))
        );
    }

    #[test]
    fn quiet_hours_hold_what_would_come_in_them() {
        let night = slots("2026-06-17T23:10:00+03:00", Quiet::NIGHT);
        let morning = Some(at("2026-06-18T07:00:00+03:00"));
        assert_eq!(night.due(-1, OWN), morning);
        assert_eq!(night.due(daily(&night, 6), OWN), morning);
        let eight = Some(at("2026-06-18T08:00:00+03:00"));
        assert_eq!(night.due(daily(&night, 8), OWN), eight);
        assert_eq!(night.due(-1, (Some(60), Some(120))), None);
        assert_eq!(night.due(-1, (Some(0), Some(0))), None);
        let long = night.due(-1, (Some(21 * 60), Some(9 * 60)));
        assert_eq!(long, Some(at("2026-06-18T09:00:00+03:00")));
    }

    #[test]
    fn over_clock_changes_slots_stay_in_order_and_ahead() {
        for day in ["2027-03-27T20:00:00+02:00", "2027-10-30T20:00:00+03:00"] {
            for minute in 0..14 * 60 {
                let now = at(day).plus(Duration::from_secs(minute * 60));
                let hours = Hours {
                    zone: Sofia,
                    quiet: Quiet::NONE,
                };
                let slots = Slots::after(now, hours);
                let mut last = now;
                for slot in 0..WEEK {
                    let due = slots.due(slot, OWN);
                    assert!(due.is_some_and(|due| due > now && due >= last));
                    last = due.unwrap_or(last);
                }
                let eight = slots
                    .due(daily(&slots, 8), OWN)
                    .and_then(|due| shown(Sofia, due));
                assert_eq!(eight.map(|due| (due.hour(), due.minute())), Some((8, 0)));
            }
        }
        // 2027-03-28: 03:00 becomes 04:00; 2027-10-31: 04:00 becomes 03:00.
        let spring = slots("2027-03-28T01:30:00+02:00", Quiet::NONE);
        let moved = Some(at("2027-03-28T04:00:00+03:00"));
        assert_eq!(spring.due(daily(&spring, 3), OWN), moved);
        let autumn = slots("2027-10-31T03:10:00+03:00", Quiet::NONE);
        let tomorrow = Some(at("2027-11-01T03:00:00+02:00"));
        assert_eq!(autumn.due(daily(&autumn, 3), OWN), tomorrow);
        let autumn = slots("2027-10-31T03:10:00+02:00", Quiet::NONE);
        assert_eq!(autumn.due(daily(&autumn, 3), OWN), tomorrow);
    }
}
