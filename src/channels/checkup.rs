//! What a check found: how each thing stands, in the operator's words, and how clocks compare.

use std::net::SocketAddr;

use chrono::DateTime;
use reqwest::header::{DATE, HeaderMap};
use serde::Serialize;

use crate::base::clock::Millis;
use crate::message::Words;

/// How a thing stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// As it should be.
    Ok,
    /// Not looked at, and why.
    Note,
    /// Works, but somebody should look at it by daylight.
    Warning,
    /// Does not work until somebody mends it.
    Fault,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// What was looked at, the same in every language: scripts rely on it.
    pub about: &'static str,
    /// How it stands.
    pub level: Level,
    /// The same in words; for a fault also what it means and what to do.
    pub says: Words,
}

impl Finding {
    /// As it should be.
    #[must_use]
    pub fn ok(about: &'static str, says: Words) -> Self {
        Self::new(about, Level::Ok, says)
    }

    /// Not looked at.
    #[must_use]
    pub fn note(about: &'static str, says: Words) -> Self {
        Self::new(about, Level::Note, says)
    }

    /// Works for now.
    #[must_use]
    pub fn warning(about: &'static str, says: Words) -> Self {
        Self::new(about, Level::Warning, says)
    }

    /// Does not work.
    #[must_use]
    pub fn fault(about: &'static str, says: Words) -> Self {
        Self::new(about, Level::Fault, says)
    }

    fn new(about: &'static str, level: Level, says: Words) -> Self {
        Self { about, level, says }
    }
}

/// All that was found out about one network.
#[derive(Debug, Default)]
pub struct Checkup {
    /// In the order in which one would mend it.
    pub findings: Vec<Finding>,
    /// How many milliseconds the network's clock is ahead of ours, to within a second.
    pub ahead_ms: Option<i64>,
}

/// Who is asked about names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nameserver {
    /// Whoever the system asks.
    System,
    /// This one.
    At(SocketAddr),
    /// Nobody: in a sandbox nothing leaves the machine.
    Nobody,
}

/// How far the clock of who answered with these headers is ahead of `now`, in milliseconds. A
/// Date has whole seconds (RFC 9110 §5.6.7), so its middle is taken.
pub(super) fn ahead(headers: &HeaderMap, now: Millis) -> Option<i64> {
    let date = headers.get(DATE)?.to_str().ok()?;
    let theirs = Millis::from(DateTime::parse_from_rfc2822(date).ok()?);
    Some(theirs.0.saturating_add(500).saturating_sub(now.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_date_of_an_answer_tells_how_far_clocks_are_apart() {
        let mut headers = HeaderMap::new();
        assert_eq!(ahead(&headers, Millis(0)), None);
        headers.insert(
            DATE,
            "Thu, 01 Jan 1970 00:01:00 GMT".parse().expect("a header"),
        );
        assert_eq!(ahead(&headers, Millis(60_700)), Some(-200));
        assert_eq!(ahead(&headers, Millis(0)), Some(60_500));
        headers.insert(DATE, "yesterday".parse().expect("a header"));
        assert_eq!(ahead(&headers, Millis(0)), None);
    }
}
