//! Lists and windows: what is refused, what people can choose and write, and what the bot hears.

use glas::sandbox::discord::{BOT, Impossible, Media};
use glas::sandbox::ledger::What;
use reqwest::Method;
use serde_json::{Value, json};

use super::{Answer, BEN, CHANNEL, Gateway, Place, RESIDENT};

const DIRECT_MESSAGES: u64 = 1 << 12;

fn list(more: Value) -> Value {
    let mut list = json!({"type": 3, "custom_id": "where", "placeholder": "Къде?",
        "min_values": 0, "max_values": 2, "options": [
            {"label": "Лозенец", "value": "a"},
            {"label": "Люлин", "value": "b", "default": true},
            {"label": "Банкя", "value": "c"}]});
    let Value::Object(more) = more else {
        return list;
    };
    list.as_object_mut().unwrap().extend(more);
    list
}

fn button(id: &str) -> Value {
    json!({"type": 2, "style": 2, "label": "Пиши", "custom_id": id})
}

fn row(parts: Value) -> Value {
    Value::from_iter([("type", json!(1)), ("components", parts)])
}

fn showing(rows: Value) -> Value {
    Value::from_iter([("content", json!("?")), ("components", rows)])
}

fn window(fields: Value) -> Value {
    Value::from_iter([
        ("custom_id", json!("w")),
        ("title", json!("Сигнал")),
        ("components", fields),
    ])
}

fn field(id: &str, more: Value) -> Value {
    let mut input = json!({"type": 4, "custom_id": id, "style": 1, "max_length": 5});
    if let (Value::Object(input), Value::Object(more)) = (&mut input, more) {
        input.extend(more);
    }
    json!({"type": 18, "label": "Текст", "component": input})
}

/// What the bot heard of an interaction, and its answers.
struct Heard(Value);

impl Heard {
    async fn hear(gateway: &mut Gateway) -> Self {
        Self(gateway.until("INTERACTION_CREATE").await)
    }

    fn text(&self, field: &str) -> &str {
        self.0[field].as_str().unwrap()
    }

    async fn answer(&self, place: &Place, body: Value) -> Answer {
        let (id, token) = (self.text("id"), self.text("token"));
        place
            .post(&format!("/interactions/{id}/{token}/callback"), body)
            .await
    }

    fn hook(&self, rest: &str) -> String {
        format!("/webhooks/{BOT}/{}{rest}", self.text("token"))
    }
}

#[tokio::test]
async fn lists_that_the_platform_would_not_take_are_refused_where_they_are_wrong() {
    let place = Place::open().await;
    let option = |n: usize| json!({"label": format!("р{n}"), "value": n.to_string()});
    let options = |count| (0..count).map(option).collect::<Value>();
    let twice = json!([option(1), option(1)]);
    for (rows, wrong) in [
        (
            json!([row(json!([list(json!({"options": []}))]))]),
            "options",
        ),
        (
            json!([row(json!([list(json!({"options": options(26)}))]))]),
            "options",
        ),
        (
            json!([row(json!([list(json!({"options": twice}))]))]),
            "options/1",
        ),
        (
            json!([row(json!([list(json!({"min_values": 3}))]))]),
            "min_values",
        ),
        (
            json!([row(json!([list(json!({"max_values": 4}))]))]),
            "max_values",
        ),
        (
            json!([row(json!([list(json!({"max_values": 26}))]))]),
            "max_values",
        ),
        (
            json!([row(json!([list(json!({"custom_id": ""}))]))]),
            "custom_id",
        ),
        (
            json!([row(json!([list(json!({"custom_id": "x".repeat(101)}))]))]),
            "custom_id",
        ),
        (
            json!([row(json!([list(json!({"placeholder": "x".repeat(151)}))]))]),
            "placeholder",
        ),
        (
            json!([row(json!([list(json!({"required": true}))]))]),
            "min_values",
        ),
    ] {
        let answer = place.send(showing(rows)).await;
        let path = format!("/errors/components/0/components/0/{wrong}/_errors");
        let body = &answer.body;
        assert_eq!(answer.code(), 50035, "{body}");
        assert!(body.pointer(&path).is_some(), "{path}: {body}");
    }
    let crowded = json!([row(json!([list(json!({})), button("b")]))]);
    let answer = place.send(showing(crowded)).await;
    assert!(
        answer
            .body
            .pointer("/errors/components/0/_errors")
            .is_some()
    );
    let same = json!([row(json!([list(json!({}))])), row(json!([button("where")]))]);
    let answer = place.send(showing(same)).await;
    let path = "/errors/components/1/components/0/custom_id/_errors";
    assert!(answer.body.pointer(path).is_some());
    let six = (0..6).map(|n| row(json!([list(json!({"custom_id": n.to_string()}))])));
    let answer = place.send(showing(six.collect())).await;
    assert!(answer.body.pointer("/errors/components/_errors").is_some());
    assert!(place.seen().is_empty());
}

