//! What people see: words unchanged, nobody called, buttons, threads, repeats folded.

use glas::channel::Channel;
use glas::channels::discord::{is_group, parse_handle};
use glas::message::{Block, Key, Weight};

use super::*;

/// What Discord shows of Markdown that escapes: a backslash before punctuation goes.
fn shown(markdown: &str) -> String {
    let mut out = String::new();
    let mut chars = markdown.chars().peekable();
    while let Some(c) = chars.next() {
        match chars.peek() {
            Some(next) if c == '\\' && next.is_ascii_punctuation() => out.extend(chars.next()),
            _ => out.push(c),
        }
    }
    out
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

#[tokio::test]
async fn a_long_text_arrives_word_for_word_and_calls_nobody() -> Outcome {
    let town = Town::new().await?;
    let strange = "@everyone @here <b> <@502> <@&601> **не** ||тайна|| `code` 1. [a](b) \
                   👨‍👩‍👧‍👦 مرحبا بكم # ~~x~~ _y_ \\ 🇧🇬 #️⃣";
    let sentence = "Днес спира водата в «Дружба» и 'Младост' до вечерта. ";
    let text = sentence.repeat(10_000 / sentence.chars().count() / 2)
        + strange
        + " "
        + &sentence.repeat(10_000 / sentence.chars().count() / 2 + 1);
    assert!(text.chars().count() >= 10_000);
    for letter in [line(&text), full("Без вода @everyone", &text)] {
        let before = town.ledger.seen_since(0).len();
        town.send("user:501", &letter).await?;
        let seen = town.ledger.seen_since(before);
        assert_eq!(seen.len(), laid_out(&town.discord, &letter).len());
        let arrived: Vec<_> = seen.iter().map(|it| shown(&it.text)).collect();
        let arrived = arrived.join(" ");
        let arrived = arrived
            .replace("**Без вода @everyone**", "")
            .replace("-# от общината", "");
        assert_eq!(words(&arrived), words(&text));
        for it in &seen {
            assert_eq!(it.to, "user:501");
            assert_eq!(it.raw["mention_everyone"], false, "{}", it.raw);
            for mentioned in ["mentions", "mention_roles"] {
                assert_eq!(
                    it.raw[mentioned].as_array().map(Vec::len),
                    Some(0),
                    "{}",
                    it.raw
                );
            }
        }
    }
    town.check()
}

#[tokio::test]
async fn a_titled_letter_shows_its_title_its_embed_and_its_buttons() -> Outcome {
    let town = Town::new().await?;
    town.send(
        "channel:701",
        &full("Опасност от наводнение", "Качете се на горните етажи."),
    )
    .await?;
    let seen = town.seen(0, 1).await?;
    let raw = &seen[0].raw;
    assert_eq!(seen[0].to, "channel:701");
    assert_eq!(raw["content"], "**Опасност от наводнение**");
    let embed = &raw["embeds"][0];
    assert_eq!(
        embed["description"],
        "Качете се на горните етажи.\n\n-# от общината"
    );
    assert!(embed["color"].as_u64().is_some());
    let buttons = [("Спри", "stop:7"), ("Карта", "https://example.org/a_b")]
        .map(|(label, behind)| (label.to_owned(), behind.to_owned()));
    assert_eq!(seen[0].buttons, buttons);
    town.check()
}

#[tokio::test]
async fn facts_quotes_and_footers_are_set_apart_without_letting_markup_in() -> Outcome {
    let town = Town::new().await?;
    let letter = glas::message::Letter {
        title: None,
        body: vec![
            Block::Facts(vec![("Къде".to_owned(), "*Искър*".to_owned())]),
            Block::Quote("Original **text**\nin two lines".to_owned()),
        ],
        actions: vec![],
        weight: Weight::Silent,
        footer: None,
        picture: None,
    };
    town.send("user:501", &letter).await?;
    let raw = town.seen(0, 1).await?.remove(0).raw;
    assert_eq!(
        raw["content"],
        "**Къде**: \\*Искър\\*\n\n> Original \\*\\*text\\*\\*\n> in two lines"
    );
    assert_eq!(
        raw["flags"].as_u64().map(|flags| flags & 1 << 12),
        Some(1 << 12),
        "no sound"
    );
    town.check()
}

#[tokio::test]
async fn an_update_stands_under_what_came_before() -> Outcome {
    let town = Town::new().await?;
    let first = town.send("channel:701", &line("Водата спира.")).await?;
    let (_, message) = place(&first)?;
    let rendering = town.discord.render(&line("Водата дойде."), lang("bg"));
    for (receipt, under) in [
        (first.message.as_str(), true),
        ("701:999", false),
        ("nonsense", false),
    ] {
        let nonce = glas::base::id::next().to_string();
        let parcel = Parcel {
            reply_to: Some(receipt),
            ..parcel(&rendering, 0, "channel:701", &nonce)
        };
        town.discord.send(&parcel).await?;
        let raw = town
            .ledger
            .seen_since(0)
            .pop()
            .ok_or("nothing arrived")?
            .raw;
        let referred = raw["message_reference"]["message_id"].as_str();
        assert_eq!(
            referred == Some(message.to_string().as_str()),
            under,
            "{receipt}: {raw}"
        );
    }
    town.check()
}

#[tokio::test]
async fn a_repeat_under_the_same_nonce_is_the_same_message() -> Outcome {
    let town = Town::new().await?;
    let rendering = town.discord.render(&line("Само веднъж."), lang("bg"));
    let parcel = parcel(&rendering, 0, "user:501", "n0nce123");
    let first = town.discord.send(&parcel).await?;
    let second = town.discord.send(&parcel).await?;
    assert_eq!(first, second);
    assert_eq!(town.ledger.seen_since(0).len(), 1);
    assert_eq!(
        town.asked("POST /users/@me/channels"),
        1,
        "the way to a person is remembered"
    );
    town.check()
}

#[tokio::test]
async fn an_address_too_long_for_a_button_is_written_out() -> Outcome {
    let town = Town::new().await?;
    let mut letter = full("Заглавие", "Текст.");
    let long = format!("https://example.org/{}", "a".repeat(600));
    letter.actions = vec![vec![Action::Open {
        label: "Още".to_owned(),
        url: long.parse()?,
    }]];
    town.send("user:502", &letter).await?;
    let seen = town.seen(0, 1).await?;
    assert_eq!(seen[0].raw["content"], format!("**Заглавие**\nОще: {long}"));
    assert!(seen[0].buttons.is_empty());
    town.check()
}

#[test]
fn handles_have_one_form() {
    assert_eq!(parse_handle(" user:007 "), Ok("user:7".to_owned()));
    assert_eq!(
        parse_handle("channel:18446744073709551614"),
        Ok("channel:18446744073709551614".to_owned())
    );
    for wrong in [
        "",
        "7",
        "user:",
        "user:0",
        "user:+7",
        "user:x",
        "role:7",
        "user:18446744073709551616",
    ] {
        assert_eq!(
            parse_handle(wrong),
            Err(Key("channel-discord-handle")),
            "{wrong}"
        );
    }
    assert!(is_group("channel:7") && !is_group("user:7"));
}
