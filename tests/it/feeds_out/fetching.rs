//! Feeds over HTTP: found by themselves, fetched again and again, and only what is for everybody.

use reqwest::{Client, Method, Response};

use std::time::Duration;

use crate::town::{Base, Cap, Plan, Town, on_both};
use crate::web::{get, header, id_of, read, town};

on_both!(
    what_somebody_has_is_not_sent_again,
    what_is_not_for_everybody_is_in_no_feed,
    a_date_is_enough_once_the_last_change_is_settled,
    a_feed_is_written_anew_when_something_has_changed,
    feeds_are_found,
);

async fn ask(town: &Town, path: &str, known: &str) -> Response {
    ask_with(town, path, &[("if-none-match", known)]).await
}

async fn ask_with(town: &Town, path: &str, headers: &[(&str, &str)]) -> Response {
    let mut asked = Client::new().get(town.page(path));
    for (name, value) in headers {
        asked = asked.header(*name, *value);
    }
    asked.send().await.expect("an answer")
}

/// A town whose clock can be moved forward.
async fn town_at_noon(base: Base) -> Town {
    let plan = Plan {
        web: true,
        channels: &["telegram"],
        at: Some("2026-06-17T12:00:00+03:00"),
        ..Plan::default()
    };
    let mut town = Town::build(base, plan).await;
    town.start().await;
    town
}

fn now(town: &Town, identifier: &str) -> Cap {
    Cap::new(identifier).at(town.clock.now())
}

async fn a_date_is_enough_once_the_last_change_is_settled(base: Base) {
    let town = town_at_noon(base).await;
    town.alert(&now(&town, "first")).await;
    let cap = format!("/alerts/{}.cap", id_of(&town, "first").await);
    let feed = "/en/alerts.atom".to_owned();
    town.clock.advance(Duration::from_mins(2));
    let mut dates = vec![];
    for path in [&feed, &cap] {
        let answer = get(&town, path, "").await;
        let date = header(&answer, "last-modified").to_owned();
        assert!(
            date.starts_with("Wed, 17 Jun 2026 09:00:") && date.ends_with(" GMT"),
            "{date}"
        );
        let since = ("if-modified-since", date.as_str());
        let same = ask_with(&town, path, &[since]).await;
        assert_eq!(
            (same.status().as_u16(), header(&same, "last-modified")),
            (304, &*date)
        );
        assert_eq!(header(&same, "etag"), header(&answer, "etag"));
        // A tag says more than a date.
        let both = ask_with(&town, path, &[since, ("if-none-match", "\"other\"")]).await;
        assert_eq!(both.status(), 200);
        dates.push(date);
    }
    town.alert(&now(&town, "second").district("68134-12")).await;
    let since = ("if-modified-since", dates[0].as_str());
    assert_eq!(ask_with(&town, &feed, &[since]).await.status(), 200);
    assert_eq!(ask_with(&town, &cap, &[since]).await.status(), 304);
    town.end().await;
}

async fn a_feed_is_written_anew_when_something_has_changed(base: Base) {
    let town = town_at_noon(base).await;
    let storm = now(&town, "storm").expires(town.clock.now().plus(Duration::from_hours(2)));
    town.alert(&storm).await;
    let feed = async || read(&town, "/bg/alerts.json").await;
    let before = feed().await;
    // What nobody has changed is not read again.
    town.change("update letter set worded = replace(worded, 'буря', 'мъгла')")
        .await;
    assert_eq!(feed().await, before);
    town.alert(&now(&town, "other").district("68134-12")).await;
    let both = feed().await;
    assert!(
        both.contains("мъгла") && both.contains("\"other\""),
        "{both}"
    );
    town.alert(&storm.follow_up("update", "Update").at(town.clock.now()))
        .await;
    let updated = feed().await;
    assert!(updated.contains("Заменено – "), "{updated}");
    town.clock.advance(Duration::from_hours(24 * 20));
    let over = feed().await;
    assert!(
        over != updated && over.contains("Вече не важи – "),
        "{over}"
    );
    town.end().await;
}

