//! The letter that says what is on now: for a wish, a place or the whole city.

use std::collections::BTreeMap;

use url::Url;

use crate::base::clock::Millis;
use crate::city::{City, Set};
use crate::message::{Action, Arg, Block, Lang, Letter, Token, Weight, Words, say, say_with};
use crate::people::Wish;

/// The most alerts that one letter lists.
const MOST: usize = 10;
/// The most of them that get a button of their own.
const MOST_BUTTONS: usize = 5;

/// An alert in force, as far as a list tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Our id of the alert.
    pub id: i64,
    /// Its letter.
    pub letter: i64,
    /// Where.
    pub districts: Set,
    /// Where as a whole; elsewhere its strips say where exactly.
    pub whole: Set,
    /// South, north, west and east of rectangles, in millionths of a degree.
    pub strips: Vec<[i64; 4]>,
    /// About what; none: about something that concerns all.
    pub topics: Set,
    /// 0 to 3.
    pub severity: i64,
    /// Until when.
    pub expires: Millis,
    /// Its title by language.
    pub titles: BTreeMap<Lang, String>,
}

impl Notice {
    /// Whether it is about a place in `districts`.
    #[must_use]
    pub fn is_in(&self, districts: Set) -> bool {
        self.districts.0 & districts.0 != 0
    }

    /// Whether somebody with this wish should know of it.
    #[must_use]
    pub fn concerns(&self, wish: &Wish) -> bool {
        let about = self.topics.is_empty() || self.topics.0 & wish.topics.0 != 0;
        about
            && self.severity >= wish.least_severity
            && self.is_in(wish.districts)
            && wish.spot.is_none_or(|spot| {
                self.whole.0 & wish.districts.0 != 0
                    || self
                        .strips
                        .iter()
                        .any(|strip| reaches(strip, spot.point, spot.radius_m))
            })
    }
}

/// Millionths of a degree of latitude in a metre, times a thousand: 111 320 m a degree.
const MILLIONTHS_A_KILOMETRE: i64 = 8983;

/// Whether a circle reaches into a rectangle.
fn reaches(strip: &[i64; 4], point: crate::base::point::Point, radius_m: i64) -> bool {
    let [south, north, west, east] = *strip;
    let up = (south - point.lat).max(point.lat - north).max(0);
    let along = (west - point.lon).max(point.lon - east).max(0);
    let (lat, _) = point.degrees();
    #[expect(clippy::cast_possible_truncation, reason = "a cosine times a thousand")]
    let squeeze = (lat.to_radians().cos() * 1000.0) as i64;
    let along = along.saturating_mul(squeeze) / 1000;
    let reach = radius_m.saturating_mul(MILLIONTHS_A_KILOMETRE) / 1000;
    up.saturating_mul(up)
        .saturating_add(along.saturating_mul(along))
        <= reach.saturating_mul(reach)
}

/// For whom a list is.
#[derive(Debug, Clone, PartialEq)]
pub enum Scope {
    /// For what a person wishes.
    Mine,
    /// For districts, under this name.
    Place(Set, Words),
    /// For the whole city.
    City,
}

/// What a list of notices says, as blocks: one line each, the gravest first, or that there is
/// nothing.
#[must_use]
pub fn blocks(found: &[&Notice], scope: &Scope) -> Vec<Block> {
    if found.is_empty() {
        return vec![Block::Paragraph(match scope {
            Scope::Mine => say("now-nothing-mine"),
            Scope::Place(_, name) => say_with(
                "now-nothing-place",
                [("place", Arg::Words(Box::new(name.clone())))],
            ),
            Scope::City => say("now-nothing-city"),
        })];
    }
    let line = |notice: &&Notice| {
        let title = Arg::Words(Box::new(Words::Written(notice.titles.clone())));
        say_with(
            "now-line",
            [("title", title), ("until", Arg::Time(notice.expires))],
        )
    };
    let mut blocks = vec![Block::Bullets(found.iter().take(MOST).map(line).collect())];
    let more = found.len().saturating_sub(MOST);
    if more > 0 {
        let count = i64::try_from(more).unwrap_or(i64::MAX);
        blocks.push(Block::Paragraph(say_with(
            "now-more",
            [("count", Arg::Number(count))],
        )));
    }
    blocks
}

/// The page of an alert, which can be passed on; `None` without a web part.
#[must_use]
pub fn permalink(base: Option<&Url>, lang: Lang, alert: i64) -> Option<Url> {
    base?.join(&format!("{lang}/alert/{alert}")).ok()
}

/// Buttons that open each alert: its page where there is one, else its letter.
fn openers(found: &[&Notice], base: Option<&Url>, lang: Lang) -> Vec<Vec<Action>> {
    (found.iter().take(MOST_BUTTONS))
        .filter_map(|notice| {
            let label = Words::Written(notice.titles.clone());
            let action = match permalink(base, lang, notice.id) {
                Some(url) => Action::Open { label, url },
                None => Action::Press {
                    label,
                    token: Token::try_from(format!("show.{}", notice.id)).ok()?,
                },
            };
            Some(vec![action])
        })
        .collect()
}

/// The letter that answers "what is on now".
#[must_use]
pub fn letter(
    found: &[&Notice],
    scope: &Scope,
    (base, lang): (Option<&Url>, Lang),
    more: Vec<Vec<Action>>,
) -> Letter {
    let title = match scope {
        Scope::Mine => say("now-title-mine"),
        Scope::Place(_, name) => say_with(
            "now-title-place",
            [("place", Arg::Words(Box::new(name.clone())))],
        ),
        Scope::City => say("now-title-city"),
    };
    let mut actions = openers(found, base, lang);
    actions.extend(more);
    Letter {
        title: Some(title),
        body: blocks(found, scope),
        actions,
        weight: Weight::Normal,
        footer: None,
        picture: None,
    }
}

/// The notices of a scope, the gravest first; `wishes` count where it is one's own.
#[must_use]
pub fn of<'a>(
    notices: &'a [std::sync::Arc<Notice>],
    scope: &Scope,
    wishes: &[Wish],
) -> Vec<&'a Notice> {
    let wanted = |notice: &&Notice| match scope {
        Scope::Mine => wishes.iter().any(|wish| notice.concerns(wish)),
        Scope::Place(districts, _) => notice.is_in(*districts),
        Scope::City => true,
    };
    notices.iter().map(AsRef::as_ref).filter(wanted).collect()
}

/// The name of a set of districts that people asked about.
#[must_use]
pub fn place_name(city: &City, districts: Set) -> Words {
    crate::features::alert::letter::districts(districts, city)
}
