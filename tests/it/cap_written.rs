//! Alerts that are written as CAP 1.2: they validate, and they read back the same.

mod random;

use std::fs;

use chrono_tz::Tz;
use glas::base::clock::Millis;
use glas::base::point::{Point, Shape};
use glas::features::alert::cap::{self, write};
use glas::features::alert::{Alert, Area, Category, Certainty, Severity, Urgency};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::cap::{at, corpus, files, own, root, sample};
use crate::holds::survives;
use crate::schema::Schema;

const SOFIA: Tz = chrono_tz::Europe::Sofia;

fn validate(written: &[(String, String)]) {
    assert_eq!(Schema::Cap.faults(written), "");
}

/// The files of a folder that can be read, as they are written again.
fn written_again(folder: &std::path::Path, ending: &str) -> Vec<(String, String)> {
    let mut written = vec![];
    for name in files(folder, ending) {
        if let Ok(alert) = cap::read(&fs::read(folder.join(&name)).unwrap()) {
            written.push((name.clone(), survives(&alert, SOFIA, &name)));
        }
    }
    written
}

#[test]
fn every_alert_of_ours_survives_being_written() {
    let written = written_again(&root().join("tests/data/cap"), "xml");
    assert!(written.len() > 30, "{}", written.len());
    validate(&written);
}

#[test]
fn every_alert_of_the_shared_corpus_survives_being_written() {
    let Some(folder) = corpus() else {
        return;
    };
    let written = written_again(&folder.join("alerts"), "");
    assert!(written.len() > 25, "{}", written.len());
    validate(&written);
}

#[test]
fn an_alert_is_written_as_the_standard_asks() {
    let mut alert = own("update.xml");
    alert.note = Some("Повторно, след < 2 часа & \"още\"".to_owned());
    alert.sent = at("2026-12-17T14:57:00.9Z");
    let info = &mut alert.infos[0];
    info.areas[0].shapes = vec![
        Shape::Circle {
            centre: Point::from_degrees(42.7, 23.25).unwrap(),
            radius_m: 350.0,
        },
        Shape::Polygon(
            [(42.7, 23.2), (42.7, 23.3), (42.75, 23.3)]
                .map(|(lat, lon)| Point::from_degrees(lat, lon).unwrap())
                .to_vec(),
        ),
    ];
    let text = write::write(&alert, SOFIA);
    for part in [
        "<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\">",
        // A winter's day; fractions are cut off.
        "<sent>2026-12-17T16:57:00+02:00</sent>",
        "<note>Повторно, след &lt; 2 часа &amp; &quot;още&quot;</note>",
        "<references>alerts@sofia.example,glas-sample-1055887203,2026-06-17T14:57:00+03:00</references>",
        // Polygons come first and are closed.
        "<polygon>42.7,23.2 42.7,23.3 42.75,23.3 42.7,23.2</polygon>\n      <circle>42.7,23.25 0.35</circle>",
    ] {
        assert!(text.contains(part), "„{part}“ is missing in {text}");
    }
    validate(&[("update.xml".to_owned(), text)]);
    let utc = write::write(&alert, chrono_tz::UTC);
    assert!(
        utc.contains("<sent>2026-12-17T14:57:00-00:00</sent>"),
        "{utc}"
    );
    // Liberia was 44 minutes and 30 seconds behind until 1972.
    let old = write::time(Millis(0), chrono_tz::Africa::Monrovia);
    assert_eq!(old, "1970-01-01T00:00:00-00:00");
    assert_eq!(
        write::time(Millis(i64::MAX), SOFIA),
        "2200-01-01T01:59:59+02:00"
    );
}

