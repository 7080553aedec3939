//! The simulated Discord, held to the platform's rules by bare clients and by two real libraries.

mod clients;
mod commands;
mod components;
mod gateway;
mod interactions;
mod messages;
mod troubles;

use std::net::SocketAddr;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use glas::sandbox::discord::Discord;
use glas::sandbox::ledger::{Ledger, Seen};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

const TOKEN: &str = "sandbox.token";
const GUILD: u64 = 500;
const CHANNEL: u64 = 501;
const ROLE: u64 = 502;
/// Reads Bulgarian.
const RESIDENT: u64 = 71;
/// Reads English.
const BEN: u64 = 72;
const PATIENCE: Duration = Duration::from_secs(20);

/// A Discord with one server, one channel, one role and two people, and a plain HTTP client.
struct Place {
    discord: Discord,
    ledger: Ledger,
    http: reqwest::Client,
}

/// An answer, read whole.
struct Answer {
    status: u16,
    headers: reqwest::header::HeaderMap,
    body: Value,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    fn code(&self) -> u64 {
        self.body["code"].as_u64().unwrap_or(u64::MAX)
    }

    fn id(&self) -> u64 {
        self.body["id"].as_str().unwrap().parse().unwrap()
    }
}

impl Place {
    async fn open() -> Self {
        let ledger = Ledger::default();
        let anywhere: SocketAddr = "127.0.0.1:0".parse().unwrap();
        let discord = Discord::start(ledger.clone(), anywhere, TOKEN)
            .await
            .unwrap();
        discord.set_rates(None);
        discord.add_person(RESIDENT, "resident", "bg");
        discord.add_person(BEN, "ben", "en-GB");
        discord.add_guild(GUILD, "town", "bg");
        discord.add_role(GUILD, ROLE, "approvers");
        discord.add_channel(GUILD, CHANNEL, "alerts");
        discord.join(RESIDENT, GUILD, &[ROLE]);
        discord.join(BEN, GUILD, &[]);
        Self {
            discord,
            ledger,
            http: reqwest::Client::new(),
        }
    }

    fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.http
            .request(method, format!("{}/api/v10{path}", self.discord.url()))
            .header("authorization", format!("Bot {TOKEN}"))
    }

    async fn ask(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        let request = self.request(method, path);
        let request = match body {
            Some(body) => request.json(&body),
            None => request,
        };
        read(request).await
    }

    async fn get(&self, path: &str) -> Answer {
        self.ask(Method::GET, path, None).await
    }

    async fn post(&self, path: &str, body: Value) -> Answer {
        self.ask(Method::POST, path, Some(body)).await
    }

    async fn send(&self, body: Value) -> Answer {
        self.post(&format!("/channels/{CHANNEL}/messages"), body)
            .await
    }

    fn seen(&self) -> Vec<Seen> {
        self.ledger.seen_since(0)
    }

    async fn listen(&self, intents: u64) -> Gateway {
        let mut gateway = Gateway::connect(&self.discord).await;
        gateway.identify(TOKEN, intents).await;
        gateway.until("READY").await;
        gateway
    }
}

async fn read(request: reqwest::RequestBuilder) -> Answer {
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let text = response.text().await.unwrap();
    Answer {
        status,
        headers,
        body: serde_json::from_str(&text).unwrap_or(Value::Null),
    }
}

/// A bare gateway client.
struct Gateway {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    hello: Value,
}

impl Gateway {
    async fn connect(discord: &Discord) -> Self {
        let address = format!("{}/?v=10&encoding=json", discord.gateway_url());
        let (socket, _) = connect_async(address).await.unwrap();
        let mut gateway = Self {
            socket,
            hello: Value::Null,
        };
        gateway.hello = gateway.next().await.unwrap();
        assert_eq!(gateway.hello["op"], 10);
        gateway
    }

    async fn say(&mut self, payload: Value) {
        let text = Message::Text(payload.to_string());
        self.socket.send(text).await.unwrap();
    }

    async fn identify(&mut self, token: &str, intents: u64) {
        let properties = json!({"os": "linux", "browser": "test", "device": "test"});
        let data = json!({"token": token, "intents": intents, "properties": properties});
        self.say(json!({"op": 2, "d": data})).await;
    }

    /// The next payload, or the close code; 1006 when the line just broke.
    async fn next(&mut self) -> Result<Value, u16> {
        let next = tokio::time::timeout(PATIENCE, self.socket.next());
        match next.await.expect("the gateway said nothing") {
            Some(Ok(Message::Text(text))) => Ok(serde_json::from_str(&text).unwrap()),
            Some(Ok(Message::Close(Some(frame)))) => Err(u16::from(frame.code)),
            other => {
                assert!(!matches!(other, Some(Ok(_))), "{other:?}");
                Err(1006)
            }
        }
    }

    /// The data of the next event of this name.
    async fn until(&mut self, event: &str) -> Value {
        loop {
            let payload = self.next().await.unwrap();
            if payload["t"] == event {
                return payload["d"].clone();
            }
        }
    }

    /// The close code that comes, whatever else comes before.
    async fn end(&mut self) -> u16 {
        loop {
            if let Err(code) = self.next().await {
                return code;
            }
        }
    }
}
