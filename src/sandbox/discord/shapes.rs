//! Checks a request's body against `requests.json`, the used part of Discord's own description.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::refusal::{Refusal, Wrongs};

static BOOK: LazyLock<Book> = LazyLock::new(|| {
    serde_json::from_str(include_str!("requests.json"))
        .unwrap_or_else(|why| unreachable!("requests.json is part of the program: {why}"))
});

#[derive(Debug, Deserialize)]
struct Book {
    locales: Vec<String>,
    routes: HashMap<String, Shape>,
    shapes: HashMap<String, Fields>,
}

#[derive(Debug, Deserialize)]
struct Fields {
    required: Vec<String>,
    fields: HashMap<String, Shape>,
}

#[derive(Debug, Deserialize)]
struct Shape {
    #[serde(default)]
    null: bool,
    #[serde(flatten)]
    kind: Kind,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "is", rename_all = "lowercase")]
enum Kind {
    Text {
        #[serde(default)]
        min: usize,
        max: Option<usize>,
        one_of: Option<Vec<String>>,
    },
    Whole {
        min: Option<i64>,
        max: Option<i64>,
        one_of: Option<Vec<i64>>,
    },
    Number {},
    Flag,
    Id,
    Url {
        max: Option<usize>,
    },
    Time,
    Nonce {
        max: usize,
    },
    List {
        of: Box<Shape>,
        #[serde(default)]
        min: usize,
        max: Option<usize>,
    },
    Object {
        #[serde(rename = "as")]
        name: String,
    },
    Union {
        by: HashMap<String, String>,
    },
    Map {
        of: Box<Shape>,
        keys: Option<String>,
    },
}

/// Checks `body` against the shape of `route`, a key of `requests.json`.
pub(super) fn check(route: &str, body: &Value) -> Result<(), Refusal> {
    let mut wrongs = Wrongs::default();
    match BOOK.routes.get(route) {
        Some(shape) => look(shape, body, "", &mut wrongs),
        None => wrongs.add("", "SANDBOX_NO_BODY", "this route takes no body"),
    }
    wrongs.verdict()
}

fn look(shape: &Shape, value: &Value, path: &str, wrongs: &mut Wrongs) {
    if value.is_null() {
        if !shape.null {
            wrongs.add(path, "BASE_TYPE_REQUIRED", "This field is required");
        }
        return;
    }
    match &shape.kind {
        Kind::Text { min, max, one_of } => text(value, path, *min, *max, one_of.as_deref(), wrongs),
        Kind::Whole { min, max, one_of } => {
            whole(value, path, *min, *max, one_of.as_deref(), wrongs);
        }
        Kind::Number {} if value.is_number() => {}
        Kind::Number {} => wrongs.add(path, "NUMBER_TYPE_COERCE", coerce(value, "float")),
        Kind::Flag if value.is_boolean() => {}
        Kind::Flag => wrongs.add(
            path,
            "BOOLEAN_TYPE_CONVERT",
            "Must be either true or false.",
        ),
        Kind::Id => {
            if snowflake(value).is_none() {
                wrongs.add(path, "NUMBER_TYPE_COERCE", coerce(value, "snowflake"));
            }
        }
        Kind::Url { max } => url(value, path, *max, wrongs),
        Kind::Time => {
            let reads = value
                .as_str()
                .is_some_and(|text| crate::base::clock::Millis::parse_rfc3339(text).is_ok());
            if !reads {
                wrongs.add(path, "DATE_TIME_TYPE_PARSE", "Could not parse as ISO8601.");
            }
        }
        Kind::Nonce { max } => {
            if !value.is_i64() && !value.is_u64() {
                text(value, path, 0, Some(*max), None, wrongs);
            }
        }
        Kind::List { of, min, max } => list(value, path, of, (*min, *max), wrongs),
        Kind::Object { name } => object(value, path, name, wrongs),
        Kind::Union { by } => union(value, path, by, wrongs),
        Kind::Map { of, keys } => map(value, path, of, keys.as_deref(), wrongs),
    }
}

