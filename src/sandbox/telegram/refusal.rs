//! How the platform says no.

use serde_json::{Value, json};

/// An answer with `"ok": false`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    /// HTTP status and `error_code`.
    pub(super) code: u16,
    /// The description, prefix included.
    pub(super) description: String,
    /// `parameters.retry_after`, in seconds.
    pub(super) retry_after: Option<u64>,
    /// `parameters.migrate_to_chat_id`.
    pub(super) moved_to: Option<i64>,
}

impl Refusal {
    fn new(code: u16, description: String) -> Self {
        Self {
            code,
            description,
            retry_after: None,
            moved_to: None,
        }
    }

    /// 400 with the platform's prefix.
    pub(super) fn bad(why: impl AsRef<str>) -> Self {
        Self::new(400, format!("Bad Request: {}", why.as_ref()))
    }

    /// 403 with the platform's prefix.
    pub(super) fn forbidden(why: &str) -> Self {
        Self::new(403, format!("Forbidden: {why}"))
    }

    /// 409 with the platform's prefix.
    pub(super) fn conflict(why: &str) -> Self {
        Self::new(409, format!("Conflict: {why}"))
    }

    /// 429: come back after so many seconds.
    pub(super) fn too_many(retry_after: u64) -> Self {
        Self {
            retry_after: Some(retry_after),
            ..Self::new(429, format!("Too Many Requests: retry after {retry_after}"))
        }
    }

    /// The group is a supergroup now.
    pub(super) fn moved(to: i64) -> Self {
        Self {
            moved_to: Some(to),
            ..Self::bad("group chat was upgraded to a supergroup chat")
        }
    }

    /// A bare status, as the platform words it.
    pub(super) fn status(code: u16) -> Self {
        let words = match code {
            401 => "Unauthorized",
            404 => "Not Found",
            413 => "Request Entity Too Large",
            500 => "Internal Server Error",
            502 => "Bad Gateway",
            504 => "Gateway Timeout",
            _ => "Error",
        };
        Self::new(code, words.to_owned())
    }

    /// 404 for a method that does not exist.
    pub(super) fn no_such_method() -> Self {
        Self::new(404, "Not Found: method not found".to_owned())
    }

    /// The body of the answer.
    pub(super) fn body(&self) -> Value {
        let mut body = json!({
            "ok": false,
            "error_code": self.code,
            "description": self.description,
        });
        if let Some(seconds) = self.retry_after {
            body["parameters"] = json!({ "retry_after": seconds });
        }
        if let Some(id) = self.moved_to {
            body["parameters"] = json!({ "migrate_to_chat_id": id });
        }
        body
    }
}
