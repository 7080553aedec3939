//! How far an alert has come, as numbers and in plain words: while it goes out, and at its end.

mod words;

use std::time::Duration;

use serde::Serialize;

use super::draft::{Draft, Kind, letters, store as drafts};
use super::store;
use crate::base::clock::Millis;
use crate::message::Words;
use crate::outbox::lease;
use crate::outbox::report::{self, Progress, is_over};
use crate::outbox::state;
use crate::store::Tx;

pub use words::letter;

/// How long after its time is over nothing is expected of a letter any more.
const AFTERWARDS: Duration = Duration::from_mins(1);
/// A speed that was measured over less than this says nothing.
const TOO_SHORT_MS: i64 = 1000;

/// Seconds from its being let go until so many of those whom it reached had it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct SecondsTo {
    /// Half of them.
    #[serde(rename = "50")]
    pub half: f64,
    /// 95 %.
    #[serde(rename = "95")]
    pub most: f64,
    /// All of them.
    #[serde(rename = "100")]
    pub all: f64,
}

/// Numbers of addresses, on one channel or on all.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Numbers {
    /// Whom it concerns.
    pub planned: i64,
    /// Who has it, by itself or told in a digest.
    pub reached: i64,
    /// Who had blocked us or was no more, the network says.
    pub blocked: i64,
    /// Whom the network refused it for.
    pub bounced: i64,
    /// Who had stopped or paused before it came.
    pub gone: i64,
    /// Of whom nobody knows.
    pub uncertain: i64,
    /// Who was not told because something newer took its place.
    pub superseded: i64,
    /// Who was not told because its time was over.
    pub expired: i64,
    /// Who gets it with a digest or after quiet hours.
    pub held: i64,
    /// Who is still to get it.
    pub to_go: i64,
    /// How fast it was; `None` while it reached nobody, or when the times are no longer kept.
    pub seconds_to: Option<SecondsTo>,
}

/// Why nothing moves on a channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "what", content = "why", rename_all = "snake_case")]
pub enum Standing {
    /// No process delivers there.
    Nobody,
    /// Something about the set-up is wrong.
    Lane(String),
    /// The network refuses this letter for everybody.
    Refused(String),
}

/// One channel.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OnChannel {
    /// Its name.
    pub channel: String,
    /// The numbers.
    #[serde(flatten)]
    pub numbers: Numbers,
    /// Why it stands, while something is still to go.
    pub stands: Option<Standing>,
    /// Of what was refused, the reason that was given most often.
    pub bounced_because: Option<String>,
}

/// How far an alert, or a drill, has come.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// What it is called among people.
    #[serde(skip)]
    pub name: Words,
    /// What it was; one that came without a draft is new.
    #[serde(skip)]
    pub kind: Kind,
    /// Our id of it; a drill has none.
    #[serde(skip)]
    pub alert: Option<i64>,
    /// Whether nothing more is to come.
    pub finished: bool,
    /// All channels together.
    pub total: Numbers,
    /// Each channel.
    pub channels: Vec<OnChannel>,
    /// In about how many seconds everybody has it, at the speed so far; `None` where that cannot
    /// be said.
    pub forecast_seconds: Option<i64>,
}

impl Report {
    /// How far `letter` has come, which went out for `draft`, or as an alert of this name; `None`
    /// when it is no more.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn of(
        tx: &mut Tx,
        letter: i64,
        (name, kind, alert): (Words, Kind, Option<i64>),
        now: Millis,
    ) -> Result<Option<Self>, sqlx::Error> {
        let Some((created, expires)) = report::life(tx, letter).await? else {
            return Ok(None);
        };
        let progress = report::progress(tx, letter).await?;
        let lanes = lease::held_lanes(tx).await?;
        let mut channels = vec![];
        for one in &progress {
            let bounced_because = match one.count(state::DEAD) {
                0 => None,
                _ => report::refused_because(tx, letter, &one.channel).await?,
            };
            channels.push(OnChannel {
                channel: one.channel.clone(),
                numbers: numbers(one),
                stands: stands(one, &lanes),
                bounced_because,
            });
        }
        let mut total = sum(channels.iter().map(|one| &one.numbers));
        total.seconds_to = match channels.as_slice() {
            [only] => only.numbers.seconds_to,
            _ if channels
                .iter()
                .all(|one| one.numbers.seconds_to.is_some() || one.numbers.reached == 0) =>
            {
                (report::times(tx, letter, created).await?).map(seconds)
            }
            _ => None,
        };
        let late = now > expires.plus(AFTERWARDS);
        Ok(Some(Self {
            name,
            kind,
            alert,
            finished: late || progress.iter().all(is_over),
            forecast_seconds: forecast(&channels, (now.0 - created.0).max(0)),
            total,
            channels,
        }))
    }

    /// As [`Report::of`], of what became of a draft.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn of_draft(
        tx: &mut Tx,
        letter: i64,
        draft: &Draft,
        now: Millis,
    ) -> Result<Option<Self>, sqlx::Error> {
        let told = (letters::name(draft), draft.kind, draft.sent_as);
        Self::of(tx, letter, told, now).await
    }

    /// As [`Report::of`], of the alert that a person names by our id or by its identifier.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn of_alert(
        tx: &mut Tx,
        named: &str,
        now: Millis,
    ) -> Result<Option<Self>, sqlx::Error> {
        let Some(kept) = store::look_up(tx, named).await? else {
            return Ok(None);
        };
        let draft = drafts::that_became(tx, kept.id).await?;
        let kind = draft.map_or(Kind::New, |draft| draft.kind);
        let name = letters::name_of(&kept.earlier.alert);
        Self::of(tx, kept.letter, (name, kind, Some(kept.id)), now).await
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "milliseconds of days are exact in a float"
)]
fn seconds(times_ms: [i64; 3]) -> SecondsTo {
    let [half, most, all] = times_ms.map(|ms| ms as f64 / 1000.0);
    SecondsTo { half, most, all }
}

