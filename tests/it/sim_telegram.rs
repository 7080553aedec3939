//! The simulated Bot API keeps the platform's rules: what it takes, what it refuses, and how it says so.

use std::net::{Ipv4Addr, SocketAddr};

use glas::sandbox::ledger::{Ledger, Seen};
use glas::sandbox::telegram::{Impossible, Person, Rates, Telegram};
use serde_json::{Value, json};

pub const TOKEN: &str = "4242:sandbox";
pub const RESIDENT: i64 = 7_000_000_001;
pub const NEIGHBOUR: i64 = 7_000_000_002;
const GROUP: i64 = -501;
const FORUM: i64 = -1_000_000_000_777;

/// A platform with two people: Resident wrote to the bot before, Neighbour never did.
pub struct Platform {
    pub telegram: Telegram,
    pub ledger: Ledger,
    pub http: reqwest::Client,
}

impl Platform {
    pub async fn start() -> Self {
        let ledger = Ledger::default();
        let here = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let telegram = Telegram::start(ledger.clone(), here, TOKEN).await.unwrap();
        telegram.set_rates(Rates::off());
        telegram.add_acquaintance(person(RESIDENT, "Жител"));
        telegram.add_person(person(NEIGHBOUR, "Съсед"));
        Self {
            telegram,
            ledger,
            http: reqwest::Client::new(),
        }
    }

    pub fn address(&self, method: &str) -> String {
        format!("{}/bot{TOKEN}/{method}", self.telegram.url())
    }

