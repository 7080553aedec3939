//! A Bot API that answers as a test says, for what a well-behaved one never does.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::extract::Path;
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use serde_json::{Value, json};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use url::Url;

type Answer = dyn Fn(&str, &Value) -> Response + Send + Sync;

/// What was asked, in order: method and body.
pub type Calls = Vec<(String, Value)>;

/// A stub that records every call and holds polls open until there is something to say.
#[derive(Clone)]
pub struct Stub {
    calls: Arc<Mutex<Calls>>,
    updates: Arc<watch::Sender<Vec<Value>>>,
    asked: Arc<watch::Sender<usize>>,
    answer: Arc<Answer>,
}

impl Stub {
    /// Starts a stub where `answer` answers everything but polls with updates in store.
    pub async fn start(
        answer: impl Fn(&str, &Value) -> Response + Send + Sync + 'static,
    ) -> (Self, Url) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        (Self::serve(listener, answer), url_of(address))
    }

    /// Starts a stub at an address that was free a moment ago.
    pub async fn start_at(
        address: SocketAddr,
        answer: impl Fn(&str, &Value) -> Response + Send + Sync + 'static,
    ) -> Self {
        Self::serve(TcpListener::bind(address).await.expect("the port"), answer)
    }

    fn serve(
        listener: TcpListener,
        answer: impl Fn(&str, &Value) -> Response + Send + Sync + 'static,
    ) -> Self {
        let stub = Self {
            calls: Arc::default(),
            updates: Arc::new(watch::channel(vec![]).0),
            asked: Arc::new(watch::channel(0).0),
            answer: Arc::new(answer),
        };
        let answering = stub.clone();
        let router = Router::new().route(
            "/{bot}/{method}",
            post(
                move |Path((_, method)): Path<(String, String)>, body: String| {
                    answering.clone().take(method, body)
                },
            ),
        );
        tokio::spawn(async move { axum::serve(listener, router).await });
        stub
    }

    /// Puts an update in store; polls bring it until an offset passes it.
    pub fn has_update(&self, update: Value) {
        self.updates.send_modify(|updates| updates.push(update));
    }

    /// The calls of `method` so far; panics when any call at all is not as documented.
    pub fn bodies(&self, method: &str) -> Vec<Value> {
        let calls = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
        for (method, body) in calls.iter() {
            super::shape::assert_documented(method, body);
        }
        calls
            .iter()
            .filter(|(called, _)| called == method)
            .map(|(_, body)| body.clone())
            .collect()
    }

    /// Waits until `enough` holds of the calls of `method`.
    pub async fn until(&self, method: &str, enough: impl Fn(&[Value]) -> bool) {
        let mut asked = self.asked.subscribe();
        while !enough(&self.bodies(method)) {
            asked.changed().await.expect("the stub lives");
        }
    }

    async fn take(self, method: String, body: String) -> Response {
        let body: Value = serde_json::from_str(&body).expect("JSON");
        self.calls
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push((method.clone(), body.clone()));
        self.asked.send_modify(|count| *count += 1);
        let answer = (self.answer)(&method, &body);
        if method != "getUpdates" || !answer.status().is_success() {
            return answer;
        }
        let offset = body["offset"].as_i64().unwrap_or(0);
        let limit = usize::try_from(body["limit"].as_u64().unwrap_or(100)).expect("small");
        let mut updates = self.updates.subscribe();
        loop {
            let waiting: Vec<_> = updates
                .borrow_and_update()
                .iter()
                .filter(|update| update["update_id"].as_i64().is_none_or(|id| id >= offset))
                .take(limit)
                .cloned()
                .collect();
            if !waiting.is_empty() {
                return ok(&json!(waiting));
            }
            updates.changed().await.expect("the stub lives");
        }
    }
}

/// The Bot API's yes.
pub fn ok(result: &Value) -> Response {
    axum::Json(json!({"ok": true, "result": result})).into_response()
}

/// The Bot API's no; `more` is its `parameters`.
pub fn no(code: u16, description: &str, more: &Value) -> Response {
    let body = json!({"ok": false, "error_code": code, "description": description,
        "parameters": more});
    let status = axum::http::StatusCode::from_u16(code).expect("a status");
    (status, axum::Json(body)).into_response()
}

/// A yes to every method, as far as the adapter reads it.
pub fn always_yes(method: &str, body: &Value) -> Response {
    ok(&match method {
        "getMe" => json!({"id": 1, "is_bot": true, "first_name": "Glas", "username": "glas_bot"}),
        "getWebhookInfo" => json!({"url": "", "pending_update_count": 0}),
        "sendMessage" => json!({"message_id": 41, "date": 0, "chat": {"id": body["chat_id"]}}),
        _ => json!(true),
    })
}

/// A server that reads one request of each connection and then does `then` to it.
pub async fn raw<F>(then: impl Fn(TcpStream) -> F + Send + 'static) -> Url
where
    F: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = url_of(listener.local_addr().expect("an address"));
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            read_message(&mut stream).await;
            tokio::spawn(then(stream));
        }
    });
    url
}

/// Reads until a `sendMessage` is there in full, as its last field shows.
pub async fn read_message(stream: &mut (impl AsyncRead + Unpin)) {
    let mut request = vec![];
    while !String::from_utf8_lossy(&request).contains("link_preview_options") {
        if stream.read_buf(&mut request).await.unwrap_or(0) == 0 {
            return;
        }
    }
}

/// Writes `bytes` and closes.
pub async fn write(mut stream: TcpStream, bytes: &[u8]) {
    let _ = stream.write_all(bytes).await;
    let _ = stream.shutdown().await;
}

fn url_of(address: SocketAddr) -> Url {
    Url::parse(&format!("http://{address}")).expect("an address")
}
