//! The worker of one channel: holds its lease, keeps its window full, sends within the rates.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::future::pending;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use futures_util::stream::{FuturesUnordered, StreamExt as _};
use tokio::sync::{Notify, watch};
use tokio::time::{Instant, sleep_until};

use super::album::Album;
use super::fate;
use super::hold::Hours;
use super::lease::Lease;
use super::pace::Pace;
use super::row::{Claimed, Effect, Resting, Settled};
use super::state;
use crate::base::clock::Clock;
use crate::base::id;
use crate::channel::{Channel, Rates, Receipt, Rendering, SendError};
use crate::message::Lang;
use crate::store::Db;

mod health;
mod sending;
mod ticking;

use health::Health;
use ticking::Tick;

/// What a worker needs.
#[derive(Clone)]
pub struct Worker {
    /// The database.
    pub db: Db,
    /// The network.
    pub channel: Arc<dyn Channel>,
    /// The time for expiry and retries.
    pub clock: Clock,
    /// The city's day, for those who are to wait.
    pub hours: Hours,
    /// The name of each language in itself, for the buttons that show a letter in another one.
    pub languages: Arc<BTreeMap<Lang, String>>,
    /// What the channel allows.
    pub rates: Rates,
    /// The most deliveries that may be unacknowledged.
    pub window: usize,
    /// The lane's lease.
    pub lease: Lease,
    /// Rung when something was posted in this process.
    pub wake: Arc<Notify>,
    /// The pictures of letters; none where there is no folder of pictures.
    pub album: Option<Arc<Album>>,
    /// Turns true when the process is to end.
    pub stop: watch::Receiver<bool>,
}

/// How often the database is asked whether another process posted something.
const LOOK_EVERY: Duration = Duration::from_millis(250);
/// How long results may wait for company before they are acknowledged.
const SETTLE_WITHIN: Duration = Duration::from_millis(20);
/// How long a worker waits after the database failed.
const DATABASE_PAUSE: Duration = Duration::from_millis(500);
/// How long a process that is to end waits for what is under way.
const LAST_WORDS: Duration = Duration::from_secs(15);
/// Letters kept at hand.
const LETTERS_AT_HAND: usize = 64;

/// A part on its way.
struct Flight {
    row: Claimed,
    letter: Arc<Resting>,
    rendering: Arc<Rendering>,
}

type Landed = (Flight, Result<Receipt, SendError>);

/// A worker at work.
struct Running {
    worker: Worker,
    pace: Pace,
    queues: [VecDeque<Claimed>; 4],
    turn: i64,
    /// Deliveries claimed and not yet acknowledged, and whether a crash caught them before.
    holding: HashMap<i64, bool>,
    letters: HashMap<i64, Arc<Resting>>,
    /// By letter, and by what its readers prefer.
    renderings: HashMap<i64, HashMap<String, Arc<Rendering>>>,
    settled: Vec<Settled>,
    effects: Vec<Effect>,
    sending: FuturesUnordered<BoxFuture<'static, Landed>>,
    /// Until when the lease is ours for certain, by a clock that nobody sets.
    held_until: Option<Instant>,
    recovered_at: Option<Instant>,
    /// The last word of deliveries that were taken away.
    taken: Option<String>,
    /// A tick failed: the database may think that we hold what we do not.
    unsure: bool,
    /// Sent since the start: those caught in a crash wait until a window of fresh ones has gone.
    fresh_gone: usize,
    look_at: Instant,
    settle_by: Option<Instant>,
    stand_until: Option<Instant>,
    /// Why the lane stands, and what of it the database knows.
    standing: Option<String>,
    noted: Option<String>,
    health: Health,
    stopping: Option<Instant>,
}

impl Worker {
    /// Works until told to stop, then lets what is under way finish and gives back the rest.
    pub async fn run(mut self) {
        // Every run owns its claims alone: those of one that fell over are not its own.
        self.lease.owner = id::random();
        let now = Instant::now();
        let mut running = Running {
            pace: Pace::new(&self.rates, now),
            queues: Default::default(),
            turn: 0,
            holding: HashMap::new(),
            letters: HashMap::new(),
            renderings: HashMap::new(),
            settled: vec![],
            effects: vec![],
            sending: FuturesUnordered::new(),
            held_until: None,
            recovered_at: None,
            taken: None,
            unsure: false,
            fresh_gone: 0,
            look_at: now,
            settle_by: None,
            stand_until: None,
            standing: None,
            noted: None,
            health: Health::default(),
            stopping: None,
            worker: self,
        };
        running.work().await;
    }
}

