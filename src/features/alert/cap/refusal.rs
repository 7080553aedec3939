//! Why a file is not an alert that can be used, in words for the operator.

use crate::message::{Arg, Words, say, say_with};

/// Why a file was not read as an alert. `Display` is for logs; [`Refusal::words`] is for people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Larger than [`super::MAX_BYTES`].
    #[error("larger than the limit")]
    TooLarge,
    /// The bytes are not in the encoding that the file declares, or nobody knows that encoding.
    #[error("not readable in its encoding {0}")]
    Encoding(String),
    /// A document type definition, which CAP has no use for: the way of XXE and entity bombs.
    #[error("document type definition")]
    Doctype,
    /// An entity that XML itself does not define.
    #[error("entity {0}")]
    Entity(String),
    /// Not well-formed XML, noticed in this line (from 1).
    #[error("not well-formed in line {0}")]
    Malformed(usize),
    /// Elements deeper in one another than any alert has them.
    #[error("nested too deeply")]
    TooDeep,
    /// More of something than any alert has.
    #[error("too many: {0:?}")]
    TooMany(Counted),
    /// A text longer than any reader would bear, in this element.
    #[error("text too long in {0}")]
    TooLong(&'static str),
    /// Another kind of document; this is its first element.
    #[error("not an alert but {0}")]
    NotAnAlert(String),
    /// An alert in a namespace that is not CAP's.
    #[error("namespace {0:?}")]
    Namespace(String),
    /// No (or an empty) element that names the message.
    #[error("{0} missing")]
    Missing(&'static str),
    /// A time of sending that is none.
    #[error("sent at {0:?}")]
    Time(String),
}

/// What there can be too many of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// XML elements, references, comments and the like.
    Parts,
    /// XML attributes of one element.
    Attributes,
    /// Info blocks.
    Infos,
    /// Areas.
    Areas,
    /// Codes of areas and events.
    Codes,
    /// Points of polygons.
    Points,
    /// References to earlier messages.
    References,
}

impl Refusal {
    /// What is wrong and what follows from it, for the operator.
    #[must_use]
    pub fn words(&self) -> Words {
        let text = |text: &str| Arg::Text(text.to_owned());
        match self {
            Self::TooLarge => say("cap-too-large"),
            Self::Encoding(label) => say_with("cap-encoding", [("label", text(label))]),
            Self::Doctype => say("cap-doctype"),
            Self::Entity(name) => say_with("cap-entity", [("name", text(name))]),
            Self::Malformed(line) => say_with(
                "cap-malformed",
                [("line", Arg::Number(i64::try_from(*line).unwrap_or(0)))],
            ),
            Self::TooDeep => say("cap-too-deep"),
            Self::TooMany(counted) => match counted {
                Counted::Parts => say("cap-too-many-parts"),
                Counted::Attributes => say("cap-too-many-attributes"),
                Counted::Infos => say("cap-too-many-infos"),
                Counted::Areas => say("cap-too-many-areas"),
                Counted::Codes => say("cap-too-many-codes"),
                Counted::Points => say("cap-too-many-points"),
                Counted::References => say("cap-too-many-references"),
            },
            Self::TooLong(element) => say_with("cap-too-long", [("element", text(element))]),
            Self::NotAnAlert(root) => say_with("cap-not-an-alert", [("root", text(root))]),
            Self::Namespace(found) if found.is_empty() => say("cap-namespace-none"),
            Self::Namespace(found) => say_with("cap-namespace", [("found", text(found))]),
            Self::Missing(element) => say_with("cap-missing", [("element", text(element))]),
            Self::Time(found) => say_with("cap-time", [("found", text(found))]),
        }
    }
}
