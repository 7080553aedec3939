//! From a program to the phones: two programs, an end, a correction, a drill.

use serde_json::{Value, json};

use super::{BULGARIAN, Book, CHIEF, DISPATCH, ENGLISH, PUBLISHER, Program, VIEWER, town};
use crate::town::{Base, Cap, Town, on_both};

on_both!(
    two_programs_bring_an_alert_to_the_phones,
    whoever_submits_cannot_approve,
    what_is_given_back_comes_back_with_a_reason,
    an_alert_is_updated_and_ended,
    a_correction_without_the_right_to_send_waits,
    a_drill_reaches_whoever_takes_part,
    a_lone_program_breaks_the_glass_only_with_the_scope,
    an_alert_for_the_city_is_confirmed_by_its_name,
);

/// Facts of a storm over Lyulin, grave enough for two people.
pub fn storm() -> Value {
    json!({ "facts": {
        "template": "evacuation",
        "place": { "address": { "line": "бул. Царица Йоанна 15", "within": ["Люлин"] } },
    } })
}

/// A water cut in Lyulin, which one may send alone.
pub fn water() -> Value {
    json!({ "facts": {
        "template": "water",
        "place": { "named": ["Lyulin"] },
        "contact": "Софийска вода, 0800 121 21",
    } })
}

/// A path below a draft.
pub fn below(draft: &str, what: &str) -> String {
    format!("/api/v1/drafts/{draft}/{what}")
}

/// Writes a draft; its number.
pub async fn drafted(program: &Program, body: Value) -> String {
    let draft = program.post("/api/v1/drafts", body).await.is(201);
    draft.text("id").to_owned()
}

/// Something done with a draft as it was written.
pub async fn done(program: &Program, draft: &str, what: &str) -> super::program::Answer {
    let revision = json!({ "revision": 1 });
    program.post(&below(draft, what), revision).await
}

/// An alert that one program sent alone, when it has arrived; its number.
async fn sent(town: &Town, program: &Program, body: Value) -> String {
    let draft = drafted(program, body).await;
    let sent = done(program, &draft, "submit").await.is(200);
    assert_eq!(sent.json["state"], "sent");
    town.reads("telegram", BULGARIAN, 1).await;
    town.quiet().await;
    sent.text("alert").to_owned()
}

async fn two_programs_bring_an_alert_to_the_phones(base: Base) {
    let town = town(base).await;
    let book = Book::default();
    let (dispatch, chief) = (book.program(&town, DISPATCH), book.program(&town, CHIEF));
    let me = dispatch.get("/api/v1/me").await.is(200);
    assert_eq!(me.json["name"], "dispatch");
    assert_eq!(me.json["scopes"], json!(["read", "draft"]));
    let templates = dispatch.get("/api/v1/templates").await.is(200);
    let all = templates.json["templates"].as_array().expect("a list");
    assert_eq!(all.len(), 12);
    assert_eq!(all[0]["names"]["en"], "Water");

    let draft = drafted(&dispatch, storm()).await;
    let preview = chief.get(&below(&draft, "preview")).await.is(200);
    assert_eq!(preview.json["takes_two"], true);
    assert_eq!(preview.json["audience"], 2);
    assert_eq!(preview.json["districts"][0]["names"]["en"], "Lyulin");
    assert_eq!(preview.json["confirm"], Value::Null);
    let letters = preview.json["letters"].as_array().expect("letters");
    let seen = |channel: &str, language: &str, part: &str| {
        let letter = letters
            .iter()
            .find(|it| it["channel"] == channel && it["language"] == language);
        let text = letter.expect("a letter")["parts"][0].to_string();
        assert!(text.contains(part), "no „{part}“ in {text}");
    };
    seen("telegram", "bg", "бул. Царица Йоанна 15");
    seen("discord", "en", "Lyulin");

    let waits = done(&dispatch, &draft, "submit").await.is(200);
    assert_eq!(waits.json["state"], "waiting");
    done(&dispatch, &draft, "approve").await.told(403, "scope");
    // Its operator's role would do; but the volunteer's program has the scope and not the role.
    let viewer = book.program(&town, VIEWER);
    done(&viewer, &draft, "approve").await.told(403, "role");
    town.hand("discord", 902)
        .reads("Чака Ви за одобрение")
        .await;
    assert!(town.inbox("telegram", BULGARIAN).is_empty());
    let list = chief.get("/api/v1/drafts").await.is(200);
    assert_eq!(list.json["drafts"][0]["submitter"], "dispatch");

    let sent = done(&chief, &draft, "approve").await.is(200);
    assert_eq!(
        (sent.json["state"].as_str(), sent.text("decider")),
        (Some("sent"), "chief")
    );
    let read = town.reads("telegram", BULGARIAN, 1).await;
    assert!(read[0].contains("бул. Царица Йоанна 15"), "{}", read[0]);
    let read = town.reads("discord", ENGLISH, 1).await;
    assert!(read[0].contains("Lyulin"), "{}", read[0]);
    town.quiet().await;

    let alert = format!("/api/v1/alerts/{}", sent.text("alert"));
    let told = dispatch.get(&alert).await.is(200);
    assert_eq!(told.json["state"], "in_force");
    assert_eq!(told.json["texts"].as_array().map(Vec::len), Some(2));
    let cap = reqwest::get(told.text("cap")).await.expect("a CAP file");
    assert_eq!(cap.status(), 200);
    let report = dispatch.get(&format!("{alert}/report")).await.is(200);
    let reached = report.json["channels"].as_array().expect("channels").iter();
    let reached: i64 = reached.filter_map(|it| it["reached"].as_i64()).sum();
    assert_eq!(reached, 2);
    let all = dispatch.get("/api/v1/alerts").await.is(200);
    assert_eq!(all.json["alerts"][0]["id"], sent.json["alert"]);

    let record = "select count(*) from audit where actor = 'dispatch' and act in ('new', 'submit')
        or actor = 'chief' and act = 'approve'";
    assert_eq!(town.count(record).await, 3);
    book.holds(&town).await;
    town.end().await;
}

