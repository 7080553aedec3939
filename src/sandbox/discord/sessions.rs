//! Gateway sessions: who listens, what each one missed, and the connections that carry them.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use serde_json::{Value, json};
use tokio::sync::mpsc;

/// How many events a session keeps for a RESUME.
const REPLAY_KEPT: usize = 2_000;
/// How many sessions are remembered; the oldest go first.
const SESSIONS_KEPT: usize = 32;
/// How many frames may wait for a slow connection before it is dropped.
pub(super) const QUEUE: usize = 8_192;

/// Intents, by their bits.
pub(super) mod intents {
    pub(in super::super) const GUILDS: u64 = 1;
    pub(in super::super) const GUILD_MEMBERS: u64 = 1 << 1;
    pub(in super::super) const PRESENCES: u64 = 1 << 8;
    pub(in super::super) const GUILD_MESSAGES: u64 = 1 << 9;
    pub(in super::super) const DIRECT_MESSAGES: u64 = 1 << 12;
    pub(in super::super) const MESSAGE_CONTENT: u64 = 1 << 15;
    /// Those that an application must be granted.
    pub(in super::super) const PRIVILEGED: u64 = GUILD_MEMBERS | PRESENCES | MESSAGE_CONTENT;
    /// All that exist: bits 0–16, 20, 21, 24 and 25.
    pub(in super::super) const KNOWN: u64 = 0x1_FFFF | 0x30_0000 | 0x300_0000;
}

/// What goes down a connection.
#[derive(Debug, Clone)]
pub(super) enum Down {
    /// A frame.
    Text(Arc<str>),
    /// The end, with a close code.
    Close(u16, &'static str),
}

/// A listener of events.
#[derive(Debug)]
struct Session {
    intents: u64,
    sequence: u64,
    replay: VecDeque<(u64, Arc<str>)>,
    line: Option<u64>,
}

/// All sessions and open connections, and how the gateway behaves.
#[derive(Debug, Default)]
pub(super) struct Sessions {
    by_id: HashMap<String, Session>,
    order: VecDeque<String>,
    lines: HashMap<u64, mpsc::Sender<Down>>,
    last_line: u64,
    /// How many times IDENTIFY was taken.
    pub(super) identified: u64,
    /// The next IDENTIFYs are closed with this code, so many times.
    pub(super) refuse_identify: Option<(u16, u32)>,
    /// Heartbeats are not acknowledged.
    pub(super) no_acknowledgement: bool,
    /// Nothing at all is sent.
    pub(super) silent: bool,
}

/// Why a session cannot go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CannotResume {
    /// Unknown, ended, or too much was missed: IDENTIFY anew.
    Invalid,
    /// The client claims events that were never sent.
    BadSequence,
}

impl Sessions {
    /// Takes in a new connection; `down` is where its frames go.
    pub(super) fn connect(&mut self, down: mpsc::Sender<Down>) -> u64 {
        self.last_line += 1;
        self.lines.insert(self.last_line, down);
        self.last_line
    }

    /// Forgets a connection; its session can be resumed.
    pub(super) fn disconnect(&mut self, line: u64) {
        self.lines.remove(&line);
        for session in self.by_id.values_mut() {
            if session.line == Some(line) {
                session.line = None;
            }
        }
    }

    /// Forgets every connection; their sessions can be resumed.
    pub(super) fn disconnect_all(&mut self) {
        self.lines.clear();
        for session in self.by_id.values_mut() {
            session.line = None;
        }
    }

    /// Whether anybody listens or could resume.
    pub(super) fn any(&self) -> bool {
        !self.by_id.is_empty()
    }

    /// How many connections carry a session.
    pub(super) fn listening(&self) -> usize {
        self.by_id
            .values()
            .filter(|session| session.line.is_some())
            .count()
    }

    /// Whether `line` carries the session `id`.
    pub(super) fn carries(&self, id: &str, line: u64) -> bool {
        let session = self.by_id.get(id);
        session.is_some_and(|session| session.line == Some(line))
    }

