//! What waits for the bot until it has confirmed it, and who is waiting for it.

use std::collections::{BTreeSet, VecDeque};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::watch;

use super::refusal::Refusal;
use crate::base::clock::Millis;

/// The platform keeps updates for a day.
const KEPT: Duration = Duration::from_hours(24);
/// The most that wait; a world that talks faster than any bot listens loses the oldest.
const MOST: usize = 1_000_000;
/// The kinds that come only when asked for.
const ONLY_IF_ASKED: [&str; 3] = ["chat_member", "message_reaction", "message_reaction_count"];

/// The queue of updates.
#[derive(Debug)]
pub(super) struct Updates {
    waiting: VecDeque<Update>,
    last_id: i64,
    /// As the last caller that named any wished; `None` is the platform's default.
    allowed: Option<BTreeSet<String>>,
    /// Which poll is the latest: an earlier one that still waits is ended.
    turn: u64,
    queries: u64,
    news: watch::Sender<()>,
}

#[derive(Debug)]
struct Update {
    id: i64,
    at: Millis,
    shown: Value,
}

impl Default for Updates {
    fn default() -> Self {
        Self {
            waiting: VecDeque::new(),
            last_id: 700_000_000,
            allowed: None,
            turn: 0,
            queries: 0,
            news: watch::Sender::new(()),
        }
    }
}

impl Updates {
    /// Queues an update of `kind`, unless the bot does not want such.
    pub(super) fn push(&mut self, kind: &'static str, what: Value, now: Millis) {
        let wanted = match &self.allowed {
            Some(allowed) => allowed.contains(kind),
            None => !ONLY_IF_ASKED.contains(&kind),
        };
        if !wanted {
            return;
        }
        self.last_id += 1;
        let mut shown = json!({ "update_id": self.last_id });
        shown[kind] = what;
        let (id, at) = (self.last_id, now);
        self.waiting.push_back(Update { id, at, shown });
        if self.waiting.len() > MOST {
            self.waiting.pop_front();
        }
        self.news.send_replace(());
    }

    /// Opens a poll: confirms what lies before `offset` (a negative one keeps only so many of the
    /// last), remembers which kinds are wanted, and ends an earlier poll that still waits.
    pub(super) fn open_poll(&mut self, offset: i64, allowed: Option<BTreeSet<String>>) -> Poll {
        if offset < 0 {
            let keep = usize::try_from(offset.unsigned_abs()).unwrap_or(usize::MAX);
            let drop = self.waiting.len().saturating_sub(keep);
            self.waiting.drain(..drop);
        } else {
            while self.waiting.front().is_some_and(|first| first.id < offset) {
                self.waiting.pop_front();
            }
        }
        if let Some(allowed) = allowed {
            // An empty list asks for the default again.
            self.allowed = Some(allowed).filter(|allowed| !allowed.is_empty());
        }
        self.turn += 1;
        self.news.send_replace(());
        Poll {
            turn: self.turn,
            news: self.news.subscribe(),
        }
    }

    /// What waits now, at most `limit`, without confirming it.
    ///
    /// # Errors
    /// 409 when another poll was opened since.
    pub(super) fn look(
        &mut self,
        turn: u64,
        limit: usize,
        now: Millis,
    ) -> Result<Vec<Value>, Refusal> {
        if turn != self.turn {
            return Err(Refusal::conflict(
                "terminated by other getUpdates request; make sure that only one bot instance is running",
            ));
        }
        while self
            .waiting
            .front()
            .is_some_and(|first| now.since(first.at) > KEPT)
        {
            self.waiting.pop_front();
        }
        let first = self.waiting.iter().take(limit);
        Ok(first.map(|update| update.shown.clone()).collect())
    }

    /// A new id for a callback query.
    pub(super) fn new_query(&mut self) -> String {
        self.queries += 1;
        format!("{}", 4_400_000_000_000_000_000_u64 + self.queries)
    }

    /// Forgets everything that waits.
    pub(super) fn drop_all(&mut self) {
        self.waiting.clear();
    }

    /// The kinds that the bot asked for, unless it takes the usual ones.
    pub(super) fn allowed(&self) -> Option<&BTreeSet<String>> {
        self.allowed.as_ref()
    }

    /// How many polls were opened so far.
    pub(super) fn turn(&self) -> u64 {
        self.turn
    }

    /// How many wait.
    pub(super) fn len(&self) -> usize {
        self.waiting.len()
    }
}

/// One poll on its way.
#[derive(Debug)]
pub(super) struct Poll {
    /// Its number, for [`Updates::look`].
    pub(super) turn: u64,
    /// Changes when there may be something to look at.
    pub(super) news: watch::Receiver<()>,
}
