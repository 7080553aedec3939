//! What happens by the calendar: cron expressions in the city's own time, safe over clock changes.

use std::str::FromStr;
use std::time::Duration;

use chrono::{DateTime, LocalResult, NaiveDateTime, Offset as _, TimeZone as _, Utc};
use chrono_tz::Tz;
use cron::Schedule;
use tokio::sync::watch;

use crate::base::clock::{Clock, Millis};
use crate::on;
use crate::outbox::report;
use crate::store::Db;

/// The jobs of the program itself, as cron's six fields (seconds first) in the city's time.
const COUNT_DELIVERIES: &str = "0 * * * * *";
const FORGET_EVENTS: &str = "30 30 3 * * *";

/// Letters younger than this are counted every minute.
const COUNTED_FOR: Duration = Duration::from_hours(48);
/// Networks offer an event again for a day at most; after this its mark may go.
const EVENTS_KEPT_FOR: Duration = Duration::from_hours(14 * 24);

const FORGET: &str = "delete from inbox where at < $1";

/// Every statement of this file, for the test that prepares them.
pub const STATEMENTS: [&str; 1] = [FORGET];

/// The first time after `after` at which `schedule` is due in `zone`.
///
/// The `cron` crate is only asked about civil time. A civil time that a clock change leaves out
/// is moved forward by the change; one that happens twice counts the first time; the answer is
/// always later than `after`.
#[must_use]
pub fn next_after(schedule: &Schedule, zone: Tz, after: Millis) -> Option<Millis> {
    let civil = after.utc()?.with_timezone(&zone).naive_local();
    // An hour earlier, because a civil time just passed may be one that a gap has moved forward.
    let from = DateTime::<Utc>::from_naive_utc_and_offset(civil - chrono::TimeDelta::hours(1), Utc);
    schedule
        .after(&from)
        .take(10_000)
        .map(|civil| instant(zone, civil.naive_utc()))
        .find(|at| *at > after)
}

/// The instant of a civil time: in a gap as if the clock had not been changed yet, in an overlap
/// the first.
fn instant(zone: Tz, civil: NaiveDateTime) -> Millis {
    let at = match zone.from_local_datetime(&civil) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => at.timestamp_millis(),
        LocalResult::None => {
            let before = zone
                .offset_from_utc_datetime(&(civil - chrono::TimeDelta::hours(6)))
                .fix();
            civil.and_utc().timestamp_millis() - i64::from(before.local_minus_utc()) * 1000
        }
    };
    Millis(at)
}

/// Runs the program's own jobs until the process is to end.
pub async fn run(db: Db, clock: Clock, zone: Tz, mut stop: watch::Receiver<bool>) {
    let jobs = [COUNT_DELIVERIES, FORGET_EVENTS].map(|text| (text, Schedule::from_str(text)));
    let mut from = clock.now();
    loop {
        let next = jobs
            .iter()
            .filter_map(|(text, schedule)| {
                Some((next_after(schedule.as_ref().ok()?, zone, from)?, *text))
            })
            .min();
        let Some((at, job)) = next else { return };
        tokio::select! {
            () = tokio::time::sleep(at.since(clock.now())) => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
        let result = if job == COUNT_DELIVERIES {
            count(&db, at).await
        } else {
            forget(&db, at).await
        };
        if let Err(why) = result {
            tracing::error!(
                job,
                "a job of the calendar failed and is tried again next time: {why}"
            );
        }
        from = at.max(clock.now());
    }
}

/// Counts whether every planned delivery is accounted for.
async fn count(db: &Db, now: Millis) -> Result<(), sqlx::Error> {
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

/// Forgets marks of events that no network offers again.
async fn forget(db: &Db, now: Millis) -> Result<(), sqlx::Error> {
    let mut tx = db.begin().await?;
    let before = now.minus(EVENTS_KEPT_FOR).0;
    on!(&mut tx, c => sqlx::query(FORGET).bind(before).execute(c).await.map(drop))?;
    tx.commit().await
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::Sofia;

    use super::*;

    fn at(text: &str) -> Millis {
        Millis::parse_rfc3339(text).unwrap_or_else(|why| panic!("{text}: {why}"))
    }

    fn daily() -> Schedule {
        Schedule::from_str("0 30 3 * * *").unwrap_or_else(|why| panic!("{why}"))
    }

    fn follow(from: &str, count: usize) -> Vec<Millis> {
        let schedule = daily();
        let next = |after: &Millis| next_after(&schedule, Sofia, *after);
        std::iter::successors(Some(at(from)), next)
            .skip(1)
            .take(count)
            .collect()
    }

    #[test]
    fn a_time_that_the_spring_leaves_out_comes_when_the_clock_would_have_shown_it() {
        // 2027-03-28: 03:00 becomes 04:00, so 03:30 is 04:30.
        assert_eq!(
            follow("2027-03-27T00:00:00+02:00", 3),
            [
                at("2027-03-27T03:30:00+02:00"),
                at("2027-03-28T04:30:00+03:00"),
                at("2027-03-29T03:30:00+03:00"),
            ]
        );
        // Asked within the hour that is missing, and just after it.
        let schedule = daily();
        for (after, next) in [
            ("2027-03-28T04:10:00+03:00", "2027-03-28T04:30:00+03:00"),
            ("2027-03-28T04:30:00+03:00", "2027-03-29T03:30:00+03:00"),
        ] {
            assert_eq!(next_after(&schedule, Sofia, at(after)), Some(at(next)));
        }
    }

    #[test]
    fn a_time_that_the_autumn_has_twice_comes_once() {
        // 2027-10-31: 04:00 becomes 03:00, so 03:30 comes twice.
        assert_eq!(
            follow("2027-10-30T12:00:00+03:00", 2),
            [
                at("2027-10-31T03:30:00+03:00"),
                at("2027-11-01T03:30:00+02:00")
            ]
        );
        let schedule = daily();
        let within = at("2027-10-31T03:10:00+02:00");
        let next = at("2027-11-01T03:30:00+02:00");
        assert_eq!(next_after(&schedule, Sofia, within), Some(next));
    }

    #[test]
    fn what_comes_next_is_always_later() {
        for (text, step) in [(COUNT_DELIVERIES, 7), (FORGET_EVENTS, 1)] {
            let schedule = Schedule::from_str(text).unwrap_or_else(|why| panic!("{why}"));
            for day in ["2027-03-28T00:00:00+02:00", "2027-10-31T00:00:00+03:00"] {
                for minute in (0..26 * 60).step_by(step) {
                    let after = at(day).plus(Duration::from_secs(minute * 60 + 1));
                    let next = next_after(&schedule, Sofia, after);
                    assert!(
                        next.is_some_and(|next| next > after),
                        "{text} after {after:?}"
                    );
                }
            }
        }
    }
}
