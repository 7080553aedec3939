//! The API for programs: whoever shows a token does what its operator may do, and no more.

mod answers;
pub mod call;
pub mod fields;
mod gate;
mod openapi;
mod problem;
mod schema;
pub mod table;
mod work;

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, LOCATION};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde_json::Value;

use super::{Site, Source, preferred};
use crate::message::Lang;
use problem::{Kind, Problem};
use table::{Lost, Op};
use work::{Answer, Asked};

pub(super) use problem::of_status;

/// What every path of the API begins with.
pub const PATH: &str = "/api";
/// The header by which a repeated request is known (draft-ietf-httpapi-idempotency-key-header).
const KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// Says that an answer repeats an earlier one.
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
/// The most characters of a key.
const LONGEST_KEY: usize = 100;

/// Whether a path is the API's.
pub(super) fn is_here(path: &str) -> bool {
    let rest = path.strip_prefix(PATH);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Answers a request of a program.
pub(super) async fn answer(State(site): State<Arc<Site>>, request: Request) -> Response {
    let lang = language(&site, request.headers());
    match walk(&site, request).await {
        Ok(answer) => respond(answer),
        Err(problem) => problem.respond(&site.catalogue, lang),
    }
}

/// The language of problems.
pub(super) fn language(site: &Site, headers: &HeaderMap) -> Lang {
    preferred(headers, &site.languages).unwrap_or_else(|| site.own_language())
}

fn respond(answer: Answer) -> Response {
    let mut location = None;
    if answer.status == 201
        && let Ok(Value::Object(draft)) = serde_json::from_str(&answer.body)
        && let Some(Value::String(id)) = draft.get("id")
    {
        location = HeaderValue::from_str(&format!("/api/v1/drafts/{id}")).ok();
    }
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    let mut response = (status, Body::from(answer.body)).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.extend(location.map(|location| (LOCATION, location)));
    if answer.again {
        headers.insert(REPLAYED, HeaderValue::from_static("true"));
    }
    response
}

fn good(body: &Value) -> Answer {
    Answer {
        status: 200,
        body: body.to_string(),
        again: false,
    }
}

/// The way of a request: where to, who asks, whether they may, what exactly; then it is done.
async fn walk(site: &Site, request: Request) -> Result<Answer, Problem> {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path();
    let (operation, number) =
        table::route(parts.method.as_str(), path).map_err(|lost| match lost {
            Lost::Nowhere => Problem::from(Kind::NotFound),
            Lost::Method(allowed) => problem::method(&allowed),
        })?;
    if parts.uri.query().is_some_and(|query| !query.is_empty()) {
        return Err(Kind::Query.into());
    }
    if operation.op == Op::Describe {
        return Ok(good(&openapi::describe(&site.base_url)));
    }
    let desk = site.desk.as_ref().ok_or(Kind::Away)?;
    let now = site.clock.now();
    let source = parts.extensions.get::<Source>().copied();
    let who = (&parts.headers, source);
    let bearer = gate::admit((site, &desk.roster), who, now).await?;
    gate::scope(bearer, operation.scope)?;
    match operation.op {
        Op::Me => return Ok(good(&answers::me(bearer))),
        Op::Templates => {
            let all = answers::templates(&site.city, &site.catalogue)?;
            return Ok(good(&all));
        }
        _ => {}
    }
    let actor = match operation.scope {
        Some(scope) => bearer.acting(scope),
        None => bearer.actor.clone(),
    };
    let asked = Asked {
        site,
        desk,
        operation,
        number,
        actor,
        now,
    };
    if !operation.changes {
        return asked.look().await.map(|body| good(&body));
    }
    let key = key(&parts.headers)?;
    let media = parts.headers.get(CONTENT_TYPE);
    let media = media.map_or(Ok(""), |media| media.to_str().map_err(|_| Kind::Media))?;
    let most = call::most_bytes(operation.takes);
    let body = to_bytes(body, most).await.map_err(|_| Kind::TooLarge)?;
    let call = call::read(operation, media, &body)?;
    let request = work::fingerprint(operation.method(), path, media, &body);
    asked.change(&call, key, &request).await
}

/// The key of a request, bare or as a string of structured fields (RFC 9651 §3.3.3).
fn key(headers: &HeaderMap) -> Result<&str, Problem> {
    let mut given = headers.get_all(KEY).iter();
    let one = given.next().filter(|_| given.next().is_none());
    let text = one.and_then(|key| key.to_str().ok()).map(str::trim);
    let bare = text.map(|key| {
        let inner = key.strip_prefix('"').and_then(|key| key.strip_suffix('"'));
        inner.unwrap_or(key)
    });
    let plain = |key: &&str| {
        let graphic = |byte: u8| byte.is_ascii_graphic() && byte != b'"';
        (1..=LONGEST_KEY).contains(&key.len()) && key.bytes().all(graphic)
    };
    bare.filter(plain).ok_or_else(|| Kind::KeyMissing.into())
}
