//! Buttons within a channel's limits: rows wrapped, labels shortened.

use unicode_segmentation::UnicodeSegmentation;

use super::cut::{blank, longest};
use crate::message::choice::{Choice, Tap};
use crate::message::{Action, limits::Limits};

/// What stands for the part of a label or title that was left out.
pub(super) const ELLIPSIS: &str = "…";

/// What stands before an answer that is chosen, and on the buttons that turn pages.
const CHOSEN: &str = "✓ ";
const BACK: &str = "‹";
const ON: &str = "›";

/// The most buttons that turn the pages of one choice.
const ARROWS: usize = 2;

/// The choices as lists where the channel has them, else as rows of buttons, so many on a page
/// that the `actions` below them have their room, too. A list takes a row; the last row is for
/// buttons.
pub(super) fn answers<'a>(
    choices: impl Iterator<Item = &'a Choice<String>>,
    actions: usize,
    limits: &Limits,
) -> (Vec<Choice<String>>, Vec<Vec<Action<String>>>) {
    let (mut lists, mut paged) = (vec![], vec![]);
    for choice in choices {
        let listed = (1..=limits.list).contains(&choice.answers.len());
        if listed && lists.len() + 1 < limits.button_rows {
            lists.push(list(choice, limits));
        } else {
            paged.push(choice);
        }
    }
    let slots = limits.button_rows.saturating_sub(lists.len()) * limits.button_columns;
    let room = slots.saturating_sub(actions) / paged.len().max(1);
    let rows = paged.iter().flat_map(|choice| page(choice, room, limits));
    (lists, rows.collect())
}

/// A choice with labels that fit.
fn list(choice: &Choice<String>, limits: &Limits) -> Choice<String> {
    let fit = |label: &mut String| {
        *label = shorten(&one_line(label), limits.label, limits.measure);
    };
    let mut list = choice.clone();
    fit(&mut list.label);
    for answer in &mut list.answers {
        fit(&mut answer.label);
    }
    list
}

/// A choice as buttons, at most `room` of them: the answers of its page, two in a row where they
/// are many, and arrows to the pages before and after it.
fn page(choice: &Choice<String>, room: usize, limits: &Limits) -> Vec<Vec<Action<String>>> {
    let all = choice.answers.len();
    let a_page = if all <= limits.answers.min(room) {
        all.max(1)
    } else {
        limits.answers.min(room.saturating_sub(ARROWS)).max(1)
    };
    let pages = all.div_ceil(a_page).max(1);
    let at = choice.page.min(pages - 1);
    let buttons: Vec<_> = (choice.answers.iter().skip(at * a_page).take(a_page))
        .filter_map(|answer| {
            let label = if answer.chosen {
                format!("{CHOSEN}{}", answer.label)
            } else {
                answer.label.clone()
            };
            let token = choice.tap(answer).token(&choice.token)?;
            Some(Action::Press { label, token })
        })
        .collect();
    let columns = if all > 4 { 2 } else { 1 };
    let mut rows = filled(buttons.into_iter(), columns);
    let arrow = |label: String, to: usize| {
        let token = Tap::Page(to).token(&choice.token)?;
        Some(Action::Press { label, token })
    };
    if pages > 1 {
        let back = at
            .checked_sub(1)
            .and_then(|to| arrow(format!("{BACK} {at}/{pages}"), to));
        let next = (at + 1 < pages).then(|| arrow(format!("{}/{pages} {ON}", at + 2), at + 1));
        rows.push(back.into_iter().chain(next.flatten()).collect());
    }
    rows
}

/// The actions that a channel can show: what it cannot do is left out, and a row with nothing in
/// it goes.
pub(super) fn allowed(rows: &[Vec<Action<String>>], limits: &Limits) -> Vec<Vec<Action<String>>> {
    let can = |action: &&Action<String>| match action {
        Action::Press { .. } | Action::Open { .. } => true,
        Action::Type { .. } => limits.types,
        Action::Share { .. } => limits.shares,
    };
    rows.iter()
        .map(|row| row.iter().filter(can).cloned().collect::<Vec<_>>())
        .filter(|row| !row.is_empty())
        .collect()
}

/// The rows that `limits` allow below `lists` lists, in order. Rows that are too long are broken;
/// when there are then too many rows, all are filled to the brim. What still does not fit is left
/// out: an ability that offers more actions than the smallest channel holds must page them itself.
pub(super) fn wrap(
    rows: Vec<Vec<Action<String>>>,
    lists: usize,
    limits: &Limits,
) -> Vec<Vec<Action<String>>> {
    let (most, columns) = (
        limits.button_rows.saturating_sub(lists),
        limits.button_columns,
    );
    if most == 0 || columns == 0 {
        return vec![];
    }
    let fitting = |row: Vec<_>| row.into_iter().map(|action| fit(action, limits));
    let mut wrapped: Vec<Vec<_>> = (rows.into_iter())
        .flat_map(|row| filled(fitting(row), columns))
        .collect();
    if wrapped.len() > most {
        wrapped = filled(wrapped.into_iter().flatten(), columns);
        wrapped.truncate(most);
    }
    wrapped
}

/// Rows of so many.
fn filled<T>(all: impl Iterator<Item = T>, columns: usize) -> Vec<Vec<T>> {
    let mut all = all.peekable();
    let mut rows = vec![];
    while all.peek().is_some() {
        rows.push(all.by_ref().take(columns).collect());
    }
    rows
}

fn fit(mut action: Action<String>, limits: &Limits) -> Action<String> {
    let (Action::Press { label, .. }
    | Action::Open { label, .. }
    | Action::Type { label, .. }
    | Action::Share { label, .. }) = &mut action;
    // Most labels are as they should be.
    if label.contains(|char| char != ' ' && blank(char))
        || label.contains("  ")
        || label.trim() != label
    {
        *label = one_line(label);
    }
    if (limits.measure)(label) > limits.label {
        *label = shorten(label, limits.label, limits.measure);
    }
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
