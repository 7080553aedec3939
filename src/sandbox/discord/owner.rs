//! What owners set on Discord's pages: the application's endpoint and intents, a server's permissions.

use super::Discord;
use super::refusal::{MISSING_ACCESS, MISSING_PERMISSIONS, Refusal};
use super::world::World;

/// "Permissions" in the platform's reference.
const VIEW_CHANNEL: u64 = 1 << 10;
const SEND_MESSAGES: u64 = 1 << 11;

/// Each privileged intent, and the flag of an application in few servers that has it.
const FLAGS: [(u64, u64); 3] = [(1 << 8, 1 << 13), (1 << 1, 1 << 15), (1 << 15, 1 << 19)];

impl Discord {
    /// The application's owner has commands and presses sent to an address instead of the
    /// gateway (`None`: to the gateway again). Nothing is ever sent there.
    pub fn set_interactions_endpoint(&self, url: Option<&str>) {
        self.0.world().endpoint = url.map(str::to_owned);
    }

    /// A server's owner sets what everybody there may do, the bot included, as bits.
    pub fn set_permissions(&self, guild: u64, bits: u64) {
        if let Some(guild) = self.0.world().guilds.get_mut(&guild) {
            guild.permissions = bits;
        }
    }
}

/// The application's flags for the privileged intents it was granted.
pub(super) fn flags(world: &World) -> u64 {
    let granted = FLAGS
        .iter()
        .filter(|(intent, _)| world.privileged & intent != 0);
    granted.map(|(_, flag)| flag).sum()
}

/// Refuses to write on a server where the bot may not.
pub(super) fn may_write_at(world: &World, guild: u64) -> Result<(), Refusal> {
    match world.guilds.get(&guild).map(|guild| guild.permissions) {
        Some(all) if all & VIEW_CHANNEL == 0 => Err(MISSING_ACCESS),
        Some(all) if all & SEND_MESSAGES == 0 => Err(MISSING_PERMISSIONS),
        _ => Ok(()),
    }
}
