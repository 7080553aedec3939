//! An old message says that a newer one took its place, once that one has come, and never before.

use std::time::Duration;

use glas::features::alert::{cap as reader, send};
use glas::people::Wish;
use glas::sandbox::ledger::{Seen, What};
use glas::sandbox::telegram::{Often, Trouble};
use serde_json::json;

use crate::town::hands::as_read;
use crate::town::{Base, Cap, Plan, TELEGRAM_TOKEN, Town, handle, on_both, until};

on_both!(
    an_old_message_is_marked_once_the_new_one_has_come,
    a_message_that_is_no_more_stays_so,
    a_killed_bot_marks_everybody_all_the_same,
    what_follows_waits_for_what_is_on_its_way,
);

/// Posts an alert with its maps; its letter.
async fn with_maps(town: &Town, cap: &Cap) -> i64 {
    let alert = reader::read(cap.xml().as_bytes()).expect("a CAP message");
    let now = town.clock.now();
    let painter = town.loaded.painter().expect("a folder of pictures");
    let maps = painter.maps(&alert, now).await;
    let mut tx = town.db.begin().await.expect("the database");
    let words = (&*town.loaded.catalogue, &*town.loaded.city);
    let told = (&alert, send::Word::Senders, &maps);
    let channels = ["telegram", "discord", "email"];
    let outcome = send::send_with_maps(&mut tx, words, told, &channels, (now, now)).await;
    tx.commit().await.expect("the database");
    match outcome.expect("the alert can be sent") {
        send::Outcome::Sent { letter, .. } => letter,
        other => panic!("not sent: {other:?}"),
    }
}

/// Everything that happened on somebody's screen.
fn happened(town: &Town, channel: &str, number: u64) -> Vec<Seen> {
    let to = handle(channel, number);
    let all = town.ledger.seen_since(0).into_iter();
    all.filter(|seen| seen.channel == channel && seen.to == to && seen.what != What::Notice)
        .map(as_read)
        .collect()
}

/// Waits until no mark is still to be made.
async fn marked(town: &Town) {
    until("every mark is made", async || {
        town.count("select count(*) from mark").await == 0
    })
    .await;
    town.quiet().await;
}

async fn an_old_message_is_marked_once_the_new_one_has_come(base: Base) {
    let mut town = Town::build(base, Plan::default()).await;
    for channel in ["telegram", "discord", "email"] {
        town.move_in(channel, 1..2, "bg", Wish::EVERYTHING).await;
        town.move_in(channel, 2..3, "en", Wish::EVERYTHING).await;
    }
    town.move_in("telegram", 3..4, "bg", Wish::EVERYTHING).await;
    town.start().await;
    let (storm, flood) = (Cap::new("storm"), Cap::new("flood"));
    let shown = with_maps(&town, &storm).await;
    town.delivered(shown).await;
    let told = town.alert(&flood).await;
    town.delivered(told).await;
    town.telegram.block(3).expect("a chat");
    until("the bot knows", async || {
        town.count("select count(*) from address where state = 'off'")
            .await
            == 1
    })
    .await;
    let before = town.ledger.seen_since(0).len();
    let over = town.alert(&storm.follow_up("storm-over", "Cancel")).await;
    let more = town.alert(&flood.follow_up("flood-more", "Update")).await;
    town.delivered(over).await;
    town.delivered(more).await;
    marked(&town).await;

    for channel in ["telegram", "discord"] {
        for (number, cancelled, updated, event) in [
            (1, "Отменено в ", "Обновено в ", "Силна гръмотевична буря"),
            (2, "Cancelled at ", "Updated at ", "Severe thunderstorm"),
        ] {
            let happened = happened(&town, channel, number);
            let sent: Vec<&Seen> = (happened.iter().filter(|it| it.what == What::Sent)).collect();
            let marks: Vec<&Seen> = (happened.iter())
                .filter(|it| it.what == What::Edited)
                .collect();
            assert_eq!((sent.len(), marks.len()), (4, 2), "{channel} {number}");
            for (old, line) in [(sent[0], cancelled), (sent[1], updated)] {
                let mark = marks.iter().find(|mark| mark.id == old.id).expect("a mark");
                assert!(mark.text.starts_with(line), "{}", mark.text);
                assert!(mark.text.contains(event), "what it said: {}", mark.text);
                assert!(mark.buttons.is_empty(), "{:?}", mark.buttons);
                let news = sent[2..].iter().find(|new| match channel {
                    "telegram" => {
                        let under = new.raw["reply_to_message"]["message_id"].to_string();
                        under == old.id
                    }
                    _ => new.raw["message_reference"]["message_id"] == json!(old.id),
                });
                let news = news.expect("the new one stands under it");
                assert!(news.number < mark.number, "never before the new one");
            }
            if channel == "telegram" {
                let photo = marks.iter().find(|mark| mark.id == sent[0].id);
                assert!(photo.is_some_and(|it| it.raw["photo"].is_array()));
            } else {
                let map = marks.iter().find(|mark| mark.id == sent[0].id);
                let attached = map.map(|it| it.raw["attachments"].to_string());
                assert!(attached.is_some_and(|it| it.contains("map.png")));
            }
        }
    }
    let blocked = happened(&town, "telegram", 3);
    assert!(blocked.iter().all(|it| it.number < before), "{blocked:#?}");
    for number in 1..3 {
        let mails = happened(&town, "email", number);
        assert!(mails.iter().all(|mail| mail.what == What::Sent));
        assert_eq!(mails.len(), 4);
    }
    town.end().await;
}

