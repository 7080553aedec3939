//! What a person asks by a command, a button, a list or a window.

use serde::Deserialize;
use serenity::model::channel::MessageFlags;
use serenity::model::id::{
    ApplicationId, ChannelId, GuildId, InteractionId, MessageId, RoleId, UserId,
};

use super::events::{Event, Response, WithId, made_at};
use super::payload::{FIELD, OPENS};
use super::via::{Via, fits_a_path};
use super::{NAME, receipt_of, user_handle};
use crate::channel::{Act, Inbound, window};
use crate::message::Token;
use crate::message::choice::Tap;

#[derive(Deserialize)]
pub(super) struct Interaction {
    id: InteractionId,
    application_id: ApplicationId,
    #[serde(rename = "type")]
    kind: u8,
    token: String,
    #[serde(default)]
    data: Option<Used>,
    message: Option<Below>,
    guild_id: Option<GuildId>,
    member: Option<Member>,
    user: Option<WithId<UserId>>,
    locale: Option<String>,
    guild_locale: Option<String>,
}

#[derive(Deserialize)]
struct Member {
    user: WithId<UserId>,
    #[serde(default)]
    roles: Vec<RoleId>,
}

/// The roles of a member of a server, which count there and nowhere else, as
/// [`crate::channel::Inbound::groups`] has them.
pub(super) fn groups(guild: GuildId, roles: &[RoleId]) -> Vec<String> {
    let all = roles.iter();
    all.map(|role| group_of(guild.get(), role.get())).collect()
}

/// What was used: a command by its name, a component by its id, or a window with its fields.
#[derive(Deserialize)]
struct Used {
    name: Option<String>,
    #[serde(default)]
    options: Vec<CommandOption>,
    custom_id: Option<String>,
    /// Everything that is chosen in a list.
    values: Option<Vec<String>>,
    #[serde(default)]
    components: Vec<Component>,
}

#[derive(Deserialize)]
struct CommandOption {
    value: Option<serde_json::Value>,
}

/// The message with the component, or with the button that opened the window.
#[derive(Deserialize)]
struct Below {
    id: MessageId,
    channel_id: ChannelId,
    #[serde(default)]
    flags: u64,
    #[serde(default)]
    components: Vec<Component>,
}

/// A component, or a row of them.
#[derive(Deserialize)]
struct Component {
    custom_id: Option<String>,
    label: Option<String>,
    value: Option<String>,
    values: Option<Vec<String>>,
    min_values: Option<u64>,
    #[serde(default)]
    components: Vec<Component>,
    #[serde(rename = "component")]
    labelled: Option<Box<Component>>,
}

impl Component {
    fn find<'a>(among: &'a [Self], custom_id: &str) -> Option<&'a Self> {
        among.iter().find_map(|one| {
            if one.custom_id.as_deref() == Some(custom_id) {
                return Some(one);
            }
            let inner = one.labelled.as_deref().map(std::slice::from_ref);
            inner
                .and_then(|inner| Self::find(inner, custom_id))
                .or_else(|| Self::find(&one.components, custom_id))
        })
    }
}

/// A role of a server as [`crate::channel::Inbound::groups`] has it.
pub(in crate::channels) fn group_of(guild: u64, role: u64) -> String {
    format!("{guild}:{role}")
}

/// What an interaction means, if it means anything to us.
pub(super) fn interaction(it: Interaction) -> Option<Event> {
    let in_guild = it.guild_id.zip(it.member.as_ref());
    let roles = in_guild.map(|(guild, member)| groups(guild, &member.roles));
    let person = it.member.map(|member| member.user).or(it.user)?;
    let used = it.data?;
    if !fits_a_path(&it.token) {
        return None;
    }
    // In a direct message nobody else reads, and what is not private stays for good.
    let private = it.guild_id.is_some();
    let components = it.message.as_ref().map(|it| it.components.as_slice());
    let components = components.unwrap_or_default();
    // A message that others see, too, is not changed in answer to one person.
    let ours_alone = |below: &&Below| !private || below.flags & MessageFlags::EPHEMERAL.bits() != 0;
    let on = it.message.as_ref().filter(ours_alone);
    let (act, response) = match it.kind {
        2 => (said(&used), Response::Thinking { private }),
        3 => match one_field(&used, components) {
            Some(opened) => (None, opened),
            None => (acted(used, components), Response::Unseen),
        },
        5 if on.is_some() => (typed(used), Response::Unseen),
        5 => (typed(used), Response::Thinking { private }),
        _ => return None,
    };
    let via = Via {
        application: it.application_id,
        token: it.token.clone(),
        waiting: matches!(response, Response::Thinking { .. }),
        private,
        on: on.map(|below| below.id),
    };
    let languages = it.locale.into_iter().chain(it.guild_locale);
    let event = act.map(|act| Inbound {
        id: format!("interaction:{}", it.id),
        channel: NAME,
        from: user_handle(person.id),
        group: false,
        via: Some(via.to_string()),
        at: made_at(it.id.get()),
        languages: distinct(languages),
        on: on.map(|below| receipt_of(below.channel_id, below.id)),
        groups: roles.unwrap_or_default(),
        act,
    });
    Some(Event::Interaction {
        interaction: it.id,
        token: it.token,
        response,
        events: event.into_iter().collect(),
    })
}

/// A command as text: its Latin name, whatever the person's locale calls it, and its options.
fn said(used: &Used) -> Option<Act> {
    let mut text = format!("/{}", used.name.as_ref()?);
    for value in used.options.iter().filter_map(|it| it.value.as_ref()) {
        text.push(' ');
        match value.as_str() {
            Some(words) => text.push_str(words),
            None => text.push_str(&value.to_string()),
        }
    }
    Some(Act::Said(text))
}

/// The window that a pressed button opens, if it opens one: all it needs stands on the button.
fn one_field(used: &Used, components: &[Component]) -> Option<Response> {
    let custom_id = used.custom_id.as_deref()?;
    let token = Token::try_from(custom_id.strip_prefix(OPENS)?.to_owned()).ok()?;
    let button = Component::find(components, custom_id);
    let label = button.and_then(|button| button.label.clone());
    Some(Response::Window {
        label: label.unwrap_or_default(),
        token,
    })
}

/// A pressed button, or a choice from a list. Of a list for one answer, whose least is not 0, a
/// choice is the same as a press on that answer's button.
fn acted(used: Used, components: &[Component]) -> Option<Act> {
    let custom_id = used.custom_id?;
    let list = Component::find(components, &custom_id);
    let several = list.is_none_or(|list| list.min_values == Some(0));
    let token = Token::try_from(custom_id).ok()?;
    Some(match used.values {
        None => Act::Pressed(token),
        Some(values) if several => Act::Chose { token, values },
        Some(values) => Act::Pressed(Tap::Only(values.into_iter().next()?).token(&token)?),
    })
}

/// What was written into a window.
fn typed(used: Used) -> Option<Act> {
    let token = Token::try_from(used.custom_id?).ok()?;
    if token.as_str().starts_with(window::OPENS) {
        let fields = used.components.into_iter();
        let fields = fields.filter_map(|it| {
            it.labelled
                .map_or_else(|| it.components.into_iter().next(), |it| Some(*it))
        });
        let value = |it: Component| {
            let chosen = it.values.and_then(|values| values.into_iter().next());
            Some((it.custom_id?, it.value.or(chosen).unwrap_or_default()))
        };
        let values = fields.filter_map(value).collect();
        return Some(Act::Filled { token, values });
    }
    let text = Component::find(&used.components, FIELD)?.value.clone()?;
    Some(Act::Typed { token, text })
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
