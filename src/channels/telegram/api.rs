//! One call of the Bot API: written once, read within a bound, never waiting longer than asked.

use std::error::Error;
use std::fmt::Write as _;
use std::time::Duration;

use bytes::Bytes;
use reqwest::header::{CONTENT_TYPE, HeaderValue};
use reqwest::redirect::Policy;
use reqwest::{Certificate, Client, RequestBuilder, Response, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use url::Host;

use super::{SetUpError, photo};
use crate::base::clock::Clock;
use crate::channels::checkup;
use crate::config::telegram::TelegramSettings;

/// How long a connection may take to stand, name look-up and TLS included. Below the total
/// limit, so that a request that never left is told apart from one that was not answered.
const CONNECT: Duration = Duration::from_secs(5);
/// How long an unused connection is kept: shorter than any server keeps it, so that a request is
/// not written into a connection that is just being closed.
const IDLE: Duration = Duration::from_secs(20);
/// The most characters of somebody else's explanation that we repeat.
const LONGEST_WHY: usize = 200;

/// The Bot API at one address with one token.
#[derive(Debug)]
pub(super) struct Api {
    client: Client,
    token: SecretString,
    /// `https://…/bot<token>/`, what every method's name follows.
    base: SecretString,
}

/// How much a call may cost.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    /// From the first byte out to the last byte in.
    pub(super) patience: Duration,
    /// The most bytes of an answer that are read.
    pub(super) answer: usize,
}

impl Bounds {
    /// For everything but long polling.
    pub(super) const BRIEF: Self = Self {
        patience: Duration::from_secs(15),
        answer: 256 * 1024,
    };
}

/// How a call failed.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum CallError {
    /// Nothing was written: no connection, no name, no TLS.
    NotWritten(String),
    /// It was written, and what came back says nothing: silence, a reset, 5xx, garbage.
    Unanswered(String),
    /// The answer is larger than we read.
    TooLarge,
    /// Something that is not the Bot API answered with this status, neither 2xx nor 5xx.
    Foreign(u16),
    /// The Bot API said no.
    Refused(Refusal),
}

/// The Bot API's no, in its own words.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Refusal {
    /// As HTTP statuses go.
    pub(super) code: u16,
    /// For people; the only thing that tells some cases apart.
    pub(super) description: String,
    /// How long to wait.
    pub(super) retry_after: Option<Duration>,
    /// Where the chat went.
    pub(super) migrate_to: Option<i64>,
}

#[derive(Deserialize)]
struct Envelope<T> {
    ok: bool,
    result: Option<T>,
    error_code: Option<u16>,
    #[serde(default)]
    description: String,
    #[serde(default)]
    parameters: Parameters,
}

#[derive(Default, Deserialize)]
struct Parameters {
    retry_after: Option<u32>,
    migrate_to_chat_id: Option<i64>,
}

impl Api {
    /// An API to call; makes no connection yet.
    pub(super) fn new(
        settings: &TelegramSettings,
        token: SecretString,
    ) -> Result<Self, SetUpError> {
        if !looks_like_token(token.expose_secret()) {
            return Err(SetUpError::Token);
        }
        let address = settings.api_url.as_str().trim_end_matches('/');
        let base = SecretString::from(format!("{address}/bot{}/", token.expose_secret()));
        Ok(Self {
            client: client(settings)?,
            token,
            base,
        })
    }

    /// Calls `method` with `payload` and reads its result.
    pub(super) async fn call<T: DeserializeOwned>(
        &self,
        method: &str,
        payload: &(impl Serialize + Sync),
        bounds: Bounds,
    ) -> Result<T, CallError> {
        let answered = self.call_and_compare(method, payload, bounds).await;
        answered.map(|(result, _)| result)
    }

    /// As [`Api::call`], and how many milliseconds the server's clock is ahead of ours.
    pub(super) async fn call_and_compare<T: DeserializeOwned>(
        &self,
        method: &str,
        payload: &(impl Serialize + Sync),
        bounds: Bounds,
    ) -> Result<(T, Option<i64>), CallError> {
        let body = serde_json::to_vec(payload)
            .map_err(|error| CallError::NotWritten(format!("not expressible as JSON: {error}")))?;
        let request = (self.to(method))
            .header(CONTENT_TYPE, HeaderValue::from_static("application/json"))
            .body(body);
        self.exchange(request, bounds).await
    }

    /// `sendPhoto` with a picture that is handed over now.
    pub(super) async fn upload_photo<T: DeserializeOwned>(
        &self,
        fields: &Map<String, Value>,
        picture: &Bytes,
    ) -> Result<T, CallError> {
        let request = self.to("sendPhoto").multipart(photo::form(fields, picture));
        let answered = self.exchange(request, Bounds::BRIEF).await;
        answered.map(|(result, _)| result)
    }

    /// `sendPhoto` with a picture that was handed over before, by its name.
    pub(super) async fn send_photo<T: DeserializeOwned>(
        &self,
        fields: &Map<String, Value>,
        name: &str,
    ) -> Result<T, CallError> {
        let mut fields = fields.clone();
        fields.insert("photo".to_owned(), Value::from(name));
        self.call("sendPhoto", &fields, Bounds::BRIEF).await
    }

    fn to(&self, method: &str) -> RequestBuilder {
        (self.client).post(format!("{}{method}", self.base.expose_secret()))
    }

