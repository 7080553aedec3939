//! "Show it in the other language": the buttons under a letter that rests in several.

use std::collections::BTreeMap;

use crate::base::id;
use crate::message::catalogue::{Catalogue, CatalogueError};
use crate::message::{Action, Lang, Letter, Token, say};

/// What the token of such a button begins with.
const PREFIX: &str = "tr.";

/// The token that asks for the letter `letter` in `lang`.
#[must_use]
pub fn token(letter: i64, lang: Lang) -> Option<Token> {
    Token::try_from(format!("{PREFIX}{}.{lang}", id::base36(letter))).ok()
}

/// Reads what [`token`] wrote: the letter, and the language.
#[must_use]
pub fn read(token: &Token) -> Option<(i64, Lang)> {
    let (letter, lang) = token.as_str().strip_prefix(PREFIX)?.split_once('.')?;
    Some((id::from_base36(letter)?, lang.parse().ok()?))
}

/// The name of every installed language in itself.
///
/// # Errors
/// When a language does not say its name.
pub fn names(catalogue: &Catalogue) -> Result<BTreeMap<Lang, String>, CatalogueError> {
    (catalogue.languages().into_iter())
        .map(|lang| Ok((lang, catalogue.word(&say("language-own-name"), lang)?)))
        .collect()
}

/// Adds a row to a letter with a button for each of the `other` languages that it rests in.
pub(super) fn offer<'a>(
    worded: &mut Letter<String>,
    letter: i64,
    others: impl Iterator<Item = &'a Lang>,
    names: &BTreeMap<Lang, String>,
) {
    let button = |lang: &Lang| {
        Some(Action::Press {
            label: names.get(lang)?.clone(),
            token: token(letter, *lang)?,
        })
    };
    let row: Vec<_> = others.filter_map(button).collect();
    if !row.is_empty() {
        worded.actions.push(row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_read_as_they_are_written() {
        let lang: Lang = "bg".parse().unwrap_or_default();
        for letter in [0, 7, i64::MAX] {
            let token = token(letter, lang);
            assert_eq!(token.as_ref().and_then(read), Some((letter, lang)));
        }
        for wrong in ["tr.", "tr.7", "tr.7.", "tr..bg", "tr.-7.bg", "mute.7.bg"] {
            let token = Token::try_from(wrong.to_owned()).ok();
            assert_eq!(token.as_ref().and_then(read), None, "{wrong}");
        }
    }
}
