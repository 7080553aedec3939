//! The worker's side of a tick: what it asks of the database, and what it does with the answer.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use tokio::time::{Instant, timeout};

use super::{DATABASE_PAUSE, LETTERS_AT_HAND, LOOK_EVERY, Running};
use crate::outbox::claim::{self, Ask, Given};

/// How long the database may take over one tick: longer than SQLite waits for its lock.
const DATABASE_PATIENCE: Duration = Duration::from_secs(30);
/// How long it may take over the last one.
const LAST_DATABASE_PATIENCE: Duration = Duration::from_secs(2);

/// A tick under way: what was asked comes back with the answer, to be asked again if it failed.
pub(super) type Tick = BoxFuture<'static, (Ask, Result<Given, sqlx::Error>)>;

impl Running {
    pub(super) fn start_tick(&mut self, now: Instant) -> Tick {
        let lasts = self.worker.lease.lasts;
        self.look_at = now + LOOK_EVERY;
        self.settle_by = None;
        let held = self.held_until.filter(|until| *until > now);
        let recover = self
            .recovered_at
            .is_none_or(|at| now.duration_since(at) > lasts / 3);
        let note = (self.standing != self.noted).then(|| self.standing.clone());
        let ask = Ask {
            channel: self.worker.channel.name(),
            lease: self.worker.lease.clone(),
            take_lease: held.is_none(),
            look_first: held.is_some_and(|until| until.duration_since(now) > lasts / 3)
                && !recover
                && note.is_none()
                && self.settled.is_empty()
                && self.queues.iter().all(VecDeque::is_empty)
                && self.effects.is_empty(),
            repeat: self.worker.channel.limits().repeat,
            settled: std::mem::take(&mut self.settled),
            effects: std::mem::take(&mut self.effects),
            free: self.free(now),
            idle: self.holding.is_empty(),
            caught_first: self.fresh_gone >= self.worker.window,
            caught_room: self.caught_room(),
            urgent_only: self.health.everybody_gone(now),
            letters_known: self.letters.keys().copied().collect(),
            now: self.worker.clock.now(),
            hours: self.worker.hours,
            turn: self.turn,
            recover,
            note,
            holds: self.unsure.then(|| self.holding.keys().copied().collect()),
            taken: self.taken.clone(),
            began: now,
        };
        self.turn += 1;
        let db = self.worker.db.clone();
        Box::pin(async move {
            let given = timeout(DATABASE_PATIENCE, claim::tick(&db, &ask)).await;
            (ask, given.unwrap_or(Err(sqlx::Error::PoolTimedOut)))
        })
    }

    /// How many more of those caught in a crash may be claimed: none while too few fresh ones
    /// have left and others are under way.
    fn caught_room(&self) -> usize {
        let caught = self.holding.values().filter(|caught| **caught).count();
        if self.fresh_gone < self.worker.window && caught < self.holding.len() {
            return 0;
        }
        self.worker.rates.connections.saturating_sub(caught)
    }

    pub(super) fn ticked(&mut self, ask: Ask, given: Result<Given, sqlx::Error>) {
        match given {
            Ok(given) => self.given(&ask, given),
            Err(why) => {
                tracing::error!(
                    channel = ask.channel,
                    "the database did not answer; results are kept: {why}"
                );
                self.unsure = true;
                self.settled.extend(ask.settled);
                self.effects.extend(ask.effects);
                let again = Instant::now() + DATABASE_PAUSE;
                self.look_at = again;
                self.settle_by = (!self.settled.is_empty()).then_some(again);
            }
        }
    }

    fn given(&mut self, ask: &Ask, given: Given) {
        if given.only_looked {
            return;
        }
        for settled in &ask.settled {
            self.holding.remove(&settled.id);
        }
        self.unsure = false;
        if let Some(note) = &ask.note {
            self.noted.clone_from(note);
        }
        if ask.recover {
            self.recovered_at = given.held.then_some(ask.began);
        }
        let was_held = self.held_until.is_some();
        self.held_until = given
            .held
            .then(|| ask.began + self.worker.lease.lasts * 2 / 3);
        if !given.held {
            if was_held {
                tracing::warn!(
                    channel = ask.channel,
                    "the lane's lease is with another process now"
                );
            }
            // Nobody may have taken over what is dropped here: when the lease is ours again, the
            // database is asked what it thinks that we hold.
            self.unsure = true;
            for row in self.queues.iter_mut().flat_map(std::mem::take) {
                self.holding.remove(&row.id);
            }
            self.look_at = ask.began + self.worker.lease.lasts / 10;
            return;
        }
        self.taken = given.taken;
        if let Some(ours) = given.still_ours {
            self.let_go(&ours);
        }
        if self.letters.len() > LETTERS_AT_HAND {
            self.forget_letters();
        }
        self.letters.extend(
            given
                .letters
                .into_iter()
                .map(|letter| (letter.id, Arc::new(letter))),
        );
        for row in given.claimed {
            self.holding.insert(row.id, row.crashes > 0);
            self.queues[row.lane.index()].push_back(row);
        }
        if self.stopping.is_some() {
            // What this tick still claimed is not begun any more.
            self.give_back();
        }
        if let Some(until) = self.stand_until.filter(|until| *until > ask.began) {
            self.look_at = until;
        } else if given.more && self.free(ask.began) > 0 {
            self.look_at = ask.began;
        }
    }

    /// Lets go of what was taken away: somebody was forgotten. What of it is on its way goes no
    /// further, and its landing changes nothing.
    fn let_go(&mut self, ours: &[i64]) {
        let ours: HashSet<i64> = ours.iter().copied().collect();
        for queue in &mut self.queues {
            queue.retain(|row| ours.contains(&row.id));
        }
        self.holding.retain(|id, _| ours.contains(id));
        // The words of letters to them alone are read again if they are anybody else's.
        self.forget_letters();
    }

    /// Forgets letters that nothing in the queues needs; one that comes up again is read again.
    fn forget_letters(&mut self) {
        let queued: HashSet<i64> = self.queues.iter().flatten().map(|row| row.letter).collect();
        self.letters.retain(|id, _| queued.contains(id));
        self.renderings.retain(|id, _| queued.contains(id));
    }

    /// The last words: the lease goes back at once.
    pub(super) async fn leave(&mut self) {
        let released = self.worker.lease.give_back(&self.worker.db);
        let released = timeout(LAST_DATABASE_PATIENCE, released).await;
        if let Err(why) = released.unwrap_or(Err(sqlx::Error::PoolTimedOut)) {
            tracing::warn!(
                channel = self.worker.channel.name(),
                "the lease could not be given back: {why}"
            );
        }
    }
}
