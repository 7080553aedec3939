//! Schedules in words: when they come, what became of the last occurrence.

use chrono::Timelike as _;
use chrono_tz::Tz;

use super::rules::Rule;
use super::{Outcome, Schedule, State};
use crate::base::cron::{Change, Cron, Field, Turn};
use crate::features::alert::draft::{Draft, State as Stage};
use crate::message::{Arg, Words, say, say_with};

/// The most hours of a day that are named.
const MOST_HOURS: usize = 6;

/// When a schedule comes, as people say it; the expression itself where no one would.
#[must_use]
pub fn rule(rule: &Rule, zone: Tz, own: Tz) -> Words {
    let said = match rule {
        Rule::Once(civil) => {
            let at = Arg::Time(Turn::of(own, *civil).at);
            say_with("schedule-once", [("at", at)])
        }
        Rule::Again(cron) => again(cron),
    };
    if zone == own {
        return said;
    }
    let zone = ("zone", Arg::Text(zone.name().to_owned()));
    say_with("schedule-in-zone", [("rule", words(said)), zone])
}

fn words(words: Words) -> Arg {
    Arg::Words(Box::new(words))
}

fn again(cron: &Cron) -> Words {
    match (days(cron), times(cron)) {
        (Some(days), Some(times)) => {
            say_with("schedule-rule", [("days", words(days)), ("times", times)])
        }
        _ => say_with(
            "schedule-expression",
            [("text", Arg::Text(cron.text().to_owned()))],
        ),
    }
}

/// The times of the day, where they are few.
fn times(cron: &Cron) -> Option<Arg> {
    let only = |field| match cron.values(field).as_deref() {
        Some([one]) => Some(*one),
        _ => None,
    };
    (only(Field::Second) == Some(0)).then_some(())?;
    let minute = only(Field::Minute)?;
    let hours = cron.values(Field::Hour)?;
    (hours.len() <= MOST_HOURS).then_some(())?;
    let times = hours
        .into_iter()
        .map(|hour| Words::Verbatim(format!("{hour}:{minute:02}")));
    Some(Arg::List(times.collect()))
}

/// The days.
fn days(cron: &Cron) -> Option<Words> {
    let months = cron.values(Field::Month);
    let month_names = || -> Arg {
        let months = months.clone().unwrap_or_default().into_iter();
        Arg::List(months.map(month_name).collect())
    };
    let (days, weekdays) = (cron.values(Field::Day), cron.values(Field::Weekday));
    let said = match (days.as_deref(), weekdays.as_deref()) {
        (None, None) => say("schedule-every-day"),
        (None, Some([1, 2, 3, 4, 5])) => say("schedule-workdays"),
        (None, Some([one])) => say_with("schedule-weekly", [("day", weekday_code(*one))]),
        (None, Some(several)) => {
            // The week begins on Monday.
            let mut several = several.to_vec();
            several.sort_by_key(|day| (day + 6) % 7);
            let names = several.iter().map(|day| weekday_name(*day)).collect();
            let first = several.first().copied().unwrap_or_default();
            let told = [("first", weekday_code(first)), ("days", Arg::List(names))];
            say_with("schedule-weekly-several", told)
        }
        (Some([one]), None) if months.is_some() => {
            let day = ("day", Arg::Number(i64::from(*one)));
            let dates = months.clone()?.into_iter().map(|month| {
                let month = ("month", words(month_name(month)));
                say_with("schedule-date", [day.clone(), month])
            });
            let dates = Arg::List(dates.collect());
            return Some(say_with("schedule-yearly", [("dates", dates)]));
        }
        (Some([one]), None) => {
            let day = Arg::Number(i64::from(*one));
            say_with("schedule-monthly", [("day", day)])
        }
        (Some(several), None) if several.len() <= MOST_HOURS => {
            let number = |day: &u32| Words::Verbatim(day.to_string());
            let days = Arg::List(several.iter().map(number).collect());
            say_with("schedule-monthly-several", [("days", days)])
        }
        (Some(_), Some([one])) => {
            let nth = Arg::Number(i64::from(cron.nth()?));
            let told = [("nth", nth), ("day", weekday_code(*one))];
            say_with("schedule-nth", told)
        }
        _ => return None,
    };
    if months.is_none() {
        return Some(said);
    }
    let told = [("days", words(said)), ("months", month_names())];
    Some(say_with("schedule-in-months", told))
}

