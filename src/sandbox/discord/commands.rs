//! Application commands: registered, named in languages, found as people type them.

use std::collections::{BTreeMap, HashSet};

use serde_json::{Map, Value, json};

use super::refusal::{Refusal, UNKNOWN_COMMAND, UNKNOWN_GUILD, Wrongs};
use super::world::{BOT, World};
use crate::base::clock::Millis;

/// How many commands of one type an application may have in one scope.
const COMMANDS: usize = 100;

/// The commands of the application, and those of single servers.
#[derive(Debug, Default)]
pub(super) struct Commands(BTreeMap<Option<u64>, BTreeMap<u64, Value>>);

impl Commands {
    /// The chat command that `name` means in `guild`: as registered or in any of its languages.
    pub(super) fn find(&self, guild: Option<u64>, name: &str) -> Option<&Value> {
        let scopes = guild.map(Some).into_iter().chain([None]);
        scopes
            .filter_map(|scope| self.0.get(&scope))
            .flat_map(BTreeMap::values)
            .find(|command| command["type"] == 1 && is_named(command, name))
    }
}

/// Whether a command or an option is called so, in its own name or in a language.
pub(super) fn is_named(what: &Value, name: &str) -> bool {
    what["name"] == name
        || what["name_localizations"]
            .as_object()
            .is_some_and(|names| names.values().any(|known| known == name))
}

fn scope(world: &mut World, guild: Option<u64>) -> Result<&mut BTreeMap<u64, Value>, Refusal> {
    if guild.is_some_and(|guild| !world.guilds.contains_key(&guild)) {
        return Err(UNKNOWN_GUILD);
    }
    Ok(world.commands.0.entry(guild).or_default())
}

/// `GET …/commands`; words of other languages only when asked for, as the platform does.
pub(super) fn list(world: &mut World, guild: Option<u64>, words: bool) -> Result<Value, Refusal> {
    let commands = scope(world, guild)?.values().cloned();
    Ok(commands
        .map(|mut command| {
            if !words && let Value::Object(fields) = &mut command {
                fields.remove("name_localizations");
                fields.remove("description_localizations");
            }
            command
        })
        .collect())
}

/// `GET …/commands/{id}`.
pub(super) fn get(world: &mut World, guild: Option<u64>, id: u64) -> Result<Value, Refusal> {
    scope(world, guild)?
        .get(&id)
        .cloned()
        .ok_or(UNKNOWN_COMMAND)
}

/// `DELETE …/commands/{id}`.
pub(super) fn delete(world: &mut World, guild: Option<u64>, id: u64) -> Result<(), Refusal> {
    scope(world, guild)?
        .remove(&id)
        .map(|_| ())
        .ok_or(UNKNOWN_COMMAND)
}

/// `PUT …/commands`: these and no others. One of the same name and type keeps its id.
pub(super) fn overwrite(
    world: &mut World,
    now: Millis,
    guild: Option<u64>,
    wanted: &[Value],
) -> Result<Value, Refusal> {
    let mut wrongs = Wrongs::default();
    let mut taken = HashSet::new();
    for (place, command) in wanted.iter().enumerate() {
        check(command, &format!("{place}"), &mut wrongs);
        let same = (
            kind(command),
            command["name"].as_str().unwrap_or_default().to_owned(),
        );
        if !taken.insert(same) {
            wrongs.add(
                &format!("{place}/name"),
                "APPLICATION_COMMANDS_DUPLICATE_NAME",
                "Application command names must be unique",
            );
        }
    }
    if wanted.iter().filter(|command| kind(command) == 1).count() > COMMANDS {
        wrongs.add(
            "",
            "APPLICATION_COMMAND_MAX",
            format!("Maximum number of application commands reached ({COMMANDS})."),
        );
    }
    wrongs.verdict()?;
    let mut old = std::mem::take(scope(world, guild)?);
    for command in wanted {
        let known = old
            .iter()
            .find(|(_, known)| same(known, command))
            .map(|(id, _)| *id);
        if let Some(id) = known {
            old.remove(&id);
        }
        put(world, now, guild, (known, command))?;
    }
    list(world, guild, true)
}

/// `POST …/commands`: a new one, or in place of the one of the same name; says which.
pub(super) fn create(
    world: &mut World,
    now: Millis,
    guild: Option<u64>,
    command: &Value,
) -> Result<(bool, Value), Refusal> {
    let mut wrongs = Wrongs::default();
    check(command, "", &mut wrongs);
    let scope = scope(world, guild)?;
    let known = scope
        .iter()
        .find(|(_, known)| same(known, command))
        .map(|(id, _)| *id);
    if known.is_none() && scope.len() >= COMMANDS {
        wrongs.add(
            "",
            "APPLICATION_COMMAND_MAX",
            format!("Maximum number of application commands reached ({COMMANDS})."),
        );
    }
    wrongs.verdict()?;
    Ok((known.is_none(), put(world, now, guild, (known, command))?))
}

