//! Fetches politely and safely: the checked address is the one that is connected to, every
//! redirect is judged anew, size and time are bounded.

mod fault;
mod name;

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{
    ACCEPT, ACCEPT_ENCODING, CONTENT_ENCODING, ETAG, HeaderMap, HeaderValue, IF_MODIFIED_SINCE,
    IF_NONE_MATCH, LAST_MODIFIED, LOCATION, RETRY_AFTER,
};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode};
use tokio::io::AsyncReadExt as _;
use url::{Host, Url};

use super::reach::Reach;
use super::read::MAX_BYTES;
use crate::base::clock::Millis;
pub use fault::FetchFault;
use name::{Names, Pinned};

/// How often a source may send us on.
const MOST_REDIRECTS: usize = 5;
/// How long a connection may take to be made.
const CONNECT_WITHIN: Duration = Duration::from_secs(8);
/// The longest header of a source that is kept, in bytes.
const MAX_KEPT: usize = 500;
/// What we read.
const ACCEPTED: &str =
    "application/cap+xml, application/atom+xml, application/rss+xml, application/json, */*;q=0.5";
/// Who asks.
const AGENT: &str = concat!("Glas/", env!("CARGO_PKG_VERSION"));

/// What a source said at the last reading, by which it can tell whether something is new.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mark {
    /// Its `ETag`.
    pub etag: Option<String>,
    /// Its `Last-Modified`.
    pub modified: Option<String>,
}

/// What came of fetching.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fetched {
    /// Nothing new since the mark.
    Unchanged,
    /// A document.
    Document {
        /// Its bytes, at most [`MAX_BYTES`].
        bytes: Vec<u8>,
        /// Where it was in the end.
        url: Url,
        /// By what to ask next time.
        mark: Mark,
    },
}

/// Somebody who fetches.
pub struct Fetcher {
    reach: Reach,
    names: Names,
    within: Duration,
}

impl Fetcher {
    /// A fetcher whose answers come `within` some time.
    #[must_use]
    pub fn new(reach: Reach, within: Duration) -> Self {
        Self {
            reach,
            names: Names::system(),
            within,
        }
    }

    /// Fetches from where the settings say: http, https or a file. `now` is for what a source
    /// wants to wait for.
    ///
    /// # Errors
    /// A [`FetchFault`].
    pub async fn source(&self, url: &Url, mark: &Mark, now: Millis) -> Result<Fetched, FetchFault> {
        if url.scheme() == "file" {
            return file(url).await;
        }
        self.web(url, mark, now).await
    }

    /// Fetches from where somebody else says: http or https.
    ///
    /// # Errors
    /// A [`FetchFault`].
    pub async fn web(&self, url: &Url, mark: &Mark, now: Millis) -> Result<Fetched, FetchFault> {
        let fetched = tokio::time::timeout(self.within, self.follow(url, mark, now));
        fetched.await.unwrap_or(Err(FetchFault::TooSlow))
    }

    async fn follow(&self, url: &Url, mark: &Mark, now: Millis) -> Result<Fetched, FetchFault> {
        let mut url = url.clone();
        for _ in 0..=MOST_REDIRECTS {
            let response = self.ask(&url, mark).await?;
            let status = response.status();
            if !is_redirect(status) {
                return answer(response, url, now).await;
            }
            let to = response.headers().get(LOCATION);
            let to = to.and_then(|to| to.to_str().ok());
            let next = to.and_then(|to| url.join(to).ok());
            let next = next.ok_or(FetchFault::Status(status.as_u16()))?;
            if url.scheme() == "https" && next.scheme() == "http" {
                return Err(FetchFault::Downgraded);
            }
            url = next;
        }
        Err(FetchFault::TooManyRedirects)
    }

