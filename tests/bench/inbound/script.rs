//! What fifty thousand people do: who acts when, and what an update of each act looks like.

use std::fmt::Write as _;

/// How many other people begin between two acts of one person: a few seconds.
const APART: usize = 12_500;

/// What somebody does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Writes a text.
    Text(&'static str),
    /// Presses a button of the last answer whose token is, or holds, this.
    Press(Button),
}

/// A button of the last answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Button {
    /// One of the districts.
    District,
    /// Done with the question.
    Done,
    /// What is on now.
    Now,
    /// What is on now in the place that was written.
    NowThere,
}

const JOIN: [Act; 3] = [
    Act::Text("/start"),
    Act::Press(Button::District),
    Act::Press(Button::Done),
];
const FREE: [Act; 4] = [
    Act::Text("кога ще пуснат водата на нашата улица"),
    Act::Text("Здравейте"),
    Act::Text("има ли авария с тока в Младост"),
    Act::Text("сменете ми известията моля"),
];

/// Everything that person `number` does, in order.
#[must_use]
pub fn acts(number: usize) -> Vec<Act> {
    match number % 10 {
        0..=3 => JOIN.to_vec(),
        4 => [&JOIN[..], &[Act::Text("/settings")]].concat(),
        5 => vec![Act::Text("/now")],
        6 => vec![Act::Text("Люлин"), Act::Press(Button::NowThere)],
        7 => vec![Act::Text("/help"), Act::Press(Button::Now)],
        8 => vec![FREE[number / 10 % FREE.len()]],
        _ => vec![Act::Text("/start"), Act::Text("/now")],
    }
}

/// The mix in words, for the report.
#[must_use]
pub fn mix(people: usize) -> String {
    type Kind = (&'static str, fn(&Act) -> bool);
    let kinds: [Kind; 9] = [
        ("/start", |act| *act == Act::Text("/start")),
        ("a district", |act| *act == Act::Press(Button::District)),
        ("done", |act| *act == Act::Press(Button::Done)),
        ("/settings", |act| *act == Act::Text("/settings")),
        ("/now", |act| *act == Act::Text("/now")),
        ("a place's name", |act| *act == Act::Text("Люлин")),
        ("/help", |act| *act == Act::Text("/help")),
        ("what is on", |act| {
            matches!(act, Act::Press(Button::Now | Button::NowThere))
        }),
        ("free text", |act| FREE.contains(act)),
    ];
    let all: Vec<Act> = (0..people).flat_map(acts).collect();
    let mut text = String::new();
    for (name, is) in kinds {
        let count = all.iter().filter(|act| is(act)).count();
        let percent = (count * 200 + all.len()) / (all.len() * 2);
        let _ = write!(text, "{name} {percent} %, ");
    }
    text.trim_end_matches(", ").to_owned()
}

/// The order in which everybody's acts come: the second act of somebody when [`APART`] others
/// have begun since the first.
#[derive(Debug, Clone, Default)]
pub struct Order {
    people: usize,
    place: usize,
    act: usize,
}

impl Order {
    /// The acts of so many people.
    #[must_use]
    pub fn new(people: usize) -> Self {
        Self {
            people,
            ..Self::default()
        }
    }
}

impl Iterator for Order {
    type Item = (usize, Act);

    fn next(&mut self) -> Option<(usize, Act)> {
        const MOST: usize = JOIN.len() + 1;
        while self.place < self.people + MOST * APART {
            let (place, act) = (self.place, self.act);
            self.act += 1;
            if self.act == MOST {
                self.act = 0;
                self.place += 1;
            }
            let person = place.checked_sub(act * APART);
            let found = person
                .filter(|person| *person < self.people)
                .and_then(|person| Some((person, *acts(person).get(act)?)));
            if found.is_some() {
                return found;
            }
        }
        None
    }
}

/// The token of `button` among those of an answer, as JSON wrote them.
#[must_use]
pub fn token(markup: &str, button: Button, person: usize) -> Option<&str> {
    let mut tokens = markup
        .split("\"callback_data\":\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next());
    match button {
        Button::District => {
            let districts: Vec<&str> = tokens
                .filter(|token| token.contains(".where+") && !token.ends_with('*'))
                .collect();
            districts.get(person % districts.len().max(1)).copied()
        }
        Button::Done => tokens.find(|token| token.ends_with("!next")),
        Button::Now => tokens.find(|token| *token == "now"),
        Button::NowThere => tokens.find(|token| token.starts_with("now.")),
    }
}

/// What an update says of who acts: their chat's number and the language of their device.
fn who(chat: i64) -> String {
    let language = if chat % 8 == 0 { "en" } else { "bg" };
    format!(
        r#""from":{{"id":{chat},"is_bot":false,"first_name":"Мария","last_name":"Иванова","language_code":"{language}"}}"#
    )
}

fn private(chat: i64) -> String {
    format!(r#""chat":{{"id":{chat},"first_name":"Мария","last_name":"Иванова","type":"private"}}"#)
}

/// The update of a text, as the Bot API writes it.
#[must_use]
pub fn text_update(id: i32, chat: i64, message: i64, date: u64, text: &str) -> String {
    let (from, private) = (who(chat), private(chat));
    let entities = if text.starts_with('/') {
        format!(
            r#","entities":[{{"offset":0,"length":{},"type":"bot_command"}}]"#,
            text.len()
        )
    } else {
        String::new()
    };
    format!(
        r#"{{"update_id":{id},"message":{{"message_id":{message},{from},{private},"date":{date},"text":"{text}"{entities}}}}}"#
    )
}

/// The update of a press: the message it stands below comes along, with all its buttons.
#[must_use]
pub fn press_update(id: i32, chat: i64, date: u64, below: &Below<'_>, token: &str) -> String {
    let (from, private) = (who(chat), private(chat));
    let Below {
        message,
        text,
        markup,
    } = below;
    format!(
        r#"{{"update_id":{id},"callback_query":{{"id":"{chat}{id}",{from},"message":{{"message_id":{message},"from":{{"id":1,"is_bot":true,"first_name":"Глас","username":"glas_bot"}},{private},"date":{date},"text":{text},"reply_markup":{markup}}},"chat_instance":"-3906523443454","data":"{token}"}}}}"#
    )
}

/// The message of ours that a press stands below, its text and buttons as JSON.
#[derive(Debug, Clone, Copy)]
pub struct Below<'a> {
    /// Its number.
    pub message: i64,
    /// What it says.
    pub text: &'a str,
    /// Its buttons.
    pub markup: &'a str,
}
