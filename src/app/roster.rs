//! Who works with alerts, made of `bot.toml`.

use anyhow::Context as _;
use chrono::NaiveTime;
use chrono_tz::Tz;

use super::Loaded;
use crate::base::civil;
use crate::channels;
use crate::config::operators::{Day, OperatorSettings};
use crate::people::bearer::Bearer;
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
            if let Some((channel, group)) =
                group.with_context(|| format!("[[operator]] \"{name}\""))?
            {
                roster.add_group(channel, group, operator.role);
            }
            if let Some(bearer) = bearer(operator, actor, self.city.zone())? {
                if let Some(known) = roster.bearers.iter().find(|known| known.is_same(&bearer)) {
                    let known = &known.actor.name;
                    anyhow::bail!(
                        "[[operator]] \"{name}\" has the token of \"{known}\": make each a token of its own"
                    );
                }
                roster.bearers.push(bearer);
            }
        }
        Ok(roster)
    }
}

/// The token of an operator's program.
fn bearer(operator: &OperatorSettings, actor: Actor, zone: Tz) -> anyhow::Result<Option<Bearer>> {
    let name = &operator.name;
    let Some(hash) = operator.token else {
        anyhow::ensure!(
            operator.expires.is_none() && operator.scopes.is_empty(),
            "[[operator]] \"{name}\": expires and scopes are a token's, and there is none"
        );
        return Ok(None);
    };
    anyhow::ensure!(
        !operator.scopes.is_empty(),
        "[[operator]] \"{name}\": say what the token is for, such as scopes = [\"read\"]"
    );
    // The day after, at midnight in the city.
    let until = operator.expires.and_then(|Day(day)| day.succ_opt());
    let until = until.map(|day| civil::instant(zone, day.and_time(NaiveTime::MIN)));
    Ok(Some(Bearer::new(
        actor,
        hash,
        operator.scopes.clone(),
        until,
    )))
}
