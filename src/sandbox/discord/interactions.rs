//! Interactions: what people ask of the bot, and its one answer and follow-ups by token.

use std::collections::{HashMap, VecDeque};

use serde_json::{Map, Value, json};

use super::draft::{Draft, File};
use super::messages::{fill, remove, rewrite};
use super::refusal::{
    ALREADY_ACKNOWLEDGED, BAD_WEBHOOK_TOKEN, Refusal, UNKNOWN_INTERACTION, UNKNOWN_MESSAGE,
    UNKNOWN_WEBHOOK,
};
use super::telling::{announce, publish};
use super::world::{BOT, Channel, Message, World};
use super::{windows, wire};
use crate::base::clock::Millis;
use crate::sandbox::ledger::What;

/// Within what time an interaction must be answered, in milliseconds.
const TO_ANSWER: i64 = 3_000;
/// How long its token lives, in milliseconds.
const TOKEN_LIFE: i64 = 15 * 60_000;
/// How many interactions are remembered; the oldest go first.
const KEPT: usize = 20_000;
/// The flag of a message that one person alone sees.
pub(super) const EPHEMERAL: u64 = 1 << 6;
/// The flag of an answer that is still to come.
const LOADING: u64 = 1 << 7;
/// Flags that an answer may set: no embeds, ephemeral, no notification.
const FLAGS_OF_AN_ANSWER: u64 = 1 << 2 | EPHEMERAL | 1 << 12;

/// What a person asked.
#[derive(Debug, Clone)]
pub(super) struct Interaction {
    pub(super) id: u64,
    pub(super) token: String,
    /// 2 for a command, 3 for a pressed button or a choice from a list, 5 for a window filled in.
    pub(super) kind: u8,
    pub(super) person: u64,
    pub(super) channel: u64,
    pub(super) at: Millis,
    /// The message with what was used; a window has that of the button that opened it.
    pub(super) source: Option<u64>,
    /// Whether the bot answered.
    pub(super) answered: bool,
    /// The message that `@original` means.
    pub(super) original: Option<u64>,
    /// The messages that came of it, `original` included when it is new.
    pub(super) messages: Vec<u64>,
}

/// The interactions that are remembered.
#[derive(Debug, Default)]
pub(super) struct Interactions {
    by_id: HashMap<u64, Interaction>,
    order: VecDeque<u64>,
}

impl Interactions {
    /// Remembers an interaction.
    pub(super) fn add(&mut self, interaction: Interaction) {
        self.order.push_back(interaction.id);
        self.by_id.insert(interaction.id, interaction);
        if self.order.len() > KEPT
            && let Some(oldest) = self.order.pop_front()
        {
            self.by_id.remove(&oldest);
        }
    }

    /// The interaction of a token; tokens start with its id.
    fn of_token(&self, token: &str) -> Option<&Interaction> {
        let id = token.split('.').next()?.parse().ok()?;
        self.by_id.get(&id).filter(|known| known.token == token)
    }
}

/// `POST /interactions/{id}/{token}/callback`; the answer describes what came of it.
pub(super) fn answer(
    world: &mut World,
    now: Millis,
    (id, token): (u64, &str),
    body: &Map<String, Value>,
    files: &[File],
) -> Result<Value, Refusal> {
    let known = world.interactions.by_id.get(&id);
    let interaction = known
        .filter(|known| known.token == token)
        .ok_or(UNKNOWN_INTERACTION)?
        .clone();
    if interaction.answered {
        return Err(ALREADY_ACKNOWLEDGED);
    }
    if now.0 - interaction.at.0 > TO_ANSWER {
        return Err(UNKNOWN_INTERACTION);
    }
    let kind = body.get("type").and_then(Value::as_u64).unwrap_or(0);
    let empty = Map::new();
    let data = body
        .get("data")
        .and_then(Value::as_object)
        .unwrap_or(&empty);
    let original = match kind {
        4 | 5 => Some(first_message(
            world,
            now,
            &interaction,
            kind == 5,
            data,
            files,
        )?),
        6 | 7 => {
            let source = interaction.source.ok_or_else(wrong_type)?;
            if kind == 7 {
                let draft = Draft::read(data, files)?;
                rewrite(
                    world,
                    now,
                    (interaction.channel, source),
                    draft,
                    What::Edited,
                )?;
            }
            Some(source)
        }
        9 => {
            if interaction.kind == 5 {
                return Err(wrong_type());
            }
            windows::open(world, &interaction, data)?;
            None
        }
        _ => return Err(wrong_type()),
    };
    if let Some(interaction) = world.interactions.by_id.get_mut(&id) {
        interaction.answered = true;
        interaction.original = original;
        interaction.messages.extend(original);
    }
    Ok(outcome(world, &interaction, kind, original))
}

