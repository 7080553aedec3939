//! RSS 2.0: items whose link leads to a message, or with words.

use super::{How, MAX_ENTRIES, address, atom, moment, plain};
use crate::config::feeds::Kind;
use crate::features::alert::cap::values;
use crate::features::alert::cap::xml::{Element, Space};
use crate::features::feed::unfit::Unfit;
use crate::features::feed::{Content, Entry};

/// The items of all channels.
pub(super) fn entries(root: &Element, how: &How<'_>) -> Result<Vec<Entry>, Unfit> {
    let channels = root.children_in(Space::Bare, "channel");
    let all: Vec<&Element> = channels
        .flat_map(|channel| channel.children_in(Space::Bare, "item"))
        .collect();
    if all.len() > MAX_ENTRIES {
        return Err(Unfit::TooMany);
    }
    Ok(all.into_iter().map(|item| entry(item, how)).collect())
}

fn entry(item: &Element, how: &How<'_>) -> Entry {
    let fields = how.fields;
    let said = |field: &Option<String>, usual: &str| match field {
        Some(name) => atom::any(item, name),
        None => item.text_in(Space::Bare, usual).map(str::to_owned),
    };
    let link = said(&fields.link, "link").and_then(|link| address(&link, how.base));
    let guid = said(&fields.id, "guid");
    let expires = item.text_of("expires").and_then(values::time);
    let mapped = fields.place.as_ref();
    let place = match mapped {
        Some(name) => atom::any(item, name),
        None => item.text_of("areaDesc").map(str::to_owned),
    };
    let title = said(&fields.title, "title").unwrap_or_default();
    let text = said(&fields.text, "description").unwrap_or_default();
    let mut entry = Entry {
        id: String::new(),
        title: plain::title(&plain::from_html(&title)),
        text: plain::text(&plain::from_html(&text)),
        link: link.clone(),
        time: said(&fields.time, "pubDate").and_then(|time| moment(&time, how.zone)),
        expires,
        place: place.map(|place| values::line(&place)),
        content: Content::Plain,
    };
    let mut id = guid.clone();
    if how.kind == Kind::Cap {
        entry.content = match atom::content(item, how.base) {
            // Here a link is an element of its own, and often the only thing that names a message.
            Content::Unusable(Unfit::NoMessage) => {
                let guid = guid.and_then(|guid| values::web(&guid));
                match link.or(guid) {
                    Some(url) => Content::Elsewhere(url),
                    None => Content::Unusable(Unfit::NoMessage),
                }
            }
            content => content,
        };
        id = item.text_of("identifier").map(str::to_owned).or(id);
        if let Content::Message(alert) = &entry.content {
            id = Some(alert.identifier.clone());
        }
    } else if entry.title.is_empty() && entry.text.is_empty() {
        entry.content = Content::Unusable(Unfit::NoWords);
    }
    let id = id.or_else(|| entry.link.as_ref().map(ToString::to_string));
    entry.named(&id.unwrap_or_default())
}
