//! Signed tokens: `v.kid.payload.mac`, bound to a purpose (HMAC-SHA-256, RFC 2104).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;

/// The version that a token starts with.
const VERSION: &str = "1";
/// Bytes of the MAC that a token carries: 128 bits, short enough for an e-mail's local part.
const MAC_BYTES: usize = 16;

/// The keys that sign: the first signs, all verify, so that a key can be turned over.
#[derive(Debug, Clone)]
pub struct Keyring(Vec<(String, SecretString)>);

/// Why a keyring's text was not taken.
#[derive(Debug, thiserror::Error)]
#[error(
    "a key is written kid:secret, the kid 1 to 8 letters or digits, the secret at least 32 characters; several are joined by commas"
)]
pub struct BadKeyring;

impl Keyring {
    /// Reads `kid:secret[,kid:secret…]`.
    ///
    /// # Errors
    /// When there is no key, or one has no short kid or too short a secret.
    pub fn parse(text: &str) -> Result<Self, BadKeyring> {
        let keys = text
            .trim()
            .split(',')
            .map(|key| {
                let (kid, secret) = key.trim().split_once(':').ok_or(BadKeyring)?;
                let fits =
                    (1..=8).contains(&kid.len()) && kid.bytes().all(|b| b.is_ascii_alphanumeric());
                if !fits || secret.len() < 32 {
                    return Err(BadKeyring);
                }
                Ok((kid.to_owned(), SecretString::from(secret)))
            })
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Self(keys))
    }

    /// A keyring of one new random key, in the form that [`Keyring::parse`] reads.
    #[must_use]
    pub fn generate() -> String {
        format!("k1:{}", URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>()))
    }

    /// Signs `payload` for `purpose`; the token holds only letters, digits, `.`, `-` and `_`.
    #[must_use]
    pub fn sign(&self, purpose: &str, payload: &[u8]) -> String {
        let (kid, secret) = &self.0[0];
        let payload = URL_SAFE_NO_PAD.encode(payload);
        let mac = URL_SAFE_NO_PAD
            .encode(&mac(secret, purpose, &payload).finalize().into_bytes()[..MAC_BYTES]);
        format!("{VERSION}.{kid}.{payload}.{mac}")
    }

    /// Keyed hashes of `payload` for `purpose`, one a key, that of the signing key first: the
    /// same text gives the same hash, and nobody without the key finds the text.
    #[must_use]
    pub fn pseudonyms(&self, purpose: &str, payload: &[u8]) -> Vec<String> {
        let payload = URL_SAFE_NO_PAD.encode(payload);
        (self.0.iter())
            .map(|(_, secret)| {
                let hash = mac(secret, &format!("pseudonym.{purpose}"), &payload);
                URL_SAFE_NO_PAD.encode(hash.finalize().into_bytes())
            })
            .collect()
    }

    /// The payload of a token that one of our keys signed for `purpose`, else `None`.
    #[must_use]
    pub fn verify(&self, purpose: &str, token: &str) -> Option<Vec<u8>> {
        let mut parts = token.split('.');
        let (version, kid, payload, signature) =
            (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        if version != VERSION || parts.next().is_some() {
            return None;
        }
        let (_, secret) = self.0.iter().find(|(known, _)| known == kid)?;
        let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
        if signature.len() != MAC_BYTES {
            return None;
        }
        mac(secret, purpose, payload)
            .verify_truncated_left(&signature)
            .ok()?;
        URL_SAFE_NO_PAD.decode(payload).ok()
    }
}

fn mac(secret: &SecretString, purpose: &str, payload: &str) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes())
        .unwrap_or_else(|_| unreachable!("HMAC takes a key of any length"));
    mac.update(VERSION.as_bytes());
    mac.update(&[0]);
    mac.update(purpose.as_bytes());
    mac.update(&[0]);
    mac.update(payload.as_bytes());
    mac
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "k1:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    const NEW: &str = "k2:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

    fn keys(text: &str) -> Keyring {
        Keyring::parse(text).unwrap_or_else(|why| panic!("{text}: {why}"))
    }

    #[test]
    fn a_token_says_what_was_signed_and_for_what() {
        let keys = keys(OLD);
        for payload in [b"".as_slice(), b"42", &[0, 255, 46, 10]] {
            let token = keys.sign("bounce", payload);
            let plain = |b: u8| b.is_ascii_alphanumeric() || b".-_".contains(&b);
            assert!(token.bytes().all(plain), "{token}");
            assert_eq!(keys.verify("bounce", &token).as_deref(), Some(payload));
            assert_eq!(keys.verify("unsubscribe", &token), None);
        }
    }

    #[test]
    fn whatever_is_changed_no_longer_verifies() {
        let keys = keys(OLD);
        let token = keys.sign("bounce", b"resident 42");
        for at in 0..token.len() {
            let mut changed = token.clone().into_bytes();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).unwrap_or_default();
            let same = keys.verify("bounce", &changed).as_deref() == Some(b"resident 42");
            assert!(!same || changed == token, "{changed}");
        }
        let cut = token.len() - 4;
        for wrong in [
            "",
            ".",
            "...",
            "1.k1.NDI.",
            &token[..cut],
            &format!("{token}.x"),
        ] {
            assert_eq!(keys.verify("bounce", wrong), None, "{wrong}");
        }
    }

    #[test]
    fn keys_can_be_turned_over() {
        let token = keys(OLD).sign("bounce", b"42");
        let both = keys(&format!("{NEW},{OLD}"));
        assert!(both.verify("bounce", &token).is_some());
        assert!(both.sign("bounce", b"42").starts_with("1.k2."));
        assert_eq!(keys(NEW).verify("bounce", &token), None);
        let fresh = Keyring::generate();
        assert_ne!(fresh, Keyring::generate());
        let fresh = keys(&fresh);
        assert!(fresh.verify("x", &fresh.sign("x", b"42")).is_some());
    }

    #[test]
    fn weak_or_misshapen_keys_are_refused() {
        for wrong in [
            "",
            "k1",
            "k1:short",
            ":aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "k.1:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        ] {
            assert!(Keyring::parse(wrong).is_err(), "{wrong}");
        }
        assert!(
            !format!("{:?}", keys(OLD)).contains("aaaa"),
            "secrets are not shown"
        );
    }
}
