//! Who hears from us: addresses, what they subscribe to, and how whole lists come in.

pub mod import;
pub mod store;

use crate::city::Set;

/// How often an address wants to hear from us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wish {
    /// Where.
    pub districts: Set,
    /// About what.
    pub topics: Set,
    /// From which severity on: 0 (minor or unknown) to 3 (extreme).
    pub least_severity: i64,
    /// How often.
    pub cadence: Cadence,
}

impl Wish {
    /// Everything in the whole city, at once: what one word from a newcomer asks for.
    pub const EVERYTHING: Self = Self {
        districts: Set::ALL,
        topics: Set::ALL,
        least_severity: 0,
        cadence: Cadence::Now,
    };
}
