//! What stands in the cells of a list.

use crate::base::clock::Millis;
use crate::base::point::{Point, Spot};
use crate::city::{City, Set, Sureness};
use crate::message::Lang;
use crate::message::catalogue::Catalogue;
use crate::people::{Cadence, Wish};

use super::AROUND;

/// `now`, `daily`, `daily@HOUR`, `weekly` or `weekly@WEEKDAY@HOUR`; the weekday and the hour.
pub(super) fn cadence(text: &str) -> Option<(Cadence, (i64, i64))> {
    let mut parts = text.split('@');
    let cadence = Cadence::parse(parts.next()?)?;
    let numbers: Vec<i64> = parts.map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let Wish { weekday, hour, .. } = Wish::EVERYTHING;
    let digest = match (cadence, numbers.as_slice()) {
        (_, []) => (weekday, hour),
        (Cadence::Daily, [hour]) => (weekday, *hour),
        (Cadence::Weekly, [weekday, hour]) => (*weekday, *hour),
        _ => return None,
    };
    let is_time = (1..=7).contains(&digest.0) && (0..24).contains(&digest.1);
    is_time.then_some((cadence, digest))
}

/// `bg` or `bg,en`, each installed.
pub(super) fn languages(text: &str, catalogue: &Catalogue) -> Option<String> {
    let installed = catalogue.languages();
    let tags: Vec<&str> = text
        .split([',', ' '])
        .filter(|tag| !tag.is_empty())
        .collect();
    let langs: Option<Vec<Lang>> = tags
        .iter()
        .map(|tag| {
            Catalogue::choose(&[tag], &installed).filter(|lang| tag.starts_with(lang.as_str()))
        })
        .collect();
    let langs = langs.filter(|langs| !langs.is_empty())?;
    Some(
        langs
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(","),
    )
}

/// `@LAT,LON/METRES` for so many metres around a point, else districts.
pub(super) fn places(text: &str, city: &City) -> Result<(Set, Option<Spot>), String> {
    let Some(around) = text.strip_prefix(AROUND) else {
        return areas(text, city).map(|districts| (districts, None));
    };
    let read = || {
        let (point, metres) = around.split_once('/')?;
        let point = Point::read(point)?;
        let radius_m = metres.trim().parse().ok()?;
        Spot::RADII
            .contains(&radius_m)
            .then_some(Spot { point, radius_m })
    };
    let spot = read().ok_or_else(|| text.to_owned())?;
    let districts = city.touching(&spot.shape());
    if districts.is_empty() {
        return Err(text.to_owned());
    }
    Ok((districts, Some(spot)))
}

/// `*` for the whole city, else district codes or names of places, separated by semicolons.
pub(super) fn areas(text: &str, city: &City) -> Result<Set, String> {
    named(text, |name| {
        if let Some(district) = city.district(name) {
            return Set::NONE.with(district.bit);
        }
        let found = city
            .find(name)
            .into_iter()
            .filter(|found| found.sureness == Sureness::Exact);
        found.fold(Set::NONE, |all, found| all.or(found.districts))
    })
}

/// `*` for everything, else codes of topics, separated by semicolons.
pub(super) fn topics(text: &str, city: &City) -> Result<Set, String> {
    named(text, |name| {
        city.topic(name)
            .map_or(Set::NONE, |topic| Set::NONE.with(topic.bit))
    })
}

pub(super) fn named(text: &str, find: impl Fn(&str) -> Set) -> Result<Set, String> {
    if text == "*" {
        return Ok(Set::ALL);
    }
    let mut all = Set::NONE;
    for name in text
        .split(';')
        .map(str::trim)
        .filter(|name| !name.is_empty())
    {
        let found = find(name);
        if found.is_empty() {
            return Err(name.to_owned());
        }
        all = all.or(found);
    }
    if all.is_empty() {
        Err(text.to_owned())
    } else {
        Ok(all)
    }
}

/// A date or an RFC 3339 time.
pub(super) fn date(text: &str) -> Option<Millis> {
    let day = || chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
    Millis::parse_rfc3339(text).ok().or_else(|| {
        Some(Millis(
            day()?
                .and_time(chrono::NaiveTime::MIN)
                .and_utc()
                .timestamp_millis(),
        ))
    })
}
