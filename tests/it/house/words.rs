//! Every message that the code says exists, and every message that exists is said.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use glas::message::catalogue::{Catalogue, Parts};

use super::hold;
use super::source::{Kind, Source, tree};

/// What takes a message's key as its first argument. A new helper belongs here.
const SPEAKERS: [&str; 5] = ["say", "say_with", "say_with_text", "Key", "value"];

/// What a refusal is wrapped in; a text with dashes and no spaces in there is a key.
const REFUSALS: [&str; 3] = ["Err", "ok_or", "ok_or_else"];

fn catalogue() -> Catalogue {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales");
    Catalogue::load(&folder, chrono_tz::Europe::Sofia).unwrap_or_else(|error| panic!("{error}"))
}

/// The keys that a file refers to, with their lines.
fn said(source: &Source) -> Vec<(usize, &str)> {
    let call = |name: &str, text: &str| {
        let like_key = |text: &str| {
            text.contains('-')
                && !text.contains(|char: char| {
                    !(char.is_ascii_lowercase() || char.is_ascii_digit() || char == '-')
                })
        };
        // The simulators have words of their own kind, and a `say` that is no message.
        let speaks =
            SPEAKERS.contains(&name) && !source.is_in(&["src/sandbox/"]) && !text.contains(' ');
        let refuses =
            REFUSALS.contains(&name) && source.is_in(&["src/channels/"]) && like_key(text);
        (speaks && name != "value") || (name == "value" && like_key(text)) || refuses
    };
    source
        .tokens
        .windows(3)
        .filter(|three| {
            three[1].is("(") && three[2].kind == Kind::Text && call(&three[0].text, &three[2].text)
        })
        .map(|three| (three[2].line, three[2].text.as_str()))
        .collect()
}

fn unknown(source: &Source, messages: &BTreeMap<String, Parts>) -> Vec<String> {
    let missing = said(source)
        .into_iter()
        .filter(|(_, key)| !messages.contains_key(*key));
    missing
        .map(|(line, key)| source.fault(line, &format!("{key} is in no locale")))
        .collect()
}

/// The messages that no text in the code names and no message that is said refers to.
fn unused(sources: &[Source], messages: &BTreeMap<String, Parts>) -> Vec<String> {
    let texts: BTreeSet<&str> = sources
        .iter()
        .flat_map(|source| &source.tokens)
        .filter(|token| token.kind == Kind::Text)
        .map(|token| token.text.as_str())
        .collect();
    let mut used = BTreeSet::new();
    let mut open: Vec<&str> = messages
        .keys()
        .map(String::as_str)
        .filter(|key| texts.contains(key))
        .collect();
    while let Some(key) = open.pop() {
        if used.insert(key) {
            open.extend(
                messages
                    .get(key)
                    .into_iter()
                    .flat_map(|parts| &parts.refers)
                    .map(String::as_str),
            );
        }
    }
    let unused = messages.keys().filter(|key| !used.contains(key.as_str()));
    unused
        .map(|key| format!("locales: {key} is never said"))
        .collect()
}

#[test]
fn languages_have_the_same_messages() {
    // Loading compares them, down to what each argument must be.
    let catalogue = catalogue();
    assert!(catalogue.languages().len() >= 2 && !catalogue.messages().is_empty());
}

#[test]
fn what_is_said_exists() {
    let catalogue = catalogue();
    let sources = tree("src", "rs");
    let found: Vec<String> = sources
        .iter()
        .flat_map(|source| unknown(source, catalogue.messages()))
        .collect();
    hold(
        &found,
        "a message that is missing is found here and not by a citizen who waits for an answer",
    );
}

#[test]
fn what_exists_is_said() {
    hold(
        &unused(&tree("src", "rs"), catalogue().messages()),
        "a translator's time is not for words that nobody reads",
    );
}

#[test]
fn lost_and_idle_messages_are_found() {
    let parts = |refers: &[&str]| Parts {
        refers: refers.iter().map(|key| (*key).to_owned()).collect(),
        ..Parts::default()
    };
    let messages = BTreeMap::from([
        ("greeting".to_owned(), parts(&["city-name"])),
        ("city-name".to_owned(), parts(&[])),
        ("idle".to_owned(), parts(&["idle-too"])),
        ("idle-too".to_owned(), parts(&[])),
    ]);
    let code = "say(\"greeting\"); say_with(\n\"farewell\", []); // say(\"other\") and idle";
    let source = Source::new("src/desk/mod.rs", code);
    assert_eq!(
        unknown(&source, &messages),
        ["src/desk/mod.rs:2: farewell is in no locale"]
    );
    assert_eq!(
        unused(&[source], &messages),
        [
            "locales: idle is never said",
            "locales: idle-too is never said"
        ]
    );
    let refusal = Source::new(
        "src/channels/x/mod.rs",
        "text.parse().map_err(drop).ok_or(\"handle-x\")",
    );
    assert_eq!(unknown(&refusal, &messages).len(), 1);
}
