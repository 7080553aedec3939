//! The notices in force, kept at hand: what does not change is read once.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::chat::Notice;
use super::is_all_clear;
use crate::base::clock::Millis;
use crate::city::Set;
use crate::features::alert::Alert;
use crate::on;
use crate::outbox::row::Worded;
use crate::store::Tx;

/// The most notices that are kept at hand.
const MOST: i64 = 200;

const IN_FORCE: &str = "select id, letter, districts, topics, severity, expires from alert
    where state = 'sent' and expires > $1 and letter is not null order by severity desc, id desc limit $2";
const WORDS: &str =
    "select l.worded, a.body from alert a join letter l on l.id = a.letter where a.id = $1";
const WHOLE: &str = "select min(coalesce(whole, districts)) from broadcast where letter = $1";
const STRIPS: &str = "select south, north, west, east from strip where letter = $1 order by number";

/// Every statement of this file, for the test that prepares them.
pub const STATEMENTS: [&str; 4] = [IN_FORCE, WORDS, WHOLE, STRIPS];

/// What is in force.
#[derive(Debug, Default)]
pub struct Board {
    /// What was read, by alert; nothing for one that ends a danger instead of telling of one.
    read: HashMap<i64, Option<Arc<Notice>>>,
    /// The gravest first, among equals the newest.
    pub notices: Vec<Arc<Notice>>,
}

impl Board {
    /// Looks what is in force at `now`.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn look(&mut self, tx: &mut Tx, now: Millis) -> Result<(), sqlx::Error> {
        let rows: Vec<(i64, i64, i64, i64, i64, i64)> = on!(&mut *tx, c => sqlx::query_as(IN_FORCE).bind(now.0)
            .bind(MOST).fetch_all(c).await)?;
        let mut read = HashMap::with_capacity(rows.len());
        let mut notices = Vec::with_capacity(rows.len());
        for row in rows {
            let notice = match self.read.get(&row.0) {
                Some(known) => known.clone(),
                None => notice(tx, row).await?.map(Arc::new),
            };
            read.insert(row.0, notice.clone());
            notices.extend(notice);
        }
        self.read = read;
        self.notices = notices;
        Ok(())
    }
}

async fn notice(
    tx: &mut Tx,
    (id, letter, districts, topics, severity, expires): (i64, i64, i64, i64, i64, i64),
) -> Result<Option<Notice>, sqlx::Error> {
    let (worded, body): (String, String) =
        on!(&mut *tx, c => sqlx::query_as(WORDS).bind(id).fetch_one(c).await)?;
    let alert: Alert =
        serde_json::from_str(&body).map_err(|why| sqlx::Error::Decode(why.into()))?;
    if is_all_clear(&alert) {
        return Ok(None);
    }
    let (whole,): (Option<i64>,) =
        on!(&mut *tx, c => sqlx::query_as(WHOLE).bind(letter).fetch_one(c).await)?;
    let strips: Vec<(i64, i64, i64, i64)> =
        on!(&mut *tx, c => sqlx::query_as(STRIPS).bind(letter).fetch_all(c).await)?;
    let worded = Worded::from_json(&worded).map_err(|why| sqlx::Error::Decode(why.into()))?;
    let titles: BTreeMap<_, _> = (worded.0.into_iter())
        .filter_map(|(lang, letter)| Some((lang, letter.title?)))
        .collect();
    Ok(Some(Notice {
        id,
        letter,
        districts: Set(districts),
        whole: Set(whole.unwrap_or(districts)),
        strips: (strips.into_iter())
            .map(|(south, north, west, east)| [south, north, west, east])
            .collect(),
        topics: Set(topics),
        severity,
        expires: Millis(expires),
        titles,
    }))
}
