//! The third process: answers as the Bot API does, and counts.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::Response;
use serde::{Deserialize, Serialize};

/// What getMe says.
pub const ME: &str = r#"{"id":1,"is_bot":true,"first_name":"g","username":"glas_bot","can_join_groups":true,
    "can_read_all_group_messages":false,"supports_inline_queries":false,"can_connect_to_business":false,
    "has_main_web_app":false}"#;
/// What getWebhookInfo says.
pub const NO_WEBHOOK: &str =
    r#"{"url":"","has_custom_certificate":false,"pending_update_count":0}"#;

/// What was counted since the last reset.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub struct Count {
    /// Messages taken.
    pub messages: u64,
    /// Seconds from the first to the last.
    pub seconds: f64,
}

#[derive(Default)]
struct Counter {
    messages: AtomicU64,
    first_us: AtomicU64,
    last_us: AtomicU64,
}

fn now_us() -> u64 {
    static BEGAN: OnceLock<Instant> = OnceLock::new();
    u64::try_from(BEGAN.get_or_init(Instant::now).elapsed().as_micros()).unwrap_or(u64::MAX) + 1
}

/// The server's process: prints its port and serves until it is killed.
pub fn run() -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        println!("{}", listener.local_addr()?);
        let app = Router::new()
            .fallback(answer)
            .with_state(Arc::<Counter>::default());
        Ok(axum::serve(listener, app).await?)
    })
}

async fn answer(State(counter): State<Arc<Counter>>, request: Request) -> Response {
    let path = request.uri().path().to_ascii_lowercase();
    // The body must be read before the connection takes the next request.
    let _ = axum::body::to_bytes(request.into_body(), 1 << 20).await;
    let result = match path.rsplit('/').next().unwrap_or("") {
        "sendmessage" => {
            let now = now_us();
            let number = counter.messages.fetch_add(1, Ordering::Relaxed) + 1;
            // Before the first message this is 0; the exchange keeps the earliest.
            let _ = counter
                .first_us
                .compare_exchange(0, now, Ordering::Relaxed, Ordering::Relaxed);
            counter.last_us.fetch_max(now, Ordering::Relaxed);
            format!(
                r#"{{"message_id":{number},"date":1,"chat":{{"id":1,"type":"private","first_name":"x"}},"text":"x"}}"#
            )
        }
        "count" => {
            let first = counter.first_us.load(Ordering::Relaxed);
            let span = counter
                .last_us
                .load(Ordering::Relaxed)
                .saturating_sub(first);
            let seconds = Duration::from_micros(span).as_secs_f64();
            let count = Count {
                messages: counter.messages.load(Ordering::Relaxed),
                seconds,
            };
            return json(serde_json::to_string(&count).unwrap_or_default());
        }
        "reset" => {
            for value in [&counter.messages, &counter.first_us, &counter.last_us] {
                value.store(0, Ordering::Relaxed);
            }
            "true".to_owned()
        }
        "getupdates" => {
            tokio::time::sleep(Duration::from_secs(20)).await;
            "[]".to_owned()
        }
        "getme" => ME.to_owned(),
        "getwebhookinfo" => NO_WEBHOOK.to_owned(),
        _ => "true".to_owned(),
    };
    json(format!(r#"{{"ok":true,"result":{result}}}"#))
}

fn json(text: String) -> Response {
    let mut response = Response::new(Body::from(text));
    response.headers_mut().insert(
        CONTENT_TYPE,
        axum::http::HeaderValue::from_static("application/json"),
    );
    response
}

/// The server as the other processes see it.
pub struct Counting {
    child: Child,
    /// `http://127.0.0.1:PORT`
    pub url: String,
    runtime: tokio::runtime::Runtime,
    client: reqwest::Client,
}

impl Counting {
    /// Starts the server's process.
    ///
    /// # Errors
    /// When it does not start.
    pub fn start() -> anyhow::Result<Self> {
        let mut child = Command::new(std::env::current_exe()?)
            .arg("serve")
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        let out = child
            .stdout
            .take()
            .ok_or_else(|| anyhow::anyhow!("no output"))?;
        BufReader::new(out).read_line(&mut line)?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        Ok(Self {
            child,
            url: format!("http://{}", line.trim()),
            runtime,
            client: reqwest::Client::new(),
        })
    }

    /// What was counted.
    ///
    /// # Errors
    /// When the server is away.
    pub fn count(&self) -> anyhow::Result<Count> {
        let text = self.runtime.block_on(async {
            self.client
                .get(format!("{}/count", self.url))
                .send()
                .await?
                .text()
                .await
        })?;
        Ok(serde_json::from_str(&text)?)
    }

    /// Counts from nothing again.
    ///
    /// # Errors
    /// When the server is away.
    pub fn reset(&self) -> anyhow::Result<()> {
        self.runtime
            .block_on(async { self.client.post(format!("{}/reset", self.url)).send().await })?;
        Ok(())
    }

    /// Waits until `messages` have come.
    ///
    /// # Errors
    /// When they have not within two minutes.
    pub fn wait_for(&self, messages: u64) -> anyhow::Result<Count> {
        let until = Instant::now() + Duration::from_mins(2);
        loop {
            let count = self.count()?;
            if count.messages >= messages {
                return Ok(count);
            }
            anyhow::ensure!(
                Instant::now() < until,
                "only {} of {messages} messages came",
                count.messages
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Counting {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
