//! What one can ask the bot for: one table, from which every menu and `/help` are made.

use std::collections::{BTreeMap, HashMap};

use crate::base::fold::fold;
use crate::channel::{Argument, MenuEntry};
use crate::message::catalogue::{Catalogue, CatalogueError};
use crate::message::{Key, Words};

/// What a command does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ability {
    /// Begin to get letters.
    Start,
    /// See what is on now.
    Now,
    /// See and change what one has chosen.
    Settings,
    /// Rest for a week.
    Pause,
    /// Stop getting letters.
    Stop,
    /// Read in another language.
    Language,
    /// See what is known about oneself.
    MyData,
    /// Be forgotten.
    Forget,
    /// How data is treated.
    Privacy,
    /// Say what can be asked for.
    Help,
    /// Give up a form.
    Cancel,
    /// The question before.
    Back,
    /// Work with alerts.
    Alert,
}

/// A command as it is declared.
struct Declared {
    ability: Ability,
    /// The name in Latin letters.
    name: &'static str,
    /// Its name in a language, one lower-case word.
    own_name: Key,
    /// What else people type for it, separated by commas.
    words: Key,
    /// What it does, at most 100 characters.
    about: Key,
    /// What may follow.
    follows: Follows,
    /// Whether menus show it.
    shown: bool,
}

/// What may follow a command.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Follows {
    Nothing,
    Place,
    /// What an operator wants; the command is no business of citizens.
    Work,
}

impl Follows {
    /// The name of what may follow.
    const fn word(self) -> Option<&'static str> {
        match self {
            Self::Nothing => None,
            Self::Place => Some("place"),
            Self::Work => Some("work"),
        }
    }
}

macro_rules! command {
    ($ability:ident, $name:literal, $follows:ident, $shown:literal, $own_name:literal, $words:literal, $about:literal) => {
        Declared {
            ability: Ability::$ability,
            name: $name,
            own_name: Key($own_name),
            words: Key($words),
            about: Key($about),
            follows: Follows::$follows,
            shown: $shown,
        }
    };
}

#[rustfmt::skip]
const TABLE: [Declared; 13] = [
    command!(Start, "start", Place, true, "command-start-name", "command-start-words", "command-start-about"),
    command!(Now, "now", Place, true, "command-now-name", "command-now-words", "command-now-about"),
    command!(Settings, "settings", Nothing, true, "command-settings-name", "command-settings-words", "command-settings-about"),
    command!(Pause, "pause", Nothing, true, "command-pause-name", "command-pause-words", "command-pause-about"),
    command!(Stop, "stop", Nothing, true, "command-stop-name", "command-stop-words", "command-stop-about"),
    command!(Language, "language", Nothing, true, "command-language-name", "command-language-words", "command-language-about"),
    command!(MyData, "mydata", Nothing, true, "command-mydata-name", "command-mydata-words", "command-mydata-about"),
    command!(Forget, "forget", Nothing, true, "command-forget-name", "command-forget-words", "command-forget-about"),
    command!(Privacy, "privacy", Nothing, true, "command-privacy-name", "command-privacy-words", "command-privacy-about"),
    command!(Help, "help", Nothing, true, "command-help-name", "command-help-words", "command-help-about"),
    command!(Cancel, "cancel", Nothing, true, "command-cancel-name", "command-cancel-words", "command-cancel-about"),
    command!(Back, "back", Nothing, false, "command-back-name", "command-back-words", "command-back-about"),
    command!(Alert, "alert", Work, true, "command-alert-name", "command-alert-words", "command-alert-about"),
];

/// The shortest key in which one slip is forgiven, and two.
const LEAST_FOR_A_SLIP: usize = 4;
const LEAST_FOR_TWO: usize = 8;
/// The longest text that may be a command.
const LONGEST: usize = 200;

/// A command that a text asks for, with what follows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked<'a> {
    /// What is asked for.
    pub ability: Ability,
    /// What follows the command's word.
    pub rest: &'a str,
}

