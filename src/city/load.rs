//! Puts a city together from its folder; the first fault ends it, named with file and line.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::path::Path;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use super::find::{Entry, Gazetteer, Kind, What};
use super::table::{Row, Source, Table};
use super::topic::Leads;
use super::{Category, City, CityError, District, Set, Topic, boundary};
use crate::message::Lang;

/// What is true of the whole city.
pub(super) struct Facts {
    pub zone: chrono_tz::Tz,
    pub languages: Vec<Lang>,
    pub emergency: String,
    pub names: BTreeMap<Lang, String>,
    pub sender: BTreeMap<Lang, String>,
    pub words: AddressWords,
}

/// `city.toml`, whose own comments say what each key is for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CityToml {
    zone: Parsed<chrono_tz::Tz>,
    languages: Vec<Parsed<Lang>>,
    emergency: String,
    names: BTreeMap<Parsed<Lang>, String>,
    sender: BTreeMap<Parsed<Lang>, String>,
    words: AddressWords,
}

/// A value that is written as text.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Parsed<T>(T);

impl<'de, T: FromStr<Err: Display>> Deserialize<'de> for Parsed<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        text.parse()
            .map(Self)
            .map_err(|e| D::Error::custom(format!("„{text}“: {e}")))
    }
}

/// Words of addresses that are no part of a name.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AddressWords {
    pub district: Vec<String>,
    pub place: Vec<String>,
    pub address: Vec<String>,
}

impl Facts {
    pub fn in_lang<'a>(&self, texts: &'a BTreeMap<Lang, String>, lang: Lang) -> &'a str {
        let own = self.languages.first().and_then(|own| texts.get(own));
        texts.get(&lang).or(own).map_or("", String::as_str)
    }
}

pub(super) fn load(folder: &Path) -> Result<City, CityError> {
    let facts = facts(folder)?;
    let columns = ["code", "bit", "slug", "aliases"];
    let table = Table::read(folder, "districts.csv", &columns, &facts.languages)?;
    let districts = districts(&table, &facts.languages)?;
    let mut geocodes = aliases(&table, &districts)?;
    more_geocodes(folder, &districts, &mut geocodes)?;
    let drawn = boundary::read(folder, "districts.geojson", &districts)?;
    let (topics, leads) = topics(folder, &facts.languages)?;
    let categories = categories(folder, &facts.languages)?;
    let entries = entries(folder, &facts, &districts)?;
    Ok(City {
        gazetteer: Gazetteer::new(entries, &facts.words),
        facts,
        districts,
        topics,
        categories,
        boundaries: drawn.boundaries,
        credit: drawn.credit,
        geocodes,
        leads,
    })
}

fn facts(folder: &Path) -> Result<Facts, CityError> {
    let source = Source::read(folder, "city.toml")?;
    let read: CityToml = toml::from_str(&source.text).map_err(|e| {
        let line = e.span().map_or(1, |span| source.line_of(span.start));
        source.fault(line, e.message())
    })?;
    let by_lang = |texts: BTreeMap<Parsed<Lang>, String>| {
        texts
            .into_iter()
            .map(|(lang, text)| (lang.0, text))
            .collect()
    };
    let facts = Facts {
        zone: read.zone.0,
        languages: read.languages.into_iter().map(|lang| lang.0).collect(),
        emergency: read.emergency,
        names: by_lang(read.names),
        sender: by_lang(read.sender),
        words: read.words,
    };
    if facts.languages.is_empty() {
        return Err(source.fault(1, "languages is empty"));
    }
    let distinct: BTreeSet<&Lang> = facts.languages.iter().collect();
    if distinct.len() != facts.languages.len() {
        return Err(source.fault(1, "languages names one twice"));
    }
    for (table, texts) in [("names", &facts.names), ("sender", &facts.sender)] {
        for lang in &facts.languages {
            if texts.get(lang).is_none_or(|text| text.trim().is_empty()) {
                return Err(source.fault(1, format!("[{table}] has no text in {lang}")));
            }
        }
    }
    if facts.emergency.trim().is_empty() {
        return Err(source.fault(1, "emergency is empty"));
    }
    Ok(facts)
}

fn districts(table: &Table, languages: &[Lang]) -> Result<Vec<District>, CityError> {
    let mut once = Once::default();
    let mut districts = vec![];
    for row in table.rows() {
        let district = District {
            code: row.filled("code")?.to_owned(),
            bit: row.bit()?,
            slug: row.slug("slug")?.to_owned(),
            names: row.names(languages)?,
        };
        once.check(row, "code", &district.code)?;
        once.check(row, "bit", &district.bit.to_string())?;
        once.check(row, "slug", &district.slug)?;
        districts.push(district);
    }
    if districts.is_empty() {
        return Err(table.fault("there is no district"));
    }
    districts.sort_by_key(|district| district.bit);
    Ok(districts)
}

/// The key of a code: only letters and digits count, in either case.
pub(super) fn geocode(scheme: &str, value: &str) -> (String, String) {
    let plain = |text: &str| -> String {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_uppercase)
            .take(64)
            .collect()
    };
    (plain(scheme), plain(value))
}

type Geocodes = BTreeMap<(String, String), Set>;

fn aliases(table: &Table, districts: &[District]) -> Result<Geocodes, CityError> {
    let mut geocodes = Geocodes::new();
    for row in table.rows() {
        let set = districts_of(row, row.cell("code"), districts)?;
        for alias in row.cell("aliases").split_whitespace() {
            let (scheme, value) = alias
                .split_once(':')
                .ok_or_else(|| row.fault(format!("the alias {alias} is not SCHEME:CODE")))?;
            add_geocode(&mut geocodes, row, scheme, value, set)?;
        }
    }
    Ok(geocodes)
}

