//! Removing: rows of deliveries and letters go, the numbers of a broadcast stay as a tally.

use std::collections::BTreeMap;

use sqlx::QueryBuilder;

use super::state;
use crate::base::id;
use crate::on;
use crate::store::{self, Tx};

/// Rows that one statement removes.
pub const AT_ONCE: i64 = 500;

/// The setting that changes whenever deliveries are taken from an address, so that every worker
/// looks whether it holds one of them.
pub const TAKEN: &str = "deliveries_taken";

const OF_ADDRESS: &str = "delete from delivery where id in
    (select id from delivery where address = $1 order by id limit $2) returning letter, channel, state";
const OF_LETTER: &str = "delete from delivery where id in
    (select id from delivery where letter = $1 order by id limit $2) returning letter, channel, state";
const ADD: &str = "insert into tally (letter, channel, state, number)
    select b.letter, b.channel, cast($3 as text), cast($4 as bigint) from broadcast b
    where b.letter = $1 and b.channel = $2
    on conflict (letter, channel, state) do update set number = tally.number + excluded.number";
const TALLY: &str = "select state, number from tally where letter = $1 and channel = $2";

/// Every statement of this file with one text, for the test that prepares them.
pub const STATEMENTS: [&str; 4] = [OF_ADDRESS, OF_LETTER, ADD, TALLY];

type Removed = Vec<(i64, String, String)>;

/// As what a removed delivery is counted: one that had not come to an end never will.
fn ends_as(state: &str) -> &str {
    match state {
        state::READY | state::RETRY | "held" => state::EXPIRED,
        state::INFLIGHT => state::UNCERTAIN,
        ended => ended,
    }
}

async fn count_in(tx: &mut Tx, removed: &Removed) -> Result<(), sqlx::Error> {
    let mut numbers: BTreeMap<(i64, &str, &str), i64> = BTreeMap::new();
    for (letter, channel, state) in removed {
        *numbers
            .entry((*letter, channel, ends_as(state)))
            .or_default() += 1;
    }
    for ((letter, channel, state), number) in numbers {
        on!(&mut *tx, c => sqlx::query(ADD).bind(letter).bind(channel).bind(state).bind(number).execute(c).await
            .map(drop))?;
    }
    Ok(())
}

/// What was counted in of a letter on a channel: numbers by state.
///
/// # Errors
/// When the database is away.
pub async fn tally(
    tx: &mut Tx,
    letter: i64,
    channel: &str,
) -> Result<Vec<(String, i64)>, sqlx::Error> {
    on!(tx, c => sqlx::query_as(TALLY).bind(letter).bind(channel).fetch_all(c).await)
}

/// Removes every delivery to an address, and the letters that went to it alone; how many
/// deliveries. A worker that holds one of them learns of it with its next tick.
///
/// # Errors
/// When the database is away.
pub async fn of_address(tx: &mut Tx, address: i64) -> Result<u64, sqlx::Error> {
    let mut count = 0;
    loop {
        let removed: Removed = on!(&mut *tx, c => sqlx::query_as(OF_ADDRESS).bind(address).bind(AT_ONCE)
            .fetch_all(c).await)?;
        if removed.is_empty() {
            break;
        }
        count += removed.len() as u64;
        count_in(tx, &removed).await?;
        let letters: Vec<i64> = removed.iter().map(|(letter, ..)| *letter).collect();
        letters_to_nobody(tx, &letters).await?;
    }
    if count > 0 {
        let word = id::next().to_string();
        store::set_setting(tx, TAKEN, Some(&word)).await?;
    }
    Ok(count)
}

/// Removes at most [`AT_ONCE`] deliveries of a broadcast's letter; how many.
///
/// # Errors
/// When the database is away.
pub async fn of_letter(tx: &mut Tx, letter: i64) -> Result<u64, sqlx::Error> {
    let removed: Removed = on!(&mut *tx, c => sqlx::query_as(OF_LETTER).bind(letter).bind(AT_ONCE)
        .fetch_all(c).await)?;
    count_in(tx, &removed).await?;
    Ok(removed.len() as u64)
}

/// Removes letters that are no broadcasts, with their deliveries; how many letters.
///
/// # Errors
/// When the database is away.
pub async fn answers(tx: &mut Tx, letters: &[i64]) -> Result<u64, sqlx::Error> {
    if letters.is_empty() {
        return Ok(0);
    }
    on!(&mut *tx, c => {
        let mut rows = QueryBuilder::new("delete from delivery
            where (select 1 from broadcast b where b.letter = delivery.letter limit 1) is null and letter in (");
        among(&mut rows, letters);
        rows.build().execute(&mut *c).await?;
    });
    letters_to_nobody(tx, letters).await
}

/// Of these letters removes those that no broadcast and no delivery needs.
async fn letters_to_nobody(tx: &mut Tx, letters: &[i64]) -> Result<u64, sqlx::Error> {
    let nobody: Vec<(i64,)> = on!(&mut *tx, c => {
        let mut find = QueryBuilder::new("select l.id from letter l
            where (select 1 from broadcast b where b.letter = l.id limit 1) is null
                and (select 1 from delivery d where d.letter = l.id limit 1) is null and l.id in (");
        among(&mut find, letters);
        find.build_query_as().fetch_all(&mut *c).await
    })?;
    let nobody: Vec<i64> = nobody.into_iter().map(|(id,)| id).collect();
    if nobody.is_empty() {
        return Ok(0);
    }
    for sql in [
        "delete from strip where letter in (",
        "update letter set thread = null where thread in (",
        "delete from letter where id in (",
    ] {
        on!(&mut *tx, c => {
            let mut rows = QueryBuilder::new(sql);
            among(&mut rows, &nobody);
            rows.build().execute(&mut *c).await.map(drop)
        })?;
    }
    Ok(nobody.len() as u64)
}

/// Writes these ids and the closing parenthesis.
pub fn among<DB: sqlx::Database>(sql: &mut QueryBuilder<DB>, ids: &[i64])
where
    for<'q> i64: sqlx::Encode<'q, DB> + sqlx::Type<DB>,
{
    let mut listed = sql.separated(", ");
    for id in ids {
        listed.push_bind(*id);
    }
    sql.push(")");
}
