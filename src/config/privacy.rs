//! The `[privacy]` table of `bot.toml`: when what is kept is looked through, and how long each class of it is kept.

use std::str::FromStr;

use cron::Schedule;
use serde::Deserialize;

/// The `[privacy]` table; what is absent is as it stands here.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PrivacySettings {
    /// When what has had its time is removed, in the city's time.
    pub retention: Cron,
    /// Marks of events already taken. Networks offer an event again for a day.
    pub events_days: Time<2>,
    /// Forms, from when they were last touched. They outlast a pause of a week.
    pub forms_days: Time<8>,
    /// Requests by mail that nobody confirmed, from the last mail about them.
    pub requests_days: Time<1>,
    /// Requests by mail that were confirmed.
    pub confirmed_requests_days: Time<1>,
    /// Letters to one person, from when they arrived or were given up.
    pub answers_days: Time<1>,
    /// Who got which broadcast, from the end of its letter's time; the numbers stay.
    pub deliveries_days: Time<1>,
    /// Addresses that were never subscribed, from when they first wrote.
    pub visitors_days: Time<1>,
    /// Counts of requests by source.
    pub quotas_days: Time<1>,
    /// What programs asked for once: for so long a repeat does nothing.
    pub replays_days: Time<1>,
    /// Addresses that left, stopped or are gone.
    pub departed_months: Time<1>,
    /// Reports on what was removed.
    pub reports_months: Time<1>,
}

impl Default for PrivacySettings {
    fn default() -> Self {
        Self {
            retention: Cron::daily(),
            events_days: Time(14),
            forms_days: Time(30),
            requests_days: Time(7),
            confirmed_requests_days: Time(30),
            answers_days: Time(30),
            deliveries_days: Time(90),
            visitors_days: Time(30),
            quotas_days: Time(2),
            replays_days: Time(2),
            departed_months: Time(24),
            reports_months: Time(24),
        }
    }
}

/// The longest time that a class may be kept, in its own unit.
const LONGEST: u32 = 3650;

/// A time in days or months, at least `LEAST` of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "u32")]
pub struct Time<const LEAST: u32>(u32);

impl<const LEAST: u32> Time<LEAST> {
    /// How many.
    #[must_use]
    pub fn get(self) -> u32 {
        self.0
    }
}

impl<const LEAST: u32> TryFrom<u32> for Time<LEAST> {
    type Error = String;

    fn try_from(number: u32) -> Result<Self, Self::Error> {
        if (LEAST..=LONGEST).contains(&number) {
            Ok(Self(number))
        } else {
            Err(format!("this time is a number from {LEAST} to {LONGEST}"))
        }
    }
}

/// A cron expression of the usual five fields, or of six with the seconds first; Sunday is 0 or 7.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "String")]
pub struct Cron(Schedule);

impl Cron {
    /// When it is due.
    #[must_use]
    pub fn schedule(&self) -> &Schedule {
        &self.0
    }

    /// Every night at 3:30.
    fn daily() -> Self {
        const DAILY: &str = "0 30 3 * * *";
        Self(Schedule::from_str(DAILY).unwrap_or_else(|_| unreachable!("{DAILY} is a schedule")))
    }
}

impl TryFrom<String> for Cron {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let wrong = || {
            format!(
                "\"{text}\" is no cron expression: it has 5 fields (minute hour day month weekday), or 6 with the \
                 seconds first, such as \"0 30 3 * * *\" for every night at 3:30"
            )
        };
        let mut fields: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
        if fields.len() == 5 {
            fields.insert(0, "0".to_owned());
        }
        if fields.len() != 6 {
            return Err(wrong());
        }
        let days = fields.pop().and_then(|days| weekdays(&days));
        fields.push(days.ok_or_else(wrong)?);
        let schedule = Schedule::from_str(&fields.join(" ")).map_err(|_| wrong())?;
        Ok(Self(schedule))
    }
}

/// Days of the week by name: the crate counts Sunday as 1, everybody else as 0 or 7.
fn weekdays(field: &str) -> Option<String> {
    const NAMES: [&str; 8] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let name = |day: &str| match day.parse::<usize>() {
        Ok(number) => NAMES.get(number).map(|name| (*name).to_owned()),
        Err(_) => Some(day.to_owned()),
    };
    let one = |part: &str| {
        let (days, step) = part
            .split_once('/')
            .map_or((part, None), |(days, step)| (days, Some(step)));
        let ends: Option<Vec<String>> = days.split('-').map(name).collect();
        let days = ends?.join("-");
        Some(step.map_or(days.clone(), |step| format!("{days}/{step}")))
    };
    let parts: Option<Vec<String>> = field.split(',').map(one).collect();
    Some(parts?.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cron(text: &str) -> Result<Vec<String>, String> {
        let cron = Cron::try_from(text.to_owned())?;
        // 2027-01-01 is a Friday.
        let from = chrono::DateTime::from_timestamp(1_798_761_600, 0).ok_or("no time")?;
        let times = cron.schedule().after(&from).take(3);
        Ok(times
            .map(|at| at.format("%a %d %H:%M:%S").to_string())
            .collect())
    }

    #[test]
    fn five_fields_and_six_are_understood_and_sunday_is_zero_or_seven() {
        let nights = ["Fri 01 03:30:00", "Sat 02 03:30:00", "Sun 03 03:30:00"].map(str::to_owned);
        assert_eq!(cron("30 3 * * *"), Ok(nights.to_vec()));
        assert_eq!(cron("0 30 3 * * *"), Ok(nights.to_vec()));
        let sundays = ["Sun 03 03:30:15", "Sun 10 03:30:15", "Sun 17 03:30:15"].map(str::to_owned);
        for day in ["0", "7", "Sun"] {
            assert_eq!(cron(&format!("15 30 3 * * {day}")), Ok(sundays.to_vec()));
        }
        let week = ["Fri 01 04:00:00", "Mon 04 04:00:00", "Tue 05 04:00:00"].map(str::to_owned);
        assert_eq!(cron("0 4 * * 1-5"), Ok(week.to_vec()));
    }

    #[test]
    fn what_is_no_time_is_refused_in_words() {
        for text in [
            "",
            "3:30",
            "* * * *",
            "0 61 3 * * *",
            "30 3 * * 8",
            "0 0 0 1 1 * 2027",
        ] {
            let said = cron(text).expect_err(text);
            assert!(said.contains("is no cron expression"), "{said}");
        }
        assert!(Time::<8>::try_from(7).is_err() && Time::<8>::try_from(8).is_ok());
        assert!(Time::<1>::try_from(3651).is_err());
    }
}
