//! Alerts in the database: what went out, found again by what names it.

use std::collections::HashMap;

use super::rules::Earlier;
use super::{Alert, MsgType, Reference};
use crate::base::clock::Millis;
use crate::city::Set;
use crate::on;
use crate::store::Tx;

/// An alert that went out.
#[derive(Debug, Clone)]
pub struct Kept {
    /// Our id.
    pub id: i64,
    /// `sent`, `updated` or `cancelled`.
    pub state: String,
    /// What it said, and to whom.
    pub earlier: Earlier,
    /// Its letter.
    pub letter: i64,
}

/// A new row.
#[derive(Debug)]
pub struct New<'a> {
    /// Our id.
    pub id: i64,
    /// What it says.
    pub alert: &'a Alert,
    /// Where.
    pub districts: Set,
    /// About what.
    pub topics: Set,
    /// 0 to 3.
    pub severity: i64,
    /// Until when.
    pub expires: Millis,
    /// When it was written down.
    pub created: Millis,
    /// Its letter.
    pub letter: i64,
}

const ADD: &str = "insert into alert (id, identifier, sender, sent, state, body, districts, topics, severity, expires,
    created, letter) values ($1, $2, $3, $4, 'sent', $5, $6, $7, $8, $9, $10, $11)";
const FIND: &str = "select id, state, body, districts, topics, letter from alert
    where sender = $1 and identifier = $2 and sent = $3";
const FIND_BY_ID: &str =
    "select id, state, body, districts, topics, letter from alert where id = $1";
const FIND_BY_IDENTIFIER: &str = "select id, state, body, districts, topics, letter from alert
    where identifier = $1 order by id desc limit 1";
const MARK: &str = "update alert set state = $2 where id = $1";

/// Every statement of this file, for the test that prepares them.
pub const STATEMENTS: [&str; 5] = [ADD, FIND, FIND_BY_ID, FIND_BY_IDENTIFIER, MARK];

type Row = (i64, String, String, i64, i64, Option<i64>);

fn kept(row: Row) -> Result<Kept, sqlx::Error> {
    let (id, state, body, districts, topics, letter) = row;
    let alert = serde_json::from_str(&body).map_err(|why| sqlx::Error::Decode(why.into()))?;
    let earlier = Earlier {
        alert,
        districts: Set(districts),
        topics: Set(topics),
    };
    Ok(Kept {
        id,
        state,
        earlier,
        letter: letter.unwrap_or_default(),
    })
}

/// Writes an alert down.
///
/// # Errors
/// When the database is away, or the alert is there already.
pub async fn add(tx: &mut Tx, new: &New<'_>) -> Result<(), sqlx::Error> {
    let body = serde_json::to_string(new.alert).map_err(|why| sqlx::Error::Encode(why.into()))?;
    on!(tx, c => sqlx::query(ADD).bind(new.id).bind(&new.alert.identifier).bind(&new.alert.sender)
        .bind(new.alert.sent.0).bind(body).bind(new.districts.0).bind(new.topics.0).bind(new.severity)
        .bind(new.expires.0).bind(new.created.0).bind(new.letter).execute(c).await.map(drop))
}

/// The alert that `reference` names.
///
/// # Errors
/// When the database is away.
pub async fn find(tx: &mut Tx, reference: &Reference) -> Result<Option<Kept>, sqlx::Error> {
    let row: Option<Row> = on!(tx, c => sqlx::query_as(FIND).bind(&reference.sender).bind(&reference.identifier)
        .bind(reference.sent.0).fetch_optional(c).await?);
    row.map(kept).transpose()
}

/// Those of `references` that we know.
///
/// # Errors
/// When the database is away.
pub async fn find_all(
    tx: &mut Tx,
    references: &[Reference],
) -> Result<HashMap<Reference, Kept>, sqlx::Error> {
    let mut found = HashMap::new();
    for reference in references {
        if let Some(kept) = find(tx, reference).await? {
            found.insert(reference.clone(), kept);
        }
    }
    Ok(found)
}

/// The alert that a person names by our id or by the sender's identifier (then the latest).
///
/// # Errors
/// When the database is away.
pub async fn look_up(tx: &mut Tx, name: &str) -> Result<Option<Kept>, sqlx::Error> {
    let by_id: Option<Row> = match name.parse::<i64>() {
        Ok(id) => on!(tx, c => sqlx::query_as(FIND_BY_ID).bind(id).fetch_optional(c).await?),
        Err(_) => None,
    };
    let row = match by_id {
        Some(row) => Some(row),
        None => {
            on!(tx, c => sqlx::query_as(FIND_BY_IDENTIFIER).bind(name).fetch_optional(c).await?)
        }
    };
    row.map(kept).transpose()
}

/// Marks an alert as replaced or revoked.
///
/// # Errors
/// When the database is away.
pub async fn mark(tx: &mut Tx, id: i64, by: MsgType) -> Result<(), sqlx::Error> {
    let state = if by == MsgType::Cancel {
        "cancelled"
    } else {
        "updated"
    };
    on!(tx, c => sqlx::query(MARK).bind(id).bind(state).execute(c).await.map(drop))
}
