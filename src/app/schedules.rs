//! Lets go out what is due by the schedules of operators, again and again while the program runs.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use super::unpaused;
use crate::desk::Desk;
use crate::features::alert::picture::Painter;
use crate::features::schedule::fire;

/// How often it is looked whether something is due.
const LOOK: Duration = Duration::from_secs(2);

/// Follows the schedules until the process is to end; a restored copy sends nothing before a person
/// lets it go on.
pub(super) async fn follow(
    desk: Arc<Desk>,
    painter: Option<Painter>,
    mut stop: watch::Receiver<bool>,
) {
    if !unpaused(&desk.db, stop.clone()).await {
        return;
    }
    loop {
        let now = desk.clock.now();
        match fire::due(&desk.db, &desk.office(), painter.as_ref(), now).await {
            Ok(0) => {}
            Ok(_) => desk.bell.ring_all(),
            Err(why) => tracing::error!("schedules are looked at again: {why}"),
        }
        tokio::select! {
            () = tokio::time::sleep(LOOK) => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
    }
}
