//! Cron expressions as people write them, followed in civil time, safe over clock changes.

use std::str::FromStr;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use cron::Schedule;
use serde::Deserialize;

use super::civil::{instants, shown};
use super::clock::Millis;

/// A field of an expression, in the order in which they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// 0 to 59; absent where there are five fields.
    Second,
    /// 0 to 59.
    Minute,
    /// 0 to 23.
    Hour,
    /// 1 to 31.
    Day,
    /// 1 to 12, or `Jan` to `Dec`.
    Month,
    /// 0 to 7, Sunday is 0 and 7, or `Sun` to `Sat`.
    Weekday,
}

/// What is wrong with an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// It has so many fields, and not five or six.
    Fields(usize),
    /// A field with what stands there.
    Field(Field, String),
    /// Days of the month and of the week together: other programs take either, some both.
    Days,
    /// There is no such day in any year.
    Never,
}

/// A cron expression of the usual five fields, or of six with the seconds first.
///
/// Days of the month and of the week together mean the first, second, third or fourth such day of
/// a month (`1-7`, `8-14`, `15-21`, `22-28` and one weekday) and are refused otherwise.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "String")]
pub struct Cron {
    text: String,
    /// The values of each field, a bit each.
    sets: [u64; 6],
    schedule: Schedule,
}

/// A time that a calendar names, and when that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    /// What the calendar says.
    pub civil: NaiveDateTime,
    /// When it is: in a gap as if the clock had not been changed yet, in an overlap the first.
    pub at: Millis,
    /// What a change of the clock does to it.
    pub change: Change,
}

/// What a change of the clock does to a civil time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Nothing.
    None,
    /// The clock leaves it out, so it comes when the clock would have shown it.
    Moved,
    /// The clock shows it twice, and it counts once.
    Once,
}

impl Field {
    /// All six.
    pub const ALL: [Self; 6] = [
        Self::Second,
        Self::Minute,
        Self::Hour,
        Self::Day,
        Self::Month,
        Self::Weekday,
    ];

    const fn range(self) -> (u32, u32) {
        match self {
            Self::Second | Self::Minute => (0, 59),
            Self::Hour => (0, 23),
            Self::Day => (1, 31),
            Self::Month => (1, 12),
            Self::Weekday => (0, 6),
        }
    }

    /// Every value.
    fn whole(self) -> u64 {
        let (least, most) = self.range();
        bits(least, most, 1)
    }

    /// A number, or the first letters of a name.
    fn value(self, text: &str) -> Option<u32> {
        const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";
        const DAYS: &str = "SunMonTueWedThuFriSat";
        if text.bytes().all(|byte| byte.is_ascii_digit()) {
            return text.parse().ok();
        }
        let (names, first) = match self {
            Self::Month => (MONTHS, 1),
            Self::Weekday => (DAYS, 0),
            _ => return None,
        };
        let meant = |name: &[u8]| name.eq_ignore_ascii_case(text.as_bytes());
        let at = names.as_bytes().chunks(3).position(meant)?;
        Some(first + u32::try_from(at).ok()?)
    }

    /// The values of a field: `*`, `5`, `1-5`, `*/10`, and several of them with commas.
    fn read(self, text: &str) -> Option<u64> {
        let (least, most) = self.range();
        let mut set = 0;
        for part in text.split(',') {
            let (range, step) = match part.split_once('/') {
                Some((range, step)) => (range, Some(step.parse().ok().filter(|step| *step > 0)?)),
                None => (part, None),
            };
            let (from, to) = match range.split_once('-') {
                Some((from, to)) => (self.value(from)?, self.value(to)?),
                None if range == "*" => (least, most),
                None => {
                    let one = self.value(range)?;
                    (one, if step.is_some() { most.max(one) } else { one })
                }
            };
            // Sunday is the last day of the week, too.
            let week = self == Self::Weekday;
            let to = if week && to == 0 && from > 0 { 7 } else { to };
            if from < least || to > most + u32::from(week) || from > to {
                return None;
            }
            set |= bits(from, to, step.unwrap_or(1));
        }
        if self == Self::Weekday {
            set = (set | set >> 7) & self.whole();
        }
        Some(set)
    }
}

fn bits(from: u32, to: u32, step: usize) -> u64 {
    (from..=to).step_by(step).fold(0, |set, bit| set | 1 << bit)
}

