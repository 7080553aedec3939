//! Calls of Discord's REST API: bounded in time and size, within its limits, and read closely
//! enough that an urgent message can pass and a 429 is understood.

use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue, USER_AGENT};
use reqwest::{Client, Response};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serenity::http::{LightMethod, Route};
use tokio::sync::Semaphore;
use tokio::time::Sleep;

use super::SetUpError;
use super::picture;
use super::rates::{Allowance, Pace, Pause, Refusals, Routes};
use crate::base::clock::Clock;
use crate::channels::checkup;
use crate::config::discord::DiscordSettings;

/// What serenity's routes begin with, to be replaced by the address in the settings.
const OFFICIAL: &str = "https://discord.com";
/// The most of an answer that is read; a message with its embeds is a few KiB.
const LONGEST_ANSWER: usize = 256 * 1024;
/// The most of the network's own words that an error carries.
const LONGEST_WHY: usize = 400;
/// The time for a connection to come about.
const CONNECT: Duration = Duration::from_secs(5);
/// How long to pause when told "too fast" without a time.
const PAUSE: Duration = Duration::from_secs(5);

/// One request on its way.
pub(super) struct Request<'a> {
    pub method: LightMethod,
    pub route: Route<'a>,
    /// JSON, or nothing.
    pub body: Option<Vec<u8>>,
    /// A picture that goes with the body.
    pub picture: Option<Bytes>,
    /// Whether it must leave at once: Discord counts answers to interactions against no limit.
    pub exempt: bool,
}

/// Why a call brought no result.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum CallError {
    /// Discord, or what we know of its limits, says to wait.
    Limited {
        retry_after: Duration,
        everyone: bool,
    },
    /// Discord took notice and refused.
    Refused {
        status: u16,
        /// Discord's own number for the reason; 0 where it gives none.
        code: u64,
        why: String,
    },
    /// Something that is not Discord's API answered with this status: a proxy, a wall before it.
    Foreign(u16),
    /// So many refusals that asking on would end in a ban.
    Silent,
    /// The request did not leave.
    NotWritten(String),
    /// The request may have left, and no answer that can be read has come.
    Unanswered(String),
}

/// The client for one bot token.
pub(super) struct Rest {
    pub client: Client,
    pub token: SecretString,
    authorization: HeaderValue,
    base: String,
    slots: Semaphore,
    known: Mutex<Known>,
    clock: Clock,
}

/// What is known of Discord's limits.
struct Known {
    pace: Option<Pace>,
    everyone: Option<Pause>,
    routes: Routes,
    refusals: Refusals,
    /// How many milliseconds its clock was ahead of ours at the last answer.
    ahead_ms: Option<i64>,
}

/// The body of a refusal.
#[derive(Deserialize)]
struct Refusal {
    #[serde(default)]
    code: u64,
    message: String,
    #[serde(default)]
    errors: Option<serde_json::Value>,
    #[serde(default)]
    retry_after: Option<f64>,
    #[serde(default)]
    global: bool,
}