#[tokio::test]
async fn what_is_chosen_reaches_the_bot_and_nothing_else_can_be() {
    let place = Place::open().await;
    let mut gateway = place.listen(1).await;
    let rows = json!([row(json!([list(json!({}))])), row(json!([button("b")]))]);
    let sent = place.send(showing(rows)).await;
    let seen = place.seen().remove(0);
    let lists = &seen.lists;
    assert_eq!(
        (lists[0].label.as_str(), lists[0].token.as_str()),
        ("Къде?", "where")
    );
    assert_eq!((lists[0].least, lists[0].most), (0, 2));
    let options: Vec<_> = (lists[0].options.iter())
        .map(|it| (it.label.as_str(), it.value.as_str(), it.chosen))
        .collect();
    assert_eq!(
        options,
        [
            ("Лозенец", "a", false),
            ("Люлин", "b", true),
            ("Банкя", "c", false)
        ]
    );
    assert_eq!(seen.buttons.len(), 1);

    let choose =
        |id: &str, values: &[&str]| place.discord.choose(BEN, CHANNEL, sent.id(), id, values);
    let bad = |what: &str| Err(Impossible::BadChoice(what.to_owned()));
    assert_eq!(choose("where", &["a", "x"]), bad("x"));
    assert_eq!(choose("where", &["a", "a"]), bad("a"));
    assert_eq!(choose("where", &["a", "b", "c"]), bad("0–2"));
    assert_eq!(
        choose("b", &[]),
        Err(Impossible::NoSuchList("b".to_owned()))
    );
    let pressed = place.discord.press(BEN, CHANNEL, sent.id(), "where");
    assert_eq!(pressed, Err(Impossible::NoSuchButton("where".to_owned())));

    choose("where", &["c", "a"]).unwrap();
    let heard = Heard::hear(&mut gateway).await;
    assert_eq!(
        heard.0["data"],
        json!({"custom_id": "where", "component_type": 3, "values": ["c", "a"]})
    );
    assert_eq!(
        (&heard.0["type"], &heard.0["message"]["flags"]),
        (&json!(3), &json!(0))
    );
    choose("where", &[]).unwrap();
    let heard = Heard::hear(&mut gateway).await;
    assert_eq!(heard.0["data"]["values"], json!([]));
    let done = json!({"content": "Готово", "components": []});
    let answer = heard.answer(&place, json!({"type": 7, "data": done})).await;
    assert_eq!(answer.status, 204);
    let changed = place.seen().pop().unwrap();
    assert_eq!((changed.what, changed.lists.len()), (What::Edited, 0));
}

#[tokio::test]
async fn an_ephemeral_message_is_chosen_in_by_its_person_and_changed_by_its_token() {
    let place = Place::open().await;
    let mut gateway = place.listen(1).await;
    let sent = place
        .send(showing(json!([row(json!([button("b")]))])))
        .await;
    place.discord.press(BEN, CHANNEL, sent.id(), "b").unwrap();
    let pressed = Heard::hear(&mut gateway).await;
    assert_eq!(pressed.answer(&place, json!({"type": 6})).await.status, 204);
    let mut quiet = showing(json!([row(json!([list(json!({}))]))]));
    quiet["flags"] = json!(64);
    let shown = place.post(&pressed.hook(""), quiet).await;
    assert_eq!((shown.status, &shown.body["flags"]), (200, &json!(64)));
    let other = place
        .discord
        .choose(RESIDENT, CHANNEL, shown.id(), "where", &["a"]);
    assert_eq!(other, Err(Impossible::NoSuchMessage));
    place
        .discord
        .choose(BEN, CHANNEL, shown.id(), "where", &["a"])
        .unwrap();
    let chosen = Heard::hear(&mut gateway).await;
    assert_eq!(chosen.0["message"]["flags"], 64);
    assert_eq!(chosen.answer(&place, json!({"type": 6})).await.status, 204);

    let other_way = format!("/channels/{CHANNEL}/messages/{}", shown.id());
    let text = || Some(json!({"content": "Лозенец", "components": []}));
    let refused = place.ask(Method::PATCH, &other_way, text()).await;
    assert_eq!((refused.status, refused.code()), (404, 10008));
    let original = chosen.hook("/messages/@original");
    let changed = place.ask(Method::PATCH, &original, text()).await;
    assert_eq!((changed.status, changed.id()), (200, shown.id()));
    let seen = place.seen().pop().unwrap();
    assert_eq!(
        (seen.what, seen.to.as_str(), seen.text.as_str()),
        (What::Edited, "user:72", "Лозенец")
    );
}

