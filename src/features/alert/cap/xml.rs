//! XML into a small tree of elements, within bounds: of CAP messages, and of feeds that carry them.

use quick_xml::NsReader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};

use super::{Counted, Refusal, values};

/// The namespaces of CAP 1.0, 1.1 and 1.2.
const CAP: [&[u8]; 4] = [
    b"http://www.incident.com/cap/1.0",
    b"urn:oasis:names:tc:emergency:cap:1.0",
    b"urn:oasis:names:tc:emergency:cap:1.1",
    b"urn:oasis:names:tc:emergency:cap:1.2",
];
/// The namespace of XML signatures.
const SIGNATURES: &[u8] = b"http://www.w3.org/2000/09/xmldsig#";
/// The namespace of Atom (RFC 4287).
const ATOM: &[u8] = b"http://www.w3.org/2005/Atom";
/// The namespaces of EDXL-DE 1.0 and 2.0.
const DISTRIBUTION: [&[u8]; 2] = [
    b"urn:oasis:names:tc:emergency:EDXL:DE:1.0",
    b"urn:oasis:names:tc:emergency:EDXL:DE:2.0",
];
/// The attributes that are kept; feeds say with them where something is.
const KEPT: [&[u8]; 3] = [b"href", b"rel", b"type"];
/// The most attributes of one element; real alerts reach 10.
const MAX_ATTRIBUTES: usize = 32;
/// The most characters of an attribute that is kept.
const MAX_ATTRIBUTE: usize = 2_000;

/// What judges the first element of a document by name and namespace.
type Judge = fn(&str, &[u8]) -> Result<(), Refusal>;

/// How large a document may be besides its bytes.
#[derive(Debug, Clone, Copy)]
pub(in crate::features) struct Bounds {
    /// The deepest nesting.
    pub depth: usize,
    /// The most elements, references, comments and the like together.
    pub parts: usize,
}

impl Bounds {
    /// One message: signatures in real alerts reach a depth of 8, real alerts 10,000 parts.
    pub(in crate::features) const MESSAGE: Self = Self {
        depth: 24,
        parts: 30_000,
    };
    /// A feed with messages in it: real ones reach 3,000 entries of 30 parts.
    pub(in crate::features) const FEED: Self = Self {
        depth: 32,
        parts: 150_000,
    };
}

/// Whose word an element is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::features) enum Space {
    /// CAP's, in any version.
    Cap,
    /// That of XML signatures.
    Signature,
    /// Atom's.
    Atom,
    /// EDXL-DE's.
    Distribution,
    /// Nobody's, as in RSS.
    Bare,
    /// Somebody else's.
    Other,
}

impl Space {
    fn of(namespace: &[u8]) -> Self {
        match namespace {
            b"" => Self::Bare,
            SIGNATURES => Self::Signature,
            ATOM => Self::Atom,
            _ if CAP.contains(&namespace) => Self::Cap,
            _ if DISTRIBUTION.contains(&namespace) => Self::Distribution,
            _ => Self::Other,
        }
    }
}

