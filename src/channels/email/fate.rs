//! What an answer of the relay means for a mail: its code, its enhanced code, and at which step.

use std::error::Error as _;

use lettre::transport::smtp::Error;

use crate::channel::SendError;

/// Where the conversation stood when it went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Connecting, TLS, greeting, EHLO, login: no mail is concerned yet.
    Opening,
    /// MAIL, RCPT or DATA: the message has not been written.
    Envelope,
    /// The message has been written, in whole or in part.
    Message,
}

/// The most characters of a relay's answer that are kept.
const ANSWER: usize = 200;

/// What follows from an error at a step. `recipient` is kept out of the words.
pub(super) fn of(error: &Error, step: Step, recipient: &str) -> SendError {
    let why = told(error, recipient);
    let Some(code) = error.status().map(u16::from) else {
        return without_answer(error, step, why);
    };
    if code < 500 {
        return SendError::Transient { why };
    }
    let enhanced = enhanced(error);
    let login_or_sender = matches!(code, 530 | 534 | 535 | 538)
        || matches!(enhanced, Some((1, 7 | 8) | (7, 8 | 9 | 11)));
    match step {
        _ if login_or_sender => SendError::Misconfigured { why },
        Step::Opening => SendError::Misconfigured { why },
        // X.1.x is about addresses (RFC 3463 §3.2); 7 and 8 there are about the sender's.
        _ if matches!(enhanced, Some((1, _))) => SendError::Gone { why },
        _ => SendError::Rejected { why },
    }
}

/// After a time limit at a step.
pub(super) fn out_of_time(step: Step) -> SendError {
    let why = "the relay did not answer in time".to_owned();
    match step {
        Step::Message => SendError::Ambiguous { why },
        _ => SendError::Transient { why },
    }
}

/// Whether the connection is of no more use: lost, out of step, or closed by the relay (421).
pub(super) fn is_lost(error: &Error) -> bool {
    error.status().is_none_or(|code| u16::from(code) == 421)
}

fn without_answer(error: &Error, step: Step, why: String) -> SendError {
    match step {
        Step::Message => SendError::Ambiguous { why },
        Step::Opening if is_distrusted(error) => SendError::Misconfigured {
            why: format!(
                "{why}; the relay's certificate does not fit its host name or is signed by \
                 nobody we trust: check host, or name its authority in ca_file"
            ),
        },
        // What lettre itself refuses to do: a login that the relay does not offer.
        Step::Opening if error.is_client() => SendError::Misconfigured { why },
        _ => SendError::Transient { why },
    }
}

/// Whether the relay's certificate was looked at and not believed.
fn is_distrusted(error: &Error) -> bool {
    let mut source = error.source();
    while let Some(error) = source {
        let within = error
            .downcast_ref::<std::io::Error>()
            .and_then(std::io::Error::get_ref)
            .and_then(|inner| inner.downcast_ref::<rustls::Error>());
        if let Some(rustls::Error::InvalidCertificate(_)) = within {
            return true;
        }
        source = error.source();
    }
    false
}

/// Subject and detail of the enhanced status code at the start of the answer (RFC 2034).
fn enhanced(error: &Error) -> Option<(u16, u16)> {
    let answer = error.source()?.to_string();
    let mut numbers = answer.split_ascii_whitespace().next()?.split('.');
    let _class: u16 = numbers.next()?.parse().ok()?;
    let found = (numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?);
    numbers.next().is_none().then_some(found)
}

/// `text` without `address` in it, however the relay writes its letters.
fn without(text: &str, address: &str) -> String {
    let (low, sought) = (text.to_ascii_lowercase(), address.to_ascii_lowercase());
    let (mut kept, mut from) = (String::new(), 0);
    while let Some(at) = low[from..].find(&sought).filter(|_| !sought.is_empty()) {
        kept.push_str(&text[from..from + at]);
        kept.push('…');
        from += at + sought.len();
    }
    kept + &text[from..]
}

/// What happened, for the operator: on one line, not too long, without the reader's address.
fn told(error: &Error, recipient: &str) -> String {
    without(&error.to_string(), recipient)
        .chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .take(ANSWER)
        .collect()
}
