//! `/health`: whether the database answers, every lane moves, every feed speaks and no schedule wants
//! somebody to look, for machines that watch.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde_json::{Map, Value, json};

use super::Site;
use crate::features::feed::{round, store};
use crate::features::schedule::{self, rules::GRACE};
use crate::outbox::lease;

/// How long the database may take.
const PATIENCE: Duration = Duration::from_secs(3);

/// What stands. `ok` is whether everything is in order; the status is 503 only when the database
/// is away, for then no page works, while a lane that stands or a feed that is silent is no reason
/// to take the pages away. Why a lane stands and which feed is silent is in the log and the
/// doctor's, not the public's to know.
pub(super) async fn answer(State(site): State<Arc<Site>>) -> Response {
    let held = async {
        let mut tx = site.db.read().await?;
        let held = lease::held_lanes(&mut tx).await?;
        let now = site.clock.now();
        let mut silent = 0;
        for feed in &site.sources {
            let state = store::state(&mut tx, &feed.name).await?;
            let (speaks, _) = round::standing(feed, state.as_ref(), now);
            silent += usize::from(!speaks);
        }
        let overdue = now.minus(GRACE);
        let schedules = schedule::store::open(&mut tx, overdue).await?.len();
        Ok::<_, sqlx::Error>((held, silent, schedules))
    };
    let held = match tokio::time::timeout(PATIENCE, held).await {
        Ok(Ok(held)) => Some(held),
        Ok(Err(why)) => {
            tracing::error!("the database did not answer: {why}");
            None
        }
        Err(_) => None,
    };
    let version = env!("CARGO_PKG_VERSION");
    let Some((held, silent, schedules)) = held else {
        let answer = json!({ "ok": false, "version": version, "database": false });
        return (StatusCode::SERVICE_UNAVAILABLE, Json(answer)).into_response();
    };
    // A schedule that failed, waits for a decision or was passed over wants somebody to look.
    let mut ok = schedules == 0;
    let mut lanes = Map::new();
    for channel in &site.channels {
        // Several processes may stand at a lane: it moves when one of them does.
        let notes: Vec<_> = held.iter().filter(|(name, _)| name == channel).collect();
        let state = if notes.is_empty() {
            "nobody"
        } else if notes.iter().any(|(_, note)| note.is_none()) {
            "moves"
        } else {
            "stands"
        };
        ok &= state == "moves";
        lanes.insert((*channel).to_owned(), Value::from(state));
    }
    let mut answer = json!({ "ok": ok, "version": version, "database": true, "lanes": lanes, "schedules": schedules });
    if !site.sources.is_empty() {
        answer["ok"] = Value::from(ok && silent == 0);
        answer["feeds"] = json!({ "all": site.sources.len(), "silent": silent });
    }
    Json(answer).into_response()
}
