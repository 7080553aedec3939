//! `glas subscriber`: lists of subscribers in and out.

mod cells;
mod lines;
mod list;

use std::fs::File;
use std::path::{Path, PathBuf};

use clap::Subcommand;
use csv::StringRecord;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Deserialize;

use self::cells::{cadence, date, languages, places, topics};
use self::lines::Lines;
use super::words::Words;
use crate::app;
use crate::base::clock::{Clock, Millis};
use crate::base::token::Keyring;
use crate::channels;
use crate::message::{self, Arg, say, say_with};
use crate::people::import::{BATCH, LeftOut, Line};
use crate::people::{Wish, import};

/// The subcommands of `glas subscriber`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Take in a list: a CSV file with the columns channel, handle, locale, areas, topics,
    /// cadence, `consent_date` and `consent_source`, and if wanted `least_severity`, `quiet` and
    /// `state` (a line that is off is left out).
    Import {
        /// The file.
        file: PathBuf,
    },
    /// Print everybody on standard output, as the same kind of CSV with their state.
    List,
    /// Post a message with a button into a group or a public channel, by which everybody there can
    /// subscribe for themselves.
    Invite {
        /// The network: telegram or discord.
        channel: String,
        /// The group or public channel there.
        #[arg(allow_hyphen_values = true)]
        handle: String,
    },
}

/// Runs a subcommand.
///
/// # Errors
/// When the file or the database cannot be used at all; a bad line is reported and left out.
pub async fn run(words: &Words, command: Command) -> anyhow::Result<bool> {
    match command {
        Command::Import { file } => import_file(words, &file).await,
        Command::List => list::run(words).await,
        Command::Invite { channel, handle } => super::invite::run(words, &channel, &handle).await,
    }
}

/// One line as it stands in the file.
#[derive(Debug, Deserialize)]
struct Raw {
    channel: String,
    handle: String,
    locale: String,
    areas: String,
    topics: String,
    cadence: String,
    consent_date: String,
    consent_source: String,
    #[serde(default)]
    least_severity: Option<String>,
    #[serde(default)]
    quiet: Option<String>,
}

/// The columns that a list must have.
const COLUMNS: [&str; 8] = [
    "channel",
    "handle",
    "locale",
    "areas",
    "topics",
    "cadence",
    "consent_date",
    "consent_source",
];

/// The longest cell that is read, in bytes; a longer line is a bad line.
const LONGEST_CELL: usize = 500;

/// What a point begins with among areas.
const AROUND: char = '@';

/// The words of `least_severity`, from the least.
const SEVERITIES: [&str; 4] = ["minor", "moderate", "severe", "extreme"];

async fn import_file(words: &Words, file: &Path) -> anyhow::Result<bool> {
    let db = words.loaded.database().await?;
    let keys = app::keyring(&db).await?;
    let input = File::open(file)?;
    let bar = ProgressBar::new(input.metadata()?.len());
    bar.set_style(ProgressStyle::with_template(
        "{bar:40} {percent:>3} %  {bytes}/{total_bytes}  {eta}",
    )?);
    let mut lines = Lines::new(bar.wrap_read(input));
    let headers = match lines.next()? {
        Some((_, Ok(headers))) => headers,
        Some((number, Err(why))) => return report(words, &bar, number, why).map(|()| false),
        None => StringRecord::new(),
    };
    let missing = COLUMNS
        .iter()
        .find(|column| !headers.iter().any(|it| it == **column));
    if let Some(column) = missing {
        let reason = message::say_with_text("import-column", column);
        return report(words, &bar, 1, reason).map(|()| false);
    }
    let state = headers.iter().position(|name| name == "state");
    let now = Clock::system().now();
    let (mut good, mut bad, mut left_out) = (0u64, 0u64, 0u64);
    let mut batch: Vec<Line> = Vec::with_capacity(BATCH);
    while let Some((number, cells)) = lines.next()? {
        let off = |cells: &StringRecord| state.and_then(|at| cells.get(at)) == Some("off");
        if cells.as_ref().is_ok_and(off) {
            left_out += 1;
            report(words, &bar, number, say("import-off"))?;
            continue;
        }
        let read = cells.and_then(|cells| check(words, &cells, &headers, number, now));
        match read {
            Ok(line) => batch.push(line),
            Err(reason) => {
                bad += 1;
                report(words, &bar, number, reason)?;
            }
        }
        // Lines of one address stay together, within bounds.
        let parted = |batch: &[Line]| match batch {
            [.., before, last] => !before.is_of_the_same(last),
            _ => false,
        };
        if batch.len() > 2 * BATCH || (batch.len() > BATCH && parted(&batch)) {
            let next = batch.pop();
            let (written, stopped) = write(words, (&db, &keys), &mut batch, &bar, now).await?;
            (good, left_out) = (good + written, left_out + stopped);
            batch.extend(next);
        }
    }
    let (written, stopped) = write(words, (&db, &keys), &mut batch, &bar, now).await?;
    (good, left_out) = (good + written, left_out + stopped);
    bar.finish_and_clear();
    db.close().await;
    let number = |count: u64| Arg::Number(i64::try_from(count).unwrap_or(i64::MAX));
    words.say(&say_with(
        "import-done",
        [
            ("good", number(good)),
            ("bad", number(bad)),
            ("left_out", number(left_out)),
        ],
    ))?;
    Ok(bad == 0)
}