/// The commands with their words in every language.
#[derive(Debug, Clone)]
pub struct Commands {
    menu: Vec<MenuEntry>,
    spoken: HashMap<String, Ability>,
}

impl Commands {
    /// Reads the words of every language that is installed.
    ///
    /// # Errors
    /// A word that a language lacks.
    pub fn load(catalogue: &Catalogue) -> Result<Self, CatalogueError> {
        let mut commands = Self {
            menu: vec![],
            spoken: HashMap::new(),
        };
        for declared in &TABLE {
            let mut entry = MenuEntry {
                name: declared.name.to_owned(),
                names: BTreeMap::new(),
                descriptions: BTreeMap::new(),
                duty: declared.follows == Follows::Work,
                argument: declared.follows.word().map(|word| Argument {
                    name: word.to_owned(),
                    names: BTreeMap::new(),
                    descriptions: BTreeMap::new(),
                }),
            };
            commands
                .spoken
                .insert(fold(declared.name), declared.ability);
            for lang in catalogue.languages() {
                let word = |key: Key| catalogue.word(&Words::Say(key, vec![]), lang);
                let name = word(declared.own_name)?;
                for spoken in word(declared.words)?.split(',').chain([name.as_str()]) {
                    commands.spoken.insert(fold(spoken), declared.ability);
                }
                entry.names.insert(lang, name);
                entry.descriptions.insert(lang, word(declared.about)?);
                if let Some(argument) = &mut entry.argument {
                    let (name, about) = if entry.duty {
                        (Key("command-work-name"), Key("command-work-about"))
                    } else {
                        (Key("command-place-name"), Key("command-place-about"))
                    };
                    argument.names.insert(lang, word(name)?);
                    argument.descriptions.insert(lang, word(about)?);
                }
            }
            if declared.shown {
                commands.menu.push(entry);
            }
        }
        Ok(commands)
    }

    /// What channels show as their menu.
    #[must_use]
    pub fn menu(&self) -> &[MenuEntry] {
        &self.menu
    }

    /// The command that a text is, with or without its slash, in any language and script; what
    /// follows the first word of a slash command is its argument.
    #[must_use]
    pub fn recognise<'a>(&self, text: &'a str) -> Option<Asked<'a>> {
        let text = text.trim();
        if text.len() > LONGEST {
            return None;
        }
        let Some(command) = text.strip_prefix('/') else {
            let ability = *self.spoken.get(&fold(text))?;
            return Some(Asked { ability, rest: "" });
        };
        let (name, rest) = command
            .split_once(char::is_whitespace)
            .unwrap_or((command, ""));
        let name = fold(name);
        let ability = self
            .spoken
            .get(&name)
            .copied()
            .or_else(|| self.nearly(&name))?;
        let rest = rest.trim();
        Some(Asked { ability, rest })
    }

    /// The command that a text is but for a slip or two.
    #[must_use]
    pub fn guess(&self, text: &str) -> Option<Ability> {
        let text = text.trim();
        (text.len() <= LONGEST).then(|| self.nearly(&fold(text)))?
    }

    /// The command whose word is nearest to a folded text, if it is near enough and no other
    /// command's is as near.
    fn nearly(&self, text: &str) -> Option<Ability> {
        let allowed = match text.len() {
            LEAST_FOR_TWO.. => 2,
            LEAST_FOR_A_SLIP.. => 1,
            _ => return None,
        };
        let mut near: Vec<(usize, Ability)> = (self.spoken.iter())
            .filter(|(word, _)| {
                word.len() >= LEAST_FOR_A_SLIP && word.len().abs_diff(text.len()) <= allowed
            })
            .map(|(word, ability)| (strsim::damerau_levenshtein(word, text), *ability))
            .filter(|(distance, _)| *distance <= allowed)
            .collect();
        near.sort_by_key(|(distance, _)| *distance);
        let (best, ability) = *near.first()?;
        let alone = near
            .iter()
            .all(|(distance, other)| *distance > best || *other == ability);
        alone.then_some(ability)
    }
}
