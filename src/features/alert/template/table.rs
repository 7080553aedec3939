//! Every template as data, in one visible table.

use std::time::Duration;

use super::declared::{Choice, Declared, Fact, Keys, Template};
use crate::features::alert::{Category, Certainty, ResponseType, Severity, Urgency};
use crate::message::Key;

use Category as C;
use Certainty::{Likely, Observed};
use Fact::{Cause, Contact, From, Line, Number, Text, Until};
use ResponseType as R;
use Severity::{Minor, Moderate, Severe};
use Urgency::{Expected, Future, Immediate, Past};

/// Minor matters that were planned.
const PLANNED: (Severity, Urgency, Certainty) = (Minor, Future, Likely);
/// Something that has failed.
const FAILED: (Severity, Urgency, Certainty) = (Moderate, Expected, Observed);
/// Schools that do not open.
const CLOSED: (Severity, Urgency, Certainty) = (Moderate, Future, Observed);
/// Weather that is expected.
const WEATHER: (Severity, Urgency, Certainty) = (Moderate, Expected, Likely);

const fn choice(code: &'static str, level: (Severity, Urgency, Certainty)) -> Choice {
    Choice {
        code,
        level,
        needs: &[],
        number: false,
        timed: false,
        topic: None,
        category: None,
    }
}

const fn counted(code: &'static str, level: (Severity, Urgency, Certainty)) -> Choice {
    Choice {
        number: true,
        ..choice(code, level)
    }
}

const fn free(code: &'static str, category: Category, topic: &'static str) -> Choice {
    Choice {
        topic: Some(topic),
        category: Some(category),
        ..choice(code, (Moderate, Urgency::Unknown, Certainty::Unknown))
    }
}

const UTILITY: &[Choice] = &[
    choice("breakdown", FAILED),
    Choice {
        needs: &[From, Until],
        timed: true,
        ..choice("planned", PLANNED)
    },
];
const OUTAGE: &[Fact] = &[Cause, From, Until, Contact, Line, Text];
const WARNED: &[Fact] = &[Cause, From, Until, Contact, Line, Number, Text];

