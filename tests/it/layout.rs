//! Letters cut into parts: where they are cut, and what each part carries.

use std::time::{Duration, Instant};

use glas::message::layout::{Mark, Part, lay_out};
use glas::message::limits::{Limits, Repeat, measure_utf16};
use glas::message::{Action, Block, Letter, Token, Weight};

pub fn limits(text: Option<usize>, titled: Option<usize>) -> Limits {
    Limits {
        measure: measure_utf16,
        text,
        titled_text: titled,
        title: 40,
        button_rows: 2,
        button_columns: 3,
        label: 10,
        list: 0,
        answers: 4,
        shares: true,
        types: false,
        changes: false,
        repeat: Repeat::Visible,
        pictures: None,
    }
}

fn press(label: &str) -> Action<String> {
    let token = Token::try_from("t".to_owned()).expect("a token");
    let label = label.to_owned();
    Action::Press { label, token }
}

pub fn letter(title: Option<&str>, body: Vec<Block<String>>) -> Letter<String> {
    Letter {
        title: title.map(str::to_owned),
        body,
        actions: vec![],
        weight: Weight::Warning,
        footer: None,
        picture: None,
    }
}

fn paragraph(text: &str) -> Block<String> {
    Block::Paragraph(text.to_owned())
}

pub fn texts(parts: &[Part]) -> Vec<&str> {
    parts.iter().map(|part| part.text.text.as_str()).collect()
}

/// The texts of a letter of one paragraph, cut at `limit`.
fn cut(text: &str, limit: usize) -> Vec<String> {
    let parts = lay_out(
        &letter(None, vec![paragraph(text)]),
        &limits(Some(limit), None),
    );
    texts(&parts).into_iter().map(str::to_owned).collect()
}

