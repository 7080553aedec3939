//! The routes that are served: method and path, what they count against and what body they take.

use super::rates::Meter;
use super::refusal::{NOT_FOUND, Refusal, UNKNOWN_APPLICATION, UNKNOWN_WEBHOOK};
use super::world::BOT;

/// A request, by what it asks for. Numbers are ids in the order of the path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Route {
    Gateway,
    GatewayBot,
    Me,
    Application,
    User(u64),
    OpenDirect,
    Channel(u64),
    Messages(u64),
    Send(u64),
    Message(u64, u64),
    Edit(u64, u64),
    Delete(u64, u64),
    ThreadBelow(u64, u64),
    Thread(u64),
    Typing(u64),
    Guild(u64),
    Roles(u64),
    GuildChannels(u64),
    Member(u64, u64),
    /// Of the application, or of one server.
    Commands(Option<u64>),
    OverwriteCommands(Option<u64>),
    CreateCommand(Option<u64>),
    Command(Option<u64>, u64),
    EditCommand(Option<u64>, u64),
    DeleteCommand(Option<u64>, u64),
    Callback(u64, String),
    FollowUp(String),
    /// A message of an interaction; the original answer without a number.
    Said(String, Option<u64>),
    EditSaid(String, Option<u64>),
    DeleteSaid(String, Option<u64>),
}

/// What holds for a route besides its answer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Facts {
    /// What it counts against; nothing for the answer to an interaction.
    pub(super) meter: Option<Meter>,
    /// The shape of its body in `requests.json`.
    pub(super) body: Option<&'static str>,
    /// Whether the token in the path is enough.
    pub(super) open: bool,
}

impl Route {
    /// Reads a method and a path below `/api/v10`.
    pub(super) fn parse(method: &str, path: &str) -> Result<Self, Refusal> {
        let steps: Vec<&str> = path.trim_matches('/').split('/').collect();
        match steps.as_slice() {
            ["applications", app, rest @ ..] if *app != "@me" => {
                if id("application_id", app)? != BOT {
                    return Err(UNKNOWN_APPLICATION);
                }
                Self::of_application(method, rest)
            }
            ["channels", channel, rest @ ..] => {
                Self::of_channel(method, id("channel_id", channel)?, rest)
            }
            ["guilds", guild, rest @ ..] => Self::of_guild(method, id("guild_id", guild)?, rest),
            ["webhooks", app, token, rest @ ..] => {
                if id("webhook_id", app)? != BOT {
                    return Err(UNKNOWN_WEBHOOK);
                }
                Self::of_webhook(method, token, rest)
            }
            steps => Self::other(method, steps),
        }
    }

    fn other(method: &str, steps: &[&str]) -> Result<Self, Refusal> {
        Ok(match (method, steps) {
            ("GET", ["gateway"]) => Self::Gateway,
            ("GET", ["gateway", "bot"]) => Self::GatewayBot,
            ("GET", ["users", "@me"]) => Self::Me,
            ("POST", ["users", "@me", "channels"]) => Self::OpenDirect,
            ("GET", ["users", user]) => Self::User(id("user_id", user)?),
            ("GET", ["applications", "@me"] | ["oauth2", "applications", "@me"]) => {
                Self::Application
            }
            ("POST", ["interactions", interaction, token, "callback"]) => {
                Self::Callback(id("interaction_id", interaction)?, (*token).to_owned())
            }
            _ => return Err(NOT_FOUND),
        })
    }

    fn of_channel(method: &str, channel: u64, steps: &[&str]) -> Result<Self, Refusal> {
        let message = |text: &str| id("message_id", text);
        Ok(match (method, steps) {
            ("GET", []) => Self::Channel(channel),
            ("GET", ["messages"]) => Self::Messages(channel),
            ("POST", ["messages"]) => Self::Send(channel),
            ("GET", ["messages", one]) => Self::Message(channel, message(one)?),
            ("PATCH", ["messages", one]) => Self::Edit(channel, message(one)?),
            ("DELETE", ["messages", one]) => Self::Delete(channel, message(one)?),
            ("POST", ["messages", one, "threads"]) => Self::ThreadBelow(channel, message(one)?),
            ("POST", ["threads"]) => Self::Thread(channel),
            ("POST", ["typing"]) => Self::Typing(channel),
            _ => return Err(NOT_FOUND),
        })
    }

    fn of_guild(method: &str, guild: u64, steps: &[&str]) -> Result<Self, Refusal> {
        Ok(match (method, steps) {
            ("GET", []) => Self::Guild(guild),
            ("GET", ["roles"]) => Self::Roles(guild),
            ("GET", ["channels"]) => Self::GuildChannels(guild),
            ("GET", ["members", user]) => Self::Member(guild, id("user_id", user)?),
            _ => return Err(NOT_FOUND),
        })
    }

