//! Atom: entries with a message, with the address of one, or with words.

use super::{CAP_TYPES, How, MAX_ENTRIES, address, embedded, moment, plain};
use crate::config::feeds::Kind;
use crate::features::alert::cap::values;
use crate::features::alert::cap::xml::{Element, Space};
use crate::features::feed::unfit::Unfit;
use crate::features::feed::{Content, Entry};
use url::Url;

/// The entries of a feed.
pub(super) fn entries(root: &Element, how: &How<'_>) -> Result<Vec<Entry>, Unfit> {
    let all: Vec<&Element> = root.children_in(Space::Atom, "entry").collect();
    if all.len() > MAX_ENTRIES {
        return Err(Unfit::TooMany);
    }
    Ok(all
        .into_iter()
        .map(|entry| self::entry(entry, how))
        .collect())
}

fn entry(element: &Element, how: &How<'_>) -> Entry {
    let atom = |name: &str| element.text_in(Space::Atom, name);
    let worded = |name: &str| {
        let found = element.children_in(Space::Atom, name).next();
        found.map(words).unwrap_or_default()
    };
    let text = ["summary", "content"]
        .map(worded)
        .into_iter()
        .find(|text| !text.is_empty());
    let fields = how.fields;
    let mapped = |field: &Option<String>| field.as_deref().and_then(|name| any(element, name));
    let web = links(element, how.base)
        .find(|(link, _)| is_page(link))
        .map(|(_, url)| url);
    let time = element.text_of("sent").or_else(|| atom("updated"));
    let time =
        mapped(&fields.time).or_else(|| time.or_else(|| atom("published")).map(str::to_owned));
    let area = element.text_of("areaDesc").map(str::to_owned);
    let mut entry = Entry {
        id: String::new(),
        title: plain::title(&mapped(&fields.title).unwrap_or_else(|| worded("title"))),
        text: plain::text(&mapped(&fields.text).or(text).unwrap_or_default()),
        link: mapped(&fields.link)
            .and_then(|link| address(&link, how.base))
            .or(web),
        time: time.and_then(|time| moment(&time, how.zone)),
        expires: element.text_of("expires").and_then(values::time),
        place: mapped(&fields.place)
            .or(area)
            .map(|place| values::line(&place)),
        content: Content::Plain,
    };
    let mut id = mapped(&fields.id).or_else(|| atom("id").map(str::to_owned));
    if how.kind == Kind::Cap {
        entry.content = content(element, how.base);
        if let Content::Message(alert) = &entry.content {
            id = Some(alert.identifier.clone());
        } else {
            // One message, told once for each of its areas, is one message.
            id = element.text_of("identifier").map(str::to_owned).or(id);
        }
    } else if entry.title.is_empty() && entry.text.is_empty() {
        entry.content = Content::Unusable(Unfit::NoWords);
    }
    entry.named(&id.unwrap_or_default())
}

/// What an entry brings where messages are expected.
pub(super) fn content(element: &Element, base: Option<&Url>) -> Content {
    let own = element.children.iter();
    let inner = own
        .clone()
        .filter(|child| child.name == "content")
        .flat_map(|content| &content.children);
    if let Some(alert) = own.chain(inner).find(|child| child.name == "alert") {
        return match embedded(alert) {
            Ok(alert) => Content::Message(Box::new(alert)),
            Err(refusal) => Content::Unusable(refusal.into()),
        };
    }
    let told = links(element, base).find(|(link, _)| is_cap(link));
    let likely = || links(element, base).find(|(link, _)| may_be_cap(link));
    match told.or_else(likely) {
        Some((_, url)) => Content::Elsewhere(url),
        None => Content::Unusable(Unfit::NoMessage),
    }
}

/// The links of an entry, where they lead.
fn links<'a>(
    element: &'a Element,
    base: Option<&'a Url>,
) -> impl Iterator<Item = (&'a Element, Url)> {
    let all = element.children_in(Space::Atom, "link");
    all.filter_map(move |link| Some((link, address(link.attribute("href")?, base)?)))
}

fn is_cap(link: &Element) -> bool {
    let kind = link.attribute("type").unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    CAP_TYPES
        .iter()
        .any(|known| known.eq_ignore_ascii_case(kind))
}

/// A link that does not say what it leads to, and for all it says may lead to a message.
fn may_be_cap(link: &Element) -> bool {
    let kind = link.attribute("type").unwrap_or_default();
    let to_itself = matches!(
        link.attribute("rel"),
        None | Some("alternate" | "enclosure")
    );
    to_itself && (kind.is_empty() || kind.contains("xml")) && !kind.contains("html")
}

fn is_page(link: &Element) -> bool {
    let kind = link.attribute("type").unwrap_or("text/html");
    matches!(link.attribute("rel"), None | Some("alternate")) && kind.contains("html")
}

/// The words of a text construct (RFC 4287 §3.1): plain, HTML written out, or XHTML.
fn words(element: &Element) -> String {
    match element.attribute("type") {
        Some("html" | "text/html") => plain::from_html(&element.text),
        Some("xhtml") => gathered(element),
        _ => element.text.clone(),
    }
}

fn gathered(element: &Element) -> String {
    let mut text = element.text.clone();
    for child in &element.children {
        text.push('\n');
        text.push_str(&gathered(child));
    }
    text
}

/// The text of the first child of this name, whatever its space.
pub(super) fn any(element: &Element, name: &str) -> Option<String> {
    let mut all = element.children.iter();
    let found = all.find(|child| child.name == name && !child.text.trim().is_empty())?;
    Some(found.text.trim().to_owned())
}
