//! What operators are told about drafts.

use super::office::Preview;
use super::rules::{LONGEST_REASON, to_be_typed};
use super::{Draft, Kind, State};
use crate::base::id::{base36, from_base36};
use crate::city::City;
use crate::features::alert::Alert;
use crate::features::alert::letter::{districts, severity};
use crate::message::form::{self, Form, Question};
use crate::message::{Action, Arg, Block, Letter, Token, Weight, Words, say, say_with};
use crate::people::permit::Actor;

/// What the tokens of the buttons begin with; the act, the draft and its revision follow.
pub const DRAFT: &str = "draft.";

/// The form that asks for a reason, the one that asks for the city's name, and their question.
pub const REASON: &str = "reason";
/// As [`REASON`].
pub const CONFIRM: &str = "confirm";
/// As [`REASON`].
pub const TEXT: &str = "text";

/// What was pressed: the act, the draft, its revision, and what was written to it.
pub type Pressed = (String, i64, i64, Option<String>);

/// Reads what follows [`DRAFT`] in a token.
#[must_use]
pub fn read(rest: &str, text: Option<String>) -> Option<Pressed> {
    let mut parts = rest.split('.');
    let act = parts.next()?.to_owned();
    let id = from_base36(parts.next()?)?;
    let revision = parts.next()?.parse().ok()?;
    parts.next().is_none().then_some((act, id, revision, text))
}

/// The forms in which a decision is worded.
#[must_use]
pub fn forms() -> [Form; 2] {
    let form = |name, ask| Form {
        name,
        questions: vec![Question {
            name: TEXT,
            ask,
            hint: None,
            kind: form::Kind::Text(LONGEST_REASON),
            when: form::always,
        }],
    };
    [
        form(REASON, say("draft-ask-reason")),
        form(CONFIRM, say("draft-ask-typed")),
    ]
}

/// A button about a draft as it stands: `draft.ok.ID.REVISION`.
pub(crate) fn button(label: Words, act: &str, draft: &Draft) -> Option<Action> {
    let token = format!("{DRAFT}{act}.{}.{}", base36(draft.id), draft.revision);
    let token = Token::try_from(token).ok()?;
    Some(Action::Press { label, token })
}

/// What a draft is called among people: its event in their own language.
#[must_use]
pub fn name(draft: &Draft) -> Words {
    name_of(&draft.alert)
}

/// As [`name`], of an alert.
#[must_use]
pub fn name_of(alert: &Alert) -> Words {
    let infos = alert.infos.iter();
    let named = infos.filter_map(|info| Some((info.lang()?, info.event.clone())));
    let named: std::collections::BTreeMap<_, _> =
        named.filter(|(_, event)| !event.is_empty()).collect();
    if named.is_empty() {
        Words::Verbatim(alert.identifier.clone())
    } else {
        Words::Written(named)
    }
}

fn kind(kind: Kind) -> Words {
    match kind {
        Kind::New => say("draft-kind-new"),
        Kind::Update => say("draft-kind-update"),
        Kind::Cancel => say("draft-kind-cancel"),
        Kind::Correction => say("draft-kind-correction"),
        Kind::Drill => say("draft-kind-drill"),
    }
}

/// Where a draft stands.
#[must_use]
pub fn state(state: State) -> Words {
    match state {
        State::Draft => say("draft-state-draft"),
        State::Waiting => say("draft-state-waiting"),
        State::Sent => say("draft-state-sent"),
        State::Returned => say("draft-state-returned"),
        State::Rejected => say("draft-state-rejected"),
    }
}

pub(super) fn words(words: Words) -> Arg {
    Arg::Words(Box::new(words))
}

/// What a draft comes to, in facts.
#[must_use]
pub fn facts(draft: &Draft, preview: &Preview, city: &City) -> Vec<Block> {
    let weight = &preview.weight;
    let mut facts = vec![
        (say("draft-what"), kind(draft.kind)),
        (say("draft-severity"), severity(weight.severity)),
        (say("draft-where"), districts(weight.districts, city)),
        (
            say("draft-until"),
            say_with(
                "draft-moment",
                [("at", Arg::Time(preview.judgement.expires))],
            ),
        ),
        (say("draft-author"), Words::Verbatim(draft.author.clone())),
    ];
    let total = [("count", Arg::Number(weight.audience))];
    facts.push((
        say("draft-audience"),
        say_with("draft-audience-exact", total),
    ));
    let channels = (preview.by_channel.iter()).map(|(channel, count)| {
        say_with(
            "draft-count",
            [
                ("name", Arg::Text(channel.clone())),
                ("count", Arg::Number(*count)),
            ],
        )
    });
    let by_district = (preview.by_district.iter()).filter_map(|(bit, count)| {
        let district = city.districts().iter().find(|it| it.bit == *bit)?;
        let name = words(Words::Written(district.names.clone()));
        Some(say_with(
            "draft-count",
            [("name", name), ("count", Arg::Number(*count))],
        ))
    });
    vec![
        Block::Facts(facts),
        Block::Bullets(channels.chain(by_district).collect()),
    ]
}

