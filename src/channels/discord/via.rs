//! How an interaction is answered: its token as `Inbound::via` carries it, and which waiting
//! answers are filled.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use serenity::model::id::{ApplicationId, MessageId};

/// How many filled answers are remembered. An interaction lives for 15 minutes, and its second
/// letter, if there is one, follows the first within seconds.
const FILLED: usize = 1024;
/// The longest token we take; Discord's have about 200 characters.
const LONGEST_TOKEN: usize = 512;

/// A way to answer one interaction: `application:token`, then `:waiting` where a deferred answer
/// waits to be filled, `:private` where only that person may see the answer, and `:on.NUMBER` where
/// the answer may take the place of that message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Via {
    pub application: ApplicationId,
    pub token: String,
    pub waiting: bool,
    pub private: bool,
    pub on: Option<MessageId>,
}

impl Via {
    /// `None` for anything that is not ours, or would not stay within its place in a path.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split(':');
        let application = parts.next()?.parse().ok()?;
        let token = parts.next().filter(|token| fits_a_path(token))?.to_owned();
        let mut via = Self {
            application,
            token,
            waiting: false,
            private: false,
            on: None,
        };
        for part in parts {
            match part {
                "waiting" => via.waiting = true,
                "private" => via.private = true,
                other => via.on = Some(other.strip_prefix("on.")?.parse().ok()?),
            }
        }
        Some(via)
    }
}

impl fmt::Display for Via {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.application, self.token)?;
        f.write_str(if self.waiting { ":waiting" } else { "" })?;
        f.write_str(if self.private { ":private" } else { "" })?;
        self.on.map_or(Ok(()), |message| write!(f, ":on.{message}"))
    }
}

/// Whether a token can stand in a path as it is.
pub(super) fn fits_a_path(token: &str) -> bool {
    (1..=LONGEST_TOKEN).contains(&token.len())
        && !token.starts_with('.')
        && (token.bytes()).all(|b| b.is_ascii_alphanumeric() || b"-_.=~".contains(&b))
}

/// Which waiting answers have been filled, and by the part with which nonce: the first letter fills
/// the answer, later ones come after it, and a repeat fills it again.
#[derive(Debug, Default)]
pub(super) struct Filled(Mutex<VecDeque<(String, String)>>);

impl Filled {
    /// Whether the part with this nonce is the one that fills the answer of this interaction.
    pub(super) fn claim(&self, token: &str, nonce: &str) -> bool {
        let mut filled = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, by)) = filled.iter().find(|(known, _)| known == token) {
            return by == nonce;
        }
        if filled.len() >= FILLED {
            filled.pop_front();
        }
        filled.push_back((token.to_owned(), nonce.to_owned()));
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_to_answer_survives_being_written_down() {
        for (waiting, private, on) in [
            (true, true, None),
            (true, false, None),
            (false, true, Some(MessageId::new(9))),
            (false, false, None),
        ] {
            let via = Via {
                application: ApplicationId::new(7),
                token: "aW50ZXJhY3Rpb24_-=".to_owned(),
                waiting,
                private,
                on,
            };
            assert_eq!(Via::parse(&via.to_string()), Some(via));
        }
        for wrong in [
            "",
            "7",
            "0:a",
            "7:",
            "7:a/b",
            "7:..",
            "7:a:other",
            "7:a:on.x",
            "x:a",
        ] {
            assert_eq!(Via::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_first_part_fills_the_answer_and_its_repeat_fills_it_again() {
        let filled = Filled::default();
        assert!(filled.claim("t", "n1"));
        assert!(!filled.claim("t", "n2"));
        assert!(filled.claim("t", "n1"));
        assert!(filled.claim("u", "n3"));
    }
}
