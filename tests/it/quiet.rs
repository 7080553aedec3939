//! Quiet hours, digests' hours and pauses: who gets a letter now, who later, who not.

use std::time::{Duration, Instant};

use glas::base::clock::Millis;
use glas::people::{Cadence, Wish};

use crate::town::{Base, Cap, Plan, Town, Who, handle, on_both};

on_both!(
    what_comes_at_night_is_read_in_the_morning,
    danger_to_life_passes_every_hour,
    digests_keep_their_hour_over_clock_changes,
    an_update_passes_to_those_whom_its_alert_reached,
    who_has_left_or_paused_gets_nothing_of_what_was_held,
    the_walk_goes_on_while_everybody_waits,
    the_operator_is_told_who_hears_later,
);

const CHANNELS: [&str; 3] = ["telegram", "discord", "email"];

fn night() -> Plan {
    Plan {
        quiet: "22:00-07:00",
        at: Some("2026-06-17T23:10:00+03:00"),
        ..Plan::default()
    }
}

/// An alert that wakes nobody, over at noon.
fn mild(town: &Town, identifier: &str) -> Cap {
    Cap::new(identifier)
        .at(town.clock.now())
        .severity("Moderate")
        .expires(town.clock.now().plus(Duration::from_hours(13)))
}

async fn what_comes_at_night_is_read_in_the_morning(base: Base) {
    let mut town = Town::build(base, night()).await;
    for channel in CHANNELS {
        let who = |number, lang, quiet| Who {
            lang,
            quiet,
            ..Who::new(channel, number)
        };
        town.move_in_as(&who(1, "bg", None)).await;
        town.move_in_as(&who(2, "en", None)).await;
        town.move_in_as(&who(3, "bg", Some("none"))).await;
        town.move_in_as(&who(4, "en", Some("21:00-09:30"))).await;
        town.move_in_as(&who(5, "bg", Some("13:00-15:00"))).await;
    }
    town.start().await;
    let letter = town.alert(&mild(&town, "works")).await;
    let progress = town.delivered(letter).await;
    for channel in CHANNELS {
        let one = &progress[channel];
        assert_eq!((one.count("sent"), one.held()), (2, 3), "{one:?}");
        assert_eq!((one.planned, one.to_go()), (5, 0));
        assert!(one.balances());
        let got = |number| town.inbox(channel, &handle(channel, number)).len();
        assert_eq!([1, 2, 3, 4, 5].map(got), [0, 0, 1, 0, 1], "{channel}");
    }
    town.wait_for("2026-06-18T07:00:00+03:00");
    for channel in CHANNELS {
        let bulgarian = town.reads(channel, &handle(channel, 1), 1).await;
        assert!(bulgarian[0].contains("Умерена опасност: Силна гръмотевична буря"));
        let english = town.reads(channel, &handle(channel, 2), 1).await;
        assert!(english[0].contains("Moderate danger: Severe thunderstorm"));
    }
    town.quiet().await;
    for channel in CHANNELS {
        let got = |number| town.inbox(channel, &handle(channel, number)).len();
        assert_eq!([1, 2, 3, 4, 5].map(got), [1, 1, 1, 0, 1], "{channel}");
    }
    town.wait_for("2026-06-18T09:30:00+03:00");
    for channel in CHANNELS {
        town.reads(channel, &handle(channel, 4), 1).await;
    }
    let progress = town.delivered(letter).await;
    assert!(progress.values().all(|one| one.held() == 0));
    town.end().await;
}

async fn danger_to_life_passes_every_hour(base: Base) {
    let mut town = Town::build(base, night()).await;
    let daily = Who {
        cadence: Cadence::Daily,
        ..Who::new("telegram", 2)
    };
    town.move_in_as(&Who::new("telegram", 1)).await;
    town.move_in_as(&daily).await;
    town.start().await;
    let urgent = town.alert(&Cap::new("storm").at(town.clock.now())).await;
    let progress = town.delivered(urgent).await;
    assert_eq!(progress["telegram"].count("sent"), 2, "{progress:?}");
    let read = town.reads("telegram", "2", 1).await;
    assert!(read[0].contains("Сериозна опасност"), "{}", read[0]);
    let other = town.alert(&mild(&town, "works")).await;
    let progress = town.delivered(other).await;
    assert_eq!(progress["telegram"].held(), 2, "{progress:?}");
    town.end().await;
}

