//! A message that stands already gets a line above everything.

use super::buttons::{ELLIPSIS, one_line};
use super::compose::slice;
use super::cut::{blank, longest};
use super::{Limits, Mark, Part, Styled};

impl Part {
    /// The same part with `line` above everything and without buttons, in no more room than the
    /// message may take: what is too much at its end gives way.
    #[must_use]
    pub fn marked(&self, line: &str, limits: &Limits) -> Self {
        let title = one_line(line);
        let mut page = Styled::default();
        if let Some(old) = &self.title {
            page.text.push_str(old);
            page.marks.push((0..old.len(), Mark::Strong));
            if !self.text.text.is_empty() {
                page.text.push_str("\n\n");
            }
        }
        let shift = page.text.len();
        page.text.push_str(&self.text.text);
        let marks = self.text.marks.iter();
        page.marks
            .extend(marks.map(|(range, mark)| (range.start + shift..range.end + shift, *mark)));
        let beside = self.picture.as_ref().and(limits.pictures);
        let most = match beside.and_then(|showing| showing.caption) {
            Some(most) => most.saturating_sub((limits.measure)(&format!("{title}\n\n"))),
            None => limits.titled_text.or(limits.text).unwrap_or(usize::MAX),
        };
        Self {
            title: Some(title),
            text: fitted(page, most, limits),
            actions: vec![],
            lists: vec![],
            weight: self.weight,
            picture: self.picture.clone(),
        }
    }
}

/// As much of `page` as there is room for, up to the end of a word.
fn fitted(page: Styled, most: usize, limits: &Limits) -> Styled {
    if (limits.measure)(&page.text) <= most {
        return page;
    }
    let words = || page.text.match_indices(blank).map(|(at, _)| at);
    let end = longest(&page.text, words, most, limits.measure, ELLIPSIS).unwrap_or(0);
    let mut kept = slice(&page, 0..end, &mut 0);
    kept.text.push_str(ELLIPSIS);
    kept
}
