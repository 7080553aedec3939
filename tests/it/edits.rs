//! What goes with a letter: what it takes the place of, the other language, its sound.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use glas::base::clock::Clock;
use glas::channel::{Channel, Inbox, Parcel, Rates, Receipt, SendError};
use glas::message::limits::Limits;
use glas::message::{Lang, Letter};
use glas::outbox::post::{self, Post, Reply};
use glas::outbox::row::Worded;
use glas::outbox::{Lane, translate};
use glas::people::Wish;

use crate::town::{Base, Cap, Plan, Town, handle, on_both, until};

on_both!(
    an_answer_takes_the_place_of_another,
    many_answers_are_posted_at_once,
    a_letter_in_several_languages_offers_the_others,
    what_matters_little_makes_no_sound,
);

/// What of a parcel a network is told beside its text.
type Told = (Option<String>, (i64, i64));

/// A network that writes down what it is told.
struct Recorder {
    inner: Arc<dyn Channel>,
    told: Arc<Mutex<Vec<Told>>>,
}

#[async_trait]
impl Channel for Recorder {
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
        let replacing = parcel.replacing.map(str::to_owned);
        self.told
            .lock()
            .expect("nobody fell over")
            .push((replacing, parcel.address));
        self.inner.send(parcel).await
    }

    async fn listen(&self, inbox: Inbox) {
        self.inner.listen(inbox).await;
    }

    fn is_group(&self, handle: &str) -> bool {
        self.inner.is_group(handle)
    }
}

fn in_bulgarian(text: &str) -> Worded {
    let lang: Lang = "bg".parse().expect("a language");
    Worded(BTreeMap::from([(lang, Letter::line(text.to_owned()))]))
}

async fn address(town: &Town, channel: &str, number: u64) -> i64 {
    let handle = handle(channel, number);
    town.count(&format!(
        "select id from address where channel = '{channel}' and handle = '{handle}'"
    ))
    .await
}

async fn an_answer_takes_the_place_of_another(base: Base) {
    let plan = Plan {
        channels: &["telegram"],
        ..Plan::default()
    };
    let mut town = Town::build(base, plan).await;
    town.move_in("telegram", 1..2, "bg", Wish::EVERYTHING).await;
    town.change("update address set generation = 7").await;
    let told = Arc::new(Mutex::new(vec![]));
    town.start_wrapped(|inner| {
        let told = Arc::clone(&told);
        Arc::new(Recorder { inner, told })
    })
    .await;
    let one = address(&town, "telegram", 1).await;
    let now = Clock::system().now();
    let long = "Дълъг отговор. ".repeat(400);
    for (text, replaces) in [("Първо", None), (long.as_str(), Some("1:42"))] {
        let worded = in_bulgarian(text);
        let post = Post {
            worded: &worded,
            lane: Lane::Reply,
            created: now,
            expires: now.plus(Duration::from_hours(1)),
            thread: None,
        };
        let mut tx = town.db.begin().await.expect("the database");
        let posted = post::reply(&mut tx, &post, one, None, replaces).await;
        tx.commit().await.expect("the database");
        posted.expect("posted");
        town.quiet().await;
    }
    town.alert(&Cap::new("storm")).await;
    town.quiet().await;
    let told = told.lock().expect("nobody fell over").clone();
    let replacing: Vec<Option<&str>> = told.iter().map(|(it, _)| it.as_deref()).collect();
    // Only the first part takes the place of what was there.
    assert_eq!(replacing, [None, Some("1:42"), None, None]);
    assert!(
        told.iter().all(|(_, address)| *address == (one, 7)),
        "{told:?}"
    );
    town.end().await;
}

