//! The second word of subscribing by mail: what was asked for, and its confirmation.

use axum::extract::Path;
use maud::{Markup, html};

use super::asked::private;
use super::personal::{self, Opened, lead};
use super::posted::Posted;
use super::{Answer, Asked, Failure, quiet};
use crate::base::link::{CONFIRM, PREFERENCES};
use crate::features::now::board::Board;
use crate::features::now::chat::{Notice, Scope, of};
use crate::features::subscribe::chat;
use crate::features::subscribe::opt_in::{self, Request};
use crate::message::{Arg, Words};
use crate::page::{Page, Tone, Trouble, facts, notice, path, tick};
use crate::people::Wish;
use crate::people::crowd::{Citizen, Crowd};
use crate::store::Tx;

/// Where consent is said to come from.
const SOURCE: &str = "web form";

/// What would be subscribed, and a button. Nothing changes.
pub(super) async fn page(asked: Asked, Path((_, token)): Path<(String, String)>) -> Answer {
    let mut tx = asked.site.db.read().await?;
    let opened = personal::look(&asked.site, &mut tx, CONFIRM, &token).await?;
    let request = request(&mut tx, &opened).await?;
    drop(tx);
    match request.used {
        Some(_) => already(&asked, &token, &opened.citizen),
        None => question(&asked, &token, &opened.citizen, &request, None),
    }
}

/// Subscribes, once, whoever says so explicitly.
pub(super) async fn post(
    asked: Asked,
    Path((_, token)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let site = &asked.site;
    let now = site.clock.now();
    let mut tx = site.db.begin().await?;
    let mut crowd = Crowd::default();
    let opened = personal::hold(site, &mut tx, &mut crowd, CONFIRM, &token).await?;
    let request = request(&mut tx, &opened).await?;
    let mut citizen = opened.citizen;
    if request.used.is_some() {
        return already(&asked, &token, &citizen);
    }
    if posted.one("sure") != "yes" {
        let error = asked.voice().say("confirm-tick-first")?;
        return question(&asked, &token, &citizen, &request, Some(&error));
    }
    if !opt_in::use_up(&mut tx, request.id, now).await? {
        return already(&asked, &token, &citizen);
    }
    if citizen.on {
        // A further wish is a further word of consent.
        citizen.consents.push((true, SOURCE));
    }
    citizen.add(request.asked.wish);
    citizen.switch_on(SOURCE);
    citizen.speak_first(request.asked.lang);
    let mut board = Board::default();
    board.look(&mut tx, now).await?;
    personal::save(site, tx, crowd, &citizen, now).await?;
    done(&asked, &token, &citizen, &board)
}

async fn request(tx: &mut Tx, opened: &Opened) -> Result<Request, Failure> {
    let over = || Failure(Trouble::LinkOver);
    let id = opened.link.rest.parse().map_err(|_| over())?;
    let request = opt_in::find(tx, id, opened.link.address).await?;
    request.ok_or_else(over)
}

fn own_path(token: &str) -> String {
    format!("/confirm/{token}")
}

fn question(
    asked: &Asked,
    token: &str,
    citizen: &Citizen,
    request: &Request,
    error: Option<&str>,
) -> Answer {
    let (site, voice) = (&asked.site, asked.voice());
    let title = voice.say("confirm-title")?;
    let mut lines = chat::facts(&request.asked.wish, &site.city);
    let theirs = site.voice(request.asked.lang);
    let language = theirs.say("web-language")?;
    lines.push((
        crate::message::say("confirm-language"),
        Words::Verbatim(language),
    ));
    let address = [("address", Arg::Text(citizen.handle.clone()))];
    let main = html! {
        h1 { (title) }
        p.lead { (voice.say_with("confirm-about", address)?) }
        (facts(&lines, voice)?)
        form method="post" action=(path(asked.lang, &own_path(token))) {
            (tick("sure", "yes", &voice.say("confirm-tick")?, error))
            p.actions { button type="submit" { (voice.say("confirm-button")?) } }
        }
        p.small { (voice.say("confirm-not-me")?) }
    };
    private(asked, title, &own_path(token), &main)
}

fn already(asked: &Asked, token: &str, citizen: &Citizen) -> Answer {
    let voice = asked.voice();
    let title = voice.say("confirm-already")?;
    let main = html! {
        h1 { (title) }
        p.lead { (voice.say("confirm-already-what")?) }
        (to_preferences(asked, citizen)?)
    };
    private(asked, title, &own_path(token), &main)
}

/// What is subscribed now, and what is on there right now.
fn done(asked: &Asked, token: &str, citizen: &Citizen, board: &Board) -> Answer {
    let (site, voice) = (&asked.site, asked.voice());
    let title = voice.say("summary-joined")?;
    let wishes: Vec<Wish> = citizen.wishes.values().copied().collect();
    let found = of(&board.notices, &Scope::Mine, &wishes);
    let main = html! {
        h1 { (title) }
        (notice(Tone::Good, &html! { p { (voice.say("confirm-done")?) } }))
        @for wish in &wishes { (facts(&chat::facts(wish, &site.city), voice)?) }
        (facts(&[chat::quiet(citizen, quiet(site))], voice)?)
        h2 { (voice.say("summary-on-now")?) }
        (on_now(asked, &found)?)
        (to_preferences(asked, citizen)?)
    };
    private(asked, title, &own_path(token), &main)
}

fn on_now(asked: &Asked, found: &[&Notice]) -> Page {
    let voice = asked.voice();
    Ok(html! {
        @if found.is_empty() {
            p { (voice.say("now-nothing-mine")?) }
        } @else {
            ul.links {
                @for one in found {
                    li {
                        a href=(path(asked.lang, &super::now::address(one.id))) dir="auto" {
                            (voice.word(&Words::Written(one.titles.clone()))?)
                        }
                    }
                }
            }
        }
    })
}

fn to_preferences(asked: &Asked, citizen: &Citizen) -> Page {
    let there = lead(
        &asked.site,
        asked.lang,
        citizen,
        ("preferences", PREFERENCES),
    );
    let label = asked.voice().say("web-preferences")?;
    let button: Markup = html! { p.actions { a.button.second href=(there) { (label) } } };
    Ok(button)
}
