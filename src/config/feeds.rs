//! The `[[feed]]` tables of `bot.toml`, and `[fetch]`: what is read from others, and how it is fetched.

use ipnet::IpNet;
use serde::Deserialize;
use url::Url;

use crate::message::Lang;

/// The shortest time between two readings, in seconds.
const OFTEN: u64 = 30;
/// The longest, in seconds.
const SELDOM: u64 = 24 * 60 * 60;
/// The longest silence that can be waited for, in hours.
const LONGEST_SILENCE: u64 = 366 * 24;

/// What the documents of a feed bring.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// CAP messages: in Atom, in RSS, in EDXL-DE, or one by itself.
    Cap,
    /// Words for people, in RSS or Atom.
    Rss,
    /// Words for people, in JSON.
    Json,
}

/// A degree of severity, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Degree {
    /// Minimal or no known threat.
    Minor,
    /// Possible threat.
    Moderate,
    /// Significant threat.
    Severe,
    /// Extraordinary threat.
    Extreme,
}

/// What goes out without a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Send {
    /// Nothing: everything becomes a draft.
    Draft,
    /// What is minor.
    Minor,
    /// What is moderate or less.
    Moderate,
    /// What is severe or less.
    Severe,
    /// Everything.
    Extreme,
}

impl Send {
    /// The gravest degree that goes out without a person.
    #[must_use]
    pub const fn up_to(self) -> Option<Degree> {
        match self {
            Self::Draft => None,
            Self::Minor => Some(Degree::Minor),
            Self::Moderate => Some(Degree::Moderate),
            Self::Severe => Some(Degree::Severe),
            Self::Extreme => Some(Degree::Extreme),
        }
    }
}

/// Which field of a plain source is what: names of elements in RSS and Atom, where the usual ones
/// hold unless another is named; JSON pointers (RFC 6901) in JSON.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Fields {
    /// JSON only: where the array of entries is, from the top; not set: the document is the array.
    pub items: Option<String>,
    /// The source's name for an entry.
    pub id: Option<String>,
    /// One line.
    pub title: Option<String>,
    /// The rest.
    pub text: Option<String>,
    /// Where people read more.
    pub link: Option<String>,
    /// When it was said.
    pub time: Option<String>,
    /// Where: a district, a quarter or an address.
    pub place: Option<String>,
}

/// A `[[feed]]` table.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "Written")]
pub struct FeedSettings {
    /// What the feed is called: in commands, in reports, and as the sender of plain entries.
    pub name: String,
    /// What people read as the source of plain entries.
    pub source: String,
    /// Where it is: http, https or file.
    pub url: Url,
    /// Seconds between two readings.
    pub every: u64,
    /// What its documents bring.
    pub kind: Kind,
    /// Which field is what.
    pub fields: Fields,
    /// The language of plain entries.
    pub language: Option<Lang>,
    /// The topic of plain entries; not set: what their words say.
    pub topic: Option<String>,
    /// How grave plain entries are.
    pub severity: Degree,
    /// What goes out without a person.
    pub send: Send,
    /// Hours without anything new after which its silence is reported.
    pub silent_after: Option<u64>,
}

/// The same as it is written, before it is judged as a whole.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: String,
    source: Option<String>,
    url: Url,
    #[serde(default = "every")]
    every: u64,
    kind: Kind,
    #[serde(default)]
    fields: Fields,
    language: Option<String>,
    topic: Option<String>,
    severity: Option<Degree>,
    #[serde(default = "draft")]
    send: Send,
    silent_after: Option<u64>,
}

const fn every() -> u64 {
    300
}

const fn draft() -> Send {
    Send::Draft
}

impl TryFrom<Written> for FeedSettings {
    type Error = String;

    fn try_from(it: Written) -> Result<Self, Self::Error> {
        let fault = |what: &str| Err(format!("the feed \"{}\": {what}", it.name));
        let plain = |mark: char| mark.is_ascii_lowercase() || mark.is_ascii_digit() || mark == '-';
        if !(1..=40).contains(&it.name.len()) || !it.name.chars().all(plain) {
            return fault("name is 1 to 40 small Latin letters, digits and dashes");
        }
        let at = &it.url;
        let known = match at.scheme() {
            "http" | "https" => at.has_host(),
            "file" => at.to_file_path().is_ok(),
            _ => false,
        };
        if !known {
            return fault("url begins with http://, https:// or file:///");
        }
        if !at.username().is_empty() || at.password().is_some() {
            return fault("url holds a name or a password; feeds are read without any");
        }
        if !(OFTEN..=SELDOM).contains(&it.every) {
            return fault("every is 30 to 86400 seconds");
        }
        if it
            .silent_after
            .is_some_and(|hours| !(1..=LONGEST_SILENCE).contains(&hours))
        {
            return fault("silent_after is 1 to 8784 hours");
        }
        let language = it.language.as_deref().map(str::parse::<Lang>).transpose();
        let Ok(language) = language else {
            return fault("language is a code such as \"bg\"");
        };
        let says = [
            ("source", it.source.is_some()),
            ("severity", it.severity.is_some()),
            ("topic", it.topic.is_some()),
            ("language", language.is_some()),
            ("fields", it.fields != Fields::default()),
        ];
        let said = says.iter().find(|(_, said)| *said);
        if let Some((name, _)) = said.filter(|_| it.kind == Kind::Cap) {
            return fault(&format!(
                "{name} is not for kind = \"cap\": its alerts say that themselves"
            ));
        }
        if it.kind != Kind::Cap && language.is_none() {
            return fault("language is missing: plain entries do not say in which they are");
        }
        if it.kind == Kind::Json && it.fields.title.is_none() && it.fields.text.is_none() {
            return fault("fields must name a title or a text, such as { title = \"/title\" }");
        }
        if it.kind != Kind::Json && it.fields.items.is_some() {
            return fault("fields.items is for kind = \"json\" only");
        }
        Ok(Self {
            source: it.source.unwrap_or_else(|| it.name.clone()),
            name: it.name,
            url: it.url,
            every: it.every,
            kind: it.kind,
            fields: it.fields,
            language,
            topic: it.topic,
            severity: it.severity.unwrap_or(Degree::Minor),
            send: it.send,
            silent_after: it.silent_after,
        })
    }
}

/// `[fetch]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FetchSettings {
    /// Ranges of addresses inside one's own network from which fetching is allowed nevertheless.
    pub allow: Vec<IpNet>,
    /// The most seconds that one answer may take as a whole.
    #[serde(deserialize_with = "bearable")]
    pub seconds: u64,
}

/// 1 to 60 seconds: a reading with its messages must end within its lease.
fn bearable<'de, D: serde::Deserializer<'de>>(from: D) -> Result<u64, D::Error> {
    let seconds = u64::deserialize(from)?;
    if (1..=60).contains(&seconds) {
        return Ok(seconds);
    }
    Err(serde::de::Error::custom("seconds is 1 to 60"))
}

impl Default for FetchSettings {
    fn default() -> Self {
        Self {
            allow: vec![],
            seconds: 20,
        }
    }
}
