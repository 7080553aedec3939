//! What can be asked for by a word or a button.

use std::time::Duration;

use super::{Deed, Outcome, Scene, in_both, instead};
use crate::city::Set;
use crate::desk::commands::Ability;
use crate::features::now::chat::Scope;
use crate::features::subscribe::rules::{self, CADENCE, OF, QUIET, SEVERITY, TOPICS, WHERE};
use crate::features::subscribe::{SETTINGS, chat};
use crate::message::form::Move;
use crate::message::{Action, Arg, Block, Letter, Weight, Words, say, say_with};
use crate::people::crowd::Citizen;
use crate::people::store::STOPPED;

/// How long a pause lasts.
const PAUSE: Duration = Duration::from_hours(7 * 24);

/// A button for an ability that free text may have asked for.
pub(super) fn offer(ability: Ability) -> Option<Action> {
    match ability {
        Ability::Now => chat::button(say("button-now"), "now"),
        Ability::Settings => chat::button(say("button-settings"), SETTINGS),
        Ability::Stop => chat::button(say("button-stop"), "stop"),
        Ability::MyData => chat::button(say("button-mydata"), "mydata"),
        Ability::Forget => chat::button(say("button-forget"), "forget"),
        Ability::Start => chat::button(say("button-subscribe"), "start"),
        _ => chat::button(say("button-help"), "help"),
    }
}

