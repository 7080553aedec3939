//! Addresses that nobody needs any more.

use std::collections::BTreeMap;
use std::time::Duration;

use glas::app;
use glas::base::clock::Millis;
use glas::features::privacy::retention::Class;
use glas::people::Wish;
use glas::people::import;

use super::{DAY, address, foreseen, run, swept, today};
use crate::town::{Base, Plan, Town, line, on_both};

on_both!(addresses_go_when_nothing_hangs_on_them_any_more);

async fn addresses_go_when_nothing_hangs_on_them_any_more(base: Base) {
    let town = Town::build(base, Plan::default()).await;
    let long_ago = today().minus(3000 * DAY).0;
    let wish = |id: i64| {
        format!(
            "insert into subscription (id, address, districts, topics, least_severity, cadence, since)
                values ({id}, {id}, -1, -1, 0, 'now', 0);
            insert into consent (id, address, at, given, source) values ({id}, {id}, 0, {}, '/stop')",
            id == 0
        )
    };
    // 1 stopped, 2 is gone, 3 is on, 4 wrote and never subscribed, 5 did so lately, 6 talks still.
    let month = today().minus(30 * DAY).0;
    for sql in [
        address(1, "off", "'stopped'", long_ago),
        wish(1),
        address(2, "off", "'recipient gone'", long_ago),
        wish(2),
        address(3, "on", "null", long_ago),
        wish(3),
        address(4, "off", "null", month - 1),
        address(5, "off", "null", month),
        address(6, "off", "null", long_ago),
        format!(
            "insert into open_form values (6, 'join', '{{}}', {})",
            today().0
        ),
    ] {
        run(&town, &sql).await;
    }
    let only = |class| BTreeMap::from([(class, 1)]);
    assert_eq!(foreseen(&town, today()).await, only(Class::Visitors));
    assert_eq!(swept(&town, today()).await, only(Class::Visitors));

    // 24 months after a run first saw them off. 2 came back meanwhile, and left again.
    let keys = app::keyring(&town.db).await.expect("keys");
    let listed = line("telegram", "a2".to_owned(), "bg", Wish::EVERYTHING);
    let written = import::write(&town.db, &keys, &[listed], today()).await;
    assert!(written.expect("the list").is_empty());
    run(
        &town,
        "update address set state = 'off', reason = 'left' where id = 2",
    )
    .await;
    let later = today().plus(100 * DAY);
    swept(&town, later).await;
    let two_years = Millis::parse_rfc3339("2032-06-15T03:30:00+03:00").expect("a time");
    assert_eq!(foreseen(&town, two_years).await.get(&Class::Departed), None);
    let after = two_years.plus(Duration::from_secs(1));
    assert_eq!(foreseen(&town, after).await.get(&Class::Departed), Some(&1));
    assert_eq!(swept(&town, after).await.get(&Class::Departed), Some(&1));
    let left = "select count(*) from address where id in (1, 2, 3)";
    assert_eq!(town.count(left).await, 2);
    assert_eq!(
        town.count("select count(*) from consent where address = 1")
            .await,
        0
    );
    assert_eq!(
        town.count("select count(*) from suppression").await,
        0,
        "nobody asked for that"
    );
    let after = after.plus(101 * DAY);
    assert_eq!(swept(&town, after).await.get(&Class::Departed), Some(&1));
    assert_eq!(
        town.count("select count(*) from address where id = 3")
            .await,
        1
    );
    town.end().await;
}
