//! Choices laid out: pages of buttons, lists, and room for the actions below them.

use glas::message::choice::{Answer, Choice, LONGEST_TOKEN, LONGEST_VALUE, Tap};
use glas::message::layout::{Part, lay_out};
use glas::message::limits::Limits;
use glas::message::{Action, Block, Letter, Token};

use crate::layout::{letter, limits};

fn token(text: &str) -> Token {
    Token::try_from(text.to_owned()).expect("a token")
}

/// A choice of `count` answers, `a1` and so on, of which every third is chosen.
fn choice(count: usize, several: bool, page: usize) -> Choice<String> {
    let answers = (1..=count).map(|n| Answer {
        label: format!("р{n}"),
        value: format!("a{n}"),
        chosen: several && n % 3 == 0,
    });
    Choice {
        label: "Къде\nживеете?".to_owned(),
        token: token("f1.where"),
        answers: answers.collect(),
        several,
        page,
    }
}

/// A letter with choices, and rows of so many actions below.
fn asking(choices: Vec<Choice<String>>, rows: &[usize]) -> Letter<String> {
    let mut asking = letter(None, vec![Block::Paragraph("Къде?".to_owned())]);
    asking.body.extend(choices.into_iter().map(Block::Choice));
    let mut number = 0;
    for row in rows {
        let actions = (0..*row).map(|_| {
            number += 1;
            Action::Press {
                label: format!("д{number}"),
                token: token(&format!("do{number}")),
            }
        });
        asking.actions.push(actions.collect());
    }
    asking
}

fn last(letter: &Letter<String>, limits: &Limits) -> Part {
    lay_out(letter, limits).pop().expect("a part")
}

fn labels(part: &Part) -> Vec<Vec<&str>> {
    let label = |action: &Action<String>| action.label().len();
    assert!(
        part.actions
            .iter()
            .flatten()
            .all(|action| label(action) > 0)
    );
    let rows = part.actions.iter();
    rows.map(|row| row.iter().map(|action| action.label().as_str()).collect())
        .collect()
}

fn behind(action: &Action<String>) -> &str {
    match action {
        Action::Press { token, .. } => token.as_str(),
        other => panic!("{other:?}"),
    }
}

fn tokens(part: &Part) -> Vec<&str> {
    part.actions.iter().flatten().map(behind).collect()
}

/// As a chat of buttons, as one with lists, and as the smallest.
fn chat() -> Limits {
    Limits {
        button_rows: 30,
        label: 64,
        answers: 12,
        ..limits(Some(4096), None)
    }
}

fn with_lists() -> Limits {
    Limits {
        button_rows: 5,
        button_columns: 5,
        list: 25,
        ..chat()
    }
}

#[test]
fn few_answers_stand_one_in_a_row_and_many_two() {
    let part = last(&asking(vec![choice(4, false, 0)], &[2]), &chat());
    assert_eq!(
        labels(&part),
        [
            vec!["р1"],
            vec!["р2"],
            vec!["р3"],
            vec!["р4"],
            vec!["д1", "д2"]
        ]
    );
    assert_eq!(tokens(&part)[..2], ["f1.where=a1", "f1.where=a2"]);
    assert_eq!(part.text.text, "Къде?", "a choice is no text");
    let part = last(&asking(vec![choice(5, true, 0)], &[]), &chat());
    assert_eq!(
        labels(&part),
        [vec!["р1", "р2"], vec!["✓ р3", "р4"], vec!["р5"]]
    );
    assert_eq!(
        tokens(&part),
        [
            "f1.where+a1",
            "f1.where+a2",
            "f1.where-a3",
            "f1.where+a4",
            "f1.where+a5"
        ]
    );
}

#[test]
fn pages_are_turned_by_arrows_and_a_page_that_is_not_there_is_the_last() {
    let shown = |page| last(&asking(vec![choice(30, false, page)], &[1]), &chat());
    let arrows = |part: &Part| -> Vec<String> {
        let rows = labels(part);
        rows[rows.len() - 2]
            .iter()
            .map(|label| (*label).to_owned())
            .collect()
    };
    let first = shown(0);
    assert_eq!(labels(&first).len(), 6 + 1 + 1);
    assert_eq!(arrows(&first), ["2/3 ›"]);
    assert!(tokens(&first).contains(&"f1.where@1"));
    let second = shown(1);
    assert_eq!(arrows(&second), ["‹ 1/3", "3/3 ›"]);
    assert_eq!(tokens(&second)[12..14], ["f1.where@0", "f1.where@2"]);
    assert_eq!(labels(&second)[0], ["р13", "р14"]);
    let third = shown(2);
    assert_eq!(arrows(&third), ["‹ 2/3"]);
    assert_eq!(tokens(&third).len(), 6 + 1 + 1);
    for beyond in [3, 40, usize::MAX] {
        assert_eq!(shown(beyond), third, "{beyond}");
    }
    let none = last(&asking(vec![choice(0, false, 7)], &[1]), &chat());
    assert_eq!(labels(&none), [["д1"]]);
}