    /// Calls a method with JSON: status and body.
    pub async fn call(&self, method: &str, params: Value) -> (u16, Value) {
        let request = self.http.post(self.address(method)).json(&params);
        let answer = request.send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    /// Calls a method that works: its result.
    pub async fn result(&self, method: &str, params: Value) -> Value {
        let (status, mut body) = self.call(method, params).await;
        assert_eq!(
            (status, &body["ok"]),
            (200, &json!(true)),
            "{method}: {body}"
        );
        body["result"].take()
    }

    /// Calls a method that is refused: the code and description.
    pub async fn refusal(&self, method: &str, params: Value) -> (u64, String) {
        let (status, body) = self.call(method, params).await;
        assert_eq!(body["ok"], json!(false), "{method}: {body}");
        assert_eq!(body["error_code"], json!(status));
        let why = body["description"].as_str().unwrap_or_default();
        (u64::from(status), why.to_owned())
    }

    pub async fn updates(&self, params: Value) -> Vec<Value> {
        let updates = self.result("getUpdates", params).await;
        updates.as_array().unwrap().clone()
    }

    pub fn seen(&self) -> Vec<Seen> {
        self.ledger.seen_since(0)
    }
}

pub fn person(id: i64, name: &str) -> Person {
    Person {
        id,
        first_name: name.to_owned(),
        language_code: Some("bg".to_owned()),
        username: None,
    }
}

/// The head of a PNG, which is all that the platform looks at here.
pub fn png(width: u32, height: u32) -> Vec<u8> {
    let mut picture = b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR".to_vec();
    picture.extend(width.to_be_bytes());
    picture.extend(height.to_be_bytes());
    picture.extend([8, 2, 0, 0, 0]);
    picture
}

/// A keyboard of one button.
pub fn one_button(button: &Value) -> Value {
    json!({ "inline_keyboard": [[button]] })
}

#[tokio::test]
async fn every_way_of_asking_says_the_same() {
    let platform = Platform::start().await;
    let (http, at) = (&platform.http, |name| platform.address(name));
    let keyboard = one_button(&json!({ "text": "Да", "callback_data": "yes" })).to_string();
    let form = [
        ("chat_id", "7000000001"),
        ("text", "Здравей"),
        ("reply_markup", &keyboard),
    ];
    let query = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(form)
        .finish();
    let parts = form
        .into_iter()
        .fold(reqwest::multipart::Form::new(), |parts, (name, value)| {
            parts.text(name.to_owned(), value.to_owned())
        });
    let urlencoded = "application/x-www-form-urlencoded";
    for request in [
        http.get(format!("{}?{query}", at("sendMessage"))),
        http.post(at("SendMessage"))
            .header("content-type", urlencoded)
            .body(query.clone()),
        http.post(at("sendmessage")).multipart(parts),
        http.post(at("SENDMESSAGE"))
            .json(&json!({ "chat_id": RESIDENT, "text": "Здравей", "reply_markup": keyboard })),
    ] {
        assert_eq!(request.send().await.unwrap().status(), 200);
    }
    let seen = platform.seen();
    assert_eq!(seen.len(), 4);
    for message in seen {
        assert_eq!(
            (message.to.as_str(), message.text.as_str()),
            ("7000000001", "Здравей")
        );
        assert_eq!(message.buttons, [("Да".to_owned(), "yes".to_owned())]);
        assert_eq!(message.raw["chat"]["first_name"], "Жител");
    }
    for asked in platform.ledger.requests() {
        assert_eq!(
            (&asked.body["chat_id"], asked.status),
            (&json!(RESIDENT), 200)
        );
    }
}

#[tokio::test]
async fn only_the_bots_own_token_opens_the_door() {
    let platform = Platform::start().await;
    for (path, status) in [
        ("bot4242:wrong/getMe", 401),
        ("botnonsense/getMe", 404),
        ("bot4242:sandbox/getNothing", 404),
        ("file/bot4242:wrong/photos/file_1.jpg", 401),
        ("elsewhere", 404),
    ] {
        let address = format!("{}/{path}", platform.telegram.url());
        let answer = platform.http.get(address).send().await.unwrap();
        assert_eq!(answer.status(), status, "{path}");
    }
}

#[tokio::test]
async fn people_decide_who_writes_to_them() {
    let platform = Platform::start().await;
    let telegram = &platform.telegram;
    let to = |id: i64| json!({ "chat_id": id, "text": "Ехо" });
    let unmet = platform.refusal("sendMessage", to(NEIGHBOUR)).await;
    assert_eq!(
        unmet,
        (
            403,
            "Forbidden: bot can't initiate conversation with a user".to_owned()
        )
    );
    assert_eq!(
        telegram.say(RESIDENT, NEIGHBOUR, "Аз съм"),
        Err(Impossible::NotTheirs(NEIGHBOUR))
    );
    telegram.say(NEIGHBOUR, NEIGHBOUR, "/start").unwrap();
    platform.result("sendMessage", to(NEIGHBOUR)).await;
    telegram.block(NEIGHBOUR).unwrap();
    let blocked = platform.refusal("sendMessage", to(NEIGHBOUR)).await;
    assert_eq!(
        blocked,
        (403, "Forbidden: bot was blocked by the user".to_owned())
    );
    telegram.unblock(NEIGHBOUR).unwrap();
    platform.result("sendMessage", to(NEIGHBOUR)).await;
    telegram.delete_account(NEIGHBOUR).unwrap();
    let gone = platform.refusal("sendMessage", to(NEIGHBOUR)).await;
    assert_eq!(gone, (403, "Forbidden: user is deactivated".to_owned()));

    let updates = platform.updates(json!({})).await;
    let start = &updates[0]["message"];
    assert_eq!(
        start["entities"],
        json!([{ "type": "bot_command", "offset": 0, "length": 6 }])
    );
    assert_eq!(
        (&start["from"]["language_code"], &start["chat"]["type"]),
        (&json!("bg"), &json!("private"))
    );
    let status = |update: &Value| update["my_chat_member"]["new_chat_member"]["status"].clone();
    assert_eq!(
        [status(&updates[1]), status(&updates[2])],
        ["kicked", "member"]
    );
    assert_eq!(updates.len(), 3);
}

#[tokio::test]
async fn a_group_hides_small_talk_and_can_move() {
    let platform = Platform::start().await;
    let telegram = &platform.telegram;
    telegram.add_group(GROUP, "Вход Б");
    telegram.say(GROUP, NEIGHBOUR, "Кой има ключ?").unwrap();
    telegram.say(GROUP, NEIGHBOUR, "/help").unwrap();
    let new = telegram.migrate(GROUP).unwrap();
    let (_, body) = platform
        .call("sendMessage", json!({ "chat_id": GROUP, "text": "Ехо" }))
        .await;
    assert_eq!(
        body["description"],
        "Bad Request: group chat was upgraded to a supergroup chat"
    );
    assert_eq!(body["parameters"]["migrate_to_chat_id"], new);
    let sent = platform
        .result("sendMessage", json!({ "chat_id": new, "text": "Ехо" }))
        .await;
    assert_eq!(sent["chat"]["type"], "supergroup");
    let updates = platform.updates(json!({})).await;
    assert_eq!(updates[0]["my_chat_member"]["chat"]["title"], "Вход Б");
    assert_eq!(updates[1]["message"]["text"], "/help");
    assert_eq!(updates[2]["message"]["migrate_to_chat_id"], new);
    assert_eq!(updates[3]["message"]["migrate_from_chat_id"], GROUP);
    assert_eq!(updates.len(), 4);
    telegram.block(new).unwrap();
    let kicked = platform
        .refusal("sendMessage", json!({ "chat_id": new, "text": "Ехо" }))
        .await;
    assert_eq!(
        kicked,
        (
            403,
            "Forbidden: bot was kicked from the supergroup chat".to_owned()
        )
    );
}

#[tokio::test]
async fn a_message_comes_back_whole() {
    let platform = Platform::start().await;
    platform.telegram.add_group(FORUM, "Квартал");
    let thread = platform.telegram.add_topic(FORUM, "Вода").unwrap();
    let first =
        json!({ "chat_id": FORUM, "text": "Спиране на водата", "message_thread_id": thread });
    let first = platform.result("sendMessage", first).await;
    let entities = json!([{ "type": "bold", "offset": 0, "length": 7 }]);
    let second = platform
        .result("sendMessage", json!({
            "chat_id": FORUM, "text": "Пуснаха я", "entities": entities, "protect_content": true,
            "reply_parameters": { "message_id": first["message_id"] },
        }))
        .await;
    assert_eq!(second["reply_to_message"]["text"], "Спиране на водата");
    assert_eq!(
        (&second["entities"], &second["message_thread_id"]),
        (&entities, &json!(thread))
    );
    assert_eq!(second["from"]["id"], 4242);
    assert_eq!(second["has_protected_content"], true);
    assert_eq!(platform.telegram.messages_of(FORUM).last(), Some(&second));
    let orphan = json!({ "chat_id": FORUM, "text": "Пак", "reply_parameters": { "message_id": 99, "allow_sending_without_reply": true } });
    assert_eq!(
        platform
            .result("sendMessage", orphan)
            .await
            .get("reply_to_message"),
        None
    );
}
