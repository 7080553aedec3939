//! What an operator wants to know of the bot at Discord: token, intents, server, permissions.

mod judge;

use std::pin::{Pin, pin};
use std::time::Duration;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serenity::http::{LightMethod, Route};
use serenity::model::id::{ApplicationId, ChannelId, GuildId, UserId};
use tokio::time::Sleep;

use super::Discord;
use super::events::WithId;
use super::gateway::INTENTS;
use super::rest::{CallError, Request};
use crate::channels::checkup::{Checkup, Finding};
use crate::message::{Arg, say_with, say_with_text};
use judge::{
    Member, Server, about_endpoint, about_intents, about_permissions, about_sessions, granted,
    invitation,
};

/// The time for all calls of a check together.
const PATIENCE: Duration = Duration::from_secs(9);

#[derive(Deserialize)]
struct Application {
    id: ApplicationId,
    name: String,
    #[serde(default)]
    flags: u64,
    bot: Option<WithId<UserId>>,
    approximate_guild_count: Option<u64>,
    interactions_endpoint_url: Option<String>,
}

#[derive(Deserialize)]
struct Connecting {
    session_start_limit: Sessions,
}

/// The part of a channel that says where it is.
#[derive(Deserialize)]
struct Place {
    guild_id: Option<GuildId>,
}

#[derive(Deserialize)]
struct Sessions {
    remaining: u64,
}

impl Discord {
    /// Asks the REST API how the bot stands; changes nothing and begins no session.
    pub async fn check(&self) -> Checkup {
        let mut patience = pin!(tokio::time::sleep(PATIENCE));
        let mut findings = vec![];
        if let Err(error) = self.look(&mut findings, patience.as_mut()).await {
            findings.push(refused(&error));
        }
        Checkup {
            findings,
            ahead_ms: self.rest.ahead(),
        }
    }

    async fn look(
        &self,
        findings: &mut Vec<Finding>,
        mut patience: Pin<&mut Sleep>,
    ) -> Result<(), CallError> {
        let route = Route::Oauth2ApplicationCurrent;
        let application: Application = self.get(route, patience.as_mut()).await?;
        findings.push(Finding::ok(
            "discord-token",
            say_with_text("doctor-discord", &application.name),
        ));
        findings.extend(about_intents(INTENTS, application.flags));
        findings.extend(about_endpoint(
            application.interactions_endpoint_url.as_deref(),
        ));
        let connecting: Connecting = self.get(Route::GatewayBot, patience.as_mut()).await?;
        findings.extend(about_sessions(connecting.session_start_limit.remaining));
        match self.guild {
            Some(guild) => {
                findings.extend(self.at(guild, &application, patience.as_mut()).await?);
                if let Some(channel) = self.operators {
                    findings.extend(self.call_place(guild, channel, patience).await?);
                }
            }
            None if application.approximate_guild_count == Some(0) => {
                let link = invitation(application.id, None);
                findings.push(Finding::warning(
                    "discord-server",
                    say_with_text("doctor-discord-nowhere", &link),
                ));
            }
            None => {}
        }
        Ok(())
    }

    /// How the bot stands on the configured server.
    async fn at(
        &self,
        guild: GuildId,
        application: &Application,
        mut patience: Pin<&mut Sleep>,
    ) -> Result<Vec<Finding>, CallError> {
        let route = Route::Guild { guild_id: guild };
        let server: Server = match self.get(route, patience.as_mut()).await {
            Ok(server) => server,
            Err(CallError::Refused {
                status: 403 | 404, ..
            }) => {
                let link = invitation(application.id, Some(guild));
                return Ok(vec![Finding::fault(
                    "discord-server",
                    say_with(
                        "doctor-discord-not-there",
                        [
                            ("server", Arg::Text(guild.to_string())),
                            ("link", Arg::Text(link)),
                        ],
                    ),
                )]);
            }
            Err(error) => return Err(error),
        };
        let user_id = application
            .bot
            .as_ref()
            .map_or(UserId::new(application.id.get()), |bot| bot.id);
        let route = Route::GuildMember {
            guild_id: guild,
            user_id,
        };
        let member: Member = self.get(route, patience).await?;
        Ok(about_permissions(
            &server.name,
            granted(&server, &member, guild),
        ))
    }

    /// Whether operators can be called where they are to be; nothing when they can.
    async fn call_place(
        &self,
        guild: GuildId,
        channel_id: ChannelId,
        patience: Pin<&mut Sleep>,
    ) -> Result<Option<Finding>, CallError> {
        let place = self.get(Route::Channel { channel_id }, patience).await;
        match place {
            Ok(Place { guild_id }) if guild_id == Some(guild) => Ok(None),
            Ok(_)
            | Err(CallError::Refused {
                status: 403 | 404, ..
            }) => {
                let says = say_with_text("doctor-discord-operators", &channel_id.to_string());
                Ok(Some(Finding::fault("discord-operators", says)))
            }
            Err(error) => Err(error),
        }
    }

    async fn get<T: DeserializeOwned>(
        &self,
        route: Route<'_>,
        patience: Pin<&mut Sleep>,
    ) -> Result<T, CallError> {
        let request = Request {
            method: LightMethod::Get,
            route,
            body: None,
            picture: None,
            exempt: false,
        };
        self.rest.call(request, patience).await
    }
}

fn refused(error: &CallError) -> Finding {
    let why = match error {
        CallError::Refused {
            status: 401, why, ..
        } => {
            return Finding::fault("discord-token", say_with_text("doctor-discord-token", why));
        }
        CallError::Refused { why, .. }
        | CallError::NotWritten(why)
        | CallError::Unanswered(why) => why.clone(),
        CallError::Foreign(status) => format!("HTTP {status}"),
        CallError::Limited { retry_after, .. } => {
            format!("HTTP 429, {} s", retry_after.as_secs())
        }
        CallError::Silent => "HTTP 401, 403, 429".to_owned(),
    };
    Finding::fault(
        "discord-reachable",
        say_with_text("doctor-discord-unreachable", &why),
    )
}
