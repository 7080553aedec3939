//! Feeds of the public alerts, by language and district, for readers and for other systems.

mod atom;
mod cap;
mod entry;
mod geo;
mod json;
mod rss;
mod shelf;

pub(super) use cap::{address as cap_address, file};
pub(super) use shelf::Shelf;

use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse as _;
use serde::Deserialize;

use self::entry::Entry;
use super::cached::Document;
use super::{Answer, Asked, Failure};
use crate::base::clock::Millis;
use crate::city::{City, District, Set};
use crate::features::alert::letter::districts;
use crate::features::now::published::{Published, mark, published};
use crate::message::catalogue::CatalogueError;
use crate::message::{Arg, Words};
use crate::page::{Feed as Kind, Trouble, path};

/// A day in milliseconds.
const DAY: i64 = 24 * 60 * 60 * 1000;
/// The most of what was asked that is told again, in characters.
const MOST_SHOWN: usize = 80;

/// What can be asked for.
#[derive(Debug, Deserialize)]
pub(super) struct Question {
    /// A district by its short name or code; empty: the whole city.
    #[serde(default)]
    district: String,
}

type Asking = Result<Query<Question>, QueryRejection>;

/// The feed as Atom (RFC 4287).
pub(super) async fn atom(asked: Asked, asking: Asking, headers: HeaderMap) -> Answer {
    answer(Kind::Atom, &asked, asking, &headers).await
}

/// The feed as RSS 2.0.
pub(super) async fn rss(asked: Asked, asking: Asking, headers: HeaderMap) -> Answer {
    answer(Kind::Rss, &asked, asking, &headers).await
}

/// The feed as JSON Feed 1.1.
pub(super) async fn json(asked: Asked, asking: Asking, headers: HeaderMap) -> Answer {
    answer(Kind::Json, &asked, asking, &headers).await
}

/// The places of the alerts as `GeoJSON` (RFC 7946).
pub(super) async fn geojson(asked: Asked, asking: Asking, headers: HeaderMap) -> Answer {
    answer(Kind::GeoJson, &asked, asking, &headers).await
}

async fn answer(kind: Kind, asked: &Asked, asking: Asking, headers: &HeaderMap) -> Answer {
    let Query(question) = asking.map_err(|_| Failure(Trouble::Unclear))?;
    let site = &asked.site;
    let wanted = question.district.trim();
    let district = match wanted {
        "" => None,
        wanted => match named(&site.city, wanted) {
            Some(district) => Some(district),
            None => return unknown(asked, wanted),
        },
    };
    let now = site.clock.now();
    let mut tx = site.db.read().await?;
    let mark = mark(&mut tx, now).await?;
    let name = (kind, asked.lang, district.map(|one| one.bit));
    if let Some(known) = site.feeds.find(&name, &mark) {
        return Ok(known.answer(headers, now));
    }
    let set = district.map_or(Set::ALL, |district| Set::NONE.with(district.bit));
    let alerts = published(&mut tx, set, now).await?;
    drop(tx);
    let feed = Feed::of(kind, asked, district, &alerts, now)?;
    let text = match kind {
        Kind::Atom => atom::write(&feed)?,
        Kind::Rss => rss::write(&feed)?,
        Kind::Json => json::write(&feed)?,
        Kind::GeoJson => geo::write(&feed)?,
    };
    let document = Document::new(kind.media_type(), text, feed.changed);
    site.feeds.keep(name, mark, &document);
    Ok(document.answer(headers, now))
}

/// A district by its short name or its code, in either case.
fn named<'a>(city: &'a City, wanted: &str) -> Option<&'a District> {
    let is = |name: &str| name.eq_ignore_ascii_case(wanted);
    (city.districts().iter()).find(|district| is(&district.slug) || is(&district.code))
}

/// A problem (RFC 9457) that says which districts there are.
fn unknown(asked: &Asked, wanted: &str) -> Answer {
    let voice = asked.voice();
    let shown: String = wanted.chars().take(MOST_SHOWN).collect();
    let mut all = vec![];
    for district in asked.site.city.districts() {
        let name = voice.word(&Words::Written(district.names.clone()))?;
        all.push(serde_json::json!({ "slug": district.slug, "code": district.code, "name": name }));
    }
    let (slug, code) = match asked.site.city.districts().first() {
        Some(first) => (first.slug.clone(), first.code.clone()),
        None => (String::new(), String::new()),
    };
    let told = [
        ("district", Arg::Text(shown)),
        ("slug", Arg::Text(slug)),
        ("code", Arg::Text(code)),
    ];
    let problem = serde_json::json!({
        "status": 404,
        "title": voice.say("feed-no-district")?,
        "detail": voice.say_with("feed-no-district-do", told)?,
        "districts": all,
    });
    let kind = [(CONTENT_TYPE, "application/problem+json")];
    Ok((StatusCode::NOT_FOUND, kind, problem.to_string()).into_response())
}

/// What every kind of feed is written from.
struct Feed<'a> {
    asked: &'a Asked,
    /// What it is called.
    title: String,
    /// What it holds, in a sentence.
    about: String,
    /// Its own address, which it is known by.
    own: String,
    /// The page of the same.
    page: String,
    /// When something in it changed last; `None` where nothing is in it.
    changed: Option<Millis>,
    /// As `changed`, for kinds that must say something: the day's beginning where nothing is in it.
    updated: Millis,
    entries: Vec<Entry<'a>>,
}

impl<'a> Feed<'a> {
    fn of(
        kind: Kind,
        asked: &'a Asked,
        district: Option<&District>,
        alerts: &'a [Published],
        now: Millis,
    ) -> Result<Self, CatalogueError> {
        let (site, voice) = (&asked.site, asked.voice());
        let mut entries = vec![];
        for alert in alerts {
            entries.extend(Entry::of(asked, alert)?);
        }
        // On a map, what is in force comes first; in news, what changed last.
        if kind != Kind::GeoJson {
            entries.sort_by_key(|entry| std::cmp::Reverse((entry.told.changed, entry.told.id)));
        }
        let changed = entries.iter().map(|entry| entry.told.changed).max();
        let title = title(asked, district)?;
        let page = match district {
            Some(district) => format!("/now?in={}", district.code),
            None => "/now".to_owned(),
        };
        Ok(Self {
            title,
            about: voice.say("feed-about")?,
            own: site
                .base_url
                .of(&kind.path(asked.lang, district.map(|one| one.slug.as_str()))),
            page: site.base_url.of(&path(asked.lang, &page)),
            changed,
            updated: changed.unwrap_or(Millis(now.0.div_euclid(DAY) * DAY)),
            entries,
            asked,
        })
    }
}

fn title(asked: &Asked, district: Option<&District>) -> Result<String, CatalogueError> {
    let (city, voice) = (&asked.site.city, asked.voice());
    let name = ("city", Arg::Text(city.name(asked.lang).to_owned()));
    match district {
        None => voice.say_with("feed-title", [name]),
        Some(district) => {
            let place = districts(Set::NONE.with(district.bit), city);
            let place = ("place", Arg::Words(Box::new(place)));
            voice.say_with("feed-title-district", [name, place])
        }
    }
}
