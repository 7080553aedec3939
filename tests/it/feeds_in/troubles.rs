//! Troubles with sources: too much at once, messages that are missing, two processes, a source that fails.

use std::time::Duration;

use glas::config::Config;
use glas::features::feed::round::standing;
use glas::features::feed::watch::lease;
use glas::people::Wish;

use super::source::{Says, Source, index};
use super::stories::{ALERTS, BANKYA, cap, entry_is, hears, in_both, state, town};
use crate::cli::program::{bare, finish};
use crate::town::{Base, Town, on_both, until};

on_both!(
    more_than_is_fetched_at_once_follows_at_the_next_reading,
    a_message_that_is_missing_is_tried_again,
    one_process_at_a_time_reads_a_feed,
    a_failing_source_is_left_alone_longer_and_longer,
    each_reader_gets_the_map_in_their_language,
    what_cannot_be_drawn_goes_without_its_map,
);

async fn more_than_is_fetched_at_once_follows_at_the_next_reading(base: Base) {
    let (mut town, source) = town(base, ALERTS).await;
    let names: Vec<String> = (0..53).map(|number| format!("m{number}")).collect();
    let restricted = |name: &str| {
        let xml = cap(&town, name).xml();
        xml.replace(">Public<", ">Restricted<")
    };
    for name in &names {
        source.page(&format!("/cap/{name}"), restricted(name));
    }
    let all: Vec<&str> = names.iter().map(String::as_str).collect();
    source.says("/feed", Says::Page(index(&all), Some("many")));
    town.start().await;
    until("the first are written down", async || {
        state(&town, "meteo").await.is_some()
    })
    .await;
    let fetched = |source: &Source| {
        let asked = names
            .iter()
            .map(|name| source.asked(&format!("/cap/{name}")).len());
        asked.collect::<Vec<_>>()
    };
    assert_eq!(fetched(&source).iter().sum::<usize>(), 50);
    let kept = state(&town, "meteo").await.expect("a state");
    assert_eq!(kept.mark.etag, None, "the rest is asked for");
    town.clock.advance(Duration::from_secs(61));
    let passed = "select count(*) from feed_entry where state = 'passed'";
    until("the rest is written down", async || {
        town.count(passed).await == 53
    })
    .await;
    assert!(
        fetched(&source).iter().all(|times| *times == 1),
        "{:?}",
        fetched(&source)
    );
    until("the mark is kept", async || {
        state(&town, "meteo")
            .await
            .is_some_and(|state| state.mark.etag.is_some())
    })
    .await;
    town.end().await;
}

async fn a_message_that_is_missing_is_tried_again(base: Base) {
    let (mut town, source) = town(base, ALERTS).await;
    source.page("/cap/there", cap(&town, "there").xml());
    source.says(
        "/feed",
        Says::Page(index(&["missing", "there", "none"]), Some("three")),
    );
    source.page("/cap/none", "<html></html>");
    town.start().await;
    // One that is missing keeps no other.
    hears(&town, 1).await;
    entry_is(&town, "missing", "unread").await;
    entry_is(&town, "none", "passed").await;
    source.page("/cap/missing", cap(&town, "missing").district(BANKYA).xml());
    town.clock.advance(Duration::from_secs(61));
    hears(&town, 2).await;
    entry_is(&town, "missing", "sent").await;
    assert_eq!(source.asked("/cap/missing").len(), 2);
    assert_eq!(source.asked("/cap/there").len(), 1);
    assert_eq!(source.asked("/cap/none").len(), 1);
    town.end().await;
}

async fn one_process_at_a_time_reads_a_feed(base: Base) {
    let feeds = ALERTS.to_owned()
        + &ALERTS
            .replace("meteo", "other")
            .replace("/feed\"", "/other\"");
    let (mut town, source) = town(base, &feeds).await;
    source.page("/feed", cap(&town, "storm").xml());
    source.page("/other", index(&[]));
    let theirs = lease("meteo", 1);
    let mut tx = town.db.begin().await.expect("the database");
    assert!(theirs.take(&mut tx).await.expect("the database"));
    tx.commit().await.expect("the database");
    town.start().await;
    source.is_asked("/other", 1).await;
    town.clock.advance(Duration::from_secs(61));
    source.is_asked("/other", 2).await;
    assert!(source.asked("/feed").is_empty(), "another process reads it");
    let mut tx = town.db.begin().await.expect("the database");
    theirs.release(&mut tx).await.expect("the database");
    tx.commit().await.expect("the database");
    town.clock.advance(Duration::from_secs(61));
    hears(&town, 1).await;
    town.end().await;
}

