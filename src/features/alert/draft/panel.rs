//! What operators see on their own channels: the board of what is open, a draft with what can be done
//! with it, an alert that counts, and the test that goes to themselves.

use std::collections::BTreeMap;
use std::convert::Infallible;

use super::letters::{self, button, name, state, words};
use super::office::Preview;
use super::rules::Act;
use super::{Draft, Kind, State};
use crate::base::id::base36;
use crate::city::City;
use crate::features::alert::template::{Fault, TABLE, Template};
use crate::message::choice::{Answer, Choice};
use crate::message::{Action, Arg, Block, Lang, Letter, Token, Weight, Words, say, say_with};
use crate::people::permit::{Actor, Doing, authorize, role};

/// The most drafts and the most alerts that the board shows.
pub const SHOWN: usize = 8;

/// An alert in force: our id of it and its title.
pub type InForce = (i64, Words);

/// A list from which one is chosen: the token before `=`, and the values with what people read.
fn list(label: Words, token: &str, answers: Vec<(String, Words)>) -> Option<Block> {
    let token = Token::try_from(token.to_owned()).ok()?;
    let answers: Vec<_> = (answers.into_iter())
        .map(|(value, label)| Answer {
            label,
            value,
            chosen: false,
        })
        .collect();
    (!answers.is_empty()).then_some(Block::Choice(Choice {
        label,
        token,
        answers,
        several: false,
        page: 0,
    }))
}

fn press(label: Words, token: String) -> Option<Action> {
    let token = Token::try_from(token).ok()?;
    Some(Action::Press { label, token })
}

fn letter(title: Words, body: Vec<Block>, rows: Vec<Vec<Option<Action>>>) -> Letter {
    let rows = rows.into_iter().map(|row| row.into_iter().flatten());
    let rows = rows.map(Iterator::collect::<Vec<_>>);
    Letter {
        title: Some(title),
        body,
        actions: rows.filter(|row| !row.is_empty()).collect(),
        weight: Weight::Normal,
        footer: None,
        picture: None,
    }
}

/// The templates to choose from; an all-clear is not among them, for it belongs to its alert.
fn templates() -> Option<Block> {
    let named = (TABLE.iter())
        .filter(|declared| declared.template != Template::AllClear)
        .map(|declared| {
            (
                declared.code.to_owned(),
                Words::Say(declared.keys.name, vec![]),
            )
        });
    list(say("duty-choose"), "fill.new", named.collect())
}

/// What a new alert is about.
#[must_use]
pub fn choose(note: Option<Words>) -> Letter {
    let note = note.map(Block::Paragraph);
    let body = note.into_iter().chain(templates()).collect();
    letter(say("duty-new"), body, vec![])
}

/// What is open and what counts now, for an operator.
#[must_use]
pub fn board(actor: &Actor, drafts: &[Draft], in_force: &[InForce]) -> Letter {
    let who = [
        ("name", Arg::Text(actor.name.clone())),
        ("role", words(role(actor.role))),
    ];
    let mut body = vec![];
    let mut told = |heading: Words, lines: Vec<Words>, nothing: Words| {
        if lines.is_empty() {
            body.push(Block::Paragraph(nothing));
        } else {
            body.push(Block::Paragraph(heading));
            body.push(Block::Bullets(lines));
        }
    };
    let drafts = &drafts[..drafts.len().min(SHOWN)];
    let line = |draft: &Draft| {
        say_with(
            "duty-draft",
            [
                ("name", words(name(draft))),
                ("state", words(state(draft.state))),
                ("author", Arg::Text(draft.author.clone())),
            ],
        )
    };
    let in_force = &in_force[..in_force.len().min(SHOWN)];
    let lines = drafts.iter().map(line).collect();
    told(say("duty-drafts"), lines, say("duty-no-drafts"));
    let lines = in_force.iter().map(|(_, title)| title.clone()).collect();
    told(say("duty-in-force"), lines, say("duty-none-in-force"));
    let of_drafts = drafts.iter().map(|draft| (base36(draft.id), name(draft)));
    body.extend(list(say("duty-open"), "duty.draft", of_drafts.collect()));
    let of_alerts = (in_force.iter()).map(|(id, title)| (base36(*id), title.clone()));
    body.extend(list(say("duty-alert"), "duty.alert", of_alerts.collect()));
    let new = press(say("duty-button-new"), "duty.new".to_owned());
    let new = new.filter(|_| authorize(actor, Doing::Draft).is_ok());
    letter(say_with("duty-board", who), body, vec![vec![new]])
}

/// The letter in every language as its readers will read it, one after the other.
fn shown(preview: &Preview, names: &BTreeMap<Lang, String>) -> Vec<Block> {
    let mut blocks = vec![];
    for (lang, letter) in &preview.worded.0 {
        let name = names.get(lang).cloned().unwrap_or_default();
        let language = [("language", Arg::Text(name))];
        blocks.push(Block::Paragraph(say_with("draft-preview", language)));
        let letter = verbatim(letter);
        blocks.extend(letter.title.map(Block::Paragraph));
        let texts = letter.body.into_iter();
        blocks.extend(texts.filter(|block| !matches!(block, Block::Choice(_))));
    }
    blocks
}

/// A letter as its readers will read it, without what they could press.
#[must_use]
pub fn as_read(letter: &Letter<String>) -> Letter {
    let mut letter = verbatim(letter);
    for row in &mut letter.actions {
        row.retain(|action| matches!(action, Action::Open { .. }));
    }
    letter.actions.retain(|row| !row.is_empty());
    letter
}

/// A letter that is worded already.
fn verbatim(letter: &Letter<String>) -> Letter {
    let words = |text: &String| Ok::<_, Infallible>(Words::Verbatim(text.clone()));
    let Ok(letter) = letter.try_map(words);
    letter
}

