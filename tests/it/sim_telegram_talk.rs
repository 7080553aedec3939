//! The simulated Bot API in conversation: what it refuses to send, how updates wait, presses and edits.

use glas::base::point::Point;
use glas::sandbox::ledger::What;
use glas::sandbox::telegram::Impossible;
use serde_json::{Value, json};

use crate::sim_telegram::{Platform, RESIDENT, one_button};

#[tokio::test]
async fn a_message_that_the_platform_would_not_take_is_refused_in_its_words() {
    let platform = Platform::start().await;
    let send = |more: Value| {
        let mut params = json!({ "chat_id": RESIDENT, "text": "Здравей 👨‍👩‍👧" });
        params
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        params
    };
    let entity = |kind: &str, offset: i64, length: i64| json!({ "entities": [{ "type": kind, "offset": offset, "length": length }] });
    let button = |button: Value| json!({ "reply_markup": one_button(&button) });
    for (more, why) in [
        (json!({ "text": " \n" }), "message text is empty"),
        (json!({ "text": "ж".repeat(4097) }), "message is too long"),
        (json!({ "text": "😀".repeat(2049) }), "message is too long"),
        (json!({ "chat_id": 5 }), "chat not found"),
        (json!({ "chat_id": "@nobody" }), "chat not found"),
        (json!({ "chat": 5 }), "unknown parameter \"chat\""),
        (
            json!({ "parse_mode": "HTML" }),
            "unsupported parse_mode: the sandbox takes entities only",
        ),
        (
            entity("loud", 0, 1),
            "can't parse entities: unsupported type \"loud\" specified",
        ),
        (entity("bold", 0, 17), "ENTITY_BOUNDS_INVALID"),
        (entity("bold", -1, 2), "ENTITY_BOUNDS_INVALID"),
        (entity("bold", 0, 9), "ENTITY_BOUNDS_INVALID"),
        (
            json!({ "entities": [{ "type": "bold", "offset": 0 }] }),
            "can't parse entities: Can't find field \"length\"",
        ),
        (
            json!({ "entities": [{ "type": "text_link", "offset": 0, "length": 1, "url": "x" }] }),
            "entity URL 'x' is invalid: Wrong HTTP URL",
        ),
        (
            button(json!({ "text": "Да" })),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            button(json!({ "text": "Да", "url": "https://a.bg", "callback_data": "x" })),
            "can't parse inline keyboard button: exactly one action is allowed",
        ),
        (
            button(json!({ "text": "Да", "callback_data": "" })),
            "BUTTON_DATA_INVALID",
        ),
        (
            button(json!({ "text": "Да", "callback_data": "ж".repeat(33) })),
            "BUTTON_DATA_INVALID",
        ),
        (
            button(json!({ "text": "Да", "url": "http://localhost:80/" })),
            "inline keyboard button URL 'http://localhost:80/' is invalid: Wrong HTTP URL",
        ),
        (
            button(json!({ "text": "Да", "callback_dat": "x" })),
            "can't parse inline keyboard button: Unknown field \"callback_dat\"",
        ),
        (
            button(json!({ "callback_data": "x" })),
            "can't parse inline keyboard button: Can't find field \"text\"",
        ),
        (
            json!({ "reply_parameters": { "message_id": 99 } }),
            "message to be replied not found",
        ),
        (
            json!({ "message_thread_id": 3 }),
            "message thread not found",
        ),
        (
            json!({ "disable_notification": "perhaps" }),
            "can't parse disable_notification: Field \"disable_notification\" must be of type Boolean",
        ),
    ] {
        let refusal = platform.refusal("sendMessage", send(more.clone())).await;
        assert_eq!(refusal, (400, format!("Bad Request: {why}")), "{more}");
    }
    assert!(platform.seen().is_empty());
    let nobody = platform
        .refusal("sendMessage", json!({ "text": "x" }))
        .await;
    assert_eq!(nobody.1, "Bad Request: chat_id is empty");
    // The longest that fits, in units and not in bytes or letters.
    for text in ["ж".repeat(4096), "😀".repeat(2048)] {
        platform
            .result("sendMessage", send(json!({ "text": text })))
            .await;
    }
    platform
        .result("sendMessage", send(entity("bold", 8, 8)))
        .await;
}

#[tokio::test]
async fn updates_wait_until_they_are_confirmed() {
    let platform = Platform::start().await;
    for text in ["едно", "две", "три"] {
        platform.telegram.say(RESIDENT, RESIDENT, text).unwrap();
    }
    let texts = |updates: &[Value]| -> Vec<String> {
        let text = |update: &Value| {
            update["message"]["text"]
                .as_str()
                .unwrap_or_default()
                .to_owned()
        };
        updates.iter().map(text).collect()
    };
    let two = platform.updates(json!({ "limit": 2 })).await;
    assert_eq!(texts(&two), ["едно", "две"]);
    let again = platform.updates(json!({ "limit": 2 })).await;
    assert_eq!(two, again);
    let next = two[1]["update_id"].as_i64().unwrap() + 1;
    assert_eq!(
        texts(&platform.updates(json!({ "offset": next })).await),
        ["три"]
    );
    assert_eq!(platform.telegram.unconfirmed(), 1);
    platform.telegram.say(RESIDENT, RESIDENT, "четири").unwrap();
    let last = platform
        .updates(json!({ "offset": -1, "allowed_updates": ["callback_query"] }))
        .await;
    assert_eq!(texts(&last), ["четири"]);
    // The wish holds for later polls that say nothing.
    platform.telegram.say(RESIDENT, RESIDENT, "пет").unwrap();
    assert_eq!(texts(&platform.updates(json!({})).await), ["четири"]);
}

