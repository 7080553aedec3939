//! Digests: what has gathered is told once, in one letter, without what is over or replaced.

use std::time::Duration;

use glas::base::clock::{Clock, Millis};
use glas::people::{Cadence, Wish};
use glas::sandbox::telegram::{Often, Trouble};
use insta::{allow_duplicates, assert_snapshot};

use crate::town::{Base, Bot, Cap, Plan, TELEGRAM_TOKEN, Town, Who, handle, on_both, until};

on_both!(
    what_has_gathered_is_told_in_one_letter,
    what_is_over_or_replaced_is_not_told,
    a_cancel_reaches_those_whom_a_digest_told,
    a_digest_that_has_not_left_is_made_anew_without_what_was_cancelled,
    two_processes_gather_once,
    a_killed_process_tells_nobody_twice,
);

const CHANNELS: [&str; 3] = ["telegram", "discord", "email"];

fn afternoon() -> Plan {
    Plan {
        at: Some("2026-06-17T14:00:00+03:00"),
        ..Plan::default()
    }
}

const TELEGRAM: Plan = Plan {
    channels: &["telegram"],
    lease_seconds: 2,
    window: None,
    telegram_rate: 0,
    paced: false,
    quiet: "none",
    more: "",
    at: Some("2026-06-17T14:00:00+03:00"),
    web: false,
};

const SIX: &str = "2026-06-17T18:00:00+03:00";

fn daily(channel: &'static str, number: u64, lang: &'static str) -> Who {
    Who {
        lang,
        cadence: Cadence::Daily,
        digest: (1, 18),
        ..Who::new(channel, number)
    }
}

/// An alert that wakes nobody, for twelve hours from the last full one.
fn mild(town: &Town, identifier: &str) -> Cap {
    let now = town.clock.now();
    let hour = Millis(now.0 / 3_600_000 * 3_600_000);
    Cap::new(identifier)
        .at(now)
        .severity("Moderate")
        .expires(hour.plus(Duration::from_hours(12)))
}

