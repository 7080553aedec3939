//! Alerts as they come: what is read, what is held and why, what is refused.

use std::fs;
use std::path::{Path, PathBuf};

use glas::base::clock::Millis;
use glas::city::{City, Set};
use glas::cli::alert_check::Check;
use glas::features::alert::rules::{Earlier, Verdict, judge};
use glas::features::alert::{Alert, Certainty, Reference, cap};
use glas::message::catalogue::Catalogue;
use glas::message::{Lang, Words};

/// When the alerts of tests/data/cap are judged: ten minutes after three in Sofia.
pub const AT: &str = "2026-06-17T12:10:00Z";

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub fn sofia() -> City {
    City::load(&root().join("cities/sofia")).unwrap()
}

pub fn words() -> Catalogue {
    Catalogue::load(&root().join("locales"), chrono_tz::Europe::Sofia).unwrap()
}

pub fn at(rfc3339: &str) -> Millis {
    Millis::parse_rfc3339(rfc3339).unwrap()
}

pub fn lang(code: &str) -> Lang {
    code.parse().unwrap()
}

/// One of our own alerts.
pub fn own(name: &str) -> Alert {
    cap::read(&fs::read(root().join("tests/data/cap").join(name)).unwrap()).unwrap()
}

/// The alert that the sandbox sends.
pub fn sample() -> Alert {
    cap::read(&fs::read(root().join("src/sandbox/sample.xml")).unwrap()).unwrap()
}

/// Knows the sample and its update as alerts that went out before.
pub fn known(city: &City) -> impl Fn(&Reference) -> Option<Earlier> {
    let district = city.by_geocode("EKATTE", "68134-19");
    let sent = [sample(), own("update.xml")].map(|alert| Earlier {
        alert,
        districts: district,
        topics: Set::NONE,
    });
    move |reference| {
        let mut sent = sent.iter();
        sent.find(|earlier| earlier.alert.reference() == *reference)
            .cloned()
    }
}

pub fn key(words: &Words) -> &'static str {
    match words {
        Words::Say(key, _) => key.0,
        other => panic!("no message of the catalogue: {other:?}"),
    }
}

#[test]
fn every_alert_of_ours_is_judged_as_the_table_says() {
    let city = sofia();
    let folder = root().join("tests/data/cap");
    let mut table = csv::Reader::from_path(folder.join("own.csv")).unwrap();
    let mut listed = vec![];
    for row in table.records() {
        let row = row.unwrap();
        listed.push(row[0].to_owned());
        let bytes = fs::read(folder.join(&row[0])).unwrap();
        let (verdict, reason, districts) = match cap::read(&bytes) {
            Err(refusal) => ("refused", key(&refusal.words()), Set::NONE),
            Ok(alert) => {
                let judgement = judge(&alert, &city, at(AT), known(&city));
                let verdict = match judgement.verdict {
                    Verdict::Accepted => "accepted",
                    Verdict::Held => "held",
                    Verdict::Refused => "refused",
                };
                let districts = match judgement.verdict {
                    Verdict::Refused => Set::NONE,
                    _ => judgement.districts,
                };
                (verdict, key(&judgement.reason), districts)
            }
        };
        let codes: Vec<_> = city.in_set(districts).map(|one| one.code.clone()).collect();
        let codes = match codes.len() {
            24 => "all".to_owned(),
            _ => codes.join(" "),
        };
        let found = [verdict, reason, codes.as_str()];
        assert_eq!(found, [&row[1], &row[2], &row[3]], "{}", &row[0]);
    }
    listed.sort();
    assert_eq!(listed, files(&folder, "xml"), "the table lists every file");
}

/// The names of the files of a folder with this ending (`""`: all), sorted.
pub fn files(folder: &Path, ending: &str) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_type().unwrap().is_file())
        .map(|entry| entry.file_name().into_string().unwrap())
        .filter(|name| name.ends_with(ending))
        .collect();
    names.sort();
    names
}

/// The shared corpus, where it lies beside the project.
pub fn corpus() -> Option<PathBuf> {
    let folder = root().join("../shared/data/cap");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("the shared corpus is not here: only the alerts of tests/data/cap were judged");
    None
}

#[test]
fn the_shared_corpus_is_judged_as_the_table_says() {
    let Some(folder) = corpus() else {
        return;
    };
    let (city, catalogue) = (sofia(), words());
    let check = Check {
        city: &city,
        catalogue: &catalogue,
        lang: lang("en"),
        at: at("2023-06-23T10:00:00Z"),
        json: true,
    };
    let mut table = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_path(root().join("tests/data/cap/verdicts.csv"))
        .unwrap();
    let mut listed = vec![];
    for row in table.records() {
        let row = row.unwrap();
        listed.push(row[0].to_owned());
        let mut out = vec![];
        let refused = check
            .run(&[folder.join(&row[0])], |_| None, &mut out)
            .unwrap();
        let answer: serde_json::Value = serde_json::from_slice(&out).unwrap();
        let found = ["verdict", "reason"].map(|field| answer[field].as_str().unwrap());
        assert_eq!(found, [&row[1], &row[2]], "{}", &row[0]);
        assert_eq!(refused, &row[1] == "refused");
    }
    let mut there = vec![];
    for below in ["alerts", "malformed"] {
        let names = files(&folder.join(below), "");
        there.extend(names.into_iter().map(|name| format!("{below}/{name}")));
    }
    listed.sort();
    assert_eq!(listed, there, "the table lists every file");
}

