//! The people who work with alerts: whether anybody who may approve can be called.

use crate::app::Loaded;
use crate::channels::checkup::Finding;
use crate::config::operators::Role;
use crate::message::{Arg, say, say_with, say_with_text};

/// How the roster stands; nothing where nobody works with alerts.
pub fn check(loaded: &Loaded) -> Option<Finding> {
    if loaded.config.operators.is_empty() {
        return None;
    }
    let roster = match loaded.roster() {
        Ok(roster) => roster,
        Err(why) => {
            let says = say_with_text("doctor-operators-fault", &format!("{why:#}"));
            return Some(Finding::fault("operators", says));
        }
    };
    let called = roster.at_least(Role::Approver).len();
    if called == 0 {
        return Some(Finding::warning(
            "operators",
            say("doctor-operators-nobody"),
        ));
    }
    let count = Arg::Number(i64::try_from(called).unwrap_or(i64::MAX));
    let says = say_with("doctor-operators", [("count", count)]);
    Some(Finding::ok("operators", says))
}
