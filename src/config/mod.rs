//! Typed `bot.toml`: strict, every section documented there; secrets come from the environment.

pub mod discord;
pub mod email;
pub mod feeds;
pub mod operators;
pub mod privacy;
pub mod secrets;
pub mod telegram;
pub mod web;

use std::net::IpAddr;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::base::civil::Quiet;

/// A whole `bot.toml`. An absent section switches its ability off.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Whether every address must be on this machine.
    #[serde(default)]
    pub sandbox: bool,
    /// Which city this is.
    pub city: City,
    /// Where everything is kept.
    #[serde(default)]
    pub database: Database,
    /// How letters are delivered.
    #[serde(default)]
    pub delivery: Delivery,
    /// How long what is kept is kept.
    #[serde(default)]
    pub privacy: privacy::PrivacySettings,
    /// What holds for people who have not chosen otherwise.
    #[serde(default)]
    pub people: People,
    /// When a second person must look at an alert.
    #[serde(default)]
    pub alerts: operators::AlertSettings,
    /// Who works with alerts.
    #[serde(default, rename = "operator")]
    pub operators: Vec<operators::OperatorSettings>,
    /// Where pictures are kept.
    #[serde(default)]
    pub pictures: PictureSettings,
    /// Telegram, when on.
    pub telegram: Option<telegram::TelegramSettings>,
    /// Discord, when on.
    pub discord: Option<discord::DiscordSettings>,
    /// Outgoing mail, when on.
    pub email: Option<email::EmailSettings>,
    /// The web pages, when on.
    pub web: Option<web::WebSettings>,
    /// What is read from others, a `[[feed]]` each.
    #[serde(default)]
    pub feed: Vec<feeds::FeedSettings>,
    /// How it is fetched.
    #[serde(default)]
    pub fetch: feeds::FetchSettings,
}

/// `[city]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct City {
    /// The folder of the city's data, relative to `bot.toml`.
    pub folder: PathBuf,
    /// The folder of the words, relative to `bot.toml`.
    pub locales: PathBuf,
}

/// `[database]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Database {
    /// `sqlite:FILE` (relative to `bot.toml`) or `postgres://…`; `GLAS_DATABASE_URL` wins over it.
    pub url: String,
}

impl Default for Database {
    fn default() -> Self {
        Self {
            url: "sqlite:glas.db".to_owned(),
        }
    }
}

/// `[delivery]`
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Delivery {
    /// Seconds that a process may be silent before another takes over its work.
    pub lease_seconds: u64,
    /// The most messages that one process may have under way on one channel; by default a
    /// quarter of a second of the channel's rate, between 8 and 1024.
    pub window: Option<usize>,
}

impl Default for Delivery {
    fn default() -> Self {
        Self {
            lease_seconds: 30,
            window: None,
        }
    }
}

/// `[people]`
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct People {
    /// `HH:MM-HH:MM` in the city's time, or `none`.
    pub quiet_hours: Quiet,
}

impl Default for People {
    fn default() -> Self {
        Self {
            quiet_hours: Quiet::NIGHT,
        }
    }
}

/// `[pictures]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PictureSettings {
    /// Where pictures are kept, relative to `bot.toml`; machines that share the database share
    /// this folder. Set once the file is loaded: beside the database where it is not said.
    pub folder: Option<PathBuf>,
    /// Whether alerts get a map.
    pub maps: bool,
}

impl Default for PictureSettings {
    fn default() -> Self {
        Self {
            folder: None,
            maps: true,
        }
    }
}

/// Why `bot.toml` was not taken.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// It could not be read.
    #[error("{file}: cannot be read: {why}")]
    Read {
        /// The file.
        file: String,
        /// What the system said.
        why: std::io::Error,
    },
    /// A sandbox would reach out into the world.
    #[error(
        "{setting} = \"{host}\": with sandbox = true only addresses of this machine are used (127.0.0.1, [::1])"
    )]
    NotLoopback {
        /// The setting.
        setting: &'static str,
        /// What it names.
        host: String,
    },
    /// It says something that it must not.
    #[error("{file}:{line}: {what}{}", hint.as_deref().map(|hint| format!("\n  did you mean \"{hint}\"?")).unwrap_or_default())]
    Wrong {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        what: String,
        /// The nearest key that exists.
        hint: Option<String>,
    },
}

/// The largest `bot.toml` that is read, in bytes.
const MAX_BYTES: u64 = 256 * 1024;

