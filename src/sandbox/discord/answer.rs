//! What each route answers, given the state.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::draft::File;
use super::refusal::{Refusal, UNKNOWN_MEMBER, UNKNOWN_USER};
use super::route::Route;
use super::shapes::snowflake;
use super::world::{BOT, World};
use super::{commands, interactions, messages, threads, wire};
use crate::base::clock::Millis;

/// A good answer.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) json: Option<Value>,
}

fn ok(json: Value) -> Reply {
    Reply {
        status: 200,
        json: Some(json),
    }
}

const NOTHING: Reply = Reply {
    status: 204,
    json: None,
};

/// Does what `route` asks. The body's shape was checked; `gateway` is the gateway's address.
pub(super) fn reply(
    world: &mut World,
    now: Millis,
    route: &Route,
    body: &Value,
    files: &[File],
    query: &HashMap<String, String>,
    gateway: &str,
) -> Result<Reply, Refusal> {
    let empty = Map::new();
    let fields = body.as_object().unwrap_or(&empty);
    let flag = |name: &str| query.get(name).is_some_and(|v| v == "true" || v == "1");
    let number = |name: &str| query.get(name).and_then(|value| value.parse().ok());
    Ok(match route {
        Route::Send(at) => ok(messages::send(world, now, *at, fields, files)?),
        Route::Edit(at, one) => ok(messages::edit(world, now, (*at, *one), fields, files)?),
        Route::Delete(at, one) => {
            messages::delete(world, *at, *one)?;
            NOTHING
        }
        Route::Messages(at) => ok(messages::list(world, *at, number)?),
        Route::Message(at, one) => ok(messages::get(world, *at, *one)?),
        Route::ThreadBelow(at, one) => {
            created(threads::start(world, now, *at, Some(*one), fields)?)
        }
        Route::Thread(at) => created(threads::start(world, now, *at, None, fields)?),
        Route::OpenDirect => {
            let person = fields.get("recipient_id").and_then(snowflake);
            let open = person.and_then(|person| world.direct(person, now));
            let open = open.ok_or(UNKNOWN_USER)?;
            ok(wire::channel(world, world.channel(open)?))
        }
        Route::OverwriteCommands(of) => {
            let wanted = body.as_array().map(Vec::as_slice).unwrap_or_default();
            ok(commands::overwrite(world, now, *of, wanted)?)
        }
        Route::CreateCommand(of) => match commands::create(world, now, *of, body)? {
            (true, command) => created(command),
            (false, command) => ok(command),
        },
        Route::EditCommand(of, one) => ok(commands::edit(world, now, *of, *one, fields)?),
        Route::DeleteCommand(of, one) => {
            commands::delete(world, *of, *one)?;
            NOTHING
        }
        Route::Commands(of) => ok(commands::list(world, *of, flag("with_localizations"))?),
        Route::Command(of, one) => ok(commands::get(world, *of, *one)?),
        Route::Callback(id, token) => {
            let outcome = interactions::answer(world, now, (*id, token), fields, files)?;
            if flag("with_response") {
                ok(outcome)
            } else {
                NOTHING
            }
        }
        Route::FollowUp(token) => ok(interactions::follow_up(world, now, token, fields, files)?),
        Route::Said(token, one) => ok(interactions::get(world, now, token, *one)?),
        Route::EditSaid(token, one) => ok(interactions::edit(
            world,
            now,
            (token, *one),
            fields,
            files,
        )?),
        Route::DeleteSaid(token, one) => {
            interactions::delete(world, now, token, *one)?;
            NOTHING
        }
        plain => look(world, plain, gateway)?,
    })
}

fn created(json: Value) -> Reply {
    Reply {
        status: 201,
        json: Some(json),
    }
}

/// Routes that only look.
fn look(world: &World, route: &Route, gateway: &str) -> Result<Reply, Refusal> {
    Ok(ok(match route {
        Route::Gateway => json!({"url": gateway}),
        Route::GatewayBot => json!({
            "url": gateway, "shards": 1,
            "session_start_limit": {
                "total": 1000, "reset_after": 86_400_000, "max_concurrency": 1,
                "remaining": 1000_u64.saturating_sub(world.sessions.identified),
            },
        }),
        Route::Me => wire::me(world),
        Route::Application => wire::application(world),
        Route::User(id) => {
            if *id != BOT && !world.people.contains_key(id) {
                return Err(UNKNOWN_USER);
            }
            wire::user(world, *id)
        }
        Route::Channel(id) => wire::channel(world, world.channel(*id)?),
        Route::Typing(id) => {
            world.channel(*id)?;
            return Ok(NOTHING);
        }
        Route::Guild(id) => wire::guild(world.guild(*id)?),
        Route::Roles(id) => wire::roles(world.guild(*id)?),
        Route::GuildChannels(id) => {
            let channels = &world.guild(*id)?.channels;
            let seen = channels.iter().filter_map(|id| world.channel(*id).ok());
            seen.map(|channel| wire::channel(world, channel)).collect()
        }
        Route::Member(guild, id) => {
            let guild = world.guild(*guild)?;
            if *id != BOT && !guild.members.contains_key(id) {
                return Err(UNKNOWN_MEMBER);
            }
            wire::member(world, guild, *id, true)
        }
        _ => return Err(super::refusal::NOT_FOUND),
    }))
}
