//! Windows: several fields that are filled in at once, on networks that open them. Elsewhere the same
//! is asked step by step.

use std::time::Duration;

use tokio::sync::{mpsc, oneshot};

use super::{Act, Inbound, MenuEntry};
use crate::message::Token;

/// What the token of a button or an answer begins with that may open a window.
pub const OPENS: &str = "fill.";
/// How long somebody waits for a window: a network takes it within 3 s of the press or never.
const WITHIN: Duration = Duration::from_millis(1500);

/// A window with its words in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// What stands above it.
    pub title: String,
    /// What it is filled in for.
    pub token: Token,
    /// One to five fields.
    pub fields: Vec<Field>,
}

/// A field of a window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name: a few small letters, each once in a window.
    pub name: &'static str,
    /// What is asked.
    pub label: String,
    /// What helps to answer it.
    pub hint: String,
    /// What stands in it already.
    pub value: String,
    /// What can be put into it.
    pub input: Input,
    /// Whether it may not stay empty.
    pub required: bool,
}

/// What can be put into a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// One line, at most so many characters.
    Line(usize),
    /// Several lines, at most so many characters.
    Lines(usize),
    /// One of these values, each with what people read for it.
    One(Vec<(String, String)>),
}

/// Somebody waits for a window.
#[derive(Debug)]
pub struct Asked {
    /// What they did.
    pub event: Inbound,
    /// Where the window goes; nothing where what they did opens none.
    pub answer: oneshot::Sender<Option<Window>>,
}

/// Whether what somebody did may open a window: a button or an answer that says so, or a command for
/// operators with something behind it.
#[must_use]
pub fn may_open(act: &Act, menu: &[MenuEntry]) -> bool {
    match act {
        Act::Pressed(token) => token.as_str().starts_with(OPENS),
        Act::Said(text) => menu.iter().any(|entry| {
            let rest = text
                .strip_prefix('/')
                .and_then(|it| it.strip_prefix(entry.name.as_str()));
            entry.duty && rest.is_some_and(|rest| rest.starts_with(' '))
        }),
        _ => false,
    }
}

/// Asks for the window that an event opens.
pub(super) async fn ask(desk: &mpsc::Sender<Asked>, event: Inbound) -> Option<Window> {
    let (answer, told) = oneshot::channel();
    let asked = async {
        desk.send(Asked { event, answer }).await.ok()?;
        told.await.ok().flatten()
    };
    tokio::time::timeout(WITHIN, asked).await.ok().flatten()
}
