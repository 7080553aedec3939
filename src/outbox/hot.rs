//! The hot statements, in each database's own dialect; everything else has one text for both.
//!
//! Rows cross as one JSON array, because one large value costs half the time of many small rows.

#[macro_use]
mod audience;
pub mod counting;
mod waiting;

pub use waiting::{Choice, Crashes, claim};

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::hold::Slots;
use super::post::Audience;
use super::row::{Recipient, Settled};
use crate::base::clock::Millis;
use crate::city::Set;
use crate::on;
use crate::store::{On, Tx};

macro_rules! settled_sqlite {
    () => {
        "select value ->> 0 as id, value ->> 1 as epoch, value ->> 2 as state, value ->> 3 as due,
            value ->> 4 as attempts, value ->> 5 as doubts, value ->> 6 as next_part, value ->> 7 as receipts,
            value ->> 8 as reason, value ->> 9 as settled from json_each($1)"
    };
}

macro_rules! settled_postgres {
    () => {
        "select (e ->> 0)::bigint as id, (e ->> 1)::bigint as epoch, e ->> 2 as state, (e ->> 3)::bigint as due,
            (e ->> 4)::bigint as attempts, (e ->> 5)::bigint as doubts, (e ->> 6)::bigint as next_part,
            e ->> 7 as receipts, e ->> 8 as reason, (e ->> 9)::bigint as settled from json_array_elements($1::json) e"
    };
}

macro_rules! acknowledge {
    ($rows:ident) => {
        concat!(
            "update delivery set state = s.state, due = s.due, attempts = s.attempts, doubts = s.doubts,
                next_part = s.next_part, receipts = s.receipts, reason = s.reason, settled = s.settled
            from (",
            $rows!(),
            ") s where delivery.id = s.id and delivery.epoch = s.epoch and delivery.owner = $2
                and delivery.state = 'inflight'"
        )
    };
}

macro_rules! keep_late_receipts {
    ($rows:ident) => {
        concat!(
            "update delivery set receipts = s.receipts from (",
            $rows!(),
            ") s where delivery.id = s.id and s.receipts is not null
                and delivery.state in ('ready', 'retry', 'inflight')
                and (delivery.epoch <> s.epoch or delivery.owner <> $2)"
        )
    };
}

const ACKNOWLEDGE: [&str; 2] = [acknowledge!(settled_sqlite), acknowledge!(settled_postgres)];
const KEEP_LATE_RECEIPTS: [&str; 2] = [
    keep_late_receipts!(settled_sqlite),
    keep_late_receipts!(settled_postgres),
];
macro_rules! open {
    () => {
        "select b.letter, l.thread, b.districts, b.topics, b.severity, b.reached_by, coalesce(b.whole, -1), b.pressing,
            b.walked_to, l.expires
        from broadcast b join letter l on l.id = b.letter
        where b.channel = $1 and b.lane = $2 and b.state = 'open' order by b.turn, b.letter limit $3"
    };
}

/// On PostgreSQL several processes may walk for one channel: each broadcast by one at a time.
const OPEN: [&str; 2] = [
    open!(),
    concat!(open!(), " for no key update of b skip locked"),
];
const RECIPIENTS: [&str; 2] = [
    concat!(
        "select json_group_array(json_array(a_id, handle, languages, generation, t_id, t_receipts, slot, quiet_from,
            quiet_to, behind)) from (",
        recipients!(),
        ")"
    ),
    concat!(
        "select coalesce(json_agg(json_build_array(a_id, handle, languages, generation, t_id, t_receipts, slot, quiet_from,
            quiet_to, behind)), '[]')::text from (",
        recipients!(),
        ") w"
    ),
];
const RESTED: [&str; 2] = [
    "select json_group_array(json_array(id, worded, created, expires, lane, mark)) from letter
            where id in (select value from json_each($1))",
    "select coalesce(json_agg(json_build_array(id, worded, created, expires, lane, mark)), '[]')::text from letter
            where id in (select value::bigint from json_array_elements_text($1::json))",
];
const EXPAND: [&str; 2] = [
    "insert into delivery (id, letter, address, channel, lane, state, due, owner, epoch, claimed, attempts, doubts,
        crashes, next_part)
        select $1 + key, $2, value, $3, $4, 'inflight', $5, $6, 1, $5, 1, 0, 0, 0 from json_each($7)",
    "insert into delivery (id, letter, address, channel, lane, state, due, owner, epoch, claimed, attempts, doubts,
        crashes, next_part)
        select $1 + key - 1, $2, value::bigint, $3, $4, 'inflight', $5, $6, 1, $5, 1, 0, 0, 0
        from json_array_elements_text($7::json) with ordinality as e (value, key)",
];
/// The same for those who wait, in this state: each address with the time when it may have the letter.
const HOLD: [&str; 2] = [
    "insert into delivery (id, letter, address, channel, lane, state, due, owner, epoch, claimed, attempts, doubts,
        crashes, next_part)
        select $1 + key, $2, value ->> 0, $3, $4, $6, value ->> 1, 0, 0, 0, 0, 0, 0, 0 from json_each($5)",
    "insert into delivery (id, letter, address, channel, lane, state, due, owner, epoch, claimed, attempts, doubts,
        crashes, next_part)
        select $1 + key - 1, $2, (value ->> 0)::bigint, $3, $4, $6, (value ->> 1)::bigint, 0, 0, 0, 0, 0, 0, 0
        from json_array_elements($5::json) with ordinality as e (value, key)",
];
const COUNT_AUDIENCE: &str = concat!(
    "select count(*) from address a where ",
    audience!(" and l.id < $7")
);

