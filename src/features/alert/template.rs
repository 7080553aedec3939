//! Templates: an operator fills in facts once, and an alert comes out worded in every language.

mod after;
mod ask;
mod check;
mod declared;
mod draw;
mod given;
mod place;
mod read;
mod table;
mod time;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Severity;
use crate::base::clock::Millis;
use crate::base::point::Point;
use crate::city::City;
use crate::message::catalogue::Catalogue;
use crate::message::{Arg, Lang, Words, say, say_with};

pub use after::{Wrong, cancel, correction, drill};
pub use ask::{
    CAUSE, CHANGE, EMERGENCY, PLACE, asks, asks_again, facts, first_open, form, forms, modal, rest,
    template_of,
};
pub use declared::{Choice, Declared, Fact, Keys, Template};
pub use draw::draw_up;
pub use given::{answers, arguments};
pub use place::places;
pub use read::read;
pub use table::TABLE;

/// What a form is about that changes something: the name of its answer.
pub const OF: &str = "of";
/// The most characters of a text in one language.
pub const MOST_TEXT: usize = 1500;
/// The most characters of a street or a contact.
pub const MOST_LINE: usize = 150;
/// The most places that one alert names.
pub const MOST_PLACES: usize = 30;
/// The largest number that a template takes.
pub const MOST_NUMBER: i64 = 2000;

/// What an operator fills in, once for all languages.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// Which template.
    pub template: Template,
    /// Where. An all-clear without a place is for where the alert was.
    #[serde(default)]
    pub place: Where,
    /// When it begins; it has begun where that is not told.
    #[serde(default, with = "moment", skip_serializing_if = "Option::is_none")]
    pub from: Option<Millis>,
    /// When it ends, where that is known.
    #[serde(default, with = "moment", skip_serializing_if = "Option::is_none")]
    pub until: Option<Millis>,
    /// Whom to ask: an office and its telephone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// The cause or the kind, one of the template's [choices](Declared::choices); the first of
    /// them where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
    /// The value that was measured or is expected, in the unit of the template's sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<i64>,
    /// The alert that is over, as the operator names it. Whoever calls [`draw_up`] looks it up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// Free text by language: in every language that the city publishes in, or in none.
    #[serde(default, with = "texts", skip_serializing_if = "BTreeMap::is_empty")]
    pub text: BTreeMap<Lang, String>,
    /// How grave, in place of what the template says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity: Option<Severity>,
    /// Whether an emergency allows free text to be missing in a language.
    #[serde(default)]
    pub emergency: bool,
}

/// Where something is. An empty place is refused and never means everybody.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub enum Where {
    /// The whole city, said in so many words.
    Everywhere,
    /// Districts and quarters by their names in any language.
    Named(Vec<String>),
    /// A street or a building.
    Address {
        /// As people write it, at most [`MOST_LINE`] characters.
        line: String,
        /// The districts or quarters that it is in.
        within: Vec<String>,
    },
    /// What is near a point.
    Around {
        /// The point, written `42.6977,23.3219`.
        #[serde(with = "degrees")]
        point: Point,
        /// Metres, 50 to 20,000.
        radius: i64,
        /// The street or building there, where it has a name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        line: Option<String>,
    },
}

impl Default for Where {
    fn default() -> Self {
        Self::Named(vec![])
    }
}

/// What is not right in the facts, and what is expected.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// The fact that it is about.
    pub fact: Fact,
    /// What is wrong and what to do, for the operator.
    pub words: Words,
}

/// What a template is drawn up with.
pub struct Drafting<'a> {
    /// The city.
    pub city: &'a City,
    /// Its words.
    pub catalogue: &'a Catalogue,
    /// The sender of the alert as machines name it (CAP `sender`).
    pub sender: &'a str,
    /// Whom to ask where the facts do not say.
    pub contact: Option<&'a str>,
    /// The identifier of the alert that is made.
    pub identifier: &'a str,
    /// The moment it is now.
    pub now: Millis,
}

impl Facts {
    /// Facts of this template with nothing filled in.
    #[must_use]
    pub fn of(template: Template) -> Self {
        Self {
            template,
            place: Where::default(),
            from: None,
            until: None,
            contact: None,
            cause: None,
            number: None,
            about: None,
            text: BTreeMap::new(),
            severity: None,
            emergency: false,
        }
    }
}

