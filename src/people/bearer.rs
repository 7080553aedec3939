//! Programs that act for an operator: the token they show, what it is good for, and until when.

use crate::base::bearer::Hash;
use crate::base::clock::Millis;
use crate::config::operators::{Role, Scope};
use crate::people::permit::{Actor, Roster};

/// A token as the roster knows it.
#[derive(Debug, Clone)]
pub struct Bearer {
    /// Whose it is.
    pub actor: Actor,
    hash: Hash,
    scopes: Vec<Scope>,
    /// From when on it is no longer good.
    pub until: Option<Millis>,
}

impl Bearer {
    /// The token with this hash, good for these scopes until then.
    #[must_use]
    pub fn new(actor: Actor, hash: Hash, mut scopes: Vec<Scope>, until: Option<Millis>) -> Self {
        scopes.sort_unstable();
        scopes.dedup();
        Self {
            actor,
            hash,
            scopes,
            until,
        }
    }

    /// Whether both are the same token.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.hash == other.hash
    }

    /// What it is good for, in a settled order.
    #[must_use]
    pub fn scopes(&self) -> &[Scope] {
        &self.scopes
    }

    /// Whether it is good for this.
    #[must_use]
    pub fn may(&self, scope: Scope) -> bool {
        self.scopes.contains(&scope)
    }

    /// Its operator, acting through it for `scope`. Who only drafts lets nothing go out: without
    /// [`Scope::Send`] they count as a moderator, and what they submit waits for a second person.
    #[must_use]
    pub fn acting(&self, scope: Scope) -> Actor {
        let role = match scope {
            Scope::Draft if !self.may(Scope::Send) => self.actor.role.min(Role::Moderator),
            _ => self.actor.role,
        };
        Actor {
            name: self.actor.name.clone(),
            role,
        }
    }
}

impl Roster {
    /// Whose token this is. Every token is compared, whichever of them it is.
    #[must_use]
    pub fn bearer(&self, token: &str) -> Option<&Bearer> {
        let hash = Hash::of(token);
        let mut found = None;
        for bearer in &self.bearers {
            if bearer.hash.is(&hash) {
                found = Some(bearer);
            }
        }
        found
    }
}
