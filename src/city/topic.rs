//! What an alert is about: from its event's words or its CAP category to the city's topics.

use std::collections::BTreeMap;

use super::Set;
use crate::base::fold::fold;

/// The most of an event's text that is read, in characters.
const MOST_EVENT: usize = 400;

/// The categories of CAP 1.2 §3.2.2.
const CATEGORIES: [&str; 12] = [
    "Geo",
    "Met",
    "Safety",
    "Security",
    "Rescue",
    "Fire",
    "Health",
    "Env",
    "Transport",
    "Infra",
    "CBRNE",
    "Other",
];

/// What leads to each topic.
#[derive(Default)]
pub(super) struct Leads {
    phrases: Vec<(Vec<Pattern>, u8)>,
    categories: BTreeMap<&'static str, Set>,
}

/// One word of a phrase, folded.
struct Pattern {
    word: String,
    /// Whether a word that only begins so is meant too.
    open: bool,
}

impl Pattern {
    fn fits(&self, word: &str) -> bool {
        word == self.word || self.open && word.starts_with(&self.word)
    }
}

impl Leads {
    /// Takes up what leads to a topic: phrases parted by `;`, categories parted by spaces.
    pub fn add(&mut self, bit: u8, phrases: &str, categories: &str) -> Result<(), String> {
        for phrase in phrases.split(';').map(str::trim) {
            let patterns: Vec<Pattern> = phrase.split_whitespace().flat_map(patterns).collect();
            if patterns.is_empty() {
                return Err(format!("„{phrase}“ has no word"));
            }
            self.phrases.push((patterns, bit));
        }
        for category in categories.split_whitespace() {
            let known = CATEGORIES
                .iter()
                .find(|known| **known == category)
                .ok_or_else(|| format!("{category} is no category of CAP 1.2"))?;
            let set = self.categories.entry(known).or_default();
            *set = set.with(bit);
        }
        Ok(())
    }

    pub fn topics(&self, category: &str, event: &str) -> Set {
        let event: String = event.chars().take(MOST_EVENT).collect();
        let event = fold(&event);
        let words: Vec<&str> = event.split(' ').collect();
        let named = self
            .phrases
            .iter()
            .filter(|(patterns, _)| met(patterns, &words))
            .fold(Set::NONE, |set, (_, bit)| set.with(*bit));
        if !named.is_empty() {
            return named;
        }
        self.categories
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(category.trim()))
            .map_or(Set::NONE, |(_, set)| *set)
    }
}

fn patterns(word: &str) -> Vec<Pattern> {
    let open = word.ends_with('*');
    let folded = fold(word);
    let last = folded.split(' ').count() - 1;
    folded
        .split(' ')
        .enumerate()
        .filter(|(_, word)| !word.is_empty())
        .map(|(at, word)| Pattern {
            word: word.to_owned(),
            open: open && at == last,
        })
        .collect()
}

fn met(patterns: &[Pattern], words: &[&str]) -> bool {
    words.windows(patterns.len()).any(|window| {
        window
            .iter()
            .zip(patterns)
            .all(|(word, pattern)| pattern.fits(word))
    })
}
