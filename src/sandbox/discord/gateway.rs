//! The gateway's wire: HELLO, IDENTIFY, RESUME, heartbeats and close codes, one task a connection.

use std::sync::Arc;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio_tungstenite::tungstenite::handshake::server::{Request, Response};
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, Message, WebSocketConfig};
use tokio_tungstenite::{WebSocketStream, accept_hdr_async_with_config};

use super::sessions::{CannotResume, Down, QUEUE, Sessions, intents};
use super::{Inner, wire};
use crate::base::{clock::Millis, id};

/// The longest payload that a client may send, in bytes.
const PAYLOAD: usize = 4096;
/// How many payloads a client may send in a minute.
const PAYLOADS_A_MINUTE: u32 = 120;

type Socket = WebSocketStream<TcpStream>;
/// Why a connection ends: a close code and the platform's words.
type End = (u16, &'static str);

/// Serves the gateway until the task is dropped, and every connection with it.
pub(super) async fn serve(inner: Arc<Inner>, door: TcpListener) {
    let mut lines = JoinSet::new();
    loop {
        tokio::select! {
            accepted = door.accept() => match accepted {
                Ok((stream, _)) => {
                    let inner = Arc::clone(&inner);
                    lines.spawn(async move { line(&inner, stream).await });
                }
                // Out of file handles, most likely: others may close soon.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            },
            Some(_) = lines.join_next() => {}
        }
    }
}

/// One connection from handshake to end.
async fn line(inner: &Inner, stream: TcpStream) {
    let _ = stream.set_nodelay(true);
    let mut query = String::new();
    let config = WebSocketConfig {
        max_message_size: Some(PAYLOAD * 4),
        max_frame_size: Some(PAYLOAD * 4),
        ..WebSocketConfig::default()
    };
    #[expect(
        clippy::result_large_err,
        reason = "the signature that the handshake asks for"
    )]
    let note = |request: &Request, response: Response| {
        request
            .uri()
            .query()
            .unwrap_or_default()
            .clone_into(&mut query);
        Ok(response)
    };
    let Ok(mut socket) = accept_hdr_async_with_config(stream, note, Some(config)).await else {
        return;
    };
    if let Some(end) = bad_query(&query) {
        close(&mut socket, end).await;
        return;
    }
    let (into, frames) = mpsc::channel(QUEUE);
    let number = inner.world().sessions.connect(into);
    let mut talk = Talk {
        inner,
        line: number,
        session: None,
        payloads: 0,
        minute: inner.clock.now(),
    };
    let end = talk.run(&mut socket, frames).await;
    inner.world().sessions.disconnect(number);
    inner.stir();
    if let Some(end) = end {
        close(&mut socket, end).await;
    }
}

/// What is wrong with the address's query, if anything. Compression is not offered: frames come
/// as plain text, which every client reads.
fn bad_query(query: &str) -> Option<End> {
    let value = |name: &str| {
        url::form_urlencoded::parse(query.as_bytes())
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    };
    if value("v").is_none_or(|version| version != "10") {
        return Some((4012, "Invalid API version."));
    }
    value("encoding")
        .filter(|encoding| encoding != "json")
        .map(|_| (4002, "Only JSON is simulated."))
}

async fn close(socket: &mut Socket, (code, reason): End) {
    let frame = CloseFrame {
        code: CloseCode::from(code),
        reason: reason.into(),
    };
    let _ = socket.close(Some(frame)).await;
    // The client's own close frame ends the handshake; one that never answers is left alone.
    let _ = tokio::time::timeout(Duration::from_secs(1), async {
        while let Some(Ok(_)) = socket.next().await {}
    })
    .await;
}

/// What a connection knows of itself.
struct Talk<'a> {
    inner: &'a Inner,
    line: u64,
    session: Option<String>,
    payloads: u32,
    minute: Millis,
}

