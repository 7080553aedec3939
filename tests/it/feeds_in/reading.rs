//! Documents of feeds become entries; every reference feed has its verdict in a committed table.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use glas::base::clock::Millis;
use glas::config::feeds::{Fields, Kind};
use glas::features::alert::cap::{Counted, Refusal};
use glas::features::feed::read::{How, MAX_BYTES, read};
use glas::features::feed::unfit::{Unfit, verdict};
use glas::features::feed::{Content, Document};
use url::Url;

/// Where feeds of other projects are, if they are there.
const REFERENCE: [&str; 2] = ["../shared/data/cap/feeds", "../../shared/data/cap/feeds"];

fn own() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/feeds")
}

fn as_kind(bytes: &[u8], kind: Kind, fields: &Fields) -> Result<Document, Unfit> {
    let base = Url::parse("https://example.org/feeds/all.xml").expect("an address");
    let how = How {
        kind,
        fields,
        zone: chrono_tz::Europe::Sofia,
        base: Some(&base),
    };
    read(bytes, &how)
}

fn as_alerts(bytes: &[u8]) -> Result<Document, Unfit> {
    as_kind(bytes, Kind::Cap, &Fields::default())
}

fn own_file(name: &str) -> Vec<u8> {
    fs::read(own().join(name)).unwrap_or_else(|why| panic!("{name}: {why}"))
}

/// A line of the table: what became of a document.
fn line(name: &str, outcome: &Result<Document, Unfit>) -> String {
    let code = verdict(outcome).code;
    let Ok(document) = outcome else {
        let why = outcome.as_ref().expect_err("no document");
        return format!("{name},–,0,0,0,0,0,{code},{why}");
    };
    let count = |wanted: fn(&Content) -> bool| {
        let entries = document.entries.iter();
        entries.filter(|entry| wanted(&entry.content)).count()
    };
    let why = document
        .entries
        .iter()
        .find_map(|entry| match &entry.content {
            Content::Unusable(why) => Some(why.to_string()),
            _ => None,
        });
    format!(
        "{name},{},{},{},{},{},{},{code},{}",
        document.format.name(),
        document.entries.len() + document.repeated,
        document.repeated,
        count(|content| matches!(content, Content::Message(_))),
        count(|content| matches!(content, Content::Elsewhere(_))),
        count(|content| matches!(content, Content::Unusable(_))),
        why.unwrap_or_default()
    )
}

fn verdicts_of(folder: &Path) -> BTreeMap<String, String> {
    let files = fs::read_dir(folder).expect("a folder");
    let files = files.map(|file| file.expect("a file").path());
    let files = files.filter(|path| {
        path.extension()
            .is_none_or(|kind| kind != "csv" && kind != "json")
    });
    files
        .map(|path| {
            let name = path
                .file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            let bytes = fs::read(&path).expect("a file");
            let line = line(&name, &as_alerts(&bytes));
            (name, line)
        })
        .collect()
}

/// The committed lines about the files in a folder.
fn committed(table: &str) -> BTreeMap<String, String> {
    let text = fs::read_to_string(own().join(table)).expect("a table");
    let lines = text.lines().skip(1);
    lines
        .map(|line| {
            let name = line.split(',').next().expect("a name");
            (name.to_owned(), line.to_owned())
        })
        .collect()
}

#[track_caller]
fn compared(found: &BTreeMap<String, String>, table: &str) {
    let lines =
        |all: &BTreeMap<String, String>| all.values().cloned().collect::<Vec<_>>().join("\n");
    let (found, expected) = (lines(found), lines(&committed(table)));
    assert_eq!(found, expected, "found:\n{found}");
}

#[test]
fn every_feed_of_ours_gets_its_verdict() {
    let found = verdicts_of(&own());
    assert!(found.len() >= 6, "{found:?}");
    compared(&found, "own.csv");
}

#[test]
fn every_reference_feed_gets_the_verdict_of_the_table() {
    assert!(committed("verdicts.csv").len() >= 26);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in REFERENCE.map(|folder| root.join(folder)) {
        if folder.is_dir() {
            compared(&verdicts_of(&folder), "verdicts.csv");
        }
    }
}

fn texts(document: &Document) -> Vec<(&str, &str, &str)> {
    let entries = document.entries.iter();
    entries
        .map(|entry| (entry.id.as_str(), entry.title.as_str(), entry.text.as_str()))
        .collect()
}

