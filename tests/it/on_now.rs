//! What is on now: for oneself, for a place, for the city; every alert can be opened and passed on.

use std::time::Duration;

use glas::message::{Action, Letter, Token, Weight};
use glas::outbox::Lane;
use glas::sandbox::ledger::Seen;

use crate::town::hands::labels;
use crate::town::{Base, Cap, Plan, Town, on_both};

on_both!(
    one_asks_for_oneself_for_a_place_or_for_the_city,
    nothing_is_on,
    what_is_over_or_taken_back_is_not_shown,
    a_drawn_alert_is_told_to_the_district_that_it_is_in,
    an_alert_opens_as_a_letter_or_as_a_page_to_pass_on,
    a_letter_is_shown_in_the_other_language_to_who_got_it,
);

const BANKYA: &str = "68134-24";
const STORM: &str = "Сериозна опасност: Силна гръмотевична буря – до";
const WORSE: &str = "Изключителна опасност: Силна гръмотевична буря – до";

fn two_channels() -> Plan {
    Plan {
        channels: &["telegram", "discord"],
        ..Plan::default()
    }
}

#[track_caller]
fn says(seen: &Seen, text: &str) {
    assert!(seen.text.contains(text), "no “{text}” in: {}", seen.text);
}

#[track_caller]
fn is_silent_about(seen: &Seen, text: &str) {
    assert!(!seen.text.contains(text), "“{text}” in: {}", seen.text);
}

fn offers(seen: &Seen, label: &str) -> bool {
    labels(seen).iter().any(|it| it == label)
}

async fn one_asks_for_oneself_for_a_place_or_for_the_city(base: Base) {
    let mut town = Town::build(base, two_channels()).await;
    town.alert(&Cap::new("storm")).await;
    let worse = Cap::new("worse").district(BANKYA).severity("Extreme");
    town.alert(&worse).await;
    town.start().await;
    for channel in ["telegram", "discord"] {
        let who = town.newcomer(channel, 42, "bg");
        // Who has chosen nothing yet sees everything.
        let all = who.says("/now").await;
        says(&all, "Актуални предупреждения за целия град");
        says(&all, STORM);
        assert!(
            all.text.find(WORSE) < all.text.find(STORM),
            "the gravest first"
        );
        who.says("/start lyulin").await;
        who.taps("Готово").await;
        let mine = who.says("/сега").await;
        says(&mine, "Актуални предупреждения за Вас");
        says(&mine, STORM);
        is_silent_about(&mine, WORSE);
        says(&who.taps("За целия град").await, WORSE);
        let there = who.says("/now Банкя").await;
        says(&there, "Актуални предупреждения: район Банкя");
        says(&there, WORSE);
        is_silent_about(&there, STORM);
        let joins = who.taps("Пишете ми за район Банкя").await;
        says(&joins, "Избрано: Банкя.");
        who.taps("Отказ").await;
        // Whom we write to about a place already is not asked again.
        let there = who.says("/now lulin").await;
        says(&there, STORM);
        assert!(
            !offers(&there, "Пишете ми за район Люлин"),
            "{:?}",
            labels(&there)
        );
        says(
            &who.says("/now Атлантида").await,
            "Не намерих „Атлантида“ в града.",
        );
    }
    let who = town.newcomer("discord", 43, "en");
    let all = who.says("/now").await;
    says(&all, "Alerts in force in the whole city");
    says(&all, "Extreme danger: Severe thunderstorm – until");
    town.end().await;
}

async fn nothing_is_on(base: Base) {
    let mut town = Town::build(base, two_channels()).await;
    town.start().await;
    for (channel, lang, words) in [
        (
            "telegram",
            "bg",
            [
                "В момента в града няма предупреждения.",
                "В момента няма предупреждения за район Люлин.",
                "Готово",
                "В момента няма предупреждения за Вашите места и теми.",
            ],
        ),
        (
            "discord",
            "en",
            [
                "There are no alerts in the city right now.",
                "There are no alerts for Lyulin district right now.",
                "Done",
                "There are no alerts for your places and topics right now.",
            ],
        ),
    ] {
        let who = town.newcomer(channel, 42, lang);
        says(&who.says("/now").await, words[0]);
        says(&who.says("/now lyulin").await, words[1]);
        who.says("/start lyulin").await;
        says(&who.taps(words[2]).await, words[3]);
        says(&who.says("/now").await, words[3]);
    }
    town.end().await;
}

