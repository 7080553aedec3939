//! From a template to the phone, and from "that was wrong" to the correction.

use super::{RESIDENT, approver, glas, good, refused, town};
use crate::town::{Base, on_both};

on_both!(
    a_template_becomes_an_alert_in_both_languages,
    what_was_wrong_is_corrected_in_one_step,
    an_end_is_told_to_whom_it_reached,
    a_drill_of_a_template_is_marked_and_reaches_no_citizen,
    facts_that_are_not_clear_are_explained,
);

/// The number in the answer to `glas alert new`.
fn number(said: &str) -> String {
    said.chars().filter(char::is_ascii_digit).collect()
}

async fn a_template_becomes_an_alert_in_both_languages(base: Base) {
    let town = town(base).await;
    town.settle_in("discord", 43, "en");
    town.subscribe("discord", "user:43", "en").await;
    let facts = ["place=Люлин", "contact=Софийска вода, 0800 121 21"];
    let new = [
        "alert",
        "new",
        "water",
        facts[0],
        facts[1],
        "--as",
        "publisher",
    ];
    let id = number(&good(&town, &new));
    let said = good(&town, &["alert", "submit", &id, "--as", "publisher"]);
    assert!(said.contains("Разпраща се."), "{said}");
    let bulgarian = town.reads("telegram", RESIDENT, 1).await;
    for part in ["вода", "район Люлин", "0800 121 21"] {
        assert!(
            bulgarian[0].contains(part),
            "no „{part}“ in {}",
            bulgarian[0]
        );
    }
    let english = town.reads("discord", "user:43", 1).await;
    for part in ["water", "Lyulin", "0800 121 21"] {
        assert!(english[0].contains(part), "no “{part}” in {}", english[0]);
    }
    town.quiet().await;
    town.end().await;
}

async fn what_was_wrong_is_corrected_in_one_step(base: Base) {
    let town = town(base).await;
    let new = [
        "alert",
        "new",
        "evacuation",
        "place=Люлин",
        "line=бул. Царица Йоанна 15",
        "--as",
        "publisher",
    ];
    let id = number(&good(&town, &new));
    good(&town, &["alert", "submit", &id, "--as", "publisher"]);
    let hand = approver(&town);
    hand.reads("Чака Ви за одобрение").await;
    hand.taps("Одобрявам").await;
    hand.reads("Одобрено е и се разпраща.").await;
    town.reads("telegram", RESIDENT, 1).await;
    // What is still on its way has no message yet that another could stand under.
    town.quiet().await;
    hand.taps("Беше погрешно").await;
    hand.reads("че е било погрешно").await;
    let read = town.reads("telegram", RESIDENT, 2).await;
    assert!(read[1].contains("погрешка"), "{}", read[1]);
    let alert = town.inbox("telegram", RESIDENT).remove(0);
    let correction = town.inbox("telegram", RESIDENT).remove(1);
    assert!(
        alert
            .id
            .ends_with(&correction.raw["reply_to_message"]["message_id"].to_string()),
        "a correction belongs under what it corrects: {}",
        correction.raw
    );
    assert_ne!(correction.raw["disable_notification"], true, "it is heard");
    town.quiet().await;
    let kinds = "select count(*) from draft where kind = 'correction' and state = 'sent'";
    assert_eq!(town.count(kinds).await, 1);

    // Somebody else, on an older message: nobody is told twice.
    let sent = "select min(alert) from draft where kind = 'new'";
    let sent = town.count(sent).await.to_string();
    let already = "Ново съобщение не е изпратено.";
    for again in ["correct", "cancel"] {
        let again = ["alert", again, &sent, "--as", "publisher"];
        refused(&town, &again, already);
    }
    town.quiet().await;
    town.reads("telegram", RESIDENT, 2).await;
    assert_eq!(town.inbox("telegram", RESIDENT).len(), 2);
    town.end().await;
}

async fn an_end_is_told_to_whom_it_reached(base: Base) {
    let town = town(base).await;
    let new = [
        "alert",
        "new",
        "road",
        "place=Люлин",
        "line=бул. Сливница",
        "--as",
        "publisher",
    ];
    let id = number(&good(&town, &new));
    let said = good(&town, &["alert", "submit", &id, "--as", "publisher"]);
    let alert = number(&said);
    town.reads("telegram", RESIDENT, 1).await;
    // Who comes later was not reached, and is not told.
    town.settle_in("telegram", 44, "bg");
    town.subscribe("telegram", "44", "bg").await;
    let moderator = ["alert", "cancel", &alert, "--as", "volunteer"];
    refused(&town, &moderator, "Вашата роля е „наблюдател“");
    good(&town, &["alert", "cancel", &alert, "--as", "publisher"]);
    town.reads("telegram", RESIDENT, 2).await;
    town.quiet().await;
    assert!(town.inbox("telegram", "44").is_empty());
    let again = ["alert", "cancel", "no-such-alert", "--as", "publisher"];
    refused(&town, &again, "Няма такова предупреждение.");
    town.end().await;
}

async fn a_drill_of_a_template_is_marked_and_reaches_no_citizen(base: Base) {
    let town = town(base).await;
    let new = [
        "alert",
        "new",
        "storm",
        "place=Люлин",
        "--drill",
        "--as",
        "publisher",
    ];
    let id = number(&good(&town, &new));
    good(&town, &["alert", "submit", &id, "--as", "publisher"]);
    let read = town.reads("telegram", "905", 1).await;
    assert!(read[0].starts_with("УЧЕНИЕ"), "{}", read[0]);
    town.quiet().await;
    assert!(town.inbox("telegram", RESIDENT).is_empty());
    town.end().await;
}

async fn facts_that_are_not_clear_are_explained(base: Base) {
    let town = town(base).await;
    let nowhere = [
        "alert",
        "new",
        "water",
        "place=Атлантида",
        "--as",
        "publisher",
    ];
    refused(&town, &nowhere, "Атлантида");
    let everywhere = ["alert", "new", "water", "--as", "publisher"];
    refused(&town, &everywhere, "Фактите не са пълни");
    let unknown = ["alert", "new", "meteor", "place=Люлин", "--as", "publisher"];
    refused(&town, &unknown, "Има: water, heating, power");
    let one_language = [
        "alert",
        "new",
        "free",
        "place=Люлин",
        "text.bg=Затворена е пътеката.",
        "--as",
        "publisher",
    ];
    let said = glas(&town, &one_language);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert_eq!(town.count("select count(*) from draft").await, 0);
    town.end().await;
}
