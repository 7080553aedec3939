//! What follows when a network does not take a message. Pure: results in, new state out.

use std::time::Duration;

use super::row::{Claimed, Effect, Settled};
use super::{Lane, state};
use crate::base::clock::Millis;
use crate::channel::SendError;
use crate::message::limits::Repeat;

/// What a worker does after a failure, besides settling the delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Also {
    /// Nothing.
    Nothing,
    /// The whole bot waits.
    PauseAll(Duration),
    /// This chat waits.
    PauseChat(Duration),
    /// Nothing leaves until somebody mends the set-up.
    Stand(String),
    /// Something about the address changes.
    Effect(Effect),
}

/// The longest pause between two attempts.
const LONGEST_BACK_OFF: Duration = Duration::from_mins(5);
/// How long a lane that is not set up right waits before it tries one message again.
pub const STAND_FOR: Duration = Duration::from_secs(30);

/// How long to wait after attempt `attempts` (from 1): 1 s doubled each time up to 5 minutes,
/// between half and the whole of it by `jitter` (0 to 1).
#[must_use]
pub fn back_off(attempts: i64, jitter: f64) -> Duration {
    let doublings = u32::try_from(attempts.clamp(1, 20) - 1).unwrap_or(0);
    let whole = Duration::from_secs(1u64 << doublings.min(9)).min(LONGEST_BACK_OFF);
    whole.mul_f64(0.5 + 0.5 * jitter.clamp(0.0, 1.0))
}

/// The delivery as it stands after `row` was worked on, before it is known how.
#[must_use]
pub fn settle(row: &Claimed, state: &'static str, at: Millis) -> Settled {
    Settled {
        id: row.id,
        letter: row.letter,
        epoch: row.epoch,
        state,
        due: at,
        attempts: row.attempts,
        doubts: row.doubts,
        next_part: row.next_part,
        receipts: row.receipts.clone(),
        reason: None,
        at,
    }
}

/// What becomes of `row` after `error`, on a channel that stands to repeats as `repeat` says.
#[must_use]
pub fn after(
    row: &Claimed,
    error: &SendError,
    repeat: Repeat,
    expires: Millis,
    now: Millis,
    jitter: f64,
) -> (Settled, Also) {
    let mut settled = settle(row, state::RETRY, now);
    // PostgreSQL keeps U+0000 in no text, and a network may say anything.
    settled.reason = Some(error.to_string().replace('\0', ""));
    let also = match error {
        SendError::Transient { .. } => {
            settled.due = now.plus(back_off(row.attempts, jitter)).min(expires);
            Also::Nothing
        }
        SendError::Limited {
            retry_after,
            everyone,
        } => {
            settled.attempts -= 1;
            settled.due = now.plus(*retry_after).min(expires);
            if *everyone {
                Also::PauseAll(*retry_after)
            } else {
                Also::PauseChat(*retry_after)
            }
        }
        SendError::Gone { why } => {
            settled.state = state::GONE;
            Also::Effect(Effect::Gone {
                address: row.address,
                reason: why.replace('\0', ""),
            })
        }
        SendError::Moved { to } => {
            settled.attempts -= 1;
            Also::Effect(Effect::Moved {
                address: row.address,
                to: to.clone(),
            })
        }
        SendError::Rejected { .. } => {
            settled.state = state::DEAD;
            Also::Nothing
        }
        SendError::Misconfigured { why } => {
            settled.attempts -= 1;
            Also::Stand(why.replace('\0', ""))
        }
        SendError::Ambiguous { .. } => {
            settled.doubts += 1;
            let wait = back_off(row.attempts, jitter);
            if may_repeat(repeat, row.lane, row.doubts, wait) {
                settled.due = now.plus(wait).min(expires);
            } else {
                settled.state = state::UNCERTAIN;
            }
            Also::Nothing
        }
    };
    (settled, also)
}

/// Whether a message that may or may not have been taken `ago` is sent once more.
#[must_use]
pub fn may_repeat(repeat: Repeat, lane: Lane, doubts_before: i64, ago: Duration) -> bool {
    match repeat {
        Repeat::Identical => true,
        Repeat::FoldedWithin(time) if ago < time => true,
        Repeat::FoldedWithin(_) | Repeat::Visible => lane != Lane::Minor && doubts_before == 0,
    }
}

