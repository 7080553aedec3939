//! The hand of the world: what people do, as changes of the plain state.

use serde_json::{Map, Value, json};

use super::media::Media;
use super::shape;
use super::state::{Chat, Content, Formatted, Kind, Person, Standing, State, buttons, keys};
use crate::base::point::Point;

/// Why a person cannot do that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Impossible {
    /// Nobody with this id was added.
    #[error("there is no person {0}")]
    NoPerson(i64),
    /// No chat with this id was added.
    #[error("there is no chat {0}")]
    NoChat(i64),
    /// It takes a group, and this is none.
    #[error("chat {0} is no group")]
    NoGroup(i64),
    /// A private chat belongs to one person.
    #[error("person {0} is not in this chat")]
    NotTheirs(i64),
    /// The bot is blocked here, the account deleted or the group moved.
    #[error("chat {0} is closed")]
    Closed(i64),
    /// There is no such message, or it has no such button.
    #[error("message {0} has no such button")]
    NoButton(i64),
}

impl State {
    /// A person opens an account. `met` says whether they wrote to the bot long ago.
    pub(super) fn add_person(&mut self, person: Person, met: bool) {
        let standing = if met { Standing::Open } else { Standing::Unmet };
        let id = person.id;
        self.people.insert(id, person);
        self.chats
            .entry(id)
            .or_insert_with(|| Chat::new(id, Kind::Private, standing));
    }

    /// Somebody adds the bot to a group; ids of supergroups start with −100.
    pub(super) fn add_group(&mut self, id: i64, title: &str) {
        let title = title.to_owned();
        let kind = if id <= -1_000_000_000_000 {
            Kind::Supergroup { title }
        } else {
            Kind::Group { title }
        };
        self.chats.insert(id, Chat::new(id, kind, Standing::Open));
        self.tell_membership(id, shape::ANONYMOUS, "left", "member");
    }

    /// Somebody opens a topic in a supergroup; the answer is its `message_thread_id`.
    pub(super) fn add_topic(&mut self, group: i64, name: &str) -> Result<i64, Impossible> {
        let chat = self.chats.get(&group).ok_or(Impossible::NoChat(group))?;
        if !matches!(chat.kind, Kind::Supergroup { .. }) {
            return Err(Impossible::NoGroup(group));
        }
        let opened = json!({ "name": name, "icon_color": 7_322_096 });
        let id = self.happen(group, "forum_topic_created", opened)?;
        let chat = self
            .chats
            .get_mut(&group)
            .ok_or(Impossible::NoChat(group))?;
        chat.topics.insert(id);
        if let Some(message) = chat.messages.get_mut(&id) {
            message.thread = Some(id);
        }
        self.tell_message(group, id);
        Ok(id)
    }

    /// A person writes into a chat.
    pub(super) fn say(&mut self, chat_id: i64, from: i64, text: &str) -> Result<i64, Impossible> {
        let heard = self.bot_hears(chat_id, text);
        let said = Formatted {
            text: text.to_owned(),
            entities: commands_in(text),
        };
        self.arrive(chat_id, from, Content::Text(said), heard)
    }

    /// A person shares where they are.
    pub(super) fn share_location(
        &mut self,
        chat_id: i64,
        from: i64,
        point: Point,
    ) -> Result<i64, Impossible> {
        let id = self.arrive(chat_id, from, Content::Location(point), chat_id > 0)?;
        if let Some(chat) = self.chats.get_mut(&chat_id) {
            let used = chat.keys.as_ref().is_some_and(|keyboard| {
                keyboard["one_time_keyboard"] == true
                    && keys(keyboard).any(|key| key["request_location"] == true)
            });
            if used {
                chat.keys = None;
            }
        }
        Ok(id)
    }

    /// A person sends something that is no text.
    pub(super) fn send_media(
        &mut self,
        chat_id: i64,
        from: i64,
        media: Media,
    ) -> Result<i64, Impossible> {
        let fields = media.fields(from);
        self.arrive(chat_id, from, Content::Service(fields), chat_id > 0)
    }

    /// A person presses a button under one of the bot's messages; the answer is the query's id.
    pub(super) fn press(
        &mut self,
        chat_id: i64,
        from: i64,
        message_id: i64,
        data: &str,
    ) -> Result<String, Impossible> {
        self.check_presence(chat_id, from)?;
        let chat = self
            .chats
            .get(&chat_id)
            .ok_or(Impossible::NoChat(chat_id))?;
        let message = chat.messages.get(&message_id);
        let has = |message| buttons(message).iter().any(|(_, behind)| behind == data);
        if !message.is_some_and(has) {
            return Err(Impossible::NoButton(message_id));
        }
        let query = self.updates.new_query();
        let news = json!({
            "id": query,
            "from": shape::user(self, from),
            "message": self.shown(chat_id, message_id),
            "chat_instance": format!("{}", chat_id.wrapping_mul(0x5851_f42d_4c95)),
            "data": data,
        });
        self.presses.insert(query.clone(), chat_id);
        self.tell_bot("callback_query", news);
        Ok(query)
    }

