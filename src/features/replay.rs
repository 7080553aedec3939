//! What programs asked for once: a repeated request gets the answer of the first and does nothing.

use crate::base::clock::Millis;
use crate::on;
use crate::store::Tx;

/// What a request is known by.
#[derive(Debug, Clone, Copy)]
pub struct Once<'a> {
    /// Whose request it is: a name of the roster.
    pub caller: &'a str,
    /// The key that the caller made for it.
    pub key: &'a str,
    /// What was asked for, as a hash.
    pub request: &'a str,
}

/// What is known of a request.
#[derive(Debug, PartialEq, Eq)]
pub enum Seen {
    /// Nothing: it is to be carried out in this transaction.
    Never,
    /// It was carried out, and this is what it was answered: a status, and JSON.
    Answered(i64, String),
    /// The key belongs to another request.
    Other,
}

const CLAIM: &str = "insert into replay (caller, key, request, at) values ($1, $2, $3, $4)
    on conflict (caller, key) do nothing";
const FIND: &str = "select request, status, answer from replay where caller = $1 and key = $2";
const KEEP: &str = "update replay set status = $3, answer = $4 where caller = $1 and key = $2";

/// Every statement of this file, for the test that prepares them.
pub const STATEMENTS: [&str; 3] = [CLAIM, FIND, KEEP];

/// Takes the key for this request, or says what was done under it. While another transaction
/// carries out a request with the same key, this waits for its end.
///
/// # Errors
/// When the database is away.
pub async fn claim(tx: &mut Tx, once: Once<'_>, now: Millis) -> Result<Seen, sqlx::Error> {
    let taken = on!(&mut *tx, c => sqlx::query(CLAIM).bind(once.caller).bind(once.key).bind(once.request).bind(now.0)
        .execute(c).await?.rows_affected());
    if taken == 1 {
        return Ok(Seen::Never);
    }
    let (request, status, answer): (String, Option<i64>, Option<String>) = on!(tx, c => sqlx::query_as(FIND)
        .bind(once.caller).bind(once.key).fetch_one(c).await?);
    Ok(match (status, answer) {
        (Some(status), Some(answer)) if request == once.request => Seen::Answered(status, answer),
        _ => Seen::Other,
    })
}

/// Keeps the answer, in the transaction of what it tells of.
///
/// # Errors
/// When the database is away.
pub async fn keep(
    tx: &mut Tx,
    once: Once<'_>,
    (status, answer): (u16, &str),
) -> Result<(), sqlx::Error> {
    on!(tx, c => sqlx::query(KEEP).bind(once.caller).bind(once.key).bind(i64::from(status)).bind(answer)
        .execute(c).await.map(drop))
}
