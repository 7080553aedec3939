//! Small pieces that several pages are made of.

use maud::{Markup, html};

use super::{Page, Voice};
use crate::message::Words;

/// What a notice is about; a word in it says so too, never the colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Something to know.
    Plain,
    /// It worked.
    Good,
    /// It did not.
    Wrong,
}

/// A short message that stands apart from the page's text.
#[must_use]
pub fn notice(tone: Tone, content: &Markup) -> Markup {
    let class = match tone {
        Tone::Plain => "plain",
        Tone::Good => "good",
        Tone::Wrong => "wrong",
    };
    html! { div.notice.(class) { (content) } }
}

/// A part of a page on a ground of its own.
#[must_use]
pub fn panel(content: &Markup) -> Markup {
    html! { section.panel { (content) } }
}

/// Names and values, one a line.
///
/// # Errors
/// When the catalogue lacks a word of them.
pub fn facts(lines: &[(Words, Words)], voice: Voice<'_>) -> Page {
    Ok(html! {
        dl {
            @for (name, value) in lines {
                div {
                    dt { (voice.word(name)?) }
                    dd.lines dir="auto" { (voice.word(value)?) }
                }
            }
        }
    })
}