/// A draft as it stands: how it will read, what it comes to, and what this operator can do with it.
/// `names` are those of the languages in their own words. One message, so that nothing of it comes in
/// another order.
#[must_use]
pub fn panel(
    draft: &Draft,
    preview: &Result<Preview, Words>,
    (actor, city): (&Actor, &City),
    names: &BTreeMap<Lang, String>,
) -> Letter {
    let open = matches!(draft.state, State::Draft | State::Returned);
    let own = draft.author == actor.name;
    let mut body = vec![];
    if let (State::Returned, Some(reason)) = (draft.state, &draft.reason) {
        let reason = [("reason", Arg::Text(reason.clone()))];
        body.push(Block::Paragraph(say_with("duty-returned", reason)));
    }
    match preview {
        Ok(preview) => {
            body.extend(shown(preview, names));
            body.extend(letters::facts(draft, preview, city));
        }
        Err(why) => body.push(Block::Paragraph(why.clone())),
    }
    let mut rows = next(draft, preview.as_ref().ok(), (actor, city));
    rows.push(vec![
        button(say("duty-button-test"), "test", draft),
        button(say("draft-button-look"), "look", draft),
    ]);
    if own && (open || draft.state == State::Waiting) {
        rows.push(vec![change(draft), more(draft)]);
        rows.push(vec![button(say("duty-button-drop"), "drop", draft)]);
    }
    let title = say_with(
        "duty-panel",
        [
            ("name", words(name(draft))),
            ("state", words(state(draft.state))),
        ],
    );
    letter(title, body, rows)
}

/// What takes a draft further, as far as this operator may: its author submits it, a second person
/// decides on it.
#[must_use]
pub fn next(
    draft: &Draft,
    preview: Option<&Preview>,
    (actor, city): (&Actor, &City),
) -> Vec<Vec<Option<Action>>> {
    let own = draft.author == actor.name || draft.submitter.as_ref() == Some(&actor.name);
    match draft.state {
        State::Draft | State::Returned if authorize(actor, Doing::Draft).is_ok() => {
            let two = preview.is_some_and(|preview| preview.takes_two);
            let sends = !two && authorize(actor, Doing::Send).is_ok();
            let label = if sends {
                say("duty-button-send")
            } else {
                say("duty-button-submit")
            };
            vec![vec![button(label, "go", draft)]]
        }
        State::Waiting if !own && authorize(actor, Doing::Decide).is_ok() => {
            letters::decisions(draft, preview, city).into()
        }
        _ => vec![],
    }
}

/// What was written to a decision was not enough: the button that asks for it once more, so that
/// nobody has to look for it.
#[must_use]
pub fn once_more(draft: &Draft, act: Act<'_>) -> Vec<Vec<Option<Action>>> {
    let act = match act {
        Act::Alone(_) if draft.state != State::Sent => "alone",
        Act::Return(_) if draft.state == State::Waiting => "back",
        Act::Reject(_) if draft.state == State::Waiting => "no",
        Act::Approve(Some(_)) if draft.state == State::Waiting => "sure",
        _ => return vec![],
    };
    vec![vec![button(say("duty-button-again"), act, draft)]]
}

/// These rows below a letter, so that whoever has read it need not look for them further up.
pub fn put_below(letter: &mut Letter, rows: Vec<Vec<Option<Action>>>) {
    let rows = rows
        .into_iter()
        .map(|row| row.into_iter().flatten().collect());
    letter.actions.extend(rows);
}

fn change(draft: &Draft) -> Option<Action> {
    let token = format!("fill.draft.{}.{}", base36(draft.id), draft.revision);
    press(say("duty-button-change"), token)
}

fn more(draft: &Draft) -> Option<Action> {
    let token = format!("fill.more.{}.{}", base36(draft.id), draft.revision);
    press(say("duty-button-more"), token)
}

/// It waits for a second person: what its submitter can still do.
#[must_use]
pub fn waiting(draft: &Draft, actor: &Actor) -> Letter {
    let own = draft.author == actor.name;
    let alone = button(say("duty-button-alone"), "alone", draft);
    let alone = alone.filter(|_| authorize(actor, Doing::BreakGlass).is_ok());
    let rows = vec![vec![change(draft).filter(|_| own), alone]];
    let rows = rows.into_iter().map(|row| row.into_iter().flatten());
    Letter {
        actions: rows.map(Iterator::collect).collect(),
        ..Letter::line(say("draft-done-waiting"))
    }
}

/// What is not right in the fields of a window, and the way back to them.
#[must_use]
pub fn faults(faults: Vec<Fault>) -> Letter {
    let lines = faults.into_iter().map(|fault| fault.words).collect();
    let again = press(say("duty-button-again"), "fill.again".to_owned());
    letter(
        say("duty-faults"),
        vec![Block::Bullets(lines)],
        vec![vec![again]],
    )
}

/// An alert that went out, with what can be done about it.
#[must_use]
pub fn alert(id: i64, title: Words) -> Letter {
    let rows = letters::about(Kind::New, id).into_iter();
    let rows = rows.map(|row| row.into_iter().map(Some).collect());
    letter(title, vec![], rows.collect())
}

/// A letter as its readers will get it, marked as a test in their language; what could be pressed
/// is left out.
#[must_use]
pub fn test(letter: &Letter<String>) -> Letter {
    let mut letter = as_read(letter);
    let title = letter.title.take().unwrap_or_else(|| say("alert-notice"));
    letter.title = Some(say_with("duty-test-title", [("title", words(title))]));
    letter.body.insert(0, Block::Paragraph(say("duty-test")));
    letter
}
