//! `glas retention`: what has had its time is removed, or shown before.

use clap::Subcommand;
use serde_json::json;

use super::words::Words;
use crate::base::clock::{Clock, Millis};
use crate::base::id;

use crate::features::privacy::sweep::{self, Swept};
use crate::message::{Arg, say, say_with};
use crate::schedule;

/// The subcommands of `glas retention`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Remove now what has had its time, as the schedule does.
    Run {
        /// Only say what would go.
        #[arg(long)]
        dry_run: bool,
        /// One JSON object.
        #[arg(long)]
        json: bool,
        /// Judge as of this moment (RFC 3339) instead of now; only with --dry-run.
        #[arg(long = "at", value_name = "TIME", value_parser = Millis::parse_rfc3339, requires = "dry_run")]
        at: Option<Millis>,
    },
    /// Say what the last runs removed.
    Report {
        /// One JSON array.
        #[arg(long)]
        json: bool,
    },
}

/// Runs that a report shows.
const RUNS: i64 = 14;

/// Runs a subcommand.
///
/// # Errors
/// When the database is away.
pub async fn run(words: &Words, command: Command) -> anyhow::Result<bool> {
    match command {
        Command::Run {
            dry_run: true,
            json,
            at,
        } => {
            let db = words.loaded.database().await?;
            let now = at.unwrap_or_else(|| Clock::system().now());
            let all = sweep::foresee(&db, &words.loaded.config.privacy, now).await?;
            db.close().await;
            show(words, &all, (now, true), json)?;
            Ok(true)
        }
        Command::Run { json, .. } => remove(words, json).await,
        Command::Report { json } => report(words, json).await,
    }
}

async fn remove(words: &Words, json: bool) -> anyhow::Result<bool> {
    let db = words.loaded.database().await?;
    let lease = schedule::retention_lease(id::random());
    let mut tx = db.begin().await?;
    let ours = lease.take(&mut tx).await?;
    tx.commit().await?;
    if !ours {
        words.say(&say("retention-elsewhere"))?;
        return Ok(false);
    }
    let now = Clock::system().now();
    let swept = sweep::sweep(&db, &words.loaded.config.privacy, &lease, now).await;
    lease.give_back(&db).await?;
    db.close().await;
    let Some(all) = swept? else {
        words.say(&say("retention-elsewhere"))?;
        return Ok(false);
    };
    show(words, &all, (now, false), json)?;
    Ok(true)
}

fn show(
    words: &Words,
    all: &[Swept],
    (now, dry_run): (Millis, bool),
    json: bool,
) -> anyhow::Result<()> {
    if json {
        let classes: Vec<_> = (all.iter())
            .map(|it| json!({"class": it.class, "before": it.before.rfc3339(), "removed": it.removed}))
            .collect();
        let whole = json!({"at": now.rfc3339(), "dry_run": dry_run, "classes": classes});
        println!("{whole}");
        return Ok(());
    }
    words.say(&if dry_run {
        say("retention-would")
    } else {
        say("retention-went")
    })?;
    let mut lines = vec![];
    for it in all {
        let before = [("at", Arg::Time(it.before))];
        lines.push([
            words.word(&it.class.name())?,
            number(words, it.removed)?,
            words.word(&say_with("retention-before", before))?,
        ]);
    }
    print(&lines);
    Ok(())
}

async fn report(words: &Words, json: bool) -> anyhow::Result<bool> {
    let db = words.loaded.database().await?;
    let mut tx = db.read().await?;
    let rows = sweep::runs(&mut tx, RUNS).await?;
    drop(tx);
    db.close().await;
    let runs = rows.chunk_by(|one, other| one.0 == other.0);
    if json {
        let runs: Vec<_> = runs
            .map(|run| {
                let classes: Vec<_> = (run.iter())
                    .map(|(_, class, removed)| json!({"class": class, "removed": removed}))
                    .collect();
                json!({"at": run[0].0.rfc3339(), "classes": classes})
            })
            .collect();
        println!("{}", serde_json::Value::from(runs));
        return Ok(true);
    }
    if rows.is_empty() {
        words.say(&say("retention-never"))?;
    }
    for run in runs {
        words.say(&say_with("retention-run", [("at", Arg::Time(run[0].0))]))?;
        let mut lines = vec![];
        for (_, class, removed) in run.iter().filter(|(.., removed)| *removed > 0) {
            lines.push([
                words.word(&class.name())?,
                number(words, *removed)?,
                String::new(),
            ]);
        }
        if lines.is_empty() {
            words.say(&say("retention-nothing"))?;
        }
        print(&lines);
    }
    Ok(true)
}

fn number(words: &Words, number: i64) -> anyhow::Result<String> {
    words.word(&say_with(
        "retention-number",
        [("number", Arg::Number(number))],
    ))
}

/// Prints lines of three columns, the second one to the right.
fn print(lines: &[[String; 3]]) {
    let width = |column: usize| {
        lines
            .iter()
            .map(|line| line[column].chars().count())
            .max()
            .unwrap_or(0)
    };
    let (first, second) = (width(0), width(1));
    for [name, number, rest] in lines {
        println!(
            "{}",
            format!("  {name:<first$}  {number:>second$}  {rest}").trim_end()
        );
    }
}
