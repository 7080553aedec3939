//! The feeds: when each was last read, and whether one is silent.

use crate::app::{self, Loaded};
use crate::base::clock::Clock;
use crate::channels::checkup::Finding;
use crate::features::feed::round;
use crate::features::feed::store;
use crate::message::{Arg, say_with};
use crate::store::connect;

/// How each feed stands; nothing when the database cannot tell, for it has a finding of its own.
pub async fn check(loaded: &Loaded) -> Vec<Finding> {
    if loaded.config.feed.is_empty() {
        return vec![];
    }
    let states = async {
        let db = connect(&app::database_url(&loaded.config).ok()?)
            .await
            .ok()?;
        let mut tx = db.read().await.ok()?;
        let mut states = vec![];
        for feed in &loaded.config.feed {
            states.push(store::state(&mut tx, &feed.name).await.ok()?);
        }
        drop(tx);
        db.close().await;
        Some(states)
    };
    let states = states.await.unwrap_or_default();
    let now = Clock::system().now();
    let each = loaded.config.feed.iter().zip(&states);
    each.map(|(feed, state)| {
        let (fine, standing) = round::standing(feed, state.as_ref(), now);
        let name = ("name", Arg::Text(feed.name.clone()));
        let what = ("what", Arg::Words(Box::new(standing)));
        let says = say_with("feed-line", [name, what]);
        if fine {
            Finding::ok("feed", says)
        } else {
            Finding::warning("feed", says)
        }
    })
    .collect()
}
