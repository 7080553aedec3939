//! Every letter that the conversation sends, as each network shows it, in both languages.
//!
//! The texts come first, without the networks' marks and empty lines; then what can be tapped on
//! each network: a row of buttons in brackets, a list in parentheses.
#![expect(clippy::too_many_lines, reason = "letters are quoted whole")]

/// A letter as it reads on both databases.
macro_rules! reads {
    ($said:expr, $letter:literal) => {{
        let said = $said;
        insta::allow_duplicates! { insta::assert_snapshot!(said, @$letter) }
    }};
}

mod around;
mod asked;
mod changes;
mod first;
mod gathered;
mod joined;
mod mail;
mod own;
mod requests;
mod settings;
mod several;

use glas::message::{Action, Letter, Token, Weight};
use glas::outbox::Lane;
use glas::sandbox::ledger::Seen;
use serde_json::Value;

use crate::town::hands::as_read;
use crate::town::{Base, Cap, Hand, Plan, Town};

/// How many entries of a list are named.
const NAMED: usize = 3;

/// A town on a summer's afternoon, a storm over Lyulin.
pub async fn town(base: Base) -> Town {
    let plan = Plan {
        at: Some("2026-06-17T12:00:00Z"),
        ..Plan::default()
    };
    let mut town = Town::build(base, plan).await;
    town.alert(&Cap::new("storm").at(town.clock.now())).await;
    town.start().await;
    town
}

/// Somebody who does the same on both networks.
pub struct Reader<'a> {
    pub telegram: Hand<'a>,
    pub discord: Hand<'a>,
}

impl<'a> Reader<'a> {
    pub fn new(town: &'a Town, lang: &str) -> Self {
        Self {
            telegram: town.newcomer("telegram", 42, lang),
            discord: town.newcomer("discord", 42, lang),
        }
    }

    /// Writes something.
    pub async fn says(&self, text: &str) -> String {
        let telegram = self.telegram.says(text).await;
        both(&telegram, &self.discord.says(text).await)
    }

    /// Taps the same on both.
    pub async fn taps(&self, label: &str) -> String {
        let telegram = self.telegram.taps(label).await;
        both(&telegram, &self.discord.taps(label).await)
    }
}

/// What stands on both networks: the text once where it is the same.
pub fn both(telegram: &Seen, discord: &Seen) -> String {
    let (one, other) = (text(telegram), text(discord));
    let controls = format!("{}{}", controls(telegram), controls(discord));
    if one == other {
        format!("{one}\n{controls}")
    } else {
        format!("{one}\n– discord –\n{other}\n{controls}")
    }
}

/// A text without the addresses that links lead to, which differ from run to run.
pub fn without_links(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let end = ["http", "mailto:"]
            .iter()
            .filter_map(|link| line.find(link))
            .min();
        line[..end.unwrap_or(line.len())].trim_end()
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// What stands on one network.
pub fn alone(seen: &Seen) -> String {
    format!("{}\n{}", text(seen), controls(seen))
}

/// Sends everybody a letter under which a topic can be muted.
pub async fn offer_to_mute(town: &Town) {
    let letter = Letter {
        title: Some("…".to_owned()),
        body: vec![],
        actions: vec![vec![Action::Press {
            label: "…".to_owned(),
            token: Token::try_from("mute.water".to_owned()).expect("a token"),
        }]],
        weight: Weight::Normal,
        footer: None,
        picture: None,
    };
    let letter = town.broadcast(&letter, Lane::Alert).await;
    town.delivered(letter).await;
}

/// The lines of a message that are not empty.
pub fn text(seen: &Seen) -> String {
    let seen = as_read(seen.clone());
    let lines: Vec<&str> = seen.text.lines().filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

fn controls(seen: &Seen) -> String {
    let mut rows = vec![];
    let of = |value: &Value, name: &str| value[name].as_str().unwrap_or_default().to_owned();
    for row in seen.raw["components"].as_array().into_iter().flatten() {
        let parts = row["components"].as_array().into_iter().flatten();
        let shown = parts.map(|part| match part["options"].as_array() {
            Some(options) => {
                let named = options.iter().take(NAMED).map(|it| of(it, "label"));
                let chosen = options.iter().filter(|it| it["default"] == true);
                let chosen: Vec<String> = chosen.map(|it| of(it, "label")).collect();
                let chosen = match chosen.as_slice() {
                    [] => String::new(),
                    chosen if chosen.len() > NAMED => format!("; ✓ {}", chosen.len()),
                    chosen => format!("; ✓ {}", chosen.join(", ")),
                };
                let named: Vec<String> = named.collect();
                format!("({} … {}{chosen})", named.join(", "), options.len())
            }
            None => format!("[{}]", of(part, "label")),
        });
        rows.push(shown.collect::<String>());
    }
    let keyboard = &seen.raw["reply_markup"]["inline_keyboard"];
    for row in keyboard.as_array().into_iter().flatten() {
        let buttons = row.as_array().into_iter().flatten();
        let buttons: Vec<String> = buttons.map(|it| format!("[{}]", of(it, "text"))).collect();
        rows.push(buttons.concat());
    }
    if rows.is_empty() {
        rows.extend(seen.buttons.iter().map(|(label, _)| format!("[{label}]")));
    }
    let lines = rows.iter().map(|row| format!("{} {row}\n", seen.channel));
    lines.collect()
}
