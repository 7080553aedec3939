//! The drafts that feeds have made: alerts that wait for a person, each with the reason why.

use std::collections::BTreeMap;

use crate::base::clock::Millis;
use crate::features::alert::Alert;
use crate::message::Words;
use crate::on;
use crate::store::Tx;

/// The most drafts that are listed at once.
const MOST: i64 = 200;

const LIST: &str = "select id, feed, body, why, seen from feed_entry
    where state = 'draft' and body is not null order by id limit $1";
const TAKE: &str =
    "update feed_entry set state = 'taken', body = null where id = $1 and state = 'draft'";

/// Every statement of this file, for the test that prepares them.
pub const STATEMENTS: [&str; 2] = [LIST, TAKE];

/// An alert of a feed that waits for a person.
#[derive(Debug, Clone, PartialEq)]
pub struct FeedDraft {
    /// Our id of the entry.
    pub id: i64,
    /// The feed.
    pub feed: String,
    /// What would go out.
    pub alert: Alert,
    /// Why a person must decide, in every language.
    pub why: Words,
    /// Since when.
    pub since: Millis,
}

/// What waits, the oldest first; at most 200.
///
/// # Errors
/// When the database is away.
pub async fn list(tx: &mut Tx) -> Result<Vec<FeedDraft>, sqlx::Error> {
    let rows: Vec<(i64, String, String, String, i64)> =
        on!(tx, c => sqlx::query_as(LIST).bind(MOST).fetch_all(c).await?);
    let drafts = rows.into_iter().map(|(id, feed, body, why, seen)| {
        let alert = serde_json::from_str(&body).map_err(|why| sqlx::Error::Decode(why.into()))?;
        Ok(FeedDraft {
            id,
            feed,
            alert,
            why: written(&why),
            since: Millis(seen),
        })
    });
    drafts.collect()
}

/// Marks a draft as taken up by a person; false when it is gone meanwhile: taken by somebody else,
/// replaced or revoked by its source, or over.
///
/// # Errors
/// When the database is away.
pub async fn take(tx: &mut Tx, id: i64) -> Result<bool, sqlx::Error> {
    let taken = on!(tx, c => sqlx::query(TAKE).bind(id).execute(c).await?.rows_affected());
    Ok(taken == 1)
}

/// Words from a JSON object of texts by language.
#[must_use]
pub fn written(json: &str) -> Words {
    let texts: BTreeMap<String, String> = serde_json::from_str(json).unwrap_or_default();
    let texts = texts
        .into_iter()
        .filter_map(|(lang, text)| Some((lang.parse().ok()?, text)));
    Words::Written(texts.collect())
}
