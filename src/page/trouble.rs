//! What a reader sees when a request cannot be answered: what happened, what it means, what to do.

use maud::html;

use super::{Frame, Head, Page, path};

/// Why a request was not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// 404: nothing is here.
    NotFound,
    /// 400 and its kin: the request is not to be understood.
    Unclear,
    /// 410: a personal link that is over, or none of ours.
    LinkOver,
    /// 413: it is too large.
    TooLarge,
    /// 429: too many in too short a time.
    TooMany,
    /// 500: a fault of ours.
    Fault,
    /// 503: we cannot answer now.
    Away,
}

impl Trouble {
    /// The trouble that an HTTP status stands for.
    #[must_use]
    pub fn of(status: u16) -> Self {
        match status {
            404 => Self::NotFound,
            410 => Self::LinkOver,
            413 => Self::TooLarge,
            429 => Self::TooMany,
            503 | 504 => Self::Away,
            500.. => Self::Fault,
            _ => Self::Unclear,
        }
    }

    /// The HTTP status that says it.
    #[must_use]
    pub fn status(self) -> u16 {
        match self {
            Self::NotFound => 404,
            Self::Unclear => 400,
            Self::LinkOver => 410,
            Self::TooLarge => 413,
            Self::TooMany => 429,
            Self::Fault => 500,
            Self::Away => 503,
        }
    }
}

/// The whole page about a trouble.
///
/// # Errors
/// When the catalogue lacks a word of it.
pub fn trouble(trouble: Trouble, frame: &Frame<'_>) -> Page {
    let voice = frame.voice;
    let (title, means, to_do) = match trouble {
        Trouble::NotFound => (
            voice.say("trouble-not-found")?,
            voice.say("trouble-not-found-means")?,
            voice.say("trouble-not-found-do")?,
        ),
        Trouble::Unclear => (
            voice.say("trouble-unclear")?,
            voice.say("trouble-unclear-means")?,
            voice.say("trouble-unclear-do")?,
        ),
        Trouble::LinkOver => (
            voice.say("trouble-link-over")?,
            voice.say("trouble-link-over-means")?,
            voice.say("trouble-link-over-do")?,
        ),
        Trouble::TooLarge => (
            voice.say("trouble-too-large")?,
            voice.say("trouble-too-large-means")?,
            voice.say("trouble-too-large-do")?,
        ),
        Trouble::TooMany => (
            voice.say("trouble-too-many")?,
            voice.say("trouble-too-many-means")?,
            voice.say("trouble-too-many-do")?,
        ),
        Trouble::Fault => (
            voice.say("trouble-fault")?,
            voice.say("trouble-fault-means")?,
            voice.say("trouble-fault-do")?,
        ),
        Trouble::Away => (
            voice.say("trouble-away")?,
            voice.say("trouble-away-means")?,
            voice.say("trouble-away-do")?,
        ),
    };
    let main = html! {
        h1 { (title) }
        p.lead { (means) }
        p { (to_do) }
        p.actions {
            a.button href=(path(voice.lang, "")) { (voice.say("web-home-link")?) }
            " "
            a.button.second href=(path(voice.lang, "/now")) { (voice.say("web-now-link")?) }
        }
    };
    let head = Head {
        title,
        description: None,
        path: "",
        public: false,
    };
    frame.page(&head, &main)
}
