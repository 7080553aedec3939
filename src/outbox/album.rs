//! Pictures at hand: each read once, and where the network keeps pictures handed over once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::{OnceCell, OwnedMutexGuard};

use super::picture::Pictures;
use crate::base::clock::Millis;
use crate::channel::Carried;
use crate::message::picture::PictureId;
use crate::on;
use crate::store::Db;

/// Pictures kept in memory; an alert has one for each language.
const AT_HAND: usize = 16;
/// How long a message waits for the first one to hand its picture over. After that it hands it
/// over itself: a warning does not wait for another one's connection.
const FIRST_TAKES: Duration = Duration::from_secs(2);

const KNOWN: &str = "select reference from upload where channel = $1 and picture = $2";
const KEEP: &str = "insert into upload (channel, picture, reference, at) values ($1, $2, $3, $4)
    on conflict (channel, picture) do update set reference = excluded.reference, at = excluded.at";

/// Every statement of this file, for the test that prepares them.
pub const STATEMENTS: [&str; 2] = [KNOWN, KEEP];

/// The pictures of one channel's worker.
#[derive(Debug)]
pub struct Album {
    db: Db,
    channel: &'static str,
    pictures: Pictures,
    /// Whether the network keeps pictures and names them.
    keeps: bool,
    entries: Mutex<HashMap<PictureId, Arc<Entry>>>,
}

#[derive(Debug, Default)]
struct Entry {
    bytes: OnceCell<Bytes>,
    known: Mutex<Option<String>>,
    /// Held by whoever hands it over first.
    first: Arc<tokio::sync::Mutex<()>>,
}

impl Entry {
    fn known(&self) -> Option<String> {
        let known = self.known.lock();
        known.unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn learn(&self, name: String) {
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = Some(name);
    }
}

/// A picture for one message.
#[derive(Debug)]
pub struct Taken {
    /// What the message carries.
    pub carried: Carried,
    entry: Arc<Entry>,
    id: PictureId,
    /// While it lives, others wait for what this message learns.
    _first: Option<OwnedMutexGuard<()>>,
}

impl Album {
    /// The pictures of `folder` for a channel.
    #[must_use]
    pub fn new(db: Db, channel: &'static str, pictures: Pictures, keeps: bool) -> Self {
        Self {
            db,
            channel,
            pictures,
            keeps,
            entries: Mutex::default(),
        }
    }

    /// The picture, and what the network calls it. `None` when it cannot be read; that is logged,
    /// and the message goes without.
    pub async fn take(&self, id: &PictureId) -> Option<Taken> {
        let entry = self.entry(id);
        let bytes = entry.bytes.get_or_try_init(|| self.read(id)).await;
        let bytes = match bytes {
            Ok(bytes) => bytes.clone(),
            Err(why) => {
                tracing::error!(
                    picture = id.as_str(),
                    "a picture cannot be read, letters go without it: {why}"
                );
                return None;
            }
        };
        let mut first = None;
        let mut known = entry.known();
        if self.keeps && known.is_none() {
            let wait = Arc::clone(&entry.first).lock_owned();
            first = tokio::time::timeout(FIRST_TAKES, wait).await.ok();
            known = entry.known();
            if known.is_none() {
                known = self.ask(id, &entry).await;
            }
            if known.is_some() {
                first = None;
            }
        }
        Some(Taken {
            carried: Carried { bytes, known },
            entry,
            id: id.clone(),
            _first: first,
        })
    }

    /// Keeps what the network calls the picture of a message that it has taken.
    pub async fn told(&self, taken: Taken, name: Option<String>, at: Millis) {
        let Some(name) =
            name.filter(|name| self.keeps && taken.entry.known().as_ref() != Some(name))
        else {
            return;
        };
        taken.entry.learn(name.clone());
        let kept = async {
            let mut tx = self.db.begin().await?;
            on!(&mut tx, c => sqlx::query(KEEP).bind(self.channel).bind(taken.id.as_str()).bind(&name).bind(at.0)
                .execute(c).await.map(drop))?;
            tx.commit().await
        };
        if let Err(why) = kept.await {
            // After a restart it is handed over once more.
            tracing::warn!("the name of a picture could not be kept: {why}");
        }
    }

    fn entry(&self, id: &PictureId) -> Arc<Entry> {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(entry) = entries.get(id) {
            return Arc::clone(entry);
        }
        if entries.len() >= AT_HAND {
            entries.clear();
        }
        Arc::clone(entries.entry(id.clone()).or_default())
    }

    async fn read(&self, id: &PictureId) -> std::io::Result<Bytes> {
        let (pictures, id) = (self.pictures.clone(), id.clone());
        let read = tokio::task::spawn_blocking(move || pictures.read(&id)).await;
        read.map_err(std::io::Error::other)?.map(Bytes::from)
    }

    async fn ask(&self, id: &PictureId, entry: &Entry) -> Option<String> {
        let asked = async {
            let mut tx = self.db.read().await?;
            let row: Option<(String,)> = on!(&mut tx, c => sqlx::query_as(KNOWN).bind(self.channel)
                .bind(id.as_str()).fetch_optional(c).await?);
            Ok::<_, sqlx::Error>(row.map(|(name,)| name))
        };
        let name = asked.await.unwrap_or_else(|why| {
            tracing::warn!("the name of a picture could not be looked up: {why}");
            None
        })?;
        entry.learn(name.clone());
        Some(name)
    }
}
