//! `glas person` and `glas retention`: the data officer's hands.

use std::io::Write as _;
use std::process::Stdio;

use serde_json::Value;

use super::program::Place;

const LIST: &str = "channel,handle,locale,areas,topics,cadence,consent_date,consent_source\n\
    telegram,730042001,bg,Lyulin,*,now,2026-01-05,desk\n\
    email,Neighbour@example.org,en,*,*,now,2026-01-05,desk\n";

fn place() -> Place {
    let place = Place::new("");
    place.write("list.csv", LIST);
    place.good(&["subscriber", "import", "list.csv"]);
    place
}

#[test]
fn a_person_is_given_out_whole() {
    let place = place();
    let said = place.good(&["person", "export", "email", " Neighbour@EXAMPLE.org "]);
    let data: Value = serde_json::from_str(&said).expect("JSON");
    assert_eq!(data["address"], "Neighbour@example.org");
    assert_eq!(data["subscribed"], true);
    assert_eq!(data["subscriptions"][0]["districts"][0], "*");
    assert_eq!(data["consents"][0]["source"], "desk");
    assert_eq!(data["consents"][0]["at"], "2026-01-05T00:00:00Z");

    let said = place.glas(&["person", "export", "telegram", "-100730042"]);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert_eq!(said.out, "Nothing is kept about -100730042 on telegram.\n");
    let said = place.glas(&["--lang", "bg", "person", "export", "telegram", "7"]);
    assert_eq!(said.out, "Няма нищо за 7 в telegram.\n");
    let said = place.glas(&["person", "export", "fax", "7"]);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.out.contains("There is no channel “fax”"), "{said:?}");
    let said = place.glas(&["person", "export", "telegram", "somebody"]);
    assert!(said.out.starts_with("a Telegram address is"), "{said:?}");
}

#[test]
fn a_person_is_forgotten_when_their_address_is_typed_once_more() {
    let place = place();
    let forget = ["person", "forget", "telegram", "730042001"];
    let typed = |text: &str| {
        let mut command = place.command(&forget);
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut running = command.spawn().expect("the program");
        let mut typing = running.stdin.take().expect("piped");
        writeln!(typing, "{text}").expect("typed");
        drop(typing);
        let output = running.wait_with_output().expect("the program");
        (
            output.status.code(),
            String::from_utf8(output.stdout).expect("UTF-8"),
        )
    };
    for other in ["730042002", "yes", ""] {
        let (code, said) = typed(other);
        assert_eq!(code, Some(1), "{said}");
        assert!(
            said.ends_with("The address is not the same. Nothing was erased.\n"),
            "{said}"
        );
    }
    assert!(place.good(&["subscriber", "list"]).contains("730042001"));
    let (code, said) = typed("730042001");
    assert_eq!(code, Some(0), "{said}");
    for part in [
        "Everything about 730042001 will be erased",
        "730042001 on telegram is erased:\n  subscriptions: 1\n  records of consent: 0\n  messages sent or waiting: 0\n",
        "a fingerprint of the address",
        "Back-ups are not changed",
    ] {
        assert!(said.contains(part), "{part:?} is not in: {said}");
    }
    assert!(!place.good(&["subscriber", "list"]).contains("730042001"));

    let said = place.glas(&forget);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(
        said.out
            .contains("this address has already asked to be forgotten"),
        "{said:?}"
    );
    let said = place.good(&["subscriber", "import", "list.csv"]);
    assert!(
        said.contains("Line 2: this address was erased at its owner’s wish"),
        "{said}"
    );
    assert!(
        said.contains("Subscribed: 1. Bad lines: 0. Unsubscribed and left so: 1."),
        "{said}"
    );
    let said = place.good(&[
        "--lang",
        "bg",
        "person",
        "forget",
        "--yes",
        "email",
        "Neighbour@example.org",
    ]);
    assert!(
        said.starts_with("Изтрит е Neighbour@example.org в email:\n  абонаменти: 1\n"),
        "{said}"
    );
    assert_eq!(place.good(&["subscriber", "list"]).lines().count(), 1);
}

#[test]
fn retention_is_shown_done_and_reported() {
    let place = place();
    let said = place.good(&["retention", "report"]);
    assert!(said.starts_with("There was no run yet."), "{said}");
    let said = place.good(&[
        "--lang",
        "bg",
        "retention",
        "run",
        "--dry-run",
        "--at",
        "2030-06-15T03:30:00+03:00",
    ]);
    assert!(
        said.starts_with("Това би се изтрило сега; нищо не е променено:\n"),
        "{said}"
    );
    let line = said
        .lines()
        .find(|line| line.contains("Белези за обработени съобщения"))
        .expect("a line");
    assert!(line.contains("  0  преди 1 юни 2030"), "{line}");
    assert_eq!(said.lines().count(), 12, "{said}");
    let said = place.good(&["retention", "run", "--json"]);
    let run: Value = serde_json::from_str(&said).expect("JSON");
    assert_eq!(run["dry_run"], false);
    assert_eq!(run["classes"].as_array().map(Vec::len), Some(11));
    assert_eq!(run["classes"][0]["class"], "departed");
    assert_eq!(run["classes"][0]["removed"], 0);
    let said = place.good(&["retention", "report", "--json"]);
    let report: Value = serde_json::from_str(&said).expect("JSON");
    assert_eq!(report[0]["at"], run["at"]);
    let said = place.good(&["retention", "report"]);
    assert!(said.contains("\n  nothing had had its time\n"), "{said}");
    let said = place.glas(&["retention", "run", "--at", "2030-06-15T03:30:00+03:00"]);
    assert_eq!(
        said.code,
        Some(2),
        "only a dry run looks into the future: {said:?}"
    );
}

#[test]
fn times_that_cannot_be_are_refused() {
    for (settings, says) in [
        ("retention = \"never\"", "is no cron expression"),
        ("forms_days = 7", "a number from 8 to 3650"),
        ("form_days = 30", "did you mean \"forms_days\"?"),
    ] {
        let place = Place::new(&format!("[privacy]\n{settings}\n"));
        let said = place.glas(&["check"]);
        assert_eq!(said.code, Some(1), "{said:?}");
        assert!(said.out.contains("bot.toml:5:"), "{said:?}");
        assert!(said.out.contains(says), "{said:?}");
    }
    let place = Place::new("[privacy]\nretention = \"30 3 * * 0\"\nforms_days = 8\n");
    place.good(&["check"]);
}
