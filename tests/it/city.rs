//! Sofia as data: found by name in three scripts, by point, by shape, by code; faults are named.

mod faults;
mod names;
mod shapes;
mod strips;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use glas::base::point::Point;
use glas::city::{City, Set};
use glas::message::Lang;

pub const FOLDER: &str = "cities/sofia";

pub static SOFIA: LazyLock<City> =
    LazyLock::new(|| City::load(Path::new(FOLDER)).unwrap_or_else(|e| panic!("{e}")));

pub fn lang(tag: &str) -> Lang {
    tag.parse().unwrap()
}

pub fn point(lat: f64, lon: f64) -> Point {
    Point::from_degrees(lat, lon).unwrap()
}

/// The Bulgarian names of a set's districts.
pub fn names(set: Set) -> Vec<&'static str> {
    SOFIA
        .in_set(set)
        .map(|district| district.names[&lang("bg")].as_str())
        .collect()
}

#[test]
fn the_city_says_who_it_is() {
    assert_eq!(SOFIA.name(lang("bg")), "София");
    assert_eq!(SOFIA.name(lang("en")), "Sofia");
    assert_eq!(
        SOFIA.name(lang("tr")),
        "София",
        "its own language stands in"
    );
    assert_eq!(SOFIA.sender(lang("en")), "Sofia Municipality");
    assert_eq!(SOFIA.emergency(), "112");
    assert_eq!(SOFIA.zone(), chrono_tz::Europe::Sofia);
    assert_eq!(SOFIA.languages(), [lang("bg"), lang("en")]);
}

#[test]
fn districts_are_keyed_by_ekatte_and_their_bits_are_frozen() {
    assert_eq!(SOFIA.districts().len(), 24);
    for (at, district) in SOFIA.districts().iter().enumerate() {
        assert_eq!(district.code, format!("68134-{:02}", at + 1));
        assert_eq!(usize::from(district.bit), at);
    }
    assert_eq!(SOFIA.district("68134-14").unwrap().slug, "iskar");
    assert!(SOFIA.district("68134-25").is_none());
}

#[test]
fn topic_bits_are_frozen() {
    let bits: BTreeMap<&str, u8> = SOFIA
        .topics()
        .iter()
        .map(|topic| (topic.code.as_str(), topic.bit))
        .collect();
    let frozen = [
        "water",
        "electricity",
        "heating",
        "traffic",
        "works",
        "road-block",
        "public-transport",
        "parking",
        "waste",
        "weather",
        "air-quality",
        "health",
        "culture",
        "sports",
        "flood",
        "school-closure",
        "civil-protection",
    ];
    assert_eq!(bits.len(), frozen.len());
    for (bit, code) in frozen.iter().enumerate() {
        assert_eq!(usize::from(bits[code]), bit, "{code}");
    }
}

#[test]
fn categories_keep_the_counts_of_the_record() {
    let upper: Vec<_> = SOFIA
        .categories()
        .iter()
        .filter(|category| category.parent.is_none())
        .collect();
    assert_eq!(upper.len(), 16);
    assert_eq!(
        upper.iter().map(|category| category.count).sum::<u32>(),
        3529
    );
    for above in upper {
        let below: u32 = SOFIA
            .categories()
            .iter()
            .filter(|category| category.parent.as_ref() == Some(&above.code))
            .map(|category| category.count)
            .sum();
        assert_eq!(below, above.count, "{}", above.code);
    }
}

#[test]
fn codes_of_other_bodies_stand_for_districts() {
    let whole = SOFIA.by_geocode("NUTS3", "BG411");
    assert_eq!(SOFIA.in_set(whole).count(), 24);
    for (scheme, value, expected) in [
        ("EKATTE", "68134-14", "Искър"),
        ("ekatte", "6813414", "Искър"),
        ("EKATTE", "14831", "Панчарево"),
        ("EKATTE", "02659", "Банкя"),
        ("sofia-ref", "рил", "Илинден"),
        ("YOUR_SOFIA", "RIS", "Искър"),
    ] {
        assert_eq!(
            names(SOFIA.by_geocode(scheme, value)),
            [expected],
            "{scheme} {value}"
        );
    }
    assert_eq!(SOFIA.by_geocode("nuts 3", "bg-411"), whole);
    for (scheme, value) in [
        ("NUTS3", "BG412"),
        ("EMMA_ID", "BG411"),
        ("", ""),
        ("EKATTE", ""),
    ] {
        assert!(
            SOFIA.by_geocode(scheme, value).is_empty(),
            "{scheme} {value}"
        );
    }
}

#[test]
fn an_event_leads_to_its_topics_and_else_its_category_does() {
    for (category, event, expected) in [
        ("Infra", "Авария на водопровод", &["water"][..]),
        ("Infra", "Планирано спиране на тока", &["electricity"]),
        ("Infra", "Няма топла вода и парно", &["water", "heating"]),
        (
            "Infra",
            "Аварийно прекъсване",
            &["water", "electricity", "heating"],
        ),
        ("Met", "Orange Thunderstorm Warning", &["weather"]),
        ("Met", "Rain-Flood", &["weather", "flood"]),
        ("Met", "ЖЪЛТ КОД: силен вятър", &["weather"]),
        ("Met", "Kod", &["weather"]),
        ("Env", "Мръсен въздух", &["air-quality"]),
        ("Transport", "Ремонт на ул. Раковски", &["works"]),
        ("transport", "Промяна", &["traffic"]),
        (
            "Transport",
            "Спира движението на трамвай 5",
            &["traffic", "public-transport"],
        ),
        (
            "Safety",
            "Учебните занятия са отменени",
            &["civil-protection"],
        ),
        ("Safety", "Затворени училища в Люлин", &["school-closure"]),
        ("Geo", "Earthquake", &["civil-protection"]),
        ("Fire", "Голям пожар", &["civil-protection"]),
        ("Nonsense", "Бургас", &[]),
        ("", "", &[]),
    ] {
        let set = SOFIA.topic_for(category, event);
        let topics: Vec<&str> = SOFIA
            .topics()
            .iter()
            .filter(|topic| set.has(topic.bit))
            .map(|topic| topic.code.as_str())
            .collect();
        assert_eq!(topics, expected, "{category}: {event}");
    }
}
