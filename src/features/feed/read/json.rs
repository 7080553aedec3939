//! JSON of a source's own making: an array at a pointer, and a pointer for each field of an entry.

use serde_json::Value;

use super::{How, MAX_ENTRIES, address, moment, plain};
use crate::features::alert::cap::values;
use crate::features::feed::unfit::Unfit;
use crate::features::feed::{Content, Entry};

/// The entries of the array.
pub(super) fn entries(bytes: &[u8], how: &How<'_>) -> Result<Vec<Entry>, Unfit> {
    // A byte order mark is no part of JSON (RFC 8259 §8.1), and often there.
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    // serde_json itself ends at a depth of 128.
    let whole: Value =
        serde_json::from_slice(bytes).map_err(|why| Unfit::NotJson(why.line().max(1)))?;
    let pointer = how.fields.items.as_deref().unwrap_or_default();
    let items = whole.pointer(pointer).and_then(Value::as_array);
    let items = items.ok_or_else(|| Unfit::NoArray(pointer.to_owned()))?;
    if items.len() > MAX_ENTRIES {
        return Err(Unfit::TooMany);
    }
    Ok(items.iter().map(|item| entry(item, how)).collect())
}

fn entry(item: &Value, how: &How<'_>) -> Entry {
    let fields = how.fields;
    let said = |field: &Option<String>| {
        let found = item.pointer(field.as_deref()?)?;
        Some(match found {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            // Several places, several paragraphs.
            Value::Array(parts) => {
                let parts = parts.iter().filter_map(Value::as_str);
                parts.collect::<Vec<_>>().join(", ")
            }
            _ => return None,
        })
    };
    let mut entry = Entry {
        id: String::new(),
        title: plain::title(&plain::from_html(&said(&fields.title).unwrap_or_default())),
        text: plain::text(&plain::from_html(&said(&fields.text).unwrap_or_default())),
        link: said(&fields.link).and_then(|link| address(&link, how.base)),
        time: said(&fields.time).and_then(|time| moment(&time, how.zone)),
        expires: None,
        place: said(&fields.place).map(|place| values::line(&place)),
        content: Content::Plain,
    };
    if entry.title.is_empty() && entry.text.is_empty() {
        entry.content = Content::Unusable(Unfit::NoWords);
    }
    let id = said(&fields.id).or_else(|| entry.link.as_ref().map(ToString::to_string));
    entry.named(&id.unwrap_or_default())
}
