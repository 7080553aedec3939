//! The thin server: a request in, a call on the plain state, an answer out, troubles in between.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{ConnectInfo, DefaultBodyLimit, Request, State as Shared};
use axum::http::{StatusCode, header::CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use serde_json::{Value, json};

use super::Inner;
use super::body::{self, Raw};
use super::calls::{self, Call};
use super::refusal::Refusal;
use super::schema::{Method, SCHEMA};
use super::trouble::Trouble;
use super::wire::Line;
use crate::sandbox::ledger::Asked;

/// The longest that getUpdates waits, as on the platform.
const LONGEST_POLL: u64 = 50;
/// The most updates in one answer.
const MOST_UPDATES: i64 = 100;
/// What a reset is written down as: no status was answered.
const NO_STATUS: u16 = 0;

/// The routes; every path is looked at by one handler, since a token stands in it.
pub(super) fn router(inner: Arc<Inner>) -> Router {
    Router::new()
        .fallback(serve)
        .layer(DefaultBodyLimit::max(body::LARGEST))
        .with_state(inner)
}

async fn serve(
    Shared(inner): Shared<Arc<Inner>>,
    ConnectInfo(line): ConnectInfo<Line>,
    request: Request,
) -> Response {
    tokio::select! {
        biased;
        // Nobody reads this: the connection is gone.
        () = line.until_cut() => StatusCode::BAD_GATEWAY.into_response(),
        answer = answer(&inner, &line, request) => answer,
    }
}

async fn answer(inner: &Inner, line: &Line, request: Request) -> Response {
    let path = request.uri().path().replace("%3A", ":");
    if let Some(rest) = path.strip_prefix("/file/bot") {
        return file(inner, rest);
    }
    let parts = path
        .strip_prefix("/bot")
        .and_then(|rest| rest.split_once('/'));
    let Some((token, name)) = parts else {
        return refuse(&Refusal::status(404));
    };
    if let Err(refusal) = inner.check_token(token) {
        return refuse(&refusal);
    }
    let trouble = inner.state().troubles.next(name);
    match trouble {
        Some(Trouble::ResetBeforeReading) => {
            inner.asked(name, Value::Null, NO_STATUS);
            return cut(line).await;
        }
        Some(Trouble::Delay(time)) => tokio::time::sleep(time).await,
        _ => {}
    }
    let (shown, done) = match Raw::read(request).await {
        Ok(raw) => act(inner, name, raw, trouble).await,
        Err(refusal) => (Value::Null, Err(refusal)),
    };
    let reset = matches!(
        trouble,
        Some(Trouble::ResetAfterReading | Trouble::ResetAfterAccepting)
    );
    if reset {
        inner.asked(name, shown, NO_STATUS);
        return cut(line).await;
    }
    match done {
        Ok(result) => {
            inner.asked(name, shown, 200);
            spoiled(&json!({ "ok": true, "result": result }), trouble)
        }
        Err(refusal) => {
            inner.asked(name, shown, refusal.code);
            refuse(&refusal)
        }
    }
}

/// Carries out what was read, unless trouble comes first; also what the ledger shows of it.
async fn act(
    inner: &Inner,
    name: &str,
    raw: Raw,
    trouble: Option<Trouble>,
) -> (Value, Result<Value, Refusal>) {
    let Some(method) = SCHEMA.method(name) else {
        return (Value::Object(raw.fields), Err(Refusal::no_such_method()));
    };
    let Raw { mut fields, files } = raw;
    for part in files.keys().filter(|part| method.takes(part)) {
        fields.insert(part.clone(), json!(format!("attach://{part}")));
    }
    let fitted = SCHEMA.fit(method, &fields);
    let shown = body::for_ledger(fitted.as_ref().unwrap_or(&fields), &files);
    let early = match trouble {
        Some(Trouble::Status(code)) => Some(Refusal::status(code)),
        Some(Trouble::TooMany(seconds)) => Some(Refusal::too_many(seconds)),
        Some(Trouble::ResetAfterReading) => Some(Refusal::status(502)),
        _ => None,
    };
    let done = match (early, fitted) {
        (Some(refusal), _) | (None, Err(refusal)) => Err(refusal),
        (None, Ok(params)) => {
            let call = Call {
                method: &method.name,
                params,
                files,
            };
            carry_out(inner, method, &call).await
        }
    };
    (shown, done)
}

async fn carry_out(inner: &Inner, method: &Method, call: &Call) -> Result<Value, Refusal> {
    if method.name == "getUpdates" {
        return updates(inner, call).await;
    }
    calls::carry_out(&mut inner.state(), call)
}

/// getUpdates: waits for news, a newer poll, or the end of the caller's patience.
async fn updates(inner: &Inner, call: &Call) -> Result<Value, Refusal> {
    if !inner.state().set_up.webhook.is_empty() {
        return Err(Refusal::conflict(
            "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
        ));
    }
    let limit = call
        .int("limit")
        .unwrap_or(MOST_UPDATES)
        .clamp(1, MOST_UPDATES);
    let limit = usize::try_from(limit).unwrap_or(1);
    let timeout = u64::try_from(call.int("timeout").unwrap_or(0)).unwrap_or(0);
    let names = call.value("allowed_updates").and_then(Value::as_array);
    let allowed = names.map(|names| {
        let names = names.iter().filter_map(Value::as_str);
        names.map(str::to_owned).collect::<BTreeSet<_>>()
    });
    let mut poll = inner
        .state()
        .updates
        .open_poll(call.int("offset").unwrap_or(0), allowed);
    let patience = tokio::time::sleep(Duration::from_secs(timeout.min(LONGEST_POLL)));
    tokio::pin!(patience);
    let mut last_look = timeout == 0;
    loop {
        poll.news.borrow_and_update();
        let found = inner.look(poll.turn, limit)?;
        if last_look || !found.is_empty() {
            return Ok(Value::Array(found));
        }
        tokio::select! {
            // The queue lives as long as the server, so its news never end.
            _ = poll.news.changed() => {}
            () = &mut patience => last_look = true,
        }
    }
}

/// What getFile pointed at.
fn file(inner: &Inner, rest: &str) -> Response {
    let Some((token, path)) = rest.split_once('/') else {
        return refuse(&Refusal::status(404));
    };
    if let Err(refusal) = inner.check_token(token) {
        return refuse(&refusal);
    }
    match inner.state().files.content(path) {
        Some(content) => ([(CONTENT_TYPE, "application/octet-stream")], content).into_response(),
        None => refuse(&Refusal::status(404)),
    }
}

fn refuse(refusal: &Refusal) -> Response {
    let status = StatusCode::from_u16(refusal.code).unwrap_or(StatusCode::BAD_REQUEST);
    let json = [(CONTENT_TYPE, "application/json")];
    (status, json, refusal.body().to_string()).into_response()
}

/// Resets the connection; never returns an answer that anybody sees.
async fn cut(line: &Line) -> Response {
    line.cut();
    std::future::pending().await
}

/// The answer, or what trouble makes of it.
fn spoiled(answer: &Value, trouble: Option<Trouble>) -> Response {
    let text = answer.to_string();
    let json = [(CONTENT_TYPE, "application/json")];
    match trouble {
        Some(Trouble::Truncated) => {
            let half = text.as_bytes()[..text.len() / 2].to_vec();
            (json, half).into_response()
        }
        Some(Trouble::Garbage) => {
            let page = "<html><body><h1>It works!</h1></body></html>";
            ([(CONTENT_TYPE, "text/html")], page).into_response()
        }
        Some(Trouble::Drip) => {
            let drops = stream::unfold(text.into_bytes().into_iter(), |mut rest| async {
                let byte = rest.next()?;
                tokio::time::sleep(Duration::from_secs(1)).await;
                Some((Ok::<_, Infallible>(Bytes::copy_from_slice(&[byte])), rest))
            });
            (json, Body::from_stream(drops)).into_response()
        }
        Some(Trouble::Huge(bytes)) => (json, padded(&text, bytes)).into_response(),
        _ => (json, text).into_response(),
    }
}

/// The same object with a long field at its end, made as it is sent.
fn padded(text: &str, bytes: usize) -> Body {
    const PIECE: usize = 64 * 1024;
    let head = format!("{},\"padding\":\"", text.strip_suffix('}').unwrap_or(text));
    let piece = Bytes::from(vec![b'x'; PIECE]);
    let pieces = std::iter::repeat_n(piece, bytes.div_ceil(PIECE));
    let all = std::iter::once(Bytes::from(head))
        .chain(pieces)
        .chain(std::iter::once(Bytes::from("\"}")));
    Body::from_stream(stream::iter(all.map(Ok::<_, Infallible>)))
}

impl Inner {
    /// A token that is none is not found; one of another bot is not let in.
    fn check_token(&self, token: &str) -> Result<(), Refusal> {
        if token == self.token {
            return Ok(());
        }
        let well_formed = token
            .split_once(':')
            .is_some_and(|(id, key)| id.parse::<i64>().is_ok() && !key.is_empty());
        Err(Refusal::status(if well_formed { 401 } else { 404 }))
    }

    fn asked(&self, method: &str, body: Value, status: u16) {
        self.ledger.asked(Asked {
            channel: "telegram",
            what: method.to_owned(),
            body,
            status,
        });
    }

    fn look(&self, turn: u64, limit: usize) -> Result<Vec<Value>, Refusal> {
        let mut state = self.state();
        let now = state.clock.now();
        state.updates.look(turn, limit, now)
    }
}
