//! What comes in: texts, taps, lists, typed fields, shared places.

use super::{Outcome, Scene, in_both, instead, number, split};
use crate::base::fold::fold;
use crate::base::point::Point;
use crate::city::Set;
use crate::desk::commands::{Ability, Asked};
use crate::desk::sense::Sense;
use crate::features::now::chat::Scope;
use crate::features::subscribe::{chat, offer};
use crate::message::form::letter::{self, Mark};
use crate::message::form::{self, Kind, Move};
use crate::message::{Arg, Lang, Letter, Token, Weight, say, say_with};
use crate::outbox::translate;
use crate::people::crowd::Citizen;

use super::Deed;

impl Scene<'_> {
    pub(super) fn said(&self, citizen: &mut Citizen, text: &str) -> Outcome {
        if citizen.group && !text.trim_start().starts_with('/') {
            return self.overheard(citizen, text);
        }
        // A citizen's own word for an alert is no command.
        let known = |asked: &Asked<'_>| {
            asked.ability != Ability::Alert || self.actor.is_some() || text.trim().starts_with('/')
        };
        let asked = self.commands.recognise(text).filter(known);
        let question = self.question(citizen);
        let free = matches!(question, Some(Kind::Text(_) | Kind::Open(..)))
            && !text.trim_start().starts_with('/');
        if let Some(asked) = asked {
            let way_out = matches!(asked.ability, Ability::Cancel | Ability::Back);
            if let Some(tag) = self
                .tongue(text)
                .filter(|_| asked.ability == Ability::Language)
            {
                return self.speaks(citizen, &tag);
            }
            if !free || way_out {
                return self.asked(citizen, asked.ability, asked.rest);
            }
        }
        if text.trim_start().starts_with('/') {
            let alike = self.city.find(text);
            return self.lost(alike.first().map_or(Set::NONE, |found| found.districts));
        }
        let sense = self.senses.sense(text, self.city);
        if sense.danger && !free {
            return self.danger();
        }
        if question.is_some() {
            return self.wrote(citizen, text);
        }
        if let Some(ability) = self
            .commands
            .guess(text)
            .filter(|ability| sense.places.is_empty() && *ability != Ability::Alert)
        {
            return self.asked(citizen, ability, "");
        }
        self.sensed(&sense)
    }

    /// What people say to each other in a group is none of our business, unless a place is asked
    /// for and they name one.
    fn overheard(&self, citizen: &mut Citizen, text: &str) -> Outcome {
        let place = matches!(self.question(citizen), Some(Kind::Place(_)));
        let named = place && !self.senses.sense(text, self.city).places.is_empty();
        if named {
            self.moved(citizen, &Move::Wrote(text))
        } else {
            Outcome::nothing()
        }
    }

    /// The language whose own name a text is.
    fn tongue(&self, text: &str) -> Option<String> {
        let named = |lang: &&Lang| {
            let own = self.catalogue.word(&say("language-own-name"), **lang);
            own.is_ok_and(|own| fold(&own) == fold(text))
        };
        let lang = self.city.languages().iter().find(named)?;
        Some(lang.to_string())
    }

    /// What is offered for free text, one tap away.
    fn sensed(&self, sense: &Sense) -> Outcome {
        if !sense.places.is_empty() && sense.places != [form::EVERYWHERE] {
            return offer::offer_place(self.city, &sense.places).into();
        }
        let mut likely = vec![];
        if !sense.topics.is_empty() {
            likely.push(Ability::Now);
        }
        likely.extend(sense.abilities.iter().copied());
        likely.dedup();
        let buttons: Vec<_> = (likely.iter().take(3))
            .filter_map(|ability| super::asked::offer(*ability))
            .map(|button| vec![button])
            .collect();
        if buttons.is_empty() {
            return self.lost(sense.alike);
        }
        let line = if sense.topics.is_empty() {
            say("sense-offer")
        } else {
            let topics = offer::topic_names(self.city, sense.topics);
            say_with(
                "sense-offer-topic",
                [("topics", Arg::Words(Box::new(topics)))],
            )
        };
        Letter {
            actions: buttons,
            ..Letter::line(line)
        }
        .into()
    }

    /// Something that reads like an emergency: the number first, and nothing else in the way.
    pub(super) fn danger(&self) -> Outcome {
        let emergency = [("number", Arg::Text(self.city.emergency().to_owned()))];
        in_both(Letter {
            title: Some(say_with("danger-title", emergency.clone())),
            body: vec![crate::message::Block::Paragraph(say_with(
                "danger-text",
                emergency,
            ))],
            actions: vec![chat::row([chat::button(say("button-now"), "now")])],
            weight: Weight::Danger,
            footer: None,
            picture: None,
        })
    }

    /// The kind of question that waits for an answer.
    fn question(&self, citizen: &Citizen) -> Option<&Kind> {
        let filled = citizen.form.as_ref().filter(|filled| !filled.is_closed())?;
        let form = self.forms.get(&filled.form)?;
        form.question(&filled.at).map(|question| &question.kind)
    }

    pub(super) fn pressed(&self, citizen: &mut Citizen, token: &Token) -> Outcome {
        if let Some((run, question, mark)) = letter::read(token) {
            let act = match mark {
                Mark::Tap(tap) => Move::Tapped(tap),
                Mark::Next => Move::Next,
                Mark::Back => Move::Back,
                Mark::Cancel => return Self::given_up(citizen, run),
                Mark::Share => return Self::asks_to_share(citizen, run, question),
                Mark::Type | Mark::List => return self.asks_to_type(citizen, run, question),
            };
            return self.moved_in(citizen, run, question, &act);
        }
        let (word, rest) = split(token);
        let filling = (citizen.form.as_ref()).is_some_and(|filled| !filled.is_closed());
        if citizen.group
            && !(word == "lang" && filling)
            && !matches!(
                word,
                "start" | "stop" | "help" | "now" | "show" | "tr" | "join" | "privacy"
            )
        {
            return Letter::line(say("group-private")).into();
        }
        match word {
            "start" => self.asked(citizen, Ability::Start, ""),
            "stop" => self.asked(citizen, Ability::Stop, ""),
            "settings" => instead(self.settings(citizen, None)),
            "help" => self.asked(citizen, Ability::Help, ""),
            "privacy" => self.asked(citizen, Ability::Privacy, ""),
            "pause" => self.asked(citizen, Ability::Pause, ""),
            "mydata" => self.asked(citizen, Ability::MyData, ""),
            "forget" => self.asked(citizen, Ability::Forget, ""),
            "resume" => self.resumed(citizen),
            "now" if rest.is_empty() => self.asked(citizen, Ability::Now, ""),
            "now" => {
                let scope = self.scope(&[rest.to_owned()]).unwrap_or(Scope::City);
                self.on_now(citizen, &scope)
            }
            "join" => self.join(citizen, rest),
            "lang" => self.speaks(citizen, rest),
            "mute" | "unmute" => self.mutes(citizen, rest, word == "mute"),
            "set" => self.sets(citizen, rest),
            "sub" => match number(rest).and_then(|id| Some((id, *citizen.wishes.get(&id)?))) {
                Some((id, wish)) => instead(chat::one(id, &wish, self.city)),
                None => instead(self.settings(citizen, Some(say("settings-changed-already")))),
            },
            "unsub" => self.unsubscribed(citizen, rest),
            "show" => number(rest).map_or_else(Outcome::nothing, |alert| {
                Outcome::deed(Deed::Show { alert })
            }),
            "draft" => self.on_draft(citizen, rest),
            "duty" => self.on_board(rest),
            "fill" => self.fills(citizen, rest),
            "tr" => translate::read(token).map_or_else(Outcome::nothing, |(letter, lang)| {
                Outcome::deed(Deed::Translate { letter, lang })
            }),
            _ => Letter {
                actions: vec![chat::row([
                    chat::button(say("button-settings"), "settings"),
                    chat::button(say("button-help"), "help"),
                ])],
                ..Letter::line(say("form-old"))
            }
            .into(),
        }
    }

    pub(super) fn chose(&self, citizen: &mut Citizen, token: &Token, values: &[String]) -> Outcome {
        match letter::read(token) {
            Some((run, question, _)) => self.moved_in(citizen, run, question, &Move::Chose(values)),
            None => Outcome::nothing(),
        }
    }

    pub(super) fn typed(&self, citizen: &mut Citizen, token: &Token, text: &str) -> Outcome {
        match letter::read(token) {
            Some((run, question, _)) => self.moved_in(citizen, run, question, &Move::Wrote(text)),
            None => self.said(citizen, text),
        }
    }

    pub(super) fn shared(&self, citizen: &mut Citizen, point: Point) -> Outcome {
        if matches!(self.question(citizen), Some(Kind::Place(_))) {
            return self.moved(citizen, &Move::Shared(point));
        }
        match self.city.district_at(point) {
            Some(district) => {
                offer::offer_place(self.city, std::slice::from_ref(&district.slug)).into()
            }
            None => Letter {
                actions: vec![chat::row([chat::button(say("button-now-city"), "now.*")])],
                ..Letter::line(say("shared-outside"))
            }
            .into(),
        }
    }

    /// A text that nothing was found in but perhaps a likeness to the names of these districts.
    fn lost(&self, alike: Set) -> Outcome {
        let mut actions = vec![chat::row([
            chat::button(say("button-now"), "now"),
            chat::button(say("button-settings"), "settings"),
            chat::button(say("button-help"), "help"),
        ])];
        if let Some(district) = self.city.in_set(alike).next().filter(|_| alike != Set::ALL) {
            let name = crate::message::Words::Written(district.names.clone());
            let place = [("place", Arg::Words(Box::new(name)))];
            let label = say_with("offer-now", place);
            actions.insert(
                0,
                chat::row([chat::button(label, &format!("now.{}", district.slug))]),
            );
        }
        Letter {
            actions,
            ..Letter::line(say("lost"))
        }
        .into()
    }
}
