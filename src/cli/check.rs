//! `glas check`: is everything in order, and what is on?

use std::path::Path;

use super::words::Words;
use crate::app;
use crate::base::token::Keyring;
use crate::channels;
use crate::message::{Arg, Words as Say, say, say_with, say_with_text};
use crate::store;

/// Checks settings, words, city data, secrets and the database, and prints what is on and off.
/// Everything that can be checked is, even when something before it failed.
///
/// # Errors
/// When the catalogue lacks a word of the answer.
pub async fn run(config: &Path, lang: Option<&str>) -> anyhow::Result<bool> {
    let words = match Words::load(config, lang) {
        Ok(words) => words,
        Err(fault) => {
            // Without words there is no language to say it in.
            println!("{fault:#}");
            return Ok(false);
        }
    };
    let mut good = true;
    let count = |number: usize| Arg::Number(i64::try_from(number).unwrap_or(i64::MAX));
    let loaded = &words.loaded;
    words.say(&say_with(
        "check-words",
        [("languages", Arg::Text(list(&loaded.catalogue.languages())))],
    ))?;
    words.say(&say_with(
        "check-city",
        [
            ("city", Arg::Text(loaded.code().to_owned())),
            ("districts", count(loaded.city.districts().len())),
            ("topics", count(loaded.city.topics().len())),
        ],
    ))?;

    for name in channels::NAMES {
        let channel = ("channel", Arg::Text(name.to_owned()));
        let line = match open(loaded, name) {
            Ok(true) => say_with("check-channel-on", [channel]),
            Ok(false) => say_with("check-channel-off", [channel]),
            Err(fault) => {
                good = false;
                let fault = channels::explain(&fault).map_or_else(
                    || Arg::Text(format!("{fault:#}")),
                    |words| Arg::Words(words.into()),
                );
                say_with("check-channel-fault", [channel, ("fault", fault)])
            }
        };
        words.say(&line)?;
    }

    let pages = loaded.config.web.as_ref();
    words.say(&pages.map_or_else(
        || say("check-web-off"),
        |web| say_with_text("check-web-on", web.base_url.url().as_str()),
    ))?;

    let (writable, line) = pictures(loaded);
    good &= writable;
    words.say(&line)?;

    match reach(loaded).await {
        Ok(true) => words.say(&say("check-database"))?,
        Ok(false) => words.say(&say("check-database-new"))?,
        Err(fault) => {
            good = false;
            words.say(&say_with(
                "check-database-fault",
                [("fault", Arg::Text(format!("{fault:#}")))],
            ))?;
        }
    }
    words.say(&if good {
        say("check-good")
    } else {
        say("check-faults")
    })?;
    Ok(good)
}

/// Whether maps can be kept, and how that is told.
fn pictures(loaded: &app::Loaded) -> (bool, Say) {
    let Some(pictures) = loaded.pictures().filter(|_| loaded.config.pictures.maps) else {
        return (true, say("check-pictures-off"));
    };
    let folder = Arg::Text(pictures.folder().display().to_string());
    match pictures.try_out() {
        Ok(()) => (true, say_with("check-pictures-on", [("folder", folder)])),
        Err(why) => {
            let why = ("why", Arg::Text(why.to_string()));
            let says = say_with("check-pictures-fault", [("folder", folder), why]);
            (false, says)
        }
    }
}

/// Whether a channel is on; one that is must have what it needs. Nothing is connected.
fn open(loaded: &app::Loaded, name: &str) -> anyhow::Result<bool> {
    let keys = keys()?;
    let menu = loaded.commands.menu();
    let opened = channels::open_one(name, &loaded.config, &keys, &loaded.catalogue, menu)?;
    Ok(opened.is_some())
}

/// The keyring of the environment, else one that nothing is ever verified by.
///
/// # Errors
/// When the environment's is malformed, or its file cannot be read.
pub(super) fn keys() -> anyhow::Result<Keyring> {
    match app::own_keyring()? {
        Some(keys) => Ok(keys),
        None => Ok(Keyring::parse(&Keyring::generate())?),
    }
}

/// Whether the database answers; false when it is a file that the first start makes.
async fn reach(loaded: &app::Loaded) -> anyhow::Result<bool> {
    let url = app::database_url(&loaded.config)?;
    if let Some(file) = store::sqlite_file(&url)
        && !file.exists()
    {
        let folder = file
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        anyhow::ensure!(folder.is_dir(), "there is no folder {}", folder.display());
        return Ok(false);
    }
    let db = store::connect(&url).await?;
    let mut tx = db.read().await?;
    tx.now().await?;
    drop(tx);
    db.close().await;
    Ok(true)
}

fn list(languages: &[crate::message::Lang]) -> String {
    languages
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(", ")
}
