//! Alerts: what a CAP message says, as one type, whatever its version and quirks were.

pub mod buttons;
pub mod cap;
pub mod draft;
pub mod letter;
pub mod map;
mod mark;
pub mod picture;
pub mod report;
pub mod rules;
pub mod send;
pub mod store;
pub mod template;
pub mod tidy;

use serde::{Deserialize, Serialize};

use crate::base::clock::Millis;
use crate::base::point::Shape;
use crate::message::Lang;

/// The system of codes in which an area names districts of this city by the city's own codes.
pub const DISTRICT_CODES: &str = "glas:district";
/// The system of codes in which an event names topics of this city.
pub const TOPIC_CODES: &str = "glas:topic";

/// An enumeration of CAP: variants are spelled as the standard spells them, in code and in JSON.
macro_rules! enumeration {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident),+ $(,)? }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$doc])* $variant),+ }

        impl $name {
            /// The word as CAP spells it.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => stringify!($variant)),+ }
            }

            /// The variant of this word, case and space around it ignored.
            #[must_use]
            pub fn parse(word: &str) -> Option<Self> {
                let word = word.trim();
                [$(Self::$variant),+]
                    .into_iter()
                    .find(|variant| variant.name().eq_ignore_ascii_case(word))
            }
        }
    };
}

enumeration! {
    /// How the message is to be handled (CAP 1.2 §3.2.1).
    Status {
        /// To be acted upon by everybody it is for.
        Actual,
        /// To be acted upon by those who take part in an exercise.
        Exercise,
        /// Between machines.
        System,
        /// Technical, to be disregarded by all.
        Test,
        /// Not to be acted upon in this form.
        Draft,
    }
}

enumeration! {
    /// What the message does (CAP 1.2 §3.2.1).
    MsgType {
        /// Something new.
        Alert,
        /// Supersedes the messages it references.
        Update,
        /// Revokes the messages it references.
        Cancel,
        /// Acknowledges the messages it references.
        Ack,
        /// Rejects the messages it references.
        Error,
    }
}

enumeration! {
    /// Whom the message is for (CAP 1.2 §3.2.1).
    Scope {
        /// Everybody.
        Public,
        /// Those with a need to know.
        Restricted,
        /// Those it is addressed to.
        Private,
    }
}

enumeration! {
    /// What kind of hazard it is (CAP 1.2 §3.2.2).
    Category {
        /// The earth: earthquakes, landslides.
        Geo,
        /// The weather, floods included.
        Met,
        /// General emergency and public safety.
        Safety,
        /// Law enforcement and security.
        Security,
        /// Rescue and missing persons.
        Rescue,
        /// Fire.
        Fire,
        /// Health.
        Health,
        /// Pollution and other harm to the environment.
        Env,
        /// Traffic and public transport.
        Transport,
        /// Water, electricity, heating, telecommunications.
        Infra,
        /// Chemical, biological, radiological, nuclear, explosive.
        CBRNE,
        /// Anything else.
        Other,
    }
}

enumeration! {
    /// What the reader is asked to do (CAP 1.2 §3.2.2).
    ResponseType {
        /// Take shelter.
        Shelter,
        /// Leave.
        Evacuate,
        /// Make preparations.
        Prepare,
        /// Do what was planned beforehand.
        Execute,
        /// Stay away.
        Avoid,
        /// Follow the news.
        Monitor,
        /// Judge by the information given; no warning.
        Assess,
        /// The danger is over.
        AllClear,
        /// Nothing.
        None,
    }
}

enumeration! {
    /// How soon to act, the soonest first (CAP 1.2 §3.2.2).
    Urgency {
        /// At once.
        Immediate,
        /// Within an hour.
        Expected,
        /// In the near future.
        Future,
        /// No more.
        Past,
        /// Not known, not said or not readable.
        Unknown,
    }
}

enumeration! {
    /// How grave, the gravest first (CAP 1.2 §3.2.2).
    Severity {
        /// Extraordinary threat to life or property.
        Extreme,
        /// Significant threat.
        Severe,
        /// Possible threat.
        Moderate,
        /// Minimal or no known threat.
        Minor,
        /// Not known, not said or not readable.
        Unknown,
    }
}

enumeration! {
    /// How sure, the surest first (CAP 1.2 §3.2.2).
    Certainty {
        /// It happened or goes on.
        Observed,
        /// More than 50 %; the `Very Likely` of CAP 1.0 too.
        Likely,
        /// Possible but not likely.
        Possible,
        /// Not expected.
        Unlikely,
        /// Not known, not said or not readable.
        Unknown,
    }
}

