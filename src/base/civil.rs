//! The day as people live it: civil time in a zone, safe over clock changes, and quiet hours in it.

use std::str::FromStr;

use chrono::{LocalResult, NaiveDateTime, Offset as _, TimeDelta, TimeZone as _, Timelike as _};
use chrono_tz::Tz;
use serde::Deserialize;

use super::clock::Millis;

/// Minutes in a day of usual length.
const DAY: i64 = 24 * 60;

/// The instant of a civil time: in a gap as if the clock had not been changed yet, in an overlap
/// the first.
#[must_use]
pub fn instant(zone: Tz, civil: NaiveDateTime) -> Millis {
    instants(zone, civil).0
}

/// The first and the last instant of a civil time; they differ where the clock shows it twice.
#[must_use]
pub fn instants(zone: Tz, civil: NaiveDateTime) -> (Millis, Millis) {
    match zone.from_local_datetime(&civil) {
        LocalResult::Single(at) => {
            let at = Millis(at.timestamp_millis());
            (at, at)
        }
        LocalResult::Ambiguous(first, last) => (
            Millis(first.timestamp_millis()),
            Millis(last.timestamp_millis()),
        ),
        LocalResult::None => {
            let before = zone
                .offset_from_utc_datetime(&(civil - TimeDelta::hours(6)))
                .fix();
            let at =
                civil.and_utc().timestamp_millis() - i64::from(before.local_minus_utc()) * 1000;
            (Millis(at), Millis(at))
        }
    }
}

/// What a clock on the wall shows in `zone`; `None` outside chrono's years.
#[must_use]
pub fn shown(zone: Tz, at: Millis) -> Option<NaiveDateTime> {
    Some(at.utc()?.with_timezone(&zone).naive_local())
}

/// Hours of every day in which only danger to life may ring: from one minute of the day to
/// another, over midnight where the first is the later one. Equal ends mean none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Quiet {
    /// The first quiet minute of the day, from 0.
    pub from: i64,
    /// The first minute that is quiet no more, from 0.
    pub to: i64,
}

impl Quiet {
    /// No quiet hours.
    pub const NONE: Self = Self { from: 0, to: 0 };
    /// From ten in the evening to seven in the morning.
    pub const NIGHT: Self = Self {
        from: 22 * 60,
        to: 7 * 60,
    };

    /// Whether the minute of the day is one of them.
    #[must_use]
    pub fn has(self, minute: i64) -> bool {
        if self.from <= self.to {
            (self.from..self.to).contains(&minute)
        } else {
            minute >= self.from || minute < self.to
        }
    }

    /// When those end that `at` lies in; `None` where it lies in none.
    #[must_use]
    pub fn end(self, zone: Tz, at: Millis) -> Option<Millis> {
        let civil = shown(zone, at)?;
        let minute = i64::from(civil.hour() * 60 + civil.minute());
        if !self.has(minute) {
            return None;
        }
        let days = i64::from(minute >= self.to);
        let midnight = civil.date().and_time(chrono::NaiveTime::MIN);
        let ends = midnight + TimeDelta::minutes(days * DAY + self.to.clamp(0, DAY));
        let (first, last) = instants(zone, ends);
        [first, last].into_iter().find(|end| *end > at)
    }
}

impl FromStr for Quiet {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "none" {
            return Ok(Self::NONE);
        }
        let minute = |text: &str| {
            let (hour, minute) = text.trim().split_once(':')?;
            let both: (i64, i64) = (hour.parse().ok()?, minute.parse().ok()?);
            let fits = (0..24).contains(&both.0) && (0..60).contains(&both.1);
            (fits && minute.len() == 2).then_some(both.0 * 60 + both.1)
        };
        text.split_once('-')
            .and_then(|(from, to)| {
                Some(Self {
                    from: minute(from)?,
                    to: minute(to)?,
                })
            })
            .ok_or_else(|| {
                format!("\"{text}\" are no quiet hours; write them as \"22:00-07:00\", or \"none\"")
            })
    }
}

impl TryFrom<String> for Quiet {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl std::fmt::Display for Quiet {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.from == self.to {
            return out.write_str("none");
        }
        let (from, to) = (self.from, self.to);
        write!(
            out,
            "{:02}:{:02}-{:02}:{:02}",
            from / 60,
            from % 60,
            to / 60,
            to % 60
        )
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::Sofia;

    use super::*;

    fn at(text: &str) -> Millis {
        Millis::parse_rfc3339(text).unwrap_or_else(|why| panic!("{text}: {why}"))
    }

    fn end(quiet: &str, from: &str) -> Option<Millis> {
        let quiet: Quiet = quiet.parse().unwrap_or_else(|why| panic!("{why}"));
        quiet.end(Sofia, at(from))
    }

    #[test]
    fn a_night_ends_in_the_morning() {
        let morning = Some(at("2026-06-18T07:00:00+03:00"));
        let night = "22:00-07:00";
        assert_eq!(end(night, "2026-06-17T22:00:00+03:00"), morning);
        assert_eq!(end(night, "2026-06-18T06:59:59+03:00"), morning);
        assert_eq!(end(night, "2026-06-18T07:00:00+03:00"), None);
        assert_eq!(end(night, "2026-06-17T21:59:59+03:00"), None);
        let noon = Some(at("2026-06-17T14:00:00+03:00"));
        assert_eq!(end("13:00-14:00", "2026-06-17T13:30:00+03:00"), noon);
        assert_eq!(end("none", "2026-06-17T23:30:00+03:00"), None);
    }

    #[test]
    fn nights_with_a_clock_change_end_later_than_they_began() {
        // 2027-03-28: 03:00 becomes 04:00. 2027-10-31: 04:00 becomes 03:00.
        let night = "22:00-07:00";
        let spring = Some(at("2027-03-28T07:00:00+03:00"));
        assert_eq!(end(night, "2027-03-27T23:00:00+02:00"), spring);
        let autumn = Some(at("2027-10-31T07:00:00+02:00"));
        assert_eq!(end(night, "2027-10-30T23:00:00+03:00"), autumn);
        for quiet in ["22:00-03:30", "03:10-03:50", "23:00-03:00", "03:30-03:10"] {
            for day in ["2027-03-27T22:00:00+02:00", "2027-10-30T22:00:00+03:00"] {
                for minute in 0..12 * 60 {
                    let from = at(day).plus(std::time::Duration::from_secs(minute * 60));
                    let quiet: Quiet = quiet.parse().unwrap_or(Quiet::NONE);
                    let ends = quiet.end(Sofia, from);
                    assert!(ends.is_none_or(|end| end > from), "{quiet} {from:?}");
                }
            }
        }
    }

    #[test]
    fn quiet_hours_are_read_as_they_are_written() {
        for text in ["22:00-07:00", "00:30-23:59", "none"] {
            let quiet: Result<Quiet, String> = text.parse();
            assert_eq!(quiet.map(|quiet| quiet.to_string()), Ok(text.to_owned()));
        }
        for wrong in ["", "22-7", "24:00-07:00", "22:00", "22:60-07:00", "a:b-c:d"] {
            assert!(wrong.parse::<Quiet>().is_err(), "{wrong}");
        }
    }
}
