//! The record of who did what: whole, or where it was touched.

use glas::base::clock::Clock;
use glas::features::audit::{self, Broken};
use glas::on;
use sqlx::AssertSqlSafe;

use crate::town::{Base, Plan, Town, on_both};

on_both!(the_record_shows_what_was_changed_removed_or_reordered);

async fn the_record_shows_what_was_changed_removed_or_reordered(base: Base) {
    let town = Town::build(base, Plan::default()).await;
    let now = Clock::system().now();
    let mut tx = town.db.begin().await.expect("the database");
    for number in 1..=6 {
        let detail = format!("detail {number}");
        let deed = audit::Deed {
            actor: "publisher",
            act: "submit",
            object: "draft:1",
            detail: &detail,
        };
        audit::record(&mut tx, &deed, now)
            .await
            .expect("the database");
    }
    tx.commit().await.expect("the database");
    let (count, hash) = found(&town, &[]).await.expect("whole");
    assert_eq!((count, hash.len()), (6, 43));
    for (damage, broken) in [
        (
            &["update audit set detail = 'x' where number = 3"][..],
            Broken::Changed(3),
        ),
        (
            &["update audit set actor = 'approver' where number = 6"],
            Broken::Changed(6),
        ),
        (&["delete from audit where number = 4"], Broken::Missing(5)),
        (&["delete from audit where number = 6"], Broken::End),
        (
            &[
                "update audit set number = 60 where number = 2",
                "update audit set number = 2 where number = 3",
                "update audit set number = 3 where number = 60",
            ],
            Broken::Changed(2),
        ),
    ] {
        assert_eq!(found(&town, damage).await.err(), Some(broken), "{damage:?}");
    }
    town.end().await;
}

/// What is found after this damage, which is undone again.
async fn found(town: &Town, damage: &[&str]) -> Result<(i64, String), Broken> {
    let mut tx = town.db.begin().await.expect("the database");
    for sql in damage {
        let sql = AssertSqlSafe((*sql).to_owned());
        on!(&mut tx, c => sqlx::query(sql).execute(c).await.map(drop)).expect("the database");
    }
    audit::verify(&mut tx).await.expect("the database")
}
