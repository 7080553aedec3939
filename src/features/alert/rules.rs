//! Judges an alert: may it go out now, to which districts, or must a person look first?

mod place;
mod time;

use serde::Serialize;

use super::{Alert, Certainty, Info, MsgType, Reference, Scope, Severity, Status, Unread, Urgency};
use crate::base::clock::Millis;
use crate::base::point::{Shape, Strip};
use crate::city::{City, Set};
use crate::message::{Arg, Words, say, say_with};

/// What becomes of an alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// It may go out now.
    Accepted,
    /// A person must look first.
    Held,
    /// It is not for the public, or no alert that can be used.
    Refused,
}

/// The outcome of [`judge`].
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// What becomes of it.
    pub verdict: Verdict,
    /// Why, in one or two sentences for the operator.
    pub reason: Words,
    /// The districts that are told. An alert's and an update's own; a cancel's are those of the
    /// alerts that it revokes.
    pub districts: Set,
    /// What it is about.
    pub topics: Set,
    /// How grave it counts as: `Unknown` counts as `Moderate`.
    pub severity: Severity,
    /// When it stops being worth sending, by default where the alert does not say.
    pub expires: Millis,
    /// What is told, one a language: the infos for this city with only the areas in this city;
    /// for a cancel that tells nothing itself, the infos of what it revokes without their texts.
    pub infos: Vec<Info>,
    /// The latest known message that this one updates or revokes.
    pub refers_to: Option<Reference>,
}

/// An alert that went out before, as the store remembers it.
#[derive(Debug, Clone, PartialEq)]
pub struct Earlier {
    /// What it said.
    pub alert: Alert,
    /// The districts that were told.
    pub districts: Set,
    /// What it was about.
    pub topics: Set,
}

/// Judges `alert` for `city` at the moment `at`; `known` finds the alerts that went out before.
///
/// The gravest objection is the reason, in this order: not for the public; not live; unclear
/// status, type or scope; referring to something unknown; no district of ours; parts that cannot
/// be read; different things for different places; times.
///
/// Infos for other cities are left out. The rest must be one message in several languages: the
/// same districts, levels and times, each language once. Otherwise one letter would tell some
/// districts what concerns others, and the alert is held.
#[must_use]
pub fn judge(
    alert: &Alert,
    city: &City,
    at: Millis,
    known: impl Fn(&Reference) -> Option<Earlier>,
) -> Judgement {
    let earlier = earlier(alert, known);
    let told = place::told_here(alert, city);
    let cancel = alert.msg_type == Some(MsgType::Cancel);
    let expires = time::expiry(alert, &told.infos);
    let objection = not_for_the_public(alert)
        .map(|reason| (Verdict::Refused, reason))
        .or_else(|| {
            not_live(alert)
                .or_else(|| unclear(alert))
                .or_else(|| unknown_reference(alert, &earlier))
                .or_else(|| (!cancel).then(|| nothing_told(alert, &told)).flatten())
                .or_else(|| unread(&alert.unread))
                .or_else(|| (!cancel && !told.is_one_message).then(|| say("alert-held-several")))
                .or_else(|| time::objection(alert, &told.infos, expires, at))
                .map(|reason| (Verdict::Held, reason))
        });
    let latest = earlier.iter().max_by_key(|earlier| earlier.alert.sent);
    let refers_to = latest.map(|latest| latest.alert.reference());
    let (districts, topics) = if cancel {
        earlier.iter().fold((Set::NONE, Set::NONE), |sum, earlier| {
            (sum.0.or(earlier.districts), sum.1.or(earlier.topics))
        })
    } else {
        (told.districts, place::topics(&told.infos, city))
    };
    let infos = match latest {
        Some(latest) if cancel && told.infos.is_empty() => {
            let told = place::told_here(&latest.alert, city);
            told.infos.into_iter().map(bare).collect()
        }
        _ => told.infos,
    };
    let severity = counted(infos.iter().map(|info| info.severity).min());
    let (verdict, reason) =
        objection.unwrap_or_else(|| (Verdict::Accepted, accepted(alert, &infos, expires)));
    Judgement {
        verdict,
        reason,
        districts,
        topics,
        severity,
        expires,
        infos,
        refers_to,
    }
}

/// Where an accepted alert is for exactly: the districts that it means as a whole, and at most
/// 512 strips that cover what it only draws; without strips it means its districts as a whole.
#[must_use]
pub fn exactly(judgement: &Judgement, city: &City) -> (Set, Vec<Strip>) {
    let (whole, strips) = place::exactly(&judgement.infos, city);
    if strips.is_empty() {
        return (Set::ALL, strips);
    }
    (whole, strips)
}

/// What an alert covers in and near the city: the districts that it means as a whole, and the
/// shapes that are only drawn; neither where it tells nothing of places itself.
#[must_use]
pub fn covered<'a>(alert: &'a Alert, city: &City) -> (Set, Vec<&'a Shape>) {
    place::covered(alert, city)
}