    async fn exchange<T: DeserializeOwned>(
        &self,
        request: RequestBuilder,
        bounds: Bounds,
    ) -> Result<(T, Option<i64>), CallError> {
        let sent = request.timeout(bounds.patience).send().await;
        let response = sent.map_err(|error| self.failed(error))?;
        let status = response.status();
        let ahead = checkup::ahead(response.headers(), Clock::system().now());
        let body = self.read(response, bounds.answer).await?;
        Ok((self.judge(status, &body)?, ahead))
    }

    async fn read(&self, mut response: Response, most: usize) -> Result<Vec<u8>, CallError> {
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| self.failed(error))? {
            if body.len() + chunk.len() > most {
                return Err(CallError::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }

    fn judge<T: DeserializeOwned>(&self, status: StatusCode, body: &[u8]) -> Result<T, CallError> {
        let envelope = match serde_json::from_slice::<Envelope<T>>(body) {
            Ok(envelope) => envelope,
            Err(_) if status.is_success() || status.is_server_error() => {
                return Err(CallError::Unanswered(format!(
                    "HTTP {} without an answer that can be read",
                    status.as_u16()
                )));
            }
            Err(_) => return Err(CallError::Foreign(status.as_u16())),
        };
        if let (true, Some(result)) = (envelope.ok, envelope.result) {
            return Ok(result);
        }
        let code = envelope.error_code.unwrap_or(status.as_u16());
        let description = self.fit_to_tell(&envelope.description);
        if !(300..500).contains(&code) {
            return Err(CallError::Unanswered(format!("{code} {description}")));
        }
        Err(CallError::Refused(Refusal {
            code,
            description,
            retry_after: envelope
                .parameters
                .retry_after
                .map(|seconds| Duration::from_secs(seconds.into())),
            migrate_to: envelope.parameters.migrate_to_chat_id,
        }))
    }

    fn failed(&self, error: reqwest::Error) -> CallError {
        let not_written = error.is_connect() || error.is_builder();
        let error = error.without_url();
        let mut why = error.to_string();
        let mut cause = error.source();
        while let Some(deeper) = cause {
            let _ = write!(why, ": {deeper}");
            cause = deeper.source();
        }
        let why = self.fit_to_tell(&why);
        if not_written {
            CallError::NotWritten(why)
        } else {
            CallError::Unanswered(why)
        }
    }

    /// A foreign explanation, short and without the token, whoever echoes it.
    fn fit_to_tell(&self, why: &str) -> String {
        why.replace(self.token.expose_secret(), "<token>")
            .chars()
            .take(LONGEST_WHY)
            .collect()
    }
}

impl CallError {
    /// What happened, in one line for the operator's log.
    pub(super) fn why(&self) -> String {
        match self {
            Self::NotWritten(why) => format!("no connection: {why}"),
            Self::Unanswered(why) => format!("no usable answer: {why}"),
            Self::TooLarge => "the answer is larger than any the Bot API gives".to_owned(),
            Self::Foreign(status) => {
                format!("HTTP {status} from something that is not the Bot API")
            }
            Self::Refused(no) => format!("{} {}", no.code, no.description),
        }
    }
}

/// `digits:secret`, the secret of letters, digits, `_` and `-`: nothing that could change the
/// path it is put into.
fn looks_like_token(token: &str) -> bool {
    token.split_once(':').is_some_and(|(id, secret)| {
        !id.is_empty()
            && !secret.is_empty()
            && id.bytes().all(|byte| byte.is_ascii_digit())
            && secret
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
    })
}

fn client(settings: &TelegramSettings) -> Result<Client, SetUpError> {
    let mut builder = Client::builder()
        .use_rustls_tls()
        .http1_only()
        .tcp_nodelay(true)
        .connect_timeout(CONNECT)
        .pool_idle_timeout(IDLE)
        .pool_max_idle_per_host(settings.connections.get().into())
        // The Bot API never redirects; following one would carry the token elsewhere.
        .redirect(Policy::none())
        .referer(false);
    match settings.api_url.host() {
        Some(host) if matches!(settings.api_url.scheme(), "http" | "https") => {
            if is_loopback(&host) {
                builder = builder.no_proxy();
            }
        }
        _ => return Err(SetUpError::Address(settings.api_url.clone())),
    }
    if let Some(file) = &settings.ca_file {
        let refused = |why: String| SetUpError::CaFile(file.clone(), why);
        let pem = std::fs::read(file).map_err(|error| refused(error.to_string()))?;
        let certificates =
            Certificate::from_pem_bundle(&pem).map_err(|error| refused(error.to_string()))?;
        if certificates.is_empty() {
            return Err(refused("no certificate in it".to_owned()));
        }
        for certificate in certificates {
            builder = builder.add_root_certificate(certificate);
        }
    }
    builder
        .build()
        .map_err(|error| SetUpError::Client(error.without_url().to_string()))
}

fn is_loopback(host: &Host<&str>) -> bool {
    match host {
        Host::Ipv4(ip) => ip.is_loopback(),
        Host::Ipv6(ip) => ip.is_loopback(),
        Host::Domain(name) => name.eq_ignore_ascii_case("localhost"),
    }
}

#[cfg(test)]
mod tests {
    use super::looks_like_token;

    #[test]
    fn a_token_cannot_change_the_path() {
        assert!(looks_like_token("123456:AAH-x_y09"));
        for wrong in [
            "", "123456", "123456:", ":abc", "12a:abc", "1:a/../b", "1:a?b",
        ] {
            assert!(!looks_like_token(wrong), "{wrong}");
        }
    }
}
