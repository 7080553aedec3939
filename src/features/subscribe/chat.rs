//! The letters of subscribing: the first, the summary, the settings, the farewell.

use super::rules::{day_name, least_severity, quiet_hours};
use super::{NOW, SETTINGS, START, STOP};
use crate::base::clock::Millis;
use crate::city::City;
use crate::features::now::chat::place_name;
use crate::message::{Action, Arg, Block, Letter, Token, Weight, Words, say, say_with};
use crate::people::crowd::Citizen;
use crate::people::{Cadence, Wish};

/// Topics that are named one by one; more are counted.
const NAMED_TOPICS: usize = 8;

/// A button that sends `token` back.
#[must_use]
pub fn button(label: Words, token: &str) -> Option<Action> {
    let token = Token::try_from(token.to_owned()).ok()?;
    Some(Action::Press { label, token })
}

/// A row of buttons.
#[must_use]
pub fn row<const N: usize>(buttons: [Option<Action>; N]) -> Vec<Action> {
    buttons.into_iter().flatten().collect()
}

/// The lines above the first question: what this is, and the notice of privacy in two lines.
#[must_use]
pub fn greeting(city: &City) -> Words {
    say_with(
        "welcome-what",
        [("city", Arg::Words(Box::new(sender(city))))],
    )
}

/// Who speaks, in every language.
fn sender(city: &City) -> Words {
    let names = city.languages().iter();
    Words::Written(
        names
            .map(|lang| (*lang, city.sender(*lang).to_owned()))
            .collect(),
    )
}

/// The message in a public place by which everybody there can subscribe for themselves; `link`
/// leads to the bot where a button cannot.
#[must_use]
pub fn invitation(city: &City, link: Option<url::Url>) -> Letter {
    let action = match link {
        Some(url) => Some(Action::Open {
            label: say("invite-button"),
            url,
        }),
        None => button(say("invite-button"), START),
    };
    Letter {
        title: Some(say("invite-title")),
        body: vec![Block::Paragraph(greeting(city))],
        actions: vec![row([action])],
        weight: Weight::Normal,
        footer: None,
        picture: None,
    }
}

/// Where a wish is about.
#[must_use]
pub fn place(wish: &Wish, city: &City) -> Words {
    let districts = place_name(city, wish.districts);
    match wish.spot {
        Some(spot) => say_with(
            "wish-around",
            [
                ("metres", Arg::Number(spot.radius_m)),
                ("districts", Arg::Words(Box::new(districts))),
            ],
        ),
        None => districts,
    }
}

/// What a wish is about.
#[must_use]
pub fn topics(wish: &Wish, city: &City) -> Words {
    let all = city.topics().iter();
    let chosen: Vec<Words> = (all.clone().filter(|topic| wish.topics.has(topic.bit)))
        .map(|topic| Words::Written(topic.names.clone()))
        .collect();
    let missing: Vec<Words> = (all.filter(|topic| !wish.topics.has(topic.bit)))
        .map(|topic| Words::Written(topic.names.clone()))
        .collect();
    if chosen.is_empty() {
        say("wish-no-topics")
    } else if missing.is_empty() {
        say("wish-all-topics")
    } else if missing.len() < chosen.len() && chosen.len() > NAMED_TOPICS {
        say_with("wish-topics-without", [("topics", Arg::List(missing))])
    } else {
        say_with("wish-topics", [("topics", Arg::List(chosen))])
    }
}

/// How often a wish is answered.
#[must_use]
pub fn cadence(wish: &Wish) -> Words {
    let hour = ("hour", Arg::Text(wish.hour.to_string()));
    match wish.cadence {
        Cadence::Now => say("wish-now"),
        Cadence::Daily => say_with("wish-daily", [hour]),
        Cadence::Weekly => say_with(
            "wish-weekly",
            [("day", Arg::Words(Box::new(day_name(wish.weekday)))), hour],
        ),
    }
}

