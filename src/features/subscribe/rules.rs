//! What is asked of those who subscribe, and what their answers mean.

use std::collections::BTreeMap;

use crate::city::City;
use crate::message::form::{Form, Kind, Offer, Question, SPOT, always};
use crate::message::{Arg, Words, say, say_with};

mod places;

pub use places::{
    Chosen, Link, around, chosen, deep_link, find_places, places_found, places_of, topics_chosen,
    topics_of,
};

/// Where.
pub const WHERE: &str = "where";
/// How far around a shared point.
pub const RADIUS: &str = "radius";
/// About what.
pub const TOPICS: &str = "topics";
/// From which severity on.
pub const SEVERITY: &str = "severity";
/// How often.
pub const CADENCE: &str = "cadence";
/// The hour of a digest.
pub const HOUR: &str = "hour";
/// The day of a weekly digest.
pub const WEEKDAY: &str = "weekday";
/// When nothing may ring.
pub const QUIET: &str = "quiet";
/// Which subscription a form is about.
pub const OF: &str = "of";
/// Whether everything is to be erased.
pub const SURE: &str = "sure";

/// Metres around a shared point that one can choose from.
const RADII: [i64; 3] = [300, 1000, 3000];
/// The answer that means the whole district of a shared point.
const DISTRICT: &str = "district";
/// Hours of a digest that one can choose from.
const HOURS: [i64; 6] = [7, 8, 12, 17, 18, 20];
/// Quiet hours that one can choose from: minutes of the day.
const QUIETS: [(&str, i64, i64); 5] = [
    ("none", 0, 0),
    ("22.7", 22 * 60, 7 * 60),
    ("21.8", 21 * 60, 8 * 60),
    ("23.6", 23 * 60, 6 * 60),
    ("20.10", 20 * 60, 10 * 60),
];

/// Every form of subscribing, by name, made once.
#[derive(Debug, Clone)]
pub struct Forms(BTreeMap<&'static str, Form>);

impl Forms {
    /// The forms for this city, and others that are filled in beside them.
    #[must_use]
    pub fn new(city: &City, others: impl IntoIterator<Item = Form>) -> Self {
        let form = |name, questions| Form { name, questions };
        let forms = [
            form("join", vec![place(city), radius()]),
            form("place", vec![place(city), radius()]),
            form("more", vec![place(city), radius(), topics(city)]),
            form(TOPICS, vec![topics(city)]),
            form(SEVERITY, vec![severity()]),
            form(CADENCE, vec![cadence(), weekday(), hour()]),
            form(QUIET, vec![quiet()]),
            form("forget", vec![sure()]),
        ];
        let all = forms.into_iter().chain(others);
        Self(all.map(|form| (form.name, form)).collect())
    }

    /// The form of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Form> {
        self.0.get(name)
    }
}

fn question(name: &'static str, ask: Words, hint: Option<Words>, kind: Kind) -> Question {
    Question {
        name,
        ask,
        hint,
        kind,
        when: always,
    }
}

/// Where: the city's districts.
#[must_use]
pub fn place(city: &City) -> Question {
    let mut districts: Vec<_> = city.districts().iter().collect();
    let own = city.languages().first();
    districts.sort_by_key(|district| own.and_then(|lang| district.names.get(lang)));
    let offers = (districts.into_iter())
        .map(|district| {
            (
                district.slug.clone(),
                Words::Written(district.names.clone()),
            )
        })
        .collect();
    question(
        WHERE,
        say("ask-where"),
        Some(say("ask-where-hint")),
        Kind::Place(offers),
    )
}

/// How far around a point that was shared.
#[must_use]
pub fn radius() -> Question {
    let mut offers: Vec<Offer> = (RADII.iter())
        .map(|metres| {
            let metres_arg = [("metres", Arg::Number(*metres))];
            (
                metres.to_string(),
                say_with("ask-radius-metres", metres_arg),
            )
        })
        .collect();
    offers.push((DISTRICT.to_owned(), say("ask-radius-district")));
    Question {
        when: |filled| filled.of(WHERE).iter().any(|value| value.starts_with(SPOT)),
        ..question(RADIUS, say("ask-radius"), None, Kind::One(offers))
    }
}

