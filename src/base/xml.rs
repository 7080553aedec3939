//! Writes XML: elements and texts, escaped, in memory, and only what XML 1.0 can carry.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// A document while it is written, indented by two blanks. Names and attribute names are literals.
pub struct Document {
    writer: Writer<Vec<u8>>,
    open: Vec<&'static str>,
}

impl Document {
    /// A document in UTF-8 that has only its declaration so far.
    #[must_use]
    pub fn new() -> Self {
        let mut document = Self {
            writer: Writer::new_with_indent(vec![], b' ', 2),
            open: vec![],
        };
        document.put(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        document
    }

    fn put(&mut self, event: Event<'_>) {
        // Memory takes whatever is written into it.
        let _ = self.writer.write_event(event);
    }

    /// Opens an element; it is closed by [`Self::close`].
    pub fn open(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.put(Event::Start(start(name, attributes)));
        self.open.push(name);
    }

    /// Closes the element that was opened last.
    pub fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.put(Event::End(BytesEnd::new(name)));
        }
    }

    /// An element that holds a text.
    pub fn text(&mut self, name: &'static str, text: &str) {
        self.text_with(name, &[], text);
    }

    /// An element with attributes that holds a text.
    pub fn text_with(&mut self, name: &'static str, attributes: &[(&str, &str)], text: &str) {
        self.put(Event::Start(start(name, attributes)));
        self.put(Event::Text(BytesText::new(&carried(text))));
        self.put(Event::End(BytesEnd::new(name)));
    }

    /// An element that holds nothing.
    pub fn empty(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.put(Event::Empty(start(name, attributes)));
    }

    /// The whole, with what is still open closed.
    #[must_use]
    pub fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        let mut bytes = self.writer.into_inner();
        bytes.push(b'\n');
        // Only texts were written into it.
        String::from_utf8(bytes).unwrap_or_default()
    }
}

impl Default for Document {
    fn default() -> Self {
        Self::new()
    }
}

fn start<'a>(name: &'a str, attributes: &[(&str, &str)]) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (name, value) in attributes {
        start.push_attribute((*name, carried(value).as_str()));
    }
    start
}

/// Whether XML 1.0 has a way to carry a character (§2.2).
#[must_use]
pub fn is_carried(letter: char) -> bool {
    match letter {
        '\t' | '\n' | '\r' => true,
        '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => false,
        _ => true,
    }
}

fn carried(text: &str) -> String {
    text.chars().filter(|letter| is_carried(*letter)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_never_become_markup_and_what_xml_cannot_carry_is_left_out() {
        let mut document = Document::new();
        document.open("a", &[("href", "https://example.org/?a=1&b=\"2\"")]);
        document.text("b", "1 < 2 & ]]> \u{0}\u{ffff}„ъ“");
        document.empty("c", &[]);
        assert_eq!(
            document.finish(),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <a href=\"https://example.org/?a=1&amp;b=&quot;2&quot;\">\n\
             \x20 <b>1 &lt; 2 &amp; ]]&gt; „ъ“</b>\n  <c/>\n</a>\n"
        );
    }
}
