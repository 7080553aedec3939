//! The conversation: what one event means for one person, decided from what is at hand. No IO.

use std::sync::Arc;
use std::time::Duration;

use url::Url;

use super::commands::Commands;
use super::sense::Senses;
use crate::base::clock::Millis;
use crate::base::id;
use crate::base::link::{PREFERENCES, Personal};
use crate::base::token::Keyring;
use crate::channel::{Act, Inbound, Media};
use crate::city::{City, Set};
use crate::features::now::chat::{self as now, Notice, Scope};
use crate::features::subscribe::chat;
use crate::features::subscribe::rules::Forms;
use crate::message::catalogue::Catalogue;
use crate::message::form::{self, Filled};
use crate::message::{Action, Arg, Block, Lang, Letter, Token, Words, say, say_with};
use crate::people::Wish;
use crate::people::crowd::Citizen;
use crate::people::permit::Actor;
use crate::people::store::{FORGOTTEN, STOPPED};
pub use outcome::{Deed, Outcome, Say};
use outcome::{in_both, instead};

mod asked;
pub mod duty;
mod filling;
mod heard;
mod outcome;

/// How long a personal link in an answer holds.
const LINK_HOLDS: Duration = Duration::from_hours(24 * 30);

/// What is at hand while people are answered.
pub struct Scene<'a> {
    /// The words.
    pub catalogue: &'a Catalogue,
    /// The city.
    pub city: &'a City,
    /// What one can ask for.
    pub commands: &'a Commands,
    /// By what free text is understood.
    pub senses: &'a Senses,
    /// What can be filled in.
    pub forms: &'a Forms,
    /// What is in force.
    pub notices: &'a [Arc<Notice>],
    /// Where pages are; `None` without a web part.
    pub base: Option<&'a Url>,
    /// What signs links.
    pub keys: &'a Keyring,
    /// Quiet hours of those who chose none: minutes of the day.
    pub quiet: (i64, i64),
    /// The time.
    pub now: Millis,
    /// Who acts, where it is somebody who works with alerts.
    pub actor: Option<Actor>,
}

