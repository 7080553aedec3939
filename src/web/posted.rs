//! What a form has sent, whichever way browsers and mail services write it.

use axum::body::Bytes;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use url::form_urlencoded;

use super::Failure;
use crate::page::Trouble;

/// The most answers that one form of ours can have.
const MOST: usize = 500;

/// The answers of a form, in order.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Posted(Vec<(String, String)>);

impl Posted {
    /// The first answer under `name`, without blanks around it; empty when there is none.
    pub(super) fn one(&self, name: &str) -> &str {
        self.all(name).next().unwrap_or_default()
    }

    /// Every answer under `name`, without blanks around them.
    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        let own = self.0.iter().filter(move |(known, _)| known == name);
        own.map(|(_, value)| value.trim())
    }

    /// Whether nothing was answered at all.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<S: Send + Sync> FromRequest<S> for Posted {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let kind = request.headers().get(CONTENT_TYPE);
        let parts = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/form-data"));
        if parts {
            return by_parts(request, state).await;
        }
        let body = Bytes::from_request(request, state).await;
        let body = body.map_err(|rejection| {
            let unclear = Failure(Trouble::of(rejection.status().as_u16()));
            unclear.into_response()
        })?;
        let fields = form_urlencoded::parse(&body).into_owned();
        Ok(Self(fields.take(MOST).collect()))
    }
}

async fn by_parts<S: Send + Sync>(request: Request, state: &S) -> Result<Posted, Response> {
    let refused = |status: u16| Failure(Trouble::of(status)).into_response();
    let mut parts = (Multipart::from_request(request, state).await)
        .map_err(|rejection| refused(rejection.status().as_u16()))?;
    let mut fields = vec![];
    while let Some(part) = (parts.next_field().await)
        .map_err(|why| refused(why.status().as_u16()))?
        .filter(|_| fields.len() < MOST)
    {
        let name = part.name().unwrap_or_default().to_owned();
        let value = part.text().await;
        fields.push((name, value.map_err(|why| refused(why.status().as_u16()))?));
    }
    Ok(Posted(fields))
}
