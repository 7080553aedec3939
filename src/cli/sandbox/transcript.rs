//! What each resident sees, as it happens, with numbers to press buttons and choose by.

use std::collections::HashMap;

use super::acting::{fields, is_link};
use super::resident;
use super::stage::Stage;
use crate::cli::words::Words;
use crate::message::{Arg, say, say_with};
use crate::sandbox::ledger::{Seen, What};

/// The printed conversation.
pub struct Transcript<'a> {
    words: &'a Words,
    stage: &'a Stage,
    next: usize,
    /// The last message with buttons or lists, by channel and reader.
    pressable: HashMap<(String, String), Seen>,
}

impl<'a> Transcript<'a> {
    /// Nothing printed yet.
    pub fn new(words: &'a Words, stage: &'a Stage) -> Self {
        Self {
            words,
            stage,
            next: 0,
            pressable: HashMap::new(),
        }
    }

    /// How much was printed.
    pub fn count(&self) -> i64 {
        i64::try_from(self.next).unwrap_or(i64::MAX)
    }

    /// The last message of this reader that has buttons or lists.
    pub fn pressable(&self, channel: &str, to: &str) -> Option<&Seen> {
        self.pressable.get(&(channel.to_owned(), to.to_owned()))
    }

    /// Prints what has come since the last time.
    ///
    /// # Errors
    /// When a word is missing.
    pub fn print_new(&mut self) -> anyhow::Result<()> {
        for seen in self.stage.ledger().seen_since(self.next) {
            self.next = seen.number + 1;
            // The wordless answer to a press only ends the button's waiting.
            if seen.what == What::Notice && seen.text.is_empty() {
                continue;
            }
            self.print(&seen)?;
            let pressable =
                !seen.lists.is_empty() || seen.buttons.iter().any(|(_, behind)| !is_link(behind));
            let reader = (seen.channel.to_owned(), seen.to.clone());
            if pressable && seen.what != What::Deleted {
                self.pressable.insert(reader, seen);
            } else if self
                .pressable
                .get(&reader)
                .is_some_and(|last| last.id == seen.id)
            {
                // Its buttons are gone with the change.
                self.pressable.remove(&reader);
            }
        }
        Ok(())
    }

    fn print(&self, seen: &Seen) -> anyhow::Result<()> {
        let who = resident::name_of(seen.channel, &seen.to);
        let args = [("who", Arg::Text(who)), ("at", Arg::Time(seen.at))];
        let head = match seen.what {
            What::Sent => say_with("sandbox-gets", args),
            What::Edited => say_with("sandbox-sees-changed", args),
            What::Deleted => say_with("sandbox-sees-deleted", args),
            What::Notice => say_with("sandbox-sees-notice", args),
            What::Window => say_with("sandbox-sees-window", args),
        };
        println!("\n{}", self.words.word(&head)?);
        let fields = fields(&seen.raw);
        if seen.what == What::Window && fields.len() > 1 {
            for (name, label) in fields {
                println!("  ▭ {name}: {label}");
            }
        } else {
            for line in seen.text.lines() {
                println!("  │ {}", unescaped(line));
            }
        }
        if shows_picture(seen) {
            println!("  ▣ {}", self.words.word(&say("sandbox-with-picture"))?);
        }
        let mut number = 0;
        for list in &seen.lists {
            println!("  ▾ {}", list.label);
            for entry in &list.options {
                number += 1;
                let chosen = if entry.chosen { "✓ " } else { "" };
                println!("    ({number}) {chosen}{}", entry.label);
            }
        }
        let mut number = 0;
        for (label, behind) in &seen.buttons {
            if is_link(behind) {
                println!("  ↗ {label}: {behind}");
            } else {
                number += 1;
                println!("  [{number}] {label}");
            }
        }
        Ok(())
    }
}

/// Whether somebody sees a picture with a message: a photo, one in an embed, one in a mail.
fn shows_picture(seen: &Seen) -> bool {
    let raw = &seen.raw;
    let in_mail = || {
        raw["source"]
            .as_str()
            .is_some_and(|it| it.contains("Content-Type: image/"))
    };
    raw["photo"].is_array() || raw["embeds"][0]["image"].is_object() || in_mail()
}

/// A line as a reader sees it: networks with Markdown carry a backslash before what is no mark.
fn unescaped(line: &str) -> String {
    let mut shown = String::with_capacity(line.len());
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        let escapes = letter == '\\' && letters.peek().is_some_and(char::is_ascii_punctuation);
        if !escapes {
            shown.push(letter);
        } else if let Some(escaped) = letters.next() {
            shown.push(escaped);
        }
    }
    shown
}
