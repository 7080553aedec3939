//! The simulated platform as plain state: people, chats, messages, files, and what waits for the bot.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Map, Value, json};

use super::files::Files;
use super::owner::SetUp;
use super::pace::{Meter, Pace, Rates};
use super::refusal::Refusal;
use super::shape;
use super::trouble::Troubles;
use super::updates::Updates;
use crate::base::clock::{Clock, Millis};
use crate::base::point::Point;
use crate::sandbox::ledger::{Ledger, Seen, What};

/// A person with an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The user's id, positive; also the id of the private chat with the bot.
    pub id: i64,
    /// What they call themselves, any script.
    pub first_name: String,
    /// The language of their app (IETF tag), where it says so.
    pub language_code: Option<String>,
    /// Their handle without `@`.
    pub username: Option<String>,
}

/// The bot's own account.
#[derive(Debug)]
pub(super) struct Bot {
    pub(super) id: i64,
    pub(super) username: String,
    pub(super) name: String,
}

/// What kind of chat it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Private,
    Group { title: String },
    Supergroup { title: String },
}

/// How the bot stands with a chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// The person never wrote to the bot.
    Unmet,
    /// The bot may write.
    Open,
    /// The person blocked the bot; a group removed it.
    Blocked,
    /// The account is gone.
    Deactivated,
    /// The group became this supergroup.
    Moved(i64),
}

/// A conversation.
#[derive(Debug)]
pub(super) struct Chat {
    pub(super) id: i64,
    pub(super) kind: Kind,
    pub(super) standing: Standing,
    /// By message id, which counts from 1 in each chat.
    pub(super) messages: BTreeMap<i64, Message>,
    pub(super) last_id: i64,
    /// Forum topics, by the id of the message that opened them.
    pub(super) topics: BTreeSet<i64>,
    /// Who wrote here.
    pub(super) members: BTreeSet<i64>,
    /// The keyboard that stands in the place of the device's own.
    pub(super) keys: Option<Value>,
    own_pace: Meter,
    group_pace: Meter,
}

impl Chat {
    pub(super) fn new(id: i64, kind: Kind, standing: Standing) -> Self {
        Self {
            id,
            kind,
            standing,
            messages: BTreeMap::new(),
            last_id: 0,
            topics: BTreeSet::new(),
            members: BTreeSet::new(),
            keys: None,
            own_pace: Meter::default(),
            group_pace: Meter::default(),
        }
    }

    pub(super) fn is_private(&self) -> bool {
        self.kind == Kind::Private
    }
}

/// A message in a chat.
#[derive(Debug, Clone)]
pub(super) struct Message {
    pub(super) id: i64,
    /// A person's id or the bot's.
    pub(super) from: i64,
    pub(super) date: Millis,
    pub(super) edited: Option<Millis>,
    pub(super) content: Content,
    pub(super) reply_to: Option<i64>,
    pub(super) thread: Option<i64>,
    /// The inline keyboard.
    pub(super) keyboard: Option<Value>,
    /// The keyboard that came with it for the device; such a message is never edited.
    pub(super) keys: Option<Value>,
    /// Other fields that come back as they were sent.
    pub(super) extra: Map<String, Value>,
}

/// What a message holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Content {
    Text(Formatted),
    Photo {
        sizes: Value,
        caption: Formatted,
    },
    Location(Point),
    /// Anything else, as fields of the message: what happened to the chat, files, contacts.
    Service(Map<String, Value>),
}

/// Text with its entities as the bot sent them.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Formatted {
    pub(super) text: String,
    pub(super) entities: Option<Value>,
}

