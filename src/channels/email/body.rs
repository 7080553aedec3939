//! The two bodies of a mail, encoded once per letter and language up to the reader's own part.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;

use super::own::Own;
use super::page;
use super::words::EmailWords;
use crate::channel::Rendering;
use crate::message::layout::{Mark, Part, Styled};
use crate::message::{Lang, Letter};

/// Bytes that make one base64 line of 76 characters (RFC 2045 §6.8).
const LINE: usize = 57;
/// What names the picture in a mail, and how a page refers to it (RFC 2392).
const INLINE_ID: &str = "map@glas";
const INLINE: &str = "cid:map@glas";

/// Text on its way into a mail: what is the same for all is encoded already.
///
/// Always base64: it passes relays that know only 7 bits without being encoded anew (which would
/// break a DKIM signature), has no line to fold, no dot to stuff and no `From ` to quote, and
/// takes 2.7 bytes for a Cyrillic letter where quoted-printable takes 6.
#[derive(Debug)]
struct Body {
    encoded: String,
    rest: Vec<u8>,
}

impl Body {
    fn new(text: &str) -> Self {
        // The canonical line break of text in a mail is CRLF (RFC 2045 §6.8).
        let text = text.replace("\r\n", "\n").replace('\n', "\r\n");
        let whole = text.len() / LINE * LINE;
        let (whole, rest) = text.as_bytes().split_at(whole);
        Self {
            encoded: base64_lines(whole),
            rest: rest.to_vec(),
        }
    }

    fn push_to(&self, mail: &mut String, end: &str) {
        mail.push_str(&self.encoded);
        let mut rest = self.rest.clone();
        rest.extend_from_slice(end.replace('\n', "\r\n").as_bytes());
        mail.push_str(&base64_lines(&rest));
    }
}

fn base64_lines(bytes: &[u8]) -> String {
    let mut lines = String::with_capacity(bytes.len() / LINE * 78 + 80);
    for line in bytes.chunks(LINE) {
        STANDARD.encode_string(line, &mut lines);
        lines.push_str("\r\n");
    }
    lines
}

/// Both forms of a letter in one language, and what they were made from.
#[derive(Debug)]
pub(super) struct Bodies {
    letter: Letter<String>,
    part: Part,
    lang: Lang,
    /// The footer as plain text; what is the reader's own stands above it.
    footer: Option<String>,
    text: Body,
    page: Body,
    shown: Option<Shown>,
    /// The picture that comes with the page, encoded.
    inline: Option<String>,
}

/// Where a page has its picture from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shown {
    /// From our pages. This is the first choice: a mail with a picture in it is ten times as long
    /// for every relay and mailbox, and scanners hold mails with attachments longer. The address
    /// is the same for all readers, so it tells nobody who looked.
    Linked(String),
    /// From the mail itself, where there are no pages (RFC 2387).
    Inline(Bytes),
}

impl Bodies {
    pub(super) fn new(
        rendering: &Rendering,
        part: &Part,
        words: &EmailWords,
        shown: Option<Shown>,
    ) -> Self {
        let lang = rendering.lang;
        let source = shown.as_ref().map(|shown| match shown {
            Shown::Linked(address) => address.as_str(),
            Shown::Inline(_) => INLINE,
        });
        let picture = part.picture.as_ref().zip(source);
        let inline = match &shown {
            Some(Shown::Inline(bytes)) => Some(base64_lines(bytes)),
            _ => None,
        };
        let (text, footer) = plain(&rendering.letter, &part.text, words);
        Self {
            text: Body::new(&text),
            footer,
            page: Body::new(&page::opening(&rendering.letter, lang, words, picture)),
            shown,
            inline,
            letter: rendering.letter.clone(),
            part: part.clone(),
            lang,
        }
    }

    /// Whether these are the bodies of this part. Comparing a letter costs far less than
    /// wording it as HTML, and unlike its address in memory it cannot be taken for another.
    pub(super) fn are_of(&self, rendering: &Rendering, part: &Part, shown: Option<&Shown>) -> bool {
        self.lang == rendering.lang
            && self.shown.as_ref() == shown
            && self.letter == rendering.letter
            && self.part == *part
    }

    /// Appends the MIME parts between `boundary`s, with the reader's `own` part in them.
    pub(super) fn push_to(&self, mail: &mut String, boundary: &str, words: &EmailWords, own: &Own) {
        let text_end = self.text_end(own, words);
        let footer = self.letter.footer.as_deref();
        let page_end = format!("{}{}", page::own_part(footer, own, words), page::CLOSING);
        push_text(mail, (boundary, "plain"), &self.text, &text_end);
        if let Some(picture) = &self.inline {
            let inner = format!("{boundary}r");
            // Writing to a String cannot fail.
            let _ = write!(
                mail,
                "--{boundary}\r\nContent-Type: multipart/related; boundary=\"{inner}\"; \
                 type=\"text/html\"\r\n\r\n"
            );
            push_text(mail, (&inner, "html"), &self.page, &page_end);
            let _ = write!(
                mail,
                "--{inner}\r\nContent-Type: image/png\r\nContent-ID: <{INLINE_ID}>\r\n\
                 Content-Disposition: inline; filename=\"map.png\"\r\n\
                 Content-Transfer-Encoding: base64\r\n\r\n{picture}--{inner}--\r\n"
            );
        } else {
            push_text(mail, (boundary, "html"), &self.page, &page_end);
        }
        let _ = write!(mail, "--{boundary}--\r\n");
    }

