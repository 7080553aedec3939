//! A question with answers to tap, and what comes back when one is tapped.

use serde::{Deserialize, Serialize};

use super::{Token, Words};

/// The most bytes of a choice's token and of an answer's value: with a sign between them they fit
/// into one button ([`Token`]).
pub const LONGEST_TOKEN: usize = 40;
/// The most bytes of an answer's value.
pub const LONGEST_VALUE: usize = 22;

/// A question with answers to tap. A channel with lists shows one; elsewhere each answer is a
/// button, a page of them at a time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Choice<T = Words> {
    /// What is chosen: the name of a list.
    pub label: T,
    /// Everything that comes back begins with it; at most [`LONGEST_TOKEN`] bytes, without
    /// the signs `=`, `+`, `-` and `@`.
    pub token: Token,
    /// The answers, in the order they are read.
    pub answers: Vec<Answer<T>>,
    /// Whether several can be chosen.
    pub several: bool,
    /// The page that is shown where not all fit, from 0.
    pub page: usize,
}

/// One answer of a [`Choice`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Answer<T = Words> {
    /// What people read.
    pub label: T,
    /// What comes back: 1 to [`LONGEST_VALUE`] bytes of printable ASCII without spaces.
    pub value: String,
    /// Whether it is chosen already; most of a long list is not, and takes no room for it at rest.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub chosen: bool,
}

/// What a tap on a choice means. A tap says what shall be, not what shall change, so that two
/// quick taps on one button do one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tap {
    /// This answer alone.
    Only(String),
    /// This answer too.
    With(String),
    /// This answer no more.
    Without(String),
    /// Another page.
    Page(usize),
}

impl<T> Choice<T> {
    /// The same choice with every text turned by `word`, or the first error.
    ///
    /// # Errors
    /// Whatever `word` returns.
    pub fn try_map<U, E>(&self, word: &mut impl FnMut(&T) -> Result<U, E>) -> Result<Choice<U>, E> {
        Ok(Choice {
            label: word(&self.label)?,
            token: self.token.clone(),
            answers: (self.answers.iter())
                .map(|answer| {
                    Ok(Answer {
                        label: word(&answer.label)?,
                        value: answer.value.clone(),
                        chosen: answer.chosen,
                    })
                })
                .collect::<Result<_, _>>()?,
            several: self.several,
            page: self.page,
        })
    }

    /// What a button for `answer` sends back.
    #[must_use]
    pub fn tap(&self, answer: &Answer<T>) -> Tap {
        let value = answer.value.clone();
        match (self.several, answer.chosen) {
            (false, _) => Tap::Only(value),
            (true, false) => Tap::With(value),
            (true, true) => Tap::Without(value),
        }
    }
}

impl Tap {
    /// The token of a button that means this, under the choice that `choice` names; `None` where
    /// it would be too long for one.
    #[must_use]
    pub fn token(&self, choice: &Token) -> Option<Token> {
        let choice = choice.as_str();
        let text = match self {
            Self::Only(value) => format!("{choice}={value}"),
            Self::With(value) => format!("{choice}+{value}"),
            Self::Without(value) => format!("{choice}-{value}"),
            Self::Page(page) => format!("{choice}@{page}"),
        };
        Token::try_from(text).ok()
    }

    /// Reads what [`Tap::token`] wrote: the choice's own token, and what was tapped.
    #[must_use]
    pub fn read(token: &Token) -> Option<(&str, Self)> {
        let text = token.as_str();
        let at = text.find(['=', '+', '-', '@'])?;
        let (choice, rest) = text.split_at(at);
        let value = rest.get(1..).filter(|value| !value.is_empty())?;
        let tap = match rest.as_bytes().first()? {
            b'=' => Self::Only(value.to_owned()),
            b'+' => Self::With(value.to_owned()),
            b'-' => Self::Without(value.to_owned()),
            _ => Self::Page(value.parse().ok()?),
        };
        Some((choice, tap))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tap_survives_its_way() {
        let choice = Token::try_from("f1.where".to_owned()).expect("a token");
        for tap in [
            Tap::Only("a.b".to_owned()),
            Tap::With("*".to_owned()),
            Tap::Without("x=y".to_owned()),
            Tap::Page(12),
        ] {
            let token = tap.token(&choice).expect("short enough");
            assert_eq!(Tap::read(&token), Some(("f1.where", tap)));
        }
        for wrong in ["f1.where", "f1.where=", "f1.where@x"] {
            let token = Token::try_from(wrong.to_owned()).expect("a token");
            assert_eq!(Tap::read(&token), None, "{wrong}");
        }
    }
}
