//! A letter's body as one text with marks, a blank line between its blocks.

use std::ops::Range;

use super::{Mark, Styled};
use crate::message::{Block, Letter};

/// What stands before an item of a list.
const BULLET: &str = "• ";

/// The whole text below the title: first `heading`, what the title had no room for, then body
/// and footer. What is empty leaves no trace.
pub(super) fn compose(heading: Option<&str>, letter: &Letter<String>) -> Styled {
    let mut page = Page::default();
    if let Some(heading) = heading {
        page.block(heading, Some(Mark::Strong));
    }
    for block in &letter.body {
        match block {
            Block::Paragraph(text) => page.block(text, None),
            Block::Quote(text) => page.block(text, Some(Mark::Quote)),
            Block::Bullets(items) => page.lines(items, |page, item| {
                if !item.trim().is_empty() {
                    page.push(BULLET, None);
                    page.push(item.trim(), None);
                }
            }),
            // It is shown as buttons or a list below the text.
            Block::Choice(_) => {}
            Block::Facts(facts) => page.lines(facts, |page, (name, value)| {
                let (name, value) = (name.trim(), value.trim());
                page.push(name, Some(Mark::Strong));
                match (name, value) {
                    ("", value) => page.push(value, None),
                    (_, "") => page.push(":", None),
                    (_, value) => {
                        page.push(": ", None);
                        page.push(value, None);
                    }
                }
            }),
        }
    }
    if let Some(footer) = &letter.footer {
        page.block(footer, Some(Mark::Small));
    }
    page.0
}

/// The part of `styled` in `range`, its marks cut with it. `from` is the first mark that may
/// reach into the range; it is moved on for the next range.
pub(super) fn slice(styled: &Styled, range: Range<usize>, from: &mut usize) -> Styled {
    let marks = &styled.marks;
    while marks
        .get(*from)
        .is_some_and(|(mark, _)| mark.end <= range.start)
    {
        *from += 1;
    }
    Styled {
        text: styled.text[range.clone()].to_owned(),
        marks: marks[*from..]
            .iter()
            .take_while(|(mark, _)| mark.start < range.end)
            .map(|(mark, kind)| {
                let start = mark.start.max(range.start) - range.start;
                let end = mark.end.min(range.end) - range.start;
                (start..end, *kind)
            })
            .filter(|(mark, _)| !mark.is_empty())
            .collect(),
    }
}

#[derive(Default)]
struct Page(Styled);

impl Page {
    /// One block of running text.
    fn block(&mut self, text: &str, mark: Option<Mark>) {
        self.gap("\n\n");
        self.push(text.trim(), mark);
    }

    /// One block of a line for each of `items`; `write` leaves nothing for what is to be left out.
    fn lines<T>(&mut self, items: &[T], write: impl Fn(&mut Self, &T)) {
        self.gap("\n\n");
        for item in items {
            if !self.0.text.ends_with('\n') {
                self.gap("\n");
            }
            write(self, item);
        }
    }

    /// Ends what stands here by `gap`; at the very top, and after an empty block, it does nothing.
    fn gap(&mut self, gap: &str) {
        let kept = self.0.text.trim_end_matches('\n').len();
        self.0.text.truncate(kept);
        if kept > 0 {
            self.0.text.push_str(gap);
        }
    }

    fn push(&mut self, text: &str, mark: Option<Mark>) {
        let start = self.0.text.len();
        self.0.text.push_str(text);
        if let Some(mark) = mark.filter(|_| !text.is_empty()) {
            self.0.marks.push((start..self.0.text.len(), mark));
        }
    }
}
