//! The first page: what Glas is, what is in force, and how to subscribe.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::{LOCATION, VARY};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use maud::html;

use super::asked::public;
use super::{Answer, Asked, Site, now, preferred};
use crate::features::now::store;
use crate::message::Arg;
use crate::page::{Head, panel, path};

/// The most alerts that the first page names.
const MOST: usize = 3;

/// Leads to the first page in the reader's language.
pub(super) async fn choose(State(site): State<Arc<Site>>, headers: HeaderMap) -> Response {
    let lang = preferred(&headers, &site.languages).unwrap_or_else(|| site.own_language());
    let headers = [
        (LOCATION, path(lang, "")),
        (VARY, "accept-language".to_owned()),
    ];
    (StatusCode::SEE_OTHER, headers).into_response()
}

/// The first page.
pub(super) async fn page(asked: Asked) -> Answer {
    let (site, voice, lang) = (&asked.site, asked.voice(), asked.lang);
    let mut tx = site.db.read().await?;
    let alerts = store::in_force(&mut tx, site.clock.now()).await?;
    drop(tx);
    let city = Arg::Text(site.city.name(lang).to_owned());
    let title = voice.say_with("home-title", [("city", city.clone())])?;
    let about = voice.say_with("home-about", [("city", city)])?;
    let count = Arg::Number(i64::try_from(alerts.len()).unwrap_or(i64::MAX));
    let ways = !site.ways.is_empty() || site.mail.is_some();
    let main = html! {
        div.hero {
            h1 { (title) }
            p.lead { (about) }
            @if ways {
                p.actions { a.button href="#subscribe" { (voice.say("home-subscribe")?) } }
            }
        }
        (panel(&html! {
            h2 { (voice.say_with("home-now", [("count", count)])?) }
            @if alerts.is_empty() {
                p { (voice.say("now-quiet")?) }
            } @else {
                (now::short_list(&asked, &alerts[..alerts.len().min(MOST)])?)
                @if alerts.len() > MOST {
                    p { a href=(path(lang, "/now")) { (voice.say("home-now-all")?) } }
                }
            }
        }))
        @if ways {
            h2 #subscribe { (voice.say("home-subscribe")?) }
            p { (voice.say("home-subscribe-about")?) }
            ul.cards {
                @for way in &site.ways {
                    li {
                        h3 { (voice.word(&way.name)?) }
                        p { (voice.word(&way.how)?) }
                        @if let Some(invite) = &way.invite {
                            p.actions { a.button href=(invite) rel="noreferrer" { (voice.word(&way.open)?) } }
                        }
                    }
                }
                @if site.mail.is_some() {
                    li {
                        h3 { (voice.say("way-email")?) }
                        p { (voice.say("way-email-how")?) }
                        p.actions { a.button href=(path(lang, "/subscribe")) { (voice.say("way-email-open")?) } }
                    }
                }
            }
        }
        h2 { (voice.say("home-promise")?) }
        ul {
            li { (voice.say("home-promise-free")?) }
            li { (voice.say("home-promise-choice")?) }
            li { (voice.say("home-promise-data")?) }
            li {
                (voice.say_with("home-promise-emergency", [("number", Arg::Text(site.city.emergency().to_owned()))])?)
            }
        }
    };
    let head = Head {
        title,
        description: Some(about),
        path: "",
        public: true,
    };
    Ok(public(asked.frame().page(&head, &main)?))
}
