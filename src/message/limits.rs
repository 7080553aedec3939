//! What a channel can carry, as data.

use std::time::Duration;

/// The capabilities of a channel. Lengths are in the unit that `measure` counts.
#[derive(Debug, Clone)]
pub struct Limits {
    /// How long a text is on this network, any escaping included: UTF-16 units on Telegram,
    /// characters after Markdown escaping on Discord. It counts no character as less than one.
    /// Where marks are written into the text they count too: each line break, say, as the most
    /// that marks add to a line.
    pub measure: fn(&str) -> usize,
    /// The most a part without a title may hold; `None` where there is no limit (e-mail).
    pub text: Option<usize>,
    /// The most the text of a part with a title may hold, the title not counted.
    pub titled_text: Option<usize>,
    /// The most a title may hold; a longer one is cut at a word and continues in the text.
    pub title: usize,
    /// Rows of buttons under a part, buttons in a row, length of a label. Zero rows: no buttons.
    pub button_rows: usize,
    /// Buttons in a row.
    pub button_columns: usize,
    /// The most a label may hold.
    pub label: usize,
    /// The most answers that a list of its own may hold; 0 where there are no lists and each
    /// answer is a button.
    pub list: usize,
    /// Buttons with answers that stand on one page, where there are no lists.
    pub answers: usize,
    /// Whether a person can share where they are.
    pub shares: bool,
    /// Whether a field to type in opens from a button.
    pub types: bool,
    /// Whether a message can be changed after it was sent.
    pub changes: bool,
    /// How pictures are shown; `None` where they are not.
    pub pictures: Option<Showing>,
    /// What to do when nobody knows whether a message was taken.
    pub repeat: Repeat,
}

/// How a channel shows pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Showing {
    /// The most that the text beside a picture may hold, title included; a letter with more goes
    /// as text, and its picture follows alone, without a sound. `None`: no less than without one.
    pub caption: Option<usize>,
    /// Whether the network keeps a picture and gives it a name, so that it is handed over once.
    pub keeps: bool,
}

/// How a channel stands to sending the same thing twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeat {
    /// It has no key for repeats: once more for what matters, never for what does not (Telegram).
    Visible,
    /// It folds repeats that come within this time (Discord's enforced nonce).
    FoldedWithin(Duration),
    /// Repeats are byte-identical and receivers fold them (the Message-ID of e-mail).
    Identical,
}

/// Length in UTF-16 code units, as Telegram counts.
#[must_use]
pub fn measure_utf16(text: &str) -> usize {
    // Characters of four bytes in UTF-8 are those of two units in UTF-16.
    text.chars().count() + text.bytes().filter(|byte| *byte >= 0xf0).count()
}

/// Length in characters (Unicode scalar values), as Discord counts.
#[must_use]
pub fn measure_chars(text: &str) -> usize {
    text.chars().count()
}
