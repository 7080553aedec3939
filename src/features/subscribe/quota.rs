//! How often something may be asked for, so that nobody's mailbox is flooded through our pages, and
//! how many wrong tokens one source may try.

use std::net::IpAddr;
use std::time::Duration;

use crate::base::clock::Millis;
use crate::base::token::Keyring;
use crate::on;
use crate::store::Tx;

/// Requests of one source in an hour.
pub const OF_A_SOURCE: i64 = 10;
/// Wrong tokens of one source in an hour. No number of guesses finds one; this keeps a broken
/// program from writing to the database all day.
pub const OF_A_GUESSER: i64 = 60;
/// Mails that ask for a confirmation, to one address in a day.
pub const OF_AN_ADDRESS: i64 = 3;
/// How long no second mail that asks for a confirmation goes to one address.
pub const APART: Duration = Duration::from_mins(10);

const HOUR: i64 = 3_600_000;
const DAY: Duration = Duration::from_hours(24);

const COUNT: &str = "insert into quota (key, hour, used) values ($1, $2, 1)
    on conflict (key, hour) do update set used = quota.used + 1 returning used";
const BEFORE: &str = "select used from quota where key = $1 and hour = $2";
const ASKED: &str = "select count(*), max(created) from opt_in where address = $1 and created > $2";

/// Every statement of this file, for the test that prepares them.
pub const STATEMENTS: [&str; 3] = [COUNT, BEFORE, ASKED];

/// The part of an address that one household or machine has: all of IPv4's, of IPv6's the /64
/// (RFC 6177), within which anybody can make up as many as they like.
fn network(source: IpAddr) -> String {
    match source.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

fn key(keys: &Keyring, text: &str) -> String {
    // The hash by the key that signs now; after a turnover counting begins anew.
    keys.pseudonyms("quota", text.as_bytes()).swap_remove(0)
}

/// Counts a request of `source`; whether it is within the bounds. An hour slides: what was used in
/// the clock hour before counts by the part of it that is less than an hour ago.
///
/// # Errors
/// When the database is away.
pub async fn take(
    tx: &mut Tx,
    keys: &Keyring,
    source: IpAddr,
    now: Millis,
) -> Result<bool, sqlx::Error> {
    let key = key(keys, &format!("source {}", network(source)));
    let hour = now.0.div_euclid(HOUR);
    let (used,): (i64,) =
        on!(&mut *tx, c => sqlx::query_as(COUNT).bind(&key).bind(hour).fetch_one(c).await)?;
    Ok(used.saturating_add(still(tx, &key, now).await?) <= OF_A_SOURCE)
}

/// What was used in the clock hour before, as far as it counts still.
async fn still(tx: &mut Tx, key: &str, now: Millis) -> Result<i64, sqlx::Error> {
    let (hour, gone) = (now.0.div_euclid(HOUR), now.0.rem_euclid(HOUR));
    let before = used(tx, key, hour - 1).await?;
    Ok(before.saturating_mul(HOUR - gone).saturating_add(HOUR - 1) / HOUR)
}

async fn used(tx: &mut Tx, key: &str, hour: i64) -> Result<i64, sqlx::Error> {
    let row: Option<(i64,)> =
        on!(tx, c => sqlx::query_as(BEFORE).bind(key).bind(hour).fetch_optional(c).await?);
    Ok(row.map_or(0, |(used,)| used))
}

/// Counts a wrong token of `source`.
///
/// # Errors
/// When the database is away.
pub async fn guessed(
    tx: &mut Tx,
    keys: &Keyring,
    source: IpAddr,
    now: Millis,
) -> Result<(), sqlx::Error> {
    let key = key(keys, &format!("token {}", network(source)));
    let hour = now.0.div_euclid(HOUR);
    on!(tx, c => sqlx::query(COUNT).bind(key).bind(hour).execute(c).await.map(drop))
}

/// Whether `source` has tried so many wrong tokens that no more are looked at, nor counted.
///
/// # Errors
/// When the database is away.
pub async fn is_shut_out(
    tx: &mut Tx,
    keys: &Keyring,
    source: IpAddr,
    now: Millis,
) -> Result<bool, sqlx::Error> {
    let key = key(keys, &format!("token {}", network(source)));
    let used = used(tx, &key, now.0.div_euclid(HOUR)).await?;
    Ok(used.saturating_add(still(tx, &key, now).await?) >= OF_A_GUESSER)
}

/// Keeps others who ask for the same address waiting until this transaction ends, so that they
/// see what was asked for in it.
///
/// # Errors
/// When the database is away.
pub async fn hold(
    tx: &mut Tx,
    keys: &Keyring,
    (channel, handle): (&str, &str),
    now: Millis,
) -> Result<(), sqlx::Error> {
    let key = key(keys, &format!("address {channel} {handle}"));
    let hour = now.0.div_euclid(HOUR);
    on!(tx, c => sqlx::query(COUNT).bind(key).bind(hour).execute(c).await.map(drop))
}

/// Whether an address may get one more mail that asks for a confirmation.
///
/// # Errors
/// When the database is away.
pub async fn may_ask(tx: &mut Tx, address: i64, now: Millis) -> Result<bool, sqlx::Error> {
    let since = now.minus(DAY).0;
    let (count, last): (i64, Option<i64>) = on!(tx, c => sqlx::query_as(ASKED).bind(address).bind(since)
        .fetch_one(c).await)?;
    Ok(count < OF_AN_ADDRESS && last.is_none_or(|last| Millis(last).plus(APART) <= now))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_household_is_one_source() {
        let of = |text: &str| network(text.parse().expect("an address"));
        assert_eq!(of("2001:db8:1:2::7"), of("2001:db8:1:2:ffff::1"));
        assert_ne!(of("2001:db8:1:2::7"), of("2001:db8:1:3::7"));
        assert_ne!(of("10.0.0.1"), of("10.0.0.2"));
        assert_eq!(of("::ffff:10.0.0.1"), of("10.0.0.1"));
    }
}