impl Rest {
    pub(super) fn new(
        settings: &DiscordSettings,
        token: &SecretString,
    ) -> Result<Self, SetUpError> {
        let url = &settings.api_url;
        if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
            return Err(SetUpError::Address(url.clone()));
        }
        let token = token.expose_secret().trim();
        let token = token.strip_prefix("Bot ").unwrap_or(token);
        let mut authorization = HeaderValue::from_str(&format!("Bot {token}"))
            .ok()
            .filter(|_| !token.is_empty() && token.bytes().all(|b| b.is_ascii_graphic()))
            .ok_or(SetUpError::Token)?;
        authorization.set_sensitive(true);
        Ok(Self {
            client: client(settings)?,
            token: SecretString::from(token),
            authorization,
            base: url.as_str().trim_end_matches('/').to_owned(),
            slots: Semaphore::new(settings.connections.get().into()),
            known: Mutex::new(Known {
                pace: Pace::new(settings.rate),
                everyone: None,
                routes: Routes::default(),
                refusals: Refusals::default(),
                ahead_ms: None,
            }),
            clock: Clock::system(),
        })
    }

    /// Makes one call; gives up when `patience`, which several calls may share, is over.
    pub(super) async fn call<T: DeserializeOwned>(
        &self,
        request: Request<'_>,
        patience: Pin<&mut Sleep>,
    ) -> Result<T, CallError> {
        let written = AtomicBool::new(false);
        let body = tokio::select! {
            biased;
            answer = self.exchange(request, &written) => answer?,
            () = patience => return Err(if written.load(Ordering::SeqCst) {
                CallError::Unanswered("no answer in time".to_owned())
            } else {
                CallError::NotWritten("no turn in time".to_owned())
            }),
        };
        let body: &[u8] = if body.is_empty() { b"null" } else { &body };
        serde_json::from_slice(body).map_err(|error| {
            CallError::Unanswered(format!("the answer is not what was expected: {error}"))
        })
    }

    /// The body of a good answer, empty for a 204.
    async fn exchange(
        &self,
        request: Request<'_>,
        written: &AtomicBool,
    ) -> Result<Vec<u8>, CallError> {
        let path = request.route.path().replacen(OFFICIAL, "", 1);
        let mut held = None;
        if !request.exempt {
            let wait = self.reserve(&path)?;
            held = Some(Landing(self, &path));
            tokio::time::sleep(wait).await;
        }
        let _slot = if request.exempt {
            None
        } else {
            self.slots.acquire().await.ok()
        };
        let mut call = (self.client)
            .request(request.method.reqwest_method(), self.base.clone() + &path)
            .header(AUTHORIZATION, self.authorization.clone())
            .header(USER_AGENT, serenity::constants::USER_AGENT);
        call = match (request.body, request.picture) {
            (Some(body), Some(file)) => call.multipart(picture::form(body, file)),
            (Some(body), None) => call.header(CONTENT_TYPE, "application/json").body(body),
            (None, _) => call,
        };
        written.store(true, Ordering::SeqCst);
        let response = call.send().await.map_err(|error| unsent(&error))?;
        let answer = self.judge(&path, response).await;
        drop(held);
        answer
    }

    /// Takes a turn for `path`: how long to wait for it, or that it is too early.
    fn reserve(&self, path: &str) -> Result<Duration, CallError> {
        let now = self.clock.now();
        let mut known = self.known();
        let limited = |everyone| {
            move |retry_after| CallError::Limited {
                retry_after,
                everyone,
            }
        };
        if known.refusals.too_many(now) {
            return Err(CallError::Silent);
        }
        if let Some(left) = known.everyone.and_then(|pause| pause.left(now)) {
            return Err(limited(true)(left));
        }
        known.routes.take(path, now).map_err(limited(false))?;
        let turn = known.pace.as_mut().map(|pace| pace.take(now)).transpose();
        if turn.is_err() {
            known.routes.landed(path);
        }
        Ok(turn.map_err(limited(true))?.unwrap_or_default())
    }

    /// Learns from the answer's headers and reads what follows from its status.
    async fn judge(&self, path: &str, response: Response) -> Result<Vec<u8>, CallError> {
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let body = read(response).await;
        let now = self.clock.now();
        let mut known = self.known();
        known.ahead_ms = checkup::ahead(&headers, now);
        known.routes.answered(path, allowance(&headers), now);
        let shared = header(&headers, "x-ratelimit-scope") == Some("shared");
        if matches!(status, 401 | 403) || (status == 429 && !shared) {
            known.refusals.count(now);
        }
        if (200..300).contains(&status) {
            return body;
        }
        let refusal: Option<Refusal> =
            (body.ok()).and_then(|body| serde_json::from_slice(&body).ok());
        match (status, refusal) {
            (500.., _) => Err(CallError::Unanswered(format!("status {status}"))),
            (429, refusal) => {
                let everyone = header(&headers, "x-ratelimit-global").is_some()
                    || header(&headers, "x-ratelimit-scope") == Some("global")
                    || refusal.as_ref().is_none_or(|it| it.global);
                let retry_after = retry_after(&headers, refusal.as_ref());
                if everyone {
                    known.everyone = Some(Pause::new(now, retry_after));
                } else {
                    known.routes.exhausted(path, retry_after, now);
                }
                Err(CallError::Limited {
                    retry_after,
                    everyone,
                })
            }
            (_, Some(refusal)) => Err(refused(status, refusal)),
            (_, None) => Err(CallError::Foreign(status)),
        }
    }

    /// How many milliseconds Discord's clock is ahead of ours, once it has answered.
    pub(super) fn ahead(&self) -> Option<i64> {
        self.known().ahead_ms
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A turn of a route, given back however the request ends.
struct Landing<'a>(&'a Rest, &'a str);

impl Drop for Landing<'_> {
    fn drop(&mut self) {
        self.0.known().routes.landed(self.1);
    }
}

