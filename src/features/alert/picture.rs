//! The pictures of an alert: a map in every language, drawn before anything is written down.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::letter::{self, districts};
use super::map::{Affected, Atlas, Captions, PaintFault};
use super::rules::{self, Judgement};
use super::{Alert, MsgType, ResponseType};
use crate::base::clock::Millis;
use crate::city::{City, Set};
use crate::message::catalogue::{Catalogue, CatalogueError};
use crate::message::picture::Picture;
use crate::message::{Arg, Lang, Words, say, say_with};
use crate::outbox::picture::Pictures;

/// The pictures of one alert by the language they are labelled in; a language may lack one.
pub type Maps = BTreeMap<Lang, Picture<Words>>;

/// Draws the maps of alerts and keeps them. Clones share what was prepared.
#[derive(Clone)]
pub struct Painter {
    atlas: Arc<Atlas>,
    city: Arc<City>,
    catalogue: Arc<Catalogue>,
    pictures: Pictures,
}

/// Why an alert goes out without its map.
#[derive(Debug, thiserror::Error)]
enum Fault {
    #[error(transparent)]
    Words(#[from] CatalogueError),
    #[error(transparent)]
    Paint(#[from] PaintFault),
    #[error("the folder of pictures: {0}")]
    Folder(#[from] std::io::Error),
}

impl Painter {
    /// A painter for a city, who keeps what is drawn in `pictures`. Reads the fonts and lays the
    /// city flat, once.
    #[must_use]
    pub fn new(catalogue: Arc<Catalogue>, city: Arc<City>, pictures: Pictures) -> Self {
        Self {
            atlas: Arc::new(Atlas::new(&city)),
            city,
            catalogue,
            pictures,
        }
    }

    /// The maps of an alert as of `at`, drawn beside the tasks of this process. What revokes
    /// another or says that all is over has none. Nothing here holds an alert back: what could
    /// not be drawn or kept is logged, and the letter goes without.
    pub async fn maps(&self, alert: &Alert, at: Millis) -> Maps {
        if alert.msg_type == Some(MsgType::Cancel) {
            return Maps::new();
        }
        let (painter, alert) = (self.clone(), alert.clone());
        let drawn = tokio::task::spawn_blocking(move || painter.draw(&alert, at)).await;
        drawn.unwrap_or_else(|why| {
            tracing::error!("the map of an alert could not be drawn: {why}");
            Maps::new()
        })
    }

    fn draw(&self, alert: &Alert, at: Millis) -> Maps {
        // Where an alert is for does not depend on what went out before.
        let judgement = rules::judge(alert, &self.city, at, |_| None);
        let over = |info: &super::Info| info.response_types.contains(&ResponseType::AllClear);
        if judgement.districts.is_empty() || judgement.infos.iter().any(over) {
            return Maps::new();
        }
        let affected = affected(&judgement, &self.city);
        let mut maps = Maps::new();
        for lang in self.catalogue.languages() {
            match self.map(alert, &judgement, &affected, lang) {
                Ok(Some(picture)) => {
                    maps.insert(lang, picture);
                }
                Ok(None) => {}
                Err(why) => tracing::error!(%lang, "an alert goes without its map: {why}"),
            }
        }
        maps
    }

    fn map(
        &self,
        alert: &Alert,
        judgement: &Judgement,
        affected: &Affected,
        lang: Lang,
    ) -> Result<Option<Picture<Words>>, Fault> {
        let Some(sheet) = self.atlas.sheet(affected) else {
            return Ok(None);
        };
        let word = |words: &Words| self.catalogue.word(words, lang);
        let letter = letter::letter(alert, judgement, &self.city, lang);
        let captions = Captions {
            title: letter
                .title
                .as_ref()
                .map(word)
                .transpose()?
                .unwrap_or_default(),
            affected: word(&say("map-affected"))?,
            length: word(&length(sheet.scale_metres()))?,
        };
        let id = self.pictures.keep(&sheet.png(&captions, lang)?)?;
        Ok(Some(Picture {
            id,
            alternative: alternative(affected, &self.city),
        }))
    }
}

/// What a map of this alert shows.
#[must_use]
pub fn affected(judgement: &Judgement, city: &City) -> Affected {
    let (whole, shapes) = rules::drawn(judgement, city);
    Affected {
        whole,
        touched: judgement.districts,
        shapes,
    }
}

/// What a map says, for whoever cannot see it.
#[must_use]
pub fn alternative(affected: &Affected, city: &City) -> Words {
    let all = affected.whole.or(affected.touched);
    let place = [("where", Arg::Words(Box::new(districts(all, city))))];
    let everywhere = city.in_set(all).count() == city.districts().len();
    if affected.whole == Set::NONE && !everywhere {
        say_with("map-alternative-part", place)
    } else {
        say_with("map-alternative", place)
    }
}

/// How long the scale is, in words.
fn length(metres: u32) -> Words {
    if metres >= 1000 {
        say_with(
            "map-kilometres",
            [("number", Arg::Number(i64::from(metres / 1000)))],
        )
    } else {
        say_with("map-metres", [("number", Arg::Number(i64::from(metres)))])
    }
}
