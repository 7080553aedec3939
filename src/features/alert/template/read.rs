//! Reads facts as people write them: `place=Lyulin until="27.11. 18:00" text.en="…"`.

use std::collections::BTreeMap;

use super::ask::EMERGENCY;
use super::declared::{Declared, Fact, Template};
use super::time::Clockwork;
use super::{Drafting, Facts, Fault, Where, check, place, says, says_everywhere, shown, time};
use crate::base::point::Point;
use crate::features::alert::Severity;
use crate::message::{Arg, Lang, Words, say, say_with};

/// What can be given, besides a text in each language.
const NAMES: [&str; 12] = [
    "place",
    "around",
    "radius",
    "line",
    "from",
    "until",
    "contact",
    "cause",
    "number",
    "about",
    "severity",
    "emergency",
];
/// What a text's name begins with; its language follows.
const TEXT: &str = "text.";
/// Metres around a point where none are given.
const RADIUS: i64 = 300;

/// What was given, not yet understood.
#[derive(Debug, Default)]
pub(super) struct Given {
    /// By name, see [`NAMES`]; nothing empty.
    pub values: BTreeMap<&'static str, String>,
    /// The names of places; in `values` they are not.
    pub places: Vec<String>,
    pub text: BTreeMap<Lang, String>,
}

/// Reads `name=value` arguments, in any order, each name once. Several places are parted by
/// commas. An empty value and `-` count as not given.
///
/// # Errors
/// Everything that is not understood.
pub fn read(
    template: Template,
    arguments: &[impl AsRef<str>],
    office: &Drafting<'_>,
) -> Result<Facts, Vec<Fault>> {
    let mut given = Given::default();
    let mut faults = vec![];
    let mut met = vec![];
    for argument in arguments {
        let argument = argument.as_ref();
        let (name, value) = argument.split_once('=').unwrap_or((argument, ""));
        let name = name.trim().to_ascii_lowercase();
        let known = NAMES.into_iter().find(|known| *known == name);
        let lang = name.strip_prefix(TEXT).and_then(|lang| lang.parse().ok());
        if !argument.contains('=') || (known.is_none() && lang.is_none()) {
            faults.push(unknown(&name, office));
            continue;
        }
        if met.contains(&name) {
            let twice = |text| say_with("template-fault-twice", [("text", text)]);
            faults.push(Fault::about(fact(&name), twice, &name));
            continue;
        }
        met.push(name);
        if is_nothing(value) {
            continue;
        }
        match (known, lang) {
            (Some("place"), _) => {
                let places = value.split([',', ';', '\n']).map(str::trim);
                let places = places.filter(|place| !place.is_empty());
                given.places = places.map(str::to_owned).collect();
            }
            (Some(known), _) => {
                given.values.insert(known, value.to_owned());
            }
            (None, Some(lang)) => {
                given.text.insert(lang, value.to_owned());
            }
            (None, None) => {}
        }
    }
    match given.understood(template, office) {
        Ok(facts) if faults.is_empty() => Ok(facts),
        Ok(_) => Err(faults),
        Err(more) => Err(faults.into_iter().chain(more).collect()),
    }
}

/// Whether a value says that there is none.
pub(super) fn is_nothing(value: &str) -> bool {
    matches!(value.trim(), "" | "-" | "\u{2013}" | "\u{2014}")
}

/// The fact that a name is about.
fn fact(name: &str) -> Fact {
    match name {
        "place" | "around" | "radius" => Fact::Place,
        "line" => Fact::Line,
        "from" => Fact::From,
        "until" => Fact::Until,
        "contact" => Fact::Contact,
        "cause" => Fact::Cause,
        "number" => Fact::Number,
        "about" => Fact::About,
        "severity" => Fact::Severity,
        _ => Fact::Text,
    }
}

