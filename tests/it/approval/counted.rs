//! A preview counts exactly whom the alert then reaches.

use super::{RESIDENT, draft, glas_in, good, submitted, town};
use crate::points::{STREET, near};
use crate::town::{Base, Cap, LYULIN, Town, handle, on_both};

on_both!(
    a_drawn_area_counts_those_whom_it_touches,
    every_district_of_a_wide_alert_is_counted,
    an_update_counts_whom_its_forerunner_reached,
);

const BANKYA: &str = "68134-24";
const WIDE: &str = "42.4,22.9 42.4,23.8 43.0,23.8 43.0,22.9 42.4,22.9";

/// Besides the resident of everywhere: 50 wants all of Lyulin, 51 a point in the street, 52 and 53
/// one 200 m beside it with 100 and with 300 metres; on the other network 54 wants Bankya, 55
/// Lyulin and Bankya in two wishes, 56 the same and has stopped.
async fn populated(base: Base) -> Town {
    let town = town(base).await;
    let lyulin = town.wish_for(LYULIN);
    let bankya = town.wish_for(BANKYA);
    town.move_in("telegram", 50..54, "bg", lyulin).await;
    for (number, at, radius) in [
        (51, (42_715_700, 23_252_000), 0),
        (52, (42_718_200, 23_252_000), 100),
        (53, (42_718_200, 23_252_000), 300),
    ] {
        town.change(&format!(
            "delete from subscription where address = (select id from address
                where channel = 'telegram' and handle = '{number}')"
        ))
        .await;
        near(&town, ("telegram", number), at, radius).await;
    }
    town.move_in("discord", 54..57, "en", bankya).await;
    let whole = lyulin.districts.0;
    for number in [55, 56] {
        town.change(&format!(
            "insert into subscription (id, address, districts, topics, least_severity, cadence, since)
                select {number}, id, {whole}, -1, 0, 'now', 0 from address
                where channel = 'discord' and handle = '{}'",
            handle("discord", number)
        ))
        .await;
    }
    town.change(&format!(
        "update address set state = 'off', reason = 'stopped' where handle = '{}'",
        handle("discord", 56)
    ))
    .await;
    town
}

#[track_caller]
fn shows(preview: &str, lines: &[&str]) {
    for line in lines {
        let there = preview.lines().any(|shown| shown.trim() == *line);
        assert!(there, "no „{line}“ in {preview}");
    }
}

fn letters(town: &Town, channel: &str, number: u64) -> usize {
    town.inbox(channel, &handle(channel, number))
        .iter()
        .filter(|seen| seen.text.contains("буря") || seen.text.contains("thunderstorm"))
        .count()
}

async fn a_drawn_area_counts_those_whom_it_touches(base: Base) {
    let town = populated(base).await;
    let id = submitted(&town, &Cap::new("storm").polygon(STREET), "publisher");
    let preview = good(&town, &["alert", "preview", &id]);
    shows(
        &preview,
        &[
            "До колко адреса: 5",
            "• telegram: 4",
            "• discord: 1",
            "• Люлин: 5",
        ],
    );
    let english = glas_in(&town, "en", &["alert", "preview", &id]);
    shows(&english.out, &["To how many addresses: 5", "• Lyulin: 5"]);
    good(&town, &["alert", "approve", &id, "--as", "approver"]);
    town.reads("telegram", RESIDENT, 1).await;
    town.quiet().await;
    let got = [50, 51, 52, 53].map(|number| letters(&town, "telegram", number));
    assert_eq!(got, [1, 1, 0, 1]);
    assert_eq!(
        [54, 55, 56].map(|it| letters(&town, "discord", it)),
        [0, 1, 0]
    );
    town.end().await;
}

async fn every_district_of_a_wide_alert_is_counted(base: Base) {
    let town = populated(base).await;
    let wide = Cap::new("wide").severity("Moderate").polygon(WIDE);
    let id = draft(&town, &wide, "publisher");
    let preview = good(&town, &["alert", "preview", &id]);
    shows(
        &preview,
        &[
            "До колко адреса: 7",
            "• telegram: 5",
            "• discord: 2",
            "• Люлин: 6",
            "• Банкя: 3",
            "• Лозенец: 1",
        ],
    );
    let counted = preview.lines().filter(|line| line.starts_with("  • "));
    let districts = town.loaded.city.districts().len();
    assert_eq!(counted.count(), 2 + districts, "{preview}");
    town.end().await;
}

async fn an_update_counts_whom_its_forerunner_reached(base: Base) {
    let town = populated(base).await;
    let id = submitted(&town, &Cap::new("storm").polygon(STREET), "publisher");
    good(&town, &["alert", "approve", &id, "--as", "approver"]);
    town.reads("telegram", RESIDENT, 1).await;
    town.quiet().await;
    let update = [
        "alert",
        "update",
        "storm",
        "storm",
        "place=Банкя",
        "--as",
        "publisher",
    ];
    let said = good(&town, &update);
    let id: String = said.chars().filter(char::is_ascii_digit).collect();
    let preview = good(&town, &["alert", "preview", &id]);
    // 42, 54 and 55 want Bankya; 50, 51 and 53 had the first message.
    shows(
        &preview,
        &[
            "До колко адреса: 6",
            "• telegram: 4",
            "• discord: 2",
            "• Банкя: 3",
        ],
    );
    assert!(!preview.contains("• Люлин"), "{preview}");
    town.end().await;
}
