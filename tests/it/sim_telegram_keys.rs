//! The simulated Bot API's keyboards for the device, and what people send besides text.

use glas::base::point::Point;
use glas::sandbox::telegram::{Impossible, Media};
use serde_json::{Value, json};

use crate::sim_telegram::{NEIGHBOUR, Platform, RESIDENT};

const GROUP: i64 = -501;

fn asking(chat: i64, markup: Value) -> Value {
    Value::from_iter([
        ("chat_id", json!(chat)),
        ("text", json!("Къде сте?")),
        ("reply_markup", markup),
    ])
}

fn place_key() -> Value {
    json!({ "text": "Къде съм", "request_location": true })
}

#[tokio::test]
async fn a_keyboard_stands_until_it_is_used_or_taken_away() {
    let platform = Platform::start().await;
    let keys = || platform.telegram.keys_of(RESIDENT);
    let lasting = json!({ "keyboard": [[place_key(), { "text": "Не" }]] });
    let sent = platform
        .result("sendMessage", asking(RESIDENT, lasting))
        .await;
    assert_eq!(
        sent.get("reply_markup"),
        None,
        "the Bot API shows inline keyboards only"
    );
    assert_eq!(keys(), ["Къде съм", "Не"]);
    let seen = platform.seen().remove(0);
    assert_eq!(
        seen.buttons,
        [("Къде съм", "request_location"), ("Не", "Не")]
            .map(|(label, behind)| (label.to_owned(), behind.to_owned()))
    );
    let point = Point {
        lat: 42_700_000,
        lon: 23_250_000,
    };
    platform
        .telegram
        .share_location(RESIDENT, RESIDENT, point)
        .unwrap();
    assert_eq!(keys().len(), 2, "it was not for one time");
    platform
        .result("sendMessage", json!({ "chat_id": RESIDENT, "text": "x" }))
        .await;
    assert_eq!(keys().len(), 2, "a message without one changes nothing");
    platform
        .result(
            "sendMessage",
            asking(RESIDENT, json!({ "remove_keyboard": true })),
        )
        .await;
    assert!(keys().is_empty());
    let once = json!({ "keyboard": [[place_key()]], "one_time_keyboard": true });
    platform.result("sendMessage", asking(RESIDENT, once)).await;
    platform.telegram.say(RESIDENT, RESIDENT, "Тук").unwrap();
    assert_eq!(keys(), ["Къде съм"], "writing is no use of it");
    platform
        .telegram
        .share_location(RESIDENT, RESIDENT, point)
        .unwrap();
    assert!(keys().is_empty());
}

#[tokio::test]
async fn keyboards_are_refused_as_the_platform_refuses_them() {
    let platform = Platform::start().await;
    platform.telegram.add_group(GROUP, "Вход Б");
    let long = "я".repeat(65);
    for (chat, markup, why) in [
        (
            GROUP,
            json!({ "keyboard": [[place_key()]] }),
            "location can be requested in private chats only",
        ),
        (
            GROUP,
            json!({ "keyboard": [[{ "text": "x", "request_contact": true }]] }),
            "phone number can be requested in private chats only",
        ),
        (
            RESIDENT,
            json!({ "keyboard": [[{ "text": " " }]] }),
            "keyboard button text must be non-empty",
        ),
        (
            RESIDENT,
            json!({ "keyboard": [[place_key()]], "input_field_placeholder": long }),
            "input field placeholder is too long",
        ),
    ] {
        let refusal = platform.refusal("sendMessage", asking(chat, markup)).await;
        assert_eq!(refusal, (400, format!("Bad Request: {why}")));
    }
    assert!(platform.seen().is_empty());
    assert!(platform.telegram.keys_of(RESIDENT).is_empty());

    let keyboard = json!({ "keyboard": [[place_key()]] });
    let sent = platform
        .result("sendMessage", asking(RESIDENT, keyboard.clone()))
        .await;
    let edit = |more: Value| {
        let mut edit =
            json!({ "chat_id": RESIDENT, "message_id": sent["message_id"], "text": "y" });
        edit.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        edit
    };
    let refusal = platform.refusal("editMessageText", edit(json!({}))).await;
    assert_eq!(refusal.1, "Bad Request: message can't be edited");
    let refusal = platform
        .refusal("editMessageText", edit(json!({ "reply_markup": keyboard })))
        .await;
    assert!(
        refusal.1.contains("Can't find field \"inline_keyboard\""),
        "{refusal:?}"
    );
}

#[tokio::test]
async fn people_send_what_is_no_text() {
    let platform = Platform::start().await;
    let telegram = &platform.telegram;
    let point = Point {
        lat: -33_868_820,
        lon: 151_209_290,
    };
    let all = [
        (Media::Photo, "photo"),
        (Media::Video, "video"),
        (Media::VideoNote, "video_note"),
        (Media::Voice, "voice"),
        (Media::Audio, "audio"),
        (Media::Sticker, "sticker"),
        (Media::Animation, "animation"),
        (Media::Dice, "dice"),
        (Media::Document, "document"),
        (Media::Contact, "contact"),
        (Media::Venue(point), "venue"),
    ];
    for (media, _) in all {
        telegram.send_media(RESIDENT, RESIDENT, media).unwrap();
    }
    let updates = platform.updates(json!({})).await;
    assert_eq!(updates.len(), all.len());
    for ((media, field), update) in all.into_iter().zip(&updates) {
        let message = &update["message"];
        assert!(!message[field].is_null(), "{media:?}: {message}");
        assert!(message.get("text").is_none());
        let also_a_document = matches!(media, Media::Animation | Media::Document);
        assert_eq!(
            message.get("document").is_some(),
            also_a_document,
            "{media:?}"
        );
        assert_eq!(message.get("location").is_some(), field == "venue");
    }
    let elsewhere = telegram.send_media(RESIDENT, NEIGHBOUR, Media::Photo);
    assert_eq!(elsewhere, Err(Impossible::NotTheirs(NEIGHBOUR)));
}
