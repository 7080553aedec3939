//! Messages over REST: what is taken, what is refused and why, and whom they call.

use glas::sandbox::ledger::What;
use reqwest::Method;
use serde_json::{Value, json};

use super::{CHANNEL, GUILD, PATIENCE, Place, RESIDENT, ROLE, read};

fn row(buttons: &Value) -> Value {
    json!([{"type": 1, "components": buttons}])
}

fn button(custom_id: &str) -> Value {
    json!({"type": 2, "style": 1, "label": "Да", "custom_id": custom_id})
}

#[tokio::test]
async fn a_message_is_kept_shown_and_written_down() {
    let place = Place::open().await;
    let sent = place
        .send(json!({
            "content": "Внимание", "allowed_mentions": {"parse": []},
            "embeds": [{"title": "Буря", "description": "Утре",
                "fields": [{"name": "Къде", "value": "Лозенец"}], "footer": {"text": "Община"}}],
            "components": row(&json!([button("yes"),
                {"type": 2, "style": 5, "label": "Карта", "url": "https://example.org/"}])),
        }))
        .await;
    assert_eq!(sent.status, 200, "{}", sent.body);
    let seen = &place.seen()[0];
    assert_eq!(seen.to, format!("channel:{CHANNEL}"));
    assert_eq!(seen.text, "Внимание\nБуря\nУтре\nКъде: Лозенец\nОбщина");
    let buttons = [("Да", "yes"), ("Карта", "https://example.org/")];
    assert_eq!(
        seen.buttons,
        buttons.map(|(a, b)| (a.to_owned(), b.to_owned()))
    );
    let shown = place
        .get(&format!("/channels/{CHANNEL}/messages/{}", sent.id()))
        .await;
    assert_eq!(shown.body, sent.body);
    assert_eq!(place.discord.messages_of(CHANNEL), [sent.body]);
    let asked = &place.ledger.requests()[0];
    assert_eq!(asked.what, format!("POST /channels/{CHANNEL}/messages"));
    assert_eq!(
        (asked.status, &asked.body["content"]),
        (200, &json!("Внимание"))
    );
}

#[tokio::test]
async fn only_the_bots_token_opens_the_door() {
    let place = Place::open().await;
    let url = format!("{}/api/v10/users/@me", place.discord.url());
    for token in ["", "Bot other", "Bearer sandbox.token"] {
        let answer = read(place.http.get(&url).header("authorization", token)).await;
        assert_eq!((answer.status, answer.code()), (401, 0), "{token}");
    }
    let me = place.get("/users/@me").await;
    assert_eq!((me.status, &me.body["bot"]), (200, &json!(true)));
    assert_eq!(place.get("/no/such/route").await.status, 404);
}

fn long(characters: usize) -> String {
    "ж".repeat(characters)
}