    /// Starts a session on `line`.
    pub(super) fn begin(&mut self, id: &str, line: u64, intents: u64) {
        self.identified += 1;
        self.order.push_back(id.to_owned());
        let session = Session {
            intents,
            sequence: 0,
            replay: VecDeque::new(),
            line: Some(line),
        };
        self.by_id.insert(id.to_owned(), session);
        while self.order.len() > SESSIONS_KEPT
            && let Some(oldest) = self.order.pop_front()
        {
            self.end(&oldest);
        }
    }

    /// Ends a session for good.
    pub(super) fn end(&mut self, id: &str) {
        self.by_id.remove(id);
        self.order.retain(|known| known != id);
    }

    /// Ends every session for good.
    pub(super) fn end_all(&mut self) {
        self.by_id.clear();
        self.order.clear();
    }

    /// Carries a session on over `line`: what was missed since `seen` is sent, then RESUMED.
    pub(super) fn resume(&mut self, id: &str, line: u64, seen: u64) -> Result<(), CannotResume> {
        let session = self.by_id.get_mut(id).ok_or(CannotResume::Invalid)?;
        if seen > session.sequence {
            return Err(CannotResume::BadSequence);
        }
        let oldest = session
            .replay
            .front()
            .map_or(session.sequence + 1, |(n, _)| *n);
        if seen + 1 < oldest {
            return Err(CannotResume::Invalid);
        }
        session.line = Some(line);
        let missed: Vec<Arc<str>> = session
            .replay
            .iter()
            .filter(|(number, _)| *number > seen)
            .map(|(_, frame)| Arc::clone(frame))
            .collect();
        for frame in missed {
            self.send(line, Down::Text(frame));
        }
        self.dispatch_to(id, "RESUMED", &json!({}));
        Ok(())
    }

    /// Sends a frame down one connection; a connection that does not keep up is dropped.
    pub(super) fn send(&mut self, line: u64, down: Down) {
        let stuck = self
            .lines
            .get(&line)
            .is_some_and(|into| into.try_send(down).is_err());
        if stuck {
            self.disconnect(line);
        }
    }

    /// Sends a frame down every connection.
    pub(super) fn send_all(&mut self, down: &Down) {
        let lines: Vec<u64> = self.lines.keys().copied().collect();
        for line in lines {
            self.send(line, down.clone());
        }
    }

    /// Tells one session of an event.
    pub(super) fn dispatch_to(&mut self, id: &str, event: &str, data: &Value) {
        let Some(session) = self.by_id.get_mut(id) else {
            return;
        };
        session.sequence += 1;
        let frame = json!({"op": 0, "t": event, "s": session.sequence, "d": data});
        let frame: Arc<str> = frame.to_string().into();
        session
            .replay
            .push_back((session.sequence, Arc::clone(&frame)));
        if session.replay.len() > REPLAY_KEPT {
            session.replay.pop_front();
        }
        if let Some(line) = session.line {
            self.send(line, Down::Text(frame));
        }
    }

    /// Tells every session that has all the intents `needs`.
    pub(super) fn dispatch(&mut self, event: &str, needs: u64, data: &Value) {
        for id in self.who(|intents| intents & needs == needs) {
            self.dispatch_to(&id, event, data);
        }
    }

    /// Tells of a message; sessions that may not read it get it without its content, unless it
    /// is `open` to the bot anyway.
    pub(super) fn dispatch_message(&mut self, event: &str, needs: u64, open: bool, data: &Value) {
        let reads = move |intents: u64| open || intents & intents::MESSAGE_CONTENT != 0;
        for id in self.who(|intents| intents & needs == needs && reads(intents)) {
            self.dispatch_to(&id, event, data);
        }
        let blind = self.who(|intents| intents & needs == needs && !reads(intents));
        if blind.is_empty() {
            return;
        }
        let mut blank = data.clone();
        blank["content"] = json!("");
        for field in ["embeds", "attachments", "components"] {
            blank[field] = json!([]);
        }
        for id in blind {
            self.dispatch_to(&id, event, &blank);
        }
    }

    fn who(&self, meant: impl Fn(u64) -> bool) -> Vec<String> {
        self.by_id
            .iter()
            .filter(|(_, session)| meant(session.intents))
            .map(|(id, _)| id.clone())
            .collect()
    }
}
