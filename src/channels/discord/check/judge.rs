//! What Discord's answers about the bot mean: intents, sessions, permissions, the link that adds it.

use serde::Deserialize;
use serenity::model::application::ApplicationFlags;
use serenity::model::gateway::GatewayIntents;
use serenity::model::id::{ApplicationId, GuildId, RoleId};
use serenity::model::permissions::Permissions;
use url::Url;

use crate::channels::checkup::Finding;
use crate::message::{Arg, say_with, say_with_text};

/// Discord lets a bot begin 1,000 sessions a day; with fewer left somebody must look why.
const FEW_SESSIONS: u64 = 50;
/// One of the flags of an application that serenity does not know ("Application Flags").
const MESSAGE_CONTENT_LIMITED: u64 = 1 << 19;

/// Without these no letter arrives as it should. The names are those of Discord's own pages.
const NEEDED: [(Permissions, &str); 4] = [
    (Permissions::VIEW_CHANNEL, "View Channels"),
    (Permissions::SEND_MESSAGES, "Send Messages"),
    (Permissions::EMBED_LINKS, "Embed Links"),
    (Permissions::READ_MESSAGE_HISTORY, "Read Message History"),
];
/// Without these threads and pictures are missing.
const USEFUL: [(Permissions, &str); 3] = [
    (
        Permissions::SEND_MESSAGES_IN_THREADS,
        "Send Messages in Threads",
    ),
    (Permissions::CREATE_PUBLIC_THREADS, "Create Public Threads"),
    (Permissions::ATTACH_FILES, "Attach Files"),
];

/// The part of a server that says what its roles may do.
#[derive(Deserialize)]
pub(super) struct Server {
    pub(super) name: String,
    roles: Vec<Role>,
}

/// A role and what it may do.
#[derive(Deserialize)]
pub(super) struct Role {
    id: RoleId,
    permissions: Permissions,
}

/// The part of a member that says which roles it has.
#[derive(Deserialize)]
pub(super) struct Member {
    roles: Vec<RoleId>,
}

/// The privileged intents that are missing, and those that are granted though nobody needs them.
pub(super) fn about_intents(needed: GatewayIntents, flags: u64) -> Vec<Finding> {
    let flag = |flag: ApplicationFlags| flag.bits();
    let known = [
        (
            GatewayIntents::GUILD_PRESENCES,
            flag(ApplicationFlags::GATEWAY_PRESENCE | ApplicationFlags::GATEWAY_PRESENCE_LIMITED),
            "Presence Intent",
        ),
        (
            GatewayIntents::GUILD_MEMBERS,
            flag(
                ApplicationFlags::GATEWAY_GUILD_MEMBERS
                    | ApplicationFlags::GATEWAY_GUILD_MEMBERS_LIMITED,
            ),
            "Server Members Intent",
        ),
        (
            GatewayIntents::MESSAGE_CONTENT,
            flag(ApplicationFlags::GATEWAY_MESSAGE_CONTENT) | MESSAGE_CONTENT_LIMITED,
            "Message Content Intent",
        ),
    ];
    let list = |wanted: bool| -> Vec<&str> {
        let differs = known.iter().filter(|(intent, bits, _)| {
            needed.contains(*intent) == wanted && (flags & bits != 0) != wanted
        });
        differs.map(|(_, _, name)| *name).collect()
    };
    let (missing, more) = (list(true), list(false));
    let mut findings = vec![];
    if !missing.is_empty() {
        findings.push(Finding::fault(
            "discord-intents",
            say_with_text("doctor-discord-intents", &missing.join(", ")),
        ));
    }
    if !more.is_empty() {
        findings.push(Finding::warning(
            "discord-intents",
            say_with_text("doctor-discord-intents-more", &more.join(", ")),
        ));
    }
    findings
}

/// With an endpoint set, commands and presses go there and never reach the gateway.
pub(super) fn about_endpoint(url: Option<&str>) -> Option<Finding> {
    let url = url.filter(|url| !url.is_empty())?;
    let host = Url::parse(url).ok();
    let host = host.as_ref().and_then(Url::host_str).unwrap_or("?");
    Some(Finding::fault(
        "discord-endpoint",
        say_with_text("doctor-discord-endpoint", host),
    ))
}

/// Whether the sessions of a day run out: a bot without one hears nothing.
pub(super) fn about_sessions(remaining: u64) -> Option<Finding> {
    let left = || {
        let left = i64::try_from(remaining).unwrap_or(i64::MAX);
        [("left", Arg::Number(left))]
    };
    match remaining {
        0 => Some(Finding::fault(
            "discord-sessions",
            say_with("doctor-discord-sessions", left()),
        )),
        few if few < FEW_SESSIONS => Some(Finding::warning(
            "discord-sessions",
            say_with("doctor-discord-sessions", left()),
        )),
        _ => None,
    }
}

