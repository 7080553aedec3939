//! `glas person`: what the data officer gives out and erases.

use std::io::BufRead as _;

use clap::Subcommand;

use super::words::Words;
use crate::app;
use crate::base::clock::Clock;
use crate::channels;
use crate::features::privacy::store::{self, Erased};
use crate::message::{self, Arg, say, say_with};
use crate::people::crowd::{Citizen, Crowd, Name};
use crate::people::suppression;
use crate::store::Tx;

/// The subcommands of `glas person`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print everything that is kept about an address, as JSON.
    Export(Who),
    /// Erase everything that is kept about an address. No letter is sent there.
    Forget {
        /// Whose.
        #[command(flatten)]
        who: Who,
        /// Do not ask first.
        #[arg(long)]
        yes: bool,
    },
}

/// Whose data.
#[derive(Debug, clap::Args)]
pub struct Who {
    /// telegram, discord or email.
    channel: String,
    /// The address there, in any form that a list may have it in.
    #[arg(allow_hyphen_values = true)]
    handle: String,
}

/// Runs a subcommand; false when there is nobody of that name, or nothing was erased.
///
/// # Errors
/// When the database is away.
pub async fn run(words: &Words, command: Command) -> anyhow::Result<bool> {
    let (Command::Export(who) | Command::Forget { who, .. }) = &command;
    let (channel, handle) = match canonical(who) {
        Ok(found) => found,
        Err(fault) => {
            words.say(&fault)?;
            return Ok(false);
        }
    };
    match command {
        Command::Export(_) => export(words, channel, &handle).await,
        Command::Forget { yes, .. } => forget(words, (channel, &handle), yes).await,
    }
}

/// The channel and the handle in their one form, or why there are none.
fn canonical(who: &Who) -> Result<(&'static str, String), message::Words> {
    let channel = (channels::NAMES.into_iter())
        .find(|name| *name == who.channel)
        .ok_or_else(|| message::say_with_text("person-channel", &who.channel))?;
    let (handle, _) = channels::parse_handle(channel, &who.handle)
        .map_err(|key| message::Words::Say(key, vec![]))?;
    Ok((channel, handle))
}

async fn find(tx: &mut Tx, channel: &str, handle: &str) -> Result<Option<Citizen>, sqlx::Error> {
    let mut crowd = Crowd::default();
    let name = Name {
        channel,
        handle,
        languages: "",
        group: false,
    };
    crowd.read(tx, &[name]).await?;
    Ok(crowd.find(channel, handle).cloned())
}

/// Nobody is known by that name; whether they once were is said where they asked to be forgotten.
fn unknown(
    words: &Words,
    (channel, handle): (&str, &str),
    suppressed: bool,
) -> anyhow::Result<bool> {
    let who = [
        ("channel", Arg::Text(channel.to_owned())),
        ("handle", Arg::Text(handle.to_owned())),
    ];
    words.say(&if suppressed {
        say_with("person-forgotten-before", who)
    } else {
        say_with("person-unknown", who)
    })?;
    Ok(false)
}

async fn export(words: &Words, channel: &str, handle: &str) -> anyhow::Result<bool> {
    let db = words.loaded.database().await?;
    let keys = app::keyring(&db).await?;
    let mut tx = db.read().await?;
    let found = find(&mut tx, channel, handle).await?;
    let Some(citizen) = found else {
        let suppressed = suppression::among(&mut tx, &keys, &[(channel, handle)]).await?;
        return unknown(words, (channel, handle), !suppressed.is_empty());
    };
    let data = store::gather(&mut tx, &citizen, &words.loaded.city).await?;
    drop(tx);
    db.close().await;
    println!("{}", serde_json::to_string_pretty(&data)?);
    Ok(true)
}

async fn forget(words: &Words, (channel, handle): (&str, &str), yes: bool) -> anyhow::Result<bool> {
    let db = words.loaded.database().await?;
    let keys = app::keyring(&db).await?;
    let mut tx = db.read().await?;
    let known = find(&mut tx, channel, handle).await?.is_some();
    let suppressed = suppression::among(&mut tx, &keys, &[(channel, handle)]).await?;
    drop(tx);
    if !known {
        return unknown(words, (channel, handle), !suppressed.is_empty());
    }
    if !yes && !confirmed(words, (channel, handle))? {
        words.say(&say("person-not-forgotten"))?;
        return Ok(false);
    }
    let mut tx = db.begin().await?;
    let Some(citizen) = find(&mut tx, channel, handle).await? else {
        return unknown(words, (channel, handle), false);
    };
    let erased = store::forget(&mut tx, &citizen, &keys, Clock::system().now()).await?;
    store::erase_now(&mut tx, citizen.id).await?;
    tx.commit().await?;
    db.close().await;
    report(words, (channel, handle), &erased)?;
    Ok(true)
}

/// Asks for the handle to be typed once more.
fn confirmed(words: &Words, (channel, handle): (&str, &str)) -> anyhow::Result<bool> {
    let handle_is = ("handle", Arg::Text(handle.to_owned()));
    words.say(&say_with("person-confirm", [handle_is]))?;
    let mut typed = String::new();
    std::io::stdin().lock().read_line(&mut typed)?;
    Ok(channels::parse_handle(channel, typed.trim()).is_ok_and(|(typed, _)| typed == handle))
}

fn report(words: &Words, (channel, handle): (&str, &str), erased: &Erased) -> anyhow::Result<()> {
    let number = |count: u64| Arg::Number(i64::try_from(count).unwrap_or(i64::MAX));
    let who = [
        ("channel", Arg::Text(channel.to_owned())),
        ("handle", Arg::Text(handle.to_owned())),
    ];
    words.say(&say_with("person-forgotten", who))?;
    for line in [
        say_with(
            "person-erased-subscriptions",
            [("count", number(erased.subscriptions))],
        ),
        say_with(
            "person-erased-consents",
            [("count", number(erased.consents))],
        ),
        say_with("person-erased-letters", [("count", number(erased.letters))]),
        say_with("person-erased-forms", [("count", number(erased.forms))]),
        say_with(
            "person-erased-requests",
            [("count", number(erased.requests))],
        ),
        say("person-kept"),
        say("person-backups"),
    ] {
        words.say(&line)?;
    }
    Ok(())
}
