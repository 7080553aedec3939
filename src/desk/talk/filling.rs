//! Filling in forms: each move, and what follows when everything is answered.

use super::{Deed, Outcome, Scene, duty, instead, renewed};
use crate::base::fold::{fold, spellings};
use crate::features::alert::draft::letters;
use crate::features::alert::template;
use crate::features::subscribe::rules::{
    self, CADENCE, HOUR, OF, QUIET, SEVERITY, SURE, TOPICS, WEEKDAY,
};
use crate::features::subscribe::{SETTINGS, chat};
use crate::message::form::{Ears, Filled, Move, Step};
use crate::message::{Action, Letter, Token, Words, say};
use crate::people::crowd::Citizen;
use crate::people::{Cadence, Wish};

/// What was pressed or written under the call to a second person.
fn drafted((act, id, revision, text): letters::Pressed) -> Outcome {
    Outcome::deed(Deed::Draft {
        act,
        id,
        revision,
        text,
    })
}

impl Scene<'_> {
    /// A move in the run that a button names. One of an old run changes nothing.
    pub(super) fn moved_in(
        &self,
        citizen: &mut Citizen,
        run: i64,
        question: &str,
        act: &Move<'_>,
    ) -> Outcome {
        let known = |filled: &Filled| {
            let form = self.forms.get(&filled.form);
            form.is_some_and(|form| form.question(question).is_some())
        };
        match &mut citizen.form {
            Some(filled) if filled.run == run && !filled.is_closed() && known(filled) => {
                // A button of an earlier question of this run takes up that question again.
                question.clone_into(&mut filled.at);
                self.moved(citizen, act)
            }
            _ => Self::old(),
        }
    }

    fn old() -> Outcome {
        Letter {
            actions: vec![chat::row([
                chat::button(say("button-settings"), SETTINGS),
                chat::button(say("button-help"), "help"),
            ])],
            ..Letter::line(say("form-old"))
        }
        .into()
    }

    /// A move in the open form.
    pub(super) fn moved(&self, citizen: &mut Citizen, act: &Move<'_>) -> Outcome {
        let Some(mut filled) = citizen.form.take() else {
            return Outcome::nothing();
        };
        let Some(form) = self.forms.get(&filled.form) else {
            return Self::old();
        };
        let of_alert = template::template_of(&filled.form).is_some();
        let label = |words: &Words| -> Vec<String> {
            let languages = self.catalogue.languages();
            (languages.into_iter())
                .filter_map(|lang| self.catalogue.word(words, lang).ok())
                .flat_map(|text| spellings(&text))
                .collect()
        };
        let ears = Ears {
            label: &label,
            fold,
            places: &|text| {
                if of_alert {
                    template::places(text, self.city)
                } else {
                    self.senses.places(text, self.city)
                }
            },
            covers: &|point| self.city.district_at(point).is_some(),
        };
        let at = filled.at.clone();
        let mut step = match act {
            Move::Wrote(text) if of_alert && filled.at == template::PLACE => {
                duty::write_places(form, &mut filled, text, &ears)
            }
            _ => form.step(&mut filled, act, &ears),
        };
        let known = of_alert && filled.at != at && filled.one(template::CHANGE).is_none();
        if known && step == Step::Ask(None) && *act != Move::Back {
            // What was typed with the command is not asked again.
            match template::first_open(form, &filled) {
                Some(open) => open.clone_into(&mut filled.at),
                None => step = Step::Done,
            }
        }
        citizen.form = Some(filled);
        match step {
            Step::Ask(note) => self.ask(citizen, note),
            Step::Done => {
                let filled = Self::closed(citizen);
                self.finished(citizen, &filled)
            }
            Step::Out => {
                Self::closed(citizen);
                Self::left_alone(citizen)
            }
        }
    }

    /// Closes the form: its buttons are told to be out of date.
    fn closed(citizen: &mut Citizen) -> Filled {
        let filled = citizen.form.take().unwrap_or_default();
        citizen.form = Some(Filled {
            form: filled.form.clone(),
            run: filled.run,
            ..Filled::default()
        });
        filled
    }

    /// The form is given up.
    pub(super) fn given_up(citizen: &mut Citizen, run: i64) -> Outcome {
        match &citizen.form {
            Some(filled) if filled.run == run && !filled.is_closed() => {
                Self::closed(citizen);
                Self::left_alone(citizen)
            }
            _ => Self::old(),
        }
    }

    /// What a written text does to the open question: „done“ is the button of that name.
    pub(super) fn wrote(&self, citizen: &mut Citizen, text: &str) -> Outcome {
        let done = (self.catalogue.languages().into_iter())
            .filter_map(|lang| self.catalogue.word(&say("form-done"), lang).ok())
            .any(|done| fold(&done) == fold(text));
        if done {
            self.moved(citizen, &Move::Next)
        } else {
            self.moved(citizen, &Move::Wrote(text))
        }
    }

    /// Whatever is open is given up.
    pub(super) fn cancelled(citizen: &mut Citizen) -> Outcome {
        let open = citizen
            .form
            .as_ref()
            .is_some_and(|filled| !filled.is_closed());
        if !open {
            return Letter {
                actions: vec![chat::row([chat::button(say("button-help"), "help")])],
                ..Letter::line(say("cancel-nothing"))
            }
            .into();
        }
        Self::closed(citizen);
        Self::left_alone(citizen)
    }

    fn left_alone(citizen: &Citizen) -> Outcome {
        let button = if citizen.on {
            chat::button(say("button-settings"), SETTINGS)
        } else {
            chat::way_in(citizen)
        };
        instead(Letter {
            actions: vec![chat::row([button, chat::button(say("button-now"), "now")])],
            ..Letter::line(say("cancelled"))
        })
    }

    /// The device's own way to share a place; or a word that a name will do.
    pub(super) fn asks_to_share(citizen: &Citizen, run: i64, question: &str) -> Outcome {
        let open = citizen
            .form
            .as_ref()
            .is_some_and(|filled| filled.run == run && filled.at == question);
        let token = Token::try_from(format!("f{run}.{question}!share"));
        match token {
            Ok(token) if open => Letter {
                actions: vec![vec![Action::Share {
                    label: say("form-share"),
                    token,
                }]],
                ..Letter::line(say("form-share-how"))
            }
            .into(),
            _ => Outcome::nothing(),
        }
    }

    pub(super) fn asks_to_type(&self, citizen: &mut Citizen, run: i64, question: &str) -> Outcome {
        let open = citizen
            .form
            .as_ref()
            .is_some_and(|filled| filled.run == run && filled.at == question);
        if open {
            self.ask(citizen, Some(say("form-write")))
        } else {
            Outcome::nothing()
        }
    }

    /// A button under the call to a second person: some want words first.
    pub(super) fn on_draft(&self, citizen: &mut Citizen, rest: &str) -> Outcome {
        let of = vec![(OF, vec![rest.to_owned()])];
        let mut asked = match letters::read(rest, None) {
            Some((act, ..)) if act == "sure" => self.open(citizen, letters::CONFIRM, of),
            Some((act, ..)) if act == "back" || act == "no" || act == "alone" => {
                self.open(citizen, letters::REASON, of)
            }
            Some(pressed) => drafted(pressed),
            None => Outcome::nothing(),
        };
        // The call stays as it is: it may be decided otherwise.
        for said in &mut asked.says {
            said.replaces = false;
        }
        asked
    }

    /// Everything is answered.
    fn finished(&self, citizen: &mut Citizen, filled: &Filled) -> Outcome {
        if template::template_of(&filled.form).is_some() {
            return self.answered(citizen, filled);
        }
        let of = filled.one(OF).and_then(|id| id.parse::<i64>().ok());
        match filled.form.as_str() {
            "join" => return self.joined(citizen, filled),
            letters::REASON | letters::CONFIRM => {
                let text = filled.one(letters::TEXT).map(str::to_owned);
                return filled
                    .one(OF)
                    .and_then(|of| letters::read(of, text))
                    .map_or_else(Outcome::nothing, drafted);
            }
            "more" => {
                let topics = rules::topics_chosen(filled.of(TOPICS), self.city);
                self.add_places(
                    citizen,
                    filled,
                    Wish {
                        topics,
                        ..Wish::EVERYTHING
                    },
                );
                citizen.switch_on("settings");
            }
            "place" => {
                if let Some(old) = of.and_then(|id| citizen.wishes.remove(&id)) {
                    self.add_places(citizen, filled, old);
                }
            }
            TOPICS => {
                let topics = rules::topics_chosen(filled.of(TOPICS), self.city);
                if let Some(id) = of {
                    renewed(citizen, id, |wish| wish.topics = topics);
                }
            }
            SEVERITY => {
                let least = filled.one(SEVERITY).and_then(|it| it.parse().ok());
                if let (Some(id), Some(least)) = (of, least) {
                    renewed(citizen, id, |wish| wish.least_severity = least);
                }
            }
            CADENCE => {
                if let Some(id) = of {
                    renewed(citizen, id, |wish| take_cadence(wish, filled));
                }
            }
            QUIET => {
                if let Some(hours) = filled.one(QUIET).and_then(rules::quiet_of) {
                    citizen.quiet = Some(hours);
                }
            }
            "forget" => {
                return if filled.one(SURE) == Some("yes") {
                    Outcome::deed(Deed::Forget)
                } else {
                    Self::left_alone(citizen)
                };
            }
            _ => {}
        }
        instead(self.settings(citizen, Some(say("settings-saved"))))
    }

    /// Somebody has said where; the rest is as it is for newcomers.
    fn joined(&self, citizen: &mut Citizen, filled: &Filled) -> Outcome {
        let topics = match filled.of(TOPICS) {
            [] => self.city.usual_topics(),
            codes => rules::topics_chosen(codes, self.city),
        };
        self.add_places(
            citizen,
            filled,
            Wish {
                topics,
                ..Wish::EVERYTHING
            },
        );
        citizen.switch_on("/start");
        instead(self.summary(citizen, chat::Why::Joined))
    }

    /// A wish like `like` for each place that was chosen.
    fn add_places(&self, citizen: &mut Citizen, filled: &Filled, like: Wish) {
        for place in rules::chosen(filled, self.city) {
            citizen.add(Wish {
                districts: place.districts,
                spot: place.spot,
                ..like
            });
        }
    }
}

/// How often, and when, as it was answered.
pub(in crate::desk) fn take_cadence(wish: &mut Wish, filled: &Filled) {
    let number = |question| filled.one(question).and_then(|it| it.parse::<i64>().ok());
    if let Some(cadence) = filled.one(CADENCE).and_then(Cadence::parse) {
        wish.cadence = cadence;
    }
    if let Some(hour) = number(HOUR).filter(|hour| (0..24).contains(hour)) {
        wish.hour = hour;
    }
    if let Some(day) = number(WEEKDAY).filter(|day| (1..=7).contains(day)) {
        wish.weekday = day;
    }
}