fn unknown(name: &str, office: &Drafting<'_>) -> Fault {
    let texts = office
        .city
        .languages()
        .iter()
        .map(|lang| format!("{TEXT}{lang}"));
    let names = NAMES.into_iter().map(str::to_owned).chain(texts);
    let names = Arg::List(names.map(Words::Verbatim).collect());
    let text = Arg::Text(shown(name));
    let words = say_with("template-fault-key", [("text", text), ("names", names)]);
    Fault::new(fact(name), words)
}

impl Given {
    /// The facts that were meant.
    pub fn understood(
        self,
        template: Template,
        office: &Drafting<'_>,
    ) -> Result<Facts, Vec<Fault>> {
        let declared = template.declared();
        let mut faults = vec![];
        let value = |name: &str| self.values.get(name).map(|value| value.trim());
        let mut facts = Facts::of(template);
        let with = Clockwork {
            zone: office.city.zone(),
            now: office.now,
            catalogue: office.catalogue,
        };
        let mut keep = |fault: Fault| faults.push(fault);
        if let Some(text) = value("from") {
            facts.from = time::read(Fact::From, text, None, with)
                .map_err(&mut keep)
                .ok();
        }
        if let Some(text) = value("until") {
            let read = time::read(Fact::Until, text, facts.from, with);
            facts.until = read.map_err(&mut keep).ok();
        }
        if let Some(text) = value("cause") {
            facts.cause = cause(declared, text, office).map_err(&mut keep).ok();
        }
        if let Some(text) = value("number") {
            let read = text.parse().map_err(|_| check::no_number(text));
            facts.number = read.map_err(&mut keep).ok();
        }
        if let Some(text) = value("severity") {
            let read = Severity::parse(text).ok_or_else(|| check::no_severity(text));
            facts.severity = read.map_err(&mut keep).ok();
        }
        facts.place = self.place(office).map_err(&mut keep).unwrap_or_default();
        facts.contact = value("contact").map(str::to_owned);
        facts.about = value("about").map(str::to_owned);
        facts.emergency = value("emergency").is_some_and(|text| {
            text.eq_ignore_ascii_case("yes") || says(text, &say("template-yes"), office.catalogue)
        });
        facts.text = self.text;
        let all = facts.text.len();
        facts.text.retain(|_, text| text.trim() != EMERGENCY);
        facts.emergency |= facts.text.len() < all;
        if faults.is_empty() {
            Ok(facts)
        } else {
            Err(faults)
        }
    }

    fn place(&self, office: &Drafting<'_>) -> Result<Where, Fault> {
        let value = |name: &str| self.values.get(name).map(|value| value.trim());
        let line = value("line").map(str::to_owned);
        if let Some(text) = value("around") {
            if !self.places.is_empty() {
                let words = say("template-fault-place-both");
                return Err(Fault::new(Fact::Place, words));
            }
            let wrong = |text| say_with("template-fault-point", [("text", text)]);
            let point = Point::read(text).ok_or_else(|| Fault::about(Fact::Place, wrong, text))?;
            let radius = match value("radius") {
                Some(text) => text.parse().map_err(|_| place::no_radius(text))?,
                None => RADIUS,
            };
            return Ok(Where::Around {
                point,
                radius,
                line,
            });
        }
        let names = self.places.clone();
        Ok(match (line, names.as_slice()) {
            (None, [only]) if says_everywhere(only, office.catalogue) => Where::Everywhere,
            (Some(line), _) => Where::Address {
                line,
                within: names,
            },
            (None, _) => Where::Named(names),
        })
    }
}

/// The choice that a text means: its code, or its name in any language.
fn cause(declared: &Declared, text: &str, office: &Drafting<'_>) -> Result<String, Fault> {
    let mut choices = declared.choices.iter();
    choices
        .find(|choice| {
            choice.code.eq_ignore_ascii_case(text)
                || says(text, &check::cause(declared, choice), office.catalogue)
        })
        .map(|choice| choice.code.to_owned())
        .ok_or_else(|| check::no_choice(declared, text))
}
