//! Feeds in the database: how each was last read, and what became of what it told.

use std::collections::HashMap;

use super::fetch::Mark;
use super::rules::Past;
use crate::base::clock::Millis;
use crate::features::alert::Reference;
use crate::on;
use crate::store::Tx;

/// How a feed was last read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// Where.
    pub url: String,
    /// By what its source tells whether something is new.
    pub mark: Mark,
    /// The digest of its last document, when nothing of it was left for later.
    pub document: Option<String>,
    /// Not read again before.
    pub next: Millis,
    /// Readings in a row that failed.
    pub failures: u32,
    /// The last reading.
    pub tried_at: Millis,
    /// The last reading that worked.
    pub read_at: Millis,
    /// The last that brought something new.
    pub changed_at: Millis,
    /// How the last reading went: a JSON object of texts by language.
    pub outcome: String,
    /// Since when its silence has been reported.
    pub silent: Option<Millis>,
}

/// An entry that was told before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The digest of what the feed said about it.
    pub stamp: String,
    /// The digest of what it means.
    pub content: String,
    /// What became of it.
    pub state: String,
    /// How often its message could not be fetched.
    pub tries: i64,
    /// As CAP names it.
    pub reference: Option<Reference>,
    /// What went out for it, or what it repeats.
    pub alert: Option<i64>,
    /// When it was last seen in the feed, to a day.
    pub last: Millis,
}

/// What becomes of an entry, to be written down.
#[derive(Debug)]
pub struct Told<'a> {
    /// Our id, where it is new.
    pub id: i64,
    /// The feed and the source's name for the entry.
    pub name: (&'a str, &'a str),
    /// The digests of what the feed said about it, and of what it means.
    pub digests: (&'a str, &'a str),
    /// As CAP names it.
    pub reference: Option<&'a Reference>,
    /// What went out for it, or what it repeats.
    pub alert: Option<i64>,
    /// What became of it.
    pub state: &'a str,
    /// How often its message could not be fetched.
    pub tries: i64,
    /// Why: a JSON object of texts by language.
    pub why: &'a str,
    /// The alert of a draft.
    pub body: Option<String>,
    /// When a draft is of no use any more.
    pub expires: Option<Millis>,
    /// The moment.
    pub now: Millis,
}

const STATE: &str = "select url, etag, modified, document, next, failures, tried_at, read_at, changed_at, outcome, silent
    from feed where name = $1";
const SAVE: &str = "insert into feed (name, url, etag, modified, document, next, failures, tried_at, read_at, changed_at,
    outcome, silent) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
    on conflict (name) do update set url = excluded.url, etag = excluded.etag, modified = excluded.modified,
    document = excluded.document, next = excluded.next, failures = excluded.failures, tried_at = excluded.tried_at,
    read_at = excluded.read_at, changed_at = excluded.changed_at, outcome = excluded.outcome, silent = excluded.silent";
const KNOWN: &str =
    "select entry, stamp, content, state, tries, sender, identifier, sent, alert, last
    from feed_entry where feed = $1";
const PUT: &str = "insert into feed_entry (id, feed, entry, stamp, content, sender, identifier, sent, alert, state, tries,
    why, body, expires, seen, last) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15)
    on conflict (feed, entry) do update set stamp = excluded.stamp, content = excluded.content, sender = excluded.sender,
    identifier = excluded.identifier, sent = excluded.sent, alert = excluded.alert, state = excluded.state,
    tries = excluded.tries, why = excluded.why, body = excluded.body, expires = excluded.expires, seen = excluded.seen,
    last = excluded.last";
const RESTAMP: &str = "update feed_entry set stamp = $3, last = $4 where feed = $1 and entry = $2";
const OWN: &str = "select state from feed_entry
    where feed = $1 and identifier = $2 and sender = $3 and sent = $4";
const STANDS_FOR: &str = "select alert.sender, alert.identifier, alert.sent from feed_entry
    join alert on alert.id = feed_entry.alert
    where feed_entry.feed = $1 and feed_entry.identifier = $2 and feed_entry.sender = $3 and feed_entry.sent = $4";
