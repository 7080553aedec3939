//! Pictures as letters refer to them: by what they hold, and with words for whoever cannot see them.

use serde::{Deserialize, Serialize};

/// A picture in a letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture<T> {
    /// Which one.
    pub id: PictureId,
    /// What it says, in a sentence or two.
    pub alternative: T,
}

impl<T> Picture<T> {
    /// The same picture with its words turned by `word`, or the error.
    ///
    /// # Errors
    /// Whatever `word` returns.
    pub fn try_map<U, E>(&self, word: impl FnOnce(&T) -> Result<U, E>) -> Result<Picture<U>, E> {
        Ok(Picture {
            id: self.id.clone(),
            alternative: word(&self.alternative)?,
        })
    }
}

/// What names a picture: the SHA-256 of its bytes in 64 small hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PictureId(String);

impl PictureId {
    /// The name of a picture with this hash.
    #[must_use]
    pub fn of(hash: [u8; 32]) -> Self {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let digit = |half: u8| char::from(DIGITS[usize::from(half & 15)]);
        Self(
            (hash.iter())
                .flat_map(|byte| [digit(byte >> 4), digit(*byte)])
                .collect(),
        )
    }

    /// Its digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Where the pages serve it: `/pictures/….png`.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/pictures/{}.png", self.0)
    }
}

impl TryFrom<String> for PictureId {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        if text.len() == 64 && text.bytes().all(digit) {
            Ok(Self(text))
        } else {
            Err("a picture is named by 64 small hexadecimal digits")
        }
    }
}

impl From<PictureId> for String {
    fn from(id: PictureId) -> Self {
        id.0
    }
}
