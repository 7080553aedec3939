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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::limits::{Repeat, Showing, measure_chars};
    use crate::message::picture::{Picture, PictureId};
    use crate::message::{Letter, layout::lay_out};

    fn limits(text: usize, caption: usize) -> Limits {
        Limits {
            measure: measure_chars,
            text: Some(text),
            titled_text: Some(text),
            title: 40,
            button_rows: 0,
            button_columns: 0,
            label: 0,
            list: 0,
            answers: 0,
            shares: false,
            types: false,
            changes: true,
            pictures: Some(Showing {
                caption: Some(caption),
                keeps: true,
            }),
            repeat: Repeat::Visible,
        }
    }

    fn marked(text: &str, picture: Option<Picture<String>>, limits: &Limits) -> Part {
        let letter = Letter {
            title: Some("Storm".to_owned()),
            picture,
            ..Letter::line(text.to_owned())
        };
        let parts = lay_out(&letter, limits);
        parts[0].marked("Over.", limits)
    }

    #[test]
    fn the_old_words_follow_the_line_as_far_as_there_is_room() {
        let part = marked("one two three", None, &limits(100, 50));
        assert_eq!(part.title.as_deref(), Some("Over."));
        assert_eq!(part.text.text, "Storm\n\none two three");
        assert_eq!(part.text.marks, [(0..5, Mark::Strong)]);
        let part = marked("one two three", None, &limits(17, 50));
        assert_eq!(part.text.text, "Storm\n\none two…");
        let part = marked("one two three", None, &limits(14, 50));
        assert_eq!(part.text.text, "Storm\n\none…");
    }

    #[test]
    fn beside_a_picture_there_is_less_room_and_it_stays_there() {
        let picture = Picture {
            id: PictureId::of([0; 32]),
            alternative: "a map".to_owned(),
        };
        let limits = limits(100, 22);
        let part = marked("one two three", Some(picture), &limits);
        assert_eq!(part.text.text, "Storm\n\none two…");
        assert!(part.picture.is_some());
        let whole = format!("{}\n\n{}", part.title.unwrap_or_default(), part.text.text);
        assert!(measure_chars(&whole) <= 22, "{whole}");
    }
}
