//! Who goes first, what goes on while something is away, and what comes too late.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use glas::channel::{Channel, Inbox, Parcel, Rates, Receipt, SendError};
use glas::message::limits::Limits;
use glas::message::{Block, Letter, Weight};
use glas::outbox::Lane;
use glas::people::Wish;
use glas::sandbox::ledger::Seen;
use glas::store::On;
use tokio::sync::watch;

use crate::town::{Base, Cap, PATIENCE, Plan, Town, on_both, until};

on_both!(
    danger_to_life_overtakes_a_broadcast,
    broadcasts_of_a_lane_take_turns,
    many_alerts_in_a_second_all_arrive,
    channels_that_come_and_go_disturb_nobody,
    a_locked_database_loses_nothing,
    what_fails_after_its_cancel_does_not_come_back,
);

fn paced(rate: u32) -> Plan {
    Plan {
        channels: &["telegram"],
        window: Some(12),
        telegram_rate: rate,
        ..Plan::default()
    }
}

fn letter(title: &str) -> Letter<String> {
    Letter {
        title: Some(title.to_owned()),
        body: vec![Block::Paragraph("Текст.".to_owned())],
        actions: vec![],
        weight: Weight::Normal,
        footer: None,
        picture: None,
    }
}

/// The letters in the order in which they arrived, by the first letter of their titles.
fn order(town: &Town) -> String {
    let seen = town.ledger.seen_since(0);
    seen.iter()
        .filter_map(|seen| seen.text.chars().next())
        .collect()
}

async fn taken(town: &Town, count: usize) {
    let enough = |all: &[Seen]| all.len() >= count;
    assert!(town.ledger.wait_for(PATIENCE, enough).await.is_some());
}

async fn danger_to_life_overtakes_a_broadcast(base: Base) {
    let mut town = Town::build(base, paced(100)).await;
    town.move_in("telegram", 1..151, "bg", Wish::EVERYTHING)
        .await;
    town.start().await;
    let broad = town.broadcast(&letter("а"), Lane::Alert).await;
    taken(&town, 30).await;
    let urgent = town.alert(&Cap::new("flood").severity("Extreme")).await;
    for letter in [broad, urgent] {
        let progress = town.delivered(letter).await;
        assert_eq!(progress["telegram"].count("sent"), 150, "{progress:?}");
    }
    let order = order(&town);
    let urgent: String = order.trim_matches('а').to_owned();
    let overtaken = urgent.chars().filter(|one| *one == 'а').count();
    assert!(
        overtaken <= 12,
        "only what was under way goes before: {order}"
    );
    assert!(order.ends_with(&"а".repeat(50)), "the rest waits: {order}");
    town.end().await;
}

async fn broadcasts_of_a_lane_take_turns(base: Base) {
    let mut town = Town::build(base, paced(100)).await;
    town.move_in("telegram", 1..151, "bg", Wish::EVERYTHING)
        .await;
    town.start().await;
    let broad = town.broadcast(&letter("а"), Lane::Alert).await;
    taken(&town, 40).await;
    // Turns outlive the process.
    town.stop().await;
    town.start().await;
    let local = town.broadcast(&letter("б"), Lane::Alert).await;
    town.delivered(broad).await;
    town.delivered(local).await;
    let order: Vec<char> = order(&town).chars().collect();
    let begins = order
        .iter()
        .position(|one| *one == 'б')
        .expect("the second");
    let together = &order[begins..begins + 100];
    let second = together.iter().filter(|one| **one == 'б').count();
    let order: String = order.iter().collect();
    assert!((30..=70).contains(&second), "{second} of 100: {order}");
    town.end().await;
}

async fn many_alerts_in_a_second_all_arrive(base: Base) {
    let mut town = Town::build(base, Plan::default()).await;
    for channel in ["telegram", "discord", "email"] {
        town.move_in(channel, 1..3, "bg", Wish::EVERYTHING).await;
    }
    town.start().await;
    let mut letters = vec![];
    for number in 0..52 {
        letters.push(town.alert(&Cap::new(&format!("alert-{number}"))).await);
    }
    for letter in letters {
        let progress = town.delivered(letter).await;
        assert!(
            progress.values().all(|one| one.count("sent") == 2),
            "{progress:?}"
        );
    }
    for channel in ["telegram", "discord", "email"] {
        assert!(town.copies(channel).values().all(|copies| *copies == 52));
    }
    town.end().await;
}

