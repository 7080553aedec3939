//! Source files cut into tokens, so that a rule can tell code from comments and from texts.

use std::fs;
use std::path::Path;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A name, a keyword or a number.
    Name,
    /// One other character of code.
    Sign,
    /// The inside of a string or character literal, escapes as written.
    Text,
}

/// A piece of code; comments are none.
#[derive(Debug, Clone)]
pub struct Token {
    pub kind: Kind,
    pub text: String,
    pub line: usize,
}

impl Token {
    pub fn is(&self, text: &str) -> bool {
        self.kind != Kind::Text && self.text == text
    }
}

/// A file of the tree.
pub struct Source {
    /// Below the project's folder, with slashes: `src/base/id.rs`.
    pub path: String,
    pub text: String,
    /// Its code up to the tests at its foot.
    pub tokens: Vec<Token>,
}

impl Source {
    pub fn new(path: &str, text: &str) -> Self {
        let mut tokens = tokens(text);
        let tests = ["#", "[", "cfg", "(", "test", ")", "]"];
        let starts = |seven: &[Token]| seven.iter().zip(tests).all(|(token, text)| token.is(text));
        if let Some(at) = tokens.windows(tests.len()).position(starts) {
            tokens.truncate(at);
        }
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
            tokens,
        }
    }

    /// Whether the file is one of `places`, or below one that ends with a slash.
    pub fn is_in(&self, places: &[&str]) -> bool {
        let within = |place: &&str| place.ends_with('/') && self.path.starts_with(*place);
        places
            .iter()
            .any(|place| self.path == *place || within(place))
    }

    pub fn fault(&self, line: usize, what: &str) -> String {
        format!("{}:{line}: {what}", self.path)
    }
}

/// Every file with this ending below `folder`, sorted by path.
pub fn tree(folder: &str, ending: &str) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = vec![];
    let mut folders = vec![root.join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of the project") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|kind| kind == ending) {
                let below = path.strip_prefix(root).expect("below the project");
                let name = below.to_string_lossy().replace('\\', "/");
                found.push(Source::new(
                    &name,
                    &fs::read_to_string(&path).expect("text"),
                ));
            }
        }
    }
    assert!(!found.is_empty(), "no .{ending} below {folder}");
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// All faults that `rule` finds in files.
pub fn faults(files: &[Source], rule: impl Fn(&Source) -> Vec<String>) -> Vec<String> {
    files.iter().flat_map(rule).collect()
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = vec![];
    let mut rest = text;
    let mut line = 1;
    while let Some(first) = rest.chars().next() {
        let (kind, inner, length) = next(rest, first);
        if let Some(kind) = kind {
            let text = rest[inner].to_owned();
            tokens.push(Token { kind, text, line });
        }
        line += rest[..length].matches('\n').count();
        rest = &rest[length..];
    }
    tokens
}

/// The kind of what stands at the head of `rest` (none: space or a comment), the part of it that
/// is kept, and its whole length.
fn next(rest: &str, first: char) -> (Option<Kind>, std::ops::Range<usize>, usize) {
    let until = |stop: &dyn Fn(char) -> bool| rest.find(stop).unwrap_or(rest.len());
    let no_name = |char: char| !(char.is_alphanumeric() || char == '_');
    if rest.starts_with("//") {
        return (None, 0..0, until(&|char| char == '\n'));
    }
    if rest.starts_with("/*") {
        return (None, 0..0, comment(rest));
    }
    if first == '"' {
        let inner = quoted(&rest[1..], '"');
        return (Some(Kind::Text), 1..1 + inner, (inner + 2).min(rest.len()));
    }
    if first == '\'' {
        let mut after = rest[1..].chars();
        let (second, third) = (after.next(), after.next());
        if second == Some('\\') || third == Some('\'') {
            let inner = quoted(&rest[1..], '\'');
            return (Some(Kind::Text), 1..1 + inner, (inner + 2).min(rest.len()));
        }
        return (Some(Kind::Sign), 0..1, 1);
    }
    if !no_name(first) {
        let name = until(&no_name);
        let hashes = rest[name..].len() - rest[name..].trim_start_matches('#').len();
        let open = name + hashes;
        if matches!(&rest[..name], "r" | "br" | "cr") && rest[open..].starts_with('"') {
            let close = format!("\"{}", "#".repeat(hashes));
            let inner = rest[open + 1..]
                .find(&close)
                .unwrap_or(rest.len() - open - 1);
            let end = open + 1 + inner;
            return (
                Some(Kind::Text),
                open + 1..end,
                (end + close.len()).min(rest.len()),
            );
        }
        return (Some(Kind::Name), 0..name, name);
    }
    let kind = (!first.is_whitespace()).then_some(Kind::Sign);
    (kind, 0..first.len_utf8(), first.len_utf8())
}

/// The length up to the closing quote.
fn quoted(inner: &str, quote: char) -> usize {
    let mut escaped = false;
    inner
        .find(|char| {
            let ends = char == quote && !escaped;
            escaped = char == '\\' && !escaped;
            ends
        })
        .unwrap_or(inner.len())
}

/// The length of a comment, others within it included.
fn comment(rest: &str) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at < rest.len() {
        let step = &rest[at..];
        if step.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if step.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                break;
            }
        } else {
            at += step.chars().next().map_or(1, char::len_utf8);
        }
    }
    at
}

#[test]
fn code_is_told_from_comments_and_texts() {
    let text = "a('\\'', 'x', r#\"b\"c\"#, \"d\\\"e\") // f\n/* g /* h */ i */ <'j> br#type\n#[cfg(test)]\nk";
    let source = Source::new("src/x.rs", text);
    let told: Vec<(Kind, &str, usize)> = source
        .tokens
        .iter()
        .filter(|token| token.kind == Kind::Text || token.text.chars().all(char::is_alphanumeric))
        .map(|token| (token.kind, token.text.as_str(), token.line))
        .collect();
    assert_eq!(
        told,
        [
            (Kind::Name, "a", 1),
            (Kind::Text, "\\'", 1),
            (Kind::Text, "x", 1),
            (Kind::Text, "b\"c", 1),
            (Kind::Text, "d\\\"e", 1),
            (Kind::Name, "j", 2),
            (Kind::Name, "br", 2),
            (Kind::Name, "type", 2),
        ]
    );
}