fn client(settings: &DiscordSettings) -> Result<Client, SetUpError> {
    let mut builder = Client::builder()
        .http1_only()
        .tcp_nodelay(true)
        .connect_timeout(CONNECT)
        .redirect(reqwest::redirect::Policy::none())
        .pool_max_idle_per_host(settings.connections.get().into());
    if let Some(file) = &settings.ca_file {
        let unreadable = |why: String| SetUpError::CaFile(file.clone(), why);
        let pem = std::fs::read(file).map_err(|error| unreadable(error.to_string()))?;
        let certificates = reqwest::Certificate::from_pem_bundle(&pem)
            .map_err(|error| unreadable(error.to_string()))?;
        if certificates.is_empty() {
            return Err(unreadable("no certificate in it".to_owned()));
        }
        for certificate in certificates {
            builder = builder.add_root_certificate(certificate);
        }
    }
    builder
        .build()
        .map_err(|error| SetUpError::Client(error.to_string()))
}

/// What a failed request means. The address is left out: it may hold an interaction's token.
fn unsent(error: &reqwest::Error) -> CallError {
    let mut why = String::from("the connection failed");
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        why = cause.to_string();
        source = cause.source();
    }
    if error.is_connect() || error.is_builder() {
        CallError::NotWritten(why)
    } else {
        CallError::Unanswered(why)
    }
}

async fn read(mut response: Response) -> Result<Vec<u8>, CallError> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| unsent(&error))? {
        if body.len() + chunk.len() > LONGEST_ANSWER {
            return Err(CallError::Unanswered(format!(
                "the answer is longer than {LONGEST_ANSWER} bytes"
            )));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn refused(status: u16, refusal: Refusal) -> CallError {
    let details = refusal.errors.map(|errors| format!(" {errors}"));
    let why = format!(
        "{status}, code {}: {}{}",
        refusal.code,
        refusal.message,
        details.unwrap_or_default()
    );
    CallError::Refused {
        status,
        code: refusal.code,
        why: why.chars().take(LONGEST_WHY).collect(),
    }
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

fn allowance(headers: &HeaderMap) -> Option<Allowance> {
    Some(Allowance {
        limit: header(headers, "x-ratelimit-limit")?.parse().ok()?,
        remaining: header(headers, "x-ratelimit-remaining")?.parse().ok()?,
        reset_after: seconds(header(headers, "x-ratelimit-reset-after")?.parse().ok()?)?,
    })
}

/// What the body says exactly, else what the header says in whole seconds.
fn retry_after(headers: &HeaderMap, refusal: Option<&Refusal>) -> Duration {
    let exact = refusal.and_then(|it| it.retry_after);
    let rounded = || header(headers, "retry-after").and_then(|it| it.parse().ok());
    exact.or_else(rounded).and_then(seconds).unwrap_or(PAUSE)
}

fn seconds(seconds: f64) -> Option<Duration> {
    Duration::try_from_secs_f64(seconds).ok()
}
