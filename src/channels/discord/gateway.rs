//! The gateway: one session kept up for ever, resumed where it can be, begun anew where it must.
//!
//! Our own thin loop and not serenity's: that one hands events on out of order, lives on when its
//! owner is dropped, falls back to the official gateway when the configured one is away, and logs
//! what people wrote. Types and numbers are serenity's.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use secrecy::ExposeSecret;
use serde::Deserialize;
use serde_json::json;
use serde_json::value::RawValue;
use serenity::http::{LightMethod, Route};
use serenity::model::gateway::GatewayIntents;
use serenity::model::id::{ApplicationId, UserId};
use tokio::sync::{mpsc, watch};

use super::backoff::backoff;
use super::events::{Me, Origin, WithId, understand};
use super::listen::{Heard, Opener};
use super::places::Places;
use super::rest::{CallError, Request, Rest};
use super::socket::{Frame, Received, Socket};
use crate::base::clock::Clock;

/// The gateway's operations ("Gateway Opcodes").
mod op {
    pub const DISPATCH: u8 = 0;
    pub const HEARTBEAT: u8 = 1;
    pub const IDENTIFY: u8 = 2;
    pub const RESUME: u8 = 6;
    pub const RECONNECT: u8 = 7;
    pub const INVALID_SESSION: u8 = 9;
    pub const HELLO: u8 = 10;
    pub const HEARTBEAT_ACK: u8 = 11;
}

/// What we ask to hear of.
pub(super) const INTENTS: GatewayIntents = GatewayIntents::GUILDS
    .union(GatewayIntents::GUILD_MESSAGES)
    .union(GatewayIntents::DIRECT_MESSAGES);
/// The time for the gateway to say hello, and for the call that asks for its address.
const HELLO: Duration = Duration::from_secs(15);
/// The first wait after a connection that ended.
const LEAST_WAIT: Duration = Duration::from_millis(250);
/// The longest wait while there is no connection.
const MOST_WAIT: Duration = Duration::from_secs(30);
/// The longest wait when sessions begin and break: 1,000 may be begun in a day.
const MOST_WAIT_IDENTIFIED: Duration = Duration::from_mins(2);
/// The wait when only the operator can help.
const SLOW: Duration = Duration::from_mins(5);
/// The attempt to go on from after a session was declared invalid: a second or more.
const AFTER_INVALID: u32 = 3;

/// How a connection ended.
#[derive(Debug)]
enum Ended {
    /// For the log; back off, then go on.
    For(String),
    /// The session is not valid any more.
    Invalid,
    /// Only the operator can help.
    Hopeless(&'static str),
}

/// What a session is resumed from.
struct Session {
    id: String,
    /// Where to resume it; the general address once that failed.
    address: Option<String>,
    seq: u64,
}

/// One bot's connection to the gateway.
pub(super) struct Gateway {
    rest: Arc<Rest>,
    heard: mpsc::Sender<Heard>,
    opener: Arc<Opener>,
    me: watch::Sender<Option<Me>>,
    places: Places,
    session: Option<Session>,
    clock: Clock,
    /// Attempts since a connection last held.
    attempts: u32,
    identified: bool,
}

#[derive(Deserialize)]
struct Address {
    url: String,
}

#[derive(Deserialize)]
struct Hello {
    heartbeat_interval: u64,
}

#[derive(Deserialize)]
struct Ready {
    session_id: String,
    resume_gateway_url: Option<String>,
    user: WithId<UserId>,
    application: WithId<ApplicationId>,
}

impl Gateway {
    /// Events go to `heard`; who we are, once it is known, to `me`.
    pub(super) fn new(
        rest: Arc<Rest>,
        (heard, me): (mpsc::Sender<Heard>, watch::Sender<Option<Me>>),
        opener: Arc<Opener>,
    ) -> Self {
        Self {
            rest,
            heard,
            opener,
            me,
            places: Places::default(),
            session: None,
            clock: Clock::system(),
            attempts: 0,
            identified: false,
        }
    }

