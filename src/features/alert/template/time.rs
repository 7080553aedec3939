//! Times as operators write them, and as sentences tell them.

use std::time::Duration;

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime};
use chrono_tz::Tz;

use super::{Fact, Fault, says};
use crate::base::civil::{instant, shown};
use crate::base::clock::Millis;
use crate::message::catalogue::Catalogue;
use crate::message::{Arg, Words, say, say_with};

/// How far a beginning may lie back for a bare hour to mean today.
const BEGAN: Duration = Duration::from_hours(6);
/// How far away a time may be; an alert is in force for a month at most without a person's word.
pub(super) const FARTHEST: Duration = Duration::from_hours(31 * 24);
/// A quarter of an hour in milliseconds.
const QUARTER_MS: i64 = 900_000;
/// The most characters of a time.
const LONGEST: usize = 60;

/// What a time is read with.
#[derive(Clone, Copy)]
pub(super) struct Clockwork<'a> {
    pub zone: Tz,
    pub now: Millis,
    pub catalogue: &'a Catalogue,
}

/// What was written, piece by piece.
#[derive(Default)]
struct Pieces {
    date: Option<NaiveDate>,
    /// A day and a month without a year.
    day: Option<(u32, u32)>,
    clock: Option<NaiveTime>,
}

/// Reads a beginning, or an end after `from`: an hour, a date, both, `today`, `tomorrow`, `now`, or
/// a moment with its offset. A bare hour is the next one; a beginning may also have been in the
/// last six hours. A bare date begins with its first minute and ends with its last.
pub(super) fn read(
    fact: Fact,
    text: &str,
    from: Option<Millis>,
    with: Clockwork<'_>,
) -> Result<Millis, Fault> {
    let wrong = |text| say_with("template-fault-time", [("text", text)]);
    if text.chars().count() <= LONGEST {
        if let Some(at) = Millis::parse_rfc3339(text).ok().filter(|at| is_usual(*at)) {
            return Ok(at);
        }
        if says(text, &say("template-now"), with.catalogue) {
            return Ok(with.now);
        }
        if let Some(hours) = hours(text, with.catalogue) {
            let since = from.unwrap_or(with.now).max(with.now);
            return Ok(quarter(since.plus(hours)));
        }
        if let Some(at) = civil(fact, text, from, with) {
            return Ok(at);
        }
    }
    Err(Fault::about(fact, wrong, text))
}

/// A length as it is written: `2h`, in any language.
fn hours(text: &str, catalogue: &Catalogue) -> Option<Duration> {
    let text = text.trim().trim_start_matches('+').trim_end_matches('.');
    let digits = text.find(|it: char| !it.is_ascii_digit())?;
    let (number, unit) = text.split_at(digits);
    let hours: u64 = number.parse().ok().filter(|it| (1..=744).contains(it))?;
    let is = unit.trim() == "h" || says(unit, &say("template-hour-unit"), catalogue);
    is.then(|| Duration::from_hours(hours))
}

/// The next quarter of an hour: nobody counts an end by the minute.
fn quarter(at: Millis) -> Millis {
    Millis(at.0 + (-at.0).rem_euclid(QUARTER_MS))
}

fn civil(fact: Fact, text: &str, from: Option<Millis>, with: Clockwork<'_>) -> Option<Millis> {
    let ends = fact == Fact::Until;
    let now = shown(with.zone, with.now)?;
    let pieces = pieces(text, now.date(), with.catalogue)?;
    let date = match pieces.day {
        Some((day, month)) => Some(nearest(day, month, now.date())?),
        None => pieces.date,
    };
    let clock = |given: Option<NaiveTime>| match given {
        Some(clock) => Some(clock),
        None if ends => NaiveTime::from_hms_opt(23, 59, 0),
        None => Some(NaiveTime::MIN),
    };
    let at = |civil: NaiveDateTime| instant(with.zone, civil);
    if let Some(date) = date {
        return Some(at(date.and_time(clock(pieces.clock)?)));
    }
    let hour = pieces.clock?;
    let least = if ends {
        from.unwrap_or(with.now).max(with.now)
    } else {
        with.now.minus(BEGAN)
    };
    let first = shown(with.zone, least)?.date();
    (0..3)
        .filter_map(|days| first.checked_add_days(Days::new(days)))
        .map(|day| at(day.and_time(hour)))
        .find(|at| *at > least)
}

fn pieces(text: &str, today: NaiveDate, catalogue: &Catalogue) -> Option<Pieces> {
    let mut found = Pieces::default();
    for word in text.split([' ', ',', 'T', '\u{a0}', '\u{202f}']) {
        let digits = word.chars().any(|char| char.is_ascii_digit());
        let word = word.trim_end_matches('.');
        if !digits {
            // "h" and the like say nothing more.
            if word.chars().count() <= 1 {
                continue;
            }
            found.take_day(word, today, catalogue)?;
        } else if word.contains(':') {
            let clock = NaiveTime::parse_from_str(word, "%H:%M").ok()?;
            if found.clock.replace(clock).is_some() {
                return None;
            }
        } else {
            found.take_date(word)?;
        }
    }
    (found.clock.is_some() || found.date.is_some() || found.day.is_some()).then_some(found)
}

