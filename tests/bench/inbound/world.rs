//! The ledger: what was offered to the bot, what it confirmed, and which act got its answer when.

use std::collections::VecDeque;
use std::time::Instant;

use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use serde::{Deserialize, Serialize};

use super::script::{self, Act, Below, Order};

/// The first update's number.
const FIRST_UPDATE: i32 = 700_000_000;
/// The first person's chat.
pub const FIRST_CHAT: i64 = 1_000_000;
/// Which answers to getUpdates come a second time after they were confirmed: one in so many.
const AGAIN_ONE_IN: u32 = 50;

/// What is to be played.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub struct Plan {
    /// How many people act.
    pub people: usize,
    /// Acts a second, evenly spaced; 0: as many as are fetched.
    pub per_second: u32,
    /// Whether the bot's answers carry the buttons that people press; the bare loop's do not.
    pub buttons: bool,
}

/// What came of it.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub struct Report {
    /// Acts that were offered.
    pub offered: u64,
    /// Acts that got an answer.
    pub answered: u64,
    /// Answers to nobody's act: to a replay, or a second one.
    pub astray: u64,
    /// Answers without the button that its person presses next.
    pub buttonless: u64,
    /// Updates that were offered again after they were confirmed.
    pub again: u64,
    /// Presses whose button was told to stop turning.
    pub stilled: u64,
    /// Whether every act was offered.
    pub all_offered: bool,
    /// Seconds from the first act to the last answer.
    pub seconds: f64,
    /// Seconds since the last answer.
    pub quiet: f64,
    /// Half of the answers took at most so many milliseconds.
    pub p50_ms: f64,
    /// 99 of 100 took at most so many.
    pub p99_ms: f64,
    /// The slowest took so many.
    pub max_ms: f64,
}

#[derive(Default, Clone)]
struct Person {
    /// When the act that waits for its answer became available.
    since: Option<u64>,
    message: i64,
    text: String,
    markup: String,
}

/// Everything that the server knows.
pub struct World {
    plan: Plan,
    began: Instant,
    random: StdRng,
    order: std::iter::Peekable<Order>,
    people: Vec<Person>,
    messages: i64,
    /// Updates that were not confirmed yet.
    waiting: VecDeque<(i32, String)>,
    next_update: i32,
    /// The batch that was served last, for the case that its confirmation gets lost.
    served: Vec<(i32, String)>,
    confirmed: i32,
    took_us: Vec<u32>,
    last_answer: u64,
    report: Report,
}

impl World {
    /// A world in which this happens from now on.
    #[must_use]
    pub fn new(plan: Plan) -> Self {
        Self {
            plan,
            began: Instant::now(),
            random: StdRng::seed_from_u64(7),
            order: Order::new(plan.people).peekable(),
            people: vec![Person::default(); plan.people],
            messages: 1,
            waiting: VecDeque::new(),
            next_update: FIRST_UPDATE,
            served: vec![],
            confirmed: FIRST_UPDATE,
            took_us: vec![],
            last_answer: 0,
            report: Report::default(),
        }
    }