/// An element with its own text (that of its children apart) and its children.
#[derive(Debug)]
pub(in crate::features) struct Element {
    pub(in crate::features) name: String,
    pub(in crate::features) space: Space,
    pub(in crate::features) text: String,
    pub(in crate::features) children: Vec<Element>,
    attributes: Vec<(&'static [u8], String)>,
}

impl Element {
    /// The children of this name in this space, whatever stands between them.
    pub(in crate::features) fn children_in<'a>(
        &'a self,
        space: Space,
        name: &'a str,
    ) -> impl Iterator<Item = &'a Element> {
        let theirs = move |child: &&Element| child.space == space && child.name == name;
        self.children.iter().filter(theirs)
    }

    /// CAP's children of this name.
    pub(super) fn children_of<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.children_in(Space::Cap, name)
    }

    /// The text of the first child of this name in this space that has any.
    pub(in crate::features) fn text_in(&self, space: Space, name: &str) -> Option<&str> {
        self.children
            .iter()
            .filter(|child| child.space == space && child.name == name)
            .map(|child| child.text.trim())
            .find(|text| !text.is_empty())
    }

    /// The texts of CAP's children of this name that have any.
    pub(super) fn texts_of<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.children_of(name)
            .map(|child| child.text.trim())
            .filter(|text| !text.is_empty())
    }

    /// The text of CAP's first child of this name that has any.
    pub(in crate::features) fn text_of(&self, name: &str) -> Option<&str> {
        self.text_in(Space::Cap, name)
    }

    /// An attribute: `href`, `rel` or `type`.
    pub(in crate::features) fn attribute(&self, name: &str) -> Option<&str> {
        let mut all = self.attributes.iter();
        all.find(|(known, _)| *known == name.as_bytes())
            .map(|(_, value)| value.trim())
    }

    /// Whether it carries an XML signature.
    pub(super) fn is_signed(&self) -> bool {
        self.children_in(Space::Signature, "Signature")
            .next()
            .is_some()
    }

    /// That it is CAP's element of an alert.
    ///
    /// # Errors
    /// [`Refusal::NotAnAlert`] or [`Refusal::Namespace`].
    fn is_alert(name: &str, namespace: &[u8]) -> Result<(), Refusal> {
        if name != "alert" {
            return Err(Refusal::NotAnAlert(values::excerpt(name)));
        }
        if Space::of(namespace) != Space::Cap {
            let found = String::from_utf8_lossy(namespace);
            return Err(Refusal::Namespace(values::excerpt(&found)));
        }
        Ok(())
    }
}

/// Reads a document whose element is a CAP `alert`; nothing in it is looked up outside it.
///
/// # Errors
/// A [`Refusal`] for anything but well-formed XML of a CAP alert within the limits.
pub(super) fn parse(text: &str) -> Result<Element, Refusal> {
    read(text, Bounds::MESSAGE, Some(Element::is_alert))
}

/// Reads any document; nothing in it is looked up outside it. `root`, if any, judges its first
/// element by name and namespace.
///
/// # Errors
/// A [`Refusal`] for anything but well-formed XML within the bounds, and what `root` says.
pub(in crate::features) fn read(
    text: &str,
    bounds: Bounds,
    root: Option<Judge>,
) -> Result<Element, Refusal> {
    let mut reader = NsReader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    reader
        .resolver_mut()
        .set_max_declarations_per_element(MAX_ATTRIBUTES);
    let mut tree = Tree {
        bounds,
        judge: root,
        open: vec![],
        root: None,
        parts: 0,
    };
    loop {
        let before = reader.buffer_position();
        let outcome = match reader.read_resolved_event() {
            Ok((_, Event::Eof)) => break,
            Ok((namespace, event)) => tree.take(&namespace, &event),
            Err(error) => Err(Fault::from(error)),
        };
        outcome.map_err(|fault| match fault {
            Fault::Refused(refusal) => refusal,
            Fault::Malformed => malformed(text, before.max(reader.error_position())),
        })?;
    }
    match tree.root {
        Some(root) if tree.open.is_empty() => Ok(root),
        _ => Err(malformed(text, u64::MAX)),
    }
}

/// Why reading ends early; where, the caller knows.
enum Fault {
    Malformed,
    Refused(Refusal),
}

impl From<quick_xml::Error> for Fault {
    fn from(error: quick_xml::Error) -> Self {
        use quick_xml::name::NamespaceError::TooManyDeclarations;
        match error {
            quick_xml::Error::Namespace(TooManyDeclarations(_)) => {
                Self::Refused(Refusal::TooMany(Counted::Attributes))
            }
            _ => Self::Malformed,
        }
    }
}

fn malformed(text: &str, position: u64) -> Refusal {
    let end = usize::try_from(position).map_or(text.len(), |end| end.min(text.len()));
    let breaks = text.as_bytes()[..end].iter().filter(|b| **b == b'\n');
    Refusal::Malformed(breaks.count() + 1)
}

