//! Calls whoever can decide on an alert that waits, again and again until somebody does; what feeds
//! leave for a person waits the same way.

use std::collections::HashSet;
use std::sync::Arc;

use tokio::sync::watch;

use crate::base::clock::Millis;
use crate::config::operators::Role;
use crate::desk::Desk;
use crate::features::alert::draft::office::Done;
use crate::features::alert::draft::rules::Act;
use crate::features::alert::draft::{Kind, call};
use crate::features::alert::send::SendFault;
use crate::features::feed;
use crate::people::permit::Actor;
use crate::schedule;

/// When somebody may be due to be called: cron's six fields in the city's time.
const LOOK: &str = "*/20 * * * * *";

/// Makes the calls that are due until the process is to end.
pub(super) async fn make(desk: Arc<Desk>, mut stop: watch::Receiver<bool>) {
    let time = (&desk.clock, desk.city.zone());
    let mut from = desk.clock.now();
    let mut left_alone = HashSet::new();
    while let Some(at) = schedule::due(LOOK, time, from, &mut stop).await {
        let made = async {
            let taken = take_up(&desk, &mut left_alone, at).await?;
            Ok::<_, SendFault>(taken + call::due(&desk.db, &desk.office(), at).await?)
        };
        match made.await {
            Ok(0) => {}
            Ok(_) => desk.bell.ring_all(),
            Err(why) => tracing::error!("calls are tried again next time: {why}"),
        }
        from = at.max(desk.clock.now());
    }
}

/// Submits what feeds left for a person, where somebody can decide; how many. What cannot go out as
/// it is stays in the list of the feeds: `left_alone`.
async fn take_up(
    desk: &Desk,
    left_alone: &mut HashSet<i64>,
    now: Millis,
) -> Result<usize, SendFault> {
    if desk.roster.at_least(Role::Approver).is_empty() {
        return Ok(0);
    }
    let mut tx = desk.db.read().await?;
    let mut left = feed::draft::list(&mut tx).await?;
    drop(tx);
    left.retain(|it| !left_alone.contains(&it.id));
    let office = desk.office();
    let mut count = 0;
    for it in left {
        let mut tx = desk.db.begin().await?;
        if !feed::draft::take(&mut tx, it.id).await? {
            continue;
        }
        let feed = Actor {
            name: format!("feed:{}", it.feed),
            role: Role::Moderator,
        };
        let what = (Kind::of(&it.alert), None);
        let Done::Draft(draft) = office.file(&mut tx, what, &it.alert, &feed, now).await? else {
            continue;
        };
        let seen = (draft.id, draft.revision);
        match office.act(&mut tx, seen, &feed, Act::Submit, now).await? {
            Done::Draft(_) => {
                tx.commit().await?;
                count += 1;
            }
            Done::Refused(_) => {
                left_alone.insert(it.id);
            }
        }
    }
    Ok(count)
}
