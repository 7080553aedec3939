//! What is on now: all alerts in force, or those for a place that the reader names.

use axum::extract::Query;
use maud::html;
use serde::Deserialize;
use url::form_urlencoded;

use super::asked::public;
use super::{Answer, Asked, Failure};
use crate::city::{City, Found, Set, Sureness, What};
use crate::features::alert::letter::districts;
use crate::features::now::{InForce, concerning, store};
use crate::message::{Arg, Letter, Words};
use crate::page::{Feed, Field, Head, Input, Page, Tone, Trouble, letter, notice, path};

/// The most of what was asked that is shown again, in characters.
const MOST_SHOWN: usize = 80;
/// The most alerts that are shown in full; of the others only the first lines are.
const MOST_IN_FULL: usize = 20;

/// What can be asked for.
#[derive(Debug, Deserialize)]
pub(super) struct Question {
    /// A place by its name, in any script.
    #[serde(default)]
    place: String,
    /// Districts by their codes, joined by commas: where a choice leads.
    #[serde(default, rename = "in")]
    within: String,
}

/// What a question means.
enum Meant {
    /// The whole city.
    City,
    /// One place, and what it is called.
    Place(Set, Words),
    /// One of several; nobody knows which.
    Several(Vec<Found>, Sureness),
    /// Nothing that we know.
    Nothing,
}

/// The page.
pub(super) async fn page(
    asked: Asked,
    question: Result<Query<Question>, axum::extract::rejection::QueryRejection>,
) -> Answer {
    let Query(question) = question.map_err(|_| Failure(Trouble::Unclear))?;
    let (site, voice) = (&asked.site, asked.voice());
    let city = &site.city;
    let place: String = question.place.trim().chars().take(MOST_SHOWN).collect();
    let meant = meant(city, &place, &question.within)?;
    let mut tx = site.db.read().await?;
    let alerts = store::in_force(&mut tx, site.clock.now()).await?;
    drop(tx);

    let title = voice.say_with(
        "now-title",
        [("city", Arg::Text(city.name(asked.lang).to_owned()))],
    )?;
    let shown = match &meant {
        Meant::City => html! {
            h2 { (voice.say("now-everywhere")?) }
            (list(&asked, &alerts)?)
        },
        Meant::Place(set, name) => {
            let theirs = concerning(alerts, *set);
            html! {
                h2 { (voice.say_with("now-for", [("place", Arg::Words(name.clone().into()))])?) }
                (list(&asked, &theirs)?)
                p { a href=(path(asked.lang, "/now")) { (voice.say("now-all")?) } }
            }
        }
        Meant::Several(found, sureness) => html! {
            (notice(Tone::Plain, &html! {
                h2 {
                    @if *sureness == Sureness::Guess {
                        (voice.say_with("now-guess", [("place", Arg::Text(place.clone()))])?)
                    } @else {
                        (voice.say("now-several")?)
                    }
                }
                (choices(&asked, found)?)
            }))
        },
        Meant::Nothing => html! {
            (notice(Tone::Plain, &html! {
                h2 { (voice.say_with("now-unknown", [("place", Arg::Text(place.clone()))])?) }
                p { (voice.say("now-unknown-do")?) }
                (all_districts(&asked)?)
            }))
        },
    };
    let field = Field {
        name: "place".to_owned(),
        label: voice.say("now-place")?,
        hint: Some(voice.say("now-place-hint")?),
        error: None,
        input: Input::Line {
            kind: "search",
            autocomplete: None,
            value: &place,
        },
    };
    let main = html! {
        h1 { (title) }
        form.search action=(path(asked.lang, "/now")) method="get" role="search" {
            (field.html())
            button type="submit" { (voice.say("now-show")?) }
        }
        (shown)
        (feeds(&asked, &meant)?)
    };
    let own_path = own_path(&place, &question.within);
    let head = Head {
        title,
        description: Some(voice.say("now-about")?),
        path: &own_path,
        // What somebody typed is no page to be found.
        public: place.is_empty(),
    };
    Ok(public(asked.frame().page(&head, &main)?))
}

/// The same for news readers and programs; of a district where exactly one is meant.
fn feeds(asked: &Asked, meant: &Meant) -> Page {
    let mut districts = match meant {
        Meant::Place(set, _) => asked.site.city.in_set(*set).collect(),
        _ => vec![],
    };
    let only = districts.pop().filter(|_| districts.is_empty());
    let slug = only.map(|district| district.slug.as_str());
    Ok(html! {
        p.small {
            (asked.voice().say("feed-links")?)
            @for feed in Feed::ALL {
                " " a href=(feed.path(asked.lang, slug)) type=(feed.media_type()) { (feed.name()) }
            }
        }
    })
}

