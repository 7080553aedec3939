//! The permanent page of one alert: what it said, and how it stands now.

use axum::extract::Path;
use maud::html;

use super::asked::public;
use super::now::address;
use super::{Answer, Asked, Failure, feeds};
use crate::base::clock::Millis;
use crate::features::alert::cap::write::MEDIA_TYPE;
use crate::features::now::{self, store};
use crate::message::catalogue::CatalogueError;
use crate::message::{Arg, Letter, Weight};
use crate::page::{Head, Tone, Trouble, letter, notice, path};

/// The page.
pub(super) async fn page(asked: Asked, Path((_, id)): Path<(String, String)>) -> Answer {
    let id: i64 = id.parse().map_err(|_| Failure(Trouble::NotFound))?;
    let (site, voice) = (&asked.site, asked.voice());
    let mut tx = site.db.read().await?;
    let told = store::find(&mut tx, id, site.clock.now()).await?;
    drop(tx);
    let told = told.ok_or(Failure(Trouble::NotFound))?;
    let worded = &told.letter.0;
    let own = worded.get(&asked.lang).or_else(|| worded.values().next());
    let own = own.ok_or(Failure(Trouble::NotFound))?;

    let sent = voice.say_with("alert-page-sent", [("at", Arg::Time(told.created))])?;
    let standing = Standing::of(&asked, told.standing, told.expires)?;
    let own = Letter {
        // A warning that no longer counts does not shout.
        weight: match told.standing {
            now::Standing::InForce => own.weight,
            _ => Weight::Normal,
        },
        ..own.clone()
    };
    let main = html! {
        (notice(standing.tone, &html! {
            p { strong { (standing.words) } }
            @if let Some(newer) = standing.newer {
                p { a href=(path(asked.lang, &address(newer))) { (voice.say("alert-page-newer")?) } }
            }
        }))
        article { (letter(&own, voice, 1)?) }
        p.small { (sent) }
        @if told.alert.is_public() {
            p.small {
                a href=(feeds::cap_address(told.id)) rel="alternate" type=(MEDIA_TYPE) { (voice.say("feed-cap")?) }
            }
        }
        p.actions { a.button.second href=(path(asked.lang, "/now")) { (voice.say("web-now-link")?) } }
    };
    let path = address(told.id);
    let head = Head {
        title: own.title.clone().unwrap_or_default(),
        description: Some(standing.words),
        path: &path,
        public: true,
    };
    Ok(public(asked.frame().page(&head, &main)?))
}

/// How the alert stands, said before anything that it says itself.
pub(super) struct Standing {
    tone: Tone,
    pub words: String,
    pub newer: Option<i64>,
}

impl Standing {
    pub fn of(
        asked: &Asked,
        standing: now::Standing,
        expires: Millis,
    ) -> Result<Self, CatalogueError> {
        let voice = asked.voice();
        let until = [("until", Arg::Time(expires))];
        let (tone, words, newer) = match standing {
            now::Standing::InForce => (
                Tone::Plain,
                voice.say_with("alert-page-in-force", until)?,
                None,
            ),
            now::Standing::Updated(newer) => (Tone::Wrong, voice.say("alert-page-updated")?, newer),
            now::Standing::Cancelled(newer) => {
                (Tone::Wrong, voice.say("alert-page-cancelled")?, newer)
            }
            now::Standing::AllClear => (Tone::Good, voice.say("alert-page-all-clear")?, None),
            now::Standing::Over => (Tone::Wrong, voice.say_with("alert-page-over", until)?, None),
        };
        Ok(Self { tone, words, newer })
    }
}