async fn channels_that_come_and_go_disturb_nobody(base: Base) {
    const EVERY: [&str; 3] = ["telegram", "discord", "email"];
    let mut town = Town::build(base, Plan::default()).await;
    for channel in EVERY {
        town.move_in(channel, 1..151, "bg", Wish::EVERYTHING).await;
    }
    town.start().await;
    for (number, away) in (1..).zip(EVERY) {
        let before = town.ledger.seen_since(0).len();
        let letter = town.alert(&Cap::new(&format!("without-{away}"))).await;
        taken(&town, before + 20).await;
        match away {
            "telegram" => town.telegram.stop().await,
            "discord" => town.discord.stop().await,
            _ => town.smtp.stop().await,
        }
        until("the others have been reached", async || {
            let progress = town.progress(letter).await;
            let others = EVERY.iter().filter(|channel| **channel != away);
            others
                .clone()
                .all(|channel| progress[*channel].count("sent") == 150)
        })
        .await;
        let back = match away {
            "telegram" => town.telegram.start_again().await,
            "discord" => town.discord.start_again().await,
            _ => town.smtp.start_again().await,
        };
        back.expect("the network is back");
        let progress = town.delivered(letter).await;
        for channel in EVERY {
            assert_eq!(progress[channel].count("sent"), 150, "{progress:?}");
        }
        // One repeat at most for what was under way when its network went away.
        for (place, channel) in EVERY.into_iter().enumerate() {
            let most = number + usize::from(place < number);
            let copies = town.copies(channel);
            assert_eq!(copies.len(), 150);
            assert!(
                copies
                    .values()
                    .all(|copies| (number..=most).contains(copies))
            );
        }
    }
    let folded = town.copies("discord");
    assert!(
        folded.values().all(|copies| *copies == 3),
        "repeats are folded there"
    );
    town.end().await;
}

async fn a_locked_database_loses_nothing(base: Base) {
    // The lease runs out while the lane holds more than it may send in that time.
    let plan = Plan {
        window: Some(100),
        lease_seconds: 1,
        ..paced(50)
    };
    let mut town = Town::build(base, plan).await;
    town.move_in("telegram", 1..201, "bg", Wish::EVERYTHING)
        .await;
    town.settle_in("telegram", 777, "bg");
    town.start().await;
    let letter = town.broadcast(&letter("а"), Lane::Alert).await;
    taken(&town, 20).await;
    let mut tx = town.db.begin().await.expect("the database");
    if let On::Postgres(tx) = &mut tx {
        let lock = "lock table delivery, inbox, address in access exclusive mode";
        sqlx::query(lock).execute(&mut **tx).await.expect("a lock");
    }
    town.telegram.say(777, 777, "/start").expect("said");
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert_eq!(town.inbox("telegram", "777").len(), 0);
    tx.commit().await.expect("the database");
    let read = town.reads("telegram", "777", 1).await;
    assert!(read[0].contains("Добре дошли"), "{}", read[0]);
    let progress = town.delivered(letter).await;
    let reached = progress["telegram"].count("sent");
    assert!((200..=201).contains(&reached), "{progress:?}");
    let copies = town.copies("telegram");
    assert!(
        copies
            .iter()
            .all(|(to, copies)| *copies == 1 || to == "777")
    );
    assert_eq!(town.count("select count(*) from inbox").await, 1);
    town.end().await;
}

/// A network that takes its time to say no, until the gate is opened for good.
struct Gate {
    inner: Arc<dyn Channel>,
    refuse: watch::Receiver<bool>,
}

#[async_trait]
impl Channel for Gate {
    fn name(&self) -> &'static str {
        self.inner.name()
    }

    fn limits(&self) -> &Limits {
        self.inner.limits()
    }

    fn rates(&self) -> Rates {
        self.inner.rates()
    }

    async fn send(&self, parcel: &Parcel<'_>) -> Result<Receipt, SendError> {
        let mut refuse = self.refuse.clone();
        if *refuse.borrow() {
            return self.inner.send(parcel).await;
        }
        refuse
            .wait_for(|open| *open)
            .await
            .expect("the test goes on");
        Err(SendError::Transient {
            why: "not yet".to_owned(),
        })
    }

    async fn listen(&self, inbox: Inbox) {
        self.inner.listen(inbox).await;
    }

    fn is_group(&self, handle: &str) -> bool {
        self.inner.is_group(handle)
    }
}

async fn what_fails_after_its_cancel_does_not_come_back(base: Base) {
    let mut town = Town::build(base, paced(0)).await;
    town.move_in("telegram", 1..6, "bg", Wish::EVERYTHING).await;
    let (open, refuse) = watch::channel(false);
    town.start_wrapped(|inner| {
        let refuse = refuse.clone();
        Arc::new(Gate { inner, refuse })
    })
    .await;
    let storm = Cap::new("storm");
    let alert = town.alert(&storm).await;
    until("all is under way", async || {
        town.progress(alert).await["telegram"].count("inflight") == 5
    })
    .await;
    let cancel = town.alert(&storm.follow_up("over", "Cancel")).await;
    open.send_replace(true);
    let original = town.delivered(alert).await;
    assert_eq!(original["telegram"].count("sent"), 0, "{original:?}");
    assert_eq!(original["telegram"].count("superseded"), 5, "{original:?}");
    town.delivered(cancel).await;
    let texts = town.ledger.seen_since(0);
    assert!(texts.iter().all(|seen| seen.text.contains("Отменено")));
    town.end().await;
}
