//! Interactions: one answer within three seconds, then follow-ups by a token of fifteen minutes.

use std::time::Duration;

use glas::sandbox::discord::{BOT, Impossible};
use glas::sandbox::ledger::What;
use reqwest::Method;
use serde_json::{Value, json};

use super::commands::start;
use super::{Answer, BEN, CHANNEL, Gateway, Place, RESIDENT};

/// An interaction as the bot got it.
struct Asked {
    id: String,
    token: String,
}

impl Asked {
    async fn hear(gateway: &mut Gateway) -> Self {
        let event = gateway.until("INTERACTION_CREATE").await;
        let text = |field: &str| event[field].as_str().unwrap().to_owned();
        Self {
            id: text("id"),
            token: text("token"),
        }
    }

    async fn answer(&self, place: &Place, kind: u8, data: Value) -> Answer {
        let path = format!("/interactions/{}/{}/callback", self.id, self.token);
        place.post(&path, json!({"type": kind, "data": data})).await
    }

    fn hook(&self, rest: &str) -> String {
        format!("/webhooks/{BOT}/{}{rest}", self.token)
    }
}

async fn asked(place: &Place) -> (Gateway, Asked) {
    place.register(json!([start()])).await;
    let mut gateway = place.listen(1).await;
    place
        .discord
        .command(RESIDENT, CHANNEL, "/start", &[])
        .unwrap();
    let asked = Asked::hear(&mut gateway).await;
    (gateway, asked)
}

#[tokio::test]
async fn an_ephemeral_answer_is_for_one_person_and_given_once() {
    let place = Place::open().await;
    let (_gateway, asked) = asked(&place).await;
    let quiet = json!({"content": "Готово", "flags": 64});
    assert_eq!(asked.answer(&place, 4, quiet.clone()).await.status, 204);
    let seen = &place.seen()[0];
    assert_eq!(
        (seen.to.as_str(), seen.text.as_str()),
        ("user:71", "Готово")
    );
    let second = asked.answer(&place, 4, quiet).await;
    assert_eq!((second.status, second.code()), (400, 40060));
    let original = place.get(&asked.hook("/messages/@original")).await;
    assert_eq!(original.body["flags"], 64);
    let listed = place.get(&format!("/channels/{CHANNEL}/messages")).await;
    assert_eq!(listed.body, json!([]));
}

#[tokio::test]
async fn after_three_seconds_and_with_wrong_words_there_is_no_such_interaction() {
    let place = Place::open().await;
    let (mut gateway, late) = asked(&place).await;
    place.discord.let_pass(Duration::from_millis(3_500));
    let hello = || json!({"content": "x"});
    assert_eq!(late.answer(&place, 4, hello()).await.code(), 10062);
    place
        .discord
        .command(RESIDENT, CHANNEL, "/start", &[])
        .unwrap();
    let fresh = Asked::hear(&mut gateway).await;
    let forged = Asked {
        id: fresh.id.clone(),
        token: "1.abc".to_owned(),
    };
    assert_eq!(forged.answer(&place, 4, hello()).await.code(), 10062);
    assert_eq!(fresh.answer(&place, 7, hello()).await.code(), 50035);
    assert_eq!(fresh.answer(&place, 4, json!({})).await.code(), 50006);
    let early = place.post(&fresh.hook(""), hello()).await;
    assert_eq!((early.status, early.code()), (404, 10015));
    assert_eq!(fresh.answer(&place, 4, hello()).await.status, 204);
    assert_eq!(place.seen().len(), 1);
}

#[tokio::test]
async fn a_deferred_answer_is_filled_followed_and_taken_away() {
    let place = Place::open().await;
    let (_gateway, asked) = asked(&place).await;
    assert_eq!(
        asked.answer(&place, 5, json!({"flags": 64})).await.status,
        204
    );
    assert!(place.seen().is_empty());
    let original = asked.hook("/messages/@original");
    let first = place
        .ask(Method::PATCH, &original, Some(json!({"content": "one"})))
        .await;
    assert_eq!((first.status, &first.body["flags"]), (200, &json!(64)));
    place
        .ask(Method::PATCH, &original, Some(json!({"content": "two"})))
        .await;
    let more = place
        .post(&asked.hook(""), json!({"content": "three"}))
        .await;
    assert_eq!(more.status, 200);
    assert_eq!(place.ask(Method::DELETE, &original, None).await.status, 204);
    assert_eq!(place.get(&original).await.code(), 10008);
    let story: Vec<(What, String, String)> = place
        .seen()
        .into_iter()
        .map(|seen| (seen.what, seen.to, seen.text))
        .collect();
    let line = |what, to: &str, text: &str| (what, to.to_owned(), text.to_owned());
    assert_eq!(
        story,
        [
            line(What::Sent, "user:71", "one"),
            line(What::Edited, "user:71", "two"),
            line(What::Sent, "channel:501", "three"),
            line(What::Deleted, "user:71", "two"),
        ]
    );
    place.discord.let_pass(Duration::from_mins(15));
    let late = place
        .post(&asked.hook(""), json!({"content": "late"}))
        .await;
    assert_eq!((late.status, late.code()), (401, 50027));
}

