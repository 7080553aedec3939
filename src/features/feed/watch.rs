//! Feeds are read when they are due, each by one process at a time.

use std::time::Duration;

use tokio::sync::watch;

use super::round::Reader;
use super::store;
use crate::base::clock::Millis;
use crate::config::feeds::FeedSettings;
use crate::features::alert::send::SendFault;
use crate::outbox::lease::Lease;

/// How often the clock is looked at.
const LOOK: Duration = Duration::from_secs(1);
/// How long a process may be silent before another reads its feed; longer than any reading takes.
const LEASE: Duration = Duration::from_mins(5);
/// How soon it is looked again when another process reads the feed.
const ELSEWHERE: Duration = Duration::from_secs(15);

/// The lease under which a feed is read.
#[must_use]
pub fn lease(feed: &str, process: i64) -> Lease {
    Lease {
        name: format!("feed/{feed}"),
        owner: process,
        lasts: LEASE,
    }
}

/// Reads a feed whenever it is due, until the process is to end.
pub async fn watch(
    reader: Reader,
    feed: FeedSettings,
    process: i64,
    mut stop: watch::Receiver<bool>,
) {
    let lease = lease(&feed.name, process);
    let mut next = Millis(0);
    loop {
        if reader.clock.now() >= next {
            let turn = tokio::select! {
                turn = turn(&reader, &feed, &lease) => turn,
                _ = stop.wait_for(|stop| *stop) => break,
            };
            next = turn.unwrap_or_else(|why| {
                tracing::error!(
                    feed = feed.name,
                    "a feed was not read and is tried again: {why}"
                );
                reader.clock.now().plus(ELSEWHERE)
            });
        }
        tokio::select! {
            () = tokio::time::sleep(LOOK) => {}
            _ = stop.wait_for(|stop| *stop) => break,
        }
    }
    if let Err(why) = lease.give_back(&reader.db).await {
        tracing::warn!(
            feed = feed.name,
            "the feed's lease could not be given back: {why}"
        );
    }
}

/// Reads the feed if it is due and nobody else does; when to look again.
async fn turn(reader: &Reader, feed: &FeedSettings, lease: &Lease) -> Result<Millis, SendFault> {
    let now = reader.clock.now();
    let mut tx = reader.db.read().await?;
    let state = store::state(&mut tx, &feed.name).await?;
    drop(tx);
    let due = state
        .filter(|state| state.url == feed.url.as_str())
        .map_or(now, |state| {
            // The settings may have become more eager since.
            let usual = state.tried_at.plus(Duration::from_secs(feed.every));
            if state.failures == 0 {
                state.next.min(usual)
            } else {
                state.next
            }
        });
    if due > now {
        return Ok(due);
    }
    let mut tx = reader.db.begin().await?;
    let ours = lease.take(&mut tx).await?;
    tx.commit().await?;
    if !ours {
        return Ok(now.plus(ELSEWHERE));
    }
    reader.read(feed, lease).await
}
