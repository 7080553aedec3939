//! Forms: the ways out at each question, what survives, what two quick taps do, wrong answers.

use std::time::Duration;

use glas::sandbox::ledger::Seen;

use crate::town::hands::labels;
use crate::town::{Base, Plan, Town, on_both};

on_both!(
    every_question_has_a_way_back_and_a_way_out,
    a_form_survives_a_restart_and_a_week,
    buttons_of_an_old_run_say_so,
    two_quick_taps_do_one_thing,
    nobody_disturbs_anybody_else,
    a_command_in_the_middle_does_not_lose_the_form,
    a_wrong_answer_is_told_what_to_do,
);

fn two_channels() -> Plan {
    Plan {
        channels: &["telegram", "discord"],
        ..Plan::default()
    }
}

async fn running(base: Base) -> Town {
    let mut town = Town::build(base, two_channels()).await;
    town.start().await;
    town
}

#[track_caller]
fn says(seen: &Seen, text: &str) {
    assert!(seen.text.contains(text), "no “{text}” in: {}", seen.text);
}

fn offers(seen: &Seen, label: &str) -> bool {
    labels(seen).iter().any(|it| it == label)
}

async fn every_question_has_a_way_back_and_a_way_out(base: Base) {
    let town = running(base).await;
    let who = town.newcomer("telegram", 42, "bg");
    // The first question has no question before it, and going back leaves the form.
    for way_out in ["/cancel", "отказ", "/back", "назад", "/отказ"] {
        let asked = who.says("/start").await;
        assert!(!offers(&asked, "Назад"));
        says(&who.says(way_out).await, "Добре, нищо не променям.");
    }
    let asked = who.says("/start ilinden").await;
    let given_up = who.taps_in(&asked, "Отказ").await;
    says(&given_up, "Добре, нищо не променям.");
    assert!(offers(&given_up, "Какво има сега"));
    says(
        &who.says("/cancel").await,
        "В момента няма какво да се отмени.",
    );
    assert_eq!(town.count("select count(*) from subscription").await, 0);

    // The second question leads back to the first, by a button and by a word.
    who.says("/start").await;
    says(&who.shares(42.6918, 23.3262).await, "На какво разстояние");
    says(&who.taps("Назад").await, "За кои места да Ви пиша?");
    who.shares(42.6919, 23.3263).await;
    says(
        &who.says("назад").await,
        "Избрано: мястото, което споделихте.",
    );
    who.taps("Готово").await;
    says(&who.says("/cancel").await, "Добре, нищо не променям.");
    assert_eq!(town.count("select count(*) from subscription").await, 0);

    // The settings' own forms have the same ways, on both networks and in both languages.
    for (channel, lang, words) in [
        (
            "telegram",
            "bg",
            [
                "Готово",
                "Колко често",
                "Веднъж седмично",
                "В кой ден?",
                "сряда",
                "В колко часа?",
                "Отказ",
                "нищо не променям",
            ],
        ),
        (
            "discord",
            "en",
            [
                "Done",
                "How often",
                "Once a week",
                "On which day?",
                "Wednesday",
                "At what time?",
                "Cancel",
                "nothing has changed",
            ],
        ),
    ] {
        let who = town.newcomer(channel, 50, lang);
        who.says("/start lyulin").await;
        who.taps(words[0]).await;
        who.says("/settings").await;
        who.taps(words[1]).await;
        says(&who.taps(words[2]).await, words[3]);
        says(&who.taps(words[4]).await, words[5]);
        let back = if lang == "bg" { "Назад" } else { "Back" };
        says(&who.taps(back).await, words[3]);
        who.taps(words[4]).await;
        says(&who.taps(words[6]).await, words[7]);
    }
    let weekly = "select count(*) from subscription where cadence <> 'now'";
    assert_eq!(town.count(weekly).await, 0);
    town.end().await;
}

async fn a_form_survives_a_restart_and_a_week(base: Base) {
    let plan = Plan {
        at: Some("2026-06-17T12:00:00Z"),
        ..two_channels()
    };
    let mut town = Town::build(base, plan).await;
    town.start().await;
    for channel in ["telegram", "discord"] {
        let who = town.newcomer(channel, 42, "bg");
        who.says("/start").await;
        who.says("Лозенец").await;
    }
    town.stop().await;
    town.clock.advance(Duration::from_hours(7 * 24));
    town.start().await;
    for channel in ["telegram", "discord"] {
        let who = town.hand(channel, 42);
        who.says("Оборище").await;
        says(&who.shows(), "Избрано: Лозенец и Оборище.");
        says(&who.taps("Готово").await, "районите Оборище и Лозенец");
    }
    town.end().await;
}