/// What the bot may do on a server ("Permissions" in Discord's reference); single channels may
/// take some of it away.
pub(super) fn granted(server: &Server, member: &Member, guild: GuildId) -> Permissions {
    let roles = server.roles.iter().filter(|role| {
        // The role of everybody has the server's own number.
        role.id.get() == guild.get() || member.roles.contains(&role.id)
    });
    let all = roles.fold(Permissions::empty(), |all, role| all | role.permissions);
    if all.administrator() {
        Permissions::all()
    } else {
        all
    }
}

pub(super) fn about_permissions(server: &str, granted: Permissions) -> Vec<Finding> {
    let lacks = |wanted: &[(Permissions, &str)]| -> String {
        let missing = wanted.iter().filter(|(one, _)| !granted.contains(*one));
        let names: Vec<&str> = missing.map(|(_, name)| *name).collect();
        names.join(", ")
    };
    let says = |permissions: String| {
        [
            ("server", Arg::Text(server.to_owned())),
            ("permissions", Arg::Text(permissions)),
        ]
    };
    let (needed, useful) = (lacks(&NEEDED), lacks(&USEFUL));
    let mut findings = vec![];
    if !needed.is_empty() {
        let says = say_with("doctor-discord-permissions", says(needed));
        findings.push(Finding::fault("discord-server", says));
    }
    if !useful.is_empty() {
        let says = say_with("doctor-discord-permissions-some", says(useful));
        findings.push(Finding::warning("discord-server", says));
    }
    if findings.is_empty() {
        findings.push(Finding::ok(
            "discord-server",
            say_with_text("doctor-discord-server", server),
        ));
    }
    findings
}

/// The page where a person with the right to do so adds the bot, with the permissions it needs.
pub(super) fn invitation(application: ApplicationId, guild: Option<GuildId>) -> String {
    let all = NEEDED.iter().chain(&USEFUL);
    let permissions = all.fold(Permissions::empty(), |all, (one, _)| all | *one);
    let guild = guild.map_or(String::new(), |guild| format!("&guild_id={guild}"));
    format!(
        "https://discord.com/oauth2/authorize?client_id={}&scope=bot+applications.commands&permissions={}{guild}",
        application,
        permissions.bits()
    )
}

#[cfg(test)]
mod tests {
    use super::super::super::gateway::INTENTS;
    use super::*;
    use crate::channels::checkup::Level;

    fn levels(needed: GatewayIntents, flags: u64) -> Vec<Level> {
        let found = about_intents(needed, flags).into_iter();
        found.map(|finding| finding.level).collect()
    }

    #[test]
    fn an_intent_is_missing_or_too_much() {
        let content = GatewayIntents::GUILDS | GatewayIntents::MESSAGE_CONTENT;
        assert_eq!(levels(content, 0), [Level::Fault]);
        assert_eq!(levels(content, 1 << 18), []);
        assert_eq!(levels(content, MESSAGE_CONTENT_LIMITED), []);
        assert_eq!(levels(INTENTS, 0), []);
        assert_eq!(levels(INTENTS, MESSAGE_CONTENT_LIMITED), [Level::Warning]);
        let members = content | GatewayIntents::GUILD_MEMBERS;
        assert_eq!(
            about_intents(members, 1 << 13),
            [
                Finding::fault(
                    "discord-intents",
                    say_with_text(
                        "doctor-discord-intents",
                        "Server Members Intent, Message Content Intent"
                    )
                ),
                Finding::warning(
                    "discord-intents",
                    say_with_text("doctor-discord-intents-more", "Presence Intent")
                ),
            ]
        );
    }

    #[test]
    fn permissions_come_from_everybody_and_from_roles() {
        let role = |id: u64, permissions| Role {
            id: RoleId::new(id),
            permissions,
        };
        let server = Server {
            name: String::new(),
            roles: vec![
                role(1, Permissions::VIEW_CHANNEL),
                role(2, Permissions::SEND_MESSAGES),
                role(3, Permissions::ADMINISTRATOR),
            ],
        };
        let with = |roles: &[u64]| {
            let roles = roles.iter().map(|id| RoleId::new(*id)).collect();
            granted(&server, &Member { roles }, GuildId::new(1))
        };
        assert_eq!(with(&[]), Permissions::VIEW_CHANNEL);
        assert_eq!(
            with(&[2]),
            Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES
        );
        assert_eq!(with(&[3]), Permissions::all());
    }

    #[test]
    fn sessions_run_out() {
        let level = |left| about_sessions(left).map(|finding| finding.level);
        assert_eq!(level(1000), None);
        assert_eq!(level(49), Some(Level::Warning));
        assert_eq!(level(0), Some(Level::Fault));
    }
}
