//! A part of a letter as Discord shows it: text with its marks, an embed, buttons.

use serde::Serialize;
use serde_json::{Value, json};
use serenity::builder::{
    CreateActionRow, CreateAllowedMentions, CreateButton, CreateEmbed, CreateSelectMenu,
    CreateSelectMenuKind, CreateSelectMenuOption,
};
use serenity::model::channel::{MessageFlags, MessageReference, MessageReferenceKind};
use serenity::model::id::{ChannelId, MessageId, RoleId};
use unicode_segmentation::UnicodeSegmentation;

use super::markdown;
use crate::message::choice::Choice;
use crate::message::layout::Part;
use crate::message::limits::{Limits, Repeat, Showing};
use crate::message::picture::Picture;
use crate::message::{Action, Token, Weight};

/// The most characters of a message's content.
const CONTENT: usize = 2000;
/// The most characters of an embed's description.
const DESCRIPTION: usize = 4096;
/// Characters of each kept free for marks; where they do not suffice, the marks are left out.
const MARKS: usize = 96;
/// Characters of the content kept free for a call to a role, whose number has 20 at most.
const CALL: usize = 32;
/// The longest address that a button opens.
const LINK: usize = 512;
/// The name of a picture's file.
pub(super) const FILE: &str = "map.png";
/// The most characters of a picture's description.
const ALTERNATIVE: usize = 1024;
/// What the id of a button begins with that opens a window. No token has a space in it.
pub(super) const OPENS: &str = "type ";
/// The id of the one field of a window.
pub(super) const FIELD: &str = "text";
/// The most characters of a window's title, and of what stands above its field.
const WINDOW_LABEL: usize = 45;
/// The most characters of a field.
const TYPED: u16 = 4000;
/// For how long Discord knows a nonce: "the last few minutes".
const NONCE_KNOWN: std::time::Duration = std::time::Duration::from_mins(2);

/// What a Discord message can carry. The title becomes the message's content, because that is what
/// a phone's notification shows; the text below it becomes an embed's description.
#[must_use]
pub fn limits() -> Limits {
    Limits {
        measure: markdown::measure,
        text: Some(CONTENT - MARKS),
        titled_text: Some(DESCRIPTION - MARKS),
        title: 256,
        button_rows: 5,
        button_columns: 5,
        label: 80,
        list: 25,
        answers: 12,
        shares: false,
        types: true,
        changes: true,
        pictures: Some(Showing {
            caption: None,
            keeps: false,
        }),
        repeat: Repeat::FoldedWithin(NONCE_KNOWN),
    }
}

/// The body of any of Discord's three requests that show a message; a field that is not meant is
/// left out. (serenity's builders would always send fields for stickers and files.)
#[derive(Debug, Default, Serialize)]
pub(super) struct Body<'a> {
    content: String,
    embeds: Vec<Value>,
    components: Vec<CreateActionRow>,
    /// Nobody is called by what somebody wrote; at most a role is, on purpose.
    allowed_mentions: CreateAllowedMentions,
    #[serde(skip_serializing_if = "Option::is_none")]
    flags: Option<MessageFlags>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message_reference: Option<MessageReference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    enforce_nonce: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attachments: Option<[Attachment; 1]>,
}

/// A picture that comes with the request as `files[0]`, and what it says in words.
#[derive(Debug, Serialize)]
struct Attachment {
    id: u8,
    filename: &'static str,
    description: String,
}

