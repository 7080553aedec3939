//! Removing what has had its time, class by class, in batches so small that nobody waits for them.

pub mod sql;

use serde::Serialize;
use sqlx::QueryBuilder;

use super::retention::Class;
use crate::base::clock::Millis;
use crate::base::id;
use crate::config::privacy::PrivacySettings;
use crate::on;
use crate::outbox::lease::Lease;
use crate::outbox::removal::{self, among};
use crate::store::{Db, Tx};
use sql::{
    COUNT_ANSWERS, COUNT_CONFIRMED, COUNT_DELIVERIES, COUNT_DEPARTED, COUNT_EVENTS, COUNT_FORMS,
    COUNT_QUOTAS, COUNT_REPLAYS, COUNT_REPORTS, COUNT_REQUESTS, COUNT_VISITORS, DEPARTED, EVENTS,
    LAST_RUN, NEXT_ANSWERS, NEXT_CONFIRMED, NEXT_DEPARTED, NEXT_FORMS, NEXT_OFF, NEXT_OVER,
    NEXT_REQUESTS, NEXT_VISITORS, QUOTAS, REPLAYS, REPORT, REPORTS, REQUESTS, RUNS, VISITORS,
};

/// Rows that one transaction removes.
const BATCH: i64 = 1000;

/// What went, or would go, of a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Swept {
    /// The class.
    pub class: Class,
    /// What is older than this.
    pub before: Millis,
    /// How many: addresses, letters, rows.
    pub removed: i64,
}

/// How an hour is counted in the table of quotas, from 1970.
const HOUR: i64 = 3_600_000;

/// The first argument of a class's statements.
fn limit_of(class: Class, before: Millis) -> i64 {
    match class {
        Class::Quotas => before.0.div_euclid(HOUR),
        _ => before.0,
    }
}

/// What a run at `now` would remove. Changes nothing.
///
/// # Errors
/// When the database is away.
pub async fn foresee(
    db: &Db,
    settings: &PrivacySettings,
    now: Millis,
) -> Result<Vec<Swept>, sqlx::Error> {
    let mut tx = db.read().await?;
    let mut all = vec![];
    for class in Class::ALL {
        let before = class.kept(settings).before(now);
        let sql = match class {
            Class::Departed => COUNT_DEPARTED,
            Class::Visitors => COUNT_VISITORS,
            Class::Events => COUNT_EVENTS,
            Class::Forms => COUNT_FORMS,
            Class::Requests => COUNT_REQUESTS,
            Class::ConfirmedRequests => COUNT_CONFIRMED,
            Class::Answers => COUNT_ANSWERS,
            Class::Deliveries => COUNT_DELIVERIES,
            Class::Quotas => COUNT_QUOTAS,
            Class::Replays => COUNT_REPLAYS,
            Class::Reports => COUNT_REPORTS,
        };
        let limit = limit_of(class, before);
        let (removed,): (i64,) =
            on!(&mut tx, c => sqlx::query_as(sql).bind(limit).fetch_one(c).await)?;
        all.push(Swept {
            class,
            before,
            removed,
        });
    }
    Ok(all)
}

/// When the last run began; `None`: there was none.
///
/// # Errors
/// When the database is away.
pub async fn last_run(tx: &mut Tx) -> Result<Option<Millis>, sqlx::Error> {
    let (at,): (Option<i64>,) = on!(tx, c => sqlx::query_as(LAST_RUN).fetch_one(c).await)?;
    Ok(at.map(Millis))
}

/// What the last `limit` runs removed, the newest first.
///
/// # Errors
/// When the database is away.
pub async fn runs(tx: &mut Tx, limit: i64) -> Result<Vec<(Millis, Class, i64)>, sqlx::Error> {
    let rows: Vec<(i64, String, i64)> =
        on!(tx, c => sqlx::query_as(RUNS).bind(limit).fetch_all(c).await)?;
    let known = rows
        .into_iter()
        .filter_map(|(at, class, removed)| Some((Millis(at), Class::parse(&class)?, removed)));
    Ok(known.collect())
}