    fn now_us(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_micros()).unwrap_or(u64::MAX)
    }

    /// What getUpdates answers: what comes before `offset` is confirmed and never comes again,
    /// unless that word gets lost. Empty: nothing yet.
    pub fn updates(&mut self, offset: Option<i32>, limit: usize) -> String {
        let offset = offset.unwrap_or(self.confirmed);
        let confirms = offset > self.confirmed;
        self.confirmed = self.confirmed.max(offset);
        while self
            .waiting
            .front()
            .is_some_and(|(id, _)| *id < self.confirmed)
        {
            self.waiting.pop_front();
        }
        if confirms && !self.served.is_empty() && self.random.random_ratio(1, AGAIN_ONE_IN) {
            let again = std::mem::take(&mut self.served);
            self.report.again += again.len() as u64;
            return list(again.iter());
        }
        self.make(limit);
        self.served = self.waiting.iter().take(limit).cloned().collect();
        list(self.served.iter())
    }

    /// Makes what has become available until `limit` updates wait.
    fn make(&mut self, limit: usize) {
        let now = self.now_us();
        while self.waiting.len() < limit {
            let Some((person, act)) = self.order.peek().copied() else {
                self.report.all_offered = true;
                return;
            };
            let due = match self.plan.per_second {
                0 => now,
                rate => self.report.offered * 1_000_000 / u64::from(rate),
            };
            // Nobody presses what they have not seen, or asks twice before they are answered.
            if due > now || self.people[person].since.is_some() {
                return;
            }
            self.order.next();
            let update = self.update(person, act);
            self.people[person].since = Some(due);
            self.waiting.push_back((self.next_update, update));
            self.next_update += 1;
            self.report.offered += 1;
        }
    }

    fn update(&mut self, number: usize, act: Act) -> String {
        let (id, date) = (self.next_update, unix_seconds());
        let chat = FIRST_CHAT + i64::try_from(number).unwrap_or(0);
        match act {
            Act::Text(text) => {
                self.messages += 1;
                script::text_update(id, chat, self.messages, date, text)
            }
            Act::Press(button) => {
                let person = &mut self.people[number];
                let (text, markup) = (
                    std::mem::take(&mut person.text),
                    std::mem::take(&mut person.markup),
                );
                let token = script::token(&markup, button, number);
                self.report.buttonless += u64::from(token.is_none() && self.plan.buttons);
                let below = Below {
                    message: person.message,
                    text: &text,
                    markup: if markup.is_empty() { "{}" } else { &markup },
                };
                script::press_update(id, chat, date, &below, token.unwrap_or("now"))
            }
        }
    }

    /// Takes a message that answers `chat`, new or changed; the number that it has.
    pub fn answer(&mut self, chat: i64, text: &str, markup: Option<&str>) -> i64 {
        self.messages += 1;
        let now = self.now_us();
        let person = usize::try_from(chat - FIRST_CHAT)
            .ok()
            .and_then(|number| self.people.get_mut(number));
        let Some(person) = person else {
            self.report.astray += 1;
            return self.messages;
        };
        person.message = self.messages;
        text.clone_into(&mut person.text);
        markup.unwrap_or("").clone_into(&mut person.markup);
        match person.since.take() {
            Some(since) => {
                self.report.answered += 1;
                self.last_answer = now;
                self.took_us
                    .push(u32::try_from(now.saturating_sub(since)).unwrap_or(u32::MAX));
            }
            None => self.report.astray += 1,
        }
        self.messages
    }

    /// A button stops turning.
    pub fn stilled(&mut self) {
        self.report.stilled += 1;
    }

    /// What came of it so far.
    pub fn report(&mut self) -> Report {
        let seconds = |us: u64| std::time::Duration::from_micros(us).as_secs_f64();
        // Sorting holds everybody up, so it waits for the end.
        if self.report.all_offered && self.report.answered >= self.report.offered {
            self.took_us.sort_unstable();
        }
        let took_ms = |part: usize| {
            let at = (self.took_us.len() * part / 1000).min(self.took_us.len().saturating_sub(1));
            self.took_us
                .get(at)
                .map_or(0.0, |us| f64::from(*us) / 1000.0)
        };
        Report {
            seconds: seconds(self.last_answer),
            quiet: seconds(self.now_us().saturating_sub(self.last_answer)),
            p50_ms: took_ms(500),
            p99_ms: took_ms(990),
            max_ms: took_ms(1000),
            ..self.report
        }
    }
}

fn list<'a>(updates: impl Iterator<Item = &'a (i32, String)>) -> String {
    let texts: Vec<&str> = updates.map(|(_, text)| text.as_str()).collect();
    if texts.is_empty() {
        return String::new();
    }
    format!("[{}]", texts.join(","))
}

fn unix_seconds() -> u64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    now.map_or(0, |since| since.as_secs())
}
