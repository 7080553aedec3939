//! Templates: facts filled in once become an alert that reads well in every language.

mod after;
mod choices;
mod faults;
mod forms;
mod letters;
mod letters_more;
mod random;

use glas::base::clock::Millis;
use glas::city::City;
use glas::features::alert::letter::letter;
use glas::features::alert::rules::{Earlier, Verdict, judge};
use glas::features::alert::template::{Drafting, Facts, Fault, TABLE, Template, draw_up, read};
use glas::features::alert::{Alert, Reference};
use glas::message::catalogue::Catalogue;

use crate::cap::{at, lang, sofia, words};
use crate::cap_letter::plain;

/// A Thursday in November, ten past seven in the morning in Sofia.
const NOW: &str = "2026-11-26T07:10:00.250+02:00";

/// A desk with a city and its words.
pub struct Desk {
    city: City,
    catalogue: Catalogue,
    now: Millis,
}

impl Desk {
    fn new() -> Self {
        let (city, catalogue, now) = (sofia(), words(), at(NOW));
        Self {
            city,
            catalogue,
            now,
        }
    }

    fn office(&self) -> Drafting<'_> {
        Drafting {
            city: &self.city,
            catalogue: &self.catalogue,
            sender: "alerts@sofia.example",
            contact: None,
            identifier: "sofia-1",
            now: self.now,
        }
    }

    fn facts(&self, template: Template, arguments: &[&str]) -> Result<Facts, Vec<Fault>> {
        read(template, arguments, &self.office())
    }

    fn drawn(&self, template: Template, arguments: &[&str]) -> Alert {
        let facts = self.facts(template, arguments);
        let facts = facts.unwrap_or_else(|faults| panic!("{}", self.told(&faults, "en")));
        let drawn = draw_up(&facts, &self.office(), None);
        drawn.unwrap_or_else(|faults| panic!("{}", self.told(&faults, "en")))
    }

    /// What an operator is told is wrong, a line a fault.
    fn told(&self, faults: &[Fault], code: &str) -> String {
        let word = |fault: &Fault| self.catalogue.word(&fault.words, lang(code)).unwrap();
        faults.iter().map(word).collect::<Vec<_>>().join("\n")
    }

    /// The faults of facts that must not be accepted.
    fn refused(&self, template: Template, arguments: &[&str], code: &str) -> String {
        let office = self.office();
        let read = self.facts(template, arguments);
        match read.and_then(|facts| draw_up(&facts, &office, None)) {
            Ok(alert) => panic!("drawn up: {alert:?}"),
            Err(faults) => self.told(&faults, code),
        }
    }

    /// The letter of an alert that may go out, as the reader sees it.
    fn letter(&self, alert: &Alert, code: &str, earlier: &[&Alert]) -> String {
        let known = |reference: &Reference| {
            let found = earlier.iter().find(|it| it.reference() == *reference)?;
            let judged = judge(found, &self.city, self.now, |_| None);
            Some(Earlier {
                alert: (*found).clone(),
                districts: judged.districts,
                topics: judged.topics,
            })
        };
        let judgement = judge(alert, &self.city, self.now, known);
        let reason = self.catalogue.word(&judgement.reason, lang("en")).unwrap();
        assert_eq!(judgement.verdict, Verdict::Accepted, "{reason}");
        let letter = letter(alert, &judgement, &self.city, lang(code));
        plain(&self.catalogue.localise(&letter, lang(code)).unwrap())
    }

    fn told_by(&self, template: Template, arguments: &[&str], code: &str) -> String {
        self.letter(&self.drawn(template, arguments), code, &[])
    }
}

/// Facts that are enough for a template and one of its choices.
fn enough(template: Template, choice: &str) -> Vec<String> {
    let mut facts = vec![format!("cause={choice}")];
    let declared = template.declared();
    let chosen = declared.choice(Some(choice)).unwrap();
    for (name, value) in [
        ("place", "Люлин"),
        ("line", "ул. Оборище 5"),
        ("from", "27.11. 9:00"),
        ("until", "27.11. 17:00"),
        ("number", "95"),
        ("text.bg", "Първи ред\nВтори ред."),
        ("text.en", "First line\nSecond line."),
    ] {
        let of = |code| name.split('.').next() == Some(code);
        let mut must = declared
            .asks
            .iter()
            .filter(|it| declared.needs(**it, chosen));
        let needed = name == "place" || must.any(|fact| of(fact.code()));
        if needed {
            facts.push(format!("{name}={value}"));
        }
    }
    facts
}

#[test]
fn the_table_has_one_row_a_template_in_their_order() {
    let city = sofia();
    for declared in &TABLE {
        assert_eq!(declared.template.declared().code, declared.code);
        assert_eq!(Template::parse(declared.code), Some(declared.template));
        let json = serde_json::to_string(&declared.template).unwrap();
        assert_eq!(json, format!("\"{}\"", declared.code));
        assert!(declared.form.len() <= 20, "{}", declared.form);
        assert!(!declared.choices.is_empty(), "{}", declared.code);
        for choice in declared.choices {
            let topic = choice.topic.or(declared.topic);
            let known = topic.is_none_or(|code| city.topic(code).is_some());
            assert!(known, "{} {}", declared.code, choice.code);
            assert!(choice.code.len() <= 22);
        }
    }
}

#[test]
fn every_template_is_accepted_for_its_topic_and_its_district_in_each_language() {
    let desk = Desk::new();
    for declared in TABLE.iter().filter(|it| it.template != Template::AllClear) {
        for choice in declared.choices {
            let facts = enough(declared.template, choice.code);
            let facts: Vec<&str> = facts.iter().map(String::as_str).collect();
            let alert = desk.drawn(declared.template, &facts);
            let judged = judge(&alert, &desk.city, desk.now, |_| None);
            let of = (declared.code, choice.code);
            assert_eq!(judged.verdict, Verdict::Accepted, "{of:?}");
            let topic = desk.city.topic(choice.topic.or(declared.topic).unwrap());
            let topics = desk
                .city
                .topics()
                .iter()
                .filter(|it| judged.topics.has(it.bit));
            // The free form is led by its own words.
            let codes: Vec<&str> = topics.map(|it| it.code.as_str()).collect();
            assert_eq!(codes, [topic.unwrap().code.as_str()], "{of:?}");
            let districts = desk
                .city
                .in_set(judged.districts)
                .map(|it| it.slug.as_str());
            assert_eq!(districts.collect::<Vec<_>>(), ["lyulin"], "{of:?}");
            let languages: Vec<&str> = alert.infos.iter().map(|it| it.language.as_str()).collect();
            assert_eq!(languages, ["bg", "en"], "{of:?}");
            assert_eq!(alert.sent.0 % 1000, 0, "CAP has no fractions of a second");
            for info in &alert.infos {
                assert!(!info.event.is_empty() && !info.areas.is_empty(), "{of:?}");
            }
        }
    }
}