    /// The end of the plain text: the buttons that answer us, the footer, what can be changed.
    fn text_end(&self, own: &Own, words: &EmailWords) -> String {
        let lines = |links: &mut dyn Iterator<Item = (&str, &str)>| {
            let lines: Vec<String> = links
                .map(|(label, url)| format!("{label}: {url}"))
                .collect();
            lines.join("\n")
        };
        let presses = lines(&mut own.presses.iter().map(|(label, url)| (&**label, &**url)));
        let mut end = String::new();
        if !presses.is_empty() {
            let follows_links = page::links(&self.letter).next().is_some();
            end.push_str(if follows_links { "\n" } else { "\n\n" });
            end.push_str(&presses);
        }
        let changes = lines(&mut own.links(words));
        for paragraph in [self.footer.as_deref().unwrap_or_default(), &changes] {
            if !paragraph.is_empty() {
                end.push_str("\n\n");
                end.push_str(paragraph);
            }
        }
        end.push('\n');
        end
    }
}

/// Appends one of the two forms of a letter.
fn push_text(mail: &mut String, (boundary, kind): (&str, &str), body: &Body, end: &str) {
    let _ = write!(
        mail,
        "--{boundary}\r\nContent-Type: text/{kind}; charset=utf-8\r\n\
         Content-Transfer-Encoding: base64\r\n\r\n"
    );
    body.push_to(mail, end);
}

/// The plain text and its footer. The text: how grave it is where no title says so, what was laid
/// out, the pages pointed to.
fn plain(letter: &Letter<String>, text: &Styled, words: &EmailWords) -> (String, Option<String>) {
    let mut plain = String::with_capacity(text.text.len() + 256);
    let level = page::level(letter.weight, words).filter(|_| letter.title.is_none());
    if let Some((_, word)) = level {
        let _ = write!(plain, "{word}\n\n");
    }
    let footer = match text.marks.last() {
        Some((range, Mark::Small)) if range.end == text.text.len() => range.start,
        _ => text.text.len(),
    };
    push_quoting(&mut plain, text, footer);
    let mut links = page::links(letter).peekable();
    if links.peek().is_some() {
        plain.truncate(plain.trim_end().len());
        plain.push_str("\n\n");
    }
    for (label, url) in links {
        let _ = writeln!(plain, "{label}: {url}");
    }
    plain.truncate(plain.trim_end().len());
    let footer = text.text[footer..].trim().to_owned();
    (plain, Some(footer).filter(|footer| !footer.is_empty()))
}

/// The text up to `end`, with `> ` before every line of a quote.
fn push_quoting(plain: &mut String, text: &Styled, end: usize) {
    let mut from = 0;
    for (range, mark) in &text.marks {
        if *mark == Mark::Quote && range.start >= from && range.end <= end {
            plain.push_str(&text.text[from..range.start]);
            let quote = &text.text[range.clone()];
            plain.push_str("> ");
            plain.push_str(&quote.replace('\n', "\n> "));
            from = range.end;
        }
    }
    plain.push_str(&text.text[from..end]);
}

#[cfg(test)]
mod tests {
    use super::{Body, Mark, Styled, plain};
    use crate::channels::email::EmailWords;
    use crate::message::{Action, Letter, Weight};

    #[test]
    fn the_readers_own_part_joins_what_is_encoded() {
        for length in 0..200 {
            let text = "я".repeat(length);
            let mut encoded = String::new();
            Body::new(&text).push_to(&mut encoded, " end\n");
            assert!(encoded.lines().all(|line| line.len() <= 76));
            let one = encoded.replace("\r\n", "");
            let decoded = base64::Engine::decode(&super::STANDARD, one).expect("base64");
            assert_eq!(decoded, format!("{text} end\r\n").as_bytes());
        }
    }

    #[test]
    fn plain_text_has_links_apart_from_the_footer_and_marks_quotes() {
        let mut letter = Letter::line(String::new());
        letter.weight = Weight::Danger;
        letter.actions = vec![vec![Action::Open {
            label: "Map".to_owned(),
            url: "https://example.bg/map".parse().expect("a url"),
        }]];
        let text = "Storm.\n\none\ntwo\n\nThe city".to_owned();
        let marks = vec![(8..15, Mark::Quote), (17..25, Mark::Small)];
        let words = EmailWords {
            danger: "Danger".to_owned(),
            ..EmailWords::default()
        };
        assert_eq!(
            plain(&letter, &Styled { text, marks }, &words),
            (
                "Danger\n\nStorm.\n\n> one\n> two\n\nMap: https://example.bg/map".to_owned(),
                Some("The city".to_owned())
            )
        );
    }
}
