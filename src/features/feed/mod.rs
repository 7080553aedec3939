//! Feeds in: what other bodies publish, read politely and turned into alerts or drafts of alerts.

pub mod draft;
pub mod fetch;
pub mod reach;
pub mod read;
pub mod round;
pub mod rules;
pub mod store;
pub mod unfit;
pub mod watch;

use crate::base::clock::Millis;
use crate::features::alert::Alert;
use crate::message::Words;

/// What a document of a feed is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Atom (RFC 4287).
    Atom,
    /// RSS 2.0 and its forerunners of the same form.
    Rss,
    /// EDXL-DE 1.0 or 2.0.
    Distribution,
    /// One CAP message by itself.
    Message,
    /// JSON by a mapping.
    Json,
}

impl Format {
    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Atom => "Atom",
            Self::Rss => "RSS",
            Self::Distribution => "EDXL-DE",
            Self::Message => "CAP",
            Self::Json => "JSON",
        }
    }
}

/// A document of a feed.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// What it is.
    pub format: Format,
    /// What it tells, in its order, each thing once.
    pub entries: Vec<Entry>,
    /// Entries that only repeat the name of one before them.
    pub repeated: usize,
}

/// One thing that a feed tells.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The source's name for it, or what serves as one; not empty.
    pub id: String,
    /// One line; may be empty.
    pub title: String,
    /// The rest as plain text; may be empty.
    pub text: String,
    /// Where people read more.
    pub link: Option<url::Url>,
    /// When it was said last.
    pub time: Option<Millis>,
    /// When it is over, where the feed itself says so.
    pub expires: Option<Millis>,
    /// Where, in the source's words.
    pub place: Option<String>,
    /// What it brings.
    pub content: Content,
}

/// What an entry brings.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// A whole CAP message.
    Message(Box<Alert>),
    /// The address of a CAP message.
    Elsewhere(url::Url),
    /// Words for people and nothing else.
    Plain,
    /// Nothing that can be used.
    Unusable(unfit::Unfit),
}

/// What becomes of an entry.
#[derive(Debug, Clone, PartialEq)]
pub enum Decision {
    /// It goes out now.
    Straight(Box<Alert>),
    /// A person decides.
    Draft(Box<Alert>, Words),
    /// Nothing: why not.
    Pass(Words),
}
