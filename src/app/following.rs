//! What follows an alert: old messages are marked, and operators read how far it has come.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinSet;

use super::unpaused;
use crate::channel::Channel;
use crate::desk::Desk;
use crate::features::alert::draft::follow;
use crate::outbox::lease::Lease;
use crate::outbox::mark::Marker;

/// How often it is looked whether somebody is to be told something.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Marks and tells until the process is to end.
pub(super) fn spawn(
    tasks: &mut JoinSet<()>,
    desk: &Arc<Desk>,
    networks: &[Arc<dyn Channel>],
    (process, lasts): (i64, Duration),
    stop: &watch::Receiver<bool>,
) {
    let lease = |name: &str| Lease {
        name: name.to_owned(),
        owner: process,
        lasts,
    };
    let channels = networks.iter();
    let marker = Marker {
        db: desk.db.clone(),
        clock: desk.clock.clone(),
        channels: channels
            .map(|network| (network.name(), network.limits().changes))
            .collect(),
        bell: desk.bell.clone(),
        lease: lease("mark"),
    };
    let stopped = stop.clone();
    tasks.spawn(async move {
        if unpaused(&marker.db, stopped.clone()).await {
            marker.run(stopped).await;
        }
    });
    tasks.spawn(tell(Arc::clone(desk), lease("follow"), stop.clone()));
}

async fn tell(desk: Arc<Desk>, lease: Lease, mut stop: watch::Receiver<bool>) {
    loop {
        let now = desk.clock.now();
        match follow::round(&desk.db, &desk.office(), &lease, now).await {
            Ok(0) => {}
            Ok(_) => desk.bell.ring_all(),
            Err(why) => tracing::error!("operators are told again soon how far it is: {why}"),
        }
        tokio::select! {
            biased;
            _ = stop.wait_for(|stop| *stop) => break,
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
    }
    if let Err(why) = lease.give_back(&desk.db).await {
        tracing::warn!("the lease of the telling could not be given back: {why}");
    }
}
