//! A template as a form: the questions that ask its facts, and the facts that answers mean.

use super::declared::{Declared, Fact, Template};
use super::read::{Given, is_nothing};
use super::{Drafting, Facts, Fault, MOST_LINE, MOST_TEXT, TABLE, check};
use crate::city::City;
use crate::message::form::{EVERYWHERE, Filled, Form, Kind, Offer, Question, SPOT};
use crate::message::{Arg, Lang, Words, say, say_with};

/// The most fields that a window takes everywhere.
const FIELDS: usize = 5;
/// The names of the questions for free text: one for each language of the city, in its order.
pub(super) const TEXTS: [&str; 4] = ["text", "textb", "textc", "textd"];
/// Metres around a point that one can choose from.
const RADII: [i64; 4] = [100, 300, 1000, 3000];
/// Hours after which something may end that one can choose from.
const HOURS: [i64; 3] = [2, 4, 8];
/// The most characters of a time and of a number.
const SHORT: usize = 60;
/// The answer that there is none, or that it is not known.
const NOTHING: &str = "-";
/// In place of a text: an emergency lets it be missing in this language; typed, and as a button.
pub const EMERGENCY: &str = "!";
const EMERGENCY_BUTTON: &str = "emergency";

/// The question that asks what is to be changed; only with its answer is anything else asked.
pub const CHANGE: &str = "change";
/// The question where.
pub const PLACE: &str = "where";
/// The question for the cause or kind.
pub const CAUSE: &str = "cause";
const RADIUS: &str = "radius";
const LINE: &str = "line";
const FROM: &str = "from";
const UNTIL: &str = "until";
const CONTACT: &str = "contact";
const NUMBER: &str = "number";

/// The questions that ask a template's facts, one after the other: of a new alert those that it
/// must have and its end; of another the one that [`CHANGE`] names.
#[must_use]
pub fn form(template: Template, city: &City) -> Form {
    let declared = template.declared();
    let mut questions = vec![change(declared)];
    if declared.choices.len() > 1 {
        questions.push(cause(declared));
    }
    if template != Template::AllClear {
        questions.extend([place(city), radius()]);
    }
    let order = [
        Fact::Line,
        Fact::Number,
        Fact::From,
        Fact::Until,
        Fact::Contact,
        Fact::Text,
    ];
    let asked = order
        .into_iter()
        .filter(|fact| declared.asks.contains(fact));
    questions.extend(asked.flat_map(|fact| written(fact, declared, city)));
    Form {
        name: declared.form,
        questions,
    }
}

/// The forms of all templates.
#[must_use]
pub fn forms(city: &City) -> Vec<Form> {
    (TABLE.iter())
        .map(|declared| form(declared.template, city))
        .collect()
}

/// The questions that one window asks, at most five: what the template must have, then what is
/// most likely known.
#[must_use]
pub fn modal(template: Template, city: &City) -> Vec<Question> {
    let declared = template.declared();
    let must = |fact: &Fact| (declared.choices.iter()).any(|choice| declared.needs(*fact, choice));
    let order = [
        Fact::Line,
        Fact::Number,
        Fact::From,
        Fact::Until,
        Fact::Text,
    ];
    let then = [
        Fact::Until,
        Fact::Line,
        Fact::Number,
        Fact::From,
        Fact::Text,
        Fact::Contact,
    ];
    let facts = (order.into_iter().filter(must))
        .chain(then.into_iter().filter(|fact| !must(fact)))
        .filter(|fact| declared.asks.contains(fact));
    let form = form(template, city);
    let first = (form.questions.into_iter()).filter(|it| it.name == CAUSE || it.name == PLACE);
    let mut questions: Vec<Question> = first.collect();
    for fact in facts {
        let more = written(fact, declared, city);
        if questions.len() + more.len() <= FIELDS {
            questions.extend(more);
        }
    }
    questions
}

/// What [`modal`] has no room for, the texts first.
#[must_use]
pub fn rest(template: Template, city: &City) -> Vec<Question> {
    let first = modal(template, city);
    let known = |name: &str| first.iter().any(|it| it.name == name);
    let mut rest: Vec<Question> = (form(template, city).questions.into_iter())
        .filter(|it| it.name != CHANGE && it.name != RADIUS && !known(it.name))
        .collect();
    rest.sort_by_key(|it| !TEXTS.contains(&it.name));
    rest.truncate(FIELDS);
    rest
}