fn weekday_code(day: u32) -> Arg {
    const CODES: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
    let code = usize::try_from(day).ok().and_then(|day| CODES.get(day));
    Arg::Text(code.copied().unwrap_or_default().to_owned())
}

fn weekday_name(day: u32) -> Words {
    say_with("schedule-weekday", [("day", weekday_code(day))])
}

fn month_name(month: u32) -> Words {
    let month = Arg::Number(i64::from(month));
    say_with("schedule-month", [("month", month)])
}

/// An occurrence: its day and hour on the city's clock, and what a change of the clock does to it.
#[must_use]
pub fn turn(turn: &Turn) -> Words {
    let civil = turn.civil.time();
    let at = [("at", Arg::Time(turn.at))];
    let clock = (
        "clock",
        Arg::Text(format!("{}:{:02}", civil.hour(), civil.minute())),
    );
    let when = say_with("schedule-turn", at);
    match turn.change {
        Change::None => when,
        Change::Moved => say_with("schedule-turn-moved", [("when", words(when)), clock]),
        Change::Once => say_with("schedule-turn-once", [("when", words(when)), clock]),
    }
}

/// How a schedule stands: what became of the last occurrence, and what is to be done. `draft` is
/// what was drawn up for it. Whether somebody should look is told first.
#[must_use]
pub fn standing(schedule: &Schedule, draft: Option<&Draft>) -> (bool, Words) {
    let stage = draft.map(|draft| draft.state);
    let number = || {
        let number = draft.map_or(0, |draft| draft.id);
        ("draft", Arg::Text(number.to_string()))
    };
    let (Some(outcome), Some(last)) = (schedule.outcome, schedule.last) else {
        return match schedule.state {
            State::Paused => (false, say("schedule-paused")),
            _ => (false, say("schedule-never-yet")),
        };
    };
    let at = ("at", Arg::Time(last));
    let why = || {
        let why = schedule.why.clone();
        ("why", why.map_or(Arg::Text(String::new()), words))
    };
    let (look, said) = match (outcome, stage) {
        (Outcome::Asked, Some(Stage::Draft)) => (
            true,
            say_with(
                "schedule-last-asked",
                [at, number(), ("schedule", Arg::Text(schedule.name.clone()))],
            ),
        ),
        (_, Some(Stage::Waiting)) => (true, say_with("schedule-last-waits", [at, number()])),
        (_, Some(Stage::Returned)) => (false, say_with("schedule-last-returned", [at, number()])),
        (_, Some(Stage::Rejected)) => (false, say_with("schedule-last-left-out", [at])),
        (Outcome::Failed, _) => (true, say_with("schedule-last-failed", [at, why()])),
        (Outcome::Over, _) => (false, say_with("schedule-last-over", [at])),
        _ => (false, say_with("schedule-last-sent", [at])),
    };
    match schedule.state {
        State::Paused => (
            look,
            say_with("schedule-paused-last", [("last", words(said))]),
        ),
        _ => (look, said),
    }
}

/// The date of a turn as machines read it, with the offset of its zone.
#[must_use]
pub fn machine(turn: &Turn, zone: Tz) -> String {
    turn.at.utc().map_or_else(
        || turn.at.rfc3339(),
        |at| {
            at.with_timezone(&zone)
                .to_rfc3339_opts(chrono::SecondsFormat::Secs, false)
        },
    )
}
