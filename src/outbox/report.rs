//! Counting: how far a letter has come, and whether every planned delivery is accounted for.

use std::collections::BTreeMap;

use serde::Serialize;

use super::hot::{self, Walk};
use super::post::Audience;
use super::{removal, state};
use crate::base::clock::Millis;
use crate::city::Set;
use crate::on;
use crate::store::{Db, Tx};

/// How far a letter has come on one channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// The channel's name.
    pub channel: String,
    /// `open`, `ended`, `stopped`, `expired` or `superseded`.
    pub walk: String,
    /// Why it stopped, when it did.
    pub reason: Option<String>,
    /// Everybody whom it concerns; before the walk has ended, as counted now.
    pub planned: i64,
    /// Those not yet turned into deliveries.
    pub unexpanded: i64,
    /// Those whom it will never be turned into one, because the walk ended early.
    pub dropped: i64,
    /// Deliveries by state, those whose rows were removed included.
    pub states: BTreeMap<String, i64>,
    /// Milliseconds from the letter to when half, 95 % and all of those sent had been.
    pub times_ms: Option<[i64; 3]>,
}

impl Progress {
    /// Deliveries in `state`.
    #[must_use]
    pub fn count(&self, state: &str) -> i64 {
        self.states.get(state).copied().unwrap_or(0)
    }

    /// Those that wait for a later digest or the end of quiet hours.
    #[must_use]
    pub fn held(&self) -> i64 {
        self.count(state::HELD)
    }

    /// Those that are still to be sent and wait for nothing but their turn.
    #[must_use]
    pub fn to_go(&self) -> i64 {
        self.unexpanded
            + [state::READY, state::INFLIGHT, state::RETRY]
                .iter()
                .map(|state| self.count(state))
                .sum::<i64>()
    }

    /// Whether everybody planned is accounted for:
    /// planned = Σ deliveries by state + dropped + unexpanded.
    #[must_use]
    pub fn balances(&self) -> bool {
        self.planned == self.states.values().sum::<i64>() + self.dropped + self.unexpanded
    }
}

const WALKS: &str = "select b.channel, b.state, b.reason, b.planned, b.walked, b.dropped, b.districts, b.topics,
    b.severity, b.reached_by, coalesce(b.whole, -1), b.walked_to, l.created from broadcast b join letter l on l.id = b.letter
    where b.letter = $1 order by b.channel";
const STATES: &str =
    "select state, count(*) from delivery where letter = $1 and channel = $2 group by state";
const SENT_AT: &str =
    "select settled from delivery where letter = $1 and channel = $2 and state = 'sent'
    order by settled limit 1 offset $3";
const RECENT: &str = "select letter from broadcast where letter > $1 group by letter";

type WalkRow = (
    String,
    String,
    Option<String>,
    Option<i64>,
    i64,
    i64,
    i64,
    i64,
    i64,
    Option<i64>,
    i64,
    i64,
    i64,
);

/// How far `letter` has come on each of its channels.
///
/// # Errors
/// When the database is away.
pub async fn progress(tx: &mut Tx, letter: i64) -> Result<Vec<Progress>, sqlx::Error> {
    of(tx, letter, true).await
}

/// As [`progress`], with or without the times, which cost a sort of all that was sent.
async fn of(tx: &mut Tx, letter: i64, with_times: bool) -> Result<Vec<Progress>, sqlx::Error> {
    let walks: Vec<WalkRow> = on!(tx, c => sqlx::query_as(WALKS).bind(letter).fetch_all(c).await?);
    let mut all = Vec::with_capacity(walks.len());
    for row in walks {
        all.push(one(tx, letter, row, with_times).await?);
    }
    Ok(all)
}

async fn one(
    tx: &mut Tx,
    letter: i64,
    row: WalkRow,
    with_times: bool,
) -> Result<Progress, sqlx::Error> {
    let (
        channel,
        state,
        reason,
        planned,
        walked,
        dropped,
        districts,
        topics,
        severity,
        reached_by,
        whole,
        walked_to,
        created,
    ) = row;
    let audience = Audience {
        districts: Set(districts),
        topics: Set(topics),
        severity,
        reached_by,
        whole: Set(whole),
        pressing: false,
    };
    let unexpanded = if planned.is_some() {
        0
    } else {
        let now = tx.now().await?;
        hot::count_to_come(
            tx,
            &channel,
            &Walk {
                letter,
                thread: None,
                audience,
                walked_to,
            },
            now,
        )
        .await?
    };
    let states: Vec<(String, i64)> =
        on!(tx, c => sqlx::query_as(STATES).bind(letter).bind(&channel).fetch_all(c).await?);
    let mut states: BTreeMap<String, i64> = states.into_iter().collect();
    let sent = states.get("sent").copied().unwrap_or(0);
    // Where rows were removed, nobody knows any more when they were sent.
    let removed = removal::tally(tx, letter, &channel).await?;
    let mut times = vec![];
    if sent > 0 && with_times && removed.is_empty() {
        for place in [(sent - 1) / 2, (sent * 95 + 99) / 100 - 1, sent - 1] {
            let (at,): (i64,) = on!(tx, c => sqlx::query_as(SENT_AT).bind(letter).bind(&channel).bind(place).fetch_one(c).await?);
            times.push((at - created).max(0));
        }
    }
    for (state, number) in removed {
        *states.entry(state).or_default() += number;
    }
    Ok(Progress {
        channel,
        walk: state,
        reason,
        planned: planned.unwrap_or(walked + unexpanded),
        unexpanded,
        dropped,
        states,
        times_ms: times.try_into().ok(),
    })
}

/// The letters since `since` whose deliveries do not add up, with the channel. None is the only
/// good answer.
///
/// # Errors
/// When the database is away.
pub async fn imbalances(db: &Db, since: Millis) -> Result<Vec<(i64, Progress)>, sqlx::Error> {
    let mut tx = db.read().await?;
    let from = crate::base::id::at(since);
    let letters: Vec<(i64,)> =
        on!(&mut tx, c => sqlx::query_as(RECENT).bind(from).fetch_all(c).await?);
    let mut wrong = vec![];
    for (letter,) in letters {
        let all = of(&mut tx, letter, false).await?;
        wrong.extend(
            all.into_iter()
                .filter(|progress| !progress.balances())
                .map(|progress| (letter, progress)),
        );
    }
    Ok(wrong)
}

/// Every statement of this file, for the test that prepares them.
pub const STATEMENTS: [&str; 4] = [WALKS, STATES, SENT_AT, RECENT];
