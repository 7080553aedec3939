//! What may be done with a draft, by whom, and what follows. No IO.

use super::{Draft, Kind, State};
use crate::base::fold::fold;
use crate::city::{City, Set};
use crate::features::alert::Severity;
use crate::message::{Arg, Words, say, say_with};
use crate::people::permit::{Actor, Doing, authorize};

/// The shortest reason for sending alone, in characters: somebody has to read it the next day.
const LEAST_REASON: usize = 10;
/// The longest reason that is kept, in characters.
pub const LONGEST_REASON: usize = 500;

/// Something that is done with a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act<'a> {
    /// Its author is done with it.
    Submit,
    /// A second person lets it go out; what they typed to confirm it, where that is asked for.
    Approve(Option<&'a str>),
    /// A second person gives it back, and says why.
    Return(&'a str),
    /// A second person stops it, and says why.
    Reject(&'a str),
    /// One person sends it where two are needed, and says why.
    Alone(&'a str),
    /// What nobody submitted is left out: its time has passed.
    Skip,
    /// Its author gives it up.
    Discard,
}

/// What follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// It waits for a second person.
    Wait,
    /// It goes out; whether one person did what takes two.
    Send {
        /// Whether the glass was broken.
        alone: bool,
    },
    /// It goes back.
    Return,
    /// It is over.
    Reject,
}

/// What a decision depends on besides the draft.
#[derive(Debug, Clone, Copy)]
pub struct Weight {
    /// How grave it counts as.
    pub severity: Severity,
    /// How many addresses it is for.
    pub audience: i64,
    /// The districts it is for.
    pub districts: Set,
    /// Above so many addresses it takes two people.
    pub limit: i64,
}

impl Act<'_> {
    /// Its word in the record.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::Approve(_) => "approve",
            Self::Return(_) => "return",
            Self::Reject(_) => "reject",
            Self::Alone(_) => "break-glass",
            Self::Skip => "skip",
            Self::Discard => "discard",
        }
    }

    pub(super) const fn doing(&self) -> Doing {
        match self {
            Self::Submit | Self::Discard => Doing::Draft,
            Self::Approve(_) | Self::Return(_) | Self::Reject(_) => Doing::Decide,
            Self::Alone(_) => Doing::BreakGlass,
            Self::Skip => Doing::Send,
        }
    }
}

/// Whether it takes a second person. A cancel and a correction take one: a false alert must end at
/// once. A drill reaches no citizen.
#[must_use]
pub fn takes_two(kind: Kind, weight: &Weight) -> bool {
    match kind {
        Kind::Cancel | Kind::Correction | Kind::Drill => false,
        Kind::New | Kind::Update => {
            matches!(weight.severity, Severity::Extreme | Severity::Severe)
                || weight.audience > weight.limit
        }
    }
}

/// The name to be typed before an extreme alert for most of the city goes out.
#[must_use]
pub fn to_be_typed(kind: Kind, weight: &Weight, city: &City) -> bool {
    let all = city.districts().len();
    takes_two(kind, weight)
        && weight.severity == Severity::Extreme
        && city.in_set(weight.districts).count() * 2 > all
}

fn is_the_city(typed: &str, city: &City) -> bool {
    let names = city.languages().iter().map(|lang| city.name(*lang));
    names.map(fold).any(|name| name == fold(typed))
}

/// What follows when `actor`, who saw the revision `seen`, does `act`.
///
/// # Errors
/// Why it cannot be done, and what can be done instead, for the actor to read.
pub fn decide(
    draft: &Draft,
    (actor, seen): (&Actor, i64),
    act: Act<'_>,
    (weight, city): (&Weight, &City),
) -> Result<Next, Words> {
    authorize(actor, act.doing())?;
    if seen != draft.revision {
        return Err(say("draft-changed"));
    }
    let two = takes_two(draft.kind, weight);
    let open = matches!(draft.state, State::Draft | State::Returned);
    match act {
        Act::Submit if !open => Err(already(draft)),
        Act::Submit if two => Ok(Next::Wait),
        Act::Submit if authorize(actor, Doing::Send).is_ok() => Ok(Next::Send { alone: false }),
        Act::Submit => Ok(Next::Wait),
        Act::Discard | Act::Alone(_) if !open && draft.state != State::Waiting => {
            Err(already(draft))
        }
        Act::Discard if draft.author != actor.name => Err(say("draft-not-yours")),
        Act::Discard => Ok(Next::Reject),
        Act::Alone(_) if !two => Err(say("draft-needs-nobody")),
        Act::Alone(reason) if reason.trim().chars().count() < LEAST_REASON => {
            let least = i64::try_from(LEAST_REASON).unwrap_or(0);
            Err(say_with(
                "draft-reason-short",
                [("least", Arg::Number(least))],
            ))
        }
        Act::Alone(_) => Ok(Next::Send { alone: true }),
        Act::Skip if open => Ok(Next::Reject),
        Act::Skip => Err(already(draft)),
        _ if draft.state != State::Waiting => Err(already(draft)),
        _ if is_own(draft, actor) => Err(say("draft-own")),
        Act::Approve(typed) => {
            let confirmed = typed.is_some_and(|typed| is_the_city(typed, city));
            if to_be_typed(draft.kind, weight, city) && !confirmed {
                let languages = city.languages().iter();
                let names = languages.map(|lang| (*lang, city.name(*lang).to_owned()));
                let name = Words::Written(names.collect());
                let city = ("city", Arg::Words(Box::new(name)));
                return Err(say_with("draft-type-the-name", [city]));
            }
            Ok(Next::Send { alone: false })
        }
        Act::Return(reason) | Act::Reject(reason) if reason.trim().is_empty() => {
            Err(say("draft-reason-none"))
        }
        Act::Return(_) => Ok(Next::Return),
        Act::Reject(_) => Ok(Next::Reject),
    }
}

/// Whoever wrote or submitted it.
fn is_own(draft: &Draft, actor: &Actor) -> bool {
    draft.author == actor.name || draft.submitter.as_ref() == Some(&actor.name)
}

/// What stands in the way: it is somewhere else already.
fn already(draft: &Draft) -> Words {
    match draft.state {
        State::Draft => say("draft-not-submitted"),
        State::Waiting => say("draft-waits-already"),
        State::Sent => say("draft-sent-already"),
        State::Returned => say("draft-returned-already"),
        State::Rejected => say("draft-rejected-already"),
    }
}