async fn digests_keep_their_hour_over_clock_changes(base: Base) {
    // The clocks change in the nights to 28 March and 31 October 2027, both Sundays.
    for (evening, sunday, monday) in [
        (
            "2027-03-27T21:00:00+02:00",
            "2027-03-28T09:00:00+03:00",
            "2027-03-29T06:00:00+03:00",
        ),
        (
            "2027-10-30T21:00:00+03:00",
            "2027-10-31T09:00:00+02:00",
            "2027-11-01T06:00:00+02:00",
        ),
    ] {
        let plan = Plan {
            at: Some(evening),
            channels: &["telegram", "email"],
            ..Plan::default()
        };
        let mut town = Town::build(base, plan).await;
        for (number, cadence, digest) in [
            (1, Cadence::Daily, (1, 9)),
            (2, Cadence::Weekly, (7, 9)),
            (3, Cadence::Weekly, (1, 6)),
        ] {
            for channel in ["telegram", "email"] {
                let who = Who {
                    cadence,
                    digest,
                    ..Who::new(channel, number)
                };
                town.move_in_as(&who).await;
            }
        }
        town.start().await;
        let two_days = town.clock.now().plus(Duration::from_hours(48));
        let letter = town.alert(&mild(&town, "works").expires(two_days)).await;
        let progress = town.delivered(letter).await;
        assert_eq!(progress["telegram"].held(), 3, "{progress:?}");
        let due = |time: &str| {
            let due = Millis::parse_rfc3339(time).expect("a time");
            format!(
                "select count(*) from delivery where state = 'held' and due = {}",
                due.0
            )
        };
        assert_eq!(town.count(&due(sunday)).await, 4);
        assert_eq!(town.count(&due(monday)).await, 2);
        town.wait_for(sunday);
        for channel in ["telegram", "email"] {
            town.reads(channel, &handle(channel, 1), 1).await;
            town.reads(channel, &handle(channel, 2), 1).await;
        }
        town.quiet().await;
        assert_eq!(town.inbox("telegram", "3").len(), 0);
        town.wait_for(monday);
        town.reads("telegram", "3", 1).await;
        town.end().await;
    }
}

async fn an_update_passes_to_those_whom_its_alert_reached(base: Base) {
    let mut town = Town::build(base, night()).await;
    for channel in CHANNELS {
        town.move_in_as(&Who::new(channel, 1)).await;
        let awake = Who {
            quiet: Some("none"),
            ..Who::new(channel, 2)
        };
        town.move_in_as(&awake).await;
    }
    town.start().await;
    let works = mild(&town, "works");
    let first = town.alert(&works).await;
    town.delivered(first).await;
    let urgent = Cap::new("storm").at(town.clock.now());
    let storm = town.alert(&urgent).await;
    town.delivered(storm).await;
    // The storm is less than was thought: everybody who was woken hears that now.
    let milder = urgent.follow_up("milder", "Update").at(town.clock.now());
    let milder = town.alert(&milder.severity("Moderate")).await;
    let progress = town.delivered(milder).await;
    assert!(
        progress.values().all(|one| one.count("sent") == 2),
        "{progress:?}"
    );
    // The works are off: who was told hears it, who was not hears nothing of either.
    let off = works.follow_up("off", "Cancel").at(town.clock.now());
    let off = town.alert(&off).await;
    let progress = town.delivered(off).await;
    assert!(
        progress.values().all(|one| one.count("sent") == 1),
        "{progress:?}"
    );
    let works = town.progress(first).await;
    for channel in CHANNELS {
        let one = &works[channel];
        assert_eq!((one.count("sent"), one.count("superseded")), (1, 1));
        let got = town.inbox(channel, &handle(channel, 1));
        assert_eq!(got.len(), 2, "{channel}: {got:#?}");
        assert!(got[1].text.contains("Обновено"), "{}", got[1].text);
        let got = town.reads(channel, &handle(channel, 2), 4).await;
        assert!(got[3].contains("Отменено"), "{}", got[3]);
    }
    town.end().await;
}

