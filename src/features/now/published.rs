//! The alerts that feeds tell of: those in force and those of the last 30 days, from the database.

use std::time::Duration;

use super::{Standing, standing};
use crate::base::clock::Millis;
use crate::base::id;
use crate::city::Set;
use crate::features::alert::Alert;
use crate::on;
use crate::outbox::row::Worded;
use crate::store::Tx;

/// The most alerts of one feed; those in force come first.
pub const MOST: i64 = 200;
/// How long an alert is told of, whatever has become of it.
pub const TOLD_FOR: Duration = Duration::from_hours(30 * 24);

/// An alert for everybody, as feeds tell of it.
#[derive(Debug, Clone)]
pub struct Published {
    /// Its id, which its addresses are made of.
    pub id: i64,
    /// What it says.
    pub alert: Alert,
    /// Where.
    pub districts: Set,
    /// About what.
    pub topics: Set,
    /// Until when.
    pub expires: Millis,
    /// When it went out.
    pub created: Millis,
    /// When what is to be said of it changed last: it was replaced, revoked, or its time was up.
    pub changed: Millis,
    /// What its readers got, in every language.
    pub letter: Worded,
    /// How it stands.
    pub standing: Standing,
}

/// Ids are ordered by time, so the first condition finds by the key what the second makes sure of.
const PUBLISHED: &str =
    "select a.id, a.state, a.body, a.districts, a.topics, a.expires, a.created, l.worded,
    case when a.state = 'sent' then null else (select max(n.id) from alert n join letter m on m.id = n.letter
        where (m.id = coalesce(l.thread, l.id) or m.thread = coalesce(l.thread, l.id)) and n.id > a.id) end,
    case when a.state = 'sent' then null else (select max(n.created) from alert n join letter m on m.id = n.letter
        where (m.id = coalesce(l.thread, l.id) or m.thread = coalesce(l.thread, l.id)) and n.id > a.id) end
    from alert a join letter l on l.id = a.letter
    where ((a.id >= $1 and a.created >= $5) or (a.state = 'sent' and a.expires > $2)) and (a.districts & $3) <> 0
    order by case when a.state = 'sent' and a.expires > $2 then 0 else 1 end, a.id desc limit $4";

/// Of the same alerts, in all districts: whatever changes among them changes one of these numbers.
const MARK: &str = "select coalesce(max(id), 0), count(*),
    coalesce(sum(case when state = 'sent' then 1 else 0 end), 0),
    coalesce(sum(case when expires <= $2 then 1 else 0 end), 0)
    from alert where (id >= $1 and created >= $3) or (state = 'sent' and expires > $2)";

/// Every statement of this file, for the test that prepares them.
pub const STATEMENTS: [&str; 2] = [PUBLISHED, MARK];

/// What the alerts that feeds tell of look like from afar: the same for as long as all of them
/// stand as they stood.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Mark {
    /// The newest. What updates or revokes another is one itself.
    pub newest: i64,
    /// How many. One that was written down late, behind a newer one, counts here.
    pub count: i64,
    /// How many nobody has updated or revoked.
    pub standing: i64,
    /// How many have had their time.
    pub over: i64,
    /// The day, counted from 1970: a feed with nothing in it tells when the day began.
    pub day: i64,
}

/// The mark of all alerts that feeds tell of at `now`; costs a fraction of reading them.
///
/// # Errors
/// When the database is away.
pub async fn mark(tx: &mut Tx, now: Millis) -> Result<Mark, sqlx::Error> {
    let since = now.minus(TOLD_FOR);
    let (newest, count, standing, over) = on!(tx, c => sqlx::query_as(MARK).bind(id::at(since)).bind(now.0)
        .bind(since.0).fetch_one(c).await?);
    Ok(Mark {
        newest,
        count,
        standing,
        over,
        day: now.0.div_euclid(24 * 60 * 60 * 1000),
    })
}

/// The alerts that concern one of `districts` and are for the public, as they stand at `now`: those
/// in force first, of all the newest; at most [`MOST`].
///
/// # Errors
/// When the database is away.
pub async fn published(
    tx: &mut Tx,
    districts: Set,
    now: Millis,
) -> Result<Vec<Published>, sqlx::Error> {
    type Row = (
        i64,
        String,
        String,
        i64,
        i64,
        i64,
        i64,
        String,
        Option<i64>,
        Option<i64>,
    );
    let since = now.minus(TOLD_FOR);
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(PUBLISHED).bind(id::at(since)).bind(now.0).bind(districts.0)
        .bind(MOST).bind(since.0).fetch_all(c).await?);
    let mut all = Vec::with_capacity(rows.len());
    for (id, state, body, districts, topics, expires, created, worded, newest, replaced) in rows {
        let decode = |why: serde_json::Error| sqlx::Error::Decode(why.into());
        let alert: Alert = serde_json::from_str(&body).map_err(decode)?;
        if !alert.is_public() {
            continue;
        }
        let (expires, created) = (Millis(expires), Millis(created));
        let standing = standing(&alert, &state, newest, expires, now);
        let changed = match standing {
            Standing::Over => expires,
            _ => replaced.map_or(created, Millis),
        };
        all.push(Published {
            id,
            alert,
            districts: Set(districts),
            topics: Set(topics),
            expires,
            created,
            changed: changed.max(created),
            letter: Worded::from_json(&worded).map_err(decode)?,
            standing,
        });
    }
    Ok(all)
}
