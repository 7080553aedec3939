//! Walking: open broadcasts become deliveries just in time, a lane's by turns.

use super::{Ask, Given};
use crate::base::clock::Millis;
use crate::base::id;
use crate::on;
use crate::outbox::hold::Slots;
use crate::outbox::hot::{self, Walk};
use crate::outbox::row::{Claimed, Recipient};
use crate::outbox::{Lane, state};
use crate::store::Tx;

const WALKED: &str = "update broadcast set walked_to = $3, walked = walked + $4, turn = $5
    where letter = $1 and channel = $2";
const ENDED: &str = "update broadcast set state = 'ended', planned = walked, reason = null
    where letter = $1 and channel = $2 and state in ('open', 'stopped')";
/// Whom it never came to is counted later: nothing urgent waits for that.
const EXPIRED: &str = "update broadcast set state = 'expired', reason = null
    where letter = $1 and channel = $2 and state in ('open', 'stopped')";

/// Every statement of this file, for the test that prepares them.
pub const STATEMENTS: [&str; 3] = [WALKED, ENDED, EXPIRED];

/// Recipients that are looked at in one tick at most, when many of them are to wait.
const MOST_AT_ONCE: usize = 2048;
/// Recipients that are looked at together where those before them were to wait.
const CHUNK: usize = 512;

/// Expands the open broadcasts of a lane by turns. Those who get the letter now fill the `room`;
/// those who must wait take none of it.
pub(super) async fn walk(
    tx: &mut Tx,
    ask: &Ask,
    lane: Lane,
    room: usize,
    given: &mut Given,
) -> Result<(), sqlx::Error> {
    let open = hot::open(tx, ask.channel, lane.number(), room).await?;
    let mut left = room;
    let mut steps = MOST_AT_ONCE;
    for (index, (walk, expires)) in open.iter().enumerate() {
        if *expires <= ask.now {
            end(tx, ask, walk.letter, EXPIRED).await?;
            continue;
        }
        let share = left.div_ceil(open.len() - index).min(left);
        left -= expand(tx, ask, lane, walk, (share, &mut steps), given).await?;
        if left == 0 {
            break;
        }
        if steps == 0 {
            given.more = true;
            break;
        }
    }
    Ok(())
}

/// Walks one broadcast on until `share` have it now, or `steps` are used up; how many have it.
async fn expand(
    tx: &mut Tx,
    ask: &Ask,
    lane: Lane,
    walk: &Walk,
    (share, steps): (usize, &mut usize),
    given: &mut Given,
) -> Result<usize, sqlx::Error> {
    let slots = Slots::after(ask.now, ask.hours);
    let mut at = *walk;
    let (mut left, mut chunk) = (share, share);
    while left > 0 && *steps > 0 {
        let most = chunk.min(*steps);
        let found = hot::recipients(tx, ask.channel, &at, most, (ask.now, &slots)).await?;
        let all = found.len();
        let turned = apart(found, left, &slots, ask.now);
        let count = turned.count();
        let held = !turned.held.is_empty();
        if let Some(walked_to) = turned.walked_to {
            at.walked_to = walked_to;
            let first_id = id::block(u32::try_from(count).unwrap_or(u32::MAX));
            write(tx, ask, lane, &at, (first_id, &turned)).await?;
            left -= turned.at_once.len();
            *steps -= count;
            let claimed = turned.at_once.into_iter().zip(first_id..);
            given
                .claimed
                .extend(claimed.map(|(recipient, id)| fresh(recipient, id, walk, lane)));
        }
        if count == all && all < most {
            end(tx, ask, walk.letter, ENDED).await?;
            break;
        }
        if held {
            chunk = CHUNK.max(left);
        }
    }
    Ok(share - left)
}

/// What becomes of recipients.
#[derive(Default)]
struct Turned {
    /// Those who get the letter now.
    at_once: Vec<Recipient>,
    /// Those who wait for a digest or the end of quiet hours, and until when.
    held: Vec<(i64, Millis)>,
    /// Those who get it as soon as what it follows has come to them.
    behind: Vec<(i64, Millis)>,
    /// The last address among them.
    walked_to: Option<i64>,
}

impl Turned {
    fn count(&self) -> usize {
        self.at_once.len() + self.held.len() + self.behind.len()
    }
}

/// The first of `found`, until at most `room` of them get the letter now.
fn apart(found: Vec<Recipient>, room: usize, slots: &Slots, now: Millis) -> Turned {
    let mut turned = Turned::default();
    for recipient in found {
        turned.walked_to = Some(recipient.address);
        let quiet = (recipient.quiet_from, recipient.quiet_to);
        match recipient.slot.and_then(|slot| slots.due(slot, quiet)) {
            Some(due) => turned.held.push((recipient.address, due)),
            None if recipient.behind.is_some() => turned.behind.push((recipient.address, now)),
            None => turned.at_once.push(recipient),
        }
        if turned.at_once.len() == room {
            break;
        }
    }
    turned
}

/// Writes down a chunk of deliveries and how far the walk has come.
async fn write(
    tx: &mut Tx,
    ask: &Ask,
    lane: Lane,
    walk: &Walk,
    (first_id, turned): (i64, &Turned),
) -> Result<(), sqlx::Error> {
    let whose = (ask.channel, lane.number());
    let at_once = &turned.at_once;
    if !at_once.is_empty() {
        let addresses: Vec<i64> = at_once.iter().map(|recipient| recipient.address).collect();
        let ids = (walk.letter, first_id);
        hot::expand(tx, whose, ask.lease.owner, ids, &addresses, ask.now).await?;
    }
    let length = |list: usize| i64::try_from(list).unwrap_or(i64::MAX);
    let mut next_id = first_id + length(at_once.len());
    for (state, waiting) in [(state::HELD, &turned.held), (state::READY, &turned.behind)] {
        hot::hold(tx, whose, (walk.letter, next_id), (state, waiting)).await?;
        next_id += length(waiting.len());
    }
    let count = length(turned.count());
    on!(tx, c => sqlx::query(WALKED).bind(walk.letter).bind(ask.channel).bind(walk.walked_to)
        .bind(count).bind(ask.now.0).execute(c).await.map(drop))
}

fn fresh(recipient: Recipient, id: i64, walk: &Walk, lane: Lane) -> Claimed {
    let first = recipient.thread_receipts.and_then(|kept| {
        serde_json::from_str::<Vec<String>>(&kept)
            .ok()?
            .into_iter()
            .next()
    });
    Claimed {
        id,
        letter: walk.letter,
        address: recipient.address,
        lane,
        handle: recipient.handle,
        languages: recipient.languages,
        epoch: 1,
        attempts: 1,
        doubts: 0,
        crashes: 0,
        next_part: 0,
        receipts: vec![],
        via: None,
        wanted: true,
        generation: recipient.generation,
        replaces: None,
        thread: recipient.thread.map(|id| (id, first)),
    }
}

async fn end(tx: &mut Tx, ask: &Ask, letter: i64, how: &'static str) -> Result<(), sqlx::Error> {
    on!(tx, c => sqlx::query(how).bind(letter).bind(ask.channel).execute(c).await.map(drop))
}
