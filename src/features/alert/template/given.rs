//! Facts written back as they are given: as arguments, and as the answers of a form.

use std::collections::BTreeMap;

use super::ask::{EMERGENCY, PLACE, TEXTS};
use super::{Facts, Where, place};
use crate::base::civil::shown;
use crate::base::clock::Millis;
use crate::city::City;
use crate::message::form::{EVERYWHERE, SPOT};

/// The facts as `name=value` arguments would give them, by name.
#[must_use]
pub fn arguments(facts: &Facts, city: &City) -> BTreeMap<String, String> {
    let mut given = BTreeMap::new();
    let mut put = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            given.insert(name.to_owned(), value);
        }
    };
    let line = match &facts.place {
        Where::Everywhere => {
            put("place", Some(EVERYWHERE.to_owned()));
            None
        }
        Where::Named(names) => {
            put("place", Some(names.join(", ")));
            None
        }
        Where::Address { line, within } => {
            put("place", Some(within.join(", ")));
            Some(line.clone())
        }
        Where::Around {
            point,
            radius,
            line,
        } => {
            put("around", Some(place::degrees(*point)));
            put("radius", Some(radius.to_string()));
            line.clone()
        }
    };
    put("line", line);
    put("from", facts.from.map(|at| written(at, city)));
    put("until", facts.until.map(|at| written(at, city)));
    put("contact", facts.contact.clone());
    put("cause", facts.cause.clone());
    put("number", facts.number.map(|number| number.to_string()));
    put("about", facts.about.clone());
    put("severity", facts.severity.map(|it| it.name().to_owned()));
    put("emergency", facts.emergency.then(|| "yes".to_owned()));
    for (lang, text) in &facts.text {
        put(&format!("text.{lang}"), Some(text.clone()));
    }
    given
}

/// The facts as the answers of the template's form.
#[must_use]
pub fn answers(facts: &Facts, city: &City) -> BTreeMap<String, Vec<String>> {
    let mut given = arguments(facts, city);
    let mut answers = BTreeMap::new();
    let places: Vec<String> = match (&facts.place, given.remove("around")) {
        (Where::Around { radius, .. }, Some(point)) => vec![format!("{SPOT}{point}/{radius}")],
        _ => (given.remove("place").unwrap_or_default().split(", "))
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .collect(),
    };
    if !places.is_empty() {
        answers.insert(PLACE.to_owned(), places);
    }
    given.remove("radius");
    let emergency = given.remove("emergency").is_some();
    for (lang, name) in city.languages().iter().zip(TEXTS) {
        let missing = (emergency && !facts.text.is_empty()).then(|| EMERGENCY.to_owned());
        if let Some(text) = given.remove(&format!("text.{lang}")).or(missing) {
            answers.insert(name.to_owned(), vec![text]);
        }
    }
    answers.extend(given.into_iter().map(|(name, value)| (name, vec![value])));
    answers
}

/// A moment as operators write it.
fn written(at: Millis, city: &City) -> String {
    let civil = shown(city.zone(), at);
    civil.map_or_else(
        || at.rfc3339(),
        |it| it.format("%d.%m.%Y %H:%M").to_string(),
    )
}
