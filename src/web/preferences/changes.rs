//! What the forms of the preferences page change. No IO.

use std::time::Duration;

use crate::base::clock::Millis;
use crate::city::City;
use crate::features::subscribe::rules;
use crate::message::catalogue::Catalogue;
use crate::message::{Lang, Words, say};
use crate::people::crowd::Citizen;
use crate::people::store::STOPPED;
use crate::web::posted::Posted;
use crate::web::wish::{Faults, Typed};

/// Where consent is said to come from.
const SOURCE: &str = "preferences page";
/// How long a pause lasts.
pub(in crate::web) const PAUSE: Duration = Duration::from_hours(7 * 24);
/// The most subscriptions that one address can have here.
const MOST: usize = 20;
/// The key of the form that adds a subscription, and of the one about the whole address.
pub(super) const NEW: &str = "new";
pub(super) const ALL: &str = "all";

/// What a change needs to know.
pub(super) struct Scene<'a> {
    pub(super) city: &'a City,
    /// Quiet hours of those who chose none.
    pub(super) quiet: (i64, i64),
    pub(super) languages: &'a [Lang],
    pub(super) now: Millis,
}

/// What has become of a form.
pub(super) enum Came {
    /// Nothing was sent.
    Nothing,
    /// It was taken; what is said about it.
    Taken(Words),
    /// It is about a subscription that is no more.
    Gone,
    /// It was not taken: its key, its answers, and what is wrong with them.
    Faulty(String, Box<Typed>, Faults),
}

/// Whether letters come, as the page asks it.
pub(super) fn state(citizen: &Citizen, now: Millis) -> &'static str {
    let paused = citizen.paused_until.is_some_and(|until| until > now);
    match (citizen.on, paused) {
        (false, _) => "off",
        (true, true) => "pause",
        (true, false) => "on",
    }
}

/// The language that somebody reads, of those that there are.
pub(in crate::web) fn reads(citizen: &Citizen, languages: &[Lang]) -> Option<Lang> {
    let preferred: Vec<&str> = citizen.languages.split(',').collect();
    Catalogue::choose(&preferred, languages)
}

impl Scene<'_> {
    /// Takes a form that was sent; `citizen` changes by it.
    pub(super) fn take(&self, citizen: &mut Citizen, posted: &Posted) -> Came {
        match posted.one("form") {
            "" => Came::Nothing,
            ALL => self.whole(citizen, posted),
            NEW => self.add(citizen, posted),
            id => self.one(citizen, id, posted),
        }
    }

    fn add(&self, citizen: &mut Citizen, posted: &Posted) -> Came {
        let typed = Typed::posted(posted, NEW, &Typed::usual(self.city));
        match typed.wish(self.city) {
            Err(faults) => Came::Faulty(NEW.to_owned(), Box::new(typed), faults),
            Ok(_) if citizen.wishes.len() >= MOST => Came::Taken(say("preferences-too-many")),
            Ok(wish) => {
                citizen.add(wish);
                if !citizen.on {
                    citizen.switch_on(SOURCE);
                }
                Came::Taken(say("preferences-added"))
            }
        }
    }

    /// One subscription is changed or goes; the last one stays for the day its owner comes back.
    fn one(&self, citizen: &mut Citizen, key: &str, posted: &Posted) -> Came {
        let known = key.parse().ok();
        let Some((id, wish)) = known.and_then(|id| Some((id, *citizen.wishes.get(&id)?))) else {
            return Came::Gone;
        };
        if posted.one(&format!("remove-{key}")) == "yes" {
            if citizen.wishes.len() > 1 {
                citizen.wishes.remove(&id);
                return Came::Taken(say("preferences-removed"));
            }
            stop(citizen, SOURCE);
            return Came::Taken(say("preferences-last-removed"));
        }
        let typed = Typed::posted(posted, key, &Typed::of(&wish, self.city));
        match typed.wish(self.city) {
            Err(faults) => Came::Faulty(key.to_owned(), Box::new(typed), faults),
            Ok(new) if new == wish => Came::Taken(say("preferences-unchanged")),
            Ok(new) => {
                citizen.wishes.remove(&id);
                citizen.add(new);
                Came::Taken(say("settings-saved"))
            }
        }
    }

    fn whole(&self, citizen: &mut Citizen, posted: &Posted) -> Came {
        let before = citizen.clone();
        match (posted.one("state"), state(citizen, self.now)) {
            ("on", "off" | "pause") => citizen.switch_on(SOURCE),
            ("pause", "on") => pause(citizen, self.now),
            ("pause", "off") => {
                citizen.switch_on(SOURCE);
                pause(citizen, self.now);
            }
            ("off", "on" | "pause") => stop(citizen, SOURCE),
            _ => {}
        }
        let usual = citizen.quiet.unwrap_or(self.quiet);
        if let Some(hours) = rules::quiet_of(posted.one("quiet"))
            && !same_hours(hours, usual)
        {
            citizen.quiet = Some(hours);
        }
        let wanted = posted.one("lang");
        let wanted = self.languages.iter().find(|lang| lang.as_str() == wanted);
        if let Some(lang) = wanted
            && reads(citizen, self.languages) != Some(*lang)
        {
            citizen.speak_first(*lang);
        }
        Came::Taken(if *citizen == before {
            say("preferences-unchanged")
        } else {
            say("settings-saved")
        })
    }
}

/// Whether two pairs of hours mean the same quiet: equal ends mean none.
pub(super) fn same_hours(one: (i64, i64), other: (i64, i64)) -> bool {
    one == other || (one.0 == one.1 && other.0 == other.1)
}

/// Nothing is sent for a week.
pub(in crate::web) fn pause(citizen: &mut Citizen, now: Millis) {
    citizen.paused_until = Some(now.plus(PAUSE));
    citizen.drops = true;
}

/// Nothing is sent any more, by their own word.
pub(in crate::web) fn stop(citizen: &mut Citizen, source: &'static str) {
    if citizen.on {
        citizen.switch_off(STOPPED);
        citizen.consents.push((false, source));
    }
}