async fn whoever_submits_cannot_approve(base: Base) {
    let town = town(base).await;
    let book = Book::default();
    let chief = book.program(&town, CHIEF);
    let draft = drafted(&chief, storm()).await;
    done(&chief, &draft, "submit").await.is(200);
    let own = done(&chief, &draft, "approve").await;
    let own = own.told(403, "own-draft");
    assert!(
        own.text("detail").contains("одобрява втори човек"),
        "{:#}",
        own.json
    );
    // The same person from another account: the record knows them by their name.
    let hand = town.hand("discord", 902);
    hand.reads("Чака Ви за одобрение").await;
    hand.taps("Одобрявам").await;
    town.reads("telegram", BULGARIAN, 1).await;
    done(&chief, &draft, "approve").await.told(409, "state");
    book.holds(&town).await;
    town.end().await;
}

async fn what_is_given_back_comes_back_with_a_reason(base: Base) {
    let town = town(base).await;
    let book = Book::default();
    let (dispatch, chief) = (book.program(&town, DISPATCH), book.program(&town, CHIEF));
    let sent = dispatch.post_cap(Cap::new("storm").xml()).await.is(201);
    let draft = sent.text("id");
    assert_eq!(sent.header("location"), format!("/api/v1/drafts/{draft}"));
    assert_eq!(
        (sent.text("severity"), sent.text("identifier")),
        ("Severe", "storm")
    );
    done(&dispatch, draft, "submit").await.is(200);
    let answer = |revision: i64, reason: &str| json!({ "revision": revision, "reason": reason });
    let stale = chief
        .post(&below(draft, "return"), answer(7, "Няма телефон"))
        .await;
    stale.told(409, "draft-changed");
    let silent = chief.post(&below(draft, "return"), answer(1, " ")).await;
    let silent = silent.told(422, "fields");
    assert_eq!(silent.json["errors"][0]["pointer"], "#/reason");
    let back = chief
        .post(&below(draft, "return"), answer(1, "Няма телефон"))
        .await;
    assert_eq!(back.is(200).json["reason"], "Няма телефон");
    done(&dispatch, draft, "submit").await.is(200);
    let over = chief
        .post(&below(draft, "reject"), answer(1, "Отмина"))
        .await
        .is(200);
    assert_eq!(over.json["state"], "rejected");
    town.quiet().await;
    assert!(town.inbox("telegram", BULGARIAN).is_empty());
    book.holds(&town).await;
    town.end().await;
}

async fn an_alert_is_updated_and_ended(base: Base) {
    let town = town(base).await;
    let book = Book::default();
    let publisher = book.program(&town, PUBLISHER);
    let alert = sent(&town, &publisher, water()).await;
    let path = |what: &str| format!("/api/v1/alerts/{alert}/{what}");
    let mut later = water();
    let in_an_hour = town.clock.now().plus(std::time::Duration::from_hours(1));
    later["facts"]["until"] = json!(in_an_hour.rfc3339());
    let update = publisher.post(&path("update"), later).await.is(201);
    assert_eq!(
        (update.text("kind"), update.text("about")),
        ("update", alert.as_str())
    );
    done(&publisher, update.text("id"), "submit").await.is(200);
    town.reads("telegram", BULGARIAN, 2).await;
    town.quiet().await;
    let newer = publisher
        .get(&format!("/api/v1/alerts/{alert}"))
        .await
        .is(200);
    assert_eq!(newer.json["state"], "updated");
    let newer = newer.text("replaced_by").to_owned();
    let end = format!("/api/v1/alerts/{newer}/cancel");
    let over = publisher.post(&end, Value::Null).await.is(201);
    assert_eq!((over.text("kind"), over.text("state")), ("cancel", "sent"));
    town.reads("telegram", BULGARIAN, 3).await;
    town.quiet().await;
    let gone = publisher
        .get(&format!("/api/v1/alerts/{newer}"))
        .await
        .is(200);
    assert_eq!(gone.json["state"], "cancelled");
    publisher
        .post("/api/v1/alerts/7/cancel", Value::Null)
        .await
        .told(404, "no-such-alert");
    book.holds(&town).await;
    town.end().await;
}

