//! The state of the simulated Discord: people, places, messages. Plain data, bounded, no wires.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use serde_json::Value;

use super::commands::Commands;
use super::interactions::Interactions;
use super::mentions::Pinged;
use super::refusal::{MISSING_ACCESS, Refusal, UNKNOWN_CHANNEL, UNKNOWN_GUILD, UNKNOWN_MESSAGE};
use super::sessions::Sessions;
use super::windows::Window;
use crate::base::clock::Millis;
use crate::sandbox::ledger::Ledger;

/// 2015-01-01T00:00:00Z, the zero of snowflakes.
const EPOCH: i64 = 1_420_070_400_000;
/// How many messages the world remembers; the oldest go first.
const MESSAGES_KEPT: usize = 200_000;
/// How many nonces are remembered.
const NONCES_KEPT: usize = 100_000;
/// For how long a nonce names its message, in milliseconds.
const NONCE_LIFE: i64 = 180_000;

/// The bot's user id, which is its application's id too.
pub const BOT: u64 = 1_100_000_000_000_000_001;

/// Everything there is.
#[derive(Debug)]
pub(super) struct World {
    pub(super) ledger: Ledger,
    pub(super) people: HashMap<u64, Person>,
    pub(super) guilds: BTreeMap<u64, Guild>,
    pub(super) channels: HashMap<u64, Channel>,
    pub(super) commands: Commands,
    pub(super) interactions: Interactions,
    /// By the person before whom it stands open.
    pub(super) windows: HashMap<u64, Window>,
    pub(super) sessions: Sessions,
    /// Privileged intents that the application may use, as bits.
    pub(super) privileged: u64,
    /// Where interactions go instead of the gateway.
    pub(super) endpoint: Option<String>,
    nonces: HashMap<String, (u64, u64)>,
    nonce_order: VecDeque<(Millis, String)>,
    message_order: VecDeque<(u64, u64)>,
    last_id: u64,
}

/// Somebody who uses Discord.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub(super) id: u64,
    pub(super) name: String,
    /// The language of their client, one of Discord's tags.
    pub(super) locale: String,
    /// Their conversation with the bot, once opened.
    pub(super) direct: Option<u64>,
    /// Whether they refuse direct messages from the bot.
    pub(super) closed: bool,
}

/// A server.
#[derive(Debug)]
pub(super) struct Guild {
    pub(super) id: u64,
    pub(super) name: String,
    pub(super) locale: String,
    /// What everybody there may do, as bits.
    pub(super) permissions: u64,
    pub(super) roles: BTreeMap<u64, String>,
    /// People by id, each with their roles.
    pub(super) members: BTreeMap<u64, BTreeSet<u64>>,
    pub(super) channels: BTreeSet<u64>,
}

/// A place where messages stand.
#[derive(Debug)]
pub(super) struct Channel {
    pub(super) id: u64,
    pub(super) kind: Kind,
    /// Whether the bot may not see it.
    pub(super) forbidden: bool,
    pub(super) messages: BTreeMap<u64, Message>,
}

/// What sort of place it is.
#[derive(Debug, Clone)]
pub(super) enum Kind {
    /// The bot and one person.
    Direct { person: u64 },
    /// A text channel of a server.
    Text { guild: u64, name: String },
    /// A public thread below a text channel.
    Thread {
        guild: u64,
        parent: u64,
        name: String,
        archive_after: u64,
        at: Millis,
    },
}

/// A message as the platform stores it.
#[derive(Debug, Clone)]
pub(super) struct Message {
    pub(super) id: u64,
    pub(super) channel: u64,
    pub(super) author: u64,
    pub(super) at: Millis,
    pub(super) edited: Option<Millis>,
    pub(super) content: String,
    pub(super) embeds: Vec<Value>,
    pub(super) components: Vec<Value>,
    pub(super) attachments: Vec<Value>,
    pub(super) stickers: Vec<Value>,
    pub(super) flags: u64,
    pub(super) tts: bool,
    pub(super) pinged: Pinged,
    pub(super) nonce: Option<Value>,
    /// The message that this one answers.
    pub(super) answers: Option<u64>,
    /// The interaction that it came from: id, type and person.
    pub(super) interaction: Option<(u64, u8, u64)>,
    /// Who alone sees it, if it is ephemeral.
    pub(super) only_for: Option<u64>,
    /// Whether a thread hangs below it.
    pub(super) threaded: bool,
}

impl Message {
    /// A message without any text yet.
    pub(super) fn blank(id: u64, channel: u64, author: u64, at: Millis) -> Self {
        Self {
            id,
            channel,
            author,
            at,
            edited: None,
            content: String::new(),
            embeds: vec![],
            components: vec![],
            attachments: vec![],
            stickers: vec![],
            flags: 0,
            tts: false,
            pinged: Pinged::default(),
            nonce: None,
            answers: None,
            interaction: None,
            only_for: None,
            threaded: false,
        }
    }
}

