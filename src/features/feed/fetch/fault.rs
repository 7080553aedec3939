//! Why something was not fetched, in words for the operator.

use std::time::Duration;

use crate::message::{Arg, Words, say, say_with};

/// Why something was not fetched. `Display` is for logs, without any address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchFault {
    /// Neither http nor https.
    #[error("scheme {0}")]
    Scheme(String),
    /// A name or a password in the address.
    #[error("credentials in the address")]
    Credentials,
    /// Nobody knows this name.
    #[error("name not found")]
    NoSuchName(String),
    /// An address of this name is not one to fetch from.
    #[error("address out of reach")]
    OutOfReach(String),
    /// From https to http.
    #[error("redirected to an unencrypted address")]
    Downgraded,
    /// Sent on again and again.
    #[error("too many redirects")]
    TooManyRedirects,
    /// No connection.
    #[error("not reachable")]
    Unreachable,
    /// The connection broke, or what came was no HTTP.
    #[error("the answer broke off")]
    Broken,
    /// The answer did not end in time.
    #[error("too slow")]
    TooSlow,
    /// More bytes than are read.
    #[error("too large")]
    TooLarge,
    /// Packed in a way that was not asked for.
    #[error("packed")]
    Packed,
    /// Another status than 200.
    #[error("status {0}")]
    Status(u16),
    /// Not now.
    #[error("status {status}")]
    Later {
        /// 429 or 503.
        status: u16,
        /// How long the source wants to be left alone, if it says so.
        after: Option<Duration>,
    },
    /// A file that cannot be read.
    #[error("the file cannot be read")]
    NoFile,
}

impl From<&reqwest::Error> for FetchFault {
    fn from(why: &reqwest::Error) -> Self {
        if why.is_timeout() {
            Self::TooSlow
        } else if why.is_connect() {
            Self::Unreachable
        } else {
            Self::Broken
        }
    }
}

impl FetchFault {
    /// How long the source asked to be left alone.
    #[must_use]
    pub fn asked(&self) -> Option<Duration> {
        match self {
            Self::Later { after, .. } => *after,
            _ => None,
        }
    }

    /// What happened and what to do, for the operator.
    #[must_use]
    pub fn words(&self) -> Words {
        let text = |text: &str| Arg::Text(text.to_owned());
        let status = |status: u16| ("status", Arg::Text(status.to_string()));
        match self {
            Self::Scheme(scheme) => say_with("feed-fetch-scheme", [("scheme", text(scheme))]),
            Self::Credentials => say("feed-fetch-credentials"),
            Self::NoSuchName(host) => say_with("feed-fetch-name", [("host", text(host))]),
            Self::OutOfReach(host) => say_with("feed-fetch-reach", [("host", text(host))]),
            Self::Downgraded => say("feed-fetch-downgraded"),
            Self::TooManyRedirects => say("feed-fetch-redirects"),
            Self::Unreachable => say("feed-fetch-unreachable"),
            Self::Broken => say("feed-fetch-broken"),
            Self::TooSlow => say("feed-fetch-slow"),
            Self::TooLarge => say("feed-unfit-too-large"),
            Self::Packed => say("feed-fetch-packed"),
            Self::Status(code) => say_with("feed-fetch-status", [status(*code)]),
            Self::Later { status: code, .. } => say_with("feed-fetch-later", [status(*code)]),
            Self::NoFile => say("feed-fetch-file"),
        }
    }
}