async fn a_correction_without_the_right_to_send_waits(base: Base) {
    let town = town(base).await;
    let book = Book::default();
    let (publisher, dispatch) = (
        book.program(&town, PUBLISHER),
        book.program(&town, DISPATCH),
    );
    let alert = sent(&town, &publisher, water()).await;
    let path = format!("/api/v1/alerts/{alert}/correct");
    let wrong = json!({ "wrong": "place" });
    let waits = dispatch.post(&path, wrong.clone()).await.is(201);
    assert_eq!(waits.text("state"), "waiting");
    assert_eq!(town.inbox("telegram", BULGARIAN).len(), 1);
    let at_once = publisher.post(&path, wrong).await.is(201);
    assert_eq!(
        (at_once.text("kind"), at_once.text("state")),
        ("correction", "sent")
    );
    let read = town.reads("telegram", BULGARIAN, 2).await;
    assert!(
        read[1].contains("Предишното съобщение беше грешка"),
        "{}",
        read[1]
    );
    town.quiet().await;
    book.holds(&town).await;
    town.end().await;
}

async fn a_drill_reaches_whoever_takes_part(base: Base) {
    let town = town(base).await;
    let book = Book::default();
    let publisher = book.program(&town, PUBLISHER);
    let mut drill = storm();
    drill["drill"] = json!(true);
    let draft = drafted(&publisher, drill).await;
    let begun = done(&publisher, &draft, "submit").await.is(200);
    assert_eq!((begun.text("kind"), begun.text("state")), ("drill", "sent"));
    let read = town.reads("telegram", "901", 1).await;
    assert!(read[0].to_lowercase().contains("учение"), "{}", read[0]);
    town.quiet().await;
    assert!(town.inbox("telegram", BULGARIAN).is_empty());
    book.holds(&town).await;
    town.end().await;
}

async fn a_lone_program_breaks_the_glass_only_with_the_scope(base: Base) {
    let town = town(base).await;
    let book = Book::default();
    let (dispatch, publisher) = (
        book.program(&town, DISPATCH),
        book.program(&town, PUBLISHER),
    );
    let draft = drafted(&publisher, storm()).await;
    let reason = json!({ "revision": 1, "reason": "Никой не вдига, а бурята е тук." });
    let path = below(&draft, "break-glass");
    dispatch
        .post(&path, reason.clone())
        .await
        .told(403, "scope");
    let alone = publisher.post(&path, reason).await.is(200);
    assert_eq!(alone.json["alone"], true);
    town.reads("telegram", BULGARIAN, 1).await;
    town.hand("discord", 902)
        .reads("Разпратено без втори човек")
        .await;
    town.quiet().await;
    book.holds(&town).await;
    town.end().await;
}

async fn an_alert_for_the_city_is_confirmed_by_its_name(base: Base) {
    let town = town(base).await;
    let book = Book::default();
    let (dispatch, chief) = (book.program(&town, DISPATCH), book.program(&town, CHIEF));
    let wide = json!({ "facts": {
        "template": "storm", "cause": "wind", "place": "everywhere", "severity": "Extreme",
    } });
    let draft = drafted(&dispatch, wide).await;
    done(&dispatch, &draft, "submit").await.is(200);
    let preview = chief.get(&below(&draft, "preview")).await.is(200);
    assert_eq!(preview.json["confirm"]["en"], "Sofia");
    let unsure = done(&chief.reading("en"), &draft, "approve").await;
    let unsure = unsure.told(422, "confirm");
    assert!(unsure.text("detail").contains("Sofia"), "{:#}", unsure.json);
    let sure = json!({ "revision": 1, "confirm": "Sofia" });
    chief.post(&below(&draft, "approve"), sure).await.is(200);
    town.reads("telegram", BULGARIAN, 1).await;
    town.quiet().await;
    book.holds(&town).await;
    town.end().await;
}
