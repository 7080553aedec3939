//! The bot's process is killed, stopped, doubled: nobody is missed, repeats are bounded.

use std::time::Duration;

use glas::outbox::lease;
use glas::people::Wish;

use crate::town::{Base, Cap, Plan, Process, Town, on_both, until};

on_both!(
    a_killed_bot_misses_nobody,
    who_was_caught_in_a_crash_waits_for_the_others,
    a_bot_that_slept_beyond_its_lease_repeats_little,
    a_bot_that_slept_alone_goes_on,
    a_bot_asked_to_end_loses_and_repeats_nothing,
    two_bots_share_the_work,
);

fn telegram(window: usize) -> Plan {
    Plan {
        channels: &["telegram"],
        lease_seconds: 1,
        window: Some(window),
        ..Plan::default()
    }
}

/// Waits until the networks have taken `count` messages since the start.
async fn taken(town: &Town, count: usize) {
    let enough = |all: &[glas::sandbox::ledger::Seen]| all.len() >= count;
    let arrived = town.ledger.wait_for(crate::town::PATIENCE, enough).await;
    assert!(arrived.is_some(), "not {count} messages in time");
}

/// Who of `people` was missed although nobody says so; and how many copies were too many.
async fn account(town: &Town, letter: i64, people: u64) -> (usize, usize) {
    let progress = town.delivered(letter).await;
    let one = &progress["telegram"];
    let all = i64::try_from(people).expect("small");
    assert_eq!(one.planned, all, "{one:?}");
    assert_eq!(one.count("sent") + one.count("uncertain"), all, "{one:?}");
    let copies = town.copies("telegram");
    assert!(
        copies.values().all(|copies| *copies <= 2),
        "somebody got three"
    );
    let uncertain = usize::try_from(one.count("uncertain")).expect("small");
    let reached = copies.len() + uncertain;
    let missed = usize::try_from(people)
        .expect("small")
        .saturating_sub(reached);
    let repeated = copies.values().map(|copies| copies - 1).sum();
    (missed, repeated)
}

async fn killed(base: Base, window: usize, people: u64, kills: usize) {
    let town = Town::build(base, telegram(window)).await;
    town.move_in("telegram", 1..people + 1, "bg", Wish::EVERYTHING)
        .await;
    let letter = town.alert(&Cap::new("storm")).await;
    let whole = usize::try_from(people).expect("small");
    for kill in 1..=kills {
        let bot = town.spawn();
        let share = whole / (kills + 1);
        let moment = share * kill - rand::random_range(0..share);
        taken(&town, moment).await;
        bot.kill().await;
    }
    let last = town.spawn();
    let (missed, repeated) = account(&town, letter, people).await;
    let uncertain = town.progress(letter).await["telegram"].count("uncertain");
    println!(
        "W = {window}, {people} people, {kills} kills: {repeated} repeated, {uncertain} uncertain"
    );
    assert_eq!(missed, 0);
    // Those caught twice; never more of them are under way at once than there are connections.
    assert!(uncertain <= 32 * i64::try_from(kills).expect("few"));
    assert!(repeated <= window * kills, "{repeated} repeats");
    last.kill().await;
    town.end().await;
}

async fn a_killed_bot_misses_nobody(base: Base) {
    let long = std::env::var("GLAS_LONG").is_ok_and(|set| set == "1");
    let (people, kills, windows) = if long {
        (20_000, 10, [8, 1024])
    } else {
        (600, 3, [8, 64])
    };
    for window in windows {
        killed(base, window, people, kills).await;
    }
}

async fn who_was_caught_in_a_crash_waits_for_the_others(base: Base) {
    let town = Town::build(base, telegram(16)).await;
    town.move_in("telegram", 1..401, "bg", Wish::EVERYTHING)
        .await;
    let letter = town.alert(&Cap::new("storm")).await;
    let bot = town.spawn();
    taken(&town, 50).await;
    bot.kill().await;
    until("its lease is over", async || no_lane_is_held(&town).await).await;
    let inflight = "select count(*) from delivery where state = 'inflight'";
    let caught = usize::try_from(town.count(inflight).await).expect("small");
    let before = town.ledger.seen_since(0).len();
    let bot = town.spawn();
    taken(&town, before + 16).await;
    let first: Vec<String> = town
        .ledger
        .seen_since(before)
        .into_iter()
        .take(16)
        .map(|it| it.to)
        .collect();
    let (missed, _) = account(&town, letter, 400).await;
    assert_eq!(missed, 0);
    let of_those = format!(
        "select count(*) from delivery d join address a on a.id = d.address
            where d.crashes > 0 and a.handle in ('{}')",
        first.join("', '")
    );
    assert_eq!(town.count(&of_those).await, 0, "{caught} were caught");
    bot.kill().await;
    town.end().await;
}

/// Whether no process holds a lane now.
async fn no_lane_is_held(town: &Town) -> bool {
    let mut tx = town.db.read().await.expect("the database");
    lease::held_lanes(&mut tx)
        .await
        .expect("the leases")
        .is_empty()
}

