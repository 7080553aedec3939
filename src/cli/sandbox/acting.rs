//! What residents of the sandbox do: write, press, choose, fill in a window, share a place.

use super::resident::{RESIDENTS, Resident};
use super::stage::Stage;
use super::transcript::Transcript;
use super::typed::Deed;
use crate::message::{Words, say, say_with_text};
use crate::sandbox::ledger::Seen;

/// What a network says when it does not allow something.
fn impossible(why: impl std::fmt::Display) -> Words {
    say_with_text("sandbox-impossible", &why.to_string())
}

impl Stage {
    /// Lets a resident do something.
    ///
    /// # Errors
    /// Why that cannot be done, in words.
    pub fn act(&self, who: &str, deed: &Deed, transcript: &Transcript<'_>) -> Result<(), Words> {
        let resident = RESIDENTS
            .iter()
            .find(|resident| resident.full_name() == who)
            .ok_or_else(|| say_with_text("sandbox-unknown-resident", who))?;
        let seen = transcript.pressable(resident.channel, resident.handle);
        match resident.channel {
            "telegram" => self.on_telegram(resident, deed, seen),
            "discord" => self.on_discord(resident, deed, seen),
            _ => Err(say("sandbox-mail-only-receives")),
        }
    }

    fn on_telegram(&self, who: &Resident, deed: &Deed, seen: Option<&Seen>) -> Result<(), Words> {
        let chat = i64::try_from(who.id()).unwrap_or(0);
        let pressed = match deed {
            Deed::Press(number, _) => button(seen, *number),
            _ => None,
        };
        match (deed, pressed) {
            (_, Some((_, "request_location"))) => return Err(say("sandbox-share-like-this")),
            (_, Some((message, token))) => {
                let message = i64::try_from(message).unwrap_or(0);
                self.telegram.press(chat, message, token).map(drop)
            }
            (Deed::Share(point), _) => self.telegram.share_location(chat, chat, *point).map(drop),
            (Deed::Choose(_), _) => return Err(say("sandbox-nothing-to-choose")),
            (Deed::Say(text) | Deed::Press(_, text), _) => {
                self.telegram.say(chat, chat, text).map(drop)
            }
        }
        .map_err(impossible)
    }

    fn on_discord(&self, who: &Resident, deed: &Deed, seen: Option<&Seen>) -> Result<(), Words> {
        let person = who.id();
        if let Some(window) = self.discord.window_of(person) {
            return self.in_window(person, &window, deed);
        }
        let dm = (self.discord.dm(person)).ok_or_else(|| impossible(who.full_name()))?;
        let text = match deed {
            Deed::Choose(numbers) => {
                let (message, list, values) =
                    choice(seen, numbers).ok_or_else(|| say("sandbox-nothing-to-choose"))?;
                let done = self.discord.choose(person, dm, message, list, &values);
                return done.map(drop).map_err(impossible);
            }
            Deed::Share(_) => return Err(say("sandbox-no-places-here")),
            Deed::Press(number, text) => match button(seen, *number) {
                Some((message, token)) => {
                    let done = self.discord.press(person, dm, message, token);
                    return done.map(drop).map_err(impossible);
                }
                None => text,
            },
            Deed::Say(text) => text,
        };
        let done = match text.split_once(char::is_whitespace) {
            Some((command, rest)) if command.starts_with('/') => {
                let option = self.option_of(command).unwrap_or_default();
                let rest = rest.trim().into();
                self.discord
                    .command(person, dm, command, &[(&option, rest)])
            }
            None if text.starts_with('/') => self.discord.command(person, dm, text, &[]),
            _ => self.discord.say(person, dm, text),
        };
        done.map(drop).map_err(impossible)
    }

    /// The name of a command's first option.
    fn option_of(&self, typed: &str) -> Option<String> {
        let commands = self.discord.commands();
        let is = |command: &&serde_json::Value| {
            let translated = command["name_localizations"].as_object();
            command["name"] == typed[1..]
                || translated.is_some_and(|names| names.values().any(|name| *name == typed[1..]))
        };
        let command = commands.iter().find(is)?;
        command["options"][0]["name"].as_str().map(str::to_owned)
    }

    /// What is typed before an open window is written into its field.
    fn in_window(&self, person: u64, window: &serde_json::Value, deed: &Deed) -> Result<(), Words> {
        let (Deed::Say(text) | Deed::Press(_, text)) = deed else {
            return Err(say("sandbox-window-is-open"));
        };
        if text == "close" {
            self.discord.close_modal(person);
            return Ok(());
        }
        let known = fields(window);
        let first = known.first().map_or("", |(id, _)| *id);
        // Of several fields each is named: "where=Lyulin; until=2h".
        let parts = text.split(';').filter_map(|part| part.split_once('='));
        let given: Vec<_> = (parts.map(|(id, value)| (id.trim(), value.trim())))
            .filter(|(id, _)| known.iter().any(|(known, _)| known == id))
            .collect();
        let values = if known.len() > 1 && !given.is_empty() {
            given
        } else {
            vec![(first, text.as_str())]
        };
        let done = self.discord.submit_modal(person, &values);
        done.map(drop).map_err(impossible)
    }
}

/// The fields of a window: their ids, and what stands above each.
pub(super) fn fields<'a>(window: &'a serde_json::Value) -> Vec<(&'a str, &'a str)> {
    let rows = window["components"].as_array().into_iter().flatten();
    let field = |row: &'a serde_json::Value| {
        let of = [&row["component"], &row["components"][0]];
        of.into_iter().find_map(|field| {
            let label = row["label"].as_str().or(field["label"].as_str());
            Some((field["custom_id"].as_str()?, label.unwrap_or_default()))
        })
    };
    rows.filter_map(field).collect()
}

/// The message of what was seen.
fn message(seen: &Seen) -> u64 {
    let id = seen.id.rsplit(':').next();
    id.and_then(|id| id.parse().ok()).unwrap_or(0)
}

/// The button of this number: the message, and what is behind the button.
fn button(seen: Option<&Seen>, number: usize) -> Option<(u64, &str)> {
    let seen = seen?;
    let mut pressable = (seen.buttons.iter()).filter(|(_, behind)| !is_link(behind));
    let (_, behind) = pressable.nth(number.checked_sub(1)?)?;
    Some((message(seen), behind))
}

/// What a button opens is no business of the network's.
pub fn is_link(behind: &str) -> bool {
    behind.starts_with("http") || behind.starts_with("mailto")
}

/// The entries of these numbers, counted over all lists of a message: the message, the list that
/// holds them all, and their values. Without a number it is the first list, and nothing in it.
fn choice<'a>(seen: Option<&'a Seen>, numbers: &[usize]) -> Option<(u64, &'a str, Vec<&'a str>)> {
    let seen = seen?;
    let mut before = 0;
    for list in &seen.lists {
        let entry = |number: &usize| list.options.get(number.checked_sub(before + 1)?);
        let chosen: Vec<_> = numbers.iter().map_while(entry).collect();
        if chosen.len() == numbers.len() {
            let values = chosen.iter().map(|entry| entry.value.as_str()).collect();
            return Some((message(seen), &list.token, values));
        }
        before += list.options.len();
    }
    None
}
