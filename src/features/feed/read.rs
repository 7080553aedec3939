//! Reads a document of a feed into entries, leniently in form and strictly in size; fetches nothing.

mod atom;
mod json;
mod plain;
mod rss;

use std::collections::HashSet;
use std::fmt::Write as _;

use chrono::{Datelike as _, NaiveDateTime};
use chrono_tz::Tz;
use sha2::{Digest as _, Sha256};
use url::Url;

use super::unfit::Unfit;
use super::{Content, Document, Entry, Format};
use crate::base::civil::instant;
use crate::base::clock::Millis;
use crate::config::feeds::{Fields, Kind};
use crate::features::alert::cap::xml::{self, Bounds, Element, Space};
use crate::features::alert::cap::{self, Refusal, values};

/// The largest document that is read, in bytes.
pub const MAX_BYTES: usize = 2 * 1024 * 1024;
/// The most entries of a document, repetitions included; a country's weather feed reaches 3,000.
pub const MAX_ENTRIES: usize = 5_000;
/// The most characters of a name that a source gives an entry.
const MAX_ID: usize = 500;
/// The most characters of a title that are kept.
const MAX_TITLE: usize = 300;
/// The most characters of a text that are kept.
const MAX_TEXT: usize = 4_000;
/// The types of media that CAP messages go by.
const CAP_TYPES: [&str; 2] = [
    "application/cap+xml",
    "application/common-alerting-protocol+xml",
];

/// How the documents of a feed are to be read.
#[derive(Debug, Clone, Copy)]
pub struct How<'a> {
    /// What is expected: alerts, or words for people.
    pub kind: Kind,
    /// Which field is what, where the source does not use the usual names.
    pub fields: &'a Fields,
    /// The zone of times that name none.
    pub zone: Tz,
    /// The document's own address, by which others in it are completed.
    pub base: Option<&'a Url>,
}

/// Reads a document. Time and memory are bounded by the limits.
///
/// # Errors
/// An [`Unfit`] that says why nothing of the document can be used. An entry that cannot be used
/// says so itself.
pub fn read(bytes: &[u8], how: &How<'_>) -> Result<Document, Unfit> {
    if bytes.len() > MAX_BYTES {
        return Err(Unfit::TooLarge);
    }
    if how.kind == Kind::Json {
        let entries = json::entries(bytes, how)?;
        return Ok(once(Format::Json, entries));
    }
    let text = cap::decode(bytes)?;
    let root = xml::read(&text, Bounds::FEED, None)?;
    let (format, entries) = match (root.space, root.name.as_str()) {
        (Space::Atom, "feed") => (Format::Atom, atom::entries(&root, how)?),
        (Space::Bare, "rss") => (Format::Rss, rss::entries(&root, how)?),
        (Space::Distribution, "EDXLDistribution") => (Format::Distribution, distributed(&root)),
        (Space::Cap, "alert") => (Format::Message, vec![message(&root)]),
        (_, "alert") => return Err(Refusal::Namespace(String::new()).into()),
        (_, other) => return Err(Unfit::NotAFeed(values::excerpt(other))),
    };
    Ok(once(format, entries))
}

/// Each thing once, by the source's name for it.
fn once(format: Format, entries: Vec<Entry>) -> Document {
    let count = entries.len();
    let mut names = HashSet::new();
    let mut kept = vec![];
    for entry in entries {
        if names.insert(entry.id.clone()) {
            kept.push(entry);
        }
    }
    Document {
        format,
        repeated: count - kept.len(),
        entries: kept,
    }
}

/// The messages of an EDXL-DE document, wherever in it they are.
fn distributed(root: &Element) -> Vec<Entry> {
    let mut found = vec![];
    let mut open = vec![root];
    while let Some(element) = open.pop() {
        if element.name == "alert" && element.space != Space::Distribution {
            found.push(message(element));
        } else {
            open.extend(element.children.iter().rev());
        }
    }
    found
}

/// The entry of a message that stands in the document itself.
fn message(element: &Element) -> Entry {
    let content = match embedded(element) {
        Ok(alert) => Content::Message(Box::new(alert)),
        Err(refusal) => Content::Unusable(refusal.into()),
    };
    let mut entry = Entry {
        id: String::new(),
        title: String::new(),
        text: String::new(),
        link: None,
        time: None,
        expires: None,
        place: None,
        content,
    };
    let id = element.text_of("identifier").unwrap_or_default().to_owned();
    if let Content::Message(alert) = &entry.content {
        entry.time = Some(alert.sent);
        let info = alert.infos.first();
        let title = info.map(|info| info.headline.as_ref().unwrap_or(&info.event));
        entry.title = title.cloned().unwrap_or_default();
    }
    entry.named(&id)
}

