//! What the platform looks at before it takes a message: lengths, entities, keyboards, places.

use serde_json::Value;
use url::Url;

use super::refusal::Refusal;
use super::state;

/// UTF-16 units in a text.
pub(super) const LONGEST_TEXT: usize = 4096;
/// UTF-16 units in a caption.
pub(super) const LONGEST_CAPTION: usize = 1024;
/// Entities in one text; the platform ignores more, the sandbox says so.
const MOST_ENTITIES: usize = 100;
/// Buttons in one keyboard.
const MOST_BUTTONS: usize = 100;
/// Bytes of `callback_data`.
const LONGEST_DATA: usize = 64;

/// The types a `MessageEntity` may have.
const ENTITY_TYPES: [&str; 20] = [
    "mention",
    "hashtag",
    "cashtag",
    "bot_command",
    "url",
    "email",
    "phone_number",
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "blockquote",
    "expandable_blockquote",
    "code",
    "pre",
    "text_link",
    "text_mention",
    "custom_emoji",
    "date_time",
];

/// What a button of an inline keyboard may do.
const BUTTON_ACTIONS: [&str; 10] = [
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
];

/// How long the platform finds a text.
pub(super) fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// Entities lie within the text, on whole characters, and are of known types.
///
/// # Errors
/// In the platform's words.
pub(super) fn entities(text: &str, entities: Option<&Value>) -> Result<(), Refusal> {
    let Some(entities) = entities.and_then(Value::as_array) else {
        return Ok(());
    };
    if entities.len() > MOST_ENTITIES {
        return Err(Refusal::bad("ENTITIES_TOO_LONG"));
    }
    if entities.is_empty() {
        return Ok(());
    }
    let units: Vec<u16> = text.encode_utf16().collect();
    // A boundary before a low surrogate would cut a character in two.
    let whole = |at: usize| {
        units
            .get(at)
            .is_none_or(|unit| !(0xdc00..0xe000).contains(unit))
    };
    for entity in entities {
        let kind = entity["type"].as_str().unwrap_or_default();
        if !ENTITY_TYPES.contains(&kind) {
            return Err(Refusal::bad(format!(
                "can't parse entities: unsupported type \"{kind}\" specified"
            )));
        }
        let place = |name: &str| {
            entity[name]
                .as_i64()
                .and_then(|at| usize::try_from(at).ok())
        };
        let within = |start: usize, length: usize| {
            let end = start.checked_add(length)?;
            (length > 0 && end <= units.len() && whole(start) && whole(end)).then_some(())
        };
        if place("offset")
            .zip(place("length"))
            .and_then(|(start, length)| within(start, length))
            .is_none()
        {
            return Err(Refusal::bad("ENTITY_BOUNDS_INVALID"));
        }
        if kind == "text_link" {
            let address = entity["url"].as_str().unwrap_or_default();
            if !opens(address) {
                return Err(Refusal::bad(format!(
                    "entity URL '{address}' is invalid: Wrong HTTP URL"
                )));
            }
        }
        let lacks = |field: &str| entity.get(field).is_none();
        if (kind == "text_mention" && lacks("user"))
            || (kind == "custom_emoji" && lacks("custom_emoji_id"))
        {
            return Err(Refusal::bad(format!(
                "can't parse entities: {kind} names nobody and nothing"
            )));
        }
    }
    Ok(())
}

/// The inline keyboard in a `reply_markup`, as messages show it; `None` for other keyboards and
/// for one without buttons.
///
/// # Errors
/// A button that does nothing or two things, or that the platform would not take.
pub(super) fn keyboard(markup: Option<&Value>) -> Result<Option<Value>, Refusal> {
    let rows = markup.and_then(|markup| markup["inline_keyboard"].as_array());
    let Some(rows) = rows else {
        return Ok(None);
    };
    let rows: Vec<_> = rows
        .iter()
        .filter_map(Value::as_array)
        .filter(|row| !row.is_empty())
        .collect();
    if rows.iter().map(|row| row.len()).sum::<usize>() > MOST_BUTTONS {
        return Err(Refusal::bad("REPLY_MARKUP_TOO_LONG"));
    }
    for button in rows.iter().copied().flatten() {
        check_button(button)?;
    }
    Ok((!rows.is_empty()).then(|| serde_json::json!({ "inline_keyboard": rows })))
}

fn check_button(button: &Value) -> Result<(), Refusal> {
    let within = |what: &str| Refusal::bad(format!("can't parse inline keyboard button: {what}"));
    if button["text"]
        .as_str()
        .is_none_or(|label| label.trim().is_empty())
    {
        return Err(within("Button text must be non-empty"));
    }
    let actions = BUTTON_ACTIONS
        .iter()
        .filter(|action| button.get(action).is_some());
    match actions.count() {
        0 => return Err(within("Text buttons are unallowed in the inline keyboard")),
        1 => {}
        _ => return Err(within("exactly one action is allowed")),
    }
    if let Some(data) = button["callback_data"].as_str()
        && !(1..=LONGEST_DATA).contains(&data.len())
    {
        return Err(Refusal::bad("BUTTON_DATA_INVALID"));
    }
    if let Some(address) = button["url"].as_str()
        && !opens(address)
    {
        return Err(Refusal::bad(format!(
            "inline keyboard button URL '{address}' is invalid: Wrong HTTP URL"
        )));
    }
    if let Some(copied) = button["copy_text"]["text"].as_str()
        && !(1..=256).contains(&units(copied))
    {
        return Err(Refusal::bad("BUTTON_COPY_TEXT_INVALID"));
    }
    Ok(())
}

/// What a `reply_markup` does to the keyboard of the people who get it.
#[derive(Debug)]
pub(super) enum Keys {
    /// Another one takes its place.
    Show(Value),
    /// The device's own comes back.
    Remove,
}

/// The keyboard for the device in a `reply_markup`; `private` says whether one person alone gets it.
///
/// # Errors
/// A key that says nothing, or that asks in a group what only one person can be asked.
pub(super) fn keys(markup: Option<&Value>, private: bool) -> Result<Option<Keys>, Refusal> {
    let Some(markup) = markup else {
        return Ok(None);
    };
    if markup["remove_keyboard"] == true {
        return Ok(Some(Keys::Remove));
    }
    if markup["input_field_placeholder"]
        .as_str()
        .is_some_and(|text| !(1..=64).contains(&units(text)))
    {
        return Err(Refusal::bad("input field placeholder is too long"));
    }
    let mut found = false;
    for key in state::keys(markup) {
        found = true;
        if key["text"]
            .as_str()
            .is_none_or(|text| text.trim().is_empty())
        {
            return Err(Refusal::bad("keyboard button text must be non-empty"));
        }
        for (request, what) in [
            ("request_contact", "phone number"),
            ("request_location", "location"),
        ] {
            if key[request] == true && !private {
                return Err(Refusal::bad(format!(
                    "{what} can be requested in private chats only"
                )));
            }
        }
    }
    Ok(found.then(|| Keys::Show(markup.clone())))
}

/// Whether the platform takes an address: http, https or tg, with a host that has a dot in it.
fn opens(address: &str) -> bool {
    Url::parse(address).is_ok_and(|url| match url.scheme() {
        "tg" => true,
        "http" | "https" => match url.host() {
            Some(url::Host::Domain(name)) => name.contains('.'),
            Some(url::Host::Ipv4(_) | url::Host::Ipv6(_)) => true,
            None => false,
        },
        _ => false,
    })
}