async fn who_has_left_or_paused_gets_nothing_of_what_was_held(base: Base) {
    let plan = Plan {
        channels: &["telegram"],
        ..night()
    };
    let mut town = Town::build(base, plan).await;
    for number in 1..5 {
        town.move_in_as(&Who::new("telegram", number)).await;
    }
    let for_long = town.clock.now().plus(Duration::from_hours(200)).0;
    let pause = |handle: u64, until: i64| {
        format!("update address set paused_until = {until} where handle = '{handle}'")
    };
    // One has paused before, one until a moment ago.
    town.change(&pause(4, for_long)).await;
    town.change(&pause(1, town.clock.now().0)).await;
    town.start().await;
    let letter = town.alert(&mild(&town, "works")).await;
    let progress = town.delivered(letter).await;
    let one = &progress["telegram"];
    assert_eq!((one.planned, one.held()), (3, 3), "{one:?}");
    town.telegram.say(2, 2, "/stop").expect("said");
    town.reads("telegram", "2", 1).await;
    town.change(&pause(3, for_long)).await;
    town.wait_for("2026-06-18T07:00:00+03:00");
    town.reads("telegram", "1", 1).await;
    town.quiet().await;
    let progress = town.delivered(letter).await;
    let one = &progress["telegram"];
    assert_eq!((one.count("sent"), one.count("gone")), (1, 2), "{one:?}");
    assert!(one.balances());
    let farewell = town.inbox("telegram", "2");
    assert!(
        farewell.len() == 1 && farewell[0].text.contains("спрени"),
        "{farewell:#?}"
    );
    let got = |to: &str| town.inbox("telegram", to).len();
    assert_eq!(["3", "4"].map(got), [0, 0]);
    town.end().await;
}

async fn the_walk_goes_on_while_everybody_waits(base: Base) {
    let plan = Plan {
        channels: &["telegram"],
        window: Some(8),
        ..night()
    };
    let mut town = Town::build(base, plan).await;
    town.move_in("telegram", 1..3001, "bg", Wish::EVERYTHING)
        .await;
    // Some in between have no quiet hours: they get it in their turn.
    town.change("update address set quiet_from = 0, quiet_to = 0 where handle like '%00'")
        .await;
    town.start().await;
    let began = Instant::now();
    let letter = town.alert(&mild(&town, "works")).await;
    let progress = town.delivered(letter).await;
    let one = &progress["telegram"];
    assert_eq!((one.count("sent"), one.held()), (30, 2970), "{one:?}");
    assert_eq!(one.planned, 3000);
    assert!(one.balances());
    // A window at a time, at four looks a second, it would be a minute and a half.
    assert!(
        began.elapsed() < Duration::from_secs(20),
        "{:?}",
        began.elapsed()
    );
    town.wait_for("2026-06-18T07:00:00+03:00");
    town.quiet().await;
    let progress = town.delivered(letter).await;
    assert_eq!(progress["telegram"].count("sent"), 3000, "{progress:?}");
    assert!(town.copies("telegram").values().all(|copies| *copies == 1));
    town.end().await;
}

async fn the_operator_is_told_who_hears_later(base: Base) {
    let mut town = Town::build(base, Plan::default()).await;
    for channel in CHANNELS {
        for number in 1..4 {
            let who = Who {
                cadence: Cadence::Daily,
                ..Who::new(channel, number)
            };
            town.move_in_as(&who).await;
        }
    }
    town.start().await;
    for identifier in ["works", "market"] {
        let long = town.clock.now().plus(Duration::from_hours(48));
        let cap = Cap::new(identifier).severity("Moderate").expires(long);
        let letter = town.alert(&cap).await;
        town.delivered(letter).await;
    }
    let status = async |lang: &str| {
        let output = tokio::process::Command::new(env!("CARGO_BIN_EXE_glas"))
            .arg("--config")
            .arg(town.config())
            .args(["--lang", lang, "alert", "status", "works"])
            .output()
            .await
            .expect("the program");
        String::from_utf8(output.stdout).expect("text")
    };
    let held = status("en").await;
    let later = "3 come with a later digest or after quiet hours";
    assert_eq!(held.matches(later).count(), 3, "{held}");
    assert!(!held.contains("waiting:"), "{held}");
    let held = status("bg").await;
    let later = "3 адреса ще го получат по-късно – с обобщение или след тихите часове";
    assert_eq!(held.matches(later).count(), 3, "{held}");
    town.change("update delivery set due = 0 where state = 'held'")
        .await;
    town.quiet().await;
    let told = status("en").await;
    assert_eq!(told.matches("told in a digest: 3").count(), 3, "{told}");
    town.end().await;
}