/// Stops a bot where it holds no lock of the database, which no lease could take from it.
async fn sleep_between_transactions(town: &Town, bot: &Process) {
    bot.signal("STOP").await;
    while !town.nothing_is_locked().await {
        bot.signal("CONT").await;
        bot.signal("STOP").await;
    }
}

async fn a_bot_that_slept_beyond_its_lease_repeats_little(base: Base) {
    let town = Town::build(base, telegram(16)).await;
    town.move_in("telegram", 1..401, "bg", Wish::EVERYTHING)
        .await;
    let letter = town.alert(&Cap::new("storm")).await;
    let mut sleeper = town.spawn();
    taken(&town, 50).await;
    sleep_between_transactions(&town, &sleeper).await;
    let mut other = town.spawn();
    let (missed, _) = account(&town, letter, 400).await;
    assert_eq!(missed, 0);
    sleeper.signal("CONT").await;
    // What it still wanted to say it has said when it has ended.
    sleeper.signal("TERM").await;
    assert!(sleeper.ended(Duration::from_secs(20)).await.success());
    let (missed, repeated) = account(&town, letter, 400).await;
    assert_eq!(missed, 0);
    assert!(repeated <= 16, "{repeated} repeats");
    other.signal("TERM").await;
    assert!(other.ended(Duration::from_secs(20)).await.success());
    town.end().await;
}

async fn a_bot_that_slept_alone_goes_on(base: Base) {
    let town = Town::build(base, telegram(16)).await;
    town.move_in("telegram", 1..401, "bg", Wish::EVERYTHING)
        .await;
    let letter = town.alert(&Cap::new("storm")).await;
    let bot = town.spawn();
    taken(&town, 50).await;
    sleep_between_transactions(&town, &bot).await;
    until("its lease is over", async || no_lane_is_held(&town).await).await;
    bot.signal("CONT").await;
    let (missed, repeated) = account(&town, letter, 400).await;
    assert_eq!((missed, repeated), (0, 0));
    bot.kill().await;
    town.end().await;
}

async fn a_bot_asked_to_end_loses_and_repeats_nothing(base: Base) {
    let town = Town::build(base, telegram(64)).await;
    town.move_in("telegram", 1..1501, "bg", Wish::EVERYTHING)
        .await;
    let letter = town.alert(&Cap::new("storm")).await;
    for moment in [50, 500] {
        let mut bot = town.spawn();
        taken(&town, moment).await;
        bot.signal("TERM").await;
        assert!(bot.ended(Duration::from_secs(20)).await.success());
        let inflight = "select count(*) from delivery where state = 'inflight'";
        assert_eq!(town.count(inflight).await, 0);
    }
    let held = "select count(*) from lease where until > 0";
    assert_eq!(town.count(held).await, 0, "a lease was kept");
    let last = town.spawn();
    let (missed, repeated) = account(&town, letter, 1500).await;
    assert_eq!((missed, repeated), (0, 0));
    last.kill().await;
    town.end().await;
}

async fn two_bots_share_the_work(base: Base) {
    let town = Town::build(
        base,
        Plan {
            lease_seconds: 1,
            ..Plan::default()
        },
    )
    .await;
    town.move_in("telegram", 1..51, "bg", Wish::EVERYTHING)
        .await;
    town.move_in("email", 1..201, "bg", Wish::EVERYTHING).await;
    let lanes = async |channel: &str| {
        let mut tx = town.db.read().await.expect("the database");
        let held = lease::held_lanes(&mut tx).await.expect("the leases");
        held.iter().filter(|(name, _)| name == channel).count()
    };
    let first = town.spawn();
    until("the first holds its lanes", async || {
        lanes("telegram").await == 1 && lanes("email").await == 1
    })
    .await;
    let second = town.spawn();
    until("mail has two lanes", async || lanes("email").await == 2).await;
    assert_eq!(lanes("telegram").await, 1, "one token has one sender");
    let letter = town.alert(&Cap::new("first")).await;
    let progress = town.delivered(letter).await;
    assert_eq!(progress["email"].count("sent"), 200);
    let owners = "select count(distinct owner) from delivery where channel = ";
    assert_eq!(town.count(&format!("{owners}'telegram'")).await, 1);
    assert_eq!(
        town.count(&format!("{owners}'email'")).await,
        2,
        "both send mail"
    );
    let owner = "select max(owner) from delivery where channel = 'telegram'";
    let before = town.count(owner).await;
    first.kill().await;
    let letter = town.alert(&Cap::new("second")).await;
    let progress = town.delivered(letter).await;
    assert!(
        progress
            .values()
            .all(|one| one.count("sent") == one.planned),
        "{progress:?}"
    );
    let by_others = format!("{owners}'telegram' and owner <> {before}");
    assert_eq!(town.count(&by_others).await, 1, "the second took over");
    for channel in ["telegram", "email"] {
        assert!(town.copies(channel).values().all(|copies| *copies == 2));
    }
    second.kill().await;
    town.end().await;
}
