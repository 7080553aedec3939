//! Messages: sent, edited, deleted, listed.

use std::ops::Bound;

use serde_json::{Map, Value, json};

use super::draft::{Draft, File};
use super::mentions;
use super::owner;
use super::refusal::{
    BAD_FORM, DIRECT_CLOSED, EMPTY_MESSAGE, MISSING_PERMISSIONS, NOT_IN_DIRECT, NOT_YOURS, Refusal,
    UNKNOWN_MESSAGE,
};
use super::sessions::intents;
use super::shapes::snowflake;
use super::telling::{announce, note, publish};
use super::wire;
use super::world::{BOT, Channel, Kind, Message, World};
use crate::base::clock::Millis;
use crate::sandbox::ledger::What;

/// Flags that a bot may set on a new message: no embeds, no notification.
const FLAGS_OF_A_MESSAGE: u64 = 1 << 2 | 1 << 12;

/// `POST /channels/{id}/messages`.
pub(super) fn send(
    world: &mut World,
    now: Millis,
    channel: u64,
    body: &Map<String, Value>,
    files: &[File],
) -> Result<Value, Refusal> {
    may_write(world, channel)?;
    let draft = Draft::read(body, files)?;
    let answers = answered(world, channel, body)?;
    draft.must_show_something()?;
    let nonce = body.get("nonce").filter(|nonce| !nonce.is_null());
    let enforced = nonce
        .filter(|_| body.get("enforce_nonce") == Some(&Value::Bool(true)))
        .map(|nonce| {
            nonce
                .as_str()
                .map_or_else(|| nonce.to_string(), str::to_owned)
        });
    if let Some(nonce) = &enforced
        && let Some((channel, message)) = world.made_by(nonce, now)
    {
        let message = world.message(channel, message)?;
        return Ok(wire::message(world, message));
    }
    let id = world.new_id(now);
    let mut message = Message::blank(id, channel, BOT, now);
    message.flags = draft.flags.unwrap_or(0) & FLAGS_OF_A_MESSAGE;
    message.nonce = nonce.cloned();
    message.answers = answers;
    fill(world, &mut message, draft);
    let shown = publish(world, message);
    if let Some(nonce) = enforced {
        world.remember(nonce, (channel, id), now);
    }
    Ok(shown)
}

/// Refuses to write where the bot cannot.
fn may_write(world: &World, channel: u64) -> Result<(), Refusal> {
    let closed = match world.channel(channel)?.kind {
        Kind::Direct { person } => world.people.get(&person).is_none_or(|person| person.closed),
        Kind::Text { guild, .. } | Kind::Thread { guild, .. } => {
            return owner::may_write_at(world, guild);
        }
    };
    if closed { Err(DIRECT_CLOSED) } else { Ok(()) }
}