fn own_path(place: &str, within: &str) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in [("place", place), ("in", within)] {
        if !value.is_empty() {
            query.append_pair(name, value);
        }
    }
    let query = query.finish();
    if query.is_empty() {
        "/now".to_owned()
    } else {
        format!("/now?{query}")
    }
}

fn meant(city: &City, place: &str, within: &str) -> Result<Meant, Failure> {
    if !within.is_empty() {
        let mut set = Set::NONE;
        for code in within.split(',') {
            let district = city.district(code).ok_or(Failure(Trouble::NotFound))?;
            set = set.with(district.bit);
        }
        return Ok(Meant::Place(set, districts(set, city)));
    }
    if place.is_empty() {
        return Ok(Meant::City);
    }
    let mut found = city.find(place);
    Ok(match found.as_slice() {
        [] => Meant::Nothing,
        [one] if one.sureness != Sureness::Guess => match one.what {
            What::City => Meant::City,
            _ => Meant::Place(one.districts, one.called()),
        },
        [first, ..] => {
            let sureness = first.sureness;
            Meant::Several(std::mem::take(&mut found), sureness)
        }
    })
}

/// What may have been meant, each with the districts it lies in.
fn choices(asked: &Asked, found: &[Found]) -> Page {
    let (voice, city) = (asked.voice(), &asked.site.city);
    Ok(html! {
        ul.links {
            @for one in found {
                li {
                    a href=(path(asked.lang, &own_path("", &codes(city, one.districts)))) { (voice.word(&one.called())?) }
                    @if matches!(one.what, What::Place(_)) {
                        " – " (voice.word(&districts(one.districts, city))?)
                    }
                }
            }
        }
    })
}

fn codes(city: &City, set: Set) -> String {
    let codes: Vec<&str> = city
        .in_set(set)
        .map(|district| district.code.as_str())
        .collect();
    codes.join(",")
}

fn all_districts(asked: &Asked) -> Page {
    let voice = asked.voice();
    let mut districts = vec![];
    for district in asked.site.city.districts() {
        let name = voice.word(&Words::Written(district.names.clone()))?;
        districts.push((name, own_path("", &district.code)));
    }
    districts.sort();
    Ok(html! {
        h3 { (voice.say("now-districts")?) }
        ul.links.columns {
            @for (name, own_path) in districts {
                li { a href=(path(asked.lang, &own_path)) { (name) } }
            }
        }
    })
}

/// Alerts as their readers got them, each with its permanent address.
fn list(asked: &Asked, alerts: &[InForce]) -> Page {
    let voice = asked.voice();
    if alerts.is_empty() {
        return Ok(notice(
            Tone::Good,
            &html! { p { (voice.say("now-quiet")?) } },
        ));
    }
    let in_full = &alerts[..alerts.len().min(MOST_IN_FULL)];
    let count = Arg::Number(i64::try_from(alerts.len()).unwrap_or(i64::MAX));
    Ok(html! {
        p { (voice.say_with("now-count", [("count", count)])?) }
        @for alert in in_full {
            @if let Some(own) = own(asked, alert) {
                article.alert {
                    (letter(own, voice, 3)?)
                    p.permanent { a href=(path(asked.lang, &address(alert.id))) { (voice.say("now-permanent")?) } }
                }
            }
        }
        (short_list(asked, &alerts[in_full.len()..])?)
    })
}

/// The first lines of alerts, each leading to the whole.
pub(super) fn short_list(asked: &Asked, alerts: &[InForce]) -> Page {
    let voice = asked.voice();
    Ok(html! {
        @if !alerts.is_empty() {
            ul.links {
                @for alert in alerts {
                    li {
                        a href=(path(asked.lang, &address(alert.id))) dir="auto" {
                            (own(asked, alert).and_then(|letter| letter.title.clone()).unwrap_or_default())
                        }
                        " – " (voice.word(&districts(alert.districts, &asked.site.city))?)
                    }
                }
            }
        }
    })
}

/// The path of an alert below the language.
pub(super) fn address(id: i64) -> String {
    format!("/alert/{id}")
}

/// What the reader of this page would have got.
fn own<'a>(asked: &Asked, alert: &'a InForce) -> Option<&'a Letter<String>> {
    let worded = &alert.letter.0;
    worded.get(&asked.lang).or_else(|| worded.values().next())
}
