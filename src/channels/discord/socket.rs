//! The gateway's WebSocket, opened with the same HTTP client as the calls: one TLS set-up for both.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use reqwest::header::{CONNECTION, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY};
use reqwest::header::{SEC_WEBSOCKET_VERSION, UPGRADE};
use serde::Deserialize;
use serde_json::value::RawValue;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::client::generate_key;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};
use url::Url;

/// The longest message we take: a server with very many channels and threads is a few MiB.
const LONGEST_MESSAGE: usize = 16 * 1024 * 1024;
/// The time for a connection to come about.
const PATIENCE: Duration = Duration::from_secs(15);
/// The version of the gateway's protocol that we speak.
const VERSION: &str = "10";

/// An open connection to the gateway.
pub(super) struct Socket(WebSocketStream<reqwest::Upgraded>);

/// A message of the gateway, its data not read yet.
#[derive(Debug, Deserialize)]
pub(super) struct Frame {
    pub op: u8,
    pub s: Option<u64>,
    pub t: Option<String>,
    pub d: Option<Box<RawValue>>,
}

/// What comes out of a connection.
pub(super) enum Received {
    Frame(Frame),
    /// The other side hung up, with its code where it gave one.
    Closed(Option<u16>),
    /// The connection broke or speaks another language.
    Broken(String),
}

impl Socket {
    /// Opens the gateway at `address` (`ws` or `wss`).
    pub(super) async fn open(client: &reqwest::Client, address: &str) -> Result<Self, String> {
        let url = http_address(address).ok_or("the gateway's address is not ws:// or wss://")?;
        let key = generate_key();
        let request = client
            .get(url)
            .header(CONNECTION, "Upgrade")
            .header(UPGRADE, "websocket")
            .header(SEC_WEBSOCKET_VERSION, "13")
            .header(SEC_WEBSOCKET_KEY, &key);
        let opening = async {
            let response = request.send().await.map_err(|error| told(&error))?;
            let accepted = response.headers().get(SEC_WEBSOCKET_ACCEPT);
            if accepted
                .is_none_or(|it| it.as_bytes() != derive_accept_key(key.as_bytes()).as_bytes())
            {
                let status = response.status().as_u16();
                return Err(format!(
                    "the gateway does not speak WebSocket, status {status}"
                ));
            }
            response.upgrade().await.map_err(|error| told(&error))
        };
        let stream = (tokio::time::timeout(PATIENCE, opening).await)
            .map_err(|_| "the gateway did not answer in time".to_owned())??;
        let config = WebSocketConfig {
            max_message_size: Some(LONGEST_MESSAGE),
            max_frame_size: Some(LONGEST_MESSAGE),
            ..WebSocketConfig::default()
        };
        Ok(Self(
            WebSocketStream::from_raw_socket(stream, Role::Client, Some(config)).await,
        ))
    }

    /// The next message. May be dropped while it waits; nothing is lost then.
    pub(super) async fn receive(&mut self) -> Received {
        loop {
            match self.0.next().await {
                Some(Ok(Message::Text(text))) => {
                    return serde_json::from_str(&text).map_or_else(
                        |_| Received::Broken("a message is not of the gateway's form".to_owned()),
                        Received::Frame,
                    );
                }
                Some(Ok(Message::Close(frame))) => {
                    return Received::Closed(frame.map(|it| it.code.into()));
                }
                Some(Ok(_)) => {}
                Some(Err(error)) => return Received::Broken(error.to_string()),
                None => return Received::Closed(None),
            }
        }
    }

    /// Sends one message; an error is the reason why the connection is of no more use.
    pub(super) async fn send(&mut self, op: u8, data: serde_json::Value) -> Result<(), String> {
        let text = serde_json::json!({ "op": op, "d": data }).to_string();
        tokio::time::timeout(PATIENCE, self.0.send(Message::Text(text)))
            .await
            .map_err(|_| "the gateway takes nothing in".to_owned())?
            .map_err(|error| error.to_string())
    }
}

/// The address as the HTTP client knows it, asking for JSON without compression.
fn http_address(address: &str) -> Option<Url> {
    let rest = (address.strip_prefix("ws"))
        .filter(|it| it.starts_with("://") || it.starts_with("s://"))?;
    let mut url = Url::parse(&format!("http{rest}")).ok()?;
    url.query_pairs_mut()
        .clear()
        .append_pair("v", VERSION)
        .append_pair("encoding", "json");
    Some(url)
}

fn told(error: &reqwest::Error) -> String {
    if error.is_connect() {
        "no connection to the gateway".to_owned()
    } else {
        "the connection to the gateway failed".to_owned()
    }
}
