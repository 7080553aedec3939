//! What a handler is given, and what it answers with.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use maud::Markup;

use super::Site;
use crate::message::Lang;
use crate::message::catalogue::CatalogueError;
use crate::page::{Frame, Head, Trouble, Voice};
use crate::store;

/// A request for a page in a language: the `{lang}` of its path.
#[derive(Clone)]
pub struct Asked {
    /// What pages are made from.
    pub site: Arc<Site>,
    /// The language of the page.
    pub lang: Lang,
}

impl Asked {
    /// The words.
    #[must_use]
    pub fn voice(&self) -> Voice<'_> {
        self.site.voice(self.lang)
    }

    /// The frame of the page.
    #[must_use]
    pub fn frame(&self) -> Frame<'_> {
        self.site.frame(self.lang)
    }
}

impl FromRequestParts<Arc<Site>> for Asked {
    type Rejection = Failure;

    async fn from_request_parts(
        parts: &mut Parts,
        site: &Arc<Site>,
    ) -> Result<Self, Self::Rejection> {
        let params = RawPathParams::from_request_parts(parts, site)
            .await
            .map_err(|_| Failure(Trouble::NotFound))?;
        let tag = params.iter().find(|(name, _)| *name == "lang");
        let lang = tag.and_then(|(_, tag)| site.language(tag));
        Ok(Self {
            site: Arc::clone(site),
            lang: lang.ok_or(Failure(Trouble::NotFound))?,
        })
    }
}

impl Site {
    /// The language that the segment of a path names, if there are pages in it.
    #[must_use]
    pub fn language(&self, segment: &str) -> Option<Lang> {
        self.languages
            .iter()
            .copied()
            .find(|lang| lang.as_str() == segment)
    }
}

/// What a handler answers.
pub type Answer = Result<Response, Failure>;

/// Why a handler has no page. The guard makes the page about it, in the reader's language.
#[derive(Debug)]
pub struct Failure(pub Trouble);

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        StatusCode::from_u16(self.0.status())
            .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
            .into_response()
    }
}

impl From<sqlx::Error> for Failure {
    fn from(why: sqlx::Error) -> Self {
        tracing::error!("a page could not be read from the database: {why}");
        Self(if store::may_pass(&why) {
            Trouble::Away
        } else {
            Trouble::Fault
        })
    }
}

impl From<CatalogueError> for Failure {
    fn from(why: CatalogueError) -> Self {
        tracing::error!("a page could not be worded: {why}");
        Self(Trouble::Fault)
    }
}

/// How long everybody may keep a page that is the same for all: short, since alerts change, and
/// enough for a proxy to answer a crowd.
pub(super) const PUBLIC: HeaderValue = HeaderValue::from_static("public, max-age=15");

/// A page that is the same for everybody; any other is kept by nobody.
#[must_use]
pub fn public(page: Markup) -> Response {
    let mut response = html(page);
    response.headers_mut().insert(CACHE_CONTROL, PUBLIC);
    response
}

/// A page that nobody keeps.
#[must_use]
pub fn html(page: Markup) -> Response {
    let kind = [(CONTENT_TYPE, "text/html; charset=utf-8")];
    (kind, page.into_string()).into_response()
}

/// A page for one person: nobody keeps it, nobody finds it. `path` is its address below the
/// language, where what it shows can be asked for again.
///
/// # Errors
/// When the catalogue lacks a word of the frame.
pub fn private(asked: &Asked, title: String, path: &str, main: &Markup) -> Answer {
    let head = Head {
        title,
        description: None,
        path,
        public: false,
    };
    Ok(html(asked.frame().page(&head, main)?))
}

/// Who asks: the address that limits are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Source(pub IpAddr);

impl Source {
    /// The other end of the connection or, behind a proxy, whom the proxy names: the last address
    /// of the last `X-Forwarded-For`, for all before it may be made up.
    #[must_use]
    pub fn of(peer: IpAddr, headers: &HeaderMap, behind_proxy: bool) -> Self {
        let named = || {
            let last = headers.get_all("x-forwarded-for").iter().next_back()?;
            last.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
        };
        Self(if behind_proxy {
            named().unwrap_or(peer)
        } else {
            peer
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_proxys_own_word_on_who_asks_is_taken() {
        let peer: IpAddr = [10, 0, 0, 1].into();
        let mut headers = HeaderMap::new();
        let of = |headers: &HeaderMap, behind| Source::of(peer, headers, behind).0.to_string();
        assert_eq!(of(&headers, true), "10.0.0.1");
        headers.append("x-forwarded-for", HeaderValue::from_static("1.1.1.1"));
        headers.append(
            "x-forwarded-for",
            HeaderValue::from_static("2.2.2.2, 2001:db8::7"),
        );
        assert_eq!(of(&headers, true), "2001:db8::7");
        assert_eq!(of(&headers, false), "10.0.0.1");
        headers.append("x-forwarded-for", HeaderValue::from_static("unknown"));
        assert_eq!(of(&headers, true), "10.0.0.1");
    }
}
