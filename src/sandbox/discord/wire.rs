//! How the state looks in JSON: users, members, servers, channels and messages.

use chrono::SecondsFormat;
use serde_json::{Value, json};

use super::owner;
use super::world::{BOT, Channel, Guild, Kind, Message, World};
use crate::base::clock::Millis;

/// What the bot may do everywhere: view, send, embed, attach, read history, threads, commands.
pub(super) const BOT_PERMISSIONS: &str = "311385246784";
/// What an ordinary member may do.
pub(super) const MEMBER_PERMISSIONS: u64 = 2_248_473_465_835_073;

/// A moment as the API writes it.
pub(super) fn moment(at: Millis) -> Value {
    at.utc()
        .map(|at| json!(at.to_rfc3339_opts(SecondsFormat::Millis, false)))
        .unwrap_or_default()
}

/// A user object; somebody unknown is a deleted user.
pub(super) fn user(world: &World, id: u64) -> Value {
    let (name, bot) = if id == BOT {
        ("sandbox-bot", true)
    } else {
        let person = world.people.get(&id);
        (person.map_or("deleted_user", |person| &person.name), false)
    };
    json!({
        "id": id.to_string(), "username": name, "global_name": name, "discriminator": "0",
        "avatar": null, "bot": bot, "system": false, "public_flags": 0, "flags": 0,
        "banner": null, "accent_color": null, "avatar_decoration_data": null,
    })
}

/// The bot's own user, as `/users/@me` and READY give it.
pub(super) fn me(world: &World) -> Value {
    let more = json!({"verified": true, "mfa_enabled": true, "email": null, "locale": "en-US"});
    merged(user(world, BOT), more)
}

/// The application, as `/applications/@me` gives it.
pub(super) fn application(world: &World) -> Value {
    let bot = user(world, BOT);
    json!({
        "id": BOT.to_string(), "name": "sandbox-bot", "icon": null, "description": "",
        "summary": "", "bot_public": false, "bot_require_code_grant": false,
        "verify_key": "0".repeat(64), "flags": owner::flags(world), "hook": true, "rpc_origins": [],
        "owner": bot, "team": null, "bot": bot, "tags": [],
        "approximate_guild_count": world.guilds.len(), "redirect_uris": [],
        "interactions_endpoint_url": world.endpoint, "role_connections_verification_url": null,
    })
}

/// A member of a server; `user` is left out where the person stands beside it.
pub(super) fn member(world: &World, guild: &Guild, person: u64, with_user: bool) -> Value {
    let roles: Vec<String> = guild
        .members
        .get(&person)
        .into_iter()
        .flatten()
        .map(ToString::to_string)
        .collect();
    let mut member = json!({
        "roles": roles, "nick": null, "avatar": null, "banner": null,
        "joined_at": "2024-01-01T00:00:00.000000+00:00", "premium_since": null, "deaf": false,
        "mute": false, "flags": 0, "pending": false, "communication_disabled_until": null,
    });
    if with_user {
        member["user"] = user(world, person);
    }
    member
}

/// A member who does something: with what they may do.
pub(super) fn acting_member(world: &World, guild: &Guild, person: u64) -> Value {
    let mut member = member(world, guild, person, true);
    member["permissions"] = json!(guild.permissions.to_string());
    member
}

/// The roles of a server; the one with the server's own id is everybody.
pub(super) fn roles(guild: &Guild) -> Value {
    let everyone = (guild.id, "@everyone".to_owned(), guild.permissions);
    let named = guild.roles.iter();
    let named = named.map(|(id, name)| (*id, name.clone(), MEMBER_PERMISSIONS));
    std::iter::once(everyone)
        .chain(named)
        .enumerate()
        .map(|(position, (id, name, permissions))| {
            json!({
                "id": id.to_string(), "name": name, "color": 0, "hoist": false, "icon": null,
                "colors": {"primary_color": 0, "secondary_color": null, "tertiary_color": null},
                "unicode_emoji": null, "position": position, "permissions": permissions.to_string(),
                "managed": false, "mentionable": true, "flags": 0,
            })
        })
        .collect()
}

/// The fields of both objects in one.
pub(super) fn merged(mut base: Value, more: Value) -> Value {
    if let (Value::Object(base), Value::Object(more)) = (&mut base, more) {
        base.extend(more);
    }
    base
}

/// A server, as `GET /guilds/{id}` gives it.
pub(super) fn guild(guild: &Guild) -> Value {
    let own = json!({
        "id": guild.id.to_string(), "name": guild.name, "owner_id": guild.id.to_string(),
        "roles": roles(guild), "preferred_locale": guild.locale,
    });
    let same_everywhere = json!({
        "icon": null, "icon_hash": null, "splash": null, "discovery_splash": null,
        "afk_channel_id": null, "afk_timeout": 300, "widget_enabled": false,
        "widget_channel_id": null, "verification_level": 0, "default_message_notifications": 0,
        "explicit_content_filter": 0, "emojis": [], "stickers": [], "features": [],
        "mfa_level": 0, "application_id": null, "system_channel_id": null,
        "system_channel_flags": 0, "rules_channel_id": null, "max_members": 500_000,
    });
    let and_so_on = json!({
        "max_presences": null, "vanity_url_code": null, "description": null, "banner": null,
        "premium_tier": 0, "premium_subscription_count": 0, "public_updates_channel_id": null,
        "max_video_channel_users": 25, "max_stage_video_channel_users": 50, "nsfw_level": 0,
        "premium_progress_bar_enabled": false, "safety_alerts_channel_id": null,
        "incidents_data": null,
    });
    merged(merged(own, same_everywhere), and_so_on)
}

