//! The platform of an approval: it shows the approver's buttons, presses one, and takes the time
//! until somebody in the city gets a message that follows from it.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::Response;
use serde_json::{Value, json};

/// The approver's chat, and the author's; those of citizens are larger.
pub const APPROVER: i64 = 900;
/// As [`APPROVER`].
pub const AUTHOR: i64 = 901;
/// The most bytes of a request: a picture is among them.
const MOST: usize = 4 << 20;
/// How long anything may take before it counts as never.
const PATIENCE: Duration = Duration::from_mins(2);

/// What is known of the letter that calls the approver, and of what follows.
#[derive(Default)]
struct World {
    messages: i64,
    updates: i32,
    /// The approver's buttons: the number of the message and the token of each.
    buttons: Vec<(i64, String)>,
    /// What a citizen's message must hold to stop the clock.
    expected: String,
    /// What the next getUpdates answers.
    waiting: Option<Value>,
    pressed: Option<Instant>,
    first: Option<Instant>,
}

/// The platform, served by a thread of its own.
pub struct Platform {
    /// `http://127.0.0.1:PORT`
    pub url: String,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    world: Mutex<World>,
    changed: Condvar,
    /// Tells getUpdates that there is something.
    pressed: tokio::sync::Notify,
}

impl Shared {
    fn open(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until `found` finds something.
    fn wait<T>(&self, what: &str, found: impl Fn(&mut World) -> Option<T>) -> anyhow::Result<T> {
        let mut world = self.open();
        let until = Instant::now() + PATIENCE;
        loop {
            if let Some(found) = found(&mut world) {
                return Ok(found);
            }
            let left = until.saturating_duration_since(Instant::now());
            anyhow::ensure!(!left.is_zero(), "{what} did not come");
            let waited = self.changed.wait_timeout(world, left);
            world = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

impl Platform {
    /// Starts to serve.
    ///
    /// # Errors
    /// When there is no port.
    pub fn start() -> anyhow::Result<Self> {
        let shared = Arc::<Shared>::default();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))?;
        let url = format!("http://{}", listener.local_addr()?);
        let app = Router::new()
            .fallback(answer)
            .with_state(Arc::clone(&shared));
        std::thread::spawn(move || runtime.block_on(async { axum::serve(listener, app).await }));
        Ok(Self { url, shared })
    }

    /// Forgets all that was sent so far.
    pub fn forget(&self) {
        let mut world = self.shared.open();
        let (messages, updates) = (world.messages, world.updates);
        *world = World {
            messages,
            updates,
            ..World::default()
        };
    }

    /// Waits until the approver has a button whose token begins like this.
    ///
    /// # Errors
    /// When it does not come.
    pub fn wait_for_button(&self, act: &str) -> anyhow::Result<()> {
        self.shared.wait(act, |world| world.button(act).map(|_| ()))
    }

    /// Presses that button; how long it takes from when the bot is told of that until the first
    /// message that holds `expected` has come for a citizen.
    ///
    /// # Errors
    /// When there is no such button, or no message comes.
    pub fn press(&self, act: &str, expected: &str) -> anyhow::Result<Duration> {
        {
            let mut world = self.shared.open();
            let Some((message, token)) = world.button(act) else {
                anyhow::bail!("there is no button {act}");
            };
            expected.clone_into(&mut world.expected);
            (world.pressed, world.first) = (None, None);
            world.updates += 1;
            let chat = json!({"id": APPROVER, "type": "private", "first_name": "A"});
            world.waiting = Some(json!([{"update_id": world.updates, "callback_query": {
                "id": world.updates.to_string(),
                "from": {"id": APPROVER, "is_bot": false, "first_name": "A", "language_code": "en"},
                "message": {"message_id": message, "chat": chat, "date": 1, "text": "x",
                    "from": {"id": 1, "is_bot": true, "first_name": "g", "username": "glas_bot"}},
                "chat_instance": "1", "data": token}}]));
        }
        self.shared.pressed.notify_one();
        self.shared.wait("a message to a citizen", |world| {
            Some(world.first?.duration_since(world.pressed?))
        })
    }
}

impl World {
    fn button(&self, act: &str) -> Option<(i64, String)> {
        let mut buttons = self.buttons.iter().rev();
        buttons.find(|(_, token)| token.starts_with(act)).cloned()
    }
}

async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let path = request.uri().path().to_ascii_lowercase();
    let body = axum::body::to_bytes(request.into_body(), MOST).await;
    let body = body.unwrap_or_default();
    let result = match path.rsplit('/').next().unwrap_or("") {
        "sendmessage" => take(&shared, &body, json!({"text": "x"})),
        "sendphoto" => {
            let photo = json!([{"file_id": "f", "file_unique_id": "u", "width": 9, "height": 9}]);
            take(&shared, &body, json!({ "photo": photo }))
        }
        "getupdates" => updates(&shared).await,
        "getme" => return serve(super::super::server::ME),
        "getwebhookinfo" => return serve(super::super::server::NO_WEBHOOK),
        _ => json!(true),
    };
    serve(&result.to_string())
}

/// Takes a message: the first to a citizen stops the clock.
fn take(shared: &Shared, body: &Bytes, mut message: Value) -> Value {
    let now = Instant::now();
    let chat = chat(body);
    let body = String::from_utf8_lossy(body);
    let mut world = shared.open();
    world.messages += 1;
    let number = world.messages;
    if chat == Some(APPROVER) {
        let texts = body.split(['"', '\\']);
        let tokens = texts.filter(|text| text.starts_with("draft."));
        (world.buttons).extend(tokens.map(|token| (number, token.to_owned())));
    } else if world.pressed.is_some() && chat != Some(AUTHOR) && body.contains(&world.expected) {
        world.first.get_or_insert(now);
    }
    message["message_id"] = world.messages.into();
    message["date"] = 1.into();
    message["chat"] = json!({"id": chat, "type": "private", "first_name": "x"});
    shared.changed.notify_all();
    message
}

/// The chat that a message is for: in JSON, or in a form that brings a picture along.
fn chat(body: &[u8]) -> Option<i64> {
    if let Ok(message) = serde_json::from_slice::<Value>(body) {
        let chat = &message["chat_id"];
        return chat.as_i64().or_else(|| chat.as_str()?.parse().ok());
    }
    let head = String::from_utf8_lossy(body);
    let (_, after) = head.split_once("name=\"chat_id\"")?;
    let value = after.split_once("\r\n\r\n")?.1;
    value.split("\r\n").next()?.trim().parse().ok()
}

/// Long polling; the clock starts when the press is handed over.
async fn updates(shared: &Shared) -> Value {
    let pressed = shared.pressed.notified();
    // Nothing happens for long: then the bot asks again.
    let _ = tokio::time::timeout(Duration::from_secs(20), pressed).await;
    let mut world = shared.open();
    let Some(update) = world.waiting.take() else {
        return json!([]);
    };
    world.pressed = Some(Instant::now());
    update
}

fn serve(result: &str) -> Response {
    let mut response = Response::new(Body::from(format!(r#"{{"ok":true,"result":{result}}}"#)));
    response.headers_mut().insert(
        CONTENT_TYPE,
        axum::http::HeaderValue::from_static("application/json"),
    );
    response
}