fn numbers(progress: &Progress) -> Numbers {
    let late = progress.walk == state::SUPERSEDED;
    let dropped = |when: bool| if when { progress.dropped } else { 0 };
    Numbers {
        planned: progress.planned,
        reached: progress.count(state::SENT) + progress.count(state::MERGED),
        blocked: progress.blocked,
        bounced: progress.count(state::DEAD),
        gone: progress.count(state::GONE) - progress.blocked,
        uncertain: progress.count(state::UNCERTAIN),
        superseded: progress.count(state::SUPERSEDED) + dropped(late),
        expired: progress.count(state::EXPIRED) + dropped(!late),
        held: progress.held(),
        to_go: progress.to_go(),
        seconds_to: progress.times_ms.map(seconds),
    }
}

fn sum<'a>(all: impl Iterator<Item = &'a Numbers>) -> Numbers {
    all.fold(Numbers::default(), |sum, one| Numbers {
        planned: sum.planned + one.planned,
        reached: sum.reached + one.reached,
        blocked: sum.blocked + one.blocked,
        bounced: sum.bounced + one.bounced,
        gone: sum.gone + one.gone,
        uncertain: sum.uncertain + one.uncertain,
        superseded: sum.superseded + one.superseded,
        expired: sum.expired + one.expired,
        held: sum.held + one.held,
        to_go: sum.to_go + one.to_go,
        seconds_to: None,
    })
}

fn stands(progress: &Progress, lanes: &[(String, Option<String>)]) -> Option<Standing> {
    if progress.walk == "stopped" {
        return Some(Standing::Refused(
            progress.reason.clone().unwrap_or_default(),
        ));
    }
    if progress.to_go() == 0 {
        return None;
    }
    let mut held = lanes.iter().filter(|(name, _)| *name == progress.channel);
    match held.next() {
        None => Some(Standing::Nobody),
        Some((_, why)) => why.clone().map(Standing::Lane),
    }
}

/// At the speed of each channel so far, the slowest decides.
fn forecast(channels: &[OnChannel], elapsed_ms: i64) -> Option<i64> {
    let mut slowest = 0;
    for one in channels.iter().map(|one| &one.numbers) {
        let done = one.planned - one.to_go - one.held;
        if one.to_go == 0 {
            continue;
        }
        if done <= 0 || elapsed_ms < TOO_SHORT_MS {
            return None;
        }
        let left_ms = i128::from(one.to_go) * i128::from(elapsed_ms) / i128::from(done);
        slowest = slowest.max(i64::try_from(left_ms / 1000).unwrap_or(i64::MAX) + 1);
    }
    (slowest > 0).then_some(slowest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(planned: i64, to_go: i64) -> OnChannel {
        OnChannel {
            channel: "one".to_owned(),
            numbers: Numbers {
                planned,
                to_go,
                ..Numbers::default()
            },
            stands: None,
            bounced_because: None,
        }
    }

    #[test]
    fn the_slowest_channel_decides_and_nothing_is_said_of_one_that_stands() {
        assert_eq!(forecast(&[on(100, 50), on(100, 90)], 10_000), Some(91));
        assert_eq!(forecast(&[on(100, 50), on(100, 100)], 10_000), None);
        assert_eq!(forecast(&[on(100, 50)], 900), None);
        assert_eq!(forecast(&[on(100, 0)], 10_000), None);
        assert_eq!(forecast(&[], 10_000), None);
    }
}
