//! Answers that are the same for everybody and asked for again and again: known by their content.

use std::time::Duration;

use axum::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_MODIFIED_SINCE,
    IF_NONE_MATCH, LAST_MODIFIED,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use chrono::NaiveDateTime;
use sha2::{Digest as _, Sha256};

use super::asked::PUBLIC;
use crate::base::clock::Millis;

/// How long ago the last change must be for its date to name a state. HTTP's dates know only
/// seconds, and a change may become visible a little after its own time; a minute is what
/// RFC 9110 §8.8.2.2 counts with.
const SETTLED: Duration = Duration::from_mins(1);

/// HTTP's dates: as they are written, and the two old forms that are still to be read
/// (RFC 9110 §5.6.7).
const DATES: [&str; 3] = [
    "%a, %d %b %Y %H:%M:%S GMT",
    "%A, %d-%b-%y %H:%M:%S GMT",
    "%a %b %e %H:%M:%S %Y",
];

/// A text for everybody.
#[derive(Debug, Clone)]
pub(super) struct Document {
    kind: &'static str,
    text: Bytes,
    tag: String,
    /// When it changed last, where anything in it did.
    changed: Option<Millis>,
}

impl Document {
    pub(super) fn new(kind: &'static str, text: String, changed: Option<Millis>) -> Self {
        let digest = Sha256::digest(&text);
        Self {
            kind,
            tag: format!("\"{}\"", URL_SAFE_NO_PAD.encode(&digest[..16])),
            text: text.into(),
            changed,
        }
    }

    /// How many bytes it takes.
    pub(super) fn size(&self) -> usize {
        self.text.len()
    }

    /// The whole of it, or that it is still what the asker has: by its tag, and where none is
    /// named by the date of its last change (RFC 9110 §13.2.2).
    pub(super) fn answer(&self, asked: &HeaderMap, now: Millis) -> Response {
        let changed = self.changed.filter(|at| at.plus(SETTLED) <= now);
        let known = if asked.contains_key(IF_NONE_MATCH) {
            is_known(asked, &self.tag)
        } else {
            changed.is_some_and(|at| is_unchanged(asked, at))
        };
        let mut response = if known {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            ([(CONTENT_TYPE, self.kind)], self.text.clone()).into_response()
        };
        let date = changed.and_then(http_date);
        let told = [(ETAG, Some(self.tag.clone())), (LAST_MODIFIED, date)];
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

/// Whether the asker has what changed at `at`, or later. What is no date counts as not said.
fn is_unchanged(asked: &HeaderMap, at: Millis) -> bool {
    let since = asked.get(IF_MODIFIED_SINCE).and_then(|it| it.to_str().ok());
    let since = since.and_then(|text| {
        let mut read = DATES.iter();
        read.find_map(|form| NaiveDateTime::parse_from_str(text.trim(), form).ok())
    });
    since.is_some_and(|since| since.and_utc().timestamp() >= at.0.div_euclid(1000))
}

/// A moment as HTTP writes it (RFC 9110 §5.6.7).
fn http_date(at: Millis) -> Option<String> {
    Some(at.utc()?.format(DATES[0]).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at() -> Millis {
        Millis::parse_rfc3339("2026-06-07T14:57:00.250+03:00").expect("a time")
    }

    fn document() -> Document {
        Document::new("application/json", "{}".to_owned(), Some(at()))
    }

    fn asked(headers: &[(axum::http::HeaderName, &str)]) -> HeaderMap {
        let mut asked = HeaderMap::new();
        for (name, value) in headers {
            asked.append(name, value.parse().expect("a header"));
        }
        asked
    }

    #[test]
    fn what_is_known_is_not_sent_again() {
        let later = at().plus(SETTLED);
        let answer = |known: &[&str]| {
            let headers: Vec<_> = known.iter().map(|list| (IF_NONE_MATCH, *list)).collect();
            document().answer(&asked(&headers), later)
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

    #[test]
    fn a_date_counts_where_no_tag_is_named_and_the_change_is_settled() {
        let status = |headers: &[(axum::http::HeaderName, &str)], now: Millis| {
            let answer = document().answer(&asked(headers), now);
            (
                answer.status().as_u16(),
                answer.headers().contains_key(LAST_MODIFIED),
            )
        };
        let later = at().plus(SETTLED);
        for (date, expected) in [
            ("Sun, 07 Jun 2026 11:57:00 GMT", 304),
            ("Sun, 07 Jun 2026 11:58:00 GMT", 304),
            ("Sunday, 07-Jun-26 11:57:00 GMT", 304),
            ("Sun Jun  7 11:57:00 2026", 304),
            ("Sun, 07 Jun 2026 11:56:59 GMT", 200),
            ("yesterday", 200),
        ] {
            let since = (IF_MODIFIED_SINCE, date);
            let tag = (IF_NONE_MATCH, "\"other\"");
            let both = [since, tag];
            let by_date = status(&both[..1], later);
            assert_eq!(by_date, (expected, true), "{date}");
            assert_eq!(status(&both, later), (200, true), "{date}");
        }
        let just_now = at().plus(Duration::from_secs(59));
        let since = (IF_MODIFIED_SINCE, "Sun, 07 Jun 2026 11:57:00 GMT");
        assert_eq!(status(&[since], just_now), (200, false));
    }
}
