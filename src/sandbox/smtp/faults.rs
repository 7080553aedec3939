//! What goes wrong at a simulated mail server, as data: at which step, how, and how often.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// One thing that goes wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// At which step of the conversation.
    pub at: Step,
    /// For this recipient only (compared without case); `None`: for every one.
    pub recipient: Option<String>,
    /// How it shows.
    pub effect: Effect,
    /// How many times; `None`: until the faults are cleared.
    pub times: Option<u32>,
}

impl Fault {
    /// A fault that strikes every time, whoever the recipient is.
    #[must_use]
    pub fn at(at: Step, effect: Effect) -> Self {
        Self {
            at,
            recipient: None,
            effect,
            times: None,
        }
    }

    /// The same fault for the next `times` times only.
    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        self.times = Some(times);
        self
    }

    /// The same fault for one recipient only; fits [`Step::Rcpt`].
    #[must_use]
    pub fn for_recipient(mut self, address: &str) -> Self {
        self.recipient = Some(address.to_owned());
        self
    }

    /// There is no such mailbox (RFC 3463 §3.2).
    #[must_use]
    pub fn unknown_mailbox(address: &str) -> Self {
        let effect = Effect::Reply(550, "5.1.1 No such mailbox here".to_owned());
        Self::at(Step::Rcpt, effect).for_recipient(address)
    }

    /// The mailbox is full for now (RFC 3463 §3.3).
    #[must_use]
    pub fn full_mailbox(address: &str) -> Self {
        let effect = Effect::Reply(452, "4.2.2 The mailbox is full".to_owned());
        Self::at(Step::Rcpt, effect).for_recipient(address)
    }
}

/// A step of the conversation, each before its answer is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The connection was opened.
    Greeting,
    /// EHLO or HELO was said.
    Hello,
    /// STARTTLS was said.
    StartTls,
    /// AUTH was said, its credentials not yet looked at.
    Auth,
    /// MAIL was said.
    Mail,
    /// RCPT was said.
    Rcpt,
    /// DATA was said.
    Data,
    /// The message and its final dot were read.
    FinalDot,
}

/// How a fault shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// The step is answered with this code and text (one line, with its enhanced code) and not
    /// carried out. After 421 the connection is closed (RFC 5321 §3.8).
    Reply(u16, String),
    /// The answer comes later, and is the usual one unless another fault fits too.
    Delay(Duration),
    /// The connection is cut without an answer, the step not carried out.
    Cut,
    /// The message is accepted and the connection cut without an answer; only at
    /// [`Step::FinalDot`], elsewhere the same as [`Effect::Cut`].
    AcceptAndCut,
    /// Nothing is answered any more, the connection stays open.
    Silence,
}

/// The faults that are set.
#[derive(Debug, Default)]
pub(super) struct Faults(Mutex<Vec<Fault>>);

impl Faults {
    pub(super) fn add(&self, fault: Fault) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(fault);
    }

    pub(super) fn clear(&self) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }

    /// What strikes at this step, delays already waited for.
    pub(super) async fn strike(&self, step: Step, recipient: Option<&str>) -> Option<Effect> {
        let mut waited = false;
        loop {
            match self.next(step, recipient, waited)? {
                Effect::Delay(by) => {
                    waited = true;
                    tokio::time::sleep(by).await;
                }
                effect => return Some(effect),
            }
        }
    }

    /// The oldest fault that fits, counted down.
    fn next(&self, step: Step, recipient: Option<&str>, waited: bool) -> Option<Effect> {
        let mut faults = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let fits = |fault: &Fault| {
            let for_them = fault.recipient.as_deref().is_none_or(|meant| {
                recipient.is_some_and(|said| said.to_lowercase() == meant.to_lowercase())
            });
            let again = waited && matches!(fault.effect, Effect::Delay(_));
            fault.at == step && for_them && !again
        };
        let index = faults.iter().position(fits)?;
        let effect = faults[index].effect.clone();
        if let Some(times) = &mut faults[index].times {
            *times = times.saturating_sub(1);
            if *times == 0 {
                faults.remove(index);
            }
        }
        Some(effect)
    }
}
