//! `glas alert new` and what follows: drafts written, looked at, submitted and decided on; and
//! `glas audit`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::alert_check;
use super::words::Words;
use crate::base::clock::{Clock, Millis};
use crate::channels;
use crate::config::operators::Role;
use crate::features::alert::draft::office::{Done, Office};
use crate::features::alert::draft::rules::Act;
use crate::features::alert::draft::{Draft, Kind, State, letters, store};
use crate::features::alert::{Alert, Status};
use crate::features::audit::{self, Broken};
use crate::message::layout::lay_out;
use crate::message::limits::Limits;
use crate::message::{Arg, Block, Lang, Letter, say, say_with};
use crate::people::permit::{Actor, Roster};

/// Who acts.
#[derive(Debug, Args)]
pub struct By {
    /// The operator of bot.toml who acts; without it whoever is logged in, as an administrator.
    #[arg(long = "as", value_name = "NAME")]
    name: Option<String>,
}

/// One draft, and who acts.
#[derive(Debug, Args)]
pub struct One {
    /// The number of the draft.
    id: i64,
    #[command(flatten)]
    by: By,
    /// Refuse when the draft has another revision by now.
    #[arg(long)]
    revision: Option<i64>,
}

/// The subcommands of `glas alert` about drafts.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write a draft from a CAP file.
    New {
        /// The file.
        #[arg(long, value_name = "FILE")]
        cap: PathBuf,
        /// Who writes it.
        #[command(flatten)]
        by: By,
    },
    /// List what is being written or waits.
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

/// Whoever is logged in may do everything: they can change the database, too.
fn actor(by: &By, roster: &Roster) -> Result<Actor, String> {
    let Some(name) = &by.name else {
        let login = ["SUDO_USER", "USER", "LOGNAME"]
            .into_iter()
            .find_map(|name| std::env::var(name).ok().filter(|login| !login.is_empty()));
        return Ok(Actor {
            name: format!("cli:{}", login.as_deref().unwrap_or("unknown")),
            role: Role::Administrator,
        });
    };
    roster.named(name).cloned().ok_or_else(|| name.clone())
}

/// Runs a subcommand.
///
/// # Errors
/// When the database is away or a word is missing; a refusal is an answer.
pub async fn run(words: &Words, command: Command) -> anyhow::Result<bool> {
    let roster = words.loaded.roster()?;
    let on = channels::on(&words.loaded.config);
    let office = Office {
        catalogue: &words.loaded.catalogue,
        city: &words.loaded.city,
        channels: &on,
        roster: &roster,
        settings: &words.loaded.config.alerts,
    };
    let now = Clock::system().now();
    match &command {
        Command::New { cap, by } => new(words, &office, cap, by, now).await,
        Command::Drafts => list(words).await,
        Command::Preview { id } => preview(words, &office, *id, now).await,
        Command::Submit(one) => act(words, &office, one, Act::Submit, now).await,
        Command::Approve { one, confirm } => {
            act(words, &office, one, Act::Approve(confirm.as_deref()), now).await
        }
        Command::Return { one, reason } => act(words, &office, one, Act::Return(reason), now).await,
        Command::Reject { one, reason } => act(words, &office, one, Act::Reject(reason), now).await,
        Command::BreakGlass { one, reason } => {
            act(words, &office, one, Act::Alone(reason), now).await
        }
    }
}

fn stranger(words: &Words, name: String) -> anyhow::Result<bool> {
    words.say(&say_with("draft-no-operator", [("name", Arg::Text(name))]))?;
    Ok(false)
}

async fn new(
    words: &Words,
    office: &Office<'_>,
    file: &std::path::Path,
    by: &By,
    now: Millis,
) -> anyhow::Result<bool> {
    let actor = match actor(by, office.roster) {
        Ok(actor) => actor,
        Err(name) => return stranger(words, name),
    };
    let alert: Alert = match alert_check::read(file) {
        Ok(alert) => alert,
        Err(reason) => {
            words.say(&say_with(
                "send-refused",
                [("reason", Arg::Words(Box::new(reason)))],
            ))?;
            return Ok(false);
        }
    };
    let kind = match (alert.status, alert.msg_type) {
        (Some(Status::Exercise), _) => Kind::Drill,
        (_, Some(crate::features::alert::MsgType::Update)) => Kind::Update,
        (_, Some(crate::features::alert::MsgType::Cancel)) => Kind::Cancel,
        _ => Kind::New,
    };
    let db = words.loaded.database().await?;
    let mut tx = db.begin().await?;
    let done = office
        .file(&mut tx, (kind, None), &alert, &actor, now)
        .await?;
    tx.commit().await?;
    db.close().await;
    answer(words, done)
}