    /// One request, to an address that was judged and to no other.
    async fn ask(&self, url: &Url, mark: &Mark) -> Result<Response, FetchFault> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(FetchFault::Scheme(url.scheme().to_owned()));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(FetchFault::Credentials);
        }
        let addresses: Vec<IpAddr> = match url.host() {
            Some(Host::Ipv4(address)) => vec![address.into()],
            Some(Host::Ipv6(address)) => vec![address.into()],
            Some(Host::Domain(name)) => self.names.addresses(name).await?,
            None => return Err(FetchFault::Scheme(url.scheme().to_owned())),
        };
        // One bad address among good ones is no oversight.
        if !addresses.iter().all(|address| self.reach.permits(*address)) {
            let host = url.host_str().unwrap_or_default().to_owned();
            return Err(FetchFault::OutOfReach(host));
        }
        let pinned = addresses.iter().map(|address| SocketAddr::new(*address, 0));
        let client = Client::builder()
            .redirect(Policy::none())
            .no_proxy()
            .connect_timeout(CONNECT_WITHIN)
            .user_agent(AGENT)
            .dns_resolver(Arc::new(Pinned(pinned.collect())))
            .build()
            .map_err(|why| FetchFault::from(&why))?;
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static(ACCEPTED));
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        let known = [
            (IF_NONE_MATCH, &mark.etag),
            (IF_MODIFIED_SINCE, &mark.modified),
        ];
        for (name, value) in known {
            let value = value.as_deref().and_then(|value| value.parse().ok());
            if let Some(value) = value {
                headers.insert(name, value);
            }
        }
        let sent = client.get(url.clone()).headers(headers).send().await;
        sent.map_err(|why| FetchFault::from(&why))
    }
}

fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

async fn answer(response: Response, url: Url, now: Millis) -> Result<Fetched, FetchFault> {
    let status = response.status().as_u16();
    if status == 304 {
        return Ok(Fetched::Unchanged);
    }
    if matches!(status, 429 | 503) {
        let after = kept(response.headers().get(RETRY_AFTER));
        let after = after.and_then(|after| wait(&after, now));
        return Err(FetchFault::Later { status, after });
    }
    if status != 200 {
        return Err(FetchFault::Status(status));
    }
    let packed = response.headers().get(CONTENT_ENCODING);
    if packed.is_some_and(|how| !how.as_bytes().eq_ignore_ascii_case(b"identity")) {
        return Err(FetchFault::Packed);
    }
    let mark = Mark {
        etag: kept(response.headers().get(ETAG)),
        modified: kept(response.headers().get(LAST_MODIFIED)),
    };
    let bytes = body(response).await?;
    Ok(Fetched::Document { bytes, url, mark })
}

/// A header's text, where it is short enough to be kept.
fn kept(header: Option<&HeaderValue>) -> Option<String> {
    let text = header?.to_str().ok()?.trim();
    (!text.is_empty() && text.len() <= MAX_KEPT).then(|| text.to_owned())
}

/// How long a source wants to be left alone: seconds, or a date (RFC 9110 §10.2.3).
fn wait(after: &str, now: Millis) -> Option<Duration> {
    if let Ok(seconds) = after.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let at = chrono::DateTime::parse_from_rfc2822(after).ok()?;
    Some(Millis::from(at).since(now))
}

async fn body(mut response: Response) -> Result<Vec<u8>, FetchFault> {
    let says = response.content_length().unwrap_or(0);
    if usize::try_from(says).map_or(true, |says| says > MAX_BYTES) {
        return Err(FetchFault::TooLarge);
    }
    let mut bytes = vec![];
    while let Some(chunk) = response
        .chunk()
        .await
        .map_err(|why| FetchFault::from(&why))?
    {
        if bytes.len() + chunk.len() > MAX_BYTES {
            return Err(FetchFault::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

async fn file(url: &Url) -> Result<Fetched, FetchFault> {
    let path = url.to_file_path().map_err(|()| FetchFault::NoFile)?;
    let opened = tokio::fs::File::open(path).await;
    let file = opened.map_err(|_| FetchFault::NoFile)?;
    let mut bytes = vec![];
    let limit = u64::try_from(MAX_BYTES)
        .unwrap_or(u64::MAX)
        .saturating_add(1);
    let read = file.take(limit).read_to_end(&mut bytes).await;
    read.map_err(|_| FetchFault::NoFile)?;
    if bytes.len() > MAX_BYTES {
        return Err(FetchFault::TooLarge);
    }
    Ok(Fetched::Document {
        bytes,
        url: url.clone(),
        mark: Mark::default(),
    })
}
