//! Who may do what with alerts: one question, denied unless somebody may.

use std::collections::HashMap;

use super::bearer::Bearer;
use crate::config::operators::Role;
use crate::message::{Arg, Words, say, say_with};

/// Somebody who acts, as the record knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Their name; whoever submits cannot approve under the same one.
    pub name: String,
    /// What they may do.
    pub role: Role,
}

/// What is done with an alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// Looking at drafts, reports and the record.
    Look,
    /// Writing a draft, or submitting one.
    Draft,
    /// Sending what needs no second person; cancelling and correcting; drills.
    Send,
    /// Approving, returning or rejecting what another submitted.
    Decide,
    /// Sending alone what needs two.
    BreakGlass,
}

/// The accounts that operators act from.
#[derive(Debug, Clone, Default)]
pub struct Roster {
    accounts: HashMap<(&'static str, String), Actor>,
    groups: HashMap<(&'static str, String), Role>,
    /// The tokens of their programs.
    pub bearers: Vec<Bearer>,
}

impl Doing {
    const fn least(self) -> Role {
        match self {
            Self::Look => Role::Viewer,
            Self::Draft => Role::Moderator,
            Self::Send | Self::BreakGlass => Role::Publisher,
            Self::Decide => Role::Approver,
        }
    }
}

/// Whether `actor` may do this; else why not.
///
/// # Errors
/// The reason, for the actor to read.
pub fn authorize(actor: &Actor, doing: Doing) -> Result<(), Words> {
    if actor.role >= doing.least() {
        return Ok(());
    }
    let needed = role(doing.least());
    let own = role(actor.role);
    Err(say_with(
        "permit-denied",
        [
            ("own", Arg::Words(Box::new(own))),
            ("needed", Arg::Words(Box::new(needed))),
        ],
    ))
}

/// A role's name.
#[must_use]
pub fn role(role: Role) -> Words {
    match role {
        Role::Viewer => say("role-viewer"),
        Role::Moderator => say("role-moderator"),
        Role::Publisher => say("role-publisher"),
        Role::Approver => say("role-approver"),
        Role::Administrator => say("role-administrator"),
    }
}

impl Roster {
    /// Adds a person's account.
    pub fn add(&mut self, channel: &'static str, handle: String, actor: Actor) {
        self.accounts.insert((channel, handle), actor);
    }

    /// Adds everybody of a group of a network, by the group's own number there.
    pub fn add_group(&mut self, channel: &'static str, group: String, role: Role) {
        self.groups.insert((channel, group), role);
    }

    /// Who acts from this account, which the network says to be in these groups. A person's own
    /// entry counts before any group; of groups the highest role.
    #[must_use]
    pub fn find(&self, channel: &'static str, handle: &str, groups: &[String]) -> Option<Actor> {
        if let Some(actor) = self.accounts.get(&(channel, handle.to_owned())) {
            return Some(actor.clone());
        }
        let of_groups = groups
            .iter()
            .filter_map(|group| self.groups.get(&(channel, group.clone())));
        Some(Actor {
            name: format!("{channel}:{handle}"),
            role: *of_groups.max()?,
        })
    }

    /// The accounts of whoever has at least this role, in a settled order.
    #[must_use]
    pub fn at_least(&self, role: Role) -> Vec<(&'static str, &str, &Actor)> {
        let mut all: Vec<_> = (self.accounts.iter())
            .filter(|(_, actor)| actor.role >= role)
            .map(|((channel, handle), actor)| (*channel, handle.as_str(), actor))
            .collect();
        all.sort_by_key(|(channel, handle, _)| (*channel, *handle));
        all
    }

    /// The person of this name.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&Actor> {
        let by_token = self.bearers.iter().map(|bearer| &bearer.actor);
        let mut all = self.accounts.values().chain(by_token);
        all.find(|actor| actor.name == name)
    }
}