#[tokio::test]
async fn a_long_poll_ends_with_news_or_with_another_poll() {
    let platform = Platform::start().await;
    let poll = || {
        let request = platform.http.post(platform.address("getUpdates"));
        let request = request.json(&json!({ "timeout": 50 })).send();
        tokio::spawn(async { request.await.unwrap().json::<Value>().await.unwrap() })
    };
    let first = poll();
    while platform.telegram.polls() < 1 {
        tokio::task::yield_now().await;
    }
    let second = poll();
    let ended = first.await.unwrap();
    assert_eq!(ended["error_code"], 409);
    assert_eq!(
        ended["description"],
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    );
    let sofia = Point::from_degrees(42.6977, 23.3219).unwrap();
    platform
        .telegram
        .share_location(RESIDENT, RESIDENT, sofia)
        .unwrap();
    let news = second.await.unwrap();
    assert_eq!(
        news["result"][0]["message"]["location"],
        json!({ "latitude": 42.6977, "longitude": 23.3219 })
    );
}

#[tokio::test]
async fn a_press_is_answered_once_and_an_edit_must_change_something() {
    let platform = Platform::start().await;
    let keyboard = one_button(&json!({ "text": "Да", "callback_data": "yes" }));
    let sent = platform
        .result(
            "sendMessage",
            json!({ "chat_id": RESIDENT, "text": "Съгласни ли сте?", "reply_markup": keyboard }),
        )
        .await;
    let id = sent["message_id"].as_i64().unwrap();
    assert_eq!(
        platform.telegram.press(RESIDENT, id, "no"),
        Err(Impossible::NoButton(id))
    );
    let query = platform.telegram.press(RESIDENT, id, "yes").unwrap();
    let press = &platform.updates(json!({})).await[0]["callback_query"];
    assert_eq!(
        (&press["id"], &press["data"], &press["message"]),
        (&json!(query), &json!("yes"), &sent)
    );
    let long = json!({ "callback_query_id": query, "text": "ж".repeat(201) });
    assert_eq!(
        platform.refusal("answerCallbackQuery", long).await.1,
        "Bad Request: MESSAGE_TOO_LONG"
    );
    let answer = json!({ "callback_query_id": query, "text": "Прието" });
    platform.result("answerCallbackQuery", answer.clone()).await;
    let twice = platform.refusal("answerCallbackQuery", answer).await;
    assert_eq!(
        twice.1,
        "Bad Request: query is too old and response timeout expired or query ID is invalid"
    );

    let edit = json!({ "chat_id": RESIDENT, "message_id": id, "text": "Прието." });
    let edited = platform.result("editMessageText", edit.clone()).await;
    assert_eq!(
        (edited.get("reply_markup"), edited["edit_date"].is_i64()),
        (None, true)
    );
    let why = platform.refusal("editMessageText", edit.clone()).await.1;
    assert!(
        why.starts_with("Bad Request: message is not modified: "),
        "{why}"
    );
    platform
        .result(
            "editMessageReplyMarkup",
            json!({ "chat_id": RESIDENT, "message_id": id, "reply_markup": keyboard }),
        )
        .await;
    let caption = json!({ "chat_id": RESIDENT, "message_id": id, "caption": "x" });
    assert_eq!(
        platform.refusal("editMessageCaption", caption).await.1,
        "Bad Request: there is no caption in the message to edit"
    );
    let theirs = platform.telegram.say(RESIDENT, RESIDENT, "Мое").unwrap();
    let theirs = json!({ "chat_id": RESIDENT, "message_id": theirs, "text": "Чуждо" });
    assert_eq!(
        platform.refusal("editMessageText", theirs).await.1,
        "Bad Request: message can't be edited"
    );
    let delete = json!({ "chat_id": RESIDENT, "message_id": id });
    platform.result("deleteMessage", delete.clone()).await;
    assert_eq!(
        platform.refusal("deleteMessage", delete).await.1,
        "Bad Request: message to delete not found"
    );
    assert_eq!(
        platform.refusal("editMessageText", edit).await.1,
        "Bad Request: message to edit not found"
    );
    let what: Vec<What> = platform.seen().iter().map(|seen| seen.what).collect();
    assert_eq!(
        what,
        [
            What::Sent,
            What::Notice,
            What::Edited,
            What::Edited,
            What::Deleted
        ]
    );
}