fn wrong_type() -> Refusal {
    Refusal::form(
        "type",
        "INTERACTION_CALLBACK_TYPE_INVALID",
        "This type does not answer this kind of interaction.",
    )
}

fn outcome(world: &World, interaction: &Interaction, kind: u64, original: Option<u64>) -> Value {
    let message = original.and_then(|id| world.message(interaction.channel, id).ok());
    json!({
        "interaction": {
            "id": interaction.id.to_string(), "type": interaction.kind,
            "response_message_id": original.map(|id| id.to_string()),
            "response_message_loading": message.is_some_and(|shown| shown.flags & LOADING != 0),
            "response_message_ephemeral": message.is_some_and(|shown| shown.only_for.is_some()),
            "channel_id": interaction.channel.to_string(),
        },
        "resource": {
            "type": kind,
            "message": message.map(|message| wire::message(world, message)),
        },
    })
}

/// The first answer as a message, or the place where it will stand.
fn first_message(
    world: &mut World,
    now: Millis,
    interaction: &Interaction,
    later: bool,
    data: &Map<String, Value>,
    files: &[File],
) -> Result<u64, Refusal> {
    let draft = Draft::read(data, files)?;
    if !later {
        draft.must_show_something()?;
    }
    let mut message = blank(world, now, interaction, draft.flags.unwrap_or(0));
    let id = message.id;
    if later {
        message.flags |= LOADING;
        announce(world, &message, "MESSAGE_CREATE", None);
        world.keep(message);
    } else {
        fill(world, &mut message, draft);
        publish(world, message);
    }
    Ok(id)
}

fn blank(world: &mut World, now: Millis, interaction: &Interaction, flags: u64) -> Message {
    let id = world.new_id(now);
    let mut message = Message::blank(id, interaction.channel, BOT, now);
    message.flags = flags & FLAGS_OF_AN_ANSWER;
    message.only_for = (flags & EPHEMERAL != 0).then_some(interaction.person);
    message.interaction = Some((interaction.id, interaction.kind, interaction.person));
    message
}

/// The interaction that a webhook path names, if it may still be used.
fn live(world: &World, now: Millis, token: &str) -> Result<Interaction, Refusal> {
    let interaction = world
        .interactions
        .of_token(token)
        .ok_or(BAD_WEBHOOK_TOKEN)?;
    if now.0 - interaction.at.0 > TOKEN_LIFE {
        return Err(BAD_WEBHOOK_TOKEN);
    }
    if !interaction.answered {
        return Err(UNKNOWN_WEBHOOK);
    }
    Ok(interaction.clone())
}

/// Which message of an interaction a path means: the original without a number.
fn meant(
    world: &World,
    now: Millis,
    token: &str,
    number: Option<u64>,
) -> Result<(Interaction, u64), Refusal> {
    let interaction = live(world, now, token)?;
    let id = number.or(interaction.original).ok_or(UNKNOWN_MESSAGE)?;
    if !interaction.messages.contains(&id) {
        return Err(UNKNOWN_MESSAGE);
    }
    world.message(interaction.channel, id)?;
    Ok((interaction, id))
}

