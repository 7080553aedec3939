//! The `[telegram]` table of `bot.toml`; the token comes from the environment.

use std::num::NonZeroU16;
use std::path::PathBuf;

use serde::Deserialize;
use url::Url;

/// How to reach the Bot API and how fast. Rates are kept by the delivery lanes, not by the adapter.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TelegramSettings {
    /// Where the Bot API answers: Telegram's own server, one of your own, or the sandbox.
    pub api_url: Url,
    /// Where people meet the bot, shown on the web pages: `https://t.me/NAME`.
    pub invite: Option<Url>,
    /// The most messages a second over all chats; 0 takes the brake off. Telegram allows about 30.
    pub rate: u32,
    /// The most messages a second in one chat; 0 takes the brake off. Telegram allows about 1.
    pub chat_rate: u32,
    /// The most messages a minute in one group; 0 takes the brake off. Telegram allows 20.
    pub group_rate: u32,
    /// The most requests in flight at once; so many connections are kept open.
    pub connections: NonZeroU16,
    /// A PEM file of certificates to trust besides the public ones.
    pub ca_file: Option<PathBuf>,
}

impl Default for TelegramSettings {
    fn default() -> Self {
        Self {
            api_url: Url::parse("https://api.telegram.org")
                .unwrap_or_else(|_| unreachable!("a literal address")),
            invite: None,
            rate: 30,
            chat_rate: 1,
            group_rate: 20,
            connections: NonZeroU16::new(32).unwrap_or(NonZeroU16::MIN),
            ca_file: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::TelegramSettings;

    #[test]
    fn an_empty_table_takes_what_telegram_allows() -> Result<(), toml::de::Error> {
        let settings: TelegramSettings = toml::from_str("")?;
        assert_eq!(settings.api_url.as_str(), "https://api.telegram.org/");
        assert_eq!(
            (settings.rate, settings.chat_rate, settings.group_rate),
            (30, 1, 20)
        );
        assert_eq!(settings.connections.get(), 32);
        Ok(())
    }

    #[test]
    fn a_misspelt_setting_and_an_impossible_one_are_refused() {
        for wrong in ["ratte = 3", "connections = 0", "api_url = \"telegram\""] {
            assert!(
                toml::from_str::<TelegramSettings>(wrong).is_err(),
                "{wrong}"
            );
        }
    }
}
