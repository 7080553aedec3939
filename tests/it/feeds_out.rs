//! The feeds of public alerts, as news readers and other systems fetch them.

mod fetching;
mod places;

use std::time::Duration;

use glas::features::alert::{Alert, cap, send};
use quick_xml::events::Event;
use serde_json::Value;

use crate::schema::Schema;
use crate::town::{Base, Cap, Plan, Town, on_both};
use crate::web::{eventful, get, header, id_of, read, town};

on_both!(
    every_feed_tells_the_alerts_in_the_readers_language,
    an_alert_is_a_cap_file_that_never_changes,
    a_district_has_feeds_of_its_own,
    what_is_over_is_told_of_for_a_month,
);

/// The texts between two marks, in order.
fn between<'a>(text: &'a str, from: &str, to: &str) -> Vec<&'a str> {
    let rest = text.split(from).skip(1);
    rest.filter_map(|rest| rest.split(to).next()).collect()
}

async fn json(town: &Town, path: &str) -> Value {
    serde_json::from_str(&read(town, path).await).expect("JSON")
}

/// The title of each item, by the identifier that its sender gave it.
fn titles(feed: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let items = feed["items"].as_array().expect("items").iter();
    items
        .map(|item| (text(&item["_alert"]["identifier"]), text(&item["title"])))
        .collect()
}

fn identifiers(feed: &Value) -> Vec<String> {
    let mut all: Vec<String> = titles(feed).into_iter().map(|(name, _)| name).collect();
    all.sort();
    all
}

/// Every entry of an Atom feed by the sender's identifier.
fn entry<'a>(atom: &'a str, identifier: &str) -> &'a str {
    let mark = format!("<cap:identifier>{identifier}</cap:identifier>");
    let mut entries = between(atom, "<entry>", "</entry>").into_iter();
    let found = entries.find(|entry| entry.contains(&mark));
    found.unwrap_or_else(|| panic!("no {identifier} in {atom}"))
}

async fn every_feed_tells_the_alerts_in_the_readers_language(base: Base) {
    let town = town(base).await;
    eventful(&town).await;
    let new = id_of(&town, "new").await;
    for (lang, title, revoked, replaced, standing) in [
        (
            "bg",
            "Предупреждения: София",
            "Отменено – Сериозна опасност: Силна гръмотевична буря",
            "Заменено – Умерена опасност: Силна гръмотевична буря",
            "Това предупреждение вече е заменено с по-ново.",
        ),
        (
            "en",
            "Alerts: Sofia",
            "Cancelled – Serious danger: Severe thunderstorm",
            "Replaced – Moderate danger: Severe thunderstorm",
            "A newer message has replaced this alert.",
        ),
    ] {
        let atom = read(&town, &format!("/{lang}/alerts.atom")).await;
        let file = [("alerts.atom".to_owned(), atom.clone())];
        assert_eq!(Schema::Atom.faults(&file), "", "{atom}");
        assert_eq!(between(&atom, "<title>", "</title>")[0], title);
        assert_eq!(between(&atom, "<entry>", "</entry>").len(), 5);
        let old = entry(&atom, "old");
        let page = town.page(&format!("/{lang}/alert/{new}"));
        let own = town.page(&format!("/{lang}/alert/{}", id_of(&town, "old").await));
        let file = town.page(&format!("/alerts/{}.cap", id_of(&town, "old").await));
        for part in [
            format!("<id>{own}</id>"),
            format!("<title>{replaced}</title>"),
            format!("<link rel=\"alternate\" type=\"application/cap+xml\" href=\"{file}\"/>"),
            format!("<link rel=\"latest-version\" href=\"{page}\"/>"),
            format!("<summary>{standing}\n\n"),
            "<cap:severity>Moderate</cap:severity>".to_owned(),
        ] {
            assert!(old.contains(&part), "„{part}“ is missing in {old}");
        }
        // Its end is told of as a change; what its readers got is not.
        let [published, updated] = ["published", "updated"]
            .map(|name| between(old, &format!("<{name}>"), "</")[0].to_owned());
        assert!(published <= updated, "{old}");
        assert!(!old.contains("защото") && !old.contains("because"), "{old}");

        let rss = read(&town, &format!("/{lang}/alerts.rss")).await;
        let mut reader = quick_xml::Reader::from_str(&rss);
        while !matches!(reader.read_event().expect("XML"), Event::Eof) {}
        assert_eq!(between(&rss, "<item>", "</item>").len(), 5, "{rss}");
        for part in [
            format!("<language>{lang}</language>"),
            format!("<title>{revoked}</title>"),
            format!("<guid isPermaLink=\"true\">{own}</guid>"),
            format!("<atom:link rel=\"alternate\" type=\"application/cap+xml\" href=\"{file}\"/>"),
            format!("<description>&lt;p&gt;{standing}&lt;/p&gt;"),
            " +0000</pubDate>".to_owned(),
        ] {
            assert!(rss.contains(&part), "„{part}“ is missing in {rss}");
        }

        let json = json(&town, &format!("/{lang}/alerts.json")).await;
        let all = titles(&json);
        assert_eq!(json["version"], "https://jsonfeed.org/version/1.1");
        assert_eq!(json["language"], lang);
        let titled = |name: &str, title: &str| all.contains(&(name.to_owned(), title.to_owned()));
        assert!(
            titled("mistaken", revoked) && titled("old", replaced),
            "{all:?}"
        );
        let items = json["items"].as_array().expect("items");
        let latest = items
            .iter()
            .find(|item| item["_alert"]["identifier"] == "new");
        let latest = latest.expect("the update");
        assert_eq!(latest["_alert"]["standing"], "in_force");
        assert_eq!(latest["_alert"]["districts"][0]["slug"], "lyulin");
        assert_eq!(latest["id"], page.as_str());
        let sent = latest["_alert"]["sent"].as_str().expect("a time");
        assert!(
            sent.ends_with("+02:00") || sent.ends_with("+03:00"),
            "{sent}"
        );
        let told = latest["content_text"].as_str().expect("a text");
        let to_do = if lang == "bg" {
            "Влезте в здрава сграда"
        } else {
            "Go into a solid building"
        };
        assert!(told.contains(to_do), "{told}");
    }
    town.end().await;
}

