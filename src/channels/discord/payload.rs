//! A part of a letter as Discord shows it: text with its marks, an embed, buttons.

use serde::Serialize;
use serenity::builder::{CreateActionRow, CreateAllowedMentions, CreateButton, CreateEmbed};
use serenity::model::channel::{MessageFlags, MessageReference, MessageReferenceKind};
use serenity::model::id::{ChannelId, MessageId};

use super::markdown;
use crate::message::layout::Part;
use crate::message::limits::{Limits, Repeat};
use crate::message::{Action, Weight};

/// The most characters of a message's content.
const CONTENT: usize = 2000;
/// The most characters of an embed's description.
const DESCRIPTION: usize = 4096;
/// Characters of each kept free for marks; where they do not suffice, the marks are left out.
const MARKS: usize = 96;
/// The longest address that a button opens.
const LINK: usize = 512;
/// For how long Discord knows a nonce: "the last few minutes".
const NONCE_KNOWN: std::time::Duration = std::time::Duration::from_mins(2);

/// What a Discord message can carry. The title becomes the message's content, because that is what
/// a phone's notification shows; the text below it becomes an embed's description.
pub(super) fn limits() -> Limits {
    Limits {
        measure: markdown::measure,
        text: Some(CONTENT - MARKS),
        titled_text: Some(DESCRIPTION - MARKS),
        title: 256,
        button_rows: 5,
        button_columns: 5,
        label: 80,
        repeat: Repeat::FoldedWithin(NONCE_KNOWN),
    }
}

/// The body of any of Discord's three requests that show a message; a field that is not meant is
/// left out. (serenity's builders would always send fields for stickers and files.)
#[derive(Debug, Default, Serialize)]
pub(super) struct Body<'a> {
    content: String,
    embeds: Vec<CreateEmbed>,
    components: Vec<CreateActionRow>,
    /// Nobody is called by what somebody wrote.
    allowed_mentions: CreateAllowedMentions,
    #[serde(skip_serializing_if = "Option::is_none")]
    flags: Option<MessageFlags>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message_reference: Option<MessageReference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    enforce_nonce: Option<bool>,
}

/// A message to a channel, under the message that it belongs to.
pub(super) fn message<'a>(
    part: &Part,
    nonce: &'a str,
    under: Option<(ChannelId, MessageId)>,
) -> Body<'a> {
    Body {
        flags: (part.weight == Weight::Silent).then_some(MessageFlags::SUPPRESS_NOTIFICATIONS),
        message_reference: under.map(|(channel, original)| {
            MessageReference::new(MessageReferenceKind::Default, channel)
                .message_id(original)
                .fail_if_not_exists(false)
        }),
        nonce: Some(nonce),
        enforce_nonce: Some(true),
        ..show(part)
    }
}

/// What fills the answer that an interaction is waiting for.
pub(super) fn original(part: &Part) -> Body<'static> {
    show(part)
}

/// A further answer to an interaction; a `private` one is shown to that person alone.
pub(super) fn follow_up(part: &Part, private: bool) -> Body<'static> {
    Body {
        flags: private.then_some(MessageFlags::EPHEMERAL),
        ..show(part)
    }
}

fn show(part: &Part) -> Body<'static> {
    let (components, links) = buttons(&part.actions);
    let mut embeds = vec![];
    let mut content = match &part.title {
        None => markdown::render(&part.text, CONTENT),
        Some(title) => format!("**{}**", markdown::escape(title)),
    };
    if part.title.is_some() && !part.text.text.is_empty() {
        embeds.push(
            CreateEmbed::new()
                .description(markdown::render(&part.text, DESCRIPTION))
                .colour(colour(part.weight)),
        );
    }
    for link in links {
        if content.chars().count() + link.chars().count() < CONTENT {
            content.push('\n');
            content.push_str(&link);
        }
    }
    Body {
        content,
        embeds,
        components,
        ..Body::default()
    }
}

/// The rows of buttons, and as lines of text the links that are too long for a button.
fn buttons(actions: &[Vec<Action<String>>]) -> (Vec<CreateActionRow>, Vec<String>) {
    let mut links = vec![];
    let mut rows = vec![];
    for row in actions {
        let mut buttons = vec![];
        for action in row {
            match action {
                Action::Press { label, token } => {
                    buttons.push(CreateButton::new(token.as_str()).label(label));
                }
                Action::Open { label, url } if url.as_str().len() <= LINK => {
                    buttons.push(CreateButton::new_link(url.as_str()).label(label));
                }
                Action::Open { label, url } => {
                    links.push(format!("{}: {url}", markdown::escape(label)));
                }
            }
        }
        if !buttons.is_empty() {
            rows.push(CreateActionRow::Buttons(buttons));
        }
    }
    (rows, links)
}

/// The stripe beside an embed. What it tells is always in the words too.
fn colour(weight: Weight) -> u32 {
    match weight {
        Weight::Silent => 0x007a_828c,
        Weight::Normal => 0x002b_6cb0,
        Weight::Warning => 0x00dd_6b20,
        Weight::Danger => 0x00c5_3030,
    }
}