/// What becomes of a delivery that was in flight when its process died, `ago`: repeated, left
/// uncertain, or after the third crash dead.
#[must_use]
pub fn after_crash(
    repeat: Repeat,
    lane: Lane,
    doubts: i64,
    crashes: i64,
    ago: Duration,
) -> &'static str {
    if crashes >= 2 {
        state::DEAD
    } else if may_repeat(repeat, lane, doubts, ago) {
        state::RETRY
    } else {
        state::UNCERTAIN
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Millis = Millis(1_000_000);
    const EXPIRES: Millis = Millis(100_000_000);

    fn row(lane: Lane, doubts: i64) -> Claimed {
        Claimed {
            id: 1,
            letter: 2,
            address: 3,
            lane,
            handle: "42".to_owned(),
            languages: "bg".to_owned(),
            epoch: 5,
            attempts: 3,
            doubts,
            crashes: 0,
            next_part: 1,
            receipts: vec!["42:7".to_owned()],
            via: None,
            wanted: true,
            generation: 0,
            replaces: None,
            thread: None,
        }
    }

    fn fate(error: &SendError) -> (Settled, Also) {
        let row = row(Lane::Alert, 0);
        after(&row, error, Repeat::Visible, EXPIRES, NOW, 1.0)
    }

    fn why() -> String {
        "because".to_owned()
    }

    #[test]
    fn what_may_work_later_is_tried_again_until_the_letter_expires() {
        let error = SendError::Transient { why: why() };
        let (settled, also) = fate(&error);
        assert_eq!((settled.state, also), (state::RETRY, Also::Nothing));
        assert_eq!(settled.due, NOW.plus(Duration::from_secs(4)));
        assert_eq!((settled.attempts, settled.epoch), (3, 5));
        assert_eq!((settled.next_part, settled.receipts.len()), (1, 1));
        let soon = NOW.plus(Duration::from_secs(1));
        let row = row(Lane::Alert, 0);
        let (settled, _) = after(&row, &error, Repeat::Visible, soon, NOW, 1.0);
        assert_eq!(settled.due, soon);
    }

    #[test]
    fn too_fast_costs_no_attempt_and_pauses_who_is_meant() {
        let retry_after = Duration::from_secs(37);
        for (everyone, pause) in [
            (true, Also::PauseAll(retry_after)),
            (false, Also::PauseChat(retry_after)),
        ] {
            let (settled, also) = fate(&SendError::Limited {
                retry_after,
                everyone,
            });
            assert_eq!((settled.state, also), (state::RETRY, pause));
            assert_eq!((settled.attempts, settled.due), (2, NOW.plus(retry_after)));
        }
    }

    #[test]
    fn addresses_and_set_ups_change_beside_the_delivery() {
        let (settled, also) = fate(&SendError::Gone { why: why() });
        let gone = Effect::Gone {
            address: 3,
            reason: why(),
        };
        assert_eq!((settled.state, also), (state::GONE, Also::Effect(gone)));
        let to = "-1007".to_owned();
        let (settled, also) = fate(&SendError::Moved { to: to.clone() });
        let moved = Effect::Moved { address: 3, to };
        assert_eq!((settled.state, also), (state::RETRY, Also::Effect(moved)));
        assert_eq!((settled.due, settled.attempts), (NOW, 2));
        let (settled, also) = fate(&SendError::Misconfigured { why: why() });
        assert_eq!((settled.state, also), (state::RETRY, Also::Stand(why())));
        assert_eq!(settled.attempts, 2);
        let (settled, also) = fate(&SendError::Rejected { why: why() });
        assert_eq!((settled.state, also), (state::DEAD, Also::Nothing));
        assert_eq!(settled.reason.as_deref(), Some("rejected: because"));
    }

    #[test]
    fn what_was_perhaps_taken_is_repeated_as_the_channel_folds_repeats() {
        let minute = Duration::from_mins(1);
        let folds = Repeat::FoldedWithin(2 * minute);
        for (repeat, lane, doubts, state) in [
            (Repeat::Visible, Lane::Extreme, 0, state::RETRY),
            (Repeat::Visible, Lane::Alert, 0, state::RETRY),
            (Repeat::Visible, Lane::Alert, 1, state::UNCERTAIN),
            (Repeat::Visible, Lane::Minor, 0, state::UNCERTAIN),
            (folds, Lane::Minor, 7, state::RETRY),
            (Repeat::Identical, Lane::Minor, 7, state::RETRY),
        ] {
            let error = SendError::Ambiguous { why: why() };
            let (settled, also) = after(&row(lane, doubts), &error, repeat, EXPIRES, NOW, 0.0);
            assert_eq!((settled.state, also), (state, Also::Nothing));
            assert_eq!(settled.doubts, doubts + 1);
        }
        assert!(may_repeat(folds, Lane::Minor, 1, minute));
        assert!(!may_repeat(folds, Lane::Minor, 0, 3 * minute));
        assert!(may_repeat(folds, Lane::Alert, 0, 3 * minute));
        assert!(!may_repeat(folds, Lane::Alert, 1, 3 * minute));
    }

    #[test]
    fn a_delivery_that_was_in_three_crashes_is_dead() {
        let crash = |doubts, crashes| {
            let ago = Duration::from_secs(30);
            after_crash(Repeat::Identical, Lane::Alert, doubts, crashes, ago)
        };
        assert_eq!(
            [crash(0, 0), crash(1, 1), crash(2, 2)],
            ["retry", "retry", "dead"]
        );
        let once = after_crash(Repeat::Visible, Lane::Minor, 0, 0, Duration::ZERO);
        assert_eq!(once, state::UNCERTAIN);
    }

    #[test]
    fn pauses_double_up_to_five_minutes() {
        for attempts in [i64::MIN, 0, 1, 2, 5, 9, 10, 100, i64::MAX] {
            let (least, most) = (back_off(attempts, 0.0), back_off(attempts, 1.0));
            assert_eq!(least * 2, most);
            assert!(most >= Duration::from_secs(1) && most <= LONGEST_BACK_OFF);
            assert!(back_off(attempts.saturating_add(1), 1.0) >= most);
        }
        assert_eq!(back_off(4, 1.0), Duration::from_secs(8));
        assert_eq!(back_off(1000, 1.0), LONGEST_BACK_OFF);
    }

    #[test]
    fn what_a_network_says_can_be_kept_by_every_database() {
        let why = "blocked\0".to_owned();
        let (settled, also) = fate(&SendError::Gone { why });
        assert_eq!(settled.reason.as_deref(), Some("recipient gone: blocked"));
        let reason = "blocked".to_owned();
        assert_eq!(also, Also::Effect(Effect::Gone { address: 3, reason }));
    }
}
