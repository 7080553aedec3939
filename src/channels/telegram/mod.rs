//! Telegram through the Bot API: `sendMessage` and `editMessageText` out, long polling in.
//!
//! teloxide names the methods and their parameters; the calls are our own, because only those let
//! an urgent message pass and a 429 be read. What comes in is read from the fields that we use and
//! no others: a text with a kind of formatting that a library does not know yet must still arrive.

mod api;
mod check;
mod compose;
mod fate;
mod listen;
mod media;
mod membership;
mod menu;
mod photo;
mod update;

use std::path::PathBuf;

use async_trait::async_trait;
use secrecy::SecretString;
use serde::Deserialize;
use serde::de::IgnoredAny;
use teloxide::payloads::EditMessageText;
use url::Url;

use crate::channel::{Channel, Inbox, MenuEntry, Parcel, Rates, Receipt, SendError};
use crate::config::telegram::TelegramSettings;
use crate::message::limits::{Limits, Repeat, Showing, measure_utf16};
use crate::message::{Arg, Key, Words, say, say_with};
use api::{Api, Bounds};

/// The channel's name everywhere.
pub const NAME: &str = "telegram";

/// The most UTF-16 units of a message (Bot API `sendMessage`).
const LONGEST_TEXT: usize = 4096;
/// The most UTF-16 units beside a picture (Bot API `sendPhoto`).
const LONGEST_CAPTION: usize = 1024;
/// The most UTF-16 units of a title; ours, about three lines on a phone.
const LONGEST_TITLE: usize = 200;

/// The Telegram channel: one bot token.
#[derive(Debug)]
pub struct Telegram {
    api: Api,
    limits: Limits,
    rates: Rates,
    menu: Vec<MenuEntry>,
}

/// Why the channel cannot be set up from what was given.
#[derive(Debug, thiserror::Error)]
pub enum SetUpError {
    /// Not `digits:secret`.
    #[error("the token is not of the form digits:secret")]
    Token,
    /// Not an http or https address with a host.
    #[error("api_url {0} is not an http or https address")]
    Address(Url),
    /// The certificates could not be read.
    #[error("ca_file {0}: {1}")]
    CaFile(PathBuf, String),
    /// The HTTP client could not be made.
    #[error("no HTTP client: {0}")]
    Client(String),
}

impl SetUpError {
    /// What is wrong and what to do, for the operator.
    #[must_use]
    pub fn words(&self) -> Words {
        let text = |text: &dyn ToString| Arg::Text(text.to_string());
        match self {
            Self::Token => say("channel-telegram-token"),
            Self::Address(url) => say_with("channel-telegram-address", [("url", text(url))]),
            Self::CaFile(file, why) => say_with(
                "channel-telegram-ca-file",
                [("file", text(&file.display())), ("why", text(why))],
            ),
            Self::Client(why) => say_with("channel-telegram-client", [("why", text(why))]),
        }
    }
}

impl Telegram {
    /// A channel that speaks for the bot of `token` and shows `menu` there. Makes no connection.
    ///
    /// # Errors
    /// A [`SetUpError`]; whether the token is the right one is found out by listening.
    pub fn new(
        settings: &TelegramSettings,
        token: SecretString,
        menu: Vec<MenuEntry>,
    ) -> Result<Self, SetUpError> {
        Ok(Self {
            api: Api::new(settings, token)?,
            limits: limits(),
            rates: rates(settings),
            menu,
        })
    }
}

impl Telegram {
    /// Changes what a message says, `beside` a picture or alone; whether that counts as done, or
    /// why it did not come about. `None` where only a new message can say it.
    async fn change(
        &self,
        request: EditMessageText,
        beside: bool,
        parcel: &Parcel<'_>,
    ) -> Option<Result<(), SendError>> {
        let (method, request) = if beside {
            // The picture that the message has stays; what is said beside it changes.
            ("editMessageCaption", photo::edit_caption(request))
        } else {
            let request = serde_json::to_value(request).unwrap_or_default();
            ("editMessageText", request)
        };
        let call = self.api.call::<IgnoredAny>(method, &request, Bounds::BRIEF);
        match call.await {
            Ok(_) => Some(Ok(())),
            Err(error) => fate::of_edit(&error, self.is_group(parcel.to)),
        }
    }
}

fn rates(settings: &TelegramSettings) -> Rates {
    Rates {
        all_per_second: f64::from(settings.rate),
        person_per_second: f64::from(settings.chat_rate),
        group_per_minute: f64::from(settings.group_rate),
        connections: usize::from(settings.connections.get()),
        exclusive: true,
    }
}

