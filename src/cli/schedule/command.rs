//! What can be typed after `glas schedule`.

use clap::{Args, Subcommand};

use crate::cli::drafts::By;

/// `glas schedule` alone, or with what is to be done.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Options {
    /// One JSON array.
    #[arg(long)]
    pub(super) json: bool,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

/// One schedule, and who acts.
#[derive(Debug, Args)]
pub struct One {
    /// Its name or its number.
    #[arg(value_name = "NAME")]
    pub(super) schedule: String,
    #[command(flatten)]
    pub(super) by: By,
}

/// The subcommands of `glas schedule`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a schedule: what comes again or once, drawn up from a template each time.
    Add {
        /// What it is called: letters, digits, hyphens and dots.
        #[arg(value_name = "NAME")]
        schedule: String,
        /// When, as a cron expression: minute hour day month weekday, "30 7 * * 2" for every
        /// Tuesday at 7:30.
        #[arg(long, value_name = "EXPRESSION", conflicts_with = "at")]
        cron: Option<String>,
        /// When, once: "2026-12-01 10:00".
        #[arg(long, value_name = "TIME")]
        at: Option<String>,
        /// The zone whose clock is meant; by default the city's.
        #[arg(long, value_name = "ZONE")]
        zone: Option<String>,
        /// The template, as for `glas alert new`.
        template: String,
        /// Its facts, as for `glas alert new`; times count from each time it goes out.
        #[arg(value_name = "NAME=VALUE")]
        facts: Vec<String>,
        /// An exercise: for operators and volunteers alone.
        #[arg(long)]
        drill: bool,
        /// Who makes it.
        #[command(flatten)]
        by: By,
    },
    /// Show what a schedule will send next, for how many, and what was done with it.
    Show {
        /// Its name or its number.
        #[arg(value_name = "NAME")]
        schedule: String,
    },
    /// Stop following a schedule for a while.
    Pause(One),
    /// Follow it again; what it missed meanwhile is not sent.
    Resume(One),
    /// Take it away.
    Remove(One),
    /// Let the whole series of another's schedule go out without a second person each time.
    Approve {
        /// Its number, as `glas schedule show` tells it.
        number: String,
        /// Who approves.
        #[command(flatten)]
        by: By,
    },
    /// Leave out what came too late.
    Skip(One),
}