impl Cron {
    /// As it was written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The values of a field in order; `None` where it does not matter.
    #[must_use]
    pub fn values(&self, field: Field) -> Option<Vec<u32>> {
        let set = self.sets[field as usize];
        let values = || (0..64).filter(|bit| set >> bit & 1 == 1).collect();
        (set != field.whole()).then(values)
    }

    /// Which of its weekdays in a month is meant, from 1, where the days of the month say so.
    #[must_use]
    pub fn nth(&self) -> Option<u32> {
        nth(self.sets[Field::Day as usize])
    }

    /// The first turn in `zone` later than `after`. The iterator is only asked about civil time.
    #[must_use]
    pub fn turn_after(&self, zone: Tz, after: Millis) -> Option<Turn> {
        let civil = shown(zone, after)?;
        // An hour earlier, because a civil time just passed may be one that a gap has moved forward.
        let from = DateTime::<Utc>::from_naive_utc_and_offset(civil - TimeDelta::hours(1), Utc);
        self.schedule
            .after(&from)
            .take(10_000)
            .map(|civil| Turn::of(zone, civil.naive_utc()))
            .find(|turn| turn.at > after)
    }

    /// When it is due next after `after`.
    #[must_use]
    pub fn next_after(&self, zone: Tz, after: Millis) -> Option<Millis> {
        self.turn_after(zone, after).map(|turn| turn.at)
    }
}

fn nth(days: u64) -> Option<u32> {
    (1..=4).find(|nth| days == bits(7 * nth - 6, 7 * nth, 1))
}

impl Turn {
    /// The turn of a civil time.
    #[must_use]
    pub fn of(zone: Tz, civil: NaiveDateTime) -> Self {
        let (first, last) = instants(zone, civil);
        let change = if first != last {
            Change::Once
        } else if shown(zone, first) == Some(civil) {
            Change::None
        } else {
            Change::Moved
        };
        Self {
            civil,
            at: first,
            change,
        }
    }
}

impl FromStr for Cron {
    type Err = Wrong;

    fn from_str(text: &str) -> Result<Self, Wrong> {
        let mut fields: Vec<&str> = text.split_whitespace().collect();
        if !(5..=6).contains(&fields.len()) {
            return Err(Wrong::Fields(fields.len()));
        }
        let text = fields.join(" ");
        if fields.len() == 5 {
            fields.insert(0, "0");
        }
        let mut sets = [0; 6];
        for (field, written) in Field::ALL.into_iter().zip(&fields) {
            let set = field.read(written);
            sets[field as usize] =
                set.ok_or_else(|| Wrong::Field(field, written.chars().take(20).collect()))?;
        }
        let [.., days, months, weekdays] = sets;
        let restricted = |field: Field| sets[field as usize] != field.whole();
        if restricted(Field::Day)
            && restricted(Field::Weekday)
            && (nth(days).is_none() || weekdays.count_ones() != 1)
        {
            return Err(Wrong::Days);
        }
        let longest = |month: u32| match month {
            2 => 29,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        let mut in_months = (1..=12).filter(|month| months >> month & 1 == 1);
        if !in_months.any(|month| days & bits(1, longest(month), 1) != 0) {
            return Err(Wrong::Never);
        }
        // The crate counts Sunday as 1.
        let spoken = Field::ALL.map(|field| {
            let set = sets[field as usize];
            let shift = u32::from(field == Field::Weekday);
            let values = (0..64u32).filter(|bit| set >> bit & 1 == 1);
            let values: Vec<String> = values.map(|value| (value + shift).to_string()).collect();
            if restricted(field) {
                values.join(",")
            } else {
                "*".to_owned()
            }
        });
        let schedule = Schedule::from_str(&spoken.join(" ")).map_err(|_| Wrong::Never)?;
        Ok(Self {
            text,
            sets,
            schedule,
        })
    }
}

impl TryFrom<String> for Cron {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse().map_err(|wrong: Wrong| {
            format!(
                "\"{text}\" is no cron expression: {wrong}; it has 5 fields (minute hour day month weekday), or 6 with the \
                 seconds first, such as \"0 30 3 * * *\" for every night at 3:30"
            )
        })
    }
}

impl std::fmt::Display for Wrong {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Fields(count) => write!(out, "{count} fields"),
            Self::Field(field, text) => write!(out, "\"{text}\" is no {field:?}"),
            Self::Days => out.write_str("days of the month and weekdays together"),
            Self::Never => out.write_str("there is no such day"),
        }
    }
}

#[cfg(test)]
mod tests;
