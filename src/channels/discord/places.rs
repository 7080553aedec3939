//! Which channels each server has: when the bot is removed, Discord names the server alone.

use std::collections::{BTreeSet, HashMap};

use serenity::model::id::{ChannelId, GuildId};

/// The most channels remembered. Beyond that a removal is found out at the next message.
const MOST: usize = 100_000;

/// The channels and threads that we know of, by server.
#[derive(Debug, Default)]
pub(super) struct Places {
    guilds: HashMap<GuildId, BTreeSet<ChannelId>>,
    count: usize,
}

impl Places {
    pub(super) fn add(&mut self, guild: GuildId, channels: impl IntoIterator<Item = ChannelId>) {
        let known = self.guilds.entry(guild).or_default();
        for channel in channels {
            if self.count < MOST && known.insert(channel) {
                self.count += 1;
            }
        }
    }

    pub(super) fn remove(&mut self, guild: GuildId, channel: ChannelId) {
        let known = self.guilds.get_mut(&guild);
        if known.is_some_and(|known| known.remove(&channel)) {
            self.count -= 1;
        }
    }

    /// Forgets a server and returns the channels it had.
    pub(super) fn take(&mut self, guild: GuildId) -> Vec<ChannelId> {
        let channels = self.guilds.remove(&guild).unwrap_or_default();
        self.count -= channels.len();
        channels.into_iter().collect()
    }
}
