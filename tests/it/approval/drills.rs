//! A drill reads differently everywhere, reaches operators alone, and ends with its report.

use super::{CHANNELS, OPERATORS, RESIDENT, good};
use crate::town::{Base, Cap, Plan, Town, on_both};

on_both!(a_drill_reads_differently_and_ends_with_its_report);

async fn a_drill_reads_differently_and_ends_with_its_report(base: Base) {
    let plan = Plan {
        channels: CHANNELS,
        more: OPERATORS,
        web: true,
        ..Plan::default()
    };
    let mut town = Town::build(base, plan).await;
    town.settle_in("telegram", 42, "bg");
    town.subscribe("telegram", RESIDENT, "bg").await;
    for number in [901, 903, 904, 905] {
        town.settle_in("telegram", number, "bg");
    }
    town.settle_in("discord", 902, "en");
    // The one who reads English.
    town.subscribe("discord", "user:902", "en").await;
    town.start().await;
    let file = town.config().with_file_name("draft.xml");
    let xml = Cap::new("drill").xml();
    std::fs::write(&file, xml.replace(">Actual<", ">Exercise<")).expect("a file");
    let file = file.to_str().expect("a path");
    let said = good(&town, &["alert", "new", "--cap", file, "--as", "publisher"]);
    let id: String = said.chars().filter(char::is_ascii_digit).collect();
    let live = [
        "Сериозна опасност",
        "112",
        "Severe danger",
        "Serious danger",
    ];
    let shown = good(&town, &["alert", "preview", &id]);
    assert!(shown.contains("УЧЕНИЕ: "), "{shown}");
    good(&town, &["alert", "submit", &id, "--as", "publisher"]);
    for who in ["903", "904", "905"] {
        let read = town.reads("telegram", who, 1).await.remove(0);
        assert!(read.starts_with("УЧЕНИЕ: "), "{read}");
        let first = read.lines().filter(|line| !line.is_empty()).nth(1);
        assert!(
            first.is_some_and(|it| it.starts_with("Това е учение")),
            "{read}"
        );
        assert_eq!(read.matches("УЧЕНИЕ: ").count(), 1, "{read}");
        assert!(!live.iter().any(|part| read.contains(part)), "{read}");
    }
    let read = town.reads("discord", "user:902", 1).await.remove(0);
    assert!(read.contains("DRILL: "), "{read}");
    assert!(read.contains("This is a drill"), "{read}");
    assert!(!live.iter().any(|part| read.contains(part)), "{read}");
    let hand = town.hand("telegram", 901);
    let report = hand.reads("Отчет за учението: ").await;
    for part in ["Получено е на 5 от 5 адреса.", "го получиха за"] {
        assert!(report.text.contains(part), "{}", report.text);
    }
    town.quiet().await;
    assert!(town.inbox("telegram", RESIDENT).is_empty());
    // Nothing of it is public.
    assert_eq!(town.count("select count(*) from alert").await, 0);
    for page in [
        "/bg/now",
        "/bg/alerts.atom",
        "/bg/alerts.rss",
        "/bg/alerts.json",
        "/bg/alerts.geojson",
    ] {
        let got = reqwest::get(town.page(page)).await.expect("a page");
        let text = got.text().await.expect("a text");
        assert!(!text.contains("УЧЕНИЕ"), "{page}: {text}");
        assert!(!text.contains("drill"), "{page}: {text}");
    }
    town.end().await;
}
