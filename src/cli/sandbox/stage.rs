//! The stage of the sandbox: the simulated networks, a handful of residents, and a sample alert.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::SecondsFormat;

use super::resident::{RESIDENTS, operators};
use crate::base::clock::{Clock, Millis};
use crate::base::token::Keyring;
use crate::cli::words::Words;
use crate::config::secrets;
use crate::sandbox::discord::Discord;
use crate::sandbox::ledger::Ledger;
use crate::sandbox::smtp::{self, Smtp};
use crate::sandbox::telegram::{Person, Telegram};

/// Tokens of no real bot.
const TELEGRAM_TOKEN: &str = "110201543:sandbox-sandbox-sandbox-sandbox-000";
const DISCORD_TOKEN: &str = "MTAwMDAwMDAwMDAwMDAwMDAwMA.sandbox.sandbox-sandbox-sandbox-000";
const MAIL_ACCOUNT: (&str, &str) = ("glas", "sandbox-only");
/// The server where the Discord residents meet the bot.
const GUILD: u64 = 900_001;

/// The simulated networks, running.
pub struct Stage {
    ledger: Ledger,
    pub(super) telegram: Telegram,
    pub(super) discord: Discord,
    smtp: Smtp,
    pages: SocketAddr,
    keys: String,
    project: PathBuf,
}

impl Stage {
    /// Starts the networks on free ports of this machine and lets the residents move in.
    ///
    /// # Errors
    /// When a port cannot be had.
    pub async fn start(words: &Words, folder: &Path) -> anyhow::Result<Self> {
        let here = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let ledger = Ledger::default();
        let telegram = Telegram::start(ledger.clone(), here, TELEGRAM_TOKEN).await?;
        let discord = Discord::start(ledger.clone(), here, DISCORD_TOKEN).await?;
        let account = (MAIL_ACCOUNT.0.to_owned(), MAIL_ACCOUNT.1.to_owned());
        let settings = smtp::Settings {
            security: smtp::Security::StartTls,
            account: Some(account),
            ..smtp::Settings::default()
        };
        let smtp = Smtp::start(ledger.clone(), here, settings).await?;
        std::fs::write(folder.join("ca.pem"), smtp.ca_pem())?;
        // The bot has a process of its own: it takes the port that is free now.
        let pages = std::net::TcpListener::bind(here)?.local_addr()?;
        discord.add_guild(GUILD, "Glas", "bg");
        for resident in RESIDENTS {
            match resident.channel {
                "telegram" => {
                    let person = Person {
                        id: i64::try_from(resident.id()).unwrap_or(0),
                        first_name: resident.name.to_owned(),
                        language_code: Some(resident.lang.to_owned()),
                        username: None,
                    };
                    if resident.subscribed || resident.duty.is_some() {
                        telegram.add_acquaintance(person);
                    } else {
                        telegram.add_person(person);
                    }
                }
                "discord" => {
                    let locale = if resident.lang == "en" {
                        "en-GB"
                    } else {
                        resident.lang
                    };
                    discord.add_person(resident.id(), resident.name, locale);
                    discord.join(resident.id(), GUILD, &[]);
                }
                _ => {}
            }
        }
        let config = &words.loaded.config;
        let absolute = |path: &Path| path.canonicalize();
        let project = absolute(
            config
                .city
                .locales
                .parent()
                .filter(|it| !it.as_os_str().is_empty())
                .unwrap_or(Path::new(".")),
        )?;
        Ok(Self {
            ledger,
            telegram,
            discord,
            smtp,
            pages,
            keys: Keyring::generate(),
            project,
        })
    }

    /// What the networks accepted.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// A `bot.toml` that points at the simulated networks.
    pub fn bot_toml(&self, folder: &Path) -> String {
        let quoted = |path: &Path| toml::Value::from(path.display().to_string()).to_string();
        let mail = self.smtp.address();
        format!(
            "sandbox = true\n\n[city]\nfolder = {}\nlocales = {}\n\n[database]\nurl = \"sqlite:glas.db\"\n\n\
            [people]\nquiet_hours = \"none\"\n\n[delivery]\nlease_seconds = 3\n\n\
            [telegram]\napi_url = \"{}\"\n\n[discord]\napi_url = \"{}\"\n\n[email]\nhost = \"{}\"\nport = {}\n\
            security = \"starttls\"\nusername = \"{}\"\nfrom_name = \"Glas\"\nfrom_address = \"alerts@example.org\"\n\
            return_path = \"b+{{token}}@example.org\"\nunsubscribe = \"stop@example.org\"\n\
            list_id = \"alerts.example.org\"\nca_file = {}\n\n\
            [web]\nlisten = \"{}\"\nbase_url = \"{}\"\n{}",
            quoted(&self.project.join("cities/sofia")),
            quoted(&self.project.join("locales")),
            self.telegram.url(),
            self.discord.url(),
            mail.ip(),
            mail.port(),
            MAIL_ACCOUNT.0,
            quoted(&folder.join("ca.pem")),
            self.pages,
            self.base_url(),
            operators(),
        )
    }

    /// Where the bot's pages are.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.pages)
    }

    /// The environment that goes with it.
    pub fn environment(&self) -> [(&'static str, &str); 4] {
        [
            (secrets::TELEGRAM_TOKEN, TELEGRAM_TOKEN),
            (secrets::DISCORD_TOKEN, DISCORD_TOKEN),
            (secrets::SMTP_PASSWORD, MAIL_ACCOUNT.1),
            (secrets::KEYS, &self.keys),
        ]
    }

    /// Both, for a person to copy.
    pub fn settings(&self, folder: &Path) -> String {
        let exports = self
            .environment()
            .map(|(name, value)| format!("export {name}='{value}'"));
        format!("{}\n{}", self.bot_toml(folder), exports.join("\n"))
    }

    /// Writes the `bot.toml` into `folder`.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, folder: &Path) -> std::io::Result<()> {
        std::fs::write(folder.join("bot.toml"), self.bot_toml(folder))
    }
}

/// Writes the sample alert with its times moved to now, and returns its file.
///
/// # Errors
/// When it cannot be written.
pub fn sample(words: &Words, folder: &Path) -> anyhow::Result<PathBuf> {
    let now = Clock::system().now();
    let zone = words.loaded.city.zone();
    let local = |at: Millis| {
        at.utc()
            .map(|at| {
                at.with_timezone(&zone)
                    .to_rfc3339_opts(SecondsFormat::Secs, false)
            })
            .unwrap_or_default()
    };
    let text = include_str!("../../sandbox/sample.xml")
        .replace("2026-06-17T14:57:00+03:00", &local(now))
        .replace(
            "2026-06-17T18:00:00+03:00",
            &local(now.plus(Duration::from_hours(3))),
        );
    let file = folder.join("sample.xml");
    std::fs::write(&file, text)?;
    Ok(file)
}
