//! `glas alert`: check a file, send it, see how far it has come.

use std::collections::HashMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use serde::Serialize;

use super::alert_check::{self, Check};
use super::words::Words;
use crate::app;
use crate::base::clock::{Clock, Millis};
use crate::channels;
use crate::features::alert::picture::Maps;
use crate::features::alert::report::Report;
use crate::features::alert::rules::{Judgement, Verdict};
use crate::features::alert::send::{self, Outcome, Word};
use crate::features::alert::{Reference, letter, store};
use crate::message::{self, Arg, say, say_with};
use crate::outbox::report::{self, Progress};
use crate::outbox::{lease, state};
use crate::store::{Db, connect};

/// How often a waiting command looks.
const LOOK_EVERY: Duration = Duration::from_millis(200);

/// `glas alert check`: judges files; alerts that went out before are known when the database is
/// there.
///
/// # Errors
/// When standard output is closed or a word is missing.
pub async fn check(
    words: &Words,
    files: &[PathBuf],
    json: bool,
    at: Option<Millis>,
) -> anyhow::Result<bool> {
    let check = Check {
        city: &words.loaded.city,
        catalogue: &words.loaded.catalogue,
        lang: words.lang,
        at: at.unwrap_or_else(|| Clock::system().now()),
        json,
    };
    // A judgement needs no database: without one nothing went out before.
    let earlier = earlier(words, files).await.unwrap_or_default();
    let known = |reference: &Reference| earlier.get(reference).map(|kept| kept.earlier.clone());
    let mut out = std::io::stdout().lock();
    let any_refused = check.run(files, known, &mut out)?;
    out.flush()?;
    Ok(!any_refused)
}

/// What went out before of all that these files refer to.
async fn earlier(
    words: &Words,
    files: &[PathBuf],
) -> anyhow::Result<HashMap<Reference, store::Kept>> {
    let references: Vec<Reference> = files
        .iter()
        .filter_map(|file| alert_check::read(file).ok())
        .flat_map(|alert| alert.references)
        .collect();
    if references.is_empty() {
        return Ok(HashMap::new());
    }
    let db = connect(&app::database_url(&words.loaded.config)?).await?;
    let mut tx = db.read().await?;
    let found = store::find_all(&mut tx, &references).await?;
    drop(tx);
    db.close().await;
    Ok(found)
}

/// `glas alert send`.
///
/// # Errors
/// When the database is away or a word is missing. A refused or held alert is an answer, not an
/// error.
pub async fn send(
    words: &Words,
    file: &Path,
    wait: bool,
    at: Option<Millis>,
) -> anyhow::Result<bool> {
    let alert = match alert_check::read(file) {
        Ok(alert) => alert,
        Err(reason) => {
            words.say(&say_with(
                "send-refused",
                [("reason", Arg::Words(Box::new(reason)))],
            ))?;
            return Ok(false);
        }
    };
    let on = channels::on(&words.loaded.config);
    if on.is_empty() {
        words.say(&say("send-no-channel"))?;
        return Ok(false);
    }
    let db = words.loaded.database().await?;
    let now = Clock::system().now();
    let at = at.unwrap_or(now);
    let maps = match words.loaded.painter() {
        Some(painter) => painter.maps(&alert, at).await,
        None => Maps::new(),
    };
    let mut tx = db.begin().await?;
    let sources = (&*words.loaded.catalogue, &*words.loaded.city);
    let told = (&alert, Word::Senders, &maps);
    let outcome = send::send_with_maps(&mut tx, sources, told, &on, (at, now)).await?;
    tx.commit().await?;
    let good = match outcome {
        Outcome::Already(id) => {
            words.say(&say_with(
                "send-already",
                [("id", Arg::Text(id.to_string()))],
            ))?;
            false
        }
        Outcome::NotNow(judgement) => {
            words.say(&not_now(&judgement))?;
            false
        }
        Outcome::Sent {
            id,
            letter,
            judgement,
        } => {
            let districts = letter::districts(judgement.districts, &words.loaded.city);
            words.say(&say_with(
                "send-on-its-way",
                [
                    ("id", Arg::Text(id.to_string())),
                    ("districts", Arg::Words(Box::new(districts))),
                ],
            ))?;
            warn_of_idle_lanes(words, &db, &on).await?;
            if wait {
                follow(words, &db, letter).await?;
            }
            true
        }
    };
    db.close().await;
    Ok(good)
}

fn not_now(judgement: &Judgement) -> message::Words {
    let reason = [("reason", Arg::Words(Box::new(judgement.reason.clone())))];
    if judgement.verdict == Verdict::Held {
        say_with("send-held", reason)
    } else {
        say_with("send-refused", reason)
    }
}

/// Says so when nobody delivers on a channel, or when its lane stands.
async fn warn_of_idle_lanes(words: &Words, db: &Db, on: &[&str]) -> anyhow::Result<()> {
    let mut tx = db.read().await?;
    let held = lease::held_lanes(&mut tx).await?;
    drop(tx);
    for channel in on {
        let name = ("channel", Arg::Text((*channel).to_owned()));
        match held.iter().find(|(held, _)| held == channel) {
            None => words.say(&say_with("send-nobody-delivers", [name]))?,
            Some((_, Some(why))) => {
                words.say(&say_with(
                    "send-lane-stands",
                    [name, ("why", Arg::Text(why.clone()))],
                ))?;
            }
            Some((_, None)) => {}
        }
    }
    Ok(())
}