#[tokio::test]
async fn a_follow_up_after_a_deferral_fills_the_waiting_answer() {
    let place = Place::open().await;
    let (_gateway, asked) = asked(&place).await;
    asked.answer(&place, 5, Value::Null).await;
    let waiting = place.get(&asked.hook("/messages/@original")).await;
    assert_eq!(waiting.body["flags"], 128);
    let filled = place
        .post(&asked.hook(""), json!({"content": "here"}))
        .await;
    assert_eq!(
        (filled.id(), &filled.body["flags"]),
        (waiting.id(), &json!(0))
    );
    assert_eq!(place.seen()[0].what, What::Sent);
}

#[tokio::test]
async fn a_pressed_button_changes_its_message_in_place() {
    let place = Place::open().await;
    let mut gateway = place.listen(1).await;
    let vote = |off: bool| {
        json!([{"type": 1, "components": [
            {"type": 2, "style": 1, "label": "Да", "custom_id": "yes", "disabled": off}]}])
    };
    let sent = place
        .send(json!({"content": "?", "components": vote(false)}))
        .await;
    let no = Impossible::NoSuchButton("no".to_owned());
    assert_eq!(place.discord.press(BEN, CHANNEL, sent.id(), "no"), Err(no));
    place.discord.press(BEN, CHANNEL, sent.id(), "yes").unwrap();
    let event = gateway.until("INTERACTION_CREATE").await;
    assert_eq!(
        (&event["type"], &event["data"]["custom_id"]),
        (&json!(3), &json!("yes"))
    );
    assert_eq!(event["message"]["id"], sent.body["id"]);
    assert_eq!(event["locale"], "en-GB");
    let text = |field: &str| event[field].as_str().unwrap().to_owned();
    let asked = Asked {
        id: text("id"),
        token: text("token"),
    };
    let thanks = json!({"content": "Благодарим", "components": vote(true)});
    assert_eq!(asked.answer(&place, 7, thanks).await.status, 204);
    let seen = place.seen();
    assert_eq!(
        (seen[1].what, seen[1].text.as_str()),
        (What::Edited, "Благодарим")
    );
    assert_eq!(seen[1].id, sent.id().to_string());
    let off = Impossible::NoSuchButton("yes".to_owned());
    assert_eq!(
        place.discord.press(BEN, CHANNEL, sent.id(), "yes"),
        Err(off)
    );
}

#[tokio::test]
async fn an_ephemeral_button_is_for_its_person_alone_and_a_window_opens_once() {
    let place = Place::open().await;
    let (mut gateway, first) = asked(&place).await;
    let row = json!([{"type": 1, "components": [
        {"type": 2, "style": 2, "label": "Пиши", "custom_id": "write"}]}]);
    let quiet = json!({"content": "?", "flags": 64, "components": row});
    first.answer(&place, 4, quiet).await;
    let message = place.seen()[0].id.parse().unwrap();
    let other = place.discord.press(BEN, CHANNEL, message, "write");
    assert_eq!(other, Err(Impossible::NoSuchMessage));
    place
        .discord
        .press(RESIDENT, CHANNEL, message, "write")
        .unwrap();
    let pressed = Asked::hear(&mut gateway).await;
    let input = json!({"type": 4, "custom_id": "t", "style": 1, "label": "Текст"});
    let window = |title: &str| {
        json!({"custom_id": "w", "title": title,
            "components": [{"type": 1, "components": [input]}]})
    };
    let long = pressed.answer(&place, 9, window(&"я".repeat(46))).await;
    assert!(long.body["errors"].pointer("/data/title/_errors").is_some());
    assert_eq!(
        pressed.answer(&place, 9, window("Сигнал")).await.status,
        204
    );
    let notice = place.seen().pop().unwrap();
    assert_eq!(
        (notice.what, notice.text.as_str()),
        (What::Window, "Сигнал\nТекст")
    );
}
