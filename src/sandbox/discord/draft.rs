//! A message as a request describes it: read, and held to the rules that no shape can say.

use serde_json::{Map, Value, json};

use super::refusal::{EMPTY_MESSAGE, Refusal, Wrongs};
use super::shapes::snowflake;
use super::{components, mentions};

/// The most that all embeds of a message may hold together, in characters.
const EMBEDS_TOTAL: usize = 6000;
/// The flag of the second components system, which is not simulated.
const RICH_COMPONENTS: u64 = 1 << 15;
/// A file that came with a request; its bytes are counted and dropped.
#[derive(Debug, Clone)]
pub(super) struct File {
    /// The form field's `n` of `files[n]`.
    pub(super) number: u64,
    /// The file's name.
    pub(super) name: String,
    /// Its content type, as the form says.
    pub(super) kind: Option<String>,
    /// How many bytes it had.
    pub(super) size: usize,
}

/// What a request says about a message; absent fields are `None`.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) content: Option<String>,
    pub(super) embeds: Option<Vec<Value>>,
    pub(super) components: Option<Vec<Value>>,
    pub(super) attachments: Option<Vec<Value>>,
    pub(super) flags: Option<u64>,
    pub(super) allowed_mentions: Option<Value>,
    pub(super) tts: bool,
}

impl Draft {
    /// Reads a body whose shape was checked already.
    pub(super) fn read(body: &Map<String, Value>, files: &[File]) -> Result<Self, Refusal> {
        let list = |field: &str| {
            body.get(field)
                .map(|value| value.as_array().cloned().unwrap_or_default())
        };
        let draft = Self {
            content: body
                .get("content")
                .map(|text| text.as_str().unwrap_or_default().trim().to_owned()),
            embeds: list("embeds").map(|embeds| embeds.into_iter().map(rich).collect()),
            components: list("components"),
            attachments: attachments(body.get("attachments"), files)?,
            flags: body.get("flags").and_then(Value::as_u64),
            allowed_mentions: body
                .get("allowed_mentions")
                .filter(|allowed| !allowed.is_null())
                .cloned(),
            tts: body.get("tts") == Some(&Value::Bool(true)),
        };
        draft.check()?;
        draft.check_files(files)?;
        Ok(draft)
    }

    fn check(&self) -> Result<(), Refusal> {
        let mut wrongs = Wrongs::default();
        if let Some(embeds) = &self.embeds {
            check_embeds(embeds, &mut wrongs);
        }
        if let Some(rows) = &self.components {
            components::check(rows, &mut wrongs);
        }
        if let Some(allowed) = &self.allowed_mentions {
            mentions::check(allowed, &mut wrongs);
        }
        if self.flags.is_some_and(|flags| flags & RICH_COMPONENTS != 0) {
            wrongs.add(
                "flags",
                "SANDBOX_NOT_SIMULATED",
                "The second components system (flag 1 << 15) is not simulated.",
            );
        }
        wrongs.verdict()
    }

    /// An embed that shows a file shows one of this request. The platform takes others and shows
    /// nothing; the sandbox says so.
    fn check_files(&self, files: &[File]) -> Result<(), Refusal> {
        let mut wrongs = Wrongs::default();
        for (place, embed) in self.embeds.iter().flatten().enumerate() {
            for field in ["image", "thumbnail"] {
                let url = embed[field]["url"].as_str().unwrap_or_default();
                let name = url.strip_prefix("attachment://");
                if name.is_some_and(|name| files.iter().all(|file| file.name != name)) {
                    let path = format!("embeds/{place}/{field}/url");
                    wrongs.add(
                        &path,
                        "SANDBOX_NO_SUCH_FILE",
                        "No file of this name came with the request.",
                    );
                }
            }
        }
        wrongs.verdict()
    }

    /// Refuses a new message that shows nothing.
    pub(super) fn must_show_something(&self) -> Result<(), Refusal> {
        let shows = self.content.as_ref().is_some_and(|text| !text.is_empty())
            || self.embeds.as_ref().is_some_and(|list| !list.is_empty())
            || self
                .attachments
                .as_ref()
                .is_some_and(|list| !list.is_empty());
        if shows { Ok(()) } else { Err(EMPTY_MESSAGE) }
    }
}

/// Ids of attachments as the request gives them, each with what its file says. Kept ones of an
/// earlier version of the message hold only their id.
fn attachments(listed: Option<&Value>, files: &[File]) -> Result<Option<Vec<Value>>, Refusal> {
    let Some(listed) = listed.and_then(Value::as_array) else {
        let all: Vec<Value> = files.iter().map(described).collect();
        return Ok(Some(all).filter(|all| !all.is_empty()));
    };
    let mut wrongs = Wrongs::default();
    let mut described_list = Vec::with_capacity(listed.len());
    for (place, entry) in listed.iter().enumerate() {
        let id = snowflake(&entry["id"]).unwrap_or_default();
        let mut one = match files.iter().find(|file| file.number == id) {
            Some(file) => described(file),
            // A small number can only mean a file of this very request.
            None if id < 1000 => {
                wrongs.add(
                    &format!("attachments/{place}/id"),
                    "ATTACHMENT_NOT_FOUND",
                    format!("No file files[{id}] came with the request."),
                );
                continue;
            }
            None => json!({"id": id.to_string()}),
        };
        for field in ["filename", "description"] {
            if let Some(text) = entry.get(field).filter(|text| text.is_string()) {
                one[field] = text.clone();
            }
        }
        described_list.push(one);
    }
    wrongs.verdict()?;
    Ok(Some(described_list))
}

fn described(file: &File) -> Value {
    json!({
        "id": file.number.to_string(),
        "filename": file.name,
        "content_type": file.kind,
        "size": file.size,
    })
}

fn rich(mut embed: Value) -> Value {
    embed["type"] = json!("rich");
    embed
}

fn check_embeds(embeds: &[Value], wrongs: &mut Wrongs) {
    let mut total = 0;
    for (place, embed) in embeds.iter().enumerate() {
        let mut count = |text: &Value| {
            let length = text.as_str().map_or(0, |text| text.chars().count());
            total += length;
            length
        };
        let mut shown = count(&embed["title"])
            + count(&embed["description"])
            + count(&embed["footer"]["text"])
            + count(&embed["author"]["name"]);
        for (number, field) in embed["fields"].as_array().into_iter().flatten().enumerate() {
            for part in ["name", "value"] {
                let length = count(&field[part]);
                shown += length;
                if length == 0 {
                    let path = format!("embeds/{place}/fields/{number}/{part}");
                    wrongs.add(&path, "BASE_TYPE_REQUIRED", "This field is required");
                }
            }
        }
        if shown == 0 && embed["image"].is_null() && embed["thumbnail"].is_null() {
            let path = format!("embeds/{place}/description");
            wrongs.add(&path, "BASE_TYPE_REQUIRED", "This field is required");
        }
    }
    if total > EMBEDS_TOTAL {
        wrongs.add(
            "embeds",
            "MAX_EMBED_SIZE_EXCEEDED",
            format!("Embed size exceeds maximum size of {EMBEDS_TOTAL}"),
        );
    }
}
