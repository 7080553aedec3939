//! What programs are told when something is not right, in both languages, and what the API never does.

use reqwest::Method;
use serde_json::{Value, json};

use super::desk::storm;
use super::{Book, CHIEF, DISPATCH, Program, UNKNOWN, VIEWER, town};
use crate::town::{Base, Cap, on_both};

on_both!(
    problems_are_told_in_plain_words,
    fields_are_told_one_by_one,
    facts_are_checked_as_for_people,
    what_http_knows_is_kept_to,
    the_description_is_the_whole_truth,
);

const DRAFTS: &str = "/api/v1/drafts";
const JSON: (&str, &str) = ("content-type", "application/json");

/// Every problem that is easily had: the same requests in each language.
async fn troubles(chief: &Program, others: [&Program; 2]) -> Vec<String> {
    let [dispatch, viewer] = others;
    let key = chief.key();
    let keyed = ("idempotency-key", key.as_str());
    let post = |body: &str| (Method::POST, body.to_owned());
    let mut all = vec![];
    for (who, path, headers, (method, body)) in [
        (
            chief,
            "/api/v1/me?as=mayor",
            vec![],
            (Method::GET, String::new()),
        ),
        (chief, "/api/v1/alerts/1/cancel", vec![keyed], post("{}")),
        (chief, DRAFTS, vec![keyed, JSON], post("{\"facts\": }")),
        (chief, DRAFTS, vec![JSON], post("{}")),
        (
            dispatch,
            "/api/v1/drafts/1/approve",
            vec![keyed, JSON],
            post("{}"),
        ),
        (
            viewer,
            DRAFTS,
            vec![keyed, JSON],
            post(&storm().to_string()),
        ),
        (
            chief,
            "/api/v1/nothing",
            vec![],
            (Method::GET, String::new()),
        ),
        (
            chief,
            "/api/v1/drafts/1",
            vec![],
            (Method::GET, String::new()),
        ),
        (
            chief,
            "/api/v1/alerts/x",
            vec![],
            (Method::GET, String::new()),
        ),
        (chief, "/api/v1/me", vec![], (Method::DELETE, String::new())),
        (
            chief,
            DRAFTS,
            vec![keyed, ("content-type", "text/csv")],
            post("a,b"),
        ),
        (
            chief,
            DRAFTS,
            vec![keyed, ("content-type", "text/xml")],
            post("<a/>"),
        ),
        (
            chief,
            DRAFTS,
            vec![keyed, JSON],
            post(&"[".repeat(65 * 1024)),
        ),
    ] {
        let body = Some(body).filter(|body| !body.is_empty());
        all.push(told(&who.ask(method, path, &headers, body).await));
    }
    all
}

/// A problem as its reader sees it.
fn told(problem: &super::program::Answer) -> String {
    let kind = problem.text("type").replace("urn:glas:problem:", "");
    format!(
        "{} {kind}: {}\n   {}",
        problem.status,
        problem.text("title"),
        problem.text("detail")
    )
}

async fn problems_are_told_in_plain_words(base: Base) {
    let town = town(base).await;
    let book = Book::default();
    let names = [CHIEF, DISPATCH, VIEWER];
    let [chief, dispatch, viewer] = names.map(|token| book.program(&town, token));
    let mut said = vec![];
    for lang in ["bg", "en"] {
        let (dispatch, viewer) = (dispatch.reading(lang), viewer.reading(lang));
        let mut all = troubles(&chief.reading(lang), [&dispatch, &viewer]).await;
        for token in ["", UNKNOWN, super::PAST] {
            let who = book.program(&town, token).reading(lang);
            let who = if token.is_empty() {
                who.without_token()
            } else {
                who
            };
            let answer = who.get("/api/v1/me").await;
            assert_eq!(answer.header("content-language"), lang);
            assert_eq!(answer.header("vary"), "accept-language");
            all.push(told(&answer));
        }
        said.push(all.join("\n"));
    }
    insta::allow_duplicates! {
        insta::assert_snapshot!(said[0], @"");
        insta::assert_snapshot!(said[1], @"");
    }
    book.is_true(&town).await;
    town.end().await;
}

