//! Discord's Markdown: plain text escaped so that it is shown as it was written, and marks set in it.

use std::ops::Range;

use crate::message::layout::{Mark, Styled};

/// Characters that mean something anywhere in a text.
const ANYWHERE: &str = "\\*_~`|[]<@";
/// Characters that mean something where a line begins: quotes, headings, lists.
const AT_LINE_START: &str = ">#-+";

/// How many characters a text takes on Discord, the escaping that [`escape`] adds included.
#[must_use]
pub fn measure(text: &str) -> usize {
    let mut length = 0;
    escape_each(text, true, |_| length += 1);
    length
}

/// The text with a backslash before whatever Discord would take for markup or for a mention.
/// Web addresses stay as they are, because a backslash would become a part of them.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    escape_each(text, true, |c| escaped.push(c));
    escaped
}

/// The text with its marks as Markdown; without them where they would make it longer than `limit`.
pub(super) fn render(styled: &Styled, limit: usize) -> String {
    let marked = with_marks(styled);
    if marked.chars().count() <= limit {
        marked
    } else {
        escape(&styled.text)
    }
}

fn with_marks(styled: &Styled) -> String {
    let text = styled.text.as_str();
    let mut out = String::with_capacity(text.len() + 64);
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let range = at..at + line.len();
        at = range.end;
        let covers = |mark| {
            (styled.marks.iter()).any(|(marked, kind)| *kind == mark && overlap(marked, &range))
        };
        if covers(Mark::Quote) {
            out.push_str("> ");
        }
        if covers(Mark::Small) {
            out.push_str("-# ");
        }
        strong_within(styled, &range, &mut out);
    }
    out
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// One line, escaped, its strong parts between double asterisks.
fn strong_within(styled: &Styled, line: &Range<usize>, out: &mut String) {
    let mut at = line.start;
    let mut push = |range: Range<usize>, strong: bool| {
        let Some(piece) = styled.text.get(range.clone()).filter(|it| !it.is_empty()) else {
            return;
        };
        let marker = if strong && !piece.trim().is_empty() {
            "**"
        } else {
            ""
        };
        let words = piece.trim_end_matches('\n');
        out.push_str(marker);
        escape_each(words, range.start == line.start, |c| out.push(c));
        out.push_str(marker);
        out.push_str(&piece[words.len()..]);
    };
    for (marked, kind) in &styled.marks {
        if *kind == Mark::Strong && overlap(marked, line) {
            push(at..marked.start.max(at), false);
            at = marked.start.max(at);
            push(at..marked.end.min(line.end), true);
            at = marked.end.min(line.end).max(at);
        }
    }
    push(at..line.end, false);
}

/// Gives the escaped text to `push`, character by character.
fn escape_each(text: &str, mut line_start: bool, mut push: impl FnMut(char)) {
    let mut rest = text;
    let mut before = None;
    // A backslash behind an address would become a part of it; the one after that breaks up what
    // `<` begins as well.
    let (mut behind_address, mut break_up) = (false, false);
    // Digits so far on a line that holds nothing else; with a dot they would begin a list.
    let mut number = line_start.then_some(0);
    while let Some(c) = rest.chars().next() {
        if let Some(address) = address_at(rest, before) {
            address.chars().for_each(&mut push);
            (behind_address, break_up) = (true, false);
            before = address.chars().next_back();
            rest = &rest[address.len()..];
            (line_start, number) = (false, None);
            continue;
        }
        let after = &rest[c.len_utf8()..];
        let special = ANYWHERE.contains(c)
            || (line_start && AT_LINE_START.contains(c))
            || (c == '.'
                && number.is_some_and(|digits| digits > 0)
                && (after.is_empty() || after.starts_with([' ', '\t'])))
            || (break_up && c.is_ascii_punctuation());
        if special && !behind_address && !makes_keycap(after) {
            push('\\');
        }
        push(c);
        (behind_address, break_up) = (false, behind_address && c == '<');
        number = match (c, number) {
            ('\n', _) => Some(0),
            ('0'..='9', Some(digits @ 0..10)) => Some(digits + 1),
            (c, Some(0)) if c.is_whitespace() => Some(0),
            _ => None,
        };
        line_start = c == '\n' || (line_start && c.is_whitespace());
        before = Some(c);
        rest = after;
    }
}