/// A wish, one line a matter.
#[must_use]
pub fn facts(wish: &Wish, city: &City) -> Vec<(Words, Words)> {
    vec![
        (say("wish-where"), place(wish, city)),
        (say("wish-about"), topics(wish, city)),
        (say("wish-severity"), least_severity(wish.least_severity)),
        (say("wish-when"), cadence(wish)),
    ]
}

/// The quiet hours of an address.
#[must_use]
pub fn quiet(citizen: &Citizen, usual: (i64, i64)) -> (Words, Words) {
    let (from, to) = citizen.quiet.unwrap_or(usual);
    (say("wish-quiet"), quiet_hours(from, to))
}

/// The wishes as they are numbered: by place, so that one keeps its number when it changes.
fn in_order(citizen: &Citizen) -> Vec<(i64, Wish)> {
    let mut wishes: Vec<(i64, Wish)> = citizen.wishes.iter().map(|(id, it)| (*id, *it)).collect();
    wishes.sort_by_key(|(_, wish)| (wish.spot.is_some(), wish.districts.0.trailing_zeros()));
    wishes
}

/// What an address has chosen, all of it.
fn chosen(citizen: &Citizen, city: &City, usual_quiet: (i64, i64)) -> Vec<Block> {
    let mut blocks = vec![];
    let several = citizen.wishes.len() > 1;
    for (number, (_, wish)) in in_order(citizen).into_iter().enumerate() {
        if several {
            let number = i64::try_from(number + 1).unwrap_or(i64::MAX);
            blocks.push(Block::Paragraph(say_with(
                "wish-number",
                [("number", Arg::Number(number))],
            )));
        }
        blocks.push(Block::Facts(facts(&wish, city)));
    }
    blocks.push(Block::Facts(vec![quiet(citizen, usual_quiet)]));
    blocks
}

/// The state of an address where it is not simply on.
fn state(citizen: &Citizen, now: Millis) -> Option<Block> {
    if !citizen.on {
        return Some(Block::Paragraph(say("settings-off")));
    }
    let until = citizen.paused_until.filter(|until| *until > now)?;
    Some(Block::Paragraph(say_with(
        "settings-paused",
        [("until", Arg::Time(until))],
    )))
}

/// Why a summary is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Just subscribed.
    Joined,
    /// Was subscribed already.
    Already,
    /// Came back.
    Back,
}

/// The summary: what was chosen, and what is on there right now (`on_now`).
#[must_use]
pub fn summary(
    citizen: &Citizen,
    city: &City,
    usual_quiet: (i64, i64),
    why: Why,
    on_now: Vec<Block>,
) -> Letter {
    let title = match why {
        Why::Joined => say("summary-joined"),
        Why::Already => say("summary-already"),
        Why::Back => say("summary-back"),
    };
    let mut body = chosen(citizen, city, usual_quiet);
    if matches!(on_now.first(), Some(Block::Bullets(_))) {
        body.push(Block::Paragraph(say("summary-on-now")));
    }
    body.extend(on_now);
    Letter {
        title: Some(title),
        body,
        actions: vec![row([
            button(say("button-settings"), SETTINGS),
            button(say("button-now"), NOW),
        ])],
        weight: Weight::Normal,
        footer: Some(say("summary-footer")),
        picture: None,
    }
}

