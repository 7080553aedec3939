//! `glas alert new` and what follows: drafts written, looked at, submitted and decided on.

mod command;
mod edit;

pub use command::{By, Command};

use std::io::Write as _;

use command::One;

use super::alert_check;
use super::words::Words;
use crate::base::clock::{Clock, Millis};
use crate::channels;
use crate::config::operators::Role;
use crate::features::alert::Alert;
use crate::features::alert::draft::drawn::Plan;
use crate::features::alert::draft::office::{Done, Office, Preview};
use crate::features::alert::draft::rules::Act;
use crate::features::alert::draft::{Draft, Kind, State, letters, store};
use crate::features::alert::template::{TABLE, Template};
use crate::features::feed;
use crate::message::layout::lay_out;
use crate::message::limits::Limits;
use crate::message::{Arg, Block, Lang, Letter, say, say_with};
use crate::people::permit::{Actor, Roster};
use crate::store::Db;

/// Whoever is logged in may do everything: they can change the database, too.
pub(super) fn actor(by: &By, roster: &Roster) -> Result<Actor, String> {
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
    let office = words.office(&on, &roster);
    let now = Clock::system().now();
    match &command {
        Command::New {
            cap: Some(cap), by, ..
        } => new(words, &office, cap, by, now).await,
        Command::New {
            template,
            facts,
            drill,
            by,
            ..
        } => {
            let name = template.as_deref().unwrap_or_default();
            let Some(template) = Template::parse(name) else {
                return no_template(words, name);
            };
            draw(words, &office, Plan::New(template, facts, *drill), by, now).await
        }
        Command::Update {
            alert,
            template,
            facts,
            by,
        } => {
            let Some(template) = Template::parse(template) else {
                return no_template(words, template);
            };
            draw(
                words,
                &office,
                Plan::Update(alert, template, facts),
                by,
                now,
            )
            .await
        }
        Command::Cancel { alert, by } => draw(words, &office, Plan::Cancel(alert), by, now).await,
        Command::Correct { alert, wrong, by } => {
            draw(words, &office, Plan::Correct(alert, *wrong), by, now).await
        }
        Command::Edit { one, facts } => edit::edit(words, &office, (one, facts), now).await,
        Command::Take { id, by } => take(words, &office, *id, by, now).await,
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

/// There is no template of this name; which there are.
pub(super) fn no_template(words: &Words, name: &str) -> anyhow::Result<bool> {
    let all: Vec<&str> = TABLE.iter().map(|declared| declared.code).collect();
    let told = [
        ("name", Arg::Text(name.chars().take(40).collect())),
        ("all", Arg::Text(all.join(", "))),
    ];
    words.say(&say_with("draft-no-template", told))?;
    Ok(false)
}

/// Draws the maps of a draft that was just written: nobody waits for them when it goes out.
async fn paint(words: &Words, db: &Db, done: &Done, now: Millis) -> anyhow::Result<()> {
    let (Done::Draft(draft), Some(painter)) = (done, words.loaded.painter()) else {
        return Ok(());
    };
    let maps = painter.maps(&draft.alert, now).await;
    if draft.state == State::Draft && !maps.is_empty() {
        let mut tx = db.begin().await?;
        store::keep_maps(&mut tx, draft.id, &maps, &words.loaded.catalogue).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Draws something up and writes it down.
async fn draw(
    words: &Words,
    office: &Office<'_>,
    plan: Plan<'_>,
    by: &By,
    now: Millis,
) -> anyhow::Result<bool> {
    let actor = match actor(by, office.roster) {
        Ok(actor) => actor,
        Err(name) => return stranger(words, name),
    };
    let db = words.loaded.database().await?;
    let mut tx = db.begin().await?;
    let done = office.draw(&mut tx, plan, &actor, now).await?;
    tx.commit().await?;
    paint(words, &db, &done, now).await?;
    db.close().await;
    answer(words, done)
}

/// There is no operator of this name.
pub(super) fn stranger(words: &Words, name: String) -> anyhow::Result<bool> {
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
    let kind = Kind::of(&alert);
    let db = words.loaded.database().await?;
    let mut tx = db.begin().await?;
    let done = office
        .file(&mut tx, (kind, None), &alert, &actor, now)
        .await?;
    tx.commit().await?;
    paint(words, &db, &done, now).await?;
    db.close().await;
    answer(words, done)
}

/// What a feed left for a person becomes a draft, unless somebody else was quicker.
async fn take(
    words: &Words,
    office: &Office<'_>,
    id: i64,
    by: &By,
    now: Millis,
) -> anyhow::Result<bool> {
    let actor = match actor(by, office.roster) {
        Ok(actor) => actor,
        Err(name) => return stranger(words, name),
    };
    let db = words.loaded.database().await?;
    let mut tx = db.begin().await?;
    let waiting = feed::draft::list(&mut tx).await?;
    let left = waiting.into_iter().find(|left| left.id == id);
    let Some(left) = left else {
        words.say(&say("draft-unknown"))?;
        return Ok(false);
    };
    if !feed::draft::take(&mut tx, id).await? {
        words.say(&say("draft-unknown"))?;
        return Ok(false);
    }
    let what = (Kind::of(&left.alert), None);
    let done = office.file(&mut tx, what, &left.alert, &actor, now).await?;
    if matches!(done, Done::Draft(_)) {
        tx.commit().await?;
    } else {
        drop(tx);
    }
    paint(words, &db, &done, now).await?;
    db.close().await;
    answer(words, done)
}

async fn list(words: &Words) -> anyhow::Result<bool> {
    let db = words.loaded.database().await?;
    let mut tx = db.read().await?;
    let drafts = store::open(&mut tx).await?;
    let of_feeds = feed::draft::list(&mut tx).await?;
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
    for left in &of_feeds {
        let event = left.alert.infos.first().map(|info| info.event.clone());
        words.say(&say_with(
            "draft-line-feed",
            [
                ("id", Arg::Text(left.id.to_string())),
                ("feed", Arg::Text(left.feed.clone())),
                ("event", Arg::Text(event.unwrap_or_default())),
                ("why", Arg::Words(Box::new(left.why.clone()))),
            ],
        ))?;
    }
    if drafts.is_empty() && of_feeds.is_empty() {
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
    show(words, office, &draft, &preview)?;
    Ok(true)
}

/// Shows what a draft comes to, and its letter on every channel in each language.
pub(super) fn show(
    words: &Words,
    office: &Office<'_>,
    draft: &Draft,
    preview: &Preview,
) -> anyhow::Result<()> {
    let mut out = std::io::stdout();
    for block in letters::facts(draft, preview, office.city) {
        match block {
            Block::Facts(facts) => {
                for (name, value) in facts {
                    writeln!(out, "{}: {}", words.word(&name)?, words.word(&value)?)?;
                }
            }
            Block::Bullets(lines) => {
                for line in lines {
                    writeln!(out, "  • {}", words.word(&line)?)?;
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
            shown(channel, &limits, *lang, letter)?;
        }
    }
    Ok(())
}

/// A letter as a network shows it.
fn shown(
    channel: &str,
    limits: &Limits,
    lang: Lang,
    letter: &Letter<String>,
) -> std::io::Result<()> {
    let mut out = std::io::stdout();
    writeln!(out, "\n── {channel}, {lang}")?;
    for part in lay_out(letter, limits) {
        for line in part.plain_text().lines() {
            writeln!(out, "  │ {line}")?;
        }
    }
    Ok(())
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
