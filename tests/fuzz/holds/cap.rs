//! A file that somebody says is a CAP message.

use glas::features::alert::cap;

use super::{TOWN, in_time, zone_of};

/// Reads the bytes as a CAP message: it is refused with a reason, or it is an alert that survives
/// being written again.
pub fn cap(bytes: &[u8]) {
    in_time("a message", || match cap::read(bytes) {
        Ok(alert) => TOWN.takes(&alert, zone_of(bytes)),
        Err(refusal) => TOWN.tells(&refusal.words()),
    });
}
