//! Alerts before they go out: drafts, who may do what with them, and how they are decided on.

pub mod call;
pub mod drawn;
pub mod follow;
pub mod letters;
pub mod office;
pub mod panel;
pub mod rules;
pub mod sheet;
pub mod store;

use super::picture::Maps;
use super::{Alert, MsgType, Status};
use crate::base::clock::Millis;

/// A word in the database for each variant.
macro_rules! words {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name { $($(#[$doc])* $variant),+ }

        impl $name {
            /// The word in the database.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The variant of this word.
            #[must_use]
            pub fn parse(word: &str) -> Option<Self> {
                [$(Self::$variant),+].into_iter().find(|it| it.word() == word)
            }
        }
    };
}

pub(crate) use words;

words! {
    /// What a draft will be.
    Kind {
        /// A new alert.
        New = "new",
        /// New facts about one that went out.
        Update = "update",
        /// The end of one that went out.
        Cancel = "cancel",
        /// The word that one that went out was wrong.
        Correction = "correction",
        /// An exercise: for operators and volunteers alone.
        Drill = "drill",
    }
}

words! {
    /// How far a draft has come.
    State {
        /// It is being written.
        Draft = "draft",
        /// It waits for a second person.
        Waiting = "waiting",
        /// It went out.
        Sent = "sent",
        /// It went back to its author.
        Returned = "returned",
        /// It will not go out.
        Rejected = "rejected",
    }
}

impl Kind {
    /// What an alert that came from elsewhere will be.
    #[must_use]
    pub fn of(alert: &Alert) -> Self {
        match (alert.status, alert.msg_type) {
            (Some(Status::Exercise), _) => Self::Drill,
            (_, Some(MsgType::Update)) => Self::Update,
            (_, Some(MsgType::Cancel)) => Self::Cancel,
            _ => Self::New,
        }
    }
}

/// An alert on its way to going out.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// Its id.
    pub id: i64,
    /// What it will be.
    pub kind: Kind,
    /// How far it has come.
    pub state: State,
    /// Counts its changes from 1.
    pub revision: i64,
    /// What it says.
    pub alert: Alert,
    /// Our id of the alert that it is about.
    pub about: Option<i64>,
    /// Who wrote it.
    pub author: String,
    /// Who submitted it.
    pub submitter: Option<String>,
    /// Who decided on it.
    pub decider: Option<String>,
    /// Why it was returned or rejected, or sent by one person alone.
    pub reason: Option<String>,
    /// Whether one person sent it where two were needed.
    pub alone: bool,
    /// When it was made.
    pub created: Millis,
    /// How often somebody was called to decide on it.
    pub calls: i64,
    /// Our id of the alert that it became.
    pub sent_as: Option<i64>,
    /// Its maps.
    pub maps: Maps,
}

impl Draft {
    /// What the record calls it.
    #[must_use]
    pub fn object(&self) -> String {
        format!("draft:{}", self.id)
    }
}
