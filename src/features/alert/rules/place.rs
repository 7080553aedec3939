//! Where an alert is for: its areas as districts of the city.

use super::super::{Alert, Area, DISTRICT_CODES, Info, TOPIC_CODES};
use crate::base::point::{Shape, Strip};
use crate::city::{City, Set, Sureness};

/// What an alert tells this city.
pub(super) struct Told {
    /// The infos that concern the city, with only the areas that do; equal ones once.
    pub(super) infos: Vec<Info>,
    /// Their districts.
    pub(super) districts: Set,
    /// Whether they are one message in several languages.
    pub(super) is_one_message: bool,
}

/// The part of an alert that concerns `city`.
pub(super) fn told_here(alert: &Alert, city: &City) -> Told {
    let mut infos: Vec<(Info, Set)> = vec![];
    for info in &alert.infos {
        let mut districts = Set::NONE;
        let mut areas = vec![];
        for area in &info.areas {
            let touched = districts_of(area, city);
            if !touched.is_empty() {
                districts = districts.or(touched);
                areas.push(area.clone());
            }
        }
        if !districts.is_empty() {
            // What only machines read makes no other message.
            let here = Info {
                areas,
                parameters: vec![],
                resources: vec![],
                ..info.clone()
            };
            if !infos.iter().any(|(known, _)| *known == here) {
                infos.push((here, districts));
            }
        }
    }
    let is_one_message = infos
        .iter()
        .enumerate()
        .all(|(at, info)| infos[..at].iter().all(|other| is_translation(info, other)));
    Told {
        districts: infos
            .iter()
            .fold(Set::NONE, |sum, (_, districts)| sum.or(*districts)),
        infos: infos.into_iter().map(|(info, _)| info).collect(),
        is_one_message,
    }
}

fn is_translation((one, here): &(Info, Set), (other, there): &(Info, Set)) -> bool {
    one.lang() != other.lang()
        && here == there
        && one.severity == other.severity
        && one.urgency == other.urgency
        && one.certainty == other.certainty
        && one.onset == other.onset
        && one.expires == other.expires
}

/// The districts of an area: the union of its codes and shapes (CAP 1.2 §3.2.4). Its name counts
/// only where it has neither, for a name must not contradict what is drawn or coded: there is
/// more than one Lozenets in the country.
fn districts_of(area: &Area, city: &City) -> Set {
    if area.shapes.is_empty() && area.geocodes.is_empty() {
        return named(&area.description, city);
    }
    area.shapes
        .iter()
        .fold(coded(area, city), |sum, shape| sum.or(city.touching(shape)))
}

/// Where infos are for exactly: the districts that codes and names mean as a whole, and strips for
/// what is only drawn.
pub(super) fn exactly(infos: &[Info], city: &City) -> (Set, Vec<Strip>) {
    let (whole, shapes) = drawn(infos, city);
    (whole, city.strips(&shapes).0)
}

/// As [`exactly`], with the shapes themselves: what is only drawn, each shape once.
pub(super) fn drawn(infos: &[Info], city: &City) -> (Set, Vec<Shape>) {
    let mut whole = Set::NONE;
    let mut drawn: Vec<&Shape> = vec![];
    for area in infos.iter().flat_map(|info| &info.areas) {
        let coded = !coded(area, city).is_empty();
        let nowhere = || city.strips(&area.shapes).0.is_empty();
        if area.shapes.is_empty() || coded || nowhere() {
            whole = whole.or(districts_of(area, city));
            continue;
        }
        // Every language draws the same.
        let new = area.shapes.iter().filter(|shape| !drawn.contains(shape));
        drawn.extend(new.collect::<Vec<_>>());
    }
    (whole, drawn.into_iter().cloned().collect())
}

/// The districts that codes and names mean as a whole, and the shapes in or near the city of what is
/// only drawn, each once. Quick: it looks at no boundary.
pub(super) fn covered<'a>(alert: &'a Alert, city: &City) -> (Set, Vec<&'a Shape>) {
    let mut whole = Set::NONE;
    let mut drawn: Vec<&Shape> = vec![];
    for area in alert.infos.iter().flat_map(|info| &info.areas) {
        let coded = coded(area, city);
        if !coded.is_empty() {
            whole = whole.or(coded);
        } else if area.shapes.is_empty() && area.geocodes.is_empty() {
            whole = whole.or(named(&area.description, city));
        } else {
            for shape in area.shapes.iter().filter(|shape| city.is_near(shape)) {
                if !drawn.contains(&shape) {
                    drawn.push(shape);
                }
            }
        }
    }
    (whole, drawn)
}

fn coded(area: &Area, city: &City) -> Set {
    area.geocodes.iter().fold(Set::NONE, |sum, code| {
        let own = (code.scheme == DISTRICT_CODES).then(|| city.district(&code.value));
        let own = own.flatten().map(|district| Set::NONE.with(district.bit));
        sum.or(own.unwrap_or_else(|| city.by_geocode(&code.scheme, &code.value)))
    })
}

/// The districts of a place of this name, when exactly one place has it. An address of several
/// parts is left to a person: the next part may be another town.
fn named(name: &str, city: &City) -> Set {
    if name.contains([',', ';']) {
        return Set::NONE;
    }
    match city.find(name).as_slice() {
        [only] if only.sureness == Sureness::Exact => only.districts,
        _ => Set::NONE,
    }
}

/// What the infos are about, as topics of the city; what has no topic concerns everybody there.
pub(super) fn topics(infos: &[Info], city: &City) -> Set {
    let mut topics = Set::NONE;
    for info in infos {
        let codes = info.event_codes.iter();
        let named = codes
            .filter(|code| code.scheme == TOPIC_CODES)
            .filter_map(|code| city.topic(&code.value));
        let named = named.fold(Set::NONE, |set, topic| set.with(topic.bit));
        if !named.is_empty() {
            topics = topics.or(named);
            continue;
        }
        for category in &info.categories {
            topics = topics.or(city.topic_for(category.name(), &info.event));
        }
    }
    if topics.is_empty() { Set::ALL } else { topics }
}
