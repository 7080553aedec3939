//! What a gateway event means for the desk. Only the fields that we use are read, so that an event
//! with something new in it still arrives.

use serde::Deserialize;
use serenity::model::id::{
    ApplicationId, ChannelId, GuildId, InteractionId, MessageId, RoleId, UserId,
};

use super::interaction::{groups, interaction};
use super::places::Places;
use super::{NAME, channel_handle, user_handle};
use crate::base::clock::Millis;
use crate::channel::{Act, Inbound, Media};
use crate::message::Token;

/// 2015-01-01T00:00:00Z, the zero of Discord's ids, which hold the time above bit 22.
const EPOCH: u64 = 1_420_070_400_000;

/// Who we are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Me {
    pub user: UserId,
    pub application: ApplicationId,
}

/// An event's place in its session; the two together name it, in a replay too.
pub(super) struct Origin<'a> {
    pub me: Me,
    pub session: &'a str,
    pub seq: u64,
    /// Now, for events that hold no time of their own.
    pub at: Millis,
}

/// An event that concerns us.
#[derive(Debug, PartialEq)]
pub(super) enum Event {
    /// For the desk as it is.
    Plain(Vec<Inbound>),
    /// Somebody used a command, a button, a list or a window, and Discord wants a response within 3
    /// seconds.
    Interaction {
        interaction: InteractionId,
        token: String,
        response: Response,
        /// For the desk; nothing for a button that is not ours, and for one that opens a window.
        events: Vec<Inbound>,
    },
}

/// The response that Discord waits for: mostly a mere sign of life, for the answer comes later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Response {
    /// "The bot is thinking", seen by all or by that person alone.
    Thinking { private: bool },
    /// Nothing to see; the message that was acted on stays as it is.
    Unseen,
    /// A window with a field, under the button's own label; it cannot come later.
    Window { label: String, token: Token },
}

/// Anything that Discord writes as an object with an id.
#[derive(Debug, Deserialize)]
pub(super) struct WithId<I> {
    pub id: I,
}

#[derive(Deserialize)]
struct Message {
    id: MessageId,
    guild_id: Option<GuildId>,
    member: Option<Member>,
    author: Author,
    #[serde(default)]
    content: String,
    #[serde(default)]
    mentions: Vec<WithId<UserId>>,
    #[serde(default)]
    attachments: Vec<Attachment>,
    #[serde(default)]
    sticker_items: Vec<serde::de::IgnoredAny>,
    webhook_id: Option<serde::de::IgnoredAny>,
    #[serde(rename = "type", default)]
    kind: u8,
}

/// What stands beside the author of a message in a server.
#[derive(Deserialize)]
struct Member {
    #[serde(default)]
    roles: Vec<RoleId>,
}

#[derive(Deserialize)]
struct Attachment {
    content_type: Option<String>,
}

#[derive(Deserialize)]
struct Author {
    id: UserId,
    #[serde(default)]
    bot: bool,
}

/// A channel or a thread, and the server it is in.
#[derive(Deserialize)]
struct Place {
    id: ChannelId,
    guild_id: GuildId,
}

#[derive(Deserialize)]
struct Guild {
    id: GuildId,
    #[serde(default)]
    unavailable: bool,
    #[serde(default)]
    channels: Vec<WithId<ChannelId>>,
    #[serde(default)]
    threads: Vec<WithId<ChannelId>>,
}

/// What the event `name` means, if it means anything to us. `places` learns of channels by it.
pub(super) fn understand(
    name: &str,
    data: &str,
    origin: &Origin<'_>,
    places: &mut Places,
) -> Option<Event> {
    let understood = match name {
        "INTERACTION_CREATE" => serde_json::from_str(data).map(interaction),
        "MESSAGE_CREATE" => serde_json::from_str(data).map(|it| message(&it, origin.me.user)),
        "GUILD_CREATE" => serde_json::from_str(data).map(|guild: Guild| {
            let channels = guild.channels.iter().chain(&guild.threads);
            places.add(guild.id, channels.map(|channel| channel.id));
            None
        }),
        "CHANNEL_CREATE" | "THREAD_CREATE" => serde_json::from_str(data).map(|place: Place| {
            places.add(place.guild_id, [place.id]);
            None
        }),
        "CHANNEL_DELETE" | "THREAD_DELETE" => serde_json::from_str(data).map(|place: Place| {
            places.remove(place.guild_id, place.id);
            Some(left(&[place.id], origin))
        }),
        // A server that is only unavailable is back after Discord's outage.
        "GUILD_DELETE" => serde_json::from_str(data)
            .map(|guild: Guild| (!guild.unavailable).then(|| left(&places.take(guild.id), origin))),
        _ => return None,
    };
    understood.unwrap_or_else(|error| {
        tracing::warn!(
            name,
            seq = origin.seq,
            line = error.line(),
            column = error.column(),
            "discord: an event could not be read"
        );
        None
    })
}

/// A direct message, or one in a server that mentions us, written by a person.
fn message(it: &Message, me: UserId) -> Option<Event> {
    /// An ordinary message and a reply; other kinds are notices ("somebody joined").
    const WRITTEN: [u8; 2] = [0, 19];
    let by_a_person = !it.author.bot && it.author.id != me && it.webhook_id.is_none();
    let to_us = it.guild_id.is_none() || it.mentions.iter().any(|mention| mention.id == me);
    if !by_a_person || !to_us || !WRITTEN.contains(&it.kind) {
        return None;
    }
    let text = (it.content)
        .replace(&format!("<@{me}>"), "")
        .replace(&format!("<@!{me}>"), "");
    let act = match text.trim() {
        // Beside a mention in a server nothing is meant for us but words.
        "" if it.guild_id.is_none() => Act::Sent(sent(it)?),
        "" => return None,
        text => Act::Said(text.to_owned()),
    };
    let in_guild = it.guild_id.zip(it.member.as_ref());
    let roles = in_guild.map(|(guild, member)| groups(guild, &member.roles));
    Some(Event::Plain(vec![Inbound {
        id: format!("message:{}", it.id),
        channel: NAME,
        from: user_handle(it.author.id),
        group: false,
        via: None,
        at: made_at(it.id.get()),
        languages: vec![],
        on: None,
        groups: roles.unwrap_or_default(),
        act,
    }]))
}

/// What a message without words holds.
fn sent(it: &Message) -> Option<Media> {
    if !it.sticker_items.is_empty() {
        return Some(Media::Sticker);
    }
    let kind = it.attachments.first()?.content_type.as_deref();
    Some(match kind.and_then(|kind| kind.split('/').next()) {
        Some("image") => Media::Photo,
        Some("video") => Media::Video,
        Some("audio") => Media::Voice,
        _ => Media::File,
    })
}

fn left(channels: &[ChannelId], origin: &Origin<'_>) -> Event {
    let inbound = |channel: &ChannelId| Inbound {
        id: format!("left:{}:{}:{channel}", origin.session, origin.seq),
        channel: NAME,
        from: channel_handle(*channel),
        group: true,
        via: None,
        at: origin.at,
        languages: vec![],
        on: None,
        groups: vec![],
        act: Act::Left,
    };
    Event::Plain(channels.iter().map(inbound).collect())
}

pub(super) fn made_at(id: u64) -> Millis {
    Millis(i64::try_from((id >> 22) + EPOCH).unwrap_or(i64::MAX))
}
