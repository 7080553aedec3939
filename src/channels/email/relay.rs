//! A fixed number of connections to the relay, opened when needed and used again.

use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use lettre::Address;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};
use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout};

use super::compose;
use super::fate::{self, Step};
use crate::channel::SendError;
use crate::config::email::Security;

/// The time for everything before the message itself, opening a connection included.
const BEFORE_MESSAGE: Duration = Duration::from_secs(15);
/// The time for the message and the answer to its final dot. A shorter one makes duplicates
/// (RFC 5321 §4.5.3.2.6, RFC 1047).
const MESSAGE: Duration = Duration::from_mins(10);
/// The time a connection that was kept has to show that it still lives.
const SIGN_OF_LIFE: Duration = Duration::from_secs(5);
/// How long a connection is kept without use; relays close theirs after about as much.
const KEPT: Duration = Duration::from_mins(1);

/// The time that a check may take.
const CHECK: Duration = Duration::from_secs(9);

/// How far a connection has come when it fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// Name, connection, greeting, EHLO; with TLS from the first byte that, too.
    Connecting,
    /// STARTTLS.
    Encrypting,
    /// AUTH.
    LoggingIn,
}

/// How to reach the relay, and the connections to it.
pub(super) struct Relay {
    host: String,
    port: u16,
    security: Security,
    tls: Option<TlsParameters>,
    credentials: Option<Credentials>,
    free: Semaphore,
    kept: Mutex<Vec<Kept>>,
}

struct Kept {
    connection: AsyncSmtpConnection,
    // How long a connection rests is measured, not told: no clock of the program is meant.
    since: Instant,
}

impl Relay {
    /// A relay that is not connected to yet; at most `connections` are opened.
    pub(super) fn new(
        host: String,
        port: u16,
        security: Security,
        tls: Option<TlsParameters>,
        credentials: Option<Credentials>,
        connections: u8,
    ) -> Self {
        Self {
            host,
            port,
            security,
            tls,
            credentials,
            free: Semaphore::new(usize::from(connections)),
            kept: Mutex::default(),
        }
    }

    /// Hands a mail over and waits until the relay has taken it.
    pub(super) async fn deliver(&self, mail: &compose::Mail) -> Result<(), SendError> {
        let recipient: &str = mail.recipient.as_ref();
        let begin = async {
            let permit = self.free.acquire().await;
            (permit, self.announce(mail).await)
        };
        let Ok((_permit, announced)) = timeout(BEFORE_MESSAGE, begin).await else {
            return Err(fate::out_of_time(Step::Envelope));
        };
        let mut connection = announced?;
        match timeout(MESSAGE, connection.command(Text(&mail.source))).await {
            Ok(Ok(_)) => {
                self.keep(connection);
                Ok(())
            }
            Ok(Err(error)) => {
                if !fate::is_lost(&error) {
                    self.keep(connection);
                }
                Err(fate::of(&error, Step::Message, recipient))
            }
            Err(_) => Err(fate::out_of_time(Step::Message)),
        }
    }

    /// MAIL, RCPT and DATA on a connection that was kept, or on a new one when that has died.
    async fn announce(&self, mail: &compose::Mail) -> Result<AsyncSmtpConnection, SendError> {
        while let Some(mut connection) = self.take_kept() {
            let options = options(&connection, mail)?;
            let first = connection.command(Mail::new(Some(mail.sender.clone()), options));
            match timeout(SIGN_OF_LIFE, first).await {
                Ok(Ok(_)) => return self.announce_to(connection, mail).await,
                Ok(Err(error)) if !fate::is_lost(&error) => {
                    return Err(self.refused(connection, &error, &mail.recipient).await);
                }
                _ => {}
            }
        }
        let mut connection = self.open().await?;
        let options = options(&connection, mail)?;
        match connection
            .command(Mail::new(Some(mail.sender.clone()), options))
            .await
        {
            Ok(_) => self.announce_to(connection, mail).await,
            Err(error) => Err(self.refused(connection, &error, &mail.recipient).await),
        }
    }

    async fn announce_to(
        &self,
        mut connection: AsyncSmtpConnection,
        mail: &compose::Mail,
    ) -> Result<AsyncSmtpConnection, SendError> {
        let recipient = Rcpt::new(mail.recipient.clone(), vec![]);
        let mut answer = connection.command(recipient).await;
        if answer.is_ok() {
            answer = connection.command(Data).await;
        }
        match answer {
            Ok(_) => Ok(connection),
            Err(error) => Err(self.refused(connection, &error, &mail.recipient).await),
        }
    }