async fn a_failing_source_is_left_alone_longer_and_longer(base: Base) {
    let (mut town, source) = town(base, ALERTS).await;
    source.page("/feed", "<html></html>");
    town.start().await;
    let pause_after = async |town: &Town, failures: u32| {
        until("it has failed again", async || {
            state(town, "meteo")
                .await
                .is_some_and(|state| state.failures == failures)
        })
        .await;
        let state = state(town, "meteo").await.expect("a state");
        state.next.since(state.tried_at).as_secs()
    };
    assert_eq!(pause_after(&town, 1).await, 120);
    town.clock.advance(Duration::from_secs(121));
    assert_eq!(pause_after(&town, 2).await, 240);
    source.says("/feed", Says::Status(500, ""));
    town.clock.advance(Duration::from_secs(241));
    assert_eq!(pause_after(&town, 3).await, 480);
    let config = Config::load(&town.config()).expect("bot.toml");
    let kept = state(&town, "meteo").await;
    let (fine, words) = standing(&config.feed[0], kept.as_ref(), town.clock.now());
    let words = in_both(&town, &words);
    assert!(
        fine && words[0].ends_with("Източникът отговори с код 500."),
        "{words:?}"
    );
    assert!(
        words[1].ends_with("The source answered with status 500."),
        "{words:?}"
    );
    // Whoever looks months later is told, too.
    let listed = finish(bare(&["feed", "list", "--config"]).arg(town.config()));
    assert_eq!(listed.code, Some(1), "{listed:?}");
    let said = "meteo: has not been readable since 17 June 2026";
    assert!(listed.out.starts_with(said), "{listed:?}");
    // It is well again.
    source.page("/feed", cap(&town, "storm").xml());
    town.clock.advance(Duration::from_secs(481));
    hears(&town, 1).await;
    assert_eq!(pause_after(&town, 0).await, 60);
    town.end().await;
}

async fn each_reader_gets_the_map_in_their_language(base: Base) {
    let (mut town, source) = town(base, ALERTS).await;
    town.move_in("telegram", 2..3, "en", Wish::EVERYTHING).await;
    town.move_in("telegram", 3..4, "en", Wish::EVERYTHING).await;
    source.page("/feed", cap(&town, "storm").xml());
    town.start().await;
    for (who, title) in [
        ("1", "Малка опасност"),
        ("2", "Minor danger"),
        ("3", "Minor danger"),
    ] {
        town.reads("telegram", who, 1).await;
        let seen = town.inbox("telegram", who).remove(0);
        assert!(seen.text.starts_with(title), "{}", seen.text);
        assert!(seen.raw["photo"].is_array(), "{:#}", seen.raw);
    }
    let handed = town.ledger.requests().into_iter();
    let handed =
        handed.filter(|asked| asked.what == "sendPhoto" && asked.body["photo"].is_object());
    assert_eq!(handed.count(), 2, "one in each language");
    town.end().await;
}

async fn what_cannot_be_drawn_goes_without_its_map(base: Base) {
    let folder = "[pictures]\nfolder = \"bot.toml\"\n";
    let (mut town, source) = town(base, &format!("{ALERTS}{folder}")).await;
    town.move_in("telegram", 2..3, "en", Wish::EVERYTHING).await;
    source.page("/feed", cap(&town, "storm").xml());
    town.start().await;
    for (who, title) in [("1", "Малка опасност"), ("2", "Minor danger")] {
        town.reads("telegram", who, 1).await;
        let seen = town.inbox("telegram", who).remove(0);
        assert!(seen.text.starts_with(title), "{}", seen.text);
        assert!(seen.raw["photo"].is_null(), "{:#}", seen.raw);
    }
    town.end().await;
}