#[test]
fn lists_stand_where_the_channel_has_them_and_take_a_row_each() {
    let part = last(
        &asking(vec![choice(25, true, 9)], &[2, 2, 2, 2, 2]),
        &with_lists(),
    );
    let list = &part.lists[0];
    assert_eq!(
        (list.label.as_str(), list.answers.len()),
        ("Къде живеете?", 25)
    );
    assert_eq!(list.token, token("f1.where"));
    assert!(list.answers[2].chosen && !list.answers[3].chosen);
    assert_eq!(
        labels(&part).len(),
        2,
        "ten actions in two rows, for four are free"
    );
    assert_eq!(tokens(&part).len(), 10);
    let part = last(&asking(vec![choice(25, false, 0)], &[2, 1]), &with_lists());
    assert_eq!(
        labels(&part),
        [vec!["д1", "д2"], vec!["д3"]],
        "rows stay when they fit"
    );
    let six = (0..6).map(|_| choice(2, false, 0)).collect();
    let part = last(&asking(six, &[1]), &with_lists());
    assert_eq!((part.lists.len(), labels(&part).len()), (4, 1));
    assert_eq!(tokens(&part).len(), 2 + 2 + 1, "what has no row is pressed");
    let part = last(&asking(vec![choice(26, false, 0)], &[]), &with_lists());
    assert!(part.lists.is_empty(), "more than a list holds");
}

#[test]
fn nothing_is_lost_of_a_full_page_and_five_rows_of_actions() {
    for (name, limits) in [("buttons", chat()), ("lists", with_lists())] {
        for columns in 1..=3 {
            for count in [12, 25, 40] {
                let letter = asking(vec![choice(count, true, 0)], &[columns; 5]);
                let part = last(&letter, &limits);
                let shown = part
                    .lists
                    .iter()
                    .map(|list| list.answers.len())
                    .sum::<usize>();
                let tokens = tokens(&part);
                let actions = tokens
                    .iter()
                    .filter(|token| token.starts_with("do"))
                    .count();
                assert_eq!(actions, columns * 5, "{name}, {count} answers");
                let rows = part.actions.len() + part.lists.len();
                assert!(rows <= limits.button_rows, "{name}: {rows} rows");
                let mut reached: Vec<String> = vec![];
                for page in 0..count {
                    let part = last(
                        &asking(vec![choice(count, true, page)], &[columns; 5]),
                        &limits,
                    );
                    let answers = part
                        .actions
                        .iter()
                        .flatten()
                        .filter_map(|action| match action {
                            Action::Press { token, .. } => match Tap::read(token) {
                                Some((_, Tap::With(value) | Tap::Without(value))) => Some(value),
                                _ => None,
                            },
                            _ => None,
                        });
                    reached.extend(answers);
                }
                reached.sort();
                reached.dedup();
                assert_eq!(
                    reached.len() + shown,
                    count,
                    "{name}: every answer is on a page"
                );
            }
        }
    }
}

#[test]
fn labels_are_shortened_and_tokens_fit_into_a_button() {
    let mut long = choice(40, true, 2);
    long.token = token(&"f".repeat(LONGEST_TOKEN));
    long.label = "Въпрос ".repeat(40);
    for answer in &mut long.answers {
        answer.value = format!("{:0>width$}", answer.value, width = LONGEST_VALUE);
        answer.label = "Район ".repeat(20);
    }
    let part = last(&asking(vec![long.clone()], &[]), &chat());
    assert_eq!(tokens(&part).len(), 12 + 2, "no answer is left out");
    assert!(tokens(&part).iter().all(|token| token.len() <= 64));
    let shown: Vec<_> = labels(&part).concat();
    assert!(shown.iter().all(|label| label.encode_utf16().count() <= 64));
    assert!(
        shown[0].ends_with('…') && shown[2].starts_with("✓ "),
        "{shown:?}"
    );
    long.answers.truncate(25);
    let part = last(&asking(vec![long], &[]), &with_lists());
    let list = &part.lists[0];
    assert!(list.label.ends_with('…') && list.label.chars().count() <= 64);
    assert!(
        list.answers
            .iter()
            .all(|answer| answer.label.chars().count() <= 64)
    );
}

#[test]
fn what_a_channel_cannot_do_is_left_out_with_its_row() {
    let mut letter = asking(vec![], &[1]);
    let label = || "x".to_owned();
    letter.actions.push(vec![Action::Share {
        label: label(),
        token: token("place"),
    }]);
    letter.actions.push(vec![Action::Type {
        label: label(),
        token: token("text"),
    }]);
    let rows = |shares, types| {
        let limits = Limits {
            shares,
            types,
            ..chat()
        };
        last(&letter, &limits).actions.len()
    };
    assert_eq!(
        (rows(true, true), rows(true, false), rows(false, false)),
        (3, 2, 1)
    );
}
