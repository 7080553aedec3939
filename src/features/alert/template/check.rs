//! What may be wrong with facts before an alert is drawn up from them.

use super::declared::{Choice, Declared, Fact};
use super::place::{self, Placed};
use super::{Drafting, Facts, Fault, MOST_LINE, MOST_NUMBER, MOST_TEXT, Template, Where, shown};
use crate::features::alert::rules::judge;
use crate::features::alert::{Alert, Severity};
use crate::message::{Arg, Lang, Words, say, say_with};

/// That a text is not longer than it may be.
pub(super) fn bounded(fact: Fact, text: &str, most: usize) -> Result<(), Fault> {
    let length = text.chars().count();
    if length <= most {
        return Ok(());
    }
    let number = |count: usize| Arg::Number(i64::try_from(count).unwrap_or(i64::MAX));
    let words = say_with(
        "template-fault-too-long",
        [
            ("fact", Arg::Words(fact.name().into())),
            ("length", number(length)),
            ("most", number(most)),
        ],
    );
    Err(Fault::new(fact, words))
}

/// The choice that the facts name.
pub(super) fn choice(facts: &Facts, declared: &'static Declared) -> Result<&'static Choice, Fault> {
    let given = facts.cause.as_deref();
    if let Some(choice) = declared.choice(given) {
        return Ok(choice);
    }
    Err(no_choice(declared, given.unwrap_or_default()))
}

/// That a cause is none of the template's, with those that are.
pub(super) fn no_choice(declared: &Declared, given: &str) -> Fault {
    let choices = (declared.choices.iter()).map(|choice| cause(declared, choice));
    let choices = ("choices", Arg::List(choices.collect()));
    let text = ("text", Arg::Text(shown(given)));
    Fault::new(
        Fact::Cause,
        say_with("template-fault-choice", [text, choices]),
    )
}

/// What a cause is called.
pub(super) fn cause(declared: &Declared, choice: &Choice) -> Words {
    let code = Arg::Text(choice.code.to_owned());
    Words::Say(declared.keys.cause, vec![("cause", code)])
}

/// Where it is; an all-clear without a place is for where the alert was.
pub(super) fn placed(
    facts: &Facts,
    office: &Drafting<'_>,
    earlier: Option<&Alert>,
) -> Result<Placed, Vec<Fault>> {
    if facts.template != Template::AllClear {
        return place::find(&facts.place, office.city);
    }
    let Some(earlier) = earlier else {
        return Err(vec![Fault::new(Fact::About, say("template-fault-about"))]);
    };
    if facts.place != Where::default() {
        return place::find(&facts.place, office.city);
    }
    let told = judge(earlier, office.city, office.now, |_| None).districts;
    if told.is_empty() {
        return Err(vec![Fault::new(Fact::About, say("template-fault-about"))]);
    }
    Ok(Placed::of(told))
}

/// What is given though nobody asks for it, what is missing, and numbers out of range. `line` tells
/// whether the place has one.
pub(super) fn not_asked_or_missing(
    facts: &Facts,
    declared: &Declared,
    choice: &Choice,
    line: bool,
) -> Vec<Fault> {
    let mut faults = vec![];
    let given = [
        (Fact::From, facts.from.is_some()),
        (Fact::Until, facts.until.is_some()),
        (Fact::Number, facts.number.is_some()),
        (
            Fact::Text,
            facts.text.values().any(|it| !it.trim().is_empty()),
        ),
    ];
    for (fact, is_given) in given {
        let wanted = declared.asks.contains(&fact) && (fact != Fact::Number || choice.number);
        if is_given && !wanted {
            let words = say_with(
                "template-fault-unasked",
                [
                    ("template", Arg::Words(name(declared).into())),
                    ("fact", Arg::Words(fact.name().into())),
                ],
            );
            faults.push(Fault::new(fact, words));
        }
    }
    let missing = given.into_iter().chain([(Fact::Line, line)]);
    faults.extend(
        missing
            .filter(|(fact, is_given)| !is_given && declared.needs(*fact, choice))
            .map(|(fact, _)| Fault::missing(fact)),
    );
    if facts
        .number
        .is_some_and(|number| !(1..=MOST_NUMBER).contains(&number))
    {
        faults.push(no_number(&facts.number.unwrap_or_default().to_string()));
    }
    if facts.severity == Some(Severity::Unknown) {
        faults.push(no_severity(Severity::Unknown.name()));
    }
    faults
}

/// What a template is called.
pub(super) fn name(declared: &Declared) -> Words {
    Words::Say(declared.keys.name, vec![])
}

/// That a text is no number that a template takes.
pub(super) fn no_number(text: &str) -> Fault {
    let words = say_with(
        "template-fault-number",
        [
            ("text", Arg::Text(shown(text))),
            ("most", Arg::Number(MOST_NUMBER)),
        ],
    );
    Fault::new(Fact::Number, words)
}

/// That a text is no severity.
pub(super) fn no_severity(text: &str) -> Fault {
    let wrong = |text| say_with("template-fault-severity", [("text", text)]);
    Fault::about(Fact::Severity, wrong, text)
}

/// Free text is in every language of the city or in none, and only in those.
pub(super) fn text_faults(facts: &Facts, office: &Drafting<'_>) -> Vec<Fault> {
    let mut faults = vec![];
    if let Some(contact) = &facts.contact {
        faults.extend(bounded(Fact::Contact, contact, MOST_LINE).err());
    }
    let languages = office.city.languages();
    for (lang, text) in &facts.text {
        if languages.contains(lang) {
            faults.extend(bounded(Fact::Text, text, MOST_TEXT).err());
        } else {
            let words = say_with("template-fault-language", [language(*lang)]);
            faults.push(Fault::new(Fact::Text, words));
        }
    }
    let written = |lang: &Lang| facts.text.get(lang).is_some_and(|it| !it.trim().is_empty());
    if !facts.emergency && languages.iter().any(written) {
        for lang in languages.iter().filter(|lang| !written(lang)) {
            let words = say_with("template-fault-text-missing", [language(*lang)]);
            faults.push(Fault::new(Fact::Text, words));
        }
    }
    faults
}

/// The argument that names a language.
pub(super) fn language(lang: Lang) -> (&'static str, Arg) {
    ("language", Arg::Text(lang.to_string()))
}