/// All templates, in the order in which operators see them.
pub const TABLE: [Declared; 12] = [
    Declared {
        template: Template::Water,
        code: "water",
        form: "alert-water",
        topic: Some("water"),
        categories: &[C::Infra],
        responses: &[R::Prepare],
        lasts: None,
        choices: UTILITY,
        asks: OUTAGE,
        must: &[],
        keys: Keys {
            name: Key("template-water"),
            cause: Key("template-water-cause"),
            event: Key("template-water-event"),
            headline: Some(Key("template-water-headline")),
            what: Some(Key("template-water-what")),
            number: None,
            ends: Some(Key("template-water-ends")),
            open: Some(Key("template-water-open")),
            advice: Some(Key("template-water-advice")),
        },
    },
    Declared {
        template: Template::Heating,
        code: "heating",
        form: "alert-heating",
        topic: Some("heating"),
        categories: &[C::Infra],
        responses: &[R::Prepare],
        lasts: None,
        choices: UTILITY,
        asks: OUTAGE,
        must: &[],
        keys: Keys {
            name: Key("template-heating"),
            cause: Key("template-heating-cause"),
            event: Key("template-heating-event"),
            headline: Some(Key("template-heating-headline")),
            what: Some(Key("template-heating-what")),
            number: None,
            ends: Some(Key("template-heating-ends")),
            open: Some(Key("template-heating-open")),
            advice: Some(Key("template-heating-advice")),
        },
    },
    Declared {
        template: Template::Power,
        code: "power",
        form: "alert-power",
        topic: Some("electricity"),
        categories: &[C::Infra],
        responses: &[R::Prepare],
        lasts: None,
        choices: UTILITY,
        asks: OUTAGE,
        must: &[],
        keys: Keys {
            name: Key("template-power"),
            cause: Key("template-power-cause"),
            event: Key("template-power-event"),
            headline: Some(Key("template-power-headline")),
            what: Some(Key("template-power-what")),
            number: None,
            ends: Some(Key("template-power-ends")),
            open: Some(Key("template-power-open")),
            advice: Some(Key("template-power-advice")),
        },
    },
    Declared {
        template: Template::Road,
        code: "road",
        form: "alert-road",
        topic: Some("road-block"),
        categories: &[C::Transport],
        responses: &[R::Avoid],
        lasts: None,
        choices: &[
            choice("works", (Minor, Expected, Observed)),
            choice("accident", FAILED),
            choice("event", (Minor, Expected, Observed)),
            choice("damage", FAILED),
        ],
        asks: OUTAGE,
        must: &[Line],
        keys: Keys {
            name: Key("template-road"),
            cause: Key("template-road-cause"),
            event: Key("template-road-event"),
            headline: Some(Key("template-road-headline")),
            what: Some(Key("template-road-what")),
            number: None,
            ends: Some(Key("template-road-ends")),
            open: Some(Key("template-road-open")),
            advice: Some(Key("template-road-advice")),
        },
    },
    Declared {
        template: Template::Air,
        code: "air",
        form: "alert-air",
        topic: Some("air-quality"),
        categories: &[C::Env],
        responses: &[R::Avoid],
        lasts: Some(Duration::from_hours(24)),
        choices: &[
            counted("plain", (Moderate, Expected, Observed)),
            counted("green-ticket", (Moderate, Expected, Observed)),
        ],
        asks: &[Cause, Number, From, Until, Contact, Text],
        must: &[Number],
        keys: Keys {
            name: Key("template-air"),
            cause: Key("template-air-cause"),
            event: Key("template-air-event"),
            headline: Some(Key("template-air-headline")),
            what: Some(Key("template-air-what")),
            number: Some(Key("template-air-number")),
            ends: Some(Key("template-air-ends")),
            open: None,
            advice: Some(Key("template-air-advice")),
        },
    },
    Declared {
        template: Template::Storm,
        code: "storm",
        form: "alert-storm",
        topic: Some("weather"),
        categories: &[C::Met],
        responses: &[R::Shelter],
        lasts: Some(Duration::from_hours(6)),
        choices: &[
            counted("wind", WEATHER),
            choice("hail", WEATHER),
            counted("rain", WEATHER),
            counted("snow", WEATHER),
            choice("ice", WEATHER),
        ],
        asks: WARNED,
        must: &[],
        keys: Keys {
            name: Key("template-storm"),
            cause: Key("template-storm-cause"),
            event: Key("template-storm-event"),
            headline: Some(Key("template-storm-headline")),
            what: Some(Key("template-storm-what")),
            number: Some(Key("template-storm-number")),
            ends: Some(Key("template-storm-ends")),
            open: None,
            advice: Some(Key("template-storm-advice")),
        },
    },
    Declared {
        template: Template::Flood,
        code: "flood",
        form: "alert-flood",
        topic: Some("flood"),
        categories: &[C::Met],
        responses: &[R::Evacuate],
        lasts: Some(Duration::from_hours(12)),
        choices: &[
            choice("river", (Severe, Immediate, Likely)),
            choice("rain", (Severe, Immediate, Observed)),
        ],
        asks: OUTAGE,
        must: &[],
        keys: Keys {
            name: Key("template-flood"),
            cause: Key("template-flood-cause"),
            event: Key("template-flood-event"),
            headline: Some(Key("template-flood-headline")),
            what: Some(Key("template-flood-what")),
            number: None,
            ends: Some(Key("template-flood-ends")),
            open: None,
            advice: Some(Key("template-flood-advice")),
        },
    },
    Declared {
        template: Template::School,
        code: "school",
        form: "alert-school",
        topic: Some("school-closure"),
        categories: &[C::Safety],
        responses: &[R::Prepare],
        lasts: None,
        choices: &[
            choice("weather", CLOSED),
            choice("flu", CLOSED),
            choice("failure", CLOSED),
        ],
        asks: &[Cause, From, Until, Contact, Text],
        must: &[From, Until],
        keys: Keys {
            name: Key("template-school"),
            cause: Key("template-school-cause"),
            event: Key("template-school-event"),
            headline: Some(Key("template-school-headline")),
            what: Some(Key("template-school-what")),
            number: None,
            ends: None,
            open: None,
            advice: Some(Key("template-school-advice")),
        },
    },
    Declared {
        template: Template::Evacuation,
        code: "evacuation",
        form: "alert-evacuation",
        topic: Some("civil-protection"),
        categories: &[C::Safety, C::Rescue],
        responses: &[R::Evacuate, R::Avoid],
        lasts: None,
        choices: &[
            choice("fire", (Severe, Immediate, Observed)),
            choice("gas", (Severe, Immediate, Observed)),
            choice("threat", (Severe, Immediate, Likely)),
            choice("damage", (Severe, Immediate, Likely)),
        ],
        asks: &[Cause, Line, Until, Contact, Text],
        must: &[Line],
        keys: Keys {
            name: Key("template-evacuation"),
            cause: Key("template-evacuation-cause"),
            event: Key("template-evacuation-event"),
            headline: Some(Key("template-evacuation-headline")),
            what: Some(Key("template-evacuation-what")),
            number: None,
            ends: Some(Key("template-evacuation-ends")),
            open: Some(Key("template-evacuation-open")),
            advice: Some(Key("template-evacuation-advice")),
        },
    },
    Declared {
        template: Template::Event,
        code: "event",
        form: "alert-event",
        topic: None,
        categories: &[C::Other],
        responses: &[R::Monitor],
        lasts: None,
        choices: &[
            Choice {
                topic: Some("culture"),
                ..choice("culture", PLANNED)
            },
            Choice {
                topic: Some("sports"),
                ..choice("sports", PLANNED)
            },
        ],
        asks: &[Cause, From, Until, Contact, Line, Text],
        must: &[From, Text],
        keys: Keys {
            name: Key("template-event"),
            cause: Key("template-event-cause"),
            event: Key("template-event-event"),
            headline: Some(Key("template-event-headline")),
            what: None,
            number: None,
            ends: Some(Key("template-event-ends")),
            open: Some(Key("template-event-open")),
            advice: Some(Key("template-event-advice")),
        },
    },
    Declared {
        template: Template::AllClear,
        code: "all-clear",
        form: "alert-all-clear",
        topic: None,
        categories: &[C::Other],
        responses: &[R::AllClear],
        lasts: Some(Duration::from_hours(12)),
        choices: &[
            choice("over", (Minor, Past, Observed)),
            choice("restored", (Minor, Past, Observed)),
        ],
        asks: &[Cause, Contact, Text],
        must: &[],
        keys: Keys {
            name: Key("template-all-clear"),
            cause: Key("template-all-clear-cause"),
            event: Key("alert-hazard-other"),
            headline: Some(Key("template-all-clear-headline")),
            what: Some(Key("template-all-clear-what")),
            number: None,
            ends: None,
            open: None,
            advice: Some(Key("template-all-clear-advice")),
        },
    },
    Declared {
        template: Template::Free,
        code: "free",
        form: "alert-free",
        topic: None,
        categories: &[C::Other],
        responses: &[R::Monitor],
        lasts: None,
        choices: &[
            free("safety", C::Safety, "civil-protection"),
            free("health", C::Health, "health"),
            free("transport", C::Transport, "traffic"),
        ],
        asks: &[Cause, From, Until, Contact, Line, Text],
        must: &[Text],
        keys: Keys {
            name: Key("template-free"),
            cause: Key("template-free-cause"),
            event: Key("template-free-event"),
            headline: None,
            what: None,
            number: None,
            ends: None,
            open: None,
            advice: None,
        },
    },
];
