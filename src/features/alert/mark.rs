//! What stands above the message of an alert from then on that an update or a cancel took over.

use std::collections::BTreeMap;

use super::MsgType;
use super::store::Kept;
use crate::base::clock::Millis;
use crate::city::City;
use crate::message::catalogue::{Catalogue, CatalogueError};
use crate::message::{Arg, Lang, say_with};

/// The line in every language that is installed.
///
/// # Errors
/// A word that a language lacks.
pub(super) fn lines(
    (catalogue, city): (&Catalogue, &City),
    (old, by): (&Kept, Option<MsgType>),
    now: Millis,
) -> Result<BTreeMap<Lang, String>, CatalogueError> {
    let day = |at: Millis| {
        let at = at.utc()?.with_timezone(&city.zone());
        Some(at.date_naive())
    };
    // The hour alone is read as one of the day on which the old message came.
    let same_day = day(old.earlier.alert.sent) == day(now);
    let at = [("at", Arg::Time(now))];
    let line = match (by, same_day) {
        (Some(MsgType::Cancel), true) => say_with("mark-cancelled", at),
        (Some(MsgType::Cancel), false) => say_with("mark-cancelled-later", at),
        (_, true) => say_with("mark-updated", at),
        (_, false) => say_with("mark-updated-later", at),
    };
    let languages = catalogue.languages().into_iter();
    languages
        .map(|lang| Ok((lang, catalogue.word(&line, lang)?)))
        .collect()
}
