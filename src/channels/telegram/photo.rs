//! Photos: a picture with its text below one another, handed over once and named from then on.

use reqwest::multipart::{Form, Part};
use serde::Deserialize;
use serde_json::{Map, Value};
use teloxide::payloads::{EditMessageText, SendMessage};

use super::api::CallError;
use super::{SentTo, Telegram, compose, fate};
use crate::channel::{Carried, Channel as _, Parcel, Receipt, SendError};

/// The part of a sent `Message` with a photo that matters here.
#[derive(Deserialize)]
struct SentPhoto {
    message_id: i64,
    chat: SentTo,
    /// From the smallest size to the largest.
    #[serde(default)]
    photo: Vec<Size>,
}

#[derive(Deserialize)]
struct Size {
    file_id: String,
}

impl Telegram {
    /// Sends what `request` says beside a picture; `None` where only the text alone is left: the
    /// picture is refused, or may not be sent there.
    pub(super) async fn photo(
        &self,
        request: &SendMessage,
        picture: &Carried,
        parcel: &Parcel<'_>,
    ) -> Option<Result<Receipt, SendError>> {
        let fields = send_photo(request)?;
        // A name that another bot's token was given, or that has run out, is refused.
        for known in [picture.known.as_deref(), None] {
            if known.is_none() && picture.known.is_some() {
                tracing::info!("telegram does not know the picture any more and gets it again");
            }
            let sent = match known {
                Some(name) => self.api.send_photo(&fields, name).await,
                None => self.api.upload_photo(&fields, &picture.bytes).await,
            };
            match sent.map_err(|error: CallError| fate::of(&error, self.is_group(parcel.to))) {
                Ok(sent) => return Some(Ok(receipt(sent))),
                Err(SendError::Rejected { .. }) if known.is_some() => {}
                Err(SendError::Rejected { why }) => {
                    tracing::warn!("telegram refuses a picture, the text goes alone: {why}");
                    return None;
                }
                Err(error) => return Some(Err(error)),
            }
        }
        None
    }
}

fn receipt(sent: SentPhoto) -> Receipt {
    Receipt {
        picture: sent.photo.into_iter().next_back().map(|size| size.file_id),
        ..compose::receipt(sent.chat.id, sent.message_id)
    }
}

/// The fields of a message as those of a photo: its text becomes the caption, and stands above the
/// picture, because a warning is read before it is looked at.
fn send_photo(request: &SendMessage) -> Option<Map<String, Value>> {
    let mut fields = captioned(serde_json::to_value(request).ok()?)?;
    fields.insert("show_caption_above_media".to_owned(), Value::Bool(true));
    Some(fields)
}

/// The request that changes the text beside a photo.
pub(super) fn edit_caption(request: EditMessageText) -> Value {
    let value = serde_json::to_value(request).unwrap_or_default();
    let mut fields = captioned(value).unwrap_or_default();
    fields.insert("show_caption_above_media".to_owned(), Value::Bool(true));
    Value::Object(fields)
}

fn captioned(message: Value) -> Option<Map<String, Value>> {
    let Value::Object(mut fields) = message else {
        return None;
    };
    fields.remove("link_preview_options");
    for (from, to) in [("text", "caption"), ("entities", "caption_entities")] {
        if let Some(value) = fields.remove(from) {
            fields.insert(to.to_owned(), value);
        }
    }
    fields.retain(|_, value| !value.is_null());
    Some(fields)
}

/// The fields as a form, with the picture in it. In a form everything but text is JSON.
pub(super) fn form(fields: &Map<String, Value>, picture: &bytes::Bytes) -> Form {
    let length = u64::try_from(picture.len()).unwrap_or(u64::MAX);
    let file = Part::stream_with_length(picture.clone(), length).file_name("map.png");
    let file = file.mime_str("image/png").unwrap_or_else(|_| {
        // The type above is one; were it none, the network would find out by itself.
        Part::stream_with_length(picture.clone(), length).file_name("map.png")
    });
    let mut form = Form::new().part("photo", file);
    for (name, value) in fields {
        let text = match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        form = form.text(name.clone(), text);
    }
    form
}
