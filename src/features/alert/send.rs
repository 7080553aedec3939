//! An accepted alert goes out: the alert, its letter and its broadcasts in one transaction.

use std::collections::BTreeMap;
use std::time::Duration;

use super::letter::letter;
use super::picture::Maps;
use super::rules::{self, Judgement, Verdict};
use super::store::{self, New};
use super::{Alert, MsgType, Severity};
use crate::base::clock::Millis;
use crate::base::id;
use crate::city::{City, Set};
use crate::message::catalogue::{Catalogue, CatalogueError};
use crate::outbox::Lane;
use crate::outbox::post::{self, Audience, Post};
use crate::outbox::row::Worded;
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

/// As [`send_with_maps`], without a picture.
///
/// # Errors
/// [`SendFault`]; then nothing was posted.
pub async fn send(
    tx: &mut Tx,
    sources: (&Catalogue, &City),
    alert: &Alert,
    channels: &[&str],
    times: (Millis, Millis),
) -> Result<Outcome, SendFault> {
    send_with_maps(tx, sources, (alert, &Maps::new()), channels, times).await
}

/// Judges `alert` as of `at` and, when it is accepted, posts it on `channels`, with its maps, which
/// were drawn before.
///
/// An update or a cancel belongs under the letter it is about: what of that one has not left yet
/// is superseded, and everybody whom it reached is told, wherever they subscribe.
///
/// # Errors
/// [`SendFault`]; then nothing was posted.
pub async fn send_with_maps(
    tx: &mut Tx,
    (catalogue, city): (&Catalogue, &City),
    (alert, maps): (&Alert, &Maps),
    channels: &[&str],
    (at, now): (Millis, Millis),
) -> Result<Outcome, SendFault> {
    if let Some(kept) = store::find(tx, &alert.reference()).await? {
        return Ok(Outcome::Already(kept.id));
    }
    let known = store::find_all(tx, &alert.references).await?;
    let judgement = rules::judge(alert, city, at, |reference| {
        known.get(reference).map(|kept| kept.earlier.clone())
    });
    if judgement.verdict != Verdict::Accepted {
        return Ok(Outcome::NotNow(Box::new(judgement)));
    }

    let mut worded = BTreeMap::new();
    for lang in catalogue.languages() {
        let mut letter = letter(alert, &judgement, city, lang);
        letter.picture = maps.get(&lang).cloned();
        worded.insert(lang, catalogue.localise(&letter, lang)?);
    }
    let worded = Worded(worded);
    let latest = known.values().max_by_key(|kept| kept.id);
    let thread = match latest {
        Some(kept) => Some(post::root(tx, kept.letter).await?),
        None => None,
    };
    let cancel = alert.msg_type == Some(MsgType::Cancel);
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
    for kept in known.values() {
        if let Some(thread) = thread {
            post::join(tx, kept.letter, thread).await?;
        }
        post::supersede(tx, kept.letter, now).await?;
        store::mark(tx, kept.id, alert.msg_type.unwrap_or(MsgType::Update)).await?;
    }
    let letter = post::broadcast(tx, &post, &audience, channels).await?;
    if !cancel {
        post::place(tx, letter, &strips).await?;
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
