//! Buttons within a channel's limits: rows wrapped, labels shortened.

use unicode_segmentation::UnicodeSegmentation;

use super::cut::{blank, longest};
use crate::message::{Action, limits::Limits};

/// What stands for the part of a label or title that was left out.
pub(super) const ELLIPSIS: &str = "…";

/// The rows that `limits` allow, in order. Rows that are too long are broken; when there are then
/// too many rows, all are filled to the brim. What still does not fit is left out: an ability that
/// offers more choices than the smallest channel holds must page them itself.
pub(super) fn wrap(rows: &[Vec<Action<String>>], limits: &Limits) -> Vec<Vec<Action<String>>> {
    if limits.button_rows == 0 || limits.button_columns == 0 {
        return vec![];
    }
    let broken = rows
        .iter()
        .flat_map(|row| row.chunks(limits.button_columns));
    let mut wrapped: Vec<Vec<_>> = broken
        .map(|row| row.iter().map(|action| fit(action, limits)).collect())
        .collect();
    if wrapped.len() > limits.button_rows {
        let all = wrapped.concat();
        wrapped = all
            .chunks(limits.button_columns)
            .map(<[_]>::to_vec)
            .collect();
        wrapped.truncate(limits.button_rows);
    }
    wrapped
}

fn fit(action: &Action<String>, limits: &Limits) -> Action<String> {
    let mut action = action.clone();
    let (Action::Press { label, .. } | Action::Open { label, .. }) = &mut action;
    *label = shorten(&one_line(label), limits.label, limits.measure);
    action
}

/// `text` in one line: line breaks and runs of breakable space become one space each.
pub(super) fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split(blank).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// `text` cut at a grapheme to at most `limit`, the ellipsis included.
fn shorten(text: &str, limit: usize, measure: fn(&str) -> usize) -> String {
    if measure(text) <= limit {
        return text.to_owned();
    }
    let ends = || text.grapheme_indices(true).map(|(at, g)| at + g.len());
    let end = longest(text, ends, limit, measure, ELLIPSIS).unwrap_or(0);
    format!("{}{ELLIPSIS}", text[..end].trim_end())
}