async fn a_message_that_is_no_more_stays_so(base: Base) {
    let plan = Plan {
        channels: &["telegram"],
        ..Plan::default()
    };
    let mut town = Town::build(base, plan).await;
    town.move_in("telegram", 1..3, "bg", Wish::EVERYTHING).await;
    town.start().await;
    let storm = Cap::new("storm");
    let letter = town.alert(&storm).await;
    town.delivered(letter).await;
    let gone = town.inbox("telegram", "1").remove(0);
    let delete = format!(
        "{}/bot{TELEGRAM_TOKEN}/deleteMessage",
        town.telegram.url().trim_end_matches('/')
    );
    let message: i64 = gone.id.parse().expect("a number");
    let deleted = reqwest::Client::new()
        .post(delete)
        .header("content-type", "application/json")
        .body(json!({"chat_id": 1, "message_id": message}).to_string())
        .send()
        .await;
    assert!(deleted.expect("an answer").status().is_success());
    let over = town.alert(&storm.follow_up("over", "Cancel")).await;
    town.delivered(over).await;
    marked(&town).await;
    assert_eq!(town.inbox("telegram", "1").len(), 2, "nothing in its place");
    let others = happened(&town, "telegram", 2);
    assert_eq!(others.last().map(|it| it.what), Some(What::Edited));
    let troubles = "select count(*) from delivery where state in ('dead', 'gone', 'uncertain')";
    assert_eq!(town.count(troubles).await, 0);
    town.end().await;
}

async fn a_killed_bot_marks_everybody_all_the_same(base: Base) {
    let plan = Plan {
        channels: &["telegram"],
        lease_seconds: 1,
        window: Some(8),
        ..Plan::default()
    };
    let town = Town::build(base, plan).await;
    town.move_in("telegram", 1..61, "bg", Wish::EVERYTHING)
        .await;
    let bot = town.spawn();
    let storm = Cap::new("storm");
    let letter = town.alert(&storm).await;
    town.delivered(letter).await;
    let slow = Trouble::Delay(Duration::from_millis(100));
    town.telegram
        .fail(slow, &["editMessageText"], Often::Always);
    let over = town.alert(&storm.follow_up("over", "Cancel")).await;
    let edited = |all: &[Seen]| all.iter().filter(|it| it.what == What::Edited).count();
    let some = |all: &[Seen]| edited(all) >= 10;
    let arrived = town.ledger.wait_for(crate::town::PATIENCE, some).await;
    assert!(arrived.is_some(), "nobody is marked");
    bot.kill().await;
    town.telegram.clear_troubles();
    let bot = town.spawn();
    town.delivered(over).await;
    marked(&town).await;
    bot.kill().await;
    for number in 1..61 {
        let happened = happened(&town, "telegram", number);
        let last = happened.last().expect("something");
        assert!(last.text.starts_with("Отменено в "), "{number}: {last:?}");
        assert_eq!(town.inbox("telegram", &number.to_string()).len(), 2);
    }
    let uncertain = "select count(*) from delivery where state = 'uncertain'";
    assert_eq!(town.count(uncertain).await, 0);
    town.end().await;
}

async fn what_follows_waits_for_what_is_on_its_way(base: Base) {
    let plan = Plan {
        channels: &["telegram"],
        ..Plan::default()
    };
    let mut town = Town::build(base, plan).await;
    town.move_in("telegram", 1..3, "bg", Wish::EVERYTHING).await;
    town.start().await;
    let slow = Trouble::Delay(Duration::from_millis(1500));
    town.telegram.fail(slow, &["sendMessage"], Often::Times(1));
    let storm = Cap::new("storm");
    town.alert(&storm).await;
    let asked = || town.ledger.requests().into_iter();
    until("one is on its way", async || {
        let sent = asked().filter(|it| it.what == "sendMessage" && it.status == 200);
        sent.count() == 1
            && town
                .count("select count(*) from delivery where state = 'inflight'")
                .await
                == 1
    })
    .await;
    let over = town.alert(&storm.follow_up("over", "Cancel")).await;
    town.delivered(over).await;
    marked(&town).await;
    for number in ["1", "2"] {
        let inbox = town.inbox("telegram", number);
        assert_eq!(inbox.len(), 2, "{inbox:#?}");
        assert!(inbox[0].text.starts_with("Сериозна опасност"));
        assert!(inbox[1].text.starts_with("Отменено предупреждение"));
        let under = &inbox[1].raw["reply_to_message"]["message_id"];
        assert_eq!(under.to_string(), inbox[0].id, "{number}");
    }
    town.end().await;
}