/// A run under way: every batch makes sure that the lease is still ours.
struct Sweep<'a> {
    db: &'a Db,
    lease: &'a Lease,
}

/// Removes what has had its time at `now`, and writes down how much; `None` when the lease was
/// lost on the way, and then what was removed is not written down.
///
/// # Errors
/// When the database is away; what was removed before stays removed.
pub async fn sweep(
    db: &Db,
    settings: &PrivacySettings,
    lease: &Lease,
    now: Millis,
) -> Result<Option<Vec<Swept>>, sqlx::Error> {
    let sweep = Sweep { db, lease };
    if !sweep.note_who_is_off(now).await? {
        return Ok(None);
    }
    let mut all = vec![];
    for class in Class::ALL {
        let before = class.kept(settings).before(now);
        let Some(removed) = sweep.class(class, limit_of(class, before)).await? else {
            return Ok(None);
        };
        all.push(Swept {
            class,
            before,
            removed,
        });
    }
    let Some(mut tx) = sweep.begin().await? else {
        return Ok(None);
    };
    for Swept { class, removed, .. } in &all {
        on!(&mut tx, c => sqlx::query(REPORT).bind(id::next()).bind(now.0).bind(class.code()).bind(*removed)
            .execute(c).await.map(drop))?;
    }
    tx.commit().await?;
    Ok(Some(all))
}

impl Sweep<'_> {
    /// A transaction that writes, while the lease is ours.
    async fn begin(&self) -> Result<Option<Tx>, sqlx::Error> {
        let mut tx = self.db.begin().await?;
        let held = self.lease.keep(&mut tx).await?;
        Ok(held.then_some(tx))
    }

    async fn next(
        &self,
        sql: &'static str,
        limit: i64,
        after: i64,
        most: i64,
    ) -> Result<Vec<i64>, sqlx::Error> {
        let mut tx = self.db.read().await?;
        let rows: Vec<(i64,)> = on!(&mut tx, c => sqlx::query_as(sql).bind(limit).bind(after).bind(most)
            .fetch_all(c).await)?;
        Ok(rows.into_iter().map(|(id,)| id).collect())
    }

    /// Writes down since when addresses are off; false when the lease was lost.
    async fn note_who_is_off(&self, now: Millis) -> Result<bool, sqlx::Error> {
        let mut after = i64::MIN;
        loop {
            let mut tx = self.db.read().await?;
            let rows: Vec<(i64,)> = on!(&mut tx, c => sqlx::query_as(NEXT_OFF).bind(after).bind(BATCH)
                .fetch_all(c).await)?;
            drop(tx);
            let ids: Vec<i64> = rows.into_iter().map(|(id,)| id).collect();
            let Some(last) = ids.last() else {
                return Ok(true);
            };
            after = *last;
            let Some(mut tx) = self.begin().await? else {
                return Ok(false);
            };
            on!(&mut tx, c => {
                let mut note = QueryBuilder::new("update address set off_seen = ");
                note.push_bind(now.0).push(" where state = 'off' and off_seen is null and id in (");
                among(&mut note, &ids);
                note.build().execute(&mut *c).await.map(drop)
            })?;
            tx.commit().await?;
        }
    }

    /// Removes a class; how many there were, `None` when the lease was lost.
    async fn class(&self, class: Class, limit: i64) -> Result<Option<i64>, sqlx::Error> {
        match class {
            Class::Events => return self.straight(EVENTS, limit).await,
            Class::Quotas => return self.straight(QUOTAS, limit).await,
            Class::Replays => return self.straight(REPLAYS, limit).await,
            Class::Reports => return self.straight(REPORTS, limit).await,
            Class::Deliveries => return self.deliveries(limit).await,
            _ => {}
        }
        let (find, most) = match class {
            Class::Departed => (NEXT_DEPARTED, BATCH / 2),
            Class::Visitors => (NEXT_VISITORS, BATCH),
            Class::Forms => (NEXT_FORMS, BATCH),
            Class::Requests => (NEXT_REQUESTS, BATCH),
            Class::ConfirmedRequests => (NEXT_CONFIRMED, BATCH),
            _ => (NEXT_ANSWERS, BATCH / 2),
        };
        let (mut after, mut count) = (i64::MIN, 0);
        loop {
            let ids = self.next(find, limit, after, most).await?;
            let Some(last) = ids.last() else {
                return Ok(Some(count));
            };
            after = *last;
            let Some(mut tx) = self.begin().await? else {
                return Ok(None);
            };
            let removed = match class {
                Class::Departed => addresses(&mut tx, DEPARTED, limit, &ids).await?,
                Class::Visitors => addresses(&mut tx, VISITORS, limit, &ids).await?,
                Class::Forms => {
                    let sql = ("delete from open_form where since < ", " and address in (");
                    rows(&mut tx, sql, limit, &ids).await?
                }
                Class::Requests => {
                    let sql = (REQUESTS, " and id in (");
                    rows(&mut tx, sql, limit, &ids).await?
                }
                Class::ConfirmedRequests => {
                    let sql = ("delete from opt_in where used < ", " and id in (");
                    rows(&mut tx, sql, limit, &ids).await?
                }
                _ => removal::answers(&mut tx, &ids).await?,
            };
            tx.commit().await?;
            count += i64::try_from(removed).unwrap_or(0);
        }
    }

    /// Batch after batch by one statement that finds them by itself.
    async fn straight(&self, sql: &'static str, limit: i64) -> Result<Option<i64>, sqlx::Error> {
        let mut count = 0;
        loop {
            let Some(mut tx) = self.begin().await? else {
                return Ok(None);
            };
            let removed = on!(&mut tx, c => sqlx::query(sql).bind(limit).bind(BATCH).execute(c).await?.rows_affected());
            tx.commit().await?;
            if removed == 0 {
                return Ok(Some(count));
            }
            count += i64::try_from(removed).unwrap_or(0);
        }
    }

    /// The deliveries of broadcasts, letter by letter.
    async fn deliveries(&self, limit: i64) -> Result<Option<i64>, sqlx::Error> {
        let (mut after, mut count) = (i64::MIN, 0);
        loop {
            let Some(letter) = self.next(NEXT_OVER, limit, after, 1).await?.pop() else {
                return Ok(Some(count));
            };
            after = letter;
            loop {
                let Some(mut tx) = self.begin().await? else {
                    return Ok(None);
                };
                let removed = removal::of_letter(&mut tx, letter).await?;
                tx.commit().await?;
                if removed == 0 {
                    break;
                }
                count += i64::try_from(removed).unwrap_or(0);
            }
        }
    }
}

