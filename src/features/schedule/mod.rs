//! What goes out by the calendar: reminders that come again, and what is sent once at its time.

pub mod drawn;
pub mod fire;
pub mod letters;
pub mod office;
pub mod rules;
pub mod store;
pub mod told;

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::base::clock::Millis;
use crate::features::alert::draft::words;
use crate::features::alert::template::Template;
use crate::message::Words;
use rules::Rule;

words! {
    /// Whether a schedule is followed.
    State {
        /// It is.
        On = "on",
        /// Not until somebody resumes it.
        Paused = "paused",
        /// It has no further occurrence.
        Done = "done",
        /// Somebody took it away.
        Removed = "removed",
    }
}

words! {
    /// What became of an occurrence.
    Outcome {
        /// It went out at its time.
        Sent = "sent",
        /// It waits for a second person.
        Waits = "waits",
        /// It came too late, and somebody was asked.
        Asked = "asked",
        /// It came too late, and what it tells was over by then.
        Over = "over",
        /// It could not go out.
        Failed = "failed",
    }
}

/// What is drawn up at each occurrence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct What {
    /// The template.
    pub template: Template,
    /// Its facts as `name=value`; times are read as of the occurrence.
    pub facts: Vec<String>,
    /// An exercise: for operators and volunteers alone.
    #[serde(default)]
    pub drill: bool,
}

/// A schedule.
#[derive(Debug, Clone)]
pub struct Schedule {
    /// Its id; one that says something else has another.
    pub id: i64,
    /// What people call it.
    pub name: String,
    /// When.
    pub rule: Rule,
    /// In which zone's time.
    pub zone: Tz,
    /// What.
    pub what: What,
    /// Who made it.
    pub author: String,
    /// Who let the whole series go out.
    pub approver: Option<String>,
    /// Whether it is followed.
    pub state: State,
    /// When it is due next.
    pub next: Option<Millis>,
    /// The last occurrence that was dealt with.
    pub last: Option<Millis>,
    /// What became of it.
    pub outcome: Option<Outcome>,
    /// Why that was so.
    pub why: Option<Words>,
    /// What was drawn up for it.
    pub draft: Option<i64>,
    /// How often somebody was asked about it.
    pub asks: i64,
}

impl Schedule {
    /// What the record calls it.
    #[must_use]
    pub fn object(&self) -> String {
        format!("schedule:{}", self.id)
    }

    /// Who acts where it does by itself.
    #[must_use]
    pub fn actor(&self) -> String {
        format!("schedule:{}", self.name)
    }
}