async fn an_alert_is_a_cap_file_that_never_changes(base: Base) {
    let town = town(base).await;
    let first = Cap::new("first");
    town.alert(&first).await;
    let path = format!("/alerts/{}.cap", id_of(&town, "first").await);
    let before = read(&town, &path).await;
    town.alert(&first.follow_up("second", "Cancel")).await;
    let answer = get(&town, &path, "").await;
    assert_eq!(header(&answer, "content-type"), "application/cap+xml");
    let after = answer.text().await.expect("a text");
    assert_eq!(after, before);
    let cancel = format!("/alerts/{}.cap", id_of(&town, "second").await);
    let cancel = read(&town, &cancel).await;
    let files = [
        ("first.xml".to_owned(), after.clone()),
        ("second.xml".to_owned(), cancel.clone()),
    ];
    assert_eq!(Schema::Cap.faults(&files), "");
    // Whoever reads them reads what the sender said.
    let sent = |cap: &Cap| cap::read(cap.xml().as_bytes()).expect("a CAP message");
    assert_eq!(cap::read(after.as_bytes()), Ok(sent(&first)));
    let cancel = cap::read(cancel.as_bytes()).expect("a CAP message");
    assert_eq!(cancel.references, [sent(&first).reference()]);
    for wrong in [
        "/alerts/1.cap",
        "/alerts/x.cap",
        "/alerts/first.cap",
        "/alerts/.cap",
        path.trim_end_matches(".cap"),
    ] {
        for (language, says) in [("bg", "Тук няма нищо"), ("en", "There is nothing here")]
        {
            let answer = get(&town, wrong, language).await;
            assert_eq!(answer.status(), 404, "{wrong}");
            let page = answer.text().await.expect("a page");
            assert!(page.contains(says), "{wrong}: {page}");
        }
    }
    town.end().await;
}

