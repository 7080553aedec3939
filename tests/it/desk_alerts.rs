//! Operators in chats: from `/alert new` to the citizens' phones, with two people.

mod troubles;

use crate::town::hands::labels;
use crate::town::{Base, Hand, Plan, Town, on_both};

on_both!(
    an_officer_and_a_second_person_on_telegram,
    an_officer_and_a_second_person_on_discord,
    a_typed_line_leaves_one_question,
    a_test_reaches_whoever_asked_for_it_and_nobody_else,
    a_changed_draft_makes_the_old_buttons_stale,
    an_update_goes_out_under_the_alert,
);

const OPERATORS: &str = "[[operator]]\nname = \"Ана\"\nrole = \"publisher\"\ntelegram = 901\ndiscord = 911\n\
    [[operator]]\nname = \"Борис\"\nrole = \"approver\"\ntelegram = 902\ndiscord = 912\n\
    [[operator]]\nname = \"Вера\"\nrole = \"viewer\"\ntelegram = 903\n";

/// A town at three in the morning, with residents on two networks and people on duty.
async fn town(base: Base) -> Town {
    let plan = Plan {
        channels: &["telegram", "discord"],
        more: OPERATORS,
        at: Some("2026-11-27T01:00:00Z"),
        ..Plan::default()
    };
    let mut town = Town::build(base, plan).await;
    town.settle_in("telegram", 42, "bg");
    town.subscribe("telegram", "42", "bg").await;
    town.settle_in("discord", 43, "en");
    town.subscribe("discord", "user:43", "en").await;
    for number in [901, 902, 903] {
        town.settle_in("telegram", number, "bg");
        town.settle_in("discord", number + 10, "en");
    }
    town.start().await;
    town
}

fn on_duty(town: &Town) -> Hand<'_> {
    town.hand("telegram", 901)
}

/// What the two residents have got so far.
async fn residents(town: &Town, count: usize) -> (String, String) {
    let mut bulgarian = town.reads("telegram", "42", count).await;
    let mut english = town.reads("discord", "user:43", count).await;
    (
        bulgarian.pop().expect("a letter"),
        english.pop().expect("a letter"),
    )
}

async fn an_officer_and_a_second_person_on_telegram(base: Base) {
    let town = town(base).await;
    let officer = on_duty(&town);
    officer.says("/тревога нова").await;
    officer.taps("Евакуация на сграда").await;
    officer.taps("изтичане на газ").await;
    officer.says("ж.к. Люлин 3").await;
    officer.reads("Коя улица или сграда?").await;
    officer.says("бул. Царица Йоанна 15").await;
    officer.reads("До кога?").await;
    officer.taps("Не се знае").await;
    let panel = officer.reads("чернова").await;
    insta::assert_snapshot!(panel.text, @"");
    insta::assert_snapshot!(labels(&panel).join("\n"), @"");
    assert_eq!(officer.acts(), 6);
    officer.taps("Подайте за одобрение").await;
    officer.reads("Повикахме хората").await;
    let second = town.hand("telegram", 902);
    second.reads("Чака Ви за одобрение").await;
    second.taps("Одобрявам").await;
    let (bulgarian, english) = residents(&town, 1).await;
    insta::assert_snapshot!(bulgarian, @"");
    insta::assert_snapshot!(english, @"");
    town.end().await;
}