/// The text for this database.
fn text(tx: &Tx, both: [&'static str; 2]) -> &'static str {
    match tx {
        On::Sqlite(_) => both[0],
        On::Postgres(_) => both[1],
    }
}

fn decode<T: DeserializeOwned>(text: &str) -> Result<Vec<T>, sqlx::Error> {
    serde_json::from_str(text).map_err(|why| sqlx::Error::Decode(why.into()))
}

/// Every hot statement of this database, for the test that prepares them.
#[must_use]
pub fn statements(tx: &Tx) -> Vec<&'static str> {
    [
        ACKNOWLEDGE,
        KEEP_LATE_RECEIPTS,
        OPEN,
        RECIPIENTS,
        EXPAND,
        HOLD,
        RESTED,
    ]
    .into_iter()
    .chain(waiting::STATEMENTS)
    .chain(counting::STATEMENTS)
    .map(|both| text(tx, both))
    .chain([COUNT_AUDIENCE])
    .collect()
}

/// Settles deliveries that `owner` still holds; a claim made since then is not touched, but what
/// the network said is kept for its next owner.
///
/// # Errors
/// When the database is away.
pub async fn acknowledge(tx: &mut Tx, owner: i64, settled: &[Settled]) -> Result<(), sqlx::Error> {
    if settled.is_empty() {
        return Ok(());
    }
    let rows = Value::Array(settled.iter().map(Settled::to_json).collect()).to_string();
    let sql = text(tx, ACKNOWLEDGE);
    let changed =
        on!(tx, c => sqlx::query(sql).bind(&rows).bind(owner).execute(c).await?.rows_affected());
    if changed < settled.len() as u64 {
        let sql = text(tx, KEEP_LATE_RECEIPTS);
        on!(tx, c => sqlx::query(sql).bind(&rows).bind(owner).execute(c).await.map(drop))?;
    }
    Ok(())
}

/// A letter as it rests: its id, its words, when it was written, the end of its time, its lane, and
/// what it marks the old message with, if it does.
pub type Rested = (i64, String, i64, i64, i64, Option<String>);

/// Reads letters, all of them at once.
///
/// # Errors
/// When the database is away.
pub async fn letters(tx: &mut Tx, ids: &[i64]) -> Result<Vec<Rested>, sqlx::Error> {
    if ids.is_empty() {
        return Ok(vec![]);
    }
    let ids = Value::from(ids).to_string();
    let sql = text(tx, RESTED);
    let (rows,): (String,) = on!(tx, c => sqlx::query_as(sql).bind(ids).fetch_one(c).await?);
    decode(&rows)
}

/// An open broadcast, as far as the walk needs it.
#[derive(Debug, Clone, Copy)]
pub struct Walk {
    /// Its letter.
    pub letter: i64,
    /// The letter that it belongs under.
    pub thread: Option<i64>,
    /// Who gets it.
    pub audience: Audience,
    /// The last address walked.
    pub walked_to: i64,
}

type OpenRow = (
    i64,
    Option<i64>,
    i64,
    i64,
    i64,
    Option<i64>,
    i64,
    bool,
    i64,
    i64,
);

/// The open broadcasts of a lane that no other process is walking just now, with the end of their
/// time; whose turn it is first.
///
/// # Errors
/// When the database is away.
pub async fn open(
    tx: &mut Tx,
    channel: &str,
    lane: i64,
    limit: usize,
) -> Result<Vec<(Walk, Millis)>, sqlx::Error> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let sql = text(tx, OPEN);
    let rows: Vec<OpenRow> =
        on!(tx, c => sqlx::query_as(sql).bind(channel).bind(lane).bind(limit).fetch_all(c).await?);
    let walk = |row: OpenRow| Walk {
        letter: row.0,
        thread: row.1,
        audience: Audience {
            districts: Set(row.2),
            topics: Set(row.3),
            severity: row.4,
            reached_by: row.5,
            whole: Set(row.6),
            pressing: row.7,
        },
        walked_to: row.8,
    };
    Ok(rows
        .into_iter()
        .map(|row| (walk(row), Millis(row.9)))
        .collect())
}

