//! Facts as nobody would write them: nothing panics, and what is accepted has a district.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use glas::base::clock::Millis;
use glas::base::point::Point;
use glas::features::alert::Severity;
use glas::features::alert::letter::letter;
use glas::features::alert::rules::{Verdict, judge};
use glas::features::alert::template::{Facts, TABLE, Template, Where, draw_up, drill, read};
use proptest::prelude::*;

use super::Desk;
use crate::cap::lang;

fn desk() -> &'static Desk {
    static DESK: OnceLock<Desk> = OnceLock::new();
    DESK.get_or_init(Desk::new)
}

/// Whatever was drawn up goes to districts, in both languages, and can be worded.
fn holds(facts: &Facts) -> Result<(), TestCaseError> {
    let desk = desk();
    let office = desk.office();
    let earlier = desk.drawn(Template::Storm, &["place=Люлин"]);
    let alert = match draw_up(facts, &office, Some(&earlier)) {
        Ok(alert) => alert,
        Err(faults) => {
            prop_assert!(!faults.is_empty());
            let told = desk.told(&faults, "en");
            prop_assert!(!told.contains("cannot be drawn up:"), "{told}");
            prop_assert!(!desk.told(&faults, "bg").is_empty());
            return Ok(());
        }
    };
    prop_assert_eq!(alert.infos.len(), 2);
    let known = |_: &_| {
        let judged = judge(&earlier, &desk.city, desk.now, |_| None);
        Some(glas::features::alert::rules::Earlier {
            alert: earlier.clone(),
            districts: judged.districts,
            topics: judged.topics,
        })
    };
    let judged = judge(&alert, &desk.city, desk.now, known);
    prop_assert!(!judged.districts.is_empty(), "{:?}", alert);
    prop_assert_eq!(judged.verdict, Verdict::Accepted, "{:?}", judged.reason);
    for code in ["bg", "en"] {
        let letter = letter(&alert, &judged, &desk.city, lang(code));
        let worded = desk.catalogue.localise(&letter, lang(code));
        prop_assert!(worded.is_ok(), "{:?}", worded.err());
    }
    prop_assert!(drill(&alert, &office).is_ok());
    Ok(())
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[а-яa-z0-9 .,:„“=-]{0,30}",
        1 => any::<String>(),
        1 => Just("ж".repeat(1600)),
    ]
}

fn place() -> impl Strategy<Value = Where> {
    let name = prop_oneof![
        Just("Люлин".to_owned()),
        Just("кв. Бояна".to_owned()),
        Just("Mladost 1".to_owned()),
        Just("София".to_owned()),
        text(),
    ];
    let names = prop::collection::vec(name, 0..4);
    let near = (42.5..42.9, 23.1..23.6)
        .prop_filter_map("a point", |(lat, lon)| Point::from_degrees(lat, lon));
    prop_oneof![
        Just(Where::Everywhere),
        names.clone().prop_map(Where::Named),
        (text(), names).prop_map(|(line, within)| Where::Address { line, within }),
        (near, -10i64..30_000, proptest::option::of(text())).prop_map(|(point, radius, line)| {
            Where::Around {
                point,
                radius,
                line,
            }
        }),
    ]
}

fn moment() -> impl Strategy<Value = Option<Millis>> {
    let now = desk().now.0;
    let day = 24 * 60 * 60 * 1000;
    proptest::option::of(prop_oneof![
        8 => (now - 2 * day..now + 20 * day).prop_map(Millis),
        1 => any::<i64>().prop_map(Millis),
    ])
}

prop_compose! {
    fn any_facts()(
        row in 0..TABLE.len(),
        choice in 0usize..6,
        place in place(),
        from in moment(),
        until in moment(),
        contact in proptest::option::of(text()),
        number in proptest::option::of(-5i64..2100),
        texts in proptest::option::of((text(), text())),
        (severity, emergency, tail) in (0usize..8, any::<bool>(), any::<bool>()),
    ) -> Facts {
        let declared = &TABLE[row];
        let mut text = BTreeMap::new();
        if let Some((bulgarian, english)) = texts {
            text.insert(lang("bg"), bulgarian);
            if tail {
                text.insert(lang("en"), english);
            }
        }
        Facts {
            template: declared.template,
            place,
            from,
            until,
            contact,
            cause: declared.choices.get(choice).map(|choice| choice.code.to_owned()),
            number,
            about: None,
            text,
            severity: [Severity::Extreme, Severity::Minor, Severity::Unknown].get(severity).copied(),
            emergency,
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_facts_are_drawn_up_or_refused(facts in any_facts()) {
        holds(&facts)?;
        // Moments outside chrono's years have no text that JSON could hold.
        let json = serde_json::to_string(&facts).unwrap();
        if let Ok(again) = serde_json::from_str::<Facts>(&json) {
            prop_assert_eq!(again.place, facts.place);
            prop_assert_eq!(again.text, facts.text);
        }
    }

    #[test]
    fn any_arguments_are_read_or_refused(
        row in 0..TABLE.len(),
        arguments in prop::collection::vec((0usize..16, text()), 0..8),
    ) {
        let names = [
            "place", "around", "radius", "line", "from", "until", "contact", "cause", "number",
            "about", "severity", "emergency", "text.bg", "text.en", "text.", "",
        ];
        let arguments: Vec<String> = (arguments.into_iter())
            .map(|(name, value)| match names[name] {
                "" => value,
                "around" => format!("around=42.7,{value}"),
                name => format!("{name}={value}"),
            })
            .collect();
        match read(TABLE[row].template, &arguments, &desk().office()) {
            Ok(facts) => holds(&facts)?,
            Err(faults) => {
                prop_assert!(!desk().told(&faults, "bg").is_empty());
            }
        }
    }

    #[test]
    fn any_json_is_read_or_refused(text in any::<String>(), row in 0..TABLE.len()) {
        let text = serde_json::to_string(&text).unwrap();
        let code = TABLE[row].code;
        for json in [
            format!("{{\"template\":\"{code}\",\"place\":{text}}}"),
            format!("{{\"template\":\"{code}\",\"place\":{{\"named\":[{text}]}},\"cause\":{text}}}"),
            format!("{{\"template\":\"{code}\",\"place\":\"everywhere\",\"text\":{{\"bg\":{text},\"en\":{text}}}}}"),
            format!("{{\"template\":\"{code}\",\"until\":{text}}}"),
        ] {
            if let Ok(facts) = serde_json::from_str::<Facts>(&json) {
                holds(&facts)?;
            }
        }
    }
}
