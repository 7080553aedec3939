//! What can be typed after `glas alert` about drafts.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::features::alert::template::Wrong;

/// Who acts.
#[derive(Debug, Args)]
pub struct By {
    /// The operator of bot.toml who acts; without it whoever is logged in, as an administrator.
    #[arg(long = "as", value_name = "NAME")]
    pub(super) name: Option<String>,
}

/// One draft, and who acts.
#[derive(Debug, Args)]
pub struct One {
    /// The number of the draft.
    pub(super) id: i64,
    #[command(flatten)]
    pub(super) by: By,
    /// Refuse when the draft has another revision by now.
    #[arg(long)]
    pub(super) revision: Option<i64>,
}

/// The subcommands of `glas alert` about drafts.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write a draft: a template with its facts, or a CAP file.
    New {
        /// The template: water, heating, power, road, air, storm, flood, school, evacuation, event,
        /// all-clear or free.
        #[arg(required_unless_present = "cap")]
        template: Option<String>,
        /// Its facts as NAME=VALUE: place, line, from, until, contact, cause, number, about,
        /// text.bg, text.en, severity.
        #[arg(value_name = "NAME=VALUE")]
        facts: Vec<String>,
        /// A CAP file instead.
        #[arg(long, value_name = "FILE", conflicts_with = "template")]
        cap: Option<PathBuf>,
        /// An exercise: for operators and volunteers alone.
        #[arg(long, conflicts_with = "cap")]
        drill: bool,
        /// Who writes it.
        #[command(flatten)]
        by: By,
    },
    /// Change some facts of a draft of yours; it is submitted again then.
    Edit {
        /// Which, and who acts.
        #[command(flatten)]
        one: One,
        /// The facts that change, as for a new one; an empty value takes one back.
        #[arg(value_name = "NAME=VALUE", required = true)]
        facts: Vec<String>,
    },
    /// Write a draft with new facts about an alert that went out.
    Update {
        /// Our number of the alert, or the sender's identifier.
        alert: String,
        /// The template, as for a new one.
        template: String,
        /// Its facts, as for a new one.
        #[arg(value_name = "NAME=VALUE")]
        facts: Vec<String>,
        /// Who writes it.
        #[command(flatten)]
        by: By,
    },
    /// Tell everybody whom an alert reached that it is over; goes out at once.
    Cancel {
        /// Our number of the alert, or the sender's identifier.
        alert: String,
        /// Who does it.
        #[command(flatten)]
        by: By,
    },
    /// Tell everybody whom an alert reached that it was wrong; goes out at once.
    Correct {
        /// Our number of the alert, or the sender's identifier.
        alert: String,
        /// What was wrong.
        #[arg(long, value_parser = wrong, default_value = "mistake", value_name = "mistake|place|drill")]
        wrong: Wrong,
        /// Who does it.
        #[command(flatten)]
        by: By,
    },
    /// Take up what a feed left for a person: it becomes a draft of yours.
    Take {
        /// The number that the list of drafts shows.
        id: i64,
        /// Who takes it.
        #[command(flatten)]
        by: By,
    },
    /// List what is being written or waits, and what feeds left for a person.
    Drafts,
    /// Show what a draft will look like on every channel, and for how many it is.
    Preview {
        /// The number of the draft.
        id: i64,
    },
    /// Submit a draft: it goes out, or waits for a second person.
    Submit(One),
    /// Let another's draft go out.
    Approve {
        /// Which, and who acts.
        #[command(flatten)]
        one: One,
        /// The city's name, where the draft concerns more than half of it.
        #[arg(long, value_name = "CITY")]
        confirm: Option<String>,
    },
    /// Give another's draft back.
    Return {
        /// Which, and who acts.
        #[command(flatten)]
        one: One,
        /// Why.
        #[arg(long)]
        reason: String,
    },
    /// Stop another's draft.
    Reject {
        /// Which, and who acts.
        #[command(flatten)]
        one: One,
        /// Why.
        #[arg(long)]
        reason: String,
    },
    /// Send alone what takes two people; everybody who could have approved is told.
    BreakGlass {
        /// Which, and who acts.
        #[command(flatten)]
        one: One,
        /// Why it cannot wait.
        #[arg(long)]
        reason: String,
    },
}

/// A reason of [`Command::Correct`].
fn wrong(code: &str) -> Result<Wrong, String> {
    let known = Wrong::ALL.into_iter().find(|wrong| wrong.code() == code);
    known.ok_or_else(|| "mistake, place or drill".to_owned())
}