async fn what_somebody_has_is_not_sent_again(base: Base) {
    let town = town(base).await;
    town.alert(&Cap::new("first")).await;
    let cap = format!("/alerts/{}.cap", id_of(&town, "first").await);
    let feeds = ["atom", "rss", "json", "geojson"].map(|kind| format!("/bg/alerts.{kind}"));
    let mut tags = vec![];
    for path in feeds.iter().chain([&cap]) {
        let answer = get(&town, path, "").await;
        let tag = header(&answer, "etag").to_owned();
        assert!(tag.starts_with('"') && tag.ends_with('"'), "{tag}");
        // Another change may still come within the same second.
        assert_eq!(header(&answer, "last-modified"), "", "{path}");
        assert_eq!(header(&answer, "cache-control"), "public, max-age=15");
        assert_eq!(header(&answer, "access-control-allow-origin"), "*");
        assert!(header(&answer, "content-security-policy").starts_with("default-src 'none'"));
        assert!(!answer.text().await.expect("a text").is_empty());
        for known in [tag.clone(), format!("\"x\", W/{tag}")] {
            let same = ask(&town, path, &known).await;
            assert_eq!(same.status(), 304, "{path}");
            assert_eq!(header(&same, "etag"), tag);
            assert_eq!(header(&same, "cache-control"), "public, max-age=15");
            assert_eq!(same.text().await.expect("nothing"), "");
        }
        let head = Client::new()
            .head(town.page(path))
            .send()
            .await
            .expect("an answer");
        assert_eq!(header(&head, "etag"), tag);
        let post = Client::new()
            .request(Method::POST, town.page(path))
            .send()
            .await;
        assert_eq!(post.expect("an answer").status(), 405, "{path}");
        tags.push(tag);
    }
    town.alert(&Cap::new("second").district("68134-12")).await;
    for (path, tag) in feeds.iter().chain([&cap]).zip(&tags) {
        let status = if *path == cap { 304 } else { 200 };
        assert_eq!(ask(&town, path, tag).await.status(), status, "{path}");
    }
    // In Lyulin nothing has changed.
    let lyulin = get(&town, "/bg/alerts.json?district=lyulin", "").await;
    assert!(!lyulin.text().await.expect("a text").contains("\"second\""));
    town.end().await;
}

async fn feeds_are_found(base: Base) {
    let town = town(base).await;
    town.alert(&Cap::new("storm")).await;
    let id = id_of(&town, "storm").await;
    for (lang, title) in [("bg", "Предупреждения: София"), ("en", "Alerts: Sofia")]
    {
        for path in ["", "/now", &format!("/alert/{id}")] {
            let page = read(&town, &format!("/{lang}{path}")).await;
            for (kind, format, ending) in [
                ("atom+xml", "Atom", "atom"),
                ("rss+xml", "RSS", "rss"),
                ("feed+json", "JSON", "json"),
            ] {
                let at = town.page(&format!("/{lang}/alerts.{ending}"));
                let link = format!(
                    "<link rel=\"alternate\" type=\"application/{kind}\" title=\"{title} – {format}\" href=\"{at}\">"
                );
                assert!(page.contains(&link), "„{link}“ is missing in {page}");
            }
        }
        let page = read(&town, &format!("/{lang}/alert/{id}")).await;
        assert!(
            page.contains(&format!("href=\"/alerts/{id}.cap\"")),
            "{page}"
        );
        let page = read(&town, &format!("/{lang}/now?place=Lyulin")).await;
        let own = format!("href=\"/{lang}/alerts.geojson?district=lyulin\"");
        assert!(page.contains(&own), "{page}");
    }
    // What is nobody's to find names no feed.
    let nothing = get(&town, "/en/nothing", "")
        .await
        .text()
        .await
        .expect("a page");
    assert!(!nothing.contains("alerts.atom"), "{nothing}");
    town.end().await;
}

async fn what_is_not_for_everybody_is_in_no_feed(base: Base) {
    let town = town(base).await;
    town.alert(&Cap::new("drill")).await;
    town.alert(&Cap::new("storm")).await;
    let mut tx = town.db.begin().await.expect("the database");
    glas::on!(&mut tx, c => sqlx::query("update alert set body = replace(body, '\"Actual\"', '\"Exercise\"')
        where identifier = 'drill'").execute(c).await.map(drop))
    .expect("the database");
    tx.commit().await.expect("the database");
    let drill = id_of(&town, "drill").await;
    for kind in ["atom", "rss", "json", "geojson"] {
        let feed = read(&town, &format!("/en/alerts.{kind}")).await;
        assert!(feed.contains("storm") && !feed.contains("drill"), "{feed}");
    }
    assert_eq!(
        get(&town, &format!("/alerts/{drill}.cap"), "")
            .await
            .status(),
        404
    );
    town.end().await;
}
