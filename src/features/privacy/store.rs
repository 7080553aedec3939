//! Reading everything about an address, and erasing it.

use std::time::Duration;

use serde::Serialize;

use super::{Consent, MyData, Request, Sent, Wanted};
use crate::base::clock::Millis;
use crate::base::id;
use crate::base::token::Keyring;
use crate::city::{City, Set};
use crate::message::{Block, Letter};
use crate::on;
use crate::outbox::removal;
use crate::outbox::row::Worded;
use crate::people::crowd::Citizen;
use crate::people::store::FORGOTTEN;
use crate::people::suppression;
use crate::store::Tx;

/// The most letters that an export lists.
pub const LETTERS: i64 = 200;

// Lists write the last word of consent into the address alone.
const CONSENTS: &str = "select at, given, source from consent where address = $1
    union select consent_at, true, coalesce(consent_source, '') from address
    where id = $1 and consent_at is not null order by 1";
const REQUESTS: &str = "select created, used from opt_in where address = $1 order by created";
const SENT: &str =
    "select l.created, d.state, l.worded from delivery d join letter l on l.id = d.letter
    where d.address = $1 order by d.id desc limit $2";
const DROP_WISHES: &str = "delete from subscription where address = $1";
const DROP_FORM: &str = "delete from open_form where address = $1";
const DROP_REQUESTS: &str = "delete from opt_in where address = $1";
const DROP_CONSENTS: &str = "delete from consent where address = $1";
const SWITCH_OFF: &str =
    "update address set state = 'off', reason = $2, since = $3, person = $4, consent_at = null,
    consent_source = null, paused_until = null, quiet_from = null, quiet_to = null, off_seen = null,
    generation = generation + 1 where id = $1";
const TO_ERASE: &str = "update address set generation = generation + 1 where state = 'off' and reason = $1 and id in
    (select a.id from address a where a.state = 'off' and a.reason = $1
        and (select 1 from delivery d join letter l on l.id = d.letter where d.address = a.id
            and d.state in ('held', 'ready', 'retry', 'inflight') and l.expires > $2 limit 1) is null
        and (select 1 from opt_in o where o.address = a.id and o.used is null limit 1) is null
        order by a.id limit 50) returning id";
const ERASE: &str = "delete from address where id = $1";

/// Every statement of this file, for the test that prepares them.
pub const STATEMENTS: [&str; 10] = [
    CONSENTS,
    REQUESTS,
    SENT,
    DROP_WISHES,
    DROP_FORM,
    DROP_REQUESTS,
    DROP_CONSENTS,
    SWITCH_OFF,
    TO_ERASE,
    ERASE,
];

/// Everything that is kept about `citizen`.
///
/// # Errors
/// When the database is away.
pub async fn gather(tx: &mut Tx, citizen: &Citizen, city: &City) -> Result<MyData, sqlx::Error> {
    let consents: Vec<(i64, bool, String)> =
        on!(&mut *tx, c => sqlx::query_as(CONSENTS).bind(citizen.id).fetch_all(c).await)?;
    let requests: Vec<(i64, Option<i64>)> =
        on!(&mut *tx, c => sqlx::query_as(REQUESTS).bind(citizen.id).fetch_all(c).await)?;
    let letters: Vec<(i64, String, String)> = on!(&mut *tx, c => sqlx::query_as(SENT).bind(citizen.id).bind(LETTERS)
        .fetch_all(c).await)?;
    let first_language = citizen
        .languages
        .split(',')
        .next()
        .unwrap_or_default()
        .to_owned();
    Ok(MyData {
        channel: citizen.channel.clone(),
        address: citizen.handle.clone(),
        languages: citizen.languages.split(',').map(str::to_owned).collect(),
        subscribed: citizen.on,
        off_because: citizen.reason.clone(),
        known_since: citizen.since.rfc3339(),
        paused_until: citizen.paused_until.map(Millis::rfc3339),
        quiet_hours: citizen.quiet,
        subscriptions: citizen
            .wishes
            .values()
            .map(|wish| wanted(wish, city))
            .collect(),
        consents: (consents.into_iter())
            .map(|(at, given, source)| Consent {
                at: Millis(at).rfc3339(),
                given,
                source,
            })
            .collect(),
        open_form: citizen.form.clone().filter(|form| !form.is_closed()),
        requests: (requests.into_iter())
            .map(|(at, used)| Request {
                at: Millis(at).rfc3339(),
                confirmed: used.is_some(),
            })
            .collect(),
        letters: (letters.into_iter())
            .map(|(at, state, worded)| Sent {
                at: Millis(at).rfc3339(),
                state,
                title: title(&worded, &first_language),
            })
            .collect(),
    })
}

