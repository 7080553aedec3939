//! Headers, languages, methods and files.

use std::time::Duration;

use reqwest::{Client, Method};
use serde_json::{Value, json};

use super::{get, header, read, town};
use crate::town::{Base, Plan, Town, on_both, until};

on_both!(
    the_first_page_is_in_the_readers_language,
    every_answer_is_protected,
    whatever_goes_wrong_has_a_page,
    health_says_what_stands,
    health_counts_silent_feeds_and_stays_up,
);

async fn the_first_page_is_in_the_readers_language(base: Base) {
    let town = town(base).await;
    for (language, leads_to) in [
        ("bg-BG,bg;q=0.9,en;q=0.8", "/bg"),
        ("en-GB,en;q=0.5", "/en"),
        ("de-DE, en;q=0.3", "/en"),
        ("tr", "/bg"),
        ("", "/bg"),
    ] {
        let answer = get(&town, "/", language).await;
        assert_eq!(answer.status(), 303);
        assert_eq!(header(&answer, "location"), leads_to, "{language}");
        assert_eq!(header(&answer, "vary"), "accept-language");
    }
    let page = read(&town, "/en/privacy").await;
    let other = "<a class=\"language\" href=\"/bg/privacy\" lang=\"bg\" hreflang=\"bg\"";
    assert!(
        page.contains("<html lang=\"en\">") && page.contains(other),
        "{page}"
    );
    for lang in ["bg", "en"] {
        let own = town.page(&format!("/{lang}/privacy"));
        let link = format!("rel=\"alternate\" hreflang=\"{lang}\" href=\"{own}\"");
        assert!(page.contains(&link), "{page}");
    }
    let canonical = format!("rel=\"canonical\" href=\"{}\"", town.page("/en/privacy"));
    assert!(page.contains(&canonical), "{page}");
    town.end().await;
}

async fn every_answer_is_protected(base: Base) {
    let town = town(base).await;
    let page = read(&town, "/bg").await;
    let style = page
        .split('"')
        .find(|text| text.starts_with("/static/style-"));
    let style = style.expect("a style").to_owned();
    for path in [
        "/",
        "/bg",
        "/en/now",
        "/nothing",
        "/health",
        "/robots.txt",
        &style,
    ] {
        let answer = get(&town, path, "").await;
        let policy = header(&answer, "content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'; style-src 'self';")
                && !policy.contains("unsafe"),
            "{path}: {policy}"
        );
        assert_eq!(header(&answer, "x-content-type-options"), "nosniff");
        assert_eq!(header(&answer, "referrer-policy"), "no-referrer");
        // The pages of the town are not behind TLS.
        assert_eq!(header(&answer, "strict-transport-security"), "");
        let kept = header(&answer, "cache-control");
        let expected = match path {
            "/bg" | "/en/now" => "public, max-age=15",
            "/robots.txt" => "public, max-age=86400",
            "/" | "/nothing" | "/health" => "no-store",
            _ => "public, max-age=31536000, immutable",
        };
        assert_eq!(kept, expected, "{path}");
    }
    // The same page without its body.
    let url = town.page("/en/now");
    let whole = get(&town, "/en/now", "").await;
    let head = Client::new().head(url).send().await.expect("an answer");
    assert_eq!(head.status(), 200);
    for name in ["content-type", "content-length", "content-security-policy"] {
        assert_eq!(header(&head, name), header(&whole, name), "{name}");
        assert_ne!(header(&head, name), "", "{name}");
    }
    assert_eq!(head.text().await.expect("no body"), "");
    town.end().await;
}

