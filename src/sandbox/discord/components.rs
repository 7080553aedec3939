//! Buttons and lists below a message: held to the rules, found by their ids, told to the ledger.

use std::collections::HashSet;

use serde_json::Value;

use super::refusal::Wrongs;
use crate::sandbox::ledger::{List, Listed};

/// The types of components that people act on here.
pub(super) const BUTTON: u64 = 2;
pub(super) const LIST: u64 = 3;
/// How wide a row of components is; a button takes one, a list all.
const ROW_WIDTH: usize = 5;

/// Checks what the shapes of components cannot say.
pub(super) fn check(rows: &[Value], wrongs: &mut Wrongs) {
    let mut taken = HashSet::new();
    for (row_number, row) in rows.iter().enumerate() {
        let path = format!("components/{row_number}");
        let mut width = 0;
        for (place, part) in row["components"]
            .as_array()
            .into_iter()
            .flatten()
            .enumerate()
        {
            let path = format!("{path}/components/{place}");
            if part["type"] == 2 {
                width += 1;
                check_button(part, &path, wrongs);
            } else {
                width += ROW_WIDTH;
                check_list(part, &path, wrongs);
            }
            if let Some(custom_id) = part["custom_id"].as_str()
                && !taken.insert(custom_id.to_owned())
            {
                wrongs.add(
                    &format!("{path}/custom_id"),
                    "COMPONENT_CUSTOM_ID_DUPLICATED",
                    "Component custom id cannot be duplicated",
                );
            }
        }
        if width > ROW_WIDTH {
            wrongs.add(
                &path,
                "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
                "The specified component exceeds the maximum width",
            );
        }
    }
}

fn check_button(button: &Value, path: &str, wrongs: &mut Wrongs) {
    let has = |field: &str| !button[field].is_null();
    let link = button["style"] == 5;
    let mut wrong = |field: &str, code: &str, said: &str| {
        wrongs.add(&format!("{path}/{field}"), code, said);
    };
    if has("url") && has("custom_id") {
        let said = "A custom id and url cannot both be specified";
        wrong(
            "custom_id",
            "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
            said,
        );
    } else if link && !has("url") {
        wrong("url", "BUTTON_COMPONENT_URL_REQUIRED", "A url is required");
    } else if !link && button["style"] != 6 && !has("custom_id") {
        let said = "A custom id is required";
        wrong("custom_id", "BUTTON_COMPONENT_CUSTOM_ID_REQUIRED", said);
    } else if !link && has("url") {
        wrong(
            "url",
            "BUTTON_COMPONENT_URL_NOT_ALLOWED",
            "Only link buttons take a url",
        );
    }
    let labelled = button["label"]
        .as_str()
        .is_some_and(|label| !label.is_empty());
    if !labelled && !has("emoji") && button["style"] != 6 {
        let said = "A label or emoji must be specified.";
        wrong("label", "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", said);
    }
}

pub(super) fn check_list(list: &Value, path: &str, wrongs: &mut Wrongs) {
    let Some(options) = list["options"].as_array() else {
        return;
    };
    let mut taken = HashSet::new();
    for (place, option) in options.iter().enumerate() {
        if !taken.insert(option["value"].as_str().unwrap_or_default()) {
            wrongs.add(
                &format!("{path}/options/{place}"),
                "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                "The specified option value is already used",
            );
        }
    }
    let (least, most) = bounds(list);
    if least > most {
        let said = format!("int value should be less than or equal to {most}.");
        wrongs.add(&format!("{path}/min_values"), "NUMBER_TYPE_MAX", said);
    }
    if list["required"] == true && least == 0 {
        wrongs.add(
            &format!("{path}/min_values"),
            "SELECT_COMPONENT_REQUIRED_ZERO_MIN_VALUES",
            "Select menus marked as required cannot have a min_values of 0",
        );
    }
    let count = |of: usize| u64::try_from(of).unwrap_or(u64::MAX);
    if most > count(options.len()) {
        wrongs.add(
            &format!("{path}/max_values"),
            "SANDBOX_MAX_VALUES",
            "More can be chosen than there is.",
        );
    }
    let chosen = options.iter().filter(|option| option["default"] == true);
    if count(chosen.count()) > most {
        wrongs.add(
            &format!("{path}/options"),
            "SANDBOX_TOO_MANY_DEFAULTS",
            "More is chosen than can be.",
        );
    }
}

/// The fewest and the most that can be chosen from a list.
pub(super) fn bounds(list: &Value) -> (u64, u64) {
    let of = |field: &str| list[field].as_u64().unwrap_or(1);
    (of("min_values"), of("max_values"))
}

/// All components of a message, in reading order.
fn parts(rows: &[Value]) -> impl Iterator<Item = &Value> {
    rows.iter()
        .filter_map(|row| row["components"].as_array())
        .flatten()
}

/// The component of this type and id, when it can be used.
pub(super) fn find<'a>(rows: &'a [Value], kind: u64, custom_id: &str) -> Option<&'a Value> {
    parts(rows).find(|part| {
        part["type"] == kind && part["custom_id"] == custom_id && part["disabled"] != true
    })
}

/// What can be pressed, in reading order: label, and the id or address behind it.
pub(super) fn buttons(rows: &[Value]) -> Vec<(String, String)> {
    parts(rows)
        .filter(|part| part["type"] == BUTTON)
        .map(|button| {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            let label = button["label"]
                .as_str()
                .or(button["emoji"]["name"].as_str());
            let behind = button["custom_id"].as_str().or(button["url"].as_str());
            (
                label.map_or_else(String::new, str::to_owned),
                behind.map_or_else(|| text(&button["sku_id"]), str::to_owned),
            )
        })
        .collect()
}

/// What can be chosen from, in reading order.
pub(super) fn lists(rows: &[Value]) -> Vec<List> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    parts(rows)
        .filter(|part| part["type"] == LIST)
        .map(|list| {
            let (least, most) = bounds(list);
            let options = list["options"].as_array().into_iter().flatten();
            List {
                label: text(&list["placeholder"]),
                token: text(&list["custom_id"]),
                least,
                most,
                options: options
                    .map(|option| Listed {
                        label: text(&option["label"]),
                        value: text(&option["value"]),
                        chosen: option["default"] == true,
                    })
                    .collect(),
            }
        })
        .collect()
}
