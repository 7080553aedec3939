//! A city as data: districts, places, categories, topics, and finding them by name or point.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::base::point::{Point, Shape, Strip};
use crate::message::Lang;

mod alike;
mod boundary;
mod called;
mod find;
mod load;
mod shape;
mod strip;
mod table;
mod topic;

use boundary::Boundary;
pub use boundary::METRES_PER_DEGREE;
use find::Gazetteer;
pub use find::{Found, Kind, Sureness, What};
use load::Facts;
use topic::Leads;

/// Everything a city's folder says.
pub struct City {
    facts: Facts,
    districts: Vec<District>,
    topics: Vec<Topic>,
    categories: Vec<Category>,
    boundaries: Vec<Boundary>,
    credit: String,
    geocodes: BTreeMap<(String, String), Set>,
    gazetteer: Gazetteer,
    leads: Leads,
}

/// A district (район), the unit that alerts and subscriptions share.
#[derive(Debug, Clone)]
pub struct District {
    /// The key: in Sofia the EKATTE code, `68134-09`.
    pub code: String,
    /// Its place in a [`Set`], 0 to 62, frozen for good.
    pub bit: u8,
    /// Its name in addresses of pages and feeds: `krasno-selo`.
    pub slug: String,
    /// Its name in each language.
    pub names: BTreeMap<Lang, String>,
}

/// What an alert can be about and a resident can choose to hear of.
#[derive(Debug, Clone)]
pub struct Topic {
    /// The key: `water`.
    pub code: String,
    /// Its place in a [`Set`], 0 to 62, frozen for good.
    pub bit: u8,
    /// Its name in each language.
    pub names: BTreeMap<Lang, String>,
    /// Whether a newcomer hears of it without asking.
    pub usual: bool,
}

/// What people report, in two levels.
#[derive(Debug, Clone)]
pub struct Category {
    /// The key: `roads-potholes`.
    pub code: String,
    /// The code of the category above; `None` on the upper level.
    pub parent: Option<String>,
    /// Its name in each language.
    pub names: BTreeMap<Lang, String>,
    /// How many signals of the city's record were of this kind; the usual ones come first.
    pub count: u32,
}

/// A set of districts or of topics as bits; `Set::ALL` also means those to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Set(pub i64);

impl Set {
    /// Nothing.
    pub const NONE: Self = Self(0);
    /// Everything, now and later.
    pub const ALL: Self = Self(-1);

    /// The set with `bit` added.
    #[must_use]
    pub fn with(self, bit: u8) -> Self {
        Self(self.0 | 1i64.checked_shl(u32::from(bit)).unwrap_or(0))
    }

    /// Whether `bit` is in.
    #[must_use]
    pub fn has(self, bit: u8) -> bool {
        self.0 & Self::NONE.with(bit).0 != 0
    }

    /// What is in either.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether nothing is in.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// Why a city's folder was not taken: file, line, what is wrong.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct CityError(pub String);

impl City {
    /// Reads a city's folder.
    ///
    /// # Errors
    /// The first fault, with its file and line.
    pub fn load(folder: &Path) -> Result<Self, CityError> {
        load::load(folder)
    }

    /// The city's name in `lang`, or in its own language where there is none.
    #[must_use]
    pub fn name(&self, lang: Lang) -> &str {
        self.facts.in_lang(&self.facts.names, lang)
    }

    /// Who sends alerts and mail, in `lang` or in the city's own language.
    #[must_use]
    pub fn sender(&self, lang: Lang) -> &str {
        self.facts.in_lang(&self.facts.sender, lang)
    }

    /// The number for emergencies: `112`.
    #[must_use]
    pub fn emergency(&self) -> &str {
        &self.facts.emergency
    }

    /// The zone that local times are in.
    #[must_use]
    pub fn zone(&self) -> chrono_tz::Tz {
        self.facts.zone
    }

    /// The languages that the city must publish in, its own first; at least one.
    #[must_use]
    pub fn languages(&self) -> &[Lang] {
        &self.facts.languages
    }

    /// All districts, by bit.
    #[must_use]
    pub fn districts(&self) -> &[District] {
        &self.districts
    }

    /// All topics, by bit.
    #[must_use]
    pub fn topics(&self) -> &[Topic] {
        &self.topics
    }

    /// What people report, in the file's order: a category before those below it.
    #[must_use]
    pub fn categories(&self) -> &[Category] {
        &self.categories
    }

    /// The district with this code.
    #[must_use]
    pub fn district(&self, code: &str) -> Option<&District> {
        self.districts.iter().find(|district| district.code == code)
    }

