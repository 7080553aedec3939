//! Claiming what waits. How many crashes a delivery was in stands in the text and not in a
//! parameter: only then does an index of those that were in any answer without looking at all
//! others, which may be very many, and SQLite need not plan anew for each value.

use serde_json::Value;

use super::{decode, text};
use crate::base::clock::Millis;
use crate::on;
use crate::outbox::row::Waiting;
use crate::store::Tx;

macro_rules! waiting {
    ($crashes:literal) => {
        concat!(
            "select d.id as d_id, d.letter, d.address, d.lane, a.handle, a.languages, d.epoch, d.attempts, d.doubts,
            d.crashes, d.next_part, d.receipts as d_receipts, d.via, ",
            under!("d.address"),
            ", case when a.paused_until > $3 then 'paused' else a.state end as a_state, a.generation, d.replaces
        from delivery d join address a on a.id = d.address join letter l on l.id = d.letter
        left join delivery t on t.letter = l.thread and t.address = d.address
        where d.channel = $1 and d.lane = $2 and d.state in ('ready', 'retry') and d.due <= $3 and (l.thread is null or ",
            on_its_way!("d.address", "l.thread"),
            " is null) and ",
            $crashes,
            " order by d.due, d.id limit $4"
        )
    };
}

macro_rules! both {
    ($crashes:literal) => {
        [
            concat!(
                "select json_group_array(json_array(d_id, letter, address, lane, handle, languages, epoch, attempts,
            doubts, crashes, next_part, d_receipts, via, t_id, t_receipts, a_state, generation, replaces)) from (",
                waiting!($crashes),
                ")"
            ),
            concat!(
                "select coalesce(json_agg(json_build_array(d_id, letter, address, lane, handle, languages, epoch,
            attempts, doubts, crashes, next_part, d_receipts, via, t_id, t_receipts, a_state, generation, replaces)),
            '[]')::text from (",
                waiting!($crashes),
                " for update of d skip locked) w"
            ),
        ]
    };
}

const FRESH: [&str; 2] = both!("d.crashes = 0");
const CAUGHT: [&str; 2] = both!("d.crashes > 0 and d.crashes = 1");
const CAUGHT_AGAIN: [&str; 2] = both!("d.crashes > 0 and d.crashes > 1");
const CLAIM: [&str; 2] = [
    "update delivery set state = 'inflight', owner = $2, epoch = epoch + 1, attempts = attempts + 1, claimed = $3
        where id in (select value from json_each($1))",
    "update delivery set state = 'inflight', owner = $2, epoch = epoch + 1, attempts = attempts + 1, claimed = $3
        where id in (select value::bigint from json_array_elements_text($1::json))",
];

/// Every statement of this file, for each database.
pub(super) const STATEMENTS: [[&str; 2]; 4] = [FRESH, CAUGHT, CAUGHT_AGAIN, CLAIM];

/// How many crashes a delivery was in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Crashes {
    /// None.
    None,
    /// One.
    One,
    /// Two or more.
    More,
}

/// Which waiting deliveries to select.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    /// The lane's number.
    pub lane: i64,
    /// How many crashes they were in.
    pub crashes: Crashes,
    /// How many at most.
    pub limit: usize,
}

/// Claims waiting deliveries of a channel, the longest due first.
///
/// # Errors
/// When the database is away.
pub async fn claim(
    tx: &mut Tx,
    channel: &str,
    owner: i64,
    choice: Choice,
    now: Millis,
) -> Result<Vec<Waiting>, sqlx::Error> {
    let limit = i64::try_from(choice.limit).unwrap_or(i64::MAX);
    let sql = text(
        tx,
        match choice.crashes {
            Crashes::None => FRESH,
            Crashes::One => CAUGHT,
            Crashes::More => CAUGHT_AGAIN,
        },
    );
    let (rows,): (String,) = on!(tx, c => sqlx::query_as(sql).bind(channel).bind(choice.lane).bind(now.0)
        .bind(limit).fetch_one(c).await?);
    let rows: Vec<Waiting> = decode(&rows)?;
    if !rows.is_empty() {
        let ids = Value::from(rows.iter().map(|row| row.0).collect::<Vec<_>>()).to_string();
        let sql = text(tx, CLAIM);
        on!(tx, c => sqlx::query(sql).bind(ids).bind(owner).bind(now.0).execute(c).await.map(drop))?;
    }
    Ok(rows)
}
