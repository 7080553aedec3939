//! Addresses and subscriptions in the database.

use super::Wish;
use crate::base::clock::Millis;
use crate::base::id;
use crate::on;
use crate::store::Tx;

/// An address as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Its id.
    pub id: i64,
    /// Languages, best first, joined by commas.
    pub languages: String,
    /// Whether letters go there.
    pub on: bool,
    /// Why not.
    pub reason: Option<String>,
}

/// Why an address is off when its person said so; imports leave such addresses alone.
pub const STOPPED: &str = "stopped";
/// Why an address is off when its person asked to be forgotten.
pub const FORGOTTEN: &str = "forgotten";

const FIND: &str =
    "select id, languages, state, reason from address where channel = $1 and handle = $2";
const ADD: &str = "insert into address (id, person, channel, handle, languages, state, since)
    values ($1, $2, $3, $4, $5, 'off', $6) on conflict (channel, handle) do nothing";
const LANGUAGES: &str = "update address set languages = $2 where id = $1";
const SWITCH: &str = "update address set state = $2, reason = $3, off_seen = null where id = $1";
const CONSENT: &str = "update address set consent_at = $2, consent_source = $3 where id = $1";
const MOVED: &str = "update address set handle = $3 where channel = $1 and handle = $2
    and not exists (select 1 from address other where other.channel = $1 and other.handle = $3)";
const LOCK: &str = "update address set generation = generation where id = $1";
const WISHES: &str = "select count(*) from subscription where address = $1";
const WISH: &str =
    "insert into subscription (id, address, districts, topics, least_severity, cadence, since)
    values ($1, $2, $3, $4, $5, $6, $7)";
const DROP_BROADCASTS: &str = "update delivery set state = 'gone', settled = $2, reason = $3
    where address = $1 and state in ('ready', 'retry', 'held') and lane <> 1";
const LIST: &str =
    "select a.id, a.channel, a.handle, a.languages, a.state, a.reason, a.consent_at, a.consent_source, s.districts, s.topics,
    s.least_severity, s.cadence, s.weekday || '@' || s.hour, a.quiet_from, a.quiet_to,
    s.lat || ',' || s.lon || '/' || s.radius_m from address a left join subscription s on s.address = a.id
    where a.id > $1 order by a.id, s.id limit $2";

/// Every statement of this file, for the test that prepares them.
pub const STATEMENTS: [&str; 11] = [
    FIND,
    ADD,
    LANGUAGES,
    SWITCH,
    CONSENT,
    MOVED,
    LOCK,
    WISHES,
    WISH,
    DROP_BROADCASTS,
    LIST,
];

/// The address of `handle` on `channel`, if it is known.
///
/// # Errors
/// When the database is away.
pub async fn find(
    tx: &mut Tx,
    channel: &str,
    handle: &str,
) -> Result<Option<Address>, sqlx::Error> {
    let row: Option<(i64, String, String, Option<String>)> =
        on!(tx, c => sqlx::query_as(FIND).bind(channel).bind(handle).fetch_optional(c).await?);
    Ok(row.map(|(id, languages, state, reason)| Address {
        id,
        languages,
        on: state == "on",
        reason,
    }))
}

/// Keeps others from changing an address until this transaction ends.
///
/// # Errors
/// When the database is away.
pub async fn lock(tx: &mut Tx, address: i64) -> Result<(), sqlx::Error> {
    on!(tx, c => sqlx::query(LOCK).bind(address).execute(c).await.map(drop))
}

/// The address of `handle` on `channel`, made (switched off) if it was unknown.
///
/// # Errors
/// When the database is away.
pub async fn find_or_add(
    tx: &mut Tx,
    channel: &str,
    handle: &str,
    languages: &str,
    group: bool,
    now: Millis,
) -> Result<Address, sqlx::Error> {
    if let Some(known) = find(tx, channel, handle).await? {
        return Ok(known);
    }
    let person = (!group).then(id::random);
    on!(tx, c => sqlx::query(ADD).bind(id::next()).bind(person).bind(channel).bind(handle).bind(languages).bind(now.0)
        .execute(c).await.map(drop))?;
    find(tx, channel, handle)
        .await?
        .ok_or(sqlx::Error::RowNotFound)
}

/// Switches an address on, in these languages; one without any wish gets everything.
///
/// # Errors
/// When the database is away.
pub async fn switch_on(
    tx: &mut Tx,
    address: i64,
    languages: &str,
    now: Millis,
) -> Result<(), sqlx::Error> {
    on!(tx, c => sqlx::query(SWITCH).bind(address).bind("on").bind(None::<String>).execute(c).await.map(drop))?;
    on!(tx, c => sqlx::query(LANGUAGES).bind(address).bind(languages).execute(c).await.map(drop))?;
    let (wishes,): (i64,) = on!(tx, c => sqlx::query_as(WISHES).bind(address).fetch_one(c).await?);
    if wishes == 0 {
        let wish = Wish::EVERYTHING;
        on!(tx, c => sqlx::query(WISH).bind(id::next()).bind(address).bind(wish.districts.0).bind(wish.topics.0)
            .bind(wish.least_severity).bind(wish.cadence.word()).bind(now.0).execute(c).await.map(drop))?;
    }
    Ok(())
}

/// Writes down when consent was given, and where.
///
/// # Errors
/// When the database is away.
pub async fn consented(
    tx: &mut Tx,
    address: i64,
    source: &str,
    now: Millis,
) -> Result<(), sqlx::Error> {
    on!(tx, c => sqlx::query(CONSENT).bind(address).bind(now.0).bind(source).execute(c).await.map(drop))
}

/// Switches an address off and drops what of broadcasts waits for it; wishes are kept for the day
/// it comes back.
///
/// # Errors
/// When the database is away.
pub async fn switch_off(
    tx: &mut Tx,
    address: i64,
    reason: &str,
    now: Millis,
) -> Result<(), sqlx::Error> {
    on!(tx, c => sqlx::query(SWITCH).bind(address).bind("off").bind(Some(reason)).execute(c).await.map(drop))?;
    on!(tx, c => sqlx::query(DROP_BROADCASTS).bind(address).bind(now.0).bind(reason).execute(c).await.map(drop))
}

/// Gives an address its new handle, unless that is known already.
///
/// # Errors
/// When the database is away.
pub async fn moved(tx: &mut Tx, channel: &str, from: &str, to: &str) -> Result<(), sqlx::Error> {
    on!(tx, c => sqlx::query(MOVED).bind(channel).bind(from).bind(to).execute(c).await.map(drop))
}

/// One line of the list of subscribers; at the end `WEEKDAY@HOUR` of its digest, its quiet hours,
/// and `LAT,LON/METRES` of its point in millionths of a degree.
pub type Listed = (
    i64,
    String,
    String,
    String,
    String,
    Option<String>,
    Option<i64>,
    Option<String>,
    Option<i64>,
    Option<i64>,
    Option<i64>,
    Option<String>,
    Option<String>,
    Option<i64>,
    Option<i64>,
    Option<String>,
);

/// The next `limit` lines after the address `after`, one a wish.
///
/// # Errors
/// When the database is away.
pub async fn list(tx: &mut Tx, after: i64, limit: i64) -> Result<Vec<Listed>, sqlx::Error> {
    on!(tx, c => sqlx::query_as(LIST).bind(after).bind(limit).fetch_all(c).await)
}
