//! What the doctor says of feeds.

use glas::base::clock::Clock;

use super::{Clinic, assert_has};
use crate::town::{Base, on_both};

on_both!(feeds_that_are_silent_are_told);

const FEEDS: &str = "[[feed]]\nname = \"meteo\"\nurl = \"http://127.0.0.1:9/meteo\"\nkind = \"cap\"\n\
    silent_after = 48\n\
    [[feed]]\nname = \"water\"\nurl = \"http://127.0.0.1:9/water\"\nkind = \"cap\"\n\
    [[feed]]\nname = \"new\"\nurl = \"http://127.0.0.1:9/new\"\nkind = \"cap\"\n";
const HOUR: i64 = 3_600_000;

async fn feeds_that_are_silent_are_told(base: Base) {
    let clinic = Clinic::open(base).await;
    clinic.edit("[email.dkim]", &format!("{FEEDS}[email.dkim]"));
    let now = Clock::system().now().0;
    let outcome = "{\"bg\": \"Източникът отговори с код 500.\", \"en\": \"The source answered with status 500.\"}";
    for (name, read, changed) in [("meteo", 0, 49), ("water", 7, 7)] {
        let (read, changed) = (now - read * HOUR, now - changed * HOUR);
        clinic
            .town
            .change(&format!(
                "insert into feed (name, url, next, failures, tried_at, read_at, changed_at, outcome)
                    values ('{name}', 'http://127.0.0.1:9/{name}', {now}, 0, {now}, {read}, {changed}, '{outcome}')"
            ))
            .await;
    }
    clinic
        .has_warning("meteo: мълчи от", "meteo: has said nothing new since")
        .await;
    clinic
        .has_warning(
            "water: не може да се чете от",
            "water: has not been readable since",
        )
        .await;
    let said = clinic.says("en").await;
    assert!(
        said.out.contains("The source answered with status 500."),
        "{}",
        said.out
    );
    assert_has(&said.out, "ok", "new: was never read.");
}
