//! From bytes to a typed request. No IO: the time, the token and the database come later.

use serde_json::Value;

use super::fields::{Faults, Fields, Wrong};
use super::table::{Op, Operation, Takes};
use crate::base::point::Point;
use crate::features::alert::cap::{self, Refusal};
use crate::features::alert::template::{self, Facts, TABLE, Template, Where};
use crate::features::alert::{Alert, Severity};
use crate::message::{say, say_with_text};

/// The most bytes of JSON; a CAP message may have [`cap::MAX_BYTES`].
pub const MOST_JSON: usize = 64 * 1024;

/// The media types of JSON and of CAP.
const JSON: &str = "application/json";
const CAP: [&str; 3] = ["application/cap+xml", "application/xml", "text/xml"];

/// What is asked for, understood.
#[derive(Debug, Clone, PartialEq)]
pub enum Call {
    /// Nothing beyond what the path says.
    Plain,
    /// A draft of a template's facts; or of a drill.
    Draw(Box<Facts>, bool),
    /// A draft of a CAP message.
    File(Box<Alert>),
    /// The word that an alert was wrong.
    Correct(template::Wrong),
    /// A decision on a draft of which this revision was seen, and what was written to it.
    Decide(i64, String),
}

/// Why a body was not understood.
#[derive(Debug, Clone, PartialEq)]
pub enum Unread {
    /// It is of a kind that is not taken.
    Media,
    /// There is a body where none is taken.
    Needless,
    /// It is larger than it may be.
    TooLarge,
    /// It is no JSON: the line and the column where that was noticed, from 1.
    Json(usize, usize),
    /// Some fields are wrong.
    Fields(Vec<Wrong>),
    /// It is no CAP message that can be used.
    Cap(Refusal),
}

/// The most bytes that a body may have.
#[must_use]
pub fn most_bytes(takes: Takes) -> usize {
    match takes {
        Takes::JsonOrCap(_) => cap::MAX_BYTES,
        Takes::Json(_) | Takes::Nothing => MOST_JSON,
    }
}

/// Reads the body of a request for `operation`; `media` is its content type, empty where none is
/// said. Whatever the bytes are, this ends soon and never panics.
///
/// # Errors
/// [`Unread`], with everything that is wrong with the fields.
pub fn read(operation: &Operation, media: &str, body: &[u8]) -> Result<Call, Unread> {
    let (kind, parameters) = media.split_once(';').unwrap_or((media, ""));
    let kind = kind.trim().to_ascii_lowercase();
    match operation.takes {
        Takes::Nothing if body.is_empty() => return Ok(Call::Plain),
        Takes::Nothing => return Err(Unread::Needless),
        Takes::JsonOrCap(_) if CAP.contains(&kind.as_str()) => {
            let alert = cap::read(body).map_err(Unread::Cap)?;
            return Ok(Call::File(Box::new(alert)));
        }
        Takes::JsonOrCap(_) | Takes::Json(_) => {}
    }
    // JSON is UTF-8 (RFC 8259 §8.1); whoever says another charset is not understood.
    let parameters = parameters.trim().to_ascii_lowercase().replace('"', "");
    if kind != JSON || !matches!(parameters.as_str(), "" | "charset=utf-8") {
        return Err(Unread::Media);
    }
    if body.len() > MOST_JSON {
        return Err(Unread::TooLarge);
    }
    let value: Value =
        serde_json::from_slice(body).map_err(|why| Unread::Json(why.line(), why.column()))?;
    let mut faults = Faults::default();
    let call = Fields::of(&value, "", &mut faults)
        .and_then(|fields| understood(operation.op, fields, &mut faults));
    match call {
        Some(call) if faults.0.is_empty() => Ok(call),
        _ => Err(Unread::Fields(faults.0)),
    }
}

