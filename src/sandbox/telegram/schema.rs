//! The Bot API as data: which method takes which fields of which types, and nothing else.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::refusal::Refusal;

/// The description that the sandbox serves.
pub(super) static SCHEMA: LazyLock<Schema> = LazyLock::new(|| {
    Schema::parse(include_str!("methods.json"))
        .unwrap_or_else(|wrong| unreachable!("methods.json is part of the program: {wrong}"))
});

/// Methods and types by name.
pub(super) struct Schema {
    /// Keyed by the lower-case name: the platform does not look at case.
    methods: HashMap<String, Method>,
    types: HashMap<String, Type>,
}

/// One method.
pub(super) struct Method {
    /// The name as documented: `sendMessage`.
    pub(super) name: String,
    fields: Fields,
}

type Fields = BTreeMap<String, Field>;

struct Field {
    kinds: Vec<Kind>,
    required: bool,
}

enum Type {
    Object(Fields),
    /// Told apart by the value of `type`, which is the rest of the name in snake case.
    OneOf(Vec<String>),
}

#[derive(Debug)]
enum Kind {
    Integer,
    Float,
    String,
    Boolean,
    File,
    Object(String),
    Array(Box<Kind>),
}

#[derive(Deserialize)]
struct Written {
    methods: HashMap<String, HashMap<String, String>>,
    types: HashMap<String, WrittenType>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum WrittenType {
    Object(HashMap<String, String>),
    OneOf(Vec<String>),
}

impl Method {
    /// Whether there is a parameter of this name.
    pub(super) fn takes(&self, name: &str) -> bool {
        self.fields.contains_key(name)
    }
}

impl Schema {
    fn parse(text: &str) -> Result<Self, serde_json::Error> {
        let written: Written = serde_json::from_str(text)?;
        let methods = written.methods.into_iter().map(|(name, fields)| {
            let fields = fields_of(fields);
            (name.to_lowercase(), Method { name, fields })
        });
        let types = written.types.into_iter().map(|(name, written)| {
            let read = match written {
                WrittenType::Object(fields) => Type::Object(fields_of(fields)),
                WrittenType::OneOf(names) => Type::OneOf(names),
            };
            (name, read)
        });
        Ok(Self {
            methods: methods.collect(),
            types: types.collect(),
        })
    }

    /// The method called `name` in any case.
    pub(super) fn method(&self, name: &str) -> Option<&Method> {
        self.methods.get(&name.to_lowercase())
    }

    /// The parameters of a call, every value in its documented type; forms carry numbers,
    /// booleans and JSON as text.
    ///
    /// # Errors
    /// An unknown parameter (the platform would ignore it), a missing one, a wrong type.
    pub(super) fn fit(
        &self,
        method: &Method,
        raw: &Map<String, Value>,
    ) -> Result<Map<String, Value>, Refusal> {
        for (name, field) in &method.fields {
            if field.required && !raw.contains_key(name) {
                return Err(Refusal::bad(missing(name)));
            }
        }
        let mut fitted = Map::new();
        for (name, value) in raw {
            let Some(field) = method.fields.get(name) else {
                return Err(Refusal::bad(format!("unknown parameter \"{name}\"")));
            };
            let value = self.fit_field(name, field, value).map_err(|wrong| {
                Refusal::bad(match wrong.within {
                    Some(within) => format!("can't parse {within}: {}", wrong.what),
                    None => format!("can't parse {name}: {}", wrong.what),
                })
            })?;
            fitted.insert(name.clone(), value);
        }
        Ok(fitted)
    }

    fn fit_field(&self, name: &str, field: &Field, value: &Value) -> Result<Value, Wrong> {
        let mut first = None;
        for kind in self.candidates(&field.kinds, value) {
            match self.fit_kind(name, kind, value) {
                Ok(fitted) => return Ok(fitted),
                Err(wrong) => first = first.or(Some(wrong)),
            }
        }
        Err(first.unwrap_or_else(|| Wrong::kind(name, "documented object")))
    }