/// A server with its places, as `GUILD_CREATE` gives it. Members are not listed: that needs a
/// privileged intent.
pub(super) fn whole_guild(world: &World, of: &Guild) -> Value {
    let places = |threads: bool| -> Value {
        of.channels
            .iter()
            .filter_map(|id| world.channels.get(id))
            .filter(|place| !place.forbidden)
            .filter(|place| matches!(place.kind, Kind::Thread { .. }) == threads)
            .map(|place| channel(world, place))
            .collect()
    };
    let more = json!({
        "joined_at": "2024-01-01T00:00:00.000000+00:00", "large": false, "unavailable": false,
        "member_count": of.members.len() + 1, "voice_states": [],
        "members": [member(world, of, BOT, true)], "channels": places(false),
        "threads": places(true), "presences": [], "stage_instances": [],
        "guild_scheduled_events": [], "soundboard_sounds": [],
    });
    merged(guild(of), more)
}

/// A channel, a thread, or a conversation with one person.
pub(super) fn channel(world: &World, of: &Channel) -> Value {
    let last = of.messages.keys().next_back().map(ToString::to_string);
    let shown = json!({
        "id": of.id.to_string(), "last_message_id": last, "flags": 0, "last_pin_timestamp": null,
    });
    let more = match &of.kind {
        Kind::Direct { person } => json!({"type": 1, "recipients": [user(world, *person)]}),
        Kind::Text { guild, name } => json!({
            "type": 0, "guild_id": guild.to_string(), "name": name, "position": 0,
            "permission_overwrites": [], "nsfw": false, "parent_id": null, "topic": null,
            "rate_limit_per_user": 0, "permissions": BOT_PERMISSIONS,
        }),
        Kind::Thread {
            guild,
            parent,
            name,
            archive_after,
            at,
        } => json!({
            "type": 11, "guild_id": guild.to_string(), "name": name,
            "parent_id": parent.to_string(), "owner_id": BOT.to_string(), "position": 0,
            "permission_overwrites": [], "nsfw": false, "rate_limit_per_user": 0,
            "message_count": of.messages.len(), "member_count": 1,
            "total_message_sent": of.messages.len(), "permissions": BOT_PERMISSIONS,
            "thread_metadata": {
                "archived": false, "auto_archive_duration": archive_after, "locked": false,
                "archive_timestamp": moment(*at), "create_timestamp": moment(*at),
            },
        }),
    };
    merged(shown, more)
}

/// A message, as REST gives it.
pub(super) fn message(world: &World, of: &Message) -> Value {
    let mentions: Vec<Value> = of.pinged.users.iter().map(|id| user(world, *id)).collect();
    let roles: Vec<String> = of.pinged.roles.iter().map(ToString::to_string).collect();
    let mut shown = json!({
        "id": of.id.to_string(), "channel_id": of.channel.to_string(),
        "type": if of.interaction.is_some_and(|(_, kind, _)| kind == 2) { 20 }
            else if of.answers.is_some() { 19 } else { 0 },
        "author": user(world, of.author), "content": of.content, "timestamp": moment(of.at),
        "edited_timestamp": of.edited.map(moment), "tts": of.tts, "pinned": false,
        "mention_everyone": of.pinged.everyone, "mentions": mentions, "mention_roles": roles,
        "mention_channels": [], "attachments": of.attachments, "embeds": of.embeds,
        "components": of.components, "flags": of.flags, "reactions": [],
    });
    if !of.stickers.is_empty() {
        shown["sticker_items"] = json!(of.stickers);
    }
    if let Some(nonce) = &of.nonce {
        shown["nonce"] = nonce.clone();
    }
    if let Some(answered) = of.answers {
        shown["message_reference"] = json!({
            "type": 0, "message_id": answered.to_string(), "channel_id": of.channel.to_string(),
        });
        shown["referenced_message"] = world
            .message(of.channel, answered)
            .map_or(Value::Null, |answered| shallow(world, answered));
    }
    if let Some((id, kind, person)) = of.interaction {
        shown["application_id"] = json!(BOT.to_string());
        shown["webhook_id"] = json!(BOT.to_string());
        shown["interaction_metadata"] = json!({
            "id": id.to_string(), "type": kind, "user": user(world, person),
            "authorizing_integration_owners": {"0": "0"},
        });
    }
    shown
}

/// A message that is quoted below another: without what it answers itself.
fn shallow(world: &World, of: &Message) -> Value {
    let mut plain = of.clone();
    plain.answers = None;
    message(world, &plain)
}
