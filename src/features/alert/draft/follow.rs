//! Whoever wrote an alert and whoever let it go read how far it has come: one message that changes
//! in place while it goes out, and becomes the report at its end.

use std::time::Duration;

use tokio::time::Instant;

use super::office::Office;
use super::{Draft, call, store};
use crate::base::clock::Millis;
use crate::features::alert::report::{self, Report};
use crate::features::alert::send::SendFault;
use crate::on;
use crate::outbox::lease::Lease;
use crate::outbox::post::{self, Post};
use crate::outbox::row::Worded;
use crate::outbox::{Lane, state};
use crate::store::{Db, Tx};

/// How long what was told is worth sending.
const HOLDS: Duration = Duration::from_hours(12);
/// How long a message that has not left yet is waited for.
const AGAIN: Duration = Duration::from_secs(1);
/// Counting a large audience costs: it is left alone for so many times as long as it took.
const COUNTING_SHARE: u32 = 20;
/// Letters that are looked at in one round.
const AT_ONCE: i64 = 20;

const START: &str = "insert into follow (letter, address, draft, told, said, times, next)
    values ($1, $2, $3, null, '', 0, $4) on conflict (letter, address) do nothing";
const DUE: &str = "select letter, min(draft) from follow where next <= $1 group by letter order by min(next) limit $2";
const OF_LETTER: &str = "select address, told, said, times from follow where letter = $1 and next <= $2 order by address";
const STANDS: &str = "select state, receipts from delivery where letter = $1 and address = $2";
const TOLD: &str = "update follow set told = $3, said = $4, times = times + 1, next = $5 where letter = $1 and address = $2";
const LATER: &str = "update follow set next = $3 where letter = $1 and address = $2";
const ENDED: &str = "delete from follow where letter = $1 and address = $2";
const FORGET: &str = "delete from follow where letter = $1";

/// Every statement of this file, for the test that prepares them.
pub const STATEMENTS: [&str; 8] = [START, DUE, OF_LETTER, STANDS, TOLD, LATER, ENDED, FORGET];

/// An address, the letter that told it last, what that said, how often it was told.
type Follower = (i64, Option<i64>, String, i64);

/// From now on the author of `draft` and whoever let it go are told how far `letter` has come, each
/// on their own accounts.
///
/// # Errors
/// When the database is away.
pub async fn start(
    tx: &mut Tx,
    office: &Office<'_>,
    draft: &Draft,
    letter: i64,
    now: Millis,
) -> Result<(), sqlx::Error> {
    let names = [
        Some(&draft.author),
        draft.submitter.as_ref(),
        draft.decider.as_ref(),
    ];
    for name in names.into_iter().flatten() {
        for (channel, handle) in accounts(office, name) {
            if !office.channels.contains(&channel) {
                continue;
            }
            let address = call::address(tx, office, (channel, handle), now).await?;
            on!(&mut *tx, c => sqlx::query(START).bind(letter).bind(address).bind(draft.id).bind(now.0)
                .execute(c).await.map(drop))?;
        }
    }
    Ok(())
}

/// The accounts of whoever acts under this name. Who acts for a group of a network has the name of
/// their one account.
fn accounts<'a>(office: &'a Office<'_>, name: &'a str) -> Vec<(&'a str, &'a str)> {
    let known = office
        .roster
        .at_least(crate::config::operators::Role::Viewer);
    let own: Vec<(&str, &str)> = (known.into_iter())
        .filter(|(.., actor)| actor.name == name)
        .map(|(channel, handle, _)| (channel, handle))
        .collect();
    if own.is_empty() {
        return name.split_once(':').into_iter().collect();
    }
    own
}

/// Tells everybody who is to be told by now; how many were. One process does it at a time.
///
/// # Errors
/// When the database is away or a word is missing.
pub async fn round(
    db: &Db,
    office: &Office<'_>,
    lease: &Lease,
    now: Millis,
) -> Result<usize, SendFault> {
    let mut tx = db.read().await?;
    let due: Vec<(i64, i64)> =
        on!(&mut tx, c => sqlx::query_as(DUE).bind(now.0).bind(AT_ONCE).fetch_all(c).await?);
    drop(tx);
    let mut told = 0;
    for (letter, draft) in due {
        let began = Instant::now();
        let mut tx = db.read().await?;
        let report = match store::find(&mut tx, draft).await? {
            Some(draft) => Report::of_draft(&mut tx, letter, &draft, now).await?,
            None => None,
        };
        drop(tx);
        let took = began.elapsed();
        let mut tx = db.begin().await?;
        if !lease.take(&mut tx).await? {
            return Ok(told);
        }
        match report {
            Some(report) => {
                let worded = call::word(office, &report::letter(&report))?;
                let news = News {
                    letter,
                    worded,
                    finished: report.finished,
                    took,
                };
                told += news.tell(&mut tx, now).await?;
            }
            None => {
                on!(&mut tx, c => sqlx::query(FORGET).bind(letter).execute(c).await.map(drop))?;
            }
        }
        tx.commit().await?;
    }
    Ok(told)
}

