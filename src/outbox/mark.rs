//! Marks: an old message says from now on that a newer one took its place, once that one has come.

use std::collections::BTreeMap;
use std::time::Duration;

use sqlx::QueryBuilder;
use tokio::sync::watch;

use super::bell::Bell;
use super::lease::Lease;
use super::post::{self, Post};
use super::{Lane, state};
use crate::base::clock::{Clock, Millis};
use crate::base::id;
use crate::message::Lang;
use crate::on;
use crate::store::{self, Db, Tx};

/// How long a mark is worth making.
const HOLDS: Duration = Duration::from_hours(48);
/// How often the job looks whether something is to be marked.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Old deliveries that are looked at together.
const BATCH: i64 = 128;
/// Of these that wait for their turn no more are written down, however many people there are.
const WAITING: i64 = 512;
/// The first time after which those are looked at again who were passed by; then it doubles.
const AGAIN_AFTER: Duration = Duration::from_secs(2);

const MARK: &str = "update letter set mark = $2 where id = $1";
const ADD: &str = "insert into mark (letter, channel, old, newer, walked_to, left_over, due) values ($1, $2, $3, $4, 0, false, 0)";
const EARLIER: &str = "select distinct letter from mark where old = $1";
const TAKE_BACK: &str = "update delivery set state = 'superseded', settled = $2
    where letter = $1 and state in ('ready', 'retry')";
const FORGET: &str = "delete from mark where letter = $1";
const OVER: &str = "delete from mark where (select 1 from letter l where l.id = mark.letter and l.expires > $1 limit 1)
    is null";
const CANNOT: &str = "delete from mark where channel = $1";
const DUE: &str = "select m.letter, m.old, m.newer, m.walked_to, m.left_over, l.created from mark m
    join letter l on l.id = m.letter where m.channel = $1 and m.due <= $2 order by m.due, m.letter limit 1";
const ANY: &str = "select count(*) from mark";
/// Deliveries of the lowest lane that wait for their turn already, counted up to a limit.
const CROWD: &str = "select count(*) from (select 1 from delivery where channel = $1 and lane = 3
    and state in ('ready', 'retry') and due <= $2 limit $3) w";
/// What is newer, `$2` and all that followed it, and still on its walk.
const WALKING: &str =
    "select count(*) from broadcast b where b.channel = $1 and b.state in ('open', 'stopped')
    and b.letter >= $2 and b.letter in (select l.id from letter l
        where l.thread = (select n.thread from letter n where n.id = $2))";
macro_rules! newer {
    ($states:literal) => {
        concat!(
            "(select count(*) from delivery n where n.address = d.address and n.letter >= $3 and n.letter in
                (select l.id from letter l where l.thread = (select r.thread from letter r where r.id = $3))
                and n.state in (",
            $states,
            "))"
        )
    };
}
/// Whoever has the old message on their screen, with whether something newer has come and whether
/// something newer is still to come.
const REACHED: &str = concat!(
    "select d.address, d.receipts, ",
    newer!("'sent', 'uncertain', 'merged'"),
    ", ",
    newer!("'ready', 'retry', 'inflight', 'held'"),
    " from delivery d join address a on a.id = d.address
        where d.letter = $1 and d.channel = $2 and d.address > $4 and d.receipts is not null and d.merged_into is null
            and d.state not in ('ready', 'retry', 'inflight', 'held') and a.state = 'on'
            and (select 1 from delivery m where m.letter = $5 and m.address = d.address limit 1) is null
        order by d.address limit $6"
);
const WALKED: &str =
    "update mark set walked_to = $3, left_over = $4, due = $5 where letter = $1 and channel = $2";
const ENDED: &str = "delete from mark where letter = $1 and channel = $2";

/// Every statement of this file with one text, for the test that prepares them.
pub const STATEMENTS: [&str; 14] = [
    MARK, ADD, EARLIER, TAKE_BACK, FORGET, OVER, CANNOT, DUE, ANY, CROWD, WALKING, REACHED, WALKED,
    ENDED,
];

/// A mark to be made.
#[derive(Debug)]
pub struct Mark<'a> {
    /// The letter whose messages are marked.
    pub old: i64,
    /// The letter that took its place; nobody's message is marked before this has come to them.
    pub newer: i64,
    /// What stands above the old message from then on, by language.
    pub lines: &'a BTreeMap<Lang, String>,
}

