//! The simulated Bot API: pictures, menus, rates, and everything that can go wrong on the way.

use std::time::Duration;

use glas::sandbox::telegram::{Often, Pace, Rates, Trouble};
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::sim_telegram::{Platform, RESIDENT, TOKEN, one_button, png};

#[tokio::test]
async fn a_picture_is_uploaded_once_and_then_named() {
    let platform = Platform::start().await;
    let content = png(640, 480);
    let upload = |content: Vec<u8>, field: &'static str| {
        let part = Part::bytes(content).file_name("карта.png");
        let form = Form::new()
            .text("chat_id", RESIDENT.to_string())
            .part(field, part);
        let form = form.text("caption", "Карта");
        let form = if field == "photo" {
            form
        } else {
            form.text("photo", format!("attach://{field}"))
        };
        platform
            .http
            .post(platform.address("sendPhoto"))
            .multipart(form)
            .send()
    };
    let mut sent = vec![];
    for field in ["photo", "part1"] {
        let answer = upload(content.clone(), field).await.unwrap();
        sent.push(answer.json::<Value>().await.unwrap()["result"].take());
    }
    let largest = sent[0]["photo"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(
        (&largest["width"], &largest["height"]),
        (&json!(640), &json!(480))
    );
    let named = json!({ "chat_id": RESIDENT, "photo": largest["file_id"], "caption": "Пак" });
    let again = platform.result("sendPhoto", named).await;
    assert_eq!(
        (&again["photo"], &again["caption"]),
        (&sent[0]["photo"], &json!("Пак"))
    );
    assert_ne!(sent[1]["photo"], sent[0]["photo"]);

    let file = platform
        .result("getFile", json!({ "file_id": largest["file_id"] }))
        .await;
    let path = file["file_path"].as_str().unwrap();
    let address = format!("{}/file/bot{TOKEN}/{path}", platform.telegram.url());
    let copy = platform
        .http
        .get(address)
        .send()
        .await
        .unwrap()
        .bytes()
        .await
        .unwrap();
    assert_eq!(copy, content);
    let asked = platform.ledger.requests();
    assert_eq!(
        asked[0].body["photo"],
        json!({ "file": "карта.png", "bytes": content.len() })
    );

    for (bad, why) in [
        (b"%PDF-1.7".to_vec(), "IMAGE_PROCESS_FAILED"),
        (png(9000, 1001), "PHOTO_INVALID_DIMENSIONS"),
        (png(2100, 100), "PHOTO_INVALID_DIMENSIONS"),
    ] {
        let answer: Value = upload(bad, "photo").await.unwrap().json().await.unwrap();
        assert_eq!(answer["description"], format!("Bad Request: {why}"));
    }
    for (photo, why) in [
        (
            "https://example.org/a.png",
            "failed to get HTTP URL content",
        ),
        ("AgACnothing", "wrong file identifier/HTTP URL specified"),
        ("attach://nothing", "there is no photo in the request"),
    ] {
        let refusal = platform
            .refusal("sendPhoto", json!({ "chat_id": RESIDENT, "photo": photo }))
            .await;
        assert_eq!(refusal, (400, format!("Bad Request: {why}")));
    }
    let long =
        json!({ "chat_id": RESIDENT, "photo": largest["file_id"], "caption": "ж".repeat(1025) });
    assert_eq!(
        platform.refusal("sendPhoto", long).await.1,
        "Bad Request: message caption is too long"
    );
}