#[test]
fn blocks_become_text_with_marks() {
    let mut whole = letter(
        Some("Без вода"),
        vec![
            paragraph("Авария на ул. „Шипка“."),
            Block::Facts(vec![
                ("Район".to_owned(), "Средец".to_owned()),
                ("До".to_owned(), "18:00".to_owned()),
            ]),
            Block::Bullets(vec![
                "Запасете вода".to_owned(),
                " ".to_owned(),
                "Затворете крана".to_owned(),
            ]),
            paragraph("  "),
            Block::Quote("Burst main.\nRepairs until six.".to_owned()),
        ],
    );
    whole.footer = Some("Столична община".to_owned());
    let parts = lay_out(&whole, &limits(Some(4096), Some(4000)));
    assert_eq!(parts.len(), 1);
    assert_eq!(parts[0].title.as_deref(), Some("Без вода"));
    assert_eq!(parts[0].weight, Weight::Warning);
    insta::assert_snapshot!(parts[0].text.text, @"
Авария на ул. „Шипка“.

Район: Средец
До: 18:00

• Запасете вода
• Затворете крана

Burst main.
Repairs until six.

Столична община
");
    let marked: Vec<(&str, Mark)> = parts[0]
        .text
        .marks
        .iter()
        .map(|(range, mark)| (&parts[0].text.text[range.clone()], *mark))
        .collect();
    assert_eq!(
        marked,
        [
            ("Район", Mark::Strong),
            ("До", Mark::Strong),
            ("Burst main.\nRepairs until six.", Mark::Quote),
            ("Столична община", Mark::Small),
        ]
    );
}

#[test]
fn a_cut_takes_the_best_place_within_reach() {
    assert_eq!(
        cut("Едно две.\n\nТри четири. Пет", 22),
        ["Едно две.", "Три четири. Пет"]
    );
    assert_eq!(
        cut("Едно две\nТри. Четири пет", 18),
        ["Едно две", "Три. Четири пет"]
    );
    assert_eq!(cut("Едно две. Три четири", 16), ["Едно две.", "Три четири"]);
    assert_eq!(
        cut("Ела на ул. шипка днес", 15),
        ["Ела на ул.", "шипка днес"]
    );
    assert_eq!(cut("Ела на ул. шипка", 14), ["Ела на ул.", "шипка"]);
    assert_eq!(cut("едно две три", 9), ["едно две", "три"]);
    // A first paragraph of two words does not travel alone.
    assert_eq!(
        cut("Да.\n\nЕдно две три четири пет", 20),
        ["Да.\n\nЕдно две три", "четири пет"]
    );
    // A no-break space is no place for a cut.
    assert_eq!(
        cut("до 2026\u{202f}г. вкл", 9),
        ["до", "2026\u{202f}г.", "вкл"]
    );
}

#[test]
fn only_what_no_part_can_hold_is_cut_within() {
    assert_eq!(cut("Стара-Загора", 8), ["Стара-", "Загора"]);
    assert_eq!(cut("абвгдежзик", 4), ["абвг", "дежз", "ик"]);
    let family = "👩‍👩‍👧‍👦";
    assert_eq!(
        cut(&family.repeat(3), 23),
        [family.repeat(2), family.to_owned()]
    );
    assert_eq!(cut("🇧🇬🇧🇬🇧🇬", 9), ["🇧🇬🇧🇬", "🇧🇬"]);
    let link = "https://sofia.bg/a-b/c?d=e";
    assert_eq!(cut(&format!("Виж {link}"), 26), ["Виж", link]);
    assert_eq!(
        cut(&format!("„Виж,виж,виж,{link}“."), 26),
        ["„Виж,виж,виж,", link, "“."]
    );
    let pieces = cut(&format!("Виж {link}"), 20);
    assert_eq!(
        (pieces[0].as_str(), pieces[1..].concat().as_str()),
        ("Виж", link)
    );
    // A grapheme that is longer than a message goes in pieces instead of stopping the letter.
    let pile = format!("а{}", "\u{301}".repeat(50));
    assert_eq!(cut(&pile, 20).concat(), pile);
}

#[test]
fn a_title_too_long_goes_on_in_the_text() {
    let title = "Прекъсване на водоподаването в районите Средец и Оборище";
    let parts = lay_out(
        &letter(Some(title), vec![paragraph("До 18 ч.")]),
        &limits(Some(100), Some(100)),
    );
    assert_eq!(
        parts[0].title.as_deref(),
        Some("Прекъсване на водоподаването в районите…")
    );
    assert_eq!(parts[0].text.text, "Средец и Оборище\n\nДо 18 ч.");
    assert_eq!(
        parts[0].text.marks,
        [(0.."Средец и Оборище".len(), Mark::Strong)]
    );
    let word = "а".repeat(41);
    let parts = lay_out(&letter(Some(&word), vec![]), &limits(Some(100), Some(100)));
    assert_eq!(
        (parts[0].title.as_ref(), texts(&parts)),
        (None, vec![word.as_str()])
    );
}

#[test]
fn a_title_stands_alone_when_the_first_word_needs_a_part_of_its_own() {
    let link = format!("https://sofia.bg/{}", "a".repeat(30));
    let parts = lay_out(
        &letter(Some("Виж"), vec![paragraph(&link)]),
        &limits(Some(60), Some(20)),
    );
    assert_eq!(texts(&parts), ["", link.as_str()]);
    assert_eq!(parts[0].title.as_deref(), Some("Виж"));
    let parts = lay_out(&letter(Some("Край"), vec![]), &limits(Some(60), Some(20)));
    assert_eq!(texts(&parts), [""]);
}

#[test]
fn buttons_come_last_in_rows_that_fit() {
    let mut long = letter(None, vec![paragraph("едно две")]);
    long.actions = vec![
        (1..=4).map(|n| press(&n.to_string())).collect(),
        vec![press("Отписване от всичко"), press("👩‍👩‍👧‍👦👩‍👩‍👧‍👦")],
    ];
    let parts = lay_out(&long, &limits(Some(5), None));
    assert_eq!(texts(&parts), ["едно", "две"]);
    assert_eq!(
        (parts[0].weight, parts[1].weight),
        (Weight::Warning, Weight::Silent)
    );
    assert!(parts[0].actions.is_empty());
    let labels: Vec<Vec<&str>> = parts[1]
        .actions
        .iter()
        .map(|row| row.iter().map(|action| action.label().as_str()).collect())
        .collect();
    assert_eq!(labels, [vec!["1", "2", "3"], vec!["4", "Отписване…", "…"]]);
    let none = Limits {
        button_rows: 0,
        ..limits(Some(5), None)
    };
    assert!(
        lay_out(&long, &none)
            .iter()
            .all(|part| part.actions.is_empty())
    );
}

#[test]
fn a_long_text_is_cut_in_time_that_grows_with_it() {
    let prose =
        "Столичната община съобщава: авария на ул. „Шипка“ 12. Вода няма до 18 ч. ".repeat(800);
    let samples = [
        ("prose", prose),
        ("one word", "абвгд".repeat(10_000)),
        ("flags", "🇧🇬".repeat(12_500)),
        ("marks", format!("а{}", "\u{301}".repeat(50_000))),
        ("short lines", "а: б\n".repeat(14_000)),
        ("links in one word", "http://a,".repeat(11_000)),
    ];
    for (name, text) in samples {
        for limit in [100, 4096] {
            let started = Instant::now();
            let parts = lay_out(
                &letter(None, vec![paragraph(&text)]),
                &limits(Some(limit), None),
            );
            let took = started.elapsed();
            println!(
                "{name}: {} bytes, {} parts of {limit} in {took:?}",
                text.len(),
                parts.len()
            );
            // No claim of speed: work that grows with the square would take minutes.
            assert!(took < Duration::from_secs(30), "{name} took {took:?}");
        }
    }
}
