//! What people do: type a command, press a button, choose from a list, write a message.

use serde_json::{Value, json};

use super::interactions::{self, Interaction};
use super::world::{BOT, Channel, Message, World};
use super::{Discord, commands, components, mentions, telling};
use crate::base::{clock::Millis, id};

/// The flag of a message that was spoken.
const VOICE: u64 = 1 << 13;

/// Why a person cannot do that.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Impossible {
    /// No gateway session exists that would hear of it.
    #[error("the bot is not connected")]
    NobodyListens,
    /// No such person, or they do not see the channel.
    #[error("this person is not in that channel")]
    NotThere,
    /// No command of that name or translation is registered for that place.
    #[error("no such command is registered here: {0}")]
    NoSuchCommand(String),
    /// An option is unknown, missing or of another type.
    #[error("the command's option does not fit: {0}")]
    BadOption(String),
    /// The person sees no such message.
    #[error("this person sees no such message")]
    NoSuchMessage,
    /// The message has no button like that, or it is disabled.
    #[error("the message has no such button: {0}")]
    NoSuchButton(String),
    /// The message has no list like that, or it is disabled.
    #[error("the message has no such list: {0}")]
    NoSuchList(String),
    /// Too many, too few, the same twice, or something that is not in the list.
    #[error("this cannot be chosen from the list: {0}")]
    BadChoice(String),
    /// No window stands open before this person.
    #[error("no window is open")]
    NoWindow,
    /// The window has no such field, or this cannot be written into it.
    #[error("the window's field does not take this: {0}")]
    BadField(String),
}

/// Something that a person sends and that is no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    /// A picture.
    Photo,
    /// A film.
    Video,
    /// A voice message.
    Voice,
    /// A sticker.
    Sticker,
    /// Any other file, of a kind that the client does not know.
    File,
}

impl Discord {
    /// A person types `/name` in a channel, in the command's own name or a translation, with
    /// options by their names. The result is the interaction's id.
    ///
    /// # Errors
    /// Why that cannot be done; nothing was sent then.
    pub fn command(
        &self,
        person: u64,
        channel: u64,
        name: &str,
        options: &[(&str, Value)],
    ) -> Result<u64, Impossible> {
        let now = self.0.now();
        let mut world = self.0.world();
        let guild = place(&world, person, channel)?.guild();
        let name = name.strip_prefix('/').unwrap_or(name);
        let unknown = || Impossible::NoSuchCommand(name.to_owned());
        let command = world.commands.find(guild, name).ok_or_else(unknown)?;
        let context = i64::from(guild.is_none());
        let here = match command["contexts"].as_array() {
            Some(contexts) => contexts.iter().any(|known| *known == context),
            None => guild.is_some() || command["dm_permission"] != Value::Bool(false),
        };
        if !here {
            return Err(unknown());
        }
        let mut data = json!({"id": command["id"], "name": command["name"], "type": 1});
        let given = fitted(command, options)?;
        if !given.is_empty() {
            data["options"] = Value::Array(given);
        }
        if let Some(of) = command.get("guild_id") {
            data["guild_id"] = of.clone();
        }
        let id = world.new_id(now);
        let asked = Interaction::new(id, 2, person, channel, now, None);
        self.ask(&mut world, asked, &data)
    }

    /// A person presses a button of a message that they see.
    ///
    /// # Errors
    /// Why that cannot be done; nothing was sent then.
    pub fn press(
        &self,
        person: u64,
        channel: u64,
        message: u64,
        custom_id: &str,
    ) -> Result<u64, Impossible> {
        let now = self.0.now();
        let mut world = self.0.world();
        let shown = shown(&world, person, channel, message)?;
        components::find(&shown.components, components::BUTTON, custom_id)
            .ok_or_else(|| Impossible::NoSuchButton(custom_id.to_owned()))?;
        let data = json!({"custom_id": custom_id, "component_type": components::BUTTON});
        let id = world.new_id(now);
        let asked = Interaction::new(id, 3, person, channel, now, Some(message));
        self.ask(&mut world, asked, &data)
    }

    /// A person chooses `values` from a list of a message that they see; these are then all that
    /// is chosen there.
    ///
    /// # Errors
    /// Why that cannot be done; nothing was sent then.
    pub fn choose(
        &self,
        person: u64,
        channel: u64,
        message: u64,
        custom_id: &str,
        values: &[&str],
    ) -> Result<u64, Impossible> {
        let now = self.0.now();
        let mut world = self.0.world();
        let shown = shown(&world, person, channel, message)?;
        let list = components::find(&shown.components, components::LIST, custom_id)
            .ok_or_else(|| Impossible::NoSuchList(custom_id.to_owned()))?;
        let (least, most) = components::bounds(list);
        let count = u64::try_from(values.len()).unwrap_or(u64::MAX);
        let options = list["options"].as_array();
        for (place, value) in values.iter().enumerate() {
            let known = options
                .is_some_and(|options| options.iter().any(|option| option["value"] == *value));
            if !known || values[..place].contains(value) {
                return Err(Impossible::BadChoice((*value).to_owned()));
            }
        }
        if !(least..=most).contains(&count) {
            return Err(Impossible::BadChoice(format!("{least}–{most}")));
        }
        let data = json!({
            "custom_id": custom_id, "component_type": components::LIST, "values": values,
        });
        let id = world.new_id(now);
        let asked = Interaction::new(id, 3, person, channel, now, Some(message));
        self.ask(&mut world, asked, &data)
    }

