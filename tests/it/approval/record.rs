//! The record of who did what: whole, or where it was touched.

use glas::base::clock::Clock;
use glas::features::audit::{self, Broken};
use glas::on;
use sqlx::AssertSqlSafe;

use super::{RESIDENT, approver, draft, glas, glas_in, good, refused, submitted, town as desk};
use crate::town::{Base, Cap, Plan, Town, on_both};

on_both!(
    the_record_shows_what_was_changed_removed_or_reordered,
    the_history_of_a_draft_and_of_an_alert_is_told_in_words,
);

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

/// The lines without their times.
fn deeds(said: &str) -> Vec<&str> {
    (said.lines())
        .map(|line| line.split_once(": ").map_or(line, |(_, deed)| deed))
        .collect()
}

async fn the_history_of_a_draft_and_of_an_alert_is_told_in_words(base: Base) {
    let town = desk(base).await;
    // Another draft, which does not belong to the story.
    draft(&town, &Cap::new("other"), "moderator");
    let id = submitted(&town, &Cap::new("storm"), "publisher");
    let hand = approver(&town);
    hand.reads("Чака Ви за одобрение").await;
    let number = id.as_str();
    good(
        &town,
        &[
            "alert",
            "return",
            number,
            "--as",
            "approver",
            "--reason",
            "Липсва телефон",
        ],
    );
    good(&town, &["alert", "submit", number, "--as", "publisher"]);
    good(&town, &["alert", "approve", number, "--as", "approver"]);
    town.reads("telegram", RESIDENT, 1).await;
    town.quiet().await;
    let alert = town
        .count("select alert from draft where state = 'sent'")
        .await;
    let alert = format!("alert:{alert}");
    let own = format!("draft:{id}");
    let told = good(&town, &["audit", "--of", &own]);
    assert_eq!(
        deeds(&told),
        [
            "publisher написа чернова.",
            "publisher я предаде за одобрение.",
            "approver я върна: „Липсва телефон“",
            "publisher я предаде за одобрение.",
            &format!(
                "approver я одобри. Излезе като предупреждение {}.",
                &alert[6..]
            ),
        ],
        "{told}"
    );
    let cancel = ["alert", "cancel", &alert[6..], "--as", "publisher"];
    good(&town, &cancel);
    let told = glas_in(&town, "en", &["audit", "--of", &alert]).out;
    let last: Vec<&str> = deeds(&told).into_iter().rev().take(3).collect();
    assert!(
        last[0].starts_with("publisher sent it. It went out as alert "),
        "{told}"
    );
    assert_eq!(
        last[1], "publisher wrote a draft that ends an alert.",
        "{told}"
    );
    let approved = format!(
        "approver approved it. It went out as alert {}.",
        &alert[6..]
    );
    assert!(deeds(&told).contains(&approved.as_str()), "{told}");
    assert!(last[2].starts_with("── draft:"), "{told}");
    assert!(!told.contains("moderator"), "{told}");
    let json = good(&town, &["audit", "--of", &own, "--json"]);
    assert_eq!(json.lines().count(), 5, "{json}");
    refused(
        &town,
        &["audit", "--of", "draft:1"],
        "няма нищо за „draft:1“",
    );
    let both = glas(&town, &["audit", "verify", "--of", "draft:1"]);
    assert_eq!(both.code, Some(2), "{both:?}");
    town.quiet().await;
    town.end().await;
}
