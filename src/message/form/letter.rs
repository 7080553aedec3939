//! A form as a letter: the question, its answers to tap, and the buttons of its own.

use super::place::numbered;
use super::{EVERYWHERE, Filled, Form, Kind, Offer, Question, SPOT};
use crate::message::choice::{Answer, Choice, Tap};
use crate::message::{Action, Arg, Block, Letter, Token, Weight, Words, say, say_with};

impl Form {
    /// The letter that asks the present question: its answers as things to tap, and below them
    /// what else can be done. `more` are rows of the form's own.
    #[must_use]
    pub fn letter(&self, filled: &Filled, note: Option<Words>, more: Vec<Vec<Action>>) -> Letter {
        let Some(question) = self.question(&filled.at) else {
            return Letter::line(say("form-closed"));
        };
        let mut body: Vec<Block> = note.map(Block::Paragraph).into_iter().collect();
        let hint = question.hint.clone().filter(|_| filled.offers.is_empty());
        body.extend(hint.map(Block::Paragraph));
        let chosen = filled.of(question.name);
        let mut rows = vec![];
        match &question.kind {
            Kind::Text(_) => rows.push(typing(filled, say("form-type"))),
            Kind::Open(offers, _) => {
                body.extend(choice(filled, question, offers, false));
                rows.push(typing(filled, say("form-type")));
            }
            Kind::One(offers) => body.extend(choice(filled, question, offers, false)),
            Kind::Several(offers) => body.extend(choice(filled, question, offers, true)),
            Kind::Place(offers) if !filled.offers.is_empty() => {
                let known = |value: &String| offers.iter().any(|(known, _)| known == value);
                let named = (filled.offers.iter().enumerate())
                    .filter(|(_, value)| !known(value))
                    .map(|(place, value)| (numbered(place), place_name(value)));
                let meant: Vec<Offer> = (offers.iter())
                    .filter(|(value, _)| filled.offers.contains(value))
                    .cloned()
                    .chain(named)
                    .collect();
                body.extend(choice(filled, question, &meant, false));
            }
            Kind::Place(offers) => {
                let names: Vec<Words> = (offers.iter())
                    .filter(|(value, _)| chosen.contains(value))
                    .map(|(_, name)| name.clone())
                    .chain(named(chosen, offers))
                    .chain(
                        chosen
                            .iter()
                            .filter(|it| it.starts_with(SPOT))
                            .map(|_| say("form-your-place")),
                    )
                    .chain(
                        chosen
                            .iter()
                            .filter(|it| *it == EVERYWHERE)
                            .map(|_| say("form-everywhere")),
                    )
                    .collect();
                if !names.is_empty() {
                    let places = [("places", Arg::List(names))];
                    body.push(Block::Paragraph(say_with("form-chosen", places)));
                }
                body.extend(choice(filled, question, offers, true));
                rows.extend(places(filled, question));
            }
        }
        if matches!(question.kind, Kind::Several(_) | Kind::Place(_)) && !chosen.is_empty() {
            rows.push(vec![press(say("form-done"), &mark(filled, "next"))]);
        }
        rows.extend(more);
        let first = self
            .questions
            .first()
            .is_some_and(|it| it.name == question.name);
        let mut way_out = vec![];
        if !first || !filled.offers.is_empty() {
            way_out.push(press(say("form-back"), &mark(filled, "back")));
        }
        way_out.push(press(say("form-cancel"), &mark(filled, "cancel")));
        rows.push(way_out);
        Letter {
            title: Some(question.ask.clone()),
            body,
            actions: rows,
            weight: Weight::Normal,
            footer: None,
            picture: None,
        }
    }
}

/// The name of a place that is no offer.
fn place_name(value: &str) -> Words {
    if value == EVERYWHERE {
        say("form-everywhere")
    } else {
        Words::Verbatim(value.to_owned())
    }
}

/// The places that were chosen by a name that is no offer.
fn named<'a>(chosen: &'a [String], offers: &'a [Offer]) -> impl Iterator<Item = Words> + 'a {
    let own = |it: &&String| {
        !it.starts_with(SPOT) && *it != EVERYWHERE && !offers.iter().any(|(known, _)| known == *it)
    };
    (chosen.iter().filter(own)).map(|name| Words::Verbatim(name.clone()))
}

/// The marks of a form's own buttons: `next`, `back`, `cancel`, `share`, `type`.
fn mark(filled: &Filled, what: &str) -> String {
    format!("f{}.{}!{what}", filled.run, filled.at)
}

/// Reads the token of a form's button: the run, the question, and what was done there.
#[must_use]
pub fn read(token: &Token) -> Option<(i64, &str, Mark)> {
    let (run, rest) = token.as_str().strip_prefix('f')?.split_once('.')?;
    let run = run.parse().ok()?;
    if let Some((question, what)) = rest.split_once('!') {
        let mark = match what {
            "next" => Mark::Next,
            "back" => Mark::Back,
            "cancel" => Mark::Cancel,
            "share" => Mark::Share,
            "type" => Mark::Type,
            _ => return None,
        };
        return Some((run, question, mark));
    }
    match Tap::read(token) {
        Some((choice, tap)) => {
            let (_, question) = choice.split_once('.')?;
            Some((run, question, Mark::Tap(tap)))
        }
        None => Some((run, rest, Mark::List)),
    }
}

/// What a form's button means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// An answer, or a page of them.
    Tap(Tap),
    /// A list of answers.
    List,
    /// Done with the question.
    Next,
    /// The question before.
    Back,
    /// The form is given up.
    Cancel,
    /// A place is to be shared.
    Share,
    /// Something was typed.
    Type,
}

fn press(label: Words, token: &str) -> Action {
    Action::Press {
        label,
        token: token_of(token),
    }
}

/// Tokens here are made of short names of our own.
fn token_of(text: &str) -> Token {
    let cut = text.get(..text.len().min(64)).unwrap_or("form");
    Token::try_from(cut.to_owned()).unwrap_or_else(|_| unreachable!("names of our own"))
}

fn typing(filled: &Filled, label: Words) -> Vec<Action> {
    vec![Action::Type {
        label,
        token: token_of(&mark(filled, "type")),
    }]
}

fn places(filled: &Filled, question: &Question) -> Vec<Vec<Action>> {
    let share = Action::Share {
        label: say("form-share"),
        token: token_of(&mark(filled, "share")),
    };
    let everywhere = Tap::With(EVERYWHERE.to_owned())
        .token(&token_of(&format!("f{}.{}", filled.run, filled.at)));
    let everywhere = everywhere.map(|token| Action::Press {
        label: say("form-everywhere"),
        token,
    });
    let shown = !filled.of(question.name).iter().any(|it| it == EVERYWHERE);
    let row = [Some(share), everywhere.filter(|_| shown)];
    let mut rows = vec![row.into_iter().flatten().collect()];
    rows.push(typing(filled, say("form-type-place")));
    rows
}

fn choice(filled: &Filled, question: &Question, offers: &[Offer], several: bool) -> Option<Block> {
    let chosen = filled.of(question.name);
    (!offers.is_empty()).then(|| {
        Block::Choice(Choice {
            label: question.ask.clone(),
            token: token_of(&format!("f{}.{}", filled.run, filled.at)),
            answers: (offers.iter())
                .map(|(value, label)| Answer {
                    label: label.clone(),
                    value: value.clone(),
                    chosen: chosen.contains(value),
                })
                .collect(),
            several,
            page: filled.page,
        })
    })
}
