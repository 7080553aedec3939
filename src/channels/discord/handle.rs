//! Handles: a person, a channel, or the people of a role, called in a channel.

use serenity::model::id::{ChannelId, RoleId, UserId};

use crate::message::Key;

/// Where a handle leads.
pub(super) enum Handle {
    Person(UserId),
    Channel(ChannelId),
    /// Everybody with this role, called in that channel.
    Role(RoleId, ChannelId),
}

/// A channel is a group; its handle is `channel:NUMBER`.
#[must_use]
pub fn is_group(handle: &str) -> bool {
    matches!(parse(handle), Some(Handle::Channel(_) | Handle::Role(..)))
}

/// `user:NUMBER` or `channel:NUMBER`. Nobody has a role called by a list of addresses.
///
/// # Errors
/// The message that says what is expected.
pub fn parse_handle(text: &str) -> Result<String, Key> {
    match parse(text.trim()) {
        Some(Handle::Person(id)) => Ok(user_handle(id)),
        Some(Handle::Channel(id)) => Ok(channel_handle(id)),
        Some(Handle::Role(..)) | None => Err(Key("channel-discord-handle")),
    }
}

pub(super) fn parse(handle: &str) -> Option<Handle> {
    let (kind, id) = handle.split_once(':')?;
    match kind {
        "user" => Some(Handle::Person(UserId::new(number(id)?))),
        "channel" => Some(Handle::Channel(ChannelId::new(number(id)?))),
        "role" => {
            let (role, channel) = id.split_once('@')?;
            let channel = ChannelId::new(number(channel)?);
            Some(Handle::Role(RoleId::new(number(role)?), channel))
        }
        _ => None,
    }
}

fn number(id: &str) -> Option<u64> {
    let plain = id.bytes().all(|b| b.is_ascii_digit());
    id.parse().ok().filter(|it| *it != 0 && plain)
}

pub(super) fn user_handle(id: UserId) -> String {
    format!("user:{id}")
}

pub(super) fn channel_handle(id: ChannelId) -> String {
    format!("channel:{id}")
}

/// The handle of everybody with a role, called in a channel.
pub(in crate::channels) fn role_handle(role: u64, channel: u64) -> String {
    format!("role:{role}@{channel}")
}
