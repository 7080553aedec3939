//! What is under way when somebody is forgotten: letters in a worker's hands, and the last one.

use std::time::Duration;

use glas::app;
use glas::base::clock::Clock;
use glas::features::privacy::store as privacy;
use glas::message::{Letter, Weight};
use glas::outbox::Lane;
use glas::outbox::post::{self, Post};
use glas::outbox::row::Worded;
use glas::people::Wish;
use glas::sandbox::telegram::{Often, Trouble};

use super::{HANDLE, RESIDENT, citizen, plan, traces};
use crate::town::{Base, Cap, Plan, Town, on_both, until};

on_both!(
    what_is_under_way_when_somebody_is_forgotten_goes_no_further,
    a_last_letter_that_nobody_takes_keeps_no_address,
);

/// Forgets somebody as the data officer does.
async fn forget(town: &Town, channel: &str, handle: &str) {
    let keys = app::keyring(&town.db).await.expect("keys");
    let citizen = citizen(town, channel, handle).await.expect("known");
    let mut tx = town.db.begin().await.expect("the database");
    privacy::forget(&mut tx, &citizen, &keys, Clock::system().now())
        .await
        .expect("forgotten");
    privacy::erase_now(&mut tx, citizen.id)
        .await
        .expect("erased");
    tx.commit().await.expect("the database");
}

async fn what_is_under_way_when_somebody_is_forgotten_goes_no_further(base: Base) {
    let plan = Plan {
        channels: &["telegram"],
        ..plan()
    };
    let mut town = Town::build(base, plan).await;
    town.move_in("telegram", RESIDENT..RESIDENT + 60, "bg", Wish::EVERYTHING)
        .await;
    town.start().await;
    // The first who are tried are told to wait, and the rest of the window waits in memory.
    town.telegram
        .fail(Trouble::TooMany(3), &["sendMessage"], Often::Always);
    let letter = town.alert(&Cap::new("storm")).await;
    let asked = |town: &Town| town.answered(429) > 0;
    until("the network says to wait", async || asked(&town)).await;
    let held = "select count(*) from delivery where state in ('inflight', 'retry')";
    until("all are taken up", async || town.count(held).await == 60).await;
    for number in [RESIDENT, RESIDENT + 30, RESIDENT + 59] {
        forget(&town, "telegram", &number.to_string()).await;
        assert_eq!(
            traces(&town, &number.to_string()).await,
            Vec::<String>::new()
        );
    }
    town.telegram.clear_troubles();
    let progress = town.delivered(letter).await;
    assert_eq!(progress["telegram"].count("sent"), 57, "{progress:?}");
    assert_eq!(progress["telegram"].planned, 60, "{progress:?}");
    let copies = town.copies("telegram");
    assert_eq!(copies.len(), 57, "{copies:?}");
    for number in [RESIDENT, RESIDENT + 30, RESIDENT + 59] {
        assert!(!copies.contains_key(&number.to_string()), "{number} got it");
        assert_eq!(
            traces(&town, &number.to_string()).await,
            Vec::<String>::new()
        );
    }
    town.end().await;
}

async fn a_last_letter_that_nobody_takes_keeps_no_address(base: Base) {
    let town = Town::build(base, plan()).await;
    town.move_in("telegram", RESIDENT..RESIDENT + 1, "bg", Wish::EVERYTHING)
        .await;
    // No bot runs, so neither the broadcast nor the last letter leaves.
    let letter = Letter::<String> {
        title: Some("Последно".to_owned()),
        body: vec![],
        actions: vec![],
        weight: Weight::Normal,
        footer: None,
        picture: None,
    };
    let worded = Worded([("bg".parse().expect("bg"), letter)].into());
    let keys = app::keyring(&town.db).await.expect("keys");
    let her = citizen(&town, "telegram", HANDLE).await.expect("known");
    let now = Clock::system().now();
    let mut tx = town.db.begin().await.expect("the database");
    privacy::forget(&mut tx, &her, &keys, now)
        .await
        .expect("forgotten");
    let reply = Post {
        worded: &worded,
        lane: Lane::Reply,
        created: now,
        expires: now.plus(Duration::from_hours(24)),
        thread: None,
    };
    post::reply(&mut tx, &reply, her.id, None, None)
        .await
        .expect("posted");
    assert_eq!(
        privacy::erase(&mut tx, now.plus(Duration::from_hours(24)))
            .await
            .expect("erased"),
        0
    );
    let late = now.plus(Duration::from_mins(24 * 60 + 16));
    assert_eq!(privacy::erase(&mut tx, late).await.expect("erased"), 1);
    tx.commit().await.expect("the database");
    assert_eq!(traces(&town, HANDLE).await, Vec::<String>::new());
    assert_eq!(town.count("select count(*) from letter").await, 0);
    town.end().await;
}