impl Scene<'_> {
    pub(super) fn asked(&self, citizen: &mut Citizen, ability: Ability, rest: &str) -> Outcome {
        use Ability::{Forget, Language, MyData, Pause, Settings};
        if citizen.group && matches!(ability, Forget | Language | MyData | Pause | Settings) {
            return Letter::line(say("group-private")).into();
        }
        match ability {
            Ability::Start => self.starts(citizen, rest),
            Ability::Now => self.asks_now(citizen, rest),
            Ability::Settings if citizen.wishes.is_empty() => self.starts(citizen, ""),
            Ability::Settings => self.settings(citizen, None).into(),
            Ability::Pause if !citizen.on => chat::farewell(citizen, false).into(),
            Ability::Pause => {
                let until = self.now.plus(PAUSE);
                citizen.paused_until = Some(until);
                citizen.drops = true;
                chat::paused(until).into()
            }
            Ability::Stop => {
                let was_on = citizen.on;
                if was_on {
                    citizen.switch_off(STOPPED);
                    citizen.consents.push((false, "/stop"));
                }
                chat::farewell(citizen, was_on).into()
            }
            Ability::Language => {
                let languages = self.city.languages();
                let own = self.lang(citizen);
                let at = languages.iter().position(|lang| *lang == own).unwrap_or(0);
                let next = languages.get((at + 1) % languages.len().max(1));
                let next = next.map_or(String::new(), ToString::to_string);
                self.speaks(citizen, &next)
            }
            Ability::MyData => Outcome::deed(Deed::MyData),
            Ability::Forget => self.open(citizen, "forget", vec![]),
            Ability::Privacy => self.privacy(citizen),
            Ability::Help => self.help(citizen),
            Ability::Alert => self.on_duty(citizen, rest),
            Ability::Cancel => Self::cancelled(citizen),
            Ability::Back => {
                let open = citizen
                    .form
                    .as_ref()
                    .is_some_and(|filled| !filled.is_closed());
                if open {
                    self.moved(citizen, &Move::Back)
                } else {
                    Self::cancelled(citizen)
                }
            }
        }
    }

    fn starts(&self, citizen: &mut Citizen, rest: &str) -> Outcome {
        let link = rules::deep_link(rest, self.city).unwrap_or_else(|| {
            let mut found = rules::Link::default();
            if !rest.is_empty() {
                let slugs = rules::find_places(self.city, rest);
                let all = self.city.districts().iter();
                let named = all.filter(|district| slugs.contains(&district.slug));
                found.districts = named.fold(Set::NONE, |set, district| set.with(district.bit));
            }
            found
        });
        if link == rules::Link::default() && !citizen.wishes.is_empty() {
            let why = if citizen.on {
                chat::Why::Already
            } else {
                chat::Why::Back
            };
            citizen.switch_on("/start");
            return in_both(self.summary(citizen, why));
        }
        self.joins(citizen, link)
    }

    fn joins(&self, citizen: &mut Citizen, link: rules::Link) -> Outcome {
        let mut known = vec![];
        if !link.districts.is_empty() {
            known.push((WHERE, rules::places_of(link.districts, None, self.city)));
        }
        if !link.topics.is_empty() {
            known.push((TOPICS, rules::topics_of(link.topics, self.city)));
        }
        self.open(citizen, "join", known)
    }

    /// A button that offers a district.
    pub(super) fn join(&self, citizen: &mut Citizen, slug: &str) -> Outcome {
        let link = rules::deep_link(slug, self.city).unwrap_or_default();
        self.joins(citizen, link)
    }

    fn asks_now(&self, citizen: &Citizen, rest: &str) -> Outcome {
        if rest.is_empty() {
            let scope = if citizen.on && !citizen.wishes.is_empty() {
                Scope::Mine
            } else {
                Scope::City
            };
            return self.on_now(citizen, &scope);
        }
        let slugs = rules::find_places(self.city, rest);
        match self.scope(&slugs) {
            Some(scope) => self.on_now(citizen, &scope),
            None => Letter {
                actions: vec![chat::row([chat::button(say("button-now-city"), "now.*")])],
                ..Letter::line(say_with(
                    "now-place-unknown",
                    [("text", Arg::Text(rest.chars().take(40).collect()))],
                ))
            }
            .into(),
        }
    }

    fn privacy(&self, citizen: &Citizen) -> Outcome {
        let mut actions = vec![chat::row([
            chat::button(say("button-mydata"), "mydata"),
            chat::button(say("button-forget"), "forget"),
        ])];
        if let Some(url) = self.page(citizen, "privacy") {
            let label = say("button-privacy");
            actions.insert(0, vec![Action::Open { label, url }]);
        }
        in_both(Letter {
            title: Some(say("privacy-short-title")),
            body: vec![
                Block::Paragraph(say("privacy-short-kept")),
                Block::Paragraph(say("privacy-short-provider")),
                Block::Paragraph(say("privacy-short-rights")),
            ],
            actions,
            weight: Weight::Normal,
            footer: None,
            picture: None,
        })
    }

    fn help(&self, citizen: &Citizen) -> Outcome {
        let lines = (self.commands.menu().iter())
            .filter(|entry| entry.name != "cancel" && entry.name != "help")
            .filter(|entry| !entry.duty || self.actor.is_some())
            .map(|entry| {
                let about = Arg::Words(Box::new(Words::Written(entry.descriptions.clone())));
                say_with(
                    "help-line",
                    [("name", Arg::Text(entry.name.clone())), ("about", about)],
                )
            })
            .collect();
        let emergency = [("number", Arg::Text(self.city.emergency().to_owned()))];
        let first = if citizen.on {
            chat::button(say("button-settings"), SETTINGS)
        } else {
            chat::way_in(citizen)
        };
        in_both(Letter {
            title: Some(say("help-title")),
            body: vec![
                Block::Bullets(lines),
                Block::Paragraph(say("help-free")),
                Block::Paragraph(say_with("help-emergency", emergency)),
            ],
            actions: vec![chat::row([first, chat::button(say("button-now"), "now")])],
            weight: Weight::Normal,
            footer: None,
            picture: None,
        })
    }

    /// Letters come again.
    pub(super) fn resumed(&self, citizen: &mut Citizen) -> Outcome {
        if citizen.wishes.is_empty() {
            return self.starts(citizen, "");
        }
        citizen.switch_on("settings");
        instead(self.settings(citizen, Some(say("resumed"))))
    }

    /// Another language from now on.
    pub(super) fn speaks(&self, citizen: &mut Citizen, tag: &str) -> Outcome {
        let Some(lang) = (self.city.languages().iter()).find(|lang| lang.as_str() == tag) else {
            return Outcome::nothing();
        };
        let others = citizen
            .languages
            .split(',')
            .filter(|known| *known != lang.as_str());
        citizen.languages = std::iter::once(lang.as_str())
            .chain(others)
            .collect::<Vec<_>>()
            .join(",");
        if citizen
            .form
            .as_ref()
            .is_some_and(|filled| !filled.is_closed())
        {
            return self.ask(citizen, None);
        }
        instead(Letter {
            actions: vec![{
                let mut row = self.tongues(citizen);
                row.extend(chat::button(say("button-settings"), SETTINGS));
                row
            }],
            ..Letter::line(say("language-done"))
        })
    }

    /// A topic that is heard of no more, or again.
    pub(super) fn mutes(&self, citizen: &mut Citizen, code: &str, mute: bool) -> Outcome {
        let Some(topic) = self.city.topic(code) else {
            return Outcome::nothing();
        };
        let bit = Set::NONE.with(topic.bit);
        for id in citizen.wishes.keys().copied().collect::<Vec<_>>() {
            super::renewed(citizen, id, |wish| {
                wish.topics = if mute {
                    Set(wish.topics.0 & !bit.0)
                } else {
                    wish.topics.or(bit)
                };
            });
        }
        chat::muted(self.city, topic.bit, mute).map_or_else(Outcome::nothing, Into::into)
    }

    /// Opens the form that changes something: `topics.ID`, `quiet`, `more`.
    pub(super) fn sets(&self, citizen: &mut Citizen, rest: &str) -> Outcome {
        let (what, id) = rest.split_once('.').unwrap_or((rest, ""));
        if what == "more" {
            let topics = rules::topics_of(self.city.usual_topics(), self.city);
            return self.open(citizen, "more", vec![(TOPICS, topics)]);
        }
        if what == "quiet" {
            return self.open(citizen, QUIET, vec![]);
        }
        let Some(wish) = super::number(id).and_then(|id| citizen.wishes.get(&id).copied()) else {
            return instead(self.settings(citizen, Some(say("settings-changed-already"))));
        };
        let of = (OF, vec![id.to_owned()]);
        match what {
            "place" => {
                let places = rules::places_of(wish.districts, wish.spot, self.city);
                self.open(citizen, "place", vec![of, (WHERE, places)])
            }
            "topics" => {
                let topics = rules::topics_of(wish.topics, self.city);
                self.open(citizen, TOPICS, vec![of, (TOPICS, topics)])
            }
            "severity" => {
                let least = vec![wish.least_severity.to_string()];
                self.open(citizen, SEVERITY, vec![of, (SEVERITY, least)])
            }
            "cadence" => {
                let cadence = vec![wish.cadence.word().to_owned()];
                self.open(citizen, CADENCE, vec![of, (CADENCE, cadence)])
            }
            _ => Outcome::nothing(),
        }
    }

    /// One of several wishes goes; the last one never, for that is what stopping is for.
    pub(super) fn unsubscribed(&self, citizen: &mut Citizen, rest: &str) -> Outcome {
        let known = super::number(rest).filter(|id| citizen.wishes.contains_key(id));
        let note = match known {
            Some(id) if citizen.wishes.len() > 1 => {
                citizen.wishes.remove(&id);
                say("settings-saved")
            }
            Some(_) => return self.asked(citizen, Ability::Stop, ""),
            None => say("settings-changed-already"),
        };
        instead(self.settings(citizen, Some(note)))
    }
}
