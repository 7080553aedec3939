//! The e-mail channel against the simulated mail server: what a reader gets.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use glas::base::clock::Millis;
use glas::base::token::Keyring;
use glas::channel::{Channel as _, Parcel, Rendering};
use glas::channels::email::{Email, EmailWords, RETURN_PATH, UNSUBSCRIBE};
use glas::config::email::EmailSettings;
use glas::config::web::BaseUrl;
use glas::message::layout::{Part, Styled};
use glas::message::{Action, Block, Letter, Weight};
use glas::sandbox::ledger::{Ledger, Seen};
use glas::sandbox::smtp::{Security, Settings, Smtp};
use secrecy::SecretString;

pub const KEYS: &str = "k1:a-secret-of-the-tests-with-enough-characters";

pub async fn server(settings: Settings) -> (Ledger, Smtp) {
    let ledger = Ledger::default();
    let any_port = "127.0.0.1:0".parse().expect("an address");
    let smtp = Smtp::start(ledger.clone(), any_port, settings)
        .await
        .expect("a free port");
    (ledger, smtp)
}

/// Settings for a server, in the form of `bot.toml`, with further lines at their end.
pub fn settings(smtp: &Smtp, more: &str) -> EmailSettings {
    let text = format!(
        "host = \"127.0.0.1\"\nport = {}\nfrom_name = \"Глас София\"\n\
         from_address = \"alerts@glas.example\"\nreturn_path = \"bounce+{{token}}@glas.example\"\n\
         unsubscribe = \"stop@glas.example\"\nlist_id = \"alerts.glas.example\"\n{more}\n",
        smtp.address().port()
    );
    toml::from_str(&text).expect("settings")
}

pub fn channel(settings: &EmailSettings, password: Option<&str>) -> Email {
    let words = |warning: &str, danger: &str, unsubscribe: &str| EmailWords {
        warning: warning.to_owned(),
        danger: danger.to_owned(),
        unsubscribe: unsubscribe.to_owned(),
        cut: "…".to_owned(),
        preferences: "→".to_owned(),
    };
    let words = BTreeMap::from([
        (
            "bg".parse().expect("a language"),
            words("Предупреждение", "Опасност", "Не искам повече такива писма"),
        ),
        (
            "en".parse().expect("a language"),
            words("Warning", "Danger", "Stop these e-mails"),
        ),
    ]);
    let keys = Keyring::parse(KEYS).expect("a keyring");
    Email::new(settings, password.map(SecretString::from), keys, words).expect("a channel")
}

/// Where the pages of the mails' sender are.
pub fn pages() -> BaseUrl {
    let url: url::Url = "https://glas.example".parse().expect("an address");
    BaseUrl::try_from(url).expect("a base")
}

/// A letter with a title and one paragraph, rendered.
pub fn simple(title: &str, text: &str) -> Rendering {
    let mut letter = Letter::line(text.to_owned());
    letter.title = Some(title.to_owned());
    rendered(letter, text)
}

fn rendered(letter: Letter<String>, text: &str) -> Rendering {
    let part = Part {
        title: letter.title.clone(),
        text: Styled {
            text: text.to_owned(),
            marks: vec![],
        },
        actions: letter.actions.clone(),
        lists: vec![],
        weight: letter.weight,
        picture: None,
    };
    Rendering {
        parts: vec![part],
        letter,
        lang: "bg".parse().expect("a language"),
    }
}

pub fn parcel<'a>(rendering: &'a Rendering, to: &'a str, nonce: &'a str) -> Parcel<'a> {
    Parcel {
        rendering,
        part: 0,
        to,
        via: None,
        reply_to: None,
        nonce,
        thread: None,
        dated: Millis(1_790_000_000_000),
        bulk: true,
        address: (1, 0),
        replacing: None,
        picture: None,
    }
}

pub fn header<'a>(seen: &'a Seen, name: &str) -> &'a str {
    seen.raw["headers"][name].as_str().unwrap_or_default()
}

pub fn source(seen: &Seen) -> &str {
    seen.raw["source"].as_str().expect("a source")
}

/// The HTML of a mail, decoded.
pub fn page(seen: &Seen) -> String {
    let source = source(seen);
    let (_, part) = source
        .split_once("Content-Type: text/html; charset=utf-8\r\n")
        .expect("a part in HTML");
    let (_, body) = part.split_once("\r\n\r\n").expect("a body");
    let (body, _) = body.split_once("--=_").expect("a boundary");
    let bytes = STANDARD.decode(body.replace("\r\n", "")).expect("base64");
    String::from_utf8(bytes).expect("UTF-8")
}