/// The message that a new one answers.
fn answered(
    world: &World,
    channel: u64,
    body: &Map<String, Value>,
) -> Result<Option<u64>, Refusal> {
    let Some(reference) = body
        .get("message_reference")
        .filter(|given| !given.is_null())
    else {
        return Ok(None);
    };
    let wrong = |field: &str, code: &str, said: &str| {
        Err(Refusal::form(
            &format!("message_reference{field}"),
            code,
            said,
        ))
    };
    if reference["type"] == 1 {
        return wrong(
            "/type",
            "SANDBOX_NOT_SIMULATED",
            "Forwarding is not simulated.",
        );
    }
    let elsewhere = snowflake(&reference["channel_id"]).is_some_and(|other| other != channel);
    let id = snowflake(&reference["message_id"]).unwrap_or_default();
    let known = world
        .message(channel, id)
        .is_ok_and(|message| message.only_for.is_none());
    if known && !elsewhere {
        Ok(Some(id))
    } else if reference["fail_if_not_exists"] == Value::Bool(false) {
        Ok(None)
    } else {
        wrong("", "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
    }
}

/// Puts what a draft says into a message; what it does not mention stays.
pub(super) fn fill(world: &mut World, message: &mut Message, draft: Draft) {
    if let Some(content) = draft.content {
        message.content = content;
    }
    if let Some(embeds) = draft.embeds {
        message.embeds = embeds;
    }
    if let Some(components) = draft.components {
        message.components = components;
    }
    if let Some(attachments) = draft.attachments {
        let before = std::mem::take(&mut message.attachments);
        for attachment in attachments {
            let kept = before
                .iter()
                .find(|old| old["id"] == attachment["id"])
                .cloned();
            let shown = kept.or_else(|| uploaded(world, message, attachment));
            message.attachments.extend(shown);
        }
    }
    message.tts |= draft.tts;
    let author = message
        .answers
        .and_then(|id| world.message(message.channel, id).ok())
        .map(|answered| answered.author);
    let mut pinged = mentions::called(&message.content, draft.allowed_mentions.as_ref(), author);
    let guild = world
        .channels
        .get(&message.channel)
        .and_then(Channel::guild)
        .and_then(|guild| world.guilds.get(&guild));
    pinged
        .users
        .retain(|id| *id == BOT || world.people.contains_key(id));
    pinged
        .roles
        .retain(|id| guild.is_some_and(|guild| guild.roles.contains_key(id)));
    pinged.everyone &= guild.is_some();
    message.pinged = pinged;
}

/// A file of this request as an attachment; one that only names an id it never had is dropped.
fn uploaded(world: &mut World, message: &Message, mut described: Value) -> Option<Value> {
    described.get("size")?;
    let id = world.new_id(message.at);
    let name = described["filename"].as_str().unwrap_or("file").to_owned();
    let address = format!(
        "https://cdn.discordapp.com/attachments/{}/{id}/{name}",
        message.channel
    );
    for (field, value) in [
        ("id", json!(id.to_string())),
        ("url", json!(address)),
        ("proxy_url", json!(address)),
    ] {
        described[field] = value;
    }
    Some(described)
}

/// `PATCH /channels/{id}/messages/{id}`.
pub(super) fn edit(
    world: &mut World,
    now: Millis,
    (channel, message): (u64, u64),
    body: &Map<String, Value>,
    files: &[File],
) -> Result<Value, Refusal> {
    world.channel(channel)?;
    let old = world.message(channel, message)?;
    if old.only_for.is_some() {
        return Err(UNKNOWN_MESSAGE);
    }
    if old.author != BOT {
        return Err(NOT_YOURS);
    }
    rewrite(
        world,
        now,
        (channel, message),
        Draft::read(body, files)?,
        What::Edited,
    )
}

/// Changes a message in place; `what` is how people notice it.
pub(super) fn rewrite(
    world: &mut World,
    now: Millis,
    (channel, id): (u64, u64),
    draft: Draft,
    what: What,
) -> Result<Value, Refusal> {
    let mut message = world.message(channel, id)?.clone();
    fill(world, &mut message, draft);
    message.edited = (what == What::Edited).then_some(now);
    if message.content.is_empty() && message.embeds.is_empty() && message.attachments.is_empty() {
        return Err(EMPTY_MESSAGE);
    }
    let shown = announce(world, &message, "MESSAGE_UPDATE", Some(what));
    *world.message_mut(channel, id)? = message;
    Ok(shown)
}

/// `DELETE /channels/{id}/messages/{id}`.
pub(super) fn delete(world: &mut World, channel: u64, id: u64) -> Result<(), Refusal> {
    let place = world.channel(channel)?;
    let message = place.messages.get(&id).ok_or(UNKNOWN_MESSAGE)?;
    if message.only_for.is_some() {
        return Err(UNKNOWN_MESSAGE);
    }
    if message.author != BOT {
        return Err(match place.kind {
            Kind::Direct { .. } => NOT_IN_DIRECT,
            Kind::Text { .. } | Kind::Thread { .. } => MISSING_PERMISSIONS,
        });
    }
    remove(world, channel, id)
}

/// Takes a message away.
pub(super) fn remove(world: &mut World, channel: u64, id: u64) -> Result<(), Refusal> {
    let message = world.message(channel, id)?.clone();
    let raw = wire::message(world, &message);
    note(world, &message, What::Deleted, raw);
    let place = world.channels.get_mut(&channel).ok_or(UNKNOWN_MESSAGE)?;
    place.messages.remove(&id);
    let guild = place.guild();
    let needs = guild.map_or(intents::DIRECT_MESSAGES, |_| intents::GUILD_MESSAGES);
    if message.only_for.is_none() {
        let data = json!({
            "id": id.to_string(), "channel_id": channel.to_string(),
            "guild_id": guild.map(|guild| guild.to_string()),
        });
        world.sessions.dispatch("MESSAGE_DELETE", needs, &data);
    }
    Ok(())
}

/// `GET /channels/{id}/messages/{id}`.
pub(super) fn get(world: &World, channel: u64, id: u64) -> Result<Value, Refusal> {
    world.channel(channel)?;
    let message = world.message(channel, id)?;
    if message.only_for.is_some() {
        return Err(UNKNOWN_MESSAGE);
    }
    Ok(wire::message(world, message))
}

/// `GET /channels/{id}/messages` with `limit`, `before` and `after`; newest first.
pub(super) fn list(
    world: &World,
    channel: u64,
    query: impl Fn(&str) -> Option<u64>,
) -> Result<Value, Refusal> {
    let messages = &world.channel(channel)?.messages;
    let limit = query("limit").unwrap_or(50);
    if !(1..=100).contains(&limit) {
        return Err(Refusal::form(
            "limit",
            "NUMBER_TYPE_MAX",
            "int value should be between 1 and 100.",
        ));
    }
    let limit = usize::try_from(limit).map_err(|_| BAD_FORM)?;
    let seen = |message: &&Message| message.only_for.is_none();
    let mut page: Vec<&Message> = match (query("after"), query("before")) {
        (Some(after), _) => messages
            .range((Bound::Excluded(after), Bound::Unbounded))
            .map(|(_, message)| message)
            .filter(seen)
            .take(limit)
            .collect(),
        (None, before) => messages
            .range(..before.unwrap_or(u64::MAX))
            .rev()
            .map(|(_, message)| message)
            .filter(seen)
            .take(limit)
            .collect(),
    };
    page.sort_by_key(|message| std::cmp::Reverse(message.id));
    Ok(page
        .into_iter()
        .map(|message| wire::message(world, message))
        .collect())
}
