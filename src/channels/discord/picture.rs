//! Pictures beside a message: from our pages, where there are any, else as a file with each request.

use bytes::Bytes;
use reqwest::multipart::{self, Form};
use serenity::http::{LightMethod, Route};

use super::payload::{Body, FILE};
use super::rest::Request;
use super::{Discord, request};
use crate::channel::Parcel;
use crate::message::layout::Part;

impl Discord {
    /// A request that shows the part's picture, if it has one. Discord fetches what is on our
    /// pages once for everybody; a file it would want again with every message.
    pub(super) fn showing<'a>(
        &self,
        (method, route): (LightMethod, Route<'a>),
        body: Body<'_>,
        part: &Part,
        parcel: &Parcel<'_>,
    ) -> Request<'a> {
        let Some((picture, carried)) = part.picture.as_ref().zip(parcel.picture) else {
            return request(method, route, &body);
        };
        let address = self.pages.as_ref().map(|base| base.of(&picture.id.path()));
        let body = body.showing(picture, address.as_deref());
        Request {
            picture: address.is_none().then(|| carried.bytes.clone()),
            ..request(method, route, &body)
        }
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