fn more_geocodes(
    folder: &Path,
    districts: &[District],
    geocodes: &mut Geocodes,
) -> Result<(), CityError> {
    let columns = ["scheme", "value", "districts"];
    let table = Table::read(folder, "geocodes.csv", &columns, &[])?;
    for row in table.rows() {
        let set = match row.filled("districts")? {
            "all" => whole(districts),
            codes => districts_of(row, codes, districts)?,
        };
        let (scheme, value) = (row.filled("scheme")?, row.filled("value")?);
        add_geocode(geocodes, row, scheme, value, set)?;
    }
    Ok(())
}

fn add_geocode(
    geocodes: &mut Geocodes,
    row: Row<'_>,
    scheme: &str,
    value: &str,
    set: Set,
) -> Result<(), CityError> {
    match geocodes.insert(geocode(scheme, value), set) {
        None => Ok(()),
        Some(_) => Err(row.fault(format!("{scheme} {value} is there twice"))),
    }
}

fn whole(districts: &[District]) -> Set {
    districts
        .iter()
        .fold(Set::NONE, |set, district| set.with(district.bit))
}

/// The set of some districts' codes parted by spaces; at least one.
fn districts_of(row: Row<'_>, codes: &str, districts: &[District]) -> Result<Set, CityError> {
    codes.split_whitespace().try_fold(Set::NONE, |set, code| {
        let district = districts
            .iter()
            .find(|district| district.code == code)
            .ok_or_else(|| row.fault(format!("{code} is no district's code")))?;
        Ok(set.with(district.bit))
    })
}

fn topics(folder: &Path, languages: &[Lang]) -> Result<(Vec<Topic>, Leads), CityError> {
    let columns = ["code", "bit", "cap", "usual", "words"];
    let table = Table::read(folder, "topics.csv", &columns, languages)?;
    let mut once = Once::default();
    let mut leads = Leads::default();
    let mut topics = vec![];
    for row in table.rows() {
        let topic = Topic {
            code: row.slug("code")?.to_owned(),
            bit: row.bit()?,
            names: row.names(languages)?,
            usual: match row.cell("usual") {
                "yes" => true,
                "" => false,
                _ => return Err(row.fault("usual is yes or empty")),
            },
        };
        once.check(row, "code", &topic.code)?;
        once.check(row, "bit", &topic.bit.to_string())?;
        leads
            .add(topic.bit, row.filled("words")?, row.cell("cap"))
            .map_err(|what| row.fault(what))?;
        topics.push(topic);
    }
    if topics.is_empty() {
        return Err(table.fault("there is no topic"));
    }
    topics.sort_by_key(|topic| topic.bit);
    Ok((topics, leads))
}

fn categories(folder: &Path, languages: &[Lang]) -> Result<Vec<Category>, CityError> {
    let columns = ["code", "parent", "count"];
    let table = Table::read(folder, "categories.csv", &columns, languages)?;
    let mut once = Once::default();
    let mut categories: Vec<Category> = vec![];
    for row in table.rows() {
        let code = row.slug("code")?.to_owned();
        once.check(row, "code", &code)?;
        let parent = Some(row.cell("parent")).filter(|parent| !parent.is_empty());
        if let Some(parent) = parent {
            let above = categories.iter().find(|above| above.code == parent);
            if above.is_none_or(|above| above.parent.is_some()) {
                return Err(row.fault(format!("{parent} is no upper category before this line")));
            }
        }
        categories.push(Category {
            code,
            parent: parent.map(str::to_owned),
            names: row.names(languages)?,
            count: row.number("count")?,
        });
    }
    Ok(categories)
}

/// Everything that can be found by name: the city, its districts, its places.
fn entries(folder: &Path, facts: &Facts, districts: &[District]) -> Result<Vec<Entry>, CityError> {
    let mut entries = vec![Entry {
        what: What::City,
        names: facts.names.clone(),
        also: None,
        districts: whole(districts),
    }];
    entries.extend(districts.iter().map(|district| Entry {
        what: What::District,
        names: district.names.clone(),
        also: Some(district.code.clone()),
        districts: Set::NONE.with(district.bit),
    }));
    let columns = ["kind", "districts", "source"];
    let table = Table::read(folder, "places.csv", &columns, &facts.languages)?;
    let mut once = Once::default();
    for row in table.rows() {
        let names = row.names(&facts.languages)?;
        let kind = row.filled("kind")?;
        let kind =
            Kind::parse(kind).ok_or_else(|| row.fault(format!("{kind} is no kind of place")))?;
        if !matches!(
            row.cell("source"),
            "EKATTE" | "geometry" | "general knowledge"
        ) {
            return Err(row.fault("source is EKATTE, geometry or general knowledge"));
        }
        for name in names.values() {
            once.check(row, "kind and name", &format!("{kind:?} {name}"))?;
        }
        entries.push(Entry {
            what: What::Place(kind),
            names,
            also: None,
            districts: districts_of(row, row.filled("districts")?, districts)?,
        });
    }
    Ok(entries)
}

/// Refuses what may be there only once.
#[derive(Default)]
struct Once(BTreeMap<(&'static str, String), u64>);

impl Once {
    fn check(&mut self, row: Row<'_>, what: &'static str, value: &str) -> Result<(), CityError> {
        match self.0.insert((what, value.to_owned()), row.line()) {
            None => Ok(()),
            Some(line) => Err(row.fault(format!("{what} {value} is already on line {line}"))),
        }
    }
}
