//! Draws up an alert: the facts once, the words in every language of the city.

use std::time::Duration;

use super::declared::{Choice, Declared};
use super::place::{self, Placed};
use super::{Drafting, Facts, Fault, Template, Where, check, time};
use crate::base::clock::Millis;
use crate::features::alert::{
    Alert, Area, Category, Info, MsgType, Scope, Status, Urgency, letter,
};
use crate::message::{Arg, Args, Key, Lang, Words, say_with};

/// The most characters of a title that an operator writes.
const MOST_TITLE: usize = 120;
/// An hour in milliseconds.
const HOUR_MS: i64 = 3_600_000;
/// How far ahead something may begin and still ask people to act now.
const SOON: Duration = Duration::from_hours(12);

/// Makes the alert that the facts tell, complete in every language that the city publishes in.
///
/// `earlier` is the alert that an all-clear is about; other templates have none.
///
/// # Errors
/// Everything that is not right in the facts.
pub fn draw_up(
    facts: &Facts,
    office: &Drafting<'_>,
    earlier: Option<&Alert>,
) -> Result<Alert, Vec<Fault>> {
    let declared = facts.template.declared();
    let mut faults = vec![];
    let choice = check::choice(facts, declared).map_err(|fault| faults.push(fault));
    let placed = check::placed(facts, office, earlier).map_err(|found| faults.extend(found));
    faults.extend(time::fault(facts.from, facts.until, office.now));
    faults.extend(check::text_faults(facts, office));
    if let Ok(choice) = choice {
        let line = placed.as_ref().is_ok_and(Placed::has_line) || placed.is_err();
        faults.extend(check::not_asked_or_missing(facts, declared, choice, line));
    }
    match (choice, placed) {
        (Ok(choice), Ok(placed)) if faults.is_empty() => {
            let drawing = Drawing {
                facts,
                office,
                declared,
                choice,
                placed,
                earlier,
            };
            drawing.alert()
        }
        _ => Err(faults),
    }
}

/// Facts in which nothing is wrong.
struct Drawing<'a> {
    facts: &'a Facts,
    office: &'a Drafting<'a>,
    declared: &'static Declared,
    choice: &'static Choice,
    placed: Placed,
    earlier: Option<&'a Alert>,
}

