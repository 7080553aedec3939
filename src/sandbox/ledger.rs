//! What the simulated networks accepted and were asked, in order, for people and tests to read.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde::Serialize;
use serde_json::Value;
use tokio::sync::watch;

use crate::base::clock::{Clock, Millis};

/// One thing that a network accepted from the bot.
#[derive(Debug, Clone, Serialize)]
pub struct Seen {
    /// Counts from 0 over all networks.
    pub number: usize,
    /// When it was accepted.
    pub at: Millis,
    /// `telegram`, `discord` or `email`.
    pub channel: &'static str,
    /// Who sees it: a chat id, `user:ID` or `channel:ID`, a mail address.
    pub to: String,
    /// What the network calls it.
    pub id: String,
    /// What happened to it.
    pub what: What,
    /// What a person reads, plain: on Discord content and embeds, in a mail subject and text.
    pub text: String,
    /// What a person can press, in reading order: label, and the token or address behind it.
    pub buttons: Vec<(String, String)>,
    /// The lists that a person can choose from, in reading order; they stand above the buttons.
    pub lists: Vec<List>,
    /// The message as the network stores it.
    pub raw: Value,
}

/// A list to choose from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct List {
    /// What stands in it while nothing is chosen.
    pub label: String,
    /// What comes back with the choice.
    pub token: String,
    /// The fewest that can be chosen.
    pub least: u64,
    /// The most that can be chosen.
    pub most: u64,
    /// What can be chosen, in reading order.
    pub options: Vec<Listed>,
}

/// One entry of a [`List`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Listed {
    /// What people read.
    pub label: String,
    /// What comes back.
    pub value: String,
    /// Whether it is chosen when the message comes.
    pub chosen: bool,
}

/// What happened to a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum What {
    /// New in the conversation.
    Sent,
    /// Changed in place.
    Edited,
    /// Taken away.
    Deleted,
    /// A notice that passes: the answer to a pressed button.
    Notice,
    /// A window that opens and waits for what somebody writes into its fields.
    Window,
}

/// One request that the bot made, accepted or not.
#[derive(Debug, Clone, Serialize)]
pub struct Asked {
    /// `telegram`, `discord` or `email`.
    pub channel: &'static str,
    /// Telegram: the method's name as sent. Discord: method and path. SMTP: the command.
    pub what: String,
    /// The parameters or body.
    pub body: Value,
    /// The status that was answered: HTTP or SMTP.
    pub status: u16,
}

#[derive(Debug, Default)]
struct Pages {
    seen: Vec<Seen>,
    asked: Vec<Asked>,
}

/// The ledger; clones share it.
#[derive(Debug, Clone)]
pub struct Ledger {
    pages: Arc<Mutex<Pages>>,
    grown: Arc<watch::Sender<usize>>,
    clock: Clock,
}

impl Default for Ledger {
    fn default() -> Self {
        Self {
            pages: Arc::default(),
            grown: Arc::new(watch::channel(0).0),
            clock: Clock::system(),
        }
    }
}

impl Ledger {
    /// Writes down what a network accepted; `number` and `at` are filled in here.
    pub fn saw(&self, mut seen: Seen) {
        let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        seen.number = pages.seen.len();
        seen.at = self.clock.now();
        pages.seen.push(seen);
        self.grown.send_replace(pages.seen.len());
    }

    /// Writes down a request.
    pub fn asked(&self, asked: Asked) {
        self.pages
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .asked
            .push(asked);
    }

    /// Everything accepted since entry `from`.
    #[must_use]
    pub fn seen_since(&self, from: usize) -> Vec<Seen> {
        self.pages
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .seen
            .get(from..)
            .unwrap_or_default()
            .to_vec()
    }

    /// Every request so far.
    #[must_use]
    pub fn requests(&self) -> Vec<Asked> {
        self.pages
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .asked
            .clone()
    }

    /// A receiver that changes whenever something was accepted; its value is the count.
    #[must_use]
    pub fn watch(&self) -> watch::Receiver<usize> {
        self.grown.subscribe()
    }

    /// Waits until `enough` holds of all that was accepted, or `None` after `patience`.
    pub async fn wait_for(
        &self,
        patience: Duration,
        mut enough: impl FnMut(&[Seen]) -> bool,
    ) -> Option<Vec<Seen>> {
        let mut watch = self.watch();
        let look = async {
            loop {
                watch.borrow_and_update();
                {
                    let pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
                    if enough(&pages.seen) {
                        return pages.seen.clone();
                    }
                }
                if watch.changed().await.is_err() {
                    std::future::pending::<()>().await;
                }
            }
        };
        tokio::time::timeout(patience, look).await.ok()
    }
}