/// Writes a batch; how many lines are in, and how many were left out.
async fn write(
    words: &Words,
    (db, keys): (&crate::store::Db, &Keyring),
    batch: &mut Vec<Line>,
    bar: &ProgressBar,
    now: Millis,
) -> anyhow::Result<(u64, u64)> {
    let left_out = import::write(db, keys, batch, now).await?;
    for (number, why) in &left_out {
        let why = match why {
            LeftOut::Stopped => say("import-stopped"),
            LeftOut::Forgotten => say("import-forgotten"),
        };
        report(words, bar, *number, why)?;
    }
    let all = batch.drain(..).len();
    Ok(((all - left_out.len()) as u64, left_out.len() as u64))
}

fn report(
    words: &Words,
    bar: &ProgressBar,
    number: u64,
    reason: message::Words,
) -> anyhow::Result<()> {
    let line = say_with(
        "import-line",
        [
            (
                "line",
                Arg::Number(i64::try_from(number).unwrap_or(i64::MAX)),
            ),
            ("reason", Arg::Words(Box::new(reason))),
        ],
    );
    let line = words.word(&line)?;
    bar.suspend(|| println!("{line}"));
    Ok(())
}

fn check(
    words: &Words,
    record: &StringRecord,
    headers: &StringRecord,
    number: u64,
    now: Millis,
) -> Result<Line, message::Words> {
    if record.len() != headers.len() {
        let number = |count: usize| Arg::Number(i64::try_from(count).unwrap_or(i64::MAX));
        return Err(say_with(
            "import-cells",
            [
                ("found", number(record.len())),
                ("expected", number(headers.len())),
            ],
        ));
    }
    if record.iter().any(|cell| cell.len() > LONGEST_CELL) {
        return Err(say("import-too-long"));
    }
    let raw: Raw = record
        .deserialize(Some(headers))
        .map_err(|why| message::say_with_text("import-unreadable", &why.to_string()))?;
    let value = message::say_with_text;
    let channel = channels::NAMES
        .into_iter()
        .find(|name| *name == raw.channel)
        .ok_or_else(|| value("import-channel", &raw.channel))?;
    let (handle, group) = channels::parse_handle(channel, &raw.handle)
        .map_err(|key| message::Words::Say(key, vec![]))?;
    let languages = languages(&raw.locale, &words.loaded.catalogue)
        .ok_or_else(|| value("import-locale", &raw.locale))?;
    let (districts, spot) =
        places(&raw.areas, &words.loaded.city).map_err(|area| value("import-area", &area))?;
    let topics =
        topics(&raw.topics, &words.loaded.city).map_err(|topic| value("import-topic", &topic))?;
    let (cadence, (weekday, hour)) =
        cadence(&raw.cadence).ok_or_else(|| value("import-cadence", &raw.cadence))?;
    let quiet = match raw.quiet.as_deref().unwrap_or("") {
        "" => None,
        hours => Some(hours.parse().map_err(|_| value("import-quiet", hours))?),
    };
    let least_severity = match raw.least_severity.as_deref().unwrap_or("") {
        "" => 0,
        word => SEVERITIES
            .iter()
            .position(|known| *known == word)
            .and_then(|place| i64::try_from(place).ok())
            .ok_or_else(|| value("import-severity", word))?,
    };
    let consent_at = date(&raw.consent_date)
        .filter(|at| *at <= now)
        .ok_or_else(|| value("import-consent-date", &raw.consent_date))?;
    if raw.consent_source.is_empty() || raw.consent_source.contains(char::is_control) {
        return Err(say("import-consent-source"));
    }
    Ok(Line {
        number,
        channel,
        handle,
        group,
        languages,
        wish: Wish {
            districts,
            spot,
            topics,
            least_severity,
            cadence,
            hour,
            weekday,
        },
        quiet,
        consent: (consent_at, raw.consent_source),
    })
}