    /// Of several object types those whose required fields are there; all others stay.
    fn candidates<'a>(&self, kinds: &'a [Kind], value: &Value) -> Vec<&'a Kind> {
        let parsed = unwrapped(value);
        let possible = |kind: &&Kind| match kind {
            Kind::Object(name) if kinds.len() > 1 => match (self.types.get(name), &parsed) {
                (Some(Type::Object(fields)), Some(Value::Object(given))) => fields
                    .iter()
                    .all(|(name, field)| !field.required || given.contains_key(name)),
                _ => true,
            },
            _ => true,
        };
        kinds.iter().filter(possible).collect()
    }

    fn fit_kind(&self, name: &str, kind: &Kind, value: &Value) -> Result<Value, Wrong> {
        let wrong = |kind: &str| Err(Wrong::kind(name, kind));
        match (kind, value) {
            (Kind::Integer, Value::Number(number)) if number.is_i64() => Ok(value.clone()),
            (Kind::Float, Value::Number(_))
            | (Kind::Boolean, Value::Bool(_))
            | (Kind::String | Kind::File, Value::String(_)) => Ok(value.clone()),
            (Kind::Integer, _) => {
                match from_text(value).and_then(|text| text.parse::<i64>().ok()) {
                    Some(number) => Ok(number.into()),
                    None => wrong("Integer"),
                }
            }
            (Kind::Float, _) => match from_text(value).and_then(|text| text.parse::<f64>().ok()) {
                Some(number) => Ok(number.into()),
                None => wrong("Float"),
            },
            (Kind::Boolean, _) => match from_text(value).map(str::to_lowercase).as_deref() {
                Some("true" | "1" | "yes") => Ok(true.into()),
                Some("false" | "0" | "no") => Ok(false.into()),
                _ => wrong("Boolean"),
            },
            (Kind::String, _) => wrong("String"),
            (Kind::File, _) => wrong("InputFile"),
            (Kind::Array(inner), _) => match unwrapped(value) {
                Some(Value::Array(items)) => items
                    .iter()
                    .map(|item| self.fit_kind(name, inner, item))
                    .collect(),
                _ => wrong("Array"),
            },
            (Kind::Object(type_name), _) => match unwrapped(value) {
                Some(Value::Object(given)) => self.fit_object(name, type_name, &given),
                _ => wrong("Object"),
            },
        }
    }

    fn fit_object(
        &self,
        field_name: &str,
        type_name: &str,
        given: &Map<String, Value>,
    ) -> Result<Value, Wrong> {
        let within = match type_name {
            "InlineKeyboardButton" => Some("inline keyboard button"),
            "MessageEntity" => Some("entities"),
            _ => None,
        };
        let inside = |wrong: Wrong| Wrong {
            within: wrong.within.or(within),
            ..wrong
        };
        let fields = match self.types.get(type_name) {
            Some(Type::Object(fields)) => fields,
            Some(Type::OneOf(names)) => {
                let tag = given
                    .get("type")
                    .and_then(Value::as_str)
                    .unwrap_or_default();
                return match names.iter().find(|name| tag_of(name, type_name) == tag) {
                    Some(name) => self.fit_object(field_name, name, given),
                    None => Err(Wrong::new(format!("Unsupported type \"{tag}\""))),
                };
            }
            None => return Err(Wrong::kind(field_name, type_name)),
        };
        for (name, field) in fields {
            if field.required && !given.contains_key(name) {
                return Err(inside(Wrong::new(format!("Can't find field \"{name}\""))));
            }
        }
        let mut fitted = Map::new();
        for (name, value) in given {
            let Some(field) = fields.get(name) else {
                return Err(inside(Wrong::new(format!("Unknown field \"{name}\""))));
            };
            fitted.insert(
                name.clone(),
                self.fit_field(name, field, value).map_err(inside)?,
            );
        }
        Ok(Value::Object(fitted))
    }
}

/// What does not fit, and the thing it stands in where the platform has a name for it.
struct Wrong {
    within: Option<&'static str>,
    what: String,
}

impl Wrong {
    fn new(what: String) -> Self {
        Self { within: None, what }
    }

    fn kind(name: &str, kind: &str) -> Self {
        Self::new(format!("Field \"{name}\" must be of type {kind}"))
    }
}

/// The platform's words for a parameter that is not there.
fn missing(name: &str) -> String {
    match name {
        "chat_id" => "chat_id is empty".to_owned(),
        "text" => "message text is empty".to_owned(),
        "message_id" => "message identifier is not specified".to_owned(),
        "photo" => "there is no photo in the request".to_owned(),
        other => format!("parameter \"{other}\" is required"),
    }
}

/// Forms carry every value as text.
fn from_text(value: &Value) -> Option<&str> {
    value.as_str().map(str::trim)
}

/// Arrays and objects may come as JSON in a text.
fn unwrapped(value: &Value) -> Option<Value> {
    match value {
        Value::String(text) => serde_json::from_str(text).ok(),
        other => Some(other.clone()),
    }
}

/// `BotCommandScopeAllPrivateChats` of `BotCommandScope` → `all_private_chats`.
fn tag_of(name: &str, family: &str) -> String {
    let mut tag = String::new();
    for letter in name.strip_prefix(family).unwrap_or(name).chars() {
        if letter.is_uppercase() && !tag.is_empty() {
            tag.push('_');
        }
        tag.extend(letter.to_lowercase());
    }
    tag
}

fn fields_of(written: HashMap<String, String>) -> Fields {
    let read = |(name, types): (String, String)| {
        let required = types.ends_with('!');
        let kinds = types.trim_end_matches('!').split(" or ");
        let kinds = kinds.map(kind_of).collect();
        (name, Field { kinds, required })
    };
    written.into_iter().map(read).collect()
}

fn kind_of(written: &str) -> Kind {
    match written {
        "Integer" => Kind::Integer,
        "Float" => Kind::Float,
        "String" => Kind::String,
        "Boolean" => Kind::Boolean,
        "InputFile" => Kind::File,
        other => match other.strip_prefix("Array of ") {
            Some(inner) => Kind::Array(Box::new(kind_of(inner))),
            None => Kind::Object(other.to_owned()),
        },
    }
}
