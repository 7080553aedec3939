//! Two quick taps do one thing: what somebody does twice within a moment counts once.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher as _};
use std::time::Duration;

use crate::base::clock::Millis;
use crate::channel::{Act, Inbound};

/// How quick a second tap is.
const MOMENT: Duration = Duration::from_millis(1500);
/// People whose last tap is remembered: those of a moment, also when many people tap.
const REMEMBERED: usize = 16_384;

/// What each person did last, and when. What is done again after something else is meant: a page
/// turned on, back and on again.
#[derive(Debug, Default)]
pub(super) struct Quick(HashMap<u64, (u64, Millis)>);

impl Quick {
    /// Whether the same person did the same a moment ago, and nothing since.
    pub(super) fn is_again(&mut self, event: &Inbound) -> bool {
        let person = hash((event.channel, &event.from));
        let what = match &event.act {
            Act::Pressed(token) => hash(("pressed", token.as_str(), &event.on)),
            Act::Said(text) => hash(("said", text.as_str(), &event.on)),
            _ => {
                self.0.remove(&person);
                return false;
            }
        };
        let since = event.at.minus(MOMENT);
        if self
            .0
            .get(&person)
            .is_some_and(|(before, at)| *before == what && *at >= since && *at <= event.at)
        {
            return true;
        }
        if self.0.len() >= REMEMBERED {
            self.0.retain(|_, (_, at)| *at >= since);
        }
        if self.0.len() >= REMEMBERED {
            self.0.clear();
        }
        self.0.insert(person, (what, event.at));
        false
    }
}

fn hash(of: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}
