//! What becomes of what a feed tells: straight out, to a person as a draft, or nothing.

pub mod place;
pub mod plain;

use std::time::Duration;

use super::Decision;
use crate::base::clock::Millis;
use crate::city::City;
use crate::config::feeds::Degree;
use crate::features::alert::rules::{Earlier, Judgement, Verdict, judge};
use crate::features::alert::{Alert, Area, MsgType, Reference, Severity, Status};
use crate::message::{Arg, Words, say, say_with};

/// The longest pause after failures, where the feed is read more often than that.
const LONGEST_PAUSE: Duration = Duration::from_hours(1);
/// The longest pause that a source may ask for.
const LONGEST_WISH: Duration = Duration::from_hours(24);
/// How long a feed may fail before that is reported where no other limit is set.
const FAILING: Duration = Duration::from_hours(6);

/// What became of an entry of a feed to which another message refers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Past {
    /// It went out.
    Sent,
    /// A person has not decided yet.
    Draft,
    /// It did not go out, and will not.
    Passed,
}

/// By what it is decided.
#[derive(Clone, Copy)]
pub struct Rule<'a> {
    /// The city.
    pub city: &'a City,
    /// The moment.
    pub at: Millis,
    /// The gravest degree that goes out without a person.
    pub up_to: Option<Degree>,
}

/// Decides what becomes of a message. `known` finds alerts that went out before, from anywhere;
/// `own` what became of this feed's earlier entries.
///
/// An update of what nobody here has heard of is news, and is sent as such. A cancel of what
/// nobody has heard of is dropped. Only what this very feed has sent is changed or taken back
/// without a person: a sender's name in a message proves nothing.
#[must_use]
pub fn decide(
    mut alert: Alert,
    rule: &Rule<'_>,
    known: impl Fn(&Reference) -> Option<Earlier>,
    own: impl Fn(&Reference) -> Option<Past>,
) -> Decision {
    let heard: Vec<&Reference> = alert
        .references
        .iter()
        .filter(|reference| known(reference).is_some())
        .collect();
    let ours = heard
        .iter()
        .all(|reference| own(reference) == Some(Past::Sent));
    if heard.is_empty() {
        let dropped = (alert.references.iter()).any(|reference| own(reference).is_some());
        match alert.msg_type {
            Some(MsgType::Update) => as_news(&mut alert),
            Some(MsgType::Cancel) if dropped => return Decision::Pass(say("feed-pass-unheard")),
            _ => {}
        }
    }
    let judgement = judge(&alert, rule.city, rule.at, known);
    if let Some(why) = passes(&alert, &judgement, rule) {
        return Decision::Pass(why);
    }
    let why = if judgement.verdict == Verdict::Held {
        Some(judgement.reason.clone())
    } else if !ours {
        Some(say("feed-draft-other-source"))
    } else {
        too_grave(judgement.severity, rule.up_to)
    };
    match why {
        Some(why) => Decision::Draft(Box::new(alert), why),
        None => Decision::Straight(Box::new(alert)),
    }
}

/// Makes an update a message of its own.
fn as_news(alert: &mut Alert) {
    alert.msg_type = Some(MsgType::Alert);
    alert.references.clear();
}

/// Why nothing comes of a message, if nothing does. What may concern the city is never among it.
fn passes(alert: &Alert, judgement: &Judgement, rule: &Rule<'_>) -> Option<Words> {
    if judgement.verdict == Verdict::Refused {
        return Some(judgement.reason.clone());
    }
    if matches!(alert.status, Some(Status::Test | Status::System)) {
        return Some(judgement.reason.clone());
    }
    if judgement.expires <= rule.at {
        let expires = ("expires", Arg::Time(judgement.expires));
        return Some(say_with("feed-pass-over", [expires]));
    }
    let areas = || alert.infos.iter().flat_map(|info| &info.areas);
    let elsewhere = judgement.infos.is_empty()
        && alert.unread.is_empty()
        && areas().next().is_some()
        && areas().all(|area| is_certain(area, rule.city));
    elsewhere.then(|| say("feed-pass-elsewhere"))
}

