//! Where: what was chosen, what a written name and a deep link mean.

use super::{RADIUS, WHERE};
use crate::base::point::{Point, Spot};
use crate::city::{City, Found, Set, What};
use crate::message::form::{EVERYWHERE, Filled, SPOT};

/// A place as it was chosen: districts, and a point with a radius where one was shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chosen {
    /// The districts; all of them for the whole city.
    pub districts: Set,
    /// The point and metres around it.
    pub spot: Option<Spot>,
}

/// The places of a filled form: one for all its districts, one for each point.
#[must_use]
pub fn chosen(filled: &Filled, city: &City) -> Vec<Chosen> {
    let values = filled.of(WHERE);
    if values.iter().any(|value| value == EVERYWHERE) {
        return vec![Chosen {
            districts: Set::ALL,
            spot: None,
        }];
    }
    let mut districts = Set::NONE;
    let mut spots = vec![];
    for value in values {
        if let Some(point) = value.strip_prefix(SPOT).and_then(Point::read) {
            let own = city.district_at(point);
            match filled.one(RADIUS).and_then(|metres| metres.parse().ok()) {
                Some(radius_m) => spots.push(around(point, radius_m, city)),
                None => districts = own.map_or(districts, |own| districts.with(own.bit)),
            }
        } else if let Some(district) = (city.districts().iter()).find(|it| it.slug == *value) {
            districts = districts.with(district.bit);
        }
    }
    let whole = (!districts.is_empty()).then_some(Chosen {
        districts,
        spot: None,
    });
    whole.into_iter().chain(spots).collect()
}

/// The circle of `radius_m` around a point, with the districts that it touches.
#[must_use]
pub fn around(point: Point, radius_m: i64, city: &City) -> Chosen {
    let spot = Spot { point, radius_m };
    Chosen {
        districts: city.touching(&spot.shape()),
        spot: Some(spot),
    }
}

/// The values of a place question that say the same as a wish.
#[must_use]
pub fn places_of(districts: Set, spot: Option<Spot>, city: &City) -> Vec<String> {
    if let Some(spot) = spot {
        let (lat, lon) = spot.point.degrees();
        return vec![format!("{SPOT}{lat:.6},{lon:.6}")];
    }
    if districts == Set::ALL {
        return vec![EVERYWHERE.to_owned()];
    }
    let slugs = city.in_set(districts).map(|district| district.slug.clone());
    slugs.collect()
}

/// The codes of a set of topics.
#[must_use]
pub fn topics_of(topics: Set, city: &City) -> Vec<String> {
    (city.topics().iter())
        .filter(|topic| topics.has(topic.bit))
        .map(|topic| topic.code.clone())
        .collect()
}

/// The topics that were chosen; all of them also mean those to come.
#[must_use]
pub fn topics_chosen(codes: &[String], city: &City) -> Set {
    let chosen = codes.iter().filter_map(|code| city.topic(code));
    let set = chosen.fold(Set::NONE, |set, topic| set.with(topic.bit));
    if city.topics().iter().all(|topic| set.has(topic.bit)) {
        Set::ALL
    } else {
        set
    }
}

/// The districts that a written name may mean, as values of a place question, the likeliest first.
#[must_use]
pub fn find_places(city: &City, text: &str) -> Vec<String> {
    places_found(city, &city.find(text))
}

/// The same for what was found already.
#[must_use]
pub fn places_found(city: &City, all: &[Found]) -> Vec<String> {
    let mut values: Vec<String> = vec![];
    for found in all {
        if found.what == What::City {
            return vec![EVERYWHERE.to_owned()];
        }
        for district in city.in_set(found.districts) {
            if !values.contains(&district.slug) {
                values.push(district.slug.clone());
            }
        }
    }
    values
}

/// What a deep link asks for: `lyulin`, `lyulin-water`, `water`, `krasno-selo-road-block`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Link {
    /// The districts.
    pub districts: Set,
    /// The topics.
    pub topics: Set,
}

/// Reads the payload of a deep link; `None` when it is none of ours. Names of districts and
/// topics are parted by `-`, which they may hold themselves.
#[must_use]
pub fn deep_link(payload: &str, city: &City) -> Option<Link> {
    let payload = payload.to_ascii_lowercase().replace('_', "-");
    let mut link = Link::default();
    let mut rest = payload.as_str();
    while !rest.is_empty() {
        let begins = |name: &str| {
            rest.strip_prefix(name).and_then(|after| {
                after
                    .strip_prefix('-')
                    .or_else(|| after.is_empty().then_some(""))
            })
        };
        let district = (city.districts().iter())
            .filter_map(|it| Some((it.bit, begins(&it.slug)?)))
            .min_by_key(|(_, after)| after.len());
        let topic = (city.topics().iter())
            .filter_map(|it| Some((it.bit, begins(&it.code)?)))
            .min_by_key(|(_, after)| after.len());
        match (district, topic) {
            (Some((bit, after)), _) => {
                link.districts = link.districts.with(bit);
                rest = after;
            }
            (None, Some((bit, after))) => {
                link.topics = link.topics.with(bit);
                rest = after;
            }
            (None, None) => return None,
        }
    }
    (link != Link::default()).then_some(link)
}
