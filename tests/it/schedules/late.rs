//! What comes too late asks once, and goes out or is left out as somebody decides.

use glas::features::alert::template::Template;
use glas::features::schedule::Outcome;
use glas::features::schedule::office::Deal;

use super::{
    RESIDENT, TUESDAYS, WASTE, add, alerts, at, built, cron, deal, known, look_at, waste, what,
};
use crate::town::{Base, Town, on_both};

on_both!(
    what_comes_too_late_asks_and_is_sent_by_a_button,
    what_comes_too_late_is_left_out_by_a_button,
    whoever_does_not_answer_is_asked_three_times_at_most,
    a_question_ends_when_the_next_one_is_due,
    what_is_over_by_then_asks_nobody,
    a_quarter_of_an_hour_is_not_late,
);

/// A town on a Monday, with pages.
async fn town(base: Base) -> Town {
    built(base, Some("2026-11-30T12:00:00+02:00"), true).await
}

/// How many schedules `/health` says somebody should look at.
async fn open(town: &Town) -> serde_json::Value {
    let page = reqwest::get(town.page("/health")).await.expect("a page");
    let said: serde_json::Value = page.json().await.expect("JSON");
    assert!(said["schedules"] == 0 || said["ok"] == false, "{said}");
    said["schedules"].clone()
}

async fn what_comes_too_late_asks_and_is_sent_by_a_button(base: Base) {
    let mut town = town(base).await;
    add(&town, "publisher", ("waste", cron(TUESDAYS)), waste()).await;
    // Nobody ran the bot for three weeks.
    town.wait_for("2026-12-15T08:00:00+02:00");
    town.start().await;
    let hand = town.hand("telegram", 901);
    let asked = hand.reads("Не беше изпратено навреме").await;
    for part in [
        "Днес извозваме разделно събраните отпадъци",
        "По разписанието „waste“ трябваше да се изпрати на 15 декември 2026",
        "пропуснахме още 2",
        "Да го изпратим ли сега?",
    ] {
        assert!(asked.text.contains(part), "no „{part}“ in {}", asked.text);
    }
    town.quiet().await;
    assert_eq!(town.inbox("telegram", "901").len(), 1, "asked once");
    assert!(town.inbox("telegram", "905").is_empty(), "a viewer");
    assert!(town.inbox("telegram", RESIDENT).is_empty());
    assert_eq!(open(&town).await, 1);
    let shown = hand.taps("Вижте как ще изглежда").await;
    assert!(shown.text.contains("Така ще изглежда"), "{}", shown.text);
    hand.taps("Изпратете го сега").await;
    hand.reads("Разпраща се.").await;
    let read = town.reads("telegram", RESIDENT, 1).await;
    assert!(read[0].contains("Изнесете жълтия контейнер"), "{}", read[0]);
    assert_eq!(open(&town).await, 0);
    // And the next one comes by itself.
    town.wait_for("2026-12-22T07:30:00+02:00");
    town.reads("telegram", RESIDENT, 2).await;
    assert_eq!(alerts(&town).await, 2);
    town.end().await;
}

async fn what_comes_too_late_is_left_out_by_a_button(base: Base) {
    let mut town = town(base).await;
    add(&town, "publisher", ("waste", cron(TUESDAYS)), waste()).await;
    // The approver reads English.
    town.settle_in("discord", 902, "en");
    town.subscribe("discord", "user:902", "en").await;
    town.wait_for("2026-12-01T08:00:00+02:00");
    town.start().await;
    let hand = town.hand("discord", 902);
    let asked = hand.reads("Did not go out in time").await;
    for part in [
        "Recycling is collected today",
        "By the schedule “waste” it was due on 1 December 2026, 7:30",
        "Shall it go out now?",
    ] {
        assert!(asked.text.contains(part), "no “{part}” in {}", asked.text);
    }
    assert!(!asked.text.contains("missed"), "{}", asked.text);
    hand.taps("Leave it out").await;
    hand.reads("It is left out.").await;
    let late = town.hand("telegram", 901);
    late.reads("Не беше изпратено навреме").await;
    late.taps("Изпратете го сега").await;
    late.reads("Отхвърлена е").await;
    town.quiet().await;
    assert_eq!(alerts(&town).await, 0);
    assert_eq!(open(&town).await, 0);
    town.end().await;
}

