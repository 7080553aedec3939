//! The `[alerts]` and `[[operator]]` tables of `bot.toml`: who works with alerts, in which role, and
//! when a second person must look.

use std::num::NonZeroU32;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::base::bearer::Hash;

/// The `[alerts]` table; what is absent is as it stands here.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AlertSettings {
    /// The sender in CAP messages that begin here: the city's own name among machines.
    pub sender: String,
    /// An audience above this many addresses needs a second person, whatever the severity.
    pub second_person_above: i64,
    /// Minutes after which whoever can approve is called again.
    pub call_again_minutes: NonZeroU32,
    /// How many calls go out before administrators are called, too.
    pub calls_before_administrators: u32,
}

impl Default for AlertSettings {
    fn default() -> Self {
        Self {
            sender: "glas".to_owned(),
            second_person_above: 10_000,
            call_again_minutes: NonZeroU32::MIN.saturating_add(4),
            calls_before_administrators: 2,
        }
    }
}

/// What somebody may do with alerts; each may also do what those before may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Looks at drafts, reports and the record.
    Viewer,
    /// Writes drafts and submits them.
    Moderator,
    /// Sends what needs no second person; cancels, corrects, drills; breaks the glass.
    Publisher,
    /// Approves, returns and rejects what others submitted.
    Approver,
    /// Is called when nobody else answers.
    Administrator,
}

/// One `[[operator]]` table: a person with their accounts, or everybody with a role on Discord.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OperatorSettings {
    /// The name in the record; two accounts of one person have one name.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Their Telegram account.
    pub telegram: Option<i64>,
    /// Their Discord account.
    pub discord: Option<u64>,
    /// A role of the Discord server: everybody who has it, each under their own number.
    pub discord_role: Option<u64>,
    /// The hash of the token that a program of theirs shows.
    pub token: Option<Hash>,
    /// The last day on which the token is good, in the city's time.
    pub expires: Option<Day>,
    /// What the token is good for, within what the role may do.
    #[serde(default)]
    pub scopes: Vec<Scope>,
}

/// What a token may be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// Looking at drafts, alerts and reports.
    Read,
    /// Writing drafts and submitting them to a second person.
    Draft,
    /// Letting go out what needs no second person: then submitting sends it.
    Send,
    /// Approving, returning and rejecting what others submitted.
    Decide,
    /// Sending alone what needs two.
    BreakGlass,
}

impl Scope {
    /// Every scope.
    pub const ALL: [Self; 5] = [
        Self::Read,
        Self::Draft,
        Self::Send,
        Self::Decide,
        Self::BreakGlass,
    ];

    /// Its word in `bot.toml` and among machines.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Draft => "draft",
            Self::Send => "send",
            Self::Decide => "decide",
            Self::BreakGlass => "break-glass",
        }
    }

    /// The scope of this word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.word() == word)
    }
}

impl Role {
    /// Every role, the least first.
    pub const ALL: [Self; 5] = [
        Self::Viewer,
        Self::Moderator,
        Self::Publisher,
        Self::Approver,
        Self::Administrator,
    ];

    /// Its word in `bot.toml` and among machines.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Moderator => "moderator",
            Self::Publisher => "publisher",
            Self::Approver => "approver",
            Self::Administrator => "administrator",
        }
    }

    /// The role of this word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }
}

/// A day of the calendar, written `2027-06-30`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Day(pub NaiveDate);

impl TryFrom<String> for Day {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let day = NaiveDate::parse_from_str(&text, "%Y-%m-%d");
        day.map(Self)
            .map_err(|_| "a day is written \"2027-06-30\", with quotes")
    }
}
