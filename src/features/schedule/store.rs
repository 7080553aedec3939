//! Schedules in the database.

use std::collections::BTreeMap;

use super::rules::Rule;
use super::{Outcome, Schedule, State, What};
use crate::base::clock::Millis;
use crate::features::feed::draft::written;
use crate::message::Words;
use crate::message::catalogue::{Catalogue, CatalogueError};
use crate::on;
use crate::store::Tx;

macro_rules! schedule {
    ($rest:literal) => {
        concat!(
            "select id, name, rule, zone, what, author, approver, state, next, last, outcome, why, draft, asks
            from schedule ",
            $rest
        )
    };
}

const ADD: &str =
    "insert into schedule (id, name, rule, zone, what, author, state, next, created, changed)
    values ($1, $2, $3, $4, $5, $6, 'on', $7, $8, $8)";
const FIND: &str = schedule!("where id = $1");
const NAMED: &str = schedule!("where name = $1 and state in ('on', 'paused')");
const FOLLOWED: &str = schedule!("where state in ('on', 'paused') order by name limit $1");
const DONE: &str = schedule!("where state = 'done' order by changed desc limit $1");
// The lock of a row that both databases have: nobody else changes it meanwhile.
const LOCK: &str = "update schedule set changed = changed where id = $1";
const DUE: &str =
    "select id from schedule where state = 'on' and next <= $1 order by next limit $2";
const CLAIM: &str = "update schedule set next = $3, last = $2, state = $4, changed = $5
    where id = $1 and next = $6 and state = 'on'";
const SETTLE: &str =
    "update schedule set outcome = $2, why = $3, draft = $4, asks = $5, ask_at = $6 where id = $1";
const ASK: &str = "select id from schedule where ask_at <= $1 order by ask_at limit $2";
const ASKED: &str = "update schedule set asks = asks + 1, ask_at = $3 where id = $1 and asks = $2 and ask_at is not null";
const MOVE: &str = "update schedule set state = $2, next = $3, changed = $4 where id = $1";
const APPROVE: &str = "update schedule set approver = $2, changed = $3 where id = $1";
// Failed, or nobody has decided yet, or nobody has looked at it when it was due.
const OPEN: &str = "select s.id from schedule s left join draft d on d.id = s.draft
    where s.state in ('on', 'paused', 'done') and s.outcome = 'failed'
        or s.state <> 'removed' and s.outcome in ('asked', 'waits') and d.state in ('draft', 'waiting')
        or s.state = 'on' and s.next < $1
    order by s.name limit $2";

/// Every statement of this file, for the test that prepares them.
pub const STATEMENTS: [&str; 14] = [
    ADD, FIND, NAMED, FOLLOWED, DONE, LOCK, DUE, CLAIM, SETTLE, ASK, ASKED, MOVE, APPROVE, OPEN,
];

/// Schedules that are followed, dealt with or shown at once.
pub const MOST: i64 = 200;
/// Schedules that are over and still shown.
pub const DONE_SHOWN: i64 = 10;

type Row = (
    i64,
    String,
    String,
    String,
    String,
    String,
    Option<String>,
    String,
    Option<i64>,
    Option<i64>,
    Option<String>,
    Option<String>,
    Option<i64>,
    i64,
);

fn schedule(row: Row) -> Result<Schedule, sqlx::Error> {
    let unknown = |word: &str| sqlx::Error::Decode(format!("unknown word {word}").into());
    let outcome = |word: String| Outcome::parse(&word).ok_or_else(|| unknown(&word));
    Ok(Schedule {
        id: row.0,
        name: row.1,
        rule: Rule::parse(&row.2).ok_or_else(|| unknown(&row.2))?,
        zone: row.3.parse().map_err(|_| unknown(&row.3))?,
        what: serde_json::from_str(&row.4).map_err(|why| sqlx::Error::Decode(why.into()))?,
        author: row.5,
        approver: row.6,
        state: State::parse(&row.7).ok_or_else(|| unknown(&row.7))?,
        next: row.8.map(Millis),
        last: row.9.map(Millis),
        outcome: row.10.map(outcome).transpose()?,
        why: row.11.map(|json| written(&json)),
        draft: row.12,
        asks: row.13,
    })
}

