//! Sending: which delivery is next, how it leaves, and what its landing means.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::{Flight, Running, nonce};
use crate::channel::{Parcel, Receipt, Rendering, SendError};
use crate::message::catalogue::Catalogue;
use crate::outbox::fate::{self, Also};
use crate::outbox::row::{Claimed, Effect, Resting};
use crate::outbox::{Lane, state, translate};

impl Running {
    /// Starts sends while there are tokens and connections; when it must wait for a token, until when.
    pub(super) fn dispatch(&mut self, now: Instant) -> Option<Instant> {
        let holds_lease = self.held_until.is_some_and(|until| until > now);
        while holds_lease && self.sending.len() < self.worker.rates.connections {
            if self.queues.iter().all(VecDeque::is_empty) {
                return None;
            }
            let ready = self.pace.bot_ready(now);
            if ready > now {
                return Some(ready);
            }
            let row = self.next_row()?;
            let chat_ready = self.pace.chat_ready(row.address, now);
            if chat_ready > now {
                let group = self.worker.channel.is_group(&row.handle);
                let at = self.pace.book(row.address, group, now);
                self.postpone(&row, at - now);
            } else {
                self.send(row, now);
            }
        }
        None
    }

    /// Lanes 0 and 1 first; 2 and 3 share three to one.
    fn next_row(&mut self) -> Option<Claimed> {
        self.turn += 1;
        let order = if self.turn % 4 == 0 {
            [0, 1, 3, 2]
        } else {
            [0, 1, 2, 3]
        };
        order
            .into_iter()
            .find_map(|lane| self.queues[lane].pop_front())
    }

    /// Sends the next part of a delivery, unless there is a reason not to.
    fn send(&mut self, row: Claimed, now: Instant) {
        let wall = self.worker.clock.now();
        let Some(letter) = self.letters.get(&row.letter).cloned() else {
            self.settle(fate::settle(&row, state::READY, wall));
            return;
        };
        if !row.wanted && row.lane != Lane::Reply {
            let mut settled = fate::settle(&row, state::GONE, wall);
            settled.reason = Some("the address was switched off or paused meanwhile".to_owned());
            self.settle(settled);
            return;
        }
        if letter.expires <= wall {
            self.settle(fate::settle(&row, state::EXPIRED, wall));
            return;
        }
        let Some(rendering) = self.rendering(&row, &letter) else {
            let mut settled = fate::settle(&row, state::DEAD, wall);
            settled.reason = Some("the letter has no words in any language".to_owned());
            self.settle(settled);
            return;
        };
        if row.next_part >= rendering.parts.len() {
            // A worker that lost its claim had sent it all, and its receipts came late.
            self.settle(fate::settle(&row, state::SENT, wall));
            return;
        }
        self.pace
            .take(row.address, self.worker.channel.is_group(&row.handle), now);
        let channel = Arc::clone(&self.worker.channel);
        // A message that is marked keeps the picture that it has.
        let album = self.worker.album.clone().filter(|_| letter.mark.is_none());
        let flight = Flight {
            row,
            letter,
            rendering,
        };
        self.sending.push(Box::pin(async move {
            let Flight {
                row,
                letter,
                rendering,
            } = &flight;
            let this = nonce(row.id, row.next_part);
            let thread = row.thread.as_ref().map(|(id, _)| nonce(*id, 0));
            let part = rendering.parts.get(row.next_part);
            let taken = match (&album, part.and_then(|part| part.picture.as_ref())) {
                (Some(album), Some(picture)) => album.take(&picture.id).await,
                _ => None,
            };
            let parcel = Parcel {
                rendering,
                part: row.next_part,
                to: &row.handle,
                via: row.via.as_deref(),
                reply_to: row
                    .thread
                    .as_ref()
                    .and_then(|(_, receipt)| receipt.as_deref()),
                nonce: &this,
                thread: thread.as_deref(),
                dated: letter.created,
                bulk: letter.bulk,
                address: (row.address, row.generation),
                replacing: row.replaces.as_deref().filter(|_| row.next_part == 0),
                picture: taken.as_ref().map(|taken| &taken.carried),
            };
            let result = match letter.mark {
                Some(_) => channel.mark(&parcel).await,
                None => channel.send(&parcel).await,
            };
            if let (Some(album), Some(taken), Ok(receipt)) = (album, taken, &result) {
                album.told(taken, receipt.picture.clone(), wall).await;
            }
            (flight, result)
        }));
    }

