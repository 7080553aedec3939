//! The seam between the bot and a network: what comes in, what goes out, and how sending fails.

pub mod window;

use std::collections::BTreeMap;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use tokio::sync::{mpsc, oneshot};

use crate::base::clock::Millis;
use crate::base::point::Point;
use crate::message::layout::Part;
use crate::message::limits::Limits;
use crate::message::{Lang, Letter, Token};

/// A network that carries letters. Implementations live in `channels/` and nowhere else.
#[async_trait]
pub trait Channel: Send + Sync {
    /// The name that configuration, database and reports use: `telegram`.
    fn name(&self) -> &'static str;

    /// What it can carry.
    fn limits(&self) -> &Limits;

    /// How fast it may be used.
    fn rates(&self) -> Rates;

    /// How many deliveries may be unacknowledged at once in one process.
    fn window(&self) -> usize {
        self.rates().window()
    }

    /// How a letter looks here, to be done once per letter and language. The usual way is
    /// [`crate::message::layout::lay_out`] with [`Channel::limits`].
    fn render(&self, letter: &Letter<String>, lang: Lang) -> Rendering {
        Rendering {
            parts: crate::message::layout::lay_out(letter, self.limits()),
            letter: letter.clone(),
            lang,
        }
    }

    /// Sends one part to one address. Ends within 15 s on every network whose protocol allows
    /// it (SMTP's final dot may take 10 min, RFC 5321 §4.5.3.2.6).
    ///
    /// # Errors
    /// A [`SendError`] that says what to do next.
    async fn send(&self, parcel: &Parcel<'_>) -> Result<Receipt, SendError>;

    /// Makes [`Parcel::replacing`] say from now on what the part says, without a sound, where the
    /// network can change a message ([`Limits::changes`]). One that says so already, is too old or
    /// is no more stays as it is, and nothing new is sent in its place.
    ///
    /// # Errors
    /// As [`Channel::send`].
    async fn mark(&self, parcel: &Parcel<'_>) -> Result<Receipt, SendError> {
        Ok(parcel.as_it_stands())
    }

    /// Listens until the process ends, handing on events and reconnecting by itself. A channel
    /// that only sends waits for ever.
    async fn listen(&self, inbox: Inbox);

    /// Whether the address stands for a group or a public channel and not for one person.
    fn is_group(&self, handle: &str) -> bool;
}

/// A letter made ready for a channel in one language, shared by all who get it.
#[derive(Debug, Clone)]
pub struct Rendering {
    /// The messages it takes, in order; at least one.
    pub parts: Vec<Part>,
    /// The worded letter itself, for channels whose form is not the laid-out text (mail's HTML).
    pub letter: Letter<String>,
    /// The language of the words.
    pub lang: Lang,
}

/// One part on its way to one address.
#[derive(Debug)]
pub struct Parcel<'a> {
    /// What to send.
    pub rendering: &'a Rendering,
    /// Which part of it.
    pub part: usize,
    /// The address, in the channel's canonical form.
    pub to: &'a str,
    /// A way to answer one event (a Discord interaction token); tried before `to`.
    pub via: Option<&'a str>,
    /// The receipt of the message that this one belongs under.
    pub reply_to: Option<&'a str>,
    /// The same for every attempt at this part for this address: 1 to 25 characters of
    /// `[A-Za-z0-9]`. Discord's nonce, the left side of a Message-ID.
    pub nonce: &'a str,
    /// The same left side for the message that this one belongs under.
    pub thread: Option<&'a str>,
    /// When the letter was written; the Date of a mail, equal in every attempt.
    pub dated: Millis,
    /// Whether the letter went out to many (List-Id, one-click) or answers one person.
    pub bulk: bool,
    /// Our id of the address, and the generation of its personal links.
    pub address: (i64, i64),
    /// The receipt of the message that this one takes the place of: it is changed where the
    /// network can do that. Where it cannot, or the message is no more, a new one is sent.
    pub replacing: Option<&'a str>,
    /// The picture of this part; `None` where it has none or it could not be had, and then the
    /// part goes without.
    pub picture: Option<&'a Carried>,
}

