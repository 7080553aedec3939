//! What a template declares: its codes and levels, the facts it asks for, the words it uses.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::features::alert::{Category, Certainty, ResponseType, Severity, Urgency};
use crate::message::Key;

/// A template, by its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Template {
    /// No water.
    Water,
    /// No heating and hot water.
    Heating,
    /// No electricity.
    Power,
    /// A closed road.
    Road,
    /// Polluted air.
    Air,
    /// Wind, hail, rain, snow or ice.
    Storm,
    /// A flood.
    Flood,
    /// Closed schools and kindergartens.
    School,
    /// A building that must be left.
    Evacuation,
    /// Something to go to, and its traffic.
    Event,
    /// An earlier danger is over.
    AllClear,
    /// The operator's own words.
    Free,
}

/// A fact that a template may ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fact {
    /// Where.
    Place,
    /// The street or the building.
    Line,
    /// When it begins.
    From,
    /// When it ends.
    Until,
    /// Whom to ask.
    Contact,
    /// The cause or kind.
    Cause,
    /// A value that was measured or is expected.
    Number,
    /// The alert that is over.
    About,
    /// Free text in every language.
    Text,
    /// How grave.
    Severity,
}

impl Fact {
    /// Its name among keys and in JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Place => "place",
            Self::Line => "line",
            Self::From => "from",
            Self::Until => "until",
            Self::Contact => "contact",
            Self::Cause => "cause",
            Self::Number => "number",
            Self::About => "about",
            Self::Text => "text",
            Self::Severity => "severity",
        }
    }
}

/// One of the causes or kinds of a template.
#[derive(Debug)]
pub struct Choice {
    /// Its code, which the template's words choose by.
    pub code: &'static str,
    /// How grave, how soon and how sure by default.
    pub level: (Severity, Urgency, Certainty),
    /// What it needs besides what its template does.
    pub needs: &'static [Fact],
    /// Whether it takes a number.
    pub number: bool,
    /// Whether its own sentence tells when, so that none about the end follows.
    pub timed: bool,
    /// Its topic, where it is not the template's.
    pub topic: Option<&'static str>,
    /// Its category, where it is not the template's.
    pub category: Option<Category>,
}

/// What a template says. Every message may use `$cause`, `$place`, `$period`, `$ahead`,
/// `$emergency`, and `$from` and `$until` where they are known.
#[derive(Debug)]
pub struct Keys {
    /// The template's name for operators.
    pub name: Key,
    /// The name of a cause.
    pub cause: Key,
    /// The event: a noun that leads to the template's topic.
    pub event: Key,
    /// One line: the hazard and the place.
    pub headline: Option<Key>,
    /// The hazard and what it means.
    pub what: Option<Key>,
    /// A sentence on `$number`.
    pub number: Option<Key>,
    /// When it ends, where that is known.
    pub ends: Option<Key>,
    /// That the end is not known.
    pub open: Option<Key>,
    /// What to do.
    pub advice: Option<Key>,
}

/// A template.
#[derive(Debug)]
pub struct Declared {
    /// Which one.
    pub template: Template,
    /// Its code for operators and in JSON.
    pub code: &'static str,
    /// The name of its form.
    pub form: &'static str,
    /// The city's topic that its events lead to; `None` where its choices have their own, and for
    /// an all-clear, which has that of its alert.
    pub topic: Option<&'static str>,
    /// Its categories in CAP.
    pub categories: &'static [Category],
    /// What readers are asked to do, in CAP.
    pub responses: &'static [ResponseType],
    /// How long it is in force where no end is given. `None`: the end stays unknown to readers,
    /// and the alert counts as long as its category does.
    pub lasts: Option<Duration>,
    /// Its causes or kinds, the usual one first; at least one.
    pub choices: &'static [Choice],
    /// What it asks for besides the place.
    pub asks: &'static [Fact],
    /// What it must have besides the place.
    pub must: &'static [Fact],
    /// What it says.
    pub keys: Keys,
}

impl Template {
    /// What it declares.
    #[must_use]
    pub fn declared(self) -> &'static Declared {
        // The table has one row a template, in the order of the enumeration; a test holds it to that.
        &super::table::TABLE[self as usize]
    }

    /// The template of this code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        (super::table::TABLE.iter())
            .find(|declared| declared.code.eq_ignore_ascii_case(code.trim()))
            .map(|declared| declared.template)
    }
}

impl Declared {
    /// The choice of this code; the usual one where none is given.
    #[must_use]
    pub fn choice(&self, code: Option<&str>) -> Option<&'static Choice> {
        match code {
            None => self.choices.first(),
            Some(code) => self.choices.iter().find(|choice| choice.code == code),
        }
    }

    /// Whether a fact must be there, with this choice.
    #[must_use]
    pub fn needs(&self, fact: Fact, choice: &Choice) -> bool {
        self.must.contains(&fact) || choice.needs.contains(&fact)
    }
}