const DOUBLE: &str = "select alert from feed_entry
    where feed = $1 and content = $2 and entry <> $3 and seen > $4 and state in ('sent', 'draft', 'taken')
    order by id desc limit 1";
const PENDING: &str = "select count(*) from feed_entry
    where identifier = $1 and sender = $2 and sent = $3 and feed <> $4 and state = 'draft'";
const RETIRE: &str = "update feed_entry set state = $5, body = null
    where feed = $1 and identifier = $2 and sender = $3 and sent = $4 and state = 'draft'";
const OVER: &str =
    "update feed_entry set state = 'passed', body = null where state = 'draft' and expires <= $1";
const PRUNE: &str = "delete from feed_entry where last < $1 and state <> 'draft'";

/// Every statement of this file, for the test that prepares them.
pub const STATEMENTS: [&str; 12] = [
    STATE, SAVE, KNOWN, PUT, RESTAMP, OWN, STANDS_FOR, DOUBLE, PENDING, RETIRE, OVER, PRUNE,
];

type StateRow = (
    String,
    Option<String>,
    Option<String>,
    Option<String>,
    i64,
    i64,
    i64,
    i64,
    i64,
    String,
    Option<i64>,
);

/// How a feed was last read; `None` when it never was.
///
/// # Errors
/// When the database is away.
pub async fn state(tx: &mut Tx, name: &str) -> Result<Option<State>, sqlx::Error> {
    let row: Option<StateRow> =
        on!(tx, c => sqlx::query_as(STATE).bind(name).fetch_optional(c).await?);
    Ok(row.map(|row| State {
        url: row.0,
        mark: Mark {
            etag: row.1,
            modified: row.2,
        },
        document: row.3,
        next: Millis(row.4),
        failures: u32::try_from(row.5).unwrap_or(0),
        tried_at: Millis(row.6),
        read_at: Millis(row.7),
        changed_at: Millis(row.8),
        outcome: row.9,
        silent: row.10.map(Millis),
    }))
}

/// Writes down how a feed was read.
///
/// # Errors
/// When the database is away.
pub async fn save(tx: &mut Tx, name: &str, state: &State) -> Result<(), sqlx::Error> {
    on!(tx, c => sqlx::query(SAVE).bind(name).bind(&state.url).bind(&state.mark.etag).bind(&state.mark.modified)
        .bind(&state.document).bind(state.next.0).bind(i64::from(state.failures)).bind(state.tried_at.0)
        .bind(state.read_at.0).bind(state.changed_at.0).bind(&state.outcome).bind(state.silent.map(|at| at.0))
        .execute(c).await.map(drop))
}

type KnownRow = (
    String,
    String,
    String,
    String,
    i64,
    Option<String>,
    Option<String>,
    Option<i64>,
    Option<i64>,
    i64,
);

/// What a feed has told before, by the source's names.
///
/// # Errors
/// When the database is away.
pub async fn known(tx: &mut Tx, feed: &str) -> Result<HashMap<String, Known>, sqlx::Error> {
    let rows: Vec<KnownRow> = on!(tx, c => sqlx::query_as(KNOWN).bind(feed).fetch_all(c).await?);
    let known = |row: KnownRow| {
        let named = row.5.zip(row.6).zip(row.7);
        let reference = named.map(|((sender, identifier), sent)| Reference {
            sender,
            identifier,
            sent: Millis(sent),
        });
        let known = Known {
            stamp: row.1,
            content: row.2,
            state: row.3,
            tries: row.4,
            reference,
            alert: row.8,
            last: Millis(row.9),
        };
        (row.0, known)
    };
    Ok(rows.into_iter().map(known).collect())
}

/// Writes down what became of an entry.
///
/// # Errors
/// When the database is away.
pub async fn put(tx: &mut Tx, told: &Told<'_>) -> Result<(), sqlx::Error> {
    let reference = told.reference;
    on!(tx, c => sqlx::query(PUT).bind(told.id).bind(told.name.0).bind(told.name.1).bind(told.digests.0)
        .bind(told.digests.1).bind(reference.map(|it| &it.sender)).bind(reference.map(|it| &it.identifier))
        .bind(reference.map(|it| it.sent.0)).bind(told.alert).bind(told.state).bind(told.tries).bind(told.why)
        .bind(&told.body).bind(told.expires.map(|at| at.0)).bind(told.now.0).execute(c).await.map(drop))
}

