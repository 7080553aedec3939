//! The REST API's wire: faults, authorization, rates, bodies, and the answer, for every request.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, Request, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::answer::{Reply, reply};
use super::faults::Trouble;
use super::line::{Cut, Door};
use super::rates::{Headers, Pace, Scope, too_many};
use super::refusal::{Refusal, UNAUTHORIZED};
use super::route::{Facts, Route};
use super::{Inner, body, shapes};
use crate::base::clock::Millis;
use crate::sandbox::ledger::Asked;

/// Serves REST until the task is dropped; connections are cut by `inner.lines`.
pub(super) async fn serve(inner: Arc<Inner>, listener: TcpListener) {
    let refusing = Arc::clone(&inner);
    let door = Door {
        listener,
        lines: inner.lines.clone(),
        refuses: move || refusing.faults().take_on_accept(),
    };
    let app = Router::new()
        .fallback(handle)
        .with_state(inner)
        .into_make_service_with_connect_info::<Cut>();
    // Serving ends only with the task.
    let _ = axum::serve(door, app).await;
}

/// An answer on its way out.
struct Outcome {
    status: u16,
    headers: Headers,
    json: Option<Value>,
}

impl From<Refusal> for Outcome {
    fn from(refusal: Refusal) -> Self {
        Self {
            status: refusal.status,
            headers: vec![],
            json: Some(refusal.json()),
        }
    }
}

async fn handle(
    State(inner): State<Arc<Inner>>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    request: Request<Body>,
) -> Response {
    let path = request.uri().path();
    let below = path.strip_prefix("/api/v10").unwrap_or_default();
    let what = format!("{} {below}", request.method());
    let trouble = inner.faults().take(&what);
    let mut asked = Value::Null;
    let outcome = match trouble {
        Some(Trouble::Status(status)) => Outcome {
            status,
            headers: vec![],
            json: Some(json!({"message": "As ordered.", "code": 0})),
        },
        Some(Trouble::TooMany { scope, retry_after }) => ordered_wait(scope, retry_after),
        Some(Trouble::ResetBefore) => {
            cut.fall();
            silence()
        }
        other => {
            if let Some(Trouble::Delay(time)) = other {
                tokio::time::sleep(time).await;
            }
            process(&inner, request, &what, &mut asked).await
        }
    };
    inner.ledger.asked(Asked {
        channel: "discord",
        what,
        body: asked,
        status: outcome.status,
    });
    inner.stir();
    let mut response = send(outcome, trouble, &cut);
    if let Some(date) = date(inner.now()) {
        response.headers_mut().insert(header::DATE, date);
    }
    response
}

/// The platform's own time, which may not be that of this machine.
fn date(now: Millis) -> Option<header::HeaderValue> {
    let text = now.utc()?.format("%a, %d %b %Y %H:%M:%S GMT").to_string();
    header::HeaderValue::from_str(&text).ok()
}

/// An answer that never arrives, since its connection is cut.
fn silence() -> Outcome {
    Outcome {
        status: 0,
        headers: vec![],
        json: None,
    }
}

fn ordered_wait(scope: Scope, retry_after: std::time::Duration) -> Outcome {
    let wait = i64::try_from(retry_after.as_millis()).unwrap_or(i64::MAX);
    let (headers, body) = too_many(scope, wait, vec![]);
    Outcome {
        status: 429,
        headers,
        json: Some(body),
    }
}

/// What the platform does with a request that nothing happens to.
async fn process(inner: &Inner, request: Request<Body>, what: &str, asked: &mut Value) -> Outcome {
    let (method, path) = what.split_once(' ').unwrap_or_default();
    let route = match Route::parse(method, path) {
        Ok(route) => route,
        Err(refusal) if allowed(request.headers(), &inner.token) => return refusal.into(),
        Err(_) => return UNAUTHORIZED.into(),
    };
    let facts = route.facts();
    if !facts.open && !allowed(request.headers(), &inner.token) {
        return UNAUTHORIZED.into();
    }
    let headers = match inner.count(&facts) {
        Pace::Go(headers) => headers,
        Pace::Wait {
            scope,
            retry_after_ms,
            headers,
        } => {
            let (headers, body) = too_many(scope, retry_after_ms, headers);
            return Outcome {
                status: 429,
                headers,
                json: Some(body),
            };
        }
    };
    let done = perform(inner, request, &route, &facts, asked).await;
    let mut outcome = match done {
        Ok(Reply { status, json }) => Outcome {
            status,
            headers: vec![],
            json,
        },
        Err(refusal) => refusal.into(),
    };
    outcome.headers = headers;
    outcome
}

async fn perform(
    inner: &Inner,
    request: Request<Body>,
    route: &Route,
    facts: &Facts,
    asked: &mut Value,
) -> Result<Reply, Refusal> {
    let query: HashMap<String, String> = request
        .uri()
        .query()
        .map(|query| {
            url::form_urlencoded::parse(query.as_bytes())
                .into_owned()
                .collect()
        })
        .unwrap_or_default();
    let (body, files) = match facts.body {
        Some(_) => body::read(request).await?,
        None => (Value::Null, vec![]),
    };
    asked.clone_from(&body);
    if let Some(shape) = facts.body {
        shapes::check(shape, &body)?;
    }
    let now = inner.now();
    let gateway = inner.gateway_url();
    let mut world = inner.world();
    reply(&mut world, now, route, &body, &files, &query, &gateway)
}

/// Whether the token of our bot came along.
fn allowed(headers: &HeaderMap, token: &str) -> bool {
    headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bot "))
        == Some(token)
}

/// Puts an answer on the wire, spoilt as ordered.
fn send(outcome: Outcome, trouble: Option<Trouble>, cut: &Cut) -> Response {
    if trouble == Some(Trouble::ResetAfter) {
        cut.fall();
    }
    let status = StatusCode::from_u16(outcome.status).unwrap_or(StatusCode::NO_CONTENT);
    let text = outcome.json.map(|json| json.to_string());
    let body = match (trouble, text) {
        (Some(Trouble::Truncated), Some(text)) => {
            let half = text.floor_char_boundary(text.len() / 2);
            Body::from(text[..half].to_owned())
        }
        (Some(Trouble::Garbage), _) => Body::from("<html><body>upstream connect error</body>"),
        (Some(Trouble::Huge(bytes)), _) => huge(bytes),
        (_, Some(text)) => Body::from(text),
        (_, None) => Body::empty(),
    };
    let mut response = (status, body).into_response();
    let headers = response.headers_mut();
    if status != StatusCode::NO_CONTENT {
        let kind = header::HeaderValue::from_static("application/json");
        headers.insert(header::CONTENT_TYPE, kind);
    }
    for (name, value) in outcome.headers {
        if let Ok(value) = header::HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
    response
}

/// A JSON string of so many bytes, made as it is read.
fn huge(bytes: usize) -> Body {
    const PIECE: usize = 64 * 1024;
    static LETTERS: [u8; PIECE] = [b'a'; PIECE];
    let quote = || bytes::Bytes::from_static(b"\"");
    let letters = bytes.saturating_sub(2);
    let whole = (0..letters / PIECE).map(|_| &LETTERS[..]);
    let rest = std::iter::once(&LETTERS[..letters % PIECE]);
    let pieces = std::iter::once(quote())
        .chain(whole.chain(rest).map(bytes::Bytes::from_static))
        .chain(std::iter::once(quote()))
        .map(Ok::<_, std::convert::Infallible>);
    Body::from_stream(stream::iter(pieces))
}
