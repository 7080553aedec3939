//! What is kept goes when its time has come, class by class, and the numbers still add up.

mod addresses;

use std::collections::BTreeMap;
use std::time::Duration;

use glas::base::clock::{Clock, Millis};
use glas::base::id;
use glas::config::privacy::PrivacySettings;
use glas::features::privacy::retention::Class;
use glas::features::privacy::sweep::{self, Swept};
use glas::on;
use glas::outbox::report;
use glas::people::Wish;
use glas::sandbox::telegram::{Often, Trouble};
use glas::schedule;
use sqlx::AssertSqlSafe;

use crate::town::{Base, Cap, Plan, Town, on_both, until};

on_both!(
    each_class_goes_when_its_time_has_come_and_not_before,
    many_rows_go_in_batches,
    numbers_add_up_when_the_rows_behind_them_are_gone,
    two_processes_do_it_once,
);

const DAY: Duration = Duration::from_hours(24);
const HOUR: i64 = 3_600_000;

/// The moment that every story judges by: long after everything that happens in it.
fn today() -> Millis {
    Millis::parse_rfc3339("2030-06-15T03:30:00+03:00").expect("a time")
}

async fn run(town: &Town, sql: &str) {
    let mut tx = town.db.begin().await.expect("the database");
    for statement in sql.split(';').filter(|sql| !sql.trim().is_empty()) {
        let sql = AssertSqlSafe(statement.to_owned());
        on!(&mut tx, c => sqlx::query(sql).execute(c).await.map(drop)).expect(statement);
    }
    tx.commit().await.expect("the database");
}

/// What would go at `now`, by class; nothing is changed by asking.
async fn foreseen(town: &Town, now: Millis) -> BTreeMap<Class, i64> {
    let before = everything(town).await;
    let all = sweep::foresee(&town.db, &PrivacySettings::default(), now).await;
    assert_eq!(everything(town).await, before, "a dry run changes nothing");
    by_class(&all.expect("the database"))
}

async fn swept(town: &Town, now: Millis) -> BTreeMap<Class, i64> {
    let lease = schedule::retention_lease(id::random());
    let mut tx = town.db.begin().await.expect("the database");
    assert!(lease.take(&mut tx).await.expect("the database"));
    tx.commit().await.expect("the database");
    let all = sweep::sweep(&town.db, &PrivacySettings::default(), &lease, now).await;
    let mut tx = town.db.begin().await.expect("the database");
    lease.release(&mut tx).await.expect("the database");
    tx.commit().await.expect("the database");
    by_class(&all.expect("the database").expect("the lease is held"))
}

fn by_class(all: &[Swept]) -> BTreeMap<Class, i64> {
    assert_eq!(all.len(), Class::ALL.len());
    all.iter()
        .map(|it| (it.class, it.removed))
        .filter(|(_, removed)| *removed > 0)
        .collect()
}

/// How many rows every table has that a run may touch.
async fn everything(town: &Town) -> Vec<i64> {
    let mut rows = vec![];
    for table in [
        "address",
        "subscription",
        "consent",
        "open_form",
        "opt_in",
        "inbox",
        "letter",
        "broadcast",
        "delivery",
        "tally",
        "quota",
        "suppression",
        "retention",
    ] {
        rows.push(town.count(&format!("select count(*) from {table}")).await);
    }
    rows.push(
        town.count("select count(*) from address where off_seen is not null")
            .await,
    );
    rows
}

/// SQL for one row a little older than `age` and one exactly as old, which stays.
fn pair(age: Duration, row: impl Fn(usize, i64) -> String) -> String {
    let edge = today().minus(age).0;
    format!("{};{};", row(1, edge - 1), row(2, edge))
}

fn letter(id: i64, created: i64, expires: i64) -> String {
    format!(
        "insert into letter (id, worded, lane, created, expires) values ({id}, '{{}}', 1, {created}, {expires})"
    )
}

fn delivery(letter: i64, state: &str, settled: &str) -> String {
    format!(
        "insert into delivery (id, letter, address, channel, lane, state, due, owner, epoch, claimed, attempts, doubts,
            crashes, next_part, settled) values ({letter}1, {letter}, 1, 'telegram', 1, '{state}', 0, 0, 0, 0, 0, 0,
            0, 0, {settled})"
    )
}

fn broadcast(letter: i64) -> String {
    format!(
        "insert into broadcast (letter, channel, lane, state, districts, topics, severity, walked_to, walked, dropped,
            planned, turn) values ({letter}, 'telegram', 2, 'ended', -1, -1, 0, 0, 1, 0, 1, 0)"
    )
}