/// A snowflake as the platform takes it: decimal digits in a string, or a whole number.
pub(super) fn snowflake(value: &Value) -> Option<u64> {
    match value {
        Value::String(text) if text.bytes().all(|b| b.is_ascii_digit()) => text.parse().ok(),
        Value::Number(number) => number.as_u64(),
        _ => None,
    }
}

fn coerce(value: &Value, kind: &str) -> String {
    let shown: String = value.to_string().chars().take(80).collect();
    format!("Value {shown} is not {kind}.")
}

fn length(count: usize, path: &str, min: usize, max: Option<usize>, wrongs: &mut Wrongs) {
    let too_long = max.is_some_and(|max| count > max);
    if !too_long && count >= min {
        return;
    }
    match (min, max) {
        (0 | 1, Some(max)) if too_long => wrongs.add(
            path,
            "BASE_TYPE_MAX_LENGTH",
            format!("Must be {max} or fewer in length."),
        ),
        (1, _) if count == 0 => {
            wrongs.add(path, "BASE_TYPE_REQUIRED", "This field is required");
        }
        (min, Some(max)) => wrongs.add(
            path,
            "BASE_TYPE_BAD_LENGTH",
            format!("Must be between {min} and {max} in length."),
        ),
        (min, None) => wrongs.add(
            path,
            "BASE_TYPE_MIN_LENGTH",
            format!("Must be {min} or more in length."),
        ),
    }
}

fn text(
    value: &Value,
    path: &str,
    min: usize,
    max: Option<usize>,
    one_of: Option<&[String]>,
    wrongs: &mut Wrongs,
) {
    let Some(text) = value.as_str() else {
        wrongs.add(
            path,
            "STRING_TYPE_CONVERT",
            "Could not interpret the value as string.",
        );
        return;
    };
    length(text.chars().count(), path, min, max, wrongs);
    if one_of.is_some_and(|known| !known.iter().any(|known| known == text)) {
        wrongs.add(
            path,
            "BASE_TYPE_CHOICES",
            choices(one_of.unwrap_or_default()),
        );
    }
}

fn whole(
    value: &Value,
    path: &str,
    min: Option<i64>,
    max: Option<i64>,
    one_of: Option<&[i64]>,
    wrongs: &mut Wrongs,
) {
    let Some(number) = value.as_i64() else {
        wrongs.add(path, "NUMBER_TYPE_COERCE", coerce(value, "int"));
        return;
    };
    if let Some(max) = max.filter(|max| number > *max) {
        let said = format!("int value should be less than or equal to {max}.");
        wrongs.add(path, "NUMBER_TYPE_MAX", said);
    }
    if let Some(min) = min.filter(|min| number < *min) {
        let said = format!("int value should be greater than or equal to {min}.");
        wrongs.add(path, "NUMBER_TYPE_MIN", said);
    }
    if one_of.is_some_and(|known| !known.contains(&number)) {
        wrongs.add(
            path,
            "BASE_TYPE_CHOICES",
            choices(one_of.unwrap_or_default()),
        );
    }
}

fn choices<T: std::fmt::Display>(known: &[T]) -> String {
    let known: Vec<String> = known.iter().map(ToString::to_string).collect();
    format!("Value must be one of {{{}}}.", known.join(", "))
}

fn url(value: &Value, path: &str, max: Option<usize>, wrongs: &mut Wrongs) {
    text(value, path, 0, max, None, wrongs);
    let Some(address) = value.as_str() else {
        return;
    };
    match url::Url::parse(address) {
        Ok(url) if matches!(url.scheme(), "http" | "https" | "attachment" | "discord") => {}
        Ok(url) => wrongs.add(
            path,
            "URL_TYPE_INVALID_SCHEME",
            format!(
                "Scheme \"{}\" is not supported. Scheme must be one of ('http', 'https').",
                url.scheme()
            ),
        ),
        Err(_) => wrongs.add(path, "URL_TYPE_INVALID_URL", "Not a well formed URL."),
    }
}

