//! Feeds over HTTP: found by themselves, fetched again and again, and only what is for everybody.

use reqwest::{Client, Method, Response};

use crate::town::{Base, Cap, Town, on_both};
use crate::web::{get, header, id_of, read, town};

on_both!(
    what_somebody_has_is_not_sent_again,
    what_is_not_for_everybody_is_in_no_feed,
    feeds_are_found,
);

async fn ask(town: &Town, path: &str, known: &str) -> Response {
    let asked = Client::new()
        .get(town.page(path))
        .header("if-none-match", known);
    asked.send().await.expect("an answer")
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
        assert!(header(&answer, "last-modified").ends_with(" GMT"), "{path}");
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