impl Scene<'_> {
    /// Answers `event` of `citizen`, who changes by it.
    #[must_use]
    pub fn answer(&self, citizen: &mut Citizen, event: &Inbound) -> Outcome {
        if citizen.reason.as_deref() == Some(FORGOTTEN) {
            match &event.act {
                Act::Left | Act::Returned | Act::Moved { .. } => return Outcome::nothing(),
                // Another tap on what is no more, while the last letter is on its way.
                Act::Pressed(token) if form::letter::read(token).is_some() => {
                    return Outcome::nothing();
                }
                // They are back before they were quite gone, as somebody new.
                _ => citizen.reason = None,
            }
        }
        match &event.act {
            Act::Said(text) => self.said(citizen, text),
            Act::Pressed(token) => self.pressed(citizen, token),
            Act::Chose { token, values } => self.chose(citizen, token, values),
            Act::Typed { token, text } => self.typed(citizen, token, text),
            Act::Filled { token, values } => self.filled(token, values),
            Act::Shared(point) => self.shared(citizen, *point),
            Act::Sent(media) => self.sent(*media),
            Act::Left => {
                if citizen.on {
                    citizen.switch_off("left");
                }
                Outcome::nothing()
            }
            Act::Returned => Self::returned(citizen),
            Act::Moved { .. } => Outcome::nothing(),
        }
    }

    /// Whoever was gone and did not say so themselves is as they were before.
    fn returned(citizen: &mut Citizen) -> Outcome {
        let by_themselves = citizen.reason.as_deref() == Some(STOPPED);
        if !citizen.on && citizen.reason.is_some() && !by_themselves {
            citizen.on = true;
            citizen.reason = None;
        }
        Outcome::nothing()
    }

    fn sent(&self, media: Media) -> Outcome {
        let emergency = [("number", Arg::Text(self.city.emergency().to_owned()))];
        let text = match media {
            Media::Photo => say("sent-photo"),
            Media::Video => say("sent-video"),
            Media::Voice => say_with("sent-voice", emergency),
            Media::Sticker => say("sent-sticker"),
            Media::File => say("sent-file"),
            Media::Contact => say("sent-contact"),
        };
        Letter {
            actions: vec![chat::row([
                chat::button(say("button-now"), "now"),
                chat::button(say("button-help"), "help"),
            ])],
            ..Letter::line(text)
        }
        .into()
    }

    /// The language that somebody reads.
    #[must_use]
    pub fn lang(&self, citizen: &Citizen) -> Lang {
        let installed = self.catalogue.languages();
        let preferred: Vec<&str> = citizen.languages.split(',').collect();
        Catalogue::choose(&preferred, &installed)
            .unwrap_or_else(|| self.city.languages().first().copied().unwrap_or_default())
    }

    /// The page where somebody changes what they have chosen.
    fn settings_page(&self, citizen: &Citizen) -> Option<Url> {
        let link = Personal {
            address: citizen.id,
            generation: citizen.generation,
            expires: Some(self.now.plus(LINK_HOLDS)),
            rest: String::new(),
        };
        let token = link.sign(self.keys, PREFERENCES);
        let lang = self.lang(citizen);
        self.base?.join(&format!("{lang}/preferences/{token}")).ok()
    }

    fn settings(&self, citizen: &Citizen, note: Option<Words>) -> Letter {
        let page = self.settings_page(citizen);
        let tongues = self.tongues(citizen);
        chat::settings(
            citizen,
            self.city,
            self.quiet,
            note,
            (self.now, page, tongues),
        )
    }

    fn summary(&self, citizen: &Citizen, why: chat::Why) -> Letter {
        let wishes: Vec<Wish> = citizen.wishes.values().copied().collect();
        let found = now::of(self.notices, &Scope::Mine, &wishes);
        let on_now = now::blocks(&found, &Scope::Mine);
        chat::summary(citizen, self.city, self.quiet, why, on_now)
    }

    /// What is on now, for `scope`.
    fn on_now(&self, citizen: &Citizen, scope: &Scope) -> Outcome {
        let wishes: Vec<Wish> = citizen.wishes.values().copied().collect();
        let found = now::of(self.notices, scope, &wishes);
        let mut more = vec![];
        if *scope != Scope::City {
            more.push(chat::row([chat::button(say("button-now-city"), "now.*")]));
        }
        let known = |districts: Set| {
            citizen.on
                && wishes.iter().any(|wish| {
                    wish.spot.is_none() && wish.districts.0 & districts.0 == districts.0
                })
        };
        if let Scope::Place(districts, name) = scope
            && !known(*districts)
            && let Some(district) = self.city.in_set(*districts).next()
        {
            let place = [("place", Arg::Words(Box::new(name.clone())))];
            let label = say_with("offer-join", place);
            more.push(chat::row([chat::button(
                label,
                &format!("join.{}", district.slug),
            )]));
        }
        let lang = self.lang(citizen);
        in_both(now::letter(&found, scope, (self.base, lang), more))
    }

    /// The scope that a place's name stands for; the values that it may mean when they are several.
    fn scope(&self, slugs: &[String]) -> Option<Scope> {
        match slugs {
            [] => None,
            [only] if only == form::EVERYWHERE => Some(Scope::City),
            _ => {
                let all = self.city.districts().iter();
                let found = all.filter(|district| slugs.contains(&district.slug));
                let set = found.fold(Set::NONE, |set, district| set.with(district.bit));
                Some(Scope::Place(set, now::place_name(self.city, set)))
            }
        }
    }

    /// Names of the other languages, as buttons.
    fn tongues(&self, citizen: &Citizen) -> Vec<Action> {
        let own = self.lang(citizen);
        (self.city.languages().iter())
            .filter(|lang| **lang != own)
            .filter_map(|lang| {
                let name = self.catalogue.word(&say("language-own-name"), *lang).ok()?;
                chat::button(Words::Verbatim(name), &format!("lang.{lang}"))
            })
            .collect()
    }

    /// A page of ours in somebody's language.
    fn page(&self, citizen: &Citizen, path: &str) -> Option<Url> {
        self.base?
            .join(&format!("{}/{path}", self.lang(citizen)))
            .ok()
    }

    fn open(&self, citizen: &mut Citizen, name: &str, known: Vec<(&str, Vec<String>)>) -> Outcome {
        let Some(form) = self.forms.get(name) else {
            return Outcome::nothing();
        };
        let known = (known.into_iter()).map(|(question, values)| (question.to_owned(), values));
        // A run is younger than any before it, also when two begin in one millisecond.
        let last = citizen.form.as_ref().map_or(0, |form| form.run);
        let run = self.now.0.max(last + 1);
        citizen.form = Some(Filled::new(form, run, known.collect()));
        self.ask(citizen, None)
    }

    /// Asks the open form's present question.
    pub(super) fn ask(&self, citizen: &Citizen, note: Option<Words>) -> Outcome {
        let Some((filled, form)) = (citizen.form.as_ref())
            .and_then(|filled| Some((filled, self.forms.get(&filled.form)?)))
        else {
            return Outcome::nothing();
        };
        let first = form
            .questions
            .first()
            .is_some_and(|it| it.name == filled.at);
        let newcomer = first && form.name == "join" && citizen.wishes.is_empty();
        let mut letter = if newcomer {
            let mut letter = form.letter(filled, note, vec![self.tongues(citizen)]);
            let ask = letter.title.replace(say("welcome-title"));
            letter
                .body
                .insert(0, Block::Paragraph(chat::greeting(self.city)));
            if let Some(ask) = ask {
                letter.body.insert(1, Block::Paragraph(ask));
            }
            letter.footer = Some(say("welcome-privacy"));
            if let (Some(url), Some(last)) =
                (self.page(citizen, "privacy"), letter.actions.last_mut())
            {
                let label = say("button-privacy");
                last.push(Action::Open { label, url });
            }
            letter
        } else {
            form.letter(filled, note, vec![])
        };
        letter.actions.retain(|row| !row.is_empty());
        instead(letter)
    }
}

/// The number of a token like `sub.118`.
fn number(text: &str) -> Option<i64> {
    text.parse().ok()
}

/// A new id for a wish that changes: its row is written anew.
fn renewed(citizen: &mut Citizen, id: i64, change: impl FnOnce(&mut Wish)) -> bool {
    let Some(mut wish) = citizen.wishes.remove(&id) else {
        return false;
    };
    let before = wish;
    change(&mut wish);
    let id = if wish == before { id } else { id::next() };
    citizen.wishes.insert(id, wish);
    true
}

/// What a token like `now.lyulin` is about: its word and the rest.
fn split(token: &Token) -> (&str, &str) {
    token
        .as_str()
        .split_once('.')
        .unwrap_or((token.as_str(), ""))
}
