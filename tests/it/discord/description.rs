//! Every request against Discord's own description of it (`tests/data/discord-api.json`).

use glas::sandbox::ledger::Asked;
use serde_json::{Map, Value};

use super::Outcome;

const DESCRIPTION: &str = include_str!("../../data/discord-api.json");

/// Checks path, fields, types and lengths of every request.
pub fn check(requests: &[Asked]) -> Outcome {
    let description: Value = serde_json::from_str(DESCRIPTION)?;
    for asked in requests {
        let shape = shape_of(&description["paths"], &asked.what)
            .ok_or_else(|| format!("no such request: {}", asked.what))?;
        if shape.is_null() {
            continue;
        }
        fits(&description["schemas"], shape, &asked.body)
            .map_err(|why| format!("{}: {why} in {}", asked.what, asked.body))?;
    }
    Ok(())
}

fn shape_of<'a>(paths: &'a Value, what: &str) -> Option<&'a Value> {
    let same = |described: &str| {
        let (mut described, mut real) = (described.split(['/', ' ']), what.split(['/', ' ']));
        loop {
            match (described.next(), real.next()) {
                (None, None) => return true,
                (Some(name), Some(given))
                    if name == given || (name.starts_with('{') && !given.is_empty()) => {}
                _ => return false,
            }
        }
    };
    let paths = paths.as_object()?;
    paths
        .iter()
        .find(|(path, _)| same(path))
        .map(|(_, shape)| shape)
}

/// The part of JSON Schema that the description uses, with unknown fields refused.
fn fits(schemas: &Value, shape: &Value, value: &Value) -> Result<(), String> {
    if *shape == Value::Bool(true) {
        return Err("a field that Glas is not known to send".to_owned());
    }
    if let Some(name) = shape["$ref"].as_str() {
        return fits(schemas, &schemas[name], value).map_err(|why| format!("{name}: {why}"));
    }
    for several in ["oneOf", "anyOf"] {
        if let Some(shapes) = shape[several].as_array() {
            let refusals: Vec<_> = (shapes.iter())
                .filter_map(|shape| fits(schemas, shape, value).err())
                .collect();
            if refusals.len() == shapes.len() {
                return Err(refusals.join("; or "));
            }
        }
    }
    if shape.get("const").is_some_and(|only| only != value)
        || (shape["enum"].as_array()).is_some_and(|known| !known.contains(value))
    {
        return Err(format!("{value} is not among the values"));
    }
    if !has_type(&shape["type"], value) {
        return Err(format!("{value} is not of type {}", shape["type"]));
    }
    let length = match value {
        Value::String(text) => text.chars().count() as u64,
        Value::Array(items) => items.len() as u64,
        Value::Object(fields) => fields.len() as u64,
        Value::Number(number) => number.as_u64().unwrap_or(0),
        _ => 0,
    };
    for (key, wrong) in [
        ("maxLength", true),
        ("maxItems", true),
        ("maxProperties", true),
        ("maximum", true),
        ("minLength", false),
        ("minItems", false),
        ("minimum", false),
    ] {
        let limit = shape[key].as_u64().filter(|_| !value.is_null());
        if limit.is_some_and(|limit| {
            if wrong {
                length > limit
            } else {
                length < limit
            }
        }) {
            return Err(format!("{key} of {} does not hold: {length}", shape[key]));
        }
    }
    match value {
        Value::Object(fields) => fields_fit(schemas, shape, fields),
        Value::Array(items) if !shape["items"].is_null() => {
            (items.iter()).try_for_each(|item| fits(schemas, &shape["items"], item))
        }
        _ => Ok(()),
    }
}

fn fields_fit(schemas: &Value, shape: &Value, fields: &Map<String, Value>) -> Result<(), String> {
    for name in shape["required"].as_array().into_iter().flatten() {
        if !name.as_str().is_some_and(|name| fields.contains_key(name)) {
            return Err(format!("{name} is missing"));
        }
    }
    if shape.get("properties").is_none() && shape.get("additionalProperties").is_none() {
        return Ok(());
    }
    fields.iter().try_for_each(|(name, value)| {
        let known = shape["properties"]
            .get(name)
            .or(shape.get("additionalProperties"));
        let known = known.ok_or_else(|| format!("the field {name} is unknown"))?;
        fits(schemas, known, value).map_err(|why| format!("{name}: {why}"))
    })
}

fn has_type(types: &Value, value: &Value) -> bool {
    let is = |name: &str| match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        _ => value.is_null(),
    };
    match types {
        Value::String(name) => is(name),
        Value::Array(names) => names.iter().filter_map(Value::as_str).any(is),
        _ => true,
    }
}

#[test]
fn the_check_finds_what_is_wrong() {
    let asked = |what: &str, body: Value| Asked {
        channel: "discord",
        what: what.to_owned(),
        body,
        status: 200,
    };
    let message = "POST /channels/1/messages";
    let good = asked(
        message,
        serde_json::json!({"content": "a", "nonce": "b", "embeds": []}),
    );
    assert!(check(&[good]).is_ok());
    for (what, body) in [
        ("POST /channels/1/message", serde_json::json!({})),
        (message, serde_json::json!({"contents": "a"})),
        (message, serde_json::json!({"content": 5})),
        (
            message,
            serde_json::json!({"nonce": "12345678901234567890123456"}),
        ),
        (message, serde_json::json!({"poll": {}})),
        (
            message,
            serde_json::json!({"message_reference": {"channel_id": "1"}}),
        ),
        (
            message,
            serde_json::json!({"components": [{"type": 1, "components": []}]}),
        ),
        (
            message,
            serde_json::json!({"embeds": [{"color": 16_777_216}]}),
        ),
    ] {
        assert!(
            check(&[asked(what, body.clone())]).is_err(),
            "{what} {body}"
        );
    }
}
