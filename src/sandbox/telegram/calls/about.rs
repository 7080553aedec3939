//! What the bot asks about chats, files and itself, and how it answers a press.

use serde_json::{Value, json};

use super::super::refusal::Refusal;
use super::super::shape;
use super::super::state::{Standing, State};
use super::Call;

/// What sendChatAction can show.
const ACTIONS: [&str; 11] = [
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
];

/// deleteWebhook, and setWebhook with an empty address, which is the same.
pub(super) fn webhook(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    if call.text("url").is_some_and(|address| !address.is_empty()) {
        return Err(Refusal::bad(
            "bad webhook: the sandbox delivers by getUpdates only",
        ));
    }
    state.set_up.webhook.clear();
    if call.flag("drop_pending_updates") {
        state.updates.drop_all();
    }
    Ok(json!(true))
}

/// getWebhookInfo.
pub(super) fn webhook_info(state: &State) -> Value {
    let mut info = json!({
        "url": state.set_up.webhook,
        "has_custom_certificate": false,
        "pending_update_count": state.updates.len(),
    });
    if let Some(allowed) = state.updates.allowed() {
        info["allowed_updates"] = json!(allowed);
    }
    info
}

/// getChat.
pub(super) fn chat(state: &State, call: &Call) -> Result<Value, Refusal> {
    let unknown = || Refusal::bad("chat not found");
    let chat = state.chats.get(&call.chat_id()?).ok_or_else(unknown)?;
    match chat.standing {
        Standing::Unmet => Err(unknown()),
        Standing::Moved(to) => Err(Refusal::moved(to)),
        Standing::Blocked if !chat.is_private() => state.reach(chat.id).map(|_| Value::Null),
        Standing::Open | Standing::Blocked | Standing::Deactivated => {
            Ok(shape::full_chat(state, chat))
        }
    }
}

/// getChatMember: the bot and those who wrote in the chat are members of it.
pub(super) fn chat_member(state: &State, call: &Call) -> Result<Value, Refusal> {
    let chat = state.reach(call.chat_id()?)?;
    let user = call.int("user_id").unwrap_or_default();
    let is_member = user == state.bot.id || user == chat.id || chat.members.contains(&user);
    if is_member {
        return Ok(shape::member(state, user, "member"));
    }
    if state.people.contains_key(&user) {
        return Ok(shape::member(state, user, "left"));
    }
    Err(Refusal::bad("user not found"))
}

/// getFile.
pub(super) fn file(state: &State, call: &Call) -> Result<Value, Refusal> {
    let id = call.text("file_id").unwrap_or_default();
    let unknown = || Refusal::bad("wrong file_id or the file is temporarily unavailable");
    state.files.describe(id).ok_or_else(unknown)
}

/// sendChatAction.
pub(super) fn chat_action(state: &State, call: &Call) -> Result<Value, Refusal> {
    if !ACTIONS.contains(&call.text("action").unwrap_or_default()) {
        return Err(Refusal::bad("wrong parameter action in request"));
    }
    state.reach(call.chat_id()?)?;
    Ok(json!(true))
}

/// answerCallbackQuery; a press can be answered once.
pub(super) fn answer_press(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let text = call.text("text").unwrap_or_default();
    if text.chars().count() > 200 {
        return Err(Refusal::bad("MESSAGE_TOO_LONG"));
    }
    if call.text("url").is_some_and(|address| !address.is_empty()) {
        return Err(Refusal::bad("URL_INVALID"));
    }
    let query = call.text("callback_query_id").unwrap_or_default();
    let Some(chat_id) = state.presses.remove(query) else {
        return Err(Refusal::bad(
            "query is too old and response timeout expired or query ID is invalid",
        ));
    };
    state.note_answer(chat_id, query, text, Value::Object(call.params.clone()));
    Ok(json!(true))
}
