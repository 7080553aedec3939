//! What operators ask for: a new alert step by step, the board, drafts and alerts.

use super::{Deed, Outcome, Scene};
use crate::base::fold::fold;
use crate::base::id::from_base36;
use crate::features::alert::draft::panel;
use crate::features::alert::template::{
    CAUSE, CHANGE, PLACE, TABLE, Template, first_open, template_of,
};
use crate::message::form::{Ears, Filled, Form, Move, SPOT, Step};
use crate::message::{Arg, Letter, Token, Words, say, say_with};
use crate::people::crowd::Citizen;
use crate::people::permit::{Doing, authorize};

/// What an operator does that the database must be asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Duty {
    /// Show what is open and what counts.
    Board,
    /// Show a draft.
    Draft(i64),
    /// Show what can be done about an alert.
    Alert(i64),
    /// Change a draft or update an alert: what the button says.
    Change(String),
    /// Draw up what was answered.
    Draw(Filled),
    /// Draw up what stands in a window's fields.
    Filled {
        /// What the window is for.
        of: String,
        /// What was written into its fields.
        values: Vec<(String, String)>,
    },
}

/// The template that a text begins with, the cause behind it where one is named, and the rest.
pub type Begun<'a> = (Template, Option<&'static str>, &'a str);

/// Writes places into the question where, parted by commas; goes on when all of them are understood.
pub(super) fn write_places(form: &Form, filled: &mut Filled, text: &str, ears: &Ears<'_>) -> Step {
    // A point has commas of its own; of names each must be understood, so that none is lost.
    let is_spot = (ears.places)(text).0.iter().any(|it| it.starts_with(SPOT));
    let parts: Vec<&str> = if is_spot {
        vec![text]
    } else {
        let parts = text.split([',', ';', '\n']).map(str::trim);
        parts.filter(|part| !part.is_empty()).collect()
    };
    if filled.one(CHANGE).is_some() {
        // What is written takes the place of what was there.
        filled.answers.remove(PLACE);
    }
    for part in parts {
        let before = filled.of(PLACE).to_vec();
        let step = form.step(filled, &Move::Wrote(part), ears);
        let taken = step == Step::Ask(None) || filled.of(PLACE) != before;
        if filled.at != PLACE || !filled.offers.is_empty() || !taken {
            return step;
        }
    }
    form.step(filled, &Move::Next, ears)
}

