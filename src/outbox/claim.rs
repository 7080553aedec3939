//! One transaction a tick: what finished is acknowledged, what died is recovered, broadcasts are
//! expanded, and the window is filled.

use std::collections::{BTreeSet, HashSet};

use tokio::time::Instant;

use super::hold::Hours;
use super::hot::{self, Choice, Crashes};
use super::lease::Lease;
use super::removal;
use super::row::{Claimed, Effect, Resting, Settled, Worded};
use super::{Lane, state};
use crate::base::clock::Millis;
use crate::message::limits::Repeat;
use crate::on;
use crate::store::{self, Db, Tx};

pub mod mend;
pub mod walk;

/// What a worker asks of one tick.
#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own about the worker"
)]
pub struct Ask {
    /// The channel's name.
    pub channel: &'static str,
    /// The lane's lease.
    pub lease: Lease,
    /// Whether the lease is not ours yet.
    pub take_lease: bool,
    /// Whether there is reason to write only if something is due.
    pub look_first: bool,
    /// How the channel stands to repeats.
    pub repeat: Repeat,
    /// Results to acknowledge.
    pub settled: Vec<Settled>,
    /// What else they change.
    pub effects: Vec<Effect>,
    /// How many deliveries may be claimed.
    pub free: usize,
    /// Whether nothing at all is under way.
    pub idle: bool,
    /// Whether enough fresh ones have left for those caught in a crash to have their turn before
    /// others.
    pub caught_first: bool,
    /// How many of those caught in a crash may be under way besides the ones that are: no more
    /// than there are connections, so that a second crash leaves few of them unknown.
    pub caught_room: usize,
    /// Only danger to life may leave now.
    pub urgent_only: bool,
    /// Letters that the worker has at hand.
    pub letters_known: HashSet<i64>,
    /// The time.
    pub now: Millis,
    /// The city's day, for those who are to wait.
    pub hours: Hours,
    /// Counts the ticks, for turns.
    pub turn: i64,
    /// Whether to look for deliveries whose process died.
    pub recover: bool,
    /// Why the lane stands, or that it moves again, when that is news.
    pub note: Option<Option<String>>,
    /// What this worker holds, when it must be compared with the database after a failed tick.
    pub holds: Option<Vec<i64>>,
    /// The last word that the worker has of deliveries that were taken away.
    pub taken: Option<String>,
    /// When this was asked, by a clock that nobody sets.
    pub began: Instant,
}

/// What a tick gave.
#[derive(Debug, Default)]
pub struct Given {
    /// Nothing was due, and nothing was written.
    pub only_looked: bool,
    /// Whether the lane's lease is still ours.
    pub held: bool,
    /// Deliveries to send, the most urgent first.
    pub claimed: Vec<Claimed>,
    /// Letters among them that were not known.
    pub letters: Vec<Resting>,
    /// Whether more waits than was free.
    pub more: bool,
    /// The last word of deliveries that were taken away.
    pub taken: Option<String>,
    /// When that is news: the deliveries that are still this worker's, those claimed now not among them.
    pub still_ours: Option<Vec<i64>>,
}

const OVERVIEW: &str = "select
    (select min(due) from delivery where channel = $1 and state in ('ready', 'retry') and lane = 0),
    (select min(due) from delivery where channel = $1 and state in ('ready', 'retry') and lane = 1),
    (select min(due) from delivery where channel = $1 and state in ('ready', 'retry') and lane = 2),
    (select min(due) from delivery where channel = $1 and state in ('ready', 'retry') and lane = 3),
    (select min(lane) from broadcast where channel = $1 and state = 'open')";

/// Every statement of this file, for the test that prepares them.
pub const STATEMENTS: [&str; 1] = [OVERVIEW];

type OverviewRow = (
    Option<i64>,
    Option<i64>,
    Option<i64>,
    Option<i64>,
    Option<i64>,
);

/// When a channel has something to do: the earliest due time of waiting deliveries, or at once
/// when a broadcast is open. `None`: nothing at all.
///
/// # Errors
/// When the database is away.
pub async fn next_due(db: &Db, channel: &str) -> Result<Option<Millis>, sqlx::Error> {
    let mut tx = db.read().await?;
    let row = overview(&mut tx, channel).await?;
    if row.4.is_some() {
        return Ok(Some(Millis(0)));
    }
    Ok([row.0, row.1, row.2, row.3]
        .into_iter()
        .flatten()
        .min()
        .map(Millis))
}

async fn overview(tx: &mut Tx, channel: &str) -> Result<OverviewRow, sqlx::Error> {
    on!(tx, c => sqlx::query_as(OVERVIEW).bind(channel).fetch_one(c).await)
}

