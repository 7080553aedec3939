//! Answers that are the same for everybody and asked for again and again: known by their content.

use axum::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH, LAST_MODIFIED,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

use super::asked::PUBLIC;
use crate::base::clock::Millis;

/// `text` for everybody, or that it is still what the asker has (RFC 9110 §13.1.2).
///
/// `changed` is told and not asked by: two changes within a second are ordinary for alerts, and
/// HTTP's dates know only seconds.
pub(super) fn cached(
    asked: &HeaderMap,
    kind: &'static str,
    text: String,
    changed: Option<Millis>,
) -> Response {
    let digest = Sha256::digest(&text);
    let tag = format!("\"{}\"", URL_SAFE_NO_PAD.encode(&digest[..16]));
    let mut response = if is_known(asked, &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(CONTENT_TYPE, kind)], text).into_response()
    };
    let date = changed.and_then(http_date);
    let told = [(ETAG, Some(tag)), (LAST_MODIFIED, date)];
    let headers = response.headers_mut();
    for (name, value) in told {
        if let Some(Ok(value)) = value.map(HeaderValue::try_from) {
            headers.insert(name, value);
        }
    }
    headers.insert(CACHE_CONTROL, PUBLIC);
    // A map on anybody's page may read what is open to all.
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    response
}

/// Whether the asker has what bears this tag. Weak tags count: a proxy may have weakened ours.
fn is_known(asked: &HeaderMap, tag: &str) -> bool {
    let lists = asked.get_all(IF_NONE_MATCH).iter();
    lists
        .filter_map(|list| list.to_str().ok())
        .flat_map(|list| list.split(','))
        .map(|known| known.trim().trim_start_matches("W/"))
        .any(|known| known == tag || known == "*")
}

/// A moment as HTTP writes it (RFC 9110 §5.6.7).
fn http_date(at: Millis) -> Option<String> {
    Some(at.utc()?.format("%a, %d %b %Y %H:%M:%S GMT").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_not_sent_again() {
        let at = Millis::parse_rfc3339("2026-06-07T14:57:00+03:00").expect("a time");
        let answer = |known: &[&str]| {
            let mut asked = HeaderMap::new();
            for list in known {
                asked.append(IF_NONE_MATCH, list.parse().expect("a header"));
            }
            cached(&asked, "application/json", "{}".to_owned(), Some(at))
        };
        let whole = answer(&["\"other\""]);
        assert_eq!(whole.status(), 200);
        let header = |name: axum::http::HeaderName| {
            whole.headers()[name].to_str().expect("plain").to_owned()
        };
        assert_eq!(header(LAST_MODIFIED), "Sun, 07 Jun 2026 11:57:00 GMT");
        assert_eq!(header(CONTENT_TYPE), "application/json");
        let tag = header(ETAG);
        for known in [
            &[tag.as_str()][..],
            &["\"a\", W/\"b\"", &format!("\"c\", W/{tag}")],
            &["*"],
        ] {
            let answer = answer(known);
            assert_eq!(answer.status(), 304, "{known:?}");
            assert_eq!(answer.headers()[ETAG], tag);
            assert_eq!(answer.headers()[CACHE_CONTROL], PUBLIC);
            assert!(!answer.headers().contains_key(CONTENT_TYPE));
        }
    }
}
