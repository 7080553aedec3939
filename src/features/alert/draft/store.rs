//! Drafts in the database.

use std::collections::BTreeMap;
use std::convert::Infallible;

use super::{Draft, Kind, State};
use crate::base::clock::Millis;
use crate::features::alert::Alert;
use crate::features::alert::picture::Maps;
use crate::features::alert::send::SendFault;
use crate::message::Words;
use crate::message::catalogue::Catalogue;
use crate::message::picture::Picture;
use crate::on;
use crate::store::Tx;

const ADD: &str =
    "insert into draft (id, kind, state, revision, body, about, author, created, changed)
    values ($1, $2, 'draft', 1, $3, $4, $5, $6, $6)";
macro_rules! draft {
    ($rest:literal) => {
        concat!(
            "select id, kind, state, revision, body, about, author, submitter, decider, reason, alone,
            created, calls, alert, maps from draft ",
            $rest
        )
    };
}
const FIND: &str = draft!("where id = $1");
// The lock of a row that both databases have: nobody else decides on it meanwhile.
const LOCK: &str = "update draft set changed = changed where id = $1";
const BECAME: &str = draft!("where alert = $1 order by id desc limit 1");
const OPEN: &str =
    draft!("where state in ('draft', 'waiting', 'returned') order by id desc limit $1");
const KEEP_MAPS: &str = "update draft set maps = $2 where id = $1";
const EDIT: &str = "update draft set body = $2, revision = revision + 1, state = 'draft', maps = null, changed = $3
    where id = $1";
const MOVE: &str = "update draft set state = $2, submitter = $3, decider = $4, reason = $5, alone = $6, alert = $7,
    changed = $8, call_at = $9, calls = 0 where id = $1";
const MAPS: &str = "select maps from draft where maps is not null
    and (state in ('draft', 'waiting', 'returned') or changed >= $1)";
const OF_ALERT: &str = "select id from draft where alert = $1 or about = $1 order by id limit $2";
const CORRECTED: &str =
    "select count(*) from draft where about = $1 and kind = 'correction' and state = 'sent'";
const DUE: &str = draft!("where call_at <= $1 order by call_at limit $2");
const CALLED: &str = "update draft set calls = calls + 1, call_at = $3 where id = $1 and calls = $2 and call_at is not null";

/// Every statement of this file, for the test that prepares them.
pub const STATEMENTS: [&str; 13] = [
    ADD, FIND, BECAME, LOCK, OPEN, KEEP_MAPS, EDIT, MOVE, MAPS, OF_ALERT, CORRECTED, DUE, CALLED,
];

/// Drafts that are listed at once.
pub const LISTED: i64 = 50;

type Row = (
    i64,
    String,
    String,
    i64,
    String,
    Option<i64>,
    String,
    Option<String>,
    Option<String>,
    Option<String>,
    bool,
    i64,
    i64,
    Option<i64>,
    Option<String>,
);

fn draft(row: Row) -> Result<Draft, sqlx::Error> {
    let unknown = |word: &str| sqlx::Error::Decode(format!("unknown word {word}").into());
    Ok(Draft {
        id: row.0,
        kind: Kind::parse(&row.1).ok_or_else(|| unknown(&row.1))?,
        state: State::parse(&row.2).ok_or_else(|| unknown(&row.2))?,
        revision: row.3,
        alert: serde_json::from_str(&row.4).map_err(|why| sqlx::Error::Decode(why.into()))?,
        about: row.5,
        author: row.6,
        submitter: row.7,
        decider: row.8,
        reason: row.9,
        alone: row.10,
        created: Millis(row.11),
        calls: row.12,
        sent_as: row.13,
        maps: row.14.map_or(Ok(Maps::new()), |maps| read_maps(&maps))?,
    })
}

/// Maps rest with their alternatives already worded.
type Resting = BTreeMap<String, Picture<String>>;

fn read_maps(maps: &str) -> Result<Maps, sqlx::Error> {
    let maps: Resting =
        serde_json::from_str(maps).map_err(|why| sqlx::Error::Decode(why.into()))?;
    let of_lang = |(lang, picture): (String, Picture<String>)| {
        let words = |text: &String| Ok::<_, Infallible>(Words::Verbatim(text.clone()));
        let Ok(picture) = picture.try_map(words);
        Some((lang.parse().ok()?, picture))
    };
    Ok(maps.into_iter().filter_map(of_lang).collect())
}

fn body(alert: &Alert) -> Result<String, sqlx::Error> {
    serde_json::to_string(alert).map_err(|why| sqlx::Error::Encode(why.into()))
}

/// The maps of drafts that are open, or on which something was done since then.
///
/// # Errors
/// When the database is away.
pub async fn pictures_of_drafts(tx: &mut Tx, since: Millis) -> Result<Vec<Maps>, sqlx::Error> {
    let rows: Vec<(String,)> = on!(tx, c => sqlx::query_as(MAPS).bind(since.0).fetch_all(c).await?);
    rows.iter().map(|(maps,)| read_maps(maps)).collect()
}

