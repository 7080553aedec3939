//! The channel in the simulated world: what people see, and what is heard of them.

use std::time::Duration;

use glas::base::clock::Millis;
use glas::channel::{Act, Channel as _, Parcel, Receipt, Rendering, SendError};
use glas::message::layout::Mark;
use glas::message::{Action, Block, Letter, Token, Weight};
use glas::sandbox::ledger::{Ledger, What};
use glas::sandbox::telegram::{Often, Person, Rates, Telegram as World, Trouble};
use serde_json::Value;
use url::Url;

use super::listening::Ear;
use super::{TOKEN, lang, plain, send, telegram};

pub const RESIDENT: i64 = 42;
const GROUP: i64 = -700;
const PATIENCE: Duration = Duration::from_secs(10);

/// A world with one resident who wrote to the bot long ago, and one group.
pub async fn world() -> (World, Ledger, Url) {
    let ledger = Ledger::default();
    let anywhere = "127.0.0.1:0".parse().expect("an address");
    let world = World::start(ledger.clone(), anywhere, TOKEN)
        .await
        .expect("a world");
    world.set_rates(Rates::off());
    world.add_acquaintance(Person {
        id: RESIDENT,
        first_name: "محمد".to_owned(),
        language_code: Some("bg".to_owned()),
        username: None,
    });
    let url = Url::parse(&world.url()).expect("an address");
    (world, ledger, url)
}

/// Every request so far was as the Bot API describes it.
pub fn assert_all_documented(ledger: &Ledger) {
    let requests = ledger.requests();
    assert!(!requests.is_empty());
    for asked in requests {
        super::shape::assert_documented(&asked.what, &asked.body);
    }
}

async fn send_all(channel: &impl glas::channel::Channel, rendering: &Rendering) {
    for part in 0..rendering.parts.len() {
        let parcel = Parcel {
            rendering,
            part,
            to: "42",
            via: None,
            reply_to: None,
            nonce: "n1",
            thread: None,
            dated: Millis(0),
            bulk: true,
            address: (1, 0),
            replacing: None,
            picture: None,
        };
        channel.send(&parcel).await.expect("sent");
    }
}

/// The pieces of a message that are formatted as `kind`.
fn formatted(message: &Value, kind: &str) -> Vec<String> {
    let text = message["text"].as_str().unwrap_or_default();
    let units: Vec<u16> = text.encode_utf16().collect();
    let number = |value: &Value| usize::try_from(value.as_u64().expect("a number")).expect("small");
    let entities = message["entities"].as_array().cloned().unwrap_or_default();
    (entities.iter().filter(|entity| entity["type"] == kind))
        .map(|entity| {
            let start = number(&entity["offset"]);
            let end = start + number(&entity["length"]);
            String::from_utf16(&units[start..end]).expect("no half characters")
        })
        .collect()
}

#[tokio::test]
async fn a_long_letter_arrives_whole_with_every_mark_in_its_place() {
    let (world, ledger, url) = world().await;
    let words: Vec<String> = (0..1200).map(|n| format!("дума{n}👩‍👩‍👧‍👦")).collect();
    let letter = Letter {
        title: Some("🌊 Наводнение: محمد @everyone <b>".to_owned()),
        body: vec![
            Block::Paragraph(words.join(" ")),
            Block::Facts(vec![("💧 Къде".to_owned(), "ж.к. Дружба 2".to_owned())]),
            Block::Quote("*Evacuate* & <i>stay</i> 🏃 calm".to_owned()),
        ],
        actions: vec![],
        weight: Weight::Danger,
        footer: Some("Столична община 🇧🇬".to_owned()),
        picture: None,
    };
    let channel = telegram(&url, vec![]);
    let rendering = channel.render(&letter, lang("bg"));
    assert!(rendering.parts.len() > 1);
    send_all(&channel, &rendering).await;

    let messages = world.messages_of(RESIDENT);
    let texts: Vec<&str> = messages.iter().filter_map(|m| m["text"].as_str()).collect();
    let arrived = texts.join(" ");
    let seen: Vec<&str> = (arrived.split_whitespace())
        .filter(|word| word.starts_with("дума"))
        .collect();
    assert_eq!(seen, words);
    assert!(texts.iter().all(|text| text.encode_utf16().count() <= 4096));

    let bold: Vec<_> = messages.iter().flat_map(|m| formatted(m, "bold")).collect();
    assert_eq!(bold[0], "🌊 Наводнение: محمد @everyone <b>");
    assert!(bold[1].starts_with("💧 Къде"), "{bold:?}");
    let last = messages.last().expect("a message");
    assert_eq!(
        formatted(last, "blockquote"),
        ["*Evacuate* & <i>stay</i> 🏃 calm"]
    );
    assert_eq!(formatted(last, "italic"), ["Столична община 🇧🇬"]);
    assert_all_documented(&ledger);
}

