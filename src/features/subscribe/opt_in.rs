//! Subscribing by mail takes two words (double opt-in): a request, and its confirmation.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use url::Url;

use super::chat::facts;
use crate::base::clock::Millis;
use crate::base::id;
use crate::base::link::{CONFIRM, Personal};
use crate::base::token::Keyring;
use crate::city::City;
use crate::message::catalogue::Catalogue;
use crate::message::{Action, Arg, Block, Lang, Letter, Weight, say, say_with};
use crate::on;
use crate::outbox::Lane;
use crate::outbox::post::{self, Post};
use crate::outbox::row::Worded;
use crate::people::Wish;
use crate::store::{Db, Tx};

/// How long a request can be confirmed.
pub const HOLDS: Duration = Duration::from_hours(7 * 24);
/// After this a request that was not confirmed is called to mind, once.
pub const REMINDED_AFTER: Duration = Duration::from_hours(24);
/// The most reminders of one transaction.
const REMINDERS: i64 = 100;

const ADD: &str = "insert into opt_in (id, address, wish, created) values ($1, $2, $3, $4)";
const FIND: &str =
    "select id, address, wish, created, used from opt_in where id = $1 and address = $2";
const USE_UP: &str = "update opt_in set used = $2 where id = $1 and used is null";
const WAITING: &str = "select count(*) from opt_in where used is null and reminded is null
    and created > $1 and created <= $2";
// Only the newest request of an address is called to mind, and none that another made needless.
// The condition on `reminded` is looked at again when the row is written: of two processes one
// gets it.
const REMIND: &str =
    "update opt_in set reminded = $3 where reminded is null and id in (select o.id from opt_in o
    where o.used is null and o.reminded is null and o.created > $1 and o.created <= $2
    and not exists (select 1 from opt_in other where other.address = o.address and other.id <> o.id
        and (other.created > o.created or other.used >= o.created)) order by o.created limit $4)
    returning id, address, wish, created, used";
const GENERATION: &str = "select generation from address where id = $1";

/// Every statement of this file, for the test that prepares them.
pub const STATEMENTS: [&str; 6] = [ADD, FIND, USE_UP, WAITING, REMIND, GENERATION];

/// What a request asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// The language of the letters.
    pub lang: Lang,
    /// What the letters shall be about.
    pub wish: Wish,
}

/// [`Asked`] as the database keeps it.
#[derive(Serialize, Deserialize)]
struct Kept {
    lang: String,
    wish: Wish,
}

/// A request that was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Request {
    /// Its id, which cannot be guessed.
    pub id: i64,
    /// The address that it is about.
    pub address: i64,
    /// What is asked for.
    pub asked: Asked,
    /// When.
    pub created: Millis,
    /// When it was confirmed.
    pub used: Option<Millis>,
}

type Row = (i64, i64, String, i64, Option<i64>);

fn request((id, address, kept, created, used): Row) -> Result<Request, sqlx::Error> {
    let kept: Kept = serde_json::from_str(&kept).map_err(|why| sqlx::Error::Decode(why.into()))?;
    let lang = kept.lang.parse().unwrap_or_default();
    Ok(Request {
        id,
        address,
        asked: Asked {
            lang,
            wish: kept.wish,
        },
        created: Millis(created),
        used: used.map(Millis),
    })
}

/// What the mails about a request are made from.
#[derive(Clone, Copy)]
pub struct Writer<'a> {
    /// The words.
    pub catalogue: &'a Catalogue,
    /// The city.
    pub city: &'a City,
    /// What signs links.
    pub keys: &'a Keyring,
    /// Where the pages are.
    pub base: &'a Url,
}

/// Writes a request down, with the mail that asks for its confirmation.
///
/// # Errors
/// When the database is away, or the mail cannot be worded.
pub async fn ask(
    tx: &mut Tx,
    writer: Writer<'_>,
    (address, generation): (i64, i64),
    asked: Asked,
    now: Millis,
) -> Result<(), sqlx::Error> {
    let id = id::random();
    let kept = Kept {
        lang: asked.lang.to_string(),
        wish: asked.wish,
    };
    let kept = serde_json::to_string(&kept).map_err(|why| sqlx::Error::Encode(why.into()))?;
    on!(&mut *tx, c => sqlx::query(ADD).bind(id).bind(address).bind(kept).bind(now.0).execute(c).await.map(drop))?;
    let request = Request {
        id,
        address,
        asked,
        created: now,
        used: None,
    };
    writer.write(tx, &request, generation, false, now).await
}

