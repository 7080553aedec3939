//! When a schedule is due, whether that is too late, and what of it may be told every time. No IO.

use std::time::Duration;

use chrono::NaiveDateTime;
use chrono_tz::Tz;

use super::Schedule;
use crate::base::clock::Millis;
use crate::base::cron::{Cron, Field, Turn, Wrong};
use crate::features::alert::template::Facts;
use crate::message::{Arg, Words, say, say_with};

/// After this an occurrence does not go out by itself any more: somebody is asked.
pub const GRACE: Duration = Duration::from_mins(15);
/// Occurrences are at least so far apart.
pub const LEAST_APART: Duration = Duration::from_hours(1);
/// Occurrences that are shown, and looked at before a schedule is taken.
pub const SHOWN: usize = 10;
/// The most characters of a name.
pub const MOST_NAME: usize = 40;
/// Days apart from which no two occurrences share an hour of the day before or after.
pub const DAYS_APART: Duration = Duration::from_hours(72);
/// Occurrences that are passed over at once.
const MOST_MISSED: usize = 10_000;

/// When a schedule is due.
#[derive(Debug, Clone)]
pub enum Rule {
    /// Again and again.
    Again(Box<Cron>),
    /// Once, at this civil time.
    Once(NaiveDateTime),
}

/// How a single time is kept.
const ONCE: &str = "%Y-%m-%dT%H:%M";

impl Rule {
    /// Reads the text that [`Rule::text`] wrote.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match NaiveDateTime::parse_from_str(text, ONCE) {
            Ok(once) => Some(Self::Once(once)),
            Err(_) => text.parse().ok().map(Box::new).map(Self::Again),
        }
    }

    /// It as a text.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Again(cron) => cron.text().to_owned(),
            Self::Once(at) => at.format(ONCE).to_string(),
        }
    }

    /// Its first turn in `zone` after `after`.
    #[must_use]
    pub fn turn_after(&self, zone: Tz, after: Millis) -> Option<Turn> {
        match self {
            Self::Again(cron) => cron.turn_after(zone, after),
            Self::Once(civil) => Some(Turn::of(zone, *civil)).filter(|turn| turn.at > after),
        }
    }

    /// Its next turns in `zone` after `after`, so many at most.
    #[must_use]
    pub fn turns(&self, zone: Tz, after: Millis, most: usize) -> Vec<Turn> {
        let next = |turn: &Turn| self.turn_after(zone, turn.at);
        std::iter::successors(self.turn_after(zone, after), next)
            .take(most)
            .collect()
    }
}

/// Reads a cron expression as an operator wrote it.
///
/// # Errors
/// What is wrong with it and how to write it, for the operator.
pub fn read_cron(text: &str) -> Result<Rule, Words> {
    text.parse()
        .map(Box::new)
        .map(Rule::Again)
        .map_err(|wrong| match wrong {
            Wrong::Fields(count) => {
                let count = Arg::Number(i64::try_from(count).unwrap_or(i64::MAX));
                say_with("schedule-wrong-fields", [("count", count)])
            }
            Wrong::Field(field, text) => say_with(
                "schedule-wrong-field",
                [
                    ("field", Arg::Text(code(field).to_owned())),
                    ("text", Arg::Text(text)),
                ],
            ),
            Wrong::Days => say("schedule-wrong-days"),
            Wrong::Never => say("schedule-wrong-never"),
        })
}

const fn code(field: Field) -> &'static str {
    match field {
        Field::Second => "second",
        Field::Minute => "minute",
        Field::Hour => "hour",
        Field::Day => "day",
        Field::Month => "month",
        Field::Weekday => "weekday",
    }
}

/// Reads a single time: `2026-12-01 10:00` or `01.12.2026 10:00`.
///
/// # Errors
/// How to write it, for the operator.
pub fn read_once(text: &str) -> Result<Rule, Words> {
    let text = text.trim();
    ["%Y-%m-%d %H:%M", ONCE, "%d.%m.%Y %H:%M"]
        .into_iter()
        .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
        .map(Rule::Once)
        .ok_or_else(|| {
            let text = Arg::Text(text.chars().take(MOST_NAME).collect());
            say_with("schedule-wrong-once", [("text", text)])
        })
}

/// Reads a zone by its name in the IANA database.
///
/// # Errors
/// How to write it, for the operator.
pub fn read_zone(text: &str) -> Result<Tz, Words> {
    text.trim().parse().map_err(|_| {
        let text = Arg::Text(text.chars().take(MOST_NAME).collect());
        say_with("schedule-wrong-zone", [("text", text)])
    })
}

/// That a name can be one: letters, digits and hyphens, not digits alone, for those are a number.
///
/// # Errors
/// What a name is, for the operator.
pub fn fit_name(name: &str) -> Result<(), Words> {
    let fits = (1..=MOST_NAME).contains(&name.chars().count())
        && name
            .chars()
            .all(|char| char.is_alphanumeric() || "-_.".contains(char))
        && name.chars().any(char::is_alphabetic);
    if fits {
        return Ok(());
    }
    let most = i64::try_from(MOST_NAME).unwrap_or(i64::MAX);
    Err(say_with(
        "schedule-wrong-name",
        [("most", Arg::Number(most))],
    ))
}

/// That the occurrences are not too close together.
///
/// # Errors
/// How close they may be, for the operator.
pub fn far_enough(turns: &[Turn]) -> Result<(), Words> {
    let close = |pair: &[Turn]| pair[1].at.since(pair[0].at) < LEAST_APART;
    if turns.windows(2).any(close) {
        return Err(say("schedule-wrong-often"));
    }
    Ok(())
}

/// That what comes again names no day: `first` and `later` are the facts as of two occurrences.
///
/// # Errors
/// How times are written there, for the operator.
pub fn names_no_day(first: &Facts, later: &Facts) -> Result<(), Words> {
    let same = |one: Option<Millis>, other: Option<Millis>| one.is_some() && one == other;
    if same(first.from, later.from) || same(first.until, later.until) {
        return Err(say("schedule-wrong-dated"));
    }
    Ok(())
}

/// An occurrence that is to be dealt with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// Which.
    pub at: Millis,
    /// How many before it were missed.
    pub missed: usize,
    /// Whether it is too late for it to go out by itself.
    pub late: bool,
    /// The one after it.
    pub next: Option<Millis>,
}

/// The last occurrence that `schedule` has had by now, with all before it that nobody dealt with;
/// `None` when nothing is due.
#[must_use]
pub fn due(schedule: &Schedule, now: Millis) -> Option<Due> {
    let mut at = schedule.next.filter(|next| *next <= now)?;
    let follow = |at: Millis| schedule.rule.turn_after(schedule.zone, at);
    let mut next = follow(at).map(|turn| turn.at);
    let mut missed = 0;
    while let Some(later) = next.filter(|later| *later <= now && missed < MOST_MISSED) {
        (at, missed) = (later, missed + 1);
        next = follow(at).map(|turn| turn.at);
    }
    Some(Due {
        at,
        missed,
        late: now.since(at) > GRACE,
        next,
    })
}
