//! Where a template is for: what the facts name, as districts, as areas and as words.

use super::{Drafting, Fact, Fault, MOST_LINE, MOST_PLACES, Where, shown};
use crate::base::fold::{fold, latin};
use crate::base::point::{Point, Spot};
use crate::city::{City, Found, Kind, Set, Sureness, What};
use crate::features::alert::letter;
use crate::features::alert::{Area, Code};
use crate::message::form::{EVERYWHERE, SPOT};
use crate::message::{Arg, Lang, Words, say, say_with};

/// The most characters of a place's name.
const MOST_NAME: usize = 100;

/// A place that was found in the city.
pub(super) struct Placed {
    pub districts: Set,
    kind: Placing,
}

enum Placing {
    Everywhere,
    Named(Vec<Found>),
    Address(String),
    Around(Spot, Option<String>),
    /// Where an earlier alert was.
    Districts,
}

/// Finds the place, or says what is wrong with it.
pub(super) fn find(place: &Where, city: &City) -> Result<Placed, Vec<Fault>> {
    let all = (city.districts().iter()).fold(Set::NONE, |set, one| set.with(one.bit));
    let (districts, kind) = match place {
        Where::Everywhere => (all, Placing::Everywhere),
        Where::Named(names) => {
            let found = named(names, city)?;
            (together(&found), Placing::Named(found))
        }
        Where::Address { line, within } => {
            let line = checked(line)?;
            if line.is_empty() {
                return Err(vec![Fault::missing(Fact::Line)]);
            }
            (together(&named(within, city)?), Placing::Address(line))
        }
        Where::Around {
            point,
            radius,
            line,
        } => {
            if !Spot::RADII.contains(radius) {
                return Err(vec![no_radius(&radius.to_string())]);
            }
            let spot = Spot {
                point: *point,
                radius_m: *radius,
            };
            let touched = city.touching(&spot.shape());
            if touched.is_empty() {
                let outside = |text| say_with("template-fault-place-outside", [("text", text)]);
                return Err(vec![Fault::about(Fact::Place, outside, &degrees(*point))]);
            }
            let line = line.as_deref().map(checked).transpose()?;
            let line = line.filter(|line| !line.is_empty());
            (touched, Placing::Around(spot, line))
        }
    };
    Ok(Placed { districts, kind })
}

/// The values of the question where that a written text may mean, the likeliest first, and whether
/// one of them is surely meant: districts by their slugs, quarters by their names, `*` for the whole
/// city, a point with or without its metres as `@42.6977,23.3219/300`.
#[must_use]
pub fn places(text: &str, city: &City) -> (Vec<String>, bool) {
    if let Some(spot) = spot(text) {
        return (vec![spot], true);
    }
    let found = city.find(text);
    // The city's own name is asked back about: an alert for everybody is said in so many words.
    let sure =
        (found.first()).is_some_and(|it| it.sureness != Sureness::Guess && it.what != What::City);
    let mut values: Vec<String> = vec![];
    for one in &found {
        for value in values_of(one, city) {
            if !values.contains(&value) {
                values.push(value);
            }
        }
    }
    (values, sure)
}

/// A point that is written, with its metres behind it where they are told.
fn spot(text: &str) -> Option<String> {
    if let Some(point) = Point::read(text) {
        return Some(format!("{SPOT}{}", degrees(point)));
    }
    // The unit stands beside the number, or by itself.
    let text = text.trim().trim_end_matches(char::is_alphabetic);
    let (point, metres) = text.trim().rsplit_once(['/', ' '])?;
    let metres: i64 = metres.parse().ok()?;
    let point = Point::read(point)?;
    Some(format!("{SPOT}{}/{metres}", degrees(point)))
}

fn values_of(found: &Found, city: &City) -> Vec<String> {
    let slugs = || city.in_set(found.districts).map(|it| it.slug.clone());
    match found.what {
        What::City => vec![EVERYWHERE.to_owned()],
        What::District => slugs().collect(),
        What::Place(_) => {
            let own = city.languages().first();
            let name = own.and_then(|lang| found.names.get(lang));
            // A name that others have, too, would not be understood again.
            let alone = name.filter(|name| {
                let named = city.named(name);
                matches!(named.as_slice(), [only] if only.what == found.what && only.districts == found.districts)
            });
            alone.map_or_else(|| slugs().collect(), |name| vec![name.clone()])
        }
    }
}