async fn an_officer_and_a_second_person_on_discord(base: Base) {
    let town = town(base).await;
    let officer = town.hand("discord", 911);
    officer.says("/alert new").await;
    let window = officer.opens("Evacuation of a building").await;
    let labels: Vec<&str> = (window["components"].as_array().expect("fields").iter())
        .filter_map(|it| it["label"].as_str())
        .collect();
    insta::assert_snapshot!(labels.join("\n"), @"");
    officer
        .fills_in(&[
            ("cause", "gas"),
            ("where", "Lyulin, Nadezda"),
            ("line", "бул. Царица Йоанна 15"),
            ("until", "soon"),
        ])
        .await;
    let not_ready = officer.reads("Not ready yet").await;
    insta::assert_snapshot!(not_ready.text, @"");
    // What was typed is still there.
    let again = officer.opens("Correct it").await;
    let values: Vec<&str> = (again["components"].as_array().expect("fields").iter())
        .filter_map(|it| it["component"]["value"].as_str())
        .collect();
    insta::assert_snapshot!(values.join("\n"), @"");
    officer
        .fills_in(&[("where", "Lyulin, Nadezhda"), ("until", "2h")])
        .await;
    let panel = officer.reads("– draft").await;
    insta::assert_snapshot!(panel.text, @"");
    officer.taps("Submit for approval").await;
    let second = town.hand("discord", 912);
    // Whoever has never written here is called in the city's own language.
    second.reads("Чака Ви за одобрение").await;
    second.taps("Одобрявам").await;
    let (bulgarian, english) = residents(&town, 1).await;
    assert!(
        bulgarian.contains("Изтича газ") || bulgarian.contains("газ"),
        "{bulgarian}"
    );
    assert!(english.contains("Gas is leaking"), "{english}");
    town.end().await;
}

async fn a_typed_line_leaves_one_question(base: Base) {
    let town = town(base).await;
    let officer = on_duty(&town);
    officer.says("/alert new вода авария Люлин, Надежда").await;
    officer.reads("До кога?").await;
    officer.taps("След 4 часа").await;
    officer.reads("– чернова").await;
    officer.taps("Разпратете").await;
    let (bulgarian, english) = residents(&town, 1).await;
    assert!(bulgarian.contains("Люлин и Надежда"), "{bulgarian}");
    assert!(english.contains("Lyulin and Nadezhda"), "{english}");
    assert_eq!(officer.acts(), 3);
    town.end().await;
}

async fn a_test_reaches_whoever_asked_for_it_and_nobody_else(base: Base) {
    let town = town(base).await;
    let officer = on_duty(&town);
    officer.says("/alert new вода авария Люлин").await;
    officer.taps("Не се знае").await;
    officer.reads("– чернова").await;
    officer.taps("Проба до мен").await;
    let test = officer.reads("ПРОБА:").await;
    insta::assert_snapshot!(test.text, @"");
    town.quiet().await;
    assert!(town.inbox("telegram", "42").is_empty());
    assert!(town.inbox("telegram", "902").is_empty());
    assert!(town.inbox("discord", "user:43").is_empty());
    town.end().await;
}

async fn a_changed_draft_makes_the_old_buttons_stale(base: Base) {
    let town = town(base).await;
    let officer = on_duty(&town);
    officer.says("/alert new наводнение Люлин").await;
    officer.taps("река").await;
    let panel = officer.reads("– чернова").await;
    officer.taps("Подайте за одобрение").await;
    let second = town.hand("telegram", 902);
    let call = second.reads("Чака Ви за одобрение").await;
    officer.taps_in(&panel, "Променете").await;
    officer.taps("място").await;
    officer.says("Надежда").await;
    let changed = officer.reads("– чернова").await;
    assert!(changed.text.contains("Надежда"), "{}", changed.text);
    second.taps_in(&call, "Одобрявам").await;
    second.reads("Черновата е променена").await;
    officer.taps("Подайте за одобрение").await;
    second.reads("Чака Ви за одобрение").await;
    second.taps("Одобрявам").await;
    let (bulgarian, _) = residents(&town, 1).await;
    assert!(bulgarian.contains("Надежда"), "{bulgarian}");
    assert!(!bulgarian.contains("Люлин"), "{bulgarian}");
    town.end().await;
}

async fn an_update_goes_out_under_the_alert(base: Base) {
    let town = town(base).await;
    let officer = on_duty(&town);
    officer.says("/alert new вода авария Люлин").await;
    officer.taps("След 2 часа").await;
    officer.reads("– чернова").await;
    officer.taps("Разпратете").await;
    residents(&town, 1).await;
    officer.reads("Разпраща се.").await;
    officer.taps("Съобщете промяна").await;
    officer.taps("край").await;
    officer.says("14:00").await;
    officer.reads("– чернова").await;
    officer.taps("Разпратете").await;
    let (bulgarian, english) = residents(&town, 2).await;
    insta::assert_snapshot!(bulgarian, @"");
    insta::assert_snapshot!(english, @"");
    town.end().await;
}
