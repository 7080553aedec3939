//! What follows from an event: what is said, and what the database must be asked for.

use super::duty::Duty;
use crate::message::{Lang, Letter};

/// A letter that answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Say {
    /// What it says.
    pub letter: Letter,
    /// Whether it takes the place of the message that was acted on.
    pub replaces: bool,
    /// Whether it is worded in every language, so that another can be shown by a button.
    pub both: bool,
}

/// What the database must be asked for first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// Show what is known of the person.
    MyData,
    /// Erase it.
    Forget,
    /// Show a letter in another language.
    Translate {
        /// The letter.
        letter: i64,
        /// The language.
        lang: Lang,
    },
    /// Do something with the draft of an alert.
    Draft {
        /// What the button says, such as `look` or `ok`.
        act: String,
        /// The draft.
        id: i64,
        /// The revision that was seen.
        revision: i64,
        /// What was written to it.
        text: Option<String>,
    },
    /// What an operator does, the buttons of drafts apart.
    Duty(Duty),
    /// Show an alert.
    Show {
        /// Our id of it.
        alert: i64,
    },
}

/// What follows from an event.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outcome {
    /// What is said.
    pub says: Vec<Say>,
    /// What is done besides.
    pub deed: Option<Deed>,
}

impl Outcome {
    /// Nothing follows.
    #[must_use]
    pub fn nothing() -> Self {
        Self::default()
    }

    pub(super) fn deed(deed: Deed) -> Self {
        Self {
            says: vec![],
            deed: Some(deed),
        }
    }
}

impl From<Letter> for Outcome {
    fn from(letter: Letter) -> Self {
        Self {
            says: vec![Say {
                letter,
                replaces: false,
                both: false,
            }],
            deed: None,
        }
    }
}

/// An answer that takes the place of what was acted on.
pub(super) fn instead(letter: Letter) -> Outcome {
    Outcome {
        says: vec![Say {
            letter,
            replaces: true,
            both: false,
        }],
        deed: None,
    }
}

/// An answer that can be shown in every language.
pub(super) fn in_both(letter: Letter) -> Outcome {
    Outcome {
        says: vec![Say {
            letter,
            replaces: false,
            both: true,
        }],
        deed: None,
    }
}