impl Config {
    /// Reads and checks `file`; paths in it become relative to the file's folder.
    ///
    /// # Errors
    /// The first fault with its line and, for an unknown key, the nearest known one.
    pub fn load(file: &Path) -> Result<Self, ConfigError> {
        let name = file.display().to_string();
        let unread = |why| ConfigError::Read {
            file: name.clone(),
            why,
        };
        if std::fs::metadata(file).map_err(unread)?.len() > MAX_BYTES {
            return Err(unread(std::io::Error::other("larger than 256 KiB")));
        }
        let text = std::fs::read_to_string(file).map_err(unread)?;
        let mut config = Self::parse(&text, &name)?;
        if config.sandbox {
            config.only_this_machine()?;
        }
        let folder = file.parent().unwrap_or(Path::new(""));
        for path in config.paths() {
            *path = folder.join(&*path);
        }
        if let Some(path) = config
            .database
            .url
            .strip_prefix("sqlite:")
            .filter(|path| !path.starts_with([':', '/']))
        {
            config.database.url = format!("sqlite:{}", folder.join(path).display());
        }
        let database = config.database.url.strip_prefix("sqlite:");
        let database = database.filter(|path| !path.starts_with(':'));
        let beside = database.and_then(|path| Path::new(path).parent());
        let beside = beside.unwrap_or(folder).join("pictures");
        config.pictures.folder.get_or_insert(beside);
        Ok(config)
    }

    /// Every path in the file but the database's.
    fn paths(&mut self) -> impl Iterator<Item = &mut PathBuf> {
        let email = self.email.as_mut().map(|email| {
            let key = email.dkim.as_mut().map(|dkim| &mut dkim.key_file);
            email.ca_file.as_mut().into_iter().chain(key)
        });
        let telegram = self.telegram.as_mut().and_then(|it| it.ca_file.as_mut());
        let discord = self.discord.as_mut().and_then(|it| it.ca_file.as_mut());
        [&mut self.city.folder, &mut self.city.locales]
            .into_iter()
            .chain(self.pictures.folder.as_mut())
            .chain(telegram)
            .chain(discord)
            .chain(email.into_iter().flatten())
    }

    /// Refuses every address that is not loopback.
    fn only_this_machine(&self) -> Result<(), ConfigError> {
        let urls = [
            self.telegram
                .as_ref()
                .map(|telegram| ("telegram.api_url", &telegram.api_url)),
            self.discord
                .as_ref()
                .map(|discord| ("discord.api_url", &discord.api_url)),
        ];
        let mut hosts: Vec<(&'static str, &str)> = urls
            .into_iter()
            .flatten()
            .map(|(name, url)| (name, url.host_str().unwrap_or("")))
            .collect();
        hosts.extend(
            self.email
                .as_ref()
                .map(|email| ("email.host", email.host.as_str())),
        );
        let listen = self.web.as_ref().map(|web| web.listen.ip().to_string());
        hosts.extend(listen.as_deref().map(|ip| ("web.listen", ip)));
        let base = self.web.as_ref().map(|web| web.base_url.url());
        hosts.extend(base.map(|base| ("web.base_url", base.host_str().unwrap_or(""))));
        let fed = self.feed.iter().filter(|feed| feed.url.scheme() != "file");
        hosts.extend(fed.map(|feed| ("feed.url", feed.url.host_str().unwrap_or(""))));
        for (setting, host) in hosts {
            let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
            if !address.is_ok_and(|address| address.is_loopback()) {
                return Err(ConfigError::NotLoopback {
                    setting,
                    host: host.to_owned(),
                });
            }
        }
        Ok(())
    }

    /// Reads the text of a `bot.toml`; `name` is the file's name in errors.
    ///
    /// # Errors
    /// As [`Config::load`].
    pub fn parse(text: &str, name: &str) -> Result<Self, ConfigError> {
        toml::from_str(text).map_err(|fault| {
            let at = fault.span().map_or(0, |span| span.start);
            let line = text.get(..at).unwrap_or(text).matches('\n').count() + 1;
            ConfigError::Wrong {
                file: name.to_owned(),
                line,
                what: fault.message().to_owned(),
                hint: nearest_key(fault.message()),
            }
        })
    }
}

/// From serde's "unknown field `x`, expected one of `a`, `b`" the name nearest to `x`.
fn nearest_key(message: &str) -> Option<String> {
    let mut names = message
        .strip_prefix("unknown field ")?
        .split('`')
        .skip(1)
        .step_by(2);
    let typed = names.next()?;
    names
        .map(|known| (strsim::damerau_levenshtein(typed, known), known))
        .min()
        .filter(|(distance, known)| *distance <= 1 + known.len() / 3)
        .map(|(_, known)| known.to_owned())
}