/// All that the platform knows.
#[derive(Debug)]
pub(super) struct State {
    pub(super) bot: Bot,
    pub(super) set_up: SetUp,
    pub(super) clock: Clock,
    pub(super) ledger: Ledger,
    pub(super) people: HashMap<i64, Person>,
    pub(super) chats: HashMap<i64, Chat>,
    pub(super) files: Files,
    pub(super) updates: Updates,
    /// Pressed buttons that wait for an answer: the query's id → the chat.
    pub(super) presses: HashMap<String, i64>,
    /// Commands by scope and language.
    pub(super) menus: HashMap<(String, String), Value>,
    /// Descriptions by field name and language.
    pub(super) descriptions: HashMap<(&'static str, String), String>,
    pub(super) rates: Rates,
    overall_pace: Meter,
    pub(super) troubles: Troubles,
}

impl State {
    /// A platform on which nobody lives yet but the bot.
    pub(super) fn new(bot: Bot, ledger: Ledger) -> Self {
        Self {
            bot,
            set_up: SetUp::default(),
            clock: Clock::system(),
            ledger,
            people: HashMap::new(),
            chats: HashMap::new(),
            files: Files::default(),
            updates: Updates::default(),
            presses: HashMap::new(),
            menus: HashMap::new(),
            descriptions: HashMap::new(),
            rates: Rates::platform(),
            overall_pace: Meter::default(),
            troubles: Troubles::default(),
        }
    }

    /// The chat that the bot may write to.
    ///
    /// # Errors
    /// Unknown, never met, blocked, gone or moved, in the platform's words.
    pub(super) fn reach(&self, chat_id: i64) -> Result<&Chat, Refusal> {
        let unknown = || Refusal::bad("chat not found");
        let chat = self.chats.get(&chat_id).ok_or_else(unknown)?;
        match (chat.standing, &chat.kind) {
            (Standing::Open, _) => Ok(chat),
            (Standing::Unmet, _) => Err(Refusal::forbidden(
                "bot can't initiate conversation with a user",
            )),
            (Standing::Deactivated, _) => Err(Refusal::forbidden("user is deactivated")),
            (Standing::Moved(to), _) => Err(Refusal::moved(to)),
            (Standing::Blocked, Kind::Private) => {
                Err(Refusal::forbidden("bot was blocked by the user"))
            }
            (Standing::Blocked, Kind::Group { .. }) => {
                Err(Refusal::forbidden("bot was kicked from the group chat"))
            }
            (Standing::Blocked, Kind::Supergroup { .. }) => Err(Refusal::forbidden(
                "bot was kicked from the supergroup chat",
            )),
        }
    }

    /// Lets one message to a chat pass, or says when to come back.
    ///
    /// # Errors
    /// 429 with whole seconds, at least one.
    pub(super) fn admit(&mut self, chat_id: i64) -> Result<(), Refusal> {
        let (now, rates) = (self.clock.now(), self.rates);
        let Some(chat) = self.chats.get_mut(&chat_id) else {
            return Ok(());
        };
        let group = rates.group.filter(|_| !chat.is_private());
        let mut meters: [(Option<Pace>, &mut Meter); 3] = [
            (rates.chat, &mut chat.own_pace),
            (group, &mut chat.group_pace),
            (rates.overall, &mut self.overall_pace),
        ];
        let waits = meters
            .iter()
            .filter_map(|(pace, meter)| pace.map(|pace| meter.wait(pace, now)));
        let longest = waits.max().unwrap_or_default();
        if !longest.is_zero() {
            let seconds = longest.as_millis().div_ceil(1000).max(1);
            return Err(Refusal::too_many(
                u64::try_from(seconds).unwrap_or(u64::MAX),
            ));
        }
        for (pace, meter) in &mut meters {
            if let Some(pace) = pace {
                meter.count(*pace, now);
            }
        }
        Ok(())
    }

    /// Puts a message into a chat under the next id and returns that id.
    pub(super) fn put(&mut self, chat_id: i64, mut message: Message) -> Option<i64> {
        let chat = self.chats.get_mut(&chat_id)?;
        chat.last_id += 1;
        let id = chat.last_id;
        message.id = id;
        chat.members.insert(message.from);
        chat.messages.insert(id, message);
        Some(id)
    }

    /// A message of now, without content yet decided by anybody else.
    pub(super) fn draft(&self, from: i64, content: Content) -> Message {
        Message {
            id: 0,
            from,
            date: self.clock.now(),
            edited: None,
            content,
            reply_to: None,
            thread: None,
            keyboard: None,
            keys: None,
            extra: Map::new(),
        }
    }

