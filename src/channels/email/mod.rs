//! The e-mail channel: it sends through one relay and does not listen yet.

mod address;
mod body;
mod check;
mod compose;
mod dkim;
mod dns;
mod fate;
mod own;
mod page;
mod records;
mod relay;
mod words;

use std::collections::{BTreeMap, VecDeque};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use lettre::message::Mailbox;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, TlsParameters};
use secrecy::{ExposeSecret as _, SecretString};

use crate::base::token::Keyring;
use crate::channel::{Channel, Inbox, Parcel, Rates, Receipt, Rendering, SendError};
use crate::config::email::{EmailSettings, Security};
use crate::config::web::BaseUrl;
use crate::message::layout::Part;
use crate::message::limits::{Limits, Repeat, Showing};
use crate::message::{Key, Lang};
use body::{Bodies, Shown};
use compose::{Composer, ReturnPath};
pub use compose::{RETURN_PATH, UNSUBSCRIBE};
use relay::Relay;
pub use words::EmailWords;

/// How many letters (times languages) keep their encoded bodies: those that leave side by side.
const PREPARED: usize = 16;

/// The bytes of the longest token in an envelope sender: kid 8, nonce 25, MAC 22, two dots.
const LONGEST_TOKEN: usize = 57;

/// Sends letters as mails.
pub struct Email {
    composer: Composer,
    relay: Relay,
    limits: Limits,
    rates: Rates,
    prepared: Mutex<VecDeque<Arc<Bodies>>>,
}

/// Why the `[email]` table cannot work: which setting, what is wrong, what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("[email] {0}")]
pub struct EmailError(String);

impl Email {
    /// A channel for these settings; nothing is connected yet.
    ///
    /// # Errors
    /// A setting that cannot work, a file that cannot be read, a password that is missing.
    pub fn new(
        settings: &EmailSettings,
        password: Option<SecretString>,
        keys: Keyring,
        words: BTreeMap<Lang, EmailWords>,
    ) -> Result<Self, EmailError> {
        let list_id_fits = |b: u8| b.is_ascii_alphanumeric() || b".-_".contains(&b);
        if settings.list_id.is_empty() || !settings.list_id.bytes().all(list_id_fits) {
            return wrong("list_id is written like a host name: alerts.example.org");
        }
        if words.is_empty() {
            return wrong("no language is installed to word mails in");
        }
        let name = settings.from_name.trim();
        if name.is_empty() || name.len() > 200 || name.contains(char::is_control) {
            return wrong("from_name is the sender's name, on one line of at most 200 bytes");
        }
        let from_address = mailbox("from_address", &settings.from_address)?;
        let signer = settings.dkim.as_ref().map(dkim::Signer::load).transpose();
        let composer = Composer {
            from: Mailbox::new(Some(name.to_owned()), from_address),
            return_path: return_path(settings)?,
            unsubscribe: mailbox("unsubscribe", &settings.unsubscribe)?,
            list_id: settings.list_id.clone(),
            keys,
            pages: None,
            signer: signer.map_err(|error| EmailError(format!("dkim: {error}")))?,
            words,
        };
        Ok(Self {
            composer,
            relay: relay(settings, password)?,
            limits: limits(),
            rates: rates(settings),
            prepared: Mutex::default(),
        })
    }

    /// The same channel with pages of ours in the world, to which its mails link.
    #[must_use]
    pub fn with_pages(mut self, base: Option<&BaseUrl>) -> Self {
        self.composer.pages = base.cloned().map(own::Pages);
        self
    }

    /// The bodies of a part, made on the first request and kept while mails of it leave.
    fn bodies(
        &self,
        rendering: &Rendering,
        part: &Part,
        words: &EmailWords,
        shown: Option<&Shown>,
    ) -> Arc<Bodies> {
        let known = |prepared: &VecDeque<Arc<Bodies>>| {
            let mut all = prepared.iter();
            all.find(|bodies| bodies.are_of(rendering, part, shown))
                .cloned()
        };
        let lock = || self.prepared.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bodies) = known(&lock()) {
            return bodies;
        }
        let made = Arc::new(Bodies::new(rendering, part, words, shown.cloned()));
        let mut prepared = lock();
        prepared.push_front(made.clone());
        prepared.truncate(PREPARED);
        made
    }
}

#[async_trait]
impl Channel for Email {
    fn name(&self) -> &'static str {
        "email"
    }

    fn limits(&self) -> &Limits {
        &self.limits
    }

    fn rates(&self) -> Rates {
        self.rates
    }

    /// As many as there are connections: that is all that a crash can leave unknown.
    fn window(&self) -> usize {
        self.rates.connections
    }

    async fn send(&self, parcel: &Parcel<'_>) -> Result<Receipt, SendError> {
        let rendering = parcel.rendering;
        let lacks = |why: &str| SendError::Rejected {
            why: why.to_owned(),
        };
        let part = rendering
            .parts
            .get(parcel.part)
            .ok_or_else(|| lacks("the letter has no such part"))?;
        let words = self
            .composer
            .words(rendering.lang)
            .ok_or_else(|| lacks("no language is installed to word mails in"))?;
        let shown =
            (parcel.picture.zip(part.picture.as_ref())).map(|(carried, picture)| {
                match &self.composer.pages {
                    Some(own::Pages(base)) => Shown::Linked(base.of(&picture.id.path())),
                    None => Shown::Inline(carried.bytes.clone()),
                }
            });
        let bodies = self.bodies(rendering, part, words, shown.as_ref());
        let mail = self.composer.compose(parcel, part, &bodies, words)?;
        self.relay.deliver(&mail).await?;
        Ok(Receipt {
            message: mail.id,
            picture: None,
        })
    }

    async fn listen(&self, _inbox: Inbox) {
        std::future::pending::<()>().await;
    }

    fn is_group(&self, _handle: &str) -> bool {
        false
    }
}