/// Runs one tick.
///
/// # Errors
/// When the database is away; then nothing of it took effect, or (PostgreSQL, a lost commit) all
/// of it did, which [`Ask::holds`] puts right.
pub async fn tick(db: &Db, ask: &Ask) -> Result<Given, sqlx::Error> {
    if ask.look_first
        && next_due(db, ask.channel)
            .await?
            .is_none_or(|due| due > ask.now)
    {
        return Ok(Given {
            only_looked: true,
            ..Given::default()
        });
    }
    let mut tx = db.begin().await?;
    // The lease before the deliveries: two processes that meet take their locks in one order.
    let held = if ask.take_lease {
        ask.lease.take(&mut tx).await?
    } else {
        ask.lease.keep(&mut tx).await?
    };
    hot::acknowledge(&mut tx, ask.lease.owner, &ask.settled).await?;
    for effect in &ask.effects {
        mend::apply(&mut tx, ask, effect).await?;
    }
    let mut given = Given {
        held,
        ..Given::default()
    };
    if given.held {
        given.taken = store::setting(&mut tx, removal::TAKEN).await?;
        if given.taken != ask.taken {
            given.still_ours = Some(mend::ours(&mut tx, ask).await?);
        }
        if let Some(note) = &ask.note {
            ask.lease.note(&mut tx, note.as_deref()).await?;
        }
        if let Some(holds) = &ask.holds {
            mend::put_back_unknown(&mut tx, ask, holds).await?;
        }
        if ask.recover {
            mend::recover(&mut tx, ask).await?;
        }
        if ask.recover
            || ask
                .settled
                .iter()
                .any(|settled| settled.state == state::RETRY)
        {
            mend::supersede_late(&mut tx, ask).await?;
        }
        if ask.free > 0 {
            fill(&mut tx, ask, &mut given).await?;
        }
    }
    let wanted: BTreeSet<i64> = (given.claimed.iter())
        .map(|row| row.letter)
        .filter(|letter| !ask.letters_known.contains(letter))
        .collect();
    let wanted: Vec<i64> = wanted.into_iter().collect();
    let letters = hot::letters(&mut tx, &wanted).await?;
    tx.commit().await?;
    // Nobody waits for the database while they are read.
    given.letters = letters.into_iter().map(resting).collect();
    Ok(given)
}

/// Fills the free part of the window, the most urgent lanes first.
async fn fill(tx: &mut Tx, ask: &Ask, given: &mut Given) -> Result<(), sqlx::Error> {
    let row = overview(tx, ask.channel).await?;
    let due = [row.0, row.1, row.2, row.3].map(|due| due.is_some_and(|due| due <= ask.now.0));
    let lowest_open = row.4.unwrap_or(i64::MAX);
    let shared = ask.free * 3 / 4 + usize::from(ask.free < 4 && ask.turn % 4 != 0);
    let quotas: &[(Lane, usize)] = if ask.urgent_only {
        &[(Lane::Extreme, usize::MAX)]
    } else {
        &[
            (Lane::Extreme, usize::MAX),
            (Lane::Reply, usize::MAX),
            (Lane::Alert, shared),
            (Lane::Minor, usize::MAX),
            (Lane::Alert, usize::MAX),
        ]
    };
    for &(lane, quota) in quotas {
        let room = |given: &Given| (ask.free - given.claimed.len()).min(quota);
        if due[lane.index()] {
            if ask.caught_first {
                let most = room(given).min(ask.caught_room.saturating_sub(caught(given)));
                claim_due(tx, ask, lane, Crashes::One, most, given).await?;
            }
            claim_due(tx, ask, lane, Crashes::None, room(given), given).await?;
        }
        let room = room(given);
        if room > 0 && lowest_open <= lane.number() {
            walk::walk(tx, ask, lane, room, given).await?;
        }
    }
    // When nothing fresh waits, it is the turn of those caught in a crash; of those caught in two
    // alone, one at a time.
    let alone = usize::from(ask.idle);
    for (crashes, most) in [
        (Crashes::One, ask.caught_room.min(ask.free)),
        (Crashes::More, alone),
    ] {
        for &(lane, _) in quotas {
            if given.claimed.is_empty() && due[lane.index()] {
                claim_due(tx, ask, lane, crashes, most, given).await?;
            }
        }
    }
    given.more |= given.claimed.len() >= ask.free;
    Ok(())
}

/// How many of those claimed were caught in a crash.
fn caught(given: &Given) -> usize {
    given.claimed.iter().filter(|row| row.crashes > 0).count()
}

/// Claims at most `limit` waiting deliveries of a lane that were in so many crashes.
async fn claim_due(
    tx: &mut Tx,
    ask: &Ask,
    lane: Lane,
    crashes: Crashes,
    limit: usize,
    given: &mut Given,
) -> Result<(), sqlx::Error> {
    if limit == 0 {
        return Ok(());
    }
    let choice = Choice {
        lane: lane.number(),
        crashes,
        limit,
    };
    let rows = hot::claim(tx, ask.channel, ask.lease.owner, choice, ask.now).await?;
    given.claimed.extend(rows.into_iter().map(Claimed::from));
    Ok(())
}

fn resting((letter, worded, created, expires, lane, mark): hot::Rested) -> Resting {
    Resting {
        id: letter,
        worded: Worded::from_json(&worded).unwrap_or_else(|why| {
            tracing::error!(letter, "the letter cannot be read and is given up: {why}");
            Worded::default()
        }),
        created: Millis(created),
        expires: Millis(expires),
        // A digest goes out to many, though each gets it by a delivery of its own.
        bulk: Lane::from_number(lane) != Lane::Reply,
        mark: mark.as_deref().and_then(super::row::mark),
    }
}