fn address(id: i64, state: &str, reason: &str, since: i64) -> String {
    format!(
        "insert into address (id, channel, handle, languages, state, reason, since)
            values ({id}, 'telegram', 'a{id}', 'bg', '{state}', {reason}, {since})"
    )
}

#[expect(
    clippy::too_many_lines,
    reason = "one row of each class, and what becomes of it"
)]
async fn each_class_goes_when_its_time_has_come_and_not_before(base: Base) {
    let town = Town::build(base, Plan::default()).await;
    let none = BTreeMap::new();
    assert_eq!(foreseen(&town, today()).await, none);
    run(&town, &address(1, "on", "null", today().0)).await;
    run(&town, &address(2, "on", "null", today().0)).await;
    let table = [
        (
            Class::Events,
            pair(14 * DAY, |n, at| {
                format!("insert into inbox values ('telegram', 'e{n}', {at})")
            }),
        ),
        (
            Class::Forms,
            pair(30 * DAY, |n, at| {
                format!("insert into open_form values ({n}, 'join', '{{}}', {at})")
            }),
        ),
        (
            Class::Requests,
            pair(7 * DAY, |n, at| {
                let mailed = if n == 1 {
                    "null".to_owned()
                } else {
                    at.to_string()
                };
                let created = at - i64::from(n == 2) * 1_000_000;
                format!("insert into opt_in values ({n}, 1, '{{}}', {created}, {mailed}, null)")
            }),
        ),
        (
            Class::ConfirmedRequests,
            pair(30 * DAY, |n, at| {
                format!("insert into opt_in values (1{n}, 1, '{{}}', 0, null, {at})")
            }),
        ),
        (
            Class::Answers,
            pair(30 * DAY, |n, at| {
                let id = 100 + i64::try_from(n).expect("small");
                [
                    letter(id, at - 1000, at + 1000),
                    delivery(id, "sent", &at.to_string()),
                ]
                .join(";")
            }),
        ),
        (
            Class::Deliveries,
            pair(90 * DAY, |n, at| {
                let id = 200 + i64::try_from(n).expect("small");
                [
                    letter(id, at - 1000, at),
                    broadcast(id),
                    delivery(id, "sent", &(at - 500).to_string()),
                ]
                .join(";")
            }),
        ),
        (
            Class::Quotas,
            pair(2 * DAY, |n, at| {
                format!(
                    "insert into quota values ('k{n}', {}, 1)",
                    at / HOUR - i64::from(n == 1)
                )
            }),
        ),
        (
            Class::Reports,
            // 24 months without a 29 February.
            pair(730 * DAY, |n, at| {
                format!("insert into retention values ({n}, {at}, 'events', 7)")
            }),
        ),
    ];
    let mut all = BTreeMap::new();
    for (class, sql) in table {
        run(&town, &sql).await;
        all.insert(class, 1);
        assert_eq!(foreseen(&town, today()).await, all, "{class:?}");
    }
    // Not settled, or told by a digest that is still needed: an answer stays.
    let old = today().minus(40 * DAY).0;
    run(
        &town,
        &[letter(301, old, old), delivery(301, "ready", "null")].join(";"),
    )
    .await;
    run(
        &town,
        &[
            letter(302, old, old),
            letter(303, old, today().0),
            broadcast(303),
            delivery(303, "sent", &today().0.to_string()),
        ]
        .join(";"),
    )
    .await;
    run(&town, "update letter set thread = 302 where id = 303").await;
    assert_eq!(foreseen(&town, today()).await, all);

    assert_eq!(swept(&town, today()).await, all);
    assert_eq!(foreseen(&town, today()).await, none);
    assert_eq!(
        town.count("select count(*) from delivery where letter in (101, 201)")
            .await,
        0
    );
    assert_eq!(
        town.count("select count(*) from letter where id in (102, 201, 202, 301, 302, 303)")
            .await,
        6
    );
    let mut tx = town.db.read().await.expect("the database");
    let runs = sweep::runs(&mut tx, 1).await.expect("the report");
    drop(tx);
    assert_eq!(runs.len(), Class::ALL.len());
    let removed = runs.iter().filter(|(.., removed)| *removed > 0);
    let removed: BTreeMap<Class, i64> = removed
        .map(|(_, class, removed)| (*class, *removed))
        .collect();
    assert_eq!(removed, all);
    assert!(runs.iter().all(|(at, ..)| *at == today()));
    run(
        &town,
        "update delivery set state = 'expired' where letter = 301",
    )
    .await;
    town.end().await;
}

