//! The words that only a mail needs: how grave it is, how to stop it, and where the rest is.

use std::collections::BTreeMap;

use crate::message::catalogue::{Catalogue, CatalogueError};
use crate::message::{Lang, say};

/// The words of the mail frame in one language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EmailWords {
    /// Above a letter that calls for care.
    pub warning: String,
    /// Above a letter about danger to life.
    pub danger: String,
    /// The link that asks to be sent no more.
    pub unsubscribe: String,
    /// The link to the page where one changes what one gets.
    pub preferences: String,
    /// Under a page that was cut, because mail programs show only so much of one.
    pub cut: String,
}

impl EmailWords {
    /// The words in every installed language.
    ///
    /// # Errors
    /// A language lacks one of them.
    pub fn all(catalogue: &Catalogue) -> Result<BTreeMap<Lang, Self>, CatalogueError> {
        let mut all = BTreeMap::new();
        for lang in catalogue.languages() {
            let words = Self {
                warning: catalogue.word(&say("email-warning"), lang)?,
                danger: catalogue.word(&say("email-danger"), lang)?,
                unsubscribe: catalogue.word(&say("email-unsubscribe"), lang)?,
                preferences: catalogue.word(&say("email-preferences"), lang)?,
                cut: catalogue.word(&say("email-cut"), lang)?,
            };
            all.insert(lang, words);
        }
        Ok(all)
    }
}
