//! Windows for operators: what stands in their fields, and the answers that fields mean.

use super::{Answers, goal};
use crate::channel::window::{Asked, Field, Input, Window};
use crate::channel::{Act, Inbound};
use crate::city::City;
use crate::desk::commands::Ability;
use crate::desk::talk::Scene;
use crate::desk::{Desk, Memory};
use crate::features::alert::draft::sheet::Goal;
use crate::features::alert::draft::store as drafts;
use crate::features::alert::template::{self, CAUSE, OF, PLACE, Template, template_of};
use crate::message::catalogue::Catalogue;
use crate::message::form::{EVERYWHERE, Filled, Kind, Question, SPOT};
use crate::message::{Lang, Token, Words, say};
use crate::people::crowd::{Citizen, Crowd, Name};
use crate::people::permit::{Doing, authorize};
use crate::store::Tx;
use std::sync::Arc;
use tokio::sync::{mpsc, watch};

/// The most characters of the places in a field.
const MOST_PLACES: usize = 400;
/// A field with room for more characters than this has several lines.
const LINE: usize = 200;

impl Desk {
    /// Says which windows open until the process is to end.
    pub async fn open_windows(
        self: Arc<Self>,
        mut asked: mpsc::Receiver<Asked>,
        mut stop: watch::Receiver<bool>,
    ) {
        loop {
            let next = tokio::select! {
                next = asked.recv() => next,
                _ = stop.wait_for(|stop| *stop) => None,
            };
            let Some(Asked { event, answer }) = next else {
                return;
            };
            let window = self.window(&event).await.unwrap_or_else(|why| {
                tracing::error!("a window does not open: {why}");
                None
            });
            // Whoever waited too long asks step by step.
            let _ = answer.send(window);
        }
    }

    /// The window that an event opens for an operator; nothing is changed by it.
    async fn window(&self, event: &Inbound) -> Result<Option<Window>, sqlx::Error> {
        let memory = Memory::default();
        let scene = self.scene(&memory.board, event, self.clock.now());
        let Some(actor) = &scene.actor else {
            return Ok(None);
        };
        if authorize(actor, Doing::Draft).is_err() {
            return Ok(None);
        }
        let mut tx = self.db.read().await?;
        let mut crowd = Crowd::default();
        let languages = self.languages(event);
        let name = Name {
            channel: event.channel,
            handle: &event.from,
            languages: &languages,
            group: event.group,
        };
        crowd.read(&mut tx, &[name]).await?;
        let citizen = crowd.find(event.channel, &event.from);
        let lang = citizen.map_or_else(
            || languages.parse().unwrap_or_default(),
            |citizen| scene.lang(citizen),
        );
        let Some((of, template, answers)) = self.wanted(&mut tx, &scene, (citizen, event)).await?
        else {
            return Ok(None);
        };
        let Ok(token) = Token::try_from(format!("fill.{of}")) else {
            return Ok(None);
        };
        let about = answers
            .get(OF)
            .and_then(|it| it.first())
            .map_or(of.as_str(), String::as_str);
        let questions = if about.starts_with("more") {
            template::rest(template, &self.city)
        } else {
            template::modal(template, &self.city)
        };
        let must = template.declared().must;
        let in_words = Wording {
            catalogue: &self.catalogue,
            city: &self.city,
            lang,
        };
        let fields = questions.iter().map(|question| {
            let needed = question.name == PLACE
                || must
                    .iter()
                    .any(|fact| template::asks(*fact) == question.name);
            in_words.field(question, &answers, needed)
        });
        Ok(Some(Window {
            title: in_words.word(&Words::Say(template.declared().keys.name, vec![])),
            token,
            fields: fields.collect(),
        }))
    }

    /// What an event opens a window for: the window's token, the template, and what is known.
    async fn wanted(
        &self,
        tx: &mut Tx,
        scene: &Scene<'_>,
        (citizen, event): (Option<&Citizen>, &Inbound),
    ) -> Result<Option<(String, Template, Answers)>, sqlx::Error> {
        let of = match &event.act {
            Act::Said(text) => {
                let asked = self.commands.recognise(text);
                let begun = asked
                    .filter(|asked| asked.ability == Ability::Alert)
                    .and_then(|asked| scene.begun(scene.after_new(asked.rest)));
                return Ok(begun.and_then(|(template, cause, places)| {
                    let mut answers = Answers::new();
                    if template == Template::AllClear {
                        return None;
                    }
                    if let Some(cause) = cause {
                        answers.insert(CAUSE.to_owned(), vec![cause.to_owned()]);
                    }
                    if !places.is_empty() {
                        answers.insert(PLACE.to_owned(), vec![places.to_owned()]);
                    }
                    let of = format!("new={}", template.declared().code);
                    Some((of, template, answers))
                }));
            }
            Act::Pressed(token) => token
                .as_str()
                .split_once('.')
                .map_or("", |(_, of)| of)
                .to_owned(),
            _ => return Ok(None),
        };
        if let Some(template) = of.strip_prefix("new=").and_then(Template::parse) {
            return Ok(Some((of, template, Answers::new())));
        }
        if of == "again" {
            let filled = citizen.and_then(|citizen| citizen.form.as_ref());
            let open = filled.filter(|filled| !filled.is_closed());
            return Ok(open.and_then(|filled| {
                Some((of, template_of(&filled.form)?, filled.answers.clone()))
            }));
        }
        if let Some(Goal::Edit(id, seen)) = goal(Some(&of)) {
            // What may not be changed says so as an answer.
            let draft = drafts::find(tx, id).await?;
            let own = scene.actor.as_ref().map(|actor| actor.name.as_str());
            if draft.is_none_or(|it| it.revision != seen || Some(it.author.as_str()) != own) {
                return Ok(None);
            }
        }
        let known = self.known(tx, &of, scene.now).await?;
        Ok(known
            .ok()
            .map(|(template, answers)| (of, template, answers)))
    }

