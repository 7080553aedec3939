//! From the gateway to the desk: a sign of life at once, then the event, in order, until it is
//! written down.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use serenity::http::{LightMethod, Route};
use serenity::model::channel::MessageFlags;
use serenity::model::id::{GuildId, InteractionId};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

use super::backoff::backoff;
use super::events::{Event, Me, Response};
use super::gateway::Gateway;
use super::rest::{CallError, Request, Rest};
use super::{menu, payload, window};
use crate::channel::window::may_open;
use crate::channel::{Inbound, Inbox, MenuEntry};

/// Events that wait for the desk. When there are more, we stop reading, and Discord keeps the rest
/// for the session.
const WAITING: usize = 1024;
/// Events that are committed together.
const TOGETHER: usize = 64;
/// How long a sign of life may take: Discord waits for 3 s, counted from when it sent the event.
const SIGN_OF_LIFE: Duration = Duration::from_millis(2700);
/// The pause before a sign of life is tried again.
const SIGN_AGAIN: Duration = Duration::from_millis(150);
/// "Interaction has already been acknowledged": an earlier attempt arrived.
const ALREADY: u64 = 40_060;
/// Attempts at handing over. With their waits they last about as long as an interaction's token
/// (15 minutes), after which nobody waits for the answer.
const ATTEMPTS: u32 = 100;
const LEAST_WAIT: Duration = Duration::from_millis(100);
const MOST_WAIT: Duration = Duration::from_secs(10);

/// Whom to ask for the window that an event opens.
pub(super) struct Opener {
    /// The desk.
    pub inbox: Inbox,
    /// The commands that there are.
    pub menu: Vec<MenuEntry>,
}

/// What became of a sign of life.
enum Signed {
    /// It was taken.
    Taken,
    /// It was not: there is nothing to answer to but the address.
    Lost,
    /// A window has opened, and that is all that follows.
    Opened,
}

/// An event on its way to the desk.
pub(super) struct Heard {
    events: Vec<Inbound>,
    /// What became of the sign of life, for those that need one.
    signed: Option<JoinHandle<Signed>>,
}

impl Heard {
    /// Starts the sign of life of an interaction at once.
    pub(super) fn from_event(event: Event, rest: &Arc<Rest>, opener: &Arc<Opener>) -> Self {
        match event {
            Event::Plain(events) => Self {
                events,
                signed: None,
            },
            Event::Interaction {
                interaction,
                token,
                response,
                events,
            } => {
                let opens = |it: &&Inbound| may_open(&it.act, &opener.menu);
                let asking = events.first().filter(opens).cloned();
                let (rest, opener) = (Arc::clone(rest), Arc::clone(opener));
                let signed = async move {
                    let window = match asking {
                        Some(event) => opener.inbox.window(event).await,
                        None => None,
                    };
                    let body = match &window {
                        Some(window) => window::opening(window),
                        None => sign_of_life(&response),
                    };
                    match sign(rest, interaction, token, &body).await {
                        true if window.is_some() => Signed::Opened,
                        true => Signed::Taken,
                        false => Signed::Lost,
                    }
                };
                Self {
                    events,
                    signed: Some(tokio::spawn(signed)),
                }
            }
        }
    }

    /// The events, once the sign of life is over.
    async fn ready(self) -> Vec<Inbound> {
        let mut events = self.events;
        if let Some(signed) = self.signed {
            match signed.await.unwrap_or(Signed::Lost) {
                Signed::Taken => {}
                Signed::Opened => events.clear(),
                Signed::Lost => events.iter_mut().for_each(|event| event.via = None),
            }
        }
        events
    }
}

/// Listens for ever; stops when dropped.
pub(super) async fn listen(
    rest: &Arc<Rest>,
    guild: Option<GuildId>,
    commands: &[MenuEntry],
    inbox: &Inbox,
) {
    let (heard, hear) = mpsc::channel(WAITING);
    let (me, mut known) = watch::channel(None);
    let menu = async {
        let me: Option<Me> = known
            .wait_for(Option::is_some)
            .await
            .ok()
            .and_then(|me| *me);
        if let Some(me) = me.filter(|_| !commands.is_empty()) {
            menu::register(rest, me.application, guild, commands).await;
        }
    };
    let opener = Arc::new(Opener {
        inbox: inbox.clone(),
        menu: commands.to_vec(),
    });
    let gateway = Gateway::new(Arc::clone(rest), (heard, me), opener);
    tokio::join!(gateway.keep_connected(), hand_on(hear, inbox), menu);
}

/// Responds; `false` when Discord did not take that in time.
async fn sign(rest: Arc<Rest>, interaction: InteractionId, token: String, body: &Value) -> bool {
    let body = serde_json::to_vec(body).ok();
    let mut patience = pin!(tokio::time::sleep(SIGN_OF_LIFE));
    loop {
        let request = Request {
            method: LightMethod::Post,
            route: Route::InteractionResponse {
                interaction_id: interaction,
                token: &token,
            },
            body: body.clone(),
            picture: None,
            exempt: true,
        };
        let answer = rest
            .call::<serde::de::IgnoredAny>(request, patience.as_mut())
            .await;
        match answer {
            Ok(_) | Err(CallError::Refused { code: ALREADY, .. }) => return true,
            Err(CallError::Unanswered(_) | CallError::NotWritten(_)) if !patience.is_elapsed() => {
                tokio::time::sleep(SIGN_AGAIN).await;
            }
            Err(error) => {
                tracing::warn!(%interaction, ?error, "discord: interaction not acknowledged");
                return false;
            }
        }
    }
}

fn sign_of_life(response: &Response) -> Value {
    match response {
        Response::Thinking { private: true } => {
            json!({"type": 5, "data": {"flags": MessageFlags::EPHEMERAL.bits()}})
        }
        Response::Thinking { private: false } => json!({"type": 5}),
        Response::Unseen => json!({"type": 6}),
        Response::Window { label, token } => payload::window(label, token),
    }
}

/// Hands events over in the order in which they came.
async fn hand_on(mut hear: mpsc::Receiver<Heard>, inbox: &Inbox) {
    let mut heard = Vec::with_capacity(TOGETHER);
    while hear.recv_many(&mut heard, TOGETHER).await > 0 {
        let mut events = vec![];
        for each in heard.drain(..) {
            events.extend(each.ready().await);
        }
        for together in events.chunks(TOGETHER) {
            hand_over(together, inbox).await;
        }
    }
}

async fn hand_over(events: &[Inbound], inbox: &Inbox) {
    for attempt in 0..ATTEMPTS {
        let Err(error) = inbox.hand_over(events.to_vec()).await else {
            return;
        };
        if attempt == 0 {
            tracing::warn!(%error, events = events.len(), "discord: events kept, trying again");
        }
        tokio::time::sleep(backoff(attempt, LEAST_WAIT, MOST_WAIT)).await;
    }
    for event in events {
        tracing::error!(
            id = event.id,
            "discord: event given up, it could not be written down"
        );
    }
}