    /// A person writes a message; the result is its id.
    ///
    /// # Errors
    /// When they are not in that channel.
    pub fn say(&self, person: u64, channel: u64, text: &str) -> Result<u64, Impossible> {
        let now = self.0.now();
        let mut world = self.0.world();
        place(&world, person, channel)?;
        let id = world.new_id(now);
        let mut message = Message::blank(id, channel, person, now);
        text.clone_into(&mut message.content);
        message.pinged = mentions::called(text, None, None);
        message.pinged.everyone = false;
        let known = &world.people;
        message
            .pinged
            .users
            .retain(|id| *id == BOT || known.contains_key(id));
        telling::announce(&mut world, &message, "MESSAGE_CREATE", None);
        world.keep(message);
        drop(world);
        self.0.stir();
        Ok(id)
    }

    /// A person sends something that is no text; the result is the message's id.
    ///
    /// # Errors
    /// When they are not in that channel.
    pub fn send_media(&self, person: u64, channel: u64, media: Media) -> Result<u64, Impossible> {
        let now = self.0.now();
        let mut world = self.0.world();
        place(&world, person, channel)?;
        let id = world.new_id(now);
        let mut message = Message::blank(id, channel, person, now);
        let (name, kind) = match media {
            Media::Photo => ("a.jpg", Some("image/jpeg")),
            Media::Video => ("a.mp4", Some("video/mp4")),
            Media::Voice => ("voice-message.ogg", Some("audio/ogg")),
            Media::Sticker | Media::File => ("a.xyz", None),
        };
        if media == Media::Sticker {
            let sticker = json!({"id": id.to_string(), "name": "a", "format_type": 1});
            message.stickers.push(sticker);
        } else {
            let address = format!("https://cdn.discordapp.com/attachments/{channel}/{id}/{name}");
            let mut file = json!({
                "id": id.to_string(), "filename": name, "size": 20_480,
                "url": address, "proxy_url": address,
            });
            if let Some(kind) = kind {
                file["content_type"] = json!(kind);
            }
            message.attachments.push(file);
        }
        if media == Media::Voice {
            message.flags |= VOICE;
        }
        telling::announce(&mut world, &message, "MESSAGE_CREATE", None);
        world.keep(message);
        drop(world);
        self.0.stir();
        Ok(id)
    }

    pub(super) fn ask(
        &self,
        world: &mut World,
        asked: Interaction,
        data: &Value,
    ) -> Result<u64, Impossible> {
        if !world.sessions.any() || world.endpoint.is_some() {
            return Err(Impossible::NobodyListens);
        }
        let id = asked.id;
        let event = interactions::event(world, &asked, data);
        world.interactions.add(asked);
        world.sessions.dispatch("INTERACTION_CREATE", 0, &event);
        self.0.stir();
        Ok(id)
    }
}

impl Interaction {
    pub(super) fn new(
        id: u64,
        kind: u8,
        person: u64,
        channel: u64,
        at: Millis,
        source: Option<u64>,
    ) -> Self {
        Self {
            id,
            token: format!("{id}.{:x}{:x}", id::random(), id::random()),
            kind,
            person,
            channel,
            at,
            source,
            answered: false,
            original: None,
            messages: vec![],
        }
    }
}

/// A message that this person sees.
fn shown(world: &World, person: u64, channel: u64, message: u64) -> Result<&Message, Impossible> {
    place(world, person, channel)?;
    let shown = world.message(channel, message).ok();
    shown
        .filter(|shown| shown.only_for.is_none_or(|only| only == person))
        .ok_or(Impossible::NoSuchMessage)
}

/// The channel, when this person can read it.
fn place(world: &World, person: u64, channel: u64) -> Result<&Channel, Impossible> {
    world
        .channels
        .get(&channel)
        .filter(|channel| world.people.contains_key(&person) && world.reads(person, channel))
        .ok_or(Impossible::NotThere)
}

/// The given options in the platform's form, each as the command declares it.
fn fitted(command: &Value, given: &[(&str, Value)]) -> Result<Vec<Value>, Impossible> {
    let none = vec![];
    let declared = command["options"].as_array().unwrap_or(&none);
    let bad = |name: &str| Impossible::BadOption(name.to_owned());
    let mut fitted = vec![];
    for (name, value) in given {
        let option = declared
            .iter()
            .find(|option| commands::is_named(option, name))
            .ok_or_else(|| bad(name))?;
        let fits = match option["type"].as_i64() {
            Some(3 | 6..=9 | 11) => value.is_string(),
            Some(4) => value.is_i64(),
            Some(5) => value.is_boolean(),
            Some(10) => value.is_number(),
            _ => false,
        };
        if !fits {
            return Err(bad(name));
        }
        fitted.push(json!({"name": option["name"], "type": option["type"], "value": value}));
    }
    let missing = declared.iter().find(|option| {
        option["required"] == true && !fitted.iter().any(|given| given["name"] == option["name"])
    });
    match missing {
        Some(option) => Err(bad(option["name"].as_str().unwrap_or_default())),
        None => Ok(fitted),
    }
}
