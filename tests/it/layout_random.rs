//! Random letters cut into parts: nothing lost, nothing cut that belongs together, all within limits.

use glas::message::layout::{Mark, Part, lay_out};
use glas::message::limits::{Limits, measure_chars, measure_utf16};
use glas::message::{Block, Letter, Weight};
use proptest::prelude::*;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

use crate::layout::{letter, limits, texts};

/// Markdown escaping: longer than the text, by a little more at the beginning of a line.
fn measure_escaped(text: &str) -> usize {
    let escaped: usize = text
        .chars()
        .map(|char| if "*_`~|<>#".contains(char) { 2 } else { 1 })
        .sum();
    escaped + usize::from(text.starts_with(['-', '+', '#']))
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => "[а-яА-Я]{1,12}[,.!?]?",
        2 => "[a-z*_<>@&#]{1,12}",
        1 => "[а-я]{30,90}",
        1 => "[а-яa-z]{1,9}(-[а-яa-z]{1,9}){2,9}",
        1 => "https?://[a-z]{2,9}\\.bg(/[a-z0-9_~%-]{1,12}){0,6}(\\?[a-z]=[а-я]{1,9})?",
        1 => "[א-ת]{2,9}",
        1 => "(и\u{306}|е\u{301}){1,9}",
        1 => "(👩‍👩‍👧‍👦|🇧🇬|👍🏽|❤️){1,6}",
        1 => "\u{202e}[א-ת]{2,5}\u{202c}",
        1 => "[0-9]{1,3}\u{a0}[0-9]{3}",
        1 => "[\u{e01}-\u{e33}]{1,20}",
        1 => "[一-龥]{1,40}",
        1 => "\\PC{1,9}",
    ]
}

fn text() -> impl Strategy<Value = String> {
    let space = prop_oneof![8 => Just(" "), 1 => Just("\n"), 1 => Just("\n\n"), 1 => Just("  \t"), 1 => Just("")];
    prop::collection::vec((word(), space), 0..30).prop_map(|words| {
        words
            .into_iter()
            .flat_map(|(word, space)| [word, space.to_owned()])
            .collect()
    })
}

fn block() -> impl Strategy<Value = Block<String>> {
    prop_oneof![
        text().prop_map(Block::Paragraph),
        text().prop_map(Block::Quote),
        prop::collection::vec(text(), 0..4).prop_map(Block::Bullets),
        prop::collection::vec((word(), text()), 0..4).prop_map(Block::Facts),
    ]
}

fn any_letter() -> impl Strategy<Value = Letter<String>> {
    let title = prop::option::of(text());
    let footer = prop::option::of(text());
    (title, prop::collection::vec(block(), 0..5), footer).prop_map(|(title, body, footer)| Letter {
        footer,
        ..letter(title.as_deref(), body)
    })
}

fn any_limits() -> impl Strategy<Value = Limits> {
    let measure = prop_oneof![
        Just(measure_utf16 as fn(&str) -> usize),
        Just(measure_chars as fn(&str) -> usize),
        Just(measure_escaped as fn(&str) -> usize),
    ];
    (measure, 40..400usize, 20..300usize, 20..80usize).prop_map(|(measure, text, titled, title)| {
        Limits {
            measure,
            title,
            ..limits(Some(text), Some(titled.min(text)))
        }
    })
}

fn solid(text: &str) -> String {
    text.chars().filter(|char| !char.is_whitespace()).collect()
}

/// Everything that a letter says, in order, without white space.
fn said(letter: &Letter<String>) -> String {
    let mut said = letter.title.clone().unwrap_or_default();
    for block in &letter.body {
        match block {
            Block::Paragraph(text) | Block::Quote(text) => said.push_str(text),
            Block::Bullets(items) => {
                for item in items.iter().filter(|item| !item.trim().is_empty()) {
                    said.extend(["•", item]);
                }
            }
            Block::Choice(_) => {}
            Block::Facts(facts) => {
                for (name, value) in facts {
                    let colon = if name.trim().is_empty() { "" } else { ":" };
                    said.extend([name.as_str(), colon, value]);
                }
            }
        }
    }
    said.extend(letter.footer.as_deref());
    solid(&said)
}

