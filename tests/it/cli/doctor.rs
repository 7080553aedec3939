//! `glas doctor` in the test town: what the operator reads when all is well and when it is not.

mod feeds;
mod letters;
mod mail;
mod networks;
mod operators;
mod pictures;
mod place;

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use glas::app::{CITY, PAUSED};
use glas::people::Wish;
use glas::sandbox::telegram::{Often, Trouble};
use glas::store;
use serde_json::Value;

use super::program::{Said, bare, finish};
use crate::names::Names;
use crate::town::{Base, Cap, DISCORD_TOKEN, GUILD, Plan, TELEGRAM_TOKEN, Town, on_both, until};

on_both!(
    everything_is_in_order,
    a_lane_that_stands_is_told_with_its_reason,
    the_database_is_another_city_s_or_old_or_paused,
);

/// The test town with a DNS, a signing key, and settings of its own to spoil.
pub struct Clinic {
    pub town: Town,
    pub names: Names,
    pub telegram_token: &'static str,
    pub discord_token: &'static str,
    pub password: &'static str,
}

impl Clinic {
    /// One where all is well.
    pub async fn open(base: Base) -> Self {
        let town = Town::build(base, Plan::default()).await;
        let names = Names::start().await;
        let clinic = Self {
            town,
            names,
            telegram_token: TELEGRAM_TOKEN,
            discord_token: DISCORD_TOKEN,
            password: "",
        };
        let record = mail::write_key(&clinic.file("dkim.pem"));
        clinic
            .names
            .publish("example.org", &["v=spf1 ip4:192.0.2.1 -all", "other=1"]);
        clinic
            .names
            .publish("s1._domainkey.example.org", &[&record]);
        clinic.names.publish(
            "_dmarc.example.org",
            &["v=DMARC1; p=reject; rua=mailto:a@example.org"],
        );
        let settings = fs::read_to_string(clinic.town.config()).expect("bot.toml");
        let settings = settings.replace("[discord]", &format!("[discord]\nguild = {GUILD}"));
        let dkim =
            "[email.dkim]\ndomain = \"example.org\"\nselector = \"s1\"\nkey_file = \"dkim.pem\"\n";
        fs::write(clinic.file("doctor.toml"), settings + dkim).expect("doctor.toml");
        clinic
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.town.config().with_file_name(name)
    }

    /// Changes the doctor's settings.
    pub fn edit(&self, from: &str, to: &str) {
        let settings = fs::read_to_string(self.file("doctor.toml")).expect("doctor.toml");
        assert!(settings.contains(from), "{settings}");
        fs::write(self.file("doctor.toml"), settings.replace(from, to)).expect("doctor.toml");
    }

    /// Calls the doctor with further arguments.
    pub async fn call(&self, lang: &str, arguments: &[&str]) -> Said {
        let mut command = bare(&["--lang", lang, "--config"]);
        command
            .arg(self.file("doctor.toml"))
            .arg("doctor")
            .args(arguments)
            .env("GLAS_TELEGRAM_TOKEN", self.telegram_token)
            .env("GLAS_DISCORD_TOKEN", self.discord_token)
            .env("GLAS_SMTP_PASSWORD", self.password);
        let said = tokio::task::spawn_blocking(move || finish(&mut command)).await;
        let said = said.expect("the program ends");
        assert_eq!(said.err, "", "{}", said.out);
        for secret in [TELEGRAM_TOKEN, DISCORD_TOKEN] {
            assert!(!said.out.contains(secret), "{}", said.out);
        }
        said
    }

    /// What the doctor says who asks our DNS, too.
    pub async fn says(&self, lang: &str) -> Said {
        self.call(lang, &["--nameserver", &self.names.address()])
            .await
    }

    /// The doctor finds a fault, says these lines in Bulgarian and English, and nothing worse.
    pub async fn has_fault(&self, bg: &str, en: &str) {
        for (lang, level, line) in [("bg", "ГРЕШКА", bg), ("en", "FAULT", en)] {
            let said = self.says(lang).await;
            assert_eq!(said.code, Some(1), "{}", said.out);
            assert_has(&said.out, level, line);
            let faults = said.out.lines().filter(|line| line.starts_with(level));
            assert_eq!(faults.count(), 1, "{}", said.out);
        }
    }

