//! What every request is held to: its time, its headers, and a page for whatever goes wrong.

use std::net::IpAddr;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY,
    STRICT_TRANSPORT_SECURITY, VARY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt as _;

use super::asked::html;
use super::{Bounds, Site, Source, api, preferred};
use crate::message::Lang;
use crate::page::{Trouble, trouble};

/// Nothing but our own styles, pictures and forms; no script, no frame, no other place.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; \
    base-uri 'none'; frame-ancestors 'none'";

/// The other end of a connection, as the server writes it beside each request.
#[derive(Debug, Clone, Copy)]
pub(super) struct Peer(pub IpAddr);

/// Answers a request in time and with the headers that every answer bears.
pub(super) async fn guard(
    State((site, bounds)): State<(Arc<Site>, Bounds)>,
    mut request: Request,
    next: Next,
) -> Response {
    let lang = language(&site, request.uri().path(), request.headers());
    let program = api::is_here(request.uri().path());
    let peer = request.extensions().get::<Peer>().map(|peer| peer.0);
    if let Some(peer) = peer {
        let source = Source::of(peer, request.headers(), site.behind_proxy);
        request.extensions_mut().insert(source);
    }
    let most = if program {
        bounds.document
    } else {
        bounds.body
    };
    let too_large = announced(request.headers()).is_some_and(|bytes| bytes > most);
    let answer = AssertUnwindSafe(async {
        if too_large {
            return StatusCode::PAYLOAD_TOO_LARGE.into_response();
        }
        next.run(request).await
    })
    .catch_unwind();
    let response = match tokio::time::timeout(bounds.request, answer).await {
        Ok(Ok(response)) => response,
        Ok(Err(_)) => {
            tracing::error!("a page fell over");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    };
    let mut response = if program {
        with_problem(&site, lang, response)
    } else {
        with_page(&site, lang, response)
    };
    protect(response.headers_mut(), site.base_url.is_encrypted());
    response
}

/// The length that a body is announced with. One that comes without is measured when it is read.
fn announced(headers: &HeaderMap) -> Option<usize> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// The language that a path names, else the one that the browser prefers.
fn language(site: &Site, path: &str, headers: &HeaderMap) -> Lang {
    let first = path.split('/').nth(1).unwrap_or("");
    site.language(first)
        .or_else(|| preferred(headers, &site.languages))
        .unwrap_or_else(|| site.own_language())
}

/// A failure that the API did not word itself gets the form in which programs are told of it.
fn with_problem(site: &Site, lang: Lang, response: Response) -> Response {
    let status = response.status();
    let worded = response.headers().contains_key(CONTENT_TYPE);
    if worded || !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    api::of_status(status.as_u16()).respond(&site.catalogue, lang)
}

/// A failure without a page of its own gets one.
fn with_page(site: &Site, lang: Lang, response: Response) -> Response {
    let status = response.status();
    let kind = response.headers().get(CONTENT_TYPE);
    let has_page = kind.is_some_and(|kind| !kind.as_bytes().starts_with(b"text/plain"));
    if !(status.is_client_error() || status.is_server_error()) || has_page {
        return response;
    }
    let page = trouble(Trouble::of(status.as_u16()), &site.frame(lang));
    let mut with_page = match page {
        Ok(page) => html(page),
        Err(why) => {
            tracing::error!("the page about a trouble could not be worded: {why}");
            ().into_response()
        }
    };
    *with_page.status_mut() = status;
    let headers = with_page.headers_mut();
    if let Some(allowed) = response.headers().get(ALLOW) {
        headers.insert(ALLOW, allowed.clone());
    }
    headers.insert(VARY, HeaderValue::from_static("accept-language"));
    with_page
}

fn protect(headers: &mut HeaderMap, encrypted: bool) {
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // Some paths carry a token: nobody is told of any, and nobody keeps what does not say so.
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers
        .entry(CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    if encrypted {
        headers.insert(
            STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=31536000"),
        );
    }
}
