//! One reading of a feed: what is fetched, what is new in it, and what becomes of that.

mod news;
mod weigh;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use super::fetch::{Fetched, Fetcher, Mark};
use super::read::{self, How, digest};
use super::rules::{Silence, pause, silence};
use super::store::{self, State};
use super::unfit::{Unfit, verdict};
use super::{Decision, Document};
use crate::base::clock::{Clock, Millis};
use crate::city::City;
use crate::config::feeds::FeedSettings;
use crate::features::alert::picture::{Maps, Painter};
use crate::features::alert::send::SendFault;
use crate::message::catalogue::{Catalogue, CatalogueError};
use crate::message::{Arg, Words, say, say_with};
use crate::outbox::bell::Bell;
use crate::outbox::lease::Lease;
use crate::store::Db;
pub use news::{Brings, News, Piece};
pub use weigh::Weighed;

/// How long an entry is remembered after it was last seen in its feed.
const REMEMBERED: Duration = Duration::from_hours(30 * 24);
/// How many entries are written down in one transaction.
const BATCH: usize = 50;

/// Whoever reads feeds.
#[derive(Clone)]
pub struct Reader {
    /// The database.
    pub db: Db,
    /// The time.
    pub clock: Clock,
    /// The words.
    pub catalogue: Arc<Catalogue>,
    /// The city.
    pub city: Arc<City>,
    /// On what alerts go out.
    pub channels: Vec<&'static str>,
    /// Wakes the lanes of this process.
    pub bell: Bell,
    /// Fetches.
    pub fetcher: Arc<Fetcher>,
    /// Draws the maps of what goes straight out, where there are to be any.
    pub painter: Option<Painter>,
}

/// What one reading came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Entries that were new or had changed.
    pub fresh: usize,
    /// Alerts that went out.
    pub straight: usize,
    /// Drafts for a person.
    pub drafts: usize,
    /// Entries that nothing came of.
    pub passed: usize,
    /// Messages that could not be fetched.
    pub unread: usize,
}

/// What a look at a feed brought.
pub enum Look {
    /// Nothing new.
    Unchanged,
    /// A document, with the mark and the digest to be kept.
    Read(Result<Document, Unfit>, Mark, String),
    /// It could not be fetched: why, and how long the source wants to be left alone.
    Failed(Words, Option<Duration>),
}

/// Texts by language, as the database keeps them.
///
/// # Errors
/// When a word is missing.
pub fn worded(catalogue: &Catalogue, words: &Words) -> Result<String, CatalogueError> {
    let mut texts = BTreeMap::new();
    for lang in catalogue.languages() {
        texts.insert(lang.to_string(), catalogue.word(words, lang)?);
    }
    Ok(serde_json::to_string(&texts).unwrap_or_default())
}

impl Reader {
    /// Fetches a feed's document and reads it; `before` is how it was last read.
    pub async fn look(&self, feed: &FeedSettings, before: Option<&State>) -> Look {
        let before = before.filter(|state| state.url == feed.url.as_str());
        let mark = before.map(|state| state.mark.clone()).unwrap_or_default();
        let fetched = self
            .fetcher
            .source(&feed.url, &mark, self.clock.now())
            .await;
        match fetched {
            Ok(Fetched::Unchanged) => Look::Unchanged,
            Ok(Fetched::Document { bytes, url, mark }) => {
                let sum = digest(&[&String::from_utf8_lossy(&bytes)]);
                if before.is_some_and(|state| state.document.as_ref() == Some(&sum)) {
                    return Look::Unchanged;
                }
                let how = How {
                    kind: feed.kind,
                    fields: &feed.fields,
                    zone: self.city.zone(),
                    base: Some(&url),
                };
                Look::Read(read::read(&bytes, &how), mark, sum)
            }
            Err(fault) => Look::Failed(fault.words(), fault.asked()),
        }
    }