/// The tree while it grows.
struct Tree {
    bounds: Bounds,
    judge: Option<Judge>,
    open: Vec<Element>,
    root: Option<Element>,
    parts: usize,
}

impl Tree {
    fn take(&mut self, namespace: &ResolveResult, event: &Event) -> Result<(), Fault> {
        if !matches!(event, Event::End(_) | Event::Text(_)) {
            self.parts += 1;
            if self.parts > self.bounds.parts {
                return Err(Fault::Refused(Refusal::TooMany(Counted::Parts)));
            }
        }
        match event {
            Event::Start(start) => return self.open(namespace, start),
            Event::End(_) => self.close(),
            Event::Text(text) => {
                let text = text.xml10_content().map_err(|_| Fault::Malformed)?;
                return self.text(&text);
            }
            Event::CData(text) => {
                let text = text.xml10_content().map_err(|_| Fault::Malformed)?;
                return self.text(&text);
            }
            Event::GeneralRef(reference) => return self.text(entity(reference)?.as_ref()),
            Event::DocType(_) => return Err(Fault::Refused(Refusal::Doctype)),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::Empty(_) | Event::Eof => {}
        }
        Ok(())
    }

    fn open(&mut self, namespace: &ResolveResult, start: &BytesStart) -> Result<(), Fault> {
        let refused = |refusal| Err(Fault::Refused(refusal));
        if self.open.len() >= self.bounds.depth {
            return refused(Refusal::TooDeep);
        }
        let mut attributes = vec![];
        for (count, attribute) in start.attributes().with_checks(false).enumerate() {
            if count >= MAX_ATTRIBUTES {
                return refused(Refusal::TooMany(Counted::Attributes));
            }
            let attribute = attribute.map_err(|_| Fault::Malformed)?;
            let kept = KEPT.iter().find(|name| **name == attribute.key.as_ref());
            // One that cannot be read is as good as none; a message has no need of any.
            let value = kept.and_then(|_| attribute.normalized_value(XmlVersion::Implicit1_0).ok());
            if let Some((name, value)) = kept.zip(value) {
                attributes.push((*name, value.chars().take(MAX_ATTRIBUTE).collect()));
            }
        }
        let found: &[u8] = match namespace {
            ResolveResult::Bound(Namespace(found)) => found,
            ResolveResult::Unbound => b"",
            ResolveResult::Unknown(_) => return Err(Fault::Malformed),
        };
        let name = String::from_utf8_lossy(start.local_name().as_ref()).into_owned();
        if self.open.is_empty() {
            if self.root.is_some() {
                return Err(Fault::Malformed);
            }
            if let Some(judge) = self.judge {
                judge(&name, found).map_err(Fault::Refused)?;
            }
        }
        self.open.push(Element {
            name,
            space: Space::of(found),
            text: String::new(),
            children: vec![],
            attributes,
        });
        Ok(())
    }

    /// The reader has seen to it that the end belongs to the element that is open.
    fn close(&mut self) {
        let Some(element) = self.open.pop() else {
            return;
        };
        match self.open.last_mut() {
            Some(parent) => parent.children.push(element),
            None => self.root = Some(element),
        }
    }

    fn text(&mut self, text: &str) -> Result<(), Fault> {
        match self.open.last_mut() {
            Some(element) => element.text.push_str(text),
            None if text.trim().is_empty() => {}
            None => return Err(Fault::Malformed),
        }
        Ok(())
    }
}

/// The text of a character reference or of one of the five entities that XML defines itself.
fn entity(reference: &BytesRef) -> Result<String, Fault> {
    match reference.resolve_char_ref() {
        Ok(Some(letter)) => return Ok(letter.to_string()),
        Ok(None) => {}
        Err(_) => return Err(Fault::Malformed),
    }
    let name = reference.decode().map_err(|_| Fault::Malformed)?;
    match quick_xml::escape::resolve_xml_entity(&name) {
        Some(text) => Ok(text.to_owned()),
        None => Err(Fault::Refused(Refusal::Entity(values::excerpt(&name)))),
    }
}
