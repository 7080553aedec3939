//! A laid-out part as the Bot API's `sendMessage` and `editMessageText` want it: plain text, and
//! marks beside it.

use std::num::ParseIntError;

use teloxide::payloads::{EditMessageText, SendMessage};
use teloxide::types::{
    ButtonRequest, ChatId, InlineKeyboardButton, InlineKeyboardMarkup, KeyboardButton,
    KeyboardMarkup, LinkPreviewOptions, MessageEntity, MessageEntityKind, MessageId, Recipient,
    ReplyMarkup, ReplyParameters,
};

use crate::channel::Receipt;
use crate::message::layout::{Mark, Part};
use crate::message::limits::measure_utf16;
use crate::message::{Action, Weight};

/// What stands between a title and its text; counted in `Limits::titled_text`.
pub(super) const BELOW_TITLE: &str = "\n\n";

const NO_PREVIEW: LinkPreviewOptions = LinkPreviewOptions {
    is_disabled: true,
    url: None,
    prefer_small_media: false,
    prefer_large_media: false,
    show_above_text: false,
};

/// The request that sends `part` to `to`, below the message of `reply_to` where there is one.
///
/// Formatting goes as entities and never as a parse mode, so that nobody's words become markup.
pub(super) fn send_message(part: &Part, to: Recipient, reply_to: Option<&str>) -> SendMessage {
    let (text, entities) = text_and_entities(part);
    let reply_parameters = reply_to.and_then(|receipt| message_in(&to, receipt));
    SendMessage {
        entities: (!entities.is_empty()).then_some(entities),
        link_preview_options: Some(NO_PREVIEW),
        disable_notification: (part.weight == Weight::Silent).then_some(true),
        reply_parameters: reply_parameters
            .map(|message| ReplyParameters::new(message).allow_sending_without_reply()),
        reply_markup: markup(part, &to),
        ..SendMessage::new(to, text)
    }
}

/// The request that turns the message of `receipt` into `part`; `None` where only a new message
/// can show it: that one is in another chat, or the part needs a keyboard of the device.
pub(super) fn edit_message(part: &Part, to: &Recipient, receipt: &str) -> Option<EditMessageText> {
    let message = message_in(to, receipt)?;
    let reply_markup = match markup(part, to) {
        None => None,
        Some(ReplyMarkup::InlineKeyboard(keyboard)) => Some(keyboard),
        Some(_) => return None,
    };
    let (text, entities) = text_and_entities(part);
    Some(EditMessageText {
        entities: (!entities.is_empty()).then_some(entities),
        link_preview_options: Some(NO_PREVIEW),
        reply_markup,
        ..EditMessageText::new(to.clone(), message, text)
    })
}

/// The address that a canonical handle stands for.
pub(super) fn recipient(handle: &str) -> Result<Recipient, ParseIntError> {
    if handle.starts_with('@') {
        Ok(Recipient::ChannelUsername(handle.to_owned()))
    } else {
        handle.parse().map(|id| Recipient::Id(ChatId(id)))
    }
}

/// What a message is called later: its number counts only within its chat.
pub(super) fn receipt(chat: i64, message: i64) -> Receipt {
    Receipt {
        message: format!("{chat}:{message}"),
        picture: None,
    }
}

fn text_and_entities(part: &Part) -> (String, Vec<MessageEntity>) {
    let body = &part.text;
    let title = part.title.as_deref().unwrap_or_default();
    let mut text = String::with_capacity(title.len() + BELOW_TITLE.len() + body.text.len());
    let mut entities = Vec::with_capacity(body.marks.len() + 1);
    text.push_str(title);
    if !title.is_empty() {
        entities.push(MessageEntity::bold(0, measure_utf16(title)));
        if !body.text.is_empty() {
            text.push_str(BELOW_TITLE);
        }
    }
    let (mut counted, mut units) = (0, measure_utf16(&text));
    text.push_str(&body.text);
    for (range, mark) in &body.marks {
        let (Some(before), Some(marked)) = (
            body.text.get(counted..range.start),
            body.text.get(range.clone()),
        ) else {
            continue;
        };
        counted = range.start;
        units += measure_utf16(before);
        if !marked.is_empty() {
            entities.push(entity(*mark, units, measure_utf16(marked)));
        }
    }
    (text, entities)
}

fn entity(mark: Mark, offset: usize, length: usize) -> MessageEntity {
    let kind = match mark {
        Mark::Strong => MessageEntityKind::Bold,
        Mark::Small => MessageEntityKind::Italic,
        Mark::Quote => MessageEntityKind::Blockquote,
    };
    MessageEntity::new(kind, offset, length)
}

