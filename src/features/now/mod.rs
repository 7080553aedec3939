//! What is on now: the alerts in force, for a wish, some districts or the whole city, and one by one.

pub mod board;
pub mod chat;
pub mod published;
pub mod store;

use crate::base::clock::Millis;
use crate::city::Set;
use crate::features::alert::{Alert, MsgType, ResponseType};
use crate::outbox::row::Worded;

/// An alert that counts now.
#[derive(Debug, Clone)]
pub struct InForce {
    /// Its id, which its permanent address ends with.
    pub id: i64,
    /// What it says.
    pub alert: Alert,
    /// Where.
    pub districts: Set,
    /// About what.
    pub topics: Set,
    /// 0 minor to 3 extreme.
    pub severity: i64,
    /// Until when.
    pub expires: Millis,
    /// When it went out.
    pub created: Millis,
    /// What its readers got, in every language.
    pub letter: Worded,
}

/// An alert that went out, at any time.
#[derive(Debug, Clone)]
pub struct Told {
    /// Its id.
    pub id: i64,
    /// What it says.
    pub alert: Alert,
    /// Until when.
    pub expires: Millis,
    /// When it went out.
    pub created: Millis,
    /// What its readers got, in every language.
    pub letter: Worded,
    /// How it stands.
    pub standing: Standing,
}

/// How an alert stands at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It counts.
    InForce,
    /// A later one took its place, the latest of which has this id.
    Updated(Option<i64>),
    /// It was revoked, by the message with this id.
    Cancelled(Option<i64>),
    /// It says that another is revoked, or that the danger is over.
    AllClear,
    /// Its time is up.
    Over,
}

/// How an alert stands: `state` is that of its row, `newest` the latest message of its thread.
#[must_use]
pub fn standing(
    alert: &Alert,
    state: &str,
    newest: Option<i64>,
    expires: Millis,
    now: Millis,
) -> Standing {
    match state {
        "updated" => Standing::Updated(newest),
        "cancelled" => Standing::Cancelled(newest),
        _ if is_all_clear(alert) => Standing::AllClear,
        _ if expires <= now => Standing::Over,
        _ => Standing::InForce,
    }
}

/// Whether a message ends a danger instead of telling of one.
#[must_use]
pub fn is_all_clear(alert: &Alert) -> bool {
    alert.msg_type == Some(MsgType::Cancel)
        || alert
            .infos
            .iter()
            .any(|info| info.response_types.contains(&ResponseType::AllClear))
}

/// Those of `alerts` that concern one of `districts`.
#[must_use]
pub fn concerning(mut alerts: Vec<InForce>, districts: Set) -> Vec<InForce> {
    alerts.retain(|alert| alert.districts.0 & districts.0 != 0);
    alerts
}
