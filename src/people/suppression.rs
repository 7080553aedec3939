//! Addresses that asked to be forgotten: kept as keyed hashes, so that no list brings them back.

use std::collections::HashSet;

use sqlx::QueryBuilder;

use crate::base::clock::Millis;
use crate::base::token::Keyring;
use crate::on;
use crate::store::Tx;

/// Hashes that one statement looks for: few enough for the number of parameters of SQLite.
const AT_ONCE: usize = 1000;

const SUPPRESS: &str =
    "insert into suppression (key, since) values ($1, $2) on conflict (key) do nothing";

/// Every statement of this file with one text, for the test that prepares them.
pub const STATEMENTS: [&str; 1] = [SUPPRESS];

/// The hashes of an address, one for each key, that of the key that signs first.
fn hashes(keys: &Keyring, channel: &str, handle: &str) -> Vec<String> {
    keys.pseudonyms("suppression", format!("{channel} {handle}").as_bytes())
}

/// Keeps an address away from lists.
///
/// # Errors
/// When the database is away.
pub async fn add(
    tx: &mut Tx,
    keys: &Keyring,
    (channel, handle): (&str, &str),
    now: Millis,
) -> Result<(), sqlx::Error> {
    let key = hashes(keys, channel, handle).into_iter().next();
    on!(tx, c => sqlx::query(SUPPRESS).bind(key).bind(now.0).execute(c).await.map(drop))
}

/// Which of these addresses have asked to be forgotten, by their place in the list.
///
/// # Errors
/// When the database is away.
pub async fn among(
    tx: &mut Tx,
    keys: &Keyring,
    addresses: &[(&str, &str)],
) -> Result<HashSet<usize>, sqlx::Error> {
    let all: Vec<(usize, String)> = (addresses.iter().enumerate())
        .flat_map(|(place, (channel, handle))| {
            let hashes = hashes(keys, channel, handle).into_iter();
            hashes.map(move |hash| (place, hash))
        })
        .collect();
    let mut found = HashSet::new();
    for chunk in all.chunks(AT_ONCE) {
        let known: Vec<(String,)> = on!(&mut *tx, c => {
            let mut find = QueryBuilder::new("select key from suppression where key in (");
            let mut listed = find.separated(", ");
            for (_, hash) in chunk {
                listed.push_bind(hash);
            }
            find.push(")");
            find.build_query_as().fetch_all(&mut *c).await
        })?;
        let known: HashSet<String> = known.into_iter().map(|(key,)| key).collect();
        let of_chunk = chunk.iter().filter(|(_, hash)| known.contains(hash));
        found.extend(of_chunk.map(|(place, _)| *place));
    }
    Ok(found)
}

/// Whoever comes back by themselves is no longer kept away.
///
/// # Errors
/// When the database is away.
pub async fn forgive(
    tx: &mut Tx,
    keys: &Keyring,
    addresses: &[(&str, &str)],
) -> Result<(), sqlx::Error> {
    let hashes: Vec<String> = (addresses.iter())
        .flat_map(|(channel, handle)| hashes(keys, channel, handle))
        .collect();
    for chunk in hashes.chunks(AT_ONCE) {
        on!(&mut *tx, c => {
            let mut remove = QueryBuilder::new("delete from suppression where key in (");
            let mut listed = remove.separated(", ");
            for hash in chunk {
                listed.push_bind(hash);
            }
            remove.push(")");
            remove.build().execute(&mut *c).await.map(drop)
        })?;
    }
    Ok(())
}
