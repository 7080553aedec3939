//! Plain text of what feeds write: HTML without its marks, lines tidied, lengths bounded.

use super::{MAX_TEXT, MAX_TITLE};
use crate::features::alert::cap::values;

/// The elements that end a line.
const BREAKS: [&str; 12] = [
    "br", "p", "div", "li", "ul", "ol", "tr", "h1", "h2", "h3", "h4", "table",
];
/// The named entities of HTML that texts really use.
const ENTITIES: [(&str, &str); 20] = [
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", " "),
    ("ndash", "–"),
    ("mdash", "—"),
    ("hellip", "…"),
    ("bdquo", "„"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("laquo", "«"),
    ("raquo", "»"),
    ("deg", "°"),
    ("euro", "€"),
    ("bull", "•"),
    ("shy", ""),
];
/// The longest mark, in bytes: what has no end by then is none.
const LONGEST_MARK: usize = 4_000;
/// The longest piece of HTML that is looked at, in characters.
const MAX_HTML: usize = 10 * MAX_TEXT;
/// The longest reference to a letter, in bytes: `&#x10FFFF;`.
const LONGEST_ENTITY: usize = 10;

/// One line, short enough for a title.
pub(super) fn title(text: &str) -> String {
    shortened(&values::line(text), MAX_TITLE)
}

/// A text with its lines, bounded.
pub(super) fn text(text: &str) -> String {
    shortened(&values::lines(text), MAX_TEXT)
}

/// At most `most` characters, cut between words.
fn shortened(text: &str, most: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(most) else {
        return text.to_owned();
    };
    let cut = &text[..end];
    let whole = cut.rfind(char::is_whitespace).map_or(cut, |at| &cut[..at]);
    format!("{} …", whole.trim_end())
}

/// The words of a piece of HTML. What is no HTML stays as it is: a `<` that begins no mark and an
/// `&` that begins no reference stand for themselves.
pub(super) fn from_html(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let end = html.char_indices().nth(MAX_HTML);
    let mut rest = end.map_or(html, |(end, _)| &html[..end]);
    while let Some(at) = rest.find(['<', '&']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (words, length) = if rest.starts_with('<') {
            mark(rest)
        } else {
            letter(rest)
        };
        out.push_str(&words);
        rest = &rest[length..];
    }
    out.push_str(rest);
    out
}

/// What a mark at the head of `rest` means for the text, and its length.
fn mark(rest: &str) -> (String, usize) {
    let comment = rest.strip_prefix("<!--");
    if let Some(inner) = comment {
        let length = inner.find("-->").map_or(rest.len(), |end| 4 + end + 3);
        return (String::new(), length);
    }
    let named = rest[1..].trim_start_matches('/');
    if !named.starts_with(|first: char| first.is_ascii_alphabetic()) && !rest.starts_with("<!") {
        return ("<".to_owned(), 1);
    }
    let near = rest
        .bytes()
        .take(LONGEST_MARK)
        .position(|byte| byte == b'>');
    let Some(end) = near else {
        return ("<".to_owned(), 1);
    };
    let name: String = named
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    let name = name.to_ascii_lowercase();
    if matches!(name.as_str(), "script" | "style") && !rest.starts_with("</") {
        let closes = |at: &usize| {
            let after = rest.get(at + 2..at + 2 + name.len());
            after.is_some_and(|after| after.eq_ignore_ascii_case(&name))
        };
        let end = rest.match_indices("</").map(|(at, _)| at).find(closes);
        return (String::new(), end.unwrap_or(rest.len()));
    }
    let broken = BREAKS.contains(&name.as_str());
    let between = if broken { "\n" } else { "" };
    (between.to_owned(), end + 1)
}

/// The letter of a reference at the head of `rest`, and the reference's length.
fn letter(rest: &str) -> (String, usize) {
    let itself = ("&".to_owned(), 1);
    let bounded = rest.as_bytes().iter().take(LONGEST_ENTITY);
    let Some(end) = bounded.into_iter().position(|byte| *byte == b';') else {
        return itself;
    };
    let name = &rest[1..end];
    let Some(code) = name.strip_prefix('#') else {
        let known = ENTITIES.iter().find(|(known, _)| *known == name);
        return known.map_or(itself, |(_, text)| ((*text).to_owned(), end + 1));
    };
    let code = match code.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => code.parse().ok(),
    };
    match code.and_then(char::from_u32) {
        Some(letter) => (letter.to_string(), end + 1),
        None => itself,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_taken_out_of_html() {
        for (html, words) in [
            ("<p>One</p><p>Two<br/>three</p>", "One\n\nTwo\nthree"),
            ("5 < 7 & 8 > 2", "5 < 7 & 8 > 2"),
            (
                "a&nbsp;b &amp;c; &#1073;&#x431; &bogus;",
                "a b &c; бб &bogus;",
            ),
            ("<script>x()</script>seen<!-- not --> too", "seen too"),
            ("<b", "<b"),
            ("<a href='x'>here</a>", "here"),
        ] {
            assert_eq!(text(&from_html(html)), words, "{html}");
        }
    }

    #[test]
    fn long_texts_are_cut_between_words() {
        let long = "дума ".repeat(2_000);
        let cut = text(&long);
        assert!(
            cut.chars().count() <= MAX_TEXT + 2 && cut.ends_with("дума …"),
            "{cut}"
        );
    }
}