    /// Reads a feed once, under a lease that is ours, and writes down what came of it; when it is
    /// to be read next.
    ///
    /// # Errors
    /// When the database is away or a word is missing; then the next reading does it all again.
    pub async fn read(&self, feed: &FeedSettings, lease: &Lease) -> Result<Millis, SendFault> {
        let mut tx = self.db.read().await?;
        let before = store::state(&mut tx, &feed.name).await?;
        let known = store::known(&mut tx, &feed.name).await?;
        drop(tx);
        let look = self.look(feed, before.as_ref()).await;
        let now = self.clock.now();
        let mut state = before.unwrap_or_else(|| State {
            url: String::new(),
            mark: Mark::default(),
            document: None,
            next: now,
            failures: 0,
            tried_at: now,
            read_at: now,
            changed_at: now,
            outcome: String::new(),
            silent: None,
        });
        let mut asked = None;
        state.tried_at = now;
        match look {
            Look::Unchanged => {
                if state.failures > 0 {
                    state.outcome = worded(&self.catalogue, &say("feed-verdict-unchanged"))?;
                }
                state.failures = 0;
                state.read_at = now;
            }
            Look::Failed(why, after) => {
                asked = after;
                state.failures = state.failures.saturating_add(1);
                state.outcome = worded(&self.catalogue, &why)?;
            }
            Look::Read(outcome, mark, sum) => {
                state.outcome = worded(&self.catalogue, &verdict(&outcome).words)?;
                if let Ok(document) = outcome {
                    let news = self.news(&document, &known, now).await;
                    let left = news.left;
                    let Some(tally) = self.settle(feed, news, &known, lease).await? else {
                        return Ok(self.clock.now());
                    };
                    tell(feed, tally);
                    if tally.fresh > 0 {
                        state.changed_at = now;
                    }
                    state.failures = 0;
                    state.read_at = now;
                    // What was left for later is asked for as a whole next time.
                    let whole = !left && tally.unread == 0;
                    state.mark = if whole { mark } else { Mark::default() };
                    state.document = whole.then_some(sum);
                } else {
                    state.failures = state.failures.saturating_add(1);
                    state.mark = Mark::default();
                    state.document = None;
                }
            }
        }
        state.url = feed.url.to_string();
        let every = Duration::from_secs(feed.every);
        // From when it was asked: what came of it may have taken its time.
        state.next = now.plus(pause(every, state.failures, asked));
        report(feed, &mut state, now);
        let mut tx = self.db.begin().await?;
        if lease.keep(&mut tx).await? {
            store::save(&mut tx, &feed.name, &state).await?;
            store::tidy(&mut tx, now, now.minus(REMEMBERED)).await?;
            lease.release(&mut tx).await?;
        }
        tx.commit().await?;
        Ok(state.next)
    }

    /// Writes down what becomes of the news; `None` when another process has taken over. What goes
    /// straight out leaves by itself, as soon as its maps are drawn.
    async fn settle(
        &self,
        feed: &FeedSettings,
        news: News,
        known: &news::Before,
        lease: &Lease,
    ) -> Result<Option<Tally>, SendFault> {
        let mut tally = Tally {
            fresh: news.fresh.len(),
            ..Tally::default()
        };
        let mut batch: Vec<(&Piece, Maps)> = vec![];
        for one in &news.fresh {
            let maps = self.maps(feed, (one, known.get(&one.entry.id))).await?;
            let by_itself = !maps.is_empty();
            if by_itself || batch.len() >= BATCH {
                if !self.put(feed, (&batch, known), lease, &mut tally).await? {
                    return Ok(None);
                }
                batch.clear();
            }
            batch.push((one, maps));
            if by_itself {
                if !self.put(feed, (&batch, known), lease, &mut tally).await? {
                    return Ok(None);
                }
                batch.clear();
            }
        }
        if !self.put(feed, (&batch, known), lease, &mut tally).await? {
            return Ok(None);
        }
        let mut tx = self.db.begin().await?;
        for (id, stamp) in &news.still {
            store::restamp(&mut tx, (&feed.name, id), stamp, self.clock.now()).await?;
        }
        tx.commit().await?;
        Ok(Some(tally))
    }

