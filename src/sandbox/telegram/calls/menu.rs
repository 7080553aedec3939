//! The bot's commands and descriptions, each per language.

use serde_json::{Value, json};

use super::super::check;
use super::super::refusal::Refusal;
use super::super::state::State;
use super::Call;

/// Commands in one list.
const MOST_COMMANDS: usize = 100;

/// setMyCommands.
pub(super) fn set(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let key = (scope(state, call)?, call.language()?);
    let commands = call.value("commands").cloned().unwrap_or_default();
    let listed = commands.as_array().map(Vec::as_slice).unwrap_or_default();
    if listed.len() > MOST_COMMANDS {
        return Err(Refusal::bad("BOT_COMMANDS_TOO_MUCH"));
    }
    for command in listed {
        let name = command["command"].as_str().unwrap_or_default();
        let letters = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        if !(1..=32).contains(&name.len()) || !name.bytes().all(letters) {
            return Err(Refusal::bad("BOT_COMMAND_INVALID"));
        }
        let description = command["description"].as_str().unwrap_or_default();
        if !(1..=256).contains(&check::units(description)) {
            return Err(Refusal::bad("BOT_COMMAND_DESCRIPTION_INVALID"));
        }
    }
    if listed.is_empty() {
        state.menus.remove(&key);
    } else {
        state.menus.insert(key, commands);
    }
    Ok(json!(true))
}

/// getMyCommands.
pub(super) fn get(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let key = (scope(state, call)?, call.language()?);
    Ok(state.menus.get(&key).cloned().unwrap_or_else(|| json!([])))
}

/// deleteMyCommands.
pub(super) fn delete(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    state.menus.remove(&(scope(state, call)?, call.language()?));
    Ok(json!(true))
}

/// setMyDescription and setMyShortDescription.
pub(super) fn describe(
    state: &mut State,
    call: &Call,
    field: &'static str,
    most: usize,
) -> Result<Value, Refusal> {
    let key = (field, call.language()?);
    let text = call.text(field).unwrap_or_default();
    if check::units(text) > most {
        return Err(Refusal::bad(format!("{field} is too long")));
    }
    state.descriptions.insert(key, text.to_owned());
    Ok(json!(true))
}

/// getMyDescription and getMyShortDescription.
pub(super) fn description(
    state: &mut State,
    call: &Call,
    field: &'static str,
) -> Result<Value, Refusal> {
    let text = state.descriptions.get(&(field, call.language()?));
    Ok(json!({ field: text.cloned().unwrap_or_default() }))
}

/// One text per scope; a scope that names a chat must name one that the bot reaches.
fn scope(state: &State, call: &Call) -> Result<String, Refusal> {
    let Some(scope) = call.value("scope") else {
        return Ok("default".to_owned());
    };
    if let Some(chat) = scope.get("chat_id") {
        let id = chat
            .as_i64()
            .ok_or_else(|| Refusal::bad("chat not found"))?;
        state.reach(id)?;
    }
    let part = |name: &str| scope.get(name).map(Value::to_string).unwrap_or_default();
    let kind = scope["type"].as_str().unwrap_or("default");
    Ok([kind, &part("chat_id"), &part("user_id")]
        .join(" ")
        .trim_end()
        .to_owned())
}