    /// The doctor warns with these lines and finds no fault.
    pub async fn has_warning(&self, bg: &str, en: &str) {
        for (lang, level, line) in [("bg", "внимание", bg), ("en", "warning", en)] {
            let said = self.says(lang).await;
            assert_eq!(said.code, Some(0), "{}", said.out);
            assert_has(&said.out, level, line);
        }
    }
}

/// Whether a line of this level begins so.
pub fn assert_has(out: &str, level: &str, begins: &str) {
    let mut lines = out.lines().filter_map(|line| line.strip_prefix(level));
    let found = lines.any(|line| line.trim_start().starts_with(begins));
    assert!(found, "no “{level} {begins}” in:\n{out}");
}

/// Every run of digits longer than three as an N: processes, room, ports.
fn without_numbers(text: &str) -> String {
    let mut told = String::new();
    let mut digits = String::new();
    for letter in text.chars().chain(['\n']) {
        if letter.is_ascii_digit() || letter == ',' && !digits.is_empty() {
            digits.push(letter);
            continue;
        }
        told += if digits.len() > 3 { "N" } else { &digits };
        digits.clear();
        told.push(letter);
    }
    told
}

async fn everything_is_in_order(base: Base) {
    let mut clinic = Clinic::open(base).await;
    clinic.town.start().await;
    until("every lane and listener has its process", async || {
        clinic
            .town
            .count("select count(*) from lease where until > 0")
            .await
            == 6
    })
    .await;
    let page = place::serve(200).await;
    let names = clinic.names.address();
    let arguments = ["--nameserver", &names, "--base-url", &page];

    let said = clinic.call("en", &arguments).await;
    assert_eq!(said.code, Some(0), "{}", said.out);
    let folder = clinic.file("").display().to_string();
    let told = without_numbers(&said.out.replace(folder.trim_end_matches('/'), "FOLDER"));
    let (disk, clocks) = match base {
        Base::Sqlite => (
            "ok       Disk: N MB free in FOLDER.",
            "telegram and discord",
        ),
        Base::Postgres => (
            "note     Disk: that of the PostgreSQL server is not seen from here; look there with “df -h”.",
            "telegram, discord and the database",
        ),
    };
    assert_eq!(
        told.trim_end(),
        format!(
            "ok       Settings: FOLDER/doctor.toml is in order (city: sofia; languages: bg and en; channels: telegram, discord and email).\n\
             ok       Database: reachable, up to date, that of the city sofia.\n\
             ok       telegram: process N delivers, and nothing holds it up.\n\
             ok       telegram: process N listens.\n\
             ok       discord: process N delivers, and nothing holds it up.\n\
             ok       discord: process N listens.\n\
             ok       email: process N delivers, and nothing holds it up.\n\
             ok       email: process N listens.\n\
             {disk}\n\
             ok       Pictures: the folder can be written to, and has the map of every alert in force.\n\
             ok       Clock: it agrees with {clocks}.\n\
             ok       Telegram: the token is valid, the bot is @glas_sandbox_bot; no update waits to be fetched.\n\
             ok       Discord: the token is valid, the application is “sandbox-bot”.\n\
             ok       Discord: the bot is on the server “Люлин” and has all permissions it needs.\n\
             ok       E-mail: the relay 127.0.0.1:N is reachable; no login is set.\n\
             ok       E-mail: SPF of example.org says who may send.\n\
             ok       E-mail: the DKIM key at s1._domainkey.example.org is the one that signs our mail.\n\
             ok       E-mail: DMARC of example.org is reject, and our mail passes.\n\
             ok       Web: http://127.0.0.1:N/health is reachable.\n\
             \n\
             Everything is in order."
        )
    );

    let said = clinic.call("bg", &arguments).await;
    assert_eq!(said.code, Some(0), "{}", said.out);
    assert_has(
        &said.out,
        "наред",
        "База данни: достъпна е, с последната схема и е на град sofia.",
    );
    assert_has(
        &said.out,
        "наред",
        "Discord: ботът е в сървъра „Люлин“ и има всички нужни права.",
    );
    assert!(said.out.ends_with("\nВсичко е наред.\n"), "{}", said.out);

    let said = clinic
        .call("en", &[&arguments[..], &["--json"]].concat())
        .await;
    let lines: Vec<Value> = (said.out.lines())
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(lines.len(), 19, "{}", said.out);
    for line in &lines {
        let fields: Vec<&String> = line.as_object().expect("an object").keys().collect();
        assert_eq!(fields, ["check", "level", "text"]);
    }
    let checks: Vec<&str> = lines
        .iter()
        .filter_map(|line| line["check"].as_str())
        .collect();
    assert_eq!(checks[0..2], ["settings", "database"]);
    assert_eq!(
        checks[14..],
        [
            "email-relay",
            "email-spf",
            "email-dkim",
            "email-dmarc",
            "web"
        ]
    );
    clinic.town.end().await;
}

