//! Listening: one process at a time hears a network.

use std::sync::Arc;

use tokio::sync::watch;

use crate::channel::{Channel, Inbox};
use crate::outbox::lease::Lease;
use crate::store::Db;

/// Listens to one network while its lease is ours: one token has one listener.
pub(super) async fn listen(
    db: Db,
    network: Arc<dyn Channel>,
    inbox: Inbox,
    lease: Lease,
    mut stop: watch::Receiver<bool>,
) {
    loop {
        if take(&db, &lease).await {
            tokio::select! {
                () = network.listen(inbox.clone()) => {}
                () = lost(&db, &lease) => tracing::warn!(channel = network.name(), "another process listens now"),
                _ = stop.wait_for(|stop| *stop) => break,
            }
        }
        tokio::select! {
            () = tokio::time::sleep(lease.lasts / 10) => {}
            _ = stop.wait_for(|stop| *stop) => break,
        }
    }
    if let Err(why) = lease.give_back(&db).await {
        tracing::warn!(
            channel = network.name(),
            "the listener's lease could not be given back: {why}"
        );
    }
}

async fn take(db: &Db, lease: &Lease) -> bool {
    let taken = async {
        let mut tx = db.begin().await?;
        let taken = lease.take(&mut tx).await?;
        tx.commit().await?;
        Ok::<_, sqlx::Error>(taken)
    };
    taken.await.unwrap_or_else(|why| {
        tracing::error!(lease = lease.name, "the database did not answer: {why}");
        false
    })
}

/// Renews the lease; returns when it is lost for certain.
async fn lost(db: &Db, lease: &Lease) {
    let mut sure_until = tokio::time::Instant::now() + lease.lasts;
    loop {
        tokio::time::sleep(lease.lasts / 3).await;
        let began = tokio::time::Instant::now();
        let kept = async {
            let mut tx = db.begin().await?;
            let kept = lease.keep(&mut tx).await?;
            tx.commit().await?;
            Ok::<_, sqlx::Error>(kept)
        };
        match kept.await {
            Ok(true) => sure_until = began + lease.lasts * 2 / 3,
            Ok(false) => return,
            Err(_) if began >= sure_until => return,
            Err(why) => {
                tracing::error!(lease = lease.name, "the lease could not be renewed: {why}");
            }
        }
    }
}
