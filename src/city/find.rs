//! Finds districts and places by what people type: one folded key, kind words, small slips.

use std::collections::{BTreeMap, BTreeSet};

use super::Set;
use super::alike::{LEAST_ALIKE, Letters, is_slip, may_be_alike};
use super::load::AddressWords;
use crate::base::fold::{fold, part_trailing_digits, spellings};
use crate::message::Lang;

/// The most of a text that is read, in characters.
const MOST_TEXT: usize = 300;
/// How many names that are only alike are suggested.
const MOST_SUGGESTED: usize = 3;

/// Something that a text may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What it is.
    pub what: What,
    /// Its name in each language.
    pub names: BTreeMap<Lang, String>,
    /// Where it is; more than one district when it spans them or nobody is sure. Never empty.
    pub districts: Set,
    /// How sure it is that this was meant.
    pub sureness: Sureness,
}

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// The whole city.
    City,
    /// A district.
    District,
    /// A place in one or more districts.
    Place(Kind),
}

/// The kind of a place, which decides what stands before its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A town.
    Town,
    /// A village.
    Village,
    /// A housing complex.
    Complex,
    /// A quarter.
    Quarter,
    /// A zone of villas.
    Villa,
    /// A locality outside the built-up land.
    Locality,
    /// Anything else that people call by a name: a park, a zone of works, a landmark.
    Area,
}

impl Kind {
    /// The kind as `places.csv` writes it.
    pub(super) fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "town" => Self::Town,
            "village" => Self::Village,
            "complex" => Self::Complex,
            "quarter" => Self::Quarter,
            "villa" => Self::Villa,
            "locality" => Self::Locality,
            "area" => Self::Area,
            _ => return None,
        })
    }
}

/// How sure a find is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sureness {
    /// The name itself, in whatever script and spelling.
    Exact,
    /// One slip away, or with a house's number behind it.
    Near,
    /// Only alike: to be offered, never to be acted on.
    Guess,
}

/// What can be found.
pub(super) struct Entry {
    pub what: What,
    pub names: BTreeMap<Lang, String>,
    /// A code that people may type for it.
    pub also: Option<String>,
    pub districts: Set,
}

/// The names of a city by their keys.
pub(super) struct Gazetteer {
    entries: Vec<Entry>,
    by_key: BTreeMap<String, Vec<usize>>,
    district_words: Vec<String>,
    place_words: Vec<String>,
    address_words: Vec<String>,
}

/// One way to read a text: a key, and what its kind words asked for.
#[derive(Clone)]
struct Reading {
    key: String,
    wants: Option<Wants>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Wants {
    District,
    Place,
}

impl Gazetteer {
    pub fn new(entries: Vec<Entry>, words: &AddressWords) -> Self {
        let mut by_key: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (number, entry) in entries.iter().enumerate() {
            let keys: BTreeSet<String> = entry
                .names
                .values()
                .chain(&entry.also)
                .flat_map(|name| spellings(name))
                .collect();
            for key in keys {
                by_key.entry(key).or_default().push(number);
            }
        }
        let keys = |words: &[String]| -> Vec<String> {
            let mut keys: Vec<String> = words.iter().map(|word| fold(word)).collect();
            keys.retain(|key| !key.is_empty());
            // Longer ones first, lest a word that begins another hide it.
            keys.sort_by_key(|key| std::cmp::Reverse(key.len()));
            keys
        };
        Self {
            by_key,
            entries,
            district_words: keys(&words.district),
            place_words: keys(&words.place),
            address_words: keys(&words.address),
        }
    }

    pub fn find(&self, text: &str) -> Vec<Found> {
        let text: String = text.chars().take(MOST_TEXT).collect();
        let whole = self.readings(&text);
        let parts: Vec<Vec<Reading>> = text
            .split([',', ';', '\n'])
            .map(|part| self.readings(part))
            .collect();

        let exact = |readings: &Vec<Reading>| self.exact(readings);
        let near = |readings: &Vec<Reading>| self.near(readings);
        let mut found = exact(&whole);
        let mut sureness = Sureness::Exact;
        if found.is_empty() {
            found = self.narrowest(parts.iter().flat_map(exact).collect());
        }
        if found.is_empty() {
            sureness = Sureness::Near;
            found = near(&whole);
        }
        if found.is_empty() {
            found = self.narrowest(parts.iter().flat_map(near).collect());
        }
        if found.is_empty() {
            sureness = Sureness::Guess;
            found = self.alike(&whole);
        }
        let mut told = BTreeSet::new();
        found.retain(|number| told.insert(*number));
        found
            .into_iter()
            .map(|number| self.found(number, sureness))
            .collect()
    }

    /// What a text is the very name of; unlike [`Gazetteer::find`] it forgives no slip.
    pub fn named(&self, text: &str) -> Vec<Found> {
        let numbers = self.exact(&self.readings(text)).into_iter();
        numbers
            .map(|number| self.found(number, Sureness::Exact))
            .collect()
    }

    fn found(&self, number: usize, sureness: Sureness) -> Found {
        let entry = &self.entries[number];
        Found {
            what: entry.what,
            names: entry.names.clone(),
            districts: entry.districts,
            sureness,
        }
    }

    /// In an address the city's own name says nothing more when something within it is named.
    fn narrowest(&self, mut found: Vec<usize>) -> Vec<usize> {
        let is_city = |number: &usize| self.entries[*number].what == What::City;
        if !found.iter().all(is_city) {
            found.retain(|number| !is_city(number));
        }
        found
    }