#[test]
fn quirks_of_cap_1_0_and_disorder_are_read() {
    let alert = own("cap10.xml");
    let info = &alert.infos[0];
    assert_eq!(info.certainty, Certainty::Likely);
    assert_eq!(info.event, "Наводнение & свлачище");
    assert_eq!(info.areas[0].description, "ж.к. „Люлин“ & околности");
    assert_eq!(info.areas[0].geocodes[0].scheme, "EKATTE");
    assert_eq!(info.event_codes[0].value, "FFW");
    assert_eq!(alert.sent, at("2026-06-17T11:30:00Z"));
}

#[test]
fn an_alert_survives_being_stored_as_json() {
    for alert in [
        sample(),
        own("cancel.xml"),
        own("circle.xml"),
        own("no-status.xml"),
    ] {
        let stored = serde_json::to_string(&alert).unwrap();
        assert_eq!(serde_json::from_str::<Alert>(&stored).unwrap(), alert);
    }
    let stored = serde_json::to_value(own("cap10.xml")).unwrap();
    assert_eq!(stored["msg_type"], "Alert");
    assert_eq!(stored["infos"][0]["severity"], "Severe");
}

#[test]
fn an_unknown_severity_counts_as_moderate_and_is_said() {
    let city = sofia();
    let judgement = judge(&own("unknown-severity.xml"), &city, at(AT), |_| None);
    assert_eq!(judgement.severity.name(), "Moderate");
    let said = words().word(&judgement.reason, lang("en")).unwrap();
    assert!(said.contains("counts as moderate"), "{said}");
}

#[test]
fn a_check_prints_exactly_the_fields_that_scripts_rely_on() {
    let (city, catalogue) = (sofia(), words());
    let check = Check {
        city: &city,
        catalogue: &catalogue,
        lang: lang("bg"),
        at: at(AT),
        json: true,
    };
    let file = |name: &str| root().join("tests/data/cap").join(name);
    let files = [
        root().join("src/sandbox/sample.xml"),
        file("cancel.xml"),
        file("xxe.xml"),
        file("no-such-file.xml"),
    ];
    let mut out = vec![];
    assert!(check.run(&files, |_| None, &mut out).unwrap());
    let lines: Vec<serde_json::Map<String, serde_json::Value>> = String::from_utf8(out)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), files.len());
    let mut fields = "file verdict reason identifier sender sent status msg_type severity urgency \
                      certainty event expires languages districts"
        .split_whitespace()
        .collect::<Vec<_>>();
    fields.sort_unstable();
    for line in &lines {
        let mut found: Vec<_> = line.keys().map(String::as_str).collect();
        found.sort_unstable();
        assert_eq!(found, fields);
    }
    let sample = &lines[0];
    assert_eq!(sample["verdict"], "accepted");
    assert_eq!(sample["sent"], "2026-06-17T11:57:00Z");
    assert_eq!(sample["languages"], serde_json::json!(["bg-BG", "en"]));
    assert_eq!(sample["districts"], serde_json::json!(["68134-19"]));
    assert_eq!(
        lines[1]["verdict"], "accepted",
        "the sample was accepted just before"
    );
    for refused in &lines[2..] {
        assert_eq!(refused["verdict"], "refused");
        for field in &fields {
            let told = matches!(*field, "file" | "verdict" | "reason");
            assert_eq!(refused[*field].is_null(), !told, "{field}");
        }
    }
}

#[test]
fn a_check_reads_well_without_json() {
    let (city, catalogue) = (sofia(), words());
    let mut check = Check {
        city: &city,
        catalogue: &catalogue,
        lang: lang("bg"),
        at: at(AT),
        json: false,
    };
    let mut out = vec![];
    let folder = root().join("tests/data/cap");
    let files = ["three-languages.xml", "test.xml", "xxe.xml"].map(|name| folder.join(name));
    check.run(&files, |_| None, &mut out).unwrap();
    check.lang = lang("en");
    check.run(&files[..2], |_| None, &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    let text = text.replace(&format!("{}/", folder.display()), "");
    insta::assert_snapshot!(text, @"
    three-languages.xml: прието. Може да бъде разпратено сега.
        alerts@sofia.example, three-languages, 17 юни 2026 г., 14:30 ч.
        Авария на водопровод (Умерена опасност)
        До: район Люлин
    test.xml: задържано. Това е проба, а не действително предупреждение; не се разпраща на гражданите.
        alerts@sofia.example, test, 17 юни 2026 г., 14:30 ч.
        Авария на водопровод (Умерена опасност)
        До: район Люлин
    xxe.xml: отхвърлено. Файлът съдържа определение на типа на документа (DTD), каквото в предупрежденията няма, но се използва за атаки. Не беше прочетен.
    three-languages.xml: accepted. May go out now.
        alerts@sofia.example, three-languages, 17 June 2026, 14:30
        Burst water main (Moderate danger)
        To: Lyulin district
    test.xml: held. This is a test, not a live alert; it does not go out to the public.
        alerts@sofia.example, test, 17 June 2026, 14:30
        Авария на водопровод (Moderate danger)
        To: Lyulin district
    ");
}
