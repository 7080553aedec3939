//! The rows that travel between the database and a worker.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::Lane;
use crate::base::clock::Millis;
use crate::message::{Lang, Letter};

/// A letter as it rests, worded in each language.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Worded(pub BTreeMap<Lang, Letter<String>>);

impl Worded {
    /// As the database keeps it: an object of language to letter.
    ///
    /// # Errors
    /// When JSON cannot say it; no letter is known that it cannot.
    pub fn to_json(&self) -> serde_json::Result<String> {
        let by_tag: BTreeMap<&str, &Letter<String>> = self
            .0
            .iter()
            .map(|(lang, letter)| (lang.as_str(), letter))
            .collect();
        serde_json::to_string(&by_tag)
    }

    /// Reads what [`Worded::to_json`] wrote; a language that is none is left out.
    ///
    /// # Errors
    /// When it is not such an object.
    pub fn from_json(text: &str) -> serde_json::Result<Self> {
        let by_tag: BTreeMap<String, Letter<String>> = serde_json::from_str(text)?;
        Ok(Self(
            by_tag
                .into_iter()
                .filter_map(|(tag, letter)| Some((tag.parse().ok()?, letter)))
                .collect(),
        ))
    }
}

/// Reads a mark as it rests, an object of language to text; a language that is none is left out.
pub(super) fn mark(kept: &str) -> Option<BTreeMap<Lang, String>> {
    let by_tag: BTreeMap<String, String> = serde_json::from_str(kept).ok()?;
    let by_lang = by_tag.into_iter();
    let mark = by_lang.filter_map(|(tag, text)| Some((tag.parse().ok()?, text)));
    Some(mark.collect())
}

/// A letter as a worker needs it.
#[derive(Debug, Clone)]
pub struct Resting {
    /// Its id.
    pub id: i64,
    /// Its words.
    pub worded: Worded,
    /// When it was written.
    pub created: Millis,
    /// After this nobody should get it any more.
    pub expires: Millis,
    /// Whether it went out to many.
    pub bulk: bool,
    /// What it marks an old message with, by language; such a letter has the words of the old one.
    pub mark: Option<BTreeMap<Lang, String>>,
}

/// A delivery that this worker holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    /// The delivery.
    pub id: i64,
    /// Its letter.
    pub letter: i64,
    /// Its address.
    pub address: i64,
    /// Whose turn it is.
    pub lane: Lane,
    /// The address on the network.
    pub handle: String,
    /// Languages the reader prefers, best first, joined by commas.
    pub languages: String,
    /// Fences this claim against later ones.
    pub epoch: i64,
    /// How often it was claimed, this time included.
    pub attempts: i64,
    /// How often nobody knew whether it was taken.
    pub doubts: i64,
    /// How often a process died with it.
    pub crashes: i64,
    /// The part that is next.
    pub next_part: usize,
    /// What the network called the parts that it took.
    pub receipts: Vec<String>,
    /// A way to answer one event.
    pub via: Option<String>,
    /// Whether the address is switched on and not paused.
    pub wanted: bool,
    /// The generation of the address's personal links.
    pub generation: i64,
    /// The receipt of the message that this one takes the place of.
    pub replaces: Option<String>,
    /// The delivery that this one belongs under, and its first receipt.
    pub thread: Option<(i64, Option<String>)>,
}

/// A waiting delivery as the hot statement selects it, an array in this order.
#[derive(Debug, Deserialize)]
pub struct Waiting(
    pub i64,
    pub i64,
    pub i64,
    pub i64,
    pub String,
    pub String,
    pub i64,
    pub i64,
    pub i64,
    pub i64,
    pub usize,
    pub Option<String>,
    pub Option<String>,
    pub Option<i64>,
    pub Option<String>,
    pub String,
    pub i64,
    pub Option<String>,
);

impl From<Waiting> for Claimed {
    fn from(row: Waiting) -> Self {
        let taken = receipts(row.11.as_deref());
        Self {
            id: row.0,
            letter: row.1,
            address: row.2,
            lane: Lane::from_number(row.3),
            handle: row.4,
            languages: row.5,
            epoch: row.6 + 1,
            attempts: row.7 + 1,
            doubts: row.8,
            crashes: row.9,
            // Receipts may have come late, from a worker that had lost its claim.
            next_part: row.10.max(taken.len()),
            receipts: taken,
            via: row.12,
            wanted: row.15 == "on",
            generation: row.16,
            replaces: row.17,
            thread: row
                .13
                .map(|id| (id, receipts(row.14.as_deref()).into_iter().next())),
        }
    }
}

/// A recipient of a broadcast as the hot statement selects it, an array in this order.
#[derive(Debug, Deserialize)]
pub struct Recipient {
    /// The address.
    pub address: i64,
    /// Its handle on the network.
    pub handle: String,
    /// Languages the reader prefers, best first, joined by commas.
    pub languages: String,
    /// The generation of its personal links.
    pub generation: i64,
    /// The delivery that this one belongs under.
    pub thread: Option<i64>,
    /// The receipts of that one.
    pub thread_receipts: Option<String>,
    /// The earliest slot in which it is wanted; negative: at once; `None`: whatever the hour.
    pub slot: Option<i64>,
    /// When its quiet hours begin, where they are its own.
    pub quiet_from: Option<i64>,
    /// When they end.
    pub quiet_to: Option<i64>,
    /// Whether something that this one follows is still on its way there.
    pub behind: Option<i64>,
}

/// The receipts that a row keeps, one a part.
fn receipts(kept: Option<&str>) -> Vec<String> {
    kept.and_then(|kept| serde_json::from_str(kept).ok())
        .unwrap_or_default()
}

/// What became of a claimed delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// The delivery.
    pub id: i64,
    /// Its letter.
    pub letter: i64,
    /// The claim that this settles; a later claim is not touched.
    pub epoch: i64,
    /// Its new state.
    pub state: &'static str,
    /// When it may be claimed again.
    pub due: Millis,
    /// Attempts that count.
    pub attempts: i64,
    /// Doubts so far.
    pub doubts: i64,
    /// The part that is next.
    pub next_part: usize,
    /// What the network called the parts it took.
    pub receipts: Vec<String>,
    /// Why, for the operator.
    pub reason: Option<String>,
    /// When this was known.
    pub at: Millis,
}

impl Settled {
    /// The array that the hot statement reads.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let kept = (!self.receipts.is_empty()).then(|| {
            Value::from(self.receipts.clone())
                .to_string()
                .replace("\\u0000", "")
        });
        json!([
            self.id,
            self.epoch,
            self.state,
            self.due.0,
            self.attempts,
            self.doubts,
            self.next_part,
            kept,
            self.reason,
            self.at.0
        ])
    }
}

/// What else a result changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// The address is switched off and what waits for it dropped.
    Gone {
        /// The address.
        address: i64,
        /// Why, for the operator.
        reason: String,
    },
    /// The address has a new handle.
    Moved {
        /// The address.
        address: i64,
        /// The new handle.
        to: String,
    },
    /// The network refuses this letter from everybody: its walk stops and a person is asked.
    Stopped {
        /// The letter.
        letter: i64,
        /// Why, for the operator.
        reason: String,
    },
}
