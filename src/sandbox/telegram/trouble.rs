//! Faults as data: what goes wrong, with which methods, how often.

use std::time::Duration;

/// What goes wrong with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The platform answers with this status (500, 502, 504) and does nothing.
    Status(u16),
    /// 429 with this `retry_after`, in seconds.
    TooMany(u64),
    /// All is well, only later.
    Delay(Duration),
    /// The connection is reset before the body is read.
    ResetBeforeReading,
    /// The request is read, nothing is done, the connection is reset.
    ResetAfterReading,
    /// The request is carried out, then the connection is reset: the ambiguous case.
    ResetAfterAccepting,
    /// Carried out; the answer is half of its JSON.
    Truncated,
    /// Carried out; the answer is a page of HTML with status 200.
    Garbage,
    /// Carried out; the answer comes at one byte a second.
    Drip,
    /// Carried out; the answer is true but padded to about this many bytes.
    Huge(usize),
}

/// How often it goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Often {
    /// With so many of the requests that it is meant for.
    Times(u32),
    /// Until [`super::Telegram::clear_troubles`].
    Always,
}

/// Troubles in the order they are used up.
#[derive(Debug, Default)]
pub(super) struct Troubles(Vec<(Trouble, Vec<String>, Often)>);

impl Troubles {
    /// Plans `trouble` for the methods named (in any case), for all when none is.
    pub(super) fn plan(&mut self, trouble: Trouble, methods: &[&str], often: Often) {
        let methods = methods.iter().map(|name| name.to_lowercase()).collect();
        self.0.push((trouble, methods, often));
    }

    /// What goes wrong with the request to `method` that came just now.
    pub(super) fn next(&mut self, method: &str) -> Option<Trouble> {
        if self.0.is_empty() {
            return None;
        }
        let method = method.to_lowercase();
        let meant = |names: &[String]| names.is_empty() || names.contains(&method);
        let at = self
            .0
            .iter()
            .position(|(_, names, often)| meant(names) && *often != Often::Times(0))?;
        let (trouble, _, often) = &mut self.0[at];
        let trouble = *trouble;
        if let Often::Times(left) = often {
            *left -= 1;
            if *left == 0 {
                self.0.remove(at);
            }
        }
        Some(trouble)
    }

    /// All is well again.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}
