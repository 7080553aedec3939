//! Reads a request's body: JSON, or a form with `payload_json` and files.

use axum::body::{Body, to_bytes};
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart};
use axum::http::{Request, header};
use serde_json::Value;

use super::draft::File;
use super::refusal::{BAD_JSON, Refusal, TOO_LARGE};

/// The most that a body without files may hold, in bytes.
const JSON_BYTES: usize = 1 << 20;
/// The most that one file may hold, in bytes.
const FILE_BYTES: usize = 10 << 20;
/// How many files a request may bring.
const FILES: usize = 10;

/// Reads the body; an empty one is `null`.
pub(super) async fn read(request: Request<Body>) -> Result<(Value, Vec<File>), Refusal> {
    let form = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .is_some_and(|kind| kind.starts_with("multipart/form-data"));
    if form {
        return read_form(request).await;
    }
    let bytes = to_bytes(request.into_body(), JSON_BYTES)
        .await
        .map_err(|_| TOO_LARGE)?;
    if bytes.is_empty() {
        return Ok((Value::Null, vec![]));
    }
    let body = serde_json::from_slice(&bytes).map_err(|_| BAD_JSON)?;
    Ok((body, vec![]))
}

async fn read_form(mut request: Request<Body>) -> Result<(Value, Vec<File>), Refusal> {
    DefaultBodyLimit::max(FILES * FILE_BYTES + JSON_BYTES).apply(&mut request);
    let bad = |_| Refusal::form("", "SANDBOX_BAD_MULTIPART", "The form cannot be read.");
    let mut form = Multipart::from_request(request, &())
        .await
        .map_err(|_| Refusal::form("", "SANDBOX_BAD_MULTIPART", "The form cannot be read."))?;
    let (mut body, mut files) = (Value::Null, vec![]);
    while let Some(mut field) = form.next_field().await.map_err(bad)? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "payload_json" {
            let text = field.text().await.map_err(bad)?;
            if text.len() > JSON_BYTES {
                return Err(TOO_LARGE);
            }
            body = serde_json::from_str(&text).map_err(|_| BAD_JSON)?;
            continue;
        }
        let number = name
            .strip_prefix("files[")
            .and_then(|rest| rest.strip_suffix(']'))
            .and_then(|number| number.parse().ok());
        let Some(number) = number else {
            return Err(Refusal::form(
                &name,
                "SANDBOX_UNKNOWN_FIELD",
                "A form holds payload_json and files[n].",
            ));
        };
        let mut file = File {
            number,
            name: field.file_name().unwrap_or("file").to_owned(),
            kind: field.content_type().map(str::to_owned),
            size: 0,
        };
        while let Some(chunk) = field.chunk().await.map_err(bad)? {
            file.size += chunk.len();
            if file.size > FILE_BYTES {
                return Err(TOO_LARGE);
            }
        }
        files.push(file);
        if files.len() > FILES {
            return Err(TOO_LARGE);
        }
    }
    Ok((body, files))
}
