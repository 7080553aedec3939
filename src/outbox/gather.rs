//! Lets go what was held: a letter that is alone leaves as it is, several become one digest.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Duration;

use sqlx::QueryBuilder;
use tokio::sync::watch;

use super::bell::Bell;
use super::digest::{self, Told};
use super::lease::Lease;
use super::post::{self, Post};
use super::row::Worded;
use super::{Lane, state};
use crate::base::clock::{Clock, Millis};
use crate::base::id;
use crate::message::catalogue::Catalogue;
use crate::on;
use crate::store::{Db, Tx};

/// What the job needs.
#[derive(Clone)]
pub struct Gatherer {
    /// The database.
    pub db: Db,
    /// The time.
    pub clock: Clock,
    /// The words.
    pub catalogue: Arc<Catalogue>,
    /// The channels that are on.
    pub channels: Vec<&'static str>,
    /// Rung when something may leave.
    pub bell: Bell,
    /// One process gathers at a time.
    pub lease: Lease,
}

/// How often the job looks whether something is due.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Held deliveries whose addresses are taken together.
const BATCH: i64 = 500;
/// How long a digest is given to others who are owed the same letters.
const SHARED_FOR: Duration = Duration::from_mins(30);

const NEXT: &str = "select min(due) from delivery where channel = $1 and state = 'held'";
const DUE: &str = "select address from delivery where channel = $1 and state = 'held' and due <= $2
    order by due limit $3";

/// Every statement of this file, for the test that prepares them.
pub const STATEMENTS: [&str; 2] = [NEXT, DUE];

/// A held delivery that is due: id, address, letter, the letter's end, its severity, the
/// address's state.
type Row = (i64, i64, i64, i64, i64, String);

/// The digests that were worded lately, by the letters they tell.
type Digests = HashMap<Vec<i64>, (i64, Millis)>;

/// What becomes of a batch.
#[derive(Default)]
struct Fates {
    ready: Vec<i64>,
    expired: Vec<i64>,
    off: Vec<i64>,
    paused: Vec<i64>,
    /// By the letters, gravest first: the addresses and the deliveries that become one.
    merged: BTreeMap<Vec<i64>, (Vec<i64>, Vec<i64>)>,
}

impl Gatherer {
    /// Works until the process is to end.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        let mut digests = Digests::new();
        loop {
            let mut more = false;
            for channel in &self.channels {
                match self.step(channel, &mut digests).await {
                    Ok(done) => more |= done,
                    Err(why) => {
                        tracing::error!(
                            channel,
                            "what is held could not be let go; soon again: {why}"
                        );
                    }
                }
            }
            let wait = if more { Duration::ZERO } else { LOOK_EVERY };
            tokio::select! {
                biased;
                _ = stop.wait_for(|stop| *stop) => break,
                () = tokio::time::sleep(wait) => {}
            }
        }
        if let Err(why) = self.lease.give_back(&self.db).await {
            tracing::warn!("the lease of the gathering could not be given back: {why}");
        }
    }

    /// Lets go one batch of a channel, in one transaction; whether there was one.
    async fn step(
        &self,
        channel: &'static str,
        digests: &mut Digests,
    ) -> Result<bool, sqlx::Error> {
        let now = self.clock.now();
        let mut tx = self.db.read().await?;
        let (next,): (Option<i64>,) =
            on!(&mut tx, c => sqlx::query_as(NEXT).bind(channel).fetch_one(c).await?);
        drop(tx);
        if next.is_none_or(|due| due > now.0) {
            return Ok(false);
        }
        let mut tx = self.db.begin().await?;
        if !self.lease.take(&mut tx).await? {
            return Ok(false);
        }
        let rows = due(&mut tx, channel, now).await?;
        let fates = decide(&rows, now);
        digests.retain(|_, (_, worded)| now.since(*worded) < SHARED_FOR && *worded <= now);
        let mut worded = Digests::new();
        let expires: HashMap<i64, i64> = rows.iter().map(|row| (row.2, row.3)).collect();
        for (letters, (addresses, merged)) in &fates.merged {
            let digest = match digests.get(letters) {
                Some((digest, _)) => *digest,
                None => self.word(&mut tx, letters, &expires, now).await?,
            };
            worded.insert(letters.clone(), (digest, now));
            let set = Set {
                state: state::MERGED,
                reason: None,
                digest: Some(digest),
            };
            if !change(&mut tx, merged, &set, now).await? {
                return Ok(true);
            }
            add(&mut tx, channel, digest, addresses, now).await?;
        }
        for (ids, becomes, reason) in [
            (&fates.ready, state::READY, None),
            (&fates.expired, state::EXPIRED, None),
            (
                &fates.off,
                state::GONE,
                Some("the address was switched off meanwhile"),
            ),
            (
                &fates.paused,
                state::GONE,
                Some("the address was paused meanwhile"),
            ),
        ] {
            let set = Set {
                state: becomes,
                reason,
                digest: None,
            };
            if !change(&mut tx, ids, &set, now).await? {
                return Ok(true);
            }
        }
        tx.commit().await?;
        for (letters, digest) in worded {
            digests.entry(letters).or_insert(digest);
        }
        self.bell.ring(channel);
        Ok(!rows.is_empty())
    }

    /// Writes the digest of some letters, in every language.
    async fn word(
        &self,
        tx: &mut Tx,
        letters: &[i64],
        expires: &HashMap<i64, i64>,
        now: Millis,
    ) -> Result<i64, sqlx::Error> {
        let mut told = Vec::with_capacity(letters.len());
        for letter in letters {
            if let Some((worded, expires)) = post::resting(tx, *letter).await? {
                told.push(Told { worded, expires });
            }
        }
        let mut worded = BTreeMap::new();
        for lang in self.catalogue.languages() {
            let letter = self.catalogue.localise(&digest::letter(&told, lang), lang);
            worded.insert(lang, letter.map_err(|why| sqlx::Error::Encode(why.into()))?);
        }
        let last = letters
            .iter()
            .filter_map(|letter| expires.get(letter))
            .max();
        let post = Post {
            worded: &Worded(worded),
            lane: Lane::Minor,
            created: now,
            expires: last.map_or(now, |last| Millis(*last)),
            thread: None,
        };
        post::letter(tx, &post).await
    }
}

