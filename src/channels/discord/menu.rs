//! The bot's commands, shown by Discord in each reader's language.

use std::collections::BTreeMap;
use std::pin::pin;
use std::time::Duration;

use serde::Serialize;
use serenity::http::{LightMethod, Route};
use serenity::model::application::InteractionContext;
use serenity::model::id::{ApplicationId, GuildId};

use super::backoff::backoff;
use super::rest::{Request, Rest};
use crate::channel::{Argument, MenuEntry};
use crate::message::Lang;

/// Every locale that Discord knows ("Locales" in its reference).
const LOCALES: [&str; 34] = [
    "id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl",
    "no", "pl", "pt-BR", "ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th",
    "zh-CN", "ja", "zh-TW", "ko", "ar", "he",
];
/// The language of names and descriptions for readers of any other.
const DEFAULT: &str = "en";
/// The type of an option that is a text.
const STRING: u8 = 3;
/// The permission to manage messages: whoever moderates a server has it. Its administrators may
/// show the command to others, too.
const MODERATORS: &str = "8192";
/// The time for one attempt to register.
const PATIENCE: Duration = Duration::from_secs(15);

/// Registers the menu, and tries again until it is done.
pub(super) async fn register(
    rest: &Rest,
    application: ApplicationId,
    guild: Option<GuildId>,
    menu: &[MenuEntry],
) {
    let commands: Vec<_> = (menu.iter())
        .map(|entry| command(entry, guild.is_none()))
        .collect();
    let route = match guild {
        Some(guild_id) => Route::GuildCommands {
            application_id: application,
            guild_id,
        },
        None => Route::Commands {
            application_id: application,
        },
    };
    for attempt in 0.. {
        let request = Request {
            method: LightMethod::Put,
            route,
            body: serde_json::to_vec(&commands).ok(),
            picture: None,
            exempt: false,
        };
        let patience = pin!(tokio::time::sleep(PATIENCE));
        match rest.call::<serde::de::IgnoredAny>(request, patience).await {
            Ok(_) => {
                tracing::info!(commands = commands.len(), "discord: commands registered");
                return;
            }
            Err(error) => {
                tracing::warn!(
                    ?error,
                    "discord: commands not registered, trying again later"
                );
                let (least, most) = (Duration::from_secs(2), Duration::from_mins(5));
                tokio::time::sleep(backoff(attempt, least, most)).await;
            }
        }
    }
}

/// One command, with its names and descriptions under every locale of each language: English too,
/// although it is the default, because Discord looks for a locale of its own first. (Not serenity's
/// builder: that one always sends a field which this request does not have.)
#[derive(Serialize)]
struct Command<'a> {
    name: &'a str,
    description: &'a str,
    name_localizations: BTreeMap<&'static str, &'a str>,
    description_localizations: BTreeMap<&'static str, &'a str>,
    /// What may be said after it: at most one text.
    options: Vec<CommandOption<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contexts: Option<[InteractionContext; 2]>,
    /// Who sees it in a server: everybody where nothing is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    default_member_permissions: Option<&'static str>,
}

/// One text that may stand after a command; it may also be left out.
#[derive(Serialize)]
struct CommandOption<'a> {
    #[serde(rename = "type")]
    kind: u8,
    name: &'a str,
    description: &'a str,
    name_localizations: BTreeMap<&'static str, &'a str>,
    description_localizations: BTreeMap<&'static str, &'a str>,
    required: bool,
}

fn command(entry: &MenuEntry, everywhere: bool) -> Command<'_> {
    Command {
        name: &entry.name,
        description: default(&entry.descriptions, &entry.name),
        name_localizations: by_locale(&entry.names),
        description_localizations: by_locale(&entry.descriptions),
        options: entry.argument.iter().map(option).collect(),
        default_member_permissions: entry.duty.then_some(MODERATORS),
        contexts: everywhere.then_some([InteractionContext::Guild, InteractionContext::BotDm]),
    }
}

fn option(argument: &Argument) -> CommandOption<'_> {
    CommandOption {
        kind: STRING,
        name: &argument.name,
        description: default(&argument.descriptions, &argument.name),
        name_localizations: by_locale(&argument.names),
        description_localizations: by_locale(&argument.descriptions),
        required: false,
    }
}

/// The words for readers whose language is not there.
fn default<'a>(words: &'a BTreeMap<Lang, String>, otherwise: &'a str) -> &'a str {
    let english = words.iter().find(|(lang, _)| lang.as_str() == DEFAULT);
    let any = english.or_else(|| words.iter().next());
    any.map_or(otherwise, |(_, words)| words)
}

fn by_locale(words: &BTreeMap<Lang, String>) -> BTreeMap<&'static str, &str> {
    (words.iter())
        .flat_map(|(lang, word)| locales_of(*lang).map(move |locale| (locale, word.as_str())))
        .collect()
}

fn locales_of(lang: Lang) -> impl Iterator<Item = &'static str> {
    (LOCALES.into_iter()).filter(move |locale| locale.split('-').next() == Some(lang.as_str()))
}