fn list(
    value: &Value,
    path: &str,
    of: &Shape,
    (min, max): (usize, Option<usize>),
    wrongs: &mut Wrongs,
) {
    let Value::Array(items) = value else {
        wrongs.add(
            path,
            "LIST_TYPE_CONVERT",
            "Only iterables may be used in a ListType",
        );
        return;
    };
    length(items.len(), path, min, max, wrongs);
    for (number, item) in items.iter().enumerate() {
        look(of, item, &format!("{path}/{number}"), wrongs);
    }
}

fn object(value: &Value, path: &str, name: &str, wrongs: &mut Wrongs) {
    let (Value::Object(given), Some(shape)) = (value, BOOK.shapes.get(name)) else {
        wrongs.add(
            path,
            "MODEL_TYPE_CONVERT",
            "Only dictionaries may be used in a ModelType",
        );
        return;
    };
    for field in shape
        .required
        .iter()
        .filter(|field| !given.contains_key(*field))
    {
        wrongs.add(
            &format!("{path}/{field}"),
            "BASE_TYPE_REQUIRED",
            "This field is required",
        );
    }
    each(
        given,
        path,
        wrongs,
        |field, value, path, wrongs| match shape.fields.get(field) {
            Some(shape) => look(shape, value, path, wrongs),
            None => wrongs.add(
                path,
                "SANDBOX_UNKNOWN_FIELD",
                "The API's description knows no such field here.",
            ),
        },
    );
}

fn union(value: &Value, path: &str, by: &HashMap<String, String>, wrongs: &mut Wrongs) {
    let kind = value.get("type");
    if let Some(name) = kind.and_then(|kind| by.get(&kind.to_string())) {
        return object(value, path, name, wrongs);
    }
    let path = format!("{path}/type");
    if kind.is_some() {
        let mut known: Vec<&String> = by.keys().collect();
        known.sort();
        wrongs.add(&path, "UNION_TYPE_CHOICES", choices(&known));
    } else {
        wrongs.add(&path, "BASE_TYPE_REQUIRED", "This field is required");
    }
}

fn map(value: &Value, path: &str, of: &Shape, keys: Option<&str>, wrongs: &mut Wrongs) {
    let Value::Object(given) = value else {
        wrongs.add(
            path,
            "DICT_TYPE_CONVERT",
            "Only dictionaries may be used in a DictType",
        );
        return;
    };
    each(given, path, wrongs, |key, value, path, wrongs| {
        if keys == Some("locale") && !BOOK.locales.iter().any(|known| known == key) {
            wrongs.add(path, "BASE_TYPE_CHOICES", choices(&BOOK.locales));
        }
        look(of, value, path, wrongs);
    });
}

fn each(
    given: &Map<String, Value>,
    path: &str,
    wrongs: &mut Wrongs,
    mut see: impl FnMut(&str, &Value, &str, &mut Wrongs),
) {
    for (key, value) in given {
        see(key, value, &format!("{path}/{key}"), wrongs);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_that_is_named_is_there() {
        fn walk(shape: &Shape) {
            match &shape.kind {
                Kind::Object { name } => assert!(BOOK.shapes.contains_key(name), "{name}"),
                Kind::Union { by } => {
                    for name in by.values() {
                        assert!(BOOK.shapes.contains_key(name), "{name}");
                    }
                }
                Kind::List { of, .. } | Kind::Map { of, .. } => walk(of),
                _ => {}
            }
        }
        BOOK.routes.values().for_each(walk);
        for fields in BOOK.shapes.values() {
            fields.fields.values().for_each(walk);
            for required in &fields.required {
                assert!(fields.fields.contains_key(required), "{required}");
            }
        }
        let knows = |tag: &str| BOOK.locales.iter().any(|known| known == tag);
        assert!(knows("bg") && !knows("bg-BG"));
    }
}