#[test]
fn what_is_missing_is_written_as_unknown_and_acted_upon_by_nobody() {
    let mut alert = sample();
    let said = |alert: &Alert| {
        let text = write::write(alert, SOFIA);
        validate(&[("alert.xml".to_owned(), text.clone())]);
        text
    };
    alert.scope = None;
    let info = &mut alert.infos[0];
    (info.urgency, info.severity) = (Urgency::Unknown, Severity::Unknown);
    info.certainty = Certainty::Unknown;
    info.categories = vec![];
    info.event = String::new();
    info.language = "на български".to_owned();
    info.areas[0].description = String::new();
    info.areas.push(Area {
        description: String::new(),
        shapes: vec![],
        geocodes: vec![],
        altitude: Some(f64::NAN),
        ceiling: None,
    });
    let text = said(&alert);
    for part in [
        "<status>Draft</status>",
        "<language>und</language>",
        "<category>Other</category>",
        "<urgency>Unknown</urgency>",
        "<event>Силна гръмотевична буря с градушка над Люлин</event>",
        "<areaDesc>EKATTE 68134-19</areaDesc>",
        "<areaDesc>Unknown</areaDesc>",
    ] {
        assert!(text.contains(part), "„{part}“ is missing in {text}");
    }
    alert.infos[0].headline = None;
    alert.infos[0].categories = vec![Category::Fire];
    assert!(said(&alert).contains("<event>Fire</event>"));
}

#[test]
fn an_area_without_a_name_is_not_called_by_all_its_corners() {
    let mut alert = sample();
    let corners = (0..3000).map(|n| Point {
        lat: 42_000_000 + n * n,
        lon: 23_000_000 + n * 123,
    });
    let area = &mut alert.infos[0].areas[0];
    area.description = String::new();
    area.geocodes = vec![];
    area.shapes = vec![Shape::Polygon(corners.collect())];
    let text = survives(&alert, SOFIA, "large");
    assert!(text.contains("<areaDesc>42,23 42.000001,23.000123 "));
    let name = text.split("<areaDesc>").nth(1).unwrap();
    assert!(name.find('<').unwrap() < 100, "{name}");
}

#[test]
fn what_was_kept_before_there_was_more_to_keep_is_still_read() {
    let mut stored = serde_json::to_value(sample()).unwrap();
    let without = |value: &mut serde_json::Value, names: &str| {
        for name in names.split(' ') {
            let gone = value.as_object_mut().unwrap().remove(name);
            assert!(gone.is_some(), "{name}");
        }
    };
    without(
        &mut stored,
        "source restriction addresses codes note incidents",
    );
    for number in 0..2 {
        let info = &mut stored["infos"][number];
        without(info, "audience parameters resources");
        without(&mut info["areas"][0], "altitude ceiling");
    }
    let read: Alert = serde_json::from_value(stored).unwrap();
    assert_eq!(read, sample());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Twenty alerts at a time, for the sake of xmllint's start.
    #[test]
    fn any_alert_survives_being_written(alerts in vec(random::alert(), 20), zone in prop::sample::select(vec![
        SOFIA, chrono_tz::UTC, chrono_tz::Asia::Kathmandu, chrono_tz::America::St_Johns, chrono_tz::Africa::Monrovia,
    ])) {
        let written: Vec<_> = (alerts.iter().enumerate())
            .map(|(number, alert)| (format!("{number}.xml"), survives(alert, zone, "any")))
            .collect();
        validate(&written);
    }

    /// Whatever XML carries, texts end up in a form that stays as it is.
    #[test]
    fn any_text_survives_once_it_was_read(text in "[\\PC\\s\\p{Cc}&&[^\\x00]]{0,40}") {
        let sample = fs::read_to_string(root().join("src/sandbox/sample.xml")).unwrap();
        let escaped: Vec<String> = text.chars().map(|letter| format!("&#{};", u32::from(letter))).collect();
        let escaped = escaped.concat();
        let file = sample.replace("Sofia Municipality", &escaped).replace("Go into a solid", &escaped);
        if let Ok(alert) = cap::read(file.as_bytes()) {
            validate(&[("any.xml".to_owned(), survives(&alert, SOFIA, "any"))]);
        }
    }
}
