//! The database: reachable, up to date, of this city; and who delivers and listens now.

use std::time::Duration;

use tokio::time::timeout;

use crate::app::{self, CITY, Loaded, PAUSED};
use crate::base::clock::Clock;
use crate::channels;
use crate::channels::checkup::{Checkup, Finding};
use crate::message::{Arg, Words, say, say_with, say_with_text};
use crate::outbox::lease::{self, Held};
use crate::store::{self, Db, On};

/// The time for all that the database is asked.
const PATIENCE: Duration = Duration::from_secs(9);

/// Looks at the database without making or changing anything.
pub async fn check(loaded: &Loaded) -> Checkup {
    match timeout(PATIENCE, look(loaded)).await {
        Ok(Ok(checkup)) => checkup,
        Ok(Err(why)) => only(Finding::fault(
            "database",
            say_with_text("doctor-database-fault", &format!("{why:#}")),
        )),
        Err(_) => only(Finding::fault("database", say("doctor-database-silent"))),
    }
}

fn only(finding: Finding) -> Checkup {
    Checkup {
        findings: vec![finding],
        ahead_ms: None,
    }
}

async fn look(loaded: &Loaded) -> anyhow::Result<Checkup> {
    let url = app::database_url(&loaded.config)?;
    if let Some(file) = store::sqlite_file(&url)
        && !file.exists()
    {
        let says = say_with_text("doctor-database-new", &file.display().to_string());
        return Ok(only(Finding::warning("database", says)));
    }
    let db = store::connect(&url).await?;
    let behind = i64::try_from(store::behind(&db).await?).unwrap_or(i64::MAX);
    if behind > 0 {
        db.close().await;
        let says = say_with("doctor-database-old", [("count", Arg::Number(behind))]);
        return Ok(only(Finding::warning("database", says)));
    }
    let checkup = within(loaded, &db).await;
    db.close().await;
    Ok(checkup?)
}

/// What stands in a database that is up to date.
async fn within(loaded: &Loaded, db: &Db) -> Result<Checkup, sqlx::Error> {
    // One that may write, and never does: a database that nobody can write to is found out.
    let mut tx = db.begin().await?;
    let theirs = tx.now().await?;
    let ours = Clock::system().now();
    let city = store::setting(&mut tx, CITY).await?;
    let paused = store::setting(&mut tx, PAUSED).await?.is_some();
    let held = lease::held(&mut tx).await?;
    drop(tx);
    let mut findings = vec![match city {
        Some(other) if other != loaded.code() => Finding::fault(
            "database",
            say_with(
                "doctor-database-city",
                [
                    ("theirs", Arg::Text(other)),
                    ("ours", Arg::Text(loaded.code().to_owned())),
                ],
            ),
        ),
        _ => Finding::ok("database", say_with_text("doctor-database", loaded.code())),
    }];
    if paused {
        findings.push(Finding::warning("paused", say("doctor-paused")));
    }
    for channel in channels::on(&loaded.config) {
        findings.extend(lane(channel, &held));
    }
    // SQLite has no clock but this machine's.
    let ahead_ms = matches!(db, On::Postgres(_)).then(|| theirs.0.saturating_sub(ours.0));
    Ok(Checkup { findings, ahead_ms })
}

/// Who delivers on a channel and who listens there.
fn lane(channel: &str, held: &[Held]) -> Vec<Finding> {
    let belongs = |held: &&Held, what: &str| {
        let mut steps = held.name.split('/');
        (steps.next(), steps.next()) == (Some(what), Some(channel))
    };
    let lanes: Vec<&Held> = held.iter().filter(|held| belongs(held, "lane")).collect();
    let listener = held.iter().find(|held| belongs(held, "listen"));
    let name = ("channel", Arg::Text(channel.to_owned()));
    let process = |held: &Held| Words::Verbatim(held.owner.to_string());
    let mut findings = vec![];
    for lane in &lanes {
        if let Some(why) = &lane.note {
            let says = say_with(
                "doctor-lane-stands",
                [
                    name.clone(),
                    ("process", Arg::Words(process(lane).into())),
                    ("why", Arg::Text(why.clone())),
                ],
            );
            findings.push(Finding::fault("lane", says));
        }
    }
    if lanes.is_empty() {
        findings.push(Finding::warning(
            "lane",
            say_with("doctor-lane-nobody", [name.clone()]),
        ));
    } else if findings.is_empty() {
        let senders = Arg::List(lanes.into_iter().map(process).collect());
        findings.push(Finding::ok(
            "lane",
            say_with("doctor-lane", [name.clone(), ("processes", senders)]),
        ));
    }
    findings.push(match listener {
        Some(listener) => Finding::ok(
            "listener",
            say_with(
                "doctor-listener",
                [name, ("process", Arg::Words(process(listener).into()))],
            ),
        ),
        None => Finding::warning("listener", say_with("doctor-listener-nobody", [name])),
    });
    findings
}
