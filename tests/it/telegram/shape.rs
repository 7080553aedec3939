//! Whether a request has the shape that the Bot API describes: method, fields, types.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::Value;

/// The part of the Bot API's description that the adapter uses; a type that is not in it is one
/// that the adapter does not send.
#[derive(Debug, Deserialize)]
struct Description {
    methods: BTreeMap<String, Fields>,
    types: BTreeMap<String, Fields>,
}

type Fields = BTreeMap<String, Field>;

#[derive(Debug, PartialEq, Deserialize)]
struct Field {
    types: Vec<String>,
    required: bool,
}

static DESCRIPTION: LazyLock<Description> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../data/telegram-api.json")).expect("a description")
});

/// Panics with the reason when `body` is not a call of `method` as documented.
pub fn assert_documented(method: &str, body: &Value) {
    let fields = DESCRIPTION
        .methods
        .get(method)
        .unwrap_or_else(|| panic!("no method {method}"));
    if let Err(why) = object(fields, body) {
        panic!("{method}: {why} in {body}");
    }
}

fn object(fields: &Fields, value: &Value) -> Result<(), String> {
    let given = value.as_object().ok_or("not an object")?;
    for (name, field) in fields {
        if field.required && !given.contains_key(name) {
            return Err(format!("{name} is missing"));
        }
    }
    for (name, value) in given {
        let field = fields
            .get(name)
            .ok_or_else(|| format!("{name} is unknown"))?;
        if !field.types.iter().any(|kind| is_a(kind, value)) {
            return Err(format!("{name} is none of {:?}", field.types));
        }
    }
    Ok(())
}

fn is_a(kind: &str, value: &Value) -> bool {
    if let Some(item) = kind.strip_prefix("Array of ") {
        return value
            .as_array()
            .is_some_and(|items| items.iter().all(|value| is_a(item, value)));
    }
    match kind {
        "Integer" => value.is_i64(),
        "String" => value.is_string(),
        "Boolean" => value.is_boolean(),
        _ => DESCRIPTION
            .types
            .get(kind)
            .is_some_and(|fields| object(fields, value).is_ok()),
    }
}

/// The kept part agrees with the whole description, where that is at hand.
#[test]
fn the_kept_part_is_what_the_whole_says() {
    #[derive(Deserialize)]
    struct Whole {
        methods: BTreeMap<String, Entry>,
        types: BTreeMap<String, Entry>,
    }
    #[derive(Deserialize)]
    struct Entry {
        #[serde(default)]
        fields: Vec<Named>,
    }
    #[derive(Deserialize)]
    struct Named {
        name: String,
        #[serde(flatten)]
        field: Field,
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/telegram/api.json");
    let Ok(json) = std::fs::read_to_string(file) else {
        assert!(DESCRIPTION.methods.contains_key("sendMessage"));
        return;
    };
    let mut whole: Whole = serde_json::from_str(&json).expect("the whole description");
    let compare = |kept: &BTreeMap<String, Fields>, whole: &mut BTreeMap<String, Entry>| {
        for (name, fields) in kept {
            let entry = whole.remove(name).unwrap_or_else(|| panic!("{name}"));
            let described: Fields = entry
                .fields
                .into_iter()
                .map(|named| (named.name, named.field))
                .collect();
            assert_eq!(*fields, described, "{name}");
        }
    };
    compare(&DESCRIPTION.methods, &mut whole.methods);
    compare(&DESCRIPTION.types, &mut whole.types);
}
