//! Windows that the bot opens (modals): their fields, and what people write into them.

use serde_json::{Map, Value, json};

use super::Discord;
use super::acts::Impossible;
use super::components;
use super::interactions::Interaction;
use super::refusal::{Refusal, Wrongs};
use super::world::World;
use crate::sandbox::ledger::{Seen, What};

/// The types of components that stand in a window here.
const ROW: u64 = 1;
const FIELD: u64 = 4;
/// How long a field's text may be where nothing is said.
const LONGEST: u64 = 4000;

/// A window that stands open before a person.
#[derive(Debug, Clone)]
pub(super) struct Window {
    channel: u64,
    /// The message with the button that opened it.
    source: Option<u64>,
    /// As the bot sent it.
    data: Value,
}

/// A field, and what stands above it.
fn fields(rows: &[Value]) -> impl Iterator<Item = (&Value, &Value)> {
    rows.iter().flat_map(|row| {
        let within = row["components"].as_array().into_iter().flatten();
        let own = row.get("component").map(|field| (&row["label"], field));
        within.map(|field| (&field["label"], field)).chain(own)
    })
}

fn rows(data: &Value) -> &[Value] {
    data["components"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default()
}

/// Opens a window for the person of an interaction, in place of one that stands open.
pub(super) fn open(
    world: &mut World,
    interaction: &Interaction,
    data: &Map<String, Value>,
) -> Result<(), Refusal> {
    let data = Value::Object(data.clone());
    check(&data)?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let labels = fields(rows(&data)).map(|(label, _)| text(label));
    let lines: Vec<String> = std::iter::once(text(&data["title"]))
        .chain(labels)
        .collect();
    world.ledger.saw(Seen {
        number: 0,
        at: interaction.at,
        channel: "discord",
        to: format!("user:{}", interaction.person),
        id: interaction.id.to_string(),
        what: What::Window,
        text: lines.join("\n"),
        buttons: vec![],
        lists: vec![],
        raw: data.clone(),
    });
    let window = Window {
        channel: interaction.channel,
        source: interaction.source,
        data,
    };
    world.windows.insert(interaction.person, window);
    Ok(())
}

/// What the shapes cannot say.
fn check(data: &Value) -> Result<(), Refusal> {
    let mut wrongs = Wrongs::default();
    let mut taken = vec![];
    for (place, (label, field)) in fields(rows(data)).enumerate() {
        let path = format!("data/components/{place}");
        if field["type"] != FIELD && field["type"] != components::LIST {
            let said = "Only text inputs and lists of strings are simulated in windows.";
            wrongs.add(&path, "SANDBOX_NOT_SIMULATED", said);
        }
        if !label.is_string() {
            wrongs.add(&path, "BASE_TYPE_REQUIRED", "This field is required");
        }
        if taken.contains(&&field["custom_id"]) {
            wrongs.add(
                &format!("{path}/custom_id"),
                "COMPONENT_CUSTOM_ID_DUPLICATED",
                "Component custom id cannot be duplicated",
            );
        }
        taken.push(&field["custom_id"]);
        if field["type"] == components::LIST {
            components::check_list(field, &path, &mut wrongs);
            continue;
        }
        let (least, most) = bounds(field);
        if least > most {
            let said = format!("int value should be less than or equal to {most}.");
            wrongs.add(&format!("{path}/min_length"), "NUMBER_TYPE_MAX", said);
        }
    }
    wrongs.verdict()
}

/// The fewest and the most characters of a field; one that is not required may stay empty.
fn bounds(field: &Value) -> (u64, u64) {
    let of = |name: &str| field[name].as_u64();
    let least = of("min_length").unwrap_or(u64::from(field["required"] != false));
    (least, of("max_length").unwrap_or(LONGEST))
}

/// What a person has chosen from a list: one answer, which stands chosen already where they touched
/// nothing.
fn chosen(list: &Value, given: Option<&str>) -> Result<Value, Impossible> {
    let options = list["options"].as_array().into_iter().flatten();
    let meant = |option: &&Value| match given {
        Some(value) => option["value"] == value,
        None => option["default"] == true,
    };
    let values: Vec<&Value> = options
        .filter(meant)
        .map(|option| &option["value"])
        .collect();
    let may_be_empty = given.is_none() && list["required"] == false;
    if values.is_empty() && !may_be_empty {
        let name = list["custom_id"].as_str().unwrap_or_default();
        return Err(Impossible::BadField(name.to_owned()));
    }
    Ok(json!({"type": components::LIST, "custom_id": list["custom_id"], "values": values}))
}

impl Discord {
    /// The window that stands open before a person, as the bot sent it.
    #[must_use]
    pub fn window_of(&self, person: u64) -> Option<Value> {
        let world = self.0.world();
        world.windows.get(&person).map(|window| window.data.clone())
    }

    /// A person closes the window without writing anything; the bot is told nothing.
    pub fn close_modal(&self, person: u64) {
        self.0.world().windows.remove(&person);
    }

    /// A person writes `values` into the fields of these ids and sends the window off; the result
    /// is the interaction's id.
    ///
    /// # Errors
    /// Why that cannot be done; nothing was sent then, and the window stays open.
    pub fn submit_modal(&self, person: u64, values: &[(&str, &str)]) -> Result<u64, Impossible> {
        let now = self.0.now();
        let mut world = self.0.world();
        let window = world.windows.get(&person).ok_or(Impossible::NoWindow)?;
        let bad = |field: &str| Impossible::BadField(field.to_owned());
        let is = |field: &Value, name: &str| field["custom_id"] == *name;
        for (name, _) in values {
            if !fields(rows(&window.data)).any(|(_, field)| is(field, name)) {
                return Err(bad(name));
            }
        }
        let filled = |field: &Value| {
            if field["type"] == components::LIST {
                let given = values.iter().find(|(name, _)| is(field, name));
                return chosen(field, given.map(|(_, value)| *value));
            }
            let given = values.iter().find(|(name, _)| is(field, name));
            let value = given.map_or(field["value"].as_str(), |(_, value)| Some(*value));
            let value = value.unwrap_or_default();
            let (least, most) = bounds(field);
            let length = u64::try_from(value.chars().count()).unwrap_or(u64::MAX);
            let may_be_empty = length == 0 && field["required"] == false;
            if !may_be_empty && !(least..=most).contains(&length) {
                return Err(bad(field["custom_id"].as_str().unwrap_or_default()));
            }
            Ok(json!({"type": FIELD, "custom_id": field["custom_id"], "value": value}))
        };
        let mut components = vec![];
        for row in rows(&window.data) {
            components.push(if row["type"] == ROW {
                let fields = row["components"].as_array().into_iter().flatten();
                let fields: Result<Vec<_>, _> = fields.map(filled).collect();
                json!({"type": ROW, "components": fields?})
            } else {
                json!({"type": row["type"], "component": filled(&row["component"])?})
            });
        }
        let data = json!({"custom_id": window.data["custom_id"], "components": components});
        let (channel, source) = (window.channel, window.source);
        let id = world.new_id(now);
        let asked = Interaction::new(id, 5, person, channel, now, source);
        let done = self.ask(&mut world, asked, &data)?;
        world.windows.remove(&person);
        Ok(done)
    }
}