fn wanted(wish: &crate::people::Wish, city: &City) -> Wanted {
    let everything = || vec!["*".to_owned()];
    Wanted {
        districts: if wish.districts == Set::ALL {
            everything()
        } else {
            city.in_set(wish.districts)
                .map(|district| district.code.clone())
                .collect()
        },
        topics: if wish.topics == Set::ALL {
            everything()
        } else {
            let all = city.topics().iter();
            all.filter(|topic| wish.topics.has(topic.bit))
                .map(|topic| topic.code.clone())
                .collect()
        },
        kept: *wish,
    }
}

/// A letter's title, else the beginning of its first paragraph.
fn title(worded: &str, lang: &str) -> Option<String> {
    let worded = Worded::from_json(worded).ok()?;
    let own = worded.0.iter().find(|(known, _)| known.as_str() == lang);
    let letter: &Letter<String> = own.or_else(|| worded.0.iter().next())?.1;
    letter.title.clone().or_else(|| {
        letter.body.iter().find_map(|block| match block {
            Block::Paragraph(text) => Some(text.chars().take(120).collect()),
            _ => None,
        })
    })
}

/// What was erased of an address.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Erased {
    /// What it wanted to hear.
    pub subscriptions: u64,
    /// Words of consent.
    pub consents: u64,
    /// Forms that were not finished.
    pub forms: u64,
    /// Requests by mail.
    pub requests: u64,
    /// What was sent there, or was to be.
    pub letters: u64,
}

/// How long after the end of its letter's time a delivery may still be on its way.
const LANDING: Duration = Duration::from_mins(15);

/// Erases what is kept about an address, but for the address itself as long as a last letter is on
/// its way there ([`erase`]), the numbers of what was sent, and a keyed hash by which no list
/// brings it back. What is under way is taken from its worker too.
///
/// # Errors
/// When the database is away.
pub async fn forget(
    tx: &mut Tx,
    citizen: &Citizen,
    keys: &Keyring,
    now: Millis,
) -> Result<Erased, sqlx::Error> {
    let erased = empty(tx, citizen.id).await?;
    let address = (citizen.channel.as_str(), citizen.handle.as_str());
    suppression::add(tx, keys, address, now).await?;
    let person = (!citizen.group).then(id::random);
    on!(&mut *tx, c => sqlx::query(SWITCH_OFF).bind(citizen.id).bind(FORGOTTEN).bind(now.0).bind(person)
        .execute(c).await.map(drop))?;
    Ok(erased)
}

/// Erases the address itself, at once: for whoever was forgotten and is sent no last letter.
///
/// # Errors
/// When the database is away.
pub async fn erase_now(tx: &mut Tx, address: i64) -> Result<(), sqlx::Error> {
    empty(tx, address).await?;
    on!(tx, c => sqlx::query(ERASE).bind(address).execute(c).await.map(drop))
}

/// Removes everything that belongs to an address.
async fn empty(tx: &mut Tx, address: i64) -> Result<Erased, sqlx::Error> {
    let letters = removal::of_address(tx, address).await?;
    let mut counts = [0; 4];
    let all = [DROP_WISHES, DROP_CONSENTS, DROP_FORM, DROP_REQUESTS];
    for (sql, count) in all.into_iter().zip(&mut counts) {
        *count =
            on!(&mut *tx, c => sqlx::query(sql).bind(address).execute(c).await?.rows_affected());
    }
    let [subscriptions, consents, forms, requests] = counts;
    Ok(Erased {
        subscriptions,
        consents,
        forms,
        requests,
        letters,
    })
}

/// Erases the addresses that asked to be forgotten and have got their last letter, at most 50;
/// how many.
///
/// # Errors
/// When the database is away.
pub async fn erase(tx: &mut Tx, now: Millis) -> Result<usize, sqlx::Error> {
    // Written to before it is read: a person who comes back at this moment waits for the end.
    let over = now.minus(LANDING).0;
    let ready: Vec<(i64,)> = on!(&mut *tx, c => sqlx::query_as(TO_ERASE).bind(FORGOTTEN).bind(over)
        .fetch_all(c).await)?;
    for (id,) in &ready {
        erase_now(tx, *id).await?;
    }
    Ok(ready.len())
}