impl Parcel<'_> {
    /// The receipt of the message that stands already.
    #[must_use]
    pub fn as_it_stands(&self) -> Receipt {
        Receipt {
            message: self.replacing.unwrap_or_default().to_owned(),
            picture: None,
        }
    }
}

/// A picture on its way.
#[derive(Debug, Clone)]
pub struct Carried {
    /// What it holds, as PNG.
    pub bytes: Bytes,
    /// What the network called it when it was handed over before.
    pub known: Option<String>,
}

/// A network's word that it has taken a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// What the network calls the message, enough to answer or edit it later: `chat:message`
    /// where the message's own number is not enough.
    pub message: String,
    /// What the network calls the picture that it was handed, where it keeps pictures.
    pub picture: Option<String>,
}

/// Why a message was not taken, by what follows from it (`outbox::fate`).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// It may work later: back off and try again until the letter expires.
    #[error("for now: {why}")]
    Transient {
        /// What happened, for the operator.
        why: String,
    },
    /// Too fast: pause for this long; costs no attempt.
    #[error("too fast, wait {retry_after:?}")]
    Limited {
        /// As the network says it.
        retry_after: Duration,
        /// Whether the whole bot is meant and not this chat alone.
        everyone: bool,
    },
    /// This address is no more: blocked, deleted, no such user.
    #[error("recipient gone: {why}")]
    Gone {
        /// What happened, for the operator.
        why: String,
    },
    /// The address has a new name; write it down and send there now.
    #[error("recipient moved to {to}")]
    Moved {
        /// The new handle, canonical.
        to: String,
    },
    /// The network will never take this message.
    #[error("rejected: {why}")]
    Rejected {
        /// What happened, for the operator.
        why: String,
    },
    /// Nothing will work until somebody mends the set-up: bad token, bad password.
    #[error("misconfigured: {why}")]
    Misconfigured {
        /// What happened and what to do, for the operator.
        why: String,
    },
    /// The request was written and no answer came: it may or may not have been taken.
    #[error("unknown whether taken: {why}")]
    Ambiguous {
        /// What happened, for the operator.
        why: String,
    },
}

/// What a channel allows. Zero switches a rate off.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rates {
    /// Messages a second over all chats.
    pub all_per_second: f64,
    /// Messages a second to one person.
    pub person_per_second: f64,
    /// Messages a minute to one group.
    pub group_per_minute: f64,
    /// Messages under way at once.
    pub connections: usize,
    /// Whether only one process may send at a time (one bot token, one sender).
    pub exclusive: bool,
}

impl Rates {
    /// The window of the contract: a quarter of a second of the rate, 8 to 1024.
    #[must_use]
    pub fn window(&self) -> usize {
        if self.all_per_second <= 0.0 {
            return 1024;
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped to 8–1024 as a float"
        )]
        let window = (self.all_per_second * 0.25).clamp(8.0, 1024.0) as usize;
        window
    }
}

/// Something that happened on a network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inbound {
    /// The network's own id of the event, unique per channel; a replay has the same.
    pub id: String,
    /// The channel's name.
    pub channel: &'static str,
    /// Who did it: the address that an answer goes to, canonical.
    pub from: String,
    /// Whether `from` is a group or a public channel and not one person.
    pub group: bool,
    /// A way to answer this event alone; see [`Parcel::via`].
    pub via: Option<String>,
    /// When, by the network's clock.
    pub at: Millis,
    /// The languages that the platform believes the person reads, as BCP 47 tags, best first.
    pub languages: Vec<String>,
    /// The receipt of the message of ours that they acted on, where it may be changed in answer:
    /// it is seen by nobody else.
    pub on: Option<String>,
    /// The groups that the network says the person is in, each within its place: who may work
    /// with alerts goes by them.
    pub groups: Vec<String>,
    /// What they did.
    pub act: Act,
}

