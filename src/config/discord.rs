//! The `[discord]` table of `bot.toml`; the token comes from the environment.

use std::num::{NonZeroU16, NonZeroU64};
use std::path::PathBuf;

use serde::Deserialize;
use url::Url;

/// How to reach Discord and how fast.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DiscordSettings {
    /// Where the REST API answers: Discord's own server or the sandbox. It also names the gateway.
    pub api_url: Url,
    /// Where people meet the bot, shown on the web pages: an invitation, or the bot's own page.
    pub invite: Option<Url>,
    /// The most requests a second; 0 takes the brake off. Discord allows 50.
    pub rate: u32,
    /// The most requests in flight at once; so many connections are kept open.
    pub connections: NonZeroU16,
    /// A PEM file of certificates to trust besides the public ones.
    pub ca_file: Option<PathBuf>,
    /// The one server where the commands are shown. Without it they are shown everywhere, in
    /// direct messages too.
    pub guild: Option<NonZeroU64>,
    /// The channel where operators by role are called; without it they are not.
    pub operators_channel: Option<NonZeroU64>,
}

impl Default for DiscordSettings {
    fn default() -> Self {
        Self {
            api_url: Url::parse("https://discord.com")
                .unwrap_or_else(|_| unreachable!("a literal address")),
            invite: None,
            rate: 50,
            connections: NonZeroU16::new(32).unwrap_or(NonZeroU16::MIN),
            ca_file: None,
            guild: None,
            operators_channel: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::DiscordSettings;

    #[test]
    fn an_empty_table_takes_what_discord_allows() -> Result<(), toml::de::Error> {
        let settings: DiscordSettings = toml::from_str("")?;
        assert_eq!(settings.api_url.as_str(), "https://discord.com/");
        assert_eq!((settings.rate, settings.connections.get()), (50, 32));
        assert_eq!((settings.ca_file, settings.guild), (None, None));
        Ok(())
    }

    #[test]
    fn a_misspelt_setting_and_an_impossible_one_are_refused() {
        for wrong in [
            "rates = 3",
            "connections = 0",
            "guild = 0",
            "api_url = \"discord\"",
        ] {
            assert!(toml::from_str::<DiscordSettings>(wrong).is_err(), "{wrong}");
        }
    }
}
