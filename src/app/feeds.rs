//! The feeds of `bot.toml`: checked at the start, read while the program runs.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinSet;

use super::{Loaded, unpaused};
use crate::base::clock::Clock;
use crate::city::City;
use crate::config::Config;
use crate::config::feeds::FeedSettings;
use crate::features::feed::fetch::Fetcher;
use crate::features::feed::reach::Reach;
use crate::features::feed::round::Reader;
use crate::features::feed::watch::watch as watch_feed;
use crate::outbox::bell::Bell;
use crate::store::Db;

/// That every feed has a name of its own and a topic that the city has.
///
/// # Errors
/// The first that has not.
pub(super) fn check(config: &Config, city: &City) -> anyhow::Result<()> {
    for (number, feed) in config.feed.iter().enumerate() {
        let name = &feed.name;
        let same = config.feed[..number]
            .iter()
            .any(|other| other.name == *name);
        anyhow::ensure!(
            !same,
            "two feeds have the name \"{name}\"; names are used once"
        );
        if let Some(topic) = &feed.topic {
            anyhow::ensure!(
                city.topic(topic).is_some(),
                "the feed \"{name}\" is about \"{topic}\", which is no topic of the city; see topics.csv"
            );
        }
    }
    Ok(())
}

impl Loaded {
    /// Whoever reads the feeds and sends what goes straight out on `channels`.
    #[must_use]
    pub fn reader(
        &self,
        db: &Db,
        clock: &Clock,
        channels: Vec<&'static str>,
        bell: &Bell,
    ) -> Reader {
        let reach = Reach {
            allow: self.config.fetch.allow.clone(),
            only_here: self.config.sandbox,
        };
        let within = Duration::from_secs(self.config.fetch.seconds);
        Reader {
            db: db.clone(),
            clock: clock.clone(),
            catalogue: Arc::clone(&self.catalogue),
            city: Arc::clone(&self.city),
            channels,
            bell: bell.clone(),
            fetcher: Arc::new(Fetcher::new(reach, within)),
            painter: (!self.config.feed.is_empty())
                .then(|| self.painter())
                .flatten(),
        }
    }
}

/// Reads each feed when it is due: one that is slow keeps no other from its time.
pub(super) fn watch(
    tasks: &mut JoinSet<()>,
    reader: &Reader,
    feeds: &[FeedSettings],
    process: i64,
    stop: &watch::Receiver<bool>,
) {
    for feed in feeds {
        let (reader, feed, stop) = (reader.clone(), feed.clone(), stop.clone());
        tasks.spawn(async move {
            if unpaused(&reader.db, stop.clone()).await {
                watch_feed(reader, feed, process, stop).await;
            }
        });
    }
}
