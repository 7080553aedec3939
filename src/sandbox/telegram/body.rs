//! Reads a request's parameters, however they came: query string, JSON, form or multipart.

use std::collections::HashMap;

use axum::RequestExt;
use axum::body::{Bytes, to_bytes};
use axum::extract::{Multipart, Request};
use axum::http::header::CONTENT_TYPE;
use serde_json::{Map, Value, json};
use url::form_urlencoded;

use super::calls::Upload;
use super::refusal::Refusal;

/// The most bytes of a request with uploads, as on the platform.
pub(super) const LARGEST: usize = 50 * 1024 * 1024;
/// The most bytes of a request without.
const LARGEST_PLAIN: usize = 1024 * 1024;
/// The most parts of a multipart request.
const MOST_PARTS: usize = 64;

/// Parameters as they came, and uploads by the name of their part.
#[derive(Debug, Default)]
pub(super) struct Raw {
    pub(super) fields: Map<String, Value>,
    pub(super) files: HashMap<String, Upload>,
}

impl Raw {
    /// Reads a request.
    ///
    /// # Errors
    /// Too large, or not what its type says.
    pub(super) async fn read(request: Request) -> Result<Self, Refusal> {
        let mut raw = Self::default();
        raw.add_form(request.uri().query().unwrap_or_default().as_bytes());
        let kind = request.headers().get(CONTENT_TYPE);
        let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if kind.starts_with("multipart/form-data") {
            raw.add_parts(request).await?;
            return Ok(raw);
        }
        let is_json = kind.starts_with("application/json");
        let content = to_bytes(request.into_body(), LARGEST_PLAIN).await;
        let content = content.map_err(|_| Refusal::status(413))?;
        if content.is_empty() {
            return Ok(raw);
        }
        if is_json {
            let given: Map<String, Value> = serde_json::from_slice(&content)
                .map_err(|_| Refusal::bad("can't parse request: JSON object expected"))?;
            raw.fields.extend(given);
        } else {
            raw.add_form(&content);
        }
        Ok(raw)
    }

    fn add_form(&mut self, form: &[u8]) {
        for (name, value) in form_urlencoded::parse(form) {
            self.fields.insert(name.into_owned(), json!(value));
        }
    }

    async fn add_parts(&mut self, request: Request) -> Result<(), Refusal> {
        let broken = |_| Refusal::bad("can't parse multipart request");
        let mut parts: Multipart = request.extract().await.map_err(|_| Refusal::status(400))?;
        for _ in 0..MOST_PARTS {
            let Some(part) = parts.next_field().await.map_err(broken)? else {
                return Ok(());
            };
            let name = part.name().unwrap_or_default().to_owned();
            let file = part.file_name().map(str::to_owned);
            let content: Bytes = part.bytes().await.map_err(|_| Refusal::status(413))?;
            if let Some(file_name) = file {
                let upload = Upload {
                    name: file_name,
                    content,
                };
                self.files.insert(name, upload);
            } else {
                let text = std::str::from_utf8(&content);
                let text = text.map_err(|_| Refusal::bad("strings must be encoded in UTF-8"))?;
                self.fields.insert(name, json!(text));
            }
        }
        Err(Refusal::status(413))
    }
}

/// Parameters for the ledger: an upload is shown by its name and size.
pub(super) fn for_ledger(fields: &Map<String, Value>, files: &HashMap<String, Upload>) -> Value {
    let shown = fields.iter().map(|(name, value)| {
        let upload = value
            .as_str()
            .and_then(|text| text.strip_prefix("attach://"))
            .and_then(|part| files.get(part));
        let value = upload.map_or_else(
            || value.clone(),
            |upload| json!({ "file": upload.name, "bytes": upload.content.len() }),
        );
        (name.clone(), value)
    });
    Value::Object(shown.collect())
}
