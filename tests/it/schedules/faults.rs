//! Several processes, killed ones, and facts that no longer fit: nothing is lost, nothing doubled.

use glas::features::alert::draft::office::Office;
use glas::features::schedule::{Outcome, fire};

use super::with_office;
use super::{CHANNELS, RESIDENT, TUESDAYS, add, alerts, at, cron, known, look_at, town, waste};
use crate::town::{Base, Town, on_both, until};

on_both!(
    of_several_processes_one_lets_it_go_out,
    a_killed_process_loses_and_doubles_nothing,
    what_cannot_go_out_is_told_and_keeps_no_other_from_its_time,
);

const SEVERAL: usize = 6;

/// So many schedules, all due at the town's `time`.
async fn all_due(town: &Town, time: i64) {
    for number in 0..SEVERAL {
        let name = format!("waste-{number}");
        add(town, "publisher", (&name, cron(TUESDAYS)), waste()).await;
    }
    town.change(&format!("update schedule set next = {time}"))
        .await;
}

async fn of_several_processes_one_lets_it_go_out(base: Base) {
    let mut town = town(base, Some("2026-11-30T12:00:00+02:00")).await;
    let time = at("2026-12-01T07:30:00+02:00");
    all_due(&town, time.0).await;
    let other = town.loaded.database().await.expect("the database");
    let (one, two) = with_office!(town, office => {
        tokio::join!(
            fire::due(&town.db, &office, None, time),
            fire::due(&other, &office, None, time),
        )
    });
    other.close().await;
    let both = one.expect("the database") + two.expect("the database");
    assert_eq!(both, SEVERAL, "each is dealt with once");
    assert_eq!(alerts(&town).await, 6);
    town.start().await;
    town.reads("telegram", RESIDENT, SEVERAL).await;
    town.quiet().await;
    assert_eq!(town.inbox("telegram", RESIDENT).len(), SEVERAL);
    town.end().await;
}

async fn a_killed_process_loses_and_doubles_nothing(base: Base) {
    let town = town(base, None).await;
    all_due(&town, town.clock.now().0).await;
    for kill in 1..3 {
        let bot = town.spawn();
        let share = rand::random_range(1..=kill * 2);
        until("some went out", async || alerts(&town).await >= share).await;
        bot.kill().await;
    }
    let (first, second) = (town.spawn(), town.spawn());
    until("all went out", async || alerts(&town).await >= 6).await;
    town.reads("telegram", RESIDENT, SEVERAL).await;
    town.quiet().await;
    assert_eq!(alerts(&town).await, 6);
    assert_eq!(town.count("select count(*) from draft").await, 6);
    let fired = "select count(distinct object) from audit where act = 'fire'";
    assert_eq!(town.count(fired).await, 6);
    let due =
        "select count(*) from schedule where outcome <> 'sent' or last is null or next <= last";
    assert_eq!(town.count(due).await, 0);
    first.kill().await;
    second.kill().await;
    town.end().await;
}

async fn what_cannot_go_out_is_told_and_keeps_no_other_from_its_time(base: Base) {
    let mut town = town(base, Some("2026-11-30T12:00:00+02:00")).await;
    let broken = add(&town, "publisher", ("broken", cron(TUESDAYS)), waste()).await;
    add(&town, "publisher", ("waste", cron(TUESDAYS)), waste()).await;
    // The district was renamed since; another row cannot be read at all.
    town.change(&format!(
        "update schedule set what = replace(what, 'Люлин', 'Атлантида') where id = {}",
        broken.id
    ))
    .await;
    add(&town, "publisher", ("unread", cron(TUESDAYS)), waste()).await;
    town.change("update schedule set zone = 'Europe/Atlantis' where name = 'unread'")
        .await;
    assert_eq!(look_at(&town, "2026-12-01T07:30:00+02:00").await, 2);
    assert_eq!(look_at(&town, "2026-12-01T07:31:00+02:00").await, 0);
    assert_eq!(known(&town, "waste").await.outcome, Some(Outcome::Sent));
    let broken = known(&town, "broken").await;
    assert_eq!(broken.outcome, Some(Outcome::Failed));
    assert_eq!(broken.next, Some(at("2026-12-08T07:30:00+02:00")));
    town.start().await;
    let told = town.hand("telegram", 901).reads("„broken“").await;
    assert!(told.text.contains("Атлантида"), "{}", told.text);
    town.reads("telegram", RESIDENT, 1).await;
    town.end().await;
}