    fn of_application(method: &str, steps: &[&str]) -> Result<Self, Refusal> {
        let (guild, steps) = match steps {
            ["guilds", guild, steps @ ..] => (Some(id("guild_id", guild)?), steps),
            steps => (None, steps),
        };
        let command = |text: &str| id("command_id", text);
        Ok(match (method, steps) {
            ("GET", ["commands"]) => Self::Commands(guild),
            ("PUT", ["commands"]) => Self::OverwriteCommands(guild),
            ("POST", ["commands"]) => Self::CreateCommand(guild),
            ("GET", ["commands", one]) => Self::Command(guild, command(one)?),
            ("PATCH", ["commands", one]) => Self::EditCommand(guild, command(one)?),
            ("DELETE", ["commands", one]) => Self::DeleteCommand(guild, command(one)?),
            _ => return Err(NOT_FOUND),
        })
    }

    fn of_webhook(method: &str, token: &str, steps: &[&str]) -> Result<Self, Refusal> {
        let token = token.to_owned();
        let which = |text: &str| match text {
            "@original" => Ok(None),
            text => id("message_id", text).map(Some),
        };
        Ok(match (method, steps) {
            ("POST", []) => Self::FollowUp(token),
            ("GET", ["messages", one]) => Self::Said(token, which(one)?),
            ("PATCH", ["messages", one]) => Self::EditSaid(token, which(one)?),
            ("DELETE", ["messages", one]) => Self::DeleteSaid(token, which(one)?),
            _ => return Err(NOT_FOUND),
        })
    }

    /// What holds for this route.
    pub(super) fn facts(&self) -> Facts {
        let counted = |class: &'static str, place: u64, body: Option<&'static str>| Facts {
            meter: Some(Meter {
                class,
                place,
                message: matches!(self, Self::Send(_)),
                global: !matches!(
                    self,
                    Self::FollowUp(_) | Self::Said(..) | Self::EditSaid(..) | Self::DeleteSaid(..)
                ),
            }),
            body,
            open: false,
        };
        let hook = |class: &'static str, token: &str, body: Option<&'static str>| Facts {
            open: true,
            ..counted(class, place_of(token), body)
        };
        match self {
            Self::Gateway => counted("GET gateway", 0, None),
            Self::GatewayBot => counted("GET gateway/bot", 0, None),
            Self::Me => counted("GET users/@me", 0, None),
            Self::Application => counted("GET applications/@me", 0, None),
            Self::User(_) => counted("GET users", 0, None),
            Self::OpenDirect => counted(
                "POST users/@me/channels",
                0,
                Some("POST /users/@me/channels"),
            ),
            Self::Channel(at) => counted("GET channels", *at, None),
            Self::Messages(at) => counted("GET messages", *at, None),
            Self::Send(at) => counted(
                "POST messages",
                *at,
                Some("POST /channels/{channel_id}/messages"),
            ),
            Self::Message(at, _) => counted("GET message", *at, None),
            Self::Edit(at, _) => counted(
                "PATCH message",
                *at,
                Some("PATCH /channels/{channel_id}/messages/{message_id}"),
            ),
            Self::Delete(at, _) => counted("DELETE message", *at, None),
            Self::ThreadBelow(at, _) => counted(
                "POST threads",
                *at,
                Some("POST /channels/{channel_id}/messages/{message_id}/threads"),
            ),
            Self::Thread(at) => counted(
                "POST threads",
                *at,
                Some("POST /channels/{channel_id}/threads"),
            ),
            Self::Typing(at) => counted("POST typing", *at, None),
            Self::Guild(at) => counted("GET guilds", *at, None),
            Self::Roles(at) => counted("GET roles", *at, None),
            Self::GuildChannels(at) => counted("GET guild channels", *at, None),
            Self::Member(at, _) => counted("GET members", *at, None),
            Self::Commands(of) | Self::Command(of, _) => {
                counted("GET commands", of.unwrap_or(0), None)
            }
            Self::OverwriteCommands(of) => {
                counted("PUT commands", of.unwrap_or(0), Some("PUT commands"))
            }
            Self::CreateCommand(of) => {
                counted("POST commands", of.unwrap_or(0), Some("POST commands"))
            }
            Self::EditCommand(of, _) => counted(
                "PATCH commands",
                of.unwrap_or(0),
                Some("PATCH commands/{command_id}"),
            ),
            Self::DeleteCommand(of, _) => counted("DELETE commands", of.unwrap_or(0), None),
            Self::Callback(..) => Facts {
                meter: None,
                body: Some("POST /interactions/{interaction_id}/{interaction_token}/callback"),
                open: true,
            },
            Self::FollowUp(token) => hook(
                "POST webhooks",
                token,
                Some("POST /webhooks/{webhook_id}/{webhook_token}"),
            ),
            Self::Said(token, _) => hook("GET webhooks", token, None),
            Self::EditSaid(token, _) => hook(
                "PATCH webhooks",
                token,
                Some("PATCH /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}"),
            ),
            Self::DeleteSaid(token, _) => hook("DELETE webhooks", token, None),
        }
    }
}

/// Where an interaction's token counts: its tokens start with its id.
fn place_of(token: &str) -> u64 {
    token
        .split('.')
        .next()
        .and_then(|id| id.parse().ok())
        .unwrap_or(0)
}

fn id(name: &str, text: &str) -> Result<u64, Refusal> {
    text.parse().map_err(|_| {
        let shown: String = text.chars().take(80).collect();
        Refusal::form(
            name,
            "NUMBER_TYPE_COERCE",
            format!("Value \"{shown}\" is not snowflake."),
        )
    })
}