/// What is told about a letter.
struct News {
    letter: i64,
    worded: Worded,
    finished: bool,
    took: Duration,
}

impl News {
    /// Tells everybody who follows the letter; how many were told.
    async fn tell(&self, tx: &mut Tx, now: Millis) -> Result<usize, sqlx::Error> {
        let followers: Vec<Follower> = on!(&mut *tx, c => sqlx::query_as(OF_LETTER).bind(self.letter)
            .bind(now.0).fetch_all(c).await)?;
        let said = (self.worded.to_json()).map_err(|why| sqlx::Error::Encode(why.into()))?;
        let mut count = 0;
        for (address, told, before, times) in followers {
            let old = match told {
                Some(told) => stands(tx, told, address).await?,
                None => Stands::Nowhere,
            };
            let next = now.plus(self.pause(times));
            let replaces = match old {
                // The one before has not come yet: messages come in order.
                Stands::UnderWay => {
                    self.later(tx, address, now.plus(AGAIN)).await?;
                    continue;
                }
                Stands::Never => {
                    self.end(tx, address).await?;
                    continue;
                }
                _ if said == before && !self.finished => {
                    self.later(tx, address, next).await?;
                    continue;
                }
                Stands::As(receipt) => Some(receipt),
                Stands::Nowhere => None,
            };
            let post = Post {
                worded: &self.worded,
                lane: Lane::Reply,
                created: now,
                expires: now.plus(HOLDS),
                thread: None,
            };
            let told = post::reply(tx, &post, address, None, replaces.as_deref()).await?;
            count += 1;
            if self.finished {
                self.end(tx, address).await?;
            } else {
                on!(&mut *tx, c => sqlx::query(TOLD).bind(self.letter).bind(address).bind(told).bind(&said)
                    .bind(next.0).execute(c).await.map(drop))?;
            }
        }
        Ok(count)
    }

    /// How long nothing more is told: seconds at first, then a minute, and longer where counting
    /// takes long.
    fn pause(&self, times: i64) -> Duration {
        let pause = match times {
            ..10 => Duration::from_secs(3),
            10..30 => Duration::from_secs(10),
            _ => Duration::from_mins(1),
        };
        pause.max(self.took * COUNTING_SHARE)
    }

    async fn later(&self, tx: &mut Tx, address: i64, next: Millis) -> Result<(), sqlx::Error> {
        on!(tx, c => sqlx::query(LATER).bind(self.letter).bind(address).bind(next.0).execute(c).await.map(drop))
    }

    async fn end(&self, tx: &mut Tx, address: i64) -> Result<(), sqlx::Error> {
        on!(tx, c => sqlx::query(ENDED).bind(self.letter).bind(address).execute(c).await.map(drop))
    }
}

/// Where the message is that told somebody last.
enum Stands {
    /// On their screen, under this receipt.
    As(String),
    /// On its way.
    UnderWay,
    /// They blocked us, or are not known any more.
    Never,
    /// Nowhere that is known.
    Nowhere,
}

async fn stands(tx: &mut Tx, letter: i64, address: i64) -> Result<Stands, sqlx::Error> {
    let row: Option<(String, Option<String>)> = on!(tx, c => sqlx::query_as(STANDS).bind(letter).bind(address)
        .fetch_optional(c).await?);
    // Whoever was forgotten meanwhile is told nothing more.
    let Some((was, receipts)) = row else {
        return Ok(Stands::Never);
    };
    let receipts: Vec<String> = receipts
        .and_then(|kept| serde_json::from_str(&kept).ok())
        .unwrap_or_default();
    Ok(match was.as_str() {
        state::READY | state::RETRY | state::INFLIGHT => Stands::UnderWay,
        state::GONE => Stands::Never,
        _ => (receipts.into_iter().next()).map_or(Stands::Nowhere, Stands::As),
    })
}