async fn many_answers_are_posted_at_once(base: Base) {
    let plan = Plan {
        channels: &["telegram", "email"],
        ..Plan::default()
    };
    let mut town = Town::build(base, plan).await;
    let mut people = vec![];
    for channel in ["telegram", "email"] {
        town.move_in(channel, 1..80, "bg", Wish::EVERYTHING).await;
        for number in 1..80 {
            people.push((channel, number, address(&town, channel, number).await));
        }
    }
    town.start().await;
    let now = Clock::system().now();
    let words: Vec<Worded> = people
        .iter()
        .map(|(_, number, _)| in_bulgarian(&format!("Отговор {number}.")))
        .collect();
    let replies: Vec<Reply<'_>> = people
        .iter()
        .zip(&words)
        .map(|((.., address), worded)| Reply {
            address: *address,
            worded,
            created: now,
            expires: now.plus(Duration::from_hours(1)),
            via: None,
            replaces: None,
            lane: Lane::Reply,
        })
        .collect();
    let mut tx = town.db.begin().await.expect("the database");
    post::replies(&mut tx, &[]).await.expect("nothing");
    post::replies(&mut tx, &replies).await.expect("posted");
    tx.commit().await.expect("the database");
    for (channel, number, _) in people {
        let read = town.reads(channel, &handle(channel, number), 1).await;
        assert!(
            read[0].contains(&format!("Отговор {number}.")),
            "{}",
            read[0]
        );
    }
    until("each is read once", async || {
        ["telegram", "email"].into_iter().all(|channel| {
            let copies = town.copies(channel);
            copies.len() == 79 && copies.values().all(|copies| *copies == 1)
        })
    })
    .await;
    // An address that is no longer known gets nothing, and costs the others nothing.
    let mut tx = town.db.begin().await.expect("the database");
    let stray = Reply {
        address: 1,
        ..replies[0]
    };
    let posted = post::replies(&mut tx, &[replies[1], stray]).await;
    tx.commit().await.expect("the database");
    posted.expect("the others are posted");
    until("one more has come", async || {
        ["telegram", "email"]
            .into_iter()
            .map(|channel| town.copies(channel).values().sum::<usize>())
            .sum::<usize>()
            == 2 * 79 + 1
    })
    .await;
    town.end().await;
}

async fn a_letter_in_several_languages_offers_the_others(base: Base) {
    let mut town = Town::build(base, Plan::default()).await;
    for channel in ["telegram", "discord", "email"] {
        town.move_in(channel, 1..2, "bg", Wish::EVERYTHING).await;
        town.move_in(channel, 2..3, "en", Wish::EVERYTHING).await;
    }
    town.start().await;
    let letter = town.alert(&Cap::new("storm")).await;
    town.delivered(letter).await;
    for channel in ["telegram", "discord", "email"] {
        for (number, name, tag) in [(1, "English", "en"), (2, "Български", "bg")] {
            let got = town.inbox(channel, &handle(channel, number));
            let token = translate::token(letter, tag.parse().expect("a language"));
            let token = String::from(token.expect("a token"));
            let offered = got[0].buttons.contains(&(name.to_owned(), token));
            assert_eq!(offered, channel != "email", "{:?}", got[0].buttons);
        }
    }
    let mut tx = town.db.begin().await.expect("the database");
    let resting = post::resting(&mut tx, letter).await.expect("the database");
    let (worded, _) = resting.expect("the letter");
    drop(tx);
    assert_eq!(worded.0.len(), 2);
    assert!(
        !format!("{worded:?}").contains("tr."),
        "it rests without them"
    );
    // A letter of one language offers none.
    let one = address(&town, "telegram", 1).await;
    let worded = in_bulgarian("Само на български.");
    let now = Clock::system().now();
    let post = Post {
        worded: &worded,
        lane: Lane::Reply,
        created: now,
        expires: now.plus(Duration::from_hours(1)),
        thread: None,
    };
    let mut tx = town.db.begin().await.expect("the database");
    let posted = post::reply(&mut tx, &post, one, None, None).await;
    tx.commit().await.expect("the database");
    posted.expect("posted");
    town.reads("telegram", "1", 2).await;
    assert!(town.inbox("telegram", "1")[1].buttons.is_empty());
    town.end().await;
}

async fn what_matters_little_makes_no_sound(base: Base) {
    let plan = Plan {
        channels: &["telegram"],
        ..Plan::default()
    };
    let mut town = Town::build(base, plan).await;
    town.move_in("telegram", 1..2, "bg", Wish::EVERYTHING).await;
    town.start().await;
    let minor = Cap::new("minor").severity("Minor");
    let moderate = Cap::new("moderate").severity("Moderate");
    let cancel = minor.follow_up("over", "Cancel");
    for cap in [&minor, &moderate, &cancel] {
        let letter = town.alert(cap).await;
        town.delivered(letter).await;
    }
    let asked = town.ledger.requests();
    let silent: Vec<bool> = asked
        .iter()
        .filter(|asked| asked.what == "sendMessage")
        .map(|asked| {
            asked.body["disable_notification"]
                .to_string()
                .contains("true")
        })
        .collect();
    assert_eq!(silent, [true, false, false]);
    town.end().await;
}
