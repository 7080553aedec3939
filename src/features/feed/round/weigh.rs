//! What becomes of one entry, decided with what the database knows, and written down.

use std::collections::HashMap;
use std::time::Duration;

use super::news::{Brings, Piece};
use super::{Reader, Tally, worded};
use crate::base::clock::Millis;
use crate::base::id;
use crate::config::feeds::FeedSettings;
use crate::features::alert::picture::Maps;
use crate::features::alert::send::{self, Outcome, SendFault, Word};
use crate::features::alert::{Alert, MsgType, Reference, store as alerts};
use crate::features::feed::read::digest;
use crate::features::feed::rules::{Past, Rule, decide, plain};
use crate::features::feed::store::{self, Known, Told};
use crate::features::feed::{Decision, Entry};
use crate::message::{Words, say};
use crate::store::Tx;

/// How long after something was told the same again is no news.
const SAME_WITHIN: Duration = Duration::from_hours(48);

/// How long a draft waits for a person where its alert does not say when it is over.
const DRAFT_LASTS: Duration = Duration::from_hours(7 * 24);

/// What becomes of an entry.
#[derive(Debug)]
pub enum Weighed {
    /// It means the same as before.
    Same,
    /// Its message could not be had yet.
    NotYet(Words),
    /// It is decided.
    Decided {
        /// What becomes of it.
        decision: Decision,
        /// As CAP names it.
        reference: Option<Reference>,
        /// The digest of what it means.
        content: String,
        /// The alert that it only repeats.
        repeats: Option<i64>,
        /// The drafts that it takes back, and whether for good.
        retires: (Vec<Reference>, bool),
    },
}

impl Reader {
    /// Decides what becomes of an entry at `now`, without changing anything.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn weigh(
        &self,
        tx: &mut Tx,
        feed: &FeedSettings,
        (piece, before): (&Piece, Option<&Known>),
        now: Millis,
    ) -> Result<Weighed, sqlx::Error> {
        let mut alert = match &piece.brings {
            Brings::Message(alert) => (**alert).clone(),
            Brings::Words => {
                let sent = before.and_then(|known| known.alert);
                let earlier = match sent {
                    Some(id) => alerts::look_up(tx, &id.to_string()).await?,
                    None => None,
                };
                let earlier = earlier.map(|kept| kept.earlier.alert.reference());
                plain::alert(&piece.entry, feed, &self.city, now, earlier)
            }
            Brings::Nothing(why) => return Ok(passed(why.clone())),
            Brings::NotYet(why) => return Ok(Weighed::NotYet(why.clone())),
        };
        let content = match &piece.brings {
            Brings::Words => meaning(&piece.entry),
            _ => meaning_of(&alert),
        };
        if before.is_some_and(|known| known.content == content) {
            return Ok(Weighed::Same);
        }
        for reference in alert.references.clone() {
            let other = store::stands_for(tx, &feed.name, &reference).await?;
            if let Some(other) = other.filter(|other| !alert.references.contains(other)) {
                alert.references.push(other);
            }
        }
        let mut weighed = Decided {
            decision: Decision::Pass(say("feed-pass-already")),
            reference: alert.reference(),
            content,
            repeats: None,
            retires: (
                alert.references.clone(),
                alert.msg_type == Some(MsgType::Cancel),
            ),
        };
        if let Some(kept) = alerts::find(tx, &alert.reference()).await? {
            weighed.repeats = Some(kept.id);
            return Ok(weighed.into());
        }
        if store::is_pending(tx, &feed.name, &alert.reference()).await? {
            weighed.decision = Decision::Pass(say("feed-pass-pending"));
            return Ok(weighed.into());
        }
        let name = (feed.name.as_str(), piece.entry.id.as_str());
        let since = now.minus(SAME_WITHIN);
        let double = store::double(tx, name, &weighed.content, since).await?;
        if let Some(alert) = double.filter(|_| before.is_none() && !weighed.retires.1) {
            weighed.decision = Decision::Pass(say("feed-pass-double"));
            weighed.repeats = alert;
            return Ok(weighed.into());
        }
        let known = alerts::find_all(tx, &alert.references).await?;
        let mut own: HashMap<Reference, Past> = HashMap::new();
        for reference in &alert.references {
            if let Some(past) = store::own(tx, &feed.name, reference).await? {
                own.insert(reference.clone(), past);
            }
        }
        let rule = Rule {
            city: &self.city,
            at: now,
            up_to: feed.send.up_to(),
        };
        let decision = decide(
            alert,
            &rule,
            |reference| known.get(reference).map(|kept| kept.earlier.clone()),
            |reference| own.get(reference).copied(),
        );
        // What people have been told, or have before them, is not changed behind their backs.
        let told = before.is_some_and(|known| known.alert.is_some() || known.state == "taken");
        weighed.decision = match decision {
            Decision::Straight(alert) if told => Decision::Draft(alert, say("feed-draft-changed")),
            decision => decision,
        };
        Ok(weighed.into())
    }

    /// The maps of an entry that is to go straight out, drawn while no transaction is open; none of
    /// any other.
    ///
    /// # Errors
    /// When the database is away. What cannot be drawn holds nothing back.
    pub(super) async fn maps(
        &self,
        feed: &FeedSettings,
        told: (&Piece, Option<&Known>),
    ) -> Result<Maps, sqlx::Error> {
        let Some(painter) = &self.painter else {
            return Ok(Maps::new());
        };
        let now = self.clock.now();
        let mut tx = self.db.read().await?;
        let weighed = self.weigh(&mut tx, feed, told, now).await?;
        drop(tx);
        Ok(match weighed {
            Weighed::Decided {
                decision: Decision::Straight(alert),
                ..
            } => painter.maps(&alert, now).await,
            _ => Maps::new(),
        })
    }

    /// Decides what becomes of an entry and does it, with these maps if it goes straight out.
    pub(super) async fn write_down(
        &self,
        tx: &mut Tx,
        feed: &FeedSettings,
        (piece, before, maps): (&Piece, Option<&Known>, &Maps),
        tally: &mut Tally,
    ) -> Result<(), SendFault> {
        let now = self.clock.now();
        let name = (feed.name.as_str(), piece.entry.id.as_str());
        let (decision, reference, content, repeats, retires) =
            match self.weigh(tx, feed, (piece, before), now).await? {
                Weighed::Same => {
                    return Ok(store::restamp(tx, name, &piece.stamp, now).await?);
                }
                Weighed::NotYet(why) => {
                    tally.unread += 1;
                    let why = worded(&self.catalogue, &why)?;
                    return Ok(unread(tx, (name, &piece.stamp), before, &why, now).await?);
                }
                Weighed::Decided {
                    decision,
                    reference,
                    content,
                    repeats,
                    retires,
                } => (decision, reference, content, repeats, retires),
            };
        let state = if retires.1 { "withdrawn" } else { "replaced" };
        for earlier in &retires.0 {
            store::retire(tx, &feed.name, earlier, state).await?;
        }
        let mut told = Told {
            id: id::next(),
            name,
            digests: (&piece.stamp, &content),
            reference: reference.as_ref(),
            alert: repeats.or(before.and_then(|known| known.alert)),
            state: "passed",
            tries: 0,
            why: "{}",
            body: None,
            expires: None,
            now,
        };
        let (decision, sent) = self.go_out(tx, (decision, maps), now).await?;
        let why = match &decision {
            Decision::Straight(_) => {
                tally.straight += 1;
                told.state = "sent";
                told.alert = sent;
                String::from("{}")
            }
            Decision::Draft(alert, why) => {
                tally.drafts += 1;
                told.state = "draft";
                let body = serde_json::to_string(alert);
                told.body = Some(body.map_err(|why| sqlx::Error::Encode(why.into()))?);
                let ends = alert.infos.iter().filter_map(|info| info.expires).max();
                told.expires = Some(ends.unwrap_or(now.plus(DRAFT_LASTS)));
                worded(&self.catalogue, why)?
            }
            Decision::Pass(why) => {
                tally.passed += 1;
                worded(&self.catalogue, why)?
            }
        };
        told.why = &why;
        Ok(store::put(tx, &told).await?)
    }

    /// Sends what is to go straight out; what it became, and the alert's id.
    async fn go_out(
        &self,
        tx: &mut Tx,
        (decision, maps): (Decision, &Maps),
        now: Millis,
    ) -> Result<(Decision, Option<i64>), SendFault> {
        let Decision::Straight(alert) = decision else {
            return Ok((decision, None));
        };
        let sources = (&*self.catalogue, &*self.city);
        let outcome = send::send_with_maps(
            tx,
            sources,
            (&alert, Word::Senders, maps),
            &self.channels,
            (now, now),
        )
        .await?;
        Ok(match outcome {
            Outcome::Sent { id, .. } => (Decision::Straight(alert), Some(id)),
            Outcome::Already(id) => (Decision::Pass(say("feed-pass-already")), Some(id)),
            Outcome::NotNow(judgement) => (Decision::Draft(alert, judgement.reason.clone()), None),
        })
    }
}