impl Fault {
    fn new(fact: Fact, words: Words) -> Self {
        Self { fact, words }
    }

    /// A fault of a text that somebody gave; the text is repeated, its beginning only.
    fn about(fact: Fact, key: fn(Arg) -> Words, text: &str) -> Self {
        Self::new(fact, key(Arg::Text(shown(text))))
    }

    fn missing(fact: Fact) -> Self {
        let name = ("fact", Arg::Words(Box::new(fact.name())));
        Self::new(fact, say_with("template-fault-missing", [name]))
    }
}

impl Fact {
    /// What the operator calls it.
    #[must_use]
    pub fn name(self) -> Words {
        let code = Arg::Text(self.code().to_owned());
        say_with("template-fact", [("fact", code)])
    }
}

impl Drafting<'_> {
    /// A text in `lang`.
    fn word(&self, words: &Words, lang: Lang) -> Result<String, Vec<Fault>> {
        self.catalogue.word(words, lang).map_err(|error| {
            let why = ("why", Arg::Text(error.0));
            let words = say_with("template-fault-words", [why]);
            vec![Fault::new(Fact::Text, words)]
        })
    }

    /// When the alert is sent: now, without the fraction that CAP has no room for.
    fn sent(&self) -> Millis {
        Millis(self.now.0 - self.now.0.rem_euclid(1000))
    }
}

/// Whether a text says that the whole city is meant, in any language.
fn says_everywhere(text: &str, catalogue: &Catalogue) -> bool {
    text.trim() == "*"
        || text.trim().eq_ignore_ascii_case("everywhere")
        || says(text, &say("form-everywhere"), catalogue)
        || says(text, &say("alert-everywhere"), catalogue)
}

/// Whether a text is these words in any language and script.
fn says(text: &str, words: &Words, catalogue: &Catalogue) -> bool {
    let text = crate::base::fold::fold(text);
    (catalogue.languages().into_iter())
        .filter_map(|lang| catalogue.word(words, lang).ok())
        .any(|said| crate::base::fold::fold(&said) == text)
}

/// The beginning of somebody's words, to be repeated to them.
fn shown(text: &str) -> String {
    let text = text.trim();
    match text.char_indices().nth(40) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// A moment in JSON: RFC 3339, as CAP has it.
mod moment {
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer, de::Error};

    use crate::base::clock::Millis;

    #[expect(clippy::ref_option, reason = "serde hands it so")]
    pub fn serialize<S: Serializer>(at: &Option<Millis>, out: S) -> Result<S::Ok, S::Error> {
        at.map(Millis::rfc3339).serialize(out)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Millis>, D::Error> {
        Option::<String>::deserialize(from)?
            .map(|text| Millis::parse_rfc3339(&text).map_err(D::Error::custom))
            .transpose()
    }
}

/// A point in JSON: latitude and longitude in degrees.
mod degrees {
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer, de::Error};

    use crate::base::point::Point;

    pub fn serialize<S: Serializer>(point: &Point, out: S) -> Result<S::Ok, S::Error> {
        super::place::degrees(*point).serialize(out)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Point, D::Error> {
        let text = String::deserialize(from)?;
        Point::read(&text).ok_or_else(|| D::Error::custom("no point; write 42.6977,23.3219"))
    }
}

/// Texts in JSON by the tag of their language.
mod texts {
    use std::collections::BTreeMap;

    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer, de::Error};

    use crate::message::Lang;

    pub fn serialize<S: Serializer>(
        texts: &BTreeMap<Lang, String>,
        out: S,
    ) -> Result<S::Ok, S::Error> {
        let texts = texts.iter().map(|(lang, text)| (lang.to_string(), text));
        texts.collect::<BTreeMap<_, _>>().serialize(out)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<BTreeMap<Lang, String>, D::Error> {
        let texts = BTreeMap::<String, String>::deserialize(from)?;
        (texts.into_iter())
            .map(|(lang, text)| {
                let read = lang.parse();
                Ok((read.map_err(|_| D::Error::custom("no language"))?, text))
            })
            .collect()
    }
}
