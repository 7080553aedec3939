//! Mails that link to pages of ours: for one reader, the same in every attempt.

use glas::base::clock::Millis;
use glas::base::link::{PREFERENCES, PRESS, Personal, UNSUBSCRIBE};
use glas::base::token::Keyring;
use glas::channel::{Channel as _, Parcel};
use glas::message::{Action, Block, Token};
use glas::sandbox::ledger::Seen;
use glas::sandbox::smtp::Settings;

use crate::email::{KEYS, channel, header, pages, parcel, server, settings, simple, source};

const PLAIN: &str = "security = \"none\"";

fn token(text: &str) -> Token {
    Token::try_from(text.to_owned()).expect("a token")
}

/// What a link of a mail says, until when.
fn says(seen: &Seen, label: &str, page: &str, purpose: &str) -> Personal {
    let link = seen.buttons.iter().find(|(known, _)| known == label);
    let (_, url) = link.unwrap_or_else(|| panic!("no {label} in {:?}", seen.buttons));
    let signed = url.strip_prefix("https://glas.example").expect("ours");
    let signed = signed.strip_prefix(page).expect("this page");
    let keys = Keyring::parse(KEYS).expect("keys");
    Personal::read(&keys, purpose, signed, Millis(0)).expect("a link")
}

#[tokio::test]
async fn a_letter_to_many_has_its_readers_own_links() {
    let (ledger, smtp) = server(Settings::default()).await;
    let email = channel(&settings(&smtp, PLAIN), None).with_pages(Some(&pages()));
    let mut rendering = simple("Вода", "Спира.");
    rendering.letter.footer = Some("Столична община".to_owned());
    rendering.letter.actions = vec![vec![Action::Press {
        label: "Без „Вода“ <&>".to_owned(),
        token: token("mute.water"),
    }]];
    rendering.letter.body = vec![Block::Paragraph("дълъг текст ".repeat(20_000))];
    let mail = Parcel {
        address: (42, 7),
        ..parcel(&rendering, "resident@example.bg", "n1")
    };
    for _ in 0..2 {
        email.send(&mail).await.expect("a receipt");
    }
    let other = Parcel {
        address: (43, 0),
        nonce: "n2",
        ..parcel(&rendering, "other@example.bg", "n2")
    };
    email.send(&other).await.expect("a receipt");
    let seen = ledger.seen_since(0);
    assert_eq!(source(&seen[0]), source(&seen[1]));
    let press = says(&seen[0], "Без „Вода“ <&>", "/bg/do/", PRESS);
    assert_eq!(
        (press.address, press.generation, press.rest.as_str()),
        (42, 7, "mute.water")
    );
    assert!(press.expires.is_some_and(|at| at > mail.dated));
    let preferences = says(&seen[0], "→", "/bg/preferences/", PREFERENCES);
    assert_eq!((preferences.address, preferences.generation), (42, 7));
    let stop = says(&seen[0], "Не искам повече такива писма", "/u/", UNSUBSCRIBE);
    assert_eq!((stop.address, stop.expires), (42, None));
    assert_eq!(
        says(&seen[2], "→", "/bg/preferences/", PREFERENCES).address,
        43
    );
    let ways = header(&seen[0], "List-Unsubscribe");
    let (page, mailto) = ways.split_once(", ").expect("two ways");
    assert!(
        page.starts_with("<https://glas.example/u/") && page.ends_with('>'),
        "{ways}"
    );
    assert!(
        mailto.starts_with("<mailto:stop@glas.example?subject=stop%20"),
        "{ways}"
    );
    assert_eq!(
        header(&seen[0], "List-Unsubscribe-Post"),
        "List-Unsubscribe=One-Click"
    );
    // The links stand above the footer and below it, and the page is not cut by mail services.
    let page = crate::email::page(&seen[0]);
    assert!(page.len() < 102 * 1024, "{}", page.len());
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text}"));
    assert!(at("/bg/do/") < at("Столична община") && at("Столична община") < at("/u/"));
}

#[tokio::test]
async fn an_answer_to_one_person_is_no_list() {
    let (ledger, smtp) = server(Settings::default()).await;
    let email = channel(&settings(&smtp, PLAIN), None).with_pages(Some(&pages()));
    let mut rendering = simple("Вода", "Спира.");
    rendering.letter.actions = vec![vec![Action::Press {
        label: "Настройки".to_owned(),
        token: token("settings"),
    }]];
    let mail = Parcel {
        bulk: false,
        ..parcel(&rendering, "resident@example.bg", "n1")
    };
    email.send(&mail).await.expect("a receipt");
    let seen = ledger.seen_since(0).swap_remove(0);
    assert_eq!(says(&seen, "Настройки", "/bg/do/", PRESS).rest, "settings");
    for name in ["List-Id", "List-Unsubscribe", "List-Unsubscribe-Post"] {
        assert_eq!(header(&seen, name), "", "{name}");
    }
    assert_eq!(seen.buttons.len(), 1, "{:?}", seen.buttons);
    assert!(
        seen.text
            .contains("Спира.\n\nНастройки: https://glas.example/bg/do/"),
        "{}",
        seen.text
    );
}
