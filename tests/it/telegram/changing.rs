//! Messages changed in place, keyboards of the device, and what people send back.

use axum::response::Response;
use glas::base::clock::Millis;
use glas::base::point::Point;
use glas::channel::{Act, Channel as _, Inbound, Media, Parcel, Receipt, Rendering, SendError};
use glas::channels::telegram::Telegram;
use glas::message::layout::Part;
use glas::message::{Action, Letter, Token};
use glas::sandbox::ledger::What;
use glas::sandbox::telegram::{Media as Sent, Often, Trouble};
use serde_json::{Value, json};

use super::listening::Ear;
use super::stub::{Stub, always_yes, no};
use super::world::{RESIDENT, assert_all_documented, world};
use super::{lang, plain, send, telegram};

fn token(text: &str) -> Token {
    Token::try_from(text.to_owned()).expect("a token")
}

fn press(label: &str, behind: &str) -> Action<String> {
    Action::Press {
        label: label.to_owned(),
        token: token(behind),
    }
}

fn share() -> Action<String> {
    Action::Share {
        label: "Къде съм".to_owned(),
        token: token("place"),
    }
}

fn with(text: &str, actions: Vec<Vec<Action<String>>>) -> Part {
    Part {
        actions,
        ..plain(text)
    }
}

/// Sends `part` in the place of the message of `replacing`.
async fn change(
    telegram: &Telegram,
    part: Part,
    to: &str,
    replacing: &str,
) -> Result<Receipt, SendError> {
    let rendering = Rendering {
        parts: vec![part, plain("и още")],
        letter: Letter::line(String::new()),
        lang: lang("bg"),
    };
    let parcel = Parcel {
        rendering: &rendering,
        part: 0,
        to,
        via: None,
        reply_to: None,
        nonce: "n1",
        thread: None,
        dated: Millis(0),
        bulk: false,
        address: (1, 0),
        replacing: Some(replacing),
        picture: None,
    };
    telegram.send(&parcel).await
}

fn message(receipt: &Receipt) -> i64 {
    let (_, message) = receipt.message.split_once(':').expect("a receipt");
    message.parse().expect("a number")
}

async fn next(ear: &mut Ear) -> Inbound {
    ear.commit().await.remove(0)
}

#[tokio::test]
async fn a_change_is_asked_for_as_documented() {
    let (stub, url) = Stub::start(always_yes).await;
    let telegram = telegram(&url, vec![]);
    let part = with("Изберете", vec![vec![press("Да", "yes"), share()]]);
    let receipt = change(&telegram, part, "42", "42:40")
        .await
        .expect("changed");
    assert_eq!(receipt.message, "42:40", "it is the same message");
    let body = json!({
        "chat_id": 42, "message_id": 40, "text": "Изберете",
        "link_preview_options": {"is_disabled": true},
        "reply_markup": {"inline_keyboard": [[
            {"text": "Да", "callback_data": "yes"},
            {"text": "Къде съм", "callback_data": "place"},
        ]]},
    });
    assert_eq!(stub.bodies("editMessageText"), [body]);
    assert!(stub.bodies("sendMessage").is_empty());
}