async fn many_rows_go_in_batches(base: Base) {
    let town = Town::build(base, Plan::default()).await;
    let old = today().minus(100 * DAY).0;
    let mut rows: Vec<String> = (0..2_500)
        .map(|n| format!("insert into inbox values ('telegram', 'e{n}', {old})"))
        .collect();
    rows.push(address(1, "on", "null", old));
    for id in 1_000..2_200 {
        rows.push(letter(id, old, old));
        rows.push(delivery(id, "sent", &old.to_string()));
    }
    rows.push(letter(5000, old, old));
    rows.push(broadcast(5000));
    rows.push(delivery(5000, "inflight", "null"));
    rows.extend((2..1_300).map(|n| address(n, "off", "null", old)));
    run(&town, &rows.join(";")).await;
    let all = BTreeMap::from([
        (Class::Visitors, 1_298),
        (Class::Events, 2_500),
        (Class::Answers, 1_200),
        (Class::Deliveries, 1),
    ]);
    assert_eq!(foreseen(&town, today()).await, all);
    assert_eq!(swept(&town, today()).await, all);
    let progress = town.progress(5000).await;
    assert_eq!(
        progress["telegram"].count("uncertain"),
        1,
        "what was under way is counted as that"
    );
    town.end().await;
}

async fn numbers_add_up_when_the_rows_behind_them_are_gone(base: Base) {
    let plan = Plan {
        channels: &["telegram"],
        ..Plan::default()
    };
    let mut town = Town::build(base, plan).await;
    town.move_in("telegram", 1..8, "bg", Wish::EVERYTHING).await;
    town.telegram.block(3).expect("blocked");
    town.telegram
        .fail(Trouble::Status(502), &["getUpdates"], Often::Always);
    town.start().await;
    let cap = Cap::new("storm");
    let first = town.alert(&cap).await;
    town.delivered(first).await;
    let second = town.alert(&cap.follow_up("all-clear", "Cancel")).await;
    town.delivered(second).await;
    town.telegram.clear_troubles();
    // The block is heard and the old messages are marked only now; both leave rows.
    let heard = "select (select count(*) from inbox) - (select count(*) from mark)";
    until("nothing more comes", async || town.count(heard).await == 1).await;
    town.quiet().await;
    let before = (town.progress(first).await, town.progress(second).await);
    assert_eq!(before.0["telegram"].count("sent"), 6);
    assert_eq!(before.0["telegram"].count("gone"), 1);

    let now = Clock::system().now();
    assert_eq!(
        swept(&town, now.plus(90 * DAY))
            .await
            .get(&Class::Deliveries),
        None,
        "the alert's time counts"
    );
    let late = now.plus(120 * DAY);
    let rows = town.count("select count(*) from delivery").await;
    assert_eq!(
        foreseen(&town, late).await.get(&Class::Deliveries),
        Some(&rows)
    );
    assert_eq!(
        swept(&town, late).await.get(&Class::Deliveries),
        Some(&rows)
    );
    assert_eq!(town.count("select count(*) from delivery").await, 0);
    for (letter, before) in [(first, &before.0), (second, &before.1)] {
        let after = &town.progress(letter).await["telegram"];
        assert_eq!(after.states, before["telegram"].states);
        assert_eq!(after.planned, before["telegram"].planned);
        assert!(after.balances(), "{after:?}");
        assert_eq!(
            after.times_ms, None,
            "when they were sent, nobody knows any more"
        );
    }
    let wrong = report::imbalances(&town.db, Millis(0)).await;
    assert_eq!(wrong.expect("the report"), vec![]);
    town.end().await;
}

async fn two_processes_do_it_once(base: Base) {
    let town = Town::build(
        base,
        Plan {
            channels: &[],
            ..Plan::default()
        },
    )
    .await;
    let toml = std::fs::read_to_string(town.config()).expect("bot.toml");
    let often = format!("{toml}\n[privacy]\nretention = \"* * * * * *\"\n");
    std::fs::write(town.config(), often).expect("bot.toml");
    run(&town, "insert into inbox values ('telegram', 'e', 0)").await;
    let (one, other) = (town.spawn(), town.spawn());
    until("it was done several times", async || {
        town.count("select count(distinct at) from retention").await >= 4
    })
    .await;
    one.kill().await;
    other.kill().await;
    let runs = town.count("select count(distinct at) from retention").await;
    let seconds = town
        .count("select count(distinct at / 1000) from retention")
        .await;
    assert_eq!(runs, seconds, "twice in a second");
    let rows = town.count("select count(*) from retention").await;
    assert_eq!(rows, runs * i64::try_from(Class::ALL.len()).expect("small"));
    assert_eq!(
        town.count("select cast(sum(removed) as bigint) from retention")
            .await,
        1
    );
    town.end().await;
}
