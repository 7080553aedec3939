//! Reads CAP 1.0, 1.1 and 1.2 leniently into one [`Alert`], and [writes](write) CAP 1.2 strictly.
//!
//! Order and missing parts are forgiven. An alert is refused only where nothing certain would be
//! left of it: no XML, no CAP, no name, or beyond the limits below. All else that is missing or odd
//! is carried in the type, and [`super::rules`] decides what follows from it. Not kept: signatures
//! and files that come within a message.

mod encoding;
mod refusal;
pub(in crate::features) mod values;
pub mod write;
pub(in crate::features) mod xml;

pub(in crate::features) use encoding::decode;
pub use refusal::{Counted, Refusal};

use super::{
    Alert, Area, Category, Certainty, Code, Info, MsgType, Resource, ResponseType, Scope, Severity,
    Status, Unread, Urgency,
};
use crate::base::clock::Millis;
use crate::base::point::Shape;
use xml::Element;

/// The largest file that is read, in bytes; real ones reach 400 KB.
pub const MAX_BYTES: usize = 1024 * 1024;
/// The most characters a text that is kept may have.
const MAX_TEXT: usize = 20_000;
/// The most infos; one per language and area in real ones.
const MAX_INFOS: usize = 64;
/// The most areas of one alert.
const MAX_AREAS: usize = 4_000;
/// The most codes of areas and events, parameters and resources in one alert together.
const MAX_CODES: usize = 12_000;
/// The most points of all shapes of one alert together.
const MAX_POINTS: usize = 20_000;
/// The most messages that one refers to.
const MAX_REFERENCES: usize = 500;
/// The media type of what is not said to be anything else.
const BYTES: &str = "application/octet-stream";
/// How many unreadable parts are kept: a person needs an example, not all.
const MAX_UNREAD: usize = 8;

/// Reads one CAP message. Nothing is ever fetched, and time and memory are bounded by the limits.
///
/// # Errors
/// A [`Refusal`] that says why this is not an alert that can be used.
pub fn read(bytes: &[u8]) -> Result<Alert, Refusal> {
    if bytes.len() > MAX_BYTES {
        return Err(Refusal::TooLarge);
    }
    let text = encoding::decode(bytes)?;
    of(&xml::parse(&text)?)
}

/// The message of a CAP `alert` element, also one that stands in a feed.
///
/// # Errors
/// As [`read`].
pub(in crate::features) fn of(root: &Element) -> Result<Alert, Refusal> {
    let mut reading = Reading::default();
    let sent = root.text_of("sent").ok_or(Refusal::Missing("sent"))?;
    Ok(Alert {
        identifier: required(root, "identifier")?,
        sender: required(root, "sender")?,
        sent: values::time(sent).ok_or_else(|| Refusal::Time(values::excerpt(sent)))?,
        status: root.text_of("status").and_then(Status::parse),
        msg_type: root.text_of("msgType").and_then(MsgType::parse),
        source: line(root, "source")?,
        scope: root.text_of("scope").and_then(Scope::parse),
        restriction: line(root, "restriction")?,
        addresses: line(root, "addresses")?,
        codes: reading.handling(root)?,
        note: lines(root, "note")?,
        references: reading.references(root)?,
        incidents: line(root, "incidents")?,
        infos: reading.infos(root)?,
        signed: root.is_signed(),
        unread: reading.unread,
    })
}

/// What is counted and noted on the way through one message.
#[derive(Default)]
struct Reading {
    areas: usize,
    codes: usize,
    points: usize,
    unread: Vec<Unread>,
}

impl Reading {
    fn references(&mut self, root: &Element) -> Result<Vec<super::Reference>, Refusal> {
        let mut references = vec![];
        for text in root.texts_of("references").flat_map(str::split_whitespace) {
            match values::reference(text) {
                Some(reference) => references.push(reference),
                None => self.note("references", text),
            }
            if references.len() > MAX_REFERENCES {
                return Err(Refusal::TooMany(Counted::References));
            }
        }
        Ok(references)
    }

    fn infos(&mut self, root: &Element) -> Result<Vec<Info>, Refusal> {
        if root.children_of("info").count() > MAX_INFOS {
            return Err(Refusal::TooMany(Counted::Infos));
        }
        root.children_of("info")
            .map(|info| self.info(info))
            .collect()
    }

    fn info(&mut self, info: &Element) -> Result<Info, Refusal> {
        let mut categories: Vec<_> = info
            .texts_of("category")
            .filter_map(Category::parse)
            .collect();
        if categories.is_empty() {
            categories.push(Category::Other);
        }
        Ok(Info {
            language: match line(info, "language")? {
                Some(tag) => values::language(&tag),
                None => "en-US".to_owned(),
            },
            categories,
            event: line(info, "event")?.unwrap_or_default(),
            response_types: info
                .texts_of("responseType")
                .filter_map(ResponseType::parse)
                .collect(),
            urgency: info
                .text_of("urgency")
                .and_then(Urgency::parse)
                .unwrap_or(Urgency::Unknown),
            severity: info
                .text_of("severity")
                .and_then(Severity::parse)
                .unwrap_or(Severity::Unknown),
            certainty: certainty(info),
            audience: line(info, "audience")?,
            event_codes: self.codes(info, "eventCode")?,
            effective: self.time(info, "effective"),
            onset: self.time(info, "onset"),
            expires: self.time(info, "expires"),
            sender_name: line(info, "senderName")?,
            headline: line(info, "headline")?,
            description: lines(info, "description")?,
            instruction: lines(info, "instruction")?,
            web: info.text_of("web").and_then(values::web),
            contact: line(info, "contact")?,
            parameters: self.codes(info, "parameter")?,
            resources: self.resources(info)?,
            areas: info
                .children_of("area")
                .map(|area| self.area(area))
                .collect::<Result<_, _>>()?,
        })
    }

