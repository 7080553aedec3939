//! Who hears from us: addresses, what they subscribe to, and how whole lists come in.

pub mod bearer;
pub mod crowd;
pub mod import;
pub mod permit;
pub mod store;
pub mod suppression;

use serde::{Deserialize, Serialize};

use crate::base::point::Spot;
use crate::city::Set;

/// How often an address wants to hear from us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Cadence {
    /// As it happens.
    Now,
    /// Gathered once a day.
    Daily,
    /// Gathered once a week.
    Weekly,
}

impl Cadence {
    /// The word that the database and import files use.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Now => "now",
            Self::Daily => "daily",
            Self::Weekly => "weekly",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Now, Self::Daily, Self::Weekly]
            .into_iter()
            .find(|cadence| cadence.word() == word)
    }
}

/// What an address wants to hear.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Wish {
    /// Where.
    pub districts: Set,
    /// Where exactly, when a point was chosen; the districts are then those that it touches.
    pub spot: Option<Spot>,
    /// About what.
    pub topics: Set,
    /// From which severity on: 0 (minor or unknown) to 3 (extreme).
    pub least_severity: i64,
    /// How often.
    pub cadence: Cadence,
    /// The hour of a digest in the city's time, 0 to 23.
    pub hour: i64,
    /// The day of a weekly digest, 1 (Monday) to 7 (ISO 8601).
    pub weekday: i64,
}

impl Wish {
    /// Everything in the whole city, at once.
    pub const EVERYTHING: Self = Self {
        districts: Set::ALL,
        spot: None,
        topics: Set::ALL,
        least_severity: 0,
        cadence: Cadence::Now,
        hour: 8,
        weekday: 1,
    };
}