/// Whose turn it is: letter, old, newer, walked to, whether some were passed by, when it was posted.
type Turn = (i64, i64, i64, i64, bool, i64);
/// An address, its receipts, how much has come that is newer, how much is to come.
type Reached = (i64, String, i64, i64);

/// Writes a mark down, in the transaction of the letter that takes the old one's place. An earlier
/// mark on the same letter that has not been made is taken back.
///
/// # Errors
/// When the database is away.
pub async fn post(
    tx: &mut Tx,
    mark: &Mark<'_>,
    channels: &[&str],
    now: Millis,
) -> Result<(), sqlx::Error> {
    let Some((worded, _)) = post::resting(tx, mark.old).await? else {
        return Ok(());
    };
    let earlier: Vec<(i64,)> =
        on!(&mut *tx, c => sqlx::query_as(EARLIER).bind(mark.old).fetch_all(c).await)?;
    for (letter,) in earlier {
        on!(&mut *tx, c => sqlx::query(TAKE_BACK).bind(letter).bind(now.0).execute(c).await.map(drop))?;
        on!(&mut *tx, c => sqlx::query(FORGET).bind(letter).execute(c).await.map(drop))?;
    }
    let letter = Post {
        worded: &worded,
        lane: Lane::Minor,
        created: now,
        expires: now.plus(HOLDS),
        thread: None,
    };
    let letter = post::letter(tx, &letter).await?;
    let by_tag: BTreeMap<&str, &String> =
        (mark.lines.iter().map(|(lang, line)| (lang.as_str(), line))).collect();
    let lines = serde_json::to_string(&by_tag).map_err(|why| sqlx::Error::Encode(why.into()))?;
    on!(&mut *tx, c => sqlx::query(MARK).bind(letter).bind(lines).execute(c).await.map(drop))?;
    for channel in channels {
        on!(&mut *tx, c => sqlx::query(ADD).bind(letter).bind(*channel).bind(mark.old).bind(mark.newer)
            .execute(c).await.map(drop))?;
    }
    Ok(())
}

/// Turns marks into deliveries, a few at a time.
pub struct Marker {
    /// The database.
    pub db: Db,
    /// The time.
    pub clock: Clock,
    /// The channels that are on, each with whether a message can be changed there.
    pub channels: Vec<(&'static str, bool)>,
    /// Rung when something may leave.
    pub bell: Bell,
    /// One process marks at a time.
    pub lease: Lease,
}

impl Marker {
    /// Works until the process is to end.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        loop {
            let more = self.round().await.unwrap_or_else(|why| {
                tracing::error!("old messages could not be marked; soon again: {why}");
                false
            });
            let wait = if more { Duration::ZERO } else { LOOK_EVERY };
            tokio::select! {
                biased;
                _ = stop.wait_for(|stop| *stop) => break,
                () = tokio::time::sleep(wait) => {}
            }
        }
        if let Err(why) = self.lease.give_back(&self.db).await {
            tracing::warn!("the lease of the marking could not be given back: {why}");
        }
    }

    /// One batch on each channel; whether there is more to do at once.
    async fn round(&self) -> Result<bool, sqlx::Error> {
        let mut tx = self.db.read().await?;
        let (any,): (i64,) = on!(&mut tx, c => sqlx::query_as(ANY).fetch_one(c).await?);
        drop(tx);
        if any == 0 {
            return Ok(false);
        }
        let mut more = false;
        for (channel, changes) in &self.channels {
            let now = self.clock.now();
            let mut tx = self.db.begin().await?;
            if !self.lease.take(&mut tx).await? {
                return Ok(false);
            }
            on!(&mut tx, c => sqlx::query(OVER).bind(now.0).execute(c).await.map(drop))?;
            let marked = if *changes {
                step(&mut tx, channel, now).await?
            } else {
                on!(&mut tx, c => sqlx::query(CANNOT).bind(*channel).execute(c).await.map(drop))?;
                0
            };
            tx.commit().await?;
            if marked > 0 {
                self.bell.ring(channel);
                more = true;
            }
        }
        Ok(more)
    }
}