/// Writes down that an entry is still there, under another stamp perhaps.
///
/// # Errors
/// When the database is away.
pub async fn restamp(
    tx: &mut Tx,
    (feed, entry): (&str, &str),
    stamp: &str,
    now: Millis,
) -> Result<(), sqlx::Error> {
    on!(tx, c => sqlx::query(RESTAMP).bind(feed).bind(entry).bind(stamp).bind(now.0).execute(c).await.map(drop))
}

/// What became of an entry of this feed that CAP names so.
///
/// # Errors
/// When the database is away.
pub async fn own(
    tx: &mut Tx,
    feed: &str,
    reference: &Reference,
) -> Result<Option<Past>, sqlx::Error> {
    let row: Option<(String,)> = on!(tx, c => sqlx::query_as(OWN).bind(feed).bind(&reference.identifier)
        .bind(&reference.sender).bind(reference.sent.0).fetch_optional(c).await?);
    Ok(row.and_then(|(state,)| match state.as_str() {
        "sent" => Some(Past::Sent),
        "draft" => Some(Past::Draft),
        "passed" | "replaced" | "withdrawn" => Some(Past::Passed),
        // A person has it, or nobody could read it.
        _ => None,
    }))
}

/// The alert that went out where an entry of this feed only repeated it.
///
/// # Errors
/// When the database is away.
pub async fn stands_for(
    tx: &mut Tx,
    feed: &str,
    reference: &Reference,
) -> Result<Option<Reference>, sqlx::Error> {
    let row: Option<(String, String, i64)> = on!(tx, c => sqlx::query_as(STANDS_FOR).bind(feed)
        .bind(&reference.identifier).bind(&reference.sender).bind(reference.sent.0).fetch_optional(c).await?);
    Ok(row.map(|(sender, identifier, sent)| Reference {
        sender,
        identifier,
        sent: Millis(sent),
    }))
}

/// Whether another entry of this feed has said the same since `since`, and what went out for it.
///
/// # Errors
/// When the database is away.
pub async fn double(
    tx: &mut Tx,
    (feed, entry): (&str, &str),
    content: &str,
    since: Millis,
) -> Result<Option<Option<i64>>, sqlx::Error> {
    let row: Option<(Option<i64>,)> = on!(tx, c => sqlx::query_as(DOUBLE).bind(feed).bind(content).bind(entry)
        .bind(since.0).fetch_optional(c).await?);
    Ok(row.map(|(alert,)| alert))
}

/// Whether another feed's draft of the same message waits for a person.
///
/// # Errors
/// When the database is away.
pub async fn is_pending(
    tx: &mut Tx,
    feed: &str,
    reference: &Reference,
) -> Result<bool, sqlx::Error> {
    let (count,): (i64,) = on!(tx, c => sqlx::query_as(PENDING).bind(&reference.identifier).bind(&reference.sender)
        .bind(reference.sent.0).bind(feed).fetch_one(c).await?);
    Ok(count > 0)
}

/// Takes back a draft of this feed that a later message of it replaces or revokes.
///
/// # Errors
/// When the database is away.
pub async fn retire(
    tx: &mut Tx,
    feed: &str,
    reference: &Reference,
    state: &str,
) -> Result<(), sqlx::Error> {
    on!(tx, c => sqlx::query(RETIRE).bind(feed).bind(&reference.identifier).bind(&reference.sender)
        .bind(reference.sent.0).bind(state).execute(c).await.map(drop))
}

/// Drops the drafts that are over at `now`, and forgets what no feed has told since `before`.
///
/// # Errors
/// When the database is away.
pub async fn tidy(tx: &mut Tx, now: Millis, before: Millis) -> Result<(), sqlx::Error> {
    on!(tx, c => sqlx::query(OVER).bind(now.0).execute(c).await.map(drop))?;
    on!(tx, c => sqlx::query(PRUNE).bind(before.0).execute(c).await.map(drop))
}