/// The question that asks for a fact.
#[must_use]
pub fn asks(fact: Fact) -> &'static str {
    match fact {
        Fact::Place => PLACE,
        Fact::Cause => CAUSE,
        Fact::Line => LINE,
        Fact::From => FROM,
        Fact::Until => UNTIL,
        Fact::Contact => CONTACT,
        Fact::Number => NUMBER,
        Fact::Text | Fact::About | Fact::Severity => TEXTS[0],
    }
}

/// The question that is asked again about a fault: of texts the first that is not written.
#[must_use]
pub fn asks_again(fact: Fact, filled: &Filled, city: &City) -> &'static str {
    let written = |name: &&str| filled.one(name).is_some_and(|text| !is_nothing(text));
    let texts = TEXTS.into_iter().take(city.languages().len());
    let open = texts.into_iter().find(|name| !written(name));
    match (fact, open) {
        (Fact::Text, Some(open)) => open,
        _ => asks(fact),
    }
}

/// The first question of a form whose answer is not known and wanted.
#[must_use]
pub fn first_open(form: &Form, filled: &Filled) -> Option<&'static str> {
    (form.questions.iter())
        .find(|it| (it.when)(filled) && filled.of(it.name).is_empty())
        .map(|it| it.name)
}

/// The template that a form is of.
#[must_use]
pub fn template_of(form: &str) -> Option<Template> {
    (TABLE.iter())
        .find(|declared| declared.form == form)
        .map(|declared| declared.template)
}

/// The facts that the answers mean.
///
/// # Errors
/// Everything that is not understood.
pub fn facts(
    template: Template,
    filled: &Filled,
    office: &Drafting<'_>,
) -> Result<Facts, Vec<Fault>> {
    let mut given = Given::default();
    for name in [
        RADIUS, CAUSE, LINE, FROM, UNTIL, CONTACT, NUMBER, "about", "severity",
    ] {
        if let Some(value) = filled.one(name).filter(|value| !is_nothing(value)) {
            given.values.insert(name, value.to_owned());
        }
    }
    for value in filled.of(PLACE) {
        match value.strip_prefix(SPOT) {
            Some(spot) => {
                let (point, radius) = spot.split_once('/').unwrap_or((spot, ""));
                given.values.insert("around", point.to_owned());
                if !radius.is_empty() {
                    given.values.insert(RADIUS, radius.to_owned());
                }
            }
            None if value == EVERYWHERE => given.places = vec![EVERYWHERE.to_owned()],
            None => given.places.push(value.clone()),
        }
    }
    for (lang, name) in office.city.languages().iter().zip(TEXTS) {
        let text = match filled.one(name) {
            Some(EMERGENCY_BUTTON) => Some(EMERGENCY),
            other => other.filter(|text| !is_nothing(text)),
        };
        if let Some(text) = text {
            given.text.insert(*lang, text.to_owned());
        }
    }
    given.understood(template, office)
}

/// Whether a question is asked: the one that is to be changed, or of a new alert what it needs.
fn wanted(filled: &Filled, name: &str) -> bool {
    if let Some(only) = filled.one(CHANGE) {
        return only == name || only == TEXTS[0] && TEXTS.contains(&name);
    }
    let Some(declared) = template_of(&filled.form).map(Template::declared) else {
        return false;
    };
    let Some(choice) = declared.choice(filled.one(CAUSE)) else {
        return true;
    };
    let needs = |fact: Fact| declared.needs(fact, choice);
    match name {
        PLACE | CAUSE => true,
        LINE => needs(Fact::Line),
        FROM => needs(Fact::From),
        // Everybody asks how long; where it has a usual length, that is told.
        UNTIL => needs(Fact::Until) || declared.lasts.is_none(),
        NUMBER => needs(Fact::Number),
        CONTACT => needs(Fact::Contact),
        _ => needs(Fact::Text),
    }
}

fn question(name: &'static str, ask: Words, hint: Option<Words>, kind: Kind) -> Question {
    Question {
        name,
        ask,
        hint,
        kind,
        when: match name {
            CHANGE => |filled| filled.one(CHANGE).is_none() && !filled.of(super::OF).is_empty(),
            CAUSE => |filled| wanted(filled, CAUSE),
            PLACE => |filled| wanted(filled, PLACE),
            LINE => |filled| wanted(filled, LINE),
            FROM => |filled| wanted(filled, FROM),
            UNTIL => |filled| wanted(filled, UNTIL),
            CONTACT => |filled| wanted(filled, CONTACT),
            _ => |filled| wanted(filled, TEXTS[0]),
        },
    }
}