    fn area(&mut self, area: &Element) -> Result<Area, Refusal> {
        self.areas += 1;
        if self.areas > MAX_AREAS {
            return Err(Refusal::TooMany(Counted::Areas));
        }
        let mut shapes = vec![];
        for (element, read) in [
            ("polygon", values::polygon as fn(&str) -> Option<Shape>),
            ("circle", values::circle),
        ] {
            for text in area.texts_of(element) {
                match read(text) {
                    Some(shape) => shapes.push(shape),
                    None => self.note(element, text),
                }
            }
        }
        self.points += shapes.iter().map(points_of).sum::<usize>();
        if self.points > MAX_POINTS {
            return Err(Refusal::TooMany(Counted::Points));
        }
        Ok(Area {
            description: line(area, "areaDesc")?.unwrap_or_default(),
            shapes,
            geocodes: self.codes(area, "geocode")?,
            altitude: area.text_of("altitude").and_then(values::height),
            ceiling: area.text_of("ceiling").and_then(values::height),
        })
    }

    /// The codes by which the whole message is handled.
    fn handling(&mut self, root: &Element) -> Result<Vec<String>, Refusal> {
        let codes = root.texts_of("code").map(|code| kept(code, "code"));
        let mut codes = codes.collect::<Result<Vec<_>, _>>()?;
        codes.retain(|code| !code.is_empty());
        self.count(codes.len())?;
        Ok(codes)
    }

    /// Files that belong to an info. One without a type is bytes, one without a description is
    /// known by its type.
    fn resources(&mut self, info: &Element) -> Result<Vec<Resource>, Refusal> {
        let mut resources = vec![];
        for resource in info.children_of("resource") {
            let mime_type = line(resource, "mimeType")?.unwrap_or_else(|| BYTES.to_owned());
            resources.push(Resource {
                description: line(resource, "resourceDesc")?.unwrap_or_else(|| mime_type.clone()),
                mime_type,
                size: resource.text_of("size").and_then(|size| size.parse().ok()),
                uri: resource.text_of("uri").and_then(values::web),
                digest: line(resource, "digest")?,
            });
        }
        self.count(resources.len())?;
        Ok(resources)
    }

    fn count(&mut self, more: usize) -> Result<(), Refusal> {
        self.codes += more;
        if self.codes > MAX_CODES {
            return Err(Refusal::TooMany(Counted::Codes));
        }
        Ok(())
    }

    /// Codes as CAP 1.1 and 1.2 have them, in two elements, or as `NAME=value` (CAP 1.0). Codes
    /// without a value, common in real feeds, are left out.
    fn codes(&mut self, parent: &Element, element: &str) -> Result<Vec<Code>, Refusal> {
        let mut codes = vec![];
        for code in parent.children_of(element) {
            let pair = match code.text_of("value") {
                Some(value) => Some((code.text_of("valueName").unwrap_or_default(), value)),
                None => code.text.split_once('='),
            };
            let Some((scheme, value)) = pair else {
                continue;
            };
            let (scheme, value) = (kept(scheme, "valueName")?, kept(value, "value")?);
            if !value.is_empty() {
                codes.push(Code { scheme, value });
            }
        }
        self.count(codes.len())?;
        Ok(codes)
    }

    fn time(&mut self, info: &Element, element: &str) -> Option<Millis> {
        let text = info.text_of(element)?;
        let time = values::time(text);
        if time.is_none() {
            self.note(element, text);
        }
        time
    }

    fn note(&mut self, element: &str, text: &str) {
        if self.unread.len() < MAX_UNREAD {
            self.unread.push(Unread {
                element: element.to_owned(),
                text: values::excerpt(text),
            });
        }
    }
}

fn points_of(shape: &Shape) -> usize {
    match shape {
        Shape::Polygon(ring) => ring.len(),
        Shape::Circle { .. } => 1,
    }
}

fn certainty(info: &Element) -> Certainty {
    match info.text_of("certainty") {
        Some(text) if text.eq_ignore_ascii_case("Very Likely") => Certainty::Likely,
        Some(text) => Certainty::parse(text).unwrap_or(Certainty::Unknown),
        None => Certainty::Unknown,
    }
}

fn required(root: &Element, element: &'static str) -> Result<String, Refusal> {
    line(root, element)?.ok_or(Refusal::Missing(element))
}

/// The text of a child on one line, or `None` when it is absent or empty.
fn line(parent: &Element, element: &'static str) -> Result<Option<String>, Refusal> {
    let text = parent.text_of(element).unwrap_or_default();
    let text = kept(text, element)?;
    Ok((!text.is_empty()).then_some(text))
}

/// The text of a child with its line breaks, or `None` when it is absent or empty.
fn lines(parent: &Element, element: &'static str) -> Result<Option<String>, Refusal> {
    let text = values::lines(parent.text_of(element).unwrap_or_default());
    bounded(&text, element)?;
    Ok((!text.is_empty()).then_some(text))
}

fn kept(text: &str, element: &'static str) -> Result<String, Refusal> {
    let text = values::line(text);
    bounded(&text, element)?;
    Ok(text)
}

fn bounded(text: &str, element: &'static str) -> Result<(), Refusal> {
    if text.chars().nth(MAX_TEXT).is_some() {
        return Err(Refusal::TooLong(element));
    }
    Ok(())
}
