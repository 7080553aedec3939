//! `glas where`: what a name, an address or a pair of coordinates means in the city.

use std::collections::BTreeMap;

use crate::base::point::Point;
use crate::city::{City, District, Found, Set, Sureness, What};
use crate::message::catalogue::{Catalogue, CatalogueError};
use crate::message::{Arg, Lang, Words, say, say_with};

/// The most of a query that is said back, in characters.
const MOST_SAID_BACK: usize = 80;

/// What `glas where QUERY` prints, in `lang`: the district of a point (`LAT,LON` in degrees), or
/// what a text may mean, one line each, without a line break at the end.
///
/// # Errors
/// A message that the catalogue lacks.
pub fn answer(
    city: &City,
    catalogue: &Catalogue,
    lang: Lang,
    query: &str,
) -> Result<String, CatalogueError> {
    let lines = match Point::read(query) {
        Some(point) => vec![at_point(city, point)],
        None if query.trim().is_empty() => vec![say("where-empty")],
        None => by_name(city, query),
    };
    let worded: Vec<String> = lines
        .iter()
        .map(|line| catalogue.word(line, lang))
        .collect::<Result<_, _>>()?;
    Ok(worded.join("\n"))
}

fn at_point(city: &City, point: Point) -> Words {
    match city.district_at(point) {
        Some(district) => say_with("where-point", about(district)),
        None => say_with("where-outside", [("city", Arg::Words(whole(city).into()))]),
    }
}

fn by_name(city: &City, query: &str) -> Vec<Words> {
    let found = city.find(query);
    let asked = ("query", Arg::Text(said_back(query)));
    let Some(first) = found.first() else {
        return vec![say_with("where-nothing", [asked])];
    };
    let mut lines = vec![];
    match first.sureness {
        Sureness::Guess => {
            lines.push(say_with("where-guess", [asked]));
            lines.extend(found.iter().map(|found| item(city, found)));
            return lines;
        }
        Sureness::Near => lines.push(say_with("where-near", [asked])),
        Sureness::Exact => {}
    }
    if found.len() == 1 {
        lines.push(single(city, first));
    } else {
        lines.push(say("where-several"));
        lines.extend(found.iter().map(|found| item(city, found)));
        lines.push(say("where-choose"));
    }
    lines
}

/// The query as it may be printed: short, and no control character.
fn said_back(query: &str) -> String {
    query
        .trim()
        .chars()
        .filter(|c| !c.is_control())
        .take(MOST_SAID_BACK)
        .collect()
}

fn single(city: &City, found: &Found) -> Words {
    let districts: Vec<&District> = city.in_set(found.districts).collect();
    match (found.what, districts.as_slice()) {
        (What::City, all) => say_with(
            "where-city",
            [
                ("city", Arg::Words(name(&found.names).into())),
                ("count", Arg::Number(i64::try_from(all.len()).unwrap_or(0))),
            ],
        ),
        (What::District, [district]) => say_with("where-district", about(district)),
        (What::Place(_), [district]) => {
            let mut args = about(district).to_vec();
            args.push(("place", Arg::Words(found.called().into())));
            say_with("where-place", args)
        }
        _ => say_with(
            "where-spanning",
            [
                ("place", Arg::Words(found.called().into())),
                ("districts", list(city, found.districts)),
            ],
        ),
    }
}

/// A find among others; a district's own name says enough.
fn item(city: &City, found: &Found) -> Words {
    match found.what {
        What::City | What::District => found.called(),
        What::Place(_) => say_with(
            "where-item",
            [
                ("place", Arg::Words(found.called().into())),
                ("districts", list(city, found.districts)),
            ],
        ),
    }
}

fn list(city: &City, set: Set) -> Arg {
    Arg::List(
        city.in_set(set)
            .map(|district| {
                let named = ("name", Arg::Words(name(&district.names).into()));
                say_with("where-name-district", [named])
            })
            .collect(),
    )
}

fn about(district: &District) -> [(&'static str, Arg); 2] {
    [
        ("district", Arg::Words(name(&district.names).into())),
        ("code", Arg::Text(district.code.clone())),
    ]
}

fn name(names: &BTreeMap<Lang, String>) -> Words {
    Words::Written(names.clone())
}

fn whole(city: &City) -> Words {
    let names = city.languages().iter();
    Words::Written(
        names
            .map(|lang| (*lang, city.name(*lang).to_owned()))
            .collect(),
    )
}

/// `glas where`.
///
/// # Errors
/// A message that the catalogue lacks.
pub fn run(words: &super::words::Words, query: &str) -> anyhow::Result<bool> {
    let loaded = &words.loaded;
    println!(
        "{}",
        answer(&loaded.city, &loaded.catalogue, words.lang, query)?
    );
    Ok(true)
}
