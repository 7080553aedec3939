//! Listening: nothing is confirmed before it is committed, and nothing ends it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use glas::channel::{Act, Batch, Channel as _, Inbound, Inbox, MenuEntry, NotTaken};
use serde_json::{Value, json};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use url::Url;

use super::stub::{Stub, always_yes, no, ok};
use super::{lang, telegram};

/// Longer than anything here should take; what is waited for is always a condition.
const PATIENCE: Duration = Duration::from_secs(10);

/// A listener on the stub, and the end where its events come out.
pub struct Ear {
    batches: mpsc::Receiver<Batch>,
    listening: JoinHandle<()>,
}

impl Ear {
    pub fn open(api_url: &Url, menu: Vec<MenuEntry>) -> Self {
        let (inbox, batches) = Inbox::new(1);
        let telegram = telegram(api_url, menu);
        let listening = tokio::spawn(async move { telegram.listen(inbox).await });
        Self { batches, listening }
    }

    async fn next(&mut self) -> Batch {
        timeout(PATIENCE, self.batches.recv())
            .await
            .expect("in time")
            .expect("still listening")
    }

    /// Commits the next batch and says what was in it.
    pub async fn commit(&mut self) -> Vec<Inbound> {
        let batch = self.next().await;
        batch.done.send(Ok(())).expect("waited for");
        batch.events
    }
}