impl Running {
    async fn work(&mut self) {
        let mut ticking: Option<Tick> = None;
        loop {
            let now = Instant::now();
            let token_at = self.dispatch(now);
            if ticking.is_none() {
                if self.done(now) {
                    break;
                }
                if self.wants_tick(now) {
                    ticking = Some(self.start_tick(now));
                }
            }
            let wake_at = self.wake_at(now, token_at, ticking.is_some());
            let wake = Arc::clone(&self.worker.wake);
            let mut stop = self.worker.stop.clone();
            tokio::select! {
                biased;
                Some((flight, result)) = self.sending.next(), if !self.sending.is_empty() => self.landed(flight, result),
                (ask, given) = async { match ticking.as_mut() { Some(tick) => tick.await, None => pending().await } } => {
                    ticking = None;
                    self.ticked(ask, given);
                }
                () = wake.notified(), if self.stopping.is_none() => self.look_at = Instant::now(),
                _ = stop.wait_for(|stop| *stop), if self.stopping.is_none() => self.stop(Instant::now()),
                () = sleep_until(wake_at) => {}
            }
        }
        self.leave().await;
    }

    fn settle(&mut self, settled: Settled) {
        self.settled.push(settled);
        let by = Instant::now() + SETTLE_WITHIN;
        self.settle_by.get_or_insert(by);
    }

    /// The set-up is wrong: everything goes back and the lane tries one message now and then.
    fn stand(&mut self, why: String, now: Instant) {
        if self.standing.is_none() {
            tracing::error!(
                channel = self.worker.channel.name(),
                "the lane stands until this is mended: {why}"
            );
        }
        self.standing = Some(why);
        self.stand_until = Some(now + fate::STAND_FOR);
        self.give_back();
    }

    /// Everything that waits in memory goes back to the database; that is no attempt.
    fn give_back(&mut self) {
        let wall = self.worker.clock.now();
        for row in self
            .queues
            .iter_mut()
            .flat_map(std::mem::take)
            .collect::<Vec<_>>()
        {
            let mut settled = fate::settle(&row, state::RETRY, wall);
            settled.attempts -= 1;
            self.settle(settled);
        }
    }

    fn stop(&mut self, now: Instant) {
        self.stopping = Some(now + LAST_WORDS);
        self.give_back();
    }

    fn done(&self, now: Instant) -> bool {
        self.stopping.is_some_and(|until| {
            now >= until
                || (self.sending.is_empty() && self.settled.is_empty() && self.effects.is_empty())
        })
    }

    fn free(&self, now: Instant) -> usize {
        let window = match self.stand_until {
            _ if self.stopping.is_some() => 0,
            Some(until) if until > now => 0,
            Some(_) => 1,
            None => self.worker.window,
        };
        window.saturating_sub(self.holding.len())
    }

    fn wants_tick(&self, now: Instant) -> bool {
        self.settled.len() >= (self.worker.window / 4).max(1)
            || self.settle_by.is_some_and(|by| by <= now)
            || (self.look_at <= now && self.stopping.is_none())
    }

    fn wake_at(&self, now: Instant, token_at: Option<Instant>, ticking: bool) -> Instant {
        let tick_at = if ticking {
            None
        } else {
            let look = if self.stopping.is_some() {
                now + LOOK_EVERY
            } else {
                self.look_at
            };
            Some(self.settle_by.map_or(look, |by| by.min(look)))
        };
        [token_at, tick_at]
            .into_iter()
            .flatten()
            .min()
            .unwrap_or(now + LOOK_EVERY)
    }
}

/// What names a part of a delivery on every attempt: letters and digits, at most 17.
#[must_use]
pub fn nonce(delivery: i64, part: usize) -> String {
    format!("{}p{part}", id::base36(delivery))
}
