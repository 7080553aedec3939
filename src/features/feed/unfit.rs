//! Why a document or an entry of a feed cannot be used, and the verdict on a whole document.

use super::{Content, Document};
use crate::features::alert::cap;
use crate::message::{Arg, Words, say, say_with};

/// Why something cannot be used. `Display` is for logs; [`Unfit::words`] is for people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// More bytes than [`super::read::MAX_BYTES`].
    #[error("larger than the limit")]
    TooLarge,
    /// Not to be read as XML, or a CAP message that is none.
    #[error("{0}")]
    Cap(#[from] cap::Refusal),
    /// XML of another kind: its first element.
    #[error("not a feed but {0}")]
    NotAFeed(String),
    /// More entries than [`super::read::MAX_ENTRIES`].
    #[error("too many entries")]
    TooMany,
    /// Not JSON, noticed in this line (from 1).
    #[error("no JSON in line {0}")]
    NotJson(usize),
    /// Nothing, or no array, where the mapping looks for entries.
    #[error("no array at {0:?}")]
    NoArray(String),
    /// An entry with neither a message nor the address of one.
    #[error("no message and no link")]
    NoMessage,
    /// An entry with neither title nor text.
    #[error("no words")]
    NoWords,
}

impl Unfit {
    /// What is wrong and what to do, for the operator.
    #[must_use]
    pub fn words(&self) -> Words {
        let text = |text: &str| Arg::Text(text.to_owned());
        match self {
            Self::TooLarge => say("feed-unfit-too-large"),
            Self::Cap(refusal) => refusal.words(),
            Self::NotAFeed(root) => say_with("feed-unfit-not-a-feed", [("root", text(root))]),
            Self::TooMany => say("feed-unfit-too-many"),
            Self::NotJson(line) => say_with("feed-unfit-not-json", [("line", number(*line))]),
            Self::NoArray(pointer) => say_with("feed-unfit-no-array", [("pointer", text(pointer))]),
            Self::NoMessage => say("feed-unfit-no-message"),
            Self::NoWords => say("feed-unfit-no-words"),
        }
    }
}

fn number(count: usize) -> Arg {
    Arg::Number(i64::try_from(count).unwrap_or(i64::MAX))
}

/// What is to be said of a whole document.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// `read`, `partly`, `useless`, `empty` or `refused`.
    pub code: &'static str,
    /// The same with its reason, for the operator.
    pub words: Words,
}

/// The verdict on what became of reading a document.
#[must_use]
pub fn verdict(outcome: &Result<Document, Unfit>) -> Verdict {
    let document = match outcome {
        Ok(document) => document,
        Err(unfit) => {
            let reason = ("reason", Arg::Words(Box::new(unfit.words())));
            let words = say_with("feed-verdict-refused", [reason]);
            return Verdict {
                code: "refused",
                words,
            };
        }
    };
    let count = |wanted: fn(&Content) -> bool| {
        let all = document.entries.iter();
        all.filter(|entry| wanted(&entry.content)).count()
    };
    let unusable = count(|content| matches!(content, Content::Unusable(_)));
    let format = ("format", Arg::Text(document.format.name().to_owned()));
    let entries = ("entries", number(document.entries.len()));
    let why = document
        .entries
        .iter()
        .find_map(|entry| match &entry.content {
            Content::Unusable(unfit) => Some(unfit.words()),
            _ => None,
        });
    let reason = |why: Words| ("reason", Arg::Words(Box::new(why)));
    let (code, words) = match why {
        None if document.entries.is_empty() => ("empty", say_with("feed-verdict-empty", [format])),
        None => ("read", say_with("feed-verdict-read", [format, entries])),
        Some(why) if unusable == document.entries.len() => (
            "useless",
            say_with("feed-verdict-useless", [format, entries, reason(why)]),
        ),
        Some(why) => (
            "partly",
            say_with(
                "feed-verdict-partly",
                [format, entries, ("unusable", number(unusable)), reason(why)],
            ),
        ),
    };
    Verdict { code, words }
}