    /// Writes some of the news down in one transaction; false when another process has taken over.
    async fn put(
        &self,
        feed: &FeedSettings,
        (batch, known): (&[(&Piece, Maps)], &news::Before),
        lease: &Lease,
        tally: &mut Tally,
    ) -> Result<bool, SendFault> {
        if batch.is_empty() {
            return Ok(true);
        }
        let before = tally.straight;
        let mut tx = self.db.begin().await?;
        if !lease.keep(&mut tx).await? {
            return Ok(false);
        }
        for (one, maps) in batch {
            let before = known.get(&one.entry.id);
            self.write_down(&mut tx, feed, (one, before, maps), tally)
                .await?;
        }
        tx.commit().await?;
        if tally.straight > before {
            self.bell.ring_all();
        }
        Ok(true)
    }
}

fn tell(feed: &FeedSettings, tally: Tally) {
    if tally.fresh > 0 {
        tracing::info!(
            feed = feed.name,
            straight = tally.straight,
            drafts = tally.drafts,
            passed = tally.passed,
            unread = tally.unread,
            "a feed brought something new"
        );
    }
}

/// Reports a silence once, and its end.
fn report(feed: &FeedSettings, state: &mut State, now: Millis) {
    let limit = feed
        .silent_after
        .map(|hours| Duration::from_secs(hours * 60 * 60));
    match silence((state.read_at, state.changed_at), limit, now) {
        Some(silence) if state.silent.is_none() => {
            let (how, since) = match silence {
                Silence::Failing(since) => ("cannot be read", since),
                Silence::Unchanged(since) => ("has said nothing new", since),
            };
            tracing::warn!(feed = feed.name, since = since.rfc3339(), "a feed {how}");
            state.silent = Some(now);
        }
        None if state.silent.take().is_some() => {
            tracing::info!(feed = feed.name, "a feed speaks again");
        }
        Some(_) | None => {}
    }
}

/// How a feed stands, in a sentence for the operator: when it was last read and how, and whether
/// it is silent.
#[must_use]
pub fn standing(feed: &FeedSettings, state: Option<&State>, now: Millis) -> (bool, Words) {
    let Some(state) = state.filter(|state| state.url == feed.url.as_str()) else {
        return (true, say("feed-standing-never"));
    };
    let limit = feed
        .silent_after
        .map(|hours| Duration::from_secs(hours * 60 * 60));
    let outcome = (
        "outcome",
        Arg::Words(Box::new(super::draft::written(&state.outcome))),
    );
    match silence((state.read_at, state.changed_at), limit, now) {
        Some(Silence::Failing(since)) => {
            let since = ("since", Arg::Time(since));
            (false, say_with("feed-standing-failing", [since, outcome]))
        }
        Some(Silence::Unchanged(since)) => (
            false,
            say_with("feed-standing-silent", [("since", Arg::Time(since))]),
        ),
        None if state.failures > 0 => {
            let next = ("next", Arg::Time(state.next));
            (true, say_with("feed-standing-failed", [next, outcome]))
        }
        None => {
            let read = ("read", Arg::Time(state.read_at));
            (true, say_with("feed-standing-read", [read, outcome]))
        }
    }
}

/// What becomes of an entry, in a sentence for the operator.
#[must_use]
pub fn told(decision: &Decision) -> Words {
    let reason = |why: &Words| ("reason", Arg::Words(Box::new(why.clone())));
    match decision {
        Decision::Straight(_) => say("feed-told-straight"),
        Decision::Draft(_, why) => say_with("feed-told-draft", [reason(why)]),
        Decision::Pass(why) => say_with("feed-told-pass", [reason(why)]),
    }
}