#[tokio::test]
async fn a_mail_arrives_over_plain_starttls_and_tls() {
    for (security, name, login) in [
        (Security::None, "none", false),
        (Security::None, "none", true),
        (Security::StartTls, "starttls", true),
        (Security::Tls, "tls", true),
    ] {
        let account = login.then(|| ("glas".to_owned(), "secret".to_owned()));
        let (ledger, smtp) = server(Settings {
            security,
            account,
            ..Settings::default()
        })
        .await;
        let folder = tempfile::tempdir().expect("a folder");
        let ca_file = folder.path().join("ca.pem");
        std::fs::write(&ca_file, smtp.ca_pem()).expect("a file");
        let mut more = format!("security = \"{name}\"\nca_file = \"{}\"", ca_file.display());
        if login {
            more.push_str("\nusername = \"glas\"");
        }
        let email = channel(&settings(&smtp, &more), login.then_some("secret"));
        let rendering = simple("Спиране на водата", "Днес от 9 до 17 ч.");
        let receipt = email
            .send(&parcel(&rendering, "resident@example.bg", "n1"))
            .await
            .expect("a receipt");
        assert_eq!(receipt.message, "n1@glas.example");
        let seen = ledger.seen_since(0);
        assert_eq!(seen.len(), 1, "{name}");
        assert_eq!(seen[0].to, "resident@example.bg");
        assert_eq!(seen[0].id, "n1@glas.example");
        assert!(
            seen[0]
                .text
                .starts_with("Спиране на водата\n\nДнес от 9 до 17 ч.\n")
        );
    }
}

#[tokio::test]
async fn headers_say_what_a_bulk_mail_has_to_say() {
    let (ledger, smtp) = server(Settings::default()).await;
    let email = channel(&settings(&smtp, "security = \"none\""), None);
    let rendering = simple("Спиране на водата в „Дружба“ и „Младост“ за целия ден", "x");
    let mut update = parcel(&rendering, "resident@example.bg", "nonce2");
    update.thread = Some("nonce1");
    email.send(&update).await.expect("a receipt");
    let seen = ledger.seen_since(0).remove(0);

    assert_eq!(header(&seen, "To"), "resident@example.bg");
    assert!(header(&seen, "From").ends_with("<alerts@glas.example>"));
    assert_eq!(header(&seen, "Date"), "Mon, 21 Sep 2026 14:13:20 +0000");
    assert_eq!(header(&seen, "Message-ID"), "<nonce2@glas.example>");
    assert_eq!(header(&seen, "In-Reply-To"), "<nonce1@glas.example>");
    assert_eq!(header(&seen, "References"), "<nonce1@glas.example>");
    assert_eq!(header(&seen, "List-Id"), "<alerts.glas.example>");
    assert_eq!(header(&seen, "Auto-Submitted"), "auto-generated");
    assert_eq!(header(&seen, "Content-Language"), "bg");

    let keys = Keyring::parse(KEYS).expect("a keyring");
    let stop = header(&seen, "List-Unsubscribe");
    let token = stop
        .strip_prefix("<mailto:stop@glas.example?subject=stop%20")
        .and_then(|rest| rest.strip_suffix('>'))
        .expect("an address to stop at");
    assert_eq!(
        keys.verify(UNSUBSCRIBE, token).as_deref(),
        Some(b"resident@example.bg".as_slice())
    );
    assert!(
        seen.buttons.contains(&(
            "Не искам повече такива писма".to_owned(),
            format!("mailto:stop@glas.example?subject=stop%20{token}")
        )),
        "{:?}",
        seen.buttons
    );

    let sender = seen.raw["envelope_from"].as_str().expect("a sender");
    let (local, domain) = sender.split_once('@').expect("an address");
    assert_eq!(domain, "glas.example");
    assert!(local.len() <= 64);
    let short: Vec<&str> = local
        .strip_prefix("bounce+")
        .expect("the pattern")
        .split('.')
        .collect();
    assert_eq!(short[1], "nonce2");
    let token = format!(
        "1.{}.{}.{}",
        short[0],
        URL_SAFE_NO_PAD.encode(short[1]),
        short[2]
    );
    assert!(keys.verify(RETURN_PATH, &token).is_some());

    assert!(source(&seen).lines().all(|line| line.len() <= 998));
    assert!(source(&seen).is_ascii());
}

#[tokio::test]
async fn an_answer_to_one_person_is_no_bulk_mail() {
    let (ledger, smtp) = server(Settings::default()).await;
    let email = channel(&settings(&smtp, "security = \"none\""), None);
    let text = "Вече ще получавате съобщения за вода и ток в район „Искър“, \
                а когато пожелаете, можете да спрете.";
    let rendering = rendered(Letter::line(text.to_owned()), text);
    let mut answer = parcel(&rendering, "resident@example.bg", "n1");
    answer.bulk = false;
    email.send(&answer).await.expect("a receipt");
    let seen = ledger.seen_since(0).remove(0);
    assert_eq!(header(&seen, "Auto-Submitted"), "auto-replied");
    assert_eq!(header(&seen, "List-Unsubscribe"), "");
    assert_eq!(header(&seen, "List-Id"), "");
    let subject = "Вече ще получавате съобщения за вода и ток в район „Искър“, а когато…";
    assert_eq!(seen.text, format!("{subject}\n\n{text}"));
}

