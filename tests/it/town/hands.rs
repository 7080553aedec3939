//! A person's hands and eyes: what they write, tap, choose and share, and what stands before them.

use std::cell::Cell;

use glas::base::point::Point;
use glas::sandbox::ledger::{List, Seen, What};
use serde_json::Value;

use super::{PATIENCE, Town, handle};

/// How the message begins that tells an operator how far an alert is; it changes while they read.
const HOW_FAR: [&str; 6] = [
    "Разпраща се: ",
    "Тече учение: ",
    "Отчет за ",
    "Going out: ",
    "Drill under way: ",
    "Report on ",
];
/// What stands before an answer that is chosen already.
const CHOSEN: &str = "✓ ";

/// Somebody in a private conversation with the bot.
pub struct Hand<'a> {
    town: &'a Town,
    channel: &'static str,
    number: u64,
    acts: Cell<usize>,
}

/// What a label belongs to.
enum Touch {
    Button(String),
    /// An entry of a list, and everything that is chosen once it is tapped.
    Entry(String, Vec<String>),
}

impl Town {
    /// Somebody whom the networks know already.
    pub fn hand(&self, channel: &'static str, number: u64) -> Hand<'_> {
        let acts = Cell::new(0);
        Hand {
            town: self,
            channel,
            number,
            acts,
        }
    }

    /// Somebody new, whose client speaks `lang`.
    pub fn newcomer(&self, channel: &'static str, number: u64, lang: &str) -> Hand<'_> {
        self.settle_in(channel, number, lang);
        self.hand(channel, number)
    }
}

impl Hand<'_> {
    /// The address that answers come to.
    pub fn address(&self) -> String {
        handle(self.channel, self.number)
    }

    /// How many things this person has done: written, tapped, chosen, shared.
    pub fn acts(&self) -> usize {
        self.acts.get()
    }

    fn is_theirs(&self, seen: &Seen) -> bool {
        seen.channel == self.channel && seen.to == self.address() && seen.what != What::Notice
    }

    /// The messages of the conversation as they look now, the one that changed last at the end.
    pub fn screen(&self) -> Vec<Seen> {
        let mut screen: Vec<Seen> = vec![];
        let all = self.town.ledger.seen_since(0);
        for seen in all.into_iter().filter(|seen| self.is_theirs(seen)) {
            let seen = as_read(seen);
            screen.retain(|old| old.id != seen.id);
            if matches!(seen.what, What::Sent | What::Edited) {
                screen.push(seen);
            }
        }
        screen
    }

    /// What changed last, as it looks now.
    pub fn shows(&self) -> Seen {
        self.screen().pop().expect("nothing was ever sent")
    }

    /// How many messages were sent to this person or changed for them.
    pub fn heard(&self) -> usize {
        let all = self.town.ledger.seen_since(0);
        all.iter().filter(|seen| self.is_theirs(seen)).count()
    }

    /// Does something and waits for what follows.
    async fn after(&self, act: impl FnOnce()) -> Seen {
        let from = self.town.ledger.seen_since(0).len();
        self.acts.set(self.acts.get() + 1);
        act();
        let answers = |seen: &Seen| {
            self.is_theirs(seen) && !(seen.what == What::Edited && tells_how_far(seen))
        };
        let answer = |all: &[Seen]| all[from..].iter().position(answers);
        let ledger = &self.town.ledger;
        let arrived = ledger
            .wait_for(PATIENCE, |all| answer(all).is_some())
            .await
            .unwrap_or_else(|| panic!("no answer; before: {:#?}", self.screen().pop()));
        let first = answer(&arrived).expect("waited for");
        as_read(arrived[from + first].clone())
    }

    /// Writes something, a command by the network's own means.
    pub async fn says(&self, text: &str) -> Seen {
        self.after(|| self.mutters(text)).await
    }

    /// As [`Hand::says`], without waiting for an answer.
    pub fn mutters(&self, text: &str) {
        if self.channel == "telegram" {
            let chat = i64::try_from(self.number).expect("small");
            let said = self.town.telegram.say(chat, chat, text);
            said.expect("said");
            return;
        }
        let discord = &self.town.discord;
        let dm = discord.dm(self.number).expect("a conversation");
        if let Some(command) = text.strip_prefix('/') {
            let (name, rest) = command.split_once(' ').unwrap_or((command, ""));
            let commands = discord.commands();
            let known = commands.iter().find(|it| it["name"] == name);
            let option = known.and_then(|it| it["options"][0]["name"].as_str());
            let given = [(option.unwrap_or("place"), Value::from(rest))];
            let options = if rest.is_empty() { &[] } else { &given[..] };
            if discord.command(self.number, dm, name, options).is_ok() {
                return;
            }
        }
        discord.say(self.number, dm, text).expect("said");
    }

    /// Taps what is called `label` and waits for what follows.
    pub async fn taps(&self, label: &str) -> Seen {
        let (seen, touch) = self.finds(label);
        self.after(|| self.touches(&seen, &touch)).await
    }

    /// Taps what is called `label`, and at once again, without waiting for an answer.
    pub fn taps_twice(&self, label: &str) {
        let (seen, token) = self.finds(label);
        self.touches(&seen, &token);
        self.touches(&seen, &token);
    }

    /// The newest message that shows `label`.
    fn finds(&self, label: &str) -> (Seen, Touch) {
        let screen = self.screen();
        let found = screen.iter().rev().find_map(|seen| {
            let touch = button(seen, label).or_else(|| entry(&seen.lists, label))?;
            Some((seen.clone(), touch))
        });
        found.unwrap_or_else(|| panic!("nobody shows “{label}”: {:#?}", brief(&screen)))
    }

    /// Taps what is called `label` in a message that was there before, whatever came since.
    pub async fn taps_in(&self, old: &Seen, label: &str) -> Seen {
        let touch = button(old, label).unwrap_or_else(|| panic!("no “{label}”: {old:#?}"));
        self.after(|| self.touches(old, &touch)).await
    }

    fn touches(&self, seen: &Seen, touch: &Touch) {
        if self.channel == "telegram" {
            let Touch::Button(token) = touch else {
                panic!("there are no lists here")
            };
            let chat = i64::try_from(self.number).expect("small");
            let message = seen.id.parse().expect("a number");
            let pressed = self.town.telegram.press(chat, message, token);
            pressed.expect("a button");
            return;
        }
        let discord = &self.town.discord;
        let dm = discord.dm(self.number).expect("a conversation");
        let message = seen.id.parse().expect("a number");
        let done = match touch {
            Touch::Button(token) => discord.press(self.number, dm, message, token),
            Touch::Entry(token, values) => {
                let values: Vec<&str> = values.iter().map(String::as_str).collect();
                discord.choose(self.number, dm, message, token, &values)
            }
        };
        done.expect("done");
    }

    /// Opens a window by what is called `label`.
    pub async fn opens(&self, label: &str) -> Value {
        let (seen, touch) = self.finds(label);
        self.sees_window(|| self.touches(&seen, &touch)).await
    }

    /// Opens a window by writing something.
    pub async fn opens_by(&self, text: &str) -> Value {
        self.sees_window(|| self.mutters(text)).await
    }

    async fn sees_window(&self, act: impl FnOnce()) -> Value {
        let from = self.town.ledger.seen_since(0).len();
        self.acts.set(self.acts.get() + 1);
        act();
        let opened = |seen: &Seen| seen.what == What::Window && seen.to == self.address();
        let came = |all: &[Seen]| all[from..].iter().any(opened);
        let all = self.town.ledger.wait_for(PATIENCE, came).await;
        all.unwrap_or_else(|| panic!("no window: {:#?}", brief(&self.screen())));
        let discord = &self.town.discord;
        discord.window_of(self.number).expect("a window")
    }

    /// Writes into these fields of the window that stands open, and sends it off.
    pub async fn fills_in(&self, values: &[(&str, &str)]) -> Seen {
        let discord = &self.town.discord;
        self.after(|| {
            let sent = discord.submit_modal(self.number, values);
            sent.expect("a window");
        })
        .await
    }

    /// Writes into the window that stands open.
    pub async fn fills(&self, text: &str) -> Seen {
        let discord = &self.town.discord;
        self.after(|| {
            let sent = discord.submit_modal(self.number, &[("text", text)]);
            sent.expect("a window");
        })
        .await
    }

    /// Shares a place.
    pub async fn shares(&self, lat: f64, lon: f64) -> Seen {
        let chat = i64::try_from(self.number).expect("small");
        let point = Point::from_degrees(lat, lon).expect("a point");
        let telegram = &self.town.telegram;
        self.after(|| {
            let shared = telegram.share_location(chat, chat, point);
            shared.expect("shared");
        })
        .await
    }

    /// Waits until what changed last says `text`, beside what tells how far an alert is.
    pub async fn reads(&self, text: &str) -> Seen {
        let mut watch = self.town.ledger.watch();
        let look = async {
            loop {
                watch.borrow_and_update();
                let mut screen = self.screen();
                screen.retain(|it| it.text.contains(text) || !tells_how_far(it));
                if let Some(seen) = screen.pop().filter(|it| it.text.contains(text)) {
                    return seen;
                }
                watch.changed().await.expect("the ledger is there");
            }
        };
        let read = tokio::time::timeout(PATIENCE, look).await;
        read.unwrap_or_else(|_| panic!("no “{text}” in {:#?}", brief(&self.screen())))
    }
}

fn tells_how_far(seen: &Seen) -> bool {
    let text = as_read(seen.clone()).text;
    HOW_FAR.iter().any(|begin| text.starts_with(begin))
}

/// A message as a person reads it: where a network has marks written into the text, without them.
pub fn as_read(mut seen: Seen) -> Seen {
    if seen.channel == "discord" {
        let lines = seen.text.lines().map(|line| {
            let line = line.strip_prefix("-# ").unwrap_or(line);
            line.strip_prefix("> ").unwrap_or(line)
        });
        let text = lines.collect::<Vec<_>>().join("\n").replace("**", "");
        let mut plain = String::with_capacity(text.len());
        let mut rest = text.chars();
        while let Some(c) = rest.next() {
            plain.extend(if c == '\\' { rest.next() } else { Some(c) });
        }
        seen.text = plain;
    }
    seen
}

/// What can be tapped, in the order in which it is read; what is chosen has its mark.
pub fn labels(seen: &Seen) -> Vec<String> {
    let entries = (seen.lists.iter()).flat_map(|list| &list.options);
    let entries = entries.map(|it| {
        let mark = if it.chosen { CHOSEN } else { "" };
        format!("{mark}{}", it.label)
    });
    let buttons = seen.buttons.iter().map(|(label, _)| label.clone());
    entries.chain(buttons).collect()
}

/// Whether something is offered as chosen already.
pub fn is_chosen(seen: &Seen, label: &str) -> bool {
    labels(seen).contains(&format!("{CHOSEN}{label}"))
}

fn brief(screen: &[Seen]) -> Vec<(String, Vec<String>)> {
    let last = screen.iter().rev().take(2);
    last.map(|seen| (seen.text.clone(), labels(seen))).collect()
}

fn button(seen: &Seen, label: &str) -> Option<Touch> {
    let named = |it: &&(String, String)| it.0.strip_prefix(CHOSEN).unwrap_or(&it.0) == label;
    let (_, token) = seen.buttons.iter().find(named)?;
    Some(Touch::Button(token.clone()))
}

fn entry(lists: &[List], label: &str) -> Option<Touch> {
    lists.iter().find_map(|list| {
        let tapped = list.options.iter().find(|it| it.label == label)?;
        let others = list.options.iter().filter(|it| it.value != tapped.value);
        let mut values: Vec<String> = if list.most > 1 {
            others
                .filter(|it| it.chosen)
                .map(|it| it.value.clone())
                .collect()
        } else {
            vec![]
        };
        if !tapped.chosen || list.most == 1 {
            values.push(tapped.value.clone());
        }
        Some(Touch::Entry(list.token.clone(), values))
    })
}