    /// The form that a window's fields fill in, with what was known before.
    pub(super) async fn filled_in(
        &self,
        tx: &mut Tx,
        scene: &Scene<'_>,
        citizen: &Citizen,
        (of, values): (&str, Vec<(String, String)>),
    ) -> Result<Option<Filled>, sqlx::Error> {
        let before = citizen.form.as_ref();
        let (template, mut answers) = if let Some(code) = of.strip_prefix("new=") {
            match Template::parse(code) {
                Some(template) => (template, Answers::new()),
                None => return Ok(None),
            }
        } else if of == "again" {
            let open = before.filter(|filled| !filled.is_closed());
            match open.and_then(|filled| Some((template_of(&filled.form)?, filled.answers.clone())))
            {
                Some(known) => known,
                None => return Ok(None),
            }
        } else {
            match self.known(tx, of, scene.now).await? {
                Ok((template, mut answers)) => {
                    answers.insert(OF.to_owned(), vec![of.to_owned()]);
                    (template, answers)
                }
                Err(_) => return Ok(None),
            }
        };
        let Some(form) = scene.forms.get(template.declared().form) else {
            return Ok(None);
        };
        for (name, value) in values {
            if form.question(&name).is_none() {
                continue;
            }
            let value = value.trim();
            if value.is_empty() {
                answers.remove(&name);
            } else if name == PLACE {
                answers.insert(name, places(value, &self.city));
            } else {
                answers.insert(name, vec![value.to_owned()]);
            }
        }
        let run = before.map_or(0, |filled| filled.run);
        Ok(Some(Filled::new(form, scene.now.0.max(run + 1), answers)))
    }
}

/// The places that a field names: what is surely meant, and the others as they were written.
fn places(text: &str, city: &City) -> Vec<String> {
    let surely = |text: &str| match template::places(text, city) {
        (values, true) if values.len() == 1 => Some(values),
        _ => None,
    };
    // A point has commas of its own.
    let spot = surely(text).filter(|values| values.iter().any(|it| it.starts_with(SPOT)));
    spot.unwrap_or_else(|| {
        let parts = text.split([',', ';', '\n']).map(str::trim);
        let parts = parts.filter(|part| !part.is_empty());
        parts
            .flat_map(|part| surely(part).unwrap_or_else(|| vec![part.to_owned()]))
            .collect()
    })
}

/// Words in one reader's language.
struct Wording<'a> {
    catalogue: &'a Catalogue,
    city: &'a City,
    lang: Lang,
}

impl Wording<'_> {
    fn word(&self, words: &Words) -> String {
        self.catalogue.word(words, self.lang).unwrap_or_default()
    }

    fn field(&self, question: &Question, answers: &Answers, required: bool) -> Field {
        let given = answers.get(question.name).map_or(&[][..], Vec::as_slice);
        let first = given.first().map_or("", String::as_str);
        let (input, value) = match &question.kind {
            Kind::One(offers) | Kind::Several(offers) => {
                let named = offers
                    .iter()
                    .map(|(value, words)| (value.clone(), self.word(words)));
                let usual = offers.first().map_or("", |(value, _)| value.as_str());
                let value = if first.is_empty() { usual } else { first };
                (Input::One(named.collect()), value.to_owned())
            }
            Kind::Place(_) => {
                let names: Vec<String> = given.iter().map(|value| self.place(value)).collect();
                (Input::Line(MOST_PLACES), names.join(", "))
            }
            Kind::Text(most) | Kind::Open(_, most) => {
                let value = if first == "-" { "" } else { first };
                let input = if *most > LINE {
                    Input::Lines(*most)
                } else {
                    Input::Line(*most)
                };
                (input, value.to_owned())
            }
        };
        Field {
            name: question.name,
            label: self.word(&question.ask),
            hint: self.hint(question.name),
            value,
            input,
            required,
        }
    }

    /// A place as people read and write it.
    fn place(&self, value: &str) -> String {
        if value == EVERYWHERE {
            return self.word(&say("form-everywhere"));
        }
        if let Some(spot) = value.strip_prefix(SPOT) {
            return spot.replace('/', " ").replace(',', ", ");
        }
        let district = self.city.districts().iter().find(|it| it.slug == value);
        let name = district.and_then(|it| it.names.get(&self.lang));
        name.cloned().unwrap_or_else(|| value.to_owned())
    }

    fn hint(&self, name: &str) -> String {
        let hint = match name {
            PLACE => say("duty-hint-where"),
            "line" => say("duty-hint-line"),
            "from" => say("duty-hint-from"),
            "until" => say("duty-hint-until"),
            "contact" => say("duty-hint-contact"),
            "number" => say("duty-hint-number"),
            CAUSE => return String::new(),
            _ => say("duty-hint-text"),
        };
        self.word(&hint)
    }
}