/// Removes rows of one table; `sql` before and after its limit.
async fn rows(
    tx: &mut Tx,
    (before, after): (&'static str, &'static str),
    limit: i64,
    ids: &[i64],
) -> Result<u64, sqlx::Error> {
    on!(tx, c => {
        let mut remove = QueryBuilder::new(before);
        remove.push_bind(limit).push(after);
        among(&mut remove, ids);
        Ok(remove.build().execute(&mut *c).await?.rows_affected())
    })
}

/// Removes addresses of which `condition` still holds, with their choice and their consents.
async fn addresses(
    tx: &mut Tx,
    condition: &'static str,
    limit: i64,
    ids: &[i64],
) -> Result<u64, sqlx::Error> {
    // Written to before anything is removed: whoever comes back at this moment waits for the end.
    let held: Vec<(i64,)> = on!(&mut *tx, c => {
        let mut hold = QueryBuilder::new("update address as a set off_seen = a.off_seen where ");
        hold.push(condition).push_bind(limit).push(" and a.id in (");
        among(&mut hold, ids);
        hold.push(" returning id").build_query_as().fetch_all(&mut *c).await
    })?;
    let held: Vec<i64> = held.into_iter().map(|(id,)| id).collect();
    if held.is_empty() {
        return Ok(0);
    }
    for sql in [
        "delete from subscription where address in (",
        "delete from consent where address in (",
        "delete from address where id in (",
    ] {
        on!(&mut *tx, c => {
            let mut remove = QueryBuilder::new(sql);
            among(&mut remove, &held);
            remove.build().execute(&mut *c).await.map(drop)
        })?;
    }
    Ok(held.len() as u64)
}
