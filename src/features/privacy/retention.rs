//! How long each class of what is kept is kept: a table, and nothing else.

use serde::{Serialize, Serializer};

use crate::base::clock::Millis;
use crate::config::privacy::PrivacySettings;
use crate::message::{Words, say};

/// A class of what is kept about people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Addresses that left, stopped or are gone, with their choice and their consents.
    Departed,
    /// Addresses that wrote and never subscribed.
    Visitors,
    /// Marks of events already taken.
    Events,
    /// Forms that nobody has touched.
    Forms,
    /// Requests by mail that nobody confirmed.
    Requests,
    /// Requests by mail that were confirmed.
    ConfirmedRequests,
    /// Letters to one person.
    Answers,
    /// Who got which broadcast.
    Deliveries,
    /// Counts of requests by source.
    Quotas,
    /// What programs asked for once, with the answers.
    Replays,
    /// Reports on what was removed.
    Reports,
}

/// How long something is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// Days of 24 hours.
    Days(u32),
    /// Months of the calendar.
    Months(u32),
}

impl Kept {
    /// What is older than this has had its time.
    #[must_use]
    pub fn before(self, now: Millis) -> Millis {
        let at = now.utc().and_then(|at| match self {
            Self::Days(days) => at.checked_sub_days(chrono::Days::new(days.into())),
            Self::Months(months) => at.checked_sub_months(chrono::Months::new(months)),
        });
        at.map_or(Millis(i64::MIN), |at| Millis(at.timestamp_millis()))
    }

    /// How many of its unit.
    #[must_use]
    pub fn number(self) -> i64 {
        match self {
            Self::Days(number) | Self::Months(number) => number.into(),
        }
    }
}

impl Class {
    /// Every class, in the order in which they are looked through: an address goes only when
    /// nothing hangs on it any more, so addresses come before what hangs on them, and what a run
    /// will remove can be told before it.
    pub const ALL: [Self; 11] = [
        Self::Departed,
        Self::Visitors,
        Self::Events,
        Self::Forms,
        Self::Requests,
        Self::ConfirmedRequests,
        Self::Answers,
        Self::Deliveries,
        Self::Quotas,
        Self::Replays,
        Self::Reports,
    ];

    /// The word for it in the database and in JSON.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Departed => "departed",
            Self::Visitors => "visitors",
            Self::Events => "events",
            Self::Forms => "forms",
            Self::Requests => "requests",
            Self::ConfirmedRequests => "confirmed_requests",
            Self::Answers => "answers",
            Self::Deliveries => "deliveries",
            Self::Quotas => "quotas",
            Self::Replays => "replays",
            Self::Reports => "reports",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.code() == code)
    }

    /// How long it is kept.
    #[must_use]
    pub fn kept(self, settings: &PrivacySettings) -> Kept {
        match self {
            Self::Departed => Kept::Months(settings.departed_months.get()),
            Self::Visitors => Kept::Days(settings.visitors_days.get()),
            Self::Events => Kept::Days(settings.events_days.get()),
            Self::Forms => Kept::Days(settings.forms_days.get()),
            Self::Requests => Kept::Days(settings.requests_days.get()),
            Self::ConfirmedRequests => Kept::Days(settings.confirmed_requests_days.get()),
            Self::Answers => Kept::Days(settings.answers_days.get()),
            Self::Deliveries => Kept::Days(settings.deliveries_days.get()),
            Self::Quotas => Kept::Days(settings.quotas_days.get()),
            Self::Replays => Kept::Days(settings.replays_days.get()),
            Self::Reports => Kept::Months(settings.reports_months.get()),
        }
    }

    /// Its name for an operator.
    #[must_use]
    pub fn name(self) -> Words {
        match self {
            Self::Departed => say("retention-departed"),
            Self::Visitors => say("retention-visitors"),
            Self::Events => say("retention-events"),
            Self::Forms => say("retention-forms"),
            Self::Requests => say("retention-requests"),
            Self::ConfirmedRequests => say("retention-confirmed-requests"),
            Self::Answers => say("retention-answers"),
            Self::Deliveries => say("retention-deliveries"),
            Self::Quotas => say("retention-quotas"),
            Self::Replays => say("retention-replays"),
            Self::Reports => say("retention-reports"),
        }
    }
}

impl Serialize for Class {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_counted_in_days_and_months() {
        let at = |text: &str| Millis::parse_rfc3339(text).unwrap_or_else(|why| panic!("{why}"));
        let now = at("2028-02-29T03:30:00Z");
        assert_eq!(Kept::Days(14).before(now), at("2028-02-15T03:30:00Z"));
        assert_eq!(Kept::Months(24).before(now), at("2026-02-28T03:30:00Z"));
        assert_eq!(Kept::Months(u32::MAX).before(now), Millis(i64::MIN));
    }

    #[test]
    fn every_class_has_a_word_of_its_own_that_is_read_again() {
        for class in Class::ALL {
            assert_eq!(Class::parse(class.code()), Some(class));
        }
        assert_eq!(Class::parse("everything"), None);
    }
}
