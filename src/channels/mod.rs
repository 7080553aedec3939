//! The registry of networks: a further one is one folder here and one line in each list.

pub mod checkup;
pub mod discord;
pub mod email;
pub mod telegram;

use std::sync::Arc;

use anyhow::Context as _;

use crate::base::token::Keyring;
use crate::channel::{Channel, MenuEntry};
use crate::config::Config;
use crate::config::operators::OperatorSettings;
use crate::config::secrets::{self, SecretError};
use crate::message::catalogue::Catalogue;
use crate::message::limits::Limits;
use crate::message::{Arg, Key, Words, say_with};
use checkup::{Checkup, Nameserver};

/// Every network that this program knows.
pub const NAMES: [&str; 3] = ["telegram", "discord", "email"];

/// The networks that `bot.toml` switches on.
#[must_use]
pub fn on(config: &Config) -> Vec<&'static str> {
    let switched = [
        config.telegram.is_some(),
        config.discord.is_some(),
        config.email.is_some(),
    ];
    NAMES
        .into_iter()
        .zip(switched)
        .filter_map(|(name, on)| on.then_some(name))
        .collect()
}

/// A handle in its one canonical form, and whether it is a group and not one person.
///
/// # Errors
/// The message that says which form is expected.
pub fn parse_handle(channel: &str, text: &str) -> Result<(String, bool), Key> {
    match channel {
        "telegram" => {
            telegram::parse_handle(text).map(|handle| (handle.clone(), telegram::is_group(&handle)))
        }
        "discord" => {
            discord::parse_handle(text).map(|handle| (handle.clone(), discord::is_group(&handle)))
        }
        _ => email::parse_handle(text).map(|handle| (handle, false)),
    }
}

/// What a network can show; `None` for a name that none has.
#[must_use]
pub fn limits(channel: &str) -> Option<Limits> {
    match channel {
        "telegram" => Some(telegram::limits()),
        "discord" => Some(discord::limits()),
        "email" => Some(email::limits()),
        _ => None,
    }
}

/// The accounts of an operator, as [`parse_handle`] takes them.
#[must_use]
pub fn accounts(operator: &OperatorSettings) -> Vec<(&'static str, String)> {
    let telegram = operator.telegram.map(|id| (telegram::NAME, id.to_string()));
    let discord = operator
        .discord
        .map(|id| (discord::NAME, format!("user:{id}")));
    telegram.into_iter().chain(discord).collect()
}

/// Everybody whom an operator's table stands for together: a role of the one server that
/// `bot.toml` names.
#[derive(Debug)]
pub struct Group {
    /// The network.
    pub channel: &'static str,
    /// The group as [`crate::channel::Inbound::groups`] has it.
    pub group: String,
    /// The handle by which all of them are called, where there is a place for that.
    pub called_at: Option<String>,
}

/// The group of people that an operator's table stands for.
///
/// # Errors
/// When it names no server.
pub fn group(config: &Config, operator: &OperatorSettings) -> anyhow::Result<Option<Group>> {
    let Some(role) = operator.discord_role else {
        return Ok(None);
    };
    let settings = config.discord.as_ref();
    let guild = settings.and_then(|settings| settings.guild);
    let guild = guild.context("discord_role needs [discord] guild = SERVER")?;
    let place = settings.and_then(|settings| settings.operators_channel);
    Ok(Some(Group {
        channel: discord::NAME,
        group: discord::group_of(guild.get(), role),
        called_at: place.map(|place| discord::role_handle(role, place.get())),
    }))
}

/// Whether whoever presses a button in a public place is told apart from the place.
#[must_use]
pub fn presses_are_personal(channel: &str) -> bool {
    channel == discord::NAME
}

/// Where people meet the bot on a network whose presses are not personal, if that is set.
#[must_use]
pub fn invitation(config: &Config, channel: &str) -> Option<url::Url> {
    let telegram = config
        .telegram
        .as_ref()
        .filter(|_| channel == telegram::NAME);
    telegram?.invite.clone()
}

/// Opens every network that is on.
///
/// # Errors
/// The first whose secret is missing or whose settings cannot work.
pub fn open(
    config: &Config,
    keys: &Keyring,
    catalogue: &Catalogue,
    menu: &[MenuEntry],
) -> anyhow::Result<Vec<Arc<dyn Channel>>> {
    on(config)
        .into_iter()
        .filter_map(|name| open_one(name, config, keys, catalogue, menu).transpose())
        .collect()
}

/// Opens the network `name`, if it is on. Nothing is connected yet.
///
/// # Errors
/// When its secret is missing or its settings cannot work.
pub fn open_one(
    name: &str,
    config: &Config,
    keys: &Keyring,
    catalogue: &Catalogue,
    menu: &[MenuEntry],
) -> anyhow::Result<Option<Arc<dyn Channel>>> {
    let menu = menu.to_vec();
    Ok(match name {
        "telegram" => match &config.telegram {
            Some(settings) => {
                let token = secrets::need(secrets::TELEGRAM_TOKEN)?;
                Some(Arc::new(telegram::Telegram::new(settings, token, menu)?))
            }
            None => None,
        },
        "discord" => match &config.discord {
            Some(settings) => {
                let token = secrets::need(secrets::DISCORD_TOKEN)?;
                let discord = discord::Discord::new(settings, token, menu)?;
                let base = config.web.as_ref().map(|web| &web.base_url);
                Some(Arc::new(discord.with_pages(base)))
            }
            None => None,
        },
        _ => match &config.email {
            Some(settings) => {
                let password = secrets::find(secrets::SMTP_PASSWORD)?;
                let words = email::EmailWords::all(catalogue)?;
                let email = email::Email::new(settings, password, keys.clone(), words)?;
                let base = config.web.as_ref().map(|web| &web.base_url);
                Some(Arc::new(email.with_pages(base)))
            }
            None => None,
        },
    })
}

/// Asks the network `name` how it stands with us, if it is on. Each question ends within 10 s;
/// nothing is sent to anybody and nothing changed.
///
/// # Errors
/// As [`open_one`].
pub async fn check(
    name: &str,
    config: &Config,
    keys: &Keyring,
    catalogue: &Catalogue,
    nameserver: Nameserver,
) -> anyhow::Result<Option<Checkup>> {
    Ok(match name {
        "telegram" => match &config.telegram {
            Some(settings) => {
                let token = secrets::need(secrets::TELEGRAM_TOKEN)?;
                let telegram = telegram::Telegram::new(settings, token, vec![])?;
                Some(telegram.check().await)
            }
            None => None,
        },
        "discord" => match &config.discord {
            Some(settings) => {
                let token = secrets::need(secrets::DISCORD_TOKEN)?;
                let discord = discord::Discord::new(settings, token, vec![])?;
                Some(discord.check().await)
            }
            None => None,
        },
        _ => match &config.email {
            Some(settings) => {
                let password = secrets::find(secrets::SMTP_PASSWORD)?;
                let words = email::EmailWords::all(catalogue)?;
                let email = email::Email::new(settings, password, keys.clone(), words)?;
                Some(email.check(nameserver).await)
            }
            None => None,
        },
    })
}

/// Why a network could not be opened, for the operator, where there are words for it.
#[must_use]
pub fn explain(fault: &anyhow::Error) -> Option<Words> {
    if let Some(SecretError::Missing(name)) = fault.downcast_ref() {
        return Some(say_with(
            "channel-secret-missing",
            [("name", Arg::Text((*name).to_owned()))],
        ));
    }
    let telegram = fault.downcast_ref().map(telegram::SetUpError::words);
    telegram.or_else(|| fault.downcast_ref().map(discord::SetUpError::words))
}