/// The settings: what is chosen, and a button for each thing that can be changed; `tongues` are
/// those for the languages.
#[must_use]
pub fn settings(
    citizen: &Citizen,
    city: &City,
    usual_quiet: (i64, i64),
    note: Option<Words>,
    (now, page, tongues): (Millis, Option<url::Url>, Vec<Action>),
) -> Letter {
    let mut body: Vec<Block> = note.map(Block::Paragraph).into_iter().collect();
    body.extend(state(citizen, now));
    body.extend(chosen(citizen, city, usual_quiet));
    let mut actions = vec![];
    match in_order(citizen).as_slice() {
        [] => actions.push(row([button(say("button-subscribe"), START)])),
        [(only, _)] => actions.extend(changes(*only)),
        several => {
            for (number, (id, _)) in several.iter().take(9).enumerate() {
                let number = Arg::Number(i64::try_from(number + 1).unwrap_or(i64::MAX));
                let label = |key| say_with(key, [("number", number.clone())]);
                actions.push(row([
                    button(label("button-change-number"), &format!("sub.{id}")),
                    button(label("button-remove-number"), &format!("unsub.{id}")),
                ]));
            }
        }
    }
    let mut common = row([
        button(say("button-quiet"), "set.quiet"),
        button(say("button-more"), "set.more"),
    ]);
    common.extend(tongues);
    actions.push(common);
    let paused = citizen.paused_until.is_some_and(|until| until > now);
    let rest = if paused {
        button(say("button-resume"), "resume")
    } else {
        button(say("button-pause"), "pause")
    };
    let on_or_off = if citizen.on {
        button(say("button-stop"), STOP)
    } else {
        way_in(citizen)
    };
    actions.push(row([rest, on_or_off]));
    if let Some(url) = page {
        actions.push(vec![Action::Open {
            label: say("button-page"),
            url,
        }]);
    }
    Letter {
        title: Some(say("settings-title")),
        body,
        actions,
        weight: Weight::Normal,
        footer: None,
        picture: None,
    }
}

/// The buttons that change one wish.
fn changes(id: i64) -> Vec<Vec<Action>> {
    let set = |label, what: &str| button(label, &format!("set.{what}.{id}"));
    vec![
        row([
            set(say("button-where"), "place"),
            set(say("button-about"), "topics"),
        ]),
        row([
            set(say("button-severity"), "severity"),
            set(say("button-cadence"), "cadence"),
        ]),
    ]
}

/// One of several wishes, with the buttons that change it.
#[must_use]
pub fn one(id: i64, wish: &Wish, city: &City) -> Letter {
    let mut actions = changes(id);
    actions.push(row([
        button(say("button-remove"), &format!("unsub.{id}")),
        button(say("form-back"), SETTINGS),
    ]));
    Letter {
        title: Some(say("settings-one")),
        body: vec![Block::Facts(facts(wish, city))],
        actions,
        weight: Weight::Normal,
        footer: None,
        picture: None,
    }
}

/// The button that switches letters on: again, for whoever has chosen something before.
#[must_use]
pub fn way_in(citizen: &Citizen) -> Option<Action> {
    let label = if citizen.wishes.is_empty() {
        say("button-subscribe")
    } else {
        say("button-start")
    };
    button(label, START)
}

/// The farewell.
#[must_use]
pub fn farewell(citizen: &Citizen, was_on: bool) -> Letter {
    let text = if was_on {
        say("subscribe-stopped")
    } else {
        say("subscribe-was-not-on")
    };
    Letter {
        actions: vec![row([way_in(citizen)])],
        ..Letter::line(text)
    }
}

/// The word that letters rest until `until`.
#[must_use]
pub fn paused(until: Millis) -> Letter {
    Letter {
        actions: vec![row([button(say("button-resume"), "resume")])],
        ..Letter::line(say_with("paused-until", [("until", Arg::Time(until))]))
    }
}

/// The word that a topic is heard of no more, or again.
#[must_use]
pub fn muted(city: &City, bit: u8, muted: bool) -> Option<Letter> {
    let topic = city.topics().iter().find(|topic| topic.bit == bit)?;
    let name = || {
        [(
            "topic",
            Arg::Words(Box::new(Words::Written(topic.names.clone()))),
        )]
    };
    let (text, label, token) = if muted {
        (
            "mute-done",
            say("mute-undo"),
            format!("unmute.{}", topic.code),
        )
    } else {
        (
            "mute-undone",
            say_with("mute-again", name()),
            format!("mute.{}", topic.code),
        )
    };
    let text = match text {
        "mute-done" => say_with("mute-done", name()),
        _ => say_with("mute-undone", name()),
    };
    Some(Letter {
        actions: vec![row([
            button(label, &token),
            button(say("button-settings"), SETTINGS),
        ])],
        ..Letter::line(text)
    })
}