    /// Connects, and connects again whatever happens.
    pub(super) async fn keep_connected(mut self) {
        loop {
            self.identified = false;
            let wait = match self.connection().await {
                Ok(never) => match never {},
                Err(Ended::For(why)) => {
                    tracing::warn!(
                        why,
                        attempts = self.attempts,
                        "discord: gateway lost, reconnecting"
                    );
                    self.next_wait()
                }
                Err(Ended::Invalid) => {
                    tracing::info!("discord: session is not valid any more, beginning a new one");
                    self.session = None;
                    self.attempts = self.attempts.max(AFTER_INVALID - 1);
                    self.next_wait()
                }
                Err(Ended::Hopeless(why)) => {
                    tracing::error!(why, "discord: nothing is received until this is mended");
                    self.session = None;
                    SLOW
                }
            };
            tokio::time::sleep(wait).await;
        }
    }

    fn next_wait(&mut self) -> Duration {
        let most = if self.identified {
            MOST_WAIT_IDENTIFIED
        } else {
            MOST_WAIT
        };
        let wait = backoff(self.attempts, LEAST_WAIT, most);
        self.attempts = self.attempts.saturating_add(1);
        wait
    }

    /// One connection from its opening to its end.
    async fn connection(&mut self) -> Result<std::convert::Infallible, Ended> {
        let mut socket = self.open().await?;
        let beat = hello(&mut socket).await?;
        self.introduce(&mut socket).await?;
        let mut acknowledged = true;
        let mut room = None;
        // The first beat comes at a random moment, so that a restarted gateway is not flooded.
        let mut next_beat = pin!(tokio::time::sleep(beat.mul_f64(rand::random())));
        loop {
            tokio::select! {
                biased;
                () = &mut next_beat => {
                    // Without room we do not read, and cannot have seen the acknowledgement.
                    if !acknowledged && room.is_some() {
                        return Err(Ended::For("the gateway stopped answering".to_owned()));
                    }
                    self.beat(&mut socket).await?;
                    acknowledged = false;
                    next_beat.set(tokio::time::sleep(beat));
                }
                permit = self.heard.clone().reserve_owned(), if room.is_none() => {
                    room = permit.ok();
                    if room.is_none() {
                        return Err(Ended::For("nobody listens".to_owned()));
                    }
                }
                received = socket.receive(), if room.is_some() => {
                    let frame = match received {
                        Received::Frame(frame) => frame,
                        Received::Closed(code) => return Err(closed(code)),
                        Received::Broken(why) => return Err(Ended::For(why)),
                    };
                    match frame.op {
                        op::DISPATCH => {
                            if let Some(heard) = self.dispatch(frame)
                                && let Some(room) = room.take()
                            {
                                room.send(heard);
                            }
                        }
                        op::HEARTBEAT => self.beat(&mut socket).await?,
                        op::HEARTBEAT_ACK => {
                            acknowledged = true;
                            self.attempts = 0;
                        }
                        op::RECONNECT => {
                            return Err(Ended::For("the gateway asked to reconnect".to_owned()));
                        }
                        op::INVALID_SESSION if resumable(&frame) => {
                            return Err(Ended::For("the gateway asked to resume".to_owned()));
                        }
                        op::INVALID_SESSION => return Err(Ended::Invalid),
                        _ => {}
                    }
                }
            }
        }
    }

    async fn open(&mut self) -> Result<Socket, Ended> {
        let resumed_at = (self.session.as_mut()).and_then(|session| session.address.take());
        let address = match &resumed_at {
            Some(address) => address.clone(),
            None => self.address().await?,
        };
        let socket = Socket::open(&self.rest.client, &address).await;
        if let (Ok(_), Some(session)) = (&socket, &mut self.session) {
            session.address = resumed_at;
        }
        socket.map_err(Ended::For)
    }

    /// Where the gateway is, as the REST API says.
    async fn address(&self) -> Result<String, Ended> {
        let request = Request {
            method: LightMethod::Get,
            route: Route::Gateway,
            body: None,
            picture: None,
            exempt: false,
        };
        let patience = pin!(tokio::time::sleep(HELLO));
        let address: Address =
            (self.rest.call(request, patience).await).map_err(|error| match error {
                CallError::Refused { status: 401, .. } => Ended::Hopeless(BAD_TOKEN),
                error => Ended::For(format!("the gateway's address is not known: {error:?}")),
            })?;
        Ok(address.url)
    }