async fn a_lane_that_stands_is_told_with_its_reason(base: Base) {
    let mut clinic = Clinic::open(base).await;
    clinic
        .town
        .move_in("telegram", 1..2, "bg", Wish::EVERYTHING)
        .await;
    clinic.town.start().await;
    clinic
        .town
        .telegram
        .fail(Trouble::Status(401), &["sendMessage"], Often::Always);
    let letter = clinic.town.alert(&Cap::new("storm")).await;
    until("the lane says why it stands", async || {
        clinic
            .town
            .count("select count(*) from lease where note is not null")
            .await
            == 1
    })
    .await;
    for (lang, level, begins, reason) in [
        (
            "en",
            "FAULT",
            "telegram: process ",
            "delivers, but has stopped until this is mended: the token is refused (401 Unauthorized)",
        ),
        (
            "bg",
            "ГРЕШКА",
            "telegram: изпраща процес ",
            "но е спрял, докато не се отстрани това: the token is refused (401 Unauthorized)",
        ),
    ] {
        let said = clinic.says(lang).await;
        assert_eq!(said.code, Some(1), "{}", said.out);
        assert_has(&said.out, level, begins);
        assert!(said.out.contains(reason), "{}", said.out);
    }
    clinic.town.telegram.clear_troubles();
    clinic.town.delivered(letter).await;
    clinic.town.end().await;
}

async fn the_database_is_another_city_s_or_old_or_paused(base: Base) {
    let clinic = Clinic::open(base).await;
    clinic
        .has_warning(
            "telegram: в момента никой не изпраща и съобщенията чакат. Пуснете „glas run“.",
            "email: nobody listens now, people get no answer. Start “glas run”.",
        )
        .await;
    let set = async |name, value| {
        let mut tx = clinic.town.db.begin().await.expect("the database");
        store::set_setting(&mut tx, name, value)
            .await
            .expect("the database");
        tx.commit().await.expect("the database");
    };
    set(PAUSED, Some("restored")).await;
    clinic
        .has_warning(
            "Изпращането е на пауза след възстановяване от копие: нищо не тръгва.",
            "Sending is paused since a restore: nothing leaves.",
        )
        .await;
    set(CITY, Some("plovdiv")).await;
    clinic.has_fault(
        "База данни: тя е на град „plovdiv“, а в bot.toml пише „sofia“, затова ботът не тръгва.",
        "Database: it belongs to the city “plovdiv”, and bot.toml names “sofia”, so the bot does not start.",
    )
    .await;
    let mut tx = clinic.town.db.begin().await.expect("the database");
    let last = "delete from _sqlx_migrations
        where version = (select max(version) from _sqlx_migrations)";
    glas::on!(&mut tx, c => sqlx::query(last).execute(c).await.map(drop)).expect("the database");
    tx.commit().await.expect("the database");
    clinic
        .has_warning(
            "База данни: липсва",
            "Database: 1 migration is missing. Run “glas migrate”",
        )
        .await;
    clinic.town.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_doctor_disturbs_nobody() {
    let clinic = Clinic::open(Base::Sqlite).await;
    let before = tokio::time::Instant::now();
    let said = clinic.says("en").await;
    assert_eq!(said.code, Some(0), "{}", said.out);
    assert!(before.elapsed() < Duration::from_secs(15));
    assert!(clinic.town.ledger.seen_since(0).is_empty());
    let asked = clinic.town.ledger.requests();
    let asked: Vec<(&str, &str)> = asked
        .iter()
        .map(|it| (it.channel, it.what.as_str()))
        .collect();
    for (channel, what) in &asked {
        let looks =
            what.starts_with("get") || what.starts_with("GET /") || ["EHLO", "QUIT"].contains(what);
        assert!(looks && *what != "getUpdates", "{channel}: {what}");
    }
    assert!(asked.contains(&("email", "QUIT")), "{asked:?}");
    clinic.town.end().await;
}
