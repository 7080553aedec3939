//! Posting: letters, answers and broadcasts, always inside the transaction of their cause.

mod many;

pub use many::{Reply, replies};

use std::collections::BTreeMap;

use sqlx::QueryBuilder;

use super::row::Worded;
use super::{Lane, state};
use crate::base::clock::Millis;
use crate::base::id;
use crate::base::point::Strip;
use crate::city::Set;
use crate::on;
use crate::store::Tx;

/// A letter to be posted.
#[derive(Debug)]
pub struct Post<'a> {
    /// Its words; at least one language.
    pub worded: &'a Worded,
    /// Its lane.
    pub lane: Lane,
    /// When it was written.
    pub created: Millis,
    /// After this it is not sent any more.
    pub expires: Millis,
    /// The letter that it belongs under.
    pub thread: Option<i64>,
}

/// Who shall get a broadcast: subscribers to any of the districts and any of the topics, up to
/// whose threshold the severity reaches, and whoever was reached by an earlier letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Audience {
    /// Districts; the empty set reaches nobody by place.
    pub districts: Set,
    /// Topics.
    pub topics: Set,
    /// 0 (minor or unknown) to 3 (extreme).
    pub severity: i64,
    /// Also everybody whom this letter, or one of its thread, reached or may have reached; they
    /// are told whatever the hour.
    pub reached_by: Option<i64>,
    /// The districts that are meant as a whole. In the others those who chose a point are told
    /// only where a strip of the letter ([`place`]) is near enough.
    pub whole: Set,
    /// Whether it passes quiet hours and digests.
    pub pressing: bool,
}

const LETTER: &str = "insert into letter (id, worded, lane, created, expires, thread) values ($1, $2, $3, $4, $5, $6)";
const REPLY: &str = "insert into delivery (id, letter, address, channel, lane, state, due, owner, epoch, claimed,
    attempts, doubts, crashes, next_part, via, replaces)
    select $1, $2, a.id, a.channel, $3, 'ready', 0, 0, 0, 0, 0, 0, 0, 0, $4, $6 from address a where a.id = $5";
const WORDED: &str = "select worded, expires from letter where id = $1";
const BROADCAST: &str =
    "insert into broadcast (letter, channel, lane, state, districts, topics, severity, reached_by,
    walked_to, walked, dropped, turn, whole, pressing)
    values ($1, $2, $3, 'open', $4, $5, $6, $7, 0, 0, 0, 0, $8, $9)";
/// The walk of a letter whose recipients were listed has ended before it began.
const LISTED: &str = "insert into broadcast (letter, channel, lane, state, districts, topics, severity, walked_to,
    walked, dropped, planned, turn, whole, pressing) values ($1, $2, $3, 'ended', 0, 0, 0, 0, $4, 0, $4, 0, 0, false)";
const SUPERSEDE_ROWS: &str = "update delivery set state = $3, settled = $2
    where letter = $1 and state in ('ready', 'retry', 'held')";
const ROOT: &str = "select coalesce(thread, id) from letter where id = $1";
const JOIN: &str = "update letter set thread = $2 where (id = $1 or thread = $1) and id <> $2";
const REOPEN: &str = "update broadcast set state = 'open', reason = null where state = 'stopped'";
/// What of an ended walk is under way and fails must not be tried again either.
const SUPERSEDE_WALKS: &str =
    "update broadcast set state = $2 where letter = $1 and state in ('open', 'stopped', 'ended')";
const DIGESTS: &str =
    "select distinct merged_into from delivery where letter = $1 and state = 'merged'";
const SUPERSEDE_DIGEST: &str = "update delivery set state = $3, settled = $2
    where letter = $1 and state in ('ready', 'retry') and next_part = 0 and doubts = 0 and crashes = 0";
const HOLD_AGAIN: &str = "update delivery set state = 'held', due = $2, settled = null, merged_into = null
    where merged_into = $1 and state = 'merged' and address in
        (select digest.address from delivery digest where digest.letter = $1 and digest.state = $3)";

/// Writes a letter and returns its id.
///
/// # Errors
/// When the database is away, or a letter cannot be written as JSON.
pub async fn letter(tx: &mut Tx, post: &Post<'_>) -> Result<i64, sqlx::Error> {
    let id = id::next();
    let worded = post
        .worded
        .to_json()
        .map_err(|why| sqlx::Error::Encode(why.into()))?;
    on!(tx, c => sqlx::query(LETTER).bind(id).bind(worded).bind(post.lane.number()).bind(post.created.0)
        .bind(post.expires.0).bind(post.thread).execute(c).await.map(drop))?;
    Ok(id)
}

/// Writes a letter for one address; `via` answers the event that asked for it, `replaces` is the
/// receipt of the message that it takes the place of.
///
/// # Errors
/// As [`letter`].
pub async fn reply(
    tx: &mut Tx,
    post: &Post<'_>,
    address: i64,
    via: Option<&str>,
    replaces: Option<&str>,
) -> Result<i64, sqlx::Error> {
    let letter = letter(tx, post).await?;
    on!(tx, c => sqlx::query(REPLY).bind(id::next()).bind(letter).bind(post.lane.number())
        .bind(via).bind(address).bind(replaces).execute(c).await.map(drop))?;
    Ok(letter)
}

/// The words of a letter as it rests, and the end of its time; `None` when it is no more.
///
/// # Errors
/// When the database is away.
pub async fn resting(tx: &mut Tx, letter: i64) -> Result<Option<(Worded, Millis)>, sqlx::Error> {
    let row: Option<(String, i64)> =
        on!(tx, c => sqlx::query_as(WORDED).bind(letter).fetch_optional(c).await?);
    row.map(|(worded, expires)| {
        let worded = Worded::from_json(&worded).map_err(|why| sqlx::Error::Decode(why.into()))?;
        Ok((worded, Millis(expires)))
    })
    .transpose()
}