/// The message of a receipt, unless it is of another chat: numbers do not carry over when a group
/// moves. A public name hides its chat's number, so there the receipt is believed.
fn message_in(to: &Recipient, receipt: &str) -> Option<MessageId> {
    let (chat, message) = receipt.split_once(':')?;
    let same_chat = match to {
        Recipient::Id(id) => chat.parse() == Ok(id.0),
        Recipient::ChannelUsername(_) => true,
    };
    message.parse().ok().map(MessageId).filter(|_| same_chat)
}

/// What stands below a part. Where somebody is can be asked of one person only, and only by a
/// keyboard of the device, which takes the place of all other buttons.
fn markup(part: &Part, to: &Recipient) -> Option<ReplyMarkup> {
    let person = matches!(to, Recipient::Id(id) if id.0 > 0);
    if let ([row], true) = (part.actions.as_slice(), person)
        && let [Action::Share { label, .. }] = row.as_slice()
    {
        let button = KeyboardButton::new(label).request(ButtonRequest::Location);
        let keyboard = KeyboardMarkup::new([[button]]);
        return Some(ReplyMarkup::Keyboard(
            keyboard.one_time_keyboard().resize_keyboard(),
        ));
    }
    let button = |action: &Action<String>| match action {
        Action::Press { label, token } => {
            Some(InlineKeyboardButton::callback(label, token.as_str()))
        }
        Action::Share { label, token } => {
            person.then(|| InlineKeyboardButton::callback(label, token.as_str()))
        }
        Action::Open { label, url } => Some(InlineKeyboardButton::url(label, url.clone())),
        // Whatever is written comes in anyway.
        Action::Type { .. } => None,
    };
    let rows = part.actions.iter();
    let rows: Vec<Vec<_>> = rows
        .map(|row| row.iter().filter_map(button).collect::<Vec<_>>())
        .filter(|row| !row.is_empty())
        .collect();
    (!rows.is_empty()).then(|| ReplyMarkup::InlineKeyboard(InlineKeyboardMarkup::new(rows)))
}

#[cfg(test)]
mod tests {
    use teloxide::types::{ChatId, MessageEntity, MessageId, Recipient};

    use super::{message_in, send_message};
    use crate::message::Weight;
    use crate::message::layout::{Mark, Part, Styled};

    #[test]
    fn marks_are_counted_in_utf16_units_after_title_and_emoji() {
        let text = "Πού: Αθήνα 👩‍👩‍👧, τέλος\nυπ. Δήμος";
        let start = text.find("τέλος").unwrap_or_default();
        let footer = text.find("υπ.").unwrap_or_default();
        let part = Part {
            title: Some("⚠️ Νερό 💧".to_owned()),
            text: Styled {
                text: text.to_owned(),
                marks: vec![
                    (0.."Πού:".len(), Mark::Strong),
                    (start..text.len(), Mark::Quote),
                    (footer..text.len(), Mark::Small),
                ],
            },
            actions: vec![],
            lists: vec![],
            weight: Weight::Silent,
            picture: None,
        };
        let request = send_message(&part, Recipient::Id(ChatId(7)), None);
        let units: Vec<u16> = request.text.encode_utf16().collect();
        let seen: Vec<_> = request
            .entities
            .iter()
            .flatten()
            .map(|entity| {
                let range = entity.offset..entity.offset + entity.length;
                String::from_utf16_lossy(&units[range])
            })
            .collect();
        assert_eq!(
            seen,
            ["⚠️ Νερό 💧", "Πού:", "τέλος\nυπ. Δήμος", "υπ. Δήμος"]
        );
        assert_eq!(
            request.entities.iter().flatten().next(),
            Some(&MessageEntity::bold(0, 10))
        );
        assert_eq!(request.disable_notification, Some(true));
        assert_eq!(request.parse_mode, None);
    }

    #[test]
    fn a_message_is_known_in_its_own_chat_only() {
        let group = Recipient::Id(ChatId(-100));
        assert_eq!(message_in(&group, "-100:41"), Some(MessageId(41)));
        assert_eq!(message_in(&group, "-99:41"), None);
        assert_eq!(message_in(&group, "41"), None);
        let public = Recipient::ChannelUsername("@sofia".to_owned());
        assert!(message_in(&public, "-100:41").is_some());
    }
}
