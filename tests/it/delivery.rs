//! An alert's way to the people whom it concerns, and what follows it.

use std::time::Duration;

use glas::base::clock::Clock;
use glas::city::Set;
use glas::features::alert::send::Outcome;
use glas::people::Wish;
use glas::sandbox::telegram::{Often, Trouble};

use crate::town::{Base, Cap, LYULIN, Plan, Town, handle, on_both, until};

on_both!(
    an_alert_reaches_everybody_in_their_language,
    only_those_whom_it_concerns_get_it,
    an_update_comes_under_its_alert,
    a_cancel_takes_back_what_has_not_left,
    a_cancel_reaches_all_who_were_warned,
    what_is_over_is_not_sent,
);

const CHANNELS: [&str; 3] = ["telegram", "discord", "email"];
const IN_BULGARIAN: &str = "Влезте в здрава сграда";
const IN_ENGLISH: &str = "Go into a solid building";

/// A Bulgarian (1) and an English (2) reader on each channel, who want everything.
async fn six_readers(town: &Town) {
    for channel in CHANNELS {
        town.move_in(channel, 1..2, "bg", Wish::EVERYTHING).await;
        town.move_in(channel, 2..3, "en", Wish::EVERYTHING).await;
    }
}

async fn an_alert_reaches_everybody_in_their_language(base: Base) {
    let mut town = Town::build(base, Plan::default()).await;
    six_readers(&town).await;
    town.start().await;
    let storm = Cap::new("storm");
    let letter = town.alert(&storm).await;
    let progress = town.delivered(letter).await;
    for channel in CHANNELS {
        assert_eq!(progress[channel].count("sent"), 2, "{progress:?}");
        for (number, words, foreign) in
            [(1, IN_BULGARIAN, IN_ENGLISH), (2, IN_ENGLISH, IN_BULGARIAN)]
        {
            let read = town.reads(channel, &handle(channel, number), 1).await;
            assert_eq!(read.len(), 1);
            assert!(read[0].contains(words), "{channel}: {}", read[0]);
            assert!(!read[0].contains(foreign), "{channel}: {}", read[0]);
        }
    }
    let again = town.post(&storm).await;
    assert!(matches!(again, Outcome::Already(_)), "{again:?}");
    town.end().await;
}

async fn only_those_whom_it_concerns_get_it(base: Base) {
    let mut town = Town::build(base, Plan::default()).await;
    let about = |topic: &str| {
        let topic = town.loaded.city.topic(topic).expect("a topic");
        Set::NONE.with(topic.bit)
    };
    let here = town.wish_for(LYULIN);
    let wishes = [
        (1, here, true),
        (2, town.wish_for("68134-01"), false),
        (
            3,
            Wish {
                topics: about("weather"),
                ..here
            },
            true,
        ),
        (
            4,
            Wish {
                topics: about("parking"),
                ..here
            },
            false,
        ),
        (
            5,
            Wish {
                least_severity: 2,
                ..here
            },
            true,
        ),
        (
            6,
            Wish {
                least_severity: 3,
                ..here
            },
            false,
        ),
    ];
    for channel in CHANNELS {
        for (number, wish, _) in wishes {
            town.move_in(channel, number..number + 1, "bg", wish).await;
        }
    }
    town.start().await;
    let letter = town.alert(&Cap::new("storm")).await;
    let progress = town.delivered(letter).await;
    for channel in CHANNELS {
        assert_eq!(progress[channel].planned, 3, "{progress:?}");
        for (number, _, concerned) in wishes {
            let got = town.inbox(channel, &handle(channel, number)).len();
            assert_eq!(got, usize::from(concerned), "{channel}, resident {number}");
        }
    }
    town.end().await;
}

async fn an_update_comes_under_its_alert(base: Base) {
    let mut town = Town::build(base, Plan::default()).await;
    six_readers(&town).await;
    let elsewhere = town.wish_for("68134-01");
    for channel in CHANNELS {
        town.move_in(channel, 3..4, "bg", elsewhere).await;
    }
    town.start().await;
    let storm = Cap::new("storm");
    let letter = town.alert(&storm).await;
    town.delivered(letter).await;
    // The storm has moved on: those who were warned are told, and those where it is now.
    let moved = storm.follow_up("moved", "Update").district("68134-01");
    let update = town.alert(&moved).await;
    let progress = town.delivered(update).await;
    for channel in CHANNELS {
        assert_eq!(progress[channel].count("sent"), 3, "{progress:?}");
        assert_eq!(town.inbox(channel, &handle(channel, 3)).len(), 1);
        let to = handle(channel, 1);
        let [first, second] = &town.inbox(channel, &to)[..] else {
            panic!("{channel}: an alert and its update");
        };
        assert!(second.text.contains("Обновено"), "{}", second.text);
        let above = match channel {
            "telegram" => &second.raw["reply_to_message"]["message_id"],
            "discord" => &second.raw["message_reference"]["message_id"],
            _ => &second.raw["headers"]["In-Reply-To"],
        };
        let above = above.to_string().replace(['"', '<', '>'], "");
        assert!(
            !above.is_empty() && first.id.ends_with(&above),
            "{above} is not {}",
            first.id
        );
    }
    town.end().await;
}