    /// Puts a connection on which a step was refused back in order, and says what that means.
    async fn refused(
        &self,
        mut connection: AsyncSmtpConnection,
        error: &lettre::transport::smtp::Error,
        recipient: &Address,
    ) -> SendError {
        if !fate::is_lost(error) && connection.command(Rset).await.is_ok() {
            self.keep(connection);
        }
        fate::of(error, Step::Envelope, recipient.as_ref())
    }

    async fn open(&self) -> Result<AsyncSmtpConnection, SendError> {
        self.open_by_stage().await.map_err(|(_, error)| error)
    }

    /// Connects, encrypts and logs in; an error comes with the stage at which it struck.
    async fn open_by_stage(&self) -> Result<AsyncSmtpConnection, (Stage, SendError)> {
        let failed = |stage| {
            move |error: lettre::transport::smtp::Error| {
                (stage, fate::of(&error, Step::Opening, ""))
            }
        };
        let hello = ClientId::default();
        let at_once = self.tls.clone().filter(|_| self.security == Security::Tls);
        let address = (self.host.as_str(), self.port);
        let mut connection =
            AsyncSmtpConnection::connect_tokio1(address, None, &hello, at_once, None)
                .await
                .map_err(failed(Stage::Connecting))?;
        if self.security == Security::StartTls
            && let Some(tls) = self.tls.clone()
        {
            if !connection.can_starttls() {
                let why = "the relay does not offer STARTTLS; set security to \"tls\", or use \
                           another port";
                let error = SendError::Misconfigured {
                    why: why.to_owned(),
                };
                return Err((Stage::Encrypting, error));
            }
            let encrypted = connection.starttls(tls, &hello).await;
            encrypted.map_err(failed(Stage::Encrypting))?;
        }
        if let Some(credentials) = &self.credentials {
            connection
                .auth(&[Mechanism::Plain, Mechanism::Login], credentials)
                .await
                .map_err(failed(Stage::LoggingIn))?;
        }
        tracing::debug!("connected to the mail relay");
        Ok(connection)
    }

    /// Connects, encrypts, logs in and says goodbye, within ten seconds; whether it logged in.
    pub(super) async fn check(&self) -> Result<bool, (Stage, SendError)> {
        let attempt = async {
            let mut connection = self.open_by_stage().await?;
            // Everything was accepted before; what is said to a goodbye changes nothing.
            let _ = connection.quit().await;
            Ok(self.credentials.is_some())
        };
        let late = || Err((Stage::Connecting, fate::out_of_time(Step::Opening)));
        timeout(CHECK, attempt).await.unwrap_or_else(|_| late())
    }

    /// Where it is: the host and the port.
    pub(super) fn address(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }

    /// The connection used last that has not rested too long; those that have are closed.
    fn take_kept(&self) -> Option<AsyncSmtpConnection> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|kept| kept.since.elapsed() < KEPT);
        kept.pop().map(|kept| kept.connection)
    }

    fn keep(&self, connection: AsyncSmtpConnection) {
        let since = Instant::now();
        self.kept
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(Kept { connection, since });
    }
}

/// A message, its final dot and the wait for the answer as one command and thus one write: a dot
/// that left as a packet of its own would wait until the text before it is acknowledged. No line
/// of ours starts with a dot that would have to be doubled.
struct Text<'a>(&'a str);

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)?;
        f.write_str(".\r\n")
    }
}

/// What MAIL has to announce: an address or header outside ASCII (RFC 6531).
fn options(
    connection: &AsyncSmtpConnection,
    mail: &compose::Mail,
) -> Result<Vec<MailParameter>, SendError> {
    if mail.source.is_ascii() && AsRef::<str>::as_ref(&mail.recipient).is_ascii() {
        return Ok(vec![]);
    }
    if !connection
        .server_info()
        .supports_feature(Extension::SmtpUtfEight)
    {
        return Err(SendError::Rejected {
            why: "the address is not ASCII and the relay does not offer SMTPUTF8".to_owned(),
        });
    }
    Ok(vec![
        MailParameter::Body(MailBodyParameter::EightBitMime),
        MailParameter::SmtpUtfEight,
    ])
}