    fn rendering(&mut self, row: &Claimed, letter: &Resting) -> Option<Arc<Rendering>> {
        let known = self.renderings.entry(row.letter).or_default();
        if let Some(made) = known.get(&row.languages) {
            return Some(Arc::clone(made));
        }
        let preferred: Vec<&str> = row.languages.split(',').collect();
        let available: Vec<_> = letter.worded.0.keys().copied().collect();
        let lang = Catalogue::choose(&preferred, &available)?;
        let made = if let Some(made) = known.values().find(|made| made.lang == lang) {
            Arc::clone(made)
        } else {
            let mut worded = letter.worded.0.get(&lang)?.clone();
            let others = available.iter().filter(|other| **other != lang);
            if letter.mark.is_none() {
                translate::offer(&mut worded, letter.id, others, &self.worker.languages);
            }
            let mut rendering = self.worker.channel.render(&worded, lang);
            if let Some(mark) = &letter.mark {
                let first = rendering.parts.first()?;
                let limits = self.worker.channel.limits();
                rendering.parts = vec![first.marked(mark.get(&lang)?, limits)];
            }
            Arc::new(rendering)
        };
        known.insert(row.languages.clone(), Arc::clone(&made));
        Some(made)
    }

    /// Gives a delivery back until its chat may have it; that is no attempt.
    fn postpone(&mut self, row: &Claimed, wait: Duration) {
        let wall = self.worker.clock.now();
        let mut settled = fate::settle(row, state::RETRY, wall);
        settled.attempts -= 1;
        settled.due = wall.plus(wait);
        self.settle(settled);
    }

    pub(super) fn landed(&mut self, flight: Flight, result: Result<Receipt, SendError>) {
        let Flight {
            mut row,
            letter,
            rendering,
        } = flight;
        // Else it was taken away meanwhile, because its person was forgotten.
        let ours = self.holding.contains_key(&row.id);
        match result {
            Ok(receipt) => {
                self.stand_until = None;
                self.standing = None;
                row.receipts.truncate(row.next_part);
                row.receipts.push(receipt.message);
                row.next_part += 1;
                self.health.went(row.letter);
                if row.next_part < rendering.parts.len() && self.stopping.is_none() && ours {
                    self.queues[row.lane.index()].push_front(row);
                    return;
                }
                let whole = row.next_part >= rendering.parts.len();
                self.fresh_gone += usize::from(whole && row.crashes == 0);
                let state = if whole { state::SENT } else { state::RETRY };
                self.settle(fate::settle(&row, state, self.worker.clock.now()));
            }
            Err(error) => self.failed(&row, &letter, &error),
        }
    }

    fn failed(&mut self, row: &Claimed, letter: &Resting, error: &SendError) {
        let (wall, now) = (self.worker.clock.now(), Instant::now());
        let repeat = self.worker.channel.limits().repeat;
        let (settled, also) = fate::after(row, error, repeat, letter.expires, wall, rand::random());
        tracing::debug!(
            channel = self.worker.channel.name(),
            delivery = row.id,
            state = settled.state,
            "not taken"
        );
        match also {
            Also::Nothing => {}
            Also::PauseAll(wait) => self.pace.pause_all(now, wait),
            Also::PauseChat(wait) => self.pace.pause_chat(row.address, now, wait),
            Also::Stand(why) => self.stand(why, now),
            Also::Effect(effect @ Effect::Gone { .. }) => {
                if self.health.lost(row.letter) {
                    self.effects.push(effect);
                }
            }
            Also::Effect(effect) => self.effects.push(effect),
        }
        if settled.state == state::DEAD && self.health.refused(row.letter) {
            tracing::error!(
                letter = row.letter,
                "refused from everybody so far; its broadcast stops"
            );
            self.effects.push(Effect::Stopped {
                letter: row.letter,
                reason: settled.reason.clone().unwrap_or_default(),
            });
        }
        self.settle(settled);
    }
}
