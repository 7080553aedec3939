//! The methods of the Bot API over the plain state; getUpdates waits and lives with the server.

mod about;
mod edit;
mod menu;
mod send;

use std::collections::HashMap;

use bytes::Bytes;
use serde_json::{Map, Value};

use super::refusal::Refusal;
use super::state::State;

/// What comes with a request that the platform could do and the sandbox does not.
const NOT_SERVED: [&str; 6] = [
    "business_connection_id",
    "direct_messages_topic_id",
    "suggested_post_parameters",
    "inline_message_id",
    "rich_message",
    "certificate",
];

/// A call whose parameters have their documented types.
#[derive(Debug)]
pub(super) struct Call {
    /// The method's documented name.
    pub(super) method: &'static str,
    pub(super) params: Map<String, Value>,
    /// Uploads by field name.
    pub(super) files: HashMap<String, Upload>,
}

/// A file in a multipart request.
#[derive(Debug, Clone)]
pub(super) struct Upload {
    /// The name that the sender gave it.
    pub(super) name: String,
    pub(super) content: Bytes,
}

impl Call {
    /// A whole number.
    pub(super) fn int(&self, name: &str) -> Option<i64> {
        self.params.get(name)?.as_i64()
    }

    /// A text.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.params.get(name)?.as_str()
    }

    /// A switch, off when not given.
    pub(super) fn flag(&self, name: &str) -> bool {
        self.params
            .get(name)
            .and_then(Value::as_bool)
            .unwrap_or(false)
    }

    /// An array or object.
    pub(super) fn value(&self, name: &str) -> Option<&Value> {
        self.params.get(name)
    }

    /// The chat; names with `@` belong to public channels, of which the sandbox has none.
    fn chat_id(&self) -> Result<i64, Refusal> {
        match self.params.get("chat_id") {
            None => Err(Refusal::bad("chat_id is empty")),
            Some(given) => given.as_i64().ok_or_else(|| Refusal::bad("chat not found")),
        }
    }

    fn message_id(&self) -> Result<i64, Refusal> {
        self.int("message_id")
            .ok_or_else(|| Refusal::bad("message identifier is not specified"))
    }

    fn language(&self) -> Result<String, Refusal> {
        let code = self.text("language_code").unwrap_or_default();
        if code.is_empty() || (code.len() == 2 && code.bytes().all(|b| b.is_ascii_lowercase())) {
            return Ok(code.to_owned());
        }
        Err(Refusal::bad("invalid language code specified"))
    }
}

/// Carries out a call.
///
/// # Errors
/// As the platform refuses.
pub(super) fn carry_out(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    if let Some(name) = NOT_SERVED
        .iter()
        .find(|name| call.params.contains_key(**name))
    {
        return Err(Refusal::bad(format!(
            "the sandbox does not serve \"{name}\""
        )));
    }
    match call.method {
        "getMe" => Ok(super::shape::me(state)),
        "setWebhook" | "deleteWebhook" => about::webhook(state, call),
        "getWebhookInfo" => Ok(about::webhook_info(state)),
        "getChat" => about::chat(state, call),
        "getChatMember" => about::chat_member(state, call),
        "getFile" => about::file(state, call),
        "sendChatAction" => about::chat_action(state, call),
        "answerCallbackQuery" => about::answer_press(state, call),
        "sendMessage" => send::message(state, call),
        "sendPhoto" => send::photo(state, call),
        "editMessageText" => edit::text(state, call),
        "editMessageCaption" => edit::caption(state, call),
        "editMessageReplyMarkup" => edit::keyboard(state, call),
        "deleteMessage" => edit::delete(state, call),
        "setMyCommands" => menu::set(state, call),
        "getMyCommands" => menu::get(state, call),
        "deleteMyCommands" => menu::delete(state, call),
        "setMyDescription" => menu::describe(state, call, "description", 512),
        "getMyDescription" => menu::description(state, call, "description"),
        "setMyShortDescription" => menu::describe(state, call, "short_description", 120),
        "getMyShortDescription" => menu::description(state, call, "short_description"),
        _ => Err(Refusal::no_such_method()),
    }
}
