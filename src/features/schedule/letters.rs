//! What people who work with alerts are told about schedules.

use super::Schedule;
use super::rules::Due;
use crate::features::alert::draft::{Draft, letters};
use crate::message::{Arg, Block, Letter, Weight, Words, say, say_with};

/// It came too late: whether it is to go out now.
#[must_use]
pub fn late(schedule: &Schedule, due: Due, draft: &Draft) -> Letter {
    let name = ("name", Arg::Words(Box::new(letters::name(draft))));
    let mut body = vec![Block::Paragraph(say_with(
        "schedule-late-when",
        [
            ("schedule", Arg::Text(schedule.name.clone())),
            ("at", Arg::Time(due.at)),
        ],
    ))];
    if due.missed > 0 {
        let missed = i64::try_from(due.missed).unwrap_or(i64::MAX);
        let missed = [("missed", Arg::Number(missed))];
        body.push(Block::Paragraph(say_with("schedule-late-missed", missed)));
    }
    body.push(Block::Paragraph(say("schedule-late-ask")));
    let rows = [
        vec![letters::button(say("draft-button-look"), "look", draft)],
        vec![
            letters::button(say("schedule-button-now"), "now", draft),
            letters::button(say("schedule-button-skip"), "skip", draft),
        ],
    ];
    Letter {
        title: Some(say_with("schedule-late", [name])),
        body,
        actions: (rows.into_iter())
            .map(|row| row.into_iter().flatten().collect())
            .collect(),
        weight: Weight::Warning,
        footer: None,
        picture: None,
    }
}

/// It could not go out.
#[must_use]
pub fn could_not(schedule: &Schedule, due: Due, why: Words) -> Letter {
    let told = [
        ("schedule", Arg::Text(schedule.name.clone())),
        ("at", Arg::Time(due.at)),
    ];
    Letter {
        title: Some(say_with("schedule-could-not", told)),
        body: vec![Block::Paragraph(why)],
        actions: vec![],
        weight: Weight::Warning,
        footer: None,
        picture: None,
    }
}
