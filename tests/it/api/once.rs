//! A request that is repeated does nothing twice, however often and however soon.

use futures_util::future::join_all;
use serde_json::json;

use super::desk::{below, drafted, storm, water};
use super::{Book, CHIEF, DISPATCH, town};
use crate::town::{Base, on_both};

on_both!(
    a_repeat_gets_the_same_answer_and_does_nothing,
    many_at_the_same_time_are_one,
    what_was_refused_may_be_tried_again,
    keys_are_forgotten_when_their_time_is_up,
);

const DRAFTS: &str = "/api/v1/drafts";

async fn a_repeat_gets_the_same_answer_and_does_nothing(base: Base) {
    let town = town(base).await;
    let book = Book::default();
    let dispatch = book.program(&town, DISPATCH);
    let first = dispatch
        .post_with(DRAFTS, "8e03978e", storm())
        .await
        .is(201);
    assert_eq!(first.header("idempotency-replayed"), "");
    for key in ["8e03978e", "\"8e03978e\""] {
        let again = dispatch.post_with(DRAFTS, key, storm()).await.is(201);
        assert_eq!(again.json, first.json);
        assert_eq!(again.header("idempotency-replayed"), "true");
        assert_eq!(again.header("location"), first.header("location"));
    }
    assert_eq!(town.count("select count(*) from draft").await, 1);
    let other = dispatch.post_with(DRAFTS, "8e03978e", water()).await;
    other.told(422, "idempotency-key-taken");
    // The key is the caller's own: somebody else may have thought of the same.
    let chief = book.program(&town, CHIEF);
    let own = chief.post_with(DRAFTS, "8e03978e", storm()).await.is(201);
    assert_ne!(own.json["id"], first.json["id"]);

    let submit = below(first.text("id"), "submit");
    let revision = json!({ "revision": 1 });
    for _ in 0..2 {
        let waits = dispatch
            .post_with(&submit, "s", revision.clone())
            .await
            .is(200);
        assert_eq!(waits.json["state"], "waiting");
    }
    let fresh = dispatch.post_with(&submit, "t", revision).await;
    fresh.told(409, "state");
    let missing = [("content-type", "application/json")];
    let body = Some(storm().to_string());
    let missing = dispatch
        .ask(reqwest::Method::POST, DRAFTS, &missing, body)
        .await;
    missing.told(400, "idempotency-key");
    for wrong in ["", "a b", &"k".repeat(101)] {
        let answer = dispatch.post_with(DRAFTS, wrong, storm()).await;
        answer.told(400, "idempotency-key");
    }
    town.quiet().await;
    book.holds(&town).await;
    town.end().await;
}

async fn many_at_the_same_time_are_one(base: Base) {
    let town = town(base).await;
    let book = Book::default();
    let dispatch = book.program(&town, DISPATCH);
    let all = (0..8).map(|_| dispatch.post_with(DRAFTS, "same", storm()));
    let answers = join_all(all).await;
    let first = answers[0].json.clone();
    let mut replayed = 0;
    for answer in answers {
        let answer = answer.is(201);
        assert_eq!(answer.json, first);
        replayed += usize::from(answer.header("idempotency-replayed") == "true");
    }
    assert_eq!(replayed, 7);
    assert_eq!(town.count("select count(*) from draft").await, 1);
    book.holds(&town).await;
    town.end().await;
}

async fn what_was_refused_may_be_tried_again(base: Base) {
    let town = town(base).await;
    let book = Book::default();
    let (dispatch, chief) = (book.program(&town, DISPATCH), book.program(&town, CHIEF));
    let draft = drafted(&dispatch, storm()).await;
    let approve = below(&draft, "approve");
    let seen = json!({ "revision": 1 });
    let early = chief.post_with(&approve, "a", seen.clone()).await;
    early.told(409, "state");
    assert_eq!(
        town.count("select count(*) from replay where key = 'a'")
            .await,
        0
    );
    dispatch
        .post(&below(&draft, "submit"), seen.clone())
        .await
        .is(200);
    let sent = chief.post_with(&approve, "a", seen).await.is(200);
    assert_eq!(sent.json["state"], "sent");
    town.reads("telegram", super::BULGARIAN, 1).await;
    town.quiet().await;
    book.holds(&town).await;
    town.end().await;
}

async fn keys_are_forgotten_when_their_time_is_up(base: Base) {
    let town = town(base).await;
    let book = Book::default();
    let dispatch = book.program(&town, DISPATCH);
    dispatch.post_with(DRAFTS, "old", storm()).await.is(201);
    dispatch.post_with(DRAFTS, "new", storm()).await.is(201);
    let two_days = 2 * 86_400_000 + 60_000;
    let older = format!("update replay set at = at - {two_days} where key = 'old'");
    town.change(&older).await;
    let config = town.config();
    let config = config.to_str().expect("a path");
    let run = crate::cli::program::finish(&mut crate::cli::program::bare(&[
        "--config",
        config,
        "--lang",
        "en",
        "retention",
        "run",
    ]));
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.out.contains("Requests of programs"), "{}", run.out);
    assert_eq!(town.count("select count(*) from replay").await, 1);
    let again = dispatch.post_with(DRAFTS, "new", storm()).await.is(201);
    assert_eq!(again.header("idempotency-replayed"), "true");
    let anew = dispatch.post_with(DRAFTS, "old", storm()).await.is(201);
    assert_eq!(anew.header("idempotency-replayed"), "");
    book.holds(&town).await;
    town.end().await;
}
