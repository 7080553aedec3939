//! The hand of the world: people, servers and channels come and go, the gateway misbehaves.

use serde_json::{Value, json};

use super::faults::GatewayTrouble;
use super::sessions::{Down, intents};
use super::world::{Channel, Guild, Kind, Person};
use super::{Discord, commands, wire};

impl Discord {
    /// Adds a person. `locale` is the language of their client, one of Discord's tags (`bg`,
    /// `en-US`).
    pub fn add_person(&self, id: u64, name: &str, locale: &str) {
        let person = Person {
            id,
            name: name.to_owned(),
            locale: locale.to_owned(),
            direct: None,
            closed: false,
        };
        self.0.world().people.insert(person.id, person);
    }

    /// Adds a server that the bot is in.
    pub fn add_guild(&self, id: u64, name: &str, locale: &str) {
        let mut world = self.0.world();
        let guild = Guild {
            id,
            name: name.to_owned(),
            locale: locale.to_owned(),
            permissions: wire::MEMBER_PERMISSIONS,
            roles: std::collections::BTreeMap::new(),
            members: std::collections::BTreeMap::new(),
            channels: std::collections::BTreeSet::new(),
        };
        let shown = wire::whole_guild(&world, &guild);
        world.guilds.insert(id, guild);
        world
            .sessions
            .dispatch("GUILD_CREATE", intents::GUILDS, &shown);
    }

    /// Adds a role to a server.
    pub fn add_role(&self, guild: u64, id: u64, name: &str) {
        if let Some(guild) = self.0.world().guilds.get_mut(&guild) {
            guild.roles.insert(id, name.to_owned());
        }
    }

    /// Makes a person a member of a server, with these roles.
    pub fn join(&self, person: u64, guild: u64, roles: &[u64]) {
        if let Some(guild) = self.0.world().guilds.get_mut(&guild) {
            guild
                .members
                .insert(person, roles.iter().copied().collect());
        }
    }

    /// Adds a text channel to a server.
    pub fn add_channel(&self, guild: u64, id: u64, name: &str) {
        let mut world = self.0.world();
        let kind = Kind::Text {
            guild,
            name: name.to_owned(),
        };
        let channel = Channel::new(id, kind);
        let shown = wire::channel(&world, &channel);
        world.channels.insert(id, channel);
        if let Some(guild) = world.guilds.get_mut(&guild) {
            guild.channels.insert(id);
        }
        world
            .sessions
            .dispatch("CHANNEL_CREATE", intents::GUILDS, &shown);
    }

    /// Takes a channel away (10003).
    pub fn remove_channel(&self, channel: u64) {
        let mut world = self.0.world();
        let Some(gone) = world.channels.remove(&channel) else {
            return;
        };
        if let Some(guild) = gone.guild().and_then(|id| world.guilds.get_mut(&id)) {
            guild.channels.remove(&channel);
        }
        let shown = wire::channel(&world, &gone);
        world
            .sessions
            .dispatch("CHANNEL_DELETE", intents::GUILDS, &shown);
    }

    /// Takes the bot out of a server: its channels are gone for it.
    pub fn remove_guild(&self, guild: u64) {
        let mut world = self.0.world();
        let Some(gone) = world.guilds.remove(&guild) else {
            return;
        };
        for channel in &gone.channels {
            world.channels.remove(channel);
        }
        let shown = json!({"id": guild.to_string()});
        world
            .sessions
            .dispatch("GUILD_DELETE", intents::GUILDS, &shown);
    }

    /// Hides a channel from the bot (50001), or shows it again.
    pub fn forbid_channel(&self, channel: u64, forbidden: bool) {
        if let Some(channel) = self.0.world().channels.get_mut(&channel) {
            channel.forbidden = forbidden;
        }
    }

    /// Makes a person refuse direct messages (50007), or take them again.
    pub fn close_dms(&self, person: u64, closed: bool) {
        if let Some(person) = self.0.world().people.get_mut(&person) {
            person.closed = closed;
        }
    }

    /// The channel of the conversation between bot and person, opened when it is not yet; `None`
    /// for somebody unknown.
    #[must_use]
    pub fn dm(&self, person: u64) -> Option<u64> {
        let now = self.0.now();
        self.0.world().direct(person, now)
    }

    /// Grants the application privileged intents, as bits (`1 << 15` for `MESSAGE_CONTENT`).
    pub fn grant_intents(&self, bits: u64) {
        self.0.world().privileged = bits;
    }

    /// How many connections carry a session now.
    #[must_use]
    pub fn listening(&self) -> usize {
        self.0.world().sessions.listening()
    }

    /// How many times the bot identified itself; a RESUME does not count.
    #[must_use]
    pub fn identified(&self) -> u64 {
        self.0.world().sessions.identified
    }

    /// The chat commands that hold everywhere, as the platform stores them.
    #[must_use]
    pub fn commands(&self) -> Vec<Value> {
        self.listed(None)
    }

    /// The chat commands of one server alone.
    #[must_use]
    pub fn commands_of(&self, guild: u64) -> Vec<Value> {
        self.listed(Some(guild))
    }

    fn listed(&self, guild: Option<u64>) -> Vec<Value> {
        match commands::list(&mut self.0.world(), guild, true) {
            Ok(Value::Array(commands)) => commands,
            _ => vec![],
        }
    }

    /// The messages of a channel, oldest first, as REST shows them; ephemeral ones too.
    #[must_use]
    pub fn messages_of(&self, channel: u64) -> Vec<Value> {
        let world = self.0.world();
        let place = world.channels.get(&channel);
        place
            .into_iter()
            .flat_map(|place| place.messages.values())
            .map(|message| wire::message(&world, message))
            .collect()
    }

    /// Makes something go wrong at the gateway, now.
    pub fn gateway(&self, trouble: GatewayTrouble) {
        let mut world = self.0.world();
        let sessions = &mut world.sessions;
        match trouble {
            GatewayTrouble::Close(code) => {
                sessions.send_all(&Down::Close(code, "As ordered."));
                if matches!(code, 4004 | 4007 | 4009..=4014) {
                    sessions.end_all();
                }
            }
            GatewayTrouble::RefuseIdentify(code, times) => {
                sessions.refuse_identify = Some((code, times));
            }
            GatewayTrouble::Reconnect => {
                let frame = json!({"op": 7, "d": null, "s": null, "t": null}).to_string();
                sessions.send_all(&Down::Text(frame.into()));
            }
            GatewayTrouble::InvalidSession { resumable } => {
                let frame = json!({"op": 9, "d": resumable, "s": null, "t": null}).to_string();
                sessions.send_all(&Down::Text(frame.into()));
                if !resumable {
                    sessions.end_all();
                }
            }
            GatewayTrouble::Cut => sessions.disconnect_all(),
            GatewayTrouble::NoAcknowledgement => sessions.no_acknowledgement = true,
            GatewayTrouble::Silence => sessions.silent = true,
            GatewayTrouble::Recover => {
                sessions.no_acknowledgement = false;
                sessions.silent = false;
            }
        }
        drop(world);
        self.0.stir();
    }
}
