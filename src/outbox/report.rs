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
    /// Those who will never be turned into one, because the walk ended early; until that number is
    /// written down, as counted now.
    pub dropped: i64,
    /// Of those gone, whom the network told us about when we sent: they blocked us, or are no more.
    pub blocked: i64,
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
const BLOCKED: &str =
    "select count(*) from delivery where letter = $1 and channel = $2 and state = 'gone'
    and reason like 'recipient gone: %'";
const SENT_ANYWHERE_AT: &str = "select settled from delivery where letter = $1 and state = 'sent'
    order by settled limit 1 offset $2";
const SENT: &str = "select count(*) from delivery where letter = $1 and state = 'sent'";
const LIFE: &str = "select created, expires from letter where id = $1";
const REFUSED_BECAUSE: &str =
    "select coalesce(reason, '') from delivery where letter = $1 and channel = $2
    and state = 'dead' group by reason order by count(*) desc, reason limit 1";
const UNCOUNTED: &str = "select distinct letter from broadcast where planned is null and state in ('expired', 'superseded')";
const COUNTED: &str = "update broadcast set dropped = $4, planned = walked + $4
    where letter = $1 and channel = $2 and state = $3 and planned is null";
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
    let to_come = if planned.is_some() {
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
    let (unexpanded, dropped) = match state.as_str() {
        "open" | "stopped" => (to_come, dropped),
        _ => (0, dropped + to_come),
    };
    let states: Vec<(String, i64)> =
        on!(tx, c => sqlx::query_as(STATES).bind(letter).bind(&channel).fetch_all(c).await?);
    let mut states: BTreeMap<String, i64> = states.into_iter().collect();
    let sent = states.get("sent").copied().unwrap_or(0);
    // Where rows were removed, nobody knows any more when they were sent.
    let removed = removal::tally(tx, letter, &channel).await?;
    let mut times = vec![];
    if sent > 0 && with_times && removed.is_empty() {
        for place in places(sent) {
            let (at,): (i64,) = on!(tx, c => sqlx::query_as(SENT_AT).bind(letter).bind(&channel).bind(place).fetch_one(c).await?);
            times.push((at - created).max(0));
        }
    }
    let gone = states.get(state::GONE).copied().unwrap_or(0);
    let mut blocked = 0;
    if gone > 0 && with_times {
        (blocked,) = on!(&mut *tx, c => sqlx::query_as(BLOCKED).bind(letter).bind(&channel).fetch_one(c).await)?;
    }
    for (state, number) in removed {
        *states.entry(state).or_default() += number;
    }
    Ok(Progress {
        channel,
        walk: state,
        reason,
        planned: planned.unwrap_or(walked + to_come),
        unexpanded,
        dropped,
        blocked,
        states,
        times_ms: times.try_into().ok(),
    })
}

/// At which places of a list of so many, from 0, half, 95 % and all of it are.
fn places(sent: i64) -> [i64; 3] {
    [(sent - 1) / 2, (sent * 95 + 99) / 100 - 1, sent - 1]
}

/// Milliseconds from `created` to when half, 95 % and all of those sent had been, on all channels
/// together; `None` while nothing was sent.
///
/// # Errors
/// When the database is away.
pub async fn times(
    tx: &mut Tx,
    letter: i64,
    created: Millis,
) -> Result<Option<[i64; 3]>, sqlx::Error> {
    let (sent,): (i64,) = on!(&mut *tx, c => sqlx::query_as(SENT).bind(letter).fetch_one(c).await)?;
    if sent == 0 {
        return Ok(None);
    }
    let mut times = [0; 3];
    for (time, place) in times.iter_mut().zip(places(sent)) {
        let (at,): (i64,) = on!(&mut *tx, c => sqlx::query_as(SENT_ANYWHERE_AT).bind(letter).bind(place)
            .fetch_one(c).await)?;
        *time = (at - created.0).max(0);
    }
    Ok(Some(times))
}

/// When a letter was written, and the end of its time; `None` when it is no more.
///
/// # Errors
/// When the database is away.
pub async fn life(tx: &mut Tx, letter: i64) -> Result<Option<(Millis, Millis)>, sqlx::Error> {
    let row: Option<(i64, i64)> =
        on!(tx, c => sqlx::query_as(LIFE).bind(letter).fetch_optional(c).await?);
    Ok(row.map(|(created, expires)| (Millis(created), Millis(expires))))
}

/// The reason that a channel gave most often for refusing a letter.
///
/// # Errors
/// When the database is away.
pub async fn refused_because(
    tx: &mut Tx,
    letter: i64,
    channel: &str,
) -> Result<Option<String>, sqlx::Error> {
    let row: Option<(String,)> = on!(tx, c => sqlx::query_as(REFUSED_BECAUSE).bind(letter).bind(channel)
        .fetch_optional(c).await?);
    Ok(row.map(|(why,)| why))
}

/// Whether nothing more is under way on a channel and nothing more will be begun; what is held for
/// a digest or the end of quiet hours does not count.
#[must_use]
pub fn is_over(progress: &Progress) -> bool {
    progress.to_go() == 0 && !matches!(progress.walk.as_str(), "open" | "stopped")
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

/// Counts whom walks that ended early never came to, and writes the number down; nothing waits while
/// they are counted. They are those to whom it would go at that time: whoever has come or gone since
/// the walk ended counts as they are now.
///
/// # Errors
/// When the database is away.
pub async fn count_left_out(db: &Db) -> Result<(), sqlx::Error> {
    let mut tx = db.read().await?;
    let letters: Vec<(i64,)> = on!(&mut tx, c => sqlx::query_as(UNCOUNTED).fetch_all(c).await?);
    let mut counted = vec![];
    for (letter,) in letters {
        let all = of(&mut tx, letter, false).await?;
        counted.extend(all.into_iter().map(|progress| (letter, progress)));
    }
    drop(tx);
    for (letter, progress) in counted {
        if !matches!(progress.walk.as_str(), state::EXPIRED | state::SUPERSEDED) {
            continue;
        }
        let mut tx = db.begin().await?;
        on!(&mut tx, c => sqlx::query(COUNTED).bind(letter).bind(&progress.channel).bind(&progress.walk)
            .bind(progress.dropped).execute(c).await.map(drop))?;
        tx.commit().await?;
    }
    Ok(())
}

/// Every statement of this file, for the test that prepares them.
pub const STATEMENTS: [&str; 11] = [
    WALKS,
    UNCOUNTED,
    COUNTED,
    STATES,
    SENT_AT,
    RECENT,
    BLOCKED,
    SENT_ANYWHERE_AT,
    SENT,
    LIFE,
    REFUSED_BECAUSE,
];
