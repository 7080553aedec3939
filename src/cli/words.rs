//! How a command speaks: in the operator's language, from the same catalogue as the bot.

use std::io::Write as _;
use std::path::Path;

use crate::app::{self, Loaded};
use crate::features::alert::draft::office::Office;
use crate::message::catalogue::Catalogue;
use crate::message::{self, Lang};
use crate::people::permit::Roster;

/// What a command needs to work and to answer.
pub struct Words {
    /// Settings, city and words.
    pub loaded: Loaded,
    /// The operator's language.
    pub lang: Lang,
}

impl Words {
    /// Loads everything that `bot.toml` names. `lang` wins over the system's setting.
    ///
    /// # Errors
    /// The first fault of settings, words or city data.
    pub fn load(config: &Path, lang: Option<&str>) -> anyhow::Result<Self> {
        let loaded = app::load(config)?;
        let lang = operator_language(&loaded.catalogue, lang)?;
        Ok(Self { loaded, lang })
    }

    /// Where alerts are decided on from the command line.
    #[must_use]
    pub fn office<'a>(&'a self, channels: &'a [&'a str], roster: &'a Roster) -> Office<'a> {
        Office {
            catalogue: &self.loaded.catalogue,
            city: &self.loaded.city,
            channels,
            roster,
            settings: &self.loaded.config.alerts,
        }
    }

    /// The text in the operator's language.
    ///
    /// # Errors
    /// When the catalogue lacks it.
    pub fn word(&self, words: &message::Words) -> anyhow::Result<String> {
        Ok(self.loaded.catalogue.word(words, self.lang)?)
    }

    /// Prints a line for the operator.
    ///
    /// # Errors
    /// When the catalogue lacks it, or nobody reads the output any more.
    pub fn say(&self, words: &message::Words) -> anyhow::Result<()> {
        writeln!(std::io::stdout(), "{}", self.word(words)?)?;
        Ok(())
    }
}

/// The language asked for, else the system's (`LC_ALL`, `LC_MESSAGES`, `LANG`), else English.
///
/// # Errors
/// When a language is asked for that is not installed.
pub fn operator_language(catalogue: &Catalogue, asked: Option<&str>) -> anyhow::Result<Lang> {
    let installed = catalogue.languages();
    let find = |tag: &str| {
        let primary = tag.split(['_', '-', '.']).next()?;
        installed
            .iter()
            .copied()
            .find(|lang| lang.as_str() == primary)
    };
    if let Some(asked) = asked {
        return find(asked)
            .ok_or_else(|| anyhow::anyhow!("there are no words in the language \"{asked}\""));
    }
    let system = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|tag| !tag.is_empty()));
    system
        .as_deref()
        .and_then(find)
        .or_else(|| find("en"))
        .or(installed.first().copied())
        .ok_or_else(|| anyhow::anyhow!("no words are installed"))
}