async fn a_cancel_takes_back_what_has_not_left(base: Base) {
    let mut town = Town::build(base, Plan::default()).await;
    six_readers(&town).await;
    town.start().await;
    // Telegram is too fast for itself, so that nothing of the alert leaves there yet.
    town.telegram
        .fail(Trouble::TooMany(2), &["sendMessage"], Often::Always);
    let storm = Cap::new("storm");
    let letter = town.alert(&storm).await;
    until("the others have it, Telegram waits", async || {
        let progress = town.progress(letter).await;
        let sent = |channel: &str| progress[channel].count("sent");
        sent("discord") == 2 && sent("email") == 2 && progress["telegram"].count("retry") == 2
    })
    .await;
    let cancel = town.alert(&storm.follow_up("over", "Cancel")).await;
    town.telegram.clear_troubles();
    let original = town.delivered(letter).await;
    let cancelled = town.delivered(cancel).await;
    assert_eq!(original["telegram"].count("superseded"), 2, "{original:?}");
    assert_eq!(cancelled["telegram"].planned, 0, "{cancelled:?}");
    for channel in ["discord", "email"] {
        assert_eq!(cancelled[channel].count("sent"), 2);
        let read = town.reads(channel, &handle(channel, 1), 2).await;
        assert!(read[1].contains("Отменено"), "{}", read[1]);
    }
    assert_eq!(town.inbox("telegram", "1").len(), 0);
    town.end().await;
}

async fn a_cancel_reaches_all_who_were_warned(base: Base) {
    let mut town = Town::build(base, Plan::default()).await;
    six_readers(&town).await;
    town.start().await;
    let storm = Cap::new("storm");
    let letter = town.alert(&storm).await;
    town.delivered(letter).await;
    // The update gets nowhere on Telegram before everything is called off: there the alert itself
    // is what people know.
    town.telegram
        .fail(Trouble::TooMany(2), &["sendMessage"], Often::Always);
    let worse = storm.follow_up("worse", "Update");
    let update = town.alert(&worse).await;
    until("the others have it, Telegram waits", async || {
        let progress = town.progress(update).await;
        let sent = |channel: &str| progress[channel].count("sent");
        sent("discord") == 2 && sent("email") == 2 && progress["telegram"].count("retry") == 2
    })
    .await;
    let cancel = town.alert(&worse.follow_up("over", "Cancel")).await;
    town.telegram.clear_troubles();
    let cancelled = town.delivered(cancel).await;
    for channel in CHANNELS {
        assert_eq!(cancelled[channel].count("sent"), 2, "{cancelled:?}");
        let got = town.inbox(channel, &handle(channel, 1));
        let last = got.last().expect("the cancel");
        assert!(last.text.contains("Отменено"), "{}", last.text);
        let expected = if channel == "telegram" { 2 } else { 3 };
        assert_eq!(got.len(), expected, "{channel}");
    }
    town.end().await;
}

async fn what_is_over_is_not_sent(base: Base) {
    let mut town = Town::build(base, Plan::default()).await;
    six_readers(&town).await;
    let soon = Clock::system().now().plus(Duration::from_secs(2));
    let letter = town.alert(&Cap::new("short").expires(soon)).await;
    until("it is over", async || Clock::system().now() > soon).await;
    town.start().await;
    let progress = town.delivered(letter).await;
    for channel in CHANNELS {
        assert_eq!(progress[channel].walk, "expired");
        assert_eq!(
            (progress[channel].planned, progress[channel].dropped),
            (2, 2)
        );
    }
    assert!(town.ledger.seen_since(0).is_empty());
    let outcome = town.post(&Cap::new("late").expires(soon)).await;
    assert!(matches!(outcome, Outcome::NotNow(_)), "{outcome:?}");
    town.end().await;
}
