//! The alerts in force, and one alert with what became of it, read from the database.

use super::{InForce, Told, is_all_clear, standing};
use crate::base::clock::Millis;
use crate::city::Set;
use crate::features::alert::Alert;
use crate::on;
use crate::outbox::row::Worded;
use crate::store::Tx;

/// The most alerts that are in force at once as far as readers are told; the gravest come first.
pub const MOST: i64 = 100;

const IN_FORCE: &str =
    "select a.id, a.body, a.districts, a.topics, a.severity, a.expires, a.created, l.worded
    from alert a join letter l on l.id = a.letter
    where a.state = 'sent' and a.expires > $1
    order by a.severity desc, a.id desc limit $2";
const FIND: &str =
    "select a.id, a.state, a.body, a.expires, a.created, l.worded, coalesce(l.thread, l.id)
    from alert a join letter l on l.id = a.letter where a.id = $1";
const NEWEST: &str = "select max(a.id) from alert a join letter l on l.id = a.letter
    where (l.id = $1 or l.thread = $1) and a.id > $2";

/// Every statement of this file, for the test that prepares them.
pub const STATEMENTS: [&str; 3] = [IN_FORCE, FIND, NEWEST];

fn read<T>(text: serde_json::Result<T>) -> Result<T, sqlx::Error> {
    text.map_err(|why| sqlx::Error::Decode(why.into()))
}

/// The alerts in force at `now`, the gravest first, of those the newest; at most [`MOST`].
/// What revokes another or sounds the all-clear is not among them.
///
/// # Errors
/// When the database is away.
pub async fn in_force(tx: &mut Tx, now: Millis) -> Result<Vec<InForce>, sqlx::Error> {
    type Row = (i64, String, i64, i64, i64, i64, i64, String);
    let rows: Vec<Row> =
        on!(tx, c => sqlx::query_as(IN_FORCE).bind(now.0).bind(MOST).fetch_all(c).await?);
    let mut all = Vec::with_capacity(rows.len());
    for (id, body, districts, topics, severity, expires, created, worded) in rows {
        let alert: Alert = read(serde_json::from_str(&body))?;
        if !is_all_clear(&alert) {
            all.push(InForce {
                id,
                alert,
                districts: Set(districts),
                topics: Set(topics),
                severity,
                expires: Millis(expires),
                created: Millis(created),
                letter: read(Worded::from_json(&worded))?,
            });
        }
    }
    Ok(all)
}

/// The alert with this id and how it stands at `now`.
///
/// # Errors
/// When the database is away.
pub async fn find(tx: &mut Tx, id: i64, now: Millis) -> Result<Option<Told>, sqlx::Error> {
    type Row = (i64, String, String, i64, i64, String, i64);
    let row: Option<Row> = on!(tx, c => sqlx::query_as(FIND).bind(id).fetch_optional(c).await?);
    let Some((id, state, body, expires, created, worded, thread)) = row else {
        return Ok(None);
    };
    let alert: Alert = read(serde_json::from_str(&body))?;
    let (newest,): (Option<i64>,) =
        on!(tx, c => sqlx::query_as(NEWEST).bind(thread).bind(id).fetch_one(c).await?);
    let (expires, created) = (Millis(expires), Millis(created));
    Ok(Some(Told {
        id,
        standing: standing(&alert, &state, newest, expires, now),
        letter: read(Worded::from_json(&worded))?,
        alert,
        expires,
        created,
    }))
}
