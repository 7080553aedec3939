//! Which channel leads to which person: a bounded memory, so that most messages cost one request.

use std::sync::{Mutex, PoisonError};

use serenity::model::id::{ChannelId, UserId};

/// How many persons are remembered at most: 2 MiB, taken when the first one is.
const PLACES: usize = 1 << 17;

/// Direct-message channels by person. A person has one place, and a later one who falls on the
/// same place takes it over.
#[derive(Debug)]
pub(super) struct Directs(Mutex<Vec<Option<(UserId, ChannelId)>>>);

impl Default for Directs {
    fn default() -> Self {
        Self(Mutex::new(vec![]))
    }
}

impl Directs {
    pub(super) fn get(&self, person: UserId) -> Option<ChannelId> {
        let places = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (known, channel) = (*places.get(place(person))?)?;
        (known == person).then_some(channel)
    }

    pub(super) fn remember(&self, person: UserId, channel: ChannelId) {
        let mut places = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if places.is_empty() {
            *places = vec![None; PLACES];
        }
        places[place(person)] = Some((person, channel));
    }

    pub(super) fn forget(&self, person: UserId) {
        let mut places = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(place) = places.get_mut(place(person)) {
            *place = None;
        }
    }
}

/// Ids made in the same second differ in few bits: a multiplication spreads them (Fibonacci hash).
fn place(person: UserId) -> usize {
    let spread = person.get().wrapping_mul(0x9E37_79B9_7F4A_7C15);
    usize::try_from(spread >> (u64::BITS - PLACES.trailing_zeros())).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn persons_are_remembered_apart_within_bounds() {
        let directs = Directs::default();
        let id = |n: u64| (UserId::new(n << 22 | 1), ChannelId::new(n));
        for n in 1..=500_000 {
            let (person, channel) = id(n);
            directs.remember(person, channel);
        }
        let known = (1..=500_000).filter(|n| {
            let (person, channel) = id(*n);
            directs.get(person).is_some_and(|found| {
                assert_eq!(found, channel, "never somebody else's");
                true
            })
        });
        let known = known.count();
        assert!((PLACES / 2..=PLACES).contains(&known), "{known}");
        let (last, _) = id(500_000);
        directs.forget(last);
        assert_eq!(directs.get(last), None);
    }
}