/// A radius that none can be.
pub(super) fn no_radius(text: &str) -> Fault {
    let wrong = |text| say_with("template-fault-radius", [("text", text)]);
    Fault::about(Fact::Place, wrong, text)
}

/// A point as it is written in facts.
pub(super) fn degrees(point: Point) -> String {
    let (lat, lon) = point.degrees();
    format!("{lat:.6},{lon:.6}")
}

/// A line without what must not stand in one.
fn checked(line: &str) -> Result<String, Vec<Fault>> {
    super::check::bounded(Fact::Line, line, MOST_LINE).map_err(|fault| vec![fault])?;
    Ok(line.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn together(found: &[Found]) -> Set {
    (found.iter()).fold(Set::NONE, |set, one| set.or(one.districts))
}

/// Every name must be that of one place; what is only alike is offered and never taken.
fn named(names: &[String], city: &City) -> Result<Vec<Found>, Vec<Fault>> {
    let names: Vec<&str> = (names.iter())
        .map(|name| name.trim())
        .filter(|name| !name.is_empty())
        .collect();
    if names.is_empty() {
        let words = say("template-fault-place-none");
        return Err(vec![Fault::new(Fact::Place, words)]);
    }
    if names.len() > MOST_PLACES {
        let number = |count: usize| Arg::Number(i64::try_from(count).unwrap_or(i64::MAX));
        let words = say_with(
            "template-fault-place-many",
            [
                ("count", number(names.len())),
                ("most", number(MOST_PLACES)),
            ],
        );
        return Err(vec![Fault::new(Fact::Place, words)]);
    }
    let mut found: Vec<Found> = vec![];
    let mut faults = vec![];
    for name in names {
        match one(name, city) {
            Ok(place) if found.contains(&place) => {}
            Ok(place) => found.push(place),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() {
        Ok(found)
    } else {
        Err(faults)
    }
}

/// The place of this name. A district's name is the district's, also where a quarter has it too.
fn one(name: &str, city: &City) -> Result<Found, Fault> {
    let mut exact = vec![];
    if name.chars().count() <= MOST_NAME {
        exact = city.named(name);
    }
    let district = exact.iter().position(|it| it.what == What::District);
    if let Some(at) = district {
        return Ok(exact.swap_remove(at));
    }
    if exact.iter().any(|it| it.what == What::City) {
        let whole = |text| say_with("template-fault-place-city", [("text", text)]);
        return Err(Fault::about(Fact::Place, whole, name));
    }
    if exact.len() == 1 {
        return Ok(exact.swap_remove(0));
    }
    let several = !exact.is_empty();
    let mut alike = if several { exact } else { city.find(name) };
    alike.retain(|it| it.what != What::City);
    alike.truncate(4);
    let text = ("text", Arg::Text(shown(name)));
    let names = (alike.iter()).map(|it| called_within(it, city));
    let places = ("places", Arg::List(names.collect()));
    let words = match (alike.is_empty(), several) {
        (true, _) => say_with("template-fault-place-unknown", [text]),
        (false, true) => say_with("template-fault-place-several", [text, places]),
        (false, false) => say_with("template-fault-place-alike", [text, places]),
    };
    Err(Fault::new(Fact::Place, words))
}

fn called_within(found: &Found, city: &City) -> Words {
    if found.what == What::District {
        return called(found);
    }
    let districts = letter::districts(found.districts, city);
    say_with(
        "template-place-within",
        [
            ("place", Arg::Words(called(found).into())),
            ("districts", Arg::Words(districts.into())),
        ],
    )
}

/// A place's name in a sentence, with the word for its kind where the language wants one.
fn called(found: &Found) -> Words {
    let kind = match found.what {
        What::District => "district",
        What::City => "city",
        What::Place(Kind::Town) => "town",
        What::Place(Kind::Village) => "village",
        What::Place(Kind::Complex) => "complex",
        What::Place(Kind::Quarter) => "quarter",
        What::Place(Kind::Villa) => "villa",
        What::Place(Kind::Locality) => "locality",
        What::Place(Kind::Area) => "area",
    };
    let name = Arg::Words(Box::new(Words::Written(found.names.clone())));
    let kind = Arg::Text(kind.to_owned());
    say_with("template-place", [("kind", kind), ("name", name)])
}

/// A street or an office as readers of `lang` can read it: in Latin letters outside the city's
/// own language.
pub(super) fn readable(line: &str, lang: Lang, city: &City) -> String {
    if city.languages().first() == Some(&lang) {
        return line.to_owned();
    }
    // Quotation marks go up with the letters.
    latin(
        &line
            .replace('\u{201C}', "\u{201D}")
            .replace('\u{201E}', "\u{201C}"),
    )
}

impl Placed {
    /// Where an alert was that is spoken of again.
    pub fn of(districts: Set) -> Self {
        let kind = Placing::Districts;
        Self { districts, kind }
    }

    /// Whether it names a street or a building.
    pub fn has_line(&self) -> bool {
        matches!(self.kind, Placing::Address(_) | Placing::Around(_, Some(_)))
    }

    /// Where, as a phrase within a sentence.
    pub fn phrase(&self, office: &Drafting<'_>, lang: Lang) -> Result<String, Vec<Fault>> {
        let city = office.city;
        let everything = city.in_set(self.districts).count() == city.districts().len();
        let line = |line: &str| ("line", Arg::Text(readable(line, lang, city)));
        let words = match &self.kind {
            Placing::Address(street) => {
                let districts = letter::districts(self.districts, city);
                let districts = ("districts", Arg::Words(districts.into()));
                say_with("template-at-address", [line(street), districts])
            }
            Placing::Around(spot, Some(street)) => {
                let metres = ("metres", Arg::Number(spot.radius_m));
                say_with("template-in-circle", [line(street), metres])
            }
            Placing::Around(..) => say_with("template-in-part", self.counted(city)),
            _ if everything => say("template-in-city"),
            Placing::Named(found) if found.iter().any(|it| it.what != What::District) => {
                let places = Arg::List(found.iter().map(called).collect());
                let first = found.first().map_or_else(|| say("alert-where"), called);
                // Before some sounds the preposition is another one.
                let initial = fold(&office.word(&first, lang)?).chars().next();
                let initial = Arg::Text(initial.map_or_else(String::new, String::from));
                say_with(
                    "template-in-places",
                    [("initial", initial), ("places", places)],
                )
            }
            _ => say_with("template-in-districts", self.counted(city)),
        };
        office.word(&words, lang)
    }

    fn counted(&self, city: &City) -> Vec<(&'static str, Arg)> {
        let names: Vec<Words> = (city.in_set(self.districts))
            .map(|district| Words::Written(district.names.clone()))
            .collect();
        let count = i64::try_from(names.len()).unwrap_or(i64::MAX);
        vec![
            ("count", Arg::Number(count)),
            ("districts", Arg::List(names)),
        ]
    }

    /// Where, as areas of an alert, named in `lang`.
    pub fn areas(&self, office: &Drafting<'_>, lang: Lang) -> Result<Vec<Area>, Vec<Fault>> {
        let city = office.city;
        let coded = |description: String, districts: Set| Area {
            description,
            shapes: vec![],
            geocodes: (city.in_set(districts))
                .map(|district| Code {
                    scheme: SCHEME.to_owned(),
                    value: district.code.clone(),
                })
                .collect(),
            altitude: None,
            ceiling: None,
        };
        Ok(match &self.kind {
            Placing::Named(found) => (found.iter())
                .map(|it| Ok(coded(office.word(&called(it), lang)?, it.districts)))
                .collect::<Result<_, Vec<Fault>>>()?,
            Placing::Address(line) => vec![coded(readable(line, lang, city), self.districts)],
            Placing::Around(spot, line) => {
                let words = match line {
                    Some(line) => say_with(
                        "template-circle",
                        [
                            ("metres", Arg::Number(spot.radius_m)),
                            ("line", Arg::Text(readable(line, lang, city))),
                        ],
                    ),
                    None => say_with("template-part", self.counted(city)),
                };
                vec![Area {
                    description: office.word(&words, lang)?,
                    shapes: vec![spot.shape()],
                    geocodes: vec![],
                    altitude: None,
                    ceiling: None,
                }]
            }
            Placing::Everywhere | Placing::Districts => {
                vec![coded(city.name(lang).to_owned(), self.districts)]
            }
        })
    }
}

/// The scheme of the districts' own codes.
const SCHEME: &str = "EKATTE";
