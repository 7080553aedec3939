//! Leases: which process holds a channel's lane or listener, by the database's clock.

use std::time::Duration;

use crate::base::clock::Millis;
use crate::on;
use crate::store::{Db, Tx};

const TAKE: &str = "insert into lease (name, owner, until) values ($1, $2, $3)
    on conflict (name) do update set owner = excluded.owner, until = excluded.until, note = null
    where lease.until <= $4 or lease.until > $5 or lease.owner = excluded.owner";
const LOOK: &str = "select owner, until from lease where name = $1";
const RENEW: &str = "update lease set until = $3 where name = $1 and owner = $2";
const NOTE: &str = "update lease set note = $3 where name = $1 and owner = $2";
const RELEASE: &str = "update lease set until = 0 where name = $1 and owner = $2";
const FORGET: &str = "delete from lease";
const ALL: &str = "select name, owner, note from lease where until > $1 order by name, owner";
const HOLDERS: &str = "select name, note from lease where until > $1 and name like 'lane/%'";

/// A lease that this process wants or holds.
#[derive(Debug, Clone)]
pub struct Lease {
    /// `lane/telegram`, `listen/discord`.
    pub name: String,
    /// The process.
    pub owner: i64,
    /// How long it holds without being renewed.
    pub lasts: Duration,
}

impl Lease {
    /// Takes the lease if nobody else holds it.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn take(&self, tx: &mut Tx) -> Result<bool, sqlx::Error> {
        let now = tx.now().await?;
        let until = now.plus(self.lasts).0;
        let taken = on!(tx, c => sqlx::query(TAKE).bind(&self.name).bind(self.owner).bind(until).bind(now.0).bind(now.plus(self.lasts * 2).0)
            .execute(c).await?.rows_affected());
        Ok(taken == 1)
    }

    /// Whether the lease is still ours, renewing it when a third of it is used up.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn keep(&self, tx: &mut Tx) -> Result<bool, sqlx::Error> {
        let now = tx.now().await?;
        let row: Option<(i64, i64)> =
            on!(tx, c => sqlx::query_as(LOOK).bind(&self.name).fetch_optional(c).await?);
        let Some((owner, until)) = row else {
            return Ok(false);
        };
        if owner != self.owner || until <= now.0 {
            return Ok(false);
        }
        // Longer than it can last: the clock was set back.
        let left = Millis(until).since(now);
        if left < self.lasts * 2 / 3 || left > self.lasts {
            let until = now.plus(self.lasts).0;
            on!(tx, c => sqlx::query(RENEW).bind(&self.name).bind(self.owner).bind(until).execute(c).await.map(drop))?;
        }
        Ok(true)
    }

    /// Writes down why the lane stands, or that it moves again.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn note(&self, tx: &mut Tx, note: Option<&str>) -> Result<(), sqlx::Error> {
        on!(tx, c => sqlx::query(NOTE).bind(&self.name).bind(self.owner).bind(note).execute(c).await.map(drop))
    }

    /// Gives the lease back, so that another process need not wait for its end.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn release(&self, tx: &mut Tx) -> Result<(), sqlx::Error> {
        on!(tx, c => sqlx::query(RELEASE).bind(&self.name).bind(self.owner).execute(c).await.map(drop))
    }

    /// [`Lease::release`] in a transaction of its own, when the work is over.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn give_back(&self, db: &Db) -> Result<(), sqlx::Error> {
        let mut tx = db.begin().await?;
        self.release(&mut tx).await?;
        tx.commit().await
    }
}

/// The channels whose lane somebody holds now, each with the reason why it stands, if it does.
///
/// # Errors
/// When the database is away.
pub async fn held_lanes(tx: &mut Tx) -> Result<Vec<(String, Option<String>)>, sqlx::Error> {
    let now = tx.now().await?;
    let rows: Vec<(String, Option<String>)> =
        on!(tx, c => sqlx::query_as(HOLDERS).bind(now.0).fetch_all(c).await?);
    Ok(rows
        .into_iter()
        .filter_map(|(name, note)| {
            Some((
                name.strip_prefix("lane/")?.split('/').next()?.to_owned(),
                note,
            ))
        })
        .collect())
}

/// A lease that somebody holds now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// `lane/telegram`, `listen/discord`.
    pub name: String,
    /// The process.
    pub owner: i64,
    /// Why a lane stands, if it does.
    pub note: Option<String>,
}

/// All leases that somebody holds now.
///
/// # Errors
/// When the database is away.
pub async fn held(tx: &mut Tx) -> Result<Vec<Held>, sqlx::Error> {
    let now = tx.now().await?;
    let rows: Vec<(String, i64, Option<String>)> =
        on!(tx, c => sqlx::query_as(ALL).bind(now.0).fetch_all(c).await?);
    let held = |(name, owner, note)| Held { name, owner, note };
    Ok(rows.into_iter().map(held).collect())
}

/// Forgets every lease: a restored copy has none.
///
/// # Errors
/// When the database is away.
pub async fn forget_all(tx: &mut Tx) -> Result<(), sqlx::Error> {
    on!(tx, c => sqlx::query(FORGET).execute(c).await.map(drop))
}

/// Every statement of this file, for the test that prepares them.
pub const STATEMENTS: [&str; 8] = [TAKE, LOOK, RENEW, NOTE, RELEASE, FORGET, ALL, HOLDERS];