    /// A message as the Bot API shows it.
    pub(super) fn shown(&self, chat_id: i64, message_id: i64) -> Option<Value> {
        let chat = self.chats.get(&chat_id)?;
        Some(shape::message(
            self,
            chat,
            chat.messages.get(&message_id)?,
            true,
        ))
    }

    /// Writes into the ledger what became of a message, and returns how the API shows it.
    pub(super) fn note(&self, chat_id: i64, message_id: i64, what: What) -> Value {
        let Some(raw) = self.shown(chat_id, message_id) else {
            return Value::Null;
        };
        let message = self
            .chats
            .get(&chat_id)
            .and_then(|chat| chat.messages.get(&message_id));
        self.ledger.saw(Seen {
            number: 0,
            at: Millis(0),
            channel: "telegram",
            to: chat_id.to_string(),
            id: message_id.to_string(),
            what,
            text: message.map(plain).unwrap_or_default(),
            buttons: message.map(pressable).unwrap_or_default(),
            lists: vec![],
            raw: raw.clone(),
        });
        raw
    }

    /// Writes into the ledger what a person sees for a moment after a press.
    pub(super) fn note_answer(&self, chat_id: i64, query: &str, text: &str, raw: Value) {
        self.ledger.saw(Seen {
            number: 0,
            at: Millis(0),
            channel: "telegram",
            to: chat_id.to_string(),
            id: query.to_owned(),
            what: What::Notice,
            text: text.to_owned(),
            buttons: vec![],
            lists: vec![],
            raw,
        });
    }

    /// Queues an update for the bot.
    pub(super) fn tell_bot(&mut self, kind: &'static str, what: Value) {
        let now = self.clock.now();
        self.updates.push(kind, what, now);
    }

    /// Queues the news of a message that somebody wrote.
    pub(super) fn tell_message(&mut self, chat_id: i64, message_id: i64) {
        if let Some(message) = self.shown(chat_id, message_id) {
            self.tell_bot("message", message);
        }
    }

    /// Queues the news that the bot's own place in a chat changed.
    pub(super) fn tell_membership(&mut self, chat_id: i64, by: i64, old: &str, new: &str) {
        let Some(chat) = self.chats.get(&chat_id) else {
            return;
        };
        let news = json!({
            "chat": shape::chat(self, chat),
            "from": shape::user(self, by),
            "date": shape::seconds(self.clock.now()),
            "old_chat_member": shape::member(self, self.bot.id, old),
            "new_chat_member": shape::member(self, self.bot.id, new),
        });
        self.tell_bot("my_chat_member", news);
    }
}

/// What a person reads of a message.
pub(super) fn plain(message: &Message) -> String {
    match &message.content {
        Content::Text(said) => said.text.clone(),
        Content::Photo { caption, .. } => caption.text.clone(),
        Content::Location(_) | Content::Service(_) => String::new(),
    }
}

/// What a person can press of a message: its own buttons, and the keyboard that came with it. A key
/// sends its label, or asks the person for what stands behind it (`request_location`).
fn pressable(message: &Message) -> Vec<(String, String)> {
    let keys = message.keys.iter().flat_map(keys).map(|key| {
        let label = key["text"].as_str().unwrap_or_default();
        let asks = ["request_location", "request_contact"]
            .into_iter()
            .find(|request| key[*request] == true);
        (label.to_owned(), asks.unwrap_or(label).to_owned())
    });
    buttons(message).into_iter().chain(keys).collect()
}

/// The keys of a keyboard for the device.
pub(super) fn keys(keyboard: &Value) -> impl Iterator<Item = &Value> {
    let rows = keyboard["keyboard"].as_array();
    rows.into_iter()
        .flatten()
        .filter_map(Value::as_array)
        .flatten()
}

/// What a person can press under a message: label, and the data or address behind it.
pub(super) fn buttons(message: &Message) -> Vec<(String, String)> {
    let rows = message
        .keyboard
        .as_ref()
        .and_then(|keyboard| keyboard["inline_keyboard"].as_array());
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    rows.into_iter()
        .flatten()
        .filter_map(Value::as_array)
        .flatten()
        .map(|button| {
            let behind = button.get("callback_data").or_else(|| button.get("url"));
            (text(&button["text"]), behind.map(text).unwrap_or_default())
        })
        .collect()
}