impl Channel {
    /// A new, empty place.
    pub(super) fn new(id: u64, kind: Kind) -> Self {
        Self {
            id,
            kind,
            forbidden: false,
            messages: BTreeMap::new(),
        }
    }

    /// The server it belongs to; none for a conversation with one person.
    pub(super) fn guild(&self) -> Option<u64> {
        match self.kind {
            Kind::Direct { .. } => None,
            Kind::Text { guild, .. } | Kind::Thread { guild, .. } => Some(guild),
        }
    }
}

impl World {
    /// An empty world that writes what happens into `ledger`.
    pub(super) fn new(ledger: Ledger) -> Self {
        Self {
            ledger,
            people: HashMap::new(),
            guilds: BTreeMap::new(),
            channels: HashMap::new(),
            commands: Commands::default(),
            interactions: Interactions::default(),
            windows: HashMap::new(),
            sessions: Sessions::default(),
            privileged: 0,
            endpoint: None,
            nonces: HashMap::new(),
            nonce_order: VecDeque::new(),
            message_order: VecDeque::new(),
            last_id: 0,
        }
    }

    /// A new id, ordered by time, larger than all before.
    pub(super) fn new_id(&mut self, now: Millis) -> u64 {
        let since = u64::try_from(now.0.saturating_sub(EPOCH)).unwrap_or(0);
        self.last_id = (since << 22).max(self.last_id + 1);
        self.last_id
    }

    /// A place that the bot may see.
    pub(super) fn channel(&self, id: u64) -> Result<&Channel, Refusal> {
        let channel = self.channels.get(&id).ok_or(UNKNOWN_CHANNEL)?;
        if channel.forbidden {
            return Err(MISSING_ACCESS);
        }
        Ok(channel)
    }

    /// A server that the bot is in.
    pub(super) fn guild(&self, id: u64) -> Result<&Guild, Refusal> {
        self.guilds.get(&id).ok_or(UNKNOWN_GUILD)
    }

    /// A message of a place that exists.
    pub(super) fn message(&self, channel: u64, message: u64) -> Result<&Message, Refusal> {
        self.channels
            .get(&channel)
            .ok_or(UNKNOWN_CHANNEL)?
            .messages
            .get(&message)
            .ok_or(UNKNOWN_MESSAGE)
    }

    /// The same, to be changed.
    pub(super) fn message_mut(
        &mut self,
        channel: u64,
        message: u64,
    ) -> Result<&mut Message, Refusal> {
        self.channels
            .get_mut(&channel)
            .ok_or(UNKNOWN_CHANNEL)?
            .messages
            .get_mut(&message)
            .ok_or(UNKNOWN_MESSAGE)
    }

    /// Puts a message where it belongs and lets go of the oldest when there are too many.
    pub(super) fn keep(&mut self, message: Message) {
        self.message_order.push_back((message.channel, message.id));
        if let Some(channel) = self.channels.get_mut(&message.channel) {
            channel.messages.insert(message.id, message);
        }
        if self.message_order.len() > MESSAGES_KEPT
            && let Some((channel, oldest)) = self.message_order.pop_front()
            && let Some(channel) = self.channels.get_mut(&channel)
        {
            channel.messages.remove(&oldest);
        }
    }

    /// The message that `nonce` already made within the last minutes, if it still stands.
    pub(super) fn made_by(&mut self, nonce: &str, now: Millis) -> Option<(u64, u64)> {
        while let Some((since, old)) = self.nonce_order.front() {
            let stale = now.0 - since.0 > NONCE_LIFE || self.nonce_order.len() > NONCES_KEPT;
            if !stale {
                break;
            }
            self.nonces.remove(old);
            self.nonce_order.pop_front();
        }
        let (channel, message) = *self.nonces.get(nonce)?;
        self.message(channel, message).ok()?;
        Some((channel, message))
    }

    /// Remembers which message a nonce made.
    pub(super) fn remember(&mut self, nonce: String, made: (u64, u64), now: Millis) {
        if self.nonces.insert(nonce.clone(), made).is_none() {
            self.nonce_order.push_back((now, nonce));
        }
    }

    /// The conversation of the bot with `person`, opened when it is not yet.
    pub(super) fn direct(&mut self, person: u64, now: Millis) -> Option<u64> {
        if let Some(open) = self.people.get(&person)?.direct {
            return Some(open);
        }
        let id = self.new_id(now);
        self.channels
            .insert(id, Channel::new(id, Kind::Direct { person }));
        self.people.get_mut(&person)?.direct = Some(id);
        Some(id)
    }

    /// Whether `person` can read `channel`.
    pub(super) fn reads(&self, person: u64, channel: &Channel) -> bool {
        match channel.kind {
            Kind::Direct { person: other } => other == person,
            Kind::Text { guild, .. } | Kind::Thread { guild, .. } => self
                .guilds
                .get(&guild)
                .is_some_and(|guild| guild.members.contains_key(&person)),
        }
    }
}
