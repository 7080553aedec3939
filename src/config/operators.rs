//! The `[alerts]` and `[[operator]]` tables of `bot.toml`: who works with alerts, in which role, and
//! when a second person must look.

use std::num::NonZeroU32;

use serde::Deserialize;

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
}