/// The next recipients of a broadcast, in the order of their addresses.
///
/// # Errors
/// When the database is away.
pub async fn recipients(
    tx: &mut Tx,
    channel: &str,
    walk: &Walk,
    limit: usize,
    (now, slots): (Millis, &Slots),
) -> Result<Vec<Recipient>, sqlx::Error> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let audience = walk.audience;
    let sql = text(tx, RECIPIENTS);
    let (rows,): (String,) = on!(tx, c => sqlx::query_as(sql).bind(channel).bind(walk.walked_to)
        .bind(audience.districts.0).bind(audience.topics.0).bind(audience.severity).bind(audience.reached_by)
        .bind(walk.letter).bind(audience.whole.0).bind(now.0).bind(walk.thread).bind(limit)
        .bind(slots.base()).bind(audience.pressing).fetch_one(c).await?);
    decode(&rows)
}

/// How many a broadcast still has to walk to.
///
/// # Errors
/// When the database is away.
pub async fn count_to_come(
    tx: &mut Tx,
    channel: &str,
    walk: &Walk,
    now: Millis,
) -> Result<i64, sqlx::Error> {
    let audience = walk.audience;
    let (count,): (i64,) = on!(tx, c => sqlx::query_as(COUNT_AUDIENCE).bind(channel).bind(walk.walked_to)
        .bind(audience.districts.0).bind(audience.topics.0).bind(audience.severity).bind(audience.reached_by)
        .bind(walk.letter).bind(audience.whole.0).bind(now.0).fetch_one(c).await?);
    Ok(count)
}

/// Turns recipients into deliveries that `owner` already holds; ids count up from `first_id`.
///
/// # Errors
/// When the database is away.
pub async fn expand(
    tx: &mut Tx,
    (channel, lane): (&str, i64),
    owner: i64,
    (letter, first_id): (i64, i64),
    addresses: &[i64],
    now: Millis,
) -> Result<(), sqlx::Error> {
    let addresses = Value::from(addresses).to_string();
    let sql = text(tx, EXPAND);
    on!(tx, c => sqlx::query(sql).bind(first_id).bind(letter).bind(channel).bind(lane).bind(now.0).bind(owner)
        .bind(addresses).execute(c).await.map(drop))
}

/// Turns recipients into deliveries that wait in `state`, each until its time; ids count up from
/// `first_id`.
///
/// # Errors
/// When the database is away.
pub async fn hold(
    tx: &mut Tx,
    (channel, lane): (&str, i64),
    (letter, first_id): (i64, i64),
    (state, waiting): (&str, &[(i64, Millis)]),
) -> Result<(), sqlx::Error> {
    if waiting.is_empty() {
        return Ok(());
    }
    let rows = json!(waiting).to_string();
    let sql = text(tx, HOLD);
    on!(tx, c => sqlx::query(sql).bind(first_id).bind(letter).bind(channel).bind(lane).bind(rows)
        .bind(state).execute(c).await.map(drop))
}
