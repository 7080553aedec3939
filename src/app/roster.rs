//! Who works with alerts, made of `bot.toml`.

use anyhow::Context as _;

use super::Loaded;
use crate::channels;
use crate::people::permit::{Actor, Roster};

impl Loaded {
    /// Who works with alerts; nobody where the settings are wrong, which is logged and keeps nobody
    /// else from their letters.
    pub(super) fn known_roster(&self) -> Roster {
        self.roster().unwrap_or_else(|why| {
            tracing::error!("nobody can work with alerts: {why}");
            Roster::default()
        })
    }

    /// Who works with alerts, from which accounts.
    ///
    /// # Errors
    /// An account that is none, a name with two roles, or a role of a server that is not named.
    pub fn roster(&self) -> anyhow::Result<Roster> {
        let mut roster = Roster::default();
        for operator in &self.config.operators {
            let name = &operator.name;
            let actor = Actor {
                name: name.clone(),
                role: operator.role,
            };
            if let Some(known) = roster.named(name)
                && known.role != actor.role
            {
                anyhow::bail!("[[operator]] \"{name}\" has two roles: give each person one");
            }
            for (channel, account) in channels::accounts(operator) {
                let handle = match channels::parse_handle(channel, &account) {
                    Ok((handle, false)) => handle,
                    Ok(_) => anyhow::bail!(
                        "[[operator]] \"{name}\": {channel} = {account} is a group, not a person"
                    ),
                    Err(_) => {
                        anyhow::bail!(
                            "[[operator]] \"{name}\": {channel} = {account} is no account"
                        )
                    }
                };
                roster.add(channel, handle, actor.clone());
            }
            let group = channels::group(&self.config, operator);
            if let Some(group) = group.with_context(|| format!("[[operator]] \"{name}\""))? {
                roster.add_group(group.channel, (group.group, group.called_at), actor);
            }
        }
        Ok(roster)
    }
}
