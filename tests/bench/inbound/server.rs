//! The process that plays the Bot API for talk: it offers what people do and takes the answers.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::Response;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::world::{Plan, Report, World};

type Shared = Arc<Mutex<World>>;

/// How long after the last answer a second one may still come.
const AFTERWARDS: f64 = 1.0;
/// After how long without an answer the rest counts as lost.
const LOST_AFTER: f64 = 20.0;

/// The server's process: prints its port and serves until it is killed.
///
/// # Errors
/// When there is no port.
pub fn run() -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        println!("{}", listener.local_addr()?);
        let world: Shared = Arc::new(Mutex::new(World::new(Plan::default())));
        let app = Router::new().fallback(serve).with_state(world);
        Ok(axum::serve(listener, app).await?)
    })
}

fn open(world: &Shared) -> MutexGuard<'_, World> {
    world.lock().unwrap_or_else(PoisonError::into_inner)
}

#[derive(Deserialize)]
struct GetUpdates {
    offset: Option<i32>,
    limit: Option<usize>,
    timeout: Option<u64>,
}

#[derive(Deserialize)]
struct Answer<'a> {
    chat_id: i64,
    message_id: Option<i64>,
    #[serde(borrow)]
    text: &'a RawValue,
    #[serde(borrow)]
    reply_markup: Option<&'a RawValue>,
}

async fn serve(State(world): State<Shared>, request: Request) -> Response {
    let path = request.uri().path().to_ascii_lowercase();
    let body = axum::body::to_bytes(request.into_body(), 1 << 20).await;
    let body = body.unwrap_or_default();
    let method = path.rsplit('/').next().unwrap_or("");
    let result = match method {
        "getupdates" => updates(&world, &body).await,
        "sendmessage" | "editmessagetext" => match serde_json::from_slice::<Answer<'_>>(&body) {
            Ok(answer) => {
                let markup = answer.reply_markup.map(RawValue::get);
                let made = open(&world).answer(answer.chat_id, answer.text.get(), markup);
                let (chat, number) = (answer.chat_id, answer.message_id.unwrap_or(made));
                format!(
                    r#"{{"message_id":{number},"date":1,"chat":{{"id":{chat},"type":"private","first_name":"x"}},"text":"x"}}"#
                )
            }
            Err(why) => return refused(&why.to_string()),
        },
        "answercallbackquery" => {
            open(&world).stilled();
            "true".to_owned()
        }
        "getme" => super::super::server::ME.to_owned(),
        "getwebhookinfo" => super::super::server::NO_WEBHOOK.to_owned(),
        "play" => match serde_json::from_slice(&body) {
            Ok(plan) => {
                *open(&world) = World::new(plan);
                "true".to_owned()
            }
            Err(why) => return refused(&why.to_string()),
        },
        "report" => {
            let report = open(&world).report();
            return json(serde_json::to_string(&report).unwrap_or_default());
        }
        _ => "true".to_owned(),
    };
    json(format!(r#"{{"ok":true,"result":{result}}}"#))
}

/// Long polling: answers as soon as there is something, or when the time is over.
async fn updates(world: &Shared, body: &[u8]) -> String {
    let asked: GetUpdates = serde_json::from_slice(body).unwrap_or(GetUpdates {
        offset: None,
        limit: None,
        timeout: None,
    });
    let limit = asked.limit.unwrap_or(100).clamp(1, 100);
    let until = Instant::now() + Duration::from_secs(asked.timeout.unwrap_or(0));
    loop {
        let found = open(world).updates(asked.offset, limit);
        if !found.is_empty() {
            return found;
        }
        if Instant::now() >= until {
            return "[]".to_owned();
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

fn refused(why: &str) -> Response {
    let why = serde_json::Value::from(format!("Bad Request: {why}"));
    json(format!(
        r#"{{"ok":false,"error_code":400,"description":{why}}}"#
    ))
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
pub struct Talking {
    child: Child,
    /// `http://127.0.0.1:PORT`
    pub url: String,
    runtime: tokio::runtime::Runtime,
    client: reqwest::Client,
}

impl Talking {
    /// Starts the server's process.
    ///
    /// # Errors
    /// When it does not start.
    pub fn start() -> anyhow::Result<Self> {
        let mut child = Command::new(std::env::current_exe()?)
            .arg("serve-talk")
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        let out = child
            .stdout
            .take()
            .ok_or_else(|| anyhow::anyhow!("no output"))?;
        BufReader::new(out).read_line(&mut line)?;
        Ok(Self {
            child,
            url: format!("http://{}", line.trim()),
            runtime: tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?,
            client: reqwest::Client::new(),
        })
    }

    /// Everything begins anew by this plan.
    ///
    /// # Errors
    /// When the server is away.
    pub fn play(&self, plan: Plan) -> anyhow::Result<()> {
        let request = self.client.post(format!("{}/play", self.url)).json(&plan);
        self.runtime.block_on(request.send())?.error_for_status()?;
        Ok(())
    }

    fn report(&self) -> anyhow::Result<Report> {
        let request = self.client.get(format!("{}/report", self.url));
        let text = self
            .runtime
            .block_on(async { request.send().await?.text().await })?;
        Ok(serde_json::from_str(&text)?)
    }

    /// Waits until every act was offered and answered, and a little longer for second answers.
    ///
    /// # Errors
    /// When answers stay out.
    pub fn wait(&self) -> anyhow::Result<Report> {
        loop {
            std::thread::sleep(Duration::from_millis(500));
            let report = self.report()?;
            let whole = report.all_offered && report.answered >= report.offered;
            if whole && report.quiet >= AFTERWARDS {
                return Ok(report);
            }
            anyhow::ensure!(
                report.quiet < LOST_AFTER,
                "{} of {} acts were answered, and then no more",
                report.answered,
                report.offered
            );
        }
    }
}

impl Drop for Talking {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
