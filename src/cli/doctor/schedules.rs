//! The schedules: whether one failed, waits for a decision, or was due and nobody dealt with it.

use crate::app::{self, Loaded};
use crate::base::clock::Clock;
use crate::channels::checkup::Finding;
use crate::features::alert::draft::store as drafts;
use crate::features::schedule::rules::GRACE;
use crate::features::schedule::{store, told};
use crate::message::{Arg, say, say_with};
use crate::store::connect;

/// What somebody should look at; nothing when the database cannot tell, for it has a finding of
/// its own.
pub async fn check(loaded: &Loaded) -> Vec<Finding> {
    look(loaded).await.unwrap_or_default()
}

async fn look(loaded: &Loaded) -> Option<Vec<Finding>> {
    let url = app::database_url(&loaded.config).ok()?;
    let db = connect(&url).await.ok()?;
    let mut tx = db.read().await.ok()?;
    let overdue = Clock::system().now().minus(GRACE);
    let mut findings = vec![];
    for id in store::open(&mut tx, overdue).await.ok()? {
        // One that cannot be read is in the log; the others are told all the same.
        let Ok(Some(schedule)) = store::find(&mut tx, id).await else {
            continue;
        };
        let draft = match schedule.draft {
            Some(draft) => drafts::find(&mut tx, draft).await.ok()?,
            None => None,
        };
        let (attention, standing) = told::standing(&schedule, draft.as_ref());
        let what = if attention {
            standing
        } else {
            say("schedule-doctor-overdue")
        };
        let told = [
            ("name", Arg::Text(schedule.name)),
            ("what", Arg::Words(Box::new(what))),
        ];
        let says = say_with("schedule-doctor", told);
        findings.push(Finding::warning("schedule", says));
    }
    drop(tx);
    db.close().await;
    Some(findings)
}
