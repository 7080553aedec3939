//! Windows with several fields: how Discord is told of them, and what comes back.

use serde_json::{Value, json};

use super::payload::short;
use crate::channel::window::{Field, Input, Window};

/// The most characters of a hint, and of an answer in a list.
const HINT: usize = 100;
/// The most characters of a text.
const TEXT: usize = 4000;

/// The response that opens a window.
pub(super) fn opening(window: &Window) -> Value {
    let fields: Vec<Value> = window.fields.iter().map(field).collect();
    json!({"type": 9, "data": {
        "custom_id": window.token, "title": short(&window.title), "components": fields,
    }})
}

fn field(field: &Field) -> Value {
    let cut = |text: &str, most: usize| text.chars().take(most).collect::<String>();
    let text = |style: u8, most: usize| {
        let most = most.min(TEXT);
        let mut input = json!({
            "type": 4, "custom_id": field.name, "style": style, "max_length": most,
            "required": field.required,
        });
        if !field.value.is_empty() {
            input["value"] = cut(&field.value, most).into();
        }
        input
    };
    let component = match &field.input {
        Input::Line(most) => text(1, *most),
        Input::Lines(most) => text(2, *most),
        Input::One(answers) => {
            let options = answers.iter().map(|(value, label)| {
                json!({"label": cut(label, HINT), "value": value, "default": *value == field.value})
            });
            let options: Vec<Value> = options.collect();
            json!({
                "type": 3, "custom_id": field.name, "options": options, "required": field.required,
            })
        }
    };
    let mut labelled = json!({"type": 18, "label": short(&field.label), "component": component});
    if !field.hint.is_empty() {
        labelled["description"] = cut(&field.hint, HINT).into();
    }
    labelled
}
