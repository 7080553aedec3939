//! What goes wrong on purpose: faults as data, used up request by request.

use std::time::Duration;

use super::rates::Scope;

/// What happens to a request instead of, or on top of, its answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Trouble {
    /// Answered with this status and no useful body; nothing is done.
    Status(u16),
    /// Answered with 429; nothing is done.
    TooMany {
        /// Whom it is about.
        scope: Scope,
        /// What the answer says to wait.
        retry_after: Duration,
    },
    /// Done and answered, but so much later.
    Delay(Duration),
    /// The connection is reset before the body is read; nothing is done.
    ResetBefore,
    /// The connection is reset after the request was done; no answer comes.
    ResetAfter,
    /// A new connection is reset as soon as it is accepted. Not bound to a route; a connection
    /// that is open already is not touched.
    ResetOnAccept,
    /// Done, and half of the answer's JSON comes.
    Truncated,
    /// Done, and something that is no JSON comes.
    Garbage,
    /// Done, and so many bytes of JSON come.
    Huge(usize),
}

/// What goes wrong at the gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GatewayTrouble {
    /// Every connection is closed with this code; from 4004 on, and at 4007 and 4009, their
    /// sessions are over too.
    Close(u16),
    /// The next so many IDENTIFYs are answered by closing with this code.
    RefuseIdentify(u16, u32),
    /// Every connection is asked to reconnect (op 7).
    Reconnect,
    /// Every connection is told that its session is invalid (op 9).
    InvalidSession {
        /// Whether it may be resumed; if not, it is over.
        resumable: bool,
    },
    /// Connections break off without a word; sessions can be resumed.
    Cut,
    /// Heartbeats are no longer acknowledged.
    NoAcknowledgement,
    /// Nothing is sent any more; connections stay open, events are kept for a RESUME.
    Silence,
    /// Acknowledges and speaks again.
    Recover,
}

#[derive(Debug)]
struct Fault {
    trouble: Trouble,
    /// Only requests that start so: `POST /channels`.
    on: String,
    /// How many requests are left; `None` until healed.
    left: Option<u32>,
}

/// The faults that are set, oldest first.
#[derive(Debug, Default)]
pub(super) struct Faults(Vec<Fault>);

impl Faults {
    /// Sets a fault.
    pub(super) fn set(&mut self, trouble: Trouble, on: &str, times: Option<u32>) {
        if times != Some(0) {
            self.0.push(Fault {
                trouble,
                on: on.to_owned(),
                left: times,
            });
        }
    }

    /// Takes all faults away.
    pub(super) fn heal(&mut self) {
        self.0.clear();
    }

    /// What happens to the request `what` (`POST /channels/1/messages`).
    pub(super) fn take(&mut self, what: &str) -> Option<Trouble> {
        self.take_first(|fault| {
            fault.trouble != Trouble::ResetOnAccept && what.starts_with(&fault.on)
        })
    }

    /// Whether a new connection is reset.
    pub(super) fn take_on_accept(&mut self) -> bool {
        self.take_first(|fault| fault.trouble == Trouble::ResetOnAccept)
            .is_some()
    }

    fn take_first(&mut self, meant: impl Fn(&Fault) -> bool) -> Option<Trouble> {
        let place = self.0.iter().position(meant)?;
        let fault = self.0.get_mut(place)?;
        let trouble = fault.trouble;
        if let Some(left) = &mut fault.left {
            *left -= 1;
            if *left == 0 {
                self.0.remove(place);
            }
        }
        Some(trouble)
    }
}