async fn what_is_over_or_taken_back_is_not_shown(base: Base) {
    let plan = Plan {
        at: Some("2026-06-17T12:00:00Z"),
        ..two_channels()
    };
    let mut town = Town::build(base, plan).await;
    let now = town.clock.now();
    let first = Cap::new("first").at(now);
    town.alert(&first).await;
    let short = Cap::new("short").at(now).district(BANKYA);
    town.alert(&short.expires(now.plus(Duration::from_mins(30))))
        .await;
    town.start().await;
    let who = town.newcomer("telegram", 42, "bg");
    let all = who.says("/now").await;
    assert_eq!(all.text.matches("Силна гръмотевична буря").count(), 2);
    // An update takes the place of what it updates.
    town.alert(&first.follow_up("second", "Update").at(now))
        .await;
    let all = who.says("/now ").await;
    assert_eq!(
        all.text.matches("Силна гръмотевична буря").count(),
        2,
        "{}",
        all.text
    );
    town.clock.advance(Duration::from_hours(1));
    let one = who.says("сега").await;
    assert_eq!(
        one.text.matches("Силна гръмотевична буря").count(),
        1,
        "{}",
        one.text
    );
    is_silent_about(&one, "12:30");
    let second = first.follow_up("second", "Update").at(now);
    let cancel = second.follow_up("third", "Cancel").at(town.clock.now());
    town.alert(&cancel).await;
    says(
        &who.says("/now").await,
        "В момента в града няма предупреждения.",
    );
    town.end().await;
}

async fn a_drawn_alert_is_told_to_the_district_that_it_is_in(base: Base) {
    let mut town = Town::build(base, two_channels()).await;
    town.start().await;
    let drawn = "42.684,23.338 42.684,23.340 42.685,23.340 42.685,23.338 42.684,23.338";
    town.alert(&Cap::new("drawn").polygon(drawn)).await;
    let who = town.newcomer("telegram", 42, "bg");
    says(&who.says("/now sredets").await, STORM);
    is_silent_about(&who.says("/now oborishte").await, STORM);
    who.says("/start").await;
    who.shares(42.6918, 23.3262).await;
    says(&who.taps("Целият район").await, STORM);
    town.end().await;
}

async fn an_alert_opens_as_a_letter_or_as_a_page_to_pass_on(base: Base) {
    let title = "Сериозна опасност: Силна гръмотевична буря";
    let mut town = Town::build(base, two_channels()).await;
    town.alert(&Cap::new("storm")).await;
    town.start().await;
    for channel in ["telegram", "discord"] {
        let who = town.newcomer(channel, 42, "bg");
        who.says("/now").await;
        let letter = who.taps(title).await;
        says(&letter, "Влезте в здрава сграда и останете там");
        says(&letter, title);
    }
    town.end().await;

    let plan = Plan {
        web: true,
        ..two_channels()
    };
    let mut town = Town::build(base, plan).await;
    town.alert(&Cap::new("storm")).await;
    town.start().await;
    for (channel, lang, title, page) in [
        ("telegram", "bg", title, "/bg/alert/"),
        (
            "discord",
            "en",
            "Serious danger: Severe thunderstorm",
            "/en/alert/",
        ),
    ] {
        let who = town.newcomer(channel, 42, lang);
        let all = who.says("/now").await;
        let link = all.buttons.iter().find(|(label, _)| label == title);
        let (_, link) = link.expect("a link");
        assert!(link.starts_with(&town.page(page)), "{link}");
        let shown = reqwest::get(link).await.expect("a page");
        assert_eq!(shown.status(), 200);
        let shown = shown.text().await.expect("a text");
        assert!(shown.contains(title), "{shown}");
    }
    town.end().await;
}

async fn a_letter_is_shown_in_the_other_language_to_who_got_it(base: Base) {
    let mut town = Town::build(base, two_channels()).await;
    town.start().await;
    let got_it = town.newcomer("telegram", 42, "bg");
    got_it.says("/start lyulin").await;
    got_it.taps("Готово").await;
    let letter = town.alert(&Cap::new("storm")).await;
    town.delivered(letter).await;
    let came_later = town.newcomer("telegram", 43, "bg");
    came_later.says("/start lyulin").await;
    came_later.taps("Готово").await;
    let button = Letter {
        title: Some("…".to_owned()),
        body: vec![],
        actions: vec![vec![Action::Press {
            label: "In English".to_owned(),
            token: Token::try_from(format!("tr.{}.en", in_36(letter))).expect("a token"),
        }]],
        weight: Weight::Normal,
        footer: None,
        picture: None,
    };
    let button = town.broadcast(&button, Lane::Alert).await;
    town.delivered(button).await;
    let shown = got_it.taps("In English").await;
    says(&shown, "Serious danger: Severe thunderstorm");
    says(&shown, "Go into a solid building");
    let refused = came_later.taps("In English").await;
    says(&refused, "Това съобщение вече не се пази.");
    town.end().await;
}

/// A number to the base of 36.
fn in_36(mut number: i64) -> String {
    let mut digits = vec![];
    while number > 0 {
        let digit = u32::try_from(number % 36).expect("small");
        digits.push(char::from_digit(digit, 36).expect("a digit"));
        number /= 36;
    }
    digits.iter().rev().collect()
}
