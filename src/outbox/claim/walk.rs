//! Walking: open broadcasts become deliveries just in time, a lane's by turns.

use super::{Ask, Given};
use crate::base::id;
use crate::on;
use crate::outbox::hot::{self, Walk};
use crate::outbox::row::{Claimed, Recipient};
use crate::outbox::{Lane, state};
use crate::store::Tx;

const WALKED: &str = "update broadcast set walked_to = $3, walked = walked + $4, turn = $5
    where letter = $1 and channel = $2";
const ENDED: &str =
    "update broadcast set state = $3, planned = walked + $4, dropped = $4, reason = $5
    where letter = $1 and channel = $2 and state in ('open', 'stopped')";

/// Every statement of this file, for the test that prepares them.
pub const STATEMENTS: [&str; 2] = [WALKED, ENDED];

/// Expands the open broadcasts of a lane by turns.
pub(super) async fn walk(
    tx: &mut Tx,
    ask: &Ask,
    lane: Lane,
    room: usize,
    given: &mut Given,
) -> Result<(), sqlx::Error> {
    let open = hot::open(tx, ask.channel, lane.number(), room).await?;
    let mut left = room;
    for (index, (walk, expires)) in open.iter().enumerate() {
        if *expires <= ask.now {
            let never = hot::count_to_come(tx, ask.channel, walk).await?;
            end(tx, ask, walk.letter, state::EXPIRED, never).await?;
            continue;
        }
        let share = left.div_ceil(open.len() - index).min(left);
        left -= expand(tx, ask, lane, walk, share, given).await?;
        if left == 0 {
            break;
        }
    }
    Ok(())
}

/// Walks one broadcast on by at most `share`; how many it took.
async fn expand(
    tx: &mut Tx,
    ask: &Ask,
    lane: Lane,
    walk: &Walk,
    share: usize,
    given: &mut Given,
) -> Result<usize, sqlx::Error> {
    let found = hot::recipients(tx, ask.channel, walk, share).await?;
    let count = found.len();
    if let Some(last) = found.last() {
        let first_id = id::block(u32::try_from(count).unwrap_or(u32::MAX));
        let addresses: Vec<i64> = found.iter().map(|recipient| recipient.0).collect();
        let walked_to = last.0;
        let ids = (walk.letter, first_id);
        hot::expand(
            tx,
            (ask.channel, lane.number()),
            ask.lease.owner,
            ids,
            &addresses,
            ask.now,
        )
        .await?;
        on!(tx, c => sqlx::query(WALKED).bind(walk.letter).bind(ask.channel).bind(walked_to)
            .bind(i64::try_from(count).unwrap_or(i64::MAX)).bind(ask.now.0).execute(c).await.map(drop))?;
        given.claimed.extend(
            found
                .into_iter()
                .zip(first_id..)
                .map(|(recipient, id)| fresh(recipient, id, walk, lane)),
        );
    }
    if count < share {
        end(tx, ask, walk.letter, "ended", 0).await?;
    }
    Ok(count)
}

fn fresh(recipient: Recipient, id: i64, walk: &Walk, lane: Lane) -> Claimed {
    let Recipient(address, handle, languages, thread, receipts) = recipient;
    let first = receipts.and_then(|kept| {
        serde_json::from_str::<Vec<String>>(&kept)
            .ok()?
            .into_iter()
            .next()
    });
    Claimed {
        id,
        letter: walk.letter,
        address,
        lane,
        handle,
        languages,
        epoch: 1,
        attempts: 1,
        doubts: 0,
        crashes: 0,
        next_part: 0,
        receipts: vec![],
        via: None,
        wanted: true,
        thread: thread.map(|id| (id, first)),
    }
}

async fn end(
    tx: &mut Tx,
    ask: &Ask,
    letter: i64,
    becomes: &str,
    never: i64,
) -> Result<(), sqlx::Error> {
    on!(tx, c => sqlx::query(ENDED).bind(letter).bind(ask.channel).bind(becomes).bind(never).bind(None::<String>)
        .execute(c).await.map(drop))
}
