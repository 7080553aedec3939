//! What HTTP knows is kept to, and the description is the whole truth.

use reqwest::Method;
use serde_json::json;

use super::desk::storm;
use super::{Book, CHIEF, town};
use crate::town::{Base, on_both};

on_both!(
    what_http_knows_is_kept_to,
    the_description_is_the_whole_truth,
);

const DRAFTS: &str = "/api/v1/drafts";

async fn what_http_knows_is_kept_to(base: Base) {
    let town = town(base).await;
    let book = Book::default();
    let chief = book.program(&town, CHIEF);
    for path in [
        "/api",
        "/api/",
        "/api/v1",
        "/api/v1/",
        "/api/v2/me",
        "/api/v1/drafts/1/2/3",
    ] {
        chief.get(path).await.told(404, "not-found");
    }
    for (method, path, allowed) in [
        (Method::DELETE, DRAFTS, "GET, HEAD, POST"),
        (Method::POST, "/api/v1/me", "GET, HEAD"),
        (Method::GET, "/api/v1/drafts/1/submit", "POST"),
        (Method::OPTIONS, DRAFTS, "GET, HEAD, POST"),
    ] {
        let answer = chief.ask(method, path, &[], None).await.told(405, "method");
        assert_eq!(answer.header("allow"), allowed, "{path}");
    }
    let head = chief
        .ask(Method::HEAD, "/api/v1/me", &[], None)
        .await
        .is(200);
    assert_eq!(head.header("content-type"), "application/json");
    // Pages of others cannot use it through a browser, and nobody keeps what it says.
    let origin = [
        ("origin", "https://evil.example"),
        ("access-control-request-method", "GET"),
    ];
    for (method, path) in [(Method::OPTIONS, "/api/v1/me"), (Method::GET, "/api/v1/me")] {
        let answer = chief.ask(method, path, &origin, None).await;
        assert_eq!(answer.header("access-control-allow-origin"), "");
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
    }
    let key = chief.key();
    let latin = [
        ("idempotency-key", key.as_str()),
        ("content-type", "application/json; charset=windows-1251"),
    ];
    let latin = chief
        .ask(Method::POST, DRAFTS, &latin, Some(storm().to_string()))
        .await;
    latin.told(415, "media-type");
    let utf = [
        ("idempotency-key", key.as_str()),
        ("content-type", "Application/JSON; charset=\"UTF-8\""),
    ];
    chief
        .ask(Method::POST, DRAFTS, &utf, Some(storm().to_string()))
        .await
        .is(201);
    let huge = [
        ("idempotency-key", "huge"),
        ("content-type", "application/cap+xml"),
    ];
    let body = "x".repeat(1024 * 1024 + 1);
    let huge = chief.ask(Method::POST, DRAFTS, &huge, Some(body)).await;
    huge.told(413, "too-large");
    let deep = [
        ("idempotency-key", "deep"),
        ("content-type", "application/json"),
    ];
    let deep = chief
        .ask(Method::POST, DRAFTS, &deep, Some("[".repeat(20_000)))
        .await;
    deep.told(400, "json");
    book.holds(&town).await;
    town.end().await;
}

async fn the_description_is_the_whole_truth(base: Base) {
    let town = town(base).await;
    let book = Book::default();
    let chief = book.program(&town, CHIEF);
    let nobody = chief.without_token();
    let description = nobody.get("/api/v1/openapi.json").await.is(200);
    let paths = description.json["paths"].as_object().expect("paths");
    let mut served = 0;
    for (path, methods) in paths {
        for (method, operation) in methods.as_object().expect("methods") {
            let method: Method = method.to_uppercase().parse().expect("a method");
            let path = path.replace("{draft}", "1").replace("{alert}", "1");
            let answer = nobody.ask(method, &path, &[], None).await;
            let open = operation["security"] == json!([]);
            assert_eq!(answer.status, if open { 200 } else { 401 }, "{path}");
            served += 1;
        }
    }
    assert_eq!(served, glas::web::api::table::TABLE.len());
    let address = town.page("");
    assert_eq!(description.json["servers"][0]["url"], address);
    book.holds(&town).await;
    town.end().await;
}