#[tokio::test]
async fn commands_are_kept_by_language_and_scope() {
    let platform = Platform::start().await;
    let menu = |name: &str, about: &str| json!([{ "command": name, "description": about }]);
    let bulgarian = menu("start", "Начало");
    platform
        .result(
            "setMyCommands",
            json!({ "commands": bulgarian, "language_code": "bg" }),
        )
        .await;
    let private = json!({ "type": "all_private_chats" });
    platform
        .result(
            "setMyCommands",
            json!({ "commands": menu("help", "Help"), "scope": private }),
        )
        .await;
    let get = async |more: Value| platform.result("getMyCommands", more).await;
    assert_eq!(get(json!({ "language_code": "bg" })).await, bulgarian);
    assert_eq!(get(json!({})).await, json!([]));
    assert_eq!(get(json!({ "scope": private })).await[0]["command"], "help");
    platform
        .result("deleteMyCommands", json!({ "language_code": "bg" }))
        .await;
    assert_eq!(get(json!({ "language_code": "bg" })).await, json!([]));
    for (params, why) in [
        (
            json!({ "commands": menu("старт", "x") }),
            "BOT_COMMAND_INVALID",
        ),
        (
            json!({ "commands": menu("Start", "x") }),
            "BOT_COMMAND_INVALID",
        ),
        (
            json!({ "commands": menu(&"a".repeat(33), "x") }),
            "BOT_COMMAND_INVALID",
        ),
        (
            json!({ "commands": menu("start", "") }),
            "BOT_COMMAND_DESCRIPTION_INVALID",
        ),
        (
            json!({ "commands": vec![menu("start", "x")[0].clone(); 101] }),
            "BOT_COMMANDS_TOO_MUCH",
        ),
        (
            json!({ "commands": menu("start", "x"), "scope": { "type": "moon" } }),
            "can't parse scope: Unsupported type \"moon\"",
        ),
        (
            json!({ "commands": menu("start", "x"), "language_code": "bg-BG" }),
            "invalid language code specified",
        ),
    ] {
        let refusal = platform.refusal("setMyCommands", params.clone()).await;
        assert_eq!(refusal, (400, format!("Bad Request: {why}")), "{params}");
    }
    let about = json!({ "description": "Глас", "language_code": "bg" });
    platform.result("setMyDescription", about.clone()).await;
    let kept = platform
        .result("getMyDescription", json!({ "language_code": "bg" }))
        .await;
    assert_eq!(kept["description"], about["description"]);
}

#[tokio::test]
async fn a_bot_that_hurries_is_told_when_to_come_back() {
    let platform = Platform::start().await;
    let slow = Pace {
        every: Duration::from_hours(1),
        burst: 2,
    };
    platform.telegram.set_rates(Rates {
        chat: Some(slow),
        ..Rates::off()
    });
    let send = json!({ "chat_id": RESIDENT, "text": "Ехо" });
    for _ in 0..2 {
        platform.result("sendMessage", send.clone()).await;
    }
    let (status, body) = platform.call("sendMessage", send.clone()).await;
    let seconds = body["parameters"]["retry_after"].as_u64().unwrap();
    assert_eq!(status, 429);
    assert!((3590..=3600).contains(&seconds), "{seconds}");
    assert_eq!(
        body["description"],
        format!("Too Many Requests: retry after {seconds}")
    );
    platform.telegram.set_rates(Rates {
        overall: Some(Pace { burst: 1, ..slow }),
        ..Rates::off()
    });
    platform.result("sendMessage", send.clone()).await;
    assert_eq!(platform.refusal("sendMessage", send.clone()).await.0, 429);
    platform.telegram.set_rates(Rates::off());
    platform.result("sendMessage", send).await;
    assert_eq!(platform.ledger.seen_since(0).len(), 4);
}

#[tokio::test]
async fn trouble_comes_in_the_order_it_was_planned_and_only_where_it_was_meant() {
    let platform = Platform::start().await;
    let send = json!({ "chat_id": RESIDENT, "text": "Ехо" });
    let plan = |trouble| {
        platform
            .telegram
            .fail(trouble, &["sendMessage"], Often::Times(1));
    };
    plan(Trouble::Status(502));
    plan(Trouble::TooMany(7));
    platform.result("getMe", json!({})).await;
    assert_eq!(
        platform.refusal("sendMessage", send.clone()).await,
        (502, "Bad Gateway".to_owned())
    );
    let (_, limited) = platform.call("sendMessage", send.clone()).await;
    assert_eq!(limited["parameters"]["retry_after"], 7);
    platform
        .telegram
        .fail(Trouble::Status(500), &[], Often::Always);
    for _ in 0..3 {
        assert_eq!(platform.refusal("getMe", json!({})).await.0, 500);
    }
    platform.telegram.clear_troubles();
    assert_eq!(platform.ledger.seen_since(0).len(), 0);
    platform.result("sendMessage", send).await;
    let asked: Vec<u16> = platform
        .ledger
        .requests()
        .iter()
        .map(|asked| asked.status)
        .collect();
    assert_eq!(asked, [200, 502, 429, 500, 500, 500, 200]);
}

