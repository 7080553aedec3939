//! Tokens: made, shown once, put into `bot.toml`, and what happens to those that are not good.

use glas::base::bearer::{self, Hash};
use glas::config::operators::Scope;
use reqwest::Method;

use super::{Book, CHIEF, DISPATCH, PAST, UNKNOWN, VIEWER, town};
use crate::cli::program::Place;
use crate::town::{Base, on_both};

on_both!(
    only_a_good_token_opens,
    wrong_tokens_are_not_looked_at_for_ever,
);

const ME: &str = "/api/v1/me";

async fn only_a_good_token_opens(base: Base) {
    let town = town(base).await;
    let book = Book::default();
    let dispatch = book.program(&town, DISPATCH);
    let nobody = dispatch.without_token().get(ME).await;
    let nobody = nobody.told(401, "no-token");
    assert_eq!(nobody.header("www-authenticate"), "Bearer realm=\"glas\"");
    let cut = &DISPATCH[..DISPATCH.len() - 1];
    for wrong in [UNKNOWN, cut, "", "x", &DISPATCH.to_uppercase()] {
        let answer = book.program(&town, wrong).get(ME).await;
        let answer = answer.told(401, "wrong-token");
        let challenge = "Bearer realm=\"glas\", error=\"invalid_token\"";
        assert_eq!(answer.header("www-authenticate"), challenge);
    }
    let past = book.program(&town, PAST).get(ME).await;
    past.told(401, "expired-token");
    let basic = [("authorization", "Basic Z2xhczpnbGFz")];
    let basic = dispatch
        .without_token()
        .ask(Method::GET, ME, &basic, None)
        .await;
    basic.told(401, "wrong-token");
    let twice = [("authorization", "Bearer x")];
    let twice = dispatch.ask(Method::GET, ME, &twice, None).await;
    twice.told(401, "wrong-token");
    let scheme = format!("bearer {CHIEF}");
    let small = [("authorization", scheme.as_str())];
    let small = dispatch
        .without_token()
        .ask(Method::GET, ME, &small, None)
        .await
        .is(200);
    assert_eq!(small.json["name"], "chief");

    let viewer = book.program(&town, VIEWER).reading("en");
    let denied = viewer.post("/api/v1/drafts", super::desk::storm()).await;
    let denied = denied.told(403, "role");
    assert!(
        denied.text("detail").contains("“viewer”"),
        "{:#}",
        denied.json
    );
    let glass = super::desk::below("7", "break-glass");
    let reason = serde_json::json!({ "revision": 1, "reason": "…" });
    let scope = viewer.post(&glass, reason).await.told(403, "scope");
    let challenge = "Bearer realm=\"glas\", error=\"insufficient_scope\", scope=\"break-glass\"";
    assert_eq!(scope.header("www-authenticate"), challenge);
    assert_eq!(town.count("select count(*) from draft").await, 0);
    book.holds(&town).await;
    town.end().await;
}

async fn wrong_tokens_are_not_looked_at_for_ever(base: Base) {
    let town = town(base).await;
    let book = Book::default();
    let guesser = book.program(&town, UNKNOWN);
    let mut tried = 0;
    let late = loop {
        let answer = guesser.get(ME).await;
        if answer.status == 429 {
            break answer.told(429, "too-many-attempts");
        }
        answer.told(401, "wrong-token");
        tried += 1;
        assert!(tried < 200, "nobody stops it");
    };
    assert!((60..=62).contains(&tried), "{tried}");
    assert_eq!(late.header("retry-after"), "600");
    let before = town
        .count("select cast(sum(used) as bigint) from quota")
        .await;
    guesser.get(ME).await.is(429);
    assert_eq!(
        town.count("select cast(sum(used) as bigint) from quota")
            .await,
        before
    );
    // Whoever shares the address with a broken program is let in.
    book.program(&town, DISPATCH).get(ME).await.is(200);
    book.holds(&town).await;
    town.end().await;
}

