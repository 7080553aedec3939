//! The question where: a district that is tapped, a name that is written, a point that is shared.

use super::{EVERYWHERE, Ears, Filled, Form, Move, Offer, Question, SPOT, Step, known};
use crate::base::point::Point;
use crate::message::choice::Tap;
use crate::message::{Arg, Words, say, say_with};

/// The most places that one question takes.
const MOST_PLACES: usize = 30;

impl Form {
    pub(super) fn place(
        &self,
        filled: &mut Filled,
        question: &Question,
        offers: &[Offer],
        act: &Move<'_>,
        ears: &Ears<'_>,
    ) -> Step {
        match act {
            Move::Shared(point) => {
                let (lat, lon) = point.degrees();
                self.spot(filled, question, &format!("{SPOT}{lat:.6},{lon:.6}"), ears)
            }
            Move::Wrote(text) => {
                filled.offers.clear();
                if (ears.label)(&say("form-everywhere")).contains(&(ears.fold)(text)) {
                    put_place(filled, question.name, EVERYWHERE, true);
                    return Step::Ask(None);
                }
                let (found, sure) = (ears.places)(text);
                match found.as_slice() {
                    [] => Step::Ask(Some(say_with(
                        "form-place-unknown",
                        [("text", Arg::Text(shortened(text)))],
                    ))),
                    [spot] if spot.starts_with(SPOT) => self.spot(filled, question, spot, ears),
                    [only] if sure => {
                        put_place(filled, question.name, only, true);
                        Step::Ask(found_in(offers, only, text, ears))
                    }
                    several => {
                        filled.offers = several.iter().take(8).cloned().collect();
                        let text = [("text", Arg::Text(shortened(text)))];
                        Step::Ask(Some(if sure {
                            say("form-place-which")
                        } else {
                            say_with("form-place-guess", text)
                        }))
                    }
                }
            }
            Move::Tapped(tap) => {
                let meant = std::mem::take(&mut filled.offers);
                let (value, wanted) = match tap {
                    Tap::Only(value) | Tap::With(value) => (value, true),
                    Tap::Without(value) => (value, false),
                    Tap::Page(_) => return Step::Ask(None),
                };
                let named = (meant.iter().enumerate()).find(|(at, _)| numbered(*at) == *value);
                if let Some((_, name)) = named {
                    put_place(filled, question.name, name, true);
                } else if value == EVERYWHERE || known(offers, value).is_some() {
                    put_place(filled, question.name, value, wanted);
                }
                Step::Ask(None)
            }
            Move::Chose(values) => {
                filled.offers.clear();
                // A list names the districts that are chosen; what was shared or written stays.
                filled
                    .answers
                    .entry(question.name.to_owned())
                    .or_default()
                    .retain(|value| value != EVERYWHERE && known(offers, value).is_none());
                for value in values.iter().filter_map(|value| known(offers, value)) {
                    put_place(filled, question.name, &value, true);
                }
                Step::Ask(None)
            }
            Move::Next | Move::Back => Step::Ask(None),
        }
    }

    /// Takes a point, in place of one that was taken before.
    fn spot(&self, filled: &mut Filled, of: &Question, spot: &str, ears: &Ears<'_>) -> Step {
        let degrees = spot.trim_start_matches(SPOT).split('/').next();
        let point = degrees.and_then(Point::read);
        if !point.is_some_and(|point| (ears.covers)(point)) {
            return Step::Ask(Some(say("form-place-outside")));
        }
        let chosen = filled.answers.entry(of.name.to_owned()).or_default();
        chosen.retain(|value| !value.starts_with(SPOT) && value != EVERYWHERE);
        filled.put(of.name, spot, true);
        self.next(filled, of)
    }
}

/// The value of a button for the place of this number among those that a name may mean.
pub(super) fn numbered(place: usize) -> String {
    format!("~{place}")
}

fn put_place(filled: &mut Filled, question: &str, value: &str, wanted: bool) {
    if wanted && value == EVERYWHERE {
        filled.answers.insert(question.to_owned(), vec![]);
    } else if wanted {
        filled.put(question, EVERYWHERE, false);
    }
    if !wanted || filled.of(question).len() < MOST_PLACES {
        filled.put(question, value, wanted);
    }
}

/// Says which of the offers a written name lies in, where that is not its own name.
fn found_in(offers: &[Offer], value: &str, text: &str, ears: &Ears<'_>) -> Option<Words> {
    let (_, name) = offers.iter().find(|(known, _)| known == value)?;
    let same = (ears.label)(name).contains(&(ears.fold)(text));
    (!same).then(|| {
        say_with(
            "form-place-found",
            [
                ("text", Arg::Text(shortened(text))),
                ("place", Arg::Words(Box::new(name.clone()))),
            ],
        )
    })
}

/// The beginning of somebody's words, to be repeated to them.
fn shortened(text: &str) -> String {
    let text = text.trim();
    match text.char_indices().nth(40) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
