//! One mail from MAIL to the final dot: its envelope, its message, and what is written down.

use std::io;

use serde_json::{Value, json};
use tokio::io::{AsyncRead, AsyncWrite};

use super::faults::{Effect, Step};
use super::session::{Next, Reply, Session, reply};
use super::wire::Message;
use super::{mail, path};

/// The mail that is being handed over.
pub(super) struct Envelope {
    sender: String,
    recipients: Vec<String>,
    utf8: bool,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Session<'_, S> {
    pub(super) fn mail(&mut self, rest: &str) -> Reply {
        let settings = &self.host.settings;
        if !self.greeted {
            return reply(503, "5.5.1 Say EHLO first");
        }
        if settings.account.is_some() && !self.known {
            return reply(530, "5.7.0 Say who you are first");
        }
        if self.envelope.is_some() {
            return reply(503, "5.5.1 One mail at a time");
        }
        let Some(path) = path::parse(rest, "FROM") else {
            return reply(501, "5.1.7 MAIL FROM:<address>");
        };
        let mut envelope = Envelope {
            sender: path.address,
            recipients: vec![],
            utf8: false,
        };
        for (name, value) in &path.parameters {
            match (name.as_str(), value.as_deref()) {
                ("SIZE", Some(size)) => match size.parse::<usize>() {
                    Ok(size) if size > settings.max_size => {
                        return reply(552, "5.3.4 Larger than is taken here");
                    }
                    Ok(_) => {}
                    Err(_) => return reply(501, "5.5.4 SIZE is a number"),
                },
                // Eight bits come unannounced too often for any server to insist.
                ("BODY", Some("7BIT" | "8BITMIME")) => {}
                ("SMTPUTF8", None) => envelope.utf8 = true,
                ("AUTH", Some(_)) if self.known => {}
                _ => return reply(555, "5.5.4 A parameter that is not known here"),
            }
        }
        if !envelope.sender.is_ascii() && !envelope.utf8 {
            return reply(553, "5.6.7 This address needs SMTPUTF8");
        }
        self.envelope = Some(envelope);
        reply(250, "2.1.0 Sender taken")
    }

    pub(super) fn rcpt(&mut self, rest: &str) -> Reply {
        let Some(envelope) = &mut self.envelope else {
            return reply(503, "5.5.1 Say MAIL first");
        };
        let Some(path) = path::parse(rest, "TO").filter(|path| !path.address.is_empty()) else {
            return reply(501, "5.1.3 RCPT TO:<address>");
        };
        if !path.parameters.is_empty() {
            return reply(555, "5.5.4 A parameter that is not known here");
        }
        if !path.address.is_ascii() && !envelope.utf8 {
            return reply(553, "5.6.7 This address needs SMTPUTF8");
        }
        if envelope.recipients.len() >= self.host.settings.max_recipients {
            return reply(452, "4.5.3 Too many recipients");
        }
        envelope.recipients.push(path.address);
        reply(250, "2.1.5 Recipient taken")
    }

    pub(super) async fn data(&mut self, rest: &str) -> io::Result<Next> {
        let refusal = match &self.envelope {
            None => Some(reply(503, "5.5.1 Say MAIL first")),
            Some(envelope) if envelope.recipients.is_empty() => {
                Some(reply(503, "5.5.1 No recipient was taken"))
            }
            Some(_) if !rest.is_empty() => Some(reply(501, "5.5.4 DATA stands alone")),
            Some(_) => None,
        };
        if let Some(refusal) = refusal {
            self.say("DATA", json!(rest), &refusal);
            return Ok(Next::GoOn);
        }
        self.say("DATA", json!(""), &reply(354, "End with a dot on a line"));
        let message = self.wire.message(self.host.settings.max_size).await?;
        let Some(envelope) = self.envelope.take() else {
            return Ok(Next::GoOn);
        };
        let bytes = match message {
            Message::Gone => return Ok(Next::Close),
            Message::Bare => {
                self.close_with(521, "5.5.2 A line ends in CRLF, nothing else")
                    .await?;
                return Ok(Next::Close);
            }
            Message::TooBig => return self.refuse(552, "5.3.4 Larger than is taken here").await,
            Message::LineTooLong => return self.refuse(554, "5.6.0 A line is too long").await,
            Message::Whole(bytes) => bytes,
        };
        self.accept(&envelope, &bytes).await
    }

    async fn refuse(&mut self, code: u16, text: &str) -> io::Result<Next> {
        self.end_or_say(".", Value::Null, Ok(reply(code, text)))
            .await
    }

    /// Takes a message that is in order, unless a fault comes between.
    async fn accept(&mut self, envelope: &Envelope, bytes: &[u8]) -> io::Result<Next> {
        let size = json!(bytes.len());
        let accepted = match self.host.faults.strike(Step::FinalDot, None).await {
            Some(Effect::Reply(code, text)) => {
                return self.end_or_say(".", size, Ok((code, text))).await;
            }
            Some(Effect::Silence) => std::future::pending().await,
            Some(Effect::Cut | Effect::Delay(_)) => {
                return self.end_or_say(".", size, Err(())).await;
            }
            Some(Effect::AcceptAndCut) => Err(()),
            None => Ok(()),
        };
        let Some((first, others)) = envelope.recipients.split_first() else {
            return Ok(Next::GoOn);
        };
        let seen = mail::seen(bytes, &envelope.sender, first);
        self.host.ledger.saw(seen.clone());
        for other in others {
            let mut copy = seen.clone();
            copy.to.clone_from(other);
            self.host.ledger.saw(copy);
        }
        self.taken += 1;
        let answer = accepted.map(|()| (250, format!("2.0.0 Taken, number {}", self.taken)));
        self.end_or_say(".", size, answer).await
    }
}
