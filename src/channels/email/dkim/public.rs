//! The public half of a DKIM key, as it must be published in the DNS (RFC 6376 §3.6.1, RFC 8463).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::signature::KeyPair as _;

use super::{Key, Signer};
use crate::channels::email::records::tag;

/// `AlgorithmIdentifier` of RSA: the object identifier and NULL (RFC 8017 §A.1).
const RSA: [u8; 15] = [
    0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00,
];

/// How what is published fits the key that we sign with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Fit {
    /// Receivers can check our signatures.
    Good,
    /// Nothing is published.
    Missing,
    /// Something is, and our signatures do not hold by it.
    Other,
}

impl Signer {
    /// The domain that signs.
    pub(in super::super) fn domain(&self) -> &str {
        &self.domain
    }

    /// The name where receivers look for the key.
    pub(in super::super) fn name(&self) -> String {
        format!("{}._domainkey.{}", self.selector, self.domain)
    }

    /// The text that must stand there.
    pub(in super::super) fn record(&self) -> String {
        let (kind, key) = self.public();
        format!("v=DKIM1; k={kind}; p={}", STANDARD.encode(key))
    }

    /// Whether one of the texts that stand there is that of our key.
    pub(in super::super) fn fit(&self, texts: &[String]) -> Fit {
        let (kind, key) = self.public();
        let mut records = texts
            .iter()
            .filter(|text| tag(text, "p").is_some())
            .peekable();
        if records.peek().is_none() {
            return Fit::Missing;
        }
        if records.any(|record| holds(record, kind, &key)) {
            Fit::Good
        } else {
            Fit::Other
        }
    }

    fn public(&self) -> (&'static str, Vec<u8>) {
        match &self.key {
            Key::Rsa(key) => ("rsa", public_key_info(key.public().as_ref())),
            Key::Ed25519(key) => ("ed25519", key.public_key().as_ref().to_vec()),
        }
    }
}

/// Whether signatures of `key` hold by a record.
fn holds(record: &str, kind: &str, key: &[u8]) -> bool {
    let among = |name, wanted: &[&str]| {
        tag(record, name).is_none_or(|list| list.split(':').any(|one| wanted.contains(&one.trim())))
    };
    let published: String = (tag(record, "p")
        .unwrap_or_default()
        .split_ascii_whitespace())
    .collect();
    let Ok(published) = STANDARD.decode(published) else {
        return false;
    };
    // Some publish the bare RSA key, as the RFC's words have it, and receivers take both.
    let same = published == key || kind == "rsa" && public_key_info(&published) == key;
    same && tag(record, "k").unwrap_or("rsa") == kind
        && among("h", &["sha256"])
        && among("s", &["*", "email"])
}

/// An RSA key in the form of certificates (`SubjectPublicKeyInfo`, RFC 5280 §4.1).
fn public_key_info(key: &[u8]) -> Vec<u8> {
    let bits = [&[0], key].concat();
    der(0x30, &[RSA.as_slice(), &der(0x03, &bits)].concat())
}

/// A tag, the length of the content, the content (X.690 §8.1).
fn der(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len().to_be_bytes();
    let first = length
        .iter()
        .position(|byte| *byte != 0)
        .unwrap_or(length.len() - 1);
    let length = &length[first..];
    let mut whole = vec![tag];
    if content.len() > 0x7f {
        whole.push(0x80 | u8::try_from(length.len()).unwrap_or(0));
    }
    whole.extend_from_slice(length);
    whole.extend_from_slice(content);
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same key as two programs write it.
    const BARE: &str = "MIIBCgKCAQEA6/KS/YbC1dbtZFUbw/3ykDXMrMrnY0VOVoiraYI/7ZOMJCfjqL0wYxvAcZTveMof3M0avLnP3Vzuv6OaUYf3E2DxdAoaTlMuS7asUYab2SnLA9EXWv4B2XDuCSIQeuZZi9CNaViDcVKQKqB0D1vSzbTXYTqveM6Xh1vHBtmdsFLrifXCQBKXTAQ3d15z1pOYdizmskTqdNlQG/g65YohaULD7oDr9vzZY+FlG0rlFxmpVAWJx5dpVbEU1O35Bw98kE/Ch4j+3kN96nv7Jttjxm/meKCLuPBqNPOntUc4MTrvk3C0iDTHiAX38x+QKT+Gq/DBJLm7cv4SrqE14qbgsQIDAQAB";
    const BEFORE_IT: &str = "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A";

    #[test]
    fn an_rsa_key_is_published_in_the_form_of_certificates() {
        let bare = STANDARD.decode(BARE).expect("base64");
        let whole = format!("{BEFORE_IT}{BARE}");
        let info = public_key_info(&bare);
        assert_eq!(STANDARD.encode(&info), whole);
        for (record, expected) in [
            (format!("v=DKIM1; k=rsa; p={whole}"), true),
            (format!("v=DKIM1; p={BARE}"), true),
            (format!("p={} {}", &whole[..100], &whole[100..]), true),
            (format!("v=DKIM1; h=sha1:sha256; s=email; p={whole}"), true),
            (format!("v=DKIM1; h=sha1; p={whole}"), false),
            (format!("v=DKIM1; s=other; p={whole}"), false),
            (format!("v=DKIM1; k=ed25519; p={whole}"), false),
            ("v=DKIM1; p=".to_owned(), false),
            ("v=DKIM1; p=!".to_owned(), false),
        ] {
            assert_eq!(holds(&record, "rsa", &info), expected, "{record}");
        }
    }

    #[test]
    fn short_contents_have_short_lengths() {
        assert_eq!(der(0x04, &[1, 2]), [0x04, 2, 1, 2]);
        assert_eq!(der(0x04, &[]), [0x04, 0]);
        assert_eq!(der(0x04, &[0; 200])[..3], [0x04, 0x81, 200]);
    }
}
