//! Alerts that mean harm or arrive damaged: refused with a reason, quickly, without a panic.

use std::fs;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use glas::city::City;
use glas::features::alert::cap;
use glas::features::alert::letter::letter;
use glas::features::alert::rules::judge;
use glas::message::catalogue::Catalogue;
use proptest::prelude::*;

use crate::cap::{AT, at, corpus, files, key, lang, root, sofia, words};
use crate::holds::survives;

static SOFIA: LazyLock<City> = LazyLock::new(sofia);
static WORDS: LazyLock<Catalogue> = LazyLock::new(words);

/// A valid alert with `middle` in its info.
fn alert_with(middle: &str) -> String {
    let text = fs::read_to_string(root().join("src/sandbox/sample.xml")).unwrap();
    text.replacen("</info>", &format!("{middle}</info>"), 1)
}

/// Files that are too much in one way each, and the reason that refuses them (`""`: none).
fn monsters() -> Vec<(&'static str, Vec<u8>)> {
    use std::fmt::Write as _;
    let mut attributes = String::new();
    let mut namespaces = String::new();
    for number in 0..100_000 {
        write!(attributes, " a{number}=''").unwrap();
    }
    for number in 0..60_000 {
        write!(namespaces, " xmlns:a{number}='u'").unwrap();
    }
    let root = "<alert xmlns='urn:oasis:names:tc:emergency:cap:1.2'";
    let area = "<area><areaDesc>x</areaDesc></area>";
    let polygon = |points: usize| {
        let mut ring = String::new();
        for n in 0..points {
            let (lat, lon) = (6000 + n % 2000, 2000 + (n * 7) % 3000);
            write!(ring, "42.{lat:04},23.{lon:04} ").unwrap();
        }
        alert_with(&format!("<area><polygon>{ring}</polygon></area>"))
    };
    let infos = "<info><event>x</event></info>".repeat(100);
    let mut declarations = String::from(root);
    declarations.push('>');
    for _ in 0..20 {
        declarations.push_str("<x");
        for number in 0..30 {
            write!(declarations, " xmlns:n{number}='u{number}'").unwrap();
        }
        declarations.push('>');
    }
    declarations.push_str(&"<a:b/>".repeat(50_000));
    [
        ("cap-too-many-attributes", format!("<alert{attributes}/>")),
        ("cap-too-many-attributes", format!("{root}{namespaces}/>")),
        (
            "cap-too-many-attributes",
            alert_with(&format!("<event{attributes}/>")),
        ),
        ("cap-too-deep", format!("{root}>{}", "<a>".repeat(100_000))),
        ("cap-too-deep", alert_with(&"<description>".repeat(50_000))),
        ("cap-too-many-parts", alert_with(&"<a/>".repeat(200_000))),
        (
            "cap-too-many-infos",
            alert_with(&format!("</info>{infos}<info>")),
        ),
        ("cap-too-many-areas", alert_with(&area.repeat(5_000))),
        (
            "cap-too-many-codes",
            alert_with(&"<eventCode>a=b</eventCode>".repeat(13_000)),
        ),
        ("cap-too-many-points", polygon(25_000)),
        (
            "cap-too-long",
            alert_with(&format!(
                "<instruction/><contact>{}</contact>",
                "ж".repeat(30_000)
            )),
        ),
        (
            "cap-too-large",
            alert_with(&format!("<a>{}</a>", "x".repeat(1_100_000))),
        ),
        ("cap-malformed", declarations),
        (
            "cap-malformed",
            format!("{root}><!--{}", "-".repeat(900_000)),
        ),
        ("cap-malformed", "<".repeat(900_000)),
        ("cap-malformed", alert_with(&"&#0;".repeat(10))),
        ("cap-entity", alert_with(&"&lol;".repeat(200_000))),
        ("cap-too-many-parts", alert_with(&"&amp;".repeat(200_000))),
        ("", polygon(9_000)),
        (
            "",
            alert_with(&format!("<derefUri>{}</derefUri>", "QUJD".repeat(200_000))),
        ),
    ]
    .into_iter()
    .map(|(reason, text)| (reason, text.into_bytes()))
    .collect()
}

#[test]
fn too_much_of_anything_is_refused_with_its_reason() {
    for (number, (reason, bytes)) in monsters().into_iter().enumerate() {
        let found = match cap::read(&bytes) {
            Ok(_) => "",
            Err(refusal) => key(&refusal.words()),
        };
        assert_eq!(found, reason, "monster {number}");
    }
}

/// No claim of speed: what a bomb would take longer than, on any machine.
const ENDLESS: Duration = Duration::from_secs(10);

#[test]
fn no_file_keeps_the_reader_busy() {
    let city = sofia();
    let mut all: Vec<(String, Vec<u8>)> = monsters()
        .into_iter()
        .enumerate()
        .map(|(number, (reason, bytes))| (format!("monster {number} {reason}"), bytes))
        .collect();
    let mut folders = vec![root().join("tests/data/cap")];
    if let Some(corpus) = corpus() {
        folders.extend([corpus.join("alerts"), corpus.join("malformed")]);
    }
    for folder in folders {
        for name in files(&folder, "") {
            let bytes = fs::read(folder.join(&name)).unwrap();
            all.push((name, bytes));
        }
    }
    for (name, bytes) in all {
        let begun = Instant::now();
        if let Ok(alert) = cap::read(&bytes) {
            let _ = judge(&alert, &city, at(AT), |_| None);
        }
        let took = begun.elapsed();
        assert!(took < ENDLESS, "{name}: {took:?}");
    }
}

static SEEDS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(seeds);

/// Alerts to be damaged: ours, and the shared ones where they are.
fn seeds() -> Vec<Vec<u8>> {
    let mut folders = vec![root().join("tests/data/cap")];
    folders.extend(corpus().map(|corpus| corpus.join("alerts")));
    folders
        .iter()
        .flat_map(|folder| files(folder, "").into_iter().map(|name| folder.join(name)))
        .map(|file| fs::read(file).unwrap())
        .filter(|bytes| bytes.len() < 20_000)
        .collect()
}

proptest! {
    #[test]
    fn damaged_alerts_never_panic_and_are_always_worded(
        seed in any::<prop::sample::Index>(),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4_usize), 1..40),
        tokens in prop::collection::vec(prop::sample::select(vec![
            "<", ">", "</", "&", ";", "\"", "<info>", "</info>", "<area>", "<polygon>", "<![CDATA[", "]]>",
            "<!--", "xmlns=''", "&#x110000;", "-", "NaN", "1e999", "42.7,", "\u{0}", "9999-12-31T23:59:59Z",
        ]), 40),
    ) {
        let seeds = &*SEEDS;
        let mut bytes = seed.get(seeds).clone();
        for ((place, byte, how), token) in damage.into_iter().zip(tokens) {
            if bytes.is_empty() {
                break;
            }
            let place = place.index(bytes.len());
            match how {
                0 => bytes[place] = byte,
                1 => bytes.truncate(place),
                2 => drop(bytes.splice(place..place, token.bytes())),
                _ => drop(bytes.remove(place)),
            }
        }
        if let Ok(alert) = cap::read(&bytes) {
            survives(&alert, SOFIA.zone(), "damaged");
            let judgement = judge(&alert, &SOFIA, at(AT), |_| None);
            for code in ["bg", "en"] {
                let letter = letter(&alert, &judgement, &SOFIA, lang(code));
                prop_assert!(WORDS.localise(&letter, lang(code)).is_ok());
                prop_assert!(WORDS.word(&judgement.reason, lang(code)).is_ok());
            }
        }
    }
}