impl Drop for Ear {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

fn text(id: i64, text: &str) -> Value {
    json!({"update_id": id, "message": {"message_id": id, "date": 1_800_000_000, "text": text,
        "chat": {"id": 42, "type": "private"},
        "from": {"id": 42, "is_bot": false, "first_name": "Я", "language_code": "bg"}}})
}

fn said(events: &[Inbound]) -> Vec<(&str, &str)> {
    events
        .iter()
        .map(|event| match &event.act {
            Act::Said(words) => (event.id.as_str(), words.as_str()),
            other => panic!("{other:?}"),
        })
        .collect()
}

async fn patiently(waiting: impl Future<Output = ()>) {
    timeout(PATIENCE, waiting).await.expect("in time");
}

#[tokio::test]
async fn an_update_is_confirmed_only_after_its_commit() {
    let (stub, url) = Stub::start(always_yes).await;
    stub.has_update(text(7, "/start"));
    let mut ear = Ear::open(&url, vec![]);

    let refused = ear.next().await;
    assert_eq!(said(&refused.events), [("7", "/start")]);
    let away = NotTaken("the database is away".to_owned());
    refused.done.send(Err(away)).expect("waited for");

    let again = ear.next().await;
    assert_eq!(said(&again.events), [("7", "/start")]);
    let offsets = |polls: &[Value]| polls.iter().map(|poll| poll["offset"].as_i64()).collect();
    let polled: Vec<_> = offsets(&stub.bodies("getUpdates"));
    assert_eq!(polled, [None], "nothing is confirmed yet");

    again.done.send(Ok(())).expect("waited for");
    patiently(stub.until("getUpdates", |polls| {
        polls.last().is_some_and(|poll| poll["offset"] == 8)
    }))
    .await;
}

#[tokio::test]
async fn an_uncommitted_update_comes_again_to_the_next_process() {
    let (stub, url) = Stub::start(always_yes).await;
    stub.has_update(text(7, "/start"));
    let mut first = Ear::open(&url, vec![]);
    let _dies_before_the_commit = first.next().await;
    drop(first);
    let mut second = Ear::open(&url, vec![]);
    assert_eq!(said(&second.commit().await), [("7", "/start")]);
}

#[tokio::test]
async fn a_poison_update_holds_nobody_up() {
    let (stub, url) = Stub::start(always_yes).await;
    stub.has_update(text(7, "before"));
    stub.has_update(json!({"update_id": 8, "message": {"date": "yesterday", "chat": 5}}));
    stub.has_update(json!("not even an object"));
    stub.has_update(text(9, "after"));
    let mut ear = Ear::open(&url, vec![]);
    assert_eq!(said(&ear.commit().await), [("7", "before"), ("9", "after")]);
    patiently(stub.until("getUpdates", |polls| {
        polls.last().is_some_and(|poll| poll["offset"] == 10)
    }))
    .await;
}

#[tokio::test]
async fn what_we_do_not_act_on_is_confirmed_without_troubling_anybody() {
    let (stub, url) = Stub::start(always_yes).await;
    stub.has_update(json!({"update_id": 7, "edited_message": {}}));
    let _ear = Ear::open(&url, vec![]);
    patiently(stub.until("getUpdates", |polls| {
        polls.last().is_some_and(|poll| poll["offset"] == 8)
    }))
    .await;
}

#[tokio::test]
async fn a_press_is_answered_once_it_is_committed() {
    let (stub, url) = Stub::start(always_yes).await;
    stub.has_update(json!({"update_id": 7, "callback_query": {
        "id": "q7", "from": {"id": 42, "is_bot": false, "first_name": "Я"},
        "chat_instance": "1", "data": "stop",
        "message": {"message_id": 3, "date": 0, "chat": {"id": 42, "type": "private"}}}}));
    let mut ear = Ear::open(&url, vec![]);
    let batch = ear.next().await;
    assert!(matches!(&batch.events[0].act, Act::Pressed(token) if token.as_str() == "stop"));
    assert_eq!(stub.bodies("answerCallbackQuery"), Vec::<Value>::new());
    batch.done.send(Ok(())).expect("waited for");
    patiently(stub.until("answerCallbackQuery", |answers| !answers.is_empty())).await;
    let answers = stub.bodies("answerCallbackQuery");
    assert_eq!(answers, [json!({"callback_query_id": "q7"})]);
}

#[tokio::test]
async fn polls_ask_for_what_we_read_and_for_no_more_than_a_transaction() {
    let (stub, url) = Stub::start(always_yes).await;
    let _ear = Ear::open(&url, vec![]);
    patiently(stub.until("getUpdates", |polls| !polls.is_empty())).await;
    let poll = json!({"limit": 100, "timeout": 50,
        "allowed_updates": ["message", "callback_query", "my_chat_member"]});
    assert_eq!(stub.bodies("getUpdates"), [poll]);
}

#[tokio::test]
async fn a_webhook_is_removed_and_the_menu_shown_in_every_language() {
    let (stub, url) = Stub::start(|method, body| match method {
        "getWebhookInfo" => ok(&json!({"url": "https://example.org/hook"})),
        _ => always_yes(method, body),
    })
    .await;
    let menu = vec![MenuEntry {
        name: "stop".to_owned(),
        names: BTreeMap::new(),
        descriptions: BTreeMap::from([
            (lang("bg"), "Спиране на известията".to_owned()),
            (lang("en"), "Stop the alerts".to_owned()),
        ]),
        argument: None,
        duty: false,
    }];
    let _ear = Ear::open(&url, menu);
    patiently(stub.until("getUpdates", |polls| !polls.is_empty())).await;
    assert_eq!(stub.bodies("deleteWebhook").len(), 1);
    let english = json!([{"command": "stop", "description": "Stop the alerts"}]);
    let bulgarian = json!([{"command": "stop", "description": "Спиране на известията"}]);
    assert_eq!(
        stub.bodies("setMyCommands"),
        [
            json!({"commands": english}),
            json!({"commands": bulgarian, "language_code": "bg"}),
            json!({"commands": english, "language_code": "en"}),
        ]
    );
}

#[tokio::test]
async fn a_conflict_and_an_outage_pass_and_listening_goes_on() {
    let polls = Arc::new(AtomicUsize::new(0));
    let (stub, url) = Stub::start(move |method, body| {
        if method != "getUpdates" {
            return always_yes(method, body);
        }
        match polls.fetch_add(1, Ordering::SeqCst) {
            0 => no(409, "Conflict: terminated by other getUpdates", &json!({})),
            1 => no(502, "Bad Gateway", &json!({})),
            _ => always_yes(method, body),
        }
    })
    .await;
    stub.has_update(text(7, "still there"));
    let mut ear = Ear::open(&url, vec![]);
    assert_eq!(said(&ear.commit().await), [("7", "still there")]);
}

#[tokio::test]
async fn a_bot_api_that_is_away_at_the_start_is_waited_for() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    let url = Url::parse(&format!("http://{address}")).expect("an address");
    let mut ear = Ear::open(&url, vec![]);
    let stub = Stub::start_at(address, always_yes).await;
    stub.has_update(text(7, "early bird"));
    assert_eq!(said(&ear.commit().await), [("7", "early bird")]);
}