/// [`Weighed::Decided`] while it is being decided.
struct Decided {
    decision: Decision,
    reference: Reference,
    content: String,
    repeats: Option<i64>,
    retires: (Vec<Reference>, bool),
}

impl From<Decided> for Weighed {
    fn from(it: Decided) -> Self {
        Self::Decided {
            decision: it.decision,
            reference: Some(it.reference),
            content: it.content,
            repeats: it.repeats,
            retires: it.retires,
        }
    }
}

fn passed(why: Words) -> Weighed {
    Weighed::Decided {
        decision: Decision::Pass(why),
        reference: None,
        content: String::new(),
        repeats: None,
        retires: (vec![], false),
    }
}

/// Writes down that an entry's message could not be had.
async fn unread(
    tx: &mut Tx,
    (name, stamp): ((&str, &str), &str),
    before: Option<&Known>,
    why: &str,
    now: Millis,
) -> Result<(), sqlx::Error> {
    let same = before.filter(|known| known.stamp == stamp);
    let told = Told {
        id: id::next(),
        name,
        digests: (stamp, before.map_or("", |known| &known.content)),
        reference: before.and_then(|known| known.reference.as_ref()),
        alert: before.and_then(|known| known.alert),
        state: "unread",
        tries: same.map_or(0, |known| known.tries) + 1,
        why,
        body: None,
        expires: None,
        now,
    };
    store::put(tx, &told).await
}

/// The digest of what a plain entry means.
fn meaning(entry: &Entry) -> String {
    let place = entry.place.as_deref().unwrap_or_default();
    digest(&[&entry.title, &entry.text, place])
}

/// The digest of what a message means, whatever it is called and whenever it was said.
fn meaning_of(alert: &Alert) -> String {
    let kind = alert.msg_type.map_or("", MsgType::name);
    let status = alert.status.map_or("", |status| status.name());
    let infos = serde_json::to_string(&alert.infos).unwrap_or_default();
    digest(&[kind, status, &infos])
}
