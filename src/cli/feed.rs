//! `glas feed`: how each feed was last read, and what would become of what it tells now.

use clap::Subcommand;

use super::words::Words;
use crate::app;
use crate::base::clock::Clock;
use crate::channels;
use crate::config::feeds::FeedSettings;
use crate::features::feed::round::{self, Look, Piece, Reader, Weighed};
use crate::features::feed::store::{self, Known};
use crate::features::feed::unfit::verdict;
use crate::message::{Arg, say, say_with};
use crate::outbox::bell::Bell;
use crate::store::{Tx, connect};

/// The subcommands of `glas feed`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Say when each feed was last read and how; fails when one is silent.
    List,
    /// Fetch feeds and say what would become of what is new in them, without changing anything.
    Check {
        /// The feed; by default all.
        name: Option<String>,
    },
}

/// Runs a subcommand.
///
/// # Errors
/// When the database is away or a word is missing.
pub async fn run(words: &Words, command: Command) -> anyhow::Result<bool> {
    if words.loaded.config.feed.is_empty() {
        words.say(&say("feed-none"))?;
        return Ok(true);
    }
    match command {
        Command::List => list(words).await,
        Command::Check { name } => check(words, name.as_deref()).await,
    }
}

async fn list(words: &Words) -> anyhow::Result<bool> {
    let db = words.loaded.database().await?;
    let mut tx = db.read().await?;
    let now = Clock::system().now();
    let mut good = true;
    for feed in &words.loaded.config.feed {
        let state = store::state(&mut tx, &feed.name).await?;
        let (fine, standing) = round::standing(feed, state.as_ref(), now);
        good &= fine;
        words.say(&line(&feed.name, standing))?;
    }
    drop(tx);
    db.close().await;
    Ok(good)
}

async fn check(words: &Words, name: Option<&str>) -> anyhow::Result<bool> {
    let feeds = &words.loaded.config.feed;
    let wanted: Vec<&FeedSettings> = (feeds.iter())
        .filter(|feed| name.is_none_or(|name| feed.name == name))
        .collect();
    if wanted.is_empty() {
        let name = ("name", Arg::Text(name.unwrap_or_default().to_owned()));
        words.say(&say_with("feed-unknown", [name]))?;
        return Ok(false);
    }
    let db = connect(&app::database_url(&words.loaded.config)?).await;
    let Ok(db) = db else {
        words.say(&say("feed-no-database"))?;
        return Ok(false);
    };
    let channels = channels::on(&words.loaded.config);
    let clock = Clock::system();
    let reader = words.loaded.reader(&db, &clock, channels, &Bell::default());
    let mut good = true;
    for feed in wanted {
        good &= look(words, &reader, feed).await?;
    }
    db.close().await;
    Ok(good)
}

/// What would become of what a feed tells now; whether it could be read.
async fn look(words: &Words, reader: &Reader, feed: &FeedSettings) -> anyhow::Result<bool> {
    let (document, mark) = match reader.look(feed, None).await {
        Look::Read(outcome, mark, _) => {
            words.say(&line(&feed.name, verdict(&outcome).words))?;
            let Ok(document) = outcome else {
                return Ok(false);
            };
            (document, mark)
        }
        Look::Failed(why, _) => {
            words.say(&line(&feed.name, why))?;
            return Ok(false);
        }
        // Nobody asked for what is newer than something.
        Look::Unchanged => return Ok(true),
    };
    if mark.etag.is_none() && mark.modified.is_none() && feed.url.scheme() != "file" {
        words.say(&say("feed-no-mark"))?;
    }
    let now = reader.clock.now();
    let mut tx = reader.db.read().await?;
    let known = store::known(&mut tx, &feed.name).await?;
    drop(tx);
    let news = reader.news(&document, &known, now).await;
    if news.fresh.is_empty() {
        words.say(&say("feed-nothing-new"))?;
    }
    let mut tx = reader.db.read().await?;
    for piece in &news.fresh {
        let before = known.get(&piece.entry.id);
        show(words, reader, &mut tx, feed, (piece, before)).await?;
    }
    if news.left {
        words.say(&say("feed-left"))?;
    }
    Ok(true)
}

async fn show(
    words: &Words,
    reader: &Reader,
    tx: &mut Tx,
    feed: &FeedSettings,
    (piece, before): (&Piece, Option<&Known>),
) -> anyhow::Result<()> {
    let now = reader.clock.now();
    let what = match reader.weigh(tx, feed, (piece, before), now).await? {
        Weighed::Same => say("feed-told-same"),
        Weighed::NotYet(why) => {
            say_with("feed-told-unread", [("reason", Arg::Words(Box::new(why)))])
        }
        Weighed::Decided { decision, .. } => round::told(&decision),
    };
    let title = if piece.entry.title.is_empty() {
        &piece.entry.id
    } else {
        &piece.entry.title
    };
    let what = ("what", Arg::Words(Box::new(what)));
    let line = say_with("feed-entry", [("title", Arg::Text(title.clone())), what]);
    words.say(&line)
}

fn line(name: &str, what: crate::message::Words) -> crate::message::Words {
    let name = ("name", Arg::Text(name.to_owned()));
    say_with("feed-line", [name, ("what", Arg::Words(Box::new(what)))])
}
