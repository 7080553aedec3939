//! A Bot API of our own: plain state with a thin server, strict where the platform is.
//!
//! It serves the methods of `methods.json`, each under any case of its name, by GET and POST, and
//! refuses what the platform would refuse, in its words. Where it is stricter: unknown parameters,
//! entities out of bounds, a button with two actions, a page at `localhost`. What it does not
//! serve: the delivery by webhooks, `parse_mode`, inline messages, business accounts, public channels.

mod body;
mod calls;
mod check;
mod files;
mod media;
mod owner;
mod pace;
mod refusal;
mod schema;
mod server;
mod shape;
mod state;
mod trouble;
mod updates;
mod wire;
mod world;

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::Value;
use tokio::task::JoinHandle;

pub use self::media::Media;
pub use self::pace::{Pace, Rates};
pub use self::state::Person;
use self::state::{Bot, State};
pub use self::trouble::{Often, Trouble};
use self::wire::{Line, Open, Wires};
pub use self::world::Impossible;
use super::ledger::Ledger;
use crate::base::point::Point;

/// How often a port that is still busy is asked for again, and the pause between.
const TRIES: u32 = 50;
const PAUSE: Duration = Duration::from_millis(100);

/// A running simulator; clones share it. All that people do is done through it.
#[derive(Debug, Clone)]
pub struct Telegram(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    token: String,
    ledger: Ledger,
    address: SocketAddr,
    state: Mutex<State>,
    open: Open,
    serving: tokio::sync::Mutex<Option<JoinHandle<()>>>,
}

impl Inner {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Telegram {
    /// Starts a simulator for the one bot that `token` belongs to (the digits before its colon
    /// are the bot's id), on `listen`, whose port may be 0. It runs until it is stopped or the
    /// runtime ends, with the platform's rates.
    ///
    /// # Errors
    /// When the address cannot be listened on.
    pub async fn start(ledger: Ledger, listen: SocketAddr, token: &str) -> io::Result<Self> {
        let open = Open::default();
        let wires = Wires::bind(listen, open.clone()).await?;
        let id = token.split(':').next().and_then(|id| id.parse().ok());
        let bot = Bot {
            id: id.unwrap_or(1),
            username: "glas_sandbox_bot".to_owned(),
            name: "Glas".to_owned(),
        };
        let inner = Inner {
            token: token.to_owned(),
            address: wires.address()?,
            state: Mutex::new(State::new(bot, ledger.clone())),
            ledger,
            open,
            serving: tokio::sync::Mutex::new(None),
        };
        let telegram = Self(Arc::new(inner));
        telegram.serve(wires).await;
        Ok(telegram)
    }

    /// Where it listens, as a base URL without a slash at its end; it stays the same for life.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.0.address)
    }

    /// Stops listening and resets every connection; the state stays.
    pub async fn stop(&self) {
        if let Some(serving) = self.0.serving.lock().await.take() {
            serving.abort();
            // It ends as cancelled, and with it the listener.
            let _ = serving.await;
        }
        self.0.open.cut_all();
    }

    /// Listens again on the same port, with the same state.
    ///
    /// # Errors
    /// When somebody else has taken the port for good.
    pub async fn start_again(&self) -> io::Result<()> {
        self.stop().await;
        let mut tries = 0;
        let wires = loop {
            match Wires::bind(self.0.address, self.0.open.clone()).await {
                Err(busy) if busy.kind() == io::ErrorKind::AddrInUse && tries < TRIES => {
                    tries += 1;
                    tokio::time::sleep(PAUSE).await;
                }
                bound => break bound?,
            }
        };
        self.serve(wires).await;
        Ok(())
    }

    async fn serve(&self, wires: Wires) {
        let router = server::router(self.0.clone()).into_make_service_with_connect_info::<Line>();
        let serving = tokio::spawn(async move {
            // axum::serve returns only on a shutdown signal, and it is given none.
            let _ = axum::serve(wires, router).await;
        });
        *self.0.serving.lock().await = Some(serving);
    }

    /// A person who never wrote to the bot: until they do, it cannot write to them.
    pub fn add_person(&self, person: Person) {
        self.0.state().add_person(person, false);
    }

    /// A person who wrote to the bot long ago; it is told nothing now.
    pub fn add_acquaintance(&self, person: Person) {
        self.0.state().add_person(person, true);
    }