impl Scene<'_> {
    /// `/alert`, and what follows it.
    pub(super) fn on_duty(&self, citizen: &mut Citizen, rest: &str) -> Outcome {
        let Some(actor) = &self.actor else {
            return Letter::line(say("permit-stranger")).into();
        };
        if rest.is_empty() {
            return Outcome::deed(Deed::Duty(Duty::Board));
        }
        if let Err(why) = authorize(actor, Doing::Draft) {
            return Letter::line(why).into();
        }
        let wanted = self.after_new(rest);
        if wanted.is_empty() {
            return panel::choose(None).into();
        }
        match self.begun(wanted) {
            Some((Template::AllClear, ..)) => Outcome::deed(Deed::Duty(Duty::Board)),
            Some((template, cause, places)) => self.begin(citizen, template, cause, places),
            None => {
                let text = [("text", Arg::Text(wanted.chars().take(40).collect()))];
                panel::choose(Some(say_with("duty-no-template", text))).into()
            }
        }
    }

    /// What follows the word "new", which may be left out.
    #[must_use]
    pub fn after_new<'a>(&self, rest: &'a str) -> &'a str {
        let new = |text: &'a str| self.behind(text, &say("duty-words-new"));
        new(rest).unwrap_or(rest)
    }

    /// The template that a text names first.
    #[must_use]
    pub fn begun<'a>(&self, text: &'a str) -> Option<Begun<'a>> {
        let named = TABLE.iter().filter_map(|declared| {
            let code = [("template", Arg::Text(declared.code.to_owned()))];
            let name = Words::Say(declared.keys.name, vec![]);
            let rest = (self.behind(text, &say_with("duty-words-template", code)))
                .or_else(|| self.behind(text, &name))
                .or_else(|| begins(text, declared.code))?;
            Some((declared, rest))
        });
        // The longest name counts.
        let (declared, rest) = named.min_by_key(|(_, rest)| rest.len())?;
        let cause = declared.choices.iter().find_map(|choice| {
            let code = vec![("cause", Arg::Text(choice.code.to_owned()))];
            let name = Words::Say(declared.keys.cause, code);
            let rest = self
                .behind(rest, &name)
                .or_else(|| begins(rest, choice.code))?;
            Some((choice.code, rest))
        });
        Some(match cause {
            Some((cause, rest)) => (declared.template, Some(cause), rest),
            None => (declared.template, None, rest),
        })
    }

    /// What follows in a text any of these words, which commas part, in any language.
    fn behind<'a>(&self, text: &'a str, words: &Words) -> Option<&'a str> {
        let worded = (self.catalogue.languages().into_iter())
            .filter_map(|lang| self.catalogue.word(words, lang).ok());
        let all: Vec<String> = worded.collect();
        let each = all.iter().flat_map(|words| words.split(','));
        each.filter_map(|words| begins(text, words))
            .min_by_key(|rest| rest.len())
    }

    /// Opens the form of a template, with what was typed behind its name.
    fn begin(
        &self,
        citizen: &mut Citizen,
        template: Template,
        cause: Option<&str>,
        places: &str,
    ) -> Outcome {
        let form = template.declared().form;
        let cause = cause.map(|cause| (CAUSE, vec![cause.to_owned()]));
        let asked = self.open(citizen, form, cause.into_iter().collect());
        let (Some(form), Some(filled)) = (self.forms.get(form), &mut citizen.form) else {
            return asked;
        };
        if places.is_empty() {
            filled.at = first_open(form, filled).unwrap_or(PLACE).to_owned();
            return fresh(self.ask(citizen, None));
        }
        PLACE.clone_into(&mut filled.at);
        fresh(self.moved(citizen, &Move::Wrote(places)))
    }

    /// A button below the board.
    pub(super) fn on_board(&self, rest: &str) -> Outcome {
        let Some(actor) = &self.actor else {
            return Letter::line(say("permit-stranger")).into();
        };
        let duty = match rest.split_once('=') {
            Some(("draft", id)) => from_base36(id).map(Duty::Draft),
            Some(("alert", id)) => from_base36(id).map(Duty::Alert),
            _ if rest == "new" => {
                return match authorize(actor, Doing::Draft) {
                    Ok(()) => panel::choose(None).into(),
                    Err(why) => Letter::line(why).into(),
                };
            }
            _ => Some(Duty::Board),
        };
        duty.map_or_else(Outcome::nothing, |duty| Outcome::deed(Deed::Duty(duty)))
    }

    /// A button or an answer that opens a window where there are any; here it is asked step by step.
    pub(super) fn fills(&self, citizen: &mut Citizen, rest: &str) -> Outcome {
        let Some(actor) = &self.actor else {
            return Letter::line(say("permit-stranger")).into();
        };
        if let Err(why) = authorize(actor, Doing::Draft) {
            return Letter::line(why).into();
        }
        if rest == "again" {
            return self.ask(citizen, None);
        }
        match rest.strip_prefix("new=").map(Template::parse) {
            Some(Some(template)) => self.begin(citizen, template, None, ""),
            Some(None) => panel::choose(None).into(),
            None => Outcome::deed(Deed::Duty(Duty::Change(rest.to_owned()))),
        }
    }

    /// A window was filled in.
    pub(super) fn filled(&self, token: &Token, values: &[(String, String)]) -> Outcome {
        if self.actor.is_none() {
            return Letter::line(say("permit-stranger")).into();
        }
        let of = token.as_str().split_once('.').map_or("", |(_, of)| of);
        Outcome::deed(Deed::Duty(Duty::Filled {
            of: of.to_owned(),
            values: values.to_vec(),
        }))
    }

    /// Everything that was asked is answered: it is drawn up, unless an earlier question is open.
    pub(super) fn answered(&self, citizen: &mut Citizen, filled: &Filled) -> Outcome {
        let form = self.forms.get(&filled.form);
        let open = form.and_then(|form| first_open(form, filled));
        if let Some(open) = open.filter(|_| template_of(&filled.form).is_some()) {
            let mut filled = filled.clone();
            open.clone_into(&mut filled.at);
            citizen.form = Some(filled);
            return self.ask(citizen, None);
        }
        Outcome::deed(Deed::Duty(Duty::Draw(filled.clone())))
    }
}

/// As a message of its own: what was acted on stays.
fn fresh(mut outcome: Outcome) -> Outcome {
    for said in &mut outcome.says {
        said.replaces = false;
    }
    outcome
}

/// What follows `words` at the beginning of a text, whatever the script.
fn begins<'a>(text: &'a str, words: &str) -> Option<&'a str> {
    let words = fold(words);
    let spaces = text.char_indices().filter(|(_, it)| it.is_whitespace());
    let ends = spaces.map(|(at, _)| at).chain([text.len()]);
    for end in ends {
        let so_far = fold(text.get(..end)?);
        if so_far == words && !words.is_empty() {
            return Some(text.get(end..)?.trim_start());
        }
        if so_far.len() > words.len() {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::begins;

    #[test]
    fn what_follows_is_left_as_it_was_written() {
        assert_eq!(begins("water Lyulin 3", "water"), Some("Lyulin 3"));
        assert_eq!(begins("Water", "water"), Some(""));
        assert_eq!(begins("hot water now", "hot water"), Some("now"));
        assert_eq!(begins("waterloo", "water"), None);
        assert_eq!(begins("", "water"), None);
    }
}
