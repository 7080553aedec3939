//! An accepted alert goes out: the alert, its letter and its broadcasts in one transaction.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use super::letter::letter;
use super::mark;
use super::picture::Maps;
use super::rules::{self, Judgement, Verdict};
use super::store::{self, Kept, New};
use super::{Alert, MsgType, Reference, Severity};
use crate::base::clock::Millis;
use crate::base::id;
use crate::base::point::Strip;
use crate::city::{City, Set};
use crate::message::catalogue::{Catalogue, CatalogueError};
use crate::outbox::mark::Mark;
use crate::outbox::post::{self, Audience, Post};
use crate::outbox::row::Worded;
use crate::outbox::{self, Lane};
use crate::store::Tx;

/// What became of an alert that was to go out.
#[derive(Debug)]
pub enum Outcome {
    /// It is on its way.
    Sent {
        /// Our id.
        id: i64,
        /// Its letter.
        letter: i64,
        /// How it was judged.
        judgement: Box<Judgement>,
    },
    /// It may not go out now.
    NotNow(Box<Judgement>),
    /// It went out before, under this id.
    Already(i64),
}

/// Why an alert could not go out.
#[derive(Debug, thiserror::Error)]
pub enum SendFault {
    /// The database.
    #[error("the database did not answer: {0}")]
    Database(#[from] sqlx::Error),
    /// The words.
    #[error("the alert could not be worded: {0}")]
    Words(#[from] CatalogueError),
}

/// The number by which subscriptions compare severity.
#[must_use]
pub fn severity_number(severity: Severity) -> i64 {
    match severity {
        Severity::Extreme => 3,
        Severity::Severe => 2,
        Severity::Moderate | Severity::Unknown => 1,
        Severity::Minor => 0,
    }
}

/// Whose word an alert is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// Its sender's: it may update and revoke what the same sender sent, and nothing else.
    Senders,
    /// The city's own, by the hand of an operator: it may also update and revoke what others sent
    /// and the city passed on.
    Citys,
}

/// An accepted alert, ready to be posted.
#[derive(Debug)]
pub struct Ready {
    /// How it was judged.
    pub judgement: Judgement,
    /// Its letter in every language.
    pub worded: Worded,
    /// Who gets it.
    pub audience: Audience,
    /// Where exactly it is about; empty: its districts as a whole.
    pub strips: Vec<Strip>,
    /// The first letter of what it belongs under.
    thread: Option<i64>,
    /// What it updates or revokes.
    known: HashMap<Reference, Kept>,
}

/// What becomes of an alert.
#[derive(Debug)]
pub enum Prepared {
    /// It may go out.
    Ready(Box<Ready>),
    /// It may not go out now.
    NotNow(Box<Judgement>),
    /// It went out before, under this id.
    Already(i64),
}

/// Judges `alert` as of `at` and makes it ready.
///
/// # Errors
/// [`SendFault`].
pub async fn prepare(
    tx: &mut Tx,
    (catalogue, city): (&Catalogue, &City),
    (alert, word, maps): (&Alert, Word, &Maps),
    at: Millis,
) -> Result<Prepared, SendFault> {
    if let Some(kept) = store::find(tx, &alert.reference()).await? {
        return Ok(Prepared::Already(kept.id));
    }
    let known = store::find_all(tx, &alert.references).await?;
    let judgement = rules::judge(alert, city, at, |reference| {
        let mut earlier = known.get(reference)?.earlier.clone();
        if word == Word::Citys {
            earlier.alert.sender.clone_from(&alert.sender);
        }
        Some(earlier)
    });
    if judgement.verdict != Verdict::Accepted {
        return Ok(Prepared::NotNow(Box::new(judgement)));
    }
    let thread = match known.values().max_by_key(|kept| kept.id) {
        Some(kept) => Some(post::root(tx, kept.letter).await?),
        None => None,
    };
    let cancel = alert.msg_type == Some(MsgType::Cancel);
    let (whole, strips) = rules::exactly(&judgement, city);
    let audience = Audience {
        districts: if cancel {
            Set::NONE
        } else {
            judgement.districts
        },
        // An alert about nothing that we have a name for concerns everybody who lives there.
        topics: if judgement.topics.is_empty() {
            Set::ALL
        } else {
            judgement.topics
        },
        severity: severity_number(judgement.severity),
        reached_by: thread,
        whole,
        pressing: !cancel && judgement.infos.iter().any(rules::is_pressing),
    };
    Ok(Prepared::Ready(Box::new(Ready {
        worded: word_it((catalogue, city), alert, &judgement, maps)?,
        judgement,
        audience,
        strips: if cancel { vec![] } else { strips },
        thread,
        known,
    })))
}

/// The letter of an alert in every language that is installed, each with its map.
///
/// # Errors
/// A word that a language lacks.
pub fn word_it(
    (catalogue, city): (&Catalogue, &City),
    alert: &Alert,
    judgement: &Judgement,
    maps: &Maps,
) -> Result<Worded, CatalogueError> {
    let mut worded = BTreeMap::new();
    for lang in catalogue.languages() {
        let mut letter = letter(alert, judgement, city, lang);
        letter.picture = maps.get(&lang).cloned();
        worded.insert(lang, catalogue.localise(&letter, lang)?);
    }
    Ok(Worded(worded))
}

/// As [`send_with_maps`], without a picture.
///
/// # Errors
/// [`SendFault`]; then nothing was posted.
pub async fn send(
    tx: &mut Tx,
    words: (&Catalogue, &City),
    (alert, word): (&Alert, Word),
    channels: &[&str],
    times: (Millis, Millis),
) -> Result<Outcome, SendFault> {
    let told = (alert, word, &Maps::new());
    send_with_maps(tx, words, told, channels, times).await
}

/// Judges `alert` as of `at` and, when it is accepted, posts it on `channels`, with its maps, which
/// were drawn before.
///
/// An update or a cancel belongs under the letter it is about: what of that one has not left yet
/// is superseded, and everybody whom it reached is told, wherever they subscribe. After that their
/// old message is marked.
///
/// # Errors
/// [`SendFault`]; then nothing was posted.
pub async fn send_with_maps(
    tx: &mut Tx,
    words: (&Catalogue, &City),
    (alert, word, maps): (&Alert, Word, &Maps),
    channels: &[&str],
    (at, now): (Millis, Millis),
) -> Result<Outcome, SendFault> {
    let ready = match prepare(tx, words, (alert, word, maps), at).await? {
        Prepared::Ready(ready) => ready,
        Prepared::NotNow(judgement) => return Ok(Outcome::NotNow(judgement)),
        Prepared::Already(id) => return Ok(Outcome::Already(id)),
    };
    let Ready {
        judgement,
        worded,
        audience,
        strips,
        thread,
        known,
    } = *ready;
    let holds: Duration = judgement.expires.since(at);
    let post = Post {
        worded: &worded,
        lane: if judgement.severity == Severity::Extreme {
            Lane::Extreme
        } else {
            Lane::Alert
        },
        created: now,
        expires: now.plus(holds),
        thread,
    };
    for kept in known.values() {
        if let Some(thread) = thread {
            post::join(tx, kept.letter, thread).await?;
        }
        post::supersede(tx, kept.letter, now).await?;
        store::mark(tx, kept.id, alert.msg_type.unwrap_or(MsgType::Update)).await?;
    }
    let letter = post::broadcast(tx, &post, &audience, channels).await?;
    post::place(tx, letter, &strips).await?;
    for kept in known.values() {
        let lines = mark::lines(words, (kept, alert.msg_type), now)?;
        let mark = Mark {
            old: kept.letter,
            newer: letter,
            lines: &lines,
        };
        outbox::mark::post(tx, &mark, channels, now).await?;
    }
    let id = id::next();
    store::add(
        tx,
        &New {
            id,
            alert,
            districts: judgement.districts,
            topics: judgement.topics,
            severity: audience.severity,
            expires: post.expires,
            created: now,
            letter,
        },
    )
    .await?;
    Ok(Outcome::Sent {
        id,
        letter,
        judgement: Box::new(judgement),
    })
}
