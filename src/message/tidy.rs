//! Makes text from outside harmless to the text around it, without changing what is read.

use std::borrow::Cow;

/// How deep text can be nested before it is no longer shown so (UAX #9, BD2: `max_depth`).
const DEEPEST: usize = 125;

/// The text without control characters, and with every bidirectional control closed.
///
/// - Line ends of every kind (CR LF, CR, NEL, U+2028, U+2029, form feed) become `\n`, tabs stay,
///   all other C0 and C1 controls go.
/// - Letters of every script and direction stay as they are. An embedding, override or isolate
///   that is left open is closed at the end of the text, and a closer that closes nothing goes
///   (UAX #9), so that a name cannot turn the sentence around it.
#[must_use]
pub fn tidy(text: &str) -> Cow<'_, str> {
    if !text.chars().any(needs_care) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut open = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\n' | '\t' => out.push(char),
            _ if char.is_control() => {}
            '\u{202a}' | '\u{202b}' | '\u{202d}' | '\u{202e}' | '\u{2066}'..='\u{2068}' => {
                if open.len() < DEEPEST {
                    open.push(if char < '\u{2066}' {
                        Direction::Embedding
                    } else {
                        Direction::Isolate
                    });
                    out.push(char);
                }
            }
            '\u{202c}' | '\u{2069}' => close(char, &mut open, &mut out),
            _ => out.push(char),
        }
    }
    out.extend(open.into_iter().rev().map(Direction::closer));
    Cow::Owned(out)
}

/// What was opened and waits for its end.
#[derive(Clone, Copy, PartialEq)]
enum Direction {
    Embedding,
    Isolate,
}

impl Direction {
    fn closer(self) -> char {
        match self {
            Self::Embedding => '\u{202c}',
            Self::Isolate => '\u{2069}',
        }
    }
}

fn needs_care(char: char) -> bool {
    (char.is_control() && char != '\n' && char != '\t')
        || matches!(char, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Writes a closer when it closes something. The end of an isolate also ends what was embedded
/// in it; the end of an embedding does not reach out of an isolate.
fn close(closer: char, open: &mut Vec<Direction>, out: &mut String) {
    let opener = if closer == Direction::Isolate.closer() {
        open.iter()
            .rposition(|opened| *opened == Direction::Isolate)
    } else {
        open.len()
            .checked_sub(1)
            .filter(|last| open[*last] == Direction::Embedding)
    };
    if let Some(at) = opener {
        open.truncate(at);
        out.push(closer);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_go_and_line_ends_become_one_kind() {
        assert_eq!(
            tidy("a\u{0}b\u{7f}c\td\r\ne\rf\u{2028}g\u{9b}h"),
            "abc\td\ne\nf\ngh"
        );
    }

    #[test]
    fn right_to_left_letters_and_combining_marks_stay() {
        for text in ["שלום", "مرحبا بالعالم", "и\u{306}", "👩‍👩‍👧‍👦", "a\u{200f}b"]
        {
            assert!(matches!(tidy(text), Cow::Borrowed(same) if same == text));
        }
    }

    #[test]
    fn what_a_name_opens_ends_with_the_name() {
        assert_eq!(tidy("\u{202e}abc"), "\u{202e}abc\u{202c}");
        assert_eq!(
            tidy("\u{2067}a\u{202e}b"),
            "\u{2067}a\u{202e}b\u{202c}\u{2069}"
        );
        assert_eq!(
            tidy("\u{2067}a\u{202e}b\u{2069}c"),
            "\u{2067}a\u{202e}b\u{2069}c"
        );
        assert_eq!(tidy("\u{2067}a\u{202c}\u{2069}"), "\u{2067}a\u{2069}");
        assert_eq!(tidy("a\u{2069}b\u{202c}"), "ab");
    }
}
