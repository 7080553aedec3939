//! What an operator reads of the machine itself: settings, database, disk, clock, pages.

use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::routing::get;
use tokio::net::TcpListener;

use super::super::program::Place;
use super::{Clinic, assert_has};
use crate::town::Base;

/// A page at `/health` of a free port that answers with `status`; its address.
pub async fn serve(status: u16) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let status = StatusCode::from_u16(status).expect("a status");
    let pages = Router::new().route("/health", get(move || async move { status }));
    tokio::spawn(async move { axum::serve(listener, pages).await });
    format!("http://{address}/")
}

#[test]
fn settings_that_cannot_be_read_are_explained_in_the_operator_s_language() {
    let place = Place::new("[telegram]\napi_ulr = \"http://127.0.0.1:1\"\n");
    let locales = super::super::program::project().join("locales");
    std::os::unix::fs::symlink(locales, place.path("locales")).expect("a link");
    let said = place.glas(&["--lang", "bg", "doctor"]);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert_has(
        &said.out,
        "ГРЕШКА",
        "Настройки: ботът не може да тръгне така и нищо друго не можа да се провери.",
    );
    assert!(
        said.out.contains("did you mean \"api_url\"?"),
        "{}",
        said.out
    );
    assert!(
        said.out
            .ends_with("Има 1 грешка. Какво да направите, пише до нея.\n"),
        "{}",
        said.out
    );
    let said = place.glas(&["--lang", "en", "doctor", "--json"]);
    let line: serde_json::Value = serde_json::from_str(&said.out).expect("one line of JSON");
    assert_eq!(
        (&line["check"], &line["level"]),
        (&"settings".into(), &"fault".into())
    );
}

#[test]
fn a_new_place_has_warnings_and_no_faults() {
    let said = Place::new("sandbox = true\n").glas(&["doctor"]);
    assert_eq!(
        said.code,
        Some(1),
        "sandbox stands under [city] there: {said:?}"
    );
    let place = Place::new("");
    let said = place.glas(&["doctor"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert_has(
        &said.out,
        "warning",
        "Settings: no channel is on in bot.toml, so nobody hears the bot.",
    );
    assert_has(&said.out, "warning", "Database: glas.db is not there yet.");
    assert_has(&said.out, "ok", "Disk: ");
    let folder = place.path("").canonicalize().expect("a folder");
    let free = format!(" MB free in {}.", folder.display());
    assert!(said.out.contains(&free), "{}", said.out);
    assert_has(
        &said.out,
        "note",
        "Clock: nobody answered who could tell the time",
    );
    assert_has(&said.out, "note", "discord: off");
    assert_has(&said.out, "note", "Web: no address of pages is set");
    assert!(
        said.out
            .ends_with("Everything works; 2 warnings are worth a look.\n"),
        "{}",
        said.out
    );
    assert!(!place.path("glas.db").exists(), "a doctor makes nothing");
    let said = place.glas(&["--lang", "bg", "doctor"]);
    assert_has(&said.out, "наред", "Диск: ");
    let free = format!(" MB свободни в {}.", folder.display());
    assert!(said.out.contains(&free), "{}", said.out);

    let keys = place.environment(&[("GLAS_KEYS".into(), "short".into())]);
    let said = keys.glas(&["doctor"]);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert_has(
        &said.out,
        "FAULT",
        "Keys: GLAS_KEYS cannot be used, so the bot does not start",
    );
}

#[test]
fn a_database_that_is_away_or_broken_is_a_fault() {
    let away = Place::new("[database]\nurl = \"postgres://glas@127.0.0.1:9/glas\"\n");
    let broken = Place::new("");
    broken.write("glas.db", &"This is no database. ".repeat(100));
    for (place, lang, level, begins) in [
        (
            &away,
            "bg",
            "ГРЕШКА",
            "База данни: не отговори за 9 s, затова нищо не се изпраща и не се получава.",
        ),
        (
            &away,
            "en",
            "FAULT",
            "Database: no answer within 9 s, so nothing is sent and nothing received.",
        ),
        (
            &broken,
            "bg",
            "ГРЕШКА",
            "База данни: не може да се използва, затова нищо не се изпраща и не се получава: ",
        ),
        (
            &broken,
            "en",
            "FAULT",
            "Database: it cannot be used, so nothing is sent and nothing received: ",
        ),
    ] {
        let said = place.glas(&["--lang", lang, "doctor"]);
        assert_eq!(said.code, Some(1), "{said:?}");
        assert_has(&said.out, level, begins);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clock_that_is_off_is_a_warning_and_then_a_fault() {
    let clinic = Clinic::open(Base::Sqlite).await;
    clinic.town.discord.let_pass(Duration::from_secs(75));
    clinic
        .has_warning(
            "Часовник: тази машина е с 75 s назад спрямо discord.",
            "Clock: this machine is 75 s behind discord.",
        )
        .await;
    clinic.town.discord.let_pass(Duration::from_secs(525));
    clinic
        .has_fault(
            "Часовник: тази машина е с 600 s назад спрямо discord.",
            "Clock: this machine is 600 s behind discord. Alerts begin and end at the wrong time",
        )
        .await;
    clinic.town.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_that_are_away_or_ill_are_a_fault() {
    let clinic = Clinic::open(Base::Sqlite).await;
    let ill = serve(503).await;
    let nobody = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let away = format!("http://{}/glas", nobody.local_addr().expect("an address"));
    drop(nobody);
    for (lang, level, url, begins) in [
        (
            "en",
            "FAULT",
            &ill,
            format!("Web: {ill}health should say that all is well and answers with status 503."),
        ),
        (
            "bg",
            "ГРЕШКА",
            &ill,
            format!(
                "Уеб: {ill}health трябва да каже, че всичко е наред, а отговаря със състояние 503."
            ),
        ),
        (
            "en",
            "FAULT",
            &away,
            format!("Web: {away}/health cannot be reached ("),
        ),
        (
            "bg",
            "ГРЕШКА",
            &away,
            format!("Уеб: {away}/health не е достъпен ("),
        ),
    ] {
        let said = clinic.call(lang, &["--base-url", url]).await;
        assert_eq!(said.code, Some(1), "{}", said.out);
        assert_has(&said.out, level, &begins);
    }
    clinic.town.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_a_sandbox_nobody_outside_is_asked() {
    let clinic = Clinic::open(Base::Sqlite).await;
    let said = clinic
        .call(
            "en",
            &[
                "--nameserver",
                "192.0.2.53",
                "--base-url",
                "https://glas.example.org",
            ],
        )
        .await;
    assert_eq!(said.code, Some(1), "{}", said.out);
    assert_has(
        &said.out,
        "FAULT",
        "Sandbox: 192.0.2.53:53 is not on this machine and was not asked.",
    );
    assert_has(
        &said.out,
        "FAULT",
        "Sandbox: https://glas.example.org/ is not on this machine and was not asked.",
    );
    let said = clinic.call("bg", &[]).await;
    assert_eq!(said.code, Some(0), "{}", said.out);
    assert_has(
        &said.out,
        "бележка",
        "Имейл: SPF, DKIM и DMARC не бяха проверени, защото пясъчникът не пита никого навън.",
    );
    clinic.town.end().await;
}
