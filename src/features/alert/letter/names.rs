//! What the codes of an alert are called in a letter.

use crate::features::alert::{Category, Certainty, ResponseType, Urgency};
use crate::message::{Words, say};

/// A kind of hazard in words.
pub(in crate::features::alert) fn hazard(category: Category) -> Words {
    match category {
        Category::Geo => say("alert-hazard-geo"),
        Category::Met => say("alert-hazard-met"),
        Category::Safety => say("alert-hazard-safety"),
        Category::Security => say("alert-hazard-security"),
        Category::Rescue => say("alert-hazard-rescue"),
        Category::Fire => say("alert-hazard-fire"),
        Category::Health => say("alert-hazard-health"),
        Category::Env => say("alert-hazard-env"),
        Category::Transport => say("alert-hazard-transport"),
        Category::Infra => say("alert-hazard-infra"),
        Category::CBRNE => say("alert-hazard-cbrne"),
        Category::Other => say("alert-hazard-other"),
    }
}

/// How soon to act, where that is known.
pub(in crate::features::alert) fn urgency(urgency: Urgency) -> Option<Words> {
    match urgency {
        Urgency::Immediate => Some(say("alert-urgency-immediate")),
        Urgency::Expected => Some(say("alert-urgency-expected")),
        Urgency::Future => Some(say("alert-urgency-future")),
        Urgency::Past => Some(say("alert-urgency-past")),
        Urgency::Unknown => None,
    }
}

/// How sure it is, where that is known.
pub(in crate::features::alert) fn certainty(certainty: Certainty) -> Option<Words> {
    match certainty {
        Certainty::Observed => Some(say("alert-certainty-observed")),
        Certainty::Likely => Some(say("alert-certainty-likely")),
        Certainty::Possible => Some(say("alert-certainty-possible")),
        Certainty::Unlikely => Some(say("alert-certainty-unlikely")),
        Certainty::Unknown => None,
    }
}

/// What to do, in general.
pub(in crate::features::alert) fn step(response: ResponseType) -> Option<Words> {
    match response {
        ResponseType::Shelter => Some(say("alert-do-shelter")),
        ResponseType::Evacuate => Some(say("alert-do-evacuate")),
        ResponseType::Prepare => Some(say("alert-do-prepare")),
        ResponseType::Execute => Some(say("alert-do-execute")),
        ResponseType::Avoid => Some(say("alert-do-avoid")),
        ResponseType::Monitor => Some(say("alert-do-monitor")),
        ResponseType::Assess => Some(say("alert-do-assess")),
        ResponseType::AllClear => Some(say("alert-do-all-clear")),
        ResponseType::None => None,
    }
}
