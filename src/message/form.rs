//! Questions as data, and the one pure step that drives them on every channel.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::choice::Tap;
use super::{Arg, Words, say, say_with};

use crate::base::point::Point;

pub mod letter;
mod place;

/// The value of a place question that means everywhere.
pub const EVERYWHERE: &str = "*";
/// What a shared point starts with among the values of a place question.
pub const SPOT: char = '@';

/// Questions that belong together, asked one after the other or shown on one page.
#[derive(Debug, Clone)]
pub struct Form {
    /// Its name in the database: at most 20 letters.
    pub name: &'static str,
    /// At least one.
    pub questions: Vec<Question>,
}

/// One question.
#[derive(Debug, Clone)]
pub struct Question {
    /// Its name among the answers: at most 12 small letters.
    pub name: &'static str,
    /// The question itself.
    pub ask: Words,
    /// A line that helps to answer it.
    pub hint: Option<Words>,
    /// What counts as an answer.
    pub kind: Kind,
    /// Whether it is asked, given the answers so far.
    pub when: fn(&Filled) -> bool,
}

/// What counts as an answer.
#[derive(Debug, Clone)]
pub enum Kind {
    /// Words of their own, at most so many characters.
    Text(usize),
    /// One of these, or words of their own, at most so many characters.
    Open(Vec<Offer>, usize),
    /// One of these.
    One(Vec<Offer>),
    /// Any of these, at least one.
    Several(Vec<Offer>),
    /// Any of these, [`EVERYWHERE`] alone, a name that is typed, or a point that is shared.
    Place(Vec<Offer>),
}

/// A value with what people read for it.
pub type Offer = (String, Words);

/// A form as far as it is filled in; it rests in the database.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filled {
    /// The form's name.
    pub form: String,
    /// Tells the buttons of this run from those of an earlier one.
    pub run: i64,
    /// The question that is being asked; empty when the form is closed.
    pub at: String,
    /// The page of its answers.
    #[serde(default)]
    pub page: usize,
    /// The answers by question.
    #[serde(default)]
    pub answers: BTreeMap<String, Vec<String>>,
    /// What a typed name may have meant, when it may have meant several things: values of offers,
    /// and names of places that are no offer.
    #[serde(default)]
    pub offers: Vec<String>,
}

/// What a person does to a form.
#[derive(Debug, Clone, PartialEq)]
pub enum Move<'a> {
    /// Tapped an answer, or another page of them.
    Tapped(Tap),
    /// Chose everything at once from a list.
    Chose(&'a [String]),
    /// Wrote something.
    Wrote(&'a str),
    /// Shared a place.
    Shared(Point),
    /// Is done with the question.
    Next,
    /// Wants the question before.
    Back,
}

/// What follows.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// The question is asked, perhaps again, with a remark on what was done.
    Ask(Option<Words>),
    /// Everything is answered.
    Done,
    /// There is no question before the first.
    Out,
}

/// How words and places are understood; given from above, so that the step stays pure.
pub struct Ears<'a> {
    /// Every form in which the words of an answer may be written, folded.
    pub label: &'a dyn Fn(&Words) -> Vec<String>,
    /// What was written, folded the same way.
    pub fold: fn(&str) -> String,
    /// The values that a written name may mean, the likeliest first, and whether it is sure that
    /// one of them is meant.
    pub places: &'a dyn Fn(&str) -> (Vec<String>, bool),
    /// Whether a point is in the city.
    pub covers: &'a dyn Fn(Point) -> bool,
}

impl Filled {
    /// A run that begins at the first question, with what is known already.
    #[must_use]
    pub fn new(form: &Form, run: i64, known: BTreeMap<String, Vec<String>>) -> Self {
        Self {
            form: form.name.to_owned(),
            run,
            at: form
                .questions
                .first()
                .map_or(String::new(), |first| first.name.to_owned()),
            answers: known,
            ..Self::default()
        }
    }

    /// The answers to a question, empty when there are none.
    #[must_use]
    pub fn of(&self, question: &str) -> &[String] {
        self.answers.get(question).map_or(&[], Vec::as_slice)
    }

    /// The one answer to a question.
    #[must_use]
    pub fn one(&self, question: &str) -> Option<&str> {
        self.of(question).first().map(String::as_str)
    }

    /// Whether nobody waits for an answer any more.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.at.is_empty()
    }

    fn put(&mut self, question: &str, value: &str, wanted: bool) {
        let values = self.answers.entry(question.to_owned()).or_default();
        values.retain(|known| known != value);
        if wanted {
            values.push(value.to_owned());
        }
    }
}

/// Always asked.
#[must_use]
pub fn always(_: &Filled) -> bool {
    true
}

