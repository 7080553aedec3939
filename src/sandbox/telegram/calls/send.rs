//! sendMessage and sendPhoto.

use serde_json::{Value, json};

use super::super::check::{self, Keys};
use super::super::refusal::Refusal;
use super::super::state::{Content, Formatted, Message, State, plain};
use super::Call;
use crate::sandbox::ledger::What;

/// sendMessage.
pub(super) fn message(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let said = formatted(call, "text", "entities")?;
    if said.text.trim().is_empty() {
        return Err(Refusal::bad("message text is empty"));
    }
    if check::units(&said.text) > check::LONGEST_TEXT {
        return Err(Refusal::bad("message is too long"));
    }
    post(state, call, Content::Text(said))
}

/// sendPhoto, from an upload or a known `file_id`; the sandbox fetches nothing.
pub(super) fn photo(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let caption = caption(call)?;
    // A refused chat must not leave a file behind.
    state.reach(call.chat_id()?)?;
    let given = call.text("photo").unwrap_or_default();
    let sizes = if let Some(name) = given.strip_prefix("attach://") {
        let upload = call.files.get(name);
        let upload = upload.ok_or_else(|| Refusal::bad("there is no photo in the request"))?;
        state.files.add_photo(&upload.content)?
    } else if given.starts_with("http://") || given.starts_with("https://") {
        return Err(Refusal::bad("failed to get HTTP URL content"));
    } else {
        let wrong = || Refusal::bad("wrong file identifier/HTTP URL specified");
        state.files.photo(given).ok_or_else(wrong)?
    };
    post(state, call, Content::Photo { sizes, caption })
}

/// A text of the call with its entities, both checked.
pub(super) fn formatted(call: &Call, text: &str, entities: &str) -> Result<Formatted, Refusal> {
    if call.text("parse_mode").is_some() {
        return Err(Refusal::bad(
            "unsupported parse_mode: the sandbox takes entities only",
        ));
    }
    let (text, entities) = (call.text(text).unwrap_or_default(), call.value(entities));
    check::entities(text, entities)?;
    let some = |marks: &&Value| marks.as_array().is_some_and(|marks| !marks.is_empty());
    Ok(Formatted {
        text: text.to_owned(),
        entities: entities.filter(some).cloned(),
    })
}

/// The call's caption, checked; empty when there is none.
pub(super) fn caption(call: &Call) -> Result<Formatted, Refusal> {
    let caption = formatted(call, "caption", "caption_entities")?;
    if check::units(&caption.text) > check::LONGEST_CAPTION {
        return Err(Refusal::bad("message caption is too long"));
    }
    Ok(caption)
}

/// Puts a message of the bot into its chat.
fn post(state: &mut State, call: &Call, content: Content) -> Result<Value, Refusal> {
    let chat_id = call.chat_id()?;
    let keyboard = check::keyboard(call.value("reply_markup"))?;
    let chat = state.reach(chat_id)?;
    let keys = check::keys(call.value("reply_markup"), chat.is_private())?;
    let mut thread = call.int("message_thread_id");
    if thread.is_some_and(|thread| !chat.topics.contains(&thread)) {
        return Err(Refusal::bad("message thread not found"));
    }
    let answered = answered(call, chat_id, &chat.messages)?;
    if let Some(answered) = answered {
        thread = thread.or(answered.thread);
    }
    let reply_to = answered.map(|message| message.id);
    state.admit(chat_id)?;
    let mut message = state.draft(state.bot.id, content);
    message.reply_to = reply_to;
    message.thread = thread;
    message.keyboard = keyboard;
    if let Some(keys) = keys
        && let Some(chat) = state.chats.get_mut(&chat_id)
    {
        chat.keys = match keys {
            Keys::Show(keyboard) => Some(keyboard),
            Keys::Remove => None,
        };
        message.keys.clone_from(&chat.keys);
    }
    for (given, shown) in [
        ("protect_content", "has_protected_content"),
        ("has_spoiler", "has_media_spoiler"),
        ("show_caption_above_media", "show_caption_above_media"),
    ] {
        if call.flag(given) {
            message.extra.insert(shown.to_owned(), json!(true));
        }
    }
    for given in ["link_preview_options"] {
        if let Some(value) = call.value(given) {
            message.extra.insert(given.to_owned(), value.clone());
        }
    }
    let id = state.put(chat_id, message);
    let id = id.ok_or_else(|| Refusal::bad("chat not found"))?;
    Ok(state.note(chat_id, id, What::Sent))
}

/// The message of this chat that the new one answers.
fn answered<'a>(
    call: &Call,
    chat_id: i64,
    messages: &'a std::collections::BTreeMap<i64, Message>,
) -> Result<Option<&'a Message>, Refusal> {
    let Some(wish) = call.value("reply_parameters") else {
        return Ok(None);
    };
    let here = wish
        .get("chat_id")
        .is_none_or(|id| id.as_i64() == Some(chat_id));
    let message = wish["message_id"].as_i64().filter(|_| here);
    let message = message.and_then(|id| messages.get(&id));
    if message.is_none() && wish["allow_sending_without_reply"] != json!(true) {
        return Err(Refusal::bad("message to be replied not found"));
    }
    if let (Some(message), Some(quote)) = (message, wish["quote"].as_str())
        && !plain(message).contains(quote)
    {
        return Err(Refusal::bad("QUOTE_TEXT_INVALID"));
    }
    Ok(message)
}
