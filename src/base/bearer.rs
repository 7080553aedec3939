//! Tokens that programs show instead of a person's account: how they look, and what is kept of them.

use std::fmt;

use serde::Deserialize;
use sha2::{Digest as _, Sha256};

/// What every token begins with, so that people and scanners of leaked secrets know one.
pub const PREFIX: &str = "glas_";
/// Digits that no font confuses and that a double click marks as one word.
const DIGITS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
/// Random digits of five bits each: 200 bits.
const SECRET: usize = 40;
/// Digits of the checksum, by which a token that was cut or mistyped is known at once.
const CHECK: usize = 6;
/// What the hash begins with in `bot.toml`.
const ALGORITHM: &str = "sha256:";

fn digit(bits: u8) -> char {
    char::from(DIGITS[usize::from(bits % 32)])
}

fn check(secret: &str) -> String {
    let hash = Sha256::digest(secret.as_bytes());
    hash.iter().take(CHECK).map(|byte| digit(*byte)).collect()
}

/// A new token: `glas_`, 40 random digits, and 6 that follow from them.
#[must_use]
pub fn make() -> String {
    let random: [u8; SECRET] = rand::random();
    let secret: String = random.iter().map(|byte| digit(*byte)).collect();
    format!("{PREFIX}{secret}{}", check(&secret))
}

/// Whether a text has the form of a token, checksum included.
#[must_use]
pub fn is_whole(token: &str) -> bool {
    let plain = |digits: &&str| digits.bytes().all(|digit| DIGITS.contains(&digit));
    let digits = token.strip_prefix(PREFIX).filter(plain);
    let parts = digits.filter(|digits| digits.len() == SECRET + CHECK);
    parts
        .map(|digits| digits.split_at(SECRET))
        .is_some_and(|(secret, own)| check(secret) == own)
}

/// What is kept of a token. A token is random and long, unlike a password, so nobody can try all
/// of them: one round of SHA-256 without salt is enough, and costs nothing at each request.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Hash([u8; 32]);

impl Hash {
    /// The hash of a token.
    #[must_use]
    pub fn of(token: &str) -> Self {
        Self(Sha256::digest(token.as_bytes()).into())
    }

    /// Whether both are the same; takes as long when the first byte differs as when the last does.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        let bytes = self.0.iter().zip(other.0);
        bytes.fold(0, |sum, (one, other)| sum | (one ^ other)) == 0
    }
}

impl TryFrom<String> for Hash {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let wrong = "a token stands here as its hash, sha256: and 64 hexadecimal digits; \
            \"glas token new\" makes a token and prints the line";
        let digits = text.strip_prefix(ALGORITHM).ok_or(wrong)?;
        if digits.len() != 64 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(wrong);
        }
        let mut hash = [0; 32];
        for (at, byte) in hash.iter_mut().enumerate() {
            let pair = digits.get(2 * at..2 * at + 2).ok_or(wrong)?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| wrong)?;
        }
        Ok(Self(hash))
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(ALGORITHM)?;
        self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Hash(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_known_by_its_looks_and_found_by_its_hash() {
        let (one, other) = (make(), make());
        assert!(is_whole(&one) && is_whole(&other) && one != other);
        assert_eq!(one.len(), PREFIX.len() + SECRET + CHECK);
        let hash = Hash::of(&one);
        assert!(hash.is(&Hash::of(&one)) && !hash.is(&Hash::of(&other)));
        assert_eq!(Hash::try_from(hash.to_string()), Ok(hash));
        assert!(!format!("{hash:?}").contains(&hash.to_string()[7..20]));
        // As `printf %s TOKEN | sha256sum` says it.
        let known = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(Hash::of("abc").to_string(), known);
    }

    #[test]
    fn what_was_cut_or_mistyped_is_none() {
        let token = make();
        for at in PREFIX.len()..token.len() {
            let mut other = token.clone().into_bytes();
            other[at] = if other[at] == b'a' { b'b' } else { b'a' };
            let other = String::from_utf8(other).unwrap_or_default();
            assert!(!is_whole(&other) || other.len() != token.len(), "{other}");
            assert!(!is_whole(&token[..at]));
        }
        for wrong in [
            "",
            "glas_",
            &token[5..],
            &token.to_uppercase(),
            &format!("{token}a"),
        ] {
            assert!(!is_whole(wrong), "{wrong}");
        }
        for wrong in [
            "",
            "sha256:",
            "md5:00",
            &token,
            &format!("sha256:{}", "g".repeat(64)),
        ] {
            assert!(Hash::try_from(wrong.to_owned()).is_err(), "{wrong}");
        }
    }
}
