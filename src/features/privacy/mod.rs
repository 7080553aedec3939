//! One's own data: shown whole, erased on a word, and kept no longer than each class of it may be.

pub mod chat;
pub mod retention;
pub mod store;
pub mod sweep;

use serde::Serialize;

use crate::people::Wish;

/// Everything that is kept about an address, as it is given to its person. Times are RFC 3339.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MyData {
    /// The network.
    pub channel: String,
    /// The address there.
    pub address: String,
    /// Languages, best first.
    pub languages: Vec<String>,
    /// Whether letters go there.
    pub subscribed: bool,
    /// Why not, in our own short word.
    pub off_because: Option<String>,
    /// Since when it is known.
    pub known_since: String,
    /// Nothing is sent before.
    pub paused_until: Option<String>,
    /// Quiet hours of one's own, minutes of the day.
    pub quiet_hours: Option<(i64, i64)>,
    /// What it wants to hear.
    pub subscriptions: Vec<Wanted>,
    /// Words of consent, given and taken back.
    pub consents: Vec<Consent>,
    /// A form that is not finished: its name, and the answers so far.
    pub open_form: Option<crate::message::form::Filled>,
    /// Requests by mail that wait for a word.
    pub requests: Vec<Request>,
    /// What was sent there, the newest first, at most [`store::LETTERS`].
    pub letters: Vec<Sent>,
}

/// One subscription, in codes and names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Wanted {
    /// Codes of districts; `*` for the whole city.
    pub districts: Vec<String>,
    /// Codes of topics; `*` for all.
    pub topics: Vec<String>,
    /// The wish as it is kept.
    pub kept: Wish,
}

/// A word of consent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Consent {
    /// When.
    pub at: String,
    /// Whether it was given (else taken back).
    pub given: bool,
    /// Where.
    pub source: String,
}

/// A request by mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Request {
    /// When it came.
    pub at: String,
    /// Whether it was confirmed.
    pub confirmed: bool,
}

/// A letter that was sent, or was to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sent {
    /// When it was written.
    pub at: String,
    /// What became of it: a state of delivery.
    pub state: String,
    /// Its title or first words.
    pub title: Option<String>,
}
