//! `glas audit`: who did what with alerts, the history of one, and whether the record is whole.

use std::io::Write as _;

use clap::{Args, ValueEnum};

use super::words::Words;
use crate::features::alert::draft::store as drafts;
use crate::features::alert::store as alerts;
use crate::features::audit::{self, Broken, Entry};
use crate::message::{Arg, Words as Say, say, say_with, say_with_text};
use crate::store::Tx;

/// What `glas audit` takes.
#[derive(Debug, Args)]
pub struct Options {
    /// Only say whether it is whole: nothing changed, removed or reordered.
    #[arg(value_enum, conflicts_with_all = ["of", "json"])]
    what: Option<What>,
    /// The same as `verify`.
    #[arg(long, hide = true, conflicts_with_all = ["of", "json"])]
    verify: bool,
    /// Only what was done with one draft, alert or schedule, in words.
    #[arg(long, value_name = "draft:ID|alert:ID|schedule:ID")]
    of: Option<String>,
    /// One JSON object an entry.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    Verify,
}

/// Prints the record or a part of it, or says whether it is whole.
///
/// # Errors
/// When the database is away or a word is missing.
pub async fn run(words: &Words, options: &Options) -> anyhow::Result<bool> {
    let db = words.loaded.database().await?;
    let mut tx = db.read().await?;
    let good = match &options.of {
        Some(of) => history(words, &mut tx, of, options.json).await?,
        None if options.verify || options.what == Some(What::Verify) => {
            verify(words, &mut tx).await?
        }
        None => {
            all(words, &mut tx, options.json).await?;
            true
        }
    };
    drop(tx);
    db.close().await;
    Ok(good)
}

async fn verify(words: &Words, tx: &mut Tx) -> anyhow::Result<bool> {
    let number = |number: i64| [("number", Arg::Text(number.to_string()))];
    let (good, line) = match audit::verify(tx).await? {
        Ok((0, _)) => (true, say("audit-empty")),
        Ok((count, hash)) => {
            let told = [("count", Arg::Number(count)), ("hash", Arg::Text(hash))];
            (true, say_with("audit-good", told))
        }
        Err(Broken::Changed(entry)) => (false, say_with("audit-changed", number(entry))),
        Err(Broken::Missing(entry)) => (false, say_with("audit-missing", number(entry))),
        Err(Broken::End) => (false, say("audit-end")),
    };
    words.say(&line)?;
    Ok(good)
}

async fn all(words: &Words, tx: &mut Tx, json: bool) -> anyhow::Result<()> {
    let mut after = 0;
    loop {
        let entries = audit::page(tx, after).await?;
        let Some(last) = entries.last() else { break };
        after = last.number;
        for entry in &entries {
            if json {
                as_json(entry)?;
                continue;
            }
            let text = |text: &String| Arg::Text(text.clone());
            words.say(&say_with(
                "audit-line",
                [
                    ("number", Arg::Text(entry.number.to_string())),
                    ("at", Arg::Time(entry.at)),
                    ("actor", text(&entry.actor)),
                    ("act", text(&entry.act)),
                    ("object", text(&entry.object)),
                    ("detail", text(&entry.detail)),
                ],
            ))?;
        }
    }
    if after == 0 && !json {
        words.say(&say("audit-empty"))?;
    }
    Ok(())
}

fn as_json(entry: &Entry) -> anyhow::Result<()> {
    writeln!(std::io::stdout(), "{}", serde_json::to_string(entry)?)?;
    Ok(())
}

/// What was done with one thing, in the order in which it was done; of an alert also what was done
/// with the drafts about it. False when there is nothing.
async fn history(words: &Words, tx: &mut Tx, of: &str, json: bool) -> anyhow::Result<bool> {
    let mut objects = vec![of.to_owned()];
    if let Some(alert) = of.strip_prefix("alert:")
        && let Some(kept) = alerts::look_up(tx, alert).await?
    {
        let drafts = drafts::of_alert(tx, kept.id).await?;
        objects.extend(drafts.iter().map(|id| format!("draft:{id}")));
    }
    let mut entries = vec![];
    for object in &objects {
        entries.extend(audit::of(tx, object).await?);
    }
    entries.sort_by_key(|entry| entry.number);
    if entries.is_empty() {
        words.say(&say_with_text("history-nothing", of))?;
        return Ok(false);
    }
    let mut draft = "";
    for entry in &entries {
        if json {
            as_json(entry)?;
            continue;
        }
        if objects.len() > 1 && draft != entry.object {
            draft = &entry.object;
            words.say(&say_with_text("history-of", draft))?;
        }
        words.say(&told(entry))?;
    }
    Ok(true)
}

/// An entry as a sentence: who did what, why, and which alert it became.
pub(super) fn told(entry: &Entry) -> Say {
    // Older entries say after the alert how many it was for.
    let sent = entry.detail.strip_prefix("alert:");
    let sent = sent.and_then(|rest| rest.split(' ').next());
    let act = match (entry.act.as_str(), sent) {
        ("new", _) => say("history-new"),
        ("update", _) => say("history-update"),
        ("cancel", _) => say("history-cancel"),
        ("correction", _) => say("history-correction"),
        ("drill", _) => say("history-drill"),
        ("submit", None) => say("history-submit"),
        ("submit", Some(_)) => say("history-send"),
        ("approve", _) => say("history-approve"),
        ("return", _) => say("history-return"),
        ("reject", _) => say("history-reject"),
        ("break-glass", _) => say("history-break-glass"),
        ("skip" | "leave-out", _) => say("schedule-history-skip"),
        ("schedule", _) => say("schedule-history-add"),
        ("pause", _) => say("schedule-history-pause"),
        ("resume", _) => say("schedule-history-resume"),
        ("remove", _) => say("schedule-history-remove"),
        ("fire", _) => say("schedule-history-fire"),
        ("late", _) => say("schedule-history-late"),
        ("failed", _) => say("schedule-history-failed"),
        ("over", _) => say("schedule-history-over"),
        (other, _) => Say::Verbatim(other.to_owned()),
    };
    let decided = matches!(entry.act.as_str(), "return" | "reject" | "break-glass");
    let who = [
        ("at", Arg::Time(entry.at)),
        ("actor", Arg::Text(entry.actor.clone())),
        ("act", Arg::Words(Box::new(act))),
    ];
    let [at, actor, act] = who;
    match sent {
        Some(alert) => {
            let alert = ("alert", Arg::Text(alert.to_owned()));
            say_with("history-sent", [at, actor, act, alert])
        }
        None if decided && !entry.detail.is_empty() => {
            let reason = ("reason", Arg::Text(entry.detail.clone()));
            say_with("history-why", [at, actor, act, reason])
        }
        None => say_with("history-line", [at, actor, act]),
    }
}