    /// The person blocks the bot, or the group removes it; or the other way round.
    pub(super) fn set_blocked(&mut self, id: i64, blocked: bool) -> Result<(), Impossible> {
        let chat = self.chats.get_mut(&id).ok_or(Impossible::NoChat(id))?;
        let (before, after, old, new) = if blocked {
            (Standing::Open, Standing::Blocked, "member", "kicked")
        } else {
            (Standing::Blocked, Standing::Open, "kicked", "member")
        };
        if chat.standing != before {
            return Err(Impossible::Closed(id));
        }
        chat.standing = after;
        let by = if id > 0 { id } else { shape::ANONYMOUS };
        self.tell_membership(id, by, old, new);
        Ok(())
    }

    /// The account is deleted; the bot is told nothing.
    pub(super) fn delete_account(&mut self, id: i64) -> Result<(), Impossible> {
        if !self.people.contains_key(&id) {
            return Err(Impossible::NoPerson(id));
        }
        let chat = self.chats.get_mut(&id).ok_or(Impossible::NoChat(id))?;
        chat.standing = Standing::Deactivated;
        Ok(())
    }

    /// A group becomes a supergroup, with a new id, which is the answer.
    pub(super) fn migrate(&mut self, group: i64) -> Result<i64, Impossible> {
        let chat = self.chats.get(&group).ok_or(Impossible::NoChat(group))?;
        let Kind::Group { title } = &chat.kind else {
            return Err(Impossible::NoGroup(group));
        };
        if chat.standing != Standing::Open {
            return Err(Impossible::Closed(group));
        }
        let (title, members) = (title.clone(), chat.members.clone());
        let new_id = -1_000_000_000_000_i64 - group.abs();
        let mut moved = Chat::new(new_id, Kind::Supergroup { title }, Standing::Open);
        moved.members = members;
        self.chats.insert(new_id, moved);
        let left = self.happen(group, "migrate_to_chat_id", json!(new_id))?;
        let arrived = self.happen(new_id, "migrate_from_chat_id", json!(group))?;
        if let Some(old) = self.chats.get_mut(&group) {
            old.standing = Standing::Moved(new_id);
        }
        self.tell_message(group, left);
        self.tell_message(new_id, arrived);
        Ok(new_id)
    }

    /// The messages of a chat as the Bot API shows them, oldest first.
    pub(super) fn messages_of(&self, chat_id: i64) -> Vec<Value> {
        let Some(chat) = self.chats.get(&chat_id) else {
            return vec![];
        };
        let messages = chat.messages.values();
        messages
            .map(|message| shape::message(self, chat, message, true))
            .collect()
    }

    /// The labels of the keys that stand in the place of the device's own.
    pub(super) fn keys_of(&self, chat_id: i64) -> Vec<String> {
        let keyboard = self.chats.get(&chat_id).and_then(|chat| chat.keys.as_ref());
        let labels = keyboard.into_iter().flat_map(keys);
        labels
            .filter_map(|key| key["text"].as_str())
            .map(str::to_owned)
            .collect()
    }

    /// A service message of the anonymous administrator.
    fn happen(&mut self, chat_id: i64, what: &str, value: Value) -> Result<i64, Impossible> {
        let fields = Map::from_iter([(what.to_owned(), value)]);
        let message = self.draft(shape::ANONYMOUS, Content::Service(fields));
        self.put(chat_id, message)
            .ok_or(Impossible::NoChat(chat_id))
    }

    /// A message from a person, of which the bot hears or not.
    fn arrive(
        &mut self,
        chat_id: i64,
        from: i64,
        content: Content,
        heard: bool,
    ) -> Result<i64, Impossible> {
        self.check_presence(chat_id, from)?;
        if let Some(chat) = self.chats.get_mut(&chat_id) {
            chat.standing = Standing::Open;
        }
        let message = self.draft(from, content);
        let id = self
            .put(chat_id, message)
            .ok_or(Impossible::NoChat(chat_id))?;
        if heard {
            self.tell_message(chat_id, id);
        }
        Ok(id)
    }

    /// Whether `from` can do anything in this chat.
    fn check_presence(&self, chat_id: i64, from: i64) -> Result<(), Impossible> {
        if !self.people.contains_key(&from) {
            return Err(Impossible::NoPerson(from));
        }
        let chat = self
            .chats
            .get(&chat_id)
            .ok_or(Impossible::NoChat(chat_id))?;
        if chat.is_private() && chat_id != from {
            return Err(Impossible::NotTheirs(from));
        }
        match chat.standing {
            Standing::Open | Standing::Unmet => Ok(()),
            Standing::Blocked | Standing::Deactivated | Standing::Moved(_) => {
                Err(Impossible::Closed(chat_id))
            }
        }
    }

    /// In a group a bot with privacy hears commands and its own name, no more.
    fn bot_hears(&self, chat_id: i64, text: &str) -> bool {
        let named = || text.contains(&format!("@{}", self.bot.username));
        chat_id > 0 || self.set_up.hears_all || text.starts_with('/') || named()
    }
}

/// The `bot_command` entities that the platform finds in what people write.
fn commands_in(text: &str) -> Option<Value> {
    let mut found = vec![];
    let mut offset = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        let trimmed = word.trim_end();
        let is_letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '@');
        if let Some(name) = trimmed.strip_prefix('/')
            && !name.is_empty()
            && name.chars().all(is_letter)
        {
            found.push(json!({ "type": "bot_command", "offset": offset, "length": trimmed.len() }));
        }
        offset += word.encode_utf16().count();
    }
    (!found.is_empty()).then_some(Value::Array(found))
}