    /// RESUME where there is a session, else IDENTIFY.
    async fn introduce(&mut self, socket: &mut Socket) -> Result<(), Ended> {
        let token = self.rest.token.expose_secret();
        let (op, data) = if let Some(session) = &self.session {
            let data = json!({"token": token, "session_id": session.id, "seq": session.seq});
            (op::RESUME, data)
        } else {
            self.identified = true;
            let data = json!({
                "token": token,
                "intents": INTENTS.bits(),
                "properties": {"os": std::env::consts::OS, "browser": "glas", "device": "glas"},
            });
            (op::IDENTIFY, data)
        };
        socket.send(op, data).await.map_err(Ended::For)
    }

    async fn beat(&self, socket: &mut Socket) -> Result<(), Ended> {
        let seq = self.session.as_ref().map(|session| session.seq);
        (socket.send(op::HEARTBEAT, json!(seq)).await).map_err(Ended::For)
    }

    /// Takes note of an event; what concerns the desk is returned.
    fn dispatch(&mut self, frame: Frame) -> Option<Heard> {
        let (name, data) = (frame.t?, frame.d?);
        if name == "READY" {
            self.ready(&data);
        }
        let session = self.session.as_mut()?;
        session.seq = frame.s.unwrap_or(session.seq);
        if name == "RESUMED" {
            tracing::info!("discord: session resumed");
        }
        let me = (*self.me.borrow())?;
        let origin = Origin {
            me,
            session: &session.id,
            seq: session.seq,
            at: self.clock.now(),
        };
        let event = understand(&name, data.get(), &origin, &mut self.places)?;
        Some(Heard::from_event(event, &self.rest, &self.opener))
    }

    fn ready(&mut self, data: &RawValue) {
        match serde_json::from_str::<Ready>(data.get()) {
            Ok(ready) => {
                tracing::info!("discord: session begun");
                self.session = Some(Session {
                    id: ready.session_id,
                    address: ready.resume_gateway_url,
                    seq: 0,
                });
                self.me.send_replace(Some(Me {
                    user: ready.user.id,
                    application: ready.application.id,
                }));
            }
            Err(error) => tracing::warn!(%error, "discord: READY could not be read"),
        }
    }
}

const BAD_TOKEN: &str =
    "the token is refused; put the one from the page \"Bot\" of your application in its place";

/// Waits for HELLO and returns how often to send a heartbeat.
async fn hello(socket: &mut Socket) -> Result<Duration, Ended> {
    let silent = || Ended::For("the gateway did not say hello".to_owned());
    match tokio::time::timeout(HELLO, socket.receive()).await {
        Ok(Received::Frame(Frame {
            op: op::HELLO,
            d: Some(data),
            ..
        })) => {
            let hello: Hello = serde_json::from_str(data.get()).map_err(|_| silent())?;
            Ok(Duration::from_millis(
                hello.heartbeat_interval.clamp(20, 600_000),
            ))
        }
        _ => Err(silent()),
    }
}

fn resumable(frame: &Frame) -> bool {
    (frame.d.as_ref()).is_some_and(|data| data.get().trim() == "true")
}

/// What follows from the code with which the gateway hung up ("Gateway Close Event Codes").
fn closed(code: Option<u16>) -> Ended {
    match code {
        Some(4004) => Ended::Hopeless(BAD_TOKEN),
        Some(4010 | 4011) => Ended::Hopeless(
            "the bot is in so many servers that its connection would have to be divided; leave some",
        ),
        Some(4012) => {
            Ended::Hopeless("this version of the gateway is no more; a newer Glas is needed")
        }
        Some(4013 | 4014) => Ended::Hopeless(
            "the gateway refuses our intents, none of which is privileged; look at the bot's page at Discord",
        ),
        Some(4003 | 4007 | 4009) => Ended::Invalid,
        Some(code) => Ended::For(format!("the gateway hung up with code {code}")),
        None => Ended::For("the gateway hung up".to_owned()),
    }
}