#[tokio::test]
async fn a_reset_leaves_the_message_taken_or_not() {
    let platform = Platform::start().await;
    let send = json!({ "chat_id": RESIDENT, "text": "Ехо" });
    for (trouble, taken) in [
        (Trouble::ResetBeforeReading, 0),
        (Trouble::ResetAfterReading, 0),
        (Trouble::ResetAfterAccepting, 1),
    ] {
        platform
            .telegram
            .fail(trouble, &["sendMessage"], Often::Times(1));
        let request = platform
            .http
            .post(platform.address("sendMessage"))
            .json(&send);
        let failure = request.send().await.unwrap_err();
        assert!(failure.is_request() && !failure.is_connect(), "{failure:?}");
        assert_eq!(platform.ledger.seen_since(0).len(), taken, "{trouble:?}");
    }
    assert!(
        platform
            .ledger
            .requests()
            .iter()
            .all(|asked| asked.status == 0)
    );
}

#[tokio::test]
async fn a_spoiled_answer_hides_that_the_message_was_taken() {
    let platform = Platform::start().await;
    let send = async |trouble| {
        platform.telegram.fail(trouble, &[], Often::Times(1));
        let request = platform.http.post(platform.address("sendMessage"));
        let request = request.json(&json!({ "chat_id": RESIDENT, "text": "Ехо" }));
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 200);
        answer
    };
    for trouble in [Trouble::Truncated, Trouble::Garbage] {
        let text = send(trouble).await.text().await.unwrap();
        assert!(serde_json::from_str::<Value>(&text).is_err(), "{text}");
    }
    let huge = send(Trouble::Huge(3_000_000)).await.bytes().await.unwrap();
    assert!(huge.len() > 3_000_000);
    let huge: Value = serde_json::from_slice(&huge).unwrap();
    assert_eq!(huge["result"]["text"], "Ехо");
    let first = send(Trouble::Drip).await.chunk().await.unwrap().unwrap();
    assert_eq!(first.as_ref(), b"{");
    assert_eq!(platform.ledger.seen_since(0).len(), 4);
}

#[tokio::test]
async fn stopping_cuts_what_is_under_way_and_starting_again_forgets_nothing() {
    let platform = Platform::start().await;
    let text = json!({ "chat_id": RESIDENT, "text": "Ехо", "reply_markup": one_button(&json!({ "text": "Да", "callback_data": "y" })) });
    platform.result("sendMessage", text.clone()).await;
    let request = platform.http.post(platform.address("getUpdates"));
    let request = request.json(&json!({ "timeout": 50 })).send();
    let polling = tokio::spawn(request);
    while platform.telegram.polls() == 0 {
        tokio::task::yield_now().await;
    }
    let url = platform.telegram.url();
    platform.telegram.stop().await;
    assert!(polling.await.unwrap().unwrap_err().is_request());
    let refused = platform
        .http
        .get(platform.address("getMe"))
        .send()
        .await
        .unwrap_err();
    assert!(refused.is_connect(), "{refused:?}");
    platform.telegram.press(RESIDENT, 1, "y").unwrap();
    platform.telegram.start_again().await.unwrap();
    assert_eq!(platform.telegram.url(), url);
    let waiting = platform.result("getUpdates", json!({})).await;
    assert_eq!(waiting[0]["callback_query"]["message"]["message_id"], 1);
    let next = platform.result("sendMessage", text).await;
    assert_eq!(next["message_id"], 2);
}

/// The description that the simulator serves says what the official one says, wherever that is.
#[test]
fn the_served_methods_are_as_documented() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/");
    let Ok(official) = std::fs::read(format!("{root}../shared/data/telegram/api.json")) else {
        return;
    };
    let official: Value = serde_json::from_slice(&official).unwrap();
    let served = std::fs::read(format!("{root}src/sandbox/telegram/methods.json")).unwrap();
    let served: Value = serde_json::from_slice(&served).unwrap();
    let mut compared = 0;
    for family in ["methods", "types"] {
        for (name, fields) in served[family].as_object().unwrap() {
            let documented = &official[family][name];
            if let Some(names) = fields.as_array() {
                assert_eq!(Some(names), documented["subtypes"].as_array(), "{name}");
                continue;
            }
            let documented = documented["fields"].as_array().into_iter().flatten();
            let documented: serde_json::Map<String, Value> = documented
                .map(|field| {
                    let types = field["types"]
                        .as_array()
                        .unwrap()
                        .iter()
                        .filter_map(Value::as_str);
                    let required = if field["required"] == json!(true) {
                        "!"
                    } else {
                        ""
                    };
                    let types = types.collect::<Vec<_>>().join(" or ") + required;
                    (field["name"].as_str().unwrap().to_owned(), json!(types))
                })
                .collect();
            assert_eq!(fields, &Value::Object(documented), "{name}");
            compared += 1;
        }
    }
    assert!(compared > 40);
}