fn change(declared: &Declared) -> Question {
    let named = |fact: Fact| (asks(fact).to_owned(), fact.name());
    let first = (declared.choices.len() > 1).then_some(Fact::Cause);
    let place = (declared.template != Template::AllClear).then_some(Fact::Place);
    let asked = declared.asks.iter().filter(|fact| **fact != Fact::Cause);
    let offers = (first.into_iter().chain(place)).chain(asked.copied());
    let kind = Kind::One(offers.map(named).collect());
    question(CHANGE, say("template-ask-change"), None, kind)
}

fn cause(declared: &Declared) -> Question {
    let offers = (declared.choices.iter())
        .map(|choice| (choice.code.to_owned(), check::cause(declared, choice)));
    let kind = Kind::One(offers.collect());
    question(CAUSE, say("template-ask-cause"), None, kind)
}

fn place(city: &City) -> Question {
    let own = city.languages().first();
    let mut districts: Vec<_> = city.districts().iter().collect();
    districts.sort_by_key(|district| own.and_then(|lang| district.names.get(lang)));
    let offers = (districts.into_iter()).map(|district| {
        let names = Words::Written(district.names.clone());
        (district.slug.clone(), names)
    });
    question(
        PLACE,
        say("template-ask-where"),
        Some(say("template-ask-where-hint")),
        Kind::Place(offers.collect()),
    )
}

fn radius() -> Question {
    let offers = RADII.iter().map(|metres| -> Offer {
        let words = [("metres", Arg::Number(*metres))];
        let words = say_with("template-ask-radius-metres", words);
        (metres.to_string(), words)
    });
    let kind = Kind::One(offers.collect());
    Question {
        when: |filled| {
            let bare = |value: &String| value.starts_with(SPOT) && !value.contains('/');
            wanted(filled, PLACE) && filled.of(PLACE).iter().any(bare)
        },
        ..question(RADIUS, say("template-ask-radius"), None, kind)
    }
}

fn none() -> Offer {
    (NOTHING.to_owned(), say("template-ask-none"))
}

/// The questions for a fact that is written: one, or one in each language.
fn written(fact: Fact, declared: &Declared, city: &City) -> Vec<Question> {
    let one = |name, ask, hint, offers, most| {
        vec![question(name, ask, Some(hint), Kind::Open(offers, most))]
    };
    let time = || say("template-ask-time-hint");
    match fact {
        Fact::Line => one(
            LINE,
            say("template-ask-line"),
            say("template-ask-line-hint"),
            vec![none()],
            MOST_LINE,
        ),
        Fact::From => {
            let now = ("now".to_owned(), say("template-ask-now"));
            one(FROM, say("template-ask-from"), time(), vec![now], SHORT)
        }
        Fact::Until => {
            let hours = HOURS.iter().map(|hours| {
                let words = say_with("template-ask-hours", [("hours", Arg::Number(*hours))]);
                (format!("{hours}h"), words)
            });
            let today = ("today".to_owned(), say("template-ask-today"));
            let unknown = (NOTHING.to_owned(), say("template-ask-unknown"));
            let offers = hours.chain([today, unknown]).collect();
            one(UNTIL, say("template-ask-until"), time(), offers, SHORT)
        }
        Fact::Contact => one(
            CONTACT,
            say("template-ask-contact"),
            say("template-ask-contact-hint"),
            vec![none()],
            MOST_LINE,
        ),
        Fact::Number => {
            let of = [("cause", Arg::Text(declared.code.to_owned()))];
            let hint = say_with("template-ask-number-hint", of);
            let counts = |filled: &Filled| {
                // Hail and ice are not measured.
                wanted(filled, NUMBER) && !matches!(filled.one(CAUSE), Some("hail" | "ice"))
            };
            one(
                NUMBER,
                say("template-ask-number"),
                hint,
                vec![none()],
                SHORT,
            )
            .into_iter()
            .map(|question| Question {
                when: counts,
                ..question
            })
            .collect()
        }
        Fact::Text => (city.languages().iter().zip(TEXTS))
            .flat_map(|(lang, name)| {
                let hint = say("template-ask-text-hint");
                let emergency = (EMERGENCY_BUTTON.to_owned(), say("template-ask-emergency"));
                let offers = vec![none(), emergency];
                one(name, ask_text(*lang), hint, offers, MOST_TEXT)
            })
            .collect(),
        Fact::Place | Fact::Cause | Fact::About | Fact::Severity => vec![],
    }
}

fn ask_text(lang: Lang) -> Words {
    let language = ("language", Arg::Text(lang.to_string()));
    say_with("template-ask-text", [language])
}
