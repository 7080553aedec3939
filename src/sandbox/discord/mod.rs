//! A Discord of one's own: REST v10 and gateway over plain state, with people who act on it.
//!
//! What is absent: voice, reactions, polls, rich layout components, message history of servers
//! before the bot came, permissions of single channels finer than "may not see it", compression of
//! the gateway's frames, more than one shard, autocompletion, lists of people and roles, windows
//! with anything but text inputs.

mod acts;
mod answer;
mod body;
mod commands;
mod components;
mod draft;
mod faults;
mod gateway;
mod hand;
mod interactions;
mod line;
mod mentions;
mod messages;
mod owner;
mod rates;
mod refusal;
mod rest;
mod route;
mod sessions;
mod shapes;
mod telling;
mod threads;
mod windows;
mod wire;
mod world;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

pub use self::acts::{Impossible, Media};
pub use self::faults::{GatewayTrouble, Trouble};
pub use self::rates::{Rates, Scope};
pub use self::world::BOT;

use self::faults::Faults;
use self::line::Lines;
use self::rates::{Counters, Pace};
use self::route::Facts;
use self::world::World;
use super::ledger::Ledger;
use crate::base::clock::{Clock, Millis};

/// A running Discord; clones are handles to the same one.
#[derive(Debug, Clone)]
pub struct Discord(Arc<Inner>);

/// What the servers and the handles share.
#[derive(Debug)]
struct Inner {
    token: String,
    ledger: Ledger,
    world: Mutex<World>,
    faults: Mutex<Faults>,
    rates: Mutex<(Option<Rates>, Counters)>,
    lines: Lines,
    clock: Clock,
    ahead_ms: AtomicI64,
    heartbeat_ms: AtomicU64,
    rest_at: SocketAddr,
    gateway_at: SocketAddr,
    serving: Mutex<Vec<JoinHandle<()>>>,
    stirred: watch::Sender<u64>,
}

impl Inner {
    fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn faults(&self) -> MutexGuard<'_, Faults> {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> Millis {
        Millis(self.clock.now().0 + self.ahead_ms.load(Ordering::SeqCst))
    }

    fn heartbeat(&self) -> Duration {
        Duration::from_millis(self.heartbeat_ms.load(Ordering::SeqCst))
    }

    fn gateway_url(&self) -> String {
        format!("ws://{}", self.gateway_at)
    }

    /// Counts a request; without rates, or for the answer to an interaction, nothing is counted.
    fn count(&self, facts: &Facts) -> Pace {
        let now = self.now();
        let mut rates = self.rates.lock().unwrap_or_else(PoisonError::into_inner);
        let (rates, counters) = &mut *rates;
        match (rates, facts.meter) {
            (Some(rates), Some(meter)) => counters.count(rates, meter, now),
            _ => Pace::Go(vec![]),
        }
    }

    /// Tells those who wait that something may have changed.
    fn stir(&self) {
        self.stirred
            .send_modify(|times| *times = times.wrapping_add(1));
    }
}

impl Discord {
    /// Starts an empty Discord that knows one bot, by `token`. REST listens at `listen` (port 0
    /// for a free one), the gateway at a free port of the same address. Everything the bot does
    /// goes into `ledger`. The platform's own [`Rates`] are in force.
    ///
    /// # Errors
    /// When a port cannot be had.
    pub async fn start(ledger: Ledger, listen: SocketAddr, token: &str) -> io::Result<Self> {
        let rest = TcpListener::bind(listen).await?;
        let gateway = TcpListener::bind(SocketAddr::new(listen.ip(), 0)).await?;
        let inner = Inner {
            token: token.to_owned(),
            ledger: ledger.clone(),
            world: Mutex::new(World::new(ledger)),
            faults: Mutex::default(),
            rates: Mutex::new((Some(Rates::default()), Counters::default())),
            lines: Lines::default(),
            clock: Clock::system(),
            ahead_ms: AtomicI64::new(0),
            heartbeat_ms: AtomicU64::new(41_250),
            rest_at: reachable(rest.local_addr()?),
            gateway_at: reachable(gateway.local_addr()?),
            serving: Mutex::default(),
            stirred: watch::channel(0).0,
        };
        let discord = Self(Arc::new(inner));
        discord.serve(rest, gateway);
        Ok(discord)
    }