impl Drawing<'_> {
    fn alert(&self) -> Result<Alert, Vec<Fault>> {
        let office = self.office;
        let languages = office.city.languages().iter();
        Ok(Alert {
            identifier: office.identifier.to_owned(),
            sender: office.sender.to_owned(),
            sent: office.sent(),
            status: Some(Status::Actual),
            msg_type: Some(match self.earlier {
                Some(_) if self.is_all_clear() => MsgType::Update,
                _ => MsgType::Alert,
            }),
            scope: Some(Scope::Public),
            references: (self.earlier.iter())
                .filter(|_| self.is_all_clear())
                .map(|earlier| earlier.reference())
                .collect(),
            infos: languages
                .map(|lang| self.info(*lang))
                .collect::<Result<_, _>>()?,
            signed: false,
            unread: vec![],
        })
    }

    fn is_all_clear(&self) -> bool {
        self.facts.template == Template::AllClear
    }

    fn info(&self, lang: Lang) -> Result<Info, Vec<Fault>> {
        let (facts, office, keys) = (self.facts, self.office, &self.declared.keys);
        let args = self.args(lang)?;
        let say = |key: Key| office.word(&Words::Say(key, args.clone()), lang);
        let (title, text) = self.own_text(lang)?;
        let event = match (title, self.earlier_info(lang)) {
            (Some(title), _) => title,
            (None, Some(info)) if !info.event.is_empty() => info.event.clone(),
            (None, None) if self.is_all_clear() => {
                let first = self.earlier.and_then(|earlier| earlier.infos.first());
                let category = first.and_then(|info| info.categories.first().copied());
                office.word(&letter::hazard(category.unwrap_or(Category::Other)), lang)?
            }
            _ => say(keys.event)?,
        };
        let mut paragraphs: Vec<String> = vec![];
        let sentences = self.sentences();
        let told = sentences
            .into_iter()
            .map(say)
            .collect::<Result<Vec<_>, _>>()?;
        paragraphs.extend(Some(told.join(" ")).filter(|it| !it.is_empty()));
        paragraphs.extend(text);
        if self.facts.template == Template::Event {
            paragraphs.reverse();
        }
        let contact = facts.contact.as_deref().or(office.contact).map(str::trim);
        let contact = contact
            .filter(|contact| !contact.is_empty())
            .map(|contact| place::readable(contact, lang, office.city));
        let mut advice: Vec<String> = keys.advice.map(say).transpose()?.into_iter().collect();
        if let Some(contact) = &contact {
            let words = say_with(
                "template-contact",
                [("contact", Arg::Text(contact.clone()))],
            );
            advice.push(office.word(&words, lang)?);
        }
        let joined = |lines: Vec<String>| Some(lines.join("\n")).filter(|it| !it.is_empty());
        let (severity, urgency, certainty) = self.choice.level;
        let first = self.earlier.and_then(|earlier| earlier.infos.first());
        let earlier = first.filter(|_| self.is_all_clear());
        Ok(Info {
            language: lang.to_string(),
            categories: match (earlier, self.choice.category) {
                (Some(info), _) => info.categories.clone(),
                (None, Some(category)) => vec![category],
                (None, None) => self.declared.categories.to_vec(),
            },
            event,
            response_types: self.declared.responses.to_vec(),
            urgency: self.urgency(urgency),
            severity: facts.severity.unwrap_or(severity),
            certainty,
            event_codes: vec![],
            effective: None,
            onset: facts.from.map(whole_seconds),
            expires: self.until().map(whole_seconds),
            sender_name: Some(office.city.sender(lang).to_owned()),
            headline: keys.headline.map(say).transpose()?,
            description: joined(paragraphs),
            instruction: joined(advice),
            web: None,
            contact,
            areas: match self.earlier {
                Some(earlier) if self.is_all_clear() && facts.place == Where::default() => {
                    areas_of(earlier, lang)
                }
                _ => self.placed.areas(office, lang)?,
            },
        })
    }

    /// What the alert that is over told in this language.
    fn earlier_info(&self, lang: Lang) -> Option<&Info> {
        let infos = &self.earlier.filter(|_| self.is_all_clear())?.infos;
        infos.iter().find(|info| info.lang() == Some(lang))
    }

    /// The end that readers are told.
    fn until(&self) -> Option<Millis> {
        let from = self.facts.from.unwrap_or(self.office.now);
        let usual = self.declared.lasts;
        // Nobody needs the minute of an end that is only usual.
        let hour = |at: Millis| Millis(at.0 + (-at.0).rem_euclid(HOUR_MS));
        let usual = usual.map(|lasts| hour(from.max(self.office.now).plus(lasts)));
        self.facts.until.or(usual)
    }

    /// What begins in half a day or later leaves time to prepare.
    fn urgency(&self, usual: Urgency) -> Urgency {
        let soon = self.office.now.plus(SOON);
        match usual {
            Urgency::Immediate | Urgency::Expected if self.facts.from > Some(soon) => {
                Urgency::Future
            }
            usual => usual,
        }
    }

    /// The template's sentences on hazard, impact and time.
    fn sentences(&self) -> Vec<Key> {
        let keys = &self.declared.keys;
        let number = keys.number.filter(|_| self.facts.number.is_some());
        let when = match self.until() {
            _ if self.choice.timed => None,
            Some(_) => keys.ends,
            None => keys.open,
        };
        [number, keys.what, when].into_iter().flatten().collect()
    }

    /// What was written in this language: a title where the template has no headline, and the
    /// rest. In an emergency it may stand there in another language, and says so.
    fn own_text(&self, lang: Lang) -> Result<(Option<String>, Option<String>), Vec<Fault>> {
        let written = |lang: &Lang| {
            let text = self.facts.text.get(lang).map(|text| text.trim());
            text.filter(|text| !text.is_empty())
        };
        let Some(text) = written(&lang) else {
            let mut languages = self.office.city.languages().iter();
            let other = languages.find_map(|lang| Some((*lang, written(lang)?)));
            let Some((other, text)) = other else {
                return Ok((None, None));
            };
            let text = ("text", Arg::Text(text.to_owned()));
            let words = say_with("template-only-in", [check::language(other), text]);
            return Ok((None, Some(self.office.word(&words, lang)?)));
        };
        if self.declared.keys.headline.is_some() {
            return Ok((None, Some(text.to_owned())));
        }
        let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
        let (first, rest) = (first.trim(), rest.trim());
        if first.chars().count() > MOST_TITLE {
            return Ok((None, Some(text.to_owned())));
        }
        let rest = Some(rest.to_owned()).filter(|rest| !rest.is_empty());
        Ok((Some(first.to_owned()), rest))
    }

    fn args(&self, lang: Lang) -> Result<Args, Vec<Fault>> {
        let (facts, office) = (self.facts, self.office);
        let (now, zone) = (office.now, office.city.zone());
        let until = self.until();
        let ahead = facts.from.is_some_and(|from| from > now);
        // A message wants all that any of its variants names, known or not.
        let phrase = |words: Option<Words>| match words {
            Some(words) => Arg::Words(words.into()),
            None => Arg::Text(String::new()),
        };
        let days = facts.from.zip(until);
        let mut args = vec![
            ("cause", Arg::Text(self.choice.code.to_owned())),
            ("place", Arg::Text(self.placed.phrase(office, lang)?)),
            (
                "ahead",
                Arg::Text(if ahead { "yes" } else { "no" }.to_owned()),
            ),
            ("emergency", Arg::Text(office.city.emergency().to_owned())),
            ("period", phrase(time::period(facts.from, until, now, zone))),
            (
                "days",
                phrase(days.map(|(from, until)| time::days(from, until, zone))),
            ),
        ];
        args.extend(facts.number.map(|number| ("number", Arg::Number(number))));
        args.extend(facts.from.map(|from| ("from", Arg::Time(from))));
        args.extend(until.map(|until| ("until", Arg::Time(until))));
        Ok(args)
    }
}

/// Where an alert was, named in `lang`, or in the language that it tells first.
pub(super) fn areas_of(alert: &Alert, lang: Lang) -> Vec<Area> {
    let of = |lang: Option<Lang>| -> Vec<Area> {
        let infos = alert.infos.iter().filter(|info| info.lang() == lang);
        infos.flat_map(|info| info.areas.clone()).collect()
    };
    let own = of(Some(lang));
    if own.is_empty() {
        return of(alert.infos.first().and_then(Info::lang));
    }
    own
}

/// A moment without the fraction that CAP has no room for.
fn whole_seconds(at: Millis) -> Millis {
    Millis(at.0 - at.0.rem_euclid(1000))
}