/// Writes the next marks of a channel down; how many people were looked at.
async fn step(tx: &mut Tx, channel: &str, now: Millis) -> Result<usize, sqlx::Error> {
    let turn: Option<Turn> = on!(&mut *tx, c => sqlx::query_as(DUE).bind(channel).bind(now.0)
        .fetch_optional(c).await)?;
    let Some((letter, old, newer, walked_to, left_over, posted)) = turn else {
        return Ok(0);
    };
    let (crowd,): (i64,) = on!(&mut *tx, c => sqlx::query_as(CROWD).bind(channel).bind(now.0).bind(WAITING)
        .fetch_one(c).await)?;
    let (walking,): (i64,) =
        on!(&mut *tx, c => sqlx::query_as(WALKING).bind(channel).bind(newer).fetch_one(c).await)?;
    if crowd >= WAITING || walking > 0 {
        // Others may have their turn meanwhile.
        let due = now.plus(LOOK_EVERY);
        let row = (letter, channel, walked_to);
        walked(tx, row, left_over, due).await?;
        return Ok(0);
    }
    let reached: Vec<Reached> = on!(&mut *tx, c => sqlx::query_as(REACHED).bind(old).bind(channel).bind(newer)
        .bind(walked_to).bind(letter).bind(BATCH).fetch_all(c).await)?;
    let count = reached.len();
    let last = reached.last().map_or(walked_to, |row| row.0);
    let left_over = left_over || reached.iter().any(|row| row.2 == 0 && row.3 > 0);
    let marks: Vec<(i64, String)> = (reached.into_iter())
        .filter(|(.., come, _)| *come > 0)
        .filter_map(|(address, receipts, ..)| {
            let receipts: Vec<String> = serde_json::from_str(&receipts).ok()?;
            Some((address, receipts.into_iter().next()?))
        })
        .collect();
    write(tx, (letter, channel), &marks, now).await?;
    if i64::try_from(count).unwrap_or(BATCH) == BATCH {
        walked(tx, (letter, channel, last), left_over, now).await?;
    } else if left_over {
        let due = now.plus(AGAIN_AFTER.max(now.since(Millis(posted))));
        walked(tx, (letter, channel, 0), false, due).await?;
    } else {
        on!(&mut *tx, c => sqlx::query(ENDED).bind(letter).bind(channel).execute(c).await.map(drop))?;
    }
    Ok(count)
}

async fn walked(
    tx: &mut Tx,
    (letter, channel, to): (i64, &str, i64),
    left_over: bool,
    due: Millis,
) -> Result<(), sqlx::Error> {
    on!(tx, c => sqlx::query(WALKED).bind(letter).bind(channel).bind(to).bind(left_over).bind(due.0)
        .execute(c).await.map(drop))
}

/// Deliveries of a mark: to whom, and which message changes.
async fn write(
    tx: &mut Tx,
    (letter, channel): (i64, &str),
    marks: &[(i64, String)],
    now: Millis,
) -> Result<(), sqlx::Error> {
    if marks.is_empty() {
        return Ok(());
    }
    let first = id::block(u32::try_from(marks.len()).unwrap_or(u32::MAX));
    let rows: Vec<(i64, &(i64, String))> = (first..).zip(marks).collect();
    on!(&mut *tx, c => {
        let mut sql = QueryBuilder::new("insert into delivery (id, letter, address, channel, lane, state, due, replaces,
            owner, epoch, claimed, attempts, doubts, crashes, next_part) select v.column1, ");
        sql.push_bind(letter).push(", v.column2, ").push_bind(channel).push(", ").push_bind(Lane::Minor.number())
            .push(", ").push_bind(state::READY).push(", ").push_bind(now.0).push(", v.column3, 0, 0, 0, 0, 0, 0, 0 from ");
        store::values(&mut sql, &rows, |row, it| {
            row.push_bind(it.map(|(id, _)| *id)).push_bind(it.map(|(_, (address, _))| *address))
                .push_bind(it.map(|(_, (_, receipt))| receipt.as_str()));
        });
        sql.push(" where v.column1 is not null");
        sql.build().execute(&mut *c).await.map(drop)
    })
}