#[test]
fn a_new_token_is_good_as_soon_as_its_lines_are_in_bot_toml() {
    let place = Place::new("");
    let made = place.glas(&[
        "--lang",
        "en",
        "token",
        "new",
        "--name",
        "dispatch \"112\"",
        "--scope",
        "draft",
        "--scope",
        "read",
        "--expires",
        "2099-06-30",
    ]);
    assert_eq!(made.code, Some(0), "{made:?}");
    let token = made
        .out
        .lines()
        .map(str::trim)
        .find(|line| line.starts_with("glas_"));
    let token = token.expect("a token").to_owned();
    assert!(bearer::is_whole(&token), "{token}");
    let lines = made.out.find("[[operator]]").expect("lines for bot.toml");
    let lines = &made.out[lines..];
    assert!(!lines.contains(&token), "{lines}");
    insta::assert_snapshot!(lines.replace(&Hash::of(&token).to_string(), "sha256:…"), @r#"
    [[operator]]
    name = 'dispatch "112"'
    role = "moderator"
    token = "sha256:…"
    expires = "2099-06-30"
    scopes = ["read", "draft"]
    "#);
    let place = Place::new(lines);
    let loaded = glas::app::load(&place.path("bot.toml")).expect("the settings");
    let roster = loaded.roster().expect("a roster");
    let found = roster.bearer(&token).expect("a token");
    assert_eq!(found.actor.name, "dispatch \"112\"");
    assert!(found.may(Scope::Draft) && !found.may(Scope::Decide));
    assert_eq!(
        found
            .until
            .map(glas::base::clock::Millis::rfc3339)
            .as_deref(),
        Some("2099-06-30T21:00:00Z")
    );
    assert!(roster.bearer(UNKNOWN).is_none());

    // Somebody who is there already keeps their role; a day that is over is none.
    let name = ["token", "new", "--name", "dispatch \"112\""];
    let again = place.glas(&name);
    assert!(again.out.contains("role = \"moderator\""), "{again:?}");
    let other = place.glas(&[&name[..], &["--role", "approver", "--lang", "bg"]].concat());
    assert_eq!(other.code, Some(1), "{other:?}");
    assert!(other.out.contains("Всеки има само една роля"), "{other:?}");
    let past = place.glas(&[&name[..], &["--expires", "2026-01-01", "--lang", "bg"]].concat());
    assert_eq!(past.code, Some(1), "{past:?}");
    assert!(past.out.contains("2026-01-01 вече мина"), "{past:?}");
}

#[test]
fn settings_of_tokens_that_cannot_work_are_refused() {
    let hash = Hash::of("x").to_string();
    let operator = |more: &str| format!("[[operator]]\nname = \"d\"\nrole = \"viewer\"\n{more}\n");
    let good = format!("token = \"{hash}\"\nscopes = [\"read\"]");
    for (more, why) in [
        (
            operator("token = \"glas_secret\"\nscopes = [\"read\"]"),
            "a token stands here as its hash",
        ),
        (
            operator(&format!("token = \"{hash}\"")),
            "say what the token is for",
        ),
        (
            operator("scopes = [\"read\"]"),
            "expires and scopes are a token's",
        ),
        (
            operator(&format!("{good}\nexpires = \"30.06.2027\"")),
            "a day is written",
        ),
        (
            operator(&format!("token = \"{hash}\"\nscopes = [\"all\"]")),
            "unknown variant `all`",
        ),
        (
            operator(&good) + &operator(&good).replace("\"d\"", "\"e\""),
            "\"e\" has the token of \"d\"",
        ),
    ] {
        let place = Place::new(&more);
        let loaded = glas::app::load(&place.path("bot.toml"));
        let fault = match loaded {
            Ok(loaded) => loaded.roster().map(drop),
            Err(why) => Err(why),
        };
        let fault = fault.expect_err(&more).to_string();
        assert!(fault.contains(why), "{fault}");
        assert!(!fault.contains("glas_secret"), "{fault}");
    }
}