/// What of an accepted alert can be drawn: the districts that it means as a whole, and the shapes
/// of what it only draws.
#[must_use]
pub fn drawn(judgement: &Judgement, city: &City) -> (Set, Vec<Shape>) {
    place::drawn(&judgement.infos, city)
}

/// Whether an alert of this kind may wake people: grave, soon and likely.
#[must_use]
pub fn is_pressing(info: &Info) -> bool {
    matches!(info.severity, Severity::Extreme | Severity::Severe)
        && matches!(info.urgency, Urgency::Immediate | Urgency::Expected)
        && matches!(info.certainty, Certainty::Observed | Certainty::Likely)
}

/// What an info was about, without what it said: a revoked warning is not repeated.
fn bare(info: Info) -> Info {
    let event = match info.headline {
        Some(headline) if info.event.is_empty() => headline,
        _ => info.event,
    };
    Info {
        event,
        headline: None,
        description: None,
        instruction: None,
        ..info
    }
}

fn counted(severity: Option<Severity>) -> Severity {
    match severity {
        None | Some(Severity::Unknown) => Severity::Moderate,
        Some(known) => known,
    }
}

fn not_for_the_public(alert: &Alert) -> Option<Words> {
    match (alert.scope, alert.msg_type) {
        (Some(Scope::Restricted), _) => Some(say("alert-refused-restricted")),
        (Some(Scope::Private), _) => Some(say("alert-refused-private")),
        (_, Some(MsgType::Ack)) => Some(say("alert-refused-ack")),
        (_, Some(MsgType::Error)) => Some(say("alert-refused-error")),
        _ => None,
    }
}

fn not_live(alert: &Alert) -> Option<Words> {
    match alert.status? {
        Status::Actual => None,
        Status::Exercise => Some(say("alert-held-exercise")),
        Status::System => Some(say("alert-held-system")),
        Status::Test => Some(say("alert-held-test")),
        Status::Draft => Some(say("alert-held-draft")),
    }
}

fn unclear(alert: &Alert) -> Option<Words> {
    if alert.status.is_none() {
        return Some(say("alert-held-no-status"));
    }
    if alert.msg_type.is_none() {
        return Some(say("alert-held-no-type"));
    }
    alert.scope.is_none().then(|| say("alert-held-no-scope"))
}

/// What an update or a cancel refers to, as far as we sent it.
fn earlier(alert: &Alert, known: impl Fn(&Reference) -> Option<Earlier>) -> Vec<Earlier> {
    match alert.msg_type {
        Some(MsgType::Update | MsgType::Cancel) => {
            alert.references.iter().filter_map(known).collect()
        }
        _ => vec![],
    }
}

/// Only the sender of an alert may change or revoke it. One known reference is enough: feeds
/// repeat the whole history of an event in every update.
fn unknown_reference(alert: &Alert, earlier: &[Earlier]) -> Option<Words> {
    if !matches!(alert.msg_type, Some(MsgType::Update | MsgType::Cancel)) {
        return None;
    }
    if alert.references.is_empty() {
        return Some(say("alert-held-no-reference"));
    }
    if earlier.is_empty() {
        return Some(say("alert-held-unknown-reference"));
    }
    earlier
        .iter()
        .any(|earlier| earlier.alert.sender != alert.sender)
        .then(|| say("alert-held-other-sender"))
}

fn nothing_told(alert: &Alert, told: &place::Told) -> Option<Words> {
    if alert.infos.is_empty() {
        return Some(say("alert-held-no-info"));
    }
    told.districts
        .is_empty()
        .then(|| say("alert-held-no-district"))
}

fn unread(unread: &[Unread]) -> Option<Words> {
    let first = unread.first()?;
    Some(say_with(
        "alert-held-unread",
        [
            ("element", Arg::Text(first.element.clone())),
            ("text", Arg::Text(first.text.clone())),
        ],
    ))
}

/// The good news, with what was taken for granted.
fn accepted(alert: &Alert, infos: &[Info], expires: Millis) -> Words {
    let mut notes = vec![];
    let cancel = alert.msg_type == Some(MsgType::Cancel);
    if !cancel && infos.iter().all(|info| info.severity == Severity::Unknown) {
        notes.push(say("alert-note-severity"));
    }
    if !cancel && infos.iter().all(|info| info.expires.is_none()) {
        notes.push(say_with(
            "alert-note-expires",
            [("expires", Arg::Time(expires))],
        ));
    }
    if alert.signed {
        notes.push(say("alert-note-signature"));
    }
    if notes.is_empty() {
        say("alert-accepted")
    } else {
        say_with("alert-accepted-noting", [("notes", Arg::List(notes))])
    }
}
