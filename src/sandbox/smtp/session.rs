//! One conversation with a client: which command may come when, and what is answered.

use std::io;

use serde_json::{Value, json};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;

use super::auth::Mechanism;
use super::faults::{Effect, Step};
use super::transaction::Envelope;
use super::wire::{Line, Wire};
use super::{Host, Security, path};
use crate::sandbox::ledger::Asked;

/// The most bytes of a command with its CRLF: 512 (RFC 5321 §4.5.3.1.4) and what the extensions
/// on offer add, of which an answer to AUTH is the longest (RFC 4954 §4).
const COMMAND_LINE: usize = 12_288;

/// A code and a text with its enhanced status code (RFC 3463).
pub(super) type Reply = (u16, String);

/// What follows an answer.
#[derive(PartialEq, Eq)]
pub(super) enum Next {
    GoOn,
    Close,
    Encrypt,
}

/// A conversation in its present state.
pub(super) struct Session<'a, S> {
    pub(super) wire: Wire<S>,
    pub(super) host: &'a Host,
    encrypted: bool,
    pub(super) greeted: bool,
    pub(super) known: bool,
    pub(super) envelope: Option<Envelope>,
    pub(super) taken: usize,
}

/// Serves a connection until it ends.
pub(super) async fn serve(stream: TcpStream, host: &Host) -> io::Result<()> {
    if host.settings.security == Security::Tls {
        let stream = host.identity.acceptor.accept(stream).await?;
        let mut session = Session::new(stream, host, true);
        if session.greet().await? == Next::GoOn {
            session.talk().await?;
        }
        return Ok(());
    }
    let mut session = Session::new(stream, host, false);
    if session.greet().await? == Next::GoOn && session.talk().await? == Next::Encrypt {
        let Some(stream) = session.wire.into_stream() else {
            return Ok(());
        };
        let stream = host.identity.acceptor.accept(stream).await?;
        // After the handshake both sides start afresh, without a greeting (RFC 3207 §4.2).
        Session::new(stream, host, true).talk().await?;
    }
    Ok(())
}

pub(super) fn reply(code: u16, text: &str) -> Reply {
    (code, text.to_owned())
}

impl<'a, S: AsyncRead + AsyncWrite + Unpin> Session<'a, S> {
    fn new(stream: S, host: &'a Host, encrypted: bool) -> Self {
        Self {
            wire: Wire::new(stream),
            host,
            encrypted,
            greeted: false,
            known: false,
            envelope: None,
            taken: 0,
        }
    }

    async fn greet(&mut self) -> io::Result<Next> {
        let next = match self.fault(Step::Greeting, None).await {
            Some(Ok((code, text))) => {
                self.wire.answer(&format!("{code} {text}"));
                Next::Close
            }
            Some(Err(())) => Next::Close,
            None => {
                self.wire
                    .answer("220 localhost ESMTP a simulated mail server");
                Next::GoOn
            }
        };
        self.wire.flush().await?;
        Ok(next)
    }

    /// What a fault puts in place of the step: an answer, or `Err` to end the connection.
    async fn fault(&mut self, step: Step, recipient: Option<&str>) -> Option<Result<Reply, ()>> {
        match self.host.faults.strike(step, recipient).await? {
            Effect::Reply(code, text) => Some(Ok((code, text))),
            Effect::Cut | Effect::AcceptAndCut | Effect::Delay(_) => Some(Err(())),
            Effect::Silence => std::future::pending().await,
        }
    }

    /// Reads commands and answers them until the connection ends or is to be encrypted.
    async fn talk(&mut self) -> io::Result<Next> {
        let mut line = Vec::new();
        loop {
            let text = match self.wire.line(&mut line, COMMAND_LINE).await? {
                Line::Gone => return Ok(Next::Close),
                Line::Bare => {
                    self.close_with(521, "5.5.2 A line ends in CRLF, nothing else")
                        .await?;
                    return Ok(Next::Close);
                }
                Line::TooLong => None,
                Line::Whole => std::str::from_utf8(&line).ok(),
            };
            let Some(text) = text else {
                self.wire
                    .answer("500 5.5.2 The line is too long or not UTF-8");
                continue;
            };
            let (verb, rest) = text.split_once(' ').unwrap_or((text, ""));
            let verb = verb.to_ascii_uppercase();
            match self.command(&verb, rest.trim()).await? {
                Next::GoOn => {}
                next => return Ok(next),
            }
        }
    }

    /// Carries out one command, answers it and writes it down.
    async fn command(&mut self, verb: &str, rest: &str) -> io::Result<Next> {
        // The limit of plain commands, now that it is known not to be an AUTH.
        if verb != "AUTH" && verb.len() + rest.len() > 1024 {
            self.say(verb, json!(null), &reply(500, "5.5.2 The line is too long"));
            return Ok(Next::GoOn);
        }
        let step = match verb {
            "EHLO" | "HELO" => Some((Step::Hello, None)),
            "STARTTLS" => Some((Step::StartTls, None)),
            "AUTH" => Some((Step::Auth, None)),
            "MAIL" => Some((Step::Mail, None)),
            "RCPT" => Some((Step::Rcpt, path::parse(rest, "TO").map(|path| path.address))),
            "DATA" => Some((Step::Data, None)),
            _ => None,
        };
        // A secret in AUTH's first answer is not written down.
        let shown = rest.split(' ').next().filter(|_| verb == "AUTH");
        let body = json!(shown.unwrap_or(rest));
        if let Some((step, recipient)) = step
            && let Some(struck) = self.fault(step, recipient.as_deref()).await
        {
            return self.end_or_say(verb, body, struck).await;
        }
        let answer = match verb {
            "EHLO" => {
                self.extended_hello(rest);
                return Ok(Next::GoOn);
            }
            "HELO" => self.hello(rest),
            "STARTTLS" => return self.start_tls(rest).await,
            "AUTH" => match self.auth(rest).await? {
                Some(answer) => answer,
                None => return Ok(Next::Close),
            },
            "MAIL" => self.mail(rest),
            "RCPT" => self.rcpt(rest),
            "DATA" => return self.data(rest).await,
            "RSET" => {
                self.envelope = None;
                reply(250, "2.0.0 Forgotten")
            }
            "NOOP" => reply(250, "2.0.0 Still here"),
            "VRFY" => reply(252, "2.5.2 Send a mail and see"),
            "HELP" => reply(214, "2.0.0 See RFC 5321"),
            "QUIT" => {
                self.say(verb, body, &reply(221, "2.0.0 Bye"));
                self.wire.flush().await?;
                return Ok(Next::Close);
            }
            "EXPN" | "TURN" | "ETRN" => reply(502, "5.5.1 Not offered"),
            _ => reply(500, "5.5.2 No such command"),
        };
        self.end_or_say(verb, body, Ok(answer)).await
    }