impl Form {
    /// The question of this name.
    #[must_use]
    pub fn question(&self, name: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.name == name)
    }

    /// Makes one move.
    #[must_use]
    pub fn step(&self, filled: &mut Filled, act: &Move<'_>, ears: &Ears<'_>) -> Step {
        let Some(question) = self.question(&filled.at) else {
            return Step::Out;
        };
        match act {
            Move::Back => return self.back(filled),
            Move::Next => return self.next(filled, question),
            Move::Tapped(Tap::Page(page)) => {
                filled.page = *page;
                return Step::Ask(None);
            }
            _ => {}
        }
        let many = matches!(question.kind, Kind::Several(_) | Kind::Place(_));
        if let Move::Wrote(text) = act
            && many
            && (ears.label)(&say("form-done")).contains(&(ears.fold)(text))
        {
            return self.next(filled, question);
        }
        match &question.kind {
            Kind::Text(most) => self.text(filled, question, *most, act),
            Kind::Open(offers, most) => match offered(offers, act, ears) {
                Some(value) => {
                    filled.answers.insert(question.name.to_owned(), vec![value]);
                    self.next(filled, question)
                }
                None => self.text(filled, question, *most, act),
            },
            Kind::One(offers) => self.one(filled, question, offers, act, ears),
            Kind::Several(offers) => several(filled, question, offers, act, ears),
            Kind::Place(offers) => self.place(filled, question, offers, act, ears),
        }
    }

    fn next(&self, filled: &mut Filled, question: &Question) -> Step {
        let several = matches!(question.kind, Kind::Several(_) | Kind::Place(_));
        if filled.of(question.name).is_empty() {
            return Step::Ask(Some(if several {
                say("form-nothing-chosen")
            } else {
                say("form-answer-first")
            }));
        }
        filled.page = 0;
        filled.offers.clear();
        let after = self
            .questions
            .iter()
            .skip_while(|it| it.name != question.name);
        match after.skip(1).find(|it| (it.when)(filled)) {
            Some(next) => {
                next.name.clone_into(&mut filled.at);
                Step::Ask(None)
            }
            None => Step::Done,
        }
    }

    fn back(&self, filled: &mut Filled) -> Step {
        filled.page = 0;
        if !filled.offers.is_empty() {
            filled.offers.clear();
            return Step::Ask(None);
        }
        let before = self.questions.iter().take_while(|it| it.name != filled.at);
        match before.filter(|it| (it.when)(filled)).last() {
            Some(previous) => {
                previous.name.clone_into(&mut filled.at);
                Step::Ask(None)
            }
            None => Step::Out,
        }
    }

    fn text(&self, filled: &mut Filled, question: &Question, most: usize, act: &Move<'_>) -> Step {
        let Move::Wrote(text) = act else {
            return Step::Ask(Some(say("form-write")));
        };
        let text = text.trim();
        let length = text.chars().count();
        if length == 0 {
            return Step::Ask(Some(say("form-write")));
        }
        if length > most {
            let number = |count: usize| Arg::Number(i64::try_from(count).unwrap_or(i64::MAX));
            return Step::Ask(Some(say_with(
                "form-too-long",
                [("length", number(length)), ("most", number(most))],
            )));
        }
        filled
            .answers
            .insert(question.name.to_owned(), vec![text.to_owned()]);
        self.next(filled, question)
    }

    fn one(
        &self,
        filled: &mut Filled,
        question: &Question,
        offers: &[Offer],
        act: &Move<'_>,
        ears: &Ears<'_>,
    ) -> Step {
        let Some(value) = offered(offers, act, ears) else {
            return Step::Ask(Some(say("form-choose-one")));
        };
        filled.answers.insert(question.name.to_owned(), vec![value]);
        self.next(filled, question)
    }
}

/// The offer that is meant.
fn offered(offers: &[Offer], act: &Move<'_>, ears: &Ears<'_>) -> Option<String> {
    match act {
        Move::Tapped(Tap::Only(value) | Tap::With(value)) => known(offers, value),
        Move::Chose(values) => values.first().and_then(|value| known(offers, value)),
        Move::Wrote(text) => written(offers, text, ears),
        _ => None,
    }
}

fn known(offers: &[Offer], value: &str) -> Option<String> {
    (offers.iter())
        .find(|(known, _)| known == value)
        .map(|(known, _)| known.clone())
}

/// The one offer that is written like this.
fn written(offers: &[Offer], text: &str, ears: &Ears<'_>) -> Option<String> {
    let text = (ears.fold)(text);
    let mut meant = (offers.iter())
        .filter(|(value, words)| *value == text || (ears.label)(words).contains(&text));
    match (meant.next(), meant.next()) {
        (Some((value, _)), None) => Some(value.clone()),
        _ => None,
    }
}

fn several(
    filled: &mut Filled,
    question: &Question,
    offers: &[Offer],
    act: &Move<'_>,
    ears: &Ears<'_>,
) -> Step {
    match act {
        Move::Tapped(Tap::With(value) | Tap::Only(value)) if known(offers, value).is_some() => {
            filled.put(question.name, value, true);
        }
        Move::Tapped(Tap::Without(value)) => filled.put(question.name, value, false),
        Move::Chose(values) => {
            filled.answers.insert(question.name.to_owned(), vec![]);
            for value in values.iter().filter_map(|value| known(offers, value)) {
                filled.put(question.name, &value, true);
            }
        }
        Move::Wrote(text) => {
            let found: Vec<String> = (text.split([',', ';', '\n']))
                .filter_map(|one| written(offers, one, ears))
                .collect();
            if found.is_empty() {
                return Step::Ask(Some(say("form-choose-several")));
            }
            for value in found {
                filled.put(question.name, &value, true);
            }
        }
        _ => return Step::Ask(Some(say("form-choose-several"))),
    }
    Step::Ask(None)
}

#[cfg(test)]
mod random;
