//! What a gateway event means for the desk. Only the fields that we use are read, so that an event
//! with something new in it still arrives.

use serde::Deserialize;
use serenity::model::id::{ApplicationId, ChannelId, GuildId, InteractionId, MessageId, UserId};

use super::places::Places;
use super::via::{Via, fits_a_path};
use super::{NAME, channel_handle, user_handle};
use crate::base::clock::Millis;
use crate::channel::{Act, Inbound};
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
    /// Somebody used a command or a button, and Discord wants a sign of life within 3 seconds.
    Interaction {
        interaction: InteractionId,
        token: String,
        deferral: Deferral,
        /// For the desk; `None` for a button that is not ours.
        inbound: Option<Inbound>,
    },
}

/// The sign of life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Deferral {
    /// "The bot is thinking", seen by all or by that person alone.
    Answer { private: bool },
    /// Nothing to see; the message with the button stays as it is.
    Button,
}

/// Anything that Discord writes as an object with an id.
#[derive(Debug, Deserialize)]
pub(super) struct WithId<I> {
    pub id: I,
}

#[derive(Deserialize)]
struct Interaction {
    id: InteractionId,
    application_id: ApplicationId,
    #[serde(rename = "type")]
    kind: u8,
    token: String,
    #[serde(default)]
    data: Option<Choice>,
    guild_id: Option<GuildId>,
    member: Option<Member>,
    user: Option<WithId<UserId>>,
    locale: Option<String>,
    guild_locale: Option<String>,
}

#[derive(Deserialize)]
struct Member {
    user: WithId<UserId>,
}

/// What was chosen: a command by its name, or a component by its id.
#[derive(Deserialize)]
struct Choice {
    name: Option<String>,
    #[serde(default)]
    options: Vec<CommandOption>,
    custom_id: Option<String>,
}

#[derive(Deserialize)]
struct CommandOption {
    value: Option<serde_json::Value>,
}

#[derive(Deserialize)]
struct Message {
    id: MessageId,
    guild_id: Option<GuildId>,
    author: Author,
    #[serde(default)]
    content: String,
    #[serde(default)]
    mentions: Vec<WithId<UserId>>,
    webhook_id: Option<serde::de::IgnoredAny>,
    #[serde(rename = "type", default)]
    kind: u8,
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

fn interaction(it: Interaction) -> Option<Event> {
    let person = it.member.map(|member| member.user).or(it.user)?;
    let choice = it.data?;
    // In a direct message nobody else reads, and what is not private stays for good.
    let private = it.guild_id.is_some();
    let (act, deferral) = match it.kind {
        2 => (said(&choice), Deferral::Answer { private }),
        3 => (pressed(choice.custom_id), Deferral::Button),
        _ => return None,
    };
    if !fits_a_path(&it.token) {
        return None;
    }
    let via = Via {
        application: it.application_id,
        token: it.token.clone(),
        waiting: deferral != Deferral::Button,
        private,
    };
    let languages = it.locale.into_iter().chain(it.guild_locale);
    let inbound = act.map(|act| Inbound {
        id: format!("interaction:{}", it.id),
        channel: NAME,
        from: user_handle(person.id),
        group: false,
        via: Some(via.to_string()),
        at: made_at(it.id.get()),
        languages: distinct(languages),
        act,
    });
    Some(Event::Interaction {
        interaction: it.id,
        token: it.token,
        deferral,
        inbound,
    })
}

/// A command as text: its Latin name, whatever the person's locale calls it, and its options.
fn said(choice: &Choice) -> Option<Act> {
    let mut text = format!("/{}", choice.name.as_ref()?);
    for value in choice.options.iter().filter_map(|it| it.value.as_ref()) {
        text.push(' ');
        match value.as_str() {
            Some(words) => text.push_str(words),
            None => text.push_str(&value.to_string()),
        }
    }
    Some(Act::Said(text))
}

fn pressed(custom_id: Option<String>) -> Option<Act> {
    Token::try_from(custom_id?).ok().map(Act::Pressed)
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
    let text = text.trim();
    (!text.is_empty()).then(|| {
        Event::Plain(vec![Inbound {
            id: format!("message:{}", it.id),
            channel: NAME,
            from: user_handle(it.author.id),
            group: false,
            via: None,
            at: made_at(it.id.get()),
            languages: vec![],
            act: Act::Said(text.to_owned()),
        }])
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
        act: Act::Left,
    };
    Event::Plain(channels.iter().map(inbound).collect())
}

fn made_at(id: u64) -> Millis {
    Millis(i64::try_from((id >> 22) + EPOCH).unwrap_or(i64::MAX))
}

fn distinct(tags: impl Iterator<Item = String>) -> Vec<String> {
    let mut distinct = vec![];
    for tag in tags {
        if !distinct.contains(&tag) {
            distinct.push(tag);
        }
    }
    distinct
}