    /// Gives an answer; 421 and a cut end the connection.
    pub(super) async fn end_or_say(
        &mut self,
        verb: &str,
        body: Value,
        answer: Result<Reply, ()>,
    ) -> io::Result<Next> {
        match answer {
            Ok(answer) => {
                self.say(verb, body, &answer);
                if answer.0 != 421 {
                    return Ok(Next::GoOn);
                }
            }
            Err(()) => self.note(verb, body, 0),
        }
        self.wire.flush().await?;
        Ok(Next::Close)
    }

    pub(super) async fn close_with(&mut self, code: u16, text: &str) -> io::Result<()> {
        self.wire.answer(&format!("{code} {text}"));
        self.wire.flush().await
    }

    pub(super) fn say(&mut self, what: &str, body: Value, (code, text): &Reply) {
        self.note(what, body, *code);
        self.wire.answer(&format!("{code} {text}"));
    }

    fn note(&self, what: &str, body: Value, status: u16) {
        self.host.ledger.asked(Asked {
            channel: "email",
            what: what.to_owned(),
            body,
            status,
        });
    }

    fn hello(&mut self, name: &str) -> Reply {
        if name.is_empty() || name.contains(' ') {
            return reply(501, "5.5.4 Say EHLO and the name of your host");
        }
        self.greeted = true;
        self.envelope = None;
        reply(250, "localhost")
    }

    fn extended_hello(&mut self, name: &str) {
        let answer = self.hello(name);
        self.note("EHLO", json!(name), answer.0);
        if answer.0 != 250 {
            self.wire.answer(&format!("{} {}", answer.0, answer.1));
            return;
        }
        let settings = &self.host.settings;
        let mut offered = vec![
            "localhost".to_owned(),
            "PIPELINING".to_owned(),
            "8BITMIME".to_owned(),
            "SMTPUTF8".to_owned(),
            "ENHANCEDSTATUSCODES".to_owned(),
        ];
        if settings.security == Security::StartTls && !self.encrypted {
            offered.push("STARTTLS".to_owned());
        } else if settings.account.is_some() {
            offered.push("AUTH PLAIN LOGIN".to_owned());
        }
        for line in &offered {
            self.wire.answer(&format!("250-{line}"));
        }
        self.wire.answer(&format!("250 SIZE {}", settings.max_size));
    }

    async fn start_tls(&mut self, rest: &str) -> io::Result<Next> {
        let offered = self.host.settings.security == Security::StartTls && !self.encrypted;
        let (answer, next) = match (offered, rest) {
            (false, _) => (reply(503, "5.5.1 Not offered here"), Next::GoOn),
            (true, "") => (reply(220, "2.0.0 Go ahead"), Next::Encrypt),
            _ => (reply(501, "5.5.4 STARTTLS stands alone"), Next::GoOn),
        };
        self.say("STARTTLS", json!(rest), &answer);
        self.wire.flush().await?;
        Ok(next)
    }

    /// The answer to AUTH after its questions, or `None` when the other side has gone.
    async fn auth(&mut self, rest: &str) -> io::Result<Option<Reply>> {
        let settings = &self.host.settings;
        let Some((name, password)) = settings.account.clone() else {
            return Ok(Some(reply(502, "5.5.1 Not offered")));
        };
        if settings.security == Security::StartTls && !self.encrypted {
            return Ok(Some(reply(538, "5.7.11 Say STARTTLS first")));
        }
        if !self.greeted || self.known || self.envelope.is_some() {
            return Ok(Some(reply(503, "5.5.1 Not now")));
        }
        let mut words = rest.split_ascii_whitespace();
        let Some(mechanism) = words.next().and_then(Mechanism::named) else {
            return Ok(Some(reply(504, "5.5.4 Only PLAIN and LOGIN")));
        };
        let mut answers: Vec<String> = words.map(str::to_owned).collect();
        let mut line = Vec::new();
        while let Some(question) = mechanism.question(answers.len()) {
            self.wire.answer(&format!("334 {question}"));
            match self.wire.line(&mut line, COMMAND_LINE).await? {
                Line::Gone => return Ok(None),
                Line::Whole if line != b"*" => {
                    answers.push(String::from_utf8_lossy(&line).into_owned());
                }
                _ => return Ok(Some(reply(501, "5.7.0 Given up"))),
            }
        }
        Ok(Some(match mechanism.credentials(&answers) {
            None => reply(501, "5.5.2 Not the form of this mechanism"),
            Some(given) if given == (name, password) => {
                self.known = true;
                reply(235, "2.7.0 Welcome")
            }
            Some(_) => reply(535, "5.7.8 Wrong name or password"),
        }))
    }
}
