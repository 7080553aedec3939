//! What becomes of letters when a network does not take them.

use std::time::{Duration, Instant};

use glas::message::{Block, Letter, Weight};
use glas::outbox::{Lane, lease, post};
use glas::people::Wish;
use glas::sandbox::discord;
use glas::sandbox::ledger::Seen;
use glas::sandbox::smtp::{Effect, Fault, Step};
use glas::sandbox::telegram::{Often, Trouble};

use crate::town::{Base, Cap, Plan, Town, handle, on_both, until};

on_both!(
    too_fast_costs_a_pause_and_no_attempt,
    the_platforms_rates_are_kept_by_ourselves,
    who_is_gone_is_switched_off_and_nobody_else,
    a_refused_letter_is_dead_with_its_reason,
    a_letter_refused_from_the_start_stops_and_asks,
    a_lane_set_up_wrong_stands_and_moves_again_by_itself,
    what_was_perhaps_taken_is_repeated_as_each_network_allows,
    a_second_doubt_is_counted_and_not_repeated,
    storms_pass,
    a_network_that_hangs_holds_up_nobody_else,
);

const TELEGRAM: Plan = Plan {
    channels: &["telegram"],
    lease_seconds: 2,
    window: None,
    telegram_rate: 0,
    paced: false,
    web: false,
    quiet: "none",
    at: None,
    more: "",
};
const SEND: [&str; 1] = ["sendMessage"];

fn plain(text: &str) -> Letter<String> {
    Letter {
        title: None,
        body: vec![Block::Paragraph(text.to_owned())],
        actions: vec![],
        weight: Weight::Normal,
        footer: None,
        picture: None,
    }
}

async fn too_fast_costs_a_pause_and_no_attempt(base: Base) {
    let mut town = Town::build(base, TELEGRAM).await;
    town.move_in("telegram", 1..101, "bg", Wish::EVERYTHING)
        .await;
    town.subscribe("telegram", "-700", "bg").await;
    town.telegram.add_group(-700, "Вход Б");
    town.start().await;
    town.telegram
        .fail(Trouble::TooMany(1), &SEND, Often::Times(40));
    let letter = town.alert(&Cap::new("storm")).await;
    let progress = town.delivered(letter).await;
    assert_eq!(progress["telegram"].count("sent"), 101, "{progress:?}");
    assert!(town.copies("telegram").values().all(|copies| *copies == 1));
    let costly = "select count(*) from delivery where attempts <> 1 or doubts <> 0";
    assert_eq!(town.count(costly).await, 0);
    town.end().await;
}

async fn the_platforms_rates_are_kept_by_ourselves(base: Base) {
    let plan = Plan {
        channels: &["telegram", "discord"],
        paced: true,
        ..Plan::default()
    };
    let mut town = Town::build(base, plan).await;
    for channel in ["telegram", "discord"] {
        town.move_in(channel, 1..61, "bg", Wish::EVERYTHING).await;
    }
    town.telegram.add_group(-700, "Вход Б");
    town.subscribe("telegram", "-700", "bg").await;
    town.discord
        .add_channel(crate::town::GUILD, 5000, "сигнали");
    town.subscribe("discord", "channel:5000", "bg").await;
    town.start().await;
    let began = Instant::now();
    let first = town.alert(&Cap::new("first")).await;
    let second = town.alert(&Cap::new("second")).await;
    for letter in [first, second] {
        let progress = town.delivered(letter).await;
        for channel in ["telegram", "discord"] {
            assert_eq!(progress[channel].count("sent"), 61, "{progress:?}");
        }
    }
    assert_eq!(town.answered(429), 0, "a 429 of our own making");
    // 122 messages at 30 a second on Telegram; as many and 60 openings at 50 on Discord.
    assert!(
        began.elapsed() < Duration::from_secs(20),
        "{:?}",
        began.elapsed()
    );
    town.end().await;
}

async fn who_is_gone_is_switched_off_and_nobody_else(base: Base) {
    let mut town = Town::build(base, Plan::default()).await;
    for channel in ["telegram", "discord", "email"] {
        town.move_in(channel, 1..31, "bg", Wish::EVERYTHING).await;
    }
    town.telegram.delete_account(7).expect("deleted");
    town.discord.close_dms(8, true);
    town.smtp
        .add_fault(Fault::unknown_mailbox(&handle("email", 9)));
    town.start().await;
    let letter = town.alert(&Cap::new("first")).await;
    let progress = town.delivered(letter).await;
    for (channel, number) in [("telegram", 7), ("discord", 8), ("email", 9)] {
        let one = &progress[channel];
        assert_eq!(
            (one.count("sent"), one.count("gone")),
            (29, 1),
            "{progress:?}"
        );
        let off = format!(
            "select count(*) from address where state = 'off' and channel = '{channel}'
                and handle = '{}' and reason is not null",
            handle(channel, number)
        );
        until("the address is off", async || town.count(&off).await == 1).await;
    }
    let all_off = "select count(*) from address where state = 'off'";
    assert_eq!(town.count(all_off).await, 3);
    let letter = town.alert(&Cap::new("second")).await;
    let progress = town.delivered(letter).await;
    assert!(
        progress
            .values()
            .all(|one| (one.planned, one.count("sent")) == (29, 29))
    );
    town.end().await;
}

