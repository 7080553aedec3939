//! A feed as JSON Feed 1.1, with what machines go by under `_alert`.

use serde_json::{Map, Value, json};

use super::{Entry, Feed};
use crate::features::alert::cap::write;
use crate::message::Words;
use crate::message::catalogue::CatalogueError;

/// The feed's text.
pub(super) fn write(feed: &Feed<'_>) -> Result<String, CatalogueError> {
    let site = &feed.asked.site;
    let mut items = vec![];
    for entry in &feed.entries {
        items.push(json!({
            "id": entry.page,
            "url": entry.page,
            "title": entry.title,
            "content_text": entry.summary,
            "date_published": entry.told.created.rfc3339(),
            "date_modified": entry.told.changed.rfc3339(),
            "attachments": [{ "url": entry.cap, "mime_type": write::MEDIA_TYPE }],
            "_alert": facts(entry)?,
        }));
    }
    let whole = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.about,
        "home_page_url": feed.page,
        "feed_url": feed.own,
        "language": feed.asked.lang.as_str(),
        "authors": [{ "name": site.city.sender(feed.asked.lang), "url": site.base_url.of("/") }],
        "items": items,
    });
    Ok(whole.to_string())
}

/// What machines go by: CAP's own names and values, how the alert stands, where and about what.
pub(super) fn facts(entry: &Entry<'_>) -> Result<Map<String, Value>, CatalogueError> {
    let (city, voice) = (&entry.asked.site.city, entry.asked.voice());
    let mut facts = Map::new();
    for (name, value) in entry.facts() {
        facts.insert(name.to_owned(), value.into());
    }
    let mut districts = vec![];
    for district in city.in_set(entry.told.districts) {
        let name = voice.word(&Words::Written(district.names.clone()))?;
        districts.push(json!({ "code": district.code, "slug": district.slug, "name": name }));
    }
    facts.insert("standing".to_owned(), entry.standing().into());
    facts.insert("districts".to_owned(), districts.into());
    let topics: Vec<Value> = entry
        .topics()
        .map(|topic| topic.code.clone().into())
        .collect();
    facts.insert("topics".to_owned(), topics.into());
    facts.insert("newer".to_owned(), entry.newer.clone().into());
    Ok(facts)
}