fn understood(op: Op, mut fields: Fields<'_>, faults: &mut Faults) -> Option<Call> {
    let call = match op {
        Op::NewDraft => {
            let drill = fields.flag("drill", faults);
            facts(&mut fields, faults).map(|facts| Call::Draw(Box::new(facts), drill))
        }
        Op::Update => facts(&mut fields, faults).map(|facts| Call::Draw(Box::new(facts), false)),
        Op::Correct => {
            let parse = |code: &str| {
                let mut all = template::Wrong::ALL.into_iter();
                all.find(|wrong| wrong.code() == code)
            };
            let all = template::Wrong::ALL.map(template::Wrong::code);
            fields.need("wrong", faults);
            fields
                .code("wrong", (parse, &all), faults)
                .map(Call::Correct)
        }
        _ => {
            let revision = match fields.need("revision", faults) {
                Some(_) => fields.number("revision", faults),
                None => None,
            };
            let text = match op {
                Op::Approve => fields.text("confirm", faults),
                Op::Submit => None,
                _ => fields.need_text("reason", faults),
            };
            let text = text.unwrap_or_default().to_owned();
            revision.map(|revision| Call::Decide(revision, text))
        }
    };
    fields.end(faults);
    call
}

/// The facts of a template, in the form in which [`Facts`] are written as JSON.
fn facts(fields: &mut Fields<'_>, faults: &mut Faults) -> Option<Facts> {
    let value = fields.need("facts", faults)?;
    let mut own = Fields::of(value, &fields.at("facts"), faults)?;
    let all: Vec<&str> = TABLE.iter().map(|declared| declared.code).collect();
    own.need("template", faults);
    let template = own.code("template", (Template::parse, &all), faults);
    let mut facts = Facts::of(template.unwrap_or(Template::Free));
    if let Some(value) = own.find("place") {
        facts.place = place(value, &own.at("place"), faults);
    }
    facts.from = own.moment("from", faults);
    facts.until = own.moment("until", faults);
    facts.contact = own.text("contact", faults).map(str::to_owned);
    facts.cause = own.text("cause", faults).map(str::to_owned);
    facts.number = own.number("number", faults);
    facts.about = own.text("about", faults).map(str::to_owned);
    facts.text = own.texts("text", faults);
    let severities = [
        Severity::Extreme,
        Severity::Severe,
        Severity::Moderate,
        Severity::Minor,
    ];
    let severities = severities.map(Severity::name);
    facts.severity = own.code("severity", (Severity::parse, &severities), faults);
    facts.emergency = own.flag("emergency", faults);
    own.end(faults);
    template.map(|_| facts)
}

/// A place: `"everywhere"`, or an object with one of `named`, `address`, `around`.
fn place(value: &Value, pointer: &str, faults: &mut Faults) -> Where {
    if value.as_str() == Some("everywhere") {
        return Where::Everywhere;
    }
    let one = value.as_object().filter(|map| map.len() == 1);
    let Some((kind, _)) = one.and_then(|map| map.iter().next()) else {
        faults.add(pointer.to_owned(), say("api-field-place"));
        return Where::default();
    };
    let Some(mut fields) = Fields::of(value, pointer, faults) else {
        return Where::default();
    };
    let place = match kind.as_str() {
        "named" => Some(Where::Named(fields.list("named", faults))),
        "address" => {
            let at = fields.at("address");
            let inner = fields.find("address");
            inner.and_then(|inner| address(inner, &at, faults))
        }
        "around" => {
            let at = fields.at("around");
            let inner = fields.find("around");
            inner.and_then(|inner| around(inner, &at, faults))
        }
        _ => {
            faults.add(pointer.to_owned(), say("api-field-place"));
            return Where::default();
        }
    };
    place.unwrap_or_default()
}

fn address(value: &Value, pointer: &str, faults: &mut Faults) -> Option<Where> {
    let mut fields = Fields::of(value, pointer, faults)?;
    let line = fields.need_text("line", faults).map(str::to_owned);
    let within = fields.list("within", faults);
    fields.end(faults);
    Some(Where::Address {
        line: line?,
        within,
    })
}

fn around(value: &Value, pointer: &str, faults: &mut Faults) -> Option<Where> {
    let mut fields = Fields::of(value, pointer, faults)?;
    let text = fields.need_text("point", faults);
    let point = text.and_then(Point::read);
    if let (Some(text), None) = (text, point) {
        let shown: String = text.chars().take(40).collect();
        let words = say_with_text("api-field-point", &shown);
        faults.add(fields.at("point"), words);
    }
    fields.need("radius", faults);
    let radius = fields.number("radius", faults);
    let line = fields.text("line", faults).map(str::to_owned);
    fields.end(faults);
    Some(Where::Around {
        point: point?,
        radius: radius?,
        line,
    })
}