/// Shows progress until nothing is left to send, then reports.
async fn follow(words: &Words, db: &Db, letter: i64) -> anyhow::Result<()> {
    let bars = MultiProgress::new();
    let mut by_channel: HashMap<String, ProgressBar> = HashMap::new();
    let style = ProgressStyle::with_template("{prefix:10} {bar:40} {pos}/{len} {msg}")?;
    loop {
        let mut tx = db.read().await?;
        let progress = report::progress(&mut tx, letter).await?;
        drop(tx);
        for channel in &progress {
            let bar = by_channel
                .entry(channel.channel.clone())
                .or_insert_with(|| {
                    let bar = bars.add(ProgressBar::new(0)).with_style(style.clone());
                    bar.set_prefix(channel.channel.clone());
                    bar
                });
            bar.set_length(u64::try_from(channel.planned).unwrap_or(0));
            bar.set_position(
                u64::try_from(channel.planned - channel.to_go() - channel.held()).unwrap_or(0),
            );
        }
        if progress
            .iter()
            .all(|channel| channel.to_go() == 0 && channel.walk != "open")
        {
            bars.clear()?;
            return tell(words, &progress);
        }
        if let Some(stopped) = progress.iter().find(|channel| channel.walk == "stopped") {
            bars.clear()?;
            let why = stopped.reason.clone().unwrap_or_default();
            words.say(&say_with(
                "report-stopped",
                [
                    ("channel", Arg::Text(stopped.channel.clone())),
                    ("why", Arg::Text(why)),
                ],
            ))?;
            return tell(words, &progress);
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// `glas alert status`.
///
/// # Errors
/// When the database is away or a word is missing.
pub async fn status(words: &Words, id: &str, json: bool) -> anyhow::Result<bool> {
    #[derive(Serialize)]
    struct Status<'a> {
        id: String,
        identifier: &'a str,
        sender: &'a str,
        state: &'a str,
        channels: &'a [Progress],
        report: Option<Report>,
    }
    let db = words.loaded.database().await?;
    let mut tx = db.read().await?;
    let found = store::look_up(&mut tx, id).await?;
    let Some(kept) = found else {
        words.say(&say_with(
            "status-unknown",
            [("id", Arg::Text(id.to_owned()))],
        ))?;
        return Ok(false);
    };
    let progress = report::progress(&mut tx, kept.letter).await?;
    let told = Report::of_alert(&mut tx, id, Clock::system().now()).await?;
    drop(tx);
    db.close().await;
    let alert = &kept.earlier.alert;
    if json {
        let status = Status {
            id: kept.id.to_string(),
            identifier: &alert.identifier,
            sender: &alert.sender,
            state: &kept.state,
            channels: &progress,
            report: told,
        };
        println!("{}", serde_json::to_string(&status)?);
        return Ok(true);
    }
    let state = match kept.state.as_str() {
        "cancelled" => say("status-cancelled"),
        "updated" => say("status-updated"),
        _ => say("status-sent"),
    };
    words.say(&say_with(
        "status-line",
        [
            ("id", Arg::Text(kept.id.to_string())),
            ("identifier", Arg::Text(alert.identifier.clone())),
            ("state", Arg::Words(Box::new(state))),
        ],
    ))?;
    tell(words, &progress)?;
    Ok(true)
}

/// The delivery report in plain words, a line a channel.
fn tell(words: &Words, progress: &[Progress]) -> anyhow::Result<()> {
    for channel in progress {
        let number = |count: i64| Arg::Number(count);
        let failed = channel.count("dead");
        let late = channel.count("expired") + channel.count("superseded") + channel.dropped;
        words.say(&say_with(
            "report-channel",
            [
                ("channel", Arg::Text(channel.channel.clone())),
                ("planned", number(channel.planned)),
                ("reached", number(channel.count("sent"))),
            ],
        ))?;
        let others = [
            (channel.to_go(), "to-go"),
            (channel.held(), "held"),
            (channel.count(state::MERGED), "merged"),
            (channel.count("uncertain"), "uncertain"),
            (channel.count("gone"), "gone"),
            (failed, "failed"),
            (late, "late"),
        ];
        for (count, what) in others.into_iter().filter(|(count, _)| *count > 0) {
            let count = [("count", number(count))];
            words.say(&match what {
                "to-go" => say_with("report-to-go", count),
                "held" => say_with("report-held", count),
                "merged" => say_with("report-merged", count),
                "uncertain" => say_with("report-uncertain", count),
                "gone" => say_with("report-gone", count),
                "failed" => say_with("report-failed", count),
                _ => say_with("report-late", count),
            })?;
        }
        if let Some([half, most, all]) = channel.times_ms {
            let seconds = |ms: i64| Arg::Number((ms.max(0) + 999) / 1000);
            words.say(&say_with(
                "report-times",
                [
                    ("half", seconds(half)),
                    ("most", seconds(most)),
                    ("all", seconds(all)),
                ],
            ))?;
        }
    }
    Ok(())
}
