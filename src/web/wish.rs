//! The questions about one subscription on a page: shown with what was typed, read, judged.

use std::ops::RangeInclusive;

use crate::base::point::{Point, Spot};
use crate::city::{City, Set};
use crate::features::subscribe::rules;
use crate::message::catalogue::CatalogueError;
use crate::message::form::{EVERYWHERE, Kind, Offer, Question};
use crate::message::{Arg, Words, say, say_with};
use crate::page::{Choice, Field, Input, Voice};
use crate::people::{Cadence, Wish};

use super::posted::Posted;

/// The most characters of a place that are read.
const LONGEST_PLACE: usize = 80;

/// How many metres around a point a newcomer finds chosen.
const USUAL_RADIUS: &str = "300";

/// The answers as they were typed. Their fields are named `place`, `near`, `point`, `radius`,
/// `topic`, `severity`, `cadence`, `hour` and `weekday`, with `-` and the key behind where a page has several such forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Typed {
    places: Vec<String>,
    near: String,
    point: String,
    radius: String,
    topics: Vec<String>,
    severity: String,
    cadence: String,
    hour: String,
    weekday: String,
}

/// Why an answer was not taken, by the question.
pub(super) type Faults = Vec<(&'static str, Words)>;

impl Typed {
    /// What a newcomer finds chosen already.
    pub(super) fn usual(city: &City) -> Self {
        Self {
            places: vec![],
            topics: rules::topics_of(city.usual_topics(), city),
            ..Self::of(&Wish::EVERYTHING, city)
        }
    }

    /// What a link to the form has chosen: places and topics by the names of deep links; a place
    /// under another name is left for its field.
    pub(super) fn linked(places: &[&str], topics: &[&str], city: &City) -> Self {
        let mut typed = Self::usual(city);
        let mut link = rules::Link::default();
        for name in places.iter().chain(topics) {
            let found = rules::deep_link(name, city).unwrap_or_default();
            link.districts = link.districts.or(found.districts);
            link.topics = link.topics.or(found.topics);
        }
        let unknown = places
            .iter()
            .find(|name| rules::deep_link(name, city).is_none());
        typed.places = rules::places_of(link.districts, None, city);
        if let Some(unknown) = unknown {
            typed.near = unknown.chars().take(LONGEST_PLACE).collect();
        }
        if !link.topics.is_empty() {
            typed.topics = rules::topics_of(link.topics, city);
        }
        typed
    }

    /// The answers that say what a wish says.
    pub(super) fn of(wish: &Wish, city: &City) -> Self {
        let (places, point) = match wish.spot {
            Some(spot) => (vec![], spot.point.degrees()),
            None => (rules::places_of(wish.districts, None, city), (0.0, 0.0)),
        };
        Self {
            places,
            near: String::new(),
            point: (wish.spot).map_or(String::new(), |_| format!("{:.6}, {:.6}", point.0, point.1)),
            radius: wish
                .spot
                .map_or(USUAL_RADIUS.to_owned(), |spot| spot.radius_m.to_string()),
            topics: rules::topics_of(wish.topics, city),
            severity: wish.least_severity.to_string(),
            cadence: wish.cadence.word().to_owned(),
            hour: wish.hour.to_string(),
            weekday: wish.weekday.to_string(),
        }
    }

    /// What a form has sent; where it says nothing about a choice of one, that stays as in `before`.
    pub(super) fn posted(posted: &Posted, key: &str, before: &Self) -> Self {
        let all = |name: &str| posted.all(&named(name, key)).map(str::to_owned).collect();
        let one = |name: &str, before: &String| {
            let value = posted.one(&named(name, key)).to_owned();
            if value.is_empty() {
                before.clone()
            } else {
                value
            }
        };
        let line = |name: &str| -> String {
            let typed = posted.one(&named(name, key));
            typed.chars().take(LONGEST_PLACE).collect()
        };
        Self {
            places: all("place"),
            near: line("near"),
            point: line("point"),
            radius: one("radius", &before.radius),
            topics: all("topic"),
            severity: one("severity", &before.severity),
            cadence: one("cadence", &before.cadence),
            hour: one("hour", &before.hour),
            weekday: one("weekday", &before.weekday),
        }
    }

    /// What is wished.
    pub(super) fn wish(&self, city: &City) -> Result<Wish, Faults> {
        let mut faults = vec![];
        let (districts, spot) = self.where_to(city, &mut faults);
        let topics = rules::topics_chosen(&self.topics, city);
        if topics.is_empty() {
            faults.push(("topic", say("subscribe-topic-none")));
        }
        let mut number = |name, text: &str, most: RangeInclusive<i64>| {
            let number = text.parse().ok().filter(|number| most.contains(number));
            if number.is_none() {
                faults.push((name, say("subscribe-choose-again")));
            }
            number.unwrap_or_default()
        };
        let least_severity = number("severity", &self.severity, 0..=3);
        let hour = number("hour", &self.hour, 0..=23);
        let weekday = number("weekday", &self.weekday, 1..=7);
        let cadence = Cadence::parse(&self.cadence);
        if cadence.is_none() {
            faults.push(("cadence", say("subscribe-choose-again")));
        }
        match cadence {
            Some(cadence) if faults.is_empty() => Ok(Wish {
                districts,
                spot,
                topics,
                least_severity,
                cadence,
                hour,
                weekday,
            }),
            _ => Err(faults),
        }
    }

    /// A point and its surroundings, or districts.
    fn where_to(&self, city: &City, faults: &mut Faults) -> (Set, Option<Spot>) {
        if self.point.trim().is_empty() {
            return (self.districts(city, faults), None);
        }
        let nothing = (Set::NONE, None);
        let Some(point) = Point::read(&self.point) else {
            let text = ("text", Arg::Text(self.point.clone()));
            faults.push(("point", say_with("subscribe-point-unread", [text])));
            return nothing;
        };
        let radius = (self.radius.parse().ok()).filter(|metres| Spot::RADII.contains(metres));
        let Some(radius_m) = radius else {
            faults.push(("radius", say("subscribe-choose-again")));
            return nothing;
        };
        let chosen = rules::around(point, radius_m, city);
        if chosen.districts.is_empty() {
            faults.push(("point", say("subscribe-point-outside")));
        } else if !self.places.is_empty() || !self.near.trim().is_empty() {
            faults.push(("point", say("subscribe-point-or-place")));
        }
        (chosen.districts, chosen.spot)
    }

    fn districts(&self, city: &City, faults: &mut Faults) -> Set {
        let slugs = |values: &[String]| {
            if values.iter().any(|value| value == EVERYWHERE) {
                return Set::ALL;
            }
            let all = city.districts().iter();
            let chosen = all.filter(|district| values.contains(&district.slug));
            chosen.fold(Set::NONE, |set, district| set.with(district.bit))
        };
        let ticked = slugs(&self.places);
        if self.near.is_empty() {
            if ticked.is_empty() {
                faults.push(("place", say("subscribe-place-none")));
            }
            return ticked;
        }
        let found = rules::find_places(city, &self.near);
        let text = ("text", Arg::Text(self.near.clone()));
        match found.as_slice() {
            [] => faults.push(("near", say_with("subscribe-place-unknown", [text]))),
            [_] => {}
            // Whoever ticked one of them as well has said which.
            _ if slugs(&found).0 & ticked.0 != 0 => return ticked,
            _ => {
                let places = found.iter().filter_map(|slug| {
                    let district = city.districts().iter().find(|it| it.slug == *slug)?;
                    Some(Words::Written(district.names.clone()))
                });
                let places = ("places", Arg::List(places.collect()));
                faults.push(("near", say_with("subscribe-place-which", [text, places])));
            }
        }
        ticked.or(slugs(&found))
    }

    /// The questions about where, with these answers.
    fn places(
        &self,
        city: &City,
        voice: Voice<'_>,
        key: &str,
        faults: &Faults,
    ) -> Result<Vec<Field<'_>>, CatalogueError> {
        let mut ask = rules::place(city);
        if let Kind::Place(offers) = &mut ask.kind {
            offers.insert(0, (EVERYWHERE.to_owned(), say("form-everywhere")));
        }
        let line = |value| Input::Line {
            kind: "text",
            autocomplete: None,
            value,
        };
        let mut radii = choices(&rules::radius(), std::slice::from_ref(&self.radius), voice)?;
        radii.retain(|choice| choice.value.parse::<i64>().is_ok());
        if let Some(metres) = self
            .radius
            .parse()
            .ok()
            .filter(|it| Spot::RADII.contains(it))
            && !radii.iter().any(|choice| choice.chosen)
        {
            radii.push(Choice {
                value: self.radius.clone(),
                label: voice.say_with("ask-radius-metres", [("metres", Arg::Number(metres))])?,
                chosen: true,
            });
        }
        let districts = Input::Several(choices(&ask, &self.places, voice)?);
        let asked = [
            ("place", voice.say("subscribe-where")?, None, districts),
            (
                "near",
                voice.say("subscribe-near")?,
                Some(voice.say("subscribe-near-hint")?),
                line(&self.near),
            ),
            (
                "point",
                voice.say("subscribe-point")?,
                Some(voice.say("subscribe-point-hint")?),
                line(&self.point),
            ),
            (
                "radius",
                voice.say("subscribe-radius")?,
                Some(voice.say("subscribe-radius-hint")?),
                Input::Listed(radii),
            ),
        ];
        let asked = asked.into_iter().map(|(name, label, hint, input)| {
            Ok(Field {
                name: named(name, key),
                label,
                hint,
                error: error(name, faults, voice)?,
                input,
            })
        });
        asked.collect()
    }

    /// The questions with these answers.
    pub(super) fn fields(
        &self,
        city: &City,
        voice: Voice<'_>,
        key: &str,
        faults: &Faults,
    ) -> Result<Vec<Field<'_>>, CatalogueError> {
        let mut fields = self.places(city, voice, key, faults)?;
        let error = |name: &str| error(name, faults, voice);
        let topics = rules::topics(city);
        fields.push(Field {
            name: named("topic", key),
            label: voice.say("subscribe-topics")?,
            hint: None,
            error: error("topic")?,
            input: Input::Several(choices(&topics, &self.topics, voice)?),
        });
        for (name, question, value, hint) in [
            ("severity", rules::severity(), &self.severity, None),
            (
                "cadence",
                rules::cadence(),
                &self.cadence,
                Some(say("subscribe-cadence-hint")),
            ),
            (
                "hour",
                rules::hour(),
                &self.hour,
                Some(say("subscribe-hour-hint")),
            ),
            (
                "weekday",
                rules::weekday(),
                &self.weekday,
                Some(say("subscribe-weekday-hint")),
            ),
        ] {
            let chosen = std::slice::from_ref(value);
            let mut choices = choices(&question, chosen, voice)?;
            let hour = value.parse::<u8>().ok().filter(|hour| *hour < 24);
            if name == "hour"
                && let Some(hour) = hour
                && !choices.iter().any(|choice| choice.chosen)
            {
                let label = voice.say_with("hour", [("hour", Arg::Text(hour.to_string()))])?;
                choices.push(Choice {
                    value: value.clone(),
                    label,
                    chosen: true,
                });
            }
            let input = match name {
                "hour" | "weekday" => Input::Listed(choices),
                _ => Input::One(choices),
            };
            fields.push(Field {
                name: named(name, key),
                label: match name {
                    "cadence" => voice.say("subscribe-cadence")?,
                    _ => voice.word(&question.ask)?,
                },
                hint: hint.map(|hint| voice.word(&hint)).transpose()?,
                error: error(name)?,
                input,
            });
        }
        Ok(fields)
    }
}

/// What is wrong with an answer.
fn error(name: &str, faults: &Faults, voice: Voice<'_>) -> Result<Option<String>, CatalogueError> {
    let fault = faults.iter().find(|(known, _)| *known == name);
    fault.map(|(_, words)| voice.word(words)).transpose()
}

/// The name of a field in the form `key`; the only form of a page has no key.
fn named(name: &str, key: &str) -> String {
    if key.is_empty() {
        name.to_owned()
    } else {
        format!("{name}-{key}")
    }
}

/// The answers that a question offers.
pub(super) fn choices(
    question: &Question,
    chosen: &[String],
    voice: Voice<'_>,
) -> Result<Vec<Choice>, CatalogueError> {
    let offers: &[Offer] = match &question.kind {
        Kind::Text(_) => &[],
        Kind::One(offers) | Kind::Open(offers, _) | Kind::Several(offers) | Kind::Place(offers) => {
            offers
        }
    };
    (offers.iter())
        .map(|(value, label)| {
            Ok(Choice {
                value: value.clone(),
                label: voice.word(label)?,
                chosen: chosen.contains(value),
            })
        })
        .collect()
}
