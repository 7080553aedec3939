//! What went wrong, for programs and for people: `application/problem+json` (RFC 9457).

use axum::body::Body;
use axum::http::header::{
    ALLOW, CONTENT_LANGUAGE, CONTENT_TYPE, RETRY_AFTER, VARY, WWW_AUTHENTICATE,
};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};

use super::call::Unread;
use super::fields::Wrong;
use crate::features::alert::cap::Refusal;
use crate::features::alert::send::SendFault;
use crate::message::catalogue::{Catalogue, CatalogueError};
use crate::message::{Arg, Key, Lang, Words, say, say_with};
use crate::store;

/// What the type of every problem begins with; its code follows.
pub const TYPES: &str = "urn:glas:problem:";
/// The media type.
pub const MEDIA: &str = "application/problem+json";

/// A code for each kind of problem, with its status, its title and what it means where a request
/// gives no reason of its own.
macro_rules! kinds {
    ($($(#[$about:meta])* $name:ident = $status:literal $code:literal $title:literal $means:literal),+ $(,)?) => {
        /// What kind of problem it is: what a program acts on.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Kind { $($(#[$about])* $name),+ }

        impl Kind {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// Its code: what its type ends with.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }

            /// The status of the answer.
            #[must_use]
            pub const fn status(self) -> u16 {
                match self { $(Self::$name => $status),+ }
            }

            fn title(self) -> Words {
                match self { $(Self::$name => say($title)),+ }
            }

            fn means(self) -> Words {
                match self { $(Self::$name => say($means)),+ }
            }
        }
    };
}

kinds! {
    /// The request line or its parameters are not understood.
    Query = 400 "parameters" "api-query" "api-query-means",
    /// It has a body, and none is taken.
    Body = 400 "body" "api-body" "api-body-means",
    /// The body is no JSON.
    Json = 400 "json" "api-json" "api-query-means",
    /// It changes something, and has no key by which a repeat is known.
    KeyMissing = 400 "idempotency-key" "api-key" "api-key-means",
    /// It has no token.
    NoToken = 401 "no-token" "api-no-token" "api-no-token-means",
    /// Its token is not known.
    WrongToken = 401 "wrong-token" "api-wrong-token" "api-wrong-token-means",
    /// Its token is over.
    OldToken = 401 "expired-token" "api-old-token" "api-old-token-means",
    /// Its token is not good for this.
    Scope = 403 "scope" "api-scope" "api-denied",
    /// The role of its operator does not reach.
    Role = 403 "role" "api-denied" "api-denied",
    /// Whoever submitted it cannot approve it.
    Own = 403 "own-draft" "api-own" "api-own",
    /// There is no such path.
    NotFound = 404 "not-found" "api-not-found" "api-not-found-means",
    /// There is no such draft.
    NoDraft = 404 "no-such-draft" "api-no-draft" "api-no-draft-means",
    /// There is no such alert.
    NoAlert = 404 "no-such-alert" "api-no-alert" "api-no-alert-means",
    /// The path is for other methods.
    Method = 405 "method" "api-method" "api-not-found-means",
    /// The draft is another by now.
    Changed = 409 "draft-changed" "api-changed" "api-changed",
    /// The draft is not where that can be done.
    State = 409 "state" "api-state" "api-state",
    /// The alert cannot go out as it is.
    NotReady = 409 "not-ready" "api-not-ready" "api-not-ready",
    /// The body is too large.
    TooLarge = 413 "too-large" "api-too-large" "api-too-large-means",
    /// The body is of a kind that is not taken.
    Media = 415 "media-type" "api-media" "api-media-means",
    /// Some fields are wrong.
    Fields = 422 "fields" "api-fields" "api-fields-means",
    /// It is no CAP message that can be used.
    Cap = 422 "cap" "api-cap" "api-cap",
    /// The name of the city must be typed.
    Confirm = 422 "confirm" "api-confirm" "api-confirm",
    /// The key was used for something else.
    KeyTaken = 422 "idempotency-key-taken" "api-key-taken" "api-key-taken-means",
    /// Too many wrong tokens came from there.
    TooMany = 429 "too-many-attempts" "api-too-many" "api-too-many-means",
    /// A fault of ours.
    Fault = 500 "fault" "api-fault" "api-fault-means",
    /// We cannot answer now.
    Away = 503 "away" "api-away" "api-away-means",
}

/// A problem on its way to whoever asked.
#[derive(Debug)]
pub struct Problem {
    /// What kind it is.
    pub kind: Kind,
    /// What happened, what it means and what to do.
    pub detail: Words,
    /// What is wrong with which fields.
    pub errors: Vec<Wrong>,
    /// Headers that belong to it.
    pub headers: Vec<(HeaderName, String)>,
}

impl From<Kind> for Problem {
    fn from(kind: Kind) -> Self {
        Self::because(kind, kind.means())
    }
}

impl From<sqlx::Error> for Problem {
    fn from(why: sqlx::Error) -> Self {
        tracing::error!("a request of a program could not be answered: {why}");
        Self::from(if store::may_pass(&why) {
            Kind::Away
        } else {
            Kind::Fault
        })
    }
}

impl From<CatalogueError> for Problem {
    fn from(why: CatalogueError) -> Self {
        tracing::error!("an answer to a program could not be worded: {why}");
        Self::from(Kind::Fault)
    }
}

impl From<SendFault> for Problem {
    fn from(why: SendFault) -> Self {
        match why {
            SendFault::Database(why) => why.into(),
            SendFault::Words(why) => why.into(),
        }
    }
}

impl From<Unread> for Problem {
    fn from(why: Unread) -> Self {
        match why {
            Unread::Media => Self::from(Kind::Media),
            Unread::Needless => Self::from(Kind::Body),
            Unread::TooLarge | Unread::Cap(Refusal::TooLarge) => Self::from(Kind::TooLarge),
            Unread::Json(line, column) => {
                let number = |it: usize| Arg::Number(i64::try_from(it).unwrap_or(i64::MAX));
                let at = [("line", number(line)), ("column", number(column))];
                Self::because(Kind::Json, say_with("api-json-means", at))
            }
            Unread::Fields(errors) => Self::fields(errors),
            Unread::Cap(refusal) => Self::because(Kind::Cap, refusal.words()),
        }
    }
}

impl Problem {
    /// A problem with a reason of its own.
    #[must_use]
    pub fn because(kind: Kind, detail: Words) -> Self {
        Self {
            kind,
            detail,
            errors: vec![],
            headers: vec![],
        }
    }

    /// Some fields are wrong.
    #[must_use]
    pub fn fields(errors: Vec<Wrong>) -> Self {
        Self {
            errors,
            ..Self::from(Kind::Fields)
        }
    }

    /// With a header.
    #[must_use]
    pub fn with(mut self, name: HeaderName, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// What the alert desk refused. Its words are for people; programs go by the kind.
    #[must_use]
    pub fn refused(why: Words) -> Self {
        let Words::Say(Key(key), _) = &why else {
            return Self::because(Kind::State, why);
        };
        let kind = match *key {
            "permit-denied" => Kind::Role,
            "draft-own" => Kind::Own,
            "draft-unknown" => return Self::from(Kind::NoDraft),
            "draft-not-alert" => return Self::from(Kind::NoAlert),
            "draft-changed" => Kind::Changed,
            "draft-type-the-name" => Kind::Confirm,
            "draft-reason-none" | "draft-reason-short" => {
                let pointer = "/reason".to_owned();
                return Self::fields(vec![Wrong {
                    pointer,
                    words: why,
                }]);
            }
            key if key.starts_with("draft-") => Kind::State,
            _ => Kind::NotReady,
        };
        Self::because(kind, why)
    }

    fn body(&self, catalogue: &Catalogue, lang: Lang) -> Result<Value, CatalogueError> {
        let mut body = json!({
            "type": format!("{TYPES}{}", self.kind.code()),
            "title": catalogue.word(&self.kind.title(), lang)?,
            "status": self.kind.status(),
            "detail": catalogue.word(&self.detail, lang)?,
        });
        if !self.errors.is_empty() {
            let error = |wrong: &Wrong| {
                let detail = catalogue.word(&wrong.words, lang)?;
                Ok(json!({ "pointer": format!("#{}", wrong.pointer), "detail": detail }))
            };
            let errors: Result<Vec<Value>, CatalogueError> =
                self.errors.iter().map(error).collect();
            body["errors"] = Value::from(errors?);
        }
        Ok(body)
    }

    /// The answer, in the reader's language.
    #[must_use]
    pub fn respond(&self, catalogue: &Catalogue, lang: Lang) -> Response {
        let body = self.body(catalogue, lang).unwrap_or_else(|why| {
            tracing::error!("a problem could not be worded: {why}");
            json!({ "type": "about:blank", "status": self.kind.status() })
        });
        let status = StatusCode::from_u16(self.kind.status());
        let mut response = Body::from(body.to_string()).into_response();
        *response.status_mut() = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(MEDIA));
        headers.insert(VARY, HeaderValue::from_static("accept-language"));
        let language = HeaderValue::from_str(&lang.to_string());
        headers.extend(language.ok().map(|value| (CONTENT_LANGUAGE, value)));
        if self.kind.status() == 401 {
            let challenge = match self.kind {
                Kind::NoToken => "Bearer realm=\"glas\"",
                _ => "Bearer realm=\"glas\", error=\"invalid_token\"",
            };
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
        }
        for (name, value) in &self.headers {
            if let Ok(value) = HeaderValue::from_str(value) {
                headers.insert(name.clone(), value);
            }
        }
        response
    }
}

/// The problem that a status stands for, where the web itself refused a request of a program.
#[must_use]
pub fn of_status(status: u16) -> Problem {
    match status {
        404 => Problem::from(Kind::NotFound),
        413 => Problem::from(Kind::TooLarge),
        503 | 504 => Problem::from(Kind::Away).with(RETRY_AFTER, "5"),
        500.. => Problem::from(Kind::Fault),
        _ => Problem::from(Kind::Query),
    }
}

/// The methods that a path takes.
#[must_use]
pub fn method(allowed: &[&str]) -> Problem {
    Problem::because(
        Kind::Method,
        say_with(
            "api-method-means",
            [("methods", Arg::Text(allowed.join(", ")))],
        ),
    )
    .with(ALLOW, allowed.join(", "))
}