#[tokio::test]
async fn a_pressed_button_is_heard_and_an_answer_is_threaded() {
    let (world, ledger, url) = world().await;
    let channel = telegram(&url, vec![]);
    let mut part = plain("Получавате ли сигнали?");
    part.text.marks = vec![(0.."Получавате".len(), Mark::Strong)];
    part.actions = vec![vec![Action::Press {
        label: "Спиране".to_owned(),
        token: Token::try_from("stop".to_owned()).expect("a token"),
    }]];
    let receipt = send(&channel, part, "42", None).await.expect("sent");
    let number: i64 = receipt.message["42:".len()..].parse().expect("a number");

    let mut ear = Ear::open(&url, vec![]);
    world.press(RESIDENT, number, "stop").expect("a button");
    let events = ear.commit().await;
    assert_eq!(events[0].from, "42");
    assert!(matches!(&events[0].act, Act::Pressed(token) if token.as_str() == "stop"));
    let answered =
        |seen: &[glas::sandbox::ledger::Seen]| seen.iter().any(|s| s.what == What::Notice);
    ledger.wait_for(PATIENCE, answered).await.expect("answered");

    send(&channel, plain("Спряхме ги."), "42", Some(&receipt.message))
        .await
        .expect("sent");
    let messages = world.messages_of(RESIDENT);
    let last = messages.last().expect("a message");
    assert_eq!(last["reply_to_message"]["message_id"], number);
    send(&channel, plain("Пак."), "42", Some("42:99999"))
        .await
        .expect("an answer to a message that is no more is still sent");
    assert_all_documented(&ledger);
}

#[tokio::test]
async fn people_who_go_and_groups_that_move_are_told_apart() {
    let (world, _ledger, url) = world().await;
    let channel = telegram(&url, vec![]);
    let gone = |answer: Result<Receipt, SendError>| matches!(answer, Err(SendError::Gone { .. }));

    world.block(RESIDENT).expect("blocked");
    assert!(gone(send(&channel, plain("x"), "42", None).await));
    world.unblock(RESIDENT).expect("unblocked");
    assert!(send(&channel, plain("x"), "42", None).await.is_ok());
    world.delete_account(RESIDENT).expect("deleted");
    assert!(gone(send(&channel, plain("x"), "42", None).await));
    assert!(gone(send(&channel, plain("x"), "43", None).await));

    world.add_group(GROUP, "Вход Б");
    let to = world.migrate(GROUP).expect("moved").to_string();
    let answer = send(&channel, plain("x"), "-700", None).await;
    assert_eq!(answer, Err(SendError::Moved { to: to.clone() }));
    assert!(send(&channel, plain("x"), &to, None).await.is_ok());
}

#[tokio::test]
async fn every_trouble_of_the_wire_has_its_fate() {
    let (world, _ledger, url) = world().await;
    let channel = telegram(&url, vec![]);
    let limited = SendError::Limited {
        retry_after: Duration::from_secs(65),
        everyone: true,
    };
    for (trouble, fate) in [
        (Trouble::TooMany(65), format!("{limited:?}")),
        (Trouble::Status(500), "Ambiguous".to_owned()),
        (Trouble::Status(504), "Ambiguous".to_owned()),
        (Trouble::ResetAfterReading, "Ambiguous".to_owned()),
        (Trouble::ResetAfterAccepting, "Ambiguous".to_owned()),
        (Trouble::Truncated, "Ambiguous".to_owned()),
        (Trouble::Garbage, "Ambiguous".to_owned()),
        (Trouble::Huge(100_000_000), "Ambiguous".to_owned()),
    ] {
        world.fail(trouble, &["sendMessage"], Often::Times(1));
        let error = send(&channel, plain("x"), "42", None).await;
        let told = format!("{:?}", error.expect_err("trouble"));
        assert!(told.starts_with(&fate), "{trouble:?}: {told}");
    }
    assert!(send(&channel, plain("x"), "42", None).await.is_ok());
}

#[tokio::test]
async fn too_many_at_once_are_limited_for_as_long_as_the_platform_says() {
    let (world, _ledger, url) = world().await;
    world.set_rates(Rates::platform());
    let channel = telegram(&url, vec![]);
    let limited = async {
        loop {
            match send(&channel, plain("x"), "42", None).await {
                Ok(_) => {}
                Err(error) => return error,
            }
        }
    };
    let error = tokio::time::timeout(PATIENCE, limited)
        .await
        .expect("a limit");
    assert!(
        matches!(error, SendError::Limited { retry_after, .. } if !retry_after.is_zero()),
        "{error:?}"
    );
}

#[tokio::test]
async fn comings_and_goings_are_heard_in_every_chat() {
    let (world, _ledger, url) = world().await;
    let mut ear = Ear::open(&url, vec![]);
    world.add_group(GROUP, "Вход Б");
    let mut heard = async |expected: (&str, Act)| {
        let event = ear.commit().await.remove(0);
        assert_eq!((event.from.as_str(), event.act), expected);
    };
    heard(("-700", Act::Returned)).await;
    world.block(RESIDENT).expect("blocked");
    heard(("42", Act::Left)).await;
    world.unblock(RESIDENT).expect("unblocked");
    heard(("42", Act::Returned)).await;
    let command = format!("/start@{} lozenets", world.bot_username());
    world.say(GROUP, RESIDENT, &command).expect("said");
    heard(("-700", Act::Said("/start lozenets".to_owned()))).await;
    let to = world.migrate(GROUP).expect("moved").to_string();
    heard(("-700", Act::Moved { to })).await;
}

#[tokio::test]
async fn listening_outlives_the_network() {
    let (world, ledger, url) = world().await;
    let mut ear = Ear::open(&url, vec![]);
    world.say(RESIDENT, RESIDENT, "преди").expect("said");
    let before = ear.commit().await;
    assert_eq!(before[0].act, Act::Said("преди".to_owned()));
    assert_eq!(before[0].languages, ["bg"]);
    world.stop().await;
    world.say(RESIDENT, RESIDENT, "после").expect("said");
    world.start_again().await.expect("back");
    let after = ear.commit().await;
    assert_eq!(after.len(), 1, "what was confirmed does not come again");
    assert_eq!(after[0].act, Act::Said("после".to_owned()));
    assert_all_documented(&ledger);
}
