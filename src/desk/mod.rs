//! The desk: takes what listeners hear, writes it down once with all its effects, and answers.

pub mod commands;
pub mod deeds;
mod drafts;
mod duty;
mod handle;
mod quick;
mod record;
pub mod sense;
pub mod talk;

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use tokio::sync::{mpsc, watch};
use url::Url;

use crate::base::clock::{Clock, Millis};
use crate::base::token::Keyring;
use crate::channel::{Act, Batch, Inbound, NotTaken};
use crate::city::City;
use crate::config::operators::AlertSettings;
use crate::features::alert::draft::Draft;
use crate::features::alert::draft::office::Office;
use crate::features::alert::picture::Painter;
use crate::features::now::board::Board;
use crate::features::subscribe::rules::Forms;
use crate::message::catalogue::{Catalogue, CatalogueError};
use crate::message::{Lang, Letter};
use crate::outbox::bell::Bell;
use crate::outbox::row::Worded;
use crate::people::crowd::{Crowd, Name};
use crate::people::permit::Roster;
use crate::store::{self, Db, Tx};

use commands::Commands;
use quick::Quick;
use record::{Answer, remember};
use sense::Senses;
use talk::Scene;

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
    /// By what free text is understood.
    pub senses: Senses,
    /// What can be filled in.
    pub forms: Forms,
    /// Where pages are; `None` without a web part.
    pub base: Option<Url>,
    /// What signs links.
    pub keys: Keyring,
    /// Quiet hours of those who chose none: minutes of the day.
    pub quiet: (i64, i64),
    /// The time.
    pub clock: Clock,
    /// Rung when an answer was posted.
    pub bell: Bell,
    /// The networks that are on.
    pub channels: Vec<&'static str>,
    /// Who works with alerts.
    pub roster: Roster,
    /// When a second person must look.
    pub alerts: AlertSettings,
    /// Who draws the maps of drafts, where there are to be any.
    pub painter: Option<Painter>,
}

/// Events that share one transaction: as many as one poll brings.
const EVENTS_AT_ONCE: usize = 100;

/// What a batch needs while it is answered.
#[derive(Default)]
struct Sitting {
    crowd: Crowd,
    answers: Vec<Answer>,
    /// The language of a page that is answered, whatever its person reads elsewhere.
    reads: Option<Lang>,
    /// Whether something was posted for others than those who are answered.
    posted: bool,
    /// Drafts that were written, whose maps are to be drawn.
    drawn: Vec<Draft>,
}

/// What the desk remembers between batches; losing it costs a repeated answer and nothing else.
#[derive(Default)]
struct Memory {
    board: Board,
    quick: Quick,
}