async fn what_has_gathered_is_told_in_one_letter(base: Base) {
    let mut town = Town::build(base, afternoon()).await;
    for channel in CHANNELS {
        town.move_in_as(&daily(channel, 1, "bg")).await;
        town.move_in_as(&daily(channel, 2, "en")).await;
        town.move_in_as(&Who::new(channel, 3)).await;
    }
    town.start().await;
    let first = town.alert(&mild(&town, "first")).await;
    let second = mild(&town, "second").severity("Minor").district("68134-01");
    let second = town.alert(&second).await;
    for letter in [first, second] {
        let progress = town.delivered(letter).await;
        assert!(progress.values().all(|one| one.held() == 2), "{progress:?}");
    }
    town.quiet().await;
    town.wait_for(SIX);
    let bulgarian = town.reads("telegram", "1", 1).await;
    let english = town.reads("telegram", "2", 1).await;
    allow_duplicates! {
        assert_snapshot!(bulgarian[0], @"
        Сега важат 2 предупреждения

        Събрахме ги в едно съобщение, за да не Ви безпокоим за всяко поотделно.

        Умерена опасност: Силна гръмотевична буря
        до 18 юни 2026 г., 2:00 ч.
        Къде: район Люлин

        Малка опасност: Силна гръмотевична буря
        до 18 юни 2026 г., 2:00 ч.
        Къде: район Средец

        Получавате това съобщение от Столична община чрез „Глас“, защото сте се записали за предупрежденията на града.
        ");
        assert_snapshot!(english[0], @"
        2 alerts are in force

        We gathered them in one message so as not to disturb you for each.

        Moderate danger: Severe thunderstorm
        until 18 June 2026, 2:00
        Where: Lyulin district

        Minor danger: Severe thunderstorm
        until 18 June 2026, 2:00
        Where: Sredets district

        Sent by Sofia Municipality through Glas because you subscribed to the city’s alerts.
        ");
    }
    for channel in CHANNELS {
        let read = town.reads(channel, &handle(channel, 1), 1).await;
        assert!(
            read[0].contains("Сега важат 2 предупреждения"),
            "{}",
            read[0]
        );
        let read = town.reads(channel, &handle(channel, 2), 1).await;
        assert!(read[0].contains("2 alerts are in force"), "{}", read[0]);
    }
    town.quiet().await;
    for letter in [first, second] {
        for (channel, one) in town.delivered(letter).await {
            assert_eq!(
                (one.count("sent"), one.count("merged")),
                (1, 2),
                "{channel}"
            );
            assert!(one.balances());
        }
    }
    // Everybody is told by the same letter, and a mail of it can be left with one click.
    let digests = "select count(distinct merged_into) from delivery where state = 'merged'";
    assert_eq!(town.count(digests).await, 1);
    let mail = &town.inbox("email", &handle("email", 1))[0];
    assert!(
        mail.raw["headers"].to_string().contains("List-Unsubscribe"),
        "{}",
        mail.raw
    );
    let telegram = &town.inbox("telegram", "1")[0];
    let labels: Vec<&str> = telegram.buttons.iter().map(|(label, _)| &**label).collect();
    assert_eq!(labels, ["Актуални предупреждения", "English"]);
    // The next day there is only one: it comes as it is.
    town.wait_for("2026-06-18T14:00:00+03:00");
    let third = town.alert(&mild(&town, "third")).await;
    town.delivered(third).await;
    town.wait_for("2026-06-18T18:00:00+03:00");
    let read = town.reads("telegram", "1", 2).await;
    assert!(read[1].contains("Какво да направите"), "{}", read[1]);
    town.end().await;
}

async fn what_is_over_or_replaced_is_not_told(base: Base) {
    let mut town = Town::build(base, afternoon()).await;
    for channel in CHANNELS {
        town.move_in_as(&daily(channel, 1, "bg")).await;
    }
    town.start().await;
    let now = town.clock.now();
    let short = mild(&town, "short").expires(now.plus(Duration::from_hours(2)));
    let works = mild(&town, "works");
    let storm = mild(&town, "storm");
    let mut letters = vec![];
    for cap in [
        &short,
        &works,
        &storm,
        &mild(&town, "other").severity("Minor"),
    ] {
        letters.push(town.alert(cap).await);
    }
    town.quiet().await;
    let more = storm
        .follow_up("more", "Update")
        .at(now)
        .severity("Moderate")
        .expires(now.plus(Duration::from_hours(12)));
    letters.push(town.alert(&more).await);
    town.alert(&works.follow_up("off", "Cancel").at(now)).await;
    town.quiet().await;
    town.wait_for(SIX);
    town.quiet().await;
    for channel in CHANNELS {
        let read = town.reads(channel, &handle(channel, 1), 1).await;
        assert!(
            read[0].contains("Сега важат 2 предупреждения"),
            "{}",
            read[0]
        );
        assert!(read[0].contains("Обновено"), "{}", read[0]);
        assert!(read[0].contains("Малка опасност"), "{}", read[0]);
        assert_eq!(
            town.inbox(channel, &handle(channel, 1)).len(),
            1,
            "{channel}"
        );
    }
    let states = ["expired", "superseded", "superseded", "merged", "merged"];
    for (letter, state) in letters.into_iter().zip(states) {
        for (channel, one) in town.delivered(letter).await {
            assert_eq!(one.count(state), 1, "{channel}: {one:?}");
            assert!(one.balances());
        }
    }
    town.end().await;
}

async fn a_cancel_reaches_those_whom_a_digest_told(base: Base) {
    let mut town = Town::build(base, afternoon()).await;
    for channel in CHANNELS {
        town.move_in_as(&daily(channel, 1, "bg")).await;
    }
    town.start().await;
    let storm = mild(&town, "storm");
    town.alert(&storm).await;
    town.alert(&mild(&town, "works")).await;
    town.quiet().await;
    town.wait_for(SIX);
    for channel in CHANNELS {
        town.reads(channel, &handle(channel, 1), 1).await;
    }
    town.quiet().await;
    let cancel = town
        .alert(&storm.follow_up("over", "Cancel").at(town.clock.now()))
        .await;
    let progress = town.delivered(cancel).await;
    for channel in CHANNELS {
        assert_eq!(progress[channel].count("sent"), 1, "{progress:?}");
        let got = town.inbox(channel, &handle(channel, 1));
        assert!(got[1].text.contains("Отменено"), "{}", got[1].text);
        // It belongs under the digest.
        let above = match channel {
            "telegram" => &got[1].raw["reply_to_message"]["message_id"],
            "discord" => &got[1].raw["message_reference"]["message_id"],
            _ => &got[1].raw["headers"]["In-Reply-To"],
        };
        let above = above.to_string().replace(['"', '<', '>'], "");
        assert!(got[0].id.ends_with(&above), "{above} is not {}", got[0].id);
    }
    town.end().await;
}

async fn a_digest_that_has_not_left_is_made_anew_without_what_was_cancelled(base: Base) {
    let mut town = Town::build(base, TELEGRAM).await;
    for number in 1..4 {
        town.move_in_as(&daily("telegram", number, "bg")).await;
    }
    town.start().await;
    let storm = mild(&town, "storm");
    let letter = town.alert(&storm).await;
    for identifier in ["works", "market"] {
        town.alert(&mild(&town, identifier)).await;
    }
    town.delivered(letter).await;
    town.telegram
        .fail(Trouble::TooMany(1), &["sendMessage"], Often::Always);
    town.quiet().await;
    town.wait_for(SIX);
    let waits = "select count(*) from delivery where state = 'retry' and lane = 3";
    until("the digest waits", async || town.count(waits).await == 3).await;
    let cancel = storm.follow_up("over", "Cancel").at(town.clock.now());
    let cancel = town.alert(&cancel).await;
    town.telegram.clear_troubles();
    town.quiet().await;
    for number in ["1", "2", "3"] {
        let read = town.reads("telegram", number, 1).await;
        assert_eq!(read.len(), 1, "{read:#?}");
        assert!(
            read[0].contains("Сега важат 2 предупреждения"),
            "{}",
            read[0]
        );
    }
    let progress = town.delivered(cancel).await;
    assert_eq!(progress["telegram"].planned, 0, "{progress:?}");
    let original = town.delivered(letter).await;
    assert_eq!(original["telegram"].count("superseded"), 3, "{original:?}");
    town.end().await;
}

async fn two_processes_gather_once(base: Base) {
    let mut town = Town::build(base, TELEGRAM).await;
    for batch in 1..4 {
        let wish = Wish {
            cadence: Cadence::Daily,
            ..Wish::EVERYTHING
        };
        town.move_in("telegram", batch * 1000..batch * 1000 + 700, "bg", wish)
            .await;
    }
    town.start().await;
    let other = Bot::start(
        &town.config(),
        TELEGRAM_TOKEN,
        (town.clock.clone(), None),
        |it| it,
    )
    .await;
    for identifier in ["works", "market"] {
        let long = town.clock.now().plus(Duration::from_hours(48));
        let letter = town.alert(&mild(&town, identifier).expires(long)).await;
        let progress = town.delivered(letter).await;
        assert_eq!(progress["telegram"].held(), 2100);
    }
    town.wait_for("2026-06-18T08:00:00+03:00");
    town.quiet().await;
    let copies = town.copies("telegram");
    assert_eq!(copies.len(), 2100);
    assert!(copies.values().all(|copies| *copies == 1));
    other.stop().await;
    town.end().await;
}

async fn a_killed_process_tells_nobody_twice(base: Base) {
    let plan = Plan {
        at: None,
        lease_seconds: 1,
        ..TELEGRAM
    };
    let town = Town::build(base, plan).await;
    let wish = Wish {
        cadence: Cadence::Daily,
        ..Wish::EVERYTHING
    };
    town.move_in("telegram", 1..2001, "bg", wish).await;
    let bot = town.spawn();
    let mut letters = vec![];
    for identifier in ["works", "market"] {
        let long = Clock::system().now().plus(Duration::from_hours(48));
        let cap = Cap::new(identifier).severity("Moderate").expires(long);
        letters.push(town.alert(&cap).await);
    }
    for letter in &letters {
        town.delivered(*letter).await;
    }
    // Their hour has come.
    town.change("update delivery set due = 0 where state = 'held'")
        .await;
    let told = "select count(*) from delivery where state = 'merged'";
    until("some are told", async || town.count(told).await > 0).await;
    bot.kill().await;
    let all = town.count(told).await;
    let again = town.spawn();
    town.quiet().await;
    assert!(all > 0 && town.count(told).await == 4000);
    let reached = "select count(*) from delivery where lane = 3 and state in ('sent', 'uncertain')";
    assert_eq!(town.count(reached).await, 2000);
    assert!(town.copies("telegram").values().all(|copies| *copies == 1));
    for letter in letters {
        let progress = town.delivered(letter).await;
        assert_eq!(progress["telegram"].count("merged"), 2000, "{progress:?}");
    }
    again.kill().await;
    town.end().await;
}