#[tokio::test]
async fn every_answer_to_a_change_has_its_fate() {
    fn answer(method: &str, body: &Value) -> Response {
        let nothing = json!({});
        let bad = |why: &str| no(400, &format!("Bad Request: {why}"), &json!({}));
        match (method, body["chat_id"].as_i64()) {
            ("editMessageText", Some(1)) => bad("message is not modified: specified new …"),
            ("editMessageText", Some(2)) => bad("message to edit not found"),
            ("editMessageText", Some(3)) => bad("message can't be edited"),
            ("editMessageText", Some(4)) => bad("MESSAGE_ID_INVALID"),
            ("editMessageText", Some(5)) => {
                no(403, "Forbidden: bot was blocked by the user", &nothing)
            }
            ("editMessageText", Some(6)) => no(
                429,
                "Too Many Requests: retry after 3",
                &json!({"retry_after": 3}),
            ),
            ("editMessageText", Some(7)) => no(500, "Internal Server Error", &nothing),
            ("editMessageText", Some(8)) => no(401, "Unauthorized", &nothing),
            _ => always_yes(method, body),
        }
    }
    let (stub, url) = Stub::start(answer).await;
    let telegram = telegram(&url, vec![]);
    let fates = [
        (
            "1",
            "1:40",
            "Ok(Receipt { message: \"1:40\", picture: None })",
        ),
        (
            "2",
            "2:40",
            "Ok(Receipt { message: \"2:41\", picture: None })",
        ),
        (
            "3",
            "3:40",
            "Ok(Receipt { message: \"3:41\", picture: None })",
        ),
        (
            "4",
            "4:40",
            "Ok(Receipt { message: \"4:41\", picture: None })",
        ),
        ("5", "5:40", "Err(Gone"),
        ("6", "6:40", "Err(Limited { retry_after: 3s"),
        // Once more does no harm.
        ("7", "7:40", "Err(Transient"),
        ("8", "8:40", "Err(Misconfigured"),
        // Another chat, and no receipt at all.
        (
            "9",
            "1:40",
            "Ok(Receipt { message: \"9:41\", picture: None })",
        ),
        (
            "9",
            "nonsense",
            "Ok(Receipt { message: \"9:41\", picture: None })",
        ),
    ];
    for (to, replacing, fate) in fates {
        let told = format!("{:?}", change(&telegram, plain("x"), to, replacing).await);
        assert!(
            told.starts_with(fate),
            "{to}, {replacing}: {told}, not {fate}"
        );
    }
    assert_eq!(stub.bodies("editMessageText").len(), 8);
    assert_eq!(stub.bodies("sendMessage").len(), 5);
}

#[tokio::test]
async fn a_pressed_message_is_changed_in_its_place_as_often_as_one_likes() {
    let (world, ledger, url) = world().await;
    let channel = telegram(&url, vec![]);
    let mut ear = Ear::open(&url, vec![]);
    let asking = with("Къде?", vec![vec![press("Лозенец", "where=1")]]);
    let receipt = send(&channel, asking, "42", None).await.expect("sent");
    world
        .press(RESIDENT, message(&receipt), "where=1")
        .expect("pressed");
    let pressed = next(&mut ear).await;
    assert_eq!(pressed.on.as_deref(), Some(receipt.message.as_str()));
    let on = pressed.on.expect("a receipt");

    let answer = || with("Лозенец. Кога?", vec![vec![press("Сега", "when=now")]]);
    // The answer to the first attempt is lost after the change came about.
    world.fail(
        Trouble::ResetAfterAccepting,
        &["editMessageText"],
        Often::Times(1),
    );
    let lost = change(&channel, answer(), "42", &on).await;
    assert!(matches!(lost, Err(SendError::Transient { .. })), "{lost:?}");
    assert_eq!(
        change(&channel, answer(), "42", &on).await,
        Ok(receipt.clone())
    );

    let seen = ledger.seen_since(0);
    let story: Vec<_> = (seen.iter().filter(|it| it.what != What::Notice))
        .map(|it| (it.what, it.text.as_str(), it.buttons[0].0.as_str()))
        .collect();
    assert_eq!(
        story,
        [
            (What::Sent, "Къде?", "Лозенец"),
            (What::Edited, "Лозенец. Кога?", "Сега")
        ]
    );
    // Nothing to press is left when the last change has no buttons.
    change(&channel, plain("Готово."), "42", &on)
        .await
        .expect("changed");
    assert!(
        world
            .press(RESIDENT, message(&receipt), "when=now")
            .is_err()
    );
    assert_eq!(world.messages_of(RESIDENT).len(), 1);
    assert_all_documented(&ledger);
}