async fn a_refused_letter_is_dead_with_its_reason(base: Base) {
    let mut town = Town::build(base, TELEGRAM).await;
    town.move_in("telegram", 1..11, "bg", Wish::EVERYTHING)
        .await;
    town.start().await;
    town.telegram
        .fail(Trouble::Status(400), &SEND, Often::Times(3));
    let letter = town.alert(&Cap::new("storm")).await;
    let progress = town.delivered(letter).await;
    let one = &progress["telegram"];
    assert_eq!((one.count("sent"), one.count("dead")), (7, 3), "{one:?}");
    let told =
        "select count(*) from delivery where state = 'dead' and reason like 'rejected: %400%'";
    assert_eq!(town.count(told).await, 3);
    town.end().await;
}

async fn a_letter_refused_from_the_start_stops_and_asks(base: Base) {
    let plan = Plan {
        window: Some(8),
        ..TELEGRAM
    };
    let mut town = Town::build(base, plan).await;
    town.move_in("telegram", 1..101, "bg", Wish::EVERYTHING)
        .await;
    town.start().await;
    town.telegram
        .fail(Trouble::Status(400), &SEND, Often::Always);
    let letter = town.broadcast(&plain("Прозорец"), Lane::Alert).await;
    until("it stops", async || {
        town.progress(letter).await["telegram"].walk == "stopped"
    })
    .await;
    let progress = town.delivered_so_far(letter).await;
    let one = &progress["telegram"];
    assert!((20..=36).contains(&one.count("dead")), "{one:?}");
    assert!(
        one.reason.as_deref().is_some_and(|why| why.contains("400")),
        "{one:?}"
    );
    assert!(one.balances() && one.unexpanded > 0, "{one:?}");
    // A person has looked, and lets it go on.
    town.telegram.clear_troubles();
    let refused = one.count("dead");
    let mut tx = town.db.begin().await.expect("the database");
    let reopened = post::reopen_stopped(&mut tx).await.expect("the database");
    assert_eq!(reopened, 1);
    tx.commit().await.expect("the database");
    let progress = town.delivered(letter).await;
    assert_eq!(
        progress["telegram"].count("sent"),
        100 - refused,
        "{progress:?}"
    );
    town.end().await;
}

async fn a_lane_set_up_wrong_stands_and_moves_again_by_itself(base: Base) {
    let mut town = Town::build(base, Plan::default()).await;
    for channel in ["telegram", "discord", "email"] {
        town.move_in(channel, 1..21, "bg", Wish::EVERYTHING).await;
    }
    town.start().await;
    town.telegram
        .fail(Trouble::Status(401), &SEND, Often::Always);
    let note = async || {
        let mut tx = town.db.read().await.expect("the database");
        let lanes = lease::held_lanes(&mut tx).await.expect("the leases");
        assert!(
            lanes
                .iter()
                .all(|(name, note)| name == "telegram" || note.is_none())
        );
        let telegram = lanes.into_iter().find(|(name, _)| name == "telegram");
        telegram.and_then(|(_, note)| note)
    };
    let letter = town.alert(&Cap::new("storm")).await;
    until("the lane says why it stands", async || {
        note().await.is_some_and(|why| why.contains("401"))
    })
    .await;
    until("the other lanes are done", async || {
        let progress = town.progress(letter).await;
        progress["discord"].count("sent") == 20 && progress["email"].count("sent") == 20
    })
    .await;
    let progress = town.progress(letter).await;
    assert_eq!(progress["telegram"].to_go(), 20, "{progress:?}");
    town.telegram.clear_troubles();
    let progress = town.delivered(letter).await;
    assert_eq!(progress["telegram"].count("sent"), 20, "{progress:?}");
    until("the note is gone", async || note().await.is_none()).await;
    town.end().await;
}