/// The drafts that an alert came of, and those about it.
///
/// # Errors
/// When the database is away.
pub async fn of_alert(tx: &mut Tx, alert: i64) -> Result<Vec<i64>, sqlx::Error> {
    let rows: Vec<(i64,)> =
        on!(tx, c => sqlx::query_as(OF_ALERT).bind(alert).bind(LISTED).fetch_all(c).await?);
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Writes a new draft down.
///
/// # Errors
/// When the database is away.
pub async fn add(
    tx: &mut Tx,
    (id, kind): (i64, Kind),
    alert: &Alert,
    about: Option<i64>,
    author: &str,
    now: Millis,
) -> Result<(), sqlx::Error> {
    let body = body(alert)?;
    on!(tx, c => sqlx::query(ADD).bind(id).bind(kind.word()).bind(body).bind(about).bind(author).bind(now.0)
        .execute(c).await.map(drop))
}

/// The draft of this id.
///
/// # Errors
/// When the database is away.
pub async fn find(tx: &mut Tx, id: i64) -> Result<Option<Draft>, sqlx::Error> {
    let row: Option<Row> = on!(tx, c => sqlx::query_as(FIND).bind(id).fetch_optional(c).await?);
    row.map(draft).transpose()
}

/// The draft that became this alert.
///
/// # Errors
/// When the database is away.
pub async fn that_became(tx: &mut Tx, alert: i64) -> Result<Option<Draft>, sqlx::Error> {
    let row: Option<Row> =
        on!(tx, c => sqlx::query_as(BECAME).bind(alert).fetch_optional(c).await?);
    row.map(draft).transpose()
}

/// Whether it was said already that an alert was wrong.
///
/// # Errors
/// When the database is away.
pub async fn corrected(tx: &mut Tx, alert: i64) -> Result<bool, sqlx::Error> {
    let (count,): (i64,) = on!(tx, c => sqlx::query_as(CORRECTED).bind(alert).fetch_one(c).await?);
    Ok(count > 0)
}

/// The draft of this id, kept from everybody else until the transaction ends.
///
/// # Errors
/// When the database is away.
pub async fn lock(tx: &mut Tx, id: i64) -> Result<Option<Draft>, sqlx::Error> {
    on!(&mut *tx, c => sqlx::query(LOCK).bind(id).execute(c).await.map(drop))?;
    find(tx, id).await
}

/// What is being written or waits, the newest first, some fifty at most.
///
/// # Errors
/// When the database is away.
pub async fn open(tx: &mut Tx) -> Result<Vec<Draft>, sqlx::Error> {
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(OPEN).bind(LISTED).fetch_all(c).await?);
    rows.into_iter().map(draft).collect()
}

/// Keeps the maps that were drawn for a draft.
///
/// # Errors
/// When the database is away, or a word is missing.
pub async fn keep_maps(
    tx: &mut Tx,
    id: i64,
    maps: &Maps,
    catalogue: &Catalogue,
) -> Result<(), SendFault> {
    let mut resting = Resting::new();
    for (lang, picture) in maps {
        let picture = picture.try_map(|words| catalogue.word(words, *lang))?;
        resting.insert(lang.to_string(), picture);
    }
    let maps = serde_json::to_string(&resting).map_err(|why| sqlx::Error::Encode(why.into()))?;
    on!(tx, c => sqlx::query(KEEP_MAPS).bind(id).bind(maps).execute(c).await.map(drop))?;
    Ok(())
}

/// Says something else from now on, as a new revision that nobody has submitted.
///
/// # Errors
/// When the database is away.
pub async fn edit(tx: &mut Tx, id: i64, alert: &Alert, now: Millis) -> Result<(), sqlx::Error> {
    let body = body(alert)?;
    on!(tx, c => sqlx::query(EDIT).bind(id).bind(body).bind(now.0).execute(c).await.map(drop))
}

/// Writes down how far a draft has come, and when somebody is called about it next.
///
/// # Errors
/// When the database is away.
pub async fn moved(
    tx: &mut Tx,
    draft: &Draft,
    call_at: Option<Millis>,
    now: Millis,
) -> Result<(), sqlx::Error> {
    on!(tx, c => sqlx::query(MOVE).bind(draft.id).bind(draft.state.word()).bind(&draft.submitter).bind(&draft.decider)
        .bind(&draft.reason).bind(draft.alone).bind(draft.sent_as).bind(now.0).bind(call_at.map(|at| at.0))
        .execute(c).await.map(drop))
}

/// Drafts about which somebody is to be called by now.
///
/// # Errors
/// When the database is away.
pub async fn due(tx: &mut Tx, now: Millis) -> Result<Vec<Draft>, sqlx::Error> {
    let rows: Vec<Row> =
        on!(tx, c => sqlx::query_as(DUE).bind(now.0).bind(LISTED).fetch_all(c).await?);
    rows.into_iter().map(draft).collect()
}

/// Writes a call down; false when another process has called meanwhile.
///
/// # Errors
/// When the database is away.
pub async fn called(tx: &mut Tx, draft: &Draft, next: Option<Millis>) -> Result<bool, sqlx::Error> {
    let changed = on!(tx, c => sqlx::query(CALLED).bind(draft.id).bind(draft.calls).bind(next.map(|at| at.0))
        .execute(c).await?.rows_affected());
    Ok(changed == 1)
}