/// The web address that begins here, up to where Discord ends it: at white space or `<`.
fn address_at(rest: &str, before: Option<char>) -> Option<&str> {
    let within_word = before.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
    if within_word || !(rest.starts_with("https://") || rest.starts_with("http://")) {
        return None;
    }
    let end = rest
        .find(|c: char| c.is_whitespace() || c == '<')
        .unwrap_or(rest.len());
    rest.get(..end)
}

/// Whether the character before `after` is the base of a keycap emoji, which must stay whole.
fn makes_keycap(after: &str) -> bool {
    after.starts_with(['\u{fe0f}', '\u{20e3}'])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What Discord shows: a backslash before punctuation goes, outside of addresses.
    fn shown(escaped: &str) -> String {
        let mut out = String::new();
        let mut rest = escaped;
        let mut before = None;
        while let Some(c) = rest.chars().next() {
            if let Some(address) = address_at(rest, before) {
                out.push_str(address);
                before = address.chars().next_back();
                rest = &rest[address.len()..];
                continue;
            }
            rest = &rest[c.len_utf8()..];
            match rest.chars().next() {
                Some(next) if c == '\\' && next.is_ascii_punctuation() => {
                    out.push(next);
                    before = Some(next);
                    rest = &rest[next.len_utf8()..];
                }
                _ => {
                    out.push(c);
                    before = Some(c);
                }
            }
        }
        out
    }

    #[test]
    fn markup_and_mentions_become_plain() {
        for (text, escaped) in [
            ("@everyone <b>", r"\@everyone \<b>"),
            ("<@123> <#4> <:a:5>", r"\<\@123> \<#4> \<:a:5>"),
            (
                "**a** _b_ ~~c~~ ||d|| `e`",
                r"\*\*a\*\* \_b\_ \~\~c\~\~ \|\|d\|\| \`e\`",
            ),
            ("# a\n> b\n - c\n-# d", "\\# a\n\\> b\n \\- c\n\\-# d"),
            ("5. a\n7.5 b", "5\\. a\n7.5 b"),
            ("[a](https://b.bg)", r"\[a\](https://b.bg)"),
            (
                "#\u{fe0f}\u{20e3} *\u{fe0f}\u{20e3}",
                "#\u{fe0f}\u{20e3} *\u{fe0f}\u{20e3}",
            ),
        ] {
            assert_eq!(escape(text), escaped);
        }
    }

    #[test]
    fn addresses_stay_whole() {
        let text = "виж https://sofia.bg/a_b_c?x=*y* и http://b.bg/_d_";
        assert_eq!(escape(text), text);
        assert_eq!(escape("https://a.bg/_b<#1>"), r"https://a.bg/_b<\#1>");
        assert_eq!(
            escape("https://a.bg/_b <https://c.bg/_d>"),
            r"https://a.bg/_b \<https://c.bg/_d>"
        );
    }

    #[test]
    fn marks_are_set_line_by_line_and_left_out_where_they_do_not_fit() {
        let styled = Styled {
            text: "Къде: *Искър*\nчужд\nтекст\nот общината".to_owned(),
            marks: vec![],
        };
        let range = |part: &str| {
            let start = styled.text.find(part).unwrap_or_default();
            start..start + part.len()
        };
        let marked = Styled {
            marks: vec![
                (range("Къде:"), Mark::Strong),
                (range("чужд\nтекст"), Mark::Quote),
                (range("от общината"), Mark::Small),
            ],
            ..styled.clone()
        };
        assert_eq!(
            render(&marked, 100),
            "**Къде:** \\*Искър\\*\n> чужд\n> текст\n-# от общината"
        );
        assert_eq!(
            render(&marked, 40),
            "Къде: \\*Искър\\*\nчужд\nтекст\nот общината"
        );
    }

    proptest! {
        #[test]
        fn every_text_is_shown_as_it_was_written(text in r"([ab1 \n.#>*_~`|\[\]()<@\\:/+-]|https://|ж|👨‍👩‍👧){0,60}") {
            let escaped = escape(&text);
            prop_assert_eq!(shown(&escaped), text.clone());
            prop_assert_eq!(measure(&text), escaped.chars().count());
        }

        #[test]
        fn a_piece_never_measures_less_than_it_takes_in_the_whole(left in "[a*>#1. \\n-]{0,20}", right in "[a*>#1. \\n-]{0,20}") {
            let whole = format!("{left} {right}");
            prop_assert!(measure(&whole) <= measure(&left) + 1 + measure(&right));
        }
    }
}