/// An address with its domain in lower case.
///
/// # Errors
/// The message that says what is expected.
pub fn parse_handle(text: &str) -> Result<String, Key> {
    address::parse(text)
        .map(|address| address.to_string())
        .ok_or(Key("email-handle-wrong"))
}

fn rates(settings: &EmailSettings) -> Rates {
    Rates {
        all_per_second: settings.rate.map_or(0.0, |rate| f64::from(rate.get())),
        person_per_second: 0.0,
        group_per_minute: 0.0,
        connections: usize::from(settings.connections),
        exclusive: false,
    }
}

/// A mail holds a text of any length; its links are not laid out but taken from the letter.
/// What a mail can show.
#[must_use]
pub fn limits() -> Limits {
    Limits {
        measure: |text| text.chars().count(),
        text: None,
        titled_text: None,
        title: 200,
        button_rows: 100,
        button_columns: 8,
        label: 200,
        list: 0,
        answers: 12,
        shares: false,
        types: false,
        changes: false,
        pictures: Some(Showing {
            caption: None,
            keeps: false,
        }),
        repeat: Repeat::Identical,
    }
}

fn wrong<T>(why: &str) -> Result<T, EmailError> {
    Err(EmailError(why.to_owned()))
}

fn mailbox(setting: &str, text: &str) -> Result<lettre::Address, EmailError> {
    address::parse(text)
        .ok_or_else(|| EmailError(format!("{setting} is an address: name@example.org")))
}

fn return_path(settings: &EmailSettings) -> Result<Option<ReturnPath>, EmailError> {
    let Some(pattern) = &settings.return_path else {
        return Ok(None);
    };
    let Some((before, after)) = pattern.split_once("{token}") else {
        return wrong("return_path needs {token} before the @: b+{token}@example.org");
    };
    let longest = format!("{before}{}{after}", "x".repeat(LONGEST_TOKEN));
    let Some(address) = address::parse(&longest) else {
        return wrong(
            "return_path is an address with at most 7 bytes before the @ besides {token}: \
             b+{token}@example.org",
        );
    };
    let after = after.split('@').next().unwrap_or_default();
    Ok(Some(ReturnPath {
        before: before.trim_start().to_owned(),
        after: after.to_owned(),
        domain: address.domain().to_owned(),
    }))
}

fn relay(settings: &EmailSettings, password: Option<SecretString>) -> Result<Relay, EmailError> {
    let host = settings.host.trim();
    let port = settings.port.unwrap_or(match settings.security {
        Security::StartTls => 587,
        Security::Tls => 465,
        Security::None => 25,
    });
    let here = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
    if settings.security == Security::None && !here {
        return wrong(
            "security = \"none\" is only for a relay on this machine (localhost, 127.0.0.1); \
             use \"starttls\" or \"tls\"",
        );
    }
    if !(1..=64).contains(&settings.connections) {
        return wrong("connections is a number from 1 to 64");
    }
    let credentials = match (&settings.username, password) {
        (None, _) => None,
        (Some(name), Some(password)) => Some(Credentials::new(
            name.clone(),
            password.expose_secret().to_owned(),
        )),
        (Some(_), None) => {
            return wrong(
                "username is set but there is no password; give it in the environment, or \
                 take username away if the relay needs no login",
            );
        }
    };
    let tls = match settings.security {
        Security::None => None,
        _ => Some(tls(settings, host)?),
    };
    Ok(Relay::new(
        host.to_owned(),
        port,
        settings.security,
        tls,
        credentials,
        settings.connections,
    ))
}

fn tls(settings: &EmailSettings, host: &str) -> Result<TlsParameters, EmailError> {
    let mut builder = TlsParameters::builder(host.to_owned());
    if let Some(file) = &settings.ca_file {
        let unreadable = |error: &dyn std::fmt::Display| {
            EmailError(format!(
                "ca_file {} cannot be read as PEM certificates: {error}",
                file.display()
            ))
        };
        let pem = std::fs::read(file).map_err(|error| unreadable(&error))?;
        let certificate = Certificate::from_pem(&pem).map_err(|error| unreadable(&error))?;
        builder = builder.add_root_certificate(certificate);
    }
    builder
        .build_rustls()
        .map_err(|error| EmailError(format!("TLS cannot be set up for {host}: {error}")))
}
