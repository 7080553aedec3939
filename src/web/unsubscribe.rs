//! Unsubscribing: in one request by a mail service (RFC 8058), by a page for people, and undone.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use maud::html;

use super::asked::private;
use super::personal::{self, lead};
use super::posted::Posted;
use super::preferences::changes::{pause, reads, stop};
use super::{Answer, Asked, Site, preferred};
use crate::base::link::{PREFERENCES, PRESS, Personal, UNSUBSCRIBE};
use crate::features::subscribe::chat;
use crate::message::{Arg, Lang};
use crate::page::{Choice, Field, Input, Page, Tone, facts, notice, path};
use crate::people::crowd::{Citizen, Crowd};

/// How long what was done here can be undone here.
const UNDONE_WITHIN: Duration = Duration::from_hours(24);
/// What the proof of something to undo says.
const UNDO: &str = "undo.unsubscribe";

/// The page, under the address that stands in mails, in its owner's language.
pub(super) async fn plain_page(
    State(site): State<Arc<Site>>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Answer {
    let mut tx = site.db.read().await?;
    let opened = personal::look(&site, &mut tx, UNSUBSCRIBE, &token).await?;
    drop(tx);
    let lang = language(&site, &opened.citizen, &headers);
    question(&Asked { site, lang }, &token, &opened.citizen, None)
}

/// RFC 8058 §3.2: the mail service's own request unsubscribes at once. Any other is a person's.
pub(super) async fn plain_post(
    State(site): State<Arc<Site>>,
    Path(token): Path<String>,
    headers: HeaderMap,
    posted: Posted,
) -> Answer {
    act(site, Err(headers), &token, &posted).await
}

/// The page. Nothing changes.
pub(super) async fn page(asked: Asked, Path((_, token)): Path<(String, String)>) -> Answer {
    let mut tx = asked.site.db.read().await?;
    let opened = personal::look(&asked.site, &mut tx, UNSUBSCRIBE, &token).await?;
    drop(tx);
    question(&asked, &token, &opened.citizen, None)
}

/// Does what was chosen.
pub(super) async fn post(
    asked: Asked,
    Path((_, token)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    act(asked.site, Ok(asked.lang), &token, &posted).await
}

/// The language of a page without one in its path.
fn language(site: &Site, citizen: &Citizen, headers: &HeaderMap) -> Lang {
    reads(citizen, &site.languages)
        .or_else(|| preferred(headers, &site.languages))
        .unwrap_or_else(|| site.own_language())
}

async fn act(
    site: Arc<Site>,
    lang: Result<Lang, HeaderMap>,
    token: &str,
    posted: &Posted,
) -> Answer {
    let now = site.clock.now();
    let mut tx = site.db.begin().await?;
    let mut crowd = Crowd::default();
    let opened = personal::hold(&site, &mut tx, &mut crowd, UNSUBSCRIBE, token).await?;
    let mut citizen = opened.citizen;
    let lang = lang.unwrap_or_else(|headers| language(&site, &citizen, &headers));
    let asked = Asked { site, lang };
    let site = &asked.site;
    let one_click = is_one_click(posted);
    let proof = Personal::read(&site.keys, PRESS, posted.one("undo"), now);
    let proof = proof.filter(|it| it.rest == UNDO && it.address == citizen.id);
    let done = match posted.one("choice") {
        _ if one_click => {
            stop(&mut citizen, "one-click");
            Done::Stopped
        }
        "stop" => {
            stop(&mut citizen, "unsubscribe page");
            Done::Stopped
        }
        "pause" if citizen.on => {
            pause(&mut citizen, now);
            Done::Paused
        }
        _ if proof.is_some() => {
            citizen.switch_on("unsubscribe page");
            Done::Undone
        }
        _ => {
            let error = asked.voice().say("unsubscribe-choose")?;
            return question(&asked, token, &citizen, Some(error));
        }
    };
    personal::save(&asked.site, tx, crowd, &citizen, now).await?;
    after(&asked, token, &citizen, done)
}

/// Whether this is the request of RFC 8058.
fn is_one_click(posted: &Posted) -> bool {
    posted.one("List-Unsubscribe") == "One-Click"
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Done {
    Stopped,
    Paused,
    Undone,
}

fn own_path(token: &str) -> String {
    format!("/unsubscribe/{token}")
}

/// What would be stopped, and how.
fn question(asked: &Asked, token: &str, citizen: &Citizen, error: Option<String>) -> Answer {
    let (site, voice) = (&asked.site, asked.voice());
    if !citizen.on {
        let title = voice.say("unsubscribe-is-off")?;
        let main = html! {
            h1 { (title) }
            p.lead { (voice.say("unsubscribe-is-off-what")?) }
            (others(asked, citizen)?)
        };
        return private(asked, title, &own_path(token), &main);
    }
    let title = voice.say("unsubscribe-title")?;
    let choice = |value: &str, label: String| Choice {
        value: value.to_owned(),
        label,
        chosen: false,
    };
    let field = Field {
        name: "choice".to_owned(),
        label: voice.say("unsubscribe-ask")?,
        hint: None,
        error,
        input: Input::One(vec![
            choice("stop", voice.say("unsubscribe-stop")?),
            choice("pause", voice.say("unsubscribe-pause")?),
        ]),
    };
    let main = html! {
        h1 { (title) }
        p.lead {
            @match personal::shown(site, citizen) {
                Some(address) => (voice.say_with("unsubscribe-of", [("address", Arg::Text(address.to_owned()))])?),
                None => (voice.say("unsubscribe-what")?),
            }
        }
        @for wish in citizen.wishes.values() { (facts(&chat::facts(wish, &site.city), voice)?) }
        form method="post" action=(path(asked.lang, &own_path(token))) {
            (field.html())
            p.actions { button type="submit" { (voice.say("unsubscribe-button")?) } }
        }
        (others(asked, citizen)?)
    };
    private(asked, title, &own_path(token), &main)
}

/// The way to fewer letters instead of none.
fn others(asked: &Asked, citizen: &Citizen) -> Page {
    let voice = asked.voice();
    let there = lead(
        &asked.site,
        asked.lang,
        citizen,
        ("preferences", PREFERENCES),
    );
    Ok(html! {
        p {
            @if citizen.on { (voice.say("unsubscribe-fewer")?) " " }
            a href=(there) { (voice.say("web-preferences")?) }
        }
    })
}

fn after(asked: &Asked, token: &str, citizen: &Citizen, done: Done) -> Answer {
    let (site, voice) = (&asked.site, asked.voice());
    let until = citizen
        .paused_until
        .map_or(Arg::Text(String::new()), Arg::Time);
    let (title, what) = match done {
        Done::Stopped => (
            voice.say("unsubscribe-stopped")?,
            voice.say("unsubscribe-stopped-what")?,
        ),
        Done::Paused => (
            voice.say("unsubscribe-paused")?,
            voice.say_with("unsubscribe-paused-what", [("until", until)])?,
        ),
        Done::Undone => (
            voice.say("unsubscribe-undone")?,
            voice.say("unsubscribe-undone-what")?,
        ),
    };
    let proof = personal::sign(
        site,
        citizen,
        PRESS,
        Some(site.clock.now().plus(UNDONE_WITHIN)),
        UNDO,
    );
    let main = html! {
        h1 { (title) }
        (notice(Tone::Good, &html! { p role="status" { (what) } }))
        @if done != Done::Undone {
            form method="post" action=(path(asked.lang, &own_path(token))) {
                p.actions {
                    button.second type="submit" name="undo" value=(proof) { (voice.say("mute-undo")?) }
                }
            }
        }
        (others(asked, citizen)?)
    };
    private(asked, title, &own_path(token), &main)
}
