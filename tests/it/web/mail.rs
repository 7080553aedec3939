//! Subscribing by mail: the form, the letter, the confirmation, and what arrives then.

use glas::on;
use glas::sandbox::ledger::Seen;
use sqlx::AssertSqlSafe;

use super::browser::{Browser, Page};
use crate::town::{Base, Cap, Plan, Town, on_both};

on_both!(
    a_newcomer_subscribes_in_bulgarian,
    a_newcomer_subscribes_in_english,
);

pub const RESIDENT: &str = "resident@example.org";
/// The answers of somebody who wants to hear about water and weather in Lyulin.
const ANSWERS: [(&str, &str); 7] = [
    ("place", "lyulin"),
    ("topic", "water"),
    ("topic", "weather"),
    ("severity", "0"),
    ("cadence", "now"),
    ("hour", "8"),
    ("weekday", "1"),
];

pub async fn mail_town(base: Base) -> Town {
    let plan = Plan {
        web: true,
        channels: &["email"],
        ..Plan::default()
    };
    let mut town = Town::build(base, plan).await;
    town.start().await;
    town
}

/// Changes the database as time or a hand would.
pub async fn change(town: &Town, sql: &str) {
    let mut tx = town.db.begin().await.expect("the database");
    let sql = AssertSqlSafe(sql.to_owned());
    on!(&mut tx, c => sqlx::query(sql).execute(c).await.map(drop)).expect("the database");
    tx.commit().await.expect("the database");
}

/// Asks for a subscription.
pub async fn ask(town: &Town, lang: &str, source: &str, address: &str) -> Page {
    let mut answers = vec![("email", address)];
    answers.extend(ANSWERS);
    let url = town.page(&format!("/{lang}/subscribe"));
    Browser::at(source).post(&url, &answers).await
}

/// The letters that somebody has got, once there are `count`.
pub async fn letters(town: &Town, address: &str, count: usize) -> Vec<Seen> {
    town.reads("email", address, count).await;
    town.inbox("email", address)
}

/// The page of ours that a letter leads to under this label.
pub fn leads(letter: &Seen, label: &str) -> String {
    let found = letter.buttons.iter().find(|(known, _)| known == label);
    found
        .unwrap_or_else(|| panic!("no „{label}“ in {:?}", letter.buttons))
        .1
        .clone()
}

pub fn header<'a>(letter: &'a Seen, name: &str) -> &'a str {
    letter.raw["headers"][name].as_str().unwrap_or_default()
}

/// Subscribes `address` by its own two words.
pub async fn subscribed(town: &Town, lang: &str, address: &str) {
    let before = town.inbox("email", address).len();
    ask(town, lang, "192.0.2.7", address).await.is(200);
    let letter = letters(town, address, before + 1)
        .await
        .pop()
        .expect("a letter");
    let label = if lang == "bg" {
        "Вижте и потвърдете"
    } else {
        "See and confirm"
    };
    let browser = Browser::at("192.0.2.7");
    let page = browser.get(&leads(&letter, label)).await;
    browser.send(&page, 0, &[("sure", "yes")]).await.is(200);
}

struct Words {
    lang: &'static str,
    sent: &'static str,
    subject: &'static str,
    open: &'static str,
    question: &'static [&'static str],
    tick: &'static str,
    done: &'static [&'static str],
    already: &'static str,
    preferences: &'static str,
}

async fn a_newcomer_subscribes_in_bulgarian(base: Base) {
    comes(
        base,
        &Words {
            lang: "bg",
            sent: "Проверете пощата си",
            subject: "Потвърдете, че искате да Ви пишем",
            open: "Вижте и потвърдете",
            question: &[
                "На resident@example.org",
                "Люлин",
                "Български",
                "Да, искам да ми пишете",
            ],
            tick: "Отбележете „Да, искам да ми пишете“",
            done: &[
                "Готово, записани сте",
                "Ето какво има там сега:",
                "Силна гръмотевична буря",
            ],
            already: "Вече сте потвърдили",
            preferences: "Вашият избор",
        },
    )
    .await;
}

