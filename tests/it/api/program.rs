//! A program that speaks HTTP, and the book in which all its conversations are written down.

use std::process::Stdio;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use reqwest::header::HeaderMap;
use reqwest::{Client, Method};
use serde_json::{Value, json};
use tokio::process::Command;

use crate::town::Town;

/// What was asked and answered in a story.
#[derive(Clone, Default)]
pub struct Book(Arc<Mutex<Vec<Value>>>);

impl Book {
    /// A program with this token.
    pub fn program(&self, town: &Town, token: &str) -> Program {
        Program {
            at: town.page(""),
            token: Some(token.to_owned()),
            lang: "bg",
            book: self.clone(),
            asked: Arc::default(),
        }
    }

    /// Whether all of it is as the description says that is served, and that one is one.
    pub async fn holds(self, town: &Town) {
        let description = Program {
            token: None,
            ..self.program(town, "")
        };
        let description = description.get("/api/v1/openapi.json").await.is(200).json;
        let exchanges = self.0.lock().expect("a book").clone();
        assert!(!exchanges.is_empty(), "nothing was asked");
        let file = town.config().with_file_name("exchanges.json");
        let all = json!({ "description": description, "exchanges": exchanges });
        std::fs::write(&file, all.to_string()).expect("a file");
        let python = std::env::var("GLAS_TEST_PYTHON")
            .expect("GLAS_TEST_PYTHON names no Python 3; tests/run prepares one");
        let project = env!("CARGO_MANIFEST_DIR");
        let checked = Command::new(python)
            .arg(format!("{project}/tests/clients/openapi_holds.py"))
            .arg(&file)
            .stdin(Stdio::null())
            .output()
            .await
            .expect("a Python");
        let said = String::from_utf8_lossy(&checked.stdout);
        let wrong = String::from_utf8_lossy(&checked.stderr);
        assert!(checked.status.success(), "{said}{wrong}");
        let expected = format!("{} answers hold", exchanges.len());
        assert!(said.contains(&expected), "{said}");
    }
}

/// A program.
#[derive(Clone)]
pub struct Program {
    at: String,
    token: Option<String>,
    lang: &'static str,
    book: Book,
    asked: Arc<AtomicUsize>,
}

/// What it was answered.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub json: Value,
}

impl Program {
    /// The same program, reading another language.
    pub fn reading(&self, lang: &'static str) -> Self {
        Self {
            lang,
            ..self.clone()
        }
    }

    /// The same program without its token.
    pub fn without_token(&self) -> Self {
        Self {
            token: None,
            ..self.clone()
        }
    }

    /// A key that it has not used.
    pub fn key(&self) -> String {
        let number = self.asked.fetch_add(1, Ordering::SeqCst);
        let own = self.token.as_deref().unwrap_or("none");
        format!(
            "{}-{number}",
            own.chars().skip(5).take(6).collect::<String>()
        )
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.ask(Method::GET, path, &[], None).await
    }

    /// Asks for a change, once.
    pub async fn post(&self, path: &str, body: Value) -> Answer {
        let key = self.key();
        self.post_with(path, &key, body).await
    }

    /// Asks for a change under this key.
    pub async fn post_with(&self, path: &str, key: &str, body: Value) -> Answer {
        let headers = [
            ("idempotency-key", key),
            ("content-type", "application/json"),
        ];
        let body = Some(body.to_string()).filter(|body| body != "null");
        let headers = if body.is_some() {
            &headers[..]
        } else {
            &headers[..1]
        };
        self.ask(Method::POST, path, headers, body).await
    }

    /// Sends a CAP message as a draft.
    pub async fn post_cap(&self, xml: String) -> Answer {
        let key = self.key();
        let headers = [
            ("idempotency-key", key.as_str()),
            ("content-type", "application/cap+xml"),
        ];
        let path = "/api/v1/drafts";
        self.ask(Method::POST, path, &headers, Some(xml)).await
    }

    /// Asks for anything at all.
    pub async fn ask(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<String>,
    ) -> Answer {
        let mut asked = Client::new()
            .request(method.clone(), format!("{}{path}", self.at))
            .header("accept-language", self.lang);
        if let Some(token) = &self.token {
            asked = asked.header("authorization", format!("Bearer {token}"));
        }
        for (name, value) in headers {
            asked = asked.header(*name, *value);
        }
        if let Some(body) = &body {
            asked = asked.body(body.clone());
        }
        let answer = asked.send().await.expect("an answer");
        let status = answer.status().as_u16();
        let headers = answer.headers().clone();
        let media = headers.get("content-type");
        let media = media.map_or("", |media| media.to_str().expect("plain"));
        let text = answer.text().await.expect("a text");
        let json: Value = match method {
            Method::HEAD => Value::Null,
            _ => serde_json::from_str(&text).unwrap_or_else(|why| panic!("{why}: {status} {text}")),
        };
        if method != Method::HEAD {
            let sent = body.and_then(|body| serde_json::from_str::<Value>(&body).ok());
            self.book.0.lock().expect("a book").push(json!({
                "method": method.as_str(),
                "path": path,
                "sent": sent,
                "status": status,
                "media": media,
                "body": json,
            }));
        }
        Answer {
            status,
            headers,
            json,
        }
    }
}

impl Answer {
    /// This answer, which has that status.
    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{:#}", self.json);
        self
    }

    /// This answer, which is that problem.
    #[track_caller]
    pub fn told(self, status: u16, code: &str) -> Self {
        let kind = format!("urn:glas:problem:{code}");
        assert_eq!(self.json["type"], kind, "{:#}", self.json);
        assert_eq!(self.json["status"], status, "{:#}", self.json);
        assert_eq!(self.header("content-type"), "application/problem+json");
        self.is(status)
    }

    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().expect("plain"))
    }

    /// A text of the answer.
    #[track_caller]
    pub fn text(&self, name: &str) -> &str {
        let text = self.json[name].as_str();
        text.unwrap_or_else(|| panic!("no {name} in {:#}", self.json))
    }
}
