//! Long polling: an update counts as received only after the desk has committed it.

use std::time::Duration;

use futures_util::StreamExt as _;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;
use teloxide::payloads::{AnswerCallbackQuery, DeleteWebhook, GetMe, GetUpdates, GetWebhookInfo};
use teloxide::types::{AllowedUpdate, CallbackQueryId};
use tokio::sync::mpsc;
use tokio::time::sleep;

use super::api::{Api, Bounds, CallError};
use super::menu;
use super::update::{self, Heard};
use crate::base::clock::Clock;
use crate::channel::{Inbound, Inbox, MenuEntry};

/// The kinds of updates that we ask for.
pub(super) const WANTED: [AllowedUpdate; 3] = [
    AllowedUpdate::Message,
    AllowedUpdate::CallbackQuery,
    AllowedUpdate::MyChatMember,
];
/// How long the Bot API may hold a poll open when nothing happens, in seconds.
const HOLD: u32 = 50;
/// A poll may bring many updates, and is held open: ten seconds more than it should be is enough.
const POLL: Bounds = Bounds {
    patience: Duration::from_mins(1),
    answer: 4 * 1024 * 1024,
};
/// The most updates asked for at once, which is the most that the Bot API gives: nothing more can
/// be fetched before these are committed.
const BATCH: u8 = 100;
/// The longest pause between attempts, and the pause while the token is refused.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// The first pause, doubled with every failure in a row.
const FIRST_PAUSE: Duration = Duration::from_millis(500);
/// Presses that wait for their answer; past this they go without (the button stops by itself).
const WAITING_PRESSES: usize = 256;
/// Presses answered at the same time.
const ANSWERED_AT_ONCE: usize = 8;

/// Listens for ever: polls, hands on, reconnects, and answers presses beside that.
pub(super) async fn listen(api: &Api, menu: &[MenuEntry], inbox: &Inbox) {
    let (presses, waiting) = mpsc::channel(WAITING_PRESSES);
    let listener = Listener {
        api,
        menu,
        inbox,
        presses,
        username: None,
        menu_is_due: !menu.is_empty(),
        offset: None,
        batch: BATCH,
        pause: Pause::default(),
        trouble: None,
    };
    tokio::join!(listener.run(), answer_presses(api, waiting));
}

struct Listener<'a> {
    api: &'a Api,
    menu: &'a [MenuEntry],
    inbox: &'a Inbox,
    presses: mpsc::Sender<String>,
    /// The bot's own name; `None` until the connection is set up.
    username: Option<String>,
    menu_is_due: bool,
    offset: Option<i32>,
    batch: u8,
    pause: Pause,
    /// What is wrong at present, so that it is logged once and not at every attempt.
    trouble: Option<Trouble>,
}

#[derive(Debug, PartialEq, Eq)]
enum Trouble {
    TokenRefused,
    Conflict,
    Unreachable,
    Refused(u16),
}

#[derive(Deserialize)]
struct Me {
    #[serde(default)]
    username: String,
}

#[derive(Deserialize)]
struct WebhookInfo {
    #[serde(default)]
    url: String,
}