#[tokio::test]
async fn a_press_in_a_group_changes_nothing_that_others_read() {
    let (world, _ledger, url) = world().await;
    world.add_group(-700, "Вход Б");
    let channel = telegram(&url, vec![]);
    let mut ear = Ear::open(&url, vec![]);
    assert_eq!(next(&mut ear).await.act, Act::Returned);
    let asking = with(
        "Къде?",
        vec![vec![press("Тук", "here"), share()], vec![share()]],
    );
    let receipt = send(&channel, asking, "-700", None).await.expect("sent");
    world
        .press_as(-700, RESIDENT, message(&receipt), "here")
        .expect("pressed");
    let pressed = next(&mut ear).await;
    assert_eq!((pressed.from.as_str(), pressed.on), ("-700", None));
    let rows = world.messages_of(-700);
    let rows = &rows.last().expect("a message")["reply_markup"]["inline_keyboard"];
    assert_eq!(*rows, json!([[{"text": "Тук", "callback_data": "here"}]]));
    let alone = with("Къде сте?", vec![vec![share()]]);
    send(&channel, alone, "-700", None)
        .await
        .expect("nobody is asked");
    assert!(world.keys_of(-700).is_empty());
}

#[tokio::test]
async fn a_place_is_asked_for_by_a_keyboard_that_goes_when_it_is_used() {
    let (world, ledger, url) = world().await;
    let channel = telegram(&url, vec![]);
    let mut ear = Ear::open(&url, vec![]);
    let first = send(&channel, plain("Здравейте"), "42", None)
        .await
        .expect("sent");
    let asking = || with("Къде сте?", vec![vec![share()]]);
    // A message that stands cannot get such a keyboard, so a new one brings it.
    let asked = change(&channel, asking(), "42", &first.message)
        .await
        .expect("sent");
    assert_ne!(asked, first);
    assert_eq!(world.keys_of(RESIDENT), ["Къде съм"]);
    let seen = ledger.seen_since(0).pop().expect("the question");
    assert_eq!(
        seen.buttons,
        [("Къде съм".to_owned(), "request_location".to_owned())]
    );
    let requests = ledger.requests();
    let sent = requests.iter().rfind(|asked| asked.what == "sendMessage");
    assert_eq!(
        sent.expect("the request").body["reply_markup"],
        json!({"keyboard": [[{"text": "Къде съм", "request_location": true}]],
            "one_time_keyboard": true, "resize_keyboard": true})
    );
    // Nor can the message that brought it be changed: a new one says it.
    let thanks = change(&channel, plain("Благодаря."), "42", &asked.message).await;
    assert_ne!(thanks.expect("sent"), asked);

    let point = Point {
        lat: 42_700_001,
        lon: 23_250_000,
    };
    world
        .share_location(RESIDENT, RESIDENT, point)
        .expect("shared");
    let shared = next(&mut ear).await;
    assert_eq!((shared.act, shared.on), (Act::Shared(point), None));
    assert!(world.keys_of(RESIDENT).is_empty(), "used once");
    assert_all_documented(&ledger);
}

#[tokio::test]
async fn what_is_no_text_is_heard_as_what_it_is() {
    let (world, _ledger, url) = world().await;
    world.add_group(-700, "Вход Б");
    let mut ear = Ear::open(&url, vec![]);
    assert_eq!(next(&mut ear).await.act, Act::Returned);
    let point = Point {
        lat: 42_697_708,
        lon: 23_321_868,
    };
    world.send_media(-700, RESIDENT, Sent::Photo).expect("sent");
    for (sent, act) in [
        (Sent::Photo, Act::Sent(Media::Photo)),
        (Sent::Video, Act::Sent(Media::Video)),
        (Sent::VideoNote, Act::Sent(Media::Video)),
        (Sent::Voice, Act::Sent(Media::Voice)),
        (Sent::Audio, Act::Sent(Media::Voice)),
        (Sent::Sticker, Act::Sent(Media::Sticker)),
        (Sent::Animation, Act::Sent(Media::Sticker)),
        (Sent::Dice, Act::Sent(Media::Sticker)),
        (Sent::Document, Act::Sent(Media::File)),
        (Sent::Contact, Act::Sent(Media::Contact)),
        (Sent::Venue(point), Act::Shared(point)),
    ] {
        world.send_media(RESIDENT, RESIDENT, sent).expect("sent");
        let heard = next(&mut ear).await;
        assert_eq!((heard.from.as_str(), heard.act), ("42", act), "{sent:?}");
    }
    world.say(RESIDENT, RESIDENT, "улица").expect("said");
    assert_eq!(next(&mut ear).await.act, Act::Said("улица".to_owned()));
}
