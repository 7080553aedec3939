//! Changing and deleting messages.

use std::time::Duration;

use serde_json::{Value, json};

use super::super::check;
use super::super::refusal::Refusal;
use super::super::state::{Content, Message, State};
use super::{Call, send};
use crate::sandbox::ledger::What;

/// How long a message can be deleted.
const DELETABLE: Duration = Duration::from_hours(48);

/// editMessageText.
pub(super) fn text(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let said = send::formatted(call, "text", "entities")?;
    if said.text.trim().is_empty() {
        return Err(Refusal::bad("message text is empty"));
    }
    if check::units(&said.text) > check::LONGEST_TEXT {
        return Err(Refusal::bad("MESSAGE_TOO_LONG"));
    }
    let preview = call.value("link_preview_options").cloned();
    edit(state, call, |message| {
        if !matches!(message.content, Content::Text(_)) {
            return Err(Refusal::bad("there is no text in the message to edit"));
        }
        message.content = Content::Text(said);
        message.extra.remove("link_preview_options");
        if let Some(preview) = preview {
            message
                .extra
                .insert("link_preview_options".to_owned(), preview);
        }
        Ok(())
    })
}

/// editMessageCaption.
pub(super) fn caption(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let new = send::caption(call)?;
    let above = call.flag("show_caption_above_media");
    edit(state, call, |message| {
        let Content::Photo { caption, .. } = &mut message.content else {
            return Err(Refusal::bad("there is no caption in the message to edit"));
        };
        *caption = new;
        message.extra.remove("show_caption_above_media");
        if above {
            message
                .extra
                .insert("show_caption_above_media".to_owned(), json!(true));
        }
        Ok(())
    })
}

/// editMessageReplyMarkup.
pub(super) fn keyboard(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    edit(state, call, |_| Ok(()))
}

/// deleteMessage.
pub(super) fn delete(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let (chat_id, message_id) = (call.chat_id()?, call.message_id()?);
    let chat = state.reach(chat_id)?;
    let unknown = || Refusal::bad("message to delete not found");
    let message = chat.messages.get(&message_id).ok_or_else(unknown)?;
    let others = !chat.is_private() && message.from != state.bot.id;
    if others || state.clock.now().since(message.date) > DELETABLE {
        return Err(Refusal::bad("message can't be deleted"));
    }
    state.note(chat_id, message_id, What::Deleted);
    if let Some(chat) = state.chats.get_mut(&chat_id) {
        chat.messages.remove(&message_id);
    }
    Ok(json!(true))
}

/// Applies `change` and the call's keyboard to a message of the bot; a keyboard that is not sent
/// again goes away, as on the platform.
fn edit(
    state: &mut State,
    call: &Call,
    change: impl FnOnce(&mut Message) -> Result<(), Refusal>,
) -> Result<Value, Refusal> {
    let (chat_id, message_id) = (call.chat_id()?, call.message_id()?);
    let keyboard = check::keyboard(call.value("reply_markup"))?;
    let chat = state.reach(chat_id)?;
    let unknown = || Refusal::bad("message to edit not found");
    let old = chat.messages.get(&message_id).ok_or_else(unknown)?;
    if old.from != state.bot.id || old.keys.is_some() {
        return Err(Refusal::bad("message can't be edited"));
    }
    let mut new = old.clone();
    change(&mut new)?;
    new.keyboard = keyboard;
    if new.content == old.content && new.keyboard == old.keyboard && new.extra == old.extra {
        return Err(Refusal::bad(
            "message is not modified: specified new message content and reply markup are exactly \
             the same as a current content and reply markup of the message",
        ));
    }
    new.edited = Some(state.clock.now());
    state.admit(chat_id)?;
    if let Some(chat) = state.chats.get_mut(&chat_id) {
        chat.messages.insert(message_id, new);
    }
    Ok(state.note(chat_id, message_id, What::Edited))
}
