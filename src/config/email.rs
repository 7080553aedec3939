//! The `[email]` table of `bot.toml`: the relay that mails leave through, and how they are signed.

use std::num::NonZeroU32;
use std::path::PathBuf;

use serde::Deserialize;

/// The `[email]` table. The relay's password comes from the environment.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EmailSettings {
    /// The relay's host name or address: `smtp.example.org`.
    pub host: String,
    /// Its port; when not given 587 for `starttls`, 465 for `tls`, 25 for `none`.
    pub port: Option<u16>,
    /// How the connection is encrypted.
    #[serde(default)]
    pub security: Security,
    /// The name to log in with; not given: no login.
    pub username: Option<String>,
    /// The sender's name that readers see, in any script.
    pub from_name: String,
    /// The sender's address. Its domain also ends our Message-IDs.
    pub from_address: String,
    /// Where bounces go, with `{token}` in the part before the @, which then tells which mail
    /// came back: `b+{token}@example.org`. At most 7 bytes besides the token fit there. Not
    /// given: bounces go to `from_address`.
    pub return_path: Option<String>,
    /// The mailbox that takes requests to stop.
    pub unsubscribe: String,
    /// What mails to many are sorted by (RFC 2919): `alerts.example.org`.
    pub list_id: String,
    /// How many connections to the relay are used at most, 1 to 64.
    #[serde(default = "four")]
    pub connections: u8,
    /// The most mails a second; not given: as fast as the relay takes them.
    pub rate: Option<NonZeroU32>,
    /// A PEM file with further certificate authorities to trust.
    pub ca_file: Option<PathBuf>,
    /// How mails are signed; not given: not at all, or by the relay.
    pub dkim: Option<DkimSettings>,
}

/// How the connection to a relay is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Security {
    /// From the command STARTTLS on (RFC 3207); a relay without it is refused.
    #[default]
    StartTls,
    /// From the first byte (RFC 8314).
    Tls,
    /// Not at all; only for a relay on this machine.
    None,
}

/// The `[email.dkim]` table (RFC 6376, RFC 8463).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DkimSettings {
    /// The signing domain, equal to or above that of `from_address`.
    pub domain: String,
    /// The name below `_domainkey.DOMAIN` where the public key is published.
    pub selector: String,
    /// A PEM file with the private key: RSA of 2048 bits or more, or Ed25519.
    pub key_file: PathBuf,
}

fn four() -> u8 {
    4
}