/// Writes down where exactly a letter is about (at most 512 strips), beside the districts that it means as a whole.
///
/// # Errors
/// When the database is away.
pub async fn place(tx: &mut Tx, letter: i64, strips: &[Strip]) -> Result<(), sqlx::Error> {
    if strips.is_empty() {
        return Ok(());
    }
    on!(tx, c => {
        let mut rows = QueryBuilder::new("insert into strip (letter, number, south, north, west, east, narrowing) ");
        rows.push_values(strips.iter().zip(0i64..), |mut row, (strip, number)| {
            row.push_bind(letter).push_bind(number).push_bind(strip.south).push_bind(strip.north)
                .push_bind(strip.west).push_bind(strip.east).push_bind(strip.narrowing());
        });
        rows.build().execute(c).await.map(drop)
    })
}

/// Writes a letter for everybody in `audience` on each of `channels`: one row a channel, however
/// many they are.
///
/// # Errors
/// As [`letter`].
pub async fn broadcast(
    tx: &mut Tx,
    post: &Post<'_>,
    audience: &Audience,
    channels: &[&str],
) -> Result<i64, sqlx::Error> {
    let letter = letter(tx, post).await?;
    for channel in channels {
        on!(tx, c => sqlx::query(BROADCAST).bind(letter).bind(*channel).bind(post.lane.number())
            .bind(audience.districts.0).bind(audience.topics.0).bind(audience.severity).bind(audience.reached_by)
            .bind(audience.whole.0).bind(audience.pressing).execute(c).await.map(drop))?;
    }
    Ok(letter)
}

/// Writes a letter for these addresses and nobody else, and counts it as a broadcast is counted.
///
/// # Errors
/// As [`letter`].
pub async fn listed(
    tx: &mut Tx,
    post: &Post<'_>,
    addresses: &[(&str, i64)],
) -> Result<i64, sqlx::Error> {
    let letter = letter(tx, post).await?;
    let mut by_channel = BTreeMap::<&str, i64>::new();
    for (channel, address) in addresses {
        *by_channel.entry(channel).or_default() += 1;
        on!(&mut *tx, c => sqlx::query(REPLY).bind(id::next()).bind(letter).bind(post.lane.number())
            .bind(None::<&str>).bind(*address).bind(None::<&str>).execute(c).await.map(drop))?;
    }
    for (channel, count) in by_channel {
        on!(&mut *tx, c => sqlx::query(LISTED).bind(letter).bind(channel).bind(post.lane.number()).bind(count)
            .execute(c).await.map(drop))?;
    }
    Ok(letter)
}

/// The first letter of the thread that a letter belongs to.
///
/// # Errors
/// When the database is away.
pub async fn root(tx: &mut Tx, letter: i64) -> Result<i64, sqlx::Error> {
    let (root,): (i64,) = on!(tx, c => sqlx::query_as(ROOT).bind(letter).fetch_one(c).await?);
    Ok(root)
}

/// Puts a letter, and what belongs under it, into the thread of `root`.
///
/// # Errors
/// When the database is away.
pub async fn join(tx: &mut Tx, letter: i64, root: i64) -> Result<(), sqlx::Error> {
    on!(tx, c => sqlx::query(JOIN).bind(letter).bind(root).execute(c).await.map(drop))
}

/// Takes back what of a letter has not left yet, because a newer one takes its place. A digest
/// that would tell it and has not left either is taken back too; the rest of it is gathered anew.
/// Whom an open walk never came to is not counted here, for the newer one is urgent and they may be
/// a million: [`count_left_out`](super::report::count_left_out) does that.
///
/// # Errors
/// When the database is away.
pub async fn supersede(tx: &mut Tx, letter: i64, now: Millis) -> Result<(), sqlx::Error> {
    // First, so that no walk of another process goes on beside what follows.
    on!(tx, c => sqlx::query(SUPERSEDE_WALKS).bind(letter).bind(state::SUPERSEDED).execute(c).await.map(drop))?;
    let digests: Vec<(i64,)> =
        on!(tx, c => sqlx::query_as(DIGESTS).bind(letter).fetch_all(c).await?);
    for (digest,) in digests {
        on!(tx, c => sqlx::query(SUPERSEDE_DIGEST).bind(digest).bind(now.0).bind(state::SUPERSEDED)
            .execute(c).await.map(drop))?;
        on!(tx, c => sqlx::query(HOLD_AGAIN).bind(digest).bind(now.0).bind(state::SUPERSEDED)
            .execute(c).await.map(drop))?;
    }
    on!(tx, c => sqlx::query(SUPERSEDE_ROWS).bind(letter).bind(now.0).bind(state::SUPERSEDED)
        .execute(c).await.map(drop))
}

/// Lets broadcasts that have stopped walk on; how many there were.
///
/// # Errors
/// When the database is away.
pub async fn reopen_stopped(tx: &mut Tx) -> Result<i64, sqlx::Error> {
    let changed = on!(tx, c => sqlx::query(REOPEN).execute(c).await?.rows_affected());
    Ok(i64::try_from(changed).unwrap_or(i64::MAX))
}

/// Every statement of this file, for the test that prepares them.
pub const STATEMENTS: [&str; 13] = [
    LISTED,
    WORDED,
    DIGESTS,
    SUPERSEDE_DIGEST,
    HOLD_AGAIN,
    ROOT,
    JOIN,
    LETTER,
    REPLY,
    BROADCAST,
    SUPERSEDE_ROWS,
    SUPERSEDE_WALKS,
    REOPEN,
];
