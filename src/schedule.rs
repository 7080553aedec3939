//! What happens by the calendar: cron expressions in the city's own time, safe over clock changes.

use std::str::FromStr;
use std::time::Duration;

use chrono_tz::Tz;
use tokio::sync::watch;

use crate::base::clock::{Clock, Millis};
use crate::base::cron::Cron;
use crate::config::privacy::PrivacySettings;
use crate::features::alert::tidy::tidy;
use crate::features::privacy::{store as privacy, sweep};
use crate::outbox::lease::Lease;
use crate::outbox::picture::Pictures;
use crate::outbox::report;
use crate::store::Db;

/// When the program's own jobs are due, as cron's six fields (seconds first).
const EVERY_MINUTE: &str = "0 * * * * *";

/// Letters younger than this are counted every minute.
const COUNTED_FOR: Duration = Duration::from_hours(48);

/// A job of the calendar.
#[derive(Debug, Clone, Copy)]
enum Job {
    /// Counts whether deliveries add up.
    Count,
    /// Erases who was forgotten.
    Erase,
    /// Removes what has had its time.
    Retain,
}

/// What happens by the calendar of a process.
pub struct Calendar {
    /// The database.
    pub db: Db,
    /// The time.
    pub clock: Clock,
    /// The city's own.
    pub zone: Tz,
    /// How long what is kept is kept, and when that is looked at.
    pub privacy: PrivacySettings,
    /// The pictures of letters.
    pub pictures: Option<Pictures>,
    /// The process.
    pub process: i64,
}

impl Calendar {
    /// Runs the jobs until the process is to end.
    pub async fn run(self, stop: watch::Receiver<bool>) {
        let minute = Cron::from_str(EVERY_MINUTE);
        let Ok(minute) = minute.inspect_err(|why| tracing::error!("{EVERY_MINUTE}: {why}")) else {
            return;
        };
        let nightly = &self.privacy.retention;
        // Each by itself: a long job keeps no other from its time.
        tokio::join!(
            self.keep_doing(Job::Count, &minute, stop.clone()),
            self.keep_doing(Job::Erase, &minute, stop.clone()),
            self.keep_doing(Job::Retain, nightly, stop),
        );
    }

    /// Does a job whenever its schedule is due.
    async fn keep_doing(&self, job: Job, schedule: &Cron, mut stop: watch::Receiver<bool>) {
        let mut from = self.clock.now();
        while let Some(at) = schedule.next_after(self.zone, from) {
            tokio::select! {
                () = tokio::time::sleep(at.since(self.clock.now())) => {}
                _ = stop.wait_for(|stop| *stop) => return,
            }
            let done = tokio::select! {
                done = self.work(job, at) => done,
                _ = stop.wait_for(|stop| *stop) => return,
            };
            if let Err(why) = done {
                tracing::error!(
                    ?job,
                    "a job of the calendar failed and is tried again next time: {why}"
                );
            }
            from = at.max(self.clock.now());
        }
    }

    async fn work(&self, job: Job, at: Millis) -> Result<(), sqlx::Error> {
        match job {
            Job::Count => count(&self.db, at).await,
            Job::Erase => erase(&self.db, at).await,
            Job::Retain => self.retain(at).await,
        }
    }

    /// Removes what has had its time, in one of several processes.
    async fn retain(&self, at: Millis) -> Result<(), sqlx::Error> {
        let lease = retention_lease(self.process);
        let mut tx = self.db.begin().await?;
        let ours = lease.take(&mut tx).await?;
        let done = sweep::last_run(&mut tx)
            .await?
            .is_some_and(|last| last >= at);
        tx.commit().await?;
        if !ours {
            return Ok(());
        }
        let swept = if done {
            Ok(Some(vec![]))
        } else {
            let now = self.clock.now().max(at);
            let swept = sweep::sweep(&self.db, &self.privacy, &lease, now).await;
            if let Some(pictures) = &self.pictures {
                match tidy(&self.db, pictures, now).await {
                    Ok(removed) => tracing::info!(class = "pictures", removed, "retention"),
                    Err(why) => tracing::error!("old pictures are removed next time: {why}"),
                }
            }
            swept
        };
        lease.give_back(&self.db).await?;
        for swept in swept?.into_iter().flatten() {
            tracing::info!(
                class = swept.class.code(),
                removed = swept.removed,
                "retention"
            );
        }
        Ok(())
    }
}

/// The lease under which what has had its time is removed: by one process at a time.
#[must_use]
pub fn retention_lease(process: i64) -> Lease {
    Lease {
        name: "retention".to_owned(),
        owner: process,
        lasts: Duration::from_mins(1),
    }
}

/// Waits until `job`, a cron expression, is due after `from`; `None` when the process is to end.
pub async fn due(
    job: &str,
    (clock, zone): (&Clock, Tz),
    from: Millis,
    stop: &mut watch::Receiver<bool>,
) -> Option<Millis> {
    let schedule = Cron::from_str(job).ok()?;
    let at = schedule.next_after(zone, from)?;
    tokio::select! {
        () = tokio::time::sleep(at.since(clock.now())) => Some(at),
        _ = stop.wait_for(|stop| *stop) => None,
    }
}

/// Counts whether every planned delivery is accounted for.
async fn count(db: &Db, now: Millis) -> Result<(), sqlx::Error> {
    report::count_left_out(db).await?;
    for (letter, progress) in report::imbalances(db, now.minus(COUNTED_FOR)).await? {
        tracing::error!(
            letter,
            channel = progress.channel,
            planned = progress.planned,
            "deliveries do not add up"
        );
    }
    Ok(())
}

/// Erases the addresses that asked for it and have got their last letter.
async fn erase(db: &Db, now: Millis) -> Result<(), sqlx::Error> {
    loop {
        let mut tx = db.begin().await?;
        let erased = privacy::erase(&mut tx, now).await?;
        tx.commit().await?;
        if erased == 0 {
            return Ok(());
        }
        tracing::info!(addresses = erased, "erased");
    }
}