/// Asserts that no cut between the parts of `whole` goes through what belongs together.
fn check_cuts(whole: &str, parts: &[Part], limits: &Limits) {
    let most = limits.text.expect("a limit");
    let fits = |piece: &str| (limits.measure)(piece) <= most;
    let mut at = 0;
    for (number, part) in parts.iter().enumerate() {
        let skipped = whole[at..].find(&part.text.text).expect("what comes next");
        assert!(whole[at..at + skipped].trim().is_empty(), "{number}: lost");
        let start = at + skipped;
        let within_word = start == at && at > 0 && !part.text.text.is_empty();
        at = start + part.text.text.len();
        if !within_word {
            continue;
        }
        let across = |(from, piece): &(usize, &str)| *from < start && start < from + piece.len();
        let is_space = |(_, grapheme): &(usize, &str)| {
            grapheme
                .chars()
                .all(|char| char.is_whitespace() && char != '\u{a0}')
        };
        let spaces: Vec<usize> = whole
            .grapheme_indices(true)
            .filter(is_space)
            .map(|(at, _)| at)
            .collect();
        let from = spaces
            .iter()
            .rfind(|at| **at < start)
            .map_or(0, |at| at + 1);
        let token = &whole[from..*spaces
            .iter()
            .find(|at| **at >= start)
            .unwrap_or(&whole.len())];
        assert!(!fits(token), "{token:?} was cut");
        // A word glued to a link may be parted from it.
        let glued = token.contains("http");
        let segment = whole.split_word_bound_indices().find(across);
        let grapheme = whole.grapheme_indices(true).find(across);
        assert!(
            glued || segment.is_none_or(|(_, segment)| !fits(segment)),
            "{segment:?} was cut"
        );
        assert!(
            grapheme.is_none_or(|(_, grapheme)| !fits(grapheme)),
            "{grapheme:?} was cut"
        );
        let mut from = from;
        while let Some(found) = whole[from..]
            .find("http")
            .filter(|found| from + found < start)
        {
            from += found;
            let of_link = |char: char| {
                char.is_alphanumeric()
                    || is_combining_mark(char)
                    || "-._~:/?#[]@!$&'()*+,;=%".contains(char)
            };
            let length = whole[from..]
                .find(|char| !of_link(char))
                .unwrap_or(whole.len() - from);
            let url = &whole[from..from + length];
            let is_link = url.starts_with("http://") || url.starts_with("https://");
            assert!(
                !(is_link && across(&(from, url)) && fits(url)),
                "{url:?} was cut"
            );
            from += if is_link { length } else { 1 };
        }
    }
    assert!(whole[at..].trim().is_empty(), "the end is missing");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn nothing_is_lost_or_broken(letter in any_letter(), limits in any_limits()) {
        let parts = lay_out(&letter, &limits);
        let endless = Limits { text: None, titled_text: None, ..limits.clone() };
        let whole = lay_out(&letter, &endless);
        prop_assert_eq!(whole.len(), 1);

        // Within the limits.
        for (number, part) in parts.iter().enumerate() {
            let most = if part.title.is_some() { limits.titled_text } else { limits.text };
            prop_assert!((limits.measure)(&part.text.text) <= most.expect("a limit"), "{:?}", part);
            prop_assert!(part.title.as_ref().is_none_or(|title| (limits.measure)(title) <= limits.title));
            prop_assert!(number == 0 || (part.title.is_none() && !part.text.text.is_empty()));
            prop_assert_eq!(part.weight, if number == 0 { letter.weight } else { Weight::Silent });
        }

        // Nothing lost, nothing twice, all in order.
        let title = parts[0].title.clone().unwrap_or_default();
        let given = solid(letter.title.as_deref().unwrap_or_default());
        let head = if solid(&title) == given { title.as_str() } else { title.trim_end_matches('…') };
        prop_assert_eq!(solid(&(head.to_owned() + &texts(&parts).concat())), said(&letter));
        check_cuts(&whole[0].text.text, &parts, &limits);

        // Marks stand on characters, in order, and cover what they covered before the cut.
        let mut marked = [String::new(), String::new(), String::new()];
        let mut expected = marked.clone();
        for (parts, out) in [(&parts, &mut marked), (&whole, &mut expected)] {
            for part in parts {
                let mut end = 0;
                for (range, mark) in &part.text.marks {
                    prop_assert!(end <= range.start && range.start < range.end);
                    end = range.end;
                    let slot = match mark { Mark::Strong => 0, Mark::Small => 1, Mark::Quote => 2 };
                    out[slot].push_str(&solid(&part.text.text[range.clone()]));
                }
            }
        }
        prop_assert_eq!(marked, expected);
    }
}
