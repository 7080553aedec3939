//! Subscribing by mail: a form, and the word to look into the mailbox. Nothing is subscribed here.

use axum::Extension;
use axum::extract::RawQuery;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html as markup};
use url::form_urlencoded;

use super::asked::{html, private};
use super::posted::Posted;
use super::wish::{Faults, Typed};
use super::{Answer, Asked, Failure, Mail, Source};
use crate::features::subscribe::{opt_in, quota};
use crate::message::{Arg, say};
use crate::page::{Field, Head, Input, Page, Tone, Trouble, error_summary, notice, path};
use crate::people::Wish;
use crate::people::crowd::{Crowd, Name};

/// The most characters of an address that are shown again.
const MOST_SHOWN: usize = 254;

/// The form; `?place=lyulin&topic=water` chooses beforehand.
pub(super) async fn page(asked: Asked, RawQuery(query): RawQuery) -> Answer {
    mail(&asked)?;
    let query = query.unwrap_or_default();
    let asked_for: Vec<(String, String)> = (form_urlencoded::parse(query.as_bytes())
        .into_owned()
        .take(32))
    .collect();
    let named = |name: &str| -> Vec<&str> {
        let own = asked_for.iter().filter(|(known, _)| known == name);
        own.map(|(_, value)| value.trim())
            .filter(|value| !value.is_empty())
            .collect()
    };
    let typed = Typed::linked(&named("place"), &named("topic"), &asked.site.city);
    let page = form(&asked, "", &typed, &vec![], &query)?;
    Ok(html(page))
}

/// What was sent: with everything right, one mail; else the form again, with what was typed.
pub(super) async fn post(
    asked: Asked,
    Extension(source): Extension<Source>,
    posted: Posted,
) -> Answer {
    let mail = mail(&asked)?;
    let city = &asked.site.city;
    let usual = Typed::usual(city);
    if posted.is_empty() {
        return Ok(html(form(&asked, "", &usual, &vec![], "")?));
    }
    let typed = Typed::posted(&posted, "", &usual);
    let address = posted.one("email");
    let handle = (mail.parse)(address);
    let wish = typed.wish(city);
    match (handle, wish) {
        (Ok(handle), Ok(wish)) => {
            ask(&asked, mail, (&handle, source), wish).await?;
            Ok(sent(&asked)?)
        }
        (handle, wish) => {
            let mut faults = wish.err().unwrap_or_default();
            if handle.is_err() {
                let fault = if address.is_empty() {
                    say("subscribe-email-none")
                } else {
                    say("subscribe-email-wrong")
                };
                faults.insert(0, ("email", fault));
            }
            let page = form(&asked, address, &typed, &faults, "")?;
            let mut answer = html(page);
            *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(answer)
        }
    }
}

fn mail(asked: &Asked) -> Result<&Mail, Failure> {
    (asked.site.mail.as_ref()).ok_or(Failure(Trouble::NotFound))
}

/// Writes the request down and posts its mail, unless that address has had enough of them.
async fn ask(
    asked: &Asked,
    mail: &Mail,
    (handle, source): (&str, Source),
    wish: Wish,
) -> Result<(), Failure> {
    let site = &asked.site;
    let now = site.clock.now();
    let mut tx = site.db.begin().await?;
    if !quota::take(&mut tx, &site.keys, source.0, now).await? {
        return Err(Failure(Trouble::TooMany));
    }
    quota::hold(&mut tx, &site.keys, (mail.channel, handle), now).await?;
    let languages = asked.lang.to_string();
    let name = Name {
        channel: mail.channel,
        handle,
        languages: &languages,
        group: false,
    };
    let mut crowd = Crowd::default();
    crowd.meet(&mut tx, &[name], now).await?;
    let known = crowd.find(mail.channel, handle);
    let known = known.map(|it| (it.id, it.generation));
    let (id, generation) = known.ok_or(Failure(Trouble::Fault))?;
    if quota::may_ask(&mut tx, id, now).await? {
        let asked_for = opt_in::Asked {
            lang: asked.lang,
            wish,
        };
        let writer = opt_in::Writer {
            catalogue: &site.catalogue,
            city: &site.city,
            keys: &site.keys,
            base: site.base_url.url(),
        };
        opt_in::ask(&mut tx, writer, (id, generation), asked_for, now).await?;
    }
    tx.commit().await?;
    if let Some(desk) = &site.desk {
        desk.bell.ring(mail.channel);
    }
    Ok(())
}

fn form(asked: &Asked, address: &str, typed: &Typed, faults: &Faults, query: &str) -> Page {
    let (site, voice, lang) = (&asked.site, asked.voice(), asked.lang);
    let fault = faults.iter().find(|(name, _)| *name == "email");
    let address: String = address.chars().take(MOST_SHOWN).collect();
    let mut fields = vec![Field {
        name: "email".to_owned(),
        label: voice.say("subscribe-email")?,
        hint: Some(voice.say("subscribe-email-hint")?),
        error: fault.map(|(_, words)| voice.word(words)).transpose()?,
        input: Input::Line {
            kind: "email",
            autocomplete: Some("email"),
            value: &address,
        },
    }];
    fields.extend(typed.fields(&site.city, voice, "", faults)?);
    let title = voice.say("subscribe-title")?;
    let about = voice.say("subscribe-about")?;
    let main = markup! {
        h1 { (title) }
        p.lead { (about) }
        (error_summary(&fields, voice)?)
        // The browser's own words for a wrong address are not ours to translate.
        form method="post" action=(path(lang, "/subscribe")) novalidate {
            @for field in &fields { (field.html()) }
            p.small {
                (voice.say("subscribe-privacy")?) " "
                a href=(path(lang, "/privacy")) { (voice.say("web-privacy-link")?) }
            }
            p.actions { button type="submit" { (voice.say("subscribe-send")?) } }
        }
    };
    let own_path = if query.is_empty() {
        "/subscribe".to_owned()
    } else {
        format!("/subscribe?{query}")
    };
    let head = Head {
        title,
        description: Some(about),
        path: &own_path,
        public: query.is_empty() && faults.is_empty(),
    };
    asked.frame().page(&head, &main)
}

/// The word to look into the mailbox: the same whether the address was known or not.
fn sent(asked: &Asked) -> Result<Response, Failure> {
    let (voice, lang) = (asked.voice(), asked.lang);
    let title = voice.say("subscribe-sent")?;
    let main: Markup = markup! {
        h1 { (title) }
        (notice(Tone::Plain, &markup! {
            p { strong { (voice.say("subscribe-sent-what")?) } }
            p { (voice.say_with("subscribe-sent-holds", [("days", Arg::Number(7))])?) }
        }))
        p { (voice.say("subscribe-sent-not")?) }
        p.actions { a.button.second href=(path(lang, "/now")) { (voice.say("web-now-link")?) } }
    };
    private(asked, title, "/subscribe", &main)
}
