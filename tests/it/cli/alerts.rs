//! `glas alert` without a running bot: judged, taken in, held, refused, looked up.

use serde_json::Value;

use super::program::{Place, project};

/// A moment at which the alerts of the tests are in force.
const AT: &str = "2026-06-17T12:10:00Z";

const TELEGRAM: &str = "[telegram]\napi_url = \"http://127.0.0.1:9\"\n";

fn data(name: &str) -> String {
    project()
        .join("tests/data/cap")
        .join(name)
        .display()
        .to_string()
}

fn sample() -> String {
    project()
        .join("src/sandbox/sample.xml")
        .display()
        .to_string()
}

#[test]
fn a_check_for_scripts_is_one_object_a_file_with_every_field() {
    let place = Place::new("");
    let files = [data("circle.xml"), data("elsewhere.xml"), data("xxe.xml")];
    let [circle, elsewhere, xxe] = &files;
    let said = place.glas(&[
        "alert", "check", circle, elsewhere, xxe, "--json", "--at", AT,
    ]);
    assert_eq!(said.code, Some(1), "one is refused: {said:?}");
    let answers: Vec<Value> = said
        .out
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(answers.len(), 3, "{}", said.out);
    for answer in &answers {
        let mut fields: Vec<&String> = answer.as_object().expect("an object").keys().collect();
        fields.sort();
        assert_eq!(
            fields,
            [
                "certainty",
                "districts",
                "event",
                "expires",
                "file",
                "identifier",
                "languages",
                "msg_type",
                "reason",
                "sender",
                "sent",
                "severity",
                "status",
                "urgency",
                "verdict",
            ]
        );
    }
    assert_eq!(answers[0]["verdict"], "accepted");
    assert_eq!(answers[0]["districts"], serde_json::json!(["68134-19"]));
    assert_eq!(answers[0]["sent"], "2026-06-17T11:30:00Z");
    assert_eq!(answers[1]["verdict"], "held");
    assert_eq!(answers[2]["verdict"], "refused");
    assert_eq!(answers[2]["identifier"], Value::Null);
    let good = place.glas(&["alert", "check", circle, elsewhere, "--at", AT]);
    assert_eq!(good.code, Some(0), "held is not refused: {good:?}");
    assert!(!place.path("glas.db").exists(), "a check makes no database");
}

#[test]
fn a_sent_alert_can_be_looked_up_by_number_and_identifier_and_is_not_sent_twice() {
    let place = Place::new(TELEGRAM);
    let said = place.good(&["alert", "send", &sample(), "--at", AT]);
    let number = said
        .strip_prefix("Alert ")
        .and_then(|rest| rest.split_once(" is on its way to: Lyulin district\n"))
        .expect("its number");
    assert!(
        number
            .1
            .starts_with("telegram: nobody delivers on this channel now."),
        "{said}"
    );
    for id in [number.0, "glas-sample-1055887203"] {
        let status = place.good(&["alert", "status", id, "--json"]);
        let status: Value = serde_json::from_str(&status).expect("JSON");
        assert_eq!(status["id"], number.0);
        assert_eq!(status["state"], "sent");
        assert_eq!(status["channels"][0]["channel"], "telegram");
        assert_eq!(status["channels"][0]["planned"], 0);
    }
    let again = place.glas(&["alert", "send", &sample(), "--at", AT]);
    assert_eq!(again.code, Some(1), "{again:?}");
    assert!(
        again
            .out
            .contains(&format!("sent before, as number {}", number.0)),
        "{again:?}"
    );
    let unknown = place.glas(&["alert", "status", "nothing-of-ours"]);
    assert_eq!(unknown.code, Some(1), "{unknown:?}");
}

#[test]
fn an_update_is_held_until_what_it_updates_went_out() {
    let place = Place::new(TELEGRAM);
    let update = data("update.xml");
    let check = ["alert", "check", update.as_str(), "--at", AT];
    assert!(
        place
            .good(&check)
            .contains("held. It updates or cancels an alert that was not sent from here")
    );
    let send = ["alert", "send", update.as_str(), "--at", AT];
    let held = place.glas(&send);
    assert_eq!(held.code, Some(1), "{held:?}");
    assert!(
        held.out
            .starts_with("It was not sent, because a person must look at it:"),
        "{held:?}"
    );

    place.good(&["alert", "send", &sample(), "--at", AT]);
    assert!(place.good(&check).contains("accepted. May go out now."));
    place.good(&send);
    let first = place.good(&["alert", "status", "glas-sample-1055887203"]);
    assert!(first.contains("replaced by a newer one"), "{first}");
    place.good(&["alert", "send", &data("cancel.xml"), "--at", AT]);
    let updated = place.good(&["--lang", "bg", "alert", "status", "update"]);
    assert!(updated.contains("отменено"), "{updated}");
}

#[test]
fn what_is_refused_or_has_no_way_out_is_not_sent() {
    let place = Place::new(TELEGRAM);
    for (file, reason) in [
        (
            "xxe.xml",
            "It cannot be sent: The file carries a document type definition",
        ),
        ("private.xml", "It cannot be sent: It is private"),
        (
            "elsewhere.xml",
            "It was not sent, because a person must look at it: None of its areas",
        ),
        (
            "no-such-file.xml",
            "It cannot be sent: The file cannot be read",
        ),
    ] {
        let said = place.glas(&["alert", "send", &data(file), "--at", AT]);
        assert_eq!(said.code, Some(1), "{file}: {said:?}");
        assert!(said.out.starts_with(reason), "{file}: {said:?}");
    }
    let said = Place::new("").glas(&["alert", "send", &sample(), "--at", AT]);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.out.starts_with("No channel is on"), "{said:?}");
}