/// One CAP message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Alert {
    /// The sender's own name for the message; not empty.
    pub identifier: String,
    /// Who sent it; not empty.
    pub sender: String,
    /// When.
    pub sent: Millis,
    /// Live or not; `None` when it is not said or not readable.
    pub status: Option<Status>,
    /// What it does; `None` when it is not said or not readable.
    pub msg_type: Option<MsgType>,
    /// What it came from: an operator, a device.
    #[serde(default)]
    pub source: Option<String>,
    /// Whom it is for; `None` when it is not said (CAP 1.0 allowed that) or not readable.
    pub scope: Option<Scope>,
    /// By which rule its distribution is limited, where its scope is restricted.
    #[serde(default)]
    pub restriction: Option<String>,
    /// Whom it is addressed to, as CAP writes them: parted by blanks.
    #[serde(default)]
    pub addresses: Option<String>,
    /// How it is to be handled, in codes of the sender's or of a profile.
    #[serde(default)]
    pub codes: Vec<String>,
    /// Why it was sent, for those who handle it: mostly of an exercise, a cancel or an error.
    #[serde(default)]
    pub note: Option<String>,
    /// The earlier messages that it is about.
    pub references: Vec<Reference>,
    /// The incidents that it belongs to, as CAP writes them: parted by blanks.
    #[serde(default)]
    pub incidents: Option<String>,
    /// What it tells, once per language and often once per area.
    pub infos: Vec<Info>,
    /// Whether it carries an XML signature. Signatures are not checked.
    pub signed: bool,
    /// Places and times that could not be read: a person must look before such an alert goes out.
    pub unread: Vec<Unread>,
}

/// What names one message among all (CAP 1.2 `references`): all three must match.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Reference {
    /// Who sent it.
    pub sender: String,
    /// The sender's own name for it.
    pub identifier: String,
    /// When.
    pub sent: Millis,
}

/// An element whose text could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    /// The element: `polygon`, `expires`.
    pub element: String,
    /// The beginning of its text.
    pub text: String,
}

/// What an alert tells, in one language.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Info {
    /// The language of its texts as a BCP 47 tag; `en-US` where none is said (CAP 1.2 §3.2.2).
    pub language: String,
    /// What kinds of hazard, at least one; `Other` where none is said.
    pub categories: Vec<Category>,
    /// The event in the info's own language; may be empty.
    pub event: String,
    /// What the reader is asked to do.
    pub response_types: Vec<ResponseType>,
    /// How soon.
    pub urgency: Urgency,
    /// How grave.
    pub severity: Severity,
    /// How sure.
    pub certainty: Certainty,
    /// Whom it is meant for, where it is not everybody there.
    #[serde(default)]
    pub audience: Option<String>,
    /// The event in the codes of various systems.
    pub event_codes: Vec<Code>,
    /// From when the message counts.
    pub effective: Option<Millis>,
    /// When the event is expected to begin.
    pub onset: Option<Millis>,
    /// When the message stops counting.
    pub expires: Option<Millis>,
    /// Who warns, for people to read.
    pub sender_name: Option<String>,
    /// One line.
    pub headline: Option<String>,
    /// What happens and what it means; line breaks are kept.
    pub description: Option<String>,
    /// What to do; line breaks are kept.
    pub instruction: Option<String>,
    /// Where to read more: http or https.
    pub web: Option<url::Url>,
    /// Whom to ask.
    pub contact: Option<String>,
    /// What else a system or a profile says of it: `awareness_level`.
    #[serde(default)]
    pub parameters: Vec<Code>,
    /// Files that belong to it, at their addresses.
    #[serde(default)]
    pub resources: Vec<Resource>,
    /// Where.
    pub areas: Vec<Area>,
}

/// A place: the union of its shapes and codes (CAP 1.2 §3.2.4).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Area {
    /// Its name in the info's language; may be empty.
    pub description: String,
    /// Polygons and circles.
    pub shapes: Vec<Shape>,
    /// Codes of districts, regions, warning cells.
    pub geocodes: Vec<Code>,
    /// From this height on, in feet above sea level; with a ceiling, the lower end of a range.
    #[serde(default)]
    pub altitude: Option<f64>,
    /// Up to this height, in feet above sea level.
    #[serde(default)]
    pub ceiling: Option<f64>,
}

/// A file that belongs to an alert (CAP 1.2 §3.2.3). What comes within the message itself
/// (`derefUri`) is not kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resource {
    /// What it is, for people; not empty.
    pub description: String,
    /// Its media type.
    pub mime_type: String,
    /// How large it is, in bytes.
    pub size: Option<u64>,
    /// Where it is: http or https.
    pub uri: Option<url::Url>,
    /// Its SHA-1, by which it is known again.
    pub digest: Option<String>,
}

/// A value in somebody's system of codes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code {
    /// The system: `NUTS3`, `SAME`.
    pub scheme: String,
    /// The code.
    pub value: String,
}

impl Alert {
    /// What names this message in the references of later ones.
    #[must_use]
    pub fn reference(&self) -> Reference {
        Reference {
            sender: self.sender.clone(),
            identifier: self.identifier.clone(),
            sent: self.sent,
        }
    }

    /// Whether it is meant for everybody and says so: live, public, and something that is told.
    /// Nothing else is ever published.
    #[must_use]
    pub fn is_public(&self) -> bool {
        let told = [MsgType::Alert, MsgType::Update, MsgType::Cancel];
        self.status == Some(Status::Actual)
            && self.scope == Some(Scope::Public)
            && self.msg_type.is_some_and(|kind| told.contains(&kind))
    }
}

impl Info {
    /// The primary language of its texts, or `None` when the tag is no language.
    #[must_use]
    pub fn lang(&self) -> Option<Lang> {
        let primary = self.language.split(['-', '_']).next()?;
        primary.parse().ok()
    }
}