impl Body<'_> {
    /// The same, calling everybody with this role, whom the text alone would not call.
    pub(super) fn calling(mut self, role: Option<RoleId>) -> Self {
        if let Some(role) = role {
            self.content = format!("<@&{role}> {}", self.content);
            self.allowed_mentions = CreateAllowedMentions::new().roles([role]);
        }
        self
    }

    /// The same with a picture from `address`, or with the one that comes along. It stands below
    /// the text, because a warning is read before it is looked at. (serenity's embed has no place
    /// for the words of a picture.)
    pub(super) fn showing(mut self, picture: &Picture<String>, address: Option<&str>) -> Self {
        let description: String = picture.alternative.chars().take(ALTERNATIVE).collect();
        let own = format!("attachment://{FILE}");
        let image = json!({"url": address.unwrap_or(&own), "description": description});
        match self.embeds.last_mut() {
            Some(embed) => embed["image"] = image,
            None => self.embeds.push(json!({"image": image})),
        }
        if address.is_none() {
            self.attachments = Some([Attachment {
                id: 0,
                filename: FILE,
                description,
            }]);
        }
        self
    }
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

/// What fills the answer that an interaction is waiting for, and what a message becomes that is
/// changed: what it showed before goes.
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

/// The response that opens a window with one field; what is written there comes for `token`.
pub(super) fn window(label: &str, token: &Token) -> Value {
    let label = short(label);
    json!({"type": 9, "data": {
        "custom_id": token,
        "title": label,
        "components": [{"type": 18, "label": label, "component": {
            "type": 4, "custom_id": FIELD, "style": 1, "max_length": TYPED, "required": true,
        }}],
    }})
}

/// A label that fits above a field: cut at a grapheme, never empty.
pub(super) fn short(label: &str) -> String {
    if (1..=WINDOW_LABEL).contains(&label.chars().count()) {
        return label.to_owned();
    }
    let mut room = WINDOW_LABEL - 1;
    let fits = |grapheme: &&str| {
        let left = room.checked_sub(grapheme.chars().count());
        room = left.unwrap_or(0);
        left.is_some()
    };
    let kept: String = label.graphemes(true).take_while(fits).collect();
    format!("{}…", kept.trim_end())
}

fn show(part: &Part) -> Body<'static> {
    let (buttons, links) = buttons(&part.actions);
    let mut components: Vec<_> = part.lists.iter().map(list).collect();
    components.extend(buttons);
    let mut embeds = vec![];
    let mut content = match &part.title {
        None => markdown::render(&part.text, CONTENT - CALL),
        Some(title) => format!("**{}**", markdown::escape(title)),
    };
    if part.title.is_some() && !part.text.text.is_empty() {
        let embed = CreateEmbed::new()
            .description(markdown::render(&part.text, DESCRIPTION))
            .colour(colour(part.weight));
        embeds.extend(serde_json::to_value(embed).ok());
    }
    for link in links {
        if content.chars().count() + link.chars().count() < CONTENT - CALL {
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

/// A list; the least that can be chosen in it, 0 or 1, tells whether it is for several answers.
fn list(choice: &Choice<String>) -> CreateActionRow {
    let answers = choice.answers.iter().map(|answer| {
        CreateSelectMenuOption::new(&answer.label, &answer.value).default_selection(answer.chosen)
    });
    let options: Vec<_> = answers.collect();
    let (least, most) = if choice.several {
        (0, u8::try_from(options.len()).unwrap_or(u8::MAX))
    } else {
        (1, 1)
    };
    let kind = CreateSelectMenuKind::String { options };
    CreateActionRow::SelectMenu(
        CreateSelectMenu::new(choice.token.as_str(), kind)
            .placeholder(&choice.label)
            .min_values(least)
            .max_values(most),
    )
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
                Action::Type { label, token } => {
                    let id = format!("{OPENS}{}", token.as_str());
                    buttons.push(CreateButton::new(id).label(label));
                }
                // Nobody can share a place here.
                Action::Share { .. } => {}
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

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn a_label_fits_above_a_field() {
        assert_eq!(short("Място"), "Място");
        assert_eq!(short(""), "…");
        let long = short(&"я ".repeat(40));
        assert_eq!(long, format!("{}я…", "я ".repeat(21)));
        let families = short(&"👨‍👩‍👧‍👦".repeat(9));
        assert_eq!(families, format!("{}…", "👨‍👩‍👧‍👦".repeat(6)));
    }
}
