//! Calls whoever can decide on an alert that waits, again and again until somebody does.

use std::sync::Arc;

use tokio::sync::watch;

use crate::desk::Desk;
use crate::features::alert::draft::call;
use crate::schedule;

/// When somebody may be due to be called: cron's six fields in the city's time.
const LOOK: &str = "*/20 * * * * *";

/// Makes the calls that are due until the process is to end.
pub(super) async fn make(desk: Arc<Desk>, mut stop: watch::Receiver<bool>) {
    let time = (&desk.clock, desk.city.zone());
    let mut from = desk.clock.now();
    while let Some(at) = schedule::due(LOOK, time, from, &mut stop).await {
        match call::due(&desk.db, &desk.office(), at).await {
            Ok(0) => {}
            Ok(_) => desk
                .channels
                .iter()
                .for_each(|channel| desk.bell.ring(channel)),
            Err(why) => tracing::error!("calls are tried again next time: {why}"),
        }
        from = at.max(desk.clock.now());
    }
}
