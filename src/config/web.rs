//! The `[web]` table of `bot.toml`: where the pages are listened for, and where the world finds them.

use std::net::SocketAddr;

use serde::Deserialize;
use url::Url;

use super::Config;
use crate::message::{Words, say};

/// The `[web]` table. An absent one switches the pages off.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WebSettings {
    /// The address and port of this machine that is listened on.
    pub listen: SocketAddr,
    /// Where the pages are in the world.
    pub base_url: BaseUrl,
    /// Whether a proxy stands in front, whose word on who asks is taken.
    #[serde(default)]
    pub behind_proxy: bool,
    /// The mailbox for whoever has trouble with the pages.
    pub contact: Option<Mailbox>,
    /// The mailbox of the data officer.
    pub data_officer: Option<Mailbox>,
}

/// An absolute http or https address without a path: what every link begins with.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Url")]
pub struct BaseUrl(Url);

impl BaseUrl {
    /// The address; its path is `/`.
    #[must_use]
    pub fn url(&self) -> &Url {
        &self.0
    }

    /// The address of `path`, which begins with a slash.
    #[must_use]
    pub fn of(&self, path: &str) -> String {
        format!("{}{path}", self.0.as_str().trim_end_matches('/'))
    }

    /// Whether the world reaches the pages through TLS.
    #[must_use]
    pub fn is_encrypted(&self) -> bool {
        self.0.scheme() == "https"
    }
}

impl TryFrom<Url> for BaseUrl {
    type Error = &'static str;

    fn try_from(url: Url) -> Result<Self, Self::Error> {
        let plain = matches!(url.scheme(), "http" | "https")
            && url.host_str().is_some_and(|host| !host.is_empty())
            && url.username().is_empty()
            && url.password().is_none()
            && url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none();
        if plain {
            Ok(Self(url))
        } else {
            Err(
                "base_url is an http or https address without path, such as https://glas.example.org",
            )
        }
    }
}

/// A mailbox that is shown to people.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Mailbox(String);

impl Mailbox {
    /// As it is written: `name@example.org`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Mailbox {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        match text.parse::<lettre::Address>() {
            Ok(_) => Ok(Self(text)),
            Err(_) => Err("a mailbox is written name@example.org"),
        }
    }
}

/// A channel on which people can subscribe, as the pages tell of it.
#[derive(Debug, Clone)]
pub struct Way {
    /// What the channel is called.
    pub name: Words,
    /// How to subscribe there, in a sentence.
    pub how: Words,
    /// What the link to it says.
    pub open: Words,
    /// Where the bot is met there, if that was set.
    pub invite: Option<Url>,
}

impl Config {
    /// The channels with a talk of their own that are on.
    #[must_use]
    pub fn ways(&self) -> Vec<Way> {
        let telegram = self.telegram.as_ref().map(|telegram| Way {
            name: say("way-telegram"),
            how: say("way-telegram-how"),
            open: say("way-telegram-open"),
            invite: telegram.invite.clone(),
        });
        let discord = self.discord.as_ref().map(|discord| Way {
            name: say("way-discord"),
            how: say("way-discord-how"),
            open: say("way-discord-open"),
            invite: discord.invite.clone(),
        });
        telegram.into_iter().chain(discord).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::WebSettings;

    fn read(base_url: &str) -> Result<WebSettings, toml::de::Error> {
        toml::from_str(&format!(
            "listen = \"127.0.0.1:0\"\nbase_url = \"{base_url}\""
        ))
    }

    #[test]
    fn links_begin_with_the_base_url() -> Result<(), toml::de::Error> {
        let settings = read("https://glas.example.org")?;
        let base = &settings.base_url;
        assert_eq!(base.of("/bg/now"), "https://glas.example.org/bg/now");
        assert!(base.is_encrypted() && !settings.behind_proxy);
        assert_eq!(
            read("http://[::1]:8080/")?.base_url.of("/"),
            "http://[::1]:8080/"
        );
        Ok(())
    }

    #[test]
    fn a_base_url_that_is_none_is_refused() {
        for wrong in [
            "",
            "glas.example.org",
            "/bg",
            "ftp://glas.example.org",
            "mailto:a@example.org",
            "https://user@glas.example.org",
            "https://glas.example.org/pages",
            "https://glas.example.org/?a=b",
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
        assert!(toml::from_str::<WebSettings>("listen = \"127.0.0.1\"").is_err());
    }
}
