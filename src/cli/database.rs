//! `glas migrate`, `backup`, `restore` and `resume`: the database in an operator's hands.

use std::path::Path;

use anyhow::Context as _;

use super::words::Words;
use crate::app::{self, PAUSED};
use crate::message::{Arg, Words as Say, say, say_with};
use crate::outbox::picture::Pictures;
use crate::outbox::{lease, post};
use crate::store::{self, Db, On};

/// `glas migrate`.
///
/// # Errors
/// When the database cannot be opened or brought up to date.
pub async fn migrate(words: &Words) -> anyhow::Result<bool> {
    let db = words.loaded.database().await?;
    db.close().await;
    words.say(&say("database-up-to-date"))?;
    Ok(true)
}

/// `glas backup FILE`: a consistent copy, also while the bot runs, with the pictures in a folder
/// beside it.
///
/// # Errors
/// When the database is not SQLite, or the copy cannot be written.
pub async fn backup(words: &Words, file: &Path) -> anyhow::Result<bool> {
    if file.exists() {
        words.say(&say_with("backup-exists", [("file", name(file))]))?;
        return Ok(false);
    }
    let db = store::connect(&app::database_url(&words.loaded.config)?).await?;
    if matches!(db, On::Postgres(_)) {
        words.say(&postgres(words))?;
        return Ok(false);
    }
    store::copy_to(&db, file).await.context("backup")?;
    db.close().await;
    words.say(&say_with("backup-done", [("file", name(file))]))?;
    let beside = beside(file);
    match words.loaded.pictures() {
        Some(pictures) => carry(words, &pictures, &beside, Way::Out),
        None => Ok(true),
    }
}

/// Only SQLite is copied; of the pictures it is said where they are.
fn postgres(words: &Words) -> Say {
    let folder = words.loaded.pictures();
    let folder = folder.map_or(String::new(), |it| it.folder().display().to_string());
    say_with("backup-postgres", [("folder", Arg::Text(folder))])
}

/// The folder of the pictures that belong to a copy.
fn beside(file: &Path) -> Pictures {
    let mut folder = file.as_os_str().to_owned();
    folder.push(".pictures");
    Pictures::new(folder)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Out,
    Back,
}

/// Takes the pictures along with a copy, or back with it.
fn carry(words: &Words, own: &Pictures, beside: &Pictures, way: Way) -> anyhow::Result<bool> {
    let (from, to) = match way {
        Way::Out => (own, beside),
        Way::Back => (beside, own),
    };
    let folder = ("folder", name(beside.folder()));
    let (good, line) = match (from.copy_to(to), way) {
        (Ok(0), _) => return Ok(true),
        (Ok(count), way) => {
            let count = i64::try_from(count).unwrap_or(i64::MAX);
            let told = [folder, ("count", Arg::Number(count))];
            (
                true,
                match way {
                    Way::Out => say_with("backup-pictures", told),
                    Way::Back => say_with("restore-pictures", told),
                },
            )
        }
        (Err(why), _) => {
            let why = ("why", Arg::Text(why.to_string()));
            let from = ("folder", name(from.folder()));
            let to = ("to", name(to.folder()));
            (false, say_with("backup-pictures-fault", [from, to, why]))
        }
    };
    words.say(&line)?;
    Ok(good)
}

/// `glas restore FILE`: the copy takes the database's place and starts paused, so that nothing
/// old leaves before a person has looked.
///
/// # Errors
/// When the database is not SQLite or in use, or the copy is none.
pub async fn restore(words: &Words, file: &Path) -> anyhow::Result<bool> {
    let url = app::database_url(&words.loaded.config)?;
    let Some(target) = store::sqlite_file(&url) else {
        words.say(&postgres(words))?;
        return Ok(false);
    };
    if target.exists() && store::in_use(&target).await {
        words.say(&say("restore-in-use"))?;
        return Ok(false);
    }
    store::replace_by(&target, file).context("restore")?;
    let db = words.loaded.database().await?;
    pause(&db).await?;
    db.close().await;
    let whole = match words.loaded.pictures() {
        Some(pictures) => carry(words, &pictures, &beside(file), Way::Back)?,
        None => true,
    };
    words.say(&say_with("restore-done", [("file", name(file))]))?;
    Ok(whole)
}

async fn pause(db: &Db) -> anyhow::Result<()> {
    let mut tx = db.begin().await?;
    store::set_setting(&mut tx, PAUSED, Some("restored")).await?;
    lease::forget_all(&mut tx).await?;
    tx.commit().await?;
    Ok(())
}

/// `glas resume`: ends a pause, and lets broadcasts that have stopped walk on.
///
/// # Errors
/// When the database is away.
pub async fn resume(words: &Words) -> anyhow::Result<bool> {
    let db = words.loaded.database().await?;
    let mut tx = db.begin().await?;
    let paused = store::setting(&mut tx, PAUSED).await?.is_some();
    store::set_setting(&mut tx, PAUSED, None).await?;
    let walks = post::reopen_stopped(&mut tx).await?;
    tx.commit().await?;
    db.close().await;
    let line = if paused || walks > 0 {
        say_with("resume-done", [("broadcasts", Arg::Number(walks))])
    } else {
        say("resume-nothing")
    };
    words.say(&line)?;
    Ok(true)
}

fn name(file: &Path) -> Arg {
    Arg::Text(file.display().to_string())
}
