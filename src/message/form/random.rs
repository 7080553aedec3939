//! The step under whatever people do: it never fails, answers stay within bounds, ways lead back.

use proptest::prelude::*;

use super::{EVERYWHERE, Ears, Filled, Form, Kind, Move, Offer, Question, SPOT, Step, always};
use crate::base::fold::fold;
use crate::base::point::Point;
use crate::message::Words;
use crate::message::choice::Tap;

const LONGEST_TEXT: usize = 8;

fn offers(values: &[&str]) -> Vec<Offer> {
    let offer = |value: &&str| ((*value).to_owned(), Words::Verbatim((*value).to_owned()));
    values.iter().map(offer).collect()
}

fn question(name: &'static str, kind: Kind, when: fn(&Filled) -> bool) -> Question {
    Question {
        name,
        ask: Words::Verbatim(name.to_owned()),
        hint: None,
        kind,
        when,
    }
}

/// Every kind of question; the second is asked of those only who shared a place.
fn form() -> Form {
    let shared = |filled: &Filled| filled.of("where").iter().any(|it| it.starts_with(SPOT));
    Form {
        name: "all",
        questions: vec![
            question("where", Kind::Place(offers(&["a", "b", "c"])), always),
            question("radius", Kind::One(offers(&["300", "1000"])), shared),
            question("topics", Kind::Several(offers(&["x", "y"])), always),
            question("until", Kind::Open(offers(&["x"]), LONGEST_TEXT), always),
            question("text", Kind::Text(LONGEST_TEXT), always),
        ],
    }
}

/// What somebody does, with owned words.
#[derive(Debug, Clone)]
enum Act {
    Tapped(Tap),
    Chose(Vec<String>),
    Wrote(String),
    Shared(Point),
    Next,
    Back,
}

fn value() -> impl Strategy<Value = String> {
    let known = [
        "a", "b", "c", "300", "1000", "x", "y", EVERYWHERE, "@1,2", "",
    ];
    prop_oneof![
        8 => prop::sample::select(known.to_vec()).prop_map(str::to_owned),
        1 => ".{0,20}",
    ]
}

fn act() -> impl Strategy<Value = Act> {
    let point = (-2_i32..2, -2_i32..2);
    prop_oneof![
        1 => value().prop_map(|value| Act::Tapped(Tap::Only(value))),
        3 => value().prop_map(|value| Act::Tapped(Tap::With(value))),
        1 => value().prop_map(|value| Act::Tapped(Tap::Without(value))),
        1 => any::<usize>().prop_map(|page| Act::Tapped(Tap::Page(page))),
        1 => prop::collection::vec(value(), 0..4).prop_map(Act::Chose),
        3 => value().prop_map(Act::Wrote),
        1 => "[ab, ;x]{0,12}".prop_map(Act::Wrote),
        2 => point.prop_map(|(lat, lon)| {
            let millionths = |degrees: i32| i64::from(degrees) * 1_000_000;
            Act::Shared(Point { lat: millionths(lat), lon: millionths(lon) })
        }),
        5 => Just(Act::Next),
        2 => Just(Act::Back),
    ]
}

fn step(form: &Form, filled: &mut Filled, act: &Act) -> Step {
    let label = |words: &Words| match words {
        Words::Verbatim(text) => vec![fold(text)],
        _ => vec![],
    };
    let ears = Ears {
        label: &label,
        fold,
        places: &|text| {
            let named: Vec<String> = (["a", "b", "c"].into_iter())
                .filter(|name| text.contains(name))
                .map(str::to_owned)
                .collect();
            (named, text.len() < 4)
        },
        covers: &|point| point.lat > 0,
    };
    let act = match act {
        Act::Tapped(tap) => Move::Tapped(tap.clone()),
        Act::Chose(values) => Move::Chose(values),
        Act::Wrote(text) => Move::Wrote(text),
        Act::Shared(point) => Move::Shared(*point),
        Act::Next => Move::Next,
        Act::Back => Move::Back,
    };
    form.step(filled, &act, &ears)
}

/// Whether the answers to a question are some that it allows.
fn allowed(question: &Question, values: &[String]) -> bool {
    let known = |offers: &[Offer], it: &String| offers.iter().any(|(value, _)| value == it);
    let twice = (1..values.len()).any(|at| values[..at].contains(&values[at]));
    let each = match &question.kind {
        Kind::Text(most) | Kind::Open(_, most) => {
            values.len() <= 1 && values.iter().all(|it| it.chars().count() <= *most)
        }
        Kind::One(offers) => values.len() <= 1 && values.iter().all(|it| known(offers, it)),
        Kind::Several(offers) => values.iter().all(|it| known(offers, it)),
        Kind::Place(offers) => {
            let everywhere = values.iter().any(|it| it == EVERYWHERE);
            let place = |it: &String| it.starts_with(SPOT) || known(offers, it);
            let spots = values.iter().filter(|it| it.starts_with(SPOT)).count();
            if everywhere {
                values.len() == 1
            } else {
                spots <= 1 && values.iter().all(place)
            }
        }
    };
    each && !twice
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_done_answers_stay_within_bounds(acts in prop::collection::vec(act(), 0..40)) {
        let form = form();
        let mut filled = Filled::new(&form, 1, std::collections::BTreeMap::new());
        for act in &acts {
            let before = filled.clone();
            let after = step(&form, &mut filled, act);
            for question in &form.questions {
                let values = filled.of(question.name);
                prop_assert!(allowed(question, values), "{act:?}: {filled:?}");
            }
            prop_assert!(filled.offers.len() <= 8);
            let _ = form.letter(&filled, None, vec![]);
            match after {
                Step::Ask(_) => {
                    let asked = form.question(&filled.at).expect("a question of the form");
                    prop_assert!((asked.when)(&filled) || filled.at == before.at);
                }
                Step::Done => {
                    let open = (form.questions.iter())
                        .find(|it| (it.when)(&filled) && filled.of(it.name).is_empty());
                    prop_assert!(open.is_none(), "not answered: {filled:?}");
                    return Ok(());
                }
                Step::Out => {
                    prop_assert_eq!(&filled.at, "where");
                    return Ok(());
                }
            }
            // Who went on can go back to where they were, and nothing is lost by it.
            if *before.at != *filled.at && matches!(act, Act::Next) {
                let mut back = filled.clone();
                prop_assert_eq!(step(&form, &mut back, &Act::Back), Step::Ask(None));
                prop_assert_eq!(&back.at, &before.at);
                prop_assert_eq!(&back.answers, &before.answers);
            }
        }
    }
}