async fn a_newcomer_subscribes_in_english(base: Base) {
    comes(
        base,
        &Words {
            lang: "en",
            sent: "Look into your mailbox",
            subject: "Please confirm that you want our messages",
            open: "See and confirm",
            question: &[
                "send to resident@example.org",
                "Lyulin",
                "English",
                "Yes, write to me",
            ],
            tick: "Tick “Yes, write to me”",
            done: &[
                "Done, you are subscribed",
                "This is on there now:",
                "Severe thunderstorm",
            ],
            already: "Already confirmed",
            preferences: "Your choice",
        },
    )
    .await;
}

async fn comes(base: Base, words: &Words) {
    let town = mail_town(base).await;
    town.alert(&Cap::new("storm")).await;
    let browser = Browser::at("192.0.2.1");
    let home = browser.get(&town.page(&format!("/{}", words.lang))).await;
    let url = town.page(&format!("/{}/subscribe", words.lang));
    assert!(home.links().contains(&url), "{}", home.text);

    let linked = browser
        .get(&format!("{url}?place=lyulin&topic=weather"))
        .await;
    let form = linked.forms().swap_remove(0);
    let chosen = |name: &str| -> Vec<&str> {
        let own = form.fields.iter().filter(|(known, _)| known == name);
        own.map(|(_, value)| &**value).collect()
    };
    assert_eq!(
        (chosen("place"), chosen("topic")),
        (vec!["lyulin"], vec!["weather"])
    );
    assert_eq!(
        (chosen("severity"), chosen("cadence")),
        (vec!["0"], vec!["now"])
    );
    let sent = browser.send(&linked, 0, &[("email", RESIDENT)]).await;
    sent.is(200).says(&[words.sent]);
    let letter = letters(&town, RESIDENT, 1).await.swap_remove(0);
    assert!(letter.text.starts_with(words.subject), "{}", letter.text);
    assert_eq!(header(&letter, "List-Id"), "");
    assert_eq!(header(&letter, "List-Unsubscribe"), "");
    assert_eq!(header(&letter, "Auto-Submitted"), "auto-replied");
    let link = leads(&letter, words.open);
    assert!(letter.text.contains(&link), "{}", letter.text);

    // Nothing is subscribed by any of it, nor by looking, nor by sending nothing.
    let question = browser.get(&link).await;
    question.is(200).says(words.question);
    browser.head(&link).await.is(200);
    browser
        .post(&link, &[])
        .await
        .is(200)
        .says(words.question)
        .says(&[words.tick]);
    browser
        .send(&question, 0, &[])
        .await
        .is(200)
        .says(&[words.tick]);
    let nothing = "select (select count(*) from subscription) + (select count(*) from consent)";
    assert_eq!(town.count(nothing).await, 0);
    let off = "select count(*) from address where state = 'off'";
    assert_eq!(town.count(off).await, 1);

    let done = browser.send(&question, 0, &[("sure", "yes")]).await;
    done.is(200).says(words.done);
    let given = "select count(*) from consent where given and source = 'web form'";
    assert_eq!(town.count(given).await, 1);
    let again = browser.send(&question, 0, &[("sure", "yes")]).await;
    again.is(200).says(&[words.already]);
    browser.get(&link).await.is(200).says(&[words.already]);
    assert_eq!(town.count("select count(*) from subscription").await, 1);
    assert_eq!(town.count(given).await, 1);
    let preferences = browser.get(&again.link(words.preferences)).await;
    preferences.is(200).says(&[RESIDENT]);

    // What they asked for comes, in their language, with the ways to change it.
    town.alert(&Cap::new("second")).await;
    town.alert(&Cap::new("elsewhere").district("68134-12"))
        .await;
    let letter = letters(&town, RESIDENT, 2).await.swap_remove(1);
    assert!(letter.text.contains(words.done[2]), "{}", letter.text);
    town.end().await;
}
