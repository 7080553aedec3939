//! Tells of messages: the ledger what people see, the gateway what listeners are owed.

use serde_json::{Value, json};

use super::sessions::intents;
use super::world::{BOT, Channel, Kind, Message, World};
use super::{components, wire};
use crate::sandbox::ledger::{Seen, What};

/// Keeps a new message and tells ledger and gateway.
pub(super) fn publish(world: &mut World, message: Message) -> Value {
    let shown = announce(world, &message, "MESSAGE_CREATE", Some(What::Sent));
    world.keep(message);
    shown
}

/// Tells the gateway of a message's state, and the ledger when people notice (`what`).
pub(super) fn announce(
    world: &mut World,
    message: &Message,
    event: &str,
    what: Option<What>,
) -> Value {
    let shown = wire::message(world, message);
    if let Some(what) = what {
        note(world, message, what, shown.clone());
    }
    if message.only_for.is_none() && world.sessions.any() {
        tell(world, message, event, &shown);
    }
    shown
}

fn tell(world: &mut World, message: &Message, event: &str, shown: &Value) {
    let guild = world
        .channels
        .get(&message.channel)
        .and_then(Channel::guild);
    let mut event_data = shown.clone();
    let needs = match guild.and_then(|guild| world.guilds.get(&guild)) {
        Some(guild) => {
            event_data["guild_id"] = json!(guild.id.to_string());
            event_data["member"] = wire::member(world, guild, message.author, false);
            intents::GUILD_MESSAGES
        }
        None => intents::DIRECT_MESSAGES,
    };
    let open = guild.is_none() || message.author == BOT || message.pinged.users.contains(&BOT);
    world
        .sessions
        .dispatch_message(event, needs, open, &event_data);
}

/// Writes down what people see of a message.
pub(super) fn note(world: &World, message: &Message, what: What, raw: Value) {
    let direct = match world.channels.get(&message.channel).map(|at| &at.kind) {
        Some(Kind::Direct { person }) => Some(*person),
        _ => None,
    };
    let to = message.only_for.or(direct).map_or_else(
        || format!("channel:{}", message.channel),
        |person| format!("user:{person}"),
    );
    world.ledger.saw(Seen {
        number: 0,
        at: message.at,
        channel: "discord",
        to,
        id: message.id.to_string(),
        what,
        text: plain(message),
        buttons: components::buttons(&message.components),
        lists: components::lists(&message.components),
        raw,
    });
}

/// What a person reads: content and embeds, a line each.
fn plain(message: &Message) -> String {
    let mut lines = vec![message.content.clone()];
    for embed in &message.embeds {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        lines.extend(
            [
                &embed["author"]["name"],
                &embed["title"],
                &embed["description"],
            ]
            .map(text),
        );
        for field in embed["fields"].as_array().into_iter().flatten() {
            lines.push(format!(
                "{}: {}",
                text(&field["name"]),
                text(&field["value"])
            ));
        }
        lines.push(text(&embed["footer"]["text"]));
    }
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}