async fn whoever_does_not_answer_is_asked_three_times_at_most(base: Base) {
    let mut town = town(base).await;
    add(&town, "publisher", ("waste", cron(TUESDAYS)), waste()).await;
    let mut asked = vec![];
    for hour in 8..14 {
        let time = format!("2026-12-01T{hour:02}:00:00+02:00");
        asked.push(look_at(&town, &time).await);
    }
    assert_eq!(asked, [1, 1, 1, 0, 0, 0]);
    town.start().await;
    town.reads("telegram", "901", 3).await;
    town.quiet().await;
    assert!(town.inbox("telegram", RESIDENT).is_empty());
    town.end().await;
}

async fn a_question_ends_when_the_next_one_is_due(base: Base) {
    let mut town = town(base).await;
    add(&town, "publisher", ("waste", cron(TUESDAYS)), waste()).await;
    assert_eq!(look_at(&town, "2026-12-01T08:00:00+02:00").await, 1);
    assert_eq!(look_at(&town, "2026-12-08T07:30:00+02:00").await, 1);
    let schedule = known(&town, "waste").await;
    assert_eq!(schedule.outcome, Some(Outcome::Sent));
    let left = "select count(*) from draft where state = 'rejected'";
    assert_eq!(town.count(left).await, 1);
    assert_eq!(look_at(&town, "2026-12-08T09:30:00+02:00").await, 0);
    town.start().await;
    town.reads("telegram", RESIDENT, 1).await;
    // What was asked about is decided already.
    let hand = town.hand("telegram", 901);
    hand.reads("Не беше изпратено навреме").await;
    hand.taps("Изпратете го сега").await;
    hand.reads("Отхвърлена е").await;
    // And by the command that names it.
    let nothing = deal(&town, "publisher", ("waste", Deal::Skip)).await;
    assert!(nothing.is_err());
    town.quiet().await;
    assert_eq!(alerts(&town).await, 1);
    town.end().await;
}

async fn what_is_over_by_then_asks_nobody(base: Base) {
    let mut town = town(base).await;
    let facts = [
        "place=Люлин",
        "line=бул. Царица Йоанна",
        "until=9:00",
        WASTE[1],
        WASTE[2],
    ];
    let road = what(Template::Road, &facts);
    add(&town, "publisher", ("market", cron(TUESDAYS)), road).await;
    assert_eq!(look_at(&town, "2026-12-01T09:30:00+02:00").await, 1);
    let schedule = known(&town, "market").await;
    assert_eq!(schedule.outcome, Some(Outcome::Over));
    assert_eq!(town.count("select count(*) from draft").await, 0);
    town.start().await;
    let told = town.hand("telegram", 901).reads("„market“").await;
    assert!(told.text.contains("срокът му вече изтече"), "{}", told.text);
    assert_eq!(open(&town).await, 0);
    // The hour counts from each time.
    town.wait_for("2026-12-08T07:30:00+02:00");
    let texts = town.reads("telegram", RESIDENT, 1).await;
    assert!(texts[0].contains("9:00"), "{}", texts[0]);
    town.end().await;
}

async fn a_quarter_of_an_hour_is_not_late(base: Base) {
    let mut town = town(base).await;
    add(&town, "publisher", ("waste", cron(TUESDAYS)), waste()).await;
    // Two were missed; the third is in time, and nobody need be asked about the others.
    assert_eq!(look_at(&town, "2026-12-15T07:45:00+02:00").await, 1);
    let schedule = known(&town, "waste").await;
    assert_eq!(schedule.outcome, Some(Outcome::Sent));
    assert_eq!(schedule.next, Some(at("2026-12-22T07:30:00+02:00")));
    town.start().await;
    town.reads("telegram", RESIDENT, 1).await;
    town.quiet().await;
    assert!(town.inbox("telegram", "901").is_empty());
    let record = "select count(*) from audit where act = 'fire' and detail like '%missed:2%'";
    assert_eq!(town.count(record).await, 1);
    town.end().await;
}
