//! What one can ask the bot for: one table, from which every menu and `/help` are made.

use std::collections::{BTreeMap, HashMap};

use crate::base::fold::fold;
use crate::channel::MenuEntry;
use crate::message::catalogue::{Catalogue, CatalogueError};
use crate::message::{Key, Words};

/// What a command does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ability {
    /// Begin to get letters.
    Start,
    /// Stop getting them.
    Stop,
    /// Say what can be asked for.
    Help,
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
}

const TABLE: [Declared; 3] = [
    Declared {
        ability: Ability::Start,
        name: "start",
        own_name: Key("command-start-name"),
        words: Key("command-start-words"),
        about: Key("command-start-about"),
    },
    Declared {
        ability: Ability::Stop,
        name: "stop",
        own_name: Key("command-stop-name"),
        words: Key("command-stop-words"),
        about: Key("command-stop-about"),
    },
    Declared {
        ability: Ability::Help,
        name: "help",
        own_name: Key("command-help-name"),
        words: Key("command-help-words"),
        about: Key("command-help-about"),
    },
];

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
            }
            commands.menu.push(entry);
        }
        Ok(commands)
    }

    /// What channels show as their menu.
    #[must_use]
    pub fn menu(&self) -> &[MenuEntry] {
        &self.menu
    }

    /// The ability that a text asks for: a command with or without its slash, in any language
    /// and script; what follows the first word of a slash command is its argument.
    #[must_use]
    pub fn recognise(&self, text: &str) -> Option<Ability> {
        let text = text.trim();
        let said = match text.strip_prefix('/') {
            Some(command) => command.split_whitespace().next().unwrap_or(""),
            None => text,
        };
        if said.len() > 200 {
            return None;
        }
        self.spoken.get(&fold(said)).copied()
    }
}
