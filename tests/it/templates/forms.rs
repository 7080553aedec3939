//! Templates as forms: what is asked, what fits into a window of five fields, what answers mean.

use std::collections::BTreeMap;

use glas::features::alert::template::{Facts, TABLE, Template, Where, draw_up, facts, form, modal};
use glas::message::form::{Filled, Kind};

use super::{Desk, enough};
use crate::cap::lang;

fn filled(template: Template, desk: &Desk, answers: &[(&str, &[&str])]) -> Filled {
    let answers: BTreeMap<String, Vec<String>> = (answers.iter())
        .map(|(name, values)| {
            let values = values.iter().map(|value| (*value).to_owned());
            ((*name).to_owned(), values.collect())
        })
        .collect();
    Filled::new(&form(template, &desk.city), 1, answers)
}

#[test]
fn every_question_can_be_worded_and_named() {
    let desk = Desk::new();
    for declared in &TABLE {
        let form = form(declared.template, &desk.city);
        assert!(form.name.len() <= 20);
        for question in &form.questions {
            let name = question.name;
            assert!(name.len() <= 12 && name.bytes().all(|it| it.is_ascii_lowercase()));
            for code in ["bg", "en"] {
                let word = |words| desk.catalogue.word(words, lang(code)).unwrap();
                assert!(!word(&question.ask).is_empty());
                question.hint.iter().for_each(|hint| {
                    word(hint);
                });
                if let Kind::One(offers) = &question.kind {
                    assert!(
                        offers
                            .iter()
                            .all(|(value, label)| { value.len() <= 22 && !word(label).is_empty() })
                    );
                }
            }
        }
    }
}

#[test]
fn what_must_be_typed_fits_into_five_fields() {
    let desk = Desk::new();
    for declared in &TABLE {
        let fields = modal(declared.template, &desk.city);
        assert!(!fields.is_empty() && fields.len() <= 5, "{}", declared.code);
        let names: Vec<&str> = fields.iter().map(|it| it.name).collect();
        let form = form(declared.template, &desk.city);
        for name in &names {
            assert!(form.question(name).is_some(), "{name}");
        }
        for choice in declared.choices {
            for fact in declared
                .asks
                .iter()
                .filter(|it| declared.needs(**it, choice))
            {
                let first = names.contains(&fact.code());
                assert!(first, "{} {:?} {names:?}", declared.code, fact);
            }
        }
        let texts = names.iter().filter(|it| it.starts_with("text")).count();
        assert!(texts == 0 || texts == 2, "in every language or in none");
    }
}

#[test]
fn answers_say_the_same_as_arguments() {
    let desk = Desk::new();
    let office = desk.office();
    let answers: &[(&str, &[&str])] = &[
        ("cause", &["planned"]),
        ("where", &["lyulin", "krasno-selo", "кв. Бояна"]),
        ("from", &["утре 9:00"]),
        ("until", &["утре 17:00"]),
        ("contact", &["-"]),
        ("line", &["–"]),
        ("text", &["-"]),
    ];
    let read = facts(
        Template::Water,
        &filled(Template::Water, &desk, answers),
        &office,
    )
    .unwrap();
    let arguments = [
        "cause=planned",
        "place=lyulin, krasno-selo, кв. Бояна",
        "from=tomorrow 9:00",
        "until=27.11. 17:00",
    ];
    assert_eq!(read, desk.facts(Template::Water, &arguments).unwrap());
    let alert = draw_up(&read, &office, None).unwrap();
    assert_eq!(alert.infos[0].areas.len(), 3);
    let point: &[(&str, &[&str])] = &[("where", &["@42.697700,23.321900"]), ("radius", &["1000"])];
    let read = facts(
        Template::Power,
        &filled(Template::Power, &desk, point),
        &office,
    )
    .unwrap();
    assert!(matches!(read.place, Where::Around { radius: 1000, .. }));
    let all: &[(&str, &[&str])] = &[("where", &["*"])];
    let read = facts(
        Template::Power,
        &filled(Template::Power, &desk, all),
        &office,
    )
    .unwrap();
    assert_eq!(read.place, Where::Everywhere);
    let nothing = facts(
        Template::Power,
        &filled(Template::Power, &desk, &[]),
        &office,
    );
    assert_eq!(nothing.unwrap(), Facts::of(Template::Power));
}

#[test]
fn every_template_can_be_filled_in_by_its_form() {
    let desk = Desk::new();
    for declared in TABLE.iter().filter(|it| it.template != Template::AllClear) {
        for choice in declared.choices {
            let given = enough(declared.template, choice.code);
            let answers: BTreeMap<String, Vec<String>> = (given.iter())
                .filter_map(|argument| argument.split_once('='))
                .map(|(name, value)| {
                    let name = match name {
                        "place" => "where",
                        "text.bg" => "text",
                        "text.en" => "textb",
                        other => other,
                    };
                    (name.to_owned(), vec![value.to_owned()])
                })
                .collect();
            let form = form(declared.template, &desk.city);
            for name in answers.keys().filter(|name| *name != "cause") {
                assert!(
                    form.question(name).is_some(),
                    "{} asks no {name}",
                    form.name
                );
            }
            let filled = Filled::new(&form, 1, answers);
            let read = facts(declared.template, &filled, &desk.office()).unwrap();
            let same: Vec<&str> = given.iter().map(String::as_str).collect();
            assert_eq!(read, desk.facts(declared.template, &same).unwrap());
        }
    }
}
