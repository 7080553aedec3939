//! Pictures beside a message: they come as a file with every request that shows one.

use bytes::Bytes;
use reqwest::multipart::{self, Form};
use serenity::http::{LightMethod, Route};

use super::payload::{Body, FILE};
use super::request;
use super::rest::Request;
use crate::channel::Parcel;
use crate::message::layout::Part;

/// The same request with the part's picture, if it has one.
pub(super) fn showing<'a>(
    (method, route): (LightMethod, Route<'a>),
    body: Body<'_>,
    part: &Part,
    parcel: &Parcel<'_>,
) -> Request<'a> {
    match (&part.picture, parcel.picture) {
        (Some(picture), Some(carried)) => Request {
            picture: Some(carried.bytes.clone()),
            ..request(method, route, &body.showing(picture))
        },
        _ => request(method, route, &body),
    }
}

/// A body with its picture beside it, as Discord takes files.
pub(super) fn form(body: Vec<u8>, picture: Bytes) -> Form {
    let typed = |part: multipart::Part, kind| part.mime_str(kind);
    let length = u64::try_from(picture.len()).unwrap_or(u64::MAX);
    let file = multipart::Part::stream_with_length(picture, length).file_name(FILE);
    let body = typed(multipart::Part::bytes(body), "application/json");
    let parts = body.and_then(|body| Ok((body, typed(file, "image/png")?)));
    // Both types are well formed, so there are parts.
    parts.map_or_else(
        |_| Form::new(),
        |(body, file)| {
            Form::new()
                .part("payload_json", body)
                .part("files[0]", file)
        },
    )
}
