//! From bytes to a typed request, without any town: the door that a fuzzer knocks at, too.

use glas::features::alert::template::{Template, Where, Wrong};
use glas::web::api::call::{Call, MOST_JSON, Unread, read};
use glas::web::api::table::{Operation, TABLE, Takes};
use proptest::prelude::*;

use crate::town::Cap;

const JSON: &str = "application/json";

fn operation(id: &str) -> &'static Operation {
    let found = TABLE.iter().find(|operation| operation.id == id);
    found.unwrap_or_else(|| panic!("no operation {id}"))
}

#[test]
fn a_request_is_read_as_it_was_meant() {
    let body = br#"{"drill": true, "facts": {"template": "all-clear", "place": "everywhere",
        "from": "2026-06-17T14:57:00+03:00", "about": "118", "text": {"bg": "a", "en": "b"}, "number": null}}"#;
    let Ok(Call::Draw(facts, true)) = read(operation("createDraft"), JSON, body) else {
        panic!("not read");
    };
    assert_eq!(
        (facts.template, &facts.place),
        (Template::AllClear, &Where::Everywhere)
    );
    assert_eq!(
        facts.from.map(|at| at.rfc3339()).as_deref(),
        Some("2026-06-17T11:57:00Z")
    );
    assert_eq!((facts.about.as_deref(), facts.text.len()), (Some("118"), 2));
    // What is written as JSON elsewhere is the same.
    let written = serde_json::to_value(&*facts).expect("JSON");
    let body = serde_json::json!({ "facts": written }).to_string();
    let again = read(operation("createDraft"), JSON, body.as_bytes());
    assert_eq!(again, Ok(Call::Draw(facts, false)));

    let cap = Cap::new("storm").xml();
    for media in [
        "application/cap+xml",
        "application/xml; charset=utf-8",
        "Text/XML",
    ] {
        let read = read(operation("createDraft"), media, cap.as_bytes());
        assert!(matches!(read, Ok(Call::File(alert)) if alert.identifier == "storm"));
    }
    let correct = read(operation("correctAlert"), JSON, br#"{"wrong": "place"}"#);
    assert_eq!(correct, Ok(Call::Correct(Wrong::Place)));
    let approve = read(
        operation("approveDraft"),
        JSON,
        br#"{"revision": 3, "confirm": "Sofia"}"#,
    );
    assert_eq!(approve, Ok(Call::Decide(3, "Sofia".to_owned())));
    let cancel = operation("cancelAlert");
    assert_eq!(read(cancel, "", b""), Ok(Call::Plain));
    assert_eq!(read(cancel, JSON, b"{}"), Err(Unread::Needless));
    let huge = format!("[{}]", " ".repeat(MOST_JSON));
    let huge = read(operation("submitDraft"), JSON, huge.as_bytes());
    assert_eq!(huge, Err(Unread::TooLarge));
    let cap = read(operation("submitDraft"), "application/cap+xml", b"<alert/>");
    assert_eq!(cap, Err(Unread::Media));
}

#[test]
fn unknown_fields_are_refused_wherever_they_stand() {
    for (id, body, pointer) in [
        (
            "submitDraft",
            r#"{"revision": 1, "confirm": "Sofia"}"#,
            "/confirm",
        ),
        (
            "createDraft",
            r#"{"facts": {"template": "water", "plase": []}}"#,
            "/facts/plase",
        ),
        (
            "createDraft",
            r#"{"facts": {"template": "water"}, "a/b~c": 1}"#,
            "/a~1b~0c",
        ),
        ("correctAlert", r#"{"wrong": "place", "why": ""}"#, "/why"),
        (
            "createDraft",
            r#"{"facts": {"template": "water", "place": {"around": {"point": "42.69,23.32", "radius": 100, "r": 1}}}}"#,
            "/facts/place/around/r",
        ),
    ] {
        let Err(Unread::Fields(wrong)) = read(operation(id), JSON, body.as_bytes()) else {
            panic!("taken: {body}");
        };
        let pointers: Vec<&str> = wrong.iter().map(|wrong| wrong.pointer.as_str()).collect();
        assert_eq!(pointers, [pointer]);
    }
}

proptest! {
    #[test]
    fn whatever_comes_ends_in_a_request_or_a_reason(
        number in 0..TABLE.len(),
        bytes in proptest::collection::vec(any::<u8>(), 0..200),
        text in "\\PC{0,80}",
    ) {
        let operation = &TABLE[number];
        for media in [JSON, "application/cap+xml", "", &text] {
            let _ = read(operation, media, text.as_bytes());
            let raw = read(operation, media, &bytes);
            if operation.takes == Takes::Nothing {
                prop_assert_eq!(raw.is_ok(), bytes.is_empty());
            }
            let quoted = serde_json::to_string(&text).expect("JSON");
            for name in ["facts", "revision", "reason", "wrong", "drill"] {
                let body = format!("{{\"{name}\": {quoted}, {quoted}: {{\"template\": {quoted}}}}}");
                let read = read(operation, media, body.as_bytes());
                prop_assert!(read.is_err(), "{}", body);
            }
        }
    }
}
