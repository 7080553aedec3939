//! Threads: a public one below a message, or on its own in a text channel.

use serde_json::{Map, Value};

use super::refusal::{Refusal, THREAD_EXISTS, WRONG_CHANNEL_TYPE};
use super::sessions::intents;
use super::wire;
use super::world::{Channel, Kind, World};
use crate::base::clock::Millis;

/// `POST …/threads`: a public thread, below a message or on its own.
pub(super) fn start(
    world: &mut World,
    now: Millis,
    channel: u64,
    below: Option<u64>,
    body: &Map<String, Value>,
) -> Result<Value, Refusal> {
    let Kind::Text { guild, .. } = world.channel(channel)?.kind else {
        return Err(WRONG_CHANNEL_TYPE);
    };
    let id = match below {
        Some(message) => {
            let message = world.message_mut(channel, message)?;
            if std::mem::replace(&mut message.threaded, true) {
                return Err(THREAD_EXISTS);
            }
            message.id
        }
        None => world.new_id(now),
    };
    let kind = Kind::Thread {
        guild,
        parent: channel,
        name: body["name"].as_str().unwrap_or_default().to_owned(),
        archive_after: body
            .get("auto_archive_duration")
            .and_then(Value::as_u64)
            .unwrap_or(4320),
        at: now,
    };
    world.channels.insert(id, Channel::new(id, kind));
    if let Some(guild) = world.guilds.get_mut(&guild) {
        guild.channels.insert(id);
    }
    let shown = world
        .channels
        .get(&id)
        .map(|thread| wire::channel(world, thread))
        .unwrap_or_default();
    world
        .sessions
        .dispatch("THREAD_CREATE", intents::GUILDS, &shown);
    Ok(shown)
}
