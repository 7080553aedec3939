//! Requests by mail that are wrong, too many, forgotten about, or of somebody who was forgotten.

use std::time::Duration;

use glas::base::clock::Clock;
use glas::features::subscribe::opt_in;

use super::browser::Browser;
use super::mail::{RESIDENT, ask, change, leads, letters, mail_town, subscribed};
use crate::town::{Base, Cap, Town, on_both, until};

on_both!(
    a_wrong_form_comes_back_with_what_was_typed,
    nobody_is_flooded,
    one_source_is_limited,
    a_reminder_comes_once,
    the_forgotten_may_come_back,
);

async fn a_wrong_form_comes_back_with_what_was_typed(base: Base) {
    let town = mail_town(base).await;
    let browser = Browser::at("192.0.2.1");
    let url = town.page("/bg/subscribe");
    let empty = browser.get(&url).await;
    let wrong = [("email", "ime@"), ("near", "Атлантида"), ("topic", "")];
    let page = browser.send(&empty, 0, &wrong).await;
    page.is(422).says(&[
        "Моля, поправете следното:",
        "href=\"#email\">Това не прилича на електронна поща.",
        "href=\"#near\">Не намерихме „Атлантида“",
        "href=\"#topic\">Изберете поне една тема.",
        "value=\"ime@\"",
        "value=\"Атлантида\"",
    ]);
    let none = [("email", ""), ("near", "")];
    browser.send(&page, 0, &none).await.is(422).says(&[
        "href=\"#email\">Напишете електронната си поща.",
        "href=\"#place\">Изберете поне едно място или целия град.",
    ]);
    let url = town.page("/en/subscribe");
    let empty = browser.get(&url).await;
    let odd = [
        ("email", RESIDENT),
        ("near", "Vitosha"),
        ("cadence", "hourly"),
        ("hour", "99"),
    ];
    let page = browser.send(&empty, 0, &odd).await;
    page.is(422).says(&[
        "“Vitosha” may be in ",
        "href=\"#cadence\">Choose one of the answers.",
        "href=\"#hour\">Choose one of the answers.",
        &format!("value=\"{RESIDENT}\""),
    ]);
    browser
        .post(&url, &[])
        .await
        .is(200)
        .says(&["Subscribe by e-mail"]);
    // A quarter that is in one district only is understood.
    let known = [
        ("email", RESIDENT),
        ("near", "lulin 3"),
        ("cadence", "weekly"),
        ("weekday", "7"),
        ("hour", "18"),
    ];
    browser.send(&empty, 0, &known).await.is(200);
    let letter = letters(&town, RESIDENT, 1).await.swap_remove(0);
    for said in ["Lyulin", "once a week (Sunday), at 18:00"] {
        assert!(letter.text.contains(said), "{}", letter.text);
    }
    town.end().await;
}

/// As [`ask`], when the last one was `minutes` ago.
async fn asks_after(town: &Town, minutes: u64, address: &str) -> String {
    change(
        town,
        &format!("update opt_in set created = created - {}", minutes * 60_000),
    )
    .await;
    ask(town, "bg", "192.0.2.2", address)
        .await
        .is(200)
        .text
        .clone()
}

async fn nobody_is_flooded(base: Base) {
    let town = mail_town(base).await;
    let unknown = ask(&town, "bg", "192.0.2.2", RESIDENT)
        .await
        .is(200)
        .text
        .clone();
    // At once, from somewhere else, with other capitals in the domain: one mail.
    for source in ["192.0.2.2", "192.0.2.3"] {
        let known = ask(&town, "bg", source, "resident@Example.ORG").await;
        assert_eq!(known.is(200).text, unknown, "it tells who is known");
    }
    let racing = (4..12).map(|number| {
        let source = format!("192.0.2.{number}");
        let town = &town;
        async move {
            ask(town, "en", &source, "two@example.org")
                .await
                .is(200)
                .status
        }
    });
    futures_util::future::join_all(racing).await;
    assert_eq!(letters(&town, "two@example.org", 1).await.len(), 1);
    assert_eq!(asks_after(&town, 9, RESIDENT).await, unknown);
    assert_eq!(letters(&town, RESIDENT, 1).await.len(), 1);
    assert_eq!(asks_after(&town, 2, RESIDENT).await, unknown);
    letters(&town, RESIDENT, 2).await;
    asks_after(&town, 60, RESIDENT).await;
    letters(&town, RESIDENT, 3).await;
    asks_after(&town, 60, RESIDENT).await;
    let of_them = "select count(*) from opt_in o join address a on a.id = o.address where a.handle = 'resident@example.org'";
    assert_eq!(town.count(of_them).await, 3, "a fourth in one day");
    asks_after(&town, 24 * 60, RESIDENT).await;
    letters(&town, RESIDENT, 4).await;
    town.end().await;
}