/// `PATCH …/commands/{id}`.
pub(super) fn edit(
    world: &mut World,
    now: Millis,
    guild: Option<u64>,
    id: u64,
    changes: &Map<String, Value>,
) -> Result<Value, Refusal> {
    let mut command = get(world, guild, id)?;
    for (field, value) in changes {
        command[field] = value.clone();
    }
    let mut wrongs = Wrongs::default();
    check(&command, "", &mut wrongs);
    wrongs.verdict()?;
    put(world, now, guild, (Some(id), &command))
}

fn kind(command: &Value) -> i64 {
    command["type"].as_i64().unwrap_or(1)
}

fn same(one: &Value, other: &Value) -> bool {
    kind(one) == kind(other) && one["name"] == other["name"]
}

/// Stores a command with everything that the platform fills in.
fn put(
    world: &mut World,
    now: Millis,
    guild: Option<u64>,
    (id, command): (Option<u64>, &Value),
) -> Result<Value, Refusal> {
    let version = world.new_id(now);
    let id = id.unwrap_or(version);
    let or_null = |field: &str| command.get(field).cloned().unwrap_or_default();
    let permissions = match &command["default_member_permissions"] {
        Value::Number(bits) => json!(bits.to_string()),
        other => other.clone(),
    };
    let mut stored = json!({
        "id": id.to_string(), "application_id": BOT.to_string(), "version": version.to_string(),
        "type": kind(command), "name": command["name"],
        "name_localizations": or_null("name_localizations"),
        "description": command["description"].as_str().unwrap_or_default(),
        "description_localizations": or_null("description_localizations"),
        "options": command["options"].as_array().cloned().unwrap_or_default(),
        "default_member_permissions": permissions,
        "dm_permission": command["dm_permission"].as_bool().unwrap_or(true),
        "contexts": or_null("contexts"), "nsfw": command["nsfw"].as_bool().unwrap_or(false),
        "integration_types": command["integration_types"].as_array().cloned()
            .unwrap_or_else(|| vec![json!(0)]),
    });
    if let Some(guild) = guild {
        stored["guild_id"] = json!(guild.to_string());
    }
    scope(world, guild)?.insert(id, stored.clone());
    Ok(stored)
}

/// The rules of names and descriptions that no shape can say.
fn check(command: &Value, path: &str, wrongs: &mut Wrongs) {
    if kind(command) == 1 {
        check_names(command, path, wrongs);
        if command["description"].as_str().is_none_or(str::is_empty) {
            let path = format!("{path}/description");
            wrongs.add(&path, "BASE_TYPE_REQUIRED", "This field is required");
        }
        check_options(command, path, wrongs);
    } else if command["description"]
        .as_str()
        .is_some_and(|text| !text.is_empty())
    {
        wrongs.add(
            &format!("{path}/description"),
            "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_SET",
            "Context menu commands cannot have description",
        );
    }
}

fn check_options(of: &Value, path: &str, wrongs: &mut Wrongs) {
    let mut names = HashSet::new();
    let mut optional_seen = false;
    for (place, option) in of["options"].as_array().into_iter().flatten().enumerate() {
        let path = format!("{path}/options/{place}");
        check_names(option, &path, wrongs);
        if !names.insert(option["name"].as_str().unwrap_or_default()) {
            wrongs.add(
                &format!("{path}/name"),
                "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
                "Option name already exists",
            );
        }
        let required = option["required"] == Value::Bool(true);
        if required && optional_seen {
            wrongs.add(
                &path,
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                "Required options must be placed before non-required options",
            );
        }
        // Types 1 and 2 are subcommands and their groups, which are neither.
        optional_seen |= !required && !matches!(option["type"].as_i64(), Some(1 | 2));
        check_options(option, &path, wrongs);
    }
}

fn check_names(of: &Value, path: &str, wrongs: &mut Wrongs) {
    let mut look = |name: &Value, path: String| {
        if !name.as_str().is_some_and(is_chat_name) {
            let said = "Command name is invalid";
            wrongs.add(&path, "APPLICATION_COMMAND_INVALID_NAME", said);
        }
    };
    look(&of["name"], format!("{path}/name"));
    for (locale, name) in of["name_localizations"].as_object().into_iter().flatten() {
        look(name, format!("{path}/name_localizations/{locale}"));
    }
}

/// `^[-_'\p{L}\p{N}]{1,32}$`, lower case where there is a case.
fn is_chat_name(name: &str) -> bool {
    (1..=32).contains(&name.chars().count())
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '\''))
        && name.to_lowercase() == name
}
