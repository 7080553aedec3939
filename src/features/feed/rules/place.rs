//! Where a plain entry is about: places that its words name beyond doubt.

use crate::city::{City, Found, Sureness, What};

/// The most of a text that is searched, in characters.
const SEARCHED: usize = 2_000;
/// The most words of a name with the word for its kind before it.
const LONGEST_NAME: usize = 5;
/// What ends the name of a place at the head of a title.
const HEADS: [&str; 4] = [":", " – ", " — ", " - "];

/// The places of a field that holds nothing else: one, or several between commas, each of which
/// must be sure for the others to count. The next part may be another town.
#[must_use]
pub fn of_field(text: &str, city: &City) -> Vec<Found> {
    const BETWEEN: [char; 3] = [',', ';', '\n'];
    if !text.contains(BETWEEN) {
        let whole = only(city.find(text)).filter(|only| only.sureness != Sureness::Guess);
        return whole.into_iter().collect();
    }
    let parts = text.split(BETWEEN).map(str::trim);
    let parts = parts.filter(|part| !part.is_empty());
    let each: Option<Vec<Found>> = parts.map(|part| only(city.named(part))).collect();
    each.unwrap_or_default()
}

/// The places that running words name: at the head of the title before a colon or a dash, and
/// anywhere with the word for its kind before it, as in "Lyulin district". A bare name within a
/// sentence may be that of a street or of a person, and the city's own name is in every sentence.
#[must_use]
pub fn in_words(title: &str, text: &str, city: &City) -> Vec<Found> {
    let mut found: Vec<Found> = vec![];
    let ends = HEADS.iter().filter_map(|mark| title.find(mark));
    let head = ends.min().map(|end| &title[..end]);
    let head = head.and_then(|head| only(city.named(head)));
    found.extend(head.filter(|head| head.what != What::City));
    for words in [title, text] {
        let end = words.char_indices().nth(SEARCHED);
        let words = end.map_or(words, |(end, _)| &words[..end]);
        for sentence in words.split([',', ';', ':', '!', '?', '(', ')', '\n']) {
            for place in in_sentence(sentence, city) {
                if !found.contains(&place) {
                    found.push(place);
                }
            }
        }
    }
    found
}

fn in_sentence(sentence: &str, city: &City) -> Vec<Found> {
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let mut found = vec![];
    let mut at = 0;
    while at < words.len() {
        let longest = LONGEST_NAME.min(words.len() - at);
        let named = (2..=longest).rev().find_map(|count| {
            let phrase = &words[at..at + count];
            Some((count, with_kind(phrase, city)?))
        });
        match named {
            Some((count, place)) => {
                found.push(place);
                at += count;
            }
            None => at += 1,
        }
    }
    found
}

/// The place of a phrase that is its name and the word for its kind, in either order: then the
/// phrase means it, and one of its words without the other does too.
fn with_kind(phrase: &[&str], city: &City) -> Option<Found> {
    let (first, last) = (phrase.first()?, phrase.last()?);
    let starts = |word: &str| word.chars().find(|letter| letter.is_alphanumeric());
    let is_name = |word: &str| starts(word).is_some_and(char::is_uppercase);
    let (name, kind) = if !is_name(first) {
        (&phrase[1..], first)
    } else if !is_name(last) && starts(last).is_some_and(char::is_alphabetic) {
        (&phrase[..phrase.len() - 1], last)
    } else {
        return None;
    };
    if !name.first().copied().is_some_and(is_name) || !city.named(kind).is_empty() {
        return None;
    }
    let whole = phrase.join(" ");
    let whole = whole.trim_end_matches('.');
    let place = only(city.named(whole))?;
    let bare = name.join(" ");
    let means = city.named(bare.trim_end_matches('.'));
    (place.what != What::City && means.contains(&place)).then_some(place)
}

fn only(found: Vec<Found>) -> Option<Found> {
    let [only] = <[Found; 1]>::try_from(found).ok()?;
    Some(only)
}
