//! Cuts a worded letter into parts that a channel accepts, never inside a word, a grapheme or a link.

mod buttons;
mod compose;
mod cut;
mod marked;

use std::ops::Range;

use super::choice::Choice;
use super::picture::Picture;
use super::{Action, Block, Letter, Weight, limits::Limits};
use buttons::{ELLIPSIS, allowed, answers, one_line, wrap};
use compose::{compose, slice};
use cut::{Cutter, blank, longest, whole_text};

/// A piece of a letter that leaves as one message.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The letter's title; only on the first part.
    pub title: Option<String>,
    /// The text; empty when the title says everything, or when the first word does not fit
    /// beside the title.
    pub text: Styled,
    /// Buttons; only on the last part. Answers to tap are among them where there are no lists.
    pub actions: Vec<Vec<Action<String>>>,
    /// Lists; only on the last part, and only where the channel has them.
    pub lists: Vec<Choice<String>>,
    /// As the letter has it; parts after the first are silent.
    pub weight: Weight,
    /// What the part shows; on one part at most, and only where the channel shows pictures.
    pub picture: Option<Picture<String>>,
}

impl Part {
    /// What it says, without marks: the title, the text, and what can be tapped in brackets.
    #[must_use]
    pub fn plain_text(&self) -> String {
        let mut text = self.title.clone().unwrap_or_default();
        if !text.is_empty() && !self.text.text.is_empty() {
            text.push_str("\n\n");
        }
        text.push_str(&self.text.text);
        for row in &self.actions {
            let labels = row.iter().map(|action| format!("[{}]", action.label()));
            text.push('\n');
            text.push_str(&labels.collect::<Vec<_>>().join(" "));
        }
        text
    }
}

/// Text with marks on it. Marks are in byte ranges of `text`, sorted, nested at most, never crossing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Styled {
    /// Plain text.
    pub text: String,
    /// What is set apart in it.
    pub marks: Vec<(Range<usize>, Mark)>,
}

/// How a range of text is set apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Bold: names of facts.
    Strong,
    /// Small or slanted: the footer.
    Small,
    /// A block of somebody's own words.
    Quote,
}

/// Cuts `letter` into parts within `limits`; at least one, in reading order.
///
/// - Blocks are set apart by a blank line. A part ends at the best place that its limit reaches:
///   between blocks, lines, sentences, words. Only a word, a link included, that no part could
///   hold is cut, at a dash or comma if it has one, else between graphemes.
/// - Nothing is lost and nothing is said twice; only white space goes at a cut.
/// - A title that is too long is cut after a word, ends in `…` and goes on at the head of the
///   text; one whose first word is too long stands there as a whole. The first part may be a
///   title alone.
/// - A picture is on the first part, or alone on a part after the last that has its alternative for
///   a text; see [`super::limits::Showing`].
/// - Every part is measured as it leaves, with [`Limits::measure`], which may count a whole as
///   more than its pieces (escaping); its time grows as the text does.
#[must_use]
pub fn lay_out(letter: &Letter<String>, limits: &Limits) -> Vec<Part> {
    let (title, rest) = head(letter.title.as_deref(), limits);
    let page = compose(rest.as_deref(), letter);
    let mut parts: Vec<Part> = pieces(&page, title.is_some(), limits)
        .into_iter()
        .map(|text| Part {
            title: None,
            text,
            actions: vec![],
            lists: vec![],
            weight: Weight::Silent,
            picture: None,
        })
        .collect();
    if let Some(first) = parts.first_mut() {
        first.title = title;
        first.weight = letter.weight;
    }
    if let Some(last) = parts.last_mut() {
        let choices = letter.body.iter().filter_map(|block| match block {
            Block::Choice(choice) => Some(choice),
            _ => None,
        });
        let below = allowed(&letter.actions, limits);
        let (lists, mut rows) = answers(choices, below.iter().map(Vec::len).sum(), limits);
        rows.extend(below);
        last.actions = wrap(rows, lists.len(), limits);
        last.lists = lists;
    }
    place_picture(&mut parts, letter, limits);
    parts
}

/// Puts the letter's picture on the first part, or where there is too much text for that behind
/// everything: what is to be read must not wait for it.
fn place_picture(parts: &mut Vec<Part>, letter: &Letter<String>, limits: &Limits) {
    let (Some(picture), Some(showing)) = (&letter.picture, limits.pictures) else {
        return;
    };
    let fits = |part: &Part, most| {
        let title = part.title.as_deref().unwrap_or_default();
        (limits.measure)(&format!("{title}\n\n{}", part.text.text)) <= most
    };
    match (parts.as_mut_slice(), showing.caption) {
        ([first, ..], None) => first.picture = Some(picture.clone()),
        ([only], Some(most)) if fits(only, most) => only.picture = Some(picture.clone()),
        (_, most) => parts.push(Part {
            title: None,
            text: Styled {
                text: shortened(&picture.alternative, most, limits),
                marks: vec![],
            },
            actions: vec![],
            lists: vec![],
            weight: Weight::Silent,
            picture: Some(picture.clone()),
        }),
    }
}

/// As many of the first words as there is room for.
fn shortened(words: &str, most: Option<usize>, limits: &Limits) -> String {
    let most = most.or(limits.text).unwrap_or(usize::MAX);
    let words = words.trim();
    if (limits.measure)(words) <= most {
        return words.to_owned();
    }
    let fits = |end: &usize| (limits.measure)(&words[..*end]) + (limits.measure)(ELLIPSIS) <= most;
    let gaps: Vec<usize> = words.match_indices(' ').map(|(at, _)| at).collect();
    let end = gaps.into_iter().rev().find(fits).unwrap_or(0);
    format!("{}{ELLIPSIS}", &words[..end])
}

/// The texts of the parts; at least one, which may be empty.
fn pieces(page: &Styled, titled: bool, limits: &Limits) -> Vec<Styled> {
    let whole = limits.text.unwrap_or(usize::MAX);
    let first = limits.titled_text.filter(|_| titled).unwrap_or(whole);
    // Nearly every letter fits as it is, and needs no places to be cut at.
    if let Some(whole) = whole_text(&page.text, first, limits.measure) {
        return vec![slice(page, whole, &mut 0)];
    }
    let mut cutter = Cutter::new(&page.text, limits.measure);
    let mut mark = 0;
    let mut pieces = vec![slice(page, cutter.take(first, whole), &mut mark)];
    while !cutter.is_done() {
        pieces.push(slice(page, cutter.take(whole, whole), &mut mark));
    }
    pieces
}

/// The title that fits, and what of it must go into the text.
fn head(title: Option<&str>, limits: &Limits) -> (Option<String>, Option<String>) {
    let Some(title) = title.map(one_line).filter(|title| !title.is_empty()) else {
        return (None, None);
    };
    if (limits.measure)(&title) <= limits.title {
        return (Some(title), None);
    }
    let words = || title.match_indices(blank).map(|(at, _)| at);
    let cut = longest(&title, words, limits.title, limits.measure, ELLIPSIS);
    match cut {
        Some(at) => (
            Some(format!("{}{ELLIPSIS}", &title[..at])),
            Some(title[at..].trim_start_matches(blank).to_owned()),
        ),
        None => (None, Some(title)),
    }
}
