//! A mail scanner opens every link and sends every form as it stands; nothing comes of it.

use std::collections::BTreeMap;

use glas::on;
use sqlx::AssertSqlSafe;

use super::browser::scan;
use super::mail::{RESIDENT, ask, letters, mail_town, subscribed};
use super::presses::with_a_button;
use crate::town::{Base, Cap, Town, on_both, until};

on_both!(a_scanner_changes_nothing);

/// What a scanner must leave as it is.
pub async fn dump(town: &Town) -> BTreeMap<&'static str, Vec<String>> {
    let columns = [
        (
            "address",
            "id, handle, languages, state, reason, paused_until, quiet_from, quiet_to, generation, consent_at",
        ),
        (
            "subscription",
            "id, address, districts, topics, least_severity, cadence, hour, weekday",
        ),
        ("opt_in", "id, address, wish, created, reminded, used"),
        ("consent", "id, address, at, source"),
        ("open_form", "address, filled"),
        ("suppression", "key, since"),
        ("quota", "key, hour, used"),
        ("letter", "id, worded"),
        ("delivery", "id, letter, address, state"),
        ("inbox", "channel, id"),
    ];
    // What has arrived is written down a moment later.
    until("everything is written down", async || {
        let waiting = "select count(*) from delivery where state in ('ready', 'inflight', 'retry')";
        town.count(waiting).await == 0
    })
    .await;
    let mut all = BTreeMap::new();
    for (table, columns) in columns {
        let whole: Vec<String> = (columns.split(", "))
            .map(|column| format!("coalesce(cast({column} as text), '')"))
            .collect();
        let sql = format!(
            "select {} from {table} order by 1",
            whole.join(" || ' ' || ")
        );
        let mut tx = town.db.read().await.expect("the database");
        let sql = AssertSqlSafe(sql);
        let rows: Vec<(String,)> =
            on!(&mut tx, c => sqlx::query_as(sql).fetch_all(c).await.expect("rows"));
        all.insert(table, rows.into_iter().map(|(row,)| row).collect());
    }
    all
}

async fn a_scanner_changes_nothing(base: Base) {
    let town = mail_town(base).await;
    subscribed(&town, "bg", RESIDENT).await;
    town.alert(&Cap::new("storm")).await;
    letters(&town, RESIDENT, 2).await;
    with_a_button(&town, "Без „Вода“", "mute.water").await;
    with_a_button(&town, "Спри съобщенията", "stop").await;
    ask(&town, "en", "192.0.2.8", "second@example.org")
        .await
        .is(200);
    letters(&town, "second@example.org", 1).await;
    let before = dump(&town).await;
    let all = town.ledger.seen_since(0).into_iter();
    let links: Vec<String> = all
        .flat_map(|letter| letter.buttons)
        .map(|(_, url)| url)
        .filter(|url| url.starts_with("http"))
        .collect();
    assert!(links.len() > 10, "{links:?}");
    let scan = scan(links).await;
    for kind in [
        "/u/",
        "/do/",
        "/preferences/",
        "/confirm/",
        "/unsubscribe/",
        "/mydata/",
        "/subscribe",
    ] {
        assert!(
            scan.opened.iter().any(|url| url.contains(kind)),
            "{kind} was not found: {scan:?}"
        );
    }
    assert!(scan.sent > 20, "{scan:?}");
    for name in ["email", "form", "state"] {
        assert!(scan.names.contains(name), "no form with {name}: {scan:?}");
    }
    assert_eq!(dump(&town).await, before);
    town.end().await;
}
