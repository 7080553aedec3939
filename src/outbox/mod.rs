//! The outbox: letters are posted in the transaction of the fact that caused them, and leave from here.
//!
//! `post` writes, `claim` and `hot` hand rows to a worker and take its results back, `lane` is the
//! worker, `fate` decides what follows a failure, `pace` keeps the rates, `report` counts. `hold`
//! decides what waits for a digest or the end of quiet hours, `gather` lets it go when it is due, `removal`
//! takes away what has had its time, `mark` marks old messages. `picture` is the folder of pictures, `album` those on their way.

pub mod album;
pub mod bell;
pub mod claim;
pub mod digest;
pub mod fate;
pub mod gather;
pub mod hold;
pub mod hot;
pub mod lane;
pub mod lease;
pub mod mark;
pub mod pace;
pub mod picture;
pub mod post;
pub mod removal;
pub mod report;
pub mod row;
pub mod translate;

use serde::{Deserialize, Serialize};

/// Who goes first. Lanes 0 and 1 always take the next token; 2 and 3 share what is left 3:1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Lane {
    /// Danger to life.
    Extreme = 0,
    /// Answers and confirmations.
    Reply = 1,
    /// Alerts.
    Alert = 2,
    /// Polls, digests, marks on old messages.
    Minor = 3,
}

impl Lane {
    /// All lanes, the most urgent first.
    pub const ALL: [Self; 4] = [Self::Extreme, Self::Reply, Self::Alert, Self::Minor];

    /// The lane of this number; anything unknown is the least urgent.
    #[must_use]
    pub fn from_number(number: i64) -> Self {
        match number {
            0 => Self::Extreme,
            1 => Self::Reply,
            2 => Self::Alert,
            _ => Self::Minor,
        }
    }

    /// Its place in [`Lane::ALL`].
    #[must_use]
    pub fn index(self) -> usize {
        self as usize
    }

    /// The number that the database keeps.
    #[must_use]
    pub fn number(self) -> i64 {
        self as i64
    }
}

/// The states of a delivery, as `reference` words of the contract. `skipped` is counted wherever
/// it occurs and set by linked addresses.
pub mod state {
    /// Waits for the hour of a digest or the end of quiet hours.
    pub const HELD: &str = "held";
    /// Was told in a digest.
    pub const MERGED: &str = "merged";
    /// Waits for its turn.
    pub const READY: &str = "ready";
    /// With a worker.
    pub const INFLIGHT: &str = "inflight";
    /// Taken by the network.
    pub const SENT: &str = "sent";
    /// Waits to be tried again.
    pub const RETRY: &str = "retry";
    /// The address is no more.
    pub const GONE: &str = "gone";
    /// Will never be taken.
    pub const DEAD: &str = "dead";
    /// Its letter's time is over.
    pub const EXPIRED: &str = "expired";
    /// A newer letter took its place.
    pub const SUPERSEDED: &str = "superseded";
    /// Perhaps taken, not repeated.
    pub const UNCERTAIN: &str = "uncertain";
}