    /// The ways to read a text, the most literal first.
    fn readings(&self, text: &str) -> Vec<Reading> {
        let mut readings: Vec<Reading> = vec![];
        for key in [fold(text), fold(&part_trailing_digits(text))] {
            let key = self.before_address(&key);
            for reading in [
                Reading {
                    key: key.to_owned(),
                    wants: None,
                },
                self.bare(key),
            ] {
                let known = readings.iter().any(|known| known.key == reading.key);
                if !reading.key.is_empty() && !known {
                    readings.push(reading);
                }
            }
        }
        readings
    }

    /// What stands before the first word of an address: its street, its block.
    fn before_address<'k>(&self, key: &'k str) -> &'k str {
        let cut = self
            .address_words
            .iter()
            .filter_map(|word| position(key, word))
            .min();
        key[..cut.unwrap_or(key.len())].trim_end()
    }

    /// The name without the kind words before and after it.
    fn bare(&self, key: &str) -> Reading {
        let mut rest = key;
        let mut wants = None;
        loop {
            let district = self
                .district_words
                .iter()
                .map(|word| (word, Wants::District));
            let place = self.place_words.iter().map(|word| (word, Wants::Place));
            let shorter = district
                .chain(place)
                .find_map(|(word, kind)| Some((without(rest, word)?, kind)));
            match shorter {
                Some((shorter, kind)) => {
                    rest = shorter;
                    wants = wants.or(Some(kind));
                }
                None => break,
            }
        }
        Reading {
            key: rest.to_owned(),
            wants,
        }
    }

    fn exact(&self, readings: &[Reading]) -> Vec<usize> {
        readings
            .iter()
            .filter_map(|reading| Some((self.by_key.get(&reading.key)?, reading.wants)))
            .map(|(numbers, wants)| self.wanted(numbers, wants))
            .next()
            .unwrap_or_default()
    }

    /// Of several things of one name those that were asked for, if any; and no place that only
    /// repeats what a district of its name says.
    fn wanted(&self, numbers: &[usize], wants: Option<Wants>) -> Vec<usize> {
        let is_district = |number: &&usize| self.entries[**number].what == What::District;
        let (districts, others): (Vec<&usize>, Vec<&usize>) = numbers.iter().partition(is_district);
        let kept = match wants {
            Some(Wants::District) if !districts.is_empty() => districts,
            Some(Wants::Place) if !others.is_empty() => others,
            _ => {
                let says_more = |number: &&usize| {
                    districts.iter().all(|district| {
                        self.entries[**district].districts != self.entries[**number].districts
                    })
                };
                let more: Vec<&usize> = others.into_iter().filter(says_more).collect();
                districts.into_iter().chain(more).collect()
            }
        };
        kept.into_iter().copied().collect()
    }

    /// Names one slip away; failing that, the name before a number.
    fn near(&self, readings: &[Reading]) -> Vec<usize> {
        for reading in readings {
            let letters = Letters::of(&reading.key);
            let numbers: Vec<usize> = self
                .by_key
                .iter()
                .filter(|(key, _)| is_slip(&reading.key, &letters, key))
                .flat_map(|(_, numbers)| numbers)
                .copied()
                .collect();
            if !numbers.is_empty() {
                return self.wanted(&numbers, reading.wants);
            }
        }
        readings
            .iter()
            .map(|reading| {
                let mut shorter = reading.clone();
                while let Some(name) = without_number(&shorter.key) {
                    shorter.key = name.to_owned();
                    let found = self.exact(std::slice::from_ref(&shorter));
                    if !found.is_empty() {
                        return found;
                    }
                }
                vec![]
            })
            .find(|found| !found.is_empty())
            .unwrap_or_default()
    }

    /// The few names that are most alike, best first.
    fn alike(&self, readings: &[Reading]) -> Vec<usize> {
        let mut scores: BTreeMap<usize, f64> = BTreeMap::new();
        for reading in readings {
            let letters = Letters::of(&reading.key);
            let may_be = |key: &&String| may_be_alike(&reading.key, &letters, key);
            for (key, numbers) in self.by_key.iter().filter(|(key, _)| may_be(key)) {
                let score = strsim::jaro_winkler(&reading.key, key);
                for number in numbers.iter().filter(|_| score >= LEAST_ALIKE) {
                    let best = scores.entry(*number).or_default();
                    *best = best.max(score);
                }
            }
        }
        let mut best: Vec<(usize, f64)> = scores.into_iter().collect();
        best.sort_by(|one, other| other.1.total_cmp(&one.1));
        best.truncate(MOST_SUGGESTED);
        best.into_iter().map(|(number, _)| number).collect()
    }
}

/// Where `words` stand in `key` as whole words, in bytes.
fn position(key: &str, words: &str) -> Option<usize> {
    key.match_indices(words)
        .map(|(at, _)| at)
        .find(|at| is_word_edge(key, *at) && is_word_edge(key, at + words.len()))
}

fn is_word_edge(key: &str, at: usize) -> bool {
    at == 0 || at == key.len() || key[..at].ends_with(' ') || key[at..].starts_with(' ')
}

/// The key without `words` at its beginning or end, if they stand there and something remains.
fn without<'k>(key: &'k str, words: &str) -> Option<&'k str> {
    let before = key
        .strip_prefix(words)
        .and_then(|rest| rest.strip_prefix(' '));
    let after = || {
        key.strip_suffix(words)
            .and_then(|rest| rest.strip_suffix(' '))
    };
    before.or_else(after).filter(|rest| !rest.is_empty())
}

/// The key without its last word, if that is a number or a single letter.
fn without_number(key: &str) -> Option<&str> {
    let (name, last) = key.rsplit_once(' ')?;
    let is_number = last.chars().all(char::is_numeric) || last.chars().count() == 1;
    is_number.then_some(name)
}