/// A new schedule before it is written down.
#[derive(Debug)]
pub struct New<'a> {
    /// Its id.
    pub id: i64,
    /// What people call it.
    pub name: &'a str,
    /// When.
    pub rule: &'a Rule,
    /// In which zone's time.
    pub zone: chrono_tz::Tz,
    /// What.
    pub what: &'a What,
    /// Who made it.
    pub author: &'a str,
    /// When it is due first.
    pub next: Millis,
}

/// Writes a schedule down; the caller has made sure that nobody else has its name.
///
/// # Errors
/// When the database is away, or another process was quicker with the name.
pub async fn add(tx: &mut Tx, new: &New<'_>, now: Millis) -> Result<(), sqlx::Error> {
    let what = serde_json::to_string(new.what).map_err(|why| sqlx::Error::Encode(why.into()))?;
    on!(tx, c => sqlx::query(ADD).bind(new.id).bind(new.name).bind(new.rule.text()).bind(new.zone.name()).bind(what)
        .bind(new.author).bind(new.next.0).bind(now.0).execute(c).await.map(drop))
}

/// The schedule of this id.
///
/// # Errors
/// When the database is away.
pub async fn find(tx: &mut Tx, id: i64) -> Result<Option<Schedule>, sqlx::Error> {
    let row: Option<Row> = on!(tx, c => sqlx::query_as(FIND).bind(id).fetch_optional(c).await?);
    row.map(schedule).transpose()
}

/// The schedule that is called so and not over, or the one of this number.
///
/// # Errors
/// When the database is away.
pub async fn look_up(tx: &mut Tx, name: &str) -> Result<Option<Schedule>, sqlx::Error> {
    if let Ok(id) = name.parse() {
        return find(tx, id).await;
    }
    let row: Option<Row> = on!(tx, c => sqlx::query_as(NAMED).bind(name).fetch_optional(c).await?);
    row.map(schedule).transpose()
}

/// As [`look_up`], kept from everybody else until the transaction ends.
///
/// # Errors
/// When the database is away.
pub async fn lock(tx: &mut Tx, name: &str) -> Result<Option<Schedule>, sqlx::Error> {
    let Some(found) = look_up(tx, name).await? else {
        return Ok(None);
    };
    on!(&mut *tx, c => sqlx::query(LOCK).bind(found.id).execute(c).await.map(drop))?;
    find(tx, found.id).await
}

/// What is followed or paused, by name; then what was over last.
///
/// # Errors
/// When the database is away.
pub async fn all(tx: &mut Tx) -> Result<Vec<Schedule>, sqlx::Error> {
    let mut rows: Vec<Row> =
        on!(&mut *tx, c => sqlx::query_as(FOLLOWED).bind(MOST).fetch_all(c).await?);
    let done: Vec<Row> = on!(tx, c => sqlx::query_as(DONE).bind(DONE_SHOWN).fetch_all(c).await?);
    rows.extend(done);
    rows.into_iter().map(schedule).collect()
}

