//! A plain entry, words for people, as the alert that it would be.

use super::{place, severity};
use crate::base::clock::Millis;
use crate::city::City;
use crate::config::feeds::FeedSettings;
use crate::features::alert::{
    Alert, Area, Category, Certainty, Code, DISTRICT_CODES, Info, MsgType, Reference, Scope,
    Status, TOPIC_CODES, Urgency,
};
use crate::features::feed::Entry;
use crate::message::Lang;

/// The alert of an entry of `feed` as of `at`; `replaces` is what went out for it before.
///
/// Its place is what the entry names beyond doubt; without one it has no area, and
/// [`crate::features::alert::rules::judge`] holds it.
#[must_use]
pub fn alert(
    entry: &Entry,
    feed: &FeedSettings,
    city: &City,
    at: Millis,
    replaces: Option<Reference>,
) -> Alert {
    let lang = feed.language.or_else(|| city.languages().first().copied());
    let (event, description) = if entry.title.is_empty() {
        match entry.text.split_once('\n') {
            Some((first, rest)) => (first.to_owned(), rest.trim().to_owned()),
            None => (entry.text.clone(), String::new()),
        }
    } else {
        (entry.title.clone(), entry.text.clone())
    };
    let topic = feed.topic.as_ref().map(|topic| Code {
        scheme: TOPIC_CODES.to_owned(),
        value: topic.clone(),
    });
    let info = Info {
        language: lang.map_or_else(String::new, |lang| lang.to_string()),
        categories: vec![Category::Other],
        event,
        response_types: vec![],
        urgency: Urgency::Unknown,
        severity: severity(feed.severity),
        certainty: Certainty::Unknown,
        audience: None,
        event_codes: topic.into_iter().collect(),
        effective: None,
        onset: None,
        expires: None,
        sender_name: Some(feed.source.clone()),
        headline: None,
        description: Some(description).filter(|text| !text.is_empty()),
        instruction: None,
        web: entry.link.clone(),
        contact: None,
        areas: area(entry, city, lang).into_iter().collect(),
        parameters: vec![],
        resources: vec![],
    };
    // Sources announce with tomorrow's date; what is read now was said by now. And what has changed
    // without a new date was said again now: its old date names what it said before.
    let said = entry.time.unwrap_or(at).min(at);
    let again = (replaces.as_ref()).is_some_and(|earlier| earlier.sent >= said);
    let sent = if again { at } else { said }.in_seconds();
    let msg_type = if replaces.is_some() {
        MsgType::Update
    } else {
        MsgType::Alert
    };
    Alert {
        identifier: entry.id.clone(),
        sender: feed.name.clone(),
        sent,
        status: Some(Status::Actual),
        msg_type: Some(msg_type),
        scope: Some(Scope::Public),
        references: replaces.into_iter().collect(),
        infos: vec![info],
        signed: false,
        unread: vec![],
        source: None,
        restriction: None,
        addresses: None,
        codes: vec![],
        note: None,
        incidents: None,
    }
}

/// Where the entry is about, as the districts of the places that it names.
fn area(entry: &Entry, city: &City, lang: Option<Lang>) -> Option<Area> {
    let found = match &entry.place {
        Some(field) => place::of_field(field, city),
        None => place::in_words(&entry.title, &entry.text, city),
    };
    let names: Vec<&str> = found
        .iter()
        .filter_map(|place| {
            let own = lang.and_then(|lang| place.names.get(&lang));
            own.or_else(|| place.names.values().next())
        })
        .map(String::as_str)
        .collect();
    let districts = found
        .iter()
        .fold(crate::city::Set::NONE, |set, place| set.or(place.districts));
    let geocodes: Vec<Code> = city
        .in_set(districts)
        .map(|district| Code {
            scheme: DISTRICT_CODES.to_owned(),
            value: district.code.clone(),
        })
        .collect();
    (!geocodes.is_empty()).then(|| Area {
        description: names.join(", "),
        shapes: vec![],
        geocodes,
        altitude: None,
        ceiling: None,
    })
}