    fn serve(&self, rest: TcpListener, gateway: TcpListener) {
        let tasks = [
            tokio::spawn(rest::serve(Arc::clone(&self.0), rest)),
            tokio::spawn(gateway::serve(Arc::clone(&self.0), gateway)),
        ];
        self.serving().extend(tasks);
    }

    fn serving(&self) -> MutexGuard<'_, Vec<JoinHandle<()>>> {
        self.0
            .serving
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// The address that stands for `https://discord.com`, without a path: requests go to
    /// `{url}/api/v10/…`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.0.rest_at)
    }

    /// The gateway's address, as `GET /gateway` tells it.
    #[must_use]
    pub fn gateway_url(&self) -> String {
        self.0.gateway_url()
    }

    /// Stops both servers and cuts every connection. The state stays, sessions can be resumed.
    pub async fn stop(&self) {
        let tasks = std::mem::take(&mut *self.serving());
        // Cut first: once the server is gone, its connections end politely.
        self.0.lines.cut_all();
        for task in tasks {
            task.abort();
            // Its end is what frees the port.
            let _ = task.await;
        }
        self.0.lines.cut_all();
        self.0.world().sessions.disconnect_all();
        self.0.stir();
    }

    /// Starts again at the same ports with the state as it was. Does nothing while it runs.
    ///
    /// # Errors
    /// When somebody else took a port meanwhile.
    pub async fn start_again(&self) -> io::Result<()> {
        if !self.serving().is_empty() {
            return Ok(());
        }
        let rest = TcpListener::bind(self.0.rest_at).await?;
        let gateway = TcpListener::bind(self.0.gateway_at).await?;
        self.serve(rest, gateway);
        Ok(())
    }

    /// Sets how fast the bot may ask; `None`: as fast as it likes, and no headers tell of rates.
    pub fn set_rates(&self, rates: Option<Rates>) {
        let mut held = self.0.rates.lock().unwrap_or_else(PoisonError::into_inner);
        *held = (rates, Counters::default());
    }

    /// Sets how often clients are told to send a heartbeat, from the next connection on.
    pub fn set_heartbeat(&self, every: Duration) {
        let ms = u64::try_from(every.as_millis()).unwrap_or(u64::MAX);
        self.0.heartbeat_ms.store(ms, Ordering::SeqCst);
    }

    /// Moves this Discord's time ahead: deadlines, tokens, nonces and rates see it at once.
    pub fn let_pass(&self, time: Duration) {
        let ms = i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
        self.0.ahead_ms.fetch_add(ms, Ordering::SeqCst);
    }

    /// Sets something to go wrong with the next `times` requests that start with `on`
    /// (`POST /channels`, or empty for all), or until [`Discord::heal`] when `times` is `None`.
    pub fn trouble(&self, trouble: Trouble, on: &str, times: Option<u32>) {
        self.0.faults().set(trouble, on, times);
    }

    /// Takes all troubles of REST away.
    pub fn heal(&self) {
        self.0.faults().heal();
    }

    /// Waits until `enough` holds, looking again after every request and gateway event; says
    /// whether it did within `patience`.
    pub async fn wait_until(
        &self,
        patience: Duration,
        mut enough: impl FnMut(&Self) -> bool,
    ) -> bool {
        let mut stirred = self.0.stirred.subscribe();
        let look = async {
            loop {
                stirred.borrow_and_update();
                if enough(self) {
                    return;
                }
                if stirred.changed().await.is_err() {
                    std::future::pending::<()>().await;
                }
            }
        };
        tokio::time::timeout(patience, look).await.is_ok()
    }
}

/// An address that clients can call: a server that listens everywhere is called at loopback.
fn reachable(mut bound: SocketAddr) -> SocketAddr {
    if bound.ip().is_unspecified() {
        bound.set_ip(Ipv4Addr::LOCALHOST.into());
    }
    bound
}