async fn ids(tx: &mut Tx, sql: &'static str, now: Millis) -> Result<Vec<i64>, sqlx::Error> {
    let rows: Vec<(i64,)> =
        on!(tx, c => sqlx::query_as(sql).bind(now.0).bind(MOST).fetch_all(c).await?);
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Schedules that are due.
///
/// # Errors
/// When the database is away.
pub async fn due(tx: &mut Tx, now: Millis) -> Result<Vec<i64>, sqlx::Error> {
    ids(tx, DUE, now).await
}

/// Schedules about which somebody is to be asked by now.
///
/// # Errors
/// When the database is away.
pub async fn ask(tx: &mut Tx, now: Millis) -> Result<Vec<i64>, sqlx::Error> {
    ids(tx, ASK, now).await
}

/// Takes the occurrence `at`, and all before it, for this transaction: no other deals with them,
/// before or after. False when another has.
///
/// # Errors
/// When the database is away.
pub async fn claim(
    tx: &mut Tx,
    schedule: &Schedule,
    (at, next): (Millis, Option<Millis>),
    now: Millis,
) -> Result<bool, sqlx::Error> {
    let state = if next.is_some() {
        State::On
    } else {
        State::Done
    };
    let changed = on!(tx, c => sqlx::query(CLAIM).bind(schedule.id).bind(at.0).bind(next.map(|next| next.0))
        .bind(state.word()).bind(now.0).bind(schedule.next.map(|next| next.0)).execute(c).await?.rows_affected());
    Ok(changed == 1)
}

/// What became of an occurrence.
#[derive(Debug)]
pub struct Settled {
    /// In one word.
    pub outcome: Outcome,
    /// Why, as [`resting`] wrote it.
    pub why: Option<String>,
    /// What was drawn up for it.
    pub draft: Option<i64>,
    /// When somebody is asked about it again, who was asked once now.
    pub ask_at: Option<Millis>,
}

/// Writes down what became of the occurrence that was [claimed](claim).
///
/// # Errors
/// When the database is away.
pub async fn settle(tx: &mut Tx, id: i64, settled: &Settled) -> Result<(), sqlx::Error> {
    let asks = i64::from(settled.ask_at.is_some());
    on!(tx, c => sqlx::query(SETTLE).bind(id).bind(settled.outcome.word()).bind(&settled.why).bind(settled.draft)
        .bind(asks).bind(settled.ask_at.map(|at| at.0)).execute(c).await.map(drop))
}

/// Words as they rest, in every language.
///
/// # Errors
/// A word that a language lacks.
pub fn resting(words: &Words, catalogue: &Catalogue) -> Result<String, CatalogueError> {
    let mut texts = BTreeMap::new();
    for lang in catalogue.languages() {
        texts.insert(lang.to_string(), catalogue.word(words, lang)?);
    }
    Ok(serde_json::json!(texts).to_string())
}

/// Writes down that somebody was asked; false when another process has done it meanwhile.
///
/// # Errors
/// When the database is away.
pub async fn asked(
    tx: &mut Tx,
    schedule: &Schedule,
    next: Option<Millis>,
) -> Result<bool, sqlx::Error> {
    let changed = on!(tx, c => sqlx::query(ASKED).bind(schedule.id).bind(schedule.asks).bind(next.map(|at| at.0))
        .execute(c).await?.rows_affected());
    Ok(changed == 1)
}

/// Writes down whether it is followed, and when it is due next.
///
/// # Errors
/// When the database is away.
pub async fn moved(
    tx: &mut Tx,
    id: i64,
    (state, next): (State, Option<Millis>),
    now: Millis,
) -> Result<(), sqlx::Error> {
    on!(tx, c => sqlx::query(MOVE).bind(id).bind(state.word()).bind(next.map(|at| at.0)).bind(now.0)
        .execute(c).await.map(drop))
}

/// Writes down who let the whole series go out.
///
/// # Errors
/// When the database is away.
pub async fn approved(tx: &mut Tx, id: i64, by: &str, now: Millis) -> Result<(), sqlx::Error> {
    on!(tx, c => sqlx::query(APPROVE).bind(id).bind(by).bind(now.0).execute(c).await.map(drop))
}

/// Schedules that somebody should look at: one failed, waits for a decision, or was due before
/// `overdue` and nobody dealt with it. Their ids.
///
/// # Errors
/// When the database is away.
pub async fn open(tx: &mut Tx, overdue: Millis) -> Result<Vec<i64>, sqlx::Error> {
    ids(tx, OPEN, overdue).await
}
