//! Everything that is kept about an address: a page to read, and a file to keep.

use axum::extract::{Path, RawQuery};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse as _;
use maud::html;

use super::asked::private;
use super::personal::{self, lead};
use super::{Answer, Asked, Failure, Site, quiet};
use crate::base::clock::Millis;
use crate::base::link::{MY_DATA, PREFERENCES, PRESS};
use crate::features::privacy::{MyData, store};
use crate::features::subscribe::chat;
use crate::message::catalogue::CatalogueError;
use crate::message::{Arg, Words, say, say_with};
use crate::page::{Page, Trouble, Voice, facts, path};
use crate::people::crowd::Citizen;

/// The page, or the file with `?format=json`. Nothing changes.
pub(super) async fn page(
    asked: Asked,
    Path((_, token)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Answer {
    let site = &asked.site;
    let mut tx = site.db.read().await?;
    let opened = personal::look(site, &mut tx, MY_DATA, &token).await?;
    let data = store::gather(&mut tx, &opened.citizen, &site.city).await?;
    drop(tx);
    if query.as_deref() == Some("format=json") {
        let file = serde_json::to_string_pretty(&data).map_err(|why| {
            tracing::error!("somebody's data could not be written as JSON: {why}");
            Failure(Trouble::Fault)
        })?;
        let headers = [
            (CONTENT_TYPE, "application/json"),
            (
                CONTENT_DISPOSITION,
                "attachment; filename=\"glas-my-data.json\"",
            ),
        ];
        return Ok((headers, file).into_response());
    }
    let forget = personal::sign(site, &opened.citizen, PRESS, opened.link.expires, "forget");
    readable(&asked, (&token, &forget), &opened.citizen, &data)
}

fn readable(
    asked: &Asked,
    (token, forget): (&str, &str),
    citizen: &Citizen,
    data: &MyData,
) -> Answer {
    let (site, voice, lang) = (&asked.site, asked.voice(), asked.lang);
    let title = voice.say("mydata-title")?;
    let own_path = format!("/mydata/{token}");
    let file = format!("{}?format=json", path(lang, &own_path));
    let preferences = lead(site, lang, citizen, ("preferences", PREFERENCES));
    let count = Arg::Number(i64::try_from(data.letters.len()).unwrap_or(i64::MAX));
    let main = html! {
        h1 { (title) }
        p.lead { (voice.say("mydata-intro")?) }
        p.actions {
            a.button href=(file) download="glas-my-data.json" { (voice.say("mydata-save")?) } " "
            a.button.second href=(preferences) { (voice.say("web-preferences")?) }
        }
        (facts(&about(site, citizen, data)?, voice)?)
        @if !citizen.wishes.is_empty() {
            h2 { (voice.say("mydata-wishes")?) }
            @for wish in citizen.wishes.values() { (facts(&chat::facts(wish, &site.city), voice)?) }
        }
        h2 { (voice.say("mydata-consents")?) }
        (consents(data, voice)?)
        @if !data.requests.is_empty() {
            h2 { (voice.say("mydata-requests")?) }
            ul {
                @for request in &data.requests {
                    @let at = [("at", moment(&request.at))];
                    li {
                        @if request.confirmed { (voice.say_with("mydata-request-used", at)?) }
                        @else { (voice.say_with("mydata-request", at)?) }
                    }
                }
            }
        }
        @if data.open_form.is_some() { p { (voice.say("mydata-form")?) } }
        h2 { (voice.say("mydata-sent")?) }
        p { (voice.say_with("mydata-letters", [("count", count)])?) }
        ul {
            @for letter in &data.letters {
                li dir="auto" {
                    (voice.say_with("mydata-moment", [("at", moment(&letter.at))])?)
                    @if let Some(title) = &letter.title { " – " (title) }
                }
            }
        }
        h2 { (voice.say("mydata-erase")?) }
        p { (voice.say("mydata-erase-what")?) }
        p.actions {
            a.button.second href=(path(lang, &format!("/do/{forget}"))) { (voice.say("button-forget")?) }
        }
    };
    private(asked, title, &own_path, &main)
}

/// A moment of the export, which writes it in RFC 3339.
fn moment(text: &str) -> Arg {
    Millis::parse_rfc3339(text).map_or(Arg::Text(text.to_owned()), Arg::Time)
}

fn about(
    site: &Site,
    citizen: &Citizen,
    data: &MyData,
) -> Result<Vec<(Words, Words)>, CatalogueError> {
    let channel = match personal::shown(site, citizen) {
        Some(_) => say("way-email"),
        None => Words::Verbatim(data.channel.clone()),
    };
    let mut languages = vec![];
    for tag in &data.languages {
        languages.push(Words::Verbatim(match site.language(tag) {
            Some(lang) => site.voice(lang).say("language-own-name")?,
            None => tag.clone(),
        }));
    }
    let languages = say_with(
        "mydata-languages-all",
        [("languages", Arg::List(languages))],
    );
    let text = |text: &str| Words::Verbatim(text.to_owned());
    let state = if data.subscribed {
        say("mydata-on")
    } else {
        say("mydata-off")
    };
    let since = [("at", Arg::Time(citizen.since))];
    let mut lines = vec![
        (say("mydata-channel"), channel),
        (say("mydata-address"), text(&data.address)),
        (say("mydata-languages"), languages),
        (say("mydata-state"), state),
        (say("mydata-since"), say_with("mydata-moment", since)),
    ];
    if let Some(until) = citizen.paused_until {
        let until = [("at", Arg::Time(until))];
        lines.push((say("mydata-paused"), say_with("mydata-moment", until)));
    }
    lines.push(chat::quiet(citizen, quiet(site)));
    Ok(lines)
}

fn consents(data: &MyData, voice: Voice<'_>) -> Page {
    Ok(html! {
        @if data.consents.is_empty() { p { (voice.say("mydata-consents-none")?) } }
        ul {
            @for consent in &data.consents {
                @let args = [("at", moment(&consent.at)), ("source", Arg::Text(consent.source.clone()))];
                li {
                    @if consent.given { (voice.say_with("mydata-consent", args)?) }
                    @else { (voice.say_with("mydata-consent-back", args)?) }
                }
            }
        }
    })
}
