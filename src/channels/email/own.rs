//! The reader's own part of a mail: links that are signed for one address, equal in every attempt.

use std::time::Duration;

use super::words::EmailWords;
use crate::base::link::{PREFERENCES, PRESS, Personal, UNSUBSCRIBE};
use crate::base::token::Keyring;
use crate::channel::Parcel;
use crate::config::web::BaseUrl;
use crate::message::Action;

/// How long the links of a mail hold after it was written; the one that unsubscribes never ends.
const LINKS_HOLD: Duration = Duration::from_hours(24 * 30);

/// Where our pages are in the world.
pub(super) struct Pages(pub(super) BaseUrl);

/// What only this reader gets.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Own {
    /// The buttons that answer us: what they say, and the page that does it.
    pub(super) presses: Vec<(String, String)>,
    /// The page that shows what they have chosen, in a letter to many.
    pub(super) preferences: Option<String>,
    /// The page that unsubscribes (RFC 8058), in a letter to many.
    pub(super) unsubscribe: Option<String>,
    /// The address that unsubscribes, in a letter to many.
    pub(super) mailto: Option<String>,
}

impl Own {
    /// The own part of a parcel; `mailto` is the way to stop of a letter to many.
    pub(super) fn of(
        parcel: &Parcel<'_>,
        pages: Option<&Pages>,
        keys: &Keyring,
        mailto: Option<String>,
    ) -> Self {
        let mut own = Self {
            mailto,
            ..Self::default()
        };
        let Some(Pages(base)) = pages else {
            return own;
        };
        let (address, generation) = parcel.address;
        let lang = parcel.rendering.lang;
        // From the letter's own date: a repeat is byte for byte the same.
        let token = |purpose: &str, rest: &str| {
            let link = Personal {
                address,
                generation,
                expires: (purpose != UNSUBSCRIBE).then(|| parcel.dated.plus(LINKS_HOLD)),
                rest: rest.to_owned(),
            };
            link.sign(keys, purpose)
        };
        let all = parcel.rendering.letter.actions.iter().flatten();
        own.presses = all
            .filter_map(|action| match action {
                Action::Press { label, token } => Some((label, token)),
                _ => None,
            })
            .map(|(label, press)| {
                let token = token(PRESS, press.as_str());
                (label.clone(), base.of(&format!("/{lang}/do/{token}")))
            })
            .collect();
        if own.mailto.is_some() {
            let preferences = token(PREFERENCES, "");
            own.preferences = Some(base.of(&format!("/{lang}/preferences/{preferences}")));
            own.unsubscribe = Some(base.of(&format!("/u/{}", token(UNSUBSCRIBE, ""))));
        }
        own
    }

    /// What can be changed: the links at the foot, with what they say.
    pub(super) fn links<'a>(
        &'a self,
        words: &'a EmailWords,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        let preferences = self.preferences.as_deref();
        let stop = self.unsubscribe.as_deref().or(self.mailto.as_deref());
        let links = [
            preferences.map(|url| (words.preferences.as_str(), url)),
            stop.map(|url| (words.unsubscribe.as_str(), url)),
        ];
        links.into_iter().flatten()
    }
}