/// The rows of the addresses that have waited longest: all that is due of each, the gravest first
/// and then the newest.
async fn due(tx: &mut Tx, channel: &str, now: Millis) -> Result<Vec<Row>, sqlx::Error> {
    let first: Vec<(i64,)> = on!(&mut *tx, c => sqlx::query_as(DUE).bind(channel).bind(now.0).bind(BATCH)
        .fetch_all(c).await?);
    let addresses: BTreeSet<i64> = first.into_iter().map(|(address,)| address).collect();
    if addresses.is_empty() {
        return Ok(vec![]);
    }
    on!(tx, c => {
        let mut rows = QueryBuilder::new("select d.id, d.address, d.letter, l.expires, coalesce(b.severity, 0),
            case when a.state <> 'on' then 'off' when a.paused_until > ");
        rows.push_bind(now.0).push(" then 'paused' else 'on' end
            from delivery d join letter l on l.id = d.letter join address a on a.id = d.address
            left join broadcast b on b.letter = d.letter and b.channel = d.channel
            where d.state = 'held' and d.due <= ").push_bind(now.0).push(" and d.address in (");
        let mut list = rows.separated(", ");
        for address in &addresses {
            list.push_bind(*address);
        }
        rows.push(") order by d.address, coalesce(b.severity, 0) desc, d.letter desc");
        rows.build_query_as().fetch_all(c).await
    })
}

/// What becomes of the rows of a batch.
fn decide(rows: &[Row], now: Millis) -> Fates {
    let mut fates = Fates::default();
    for of_address in rows.chunk_by(|one, other| one.1 == other.1) {
        let mut left: Vec<&Row> = vec![];
        for row in of_address {
            match row.5.as_str() {
                "off" => fates.off.push(row.0),
                "paused" => fates.paused.push(row.0),
                _ if row.3 <= now.0 => fates.expired.push(row.0),
                _ => left.push(row),
            }
        }
        match left.as_slice() {
            [] => {}
            [alone] => fates.ready.push(alone.0),
            several => {
                let letters = several.iter().map(|row| row.2).collect();
                let (addresses, ids) = fates.merged.entry(letters).or_default();
                addresses.push(several[0].1);
                ids.extend(several.iter().map(|row| row.0));
            }
        }
    }
    fates
}

/// What is written into held deliveries.
struct Set {
    state: &'static str,
    reason: Option<&'static str>,
    digest: Option<i64>,
}

/// Changes held deliveries; false when one of them is held no more: then somebody else was there,
/// and nothing of the batch may be committed.
async fn change(tx: &mut Tx, ids: &[i64], set: &Set, now: Millis) -> Result<bool, sqlx::Error> {
    const AT_ONCE: usize = 5000;
    let settled = (set.state != state::READY).then_some(now.0);
    for ids in ids.chunks(AT_ONCE) {
        let changed = on!(&mut *tx, c => {
            let mut rows = QueryBuilder::new("update delivery set due = ");
            rows.push_bind(now.0).push(", state = ").push_bind(set.state).push(", reason = ").push_bind(set.reason)
                .push(", merged_into = ").push_bind(set.digest).push(", settled = ").push_bind(settled)
                .push(" where state = 'held' and id in (");
            let mut list = rows.separated(", ");
            for id in ids {
                list.push_bind(*id);
            }
            rows.push(")");
            rows.build().execute(c).await?.rows_affected()
        });
        if changed != ids.len() as u64 {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Writes a digest's deliveries.
async fn add(
    tx: &mut Tx,
    channel: &str,
    digest: i64,
    addresses: &[i64],
    now: Millis,
) -> Result<(), sqlx::Error> {
    let first = id::block(u32::try_from(addresses.len()).unwrap_or(u32::MAX));
    on!(tx, c => {
        let mut rows = QueryBuilder::new("insert into delivery (id, letter, address, channel, lane, due, state, owner,
            epoch, claimed, attempts, doubts, crashes, next_part) ");
        rows.push_values(addresses.iter().zip(first..), |mut row, (address, id)| {
            row.push_bind(id).push_bind(digest).push_bind(*address).push_bind(channel)
                .push_bind(Lane::Minor.number()).push_bind(now.0).push("'ready', 0, 0, 0, 0, 0, 0, 0");
        });
        rows.build().execute(c).await.map(drop)
    })
}
