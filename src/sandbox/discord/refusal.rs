//! How the platform says no: a status, its own error code, and for a bad form where and why.

use serde_json::{Map, Value, json};

/// An error answer.
#[derive(Debug, Clone)]
pub(super) struct Refusal {
    /// The HTTP status.
    pub(super) status: u16,
    /// The platform's error code; 0 where it has none.
    code: u32,
    /// The platform's own sentence.
    message: &'static str,
    /// Where in the body and why, for a bad form.
    errors: Option<Value>,
}

impl Refusal {
    const fn new(status: u16, code: u32, message: &'static str) -> Self {
        Self {
            status,
            code,
            message,
            errors: None,
        }
    }

    /// The body of the answer.
    pub(super) fn json(&self) -> Value {
        let mut body = json!({"message": self.message, "code": self.code});
        if let Some(errors) = &self.errors {
            body["errors"] = errors.clone();
        }
        body
    }

    /// A form with one fault at `path` (fields joined by `/`).
    pub(super) fn form(path: &str, code: &str, message: impl Into<String>) -> Self {
        let mut wrongs = Wrongs::default();
        wrongs.add(path, code, message);
        Self {
            errors: Some(wrongs.json()),
            ..BAD_FORM
        }
    }
}

pub(super) const NOT_FOUND: Refusal = Refusal::new(404, 0, "404: Not Found");
pub(super) const UNAUTHORIZED: Refusal = Refusal::new(401, 0, "401: Unauthorized");
pub(super) const UNKNOWN_APPLICATION: Refusal = Refusal::new(404, 10002, "Unknown Application");
pub(super) const UNKNOWN_CHANNEL: Refusal = Refusal::new(404, 10003, "Unknown Channel");
pub(super) const UNKNOWN_GUILD: Refusal = Refusal::new(404, 10004, "Unknown Guild");
pub(super) const UNKNOWN_MEMBER: Refusal = Refusal::new(404, 10007, "Unknown Member");
pub(super) const UNKNOWN_MESSAGE: Refusal = Refusal::new(404, 10008, "Unknown Message");
pub(super) const UNKNOWN_USER: Refusal = Refusal::new(404, 10013, "Unknown User");
pub(super) const UNKNOWN_WEBHOOK: Refusal = Refusal::new(404, 10015, "Unknown Webhook");
pub(super) const UNKNOWN_INTERACTION: Refusal = Refusal::new(404, 10062, "Unknown interaction");
pub(super) const UNKNOWN_COMMAND: Refusal = Refusal::new(404, 10063, "Unknown application command");
pub(super) const TOO_LARGE: Refusal = Refusal::new(413, 40005, "Request entity too large");
pub(super) const ALREADY_ACKNOWLEDGED: Refusal =
    Refusal::new(400, 40060, "Interaction has already been acknowledged.");
pub(super) const MISSING_ACCESS: Refusal = Refusal::new(403, 50001, "Missing Access");
pub(super) const NOT_IN_DIRECT: Refusal =
    Refusal::new(403, 50003, "Cannot execute action on a DM channel");
pub(super) const NOT_YOURS: Refusal =
    Refusal::new(403, 50005, "Cannot edit a message authored by another user");
pub(super) const EMPTY_MESSAGE: Refusal = Refusal::new(400, 50006, "Cannot send an empty message");
pub(super) const DIRECT_CLOSED: Refusal =
    Refusal::new(403, 50007, "Cannot send messages to this user");
pub(super) const MISSING_PERMISSIONS: Refusal = Refusal::new(403, 50013, "Missing Permissions");
pub(super) const WRONG_CHANNEL_TYPE: Refusal =
    Refusal::new(400, 50024, "Cannot execute action on this channel type");
pub(super) const BAD_WEBHOOK_TOKEN: Refusal = Refusal::new(401, 50027, "Invalid Webhook Token");
pub(super) const BAD_FORM: Refusal = Refusal::new(400, 50035, "Invalid Form Body");
pub(super) const BAD_JSON: Refusal =
    Refusal::new(400, 50109, "The request body contains invalid JSON.");
pub(super) const THREAD_EXISTS: Refusal = Refusal::new(
    400,
    160_004,
    "A thread has already been created for this message",
);

/// Faults of a form, by place.
#[derive(Debug, Default)]
pub(super) struct Wrongs(Vec<(String, String, String)>);

impl Wrongs {
    /// Notes a fault at `path` (fields joined by `/`, empty for the form itself).
    pub(super) fn add(&mut self, path: &str, code: &str, message: impl Into<String>) {
        // A form of thousands of faults is answered with the first hundred.
        if self.0.len() < 100 {
            self.0
                .push((path.to_owned(), code.to_owned(), message.into()));
        }
    }

    /// Nothing, or the refusal that lists the faults.
    pub(super) fn verdict(self) -> Result<(), Refusal> {
        if self.0.is_empty() {
            return Ok(());
        }
        Err(Refusal {
            errors: Some(self.json()),
            ..BAD_FORM
        })
    }

    /// The faults nested as the platform nests them, each place with its `_errors`.
    fn json(&self) -> Value {
        let mut root = Map::new();
        for (path, code, message) in &self.0 {
            let mut steps: Vec<&str> = path.split('/').filter(|step| !step.is_empty()).collect();
            steps.push("_errors");
            nest(&mut root, &steps, json!({"code": code, "message": message}));
        }
        Value::Object(root)
    }
}

/// Adds `error` to the list at the end of `steps`.
fn nest(place: &mut Map<String, Value>, steps: &[&str], error: Value) {
    match steps {
        [] => {}
        [list] => {
            let errors = place.entry(*list).or_insert_with(|| json!([]));
            if let Value::Array(errors) = errors {
                errors.push(error);
            }
        }
        [step, rest @ ..] => {
            let inner = place.entry(*step).or_insert_with(|| json!({}));
            if let Value::Object(inner) = inner {
                nest(inner, rest, error);
            }
        }
    }
}