/// The request of this id, if it is about this address.
///
/// # Errors
/// When the database is away.
pub async fn find(tx: &mut Tx, id: i64, address: i64) -> Result<Option<Request>, sqlx::Error> {
    let row: Option<Row> =
        on!(tx, c => sqlx::query_as(FIND).bind(id).bind(address).fetch_optional(c).await)?;
    row.map(request).transpose()
}

/// Marks a request as confirmed; false when it was so already.
///
/// # Errors
/// When the database is away.
pub async fn use_up(tx: &mut Tx, id: i64, now: Millis) -> Result<bool, sqlx::Error> {
    let used =
        on!(tx, c => sqlx::query(USE_UP).bind(id).bind(now.0).execute(c).await?.rows_affected());
    Ok(used == 1)
}

/// Calls to mind the requests that wait for a day: each once, whoever else does the same at the
/// same time. How many there were.
///
/// # Errors
/// When the database is away, or a mail cannot be worded.
pub async fn remind(db: &Db, writer: Writer<'_>, now: Millis) -> Result<usize, sqlx::Error> {
    let (after, until) = (now.minus(HOLDS).0, now.minus(REMINDED_AFTER).0);
    let mut tx = db.read().await?;
    let (waiting,): (i64,) =
        on!(&mut tx, c => sqlx::query_as(WAITING).bind(after).bind(until).fetch_one(c).await)?;
    drop(tx);
    if waiting == 0 {
        return Ok(0);
    }
    let mut tx = db.begin().await?;
    let rows: Vec<Row> = on!(&mut tx, c => sqlx::query_as(REMIND).bind(after).bind(until).bind(now.0).bind(REMINDERS)
        .fetch_all(c).await)?;
    let count = rows.len();
    for row in rows {
        let request = request(row)?;
        let (generation,): (i64,) = on!(&mut tx, c => sqlx::query_as(GENERATION).bind(request.address)
            .fetch_one(c).await)?;
        writer
            .write(&mut tx, &request, generation, true, now)
            .await?;
    }
    tx.commit().await?;
    Ok(count)
}

impl Writer<'_> {
    /// Posts the mail that asks for a confirmation, or reminds of it.
    async fn write(
        &self,
        tx: &mut Tx,
        request: &Request,
        generation: i64,
        again: bool,
        now: Millis,
    ) -> Result<(), sqlx::Error> {
        let lang = request.asked.lang;
        let until = request.created.plus(HOLDS);
        let link = Personal {
            address: request.address,
            generation,
            expires: Some(until),
            rest: request.id.to_string(),
        };
        let path = format!("{lang}/confirm/{}", link.sign(self.keys, CONFIRM));
        let url = (self.base.join(&path)).map_err(|why| sqlx::Error::Encode(why.into()))?;
        let letter = letter(&request.asked.wish, self.city, url, until, again);
        let worded = self.catalogue.localise(&letter, lang);
        let worded = worded.map_err(|why| sqlx::Error::Encode(why.into()))?;
        let post = Post {
            worded: &Worded(BTreeMap::from([(lang, worded)])),
            lane: Lane::Reply,
            created: now,
            expires: until,
            thread: None,
        };
        post::reply(tx, &post, request.address, None, None)
            .await
            .map(drop)
    }
}

/// The mail that asks whether it was really this mailbox's owner who asked.
fn letter(wish: &Wish, city: &City, url: Url, until: Millis, again: bool) -> Letter {
    let (title, first) = if again {
        (say("opt-in-reminder"), say("opt-in-reminder-what"))
    } else {
        (say("opt-in-title"), say("opt-in-what"))
    };
    let until = [("until", Arg::Time(until))];
    let label = say("opt-in-open");
    Letter {
        title: Some(title),
        body: vec![
            Block::Paragraph(first),
            Block::Facts(facts(wish, city)),
            Block::Paragraph(say_with("opt-in-until", until)),
            Block::Paragraph(say("opt-in-not-me")),
        ],
        actions: vec![vec![Action::Open { label, url }]],
        weight: Weight::Normal,
        footer: None,
        picture: None,
    }
}