/// `POST /webhooks/{app}/{token}`. After a deferral the first one fills the waiting answer.
pub(super) fn follow_up(
    world: &mut World,
    now: Millis,
    token: &str,
    body: &Map<String, Value>,
    files: &[File],
) -> Result<Value, Refusal> {
    let interaction = live(world, now, token)?;
    let draft = Draft::read(body, files)?;
    draft.must_show_something()?;
    let waiting = interaction.original.filter(|id| {
        world
            .message(interaction.channel, *id)
            .is_ok_and(|message| message.flags & LOADING != 0)
    });
    if let Some(waiting) = waiting {
        return change(world, now, &interaction, waiting, draft);
    }
    let mut message = blank(world, now, &interaction, draft.flags.unwrap_or(0));
    message.answers = interaction.original.or(interaction.source);
    let id = message.id;
    fill(world, &mut message, draft);
    let shown = publish(world, message);
    if let Some(interaction) = world.interactions.by_id.get_mut(&interaction.id) {
        interaction.messages.push(id);
    }
    Ok(shown)
}

/// `GET …/messages/{id}`.
pub(super) fn get(
    world: &World,
    now: Millis,
    token: &str,
    number: Option<u64>,
) -> Result<Value, Refusal> {
    let (interaction, id) = meant(world, now, token, number)?;
    Ok(wire::message(
        world,
        world.message(interaction.channel, id)?,
    ))
}

/// `PATCH …/messages/{id}`.
pub(super) fn edit(
    world: &mut World,
    now: Millis,
    (token, number): (&str, Option<u64>),
    body: &Map<String, Value>,
    files: &[File],
) -> Result<Value, Refusal> {
    let (interaction, id) = meant(world, now, token, number)?;
    change(world, now, &interaction, id, Draft::read(body, files)?)
}

/// Changes a message of an interaction; the first words of a waiting one count as sent.
fn change(
    world: &mut World,
    now: Millis,
    interaction: &Interaction,
    id: u64,
    draft: Draft,
) -> Result<Value, Refusal> {
    let place = (interaction.channel, id);
    let waiting = world.message(place.0, id)?.flags & LOADING != 0;
    let what = if waiting { What::Sent } else { What::Edited };
    // Cleared first, so that ledger and gateway see the message as it is then.
    world.message_mut(place.0, id)?.flags &= !LOADING;
    let changed = rewrite(world, now, place, draft, what);
    if changed.is_err() && waiting {
        world.message_mut(place.0, id)?.flags |= LOADING;
    }
    changed
}

/// `DELETE …/messages/{id}`.
pub(super) fn delete(
    world: &mut World,
    now: Millis,
    token: &str,
    number: Option<u64>,
) -> Result<(), Refusal> {
    let (interaction, id) = meant(world, now, token, number)?;
    remove(world, interaction.channel, id)
}

/// An `INTERACTION_CREATE` event; `data` is what its kind asks for.
pub(super) fn event(world: &World, interaction: &Interaction, data: &Value) -> Value {
    let channel = world.channels.get(&interaction.channel);
    let locale = world
        .people
        .get(&interaction.person)
        .map(|person| person.locale.clone());
    let mut event = json!({
        "id": interaction.id.to_string(), "application_id": BOT.to_string(),
        "type": interaction.kind, "data": data, "token": interaction.token, "version": 1,
        "channel_id": interaction.channel.to_string(),
        "channel": channel.map(|channel| wire::channel(world, channel)),
        "app_permissions": wire::BOT_PERMISSIONS, "locale": locale, "entitlements": [],
        "attachment_size_limit": 10_485_760,
    });
    if let Some(message) = interaction.source {
        event["message"] = world
            .message(interaction.channel, message)
            .map_or(Value::Null, |message| wire::message(world, message));
    }
    let guild = channel
        .and_then(Channel::guild)
        .and_then(|guild| world.guilds.get(&guild));
    let more = match guild {
        Some(guild) => json!({
            "guild_id": guild.id.to_string(), "guild_locale": guild.locale, "context": 0,
            "guild": {"id": guild.id.to_string(), "locale": guild.locale, "features": []},
            "member": wire::acting_member(world, guild, interaction.person),
            "authorizing_integration_owners": {"0": guild.id.to_string()},
        }),
        None => json!({
            "user": wire::user(world, interaction.person), "context": 1,
            "authorizing_integration_owners": {"0": "0"},
        }),
    };
    wire::merged(event, more)
}