async fn what_was_perhaps_taken_is_repeated_as_each_network_allows(base: Base) {
    let mut town = Town::build(base, Plan::default()).await;
    for channel in ["telegram", "discord", "email"] {
        town.move_in(channel, 1..6, "bg", Wish::EVERYTHING).await;
    }
    town.telegram
        .fail(Trouble::ResetAfterAccepting, &SEND, Often::Times(1));
    town.discord
        .trouble(discord::Trouble::ResetAfter, "POST /channels", Some(1));
    let cut = Fault::at(Step::FinalDot, Effect::AcceptAndCut).times(1);
    town.smtp.add_fault(cut);
    town.start().await;
    let letter = town.alert(&Cap::new("storm")).await;
    let progress = town.delivered(letter).await;
    assert!(
        progress.values().all(|one| one.count("sent") == 5),
        "{progress:?}"
    );
    let copies = |channel: &str| {
        let mut all: Vec<usize> = town.copies(channel).into_values().collect();
        all.sort_unstable();
        all
    };
    assert_eq!(copies("telegram"), [1, 1, 1, 1, 2]);
    assert_eq!(copies("discord"), [1, 1, 1, 1, 1], "folded by its nonce");
    assert_eq!(copies("email"), [1, 1, 1, 1, 2]);
    let twice = (town.copies("email").into_iter()).find(|(_, copies)| *copies == 2);
    let (to, _) = twice.expect("somebody");
    let mails: Vec<Seen> = town.inbox("email", &to);
    assert_eq!(mails[0].raw["source"], mails[1].raw["source"]);
    assert!(!mails[0].id.is_empty() && mails[0].id == mails[1].id);
    let doubtful = "select count(*) from delivery where doubts = 1 and attempts = 2";
    assert_eq!(town.count(doubtful).await, 3);
    town.end().await;
}

async fn a_second_doubt_is_counted_and_not_repeated(base: Base) {
    let mut town = Town::build(base, TELEGRAM).await;
    town.move_in("telegram", 1..2, "bg", Wish::EVERYTHING).await;
    town.telegram
        .fail(Trouble::ResetAfterAccepting, &SEND, Often::Times(2));
    town.start().await;
    let letter = town.alert(&Cap::new("storm")).await;
    let progress = town.delivered(letter).await;
    assert_eq!(progress["telegram"].count("uncertain"), 1, "{progress:?}");
    assert_eq!(town.copies("telegram")["1"], 2);
    // What does not matter is not repeated even once.
    town.telegram
        .fail(Trouble::ResetAfterAccepting, &SEND, Often::Times(1));
    let letter = town.broadcast(&plain("Обобщение"), Lane::Minor).await;
    let progress = town.delivered(letter).await;
    assert_eq!(progress["telegram"].count("uncertain"), 1, "{progress:?}");
    assert_eq!(town.copies("telegram")["1"], 3);
    town.end().await;
}

async fn storms_pass(base: Base) {
    let mut town = Town::build(base, Plan::default()).await;
    for channel in ["telegram", "discord", "email"] {
        town.move_in(channel, 1..41, "bg", Wish::EVERYTHING).await;
    }
    town.telegram
        .fail(Trouble::Status(502), &SEND, Often::Times(10));
    town.telegram
        .fail(Trouble::TooMany(1), &SEND, Often::Times(10));
    for status in [500, 502, 504] {
        town.discord
            .trouble(discord::Trouble::Status(status), "POST", Some(10));
    }
    let busy = Effect::Reply(451, "4.3.2 Try again later".to_owned());
    town.smtp.add_fault(Fault::at(Step::Rcpt, busy).times(10));
    town.start().await;
    let letter = town.alert(&Cap::new("storm")).await;
    let progress = town.delivered(letter).await;
    assert!(
        progress.values().all(|one| one.count("sent") == 40),
        "{progress:?}"
    );
    for channel in ["telegram", "discord", "email"] {
        let copies = town.copies(channel);
        assert!(copies.len() == 40 && copies.values().all(|copies| *copies == 1));
    }
    town.end().await;
}

async fn a_network_that_hangs_holds_up_nobody_else(base: Base) {
    let mut town = Town::build(base, Plan::default()).await;
    for channel in ["telegram", "discord", "email"] {
        town.move_in(channel, 1..41, "bg", Wish::EVERYTHING).await;
    }
    town.start().await;
    let forever = Trouble::Delay(Duration::from_hours(1));
    town.telegram.fail(forever, &SEND, Often::Always);
    let began = Instant::now();
    let letter = town.alert(&Cap::new("storm")).await;
    until("the others are done", async || {
        let progress = town.progress(letter).await;
        progress["discord"].count("sent") == 40 && progress["email"].count("sent") == 40
    })
    .await;
    assert!(
        began.elapsed() < Duration::from_secs(10),
        "{:?}",
        began.elapsed()
    );
    let ended = "select count(*) from delivery where channel = 'telegram' and doubts = 1";
    until("the first sends have ended", async || {
        town.count(ended).await >= 32
    })
    .await;
    assert!(
        began.elapsed() < Duration::from_secs(18),
        "{:?}",
        began.elapsed()
    );
    town.telegram.clear_troubles();
    let progress = town.delivered(letter).await;
    assert_eq!(progress["telegram"].count("sent"), 40, "{progress:?}");
    town.end().await;
}