async fn whatever_goes_wrong_has_a_page(base: Base) {
    let town = town(base).await;
    for (path, language, status, says) in [
        ("/nothing", "en", 404, "There is nothing here"),
        ("/nothing", "", 404, "Тук няма нищо"),
        ("/bg/nothing", "en", 404, "Тук няма нищо"),
        ("/fr/now", "en", 404, "There is nothing here"),
        ("/en/alert/1", "bg", 404, "There is nothing here"),
        ("/en/alert/x", "bg", 404, "There is nothing here"),
        ("/static/style.css", "en", 404, "There is nothing here"),
        ("/en/now?in=68134-99", "bg", 404, "There is nothing here"),
        (
            "/en/now?place=a&place=b",
            "bg",
            400,
            "We did not understand",
        ),
    ] {
        let answer = get(&town, path, language).await;
        assert_eq!(answer.status(), status, "{path}");
        let page = answer.text().await.expect("a page");
        assert!(page.contains(says), "{path}: {page}");
        assert!(page.contains("content=\"noindex, nofollow\""), "{path}");
    }
    let huge = vec![b'x'; 64 * 1024 + 1];
    let asked = Client::new().post(town.page("/en/now")).body(huge);
    let answer = asked.send().await.expect("an answer");
    assert_eq!(answer.status(), 413);
    let page = answer.text().await.expect("a page");
    assert!(page.contains("We take up to 64 KB at once"), "{page}");
    for method in [Method::POST, Method::PUT, Method::DELETE, Method::OPTIONS] {
        let asked = Client::new().request(method.clone(), town.page("/en/now"));
        let answer = asked.send().await.expect("an answer");
        assert_eq!(answer.status(), 405, "{method}");
        assert_eq!(header(&answer, "allow"), "GET,HEAD");
        let page = answer.text().await.expect("a page");
        assert!(page.contains("We did not understand the request"), "{page}");
    }
    town.end().await;
}

async fn health_says_what_stands(base: Base) {
    let town = town(base).await;
    until("the lane moves", async || {
        let said: serde_json::Value = get(&town, "/health", "").await.json().await.expect("JSON");
        assert_eq!(said["version"], env!("CARGO_PKG_VERSION"));
        assert_eq!(said["database"], true);
        said["lanes"]["telegram"] == "moves" && said["ok"] == true
    })
    .await;
    let mut tx = town.db.begin().await.expect("the database");
    glas::on!(&mut tx, c => sqlx::query("update lease set note = 'the token is wrong' where name like 'lane/%'")
        .execute(c).await.map(drop))
    .expect("the database");
    tx.commit().await.expect("the database");
    let answer = get(&town, "/health", "").await;
    assert_eq!(answer.status(), 200);
    let said = answer.text().await.expect("a text");
    assert!(
        said.contains("\"ok\":false") && said.contains("\"telegram\":\"stands\""),
        "{said}"
    );
    assert!(!said.contains("token"), "{said}");
    town.end().await;
}

async fn health_counts_silent_feeds_and_stays_up(base: Base) {
    let plan = Plan {
        web: true,
        channels: &["telegram"],
        at: Some("2026-06-17T12:00:00+03:00"),
        more: "[[feed]]\nname = \"quiet\"\nurl = \"http://127.0.0.1:9/feed\"\nkind = \"cap\"\n",
        ..Plan::default()
    };
    let mut town = Town::build(base, plan).await;
    town.start().await;
    let health = async || -> (u16, Value) {
        let answer = get(&town, "/health", "").await;
        (answer.status().as_u16(), answer.json().await.expect("JSON"))
    };
    until("all is well", async || {
        let read = town.count("select count(*) from feed").await == 1;
        read && health().await.1["ok"] == true
    })
    .await;
    assert_eq!(health().await.1["feeds"], json!({"all": 1, "silent": 0}));
    town.clock.advance(Duration::from_hours(7));
    let (status, said) = health().await;
    // A proxy goes on sending readers here.
    assert_eq!((status, &said["ok"]), (200, &json!(false)), "{said}");
    assert_eq!(said["feeds"], json!({"all": 1, "silent": 1}));
    assert!(!said.to_string().contains("quiet"), "{said}");
    town.end().await;
}
