//! What is new in a document, with the messages that it only gives the address of.

use std::collections::HashMap;
use std::time::Duration;

use tokio::time::Instant;

use super::Reader;
use crate::base::clock::Millis;
use crate::features::alert::{Alert, cap};
use crate::features::feed::fetch::{Fetched, Mark};
use crate::features::feed::read::digest;
use crate::features::feed::store::Known;
use crate::features::feed::{Content, Document, Entry};
use crate::message::{Arg, Words, say, say_with};

/// The most messages that are fetched in one reading.
const MOST_FETCHED: usize = 50;
/// How long fetching them may take in all; what is under way then still ends.
const FETCHING: Duration = Duration::from_mins(1);
/// How often a message is tried for before its entry must change.
const MOST_TRIES: i64 = 5;
/// How long an entry that stays in the feed may go without being marked as seen.
const SEEN_WITHIN: Duration = Duration::from_hours(24);

/// What a feed has told before, by the source's names.
pub type Before = HashMap<String, Known>;

/// What is new in a document.
#[derive(Debug, Default)]
pub struct News {
    /// Entries that are new or have changed.
    pub fresh: Vec<Piece>,
    /// Entries that are still there, with their stamps, and must be marked so.
    pub still: Vec<(String, String)>,
    /// Whether more is new than could be fetched now.
    pub left: bool,
}

/// An entry that is new or has changed.
#[derive(Debug)]
pub struct Piece {
    /// The entry.
    pub entry: Entry,
    /// The digest of what the feed says about it.
    pub stamp: String,
    /// What it brings.
    pub brings: Brings,
}

/// What an entry brings in the end.
#[derive(Debug)]
pub enum Brings {
    /// A CAP message.
    Message(Box<Alert>),
    /// Words for people.
    Words,
    /// Nothing, for good: why.
    Nothing(Words),
    /// Nothing yet: why its message could not be had.
    NotYet(Words),
}

impl Reader {
    /// What is new in `document`; messages that it links to are fetched.
    pub async fn news(&self, document: &Document, before: &Before, now: Millis) -> News {
        let began = Instant::now();
        let mut fetched = 0;
        let mut news = News::default();
        for entry in &document.entries {
            let stamp = stamp(entry);
            match before.get(&entry.id) {
                Some(known) if is_done(known, &stamp) => {
                    if now.since(known.last) > SEEN_WITHIN {
                        news.still.push((entry.id.clone(), stamp));
                    }
                    continue;
                }
                _ => {}
            }
            let brings = match &entry.content {
                Content::Message(alert) => Brings::Message(alert.clone()),
                // What was there before us, and does not say since when, may be long over.
                Content::Plain if before.is_empty() && entry.time.is_none() => {
                    Brings::Nothing(say("feed-pass-before"))
                }
                Content::Plain => Brings::Words,
                Content::Unusable(unfit) => Brings::Nothing(unfit.words()),
                Content::Elsewhere(_) if entry.expires.is_some_and(|end| end <= now) => {
                    let end = ("expires", Arg::Time(entry.expires.unwrap_or(now)));
                    Brings::Nothing(say_with("feed-pass-over", [end]))
                }
                Content::Elsewhere(url) => {
                    if fetched == MOST_FETCHED || began.elapsed() > FETCHING {
                        news.left = true;
                        continue;
                    }
                    fetched += 1;
                    self.message(url).await
                }
            };
            news.fresh.push(Piece {
                entry: entry.clone(),
                stamp,
                brings,
            });
        }
        news
    }

    /// Fetches and reads one message.
    async fn message(&self, url: &url::Url) -> Brings {
        let fetched = self
            .fetcher
            .web(url, &Mark::default(), self.clock.now())
            .await;
        match fetched {
            Ok(Fetched::Document { bytes, .. }) => match cap::read(&bytes) {
                Ok(alert) => Brings::Message(Box::new(alert)),
                Err(refusal) => Brings::Nothing(refusal.words()),
            },
            // Nobody asked for what is newer than something.
            Ok(Fetched::Unchanged) => {
                Brings::NotYet(crate::features::feed::fetch::FetchFault::Status(304).words())
            }
            Err(fault) => Brings::NotYet(fault.words()),
        }
    }
}

/// Whether nothing is to be done about an entry that says the same as before.
fn is_done(known: &Known, stamp: &str) -> bool {
    known.stamp == stamp && (known.state != "unread" || known.tries >= MOST_TRIES)
}

/// The digest of what a feed says about an entry. Where it gives the address of a message, only
/// that and its time count: the rest may be about any of the message's areas.
fn stamp(entry: &Entry) -> String {
    let time = entry.time.map_or_else(String::new, |at| at.0.to_string());
    match &entry.content {
        Content::Elsewhere(url) => digest(&["elsewhere", url.as_str(), &time]),
        Content::Message(alert) => {
            digest(&["message", &serde_json::to_string(alert).unwrap_or_default()])
        }
        Content::Plain | Content::Unusable(_) => digest(&[
            "plain",
            &entry.title,
            &entry.text,
            entry.place.as_deref().unwrap_or_default(),
            entry.link.as_ref().map_or("", url::Url::as_str),
            &time,
        ]),
    }
}