/// Whether an area is drawn or coded so that the city can tell whether it is its own.
fn is_certain(area: &Area, city: &City) -> bool {
    let mut codes = area.geocodes.iter();
    !area.shapes.is_empty() || codes.any(|code| city.knows_scheme(&code.scheme))
}

fn too_grave(severity: Severity, up_to: Option<Degree>) -> Option<Words> {
    let Some(up_to) = up_to else {
        return Some(say("feed-draft-always"));
    };
    let degree = match severity {
        Severity::Extreme => Degree::Extreme,
        Severity::Severe => Degree::Severe,
        Severity::Moderate | Severity::Unknown => Degree::Moderate,
        Severity::Minor => Degree::Minor,
    };
    (degree > up_to).then(|| say("feed-draft-grave"))
}

/// The severity that a plain source's degree is.
#[must_use]
pub fn severity(degree: Degree) -> Severity {
    match degree {
        Degree::Minor => Severity::Minor,
        Degree::Moderate => Severity::Moderate,
        Degree::Severe => Severity::Severe,
        Degree::Extreme => Severity::Extreme,
    }
}

/// How long a feed is left alone: its usual time, doubled with each failure in a row up to an
/// hour; longer where the source itself asked for it, up to a day.
#[must_use]
pub fn pause(every: Duration, failures: u32, asked: Option<Duration>) -> Duration {
    let longest = LONGEST_PAUSE.max(every);
    let doubled = every.saturating_mul(1 << failures.min(16)).min(longest);
    asked.map_or(doubled, |asked| doubled.max(asked.min(LONGEST_WISH)))
}

/// Why a feed counts as silent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Silence {
    /// It could not be read since then.
    Failing(Millis),
    /// It has said nothing new since then.
    Unchanged(Millis),
}

/// Whether a feed is silent at `now`: it was last read at `read` and last brought something new
/// at `changed`; both begin when it was first looked at.
#[must_use]
pub fn silence(
    (read, changed): (Millis, Millis),
    silent_after: Option<Duration>,
    now: Millis,
) -> Option<Silence> {
    let failing = now.since(read) > silent_after.unwrap_or(FAILING);
    let unchanged = silent_after.is_some_and(|limit| now.since(changed) > limit);
    if failing {
        Some(Silence::Failing(read))
    } else {
        unchanged.then_some(Silence::Unchanged(changed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_with_failures_and_end_at_an_hour() {
        let every = Duration::from_mins(5);
        let minutes = |failures| pause(every, failures, None).as_secs() / 60;
        assert_eq!([0, 1, 2, 3, 4, 40].map(minutes), [5, 10, 20, 40, 60, 60]);
        let asked = |seconds| pause(every, 1, Some(Duration::from_secs(seconds))).as_secs();
        assert_eq!([1, 7_200, 10_000_000].map(asked), [600, 7_200, 86_400]);
        let day = Duration::from_hours(24);
        assert_eq!(pause(day, 9, None), day);
    }

    #[test]
    fn silence_is_failing_or_nothing_new_for_longer_than_the_limit() {
        let hours = |hours| Millis(0).plus(Duration::from_hours(hours));
        let limit = Some(Duration::from_hours(12));
        let at = |read, changed, now| silence((hours(read), hours(changed)), limit, hours(now));
        assert_eq!(at(10, 0, 12), None);
        assert_eq!(at(13, 0, 13), Some(Silence::Unchanged(hours(0))));
        assert_eq!(at(0, 0, 13), Some(Silence::Failing(hours(0))));
        let unset = |read, now| silence((hours(read), hours(0)), None, hours(now));
        assert_eq!(unset(100, 100), None);
        assert_eq!(unset(93, 100), Some(Silence::Failing(hours(93))));
    }
}
