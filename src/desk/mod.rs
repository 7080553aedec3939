//! The desk: takes what listeners hear, writes it down once with all its effects, and answers.

pub mod commands;

use std::sync::Arc;

use tokio::sync::{mpsc, watch};

use crate::base::clock::Clock;
use crate::channel::{Act, Batch, Inbound, NotTaken};
use crate::city::City;
use crate::features::subscribe::{self, Asked};
use crate::message::catalogue::Catalogue;
use crate::on;
use crate::outbox::bell::Bell;
use crate::people::store as people;
use crate::store::{self, Db, Tx};

use commands::{Ability, Commands};

/// What the desk needs.
pub struct Desk {
    /// The database.
    pub db: Db,
    /// The words.
    pub catalogue: Arc<Catalogue>,
    /// The city.
    pub city: Arc<City>,
    /// What one can ask for.
    pub commands: Commands,
    /// The time.
    pub clock: Clock,
    /// Rung when an answer was posted.
    pub bell: Bell,
}

/// Events that share one transaction.
const EVENTS_AT_ONCE: usize = 64;

const SEEN: &str =
    "insert into inbox (channel, id, at) values ($1, $2, $3) on conflict (channel, id) do nothing";

/// Every statement of this file, for the test that prepares them.
pub const STATEMENTS: [&str; 1] = [SEEN];

impl Desk {
    /// Takes batches until every listener is gone or the process is to end.
    pub async fn run(self, mut batches: mpsc::Receiver<Batch>, mut stop: watch::Receiver<bool>) {
        loop {
            let first = tokio::select! {
                batch = batches.recv() => batch,
                _ = stop.wait_for(|stop| *stop) => None,
            };
            let Some(first) = first else { return };
            let mut events = first.events.len();
            let mut waiting = vec![first];
            while events < EVENTS_AT_ONCE {
                let Ok(next) = batches.try_recv() else { break };
                events += next.events.len();
                waiting.push(next);
            }
            let result = self.take(&waiting).await.map_err(|why| {
                tracing::error!(
                    events,
                    "events could not be written down and are offered again: {why}"
                );
                NotTaken("the database did not answer".to_owned())
            });
            for batch in waiting {
                // A listener that has gone away needs no answer.
                let _ = batch.done.send(result.clone());
            }
        }
    }

    /// Writes down every event of these batches with its effects, in one transaction.
    async fn take(&self, batches: &[Batch]) -> Result<(), sqlx::Error> {
        let mut tx = self.db.begin().await?;
        for event in batches.iter().flat_map(|batch| &batch.events) {
            savepoint(&mut tx, "savepoint event").await?;
            match self.handle(&mut tx, event).await {
                Ok(()) => savepoint(&mut tx, "release savepoint event").await?,
                Err(why) if store::may_pass(&why) => return Err(why),
                Err(why) => {
                    tracing::error!(
                        channel = event.channel,
                        event = event.id,
                        "an event could not be handled: {why}"
                    );
                    savepoint(&mut tx, "rollback to savepoint event").await?;
                    self.remember(&mut tx, event).await?;
                }
            }
        }
        tx.commit().await?;
        for channel in batches
            .iter()
            .flat_map(|batch| &batch.events)
            .map(|event| event.channel)
        {
            self.bell.ring(channel);
        }
        Ok(())
    }

    /// Whether the event is new; a replay is not.
    async fn remember(&self, tx: &mut Tx, event: &Inbound) -> Result<bool, sqlx::Error> {
        let now = self.clock.now().0;
        let added = on!(tx, c => sqlx::query(SEEN).bind(event.channel).bind(&event.id).bind(now).execute(c).await?
            .rows_affected());
        Ok(added == 1)
    }

    async fn handle(&self, tx: &mut Tx, event: &Inbound) -> Result<(), sqlx::Error> {
        if !self.remember(tx, event).await? {
            return Ok(());
        }
        let now = self.clock.now();
        match &event.act {
            Act::Said(text) => match self.commands.recognise(text) {
                Some(Ability::Start) => self.answer(tx, event, Asked::Start).await,
                Some(Ability::Stop) => self.answer(tx, event, Asked::Stop).await,
                Some(Ability::Help) | None => self.answer(tx, event, Asked::Help).await,
            },
            Act::Pressed(token) => match token.as_str() {
                subscribe::START => self.answer(tx, event, Asked::Start).await,
                subscribe::STOP => self.answer(tx, event, Asked::Stop).await,
                _ => self.answer(tx, event, Asked::Help).await,
            },
            Act::Left => match people::find(tx, event.channel, &event.from).await? {
                Some(address) if address.on => {
                    people::switch_off(tx, address.id, "left", now).await
                }
                _ => Ok(()),
            },
            Act::Returned => match people::find(tx, event.channel, &event.from).await? {
                Some(address) if address.reason.as_deref() == Some("left") => {
                    people::switch_on(tx, address.id, &address.languages, now).await
                }
                _ => Ok(()),
            },
            Act::Moved { to } => people::moved(tx, event.channel, &event.from, to).await,
        }
    }

    async fn answer(&self, tx: &mut Tx, event: &Inbound, asked: Asked) -> Result<(), sqlx::Error> {
        subscribe::answer(
            tx,
            &self.catalogue,
            &self.city,
            self.commands.menu(),
            event,
            asked,
            self.clock.now(),
        )
        .await
    }
}

async fn savepoint(tx: &mut Tx, sql: &'static str) -> Result<(), sqlx::Error> {
    on!(tx, c => sqlx::query(sql).execute(c).await.map(drop))
}
