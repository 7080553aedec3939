//! What an occurrence tells, and by whose right it goes out.

use super::Schedule;
use crate::base::clock::Millis;
use crate::base::id::base36;
use crate::config::operators::Role;
use crate::features::alert::Alert;
use crate::features::alert::draft::drawn::listed;
use crate::features::alert::draft::office::Office;
use crate::features::alert::template::{self, Facts};
use crate::message::Words;
use crate::people::permit::{Actor, Doing, authorize};

/// The alert of an occurrence: its facts are read as of `at`, and it is drawn up as of `now`.
///
/// # Errors
/// What is not right in the facts, for the operator.
pub fn draw(
    office: &Office<'_>,
    schedule: &Schedule,
    at: Millis,
    now: Millis,
) -> Result<Alert, Words> {
    let sender = &office.settings.sender;
    let identifier = format!("{sender}-{}-{}", base36(schedule.id), base36(at.0 / 1000));
    let what = &schedule.what;
    let facts = facts(office, schedule, at)?;
    let drawing = office.drafting(&identifier, now);
    let alert = template::draw_up(&facts, &drawing, None).map_err(listed)?;
    if what.drill {
        template::drill(&alert, &drawing).map_err(listed)
    } else {
        Ok(alert)
    }
}

/// The facts as of an occurrence.
///
/// # Errors
/// What is not understood, for the operator.
pub fn facts(office: &Office<'_>, schedule: &Schedule, at: Millis) -> Result<Facts, Words> {
    let what = &schedule.what;
    template::read(what.template, &what.facts, &office.drafting("", at)).map_err(listed)
}

/// Who an occurrence goes out by: its author with what they may do today. Whoever is no operator
/// any more can send nothing; whoever is logged in on the machine may do everything. A series that
/// a second person let go out is sent as if its author might.
pub(super) fn author(office: &Office<'_>, schedule: &Schedule) -> Actor {
    let role = match office.roster.named(&schedule.author) {
        Some(actor) => actor.role,
        None if schedule.author.starts_with("cli:") => Role::Administrator,
        None => Role::Moderator,
    };
    let least = match schedule.approver {
        Some(_) => Role::Publisher,
        None => Role::Moderator,
    };
    Actor {
        name: schedule.actor(),
        role: role.max(least),
    }
}

/// Whether an occurrence that needs no second person goes out by itself.
#[must_use]
pub fn may_send(office: &Office<'_>, schedule: &Schedule) -> bool {
    authorize(&author(office, schedule), Doing::Send).is_ok()
}
