//! `glas doctor --send-to`: the test letter arrives, or the operator reads why it did not.

use glas::sandbox::smtp::Fault;
use glas::sandbox::telegram::{Often, Person, Trouble};

use super::super::program::Place;
use super::{Clinic, assert_has};
use crate::town::Base;

const TITLE: [(&str, &str); 2] = [
    ("bg", "Пробно съобщение от „Глас“"),
    ("en", "A test letter from Glas"),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_test_letter_arrives_on_every_channel() {
    let clinic = Clinic::open(Base::Sqlite).await;
    clinic.town.settle_in("telegram", 7, "bg");
    clinic.town.settle_in("discord", 7, "bg");
    for (channel, address, to) in [
        ("telegram", "telegram:7", "7"),
        ("discord", "discord:user:7", "user:7"),
        ("email", "resident7@example.org", "resident7@example.org"),
    ] {
        for (number, (lang, title)) in TITLE.into_iter().enumerate() {
            let said = clinic.call(lang, &["--send-to", address]).await;
            assert_eq!(said.code, Some(0), "{}", said.out);
            let taken = if lang == "bg" {
                "прие съобщението"
            } else {
                "has taken the letter"
            };
            let level = if lang == "bg" { "наред" } else { "ok" };
            assert_has(&said.out, level, &format!("{channel} {taken}"));
            let inbox = clinic.town.inbox(channel, to);
            assert_eq!(inbox.len(), number + 1, "{channel}");
            assert!(inbox[number].text.contains(title), "{}", inbox[number].text);
            let by = if lang == "bg" {
                "с „glas doctor“."
            } else {
                "by “glas doctor”."
            };
            assert!(inbox[number].text.contains(by), "{}", inbox[number].text);
        }
    }
    let waiting = clinic.town.count("select count(*) from delivery").await;
    assert_eq!(waiting, 0, "nothing passes through the outbox");
    clinic.town.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_test_letter_is_explained() {
    let mut clinic = Clinic::open(Base::Sqlite).await;
    clinic.town.telegram.add_person(Person {
        id: 8,
        first_name: "Р".to_owned(),
        language_code: None,
        username: None,
    });
    clinic.town.settle_in("discord", 8, "bg");
    clinic.town.discord.close_dms(8, true);
    clinic
        .town
        .smtp
        .add_fault(Fault::unknown_mailbox("nobody@example.org"));
    for (address, why) in [
        (
            "telegram:8",
            "403 Forbidden: bot can't initiate conversation with a user",
        ),
        (
            "discord:user:8",
            "403, code 50007: Cannot send messages to this user",
        ),
        ("email:nobody@example.org", "5.1.1 No such mailbox here"),
    ] {
        for (lang, level, begins) in [
            (
                "bg",
                "ГРЕШКА",
                "Не е изпратено, защото мрежата не знае път до този адрес: ",
            ),
            (
                "en",
                "FAULT",
                "Not sent, for the network knows no way to this address: ",
            ),
        ] {
            let said = clinic.call(lang, &["--send-to", address]).await;
            assert_eq!(said.code, Some(1), "{}", said.out);
            assert_has(&said.out, level, begins);
            assert!(said.out.contains(why), "{address}: {}", said.out);
        }
    }
    clinic.town.settle_in("telegram", 9, "bg");
    clinic
        .town
        .telegram
        .fail(Trouble::TooMany(17), &["sendMessage"], Often::Times(1));
    let said = clinic
        .call("en", &["--send-to", "telegram:9", "--json"])
        .await;
    let line: serde_json::Value = serde_json::from_str(&said.out).expect("one line of JSON");
    assert_eq!(
        (&line["check"], &line["level"]),
        (&"letter".into(), &"fault".into())
    );
    clinic.town.telegram.fail(
        Trouble::ResetAfterReading,
        &["sendMessage"],
        Often::Times(1),
    );
    let said = clinic.call("bg", &["--send-to", "telegram:9"]).await;
    assert_has(
        &said.out,
        "ГРЕШКА",
        "Не се знае дали е изпратено, защото отговорът не дойде",
    );
    clinic.telegram_token = "110201543:another-token-another-token-another-00";
    let said = clinic.call("en", &["--send-to", "telegram:9"]).await;
    assert_has(
        &said.out,
        "FAULT",
        "Not sent, and nothing else can be until this is mended: the token is refused",
    );
    assert!(clinic.town.ledger.seen_since(0).is_empty());
    clinic.town.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_that_is_none_is_refused_with_the_forms_that_are() {
    let clinic = Clinic::open(Base::Sqlite).await;
    for (lang, address, begins) in [
        (
            "en",
            "someone",
            "“someone” is no address to send to: write telegram:NUMBER, discord:user:NUMBER",
        ),
        (
            "bg",
            "someone",
            "„someone“ не е адрес, на който може да се изпрати: напишете telegram:НОМЕР",
        ),
        (
            "en",
            "discord:7",
            "“discord:7” is no address to send to: a Discord address is user:NUMBER",
        ),
        (
            "bg",
            "a@b",
            "„a@b“ не е адрес, на който може да се изпрати: Моля, напишете имейл адрес",
        ),
    ] {
        let said = clinic.call(lang, &["--send-to", address]).await;
        assert_eq!(said.code, Some(1), "{}", said.out);
        assert_has(
            &said.out,
            if lang == "bg" {
                "ГРЕШКА"
            } else {
                "FAULT"
            },
            begins,
        );
    }
    let off = Place::new("").glas(&["doctor", "--send-to", "a@example.org"]);
    assert_eq!(off.code, Some(1), "{off:?}");
    assert_has(
        &off.out,
        "FAULT",
        "email: off (bot.toml has no section for it)",
    );
    clinic.town.end().await;
}