#[test]
fn a_warning_told_for_each_of_its_areas_is_one_entry() {
    let document = as_alerts(&own_file("meteo.atom")).expect("a feed");
    assert_eq!(document.repeated, 1);
    let ids: Vec<&str> = document
        .entries
        .iter()
        .map(|entry| entry.id.as_str())
        .collect();
    assert_eq!(ids, ["2.49.0.0.100.0.BG.17", "2.49.0.0.100.0.BG.18"]);
    let first = &document.entries[0];
    // The link to the message and not that to the map; completed by the feed's own address.
    let expected = Url::parse("https://example.org/api/warnings/17").expect("an address");
    assert_eq!(first.content, Content::Elsewhere(expected));
    assert_eq!(
        first.time,
        Millis::parse_rfc3339("2026-06-17T14:57:00+03:00").ok()
    );
    assert_eq!(
        first.expires,
        Millis::parse_rfc3339("2026-06-17T20:00:00+03:00").ok()
    );
}

#[test]
fn words_for_people_are_read_from_rss_and_by_a_mapping_from_json() {
    let news = as_kind(&own_file("news.rss"), Kind::Rss, &Fields::default()).expect("a feed");
    let text = "От 9:00 до 16:00 ч. ще бъде спряно водоподаването.\n\nСпрени са ул. „Първа“ & ул. „Втора“.";
    assert_eq!(
        texts(&news),
        [
            ("17", "Спиране на водата в район Люлин", text),
            ("18", "", "")
        ]
    );
    assert_eq!(news.entries[0].content, Content::Plain);
    assert_eq!(news.entries[1].content, Content::Unusable(Unfit::NoWords));

    let pointer = |text: &str| Some(text.to_owned());
    let fields = Fields {
        items: pointer("/data/repairs"),
        id: pointer("/number"),
        title: pointer("/what"),
        text: pointer("/details"),
        link: pointer("/url"),
        time: pointer("/from"),
        place: pointer("/districts"),
    };
    let repairs = as_kind(&own_file("repairs.json"), Kind::Json, &fields).expect("a list");
    let told = ("501", "Ремонт на топлопровод", "Без парно до 18:00 ч.");
    assert_eq!(texts(&repairs), [told, ("502", "", "")]);
    let first = &repairs.entries[0];
    assert_eq!(first.place.as_deref(), Some("Младост, Студентски"));
    assert_eq!(
        first.time,
        Millis::parse_rfc3339("2026-06-17T07:30:00+03:00").ok()
    );
    let link = first.link.as_ref().map(Url::as_str);
    assert_eq!(link, Some("https://example.org/repairs/501"));

    let wrong = Fields {
        items: pointer("/data"),
        ..fields
    };
    let outcome = as_kind(&own_file("repairs.json"), Kind::Json, &wrong);
    assert_eq!(outcome, Err(Unfit::NoArray("/data".to_owned())));
    let outcome = as_kind(b"[1,\n2,", Kind::Json, &wrong);
    assert_eq!(outcome, Err(Unfit::NotJson(2)));
}

#[test]
fn what_is_too_large_or_too_deep_is_not_read() {
    let large = vec![b' '; MAX_BYTES + 1];
    assert_eq!(as_alerts(&large), Err(Unfit::TooLarge));
    let feed = |inner: &str| format!("<feed xmlns='http://www.w3.org/2005/Atom'>{inner}</feed>");
    let many = feed(&"<entry/>".repeat(5_001));
    assert_eq!(as_alerts(many.as_bytes()), Err(Unfit::TooMany));
    let deep = feed(&("<a>".repeat(40) + &"</a>".repeat(40)));
    assert_eq!(as_alerts(deep.as_bytes()), Err(Refusal::TooDeep.into()));
    let parts = feed(&"<a/>".repeat(150_001));
    let outcome = as_alerts(parts.as_bytes());
    assert_eq!(outcome, Err(Refusal::TooMany(Counted::Parts).into()));
    // JSON is bounded by its reader.
    let deep = "[".repeat(100_000);
    let outcome = as_kind(deep.as_bytes(), Kind::Json, &Fields::default());
    assert!(matches!(outcome, Err(Unfit::NotJson(_))), "{outcome:?}");
}

#[test]
fn whatever_comes_is_read_or_refused() {
    let names = verdicts_of(&own())
        .into_keys()
        .chain(["repairs.json".to_owned()]);
    for name in names {
        let whole = own_file(&name);
        let kind = if name.ends_with("json") {
            Kind::Json
        } else {
            Kind::Cap
        };
        let mut refused = 0;
        for at in (0..whole.len()).step_by(whole.len() / 60 + 1) {
            let mut changed = whole.clone();
            changed[at] = changed[at].wrapping_mul(7).wrapping_add(1);
            for bytes in [&whole[..at], &changed] {
                let outcome = as_kind(bytes, kind, &Fields::default());
                // There are words for whatever it is.
                assert!(!verdict(&outcome).code.is_empty());
                refused += usize::from(outcome.is_err());
            }
        }
        assert!(refused > 0, "half of {name} is as good as the whole");
    }
}