#[tokio::test]
async fn what_is_hard_to_write_arrives_as_it_was() {
    let (ledger, smtp) = server(Settings::default()).await;
    let email = channel(&settings(&smtp, "security = \"none\""), None);
    let long = "Щъркелът ѝ отлетя – „на юг“. ".repeat(345);
    assert!(long.chars().count() > 10_000);
    let hard = "Семейство 👨‍👩‍👧‍👦, שלום עולם, @everyone <b>\n.\n..две точки\nFrom тук";
    let text = format!("{hard}\n\n{}", long.trim_end());
    let rendering = simple("👨‍👩‍👧‍👦 שלום @everyone <b>", &text);
    email
        .send(&parcel(&rendering, "поща@example.bg", "n1"))
        .await
        .expect("a receipt");
    let seen = ledger.seen_since(0).remove(0);
    assert_eq!(seen.to, "поща@example.bg");
    assert!(
        seen.text
            .starts_with(&format!("👨‍👩‍👧‍👦 שלום @everyone <b>\n\n{text}\n"))
    );
    let page = page(&seen);
    assert!(page.contains("@everyone &lt;b&gt;<br>") && page.contains(long.trim_end()));
    assert!(page.len() < 100_000);
}

#[tokio::test]
async fn nothing_in_a_letter_can_become_a_header() {
    let (ledger, smtp) = server(Settings::default()).await;
    let email = channel(&settings(&smtp, "security = \"none\""), None);
    let rendering = simple(
        "Вода\r\nBcc: thief@example.bg\r\n\r\nbody\u{85}x\u{0}y",
        "x",
    );
    email
        .send(&parcel(&rendering, "resident@example.bg", "n1"))
        .await
        .expect("a receipt");
    let seen = ledger.seen_since(0).remove(0);
    assert_eq!(header(&seen, "Bcc"), "");
    assert!(
        seen.text
            .starts_with("Вода Bcc: thief@example.bg body x y\n\n")
    );
    for (to, nonce) in [
        ("resident@example.bg\r\nBcc: thief@example.bg", "n2"),
        ("resident@example.bg", "n2\r\nBcc: thief@example.bg"),
    ] {
        let refused = email.send(&parcel(&rendering, to, nonce)).await;
        assert!(refused.is_err());
    }
    assert_eq!(ledger.seen_since(0).len(), 1);
}

#[tokio::test]
async fn a_whole_letter_is_shown_in_both_forms() {
    let (ledger, smtp) = server(Settings::default()).await;
    let email = channel(&settings(&smtp, "security = \"none\""), None);
    let rendering = whole_letter();
    email
        .send(&parcel(&rendering, "resident@example.bg", "n1"))
        .await
        .expect("a receipt");
    let seen = ledger.seen_since(0).remove(0);
    assert_eq!(
        seen.buttons[0],
        (
            "Карта на спирането".to_owned(),
            "https://glas.example/a?x=1&y=2".to_owned()
        )
    );
    assert!(
        seen.text
            .contains("Карта на спирането: https://glas.example/a?x=1&y=2\n")
    );
    let page = page(&seen);
    for piece in [
        "<html lang=\"bg\">",
        "<p class=\"level danger\">Опасност</p>",
        "<h1 dir=\"auto\">Много силен вятър в София</h1>",
        "<dt dir=\"auto\">Кога</dt>",
        "<li dir=\"auto\">Не паркирайте под дървета.</li>",
        "<blockquote dir=\"auto\">Very strong wind.</blockquote>",
        "name=\"color-scheme\" content=\"light dark\"",
    ] {
        assert!(page.contains(piece), "{piece}");
    }
    assert!(
        !page.contains("Разбрах"),
        "a press has no meaning in a mail"
    );
}

fn whole_letter() -> Rendering {
    let text = |text: &str| text.to_owned();
    let letter = Letter {
        title: Some(text("Много силен вятър в София")),
        body: vec![
            Block::Paragraph(text(
                "Очаква се вятър с пориви над 110 km/h.\nОстанете на закрито, ако можете.",
            )),
            Block::Facts(vec![
                (text("Къде"), text("райони „Искър“ и „Младост“")),
                (text("Кога"), text("петък, 18:00–23:00 ч.")),
            ]),
            Block::Bullets(vec![
                text("Не паркирайте под дървета."),
                text("Приберете предметите от балконите."),
                text("Обадете се на 112 при паднали проводници."),
            ]),
            Block::Quote(text("Very strong wind.")),
        ],
        actions: vec![vec![
            Action::Open {
                label: text("Карта на спирането"),
                url: "https://glas.example/a?x=1&y=2".parse().expect("a url"),
            },
            Action::Press {
                label: text("Разбрах"),
                token: text("ok").try_into().expect("a token"),
            },
        ]],
        weight: Weight::Danger,
        footer: Some(text(
            "Столична община чрез „Глас“. Получавате това, защото сте избрали темата „Времето“.",
        )),
        picture: None,
    };
    rendered(letter, "Очаква се вятър с пориви над 110 km/h.")
}
