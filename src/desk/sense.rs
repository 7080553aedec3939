//! What free text most likely wants: words of danger first, then what the city and its abilities are
//! called.

use crate::base::fold::fold;
use crate::city::{City, Set, Sureness};
use crate::features::subscribe::rules::{find_places, places_found};
use crate::message::catalogue::{Catalogue, CatalogueError};
use crate::message::{Key, Lang, Words, say};

use super::commands::Ability;

/// The most of a text that is looked at, in bytes.
const MOST: usize = 2000;
/// The most words of a sentence among which a place is looked for, and the most of its name.
const MOST_WORDS: usize = 40;
const LONGEST_NAME: usize = 3;

/// Words by which free text is understood, in every language.
#[derive(Debug, Clone)]
pub struct Senses {
    danger: Vec<Pattern>,
    /// Words beside which those of danger report none.
    calm: Vec<Pattern>,
    /// Words before the name of a place in a sentence.
    before_place: Vec<String>,
    abilities: Vec<(Ability, Vec<Pattern>)>,
    /// Words that one language has and the others have not.
    languages: Vec<(Lang, Vec<Pattern>)>,
}

/// Folded words that stand in a row; the last may be the beginning of one.
#[derive(Debug, Clone)]
struct Pattern {
    words: Vec<String>,
    open: bool,
}

/// What a text seems to be about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sense {
    /// It reads as if somebody were in danger.
    pub danger: bool,
    /// Districts that it names, as values of a place question.
    pub places: Vec<String>,
    /// Districts that it may mean where it names none for sure.
    pub alike: Set,
    /// Topics that it names.
    pub topics: Set,
    /// Abilities that it may ask for, the likeliest first.
    pub abilities: Vec<Ability>,
}

/// As much of a text as is looked at.
fn start(text: &str) -> &str {
    &text[..text.floor_char_boundary(MOST)]
}

impl Senses {
    /// Reads the words of every language that is installed.
    ///
    /// # Errors
    /// A word that a language lacks.
    pub fn load(catalogue: &Catalogue) -> Result<Self, CatalogueError> {
        let patterns = |key: Key| {
            let mut found = vec![];
            for lang in catalogue.languages() {
                let words = catalogue.word(&Words::Say(key, vec![]), lang)?;
                found.extend(words.split(',').filter_map(Pattern::read));
            }
            Ok(found)
        };
        Ok(Self {
            danger: patterns(Key("sense-danger"))?,
            calm: patterns(Key("sense-calm"))?,
            before_place: patterns(Key("sense-in"))?
                .into_iter()
                .flat_map(|pattern| pattern.words)
                .collect(),
            languages: (catalogue.languages().into_iter())
                .map(|lang| {
                    let words = catalogue.word(&say("sense-language"), lang)?;
                    Ok((lang, words.split(',').filter_map(Pattern::read).collect()))
                })
                .collect::<Result<_, CatalogueError>>()?,
            abilities: vec![
                (Ability::Now, patterns(Key("sense-now"))?),
                (Ability::Settings, patterns(Key("sense-settings"))?),
                (Ability::Stop, patterns(Key("sense-stop"))?),
                (Ability::MyData, patterns(Key("sense-mydata"))?),
                (Ability::Forget, patterns(Key("sense-forget"))?),
                (Ability::Start, patterns(Key("sense-start"))?),
            ],
        })
    }

    /// The language that `text` is written in, when more of its words tell of that than of any
    /// other.
    #[must_use]
    pub fn language(&self, text: &str) -> Option<Lang> {
        let folded = fold(start(text));
        let words: Vec<&str> = folded.split(' ').collect();
        let mut told: Vec<(usize, Lang)> = (self.languages.iter())
            .map(|(lang, signs)| {
                (
                    signs.iter().filter(|sign| sign.is_in(&words)).count(),
                    *lang,
                )
            })
            .collect();
        told.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        match told.as_slice() {
            [(0, _), ..] | [] => None,
            [(most, _), (next, _), ..] if most == next => None,
            [(_, lang), ..] => Some(*lang),
        }
    }

    /// The values of a place question that `text` may mean, the likeliest first, and whether it
    /// is sure that one of them is meant: it is the name, or a sentence that holds it.
    #[must_use]
    pub fn places(&self, text: &str, city: &City) -> (Vec<String>, bool) {
        let found = city.find(text);
        let sure = (found.first()).is_some_and(|found| found.sureness != Sureness::Guess);
        if sure {
            return (find_places(city, text), true);
        }
        let folded = fold(text);
        let words: Vec<&str> = folded.split(' ').collect();
        match self.places_within(city, &words) {
            within if !within.is_empty() => (within, true),
            _ => (find_places(city, text), false),
        }
    }

    /// What `text` seems to be about.
    #[must_use]
    pub fn sense(&self, text: &str, city: &City) -> Sense {
        let text = start(text);
        let folded = fold(text);
        let words: Vec<&str> = folded.split(' ').collect();
        let met = |patterns: &[Pattern]| patterns.iter().any(|pattern| pattern.is_in(&words));
        let found = city.find(text);
        let sure = (found.first()).is_some_and(|found| found.sureness != Sureness::Guess);
        let mut topics = city.topic_for("", text);
        if topics == Set::ALL {
            topics = Set::NONE;
        }
        Sense {
            danger: met(&self.danger) && !met(&self.calm),
            places: if sure {
                places_found(city, &found)
            } else {
                self.places_within(city, &words)
            },
            alike: found.first().map_or(Set::NONE, |found| found.districts),
            topics,
            abilities: (self.abilities.iter())
                .filter(|(_, patterns)| met(patterns))
                .map(|(ability, _)| *ability)
                .collect(),
        }
    }
}

impl Senses {
    /// The districts of the place that a sentence names after a word like "in"; a name anywhere
    /// else in it may be an ordinary word.
    fn places_within(&self, city: &City, words: &[&str]) -> Vec<String> {
        let starts = (words.iter().take(MOST_WORDS).enumerate())
            .filter(|(_, word)| self.before_place.iter().any(|known| known == *word))
            .map(|(at, _)| at + 1);
        for start in starts {
            for length in (1..=LONGEST_NAME).rev() {
                let Some(name) = words.get(start..start + length) else {
                    continue;
                };
                let name = name.join(" ");
                if !city.named(&name).is_empty() {
                    return find_places(city, &name);
                }
            }
        }
        vec![]
    }
}

impl Pattern {
    fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let words: Vec<String> = fold(text).split(' ').map(str::to_owned).collect();
        let some = words.iter().any(|word| !word.is_empty());
        some.then(|| Self {
            words,
            open: text.ends_with('*'),
        })
    }

    fn is_in(&self, text: &[&str]) -> bool {
        let last = self.words.len() - 1;
        text.windows(self.words.len()).any(|window| {
            (window.iter().zip(&self.words).enumerate()).all(|(at, (said, word))| {
                said == word || (self.open && at == last && said.starts_with(word.as_str()))
            })
        })
    }
}