async fn list(words: &Words) -> anyhow::Result<bool> {
    let db = words.loaded.database().await?;
    let mut tx = db.read().await?;
    let drafts = store::open(&mut tx).await?;
    drop(tx);
    db.close().await;
    for draft in &drafts {
        words.say(&say_with(
            "draft-line",
            [
                ("id", Arg::Text(draft.id.to_string())),
                ("state", Arg::Words(Box::new(letters::state(draft.state)))),
                ("name", Arg::Words(Box::new(letters::name(draft)))),
                ("author", Arg::Text(draft.author.clone())),
            ],
        ))?;
    }
    if drafts.is_empty() {
        words.say(&say("draft-none"))?;
    }
    Ok(true)
}

async fn preview(words: &Words, office: &Office<'_>, id: i64, now: Millis) -> anyhow::Result<bool> {
    let db = words.loaded.database().await?;
    let mut tx = db.begin().await?;
    let draft = store::find(&mut tx, id).await?;
    let Some(draft) = draft else {
        words.say(&say("draft-unknown"))?;
        return Ok(false);
    };
    let preview = office.preview(&mut tx, &draft, now).await?;
    drop(tx);
    db.close().await;
    let preview = match preview {
        Ok(preview) => preview,
        Err(why) => {
            words.say(&why)?;
            return Ok(false);
        }
    };
    for block in letters::facts(&draft, &preview, office.city) {
        match block {
            Block::Facts(facts) => {
                for (name, value) in facts {
                    println!("{}: {}", words.word(&name)?, words.word(&value)?);
                }
            }
            Block::Bullets(lines) => {
                for line in lines {
                    println!("  • {}", words.word(&line)?);
                }
            }
            _ => {}
        }
    }
    for channel in office.channels {
        let Some(limits) = channels::limits(channel) else {
            continue;
        };
        for (lang, letter) in &preview.worded.0 {
            shown(channel, &limits, *lang, letter);
        }
    }
    Ok(true)
}

/// A letter as a network shows it.
fn shown(channel: &str, limits: &Limits, lang: Lang, letter: &Letter<String>) {
    println!("\n── {channel}, {lang}");
    for part in lay_out(letter, limits) {
        for line in part.plain_text().lines() {
            println!("  │ {line}");
        }
    }
}

async fn act(
    words: &Words,
    office: &Office<'_>,
    one: &One,
    act: Act<'_>,
    now: Millis,
) -> anyhow::Result<bool> {
    let actor = match actor(&one.by, office.roster) {
        Ok(actor) => actor,
        Err(name) => return stranger(words, name),
    };
    let db = words.loaded.database().await?;
    let mut tx = db.begin().await?;
    let seen = match one.revision {
        Some(seen) => seen,
        None => store::find(&mut tx, one.id)
            .await?
            .map_or(0, |draft| draft.revision),
    };
    let done = office
        .act(&mut tx, (one.id, seen), &actor, act, now)
        .await?;
    tx.commit().await?;
    db.close().await;
    answer(words, done)
}

fn answer(words: &Words, done: Done) -> anyhow::Result<bool> {
    let draft: Box<Draft> = match done {
        Done::Draft(draft) => draft,
        Done::Refused(why) => {
            words.say(&why)?;
            return Ok(false);
        }
    };
    let line = match draft.state {
        State::Draft => say_with(
            "draft-done-filed",
            [("id", Arg::Text(draft.id.to_string()))],
        ),
        State::Waiting => say("draft-done-waiting"),
        State::Returned => say("draft-done-returned"),
        State::Rejected => say("draft-done-rejected"),
        State::Sent => match draft.sent_as {
            Some(alert) => say_with("draft-done-sent", [("alert", Arg::Text(alert.to_string()))]),
            None => say("draft-done-drill"),
        },
    };
    words.say(&line)?;
    Ok(true)
}

/// `glas audit`: the record, or whether it is whole.
///
/// # Errors
/// When the database is away or a word is missing.
pub async fn record(words: &Words, verify: bool, json: bool) -> anyhow::Result<bool> {
    let db = words.loaded.database().await?;
    let mut tx = db.read().await?;
    if verify {
        let found = audit::verify(&mut tx).await?;
        drop(tx);
        db.close().await;
        let number = |number: i64| [("number", Arg::Text(number.to_string()))];
        let (good, line) = match found {
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
        return Ok(good);
    }
    let mut after = 0;
    loop {
        let entries = audit::page(&mut tx, after).await?;
        let Some(last) = entries.last() else { break };
        after = last.number;
        for entry in &entries {
            if json {
                println!("{}", serde_json::to_string(entry)?);
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
    drop(tx);
    db.close().await;
    Ok(true)
}