/// What is wrong with which fields.
async fn errors(program: &Program, body: Value) -> String {
    let problem = program.post(DRAFTS, body).await.is_problem(422, "fields");
    let errors = problem.json["errors"].as_array().expect("errors").iter();
    let lines = errors.map(|error| {
        let text = |name: &str| error[name].as_str().expect("a text").to_owned();
        format!("{}: {}", text("pointer"), text("detail"))
    });
    lines.collect::<Vec<_>>().join("\n")
}

async fn fields_are_told_one_by_one(base: Base) {
    let town = town(base).await;
    let book = Book::default();
    let dispatch = book.program(&town, DISPATCH);
    let wrong = json!({
        "dril": true,
        "drill": "yes",
        "facts": {
            "template": "wather",
            "place": { "around": { "point": "Люлин", "radius": 1.5 } },
            "until": "утре",
            "number": "5",
            "contact": 7,
            "text": { "bg": "Спира\u{0}водата", "български": "…" },
            "severity": "extreme",
            "emergency": 1,
        },
    });
    let bulgarian = errors(&dispatch, wrong.clone()).await;
    let english = errors(&dispatch.reading("en"), wrong).await;
    insta::allow_duplicates! {
        insta::assert_snapshot!(bulgarian, @"");
        insta::assert_snapshot!(english, @"");
    }
    for (body, says) in [
        (json!([]), "#: Тук се очаква обект с полета."),
        (json!({}), "#/facts: Това поле е задължително."),
        (
            json!({ "facts": {} }),
            "#/facts/template: Това поле е задължително.",
        ),
        (
            json!({ "facts": { "template": "water", "place": { "named": ["a"], "around": {} } } }),
            "#/facts/place: Мястото е",
        ),
        (
            json!({ "facts": { "template": "water", "place": { "named": [1] } } }),
            "#/facts/place/named/0: ",
        ),
        (
            json!({ "facts": { "template": "water", "place": { "address": {} } } }),
            "#/facts/place/address/line: ",
        ),
    ] {
        let said = errors(&dispatch, body).await;
        assert!(said.contains(says), "no „{says}“ in {said}");
    }
    assert_eq!(town.count("select count(*) from draft").await, 0);
    book.is_true(&town).await;
    town.end().await;
}

async fn facts_are_checked_as_for_people(base: Base) {
    let town = town(base).await;
    let book = Book::default();
    let dispatch = book.program(&town, DISPATCH);
    let facts = json!({ "facts": {
        "template": "road", "place": { "named": ["Нарния", "Люлин"] }, "text": { "bg": "Само на български." },
        "cause": "dragon",
    } });
    let said = errors(&dispatch, facts).await;
    for part in [
        "#/facts/place: ",
        "„Нарния“",
        "#/facts/text: ",
        "#/facts/cause: „dragon“",
    ] {
        assert!(said.contains(part), "no „{part}“ in {said}");
    }
    // What is written, and cannot go out, says why when it is looked at and when it is submitted.
    let lost = Cap::new("lost").district("99999-99");
    let draft = dispatch.post_cap(lost.xml()).await.is(201);
    let preview = super::desk::below(draft.text("id"), "preview");
    let why = dispatch.get(&preview).await.is_problem(409, "not-ready");
    let again = super::desk::done(&dispatch, draft.text("id"), "submit").await;
    assert_eq!(again.is_problem(409, "not-ready").json, why.json);
    let doctype = "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>".to_owned();
    dispatch.post_cap(doctype).await.is_problem(422, "cap");
    book.is_true(&town).await;
    town.end().await;
}

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
        chief.get(path).await.is_problem(404, "not-found");
    }
    for (method, path, allowed) in [
        (Method::DELETE, DRAFTS, "GET, HEAD, POST"),
        (Method::POST, "/api/v1/me", "GET, HEAD"),
        (Method::GET, "/api/v1/drafts/1/submit", "POST"),
        (Method::OPTIONS, DRAFTS, "GET, HEAD, POST"),
    ] {
        let answer = chief
            .ask(method, path, &[], None)
            .await
            .is_problem(405, "method");
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
    latin.is_problem(415, "media-type");
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
    huge.is_problem(413, "too-large");
    let deep = [
        ("idempotency-key", "deep"),
        ("content-type", "application/json"),
    ];
    let deep = chief
        .ask(Method::POST, DRAFTS, &deep, Some("[".repeat(20_000)))
        .await;
    deep.is_problem(400, "json");
    book.is_true(&town).await;
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
    book.is_true(&town).await;
    town.end().await;
}