impl Listener<'_> {
    async fn run(mut self) {
        loop {
            let went = match self.username.clone() {
                None => self.set_up().await,
                Some(username) => self.poll(&username).await,
            };
            if let Err(error) = went {
                self.rest_after(&error).await;
            }
        }
    }

    /// Learns our own name and makes sure that updates come by polling.
    async fn set_up(&mut self) -> Result<(), CallError> {
        let me: Me = self.api.call("getMe", &GetMe::new(), Bounds::BRIEF).await?;
        let webhook: WebhookInfo = self
            .api
            .call("getWebhookInfo", &GetWebhookInfo::new(), Bounds::BRIEF)
            .await?;
        if !webhook.url.is_empty() {
            tracing::warn!(
                channel = super::NAME,
                "a webhook was set; removing it, because updates are fetched by polling"
            );
            self.api
                .call::<IgnoredAny>("deleteWebhook", &DeleteWebhook::new(), Bounds::BRIEF)
                .await?;
        }
        self.show_menu().await;
        self.username = Some(me.username);
        Ok(())
    }

    async fn poll(&mut self, username: &str) -> Result<(), CallError> {
        let request = GetUpdates {
            offset: self.offset,
            limit: Some(self.batch),
            timeout: Some(HOLD),
            allowed_updates: Some(WANTED.to_vec()),
        };
        let updates: Vec<Box<RawValue>> = self.api.call("getUpdates", &request, POLL).await?;
        self.batch = BATCH;
        self.pause.reset();
        if self.trouble.take().is_some() {
            tracing::info!(channel = super::NAME, "listening again");
        }
        if updates.is_empty() {
            // Everything is confirmed by now. Starting afresh matters after a quiet week, when
            // Telegram numbers the next update at random, perhaps below our offset.
            self.offset = None;
            self.show_menu().await;
            return Ok(());
        }
        self.take(&updates, username).await
    }

    /// Hands updates on until they are committed, and only then moves the offset past them.
    async fn take(&mut self, updates: &[Box<RawValue>], username: &str) -> Result<(), CallError> {
        let now = Clock::system().now();
        let (mut last, mut events, mut pressed) = (None, vec![], vec![]);
        for update in updates {
            let id = match update::read(update.get(), username, now) {
                Ok(Heard {
                    id,
                    event,
                    pressed: press,
                }) => {
                    events.extend(event);
                    pressed.extend(press);
                    Some(id)
                }
                Err(unreadable) => {
                    tracing::warn!(
                        channel = super::NAME,
                        update = unreadable.id,
                        why = unreadable.why,
                        "skipping an update that cannot be read"
                    );
                    unreadable.id
                }
            };
            last = last.max(id);
        }
        let Some(last) = last else {
            return Err(CallError::Unanswered("updates without a number".to_owned()));
        };
        self.hand_over(events).await;
        self.offset = Some(last.saturating_add(1));
        for press in pressed {
            // A full queue costs the person a turning button, nothing else.
            let _ = self.presses.try_send(press);
        }
        Ok(())
    }

    async fn hand_over(&self, events: Vec<Inbound>) {
        let mut pause = Pause::default();
        while !events.is_empty() {
            let Err(not_taken) = self.inbox.hand_over(events.clone()).await else {
                return;
            };
            tracing::warn!(
                channel = super::NAME,
                events = events.len(),
                why = %not_taken,
                "events are kept and offered again"
            );
            sleep(pause.next()).await;
        }
    }

    /// Shows the bot's menu when that is still to be done; listening does not depend on it.
    async fn show_menu(&mut self) {
        if !self.menu_is_due {
            return;
        }
        self.menu_is_due = match menu::show(self.api, self.menu).await {
            Ok(()) => false,
            Err(error) => {
                tracing::warn!(channel = super::NAME, why = error.why(), "no menu for now");
                // A menu that is refused as such will be refused again.
                !matches!(&error, CallError::Refused(no) if no.code == 400)
            }
        };
    }

    async fn rest_after(&mut self, error: &CallError) {
        let trouble = Trouble::of(error);
        if self.trouble.as_ref() != Some(&trouble) {
            trouble.log(error);
        }
        let pause = self.pause.next();
        let pause = match error {
            CallError::TooLarge => {
                // One at a time, so that one monstrous update does not hold up the others.
                self.batch = 1;
                pause
            }
            CallError::Refused(no) => no.retry_after.unwrap_or(pause),
            _ => pause,
        };
        if trouble == Trouble::Conflict {
            // Perhaps it is a webhook and not another process: look again.
            self.username = None;
        }
        sleep(if trouble == Trouble::TokenRefused {
            LONGEST_PAUSE
        } else {
            pause
        })
        .await;
        self.trouble = Some(trouble);
    }
}

impl Trouble {
    fn of(error: &CallError) -> Self {
        match error {
            CallError::Refused(no) => match no.code {
                401 | 404 => Self::TokenRefused,
                409 => Self::Conflict,
                code => Self::Refused(code),
            },
            CallError::Foreign(status) => Self::Refused(*status),
            _ => Self::Unreachable,
        }
    }

    fn log(&self, error: &CallError) {
        let (channel, why) = (super::NAME, error.why());
        match self {
            Self::TokenRefused => tracing::error!(
                channel,
                why,
                "token refused: nothing is heard until GLAS_TELEGRAM_TOKEN holds the token that \
                 @BotFather shows"
            ),
            Self::Conflict => tracing::error!(
                channel,
                why,
                "another process fetches this bot's updates: stop it, one token has one listener"
            ),
            Self::Unreachable | Self::Refused(_) => {
                tracing::warn!(channel, why, "not listening for now, trying again");
            }
        }
    }
}

/// Pauses that double from half a second to half a minute, each shortened by up to a half at
/// random, so that many bots do not return at the same moment.
#[derive(Debug, Default)]
struct Pause {
    failures: u32,
}

impl Pause {
    fn next(&mut self) -> Duration {
        let whole = FIRST_PAUSE
            .saturating_mul(1 << self.failures.min(10))
            .min(LONGEST_PAUSE);
        self.failures = self.failures.saturating_add(1);
        whole.mul_f64(rand::random_range(0.5..=1.0))
    }

    fn reset(&mut self) {
        self.failures = 0;
    }
}

async fn answer_presses(api: &Api, mut waiting: mpsc::Receiver<String>) {
    futures_util::stream::poll_fn(|context| waiting.poll_recv(context))
        .for_each_concurrent(ANSWERED_AT_ONCE, |press| async move {
            let request = AnswerCallbackQuery::new(CallbackQueryId(press));
            let answered = api
                .call::<IgnoredAny>("answerCallbackQuery", &request, Bounds::BRIEF)
                .await;
            if let Err(error) = answered {
                // Usually too old to be answered: the button has stopped turning by itself.
                tracing::debug!(
                    channel = super::NAME,
                    why = error.why(),
                    "press not answered"
                );
            }
        })
        .await;
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{LONGEST_PAUSE, Pause};

    #[test]
    fn pauses_grow_and_stay_bounded() {
        let mut pause = Pause::default();
        assert!(pause.next() <= Duration::from_millis(500));
        for _ in 0..100 {
            assert!(pause.next() <= LONGEST_PAUSE);
        }
        assert!(pause.next() >= LONGEST_PAUSE / 2);
    }
}