async fn a_district_has_feeds_of_its_own(base: Base) {
    let town = town(base).await;
    town.alert(&Cap::new("lyulin")).await;
    town.alert(&Cap::new("ilinden").district("68134-12")).await;
    town.alert(&Cap::new("everywhere").district("68134")).await;
    for (asked, expected) in [
        ("", &["everywhere", "ilinden", "lyulin"][..]),
        ("?district=", &["everywhere", "ilinden", "lyulin"]),
        ("?district=lyulin", &["everywhere", "lyulin"]),
        ("?district=68134-19", &["everywhere", "lyulin"]),
        ("?district=%20ILINDEN", &["everywhere", "ilinden"]),
        ("?district=vitosha", &["everywhere"]),
    ] {
        let feed = json(&town, &format!("/en/alerts.json{asked}")).await;
        assert_eq!(identifiers(&feed), expected, "{asked}");
    }
    // However it was asked for, the feed knows itself by one address.
    let own = town.page("/bg/alerts.atom?district=lyulin");
    for asked in ["lyulin", "68134-19"] {
        let atom = read(&town, &format!("/bg/alerts.atom?district={asked}")).await;
        let file = [("district.atom".to_owned(), atom.clone())];
        assert_eq!(Schema::Atom.faults(&file), "", "{atom}");
        assert!(atom.contains(&format!("<id>{own}</id>")), "{atom}");
        assert!(
            atom.contains("<title>Предупреждения: район Люлин, София</title>"),
            "{atom}"
        );
    }
    for (path, title, says) in [
        (
            "/bg/alerts.atom?district=Атлантида",
            "Няма такъв район",
            "няма район „Атлантида“",
        ),
        (
            "/en/alerts.rss?district=atlantis",
            "There is no such district",
            "no district “atlantis”",
        ),
        (
            "/en/alerts.geojson?district=68134-99",
            "There is no such district",
            "“68134-99”",
        ),
    ] {
        let answer = get(&town, path, "de").await;
        assert_eq!(answer.status(), 404, "{path}");
        assert_eq!(header(&answer, "content-type"), "application/problem+json");
        assert_eq!(header(&answer, "cache-control"), "no-store");
        let problem: Value = answer.json().await.expect("JSON");
        assert_eq!(problem["status"], 404);
        assert_eq!(problem["title"], title);
        assert!(
            problem["detail"].as_str().expect("a text").contains(says),
            "{problem}"
        );
        assert!(
            problem["detail"]
                .as_str()
                .is_some_and(|text| text.contains("68134-01")),
            "{problem}"
        );
        assert_eq!(problem["districts"].as_array().map(Vec::len), Some(24));
    }
    let twice = get(&town, "/en/alerts.json?district=a&district=b", "bg").await;
    assert_eq!(twice.status(), 400);
    assert!(
        twice
            .text()
            .await
            .expect("a page")
            .contains("We did not understand")
    );
    town.end().await;
}

async fn what_is_over_is_told_of_for_a_month(base: Base) {
    let plan = Plan {
        web: true,
        channels: &["telegram"],
        at: Some("2026-06-17T09:00:00+03:00"),
        ..Plan::default()
    };
    let mut town = Town::build(base, plan).await;
    town.start().await;
    let empty = read(&town, "/en/alerts.atom").await;
    assert_eq!(
        Schema::Atom.faults(&[("empty.atom".to_owned(), empty.clone())]),
        "",
        "{empty}"
    );
    let days = |days: u64| Duration::from_hours(24 * days);
    let now = town.clock.now();
    town.alert(&Cap::new("storm").at(now)).await;
    let lasting = Cap::new("lasting")
        .at(now)
        .expires(now.plus(Duration::from_hours(31 * 24 - 1)));
    town.alert(&lasting).await;
    town.clock.advance(Duration::from_hours(4));
    let feed = json(&town, "/en/alerts.json").await;
    let all = titles(&feed);
    let over = "No longer in force – Serious danger: Severe thunderstorm".to_owned();
    assert!(all.contains(&("storm".to_owned(), over)), "{all:?}");
    // Its end is when it changed last, so it comes first.
    assert_eq!(all[0].0, "storm");
    let item = &feed["items"][0];
    assert!(
        item["date_modified"].as_str() > item["date_published"].as_str(),
        "{item}"
    );
    town.clock.advance(days(29));
    assert_eq!(
        identifiers(&json(&town, "/bg/alerts.json").await),
        ["lasting", "storm"]
    );
    town.clock.advance(days(1));
    assert_eq!(
        identifiers(&json(&town, "/bg/alerts.json").await),
        ["lasting"]
    );
    town.clock.advance(days(1));
    assert_eq!(
        identifiers(&json(&town, "/bg/alerts.json").await),
        [] as [&str; 0]
    );
    town.end().await;
}

/// Posts an alert as it is.
async fn post(town: &Town, alert: &Alert) {
    let now = town.clock.now();
    let mut tx = town.db.begin().await.expect("the database");
    let sources = (&*town.loaded.catalogue, &*town.loaded.city);
    let outcome = send::send(
        &mut tx,
        sources,
        (alert, send::Word::Senders),
        &["telegram"],
        (now, now),
    )
    .await;
    tx.commit().await.expect("the database");
    assert!(
        matches!(outcome, Ok(send::Outcome::Sent { .. })),
        "{outcome:?}"
    );
}
