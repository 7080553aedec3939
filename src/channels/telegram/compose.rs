//! A laid-out part as the Bot API's `sendMessage` wants it: plain text, and marks beside it.

use std::num::ParseIntError;

use teloxide::payloads::SendMessage;
use teloxide::types::{
    ChatId, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, MessageEntity,
    MessageEntityKind, MessageId, Recipient, ReplyMarkup, ReplyParameters,
};

use crate::channel::Receipt;
use crate::message::layout::{Mark, Part};
use crate::message::limits::measure_utf16;
use crate::message::{Action, Weight};

/// What stands between a title and its text; counted in `Limits::titled_text`.
pub(super) const BELOW_TITLE: &str = "\n\n";

/// The request that sends `part` to `to`, below the message of `reply_to` where there is one.
///
/// Formatting goes as entities and never as a parse mode, so that nobody's words become markup.
pub(super) fn send_message(part: &Part, to: Recipient, reply_to: Option<&str>) -> SendMessage {
    let (text, entities) = text_and_entities(part);
    let reply_parameters = reply_to.and_then(|receipt| below(receipt, &to));
    SendMessage {
        entities: (!entities.is_empty()).then_some(entities),
        link_preview_options: Some(LinkPreviewOptions {
            is_disabled: true,
            url: None,
            prefer_small_media: false,
            prefer_large_media: false,
            show_above_text: false,
        }),
        disable_notification: (part.weight == Weight::Silent).then_some(true),
        reply_parameters,
        reply_markup: keyboard(&part.actions),
        ..SendMessage::new(to, text)
    }
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

/// The message to answer, unless the receipt is of another chat: numbers do not carry over when a
/// group moves. A public name hides its chat's number, so there the receipt is believed.
fn below(receipt: &str, to: &Recipient) -> Option<ReplyParameters> {
    let (chat, message) = receipt.split_once(':')?;
    let same_chat = match to {
        Recipient::Id(id) => chat.parse() == Ok(id.0),
        Recipient::ChannelUsername(_) => true,
    };
    let message = MessageId(message.parse().ok()?);
    same_chat.then(|| ReplyParameters::new(message).allow_sending_without_reply())
}

fn keyboard(rows: &[Vec<Action<String>>]) -> Option<ReplyMarkup> {
    let button = |action: &Action<String>| match action {
        Action::Press { label, token } => InlineKeyboardButton::callback(label, token.as_str()),
        Action::Open { label, url } => InlineKeyboardButton::url(label, url.clone()),
    };
    (!rows.is_empty()).then(|| {
        let rows = rows.iter().map(|row| row.iter().map(button));
        ReplyMarkup::InlineKeyboard(InlineKeyboardMarkup::new(rows))
    })
}

#[cfg(test)]
mod tests {
    use teloxide::types::{ChatId, MessageEntity, MessageId, Recipient};

    use super::{below, send_message};
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
            weight: Weight::Silent,
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
    fn a_reply_stays_in_its_chat() {
        let group = Recipient::Id(ChatId(-100));
        let answered = below("-100:41", &group).map(|reply| reply.message_id);
        assert_eq!(answered, Some(MessageId(41)));
        assert_eq!(below("-99:41", &group), None);
        assert_eq!(below("41", &group), None);
        let public = Recipient::ChannelUsername("@sofia".to_owned());
        assert!(below("-100:41", &public).is_some());
    }
}