    /// The topic with this code.
    #[must_use]
    pub fn topic(&self, code: &str) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.code == code)
    }

    /// What a newcomer hears of; without a choice of the city's, everything.
    #[must_use]
    pub fn usual_topics(&self) -> Set {
        let usual = self.topics.iter().filter(|topic| topic.usual);
        let set = usual.fold(Set::NONE, |set, topic| set.with(topic.bit));
        if set.is_empty() { Set::ALL } else { set }
    }

    /// The districts of a set, by bit.
    pub fn in_set(&self, set: Set) -> impl Iterator<Item = &District> {
        self.districts
            .iter()
            .filter(move |district| set.has(district.bit))
    }

    /// What a text may mean: a district, a place, the city, or an address that names one. The
    /// most likely come first; all share one [`Sureness`]. Empty when nothing is even alike.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<Found> {
        self.gazetteer.find(text)
    }

    /// What a text is the very name of, in any script and spelling; no slip is forgiven.
    #[must_use]
    pub fn named(&self, text: &str) -> Vec<Found> {
        self.gazetteer.named(text)
    }

    /// The district that a point lies in: exactly one within the city, on borders too.
    #[must_use]
    pub fn district_at(&self, point: Point) -> Option<&District> {
        let bit = boundary::at(&self.boundaries, point)?;
        self.districts.iter().find(|district| district.bit == bit)
    }

    /// Every district that a shape touches.
    ///
    /// A polygon (inside by the even-odd rule) touches a district when it reaches more than 30 m
    /// into it, so that borders drawn with other care do not alert the neighbours; one that
    /// nowhere reaches so far touches the districts that it lies in. A circle touches what is
    /// nearer to its centre than its radius; without a radius it is a point.
    #[must_use]
    pub fn touching(&self, shape: &Shape) -> Set {
        shape::touching(&self.boundaries, shape)
    }

    /// Whether a shape may reach the city or 2 km around it, by its bounds alone.
    #[must_use]
    pub fn is_near(&self, shape: &Shape) -> bool {
        self.around()
            .is_some_and(|around| shape::is_near(shape, &boundary::wider(&around)))
    }

    /// Where a district lies: x is the longitude, both in degrees.
    #[must_use]
    pub fn outline(&self, district: &District) -> Option<&geo::MultiPolygon<f64>> {
        let mut all = self.boundaries.iter();
        let own = all.find(|boundary| boundary.bit == district.bit)?;
        Some(&own.area)
    }

    fn around(&self) -> Option<geo::Rect<f64>> {
        (self.boundaries.iter().map(|boundary| boundary.bounds))
            .reduce(|one, other| boundary::both(&one, &other))
    }

    /// Where every district lies, for drawing: by bit, in degrees, x being the longitude; and where
    /// its name stands best.
    pub fn outlines(
        &self,
    ) -> impl Iterator<Item = (&District, &geo::MultiPolygon<f64>, Option<geo::Coord<f64>>)> {
        let outline = |boundary| {
            let Boundary {
                bit, area, label, ..
            }: &Boundary = boundary;
            let district = self.districts.iter().find(|it| it.bit == *bit)?;
            Some((district, area, *label))
        };
        self.boundaries.iter().filter_map(outline)
    }

    /// Whom a drawing of the boundaries must name; empty where the data does not say.
    #[must_use]
    pub fn credit(&self) -> &str {
        &self.credit
    }

    /// Strips that cover what of the shapes lies in the city and 2 km around it: at most 512,
    /// from south to north, and their height in metres: 100, or more where that is too many.
    ///
    /// No point of a shape is outside all strips, and nothing in a strip is farther from a shape
    /// than that height, unless the shapes themselves are more than 512.
    #[must_use]
    pub fn strips(&self, shapes: &[Shape]) -> (Vec<Strip>, f64) {
        self.around().map_or((vec![], 0.0), |around| {
            strip::strips(shapes, &boundary::wider(&around))
        })
    }

    /// The districts that another body's code stands for; a scheme is `EKATTE`, `NUTS3`, …, its
    /// case and punctuation ignored. Empty when the scheme or the code is unknown.
    #[must_use]
    pub fn by_geocode(&self, scheme: &str, value: &str) -> Set {
        self.geocodes
            .get(&load::geocode(scheme, value))
            .copied()
            .unwrap_or_default()
    }

    /// Whether the city has codes of this scheme, so that a code of it that is none of them is a
    /// code of elsewhere.
    #[must_use]
    pub fn knows_scheme(&self, scheme: &str) -> bool {
        let (scheme, _) = load::geocode(scheme, "");
        let from = (scheme.clone(), String::new());
        let next = self.geocodes.range(from..).next();
        next.is_some_and(|((known, _), _)| *known == scheme)
    }

    /// What an alert is about: the topics that its event names, in either script, and if it names
    /// none, those of its CAP category (CAP 1.2 §3.2.2). Empty when neither says anything.
    #[must_use]
    pub fn topic_for(&self, category: &str, event: &str) -> Set {
        self.leads.topics(category, event)
    }
}
