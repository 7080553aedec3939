//! Reads the fields of JSON one by one, and says of each what is wrong with it and where it stands.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::base::clock::Millis;
use crate::message::{Arg, Lang, Words, say, say_with};

/// The most characters of any text; what a text is for may allow fewer.
const MOST: usize = 4000;
/// The most characters of somebody's words that are repeated to them.
const SHOWN: usize = 40;
/// The most faults that are told at once.
const TOLD: usize = 20;

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq)]
pub struct Wrong {
    /// Where it stands, as a JSON pointer (RFC 6901) into the body.
    pub pointer: String,
    /// What is wrong and what is expected.
    pub words: Words,
}

/// Everything that is wrong so far.
#[derive(Debug, Default)]
pub struct Faults(pub Vec<Wrong>);

impl Faults {
    /// Adds one, unless there are many already.
    pub fn add(&mut self, pointer: String, words: Words) {
        if self.0.len() < TOLD {
            self.0.push(Wrong { pointer, words });
        }
    }
}

/// The fields of an object.
pub struct Fields<'a> {
    map: &'a Map<String, Value>,
    pointer: String,
    known: Vec<&'static str>,
}

/// A name within a pointer (RFC 6901 §3).
fn escaped(name: &str) -> String {
    let name: String = name.chars().take(SHOWN).collect();
    name.replace('~', "~0").replace('/', "~1")
}

fn shown(name: &str) -> String {
    name.chars().take(SHOWN).collect()
}

fn codes(all: &[&str]) -> Arg {
    let all = all.iter().map(|one| Words::Verbatim((*one).to_owned()));
    Arg::List(all.collect())
}

/// The text of a value; control characters other than line breaks and tabs are no text.
fn plain<'a>(value: &'a Value, pointer: &str, faults: &mut Faults) -> Option<&'a str> {
    let Some(text) = value.as_str() else {
        faults.add(pointer.to_owned(), say("api-field-text"));
        return None;
    };
    let odd = |char: char| char.is_control() && !matches!(char, '\n' | '\r' | '\t');
    if text.contains(odd) {
        faults.add(pointer.to_owned(), say("api-field-control"));
        return None;
    }
    if text.chars().count() > MOST {
        let most = Arg::Number(i64::try_from(MOST).unwrap_or(i64::MAX));
        let words = say_with("api-field-long", [("most", most)]);
        faults.add(pointer.to_owned(), words);
        return None;
    }
    Some(text)
}

impl<'a> Fields<'a> {
    /// The fields of `value`, which stands at `pointer`; none where it is no object.
    pub fn of(value: &'a Value, pointer: &str, faults: &mut Faults) -> Option<Self> {
        let Some(map) = value.as_object() else {
            faults.add(pointer.to_owned(), say("api-field-object"));
            return None;
        };
        Some(Self {
            map,
            pointer: pointer.to_owned(),
            known: vec![],
        })
    }

    /// Where the field `name` stands.
    #[must_use]
    pub fn at(&self, name: &str) -> String {
        format!("{}/{}", self.pointer, escaped(name))
    }

    /// The field `name`; `null` counts as absent.
    pub fn find(&mut self, name: &'static str) -> Option<&'a Value> {
        self.known.push(name);
        self.map.get(name).filter(|value| !value.is_null())
    }

    /// The field `name`, which must be there.
    pub fn need(&mut self, name: &'static str, faults: &mut Faults) -> Option<&'a Value> {
        let found = self.find(name);
        if found.is_none() {
            faults.add(self.at(name), say("api-field-missing"));
        }
        found
    }

    /// A text.
    pub fn text(&mut self, name: &'static str, faults: &mut Faults) -> Option<&'a str> {
        let value = self.find(name)?;
        plain(value, &self.at(name), faults)
    }

    /// A text that must be there.
    pub fn need_text(&mut self, name: &'static str, faults: &mut Faults) -> Option<&'a str> {
        let value = self.need(name, faults)?;
        plain(value, &self.at(name), faults)
    }

    /// One of some codes, as `parse` reads it.
    pub fn code<T>(
        &mut self,
        name: &'static str,
        (parse, all): (impl Fn(&str) -> Option<T>, &[&str]),
        faults: &mut Faults,
    ) -> Option<T> {
        let text = self.text(name, faults)?;
        let read = parse(text).filter(|_| all.contains(&text));
        if read.is_none() {
            let given = ("given", Arg::Text(shown(text)));
            let words = say_with("api-field-code", [given, ("all", codes(all))]);
            faults.add(self.at(name), words);
        }
        read
    }

    /// Yes or no; no where it is absent.
    pub fn flag(&mut self, name: &'static str, faults: &mut Faults) -> bool {
        let value = self.find(name);
        let flag = value.map_or(Some(false), Value::as_bool);
        if flag.is_none() {
            faults.add(self.at(name), say("api-field-flag"));
        }
        flag.unwrap_or(false)
    }

    /// A whole number.
    pub fn number(&mut self, name: &'static str, faults: &mut Faults) -> Option<i64> {
        let value = self.find(name)?;
        let number = value.as_i64();
        if number.is_none() {
            faults.add(self.at(name), say("api-field-number"));
        }
        number
    }

    /// A moment in RFC 3339, with its offset.
    pub fn moment(&mut self, name: &'static str, faults: &mut Faults) -> Option<Millis> {
        let text = self.text(name, faults)?;
        // CAP and the database have years of four digits.
        let written = text.len() <= 40 && text.as_bytes().get(4) == Some(&b'-');
        let moment = Millis::parse_rfc3339(text).ok().filter(|_| written);
        if moment.is_none() {
            faults.add(self.at(name), say("api-field-moment"));
        }
        moment
    }

    /// A list of texts, none where it is absent.
    pub fn list(&mut self, name: &'static str, faults: &mut Faults) -> Vec<String> {
        let Some(value) = self.find(name) else {
            return vec![];
        };
        let Some(items) = value.as_array() else {
            faults.add(self.at(name), say("api-field-list"));
            return vec![];
        };
        let mut texts = vec![];
        for (number, item) in items.iter().enumerate() {
            let pointer = format!("{}/{number}", self.at(name));
            texts.extend(plain(item, &pointer, faults).map(str::to_owned));
        }
        texts
    }

    /// Texts by language.
    pub fn texts(&mut self, name: &'static str, faults: &mut Faults) -> BTreeMap<Lang, String> {
        let Some(value) = self.find(name) else {
            return BTreeMap::new();
        };
        let Some(by_lang) = value.as_object() else {
            faults.add(self.at(name), say("api-field-texts"));
            return BTreeMap::new();
        };
        let mut texts = BTreeMap::new();
        for (tag, value) in by_lang {
            let pointer = format!("{}/{}", self.at(name), escaped(tag));
            let Some(lang) = tag.parse().ok().filter(|_| (2..=3).contains(&tag.len())) else {
                faults.add(pointer, say("api-field-language"));
                continue;
            };
            if let Some(text) = plain(value, &pointer, faults) {
                texts.insert(lang, text.to_owned());
            }
        }
        texts
    }

    /// Refuses, by name, every field that nobody asked for.
    pub fn end(self, faults: &mut Faults) {
        for name in self.map.keys() {
            if !self.known.contains(&name.as_str()) {
                let given = ("given", Arg::Text(shown(name)));
                let words = say_with("api-field-unknown", [given, ("all", codes(&self.known))]);
                faults.add(self.at(name), words);
            }
        }
    }
}
