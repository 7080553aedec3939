//! `glas subscriber list`: everybody, as a list that `glas subscriber import` takes.

use super::{AROUND, SEVERITIES};
use crate::base::civil::Quiet;
use crate::base::clock::Millis;
use crate::base::point::Point;
use crate::city::Set;
use crate::cli::words::Words;
use crate::people::{Cadence, Wish, store};

/// Prints everybody on standard output, a page at a time.
///
/// # Errors
/// When the database is away or standard output is closed.
pub async fn run(words: &Words) -> anyhow::Result<bool> {
    const PAGE: i64 = 1000;
    let db = words.loaded.database().await?;
    let mut out = csv::Writer::from_writer(std::io::stdout().lock());
    out.write_record([
        "channel",
        "handle",
        "locale",
        "areas",
        "topics",
        "cadence",
        "consent_date",
        "consent_source",
        "least_severity",
        "quiet",
        "state",
        "reason",
    ])?;
    let mut after = 0;
    loop {
        let mut tx = db.read().await?;
        let rows = store::list(&mut tx, after, PAGE).await?;
        drop(tx);
        let whole = i64::try_from(rows.len()).unwrap_or(PAGE) < PAGE;
        // The last address of a full page may have more wishes: it begins the next page.
        let last = rows.last().map_or(after, |row| row.0);
        let rows: Vec<_> = rows
            .into_iter()
            .filter(|row| whole || row.0 != last)
            .collect();
        after = rows.last().map_or(after, |row| row.0);
        for row in rows {
            let (_, channel, handle, languages, state, reason, consent_at, consent_source, ..) =
                row;
            let (_, _, _, _, _, _, _, _, districts, topics, severity, cadence, ..) = row;
            let (.., when, quiet_from, quiet_to, spot) = row;
            let quiet = quiet_from
                .zip(quiet_to)
                .map(|(from, to)| Quiet { from, to });
            let cadence = cadence.as_deref().and_then(Cadence::parse);
            let city = &words.loaded.city;
            let areas = match spot.as_deref().and_then(around) {
                Some(point) => point,
                None => codes(
                    districts,
                    city.districts()
                        .iter()
                        .map(|district| (district.bit, &*district.code)),
                ),
            };
            let about = codes(
                topics,
                city.topics().iter().map(|topic| (topic.bit, &*topic.code)),
            );
            let severity =
                severity.and_then(|number| SEVERITIES.get(usize::try_from(number).ok()?));
            let reason = reason.unwrap_or_default();
            out.write_record([
                &*channel,
                &*handle,
                &*languages,
                &*areas,
                &*about,
                &*digest(cadence, when.as_deref()),
                &*consent_at
                    .map(|at| Millis(at).rfc3339())
                    .unwrap_or_default(),
                &*consent_source.unwrap_or_default(),
                severity.unwrap_or(&""),
                &*quiet.map(|quiet| quiet.to_string()).unwrap_or_default(),
                &*state,
                &*reason,
            ])?;
        }
        if whole {
            break;
        }
    }
    out.flush()?;
    db.close().await;
    Ok(true)
}

/// The cadence as a list has it, with `WEEKDAY@HOUR` of its digest; the usual hour is not said.
fn digest(cadence: Option<Cadence>, when: Option<&str>) -> String {
    let Wish { weekday, hour, .. } = Wish::EVERYTHING;
    let usual = (weekday.to_string(), hour.to_string());
    let when = when
        .and_then(|when| when.split_once('@'))
        .unwrap_or((&usual.0, &usual.1));
    match cadence {
        None => String::new(),
        Some(Cadence::Daily) if when.1 != usual.1 => format!("daily@{}", when.1),
        Some(Cadence::Weekly) if when != (&*usual.0, &*usual.1) => {
            format!("weekly@{}@{}", when.0, when.1)
        }
        Some(cadence) => cadence.word().to_owned(),
    }
}

/// `LAT,LON/METRES` in millionths of a degree, as a list has it.
fn around(spot: &str) -> Option<String> {
    let (point, metres) = spot.split_once('/')?;
    let (lat, lon) = point.split_once(',')?;
    let (lat, lon) = Point {
        lat: lat.parse().ok()?,
        lon: lon.parse().ok()?,
    }
    .degrees();
    Some(format!("{AROUND}{lat:.6},{lon:.6}/{metres}"))
}

fn codes<'a>(set: Option<i64>, all: impl Iterator<Item = (u8, &'a str)>) -> String {
    match set.map(Set) {
        None => String::new(),
        Some(Set::ALL) => "*".to_owned(),
        Some(set) => all
            .filter(|(bit, _)| set.has(*bit))
            .map(|(_, code)| code)
            .collect::<Vec<_>>()
            .join(";"),
    }
}
