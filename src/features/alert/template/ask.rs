//! A template as a form: the questions that ask its facts, and the facts that answers mean.

use super::declared::{Declared, Fact, Template};
use super::read::{Given, is_nothing};
use super::{Drafting, Facts, Fault, MOST_LINE, MOST_TEXT, check};
use crate::city::City;
use crate::message::form::{EVERYWHERE, Filled, Form, Kind, Offer, Question, SPOT, always};
use crate::message::{Arg, Lang, Words, say, say_with};

/// The most fields that a window of text takes everywhere.
const FIELDS: usize = 5;
/// The names of the questions for free text: one for each language of the city, in its order.
const TEXTS: [&str; 4] = ["text", "textb", "textc", "textd"];
/// Metres around a point that one can choose from.
const RADII: [i64; 4] = [100, 300, 1000, 3000];
/// The most characters of a time and of a number.
const SHORT: usize = 60;

const PLACE: &str = "where";
const RADIUS: &str = "radius";
const CAUSE: &str = "cause";
const LINE: &str = "line";
const FROM: &str = "from";
const UNTIL: &str = "until";
const CONTACT: &str = "contact";
const NUMBER: &str = "number";

/// The questions that ask a template's facts, one after the other.
#[must_use]
pub fn form(template: Template, city: &City) -> Form {
    let declared = template.declared();
    let mut questions = vec![];
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
    questions.extend(asked.flat_map(|fact| texts_for(fact, declared, city)));
    Form {
        name: declared.form,
        questions,
    }
}

/// The questions with text for answers, at most five: what the template must have, then what is
/// most likely known. The others of [`form`] are chosen from lists or may stay open.
#[must_use]
pub fn modal(template: Template, city: &City) -> Vec<Question> {
    let declared = template.declared();
    let must = |fact: &Fact| {
        declared
            .choices
            .iter()
            .any(|choice| declared.needs(*fact, choice))
    };
    let order = [
        Fact::Line,
        Fact::From,
        Fact::Until,
        Fact::Number,
        Fact::Text,
    ];
    let then = [
        Fact::Text,
        Fact::Number,
        Fact::Until,
        Fact::From,
        Fact::Line,
        Fact::Contact,
    ];
    let facts = (order.into_iter().filter(must))
        .chain(then.into_iter().filter(|fact| !must(fact)))
        .filter(|fact| declared.asks.contains(fact));
    let mut questions: Vec<Question> = vec![];
    for fact in facts {
        let more = texts_for(fact, declared, city);
        if questions.len() + more.len() <= FIELDS {
            questions.extend(more);
        }
    }
    questions
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
    for name in [RADIUS, CAUSE, LINE, FROM, UNTIL, CONTACT, NUMBER] {
        if let Some(value) = filled.one(name).filter(|value| !is_nothing(value)) {
            given.values.insert(name, value.to_owned());
        }
    }
    for value in filled.of(PLACE) {
        match value.strip_prefix(SPOT) {
            Some(point) => {
                given.values.insert("around", point.to_owned());
            }
            None if value == EVERYWHERE => given.places = vec![EVERYWHERE.to_owned()],
            None => given.places.push(value.clone()),
        }
    }
    for (lang, name) in office.city.languages().iter().zip(TEXTS) {
        if let Some(text) = filled.one(name).filter(|text| !is_nothing(text)) {
            given.text.insert(*lang, text.to_owned());
        }
    }
    given.understood(template, office)
}

fn question(name: &'static str, ask: Words, hint: Option<Words>, kind: Kind) -> Question {
    Question {
        name,
        ask,
        hint,
        kind,
        when: always,
    }
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
        when: |filled| filled.of(PLACE).iter().any(|value| value.starts_with(SPOT)),
        ..question(RADIUS, say("template-ask-radius"), None, kind)
    }
}

/// The questions for a fact that is written: one, or one in each language.
fn texts_for(fact: Fact, declared: &Declared, city: &City) -> Vec<Question> {
    let one = |name, ask, hint, most| vec![question(name, ask, Some(hint), Kind::Text(most))];
    match fact {
        Fact::Line => one(
            LINE,
            say("template-ask-line"),
            say("template-ask-line-hint"),
            MOST_LINE,
        ),
        Fact::From => one(
            FROM,
            say("template-ask-from"),
            say("template-ask-time-hint"),
            SHORT,
        ),
        Fact::Until => one(
            UNTIL,
            say("template-ask-until"),
            say("template-ask-time-hint"),
            SHORT,
        ),
        Fact::Contact => one(
            CONTACT,
            say("template-ask-contact"),
            say("template-ask-contact-hint"),
            MOST_LINE,
        ),
        Fact::Number => {
            let of = [("cause", Arg::Text(declared.code.to_owned()))];
            let hint = say_with("template-ask-number-hint", of);
            let counts = |filled: &Filled| {
                // Hail and ice are not measured.
                !matches!(filled.one(CAUSE), Some("hail" | "ice"))
            };
            one(NUMBER, say("template-ask-number"), hint, SHORT)
                .into_iter()
                .map(|question| Question {
                    when: counts,
                    ..question
                })
                .collect()
        }
        Fact::Text => (city.languages().iter().zip(TEXTS))
            .flat_map(|(lang, name)| {
                one(
                    name,
                    ask_text(*lang),
                    say("template-ask-text-hint"),
                    MOST_TEXT,
                )
            })
            .collect(),
        Fact::Place | Fact::Cause | Fact::About | Fact::Severity => vec![],
    }
}

fn ask_text(lang: Lang) -> Words {
    let language = ("language", Arg::Text(lang.to_string()));
    say_with("template-ask-text", [language])
}