async fn buttons_of_an_old_run_say_so(base: Base) {
    let town = running(base).await;
    for (channel, lang, words) in [
        (
            "telegram",
            "bg",
            [
                "Отказ",
                "Люлин",
                "Този въпрос вече не е актуален.",
                "Готово",
                "Настройки",
            ],
        ),
        (
            "discord",
            "en",
            [
                "Cancel",
                "Lyulin",
                "This question is no longer open.",
                "Done",
                "Settings",
            ],
        ),
    ] {
        let who = town.newcomer(channel, 42, lang);
        let old = who.says("/start lyulin").await;
        who.says("/start bankya").await;
        let answer = who.taps_in(&old, words[3]).await;
        says(&answer, words[2]);
        assert!(offers(&answer, words[4]), "{:?}", labels(&answer));
        let last = who.says(words[1]).await;
        who.taps(words[3]).await;
        // What is done is done, and a button that still stands there says so.
        if channel == "telegram" {
            let chat = who.address().parse().expect("a number");
            let message = last.id.parse().expect("a number");
            let still = last.buttons.iter().find(|it| it.0 == words[0]);
            let (_, token) = still.expect("a button");
            let pressed = town.telegram.press(chat, message, token);
            // Where the question became the summary, the button is gone.
            if pressed.is_ok() {
                says(&who.reads(words[2]).await, words[2]);
            }
        }
    }
    assert_eq!(town.count("select count(*) from subscription").await, 2);
    town.end().await;
}

async fn two_quick_taps_do_one_thing(base: Base) {
    let town = running(base).await;
    for channel in ["telegram", "discord"] {
        let who = town.newcomer(channel, 42, "bg");
        who.mutters("/start");
        who.mutters("/start");
        who.reads("За кои места").await;
        // A toggle that is tapped twice before it turns says twice that it shall be on.
        let shown = who.shows();
        who.taps_in(&shown, "Целият град").await;
        let shown = who.shows();
        says(&shown, "Избрано: Целият град.");
        let heard = who.heard();
        who.taps_twice("Готово");
        says(&who.reads("записани сте").await, "Готово, записани сте");
        who.says("/help").await;
        assert_eq!(who.heard(), heard + 2, "one summary, one help");
        let inbox = town.inbox(channel, &who.address()).into_iter();
        let welcomes = inbox
            .filter(|seen| seen.text.contains("Добре дошли"))
            .count();
        assert!(
            welcomes <= 2,
            "the first, and at most the one that was changed"
        );
    }
    assert_eq!(town.count("select count(*) from subscription").await, 2);
    assert_eq!(town.count("select count(*) from consent").await, 2);
    town.end().await;
}

async fn nobody_disturbs_anybody_else(base: Base) {
    let town = running(base).await;
    let one = town.newcomer("telegram", 42, "bg");
    let other = town.newcomer("telegram", 43, "en");
    let third = town.newcomer("discord", 42, "bg");
    one.says("/start").await;
    other.says("/start").await;
    third.says("/start").await;
    one.says("Банкя").await;
    other.says("Lozenets").await;
    third.says("Изгрев").await;
    other.taps("Cancel").await;
    says(&one.taps("Готово").await, "Къде: район Банкя");
    says(&third.taps("Готово").await, "Къде: район Изгрев");
    assert_eq!(town.count("select count(*) from subscription").await, 2);
    town.end().await;
}

async fn a_command_in_the_middle_does_not_lose_the_form(base: Base) {
    let town = running(base).await;
    for channel in ["telegram", "discord"] {
        let who = town.newcomer(channel, 42, "bg");
        let asked = who.says("/start lozenets").await;
        says(&who.says("/help").await, "Какво можете да поискате");
        says(&who.says("сега").await, "Актуални предупреждения");
        says(
            &who.says("пожар в блока ни, помогнете").await,
            "обадете се на 112",
        );
        says(&who.taps_in(&asked, "Готово").await, "Къде: район Лозенец");
    }
    town.end().await;
}

async fn a_wrong_answer_is_told_what_to_do(base: Base) {
    let town = running(base).await;
    for channel in ["telegram", "discord"] {
        let who = town.newcomer(channel, 42, "bg");
        who.says("/start").await;
        let answer = who.says("Готово").await;
        says(&answer, "Още нищо не е избрано. Изберете поне едно.");
        says(&answer, "За кои места");
        let answer = who.says("на края на света").await;
        says(&answer, "Не намерих „на края на света“ в града.");
        who.says("/start lyulin").await;
        who.taps("Готово").await;
        who.says("/settings").await;
        who.taps("Сериозност").await;
        let answer = who.says("малко").await;
        says(&answer, "Не разбрах отговора. Изберете едно от тези:");
        let saved = who.says("само сериозна опасност").await;
        says(&saved, "Сериозност: само сериозна опасност");
        who.taps("Теми").await;
        let answer = who.says("хоби").await;
        says(&answer, "Изберете от тези, едно или повече:");
        // Who shares a picture is told how it goes on, and the question stays open.
        who.says("спорт, kultura").await;
        let saved = who.says("готово").await;
        says(&saved, "Записах промяната.");
    }
    let least = "select count(*) from subscription where least_severity = 2";
    assert_eq!(town.count(least).await, 2);
    town.end().await;
}