/// The message of an element that is called `alert`.
fn embedded(element: &Element) -> Result<crate::features::alert::Alert, Refusal> {
    if element.space != Space::Cap {
        return Err(Refusal::Namespace(String::new()));
    }
    cap::of(element)
}

impl Entry {
    /// The same under the name `id`, or, where that is empty, under one made of what it says.
    fn named(mut self, id: &str) -> Self {
        let id = values::line(id);
        self.id = match id.chars().nth(MAX_ID) {
            None if !id.is_empty() => id,
            None => digest(&[
                &self.title,
                &self.text,
                self.link.as_ref().map_or("", Url::as_str),
            ]),
            // Too long to be kept, and still its own.
            Some(_) => digest(&[&id]),
        };
        self
    }
}

/// The digest of some texts, as one could name what consists of them.
pub(super) fn digest(texts: &[&str]) -> String {
    let mut sum = Sha256::new();
    for text in texts {
        sum.update(text.as_bytes());
        sum.update([0]);
    }
    let mut name = String::with_capacity(64);
    for byte in sum.finalize() {
        let _ = write!(name, "{byte:02x}");
    }
    name
}

/// An http or https address, completed by that of the document.
fn address(text: &str, base: Option<&Url>) -> Option<Url> {
    let text = text.trim();
    let whole = values::web(text);
    let url = whole.or_else(|| base?.join(text).ok().filter(|_| !text.is_empty()))?;
    let web = matches!(url.scheme(), "http" | "https") && url.has_host();
    web.then_some(url)
}

/// A moment as feeds write it: RFC 3339 and its relatives, RFC 2822, seconds or milliseconds since
/// 1970, or a date and time without a zone. What lies outside the years 1970 to 2199 is none.
fn moment(text: &str, zone: Tz) -> Option<Millis> {
    let text = text.trim();
    let at = values::time(text).or_else(|| {
        let at = chrono::DateTime::parse_from_rfc2822(text).ok();
        at.map(Millis::from)
            .or_else(|| counted(text))
            .or_else(|| without_zone(text, zone))
    })?;
    values::PLAUSIBLE.contains(&at.0).then_some(at)
}

/// Seconds or milliseconds since 1970.
fn counted(text: &str) -> Option<Millis> {
    let number = text.parse::<i64>().ok().filter(|number| *number > 0)?;
    if number < 100_000_000_000 {
        number.checked_mul(1000).map(Millis)
    } else {
        Some(Millis(number))
    }
}

fn without_zone(text: &str, zone: Tz) -> Option<Millis> {
    let text = text.replacen('T', " ", 1);
    let civil = |format: &str| NaiveDateTime::parse_from_str(&text, format).ok();
    let civil = civil("%Y-%m-%d %H:%M:%S%.f")
        .or_else(|| civil("%Y-%m-%d %H:%M"))
        .or_else(|| civil("%d.%m.%Y %H:%M:%S"))
        .or_else(|| civil("%d.%m.%Y %H:%M"))?;
    // The first and the last years there are have hours that no zone has.
    (1969..=2200)
        .contains(&civil.year())
        .then(|| instant(zone, civil))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_as_feeds_write_them() {
        let expected = Millis::parse_rfc3339("2026-02-03T04:05:00Z").ok();
        for text in [
            "2026-02-03T06:05:00+02:00",
            "Tue, 03 Feb 2026 04:05:00 GMT",
            "Tue, 3 Feb 2026 06:05:00 +0200",
            "1770091500",
            "1770091500000",
            "2026-02-03 06:05",
            "03.02.2026 06:05",
        ] {
            assert_eq!(moment(text, chrono_tz::Europe::Sofia), expected, "{text}");
        }
        for text in [
            "",
            "soon",
            "-1",
            "99999999999999999999",
            "2026-02-30 06:05",
            "1026-02-03 06:05",
            "03.02.9026 06:05",
            "-262143-01-01 00:00",
            "+262142-12-31 23:59",
            "Tue, 03 Feb 1926 04:05:00 GMT",
        ] {
            assert_eq!(moment(text, chrono_tz::Europe::Sofia), None, "{text}");
        }
    }
}
