//! The `[privacy]` table of `bot.toml`: when what is kept is looked through, and how long each class of it is kept.

use serde::Deserialize;

use crate::base::cron::Cron;

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
            retention: nightly(),
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

/// Every night at 3:30.
fn nightly() -> Cron {
    const NIGHTLY: &str = "30 3 * * *";
    NIGHTLY
        .parse()
        .unwrap_or_else(|_| unreachable!("{NIGHTLY} is a schedule"))
}

#[cfg(test)]
mod tests {
    use super::*;

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
            let said = Cron::try_from(text.to_owned()).expect_err(text);
            assert!(said.contains("is no cron expression"), "{said}");
        }
        assert!(Time::<8>::try_from(7).is_err() && Time::<8>::try_from(8).is_ok());
        assert!(Time::<1>::try_from(3651).is_err());
    }
}