/// What a person did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Wrote something; commands come as `/name rest`, whatever the platform's own form is.
    Said(String),
    /// Pressed a button of ours.
    Pressed(Token),
    /// Chose from a list of ours: the choice's token, and everything that is chosen now.
    Chose {
        /// The token of the [`crate::message::choice::Choice`].
        token: Token,
        /// The values of the answers.
        values: Vec<String>,
    },
    /// Typed into the field of a [`crate::message::Action::Type`].
    Typed {
        /// The action's token.
        token: Token,
        /// The text, at most 4000 characters.
        text: String,
    },
    /// Filled in a [`window::Window`].
    Filled {
        /// The window's token.
        token: Token,
        /// What stands in each field, by its name; at most five of 4000 characters.
        values: Vec<(String, String)>,
    },
    /// Shared a place.
    Shared(Point),
    /// Sent something that is no text.
    Sent(Media),
    /// Blocked the bot, left, or removed it from the group.
    Left,
    /// Unblocked the bot or added it again.
    Returned,
    /// The address has a new name (a Telegram group became a supergroup).
    Moved {
        /// The new handle, canonical.
        to: String,
    },
}

/// What somebody sent that is no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    /// A picture.
    Photo,
    /// A film.
    Video,
    /// Something spoken.
    Voice,
    /// A sticker, an animation, a die.
    Sticker,
    /// Any other file.
    File,
    /// Somebody's contact.
    Contact,
}

/// One line of the menu that a channel shows: what the bot can be asked to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuEntry {
    /// The command's one name in Latin letters, `[a-z0-9_]{1,32}`, without the slash.
    pub name: String,
    /// Its name by language, lower case, 1 to 32 letters, for channels that allow other scripts.
    pub names: BTreeMap<Lang, String>,
    /// What it does, by language, at most 100 characters.
    pub descriptions: BTreeMap<Lang, String>,
    /// What may be said after it, where something may: its name and description by language,
    /// within the same lengths.
    pub argument: Option<Argument>,
    /// Whether it is for operators and no business of citizens.
    pub duty: bool,
}

/// What may be said after a command: one text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Argument {
    /// Its one name in Latin letters, as the command's.
    pub name: String,
    /// Its name by language, as the command's.
    pub names: BTreeMap<Lang, String>,
    /// What is expected, by language, at most 100 characters.
    pub descriptions: BTreeMap<Lang, String>,
}

/// Where listeners hand over what they hear.
#[derive(Debug, Clone)]
pub struct Inbox {
    batches: mpsc::Sender<Batch>,
    windows: Option<mpsc::Sender<window::Asked>>,
}

/// Events that are committed together, and where the word goes when they are.
#[derive(Debug)]
pub struct Batch {
    /// The events, oldest first.
    pub events: Vec<Inbound>,
    /// Told once, after the commit or its failure.
    pub done: oneshot::Sender<Result<(), NotTaken>>,
}

/// The events could not be written down; keep them and offer them again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("events not written down: {0}")]
pub struct NotTaken(pub String);

impl Inbox {
    /// An inbox and the end where the desk takes batches out; holds `capacity` batches.
    #[must_use]
    pub fn new(capacity: usize) -> (Self, mpsc::Receiver<Batch>) {
        let (into, out) = mpsc::channel(capacity);
        let inbox = Self {
            batches: into,
            windows: None,
        };
        (inbox, out)
    }

    /// The same inbox with somebody who knows which windows open.
    #[must_use]
    pub fn with_windows(mut self, desk: mpsc::Sender<window::Asked>) -> Self {
        self.windows = Some(desk);
        self
    }

    /// The window that an event opens, where that is known in time.
    pub async fn window(&self, event: Inbound) -> Option<window::Window> {
        window::ask(self.windows.as_ref()?, event).await
    }

    /// Hands over events and waits until they and their effects are committed. Only then may
    /// the network be told that they arrived.
    ///
    /// # Errors
    /// When they were not written down.
    pub async fn hand_over(&self, events: Vec<Inbound>) -> Result<(), NotTaken> {
        let (done, told) = oneshot::channel();
        let closed = || NotTaken("the desk is closed".to_owned());
        self.batches
            .send(Batch { events, done })
            .await
            .map_err(|_| closed())?;
        told.await.map_err(|_| closed())?
    }
}