impl Talk<'_> {
    /// Talks until one side ends; the result is the close code that the gateway sends.
    async fn run(&mut self, socket: &mut Socket, mut frames: mpsc::Receiver<Down>) -> Option<End> {
        let beat = self.inner.heartbeat();
        let hello = json!({"op": 10, "s": null, "t": null, "d": {
            "heartbeat_interval": beat.as_millis(), "_trace": ["sandbox"],
        }});
        socket.send(Message::Text(hello.to_string())).await.ok()?;
        // A client that misses a beat and a half is taken for dead.
        let patience = beat + beat / 2;
        // By the machine's own time: what a test lets pass is no reason to break off.
        let clock = &self.inner.clock.clone();
        let mut heard = clock.now();
        loop {
            let left = patience.saturating_sub(clock.now().since(heard));
            tokio::select! {
                // What is due to the client goes out before a close that it has earned.
                biased;
                frame = frames.recv() => match frame? {
                    Down::Close(code, why) => return Some((code, why)),
                    Down::Text(_) if self.inner.world().sessions.silent => {}
                    Down::Text(text) => {
                        socket.send(Message::Text(text.to_string())).await.ok()?;
                    }
                },
                up = socket.next() => {
                    let text = match up?.ok()? {
                        Message::Text(text) => text,
                        Message::Close(farewell) => {
                            let code = farewell.map_or(1000, |frame| u16::from(frame.code));
                            // 1000 and 1001 end the session; any other code keeps it.
                            if matches!(code, 1000 | 1001) {
                                self.left();
                            }
                            continue;
                        }
                        Message::Binary(_) => return Some((4002, "Error while decoding payload.")),
                        _ => continue,
                    };
                    match self.hear(&text) {
                        Ok(true) => heard = clock.now(),
                        Ok(false) => self.inner.stir(),
                        Err(end) => return Some(end),
                    }
                }
                () = tokio::time::sleep(left) => {
                    self.left();
                    return Some((4009, "Session timed out."));
                }
            }
        }
    }

    /// Ends the session of a client that said goodbye or died; one that breaks off keeps it.
    fn left(&self) {
        if let Some(session) = &self.session {
            self.inner.world().sessions.end(session);
        }
    }

    /// Acts on one payload; says whether it was a heartbeat.
    fn hear(&mut self, text: &str) -> Result<bool, End> {
        self.count()?;
        if text.len() > PAYLOAD {
            return Err((4002, "Error while decoding payload."));
        }
        let payload: Value =
            serde_json::from_str(text).map_err(|_| (4002, "Error while decoding payload."))?;
        let data = &payload["d"];
        match payload["op"].as_u64() {
            Some(1) => {
                self.heartbeat();
                return Ok(true);
            }
            Some(2) => self.identify(data)?,
            Some(6) => self.resume(data)?,
            // Presence, voice state, members, soundboard: taken, without effect here.
            Some(3 | 4 | 8 | 31) if self.session.is_some() => {}
            Some(3 | 4 | 8 | 31) => return Err((4003, "Not authenticated.")),
            _ => return Err((4001, "Unknown opcode.")),
        }
        Ok(false)
    }

    fn count(&mut self) -> Result<(), End> {
        let now = self.inner.clock.now();
        if now.since(self.minute) > Duration::from_mins(1) {
            self.minute = now;
            self.payloads = 0;
        }
        self.payloads += 1;
        if self.payloads > PAYLOADS_A_MINUTE {
            return Err((4008, "You are being rate limited."));
        }
        Ok(())
    }

    fn heartbeat(&self) {
        let mut world = self.inner.world();
        if !world.sessions.no_acknowledgement {
            let acknowledged = json!({"op": 11, "d": null}).to_string();
            world
                .sessions
                .send(self.line, Down::Text(acknowledged.into()));
        }
    }

    fn identify(&mut self, data: &Value) -> Result<(), End> {
        let mut world = self.inner.world();
        self.must_be_new(&world.sessions)?;
        if let Some((code, left)) = world.sessions.refuse_identify.filter(|(_, left)| *left > 0) {
            world.sessions.refuse_identify = Some((code, left - 1));
            return Err((code, "As ordered."));
        }
        self.check_identify(data, world.privileged)?;
        let asked = data["intents"].as_u64().unwrap_or_default();
        let id = format!("{:016x}{:016x}", id::random(), id::random());
        world.sessions.begin(&id, self.line, asked);
        let guilds: Vec<Value> = world
            .guilds
            .keys()
            .map(|id| json!({"id": id.to_string(), "unavailable": true}))
            .collect();
        let application = wire::application(&world);
        let ready = json!({
            "v": 10, "user": wire::me(&world), "guilds": guilds, "session_id": id,
            "resume_gateway_url": self.inner.gateway_url(), "session_type": "normal",
            "shard": data.get("shard").cloned().unwrap_or_else(|| json!([0, 1])),
            "application": {"id": application["id"], "flags": application["flags"]},
            "private_channels": [], "presences": [], "relationships": [], "user_settings": {},
            "guild_join_requests": [], "geo_ordered_rtc_regions": [], "_trace": ["sandbox"],
        });
        world.sessions.dispatch_to(&id, "READY", &ready);
        if asked & intents::GUILDS != 0 {
            let guilds: Vec<Value> = world
                .guilds
                .values()
                .map(|guild| wire::whole_guild(&world, guild))
                .collect();
            for guild in guilds {
                world.sessions.dispatch_to(&id, "GUILD_CREATE", &guild);
            }
        }
        self.session = Some(id);
        Ok(())
    }

    /// A session that was declared invalid may be followed by another on the same connection.
    fn must_be_new(&self, sessions: &Sessions) -> Result<(), End> {
        match &self.session {
            Some(id) if sessions.carries(id, self.line) => Err((4005, "Already authenticated.")),
            _ => Ok(()),
        }
    }

    fn check_identify(&self, data: &Value, privileged: u64) -> Result<(), End> {
        let token = data["token"].as_str().unwrap_or_default();
        if token.strip_prefix("Bot ").unwrap_or(token) != self.inner.token {
            return Err((4004, "Authentication failed."));
        }
        if !data["properties"].is_object() {
            return Err((4002, "Error while decoding payload."));
        }
        if data
            .get("shard")
            .is_some_and(|shard| *shard != json!([0, 1]))
        {
            return Err((4010, "Invalid shard."));
        }
        match data["intents"].as_u64() {
            Some(asked) if asked & !intents::KNOWN == 0 => {
                if asked & intents::PRIVILEGED & !privileged == 0 {
                    Ok(())
                } else {
                    Err((4014, "Disallowed intent(s)."))
                }
            }
            _ => Err((4013, "Invalid intent(s).")),
        }
    }

    fn resume(&mut self, data: &Value) -> Result<(), End> {
        let mut world = self.inner.world();
        self.must_be_new(&world.sessions)?;
        let token = data["token"].as_str().unwrap_or_default();
        if token.strip_prefix("Bot ").unwrap_or(token) != self.inner.token {
            return Err((4004, "Authentication failed."));
        }
        let (Some(id), Some(seen)) = (data["session_id"].as_str(), data["seq"].as_u64()) else {
            return Err((4002, "Error while decoding payload."));
        };
        match world.sessions.resume(id, self.line, seen) {
            Ok(()) => self.session = Some(id.to_owned()),
            Err(CannotResume::BadSequence) => return Err((4007, "Invalid seq.")),
            Err(CannotResume::Invalid) => {
                let invalid = json!({"op": 9, "d": false, "s": null, "t": null}).to_string();
                world.sessions.send(self.line, Down::Text(invalid.into()));
            }
        }
        Ok(())
    }
}
