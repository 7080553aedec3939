//! What each resident sees, as it happens, with numbers to press buttons by.

use std::collections::HashMap;

use super::resident;
use super::stage::Stage;
use crate::cli::words::Words;
use crate::message::{Arg, say_with};
use crate::sandbox::ledger::{Seen, What};

/// The printed conversation.
pub struct Transcript<'a> {
    words: &'a Words,
    stage: &'a Stage,
    next: usize,
    /// The last message with buttons, by channel and reader.
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

    /// The last message of this reader that has buttons.
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
            let pressable = seen
                .buttons
                .iter()
                .any(|(_, behind)| !behind.starts_with("http"));
            if pressable && seen.what != What::Deleted {
                self.pressable
                    .insert((seen.channel.to_owned(), seen.to.clone()), seen);
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
        };
        println!("\n{}", self.words.word(&head)?);
        for line in seen.text.lines() {
            println!("  │ {}", unescaped(line));
        }
        let mut number = 0;
        for (label, behind) in &seen.buttons {
            if behind.starts_with("http") || behind.starts_with("mailto") {
                println!("  ↗ {label}: {behind}");
            } else {
                number += 1;
                println!("  [{number}] {label}");
            }
        }
        Ok(())
    }
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