#[tokio::test]
async fn a_window_opens_at_once_or_never_and_is_sent_off_once() {
    let place = Place::open().await;
    let mut gateway = place.listen(1).await;
    let sent = place
        .send(showing(json!([row(json!([button("b")]))])))
        .await;
    let opening = |fields: Value| json!({"type": 9, "data": window(fields)});
    let simple = || json!([field("t", json!({}))]);
    let submit = |values: &[(&str, &str)]| place.discord.submit_modal(BEN, values);

    place.discord.press(BEN, CHANNEL, sent.id(), "b").unwrap();
    let deferred = Heard::hear(&mut gateway).await;
    deferred.answer(&place, json!({"type": 6})).await;
    let late = deferred.answer(&place, opening(simple())).await;
    assert_eq!((late.status, late.code()), (400, 40060));
    assert_eq!(submit(&[("t", "x")]), Err(Impossible::NoWindow));

    place.discord.press(BEN, CHANNEL, sent.id(), "b").unwrap();
    let pressed = Heard::hear(&mut gateway).await;
    let twice = json!([field("t", json!({})), field("t", json!({}))]);
    let crooked = json!([field("t", json!({"min_length": 6}))]);
    for wrong in [twice, crooked, json!([])] {
        assert_eq!(pressed.answer(&place, opening(wrong)).await.code(), 50035);
    }
    let fields = json!([
        field("t", json!({})),
        field("more", json!({"required": false}))
    ]);
    assert_eq!(pressed.answer(&place, opening(fields)).await.status, 204);
    let seen = place.seen().pop().unwrap();
    assert_eq!(
        (seen.what, seen.to.as_str(), seen.text.as_str()),
        (What::Window, "user:72", "Сигнал\nТекст\nТекст")
    );
    let bad = |field: &str| Err(Impossible::BadField(field.to_owned()));
    assert_eq!(submit(&[]), bad("t"));
    assert_eq!(submit(&[("t", "шест ч")]), bad("t"));
    assert_eq!(submit(&[("t", "x"), ("other", "x")]), bad("other"));
    submit(&[("t", "пет")]).unwrap();
    let typed = Heard::hear(&mut gateway).await;
    assert_eq!(
        typed.0["data"],
        json!({"custom_id": "w", "components": [
            {"type": 18, "component": {"type": 4, "custom_id": "t", "value": "пет"}},
            {"type": 18, "component": {"type": 4, "custom_id": "more", "value": ""}}]})
    );
    assert_eq!(
        (&typed.0["type"], &typed.0["message"]["id"]),
        (&json!(5), &sent.body["id"])
    );
    let again = typed.answer(&place, opening(simple())).await;
    assert_eq!(again.code(), 50035, "a window never opens from a window");
    let changed = json!({"type": 7, "data": {"content": "пет"}});
    assert_eq!(typed.answer(&place, changed).await.status, 204);
    assert_eq!(submit(&[("t", "x")]), Err(Impossible::NoWindow));

    place.discord.press(BEN, CHANNEL, sent.id(), "b").unwrap();
    let pressed = Heard::hear(&mut gateway).await;
    assert_eq!(pressed.answer(&place, opening(simple())).await.status, 204);
    assert!(place.discord.window_of(BEN).is_some());
    place.discord.close_modal(BEN);
    assert_eq!(submit(&[("t", "x")]), Err(Impossible::NoWindow));
}

#[tokio::test]
async fn files_and_stickers_are_told_of() {
    let place = Place::open().await;
    let mut gateway = place.listen(1 | DIRECT_MESSAGES).await;
    let direct = place.discord.dm(RESIDENT).unwrap();
    for (media, kind) in [
        (Media::Photo, json!("image/jpeg")),
        (Media::Video, json!("video/mp4")),
        (Media::Voice, json!("audio/ogg")),
        (Media::File, Value::Null),
    ] {
        place.discord.send_media(RESIDENT, direct, media).unwrap();
        let message = gateway.until("MESSAGE_CREATE").await;
        assert_eq!(message["attachments"][0]["content_type"], kind);
        assert_eq!(message["content"], "");
    }
    place
        .discord
        .send_media(RESIDENT, direct, Media::Sticker)
        .unwrap();
    let message = gateway.until("MESSAGE_CREATE").await;
    assert_eq!(message["sticker_items"][0]["format_type"], 1);
    assert_eq!(message["attachments"], json!([]));
}