    /// A group that the bot is added to (`my_chat_member`). Its id is negative; one that starts
    /// with −100 and has 13 digits is a supergroup's.
    pub fn add_group(&self, id: i64, title: &str) {
        self.0.state().add_group(id, title);
    }

    /// A forum topic in a supergroup; the answer is its `message_thread_id`.
    ///
    /// # Errors
    /// When there is no such supergroup.
    pub fn add_topic(&self, group: i64, name: &str) -> Result<i64, Impossible> {
        self.0.state().add_topic(group, name)
    }

    /// A person writes; the answer is the message's id. In a group the bot hears only commands
    /// and its own name.
    ///
    /// # Errors
    /// When the person or chat is not there, or closed to the bot.
    pub fn say(&self, chat: i64, from: i64, text: &str) -> Result<i64, Impossible> {
        self.0.state().say(chat, from, text)
    }

    /// The person of a private chat presses the button with `data`; the answer is the query's id.
    ///
    /// # Errors
    /// When the message has no such button.
    pub fn press(&self, chat: i64, message_id: i64, data: &str) -> Result<String, Impossible> {
        self.0.state().press(chat, chat, message_id, data)
    }

    /// Like [`Telegram::press`], by anybody in a group.
    ///
    /// # Errors
    /// When the message has no such button, or nobody is called `from`.
    pub fn press_as(
        &self,
        chat: i64,
        from: i64,
        message_id: i64,
        data: &str,
    ) -> Result<String, Impossible> {
        self.0.state().press(chat, from, message_id, data)
    }

    /// A person shares a place; the answer is the message's id.
    ///
    /// # Errors
    /// As [`Telegram::say`].
    pub fn share_location(&self, chat: i64, from: i64, point: Point) -> Result<i64, Impossible> {
        self.0.state().share_location(chat, from, point)
    }

    /// A person sends something that is no text; the answer is the message's id. In a group the
    /// bot does not hear of it.
    ///
    /// # Errors
    /// As [`Telegram::say`].
    pub fn send_media(&self, chat: i64, from: i64, media: Media) -> Result<i64, Impossible> {
        self.0.state().send_media(chat, from, media)
    }

    /// What stands on the keys that the bot put in the place of the device's own keyboard.
    #[must_use]
    pub fn keys_of(&self, chat: i64) -> Vec<String> {
        self.0.state().keys_of(chat)
    }

    /// A person blocks the bot, or a group removes it (`my_chat_member`).
    ///
    /// # Errors
    /// When the chat is not there or not open.
    pub fn block(&self, id: i64) -> Result<(), Impossible> {
        self.0.state().set_blocked(id, true)
    }

    /// The other way round.
    ///
    /// # Errors
    /// When the chat is not there or not blocked.
    pub fn unblock(&self, id: i64) -> Result<(), Impossible> {
        self.0.state().set_blocked(id, false)
    }

    /// A person deletes their account; the bot is told nothing.
    ///
    /// # Errors
    /// When there is no such person.
    pub fn delete_account(&self, id: i64) -> Result<(), Impossible> {
        self.0.state().delete_account(id)
    }

    /// A group becomes a supergroup; the answer is its new id.
    ///
    /// # Errors
    /// When there is no such group, or it is a supergroup already.
    pub fn migrate(&self, group: i64) -> Result<i64, Impossible> {
        self.0.state().migrate(group)
    }

    /// The messages of a chat as the Bot API shows them, oldest first.
    #[must_use]
    pub fn messages_of(&self, chat: i64) -> Vec<Value> {
        self.0.state().messages_of(chat)
    }

    /// How many updates the bot has not confirmed yet.
    #[must_use]
    pub fn unconfirmed(&self) -> usize {
        self.0.state().updates.len()
    }

    /// How often getUpdates was called.
    #[must_use]
    pub fn polls(&self) -> u64 {
        self.0.state().updates.turn()
    }

    /// The bot's handle, without `@`.
    #[must_use]
    pub fn bot_username(&self) -> String {
        self.0.state().bot.username.clone()
    }

    /// Sets the limits on the bot's pace.
    pub fn set_rates(&self, rates: Rates) {
        self.0.state().rates = rates;
    }

    /// Plans trouble for the next requests to the methods named, to any when none is named.
    /// Plans are used up in the order they were made.
    pub fn fail(&self, trouble: Trouble, methods: &[&str], often: Often) {
        self.0.state().troubles.plan(trouble, methods, often);
    }

    /// Forgets all trouble that is still planned.
    pub fn clear_troubles(&self) {
        self.0.state().troubles.clear();
    }
}