/// What a second person can decide, in rows.
#[must_use]
pub fn decisions(
    draft: &Draft,
    preview: Option<&Preview>,
    city: &City,
) -> [Vec<Option<Action>>; 2] {
    let typed = |preview: &Preview| to_be_typed(draft.kind, &preview.weight, city);
    let approve = if preview.is_some_and(typed) {
        "sure"
    } else {
        "ok"
    };
    [
        vec![button(say("draft-button-approve"), approve, draft)],
        vec![
            button(say("draft-button-return"), "back", draft),
            button(say("draft-button-reject"), "no", draft),
        ],
    ]
}

/// The call to a second person: what it comes to, and what they can do.
#[must_use]
pub fn request(draft: &Draft, preview: &Result<Preview, Words>, city: &City) -> Letter {
    let named = [("name", words(name(draft)))];
    let title = if draft.calls == 0 {
        say_with("draft-call", named)
    } else {
        say_with("draft-call-again", named)
    };
    let mut body = vec![];
    match preview {
        Ok(preview) => {
            body.extend(facts(draft, preview, city));
            if to_be_typed(draft.kind, &preview.weight, city) {
                body.push(Block::Paragraph(say("draft-call-typed")));
            }
        }
        Err(why) => body.push(Block::Paragraph(why.clone())),
    }
    let look = vec![button(say("draft-button-look"), "look", draft)];
    let rows = std::iter::once(look).chain(decisions(draft, preview.as_ref().ok(), city));
    Letter {
        title: Some(title),
        body,
        actions: rows
            .map(|row| row.into_iter().flatten().collect())
            .collect(),
        weight: Weight::Danger,
        footer: None,
        picture: None,
    }
}

/// Somebody sent alone what takes two: everybody who could have decided is told.
#[must_use]
pub fn alone(draft: &Draft) -> Letter {
    let sender = draft.decider.clone().unwrap_or_default();
    let title = if draft.calls == 0 {
        say_with("draft-alone", [("name", words(name(draft)))])
    } else {
        say_with("draft-alone-review", [("name", words(name(draft)))])
    };
    let reason = draft.reason.clone().unwrap_or_default();
    Letter {
        title: Some(title),
        body: vec![Block::Paragraph(say_with(
            "draft-alone-who",
            [("sender", Arg::Text(sender)), ("reason", Arg::Text(reason))],
        ))],
        actions: vec![],
        weight: Weight::Danger,
        footer: None,
        picture: None,
    }
}

/// What became of a draft, for its author.
#[must_use]
pub fn decided(draft: &Draft, by: &Actor) -> Letter {
    let arguments = || {
        [
            ("name", words(name(draft))),
            ("by", Arg::Text(by.name.clone())),
            (
                "reason",
                Arg::Text(draft.reason.clone().unwrap_or_default()),
            ),
        ]
    };
    let line = match draft.state {
        State::Returned => say_with("draft-told-returned", arguments()),
        State::Rejected => say_with("draft-told-rejected", arguments()),
        _ => say_with("draft-told-sent", arguments()),
    };
    let open = Token::try_from(format!("duty.draft={}", base36(draft.id)));
    let open = (open.ok().into_iter()).map(|token| Action::Press {
        label: say("duty-button-open"),
        token,
    });
    Letter {
        actions: match draft.state {
            State::Returned => vec![open.collect()],
            _ => after(draft),
        },
        ..Letter::line(line)
    }
}

/// What can be done about an alert that went out, in one step: `draft.end.ALERT.0`.
#[must_use]
pub fn after(draft: &Draft) -> Vec<Vec<Action>> {
    draft
        .sent_as
        .map_or(vec![], |alert| about(draft.kind, alert))
}

/// As [`after`], of an alert that went out as this.
#[must_use]
pub fn about(kind: Kind, alert: i64) -> Vec<Vec<Action>> {
    let alert = base36(alert);
    let button = |label, token: String| {
        let token = Token::try_from(token).ok()?;
        Some(Action::Press { label, token })
    };
    let press = |label, act: &str| button(label, format!("{DRAFT}{act}.{alert}.0"));
    let report = || press(say("progress-button-report"), "report");
    let rows = match kind {
        Kind::Drill => vec![],
        Kind::Cancel | Kind::Correction => vec![vec![report()]],
        // What reaches everybody at one press does not stand where “approve” stood a moment ago.
        Kind::New | Kind::Update => vec![
            vec![
                report(),
                button(say("duty-button-update"), format!("fill.alert.{alert}")),
            ],
            vec![
                press(say("draft-button-end"), "end"),
                press(say("draft-button-wrong"), "wrong"),
            ],
        ],
    };
    let rows = rows.into_iter();
    rows.map(|row| row.into_iter().flatten().collect())
        .collect()
}
