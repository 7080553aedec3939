//! Whether an alert's times make sense now, and when it stops being worth sending.

use std::time::Duration;

use super::super::{Alert, Category, Info, MsgType};
use crate::base::clock::Millis;
use crate::message::{Arg, Words, say, say_with};

const HOUR: Duration = Duration::from_hours(1);
/// How far the sender's clock may be ahead of ours.
const CLOCKS_DIFFER: Duration = Duration::from_mins(15);
/// How long a revocation is worth sending.
const CANCEL_LASTS: Duration = Duration::from_hours(24);
/// The longest time an alert may claim to be in force without a person's agreement.
const LONGEST: Duration = Duration::from_hours(31 * 24);

/// When the alert stops being worth sending: as it says, else by the kind of its hazard.
pub(super) fn expiry(alert: &Alert, told: &[Info]) -> Millis {
    if alert.msg_type == Some(MsgType::Cancel) {
        return alert.sent.plus(CANCEL_LASTS);
    }
    let Some(info) = told.first().or(alert.infos.first()) else {
        return alert.sent.plus(HOUR * 24);
    };
    info.expires.unwrap_or_else(|| {
        let lasts = info.categories.iter().map(|category| usual(*category));
        start(alert, info).plus(lasts.min().unwrap_or(HOUR * 24))
    })
}

/// How long an alert of this kind counts where it does not say so itself.
fn usual(category: Category) -> Duration {
    match category {
        Category::Geo | Category::Met | Category::Fire | Category::CBRNE => HOUR * 12,
        Category::Safety
        | Category::Security
        | Category::Rescue
        | Category::Transport
        | Category::Infra
        | Category::Other => HOUR * 24,
        Category::Health | Category::Env => HOUR * 48,
    }
}

fn start(alert: &Alert, info: &Info) -> Millis {
    let begins = info.onset.or(info.effective).unwrap_or(alert.sent);
    begins.max(alert.sent)
}

/// What is wrong with the alert's times at the moment `at`, if anything.
pub(super) fn objection(
    alert: &Alert,
    told: &[Info],
    expires: Millis,
    at: Millis,
) -> Option<Words> {
    if alert.sent > at.plus(CLOCKS_DIFFER) {
        return Some(say_with(
            "alert-held-sent-ahead",
            [("sent", Arg::Time(alert.sent))],
        ));
    }
    if expires <= at {
        return Some(say_with(
            "alert-held-expired",
            [("expires", Arg::Time(expires))],
        ));
    }
    let info = told.first()?;
    if alert.msg_type == Some(MsgType::Cancel) {
        return None;
    }
    if let Some(effective) = info.effective.filter(|from| *from > at.plus(CLOCKS_DIFFER)) {
        return Some(say_with(
            "alert-held-not-yet",
            [("effective", Arg::Time(effective))],
        ));
    }
    if expires <= start(alert, info) {
        return Some(say("alert-held-ends-before"));
    }
    (expires.since(at) > LONGEST)
        .then(|| say_with("alert-held-too-long", [("expires", Arg::Time(expires))]))
}