async fn one_source_is_limited(base: Base) {
    let town = mail_town(base).await;
    let one = |number: usize| format!("resident{number}@example.org");
    for number in 0..10 {
        let source = format!("2001:db8:1:2::{number}");
        ask(&town, "en", &source, &one(number)).await.is(200);
    }
    let refused = ask(&town, "en", "2001:db8:1:2:ff::1", &one(10)).await;
    refused.is(429).says(&["Too many requests"]);
    ask(&town, "bg", "2001:db8:1:2::1", &one(10))
        .await
        .is(429)
        .says(&["Твърде много заявки"]);
    ask(&town, "en", "2001:db8:1:3::1", &one(10)).await.is(200);
    letters(&town, &one(10), 1).await;
    // A wrong form costs nothing.
    for _ in 0..12 {
        ask(&town, "en", "192.0.2.50", "nobody").await.is(422);
    }
    ask(&town, "en", "192.0.2.50", &one(11)).await.is(200);
    letters(&town, &one(11), 1).await;
    // An hour later the source is as any other; the count outlives a restart.
    change(&town, "update quota set hour = hour - 2").await;
    ask(&town, "en", "2001:db8:1:2::1", &one(12)).await.is(200);
    letters(&town, &one(12), 1).await;
    let address = "select count(*) from quota where key like '%2001%' or key like '%@%'";
    assert_eq!(town.count(address).await, 0, "addresses are kept as hashes");
    town.end().await;
}

async fn a_reminder_comes_once(base: Base) {
    let mut town = mail_town(base).await;
    for address in [RESIDENT, "confirmed@example.org"] {
        ask(&town, "bg", "192.0.2.2", address).await.is(200);
        letters(&town, address, 1).await;
    }
    let confirmed = letters(&town, "confirmed@example.org", 1)
        .await
        .swap_remove(0);
    let browser = Browser::at("192.0.2.2");
    let page = browser.get(&leads(&confirmed, "Вижте и потвърдете")).await;
    browser.send(&page, 0, &[("sure", "yes")]).await.is(200);
    // A day later the schedule remembers, beside others that do the same at the same time.
    change(&town, "update opt_in set created = created - 90000000").await;
    let (base, keys) = (
        town.page("/"),
        glas::app::keyring(&town.db).await.expect("keys"),
    );
    let base = base.parse().expect("an address");
    let (catalogue, city) = (town.loaded.catalogue.clone(), town.loaded.city.clone());
    let writer = opt_in::Writer {
        catalogue: &catalogue,
        city: &city,
        keys: &keys,
        base: &base,
    };
    let now = Clock::system().now();
    let both = tokio::join!(
        opt_in::remind(&town.db, writer, now),
        opt_in::remind(&town.db, writer, now)
    );
    assert!(both.0.expect("the database") + both.1.expect("the database") <= 1);
    let reminder = letters(&town, RESIDENT, 2).await.swap_remove(1);
    assert!(
        reminder.text.starts_with("Напомняне: "),
        "{}",
        reminder.text
    );
    town.stop().await;
    town.start().await;
    let again = opt_in::remind(&town.db, writer, now.plus(Duration::from_hours(24))).await;
    assert_eq!(again.expect("the database"), 0);
    // Another's request is remembered by the schedule alone.
    ask(&town, "en", "192.0.2.2", "other@example.org")
        .await
        .is(200);
    change(
        &town,
        "update opt_in set created = created - 90000000 where reminded is null",
    )
    .await;
    let other = letters(&town, "other@example.org", 2).await.swap_remove(1);
    assert!(other.text.starts_with("Reminder: "), "{}", other.text);
    assert_eq!(town.inbox("email", RESIDENT).len(), 2);
    assert_eq!(town.inbox("email", "confirmed@example.org").len(), 1);

    // The link of the reminder is as good as the first one; a week later both are over.
    let link = leads(&reminder, "Вижте и потвърдете");
    browser
        .get(&link)
        .await
        .is(200)
        .says(&["Да, искам да ми пишете"]);
    town.end().await;
}

async fn the_forgotten_may_come_back(base: Base) {
    let town = mail_town(base).await;
    subscribed(&town, "en", RESIDENT).await;
    let forget = async || {
        let keys = glas::app::keyring(&town.db).await.expect("keys");
        let mut tx = town.db.begin().await.expect("the database");
        let mut crowd = glas::people::crowd::Crowd::default();
        let id = town.count("select id from address").await;
        let citizen = crowd.read_one(&mut tx, id).await.expect("the database");
        let citizen = citizen.expect("somebody").clone();
        let now = Clock::system().now();
        let forgotten = glas::features::privacy::store::forget(&mut tx, &citizen, &keys, now).await;
        forgotten.expect("the database");
        tx.commit().await.expect("the database");
    };
    forget().await;
    assert_eq!(town.count("select count(*) from suppression").await, 1);
    ask(&town, "en", "192.0.2.7", RESIDENT).await.is(200);
    letters(&town, RESIDENT, 2).await;
    // While a request waits, the address is not erased under it.
    let mut tx = town.db.begin().await.expect("the database");
    let erased = glas::features::privacy::store::erase(&mut tx, Clock::system().now()).await;
    assert_eq!(erased.expect("the database"), 0);
    tx.commit().await.expect("the database");
    let letter = letters(&town, RESIDENT, 2).await.swap_remove(1);
    let browser = Browser::at("192.0.2.7");
    let page = browser.get(&leads(&letter, "See and confirm")).await;
    browser
        .send(&page, 0, &[("sure", "yes")])
        .await
        .is(200)
        .says(&["Done, you are subscribed"]);
    assert_eq!(town.count("select count(*) from suppression").await, 0);
    until("the alert arrives", async || {
        town.alert(&Cap::new(&format!("storm{}", glas::base::id::next())))
            .await;
        town.inbox("email", RESIDENT).len() >= 3
    })
    .await;
    town.end().await;
}
