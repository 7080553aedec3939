//! What the pages say, in both languages.

use super::{eventful, get, header, id_of, read, town};
use crate::town::{Base, on_both, until};

on_both!(
    the_first_page_tells_what_is_on_and_how_to_subscribe,
    now_shows_what_is_in_force_for_a_place,
    an_alert_keeps_its_address_whatever_becomes_of_it,
    the_statements_say_what_they_must,
);

fn says(page: &str, all: &[&str]) {
    for one in all {
        assert!(page.contains(one), "„{one}“ is missing in {page}");
    }
}

async fn the_first_page_tells_what_is_on_and_how_to_subscribe(base: Base) {
    let town = town(base).await;
    let quiet = read(&town, "/bg").await;
    says(&quiet, &["В момента няма предупреждения.", "Запишете се"]);
    says(
        &quiet,
        &["href=\"https://t.me/glas_sandbox_bot\"", "href=\"tel:112\""],
    );
    // A channel that is off is not offered.
    assert!(!quiet.contains("<h3>Discord"), "{quiet}");
    eventful(&town).await;
    let busy = read(&town, "/en").await;
    says(
        &busy,
        &[
            "In force now: ",
            "Updated – Extreme danger: Severe thunderstorm",
        ],
    );
    let link = format!("/en/alert/{}", id_of(&town, "new").await);
    says(&busy, &[&link, "Lyulin district"]);
    town.end().await;
}

async fn now_shows_what_is_in_force_for_a_place(base: Base) {
    let town = town(base).await;
    eventful(&town).await;
    let storm = [
        "Изключителна опасност: Силна гръмотевична буря",
        "Влезте в здрава сграда",
    ];
    for path in [
        "/bg/now",
        "/bg/now?place=Люлин",
        "/bg/now?place=lulin+3",
        "/bg/now?in=68134-19",
    ] {
        let page = read(&town, path).await;
        says(&page, &storm);
        // What was replaced, what was revoked and what revokes are not in force.
        for gone in ["Умерена опасност", "Отменено предупреждение"]
        {
            assert!(!page.contains(gone), "{path}: {page}");
        }
    }
    let elsewhere = read(&town, "/en/now?place=Lozenets").await;
    says(
        &elsewhere,
        &["For Lozenets", "No alerts are in force at the moment."],
    );
    let several = read(&town, "/en/now?place=Vitosha").await;
    says(
        &several,
        &["More than one place has this name", "/en/now?in=68134-"],
    );
    let unknown = read(&town, "/en/now?place=%3Cb%3EAtlantis").await;
    says(
        &unknown,
        &[
            "We did not find “&lt;b&gt;Atlantis”",
            "in=68134-09\"",
            "noindex",
        ],
    );
    assert_eq!(
        unknown.matches("/en/now?in=68134-").count(),
        24,
        "{unknown}"
    );
    // What was asked stays in the field and in the other language's link.
    says(
        &unknown,
        &[
            "value=\"&lt;b&gt;Atlantis\"",
            "href=\"/bg/now?place=%3Cb%3EAtlantis\"",
        ],
    );
    let long = read(&town, &format!("/en/now?place={}", "x".repeat(2000))).await;
    assert!(!long.contains(&"x".repeat(81)), "{long}");
    until("the short one is over", async || {
        let page = read(&town, "/en/now").await;
        assert!(page.contains("Extreme danger"), "{page}");
        !page.contains("Serious danger")
    })
    .await;
    town.end().await;
}

async fn an_alert_keeps_its_address_whatever_becomes_of_it(base: Base) {
    let town = town(base).await;
    eventful(&town).await;
    let address = async |identifier: &str| format!("/alert/{}", id_of(&town, identifier).await);
    let (new, sorry) = (address("new").await, address("sorry").await);
    let page = read(&town, &format!("/bg{new}")).await;
    says(
        &page,
        &[
            "Важи до ",
            "<h1 dir=\"auto\">Обновено – Изключителна опасност",
        ],
    );
    says(
        &page,
        &[
            "<dt dir=\"auto\">Къде</dt>",
            "href=\"https://www.sofia.bg/\"",
            "Опасност</p>",
        ],
    );
    // Why somebody got it is no part of a page for all.
    assert!(!page.contains("защото сте се записали"), "{page}");
    let canonical = format!(
        "rel=\"canonical\" href=\"{}\"",
        town.page(&format!("/bg{new}"))
    );
    says(&page, &[&canonical]);
    let old = read(&town, &format!("/en{}", address("old").await)).await;
    says(
        &old,
        &[
            "A newer message has replaced this alert.",
            &format!("href=\"/en{new}\""),
        ],
    );
    says(&old, &["Moderate danger: Severe thunderstorm"]);
    let mistaken = read(&town, &format!("/en{}", address("mistaken").await)).await;
    says(
        &mistaken,
        &["This alert was cancelled", &format!("href=\"/en{sorry}\"")],
    );
    let revoking = read(&town, &format!("/en{sorry}")).await;
    says(
        &revoking,
        &["This message announces no danger", "Cancelled: "],
    );
    let short = format!("/en{}", address("short").await);
    until("the short one is over", async || {
        read(&town, &short).await.contains("It ended on ")
    })
    .await;
    assert_eq!(
        header(&get(&town, &short, "").await, "cache-control"),
        "public, max-age=15"
    );
    town.end().await;
}

async fn the_statements_say_what_they_must(base: Base) {
    let town = town(base).await;
    let privacy = read(&town, "/bg/privacy").await;
    says(
        &privacy,
        &[
            "Столична община",
            "чл. 6, пар. 1, буква „д“",
            "съгласие",
            "14 години",
        ],
    );
    says(
        &privacy,
        &[
            "/mydata",
            "/forget",
            "Комисията за защита на личните данни",
            "kzld@cpdp.bg",
        ],
    );
    let privacy = read(&town, "/en/privacy").await;
    says(
        &privacy,
        &[
            "Sofia Municipality",
            "Article 6(1)(e)",
            "consent",
            "under 14",
        ],
    );
    says(
        &privacy,
        &[
            "/mydata",
            "/forget",
            "Commission for Personal Data Protection",
        ],
    );
    for (path, standard) in [
        ("/bg/accessibility", "съответстват частично на EN 301 549"),
        ("/en/accessibility", "comply partially with EN 301 549"),
    ] {
        let page = read(&town, path).await;
        says(&page, &[standard, "2016/2102", "mailto:web@example.org"]);
    }
    town.end().await;
}
