//! The shapes of what the API takes and gives, as JSON Schema (2020-12). `tests/it/api` holds every
//! answer to them.

use serde_json::{Map, Value, json};

use super::problem::{Kind, TYPES};
use crate::config::operators::{Role, Scope};
use crate::features::alert::template::{MOST_LINE, MOST_PLACES, MOST_TEXT, TABLE};

/// An object with these fields and no others; the names in `required` must be there.
fn object(required: &[&str], properties: &Value) -> Value {
    json!({
        "type": "object",
        "required": required,
        "properties": properties,
        "additionalProperties": false,
    })
}

/// An object whose fields are always all there.
fn whole(properties: &Value) -> Value {
    let names: Vec<&str> = (properties.as_object().into_iter().flatten())
        .map(|(name, _)| name.as_str())
        .collect();
    object(&names, properties)
}

fn of(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn list(items: &Value) -> Value {
    json!({ "type": "array", "items": items })
}

fn text() -> Value {
    json!({ "type": "string" })
}

fn maybe_text() -> Value {
    json!({ "type": ["string", "null"] })
}

fn count() -> Value {
    json!({ "type": "integer", "minimum": 0 })
}

fn moment() -> Value {
    json!({ "type": "string", "format": "date-time" })
}

fn one_of(words: impl IntoIterator<Item = &'static str>) -> Value {
    json!({ "type": "string", "enum": words.into_iter().collect::<Vec<_>>() })
}

/// The pattern of our numbers.
pub fn number() -> Value {
    json!({ "type": "string", "pattern": "^[1-9][0-9]{0,18}$" })
}

fn maybe_number() -> Value {
    json!({ "type": ["string", "null"], "pattern": "^[1-9][0-9]{0,18}$" })
}

fn by_language() -> Value {
    json!({
        "type": "object",
        "description": "By language, as BCP 47 tags: bg, en.",
        "additionalProperties": text(),
    })
}

fn severity() -> Value {
    one_of(["Extreme", "Severe", "Moderate", "Minor", "Unknown"])
}

/// Every schema by its name.
#[must_use]
pub fn all() -> Value {
    let mut all = Map::new();
    for part in [taken(), told_of_drafts(), told_of_alerts()] {
        all.extend(part.as_object().cloned().unwrap_or_default());
    }
    Value::Object(all)
}

/// What is taken.
fn taken() -> Value {
    let templates = TABLE.iter().map(|declared| declared.code);
    let named = json!({
        "type": "array",
        "items": text(),
        "maxItems": MOST_PLACES,
        "description": "Districts and quarters by their names in any language and script.",
    });
    let line = json!({ "type": "string", "maxLength": MOST_LINE });
    let radius =
        json!({ "type": "integer", "minimum": 50, "maximum": 20_000, "description": "Metres." });
    let point = json!({ "type": "string", "examples": ["42.6977,23.3219"] });
    let address = object(&["line"], &json!({ "line": line, "within": named }));
    let around = object(
        &["point", "radius"],
        &json!({ "point": point, "radius": radius, "line": line }),
    );
    let place = json!({ "oneOf": [
        { "const": "everywhere", "description": "The whole city, said in so many words." },
        object(&["named"], &json!({ "named": named })),
        object(&["address"], &json!({ "address": address })),
        object(&["around"], &json!({ "around": around })),
    ] });
    let texts = json!({
        "type": "object",
        "description": "Free text by language: in every language that the city publishes in, or in none.",
        "additionalProperties": { "type": "string", "maxLength": MOST_TEXT },
    });
    let facts = object(
        &["template"],
        &json!({
            "template": one_of(templates),
            "place": place,
            "from": moment(),
            "until": moment(),
            "contact": line,
            "cause": { "type": "string", "description": "A cause of the template; its first where none is given." },
            "number": { "type": "integer", "minimum": 1, "maximum": 2000 },
            "about": { "type": "string", "description": "For an all-clear: the alert that is over." },
            "text": texts,
            "severity": one_of(["Extreme", "Severe", "Moderate", "Minor"]),
            "emergency": { "type": "boolean", "description": "Allows text to be missing in a language." },
        }),
    );
    let revision = json!({
        "type": "integer",
        "description": "The revision that was seen: when the draft is another by now, nothing is done.",
    });
    let reason = json!({ "type": "string", "minLength": 1, "maxLength": 4000 });
    json!({
        "Facts": facts,
        "NewDraft": object(&["facts"], &json!({
            "facts": of("Facts"),
            "drill": { "type": "boolean", "description": "An exercise: for operators and volunteers alone." },
        })),
        "Update": object(&["facts"], &json!({ "facts": of("Facts") })),
        "Correction": object(&["wrong"], &json!({ "wrong": one_of(["mistake", "place", "drill"]) })),
        "Submission": object(&["revision"], &json!({ "revision": revision })),
        "Approval": object(&["revision"], &json!({
            "revision": revision,
            "confirm": { "type": "string", "description": "The city's name, where the preview asks for it." },
        })),
        "Reason": object(&["revision", "reason"], &json!({ "revision": revision, "reason": reason })),
    })
}

/// What is told of tokens, templates and drafts.
fn told_of_drafts() -> Value {
    let says = whole(&json!({
        "language": text(),
        "event": text(),
        "headline": maybe_text(),
        "description": maybe_text(),
        "instruction": maybe_text(),
        "areas": list(&text()),
    }));
    let facts = [
        "place", "line", "from", "until", "contact", "cause", "number", "about", "text", "severity",
    ];
    let cause = whole(&json!({
        "code": text(),
        "names": by_language(),
        "severity": severity(),
        "number": { "type": "boolean" },
        "needs": list(&one_of(facts)),
    }));
    let fact = whole(&json!({
        "code": one_of(facts),
        "names": by_language(),
        "required": { "type": "boolean" },
    }));
    let template = whole(&json!({
        "code": text(),
        "names": by_language(),
        "causes": list(&cause),
        "facts": list(&fact),
    }));
    let letter = whole(&json!({
        "channel": text(),
        "language": text(),
        "parts": list(&text()),
    }));
    json!({
        "Description": { "type": "object", "required": ["openapi"] },
        "Me": whole(&json!({
            "name": text(),
            "role": one_of(Role::ALL.map(Role::word)),
            "scopes": list(&one_of(Scope::ALL.map(Scope::word))),
            "expires": { "type": ["string", "null"], "format": "date-time" },
        })),
        "Templates": whole(&json!({ "templates": list(&template) })),
        "Says": says,
        "Draft": whole(&json!({
            "id": number(),
            "kind": one_of(["new", "update", "cancel", "correction", "drill"]),
            "state": one_of(["draft", "waiting", "sent", "returned", "rejected"]),
            "revision": { "type": "integer", "minimum": 1 },
            "about": maybe_number(),
            "alert": maybe_number(),
            "identifier": text(),
            "severity": severity(),
            "author": text(),
            "submitter": maybe_text(),
            "decider": maybe_text(),
            "reason": maybe_text(),
            "alone": { "type": "boolean" },
            "created": moment(),
            "texts": list(&of("Says")),
        })),
        "Drafts": whole(&json!({ "drafts": list(&of("Draft")) })),
        "Preview": whole(&json!({
            "draft": number(),
            "revision": { "type": "integer", "minimum": 1 },
            "severity": severity(),
            "expires": moment(),
            "takes_two": { "type": "boolean" },
            "confirm": { "oneOf": [{ "type": "null" }, by_language()] },
            "audience": count(),
            "at_most": { "type": "boolean" },
            "channels": list(&whole(&json!({ "channel": text(), "count": count() }))),
            "districts": list(&whole(&json!({
                "code": text(),
                "names": by_language(),
                "count": count(),
            }))),
            "letters": list(&letter),
        })),
    })
}

/// What is told of alerts, and of what went wrong.
fn told_of_alerts() -> Value {
    let counts = json!({ "type": "object", "additionalProperties": count() });
    let times = json!({
        "type": ["array", "null"],
        "items": count(),
        "minItems": 3,
        "maxItems": 3,
        "description": "Milliseconds until half, 95 % and all of those reached had been.",
    });
    let channel = whole(&json!({
        "channel": text(),
        "walk": one_of(["open", "ended", "stopped", "expired", "superseded"]),
        "reason": maybe_text(),
        "planned": count(),
        "reached": count(),
        "to_go": count(),
        "held": count(),
        "unexpanded": count(),
        "dropped": count(),
        "deliveries": counts,
        "times_ms": times,
    }));
    let types: Vec<String> = (Kind::ALL.iter())
        .map(|kind| format!("{TYPES}{}", kind.code()))
        .collect();
    let error = whole(&json!({ "pointer": text(), "detail": text() }));
    json!({
        "Alert": whole(&json!({
            "id": number(),
            "identifier": text(),
            "sender": text(),
            "sent": moment(),
            "type": { "type": ["string", "null"] },
            "state": one_of(["in_force", "updated", "cancelled", "all_clear", "over"]),
            "replaced_by": maybe_number(),
            "severity": severity(),
            "created": moment(),
            "expires": moment(),
            "texts": list(&of("Says")),
            "pages": by_language(),
            "cap": maybe_text(),
        })),
        "Alerts": whole(&json!({ "alerts": list(&of("Alert")) })),
        "Report": whole(&json!({ "alert": number(), "channels": list(&channel) })),
        "Problem": object(&["type", "title", "status", "detail"], &json!({
            "type": { "type": "string", "enum": types },
            "title": text(),
            "status": { "type": "integer" },
            "detail": text(),
            "errors": list(&error),
        })),
    })
}