impl Desk {
    /// Where alerts are decided on.
    #[must_use]
    pub fn office(&self) -> Office<'_> {
        Office {
            catalogue: &self.catalogue,
            city: &self.city,
            channels: &self.channels,
            roster: &self.roster,
            settings: &self.alerts,
        }
    }

    /// Takes batches until every listener is gone or the process is to end.
    pub async fn run(
        self: Arc<Self>,
        mut batches: mpsc::Receiver<Batch>,
        mut stop: watch::Receiver<bool>,
    ) {
        let mut memory = Memory::default();
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
            let all: Vec<&Inbound> = waiting.iter().flat_map(|batch| &batch.events).collect();
            let result = self.take_all(&all, &mut memory).await.map_err(|why| {
                tracing::error!(
                    events,
                    "events could not be written down and are offered again: {why}"
                );
                // What was remembered of them did not happen.
                memory = Memory::default();
                NotTaken("the database did not answer".to_owned())
            });
            for batch in waiting {
                // A listener that has gone away needs no answer.
                let _ = batch.done.send(result.clone());
            }
        }
    }

    /// Takes one event that comes from a page: its effects are written down, and what is said goes
    /// back to the page, in `lang`, instead of to the address.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn hear(
        &self,
        event: &Inbound,
        lang: Lang,
    ) -> Result<Vec<Letter<String>>, sqlx::Error> {
        let mut tx = self.db.begin().await?;
        let now = self.clock.now();
        let mut memory = Memory::default();
        let mut sitting = Sitting {
            reads: Some(lang),
            ..Sitting::default()
        };
        self.seat(&mut tx, &mut sitting.crowd, &[event], now)
            .await?;
        memory.board.look(&mut tx, now).await?;
        self.handle(&mut tx, &mut sitting, &mut memory, event, now)
            .await?;
        self.write_down(&mut tx, &mut sitting.crowd, now).await?;
        tx.commit().await?;
        let said = sitting.answers.into_iter();
        Ok(said
            .filter_map(|mut answer| answer.worded.0.remove(&lang))
            .collect())
    }

    /// Writes down every event with its effects, in one transaction. Where one of them can never
    /// be written down, each is taken by itself, and that one is given up.
    async fn take_all(&self, events: &[&Inbound], memory: &mut Memory) -> Result<(), sqlx::Error> {
        match self.take(events, memory).await {
            Err(why) if !store::may_pass(&why) => *memory = Memory::default(),
            done => return done,
        }
        for event in events {
            match self.take(&[event], memory).await {
                Err(why) if !store::may_pass(&why) => {
                    tracing::error!(
                        channel = event.channel,
                        event = event.id,
                        "an event could not be handled: {why}"
                    );
                    *memory = Memory::default();
                    let mut tx = self.db.begin().await?;
                    remember(&mut tx, &[event], self.clock.now()).await?;
                    tx.commit().await?;
                }
                done => done?,
            }
        }
        Ok(())
    }

    /// Writes down these events with their effects, in one transaction.
    async fn take(&self, events: &[&Inbound], memory: &mut Memory) -> Result<(), sqlx::Error> {
        let mut tx = self.db.begin().await?;
        let now = self.clock.now();
        let new = remember(&mut tx, events, now).await?;
        if new.is_empty() {
            return tx.commit().await;
        }
        let mut sitting = Sitting::default();
        self.seat(&mut tx, &mut sitting.crowd, &new, now).await?;
        memory.board.look(&mut tx, now).await?;
        for event in &new {
            self.handle(&mut tx, &mut sitting, memory, event, now)
                .await?;
        }
        self.write_down(&mut tx, &mut sitting.crowd, now).await?;
        record::post(&mut tx, &sitting.answers, now).await?;
        tx.commit().await?;
        sitting
            .drawn
            .into_iter()
            .for_each(|draft| self.paint(draft, now));
        let mut channels: HashSet<&'static str> = new.iter().map(|event| event.channel).collect();
        if sitting.posted {
            channels.extend(&self.channels);
        }
        for channel in channels {
            self.bell.ring(channel);
        }
        Ok(())
    }

    /// Reads the people of these events; who is new is made, unless they only went or came.
    async fn seat(
        &self,
        tx: &mut Tx,
        crowd: &mut Crowd,
        events: &[&Inbound],
        now: Millis,
    ) -> Result<(), sqlx::Error> {
        let languages: Vec<String> = events.iter().map(|event| self.languages(event)).collect();
        let names: Vec<(Name<'_>, bool)> = (events.iter().zip(&languages))
            .map(|(event, languages)| {
                let speaks = !matches!(event.act, Act::Left | Act::Returned | Act::Moved { .. });
                let name = Name {
                    channel: event.channel,
                    handle: &event.from,
                    languages,
                    group: event.group,
                };
                (name, speaks)
            })
            .collect();
        let all: Vec<Name<'_>> = names.iter().map(|(name, _)| *name).collect();
        let speaking: Vec<Name<'_>> = (names.iter().filter(|(_, speaks)| *speaks))
            .map(|(name, _)| *name)
            .collect();
        crowd.read(tx, &all).await?;
        crowd.meet(tx, &speaking, now).await
    }

    /// The language that a newcomer is answered in: of those that the platform names the first
    /// that is installed; where it names none, the one they write in.
    fn languages(&self, event: &Inbound) -> String {
        let installed = self.catalogue.languages();
        let preferred: Vec<&str> = event.languages.iter().map(String::as_str).collect();
        let first = self.city.languages().first().copied();
        let known = preferred.iter().any(|tag| {
            let primary = tag.split(['-', '_']).next().unwrap_or_default();
            installed.iter().any(|lang| lang.as_str() == primary)
        });
        let chosen = if known {
            Catalogue::choose(&preferred, &installed)
        } else {
            let written = match &event.act {
                Act::Said(text) if preferred.is_empty() => self.senses.language(text),
                _ => None,
            };
            written.or(first)
        };
        chosen.map_or(String::new(), |lang| lang.to_string())
    }

    /// The scene in which `event` is answered.
    fn scene<'a>(&'a self, board: &'a Board, event: &Inbound, now: Millis) -> Scene<'a> {
        Scene {
            catalogue: &self.catalogue,
            city: &self.city,
            commands: &self.commands,
            senses: &self.senses,
            forms: &self.forms,
            notices: &board.notices,
            base: self.base.as_ref(),
            keys: &self.keys,
            quiet: self.quiet,
            now,
            actor: self.roster.find(event.channel, &event.from, &event.groups),
        }
    }

    fn word(&self, letter: &Letter, lang: Lang, both: bool) -> Result<Worded, CatalogueError> {
        let mut worded = BTreeMap::from([(lang, self.catalogue.localise(letter, lang)?)]);
        if both {
            for other in self.city.languages().iter().filter(|other| **other != lang) {
                worded.insert(*other, self.catalogue.localise(letter, *other)?);
            }
        }
        Ok(Worded(worded))
    }
}
