//! Mending: what results change besides their delivery, and what a dead process left behind.

use std::collections::BTreeSet;

use super::Ask;
use crate::base::clock::Millis;
use crate::message::limits::Repeat;
use crate::on;
use crate::outbox::row::Effect;
use crate::outbox::{Lane, fate, state};
use crate::store::Tx;

const GONE: &str = "update address set state = 'off', reason = $2 where id = $1 and state = 'on'";
const DROP_WAITING: &str = "update delivery set state = 'gone', settled = $2, reason = $3
    where address = $1 and state in ('ready', 'retry', 'held')";
const MOVED: &str = "update address set handle = $2 where id = $1
    and not exists (select 1 from address other where other.channel = address.channel and other.handle = $2
            and other.id <> address.id)";
const STOPPED: &str = "update broadcast set state = 'stopped', reason = $3
    where letter = $1 and channel = $2 and state = 'open'";
const ABANDONED: &str = "select id, lane, doubts, crashes, claimed, owner, epoch,
        (select count(*) from letter l where l.id = delivery.letter and l.mark is not null) from delivery
    where channel = $1 and state = 'inflight' and owner <> $2
        and not exists (select 1 from lease where lease.owner = delivery.owner and lease.until > $3
            and lease.name like $4) order by id limit 5000";
const RECOVER: &str = "update delivery set state = $2, crashes = crashes + 1, doubts = doubts + 1, due = $3, settled = $3,
    reason = $4, epoch = epoch + 1 where id = $1 and state = 'inflight' and owner = $5 and epoch = $6";
const MINE: &str =
    "select id from delivery where channel = $1 and owner = $2 and state = 'inflight'";
const IS_SUPERSEDED: &str =
    "select count(*) from broadcast where letter = $1 and channel = $2 and state = 'superseded'";
const SUPERSEDE_LATE: &str = "update delivery set state = 'superseded', settled = $3
    where letter = $1 and channel = $2 and state in ('ready', 'retry')";
const ABANDONED_LETTERS: &str = "select distinct letter from delivery
    where channel = $1 and state = 'retry' and crashes > 0";
const PUT_BACK: &str = "update delivery set state = 'ready', attempts = attempts - 1
    where id = $1 and owner = $2 and state = 'inflight'";

/// Every statement of this file, for the test that prepares them.
pub const STATEMENTS: [&str; 11] = [
    IS_SUPERSEDED,
    ABANDONED_LETTERS,
    SUPERSEDE_LATE,
    GONE,
    DROP_WAITING,
    MOVED,
    STOPPED,
    ABANDONED,
    RECOVER,
    MINE,
    PUT_BACK,
];

pub(super) async fn apply(tx: &mut Tx, ask: &Ask, effect: &Effect) -> Result<(), sqlx::Error> {
    match effect {
        Effect::Gone { address, reason } => {
            on!(tx, c => sqlx::query(GONE).bind(*address).bind(reason).execute(c).await.map(drop))?;
            on!(tx, c => sqlx::query(DROP_WAITING).bind(*address).bind(ask.now.0).bind(reason).execute(c).await.map(drop))
        }
        Effect::Moved { address, to } => {
            let changed = on!(tx, c => sqlx::query(MOVED).bind(*address).bind(to).execute(c).await?.rows_affected());
            if changed == 0 {
                let reason = "moved to an address that is known already";
                on!(tx, c => sqlx::query(GONE).bind(*address).bind(reason).execute(c).await.map(drop))?;
                on!(tx, c => sqlx::query(DROP_WAITING).bind(*address).bind(ask.now.0).bind(reason).execute(c).await
                    .map(drop))?;
            }
            Ok(())
        }
        Effect::Stopped { letter, reason } => {
            on!(tx, c => sqlx::query(STOPPED).bind(*letter).bind(ask.channel).bind(reason).execute(c).await.map(drop))
        }
    }
}

/// What the database says that this worker holds.
pub(super) async fn ours(tx: &mut Tx, ask: &Ask) -> Result<Vec<i64>, sqlx::Error> {
    let rows: Vec<(i64,)> = on!(tx, c => sqlx::query_as(MINE).bind(ask.channel).bind(ask.lease.owner).fetch_all(c).await?);
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// After a tick whose commit may have been lost: what the database says is ours and we do not
/// have was never sent, and goes back.
pub(super) async fn put_back_unknown(
    tx: &mut Tx,
    ask: &Ask,
    holds: &[i64],
) -> Result<(), sqlx::Error> {
    let mine = ours(tx, ask).await?;
    // What this tick settled and is in flight all the same was claimed anew by the lost one.
    let settled = |id: &i64| ask.settled.iter().any(|settled| settled.id == *id);
    for id in mine
        .into_iter()
        .filter(|id| !holds.contains(id) || settled(id))
    {
        on!(tx, c => sqlx::query(PUT_BACK).bind(id).bind(ask.lease.owner).execute(c).await.map(drop))?;
    }
    Ok(())
}

/// What was in flight when its letter was superseded, and was not taken, does not come back.
///
/// # Errors
/// When the database is away.
pub(super) async fn supersede_late(tx: &mut Tx, ask: &Ask) -> Result<(), sqlx::Error> {
    let mut letters: BTreeSet<i64> = (ask.settled.iter())
        .filter(|settled| settled.state == state::RETRY)
        .map(|settled| settled.letter)
        .collect();
    if ask.recover {
        let caught: Vec<(i64,)> =
            on!(tx, c => sqlx::query_as(ABANDONED_LETTERS).bind(ask.channel).fetch_all(c).await?);
        letters.extend(caught.into_iter().map(|(letter,)| letter));
    }
    for letter in letters {
        let (superseded,): (i64,) = on!(tx, c => sqlx::query_as(IS_SUPERSEDED).bind(letter).bind(ask.channel)
            .fetch_one(c).await?);
        if superseded > 0 {
            on!(tx, c => sqlx::query(SUPERSEDE_LATE).bind(letter).bind(ask.channel).bind(ask.now.0).execute(c).await
                .map(drop))?;
        }
    }
    Ok(())
}

/// A delivery whose process died: id, lane, doubts, crashes, when it was claimed, by whom, its
/// epoch, whether it marks an old message.
type Abandoned = (i64, i64, i64, i64, i64, i64, i64, i64);

/// Takes over what processes left behind that hold no lease of this lane any more.
pub(super) async fn recover(tx: &mut Tx, ask: &Ask) -> Result<(), sqlx::Error> {
    let now = tx.now().await?;
    let lanes = format!("lane/{}%", ask.channel);
    let rows: Vec<Abandoned> = on!(tx, c => sqlx::query_as(ABANDONED).bind(ask.channel)
        .bind(ask.lease.owner).bind(now.0).bind(lanes).fetch_all(c).await?);
    if !rows.is_empty() {
        tracing::warn!(
            channel = ask.channel,
            deliveries = rows.len(),
            "taking over what another process had in flight"
        );
    }
    for (id, lane, doubts, crashes, claimed, owner, epoch, marks) in rows {
        let ago = ask.now.since(Millis(claimed));
        // A change is the same when it is made twice.
        let repeat = if marks > 0 {
            Repeat::Identical
        } else {
            ask.repeat
        };
        let becomes = fate::after_crash(repeat, Lane::from_number(lane), doubts, crashes, ago);
        let reason = "its process ended while it was in flight";
        on!(tx, c => sqlx::query(RECOVER).bind(id).bind(becomes).bind(ask.now.0).bind(reason).bind(owner)
            .bind(epoch).execute(c).await.map(drop))?;
    }
    Ok(())
}
