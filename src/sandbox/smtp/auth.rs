//! AUTH PLAIN (RFC 4616) and LOGIN: reading name and password out of what a client says.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// How a client wants to prove who it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mechanism {
    /// Name and password in one answer.
    Plain,
    /// Name, then password, each asked for.
    Login,
}

impl Mechanism {
    pub(super) fn named(name: &str) -> Option<Self> {
        match name.to_ascii_uppercase().as_str() {
            "PLAIN" => Some(Self::Plain),
            "LOGIN" => Some(Self::Login),
            _ => None,
        }
    }

    /// What is asked for once `given` answers are there, in base64; `None` when it is enough.
    pub(super) fn question(self, given: usize) -> Option<&'static str> {
        match (self, given) {
            (Self::Plain, 0) => Some(""),
            (Self::Login, 0) => Some("VXNlcm5hbWU6"),
            (Self::Login, 1) => Some("UGFzc3dvcmQ6"),
            _ => None,
        }
    }

    /// Name and password from the answers, or `None` when they are not of the right form.
    pub(super) fn credentials(self, answers: &[String]) -> Option<(String, String)> {
        let decoded = answers
            .iter()
            .map(|answer| {
                // A lone equals sign is an empty first answer (RFC 4954 §4).
                let answer = if answer == "=" { "" } else { answer };
                String::from_utf8(STANDARD.decode(answer).ok()?).ok()
            })
            .collect::<Option<Vec<_>>>()?;
        match (self, decoded.as_slice()) {
            (Self::Plain, [all]) => {
                let mut parts = all.split('\0').skip(1);
                let found = (parts.next()?.to_owned(), parts.next()?.to_owned());
                parts.next().is_none().then_some(found)
            }
            (Self::Login, [name, password]) => Some((name.clone(), password.clone())),
            _ => None,
        }
    }
}
