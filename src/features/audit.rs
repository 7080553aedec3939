//! The record of what was done with alerts and by whom: each entry is bound to the one before it by
//! a hash, so that a changed, removed or reordered one is found.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

use crate::base::clock::Millis;
use crate::on;
use crate::store::Tx;

/// Something that was done.
#[derive(Debug, Clone, Copy)]
pub struct Deed<'a> {
    /// Who, by their name among operators.
    pub actor: &'a str,
    /// What: a word such as `approve`.
    pub act: &'a str,
    /// With what: `draft:118`.
    pub object: &'a str,
    /// What else there is to say: a reason, a count. No addresses of citizens.
    pub detail: &'a str,
}

/// An entry of the record.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Entry {
    /// Counts up from 1 without gaps.
    pub number: i64,
    /// When.
    pub at: Millis,
    /// Who.
    pub actor: String,
    /// What.
    pub act: String,
    /// With what.
    pub object: String,
    /// What else.
    pub detail: String,
    /// Binds it to all before: SHA-256 in base64url (RFC 4648 §5).
    pub hash: String,
}

/// What is wrong with the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Broken {
    /// An entry is not what it was when it was written, or stands elsewhere.
    Changed(i64),
    /// One or more entries before this number are missing.
    Missing(i64),
    /// Entries at the end are missing, or were added past the record.
    End,
}

const NEXT: &str = "update audit_head set number = number + 1 where id = 1 returning number, hash";
const ADD: &str = "insert into audit (number, at, actor, act, object, detail, hash) values ($1, $2, $3, $4, $5, $6, $7)";
const HEAD: &str = "update audit_head set hash = $1 where id = 1";
const READ_HEAD: &str = "select number, hash from audit_head where id = 1";
const PAGE: &str = "select number, at, actor, act, object, detail, hash from audit where number > $1 order by number limit $2";
const OF: &str = "select number, at, actor, act, object, detail, hash from audit where object = $1 order by number";

/// Every statement of this file, for the test that prepares them.
pub const STATEMENTS: [&str; 6] = [NEXT, ADD, HEAD, READ_HEAD, PAGE, OF];

/// Entries that are read at once.
const PAGE_SIZE: i64 = 500;

type Row = (i64, i64, String, String, String, String, String);

fn entry((number, at, actor, act, object, detail, hash): Row) -> Entry {
    Entry {
        number,
        at: Millis(at),
        actor,
        act,
        object,
        detail,
        hash,
    }
}

/// The hash of an entry that follows one with the hash `before`. Every field goes in with its
/// length, so that no two entries read alike.
fn bound(number: i64, at: Millis, deed: &Deed<'_>, before: &str) -> String {
    let mut hash = Sha256::new();
    let (number, at) = (number.to_string(), at.0.to_string());
    for field in [
        before,
        &number,
        &at,
        deed.actor,
        deed.act,
        deed.object,
        deed.detail,
    ] {
        hash.update((field.len() as u64).to_be_bytes());
        hash.update(field);
    }
    URL_SAFE_NO_PAD.encode(hash.finalize())
}

/// Writes down what was done, in the transaction that does it.
///
/// # Errors
/// When the database is away.
pub async fn record(tx: &mut Tx, deed: &Deed<'_>, now: Millis) -> Result<(), sqlx::Error> {
    // The head's row is locked until the commit: entries follow each other one by one.
    let (number, before): (i64, String) =
        on!(&mut *tx, c => sqlx::query_as(NEXT).fetch_one(c).await?);
    let hash = bound(number, now, deed, &before);
    on!(&mut *tx, c => sqlx::query(ADD).bind(number).bind(now.0).bind(deed.actor).bind(deed.act).bind(deed.object)
        .bind(deed.detail).bind(&hash).execute(c).await.map(drop))?;
    on!(tx, c => sqlx::query(HEAD).bind(&hash).execute(c).await.map(drop))
}

/// The entries after `number`, some hundreds at once.
///
/// # Errors
/// When the database is away.
pub async fn page(tx: &mut Tx, after: i64) -> Result<Vec<Entry>, sqlx::Error> {
    let rows: Vec<Row> =
        on!(tx, c => sqlx::query_as(PAGE).bind(after).bind(PAGE_SIZE).fetch_all(c).await?);
    Ok(rows.into_iter().map(entry).collect())
}

/// What was done with `object`.
///
/// # Errors
/// When the database is away.
pub async fn of(tx: &mut Tx, object: &str) -> Result<Vec<Entry>, sqlx::Error> {
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(OF).bind(object).fetch_all(c).await?);
    Ok(rows.into_iter().map(entry).collect())
}

/// Looks through the whole record: how many entries there are and the last hash, or the first
/// fault.
///
/// # Errors
/// When the database is away.
pub async fn verify(tx: &mut Tx) -> Result<Result<(i64, String), Broken>, sqlx::Error> {
    let (head, end): (i64, String) =
        on!(&mut *tx, c => sqlx::query_as(READ_HEAD).fetch_one(c).await?);
    let (mut last, mut before) = (0, String::new());
    loop {
        let entries = page(tx, last).await?;
        if entries.is_empty() {
            break;
        }
        for entry in entries {
            if entry.number != last + 1 {
                return Ok(Err(Broken::Missing(entry.number)));
            }
            let deed = Deed {
                actor: &entry.actor,
                act: &entry.act,
                object: &entry.object,
                detail: &entry.detail,
            };
            if bound(entry.number, entry.at, &deed, &before) != entry.hash {
                return Ok(Err(Broken::Changed(entry.number)));
            }
            (last, before) = (entry.number, entry.hash);
        }
    }
    if (last, &before) == (head, &end) {
        Ok(Ok((last, before)))
    } else {
        Ok(Err(Broken::End))
    }
}
