//! DKIM signatures (RFC 6376; Ed25519: RFC 8463), relaxed/relaxed, the same in every attempt.
//!
//! The time in a signature is the mail's own date, so that a repeat is byte-identical.

pub(super) mod public;

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::pem::PemObject as _;
use sha2::{Digest as _, Sha256};

use crate::base::clock::Millis;
use crate::config::email::DkimSettings;

/// What is signed, where present. Content-Transfer-Encoding and Received change on the way.
const SIGNED: [&str; 14] = [
    "from",
    "to",
    "subject",
    "date",
    "message-id",
    "in-reply-to",
    "references",
    "list-id",
    "list-unsubscribe",
    "list-unsubscribe-post",
    "auto-submitted",
    "content-language",
    "mime-version",
    "content-type",
];

/// Signs mails for one domain.
pub(super) struct Signer {
    key: Key,
    domain: String,
    selector: String,
}

enum Key {
    Rsa(RsaKeyPair),
    Ed25519(Ed25519KeyPair),
}

impl Signer {
    /// Reads the key; the error says what is wrong with it, for the operator.
    pub(super) fn load(settings: &DkimSettings) -> Result<Self, String> {
        let file = settings.key_file.display();
        let der = PrivateKeyDer::from_pem_file(&settings.key_file)
            .map_err(|error| format!("{file} cannot be read as a PEM private key: {error}"))?;
        let key = match &der {
            PrivateKeyDer::Pkcs8(der) => {
                let der = der.secret_pkcs8_der();
                Ed25519KeyPair::from_pkcs8_maybe_unchecked(der)
                    .map(Key::Ed25519)
                    .or_else(|_| RsaKeyPair::from_pkcs8(der).map(Key::Rsa))
            }
            PrivateKeyDer::Pkcs1(der) => RsaKeyPair::from_der(der.secret_pkcs1_der()).map(Key::Rsa),
            _ => return Err(format!("{file} is neither an RSA nor an Ed25519 key")),
        };
        let key = key.map_err(|error| {
            format!("{file} is not an Ed25519 key, nor an RSA key of 2048 bits or more: {error}")
        })?;
        for (what, name) in [
            ("domain", &settings.domain),
            ("selector", &settings.selector),
        ] {
            let odd = |b: u8| !(b.is_ascii_alphanumeric() || b"._-".contains(&b));
            if name.is_empty() || name.bytes().any(odd) {
                return Err(format!("the {what} is a name of the DNS, in ASCII"));
            }
        }
        Ok(Self {
            key,
            domain: settings.domain.clone(),
            selector: settings.selector.clone(),
        })
    }

    /// The DKIM-Signature header, with its CRLF, for a whole mail without one.
    pub(super) fn header(&self, mail: &str, at: Millis) -> String {
        let (head, body) = mail.split_once("\r\n\r\n").unwrap_or((mail, ""));
        let headers = relaxed_headers(head);
        let signed: Vec<&(String, String)> = SIGNED
            .iter()
            .filter_map(|name| headers.iter().find(|(known, _)| known == name))
            .collect();
        let names: Vec<&str> = signed.iter().map(|(name, _)| name.as_str()).collect();
        let names: Vec<String> = names.chunks(5).map(|names| names.join(":")).collect();
        let algorithm = match self.key {
            Key::Rsa(_) => "rsa-sha256",
            Key::Ed25519(_) => "ed25519-sha256",
        };
        let body_hash = STANDARD.encode(Sha256::digest(relaxed_body(body)));
        // Folded where it is written, so that nobody on the way has a reason to fold it anew.
        let value = format!(
            "v=1; a={algorithm}; c=relaxed/relaxed; d={};\r\n s={}; t={};\r\n h={};\r\n bh={body_hash};\r\n b=",
            self.domain,
            self.selector,
            at.0.div_euclid(1000),
            names.join(":\r\n  "),
        );
        let mut input = String::with_capacity(1024);
        for (name, value) in signed {
            // Writing to a String cannot fail.
            let _ = write!(input, "{name}:{value}\r\n");
        }
        input.push_str("dkim-signature:");
        input.push_str(&relaxed(&value));
        let signature = STANDARD.encode(self.sign(input.as_bytes()));
        let folded: Vec<&str> = (0..signature.len())
            .step_by(72)
            .map(|from| &signature[from..signature.len().min(from + 72)])
            .collect();
        format!("DKIM-Signature: {value}{}\r\n", folded.join("\r\n  "))
    }

    fn sign(&self, input: &[u8]) -> Vec<u8> {
        match &self.key {
            // RFC 8463 §3: what is signed is the hash of the input.
            Key::Ed25519(key) => key.sign(&Sha256::digest(input)).as_ref().to_vec(),
            Key::Rsa(key) => {
                let mut signature = vec![0; key.public().modulus_len()];
                // PKCS #1 v1.5 can only fail when the length is wrong or randomness for
                // blinding runs out; an empty signature then fails to verify and harms nobody.
                let random = SystemRandom::new();
                if key
                    .sign(&RSA_PKCS1_SHA256, &random, input, &mut signature)
                    .is_err()
                {
                    signature.clear();
                }
                signature
            }
        }
    }
}

/// Headers as name in lower case and relaxed value (RFC 6376 §3.4.2).
fn relaxed_headers(head: &str) -> Vec<(String, String)> {
    head.replace("\r\n ", " ")
        .replace("\r\n\t", " ")
        .split("\r\n")
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.trim_end().to_ascii_lowercase(), relaxed(value)))
        .collect()
}

/// A body with its trailing blanks and empty last lines gone (RFC 6376 §3.4.4).
fn relaxed_body(body: &str) -> String {
    let mut canonical = String::with_capacity(body.len() + 2);
    let mut empty_lines = 0;
    for line in body.split("\r\n") {
        let indent = if line.starts_with([' ', '\t']) {
            " "
        } else {
            ""
        };
        let line = relaxed(line);
        if line.is_empty() {
            empty_lines += 1;
            continue;
        }
        canonical.push_str(&"\r\n".repeat(empty_lines));
        empty_lines = 0;
        canonical.push_str(indent);
        canonical.push_str(&line);
        canonical.push_str("\r\n");
    }
    canonical
}

/// Every run of blanks and line breaks made one blank, none at the ends.
fn relaxed(text: &str) -> String {
    let words: Vec<&str> = text
        .split([' ', '\t', '\r', '\n'])
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}