impl Pieces {
    fn is_dated(&self) -> bool {
        self.date.is_some() || self.day.is_some()
    }

    fn take_day(&mut self, word: &str, today: NaiveDate, catalogue: &Catalogue) -> Option<()> {
        if self.is_dated() {
            return None;
        }
        self.date = if says(word, &say("template-today"), catalogue) {
            Some(today)
        } else if says(word, &say("template-tomorrow"), catalogue) {
            today.succ_opt()
        } else {
            return None;
        };
        Some(())
    }

    fn take_date(&mut self, word: &str) -> Option<()> {
        if self.is_dated() {
            return None;
        }
        if word.contains('-') {
            self.date = Some(usual(NaiveDate::parse_from_str(word, "%Y-%m-%d").ok()?)?);
            return Some(());
        }
        let parts: Vec<u32> = (word.split('.'))
            .map(|part| part.parse().ok())
            .collect::<Option<_>>()?;
        match parts.as_slice() {
            [day, month] => self.day = Some((*day, *month)),
            [day, month, year] => {
                let year = i32::try_from(*year).ok()?;
                let date = NaiveDate::from_ymd_opt(year, *month, *day)?;
                self.date = Some(usual(date)?);
            }
            _ => return None,
        }
        Some(())
    }
}

/// Whether a moment is within the years that letters can word.
fn is_usual(at: Millis) -> bool {
    at.utc().is_some_and(|at| usual(at.date_naive()).is_some())
}

/// A date within the years that letters can word.
fn usual(date: NaiveDate) -> Option<NaiveDate> {
    (1970..=9000).contains(&date.year()).then_some(date)
}

/// The day that is nearest to `today`, in this year or a neighbouring one.
fn nearest(day: u32, month: u32, today: NaiveDate) -> Option<NaiveDate> {
    (-1..=1)
        .filter_map(|years| NaiveDate::from_ymd_opt(today.year() + years, month, day))
        .min_by_key(|date| (*date - today).num_days().abs())
}

/// What is wrong with the times of an alert, the first thing.
pub(super) fn fault(from: Option<Millis>, until: Option<Millis>, now: Millis) -> Option<Fault> {
    let times = |from, until| [("from", Arg::Time(from)), ("until", Arg::Time(until))];
    let far = |at: Millis| at > now.plus(FARTHEST) || at < now.minus(FARTHEST);
    for (fact, at) in [(Fact::From, from), (Fact::Until, until)] {
        if let Some(at) = at.filter(|at| far(*at)) {
            // What no letter can word is not worded here either.
            let words = if is_usual(at) {
                say_with("template-fault-times-far", [("at", Arg::Time(at))])
            } else {
                let text = Arg::Text(at.rfc3339());
                say_with("template-fault-time", [("text", text)])
            };
            return Some(Fault::new(fact, words));
        }
    }
    let until = until?;
    if until <= now {
        let words = say_with("template-fault-times-past", [("until", Arg::Time(until))]);
        return Some(Fault::new(Fact::Until, words));
    }
    let from = from.filter(|from| *from >= until)?;
    let words = say_with("template-fault-times-order", times(from, until));
    Some(Fault::new(Fact::Until, words))
}

/// When it is, as a phrase within a sentence; `None` where nothing is known.
pub(super) fn period(
    from: Option<Millis>,
    until: Option<Millis>,
    now: Millis,
    zone: Tz,
) -> Option<Words> {
    let ahead = from.filter(|from| *from > now);
    Some(match (ahead, until) {
        (Some(from), Some(until)) => {
            let times = [("from", Arg::Time(from)), ("until", Arg::Time(until))];
            if same_day(from, until, zone) {
                say_with("template-period-day", times)
            } else {
                say_with("template-period-between", times)
            }
        }
        (Some(from), None) => say_with("template-period-from", [("from", Arg::Time(from))]),
        (None, Some(until)) => say_with("template-period-until", [("until", Arg::Time(until))]),
        (None, None) => return None,
    })
}

/// Which days it is, as a phrase; a day that only ends is none.
pub(super) fn days(from: Millis, until: Millis, zone: Tz) -> Words {
    let last = until.minus(Duration::from_millis(1)).max(from);
    if same_day(from, last, zone) {
        return say_with("template-period-one-day", [("from", Arg::Time(from))]);
    }
    say_with(
        "template-period-days",
        [("from", Arg::Time(from)), ("until", Arg::Time(last))],
    )
}

fn same_day(one: Millis, other: Millis, zone: Tz) -> bool {
    let day = |at| shown(zone, at).map(|civil| civil.date());
    day(one) == day(other)
}