/// What the Bot API can show.
#[must_use]
pub fn limits() -> Limits {
    Limits {
        measure: measure_utf16,
        text: Some(LONGEST_TEXT),
        titled_text: Some(LONGEST_TEXT - LONGEST_TITLE - compose::BELOW_TITLE.len()),
        title: LONGEST_TITLE,
        // The Bot API takes 100 buttons, 8 in a row; a phone shows about this much of a label.
        button_rows: 30,
        button_columns: 3,
        label: 64,
        list: 0,
        answers: 12,
        shares: true,
        types: false,
        changes: true,
        pictures: Some(Showing {
            caption: Some(LONGEST_CAPTION),
            keeps: true,
        }),
        repeat: Repeat::Visible,
    }
}

/// The part of a sent `Message` that makes its receipt.
#[derive(Deserialize)]
struct SentMessage {
    message_id: i64,
    chat: SentTo,
}

#[derive(Deserialize)]
struct SentTo {
    id: i64,
}

#[async_trait]
impl Channel for Telegram {
    fn name(&self) -> &'static str {
        NAME
    }

    fn limits(&self) -> &Limits {
        &self.limits
    }

    fn rates(&self) -> Rates {
        self.rates
    }

    async fn send(&self, parcel: &Parcel<'_>) -> Result<Receipt, SendError> {
        let rejected = |why: &str| SendError::Rejected {
            why: why.to_owned(),
        };
        let to = compose::recipient(parcel.to)
            .map_err(|_| rejected("the handle is neither a chat id nor a public name"))?;
        let part = (parcel.rendering.parts.get(parcel.part))
            .ok_or_else(|| rejected("the letter has no such part"))?;
        if let Some(receipt) = parcel.replacing.filter(|_| parcel.part == 0)
            && let Some(request) = compose::edit_message(part, &to, receipt)
        {
            let beside = part.picture.is_some();
            if let Some(fate) = self.change(request, beside, parcel).await {
                return fate.map(|()| parcel.as_it_stands());
            }
        }
        let request = compose::send_message(part, to, parcel.reply_to);
        if let Some(picture) = parcel.picture.filter(|_| part.picture.is_some())
            && let Some(done) = self.photo(&request, picture, parcel).await
        {
            return done;
        }
        self.api
            .call("sendMessage", &request, Bounds::BRIEF)
            .await
            .map(|sent: SentMessage| compose::receipt(sent.chat.id, sent.message_id))
            .map_err(|error| fate::of(&error, self.is_group(parcel.to)))
    }

    async fn mark(&self, parcel: &Parcel<'_>) -> Result<Receipt, SendError> {
        let stands = || parcel.as_it_stands();
        let to = compose::recipient(parcel.to);
        let part = parcel.rendering.parts.get(parcel.part);
        let (Ok(to), Some(part), Some(receipt)) = (to, part, parcel.replacing) else {
            return Ok(stands());
        };
        // A picture that was refused left the text alone.
        let ways: &[bool] = if part.picture.is_some() {
            &[true, false]
        } else {
            &[false]
        };
        for beside in ways {
            let Some(request) = compose::edit_message(part, &to, receipt) else {
                break;
            };
            if let Some(fate) = self.change(request, *beside, parcel).await {
                return fate.map(|()| stands());
            }
        }
        Ok(stands())
    }

    async fn listen(&self, inbox: Inbox) {
        listen::listen(&self.api, &self.menu, &inbox).await;
    }

    fn is_group(&self, handle: &str) -> bool {
        is_group(handle)
    }
}

/// Ids of groups and channels are negative, public names belong to channels and groups.
#[must_use]
pub fn is_group(handle: &str) -> bool {
    handle.starts_with(['-', '@'])
}

/// A chat id in decimal, or the public name of a channel in lower case.
///
/// # Errors
/// The message that says what is expected.
pub fn parse_handle(text: &str) -> Result<String, Key> {
    let text = text.trim();
    let handle = match text.strip_prefix('@') {
        Some(name) if is_public_name(name) => Some(text.to_ascii_lowercase()),
        Some(_) => None,
        None => text
            .parse::<i64>()
            .ok()
            .filter(|id| *id != 0)
            .map(|id| id.to_string()),
    };
    handle.ok_or(Key("channel-telegram-handle"))
}

/// 4 to 32 letters, digits and underscores, the first a letter.
fn is_public_name(name: &str) -> bool {
    (4..=32).contains(&name.len())
        && name.starts_with(|first: char| first.is_ascii_alphabetic())
        && (name.bytes()).all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}