/// About what: the city's topics.
#[must_use]
pub fn topics(city: &City) -> Question {
    let offers = (city.topics().iter())
        .map(|topic| (topic.code.clone(), Words::Written(topic.names.clone())))
        .collect();
    question(TOPICS, say("ask-topics"), None, Kind::Several(offers))
}

/// From which severity on.
#[must_use]
pub fn severity() -> Question {
    let offers = (0..=3).map(|least: i64| (least.to_string(), least_severity(least)));
    question(
        SEVERITY,
        say("ask-severity"),
        Some(say("ask-severity-hint")),
        Kind::One(offers.collect()),
    )
}

/// A least severity in words.
#[must_use]
pub fn least_severity(least: i64) -> Words {
    match least {
        0 => say("severity-all"),
        1 => say("severity-moderate"),
        2 => say("severity-severe"),
        _ => say("severity-extreme"),
    }
}

/// How often.
#[must_use]
pub fn cadence() -> Question {
    let offers = vec![
        ("now".to_owned(), say("cadence-now")),
        ("daily".to_owned(), say("cadence-daily")),
        ("weekly".to_owned(), say("cadence-weekly")),
    ];
    question(
        CADENCE,
        say("ask-cadence"),
        Some(say("ask-cadence-hint")),
        Kind::One(offers),
    )
}

/// The hour of a digest.
#[must_use]
pub fn hour() -> Question {
    let offers = (HOURS.iter())
        .map(|hour| {
            (
                hour.to_string(),
                say_with("hour", [("hour", Arg::Text(hour.to_string()))]),
            )
        })
        .collect();
    Question {
        when: |filled| filled.one(CADENCE) != Some("now"),
        ..question(HOUR, say("ask-hour"), None, Kind::One(offers))
    }
}

/// The day of a weekly digest.
#[must_use]
pub fn weekday() -> Question {
    let offers = (1..=7).map(|day: i64| (day.to_string(), day_name(day)));
    Question {
        when: |filled| filled.one(CADENCE) == Some("weekly"),
        ..question(
            WEEKDAY,
            say("ask-weekday"),
            None,
            Kind::One(offers.collect()),
        )
    }
}

/// The name of a day, 1 (Monday) to 7.
#[must_use]
pub fn day_name(day: i64) -> Words {
    match day {
        1 => say("weekday-1"),
        2 => say("weekday-2"),
        3 => say("weekday-3"),
        4 => say("weekday-4"),
        5 => say("weekday-5"),
        6 => say("weekday-6"),
        _ => say("weekday-7"),
    }
}

/// When nothing may ring.
#[must_use]
pub fn quiet() -> Question {
    let offers = (QUIETS.iter())
        .map(|(value, from, to)| ((*value).to_owned(), quiet_hours(*from, *to)))
        .collect();
    question(
        QUIET,
        say("ask-quiet"),
        Some(say("ask-quiet-hint")),
        Kind::One(offers),
    )
}

/// Quiet hours in words.
#[must_use]
pub fn quiet_hours(from: i64, to: i64) -> Words {
    if from == to {
        return say("quiet-none");
    }
    let clock = |minutes: i64| Arg::Text(format!("{}:{:02}", minutes / 60, minutes % 60));
    say_with("quiet-from-to", [("from", clock(from)), ("to", clock(to))])
}

fn sure() -> Question {
    let offers = vec![
        ("yes".to_owned(), say("forget-yes")),
        ("no".to_owned(), say("forget-no")),
    ];
    question(
        SURE,
        say("forget-ask"),
        Some(say("forget-hint")),
        Kind::One(offers),
    )
}

/// The answer of quiet hours that is meant by a value.
#[must_use]
pub fn quiet_of(value: &str) -> Option<(i64, i64)> {
    let found = QUIETS.iter().find(|(known, _, _)| *known == value)?;
    Some((found.1, found.2))
}
