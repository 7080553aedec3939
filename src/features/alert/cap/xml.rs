//! XML into a small tree of CAP elements, within limits; what is not CAP's is passed over.

use quick_xml::NsReader;
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
/// The deepest nesting; signatures in real alerts reach 8.
const MAX_DEPTH: usize = 24;
/// The most elements, references, comments and the like together; real alerts reach 10,000.
const MAX_PARTS: usize = 30_000;
/// The most attributes of one element; real alerts reach 10.
const MAX_ATTRIBUTES: usize = 32;

/// A CAP element with its own text (that of its children apart) and its CAP children.
#[derive(Debug, Default)]
pub(super) struct Element {
    name: String,
    ours: bool,
    pub(super) text: String,
    children: Vec<Element>,
}

/// A whole message.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) root: Element,
    pub(super) signed: bool,
}

impl Element {
    /// The children of this name, whatever stands between them.
    pub(super) fn children_of(&self, name: &str) -> impl Iterator<Item = &Element> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The texts of the children of this name that have any.
    pub(super) fn texts_of(&self, name: &str) -> impl Iterator<Item = &str> {
        self.children_of(name)
            .map(|child| child.text.trim())
            .filter(|text| !text.is_empty())
    }

    /// The text of the first child of this name that has any.
    pub(super) fn text_of(&self, name: &str) -> Option<&str> {
        self.texts_of(name).next()
    }
}

/// Reads the document. Its element is a CAP `alert`, and nothing in it is looked up outside it.
///
/// # Errors
/// A [`Refusal`] for anything but well-formed XML of a CAP alert within the limits.
pub(super) fn parse(text: &str) -> Result<Document, Refusal> {
    let mut reader = NsReader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    reader
        .resolver_mut()
        .set_max_declarations_per_element(MAX_ATTRIBUTES);
    let mut tree = Tree::default();
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
        Some(root) if tree.open.is_empty() => Ok(Document {
            root,
            signed: tree.signed,
        }),
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
#[derive(Default)]
struct Tree {
    open: Vec<Element>,
    root: Option<Element>,
    parts: usize,
    signed: bool,
}

impl Tree {
    fn take(&mut self, namespace: &ResolveResult, event: &Event) -> Result<(), Fault> {
        if !matches!(event, Event::End(_) | Event::Text(_)) {
            self.parts += 1;
            if self.parts > MAX_PARTS {
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
        if self.open.len() >= MAX_DEPTH {
            return refused(Refusal::TooDeep);
        }
        for (count, attribute) in start.attributes().with_checks(false).enumerate() {
            if count >= MAX_ATTRIBUTES {
                return refused(Refusal::TooMany(Counted::Attributes));
            }
            attribute.map_err(|_| Fault::Malformed)?;
        }
        let found: &[u8] = match namespace {
            ResolveResult::Bound(Namespace(found)) => found,
            ResolveResult::Unbound => b"",
            ResolveResult::Unknown(_) => return Err(Fault::Malformed),
        };
        let ours = CAP.contains(&found);
        let name = String::from_utf8_lossy(start.local_name().as_ref()).into_owned();
        match self.open.len() {
            0 if self.root.is_some() => return Err(Fault::Malformed),
            0 if name != "alert" => return refused(Refusal::NotAnAlert(values::excerpt(&name))),
            0 if !ours => {
                let found = String::from_utf8_lossy(found);
                return refused(Refusal::Namespace(values::excerpt(&found)));
            }
            1 => self.signed |= found == SIGNATURES && name == "Signature",
            _ => {}
        }
        self.open.push(Element {
            name,
            ours,
            ..Element::default()
        });
        Ok(())
    }

    /// The reader has seen to it that the end belongs to the element that is open.
    fn close(&mut self) {
        let Some(element) = self.open.pop() else {
            return;
        };
        match self.open.last_mut() {
            Some(parent) if element.ours => parent.children.push(element),
            Some(_) => {}
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