type Faulty = Vec<(Value, &'static str)>;

/// Bodies with a bad field, and where it is.
fn bad_fields() -> Faulty {
    let with = |field: &str, value: Value| json!({"content": "x", field: value});
    vec![
        (json!({"content": long(2001)}), "/content"),
        (json!({"content": 5}), "/content"),
        (with("surprise", json!(1)), "/surprise"),
        (with("nonce", json!(long(26))), "/nonce"),
        (with("flags", json!(1 << 15)), "/flags"),
        (
            with(
                "allowed_mentions",
                json!({"parse": ["users"], "users": ["71"]}),
            ),
            "/allowed_mentions",
        ),
        (
            with("allowed_mentions", json!({"parse": ["all"]})),
            "/allowed_mentions/parse/0",
        ),
        (
            with("message_reference", json!({"message_id": "1"})),
            "/message_reference",
        ),
    ]
}

/// Bodies with a bad embed, and where it is bad.
fn bad_embeds() -> Faulty {
    let one = |embed: Value| json!({"embeds": [embed]});
    let named = |n: usize, v: usize| json!({"name": long(n), "value": long(v)});
    vec![
        (
            json!({"embeds": vec![json!({"title": "x"}); 11]}),
            "/embeds",
        ),
        (one(json!({"title": long(257)})), "/embeds/0/title"),
        (
            one(json!({"description": long(4097)})),
            "/embeds/0/description",
        ),
        (
            one(json!({"footer": {"text": long(2049)}})),
            "/embeds/0/footer/text",
        ),
        (
            one(json!({"author": {"name": long(257)}})),
            "/embeds/0/author/name",
        ),
        (
            one(json!({"fields": vec![named(1, 1); 26]})),
            "/embeds/0/fields",
        ),
        (
            one(json!({"fields": [named(257, 1)]})),
            "/embeds/0/fields/0/name",
        ),
        (
            one(json!({"fields": [named(1, 1025)]})),
            "/embeds/0/fields/0/value",
        ),
        (
            json!({"embeds": vec![json!({"description": long(3001)}); 2]}),
            "/embeds",
        ),
        (
            one(json!({"url": "javascript:x", "title": "x"})),
            "/embeds/0/url",
        ),
    ]
}

/// Rows of buttons that are bad, and where.
fn bad_rows() -> Faulty {
    let many: Value = (0..6).map(|n| button(&n.to_string())).collect();
    let styled = |style: u8, more: Value| {
        let mut button = json!({"type": 2, "style": style, "label": "a"});
        for (field, value) in more.as_object().unwrap() {
            button[field] = value.clone();
        }
        json!([button])
    };
    let both = json!({"custom_id": "a", "url": "https://example.org/"});
    let wide = json!({"custom_id": "a", "label": long(81)});
    let rows: Value = (0..6)
        .map(|n| json!({"type": 1, "components": [button(&n.to_string())]}))
        .collect();
    let mut bad = vec![(json!({"content": "x", "components": rows}), "/components")];
    for (buttons, at) in [
        (many, "/components/0/components"),
        (json!([]), "/components/0/components"),
        (
            json!([button("a"), button("a")]),
            "/components/0/components/1/custom_id",
        ),
        (json!([button("")]), "/components/0/components/0/custom_id"),
        (
            json!([button(&long(101))]),
            "/components/0/components/0/custom_id",
        ),
        (styled(1, json!({})), "/components/0/components/0/custom_id"),
        (styled(1, wide), "/components/0/components/0/label"),
        (styled(5, both), "/components/0/components/0/custom_id"),
        (styled(5, json!({})), "/components/0/components/0/url"),
    ] {
        bad.push((json!({"content": "x", "components": row(&buttons)}), at));
    }
    bad
}

#[tokio::test]
async fn the_platforms_limits_hold() {
    let place = Place::open().await;
    let bad = [bad_fields(), bad_embeds(), bad_rows()];
    for (body, place_of_fault) in bad.into_iter().flatten() {
        let answer = place.send(body).await;
        assert_eq!(
            (answer.status, answer.code()),
            (400, 50035),
            "{place_of_fault}"
        );
        let errors = &answer.body["errors"];
        let fault = errors.pointer(&format!("{place_of_fault}/_errors/0/code"));
        assert!(fault.is_some(), "{place_of_fault}: {errors}");
    }
    for empty in [json!({}), json!({"content": " \n"}), json!({"embeds": []})] {
        assert_eq!(place.send(empty).await.code(), 50006);
    }
    let broken = place
        .request(Method::POST, &format!("/channels/{CHANNEL}/messages"))
        .header("content-type", "application/json")
        .body("{\"content\":");
    assert_eq!(read(broken).await.code(), 50109);
    assert!(place.seen().is_empty());
}

#[tokio::test]
async fn the_limits_themselves_are_allowed() {
    let place = Place::open().await;
    let five: Value = (0..5).map(|n| button(&n.to_string())).collect();
    for good in [
        json!({"content": long(2000)}),
        json!({"content": "👨‍👩‍👧".repeat(400)}),
        json!({"embeds": [{"title": long(256), "description": long(4096)}]}),
        json!({"embeds": [{"description": long(4096)}, {"description": long(1904)}]}),
        json!({"content": "x", "components": row(&five), "nonce": "n".repeat(25)}),
        json!({"content": "x", "nonce": 12, "flags": 4096}),
    ] {
        let answer = place.send(good).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
    }
}

#[tokio::test]
async fn direct_messages_reach_a_person_or_say_why_not() {
    let place = Place::open().await;
    let open = |id: u64| json!({"recipient_id": id.to_string()});
    let direct = place.post("/users/@me/channels", open(RESIDENT)).await;
    assert_eq!(direct.body["type"], 1);
    let again = place.post("/users/@me/channels", open(RESIDENT)).await;
    assert_eq!(direct.id(), again.id());
    assert_eq!(
        place.post("/users/@me/channels", open(9)).await.code(),
        10013
    );

    let path = format!("/channels/{}/messages", direct.id());
    let hello = || json!({"content": "Здравейте"});
    assert_eq!(place.post(&path, hello()).await.status, 200);
    assert_eq!(place.seen()[0].to, format!("user:{RESIDENT}"));
    place.discord.close_dms(RESIDENT, true);
    let closed = place.post(&path, hello()).await;
    assert_eq!((closed.status, closed.code()), (403, 50007));

    place.discord.forbid_channel(CHANNEL, true);
    let hidden = place.send(hello()).await;
    assert_eq!((hidden.status, hidden.code()), (403, 50001));
    place.discord.remove_channel(CHANNEL);
    let gone = place.send(hello()).await;
    assert_eq!((gone.status, gone.code()), (404, 10003));
    assert_eq!(place.seen().len(), 1);
}

#[tokio::test]
async fn an_enforced_nonce_makes_a_repeat_harmless_for_some_minutes() {
    let place = Place::open().await;
    let body = || json!({"content": "once", "nonce": "a1", "enforce_nonce": true});
    let first = place.send(body()).await.id();
    assert_eq!(place.send(body()).await.id(), first);
    assert_eq!(place.seen().len(), 1);
    place.discord.let_pass(std::time::Duration::from_mins(10));
    assert_ne!(place.send(body()).await.id(), first);
    let loose = || json!({"content": "twice", "nonce": "a2"});
    assert_ne!(
        place.send(loose()).await.id(),
        place.send(loose()).await.id()
    );
    assert_eq!(place.seen().len(), 4);
}

#[tokio::test]
async fn a_message_calls_whom_its_text_and_allowed_mentions_name() {
    let place = Place::open().await;
    let text = format!("@everyone <@{RESIDENT}> <@&{ROLE}> <@999>");
    let none = place
        .send(json!({"content": text, "allowed_mentions": {"parse": []}}))
        .await;
    assert_eq!(none.body["mention_everyone"], false);
    assert_eq!(
        (&none.body["mentions"], &none.body["mention_roles"]),
        (&json!([]), &json!([]))
    );
    let role = json!({"parse": [], "roles": [ROLE.to_string()]});
    let role = place
        .send(json!({"content": text, "allowed_mentions": role}))
        .await;
    assert_eq!(role.body["mention_roles"], json!([ROLE.to_string()]));
    assert_eq!(role.body["mentions"], json!([]));
    let all = place.send(json!({"content": text})).await;
    assert_eq!(all.body["mention_everyone"], true);
    assert_eq!(all.body["mentions"].as_array().unwrap().len(), 1);
    assert_eq!(all.body["mentions"][0]["id"], RESIDENT.to_string());
}

#[tokio::test]
async fn a_reply_needs_its_message_or_says_that_it_does_not() {
    let place = Place::open().await;
    let asked = place
        .discord
        .say(RESIDENT, CHANNEL, "Има ли вода?")
        .unwrap();
    let reply = |id: u64, strict: bool| {
        json!({"content": "Да", "allowed_mentions": {"parse": []},
            "message_reference": {"message_id": id.to_string(), "fail_if_not_exists": strict}})
    };
    let answer = place.send(reply(asked, true)).await;
    assert_eq!(answer.body["referenced_message"]["content"], "Има ли вода?");
    assert_eq!(answer.body["mentions"], json!([]));
    assert_eq!(place.send(reply(1, true)).await.code(), 50035);
    let loose = place.send(reply(1, false)).await;
    assert_eq!((loose.status, &loose.body["type"]), (200, &json!(0)));
}

#[tokio::test]
async fn messages_are_changed_listed_threaded_and_taken_away() {
    let place = Place::open().await;
    let id = place.send(json!({"content": "old"})).await.id();
    let path = format!("/channels/{CHANNEL}/messages/{id}");
    let edited = place
        .ask(Method::PATCH, &path, Some(json!({"content": "new"})))
        .await;
    assert_eq!(edited.body["content"], "new");
    assert!(edited.body["edited_timestamp"].is_string());
    let foreign = place.discord.say(RESIDENT, CHANNEL, "mine").unwrap();
    let theirs = format!("/channels/{CHANNEL}/messages/{foreign}");
    let refused = place
        .ask(Method::PATCH, &theirs, Some(json!({"content": "x"})))
        .await;
    assert_eq!(refused.code(), 50005);
    assert_eq!(place.ask(Method::DELETE, &theirs, None).await.code(), 50013);

    let listed = place
        .get(&format!("/channels/{CHANNEL}/messages?limit=1"))
        .await;
    assert_eq!(listed.body[0]["id"], foreign.to_string());
    let before = format!("/channels/{CHANNEL}/messages?before={foreign}");
    assert_eq!(place.get(&before).await.body[0]["id"], id.to_string());

    let thread = place
        .post(&format!("{path}/threads"), json!({"name": "Новини"}))
        .await;
    assert_eq!((thread.status, thread.id()), (201, id));
    let second = place
        .post(&format!("{path}/threads"), json!({"name": "x"}))
        .await;
    assert_eq!(second.code(), 160_004);
    let within = place
        .post(
            &format!("/channels/{id}/messages"),
            json!({"content": "ok"}),
        )
        .await;
    assert_eq!(within.status, 200);

    assert_eq!(place.ask(Method::DELETE, &path, None).await.status, 204);
    assert_eq!(place.get(&path).await.code(), 10008);
    let what: Vec<What> = place.seen().iter().map(|seen| seen.what).collect();
    assert_eq!(what, [What::Sent, What::Edited, What::Sent, What::Deleted]);
    let roles = place.get(&format!("/guilds/{GUILD}/roles")).await;
    assert_eq!(roles.body[1]["id"], ROLE.to_string());
}

#[tokio::test]
async fn files_come_as_a_form_and_are_measured() {
    let place = Place::open().await;
    let form = |bytes: usize, id: u64| {
        let body = json!({"content": "map", "attachments": [{"id": id, "description": "Карта"}]});
        let file = reqwest::multipart::Part::bytes(vec![1; bytes]).file_name("map.png");
        reqwest::multipart::Form::new()
            .text("payload_json", body.to_string())
            .part("files[0]", file)
    };
    let post = || place.request(Method::POST, &format!("/channels/{CHANNEL}/messages"));
    let sent = read(post().multipart(form(1000, 0))).await;
    let attachment = &sent.body["attachments"][0];
    assert_eq!(
        (&attachment["filename"], &attachment["size"]),
        (&json!("map.png"), &json!(1000))
    );
    assert_eq!(attachment["description"], "Карта");
    assert_eq!(read(post().multipart(form(1000, 1))).await.code(), 50035);
    assert_eq!(
        read(post().multipart(form((10 << 20) + 1, 0))).await.code(),
        40005
    );
    assert!(
        place
            .ledger
            .wait_for(PATIENCE, |seen| seen.len() == 1)
            .await
            .is_some()
    );
}
