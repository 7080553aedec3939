//! What a failed call means for the message: the Bot API's words turned into `SendError`.

use std::time::Duration;

use super::api::{CallError, Refusal};
use crate::channel::SendError;

/// How long to pause when told "too fast" without a time.
const PAUSE: Duration = Duration::from_secs(5);

/// Descriptions of a 400 that say that there is no such chat. Compared in lower case, anywhere in
/// the description. A missing right is not among them: it is given back without our being told.
const GONE: [&str; 8] = [
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "user_id_invalid",
    "channel_private",
    "channel_invalid",
    "user is deactivated",
    "group chat was deactivated",
];

/// What is said of an edit that would change nothing.
const UNCHANGED: &str = "message is not modified";

/// What follows from a call that failed on its way to a chat.
pub(super) fn of(error: &CallError, to_group: bool) -> SendError {
    let why = error.why();
    match error {
        CallError::Unanswered(_) | CallError::TooLarge => SendError::Ambiguous { why },
        CallError::Foreign(401 | 404 | 407) => SendError::Misconfigured {
            why: format!("{why}; look at api_url and the proxy"),
        },
        CallError::Foreign(429) => SendError::Limited {
            retry_after: PAUSE,
            everyone: true,
        },
        CallError::NotWritten(_) | CallError::Foreign(_) => SendError::Transient { why },
        CallError::Refused(no) => refused(no, to_group, why),
    }
}

/// What follows from an edit that failed: whether it counts as done, or why it did not come about;
/// `None` where a new message must say what the old one cannot any more.
///
/// A change is the same when it is made twice, so one that may have come about is made again.
pub(super) fn of_edit(error: &CallError, to_group: bool) -> Option<Result<(), SendError>> {
    if let CallError::Refused(no) = error
        && no.description.to_ascii_lowercase().contains(UNCHANGED)
    {
        return Some(Ok(()));
    }
    match of(error, to_group) {
        SendError::Ambiguous { why } => Some(Err(SendError::Transient { why })),
        // Gone, too old, of another kind; if it is the words, a new message is refused as well.
        SendError::Rejected { .. } => None,
        fate => Some(Err(fate)),
    }
}

fn refused(no: &Refusal, to_group: bool, why: String) -> SendError {
    if let Some(chat) = no.migrate_to {
        return SendError::Moved {
            to: chat.to_string(),
        };
    }
    match no.code {
        // Telegram does not say whether the chat or the whole bot is too fast. A group has by
        // far the tightest limit and people press its buttons too, so there the group is meant;
        // one person's chat we pace ourselves, so there it is the bot. When a group was answered
        // for the bot, the next message to anybody meets the same answer and pauses the rest.
        420 | 429 => SendError::Limited {
            retry_after: no.retry_after.unwrap_or(PAUSE),
            everyone: !to_group,
        },
        401 | 404 => SendError::Misconfigured {
            why: format!("the token is refused ({why}); put the one from @BotFather in its place"),
        },
        403 => SendError::Gone { why },
        409 => SendError::Transient { why },
        400 if says_gone(&no.description) => SendError::Gone { why },
        _ => SendError::Rejected { why },
    }
}

fn says_gone(description: &str) -> bool {
    let description = description.to_ascii_lowercase();
    GONE.iter().any(|known| description.contains(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(code: u16, description: &str, to_group: bool) -> SendError {
        let no = Refusal {
            code,
            description: description.to_owned(),
            retry_after: (code == 429).then_some(Duration::from_secs(37)),
            migrate_to: None,
        };
        of(&CallError::Refused(no), to_group)
    }

    #[test]
    fn recipients_that_are_no_more() {
        for (code, description) in [
            (403, "Forbidden: bot was blocked by the user"),
            (403, "Forbidden: user is deactivated"),
            (403, "Forbidden: bot was kicked from the supergroup chat"),
            (
                403,
                "Forbidden: bot can't initiate conversation with a user",
            ),
            (403, "Forbidden: some reason that is new next year"),
            (400, "Bad Request: chat not found"),
            (400, "Bad Request: PEER_ID_INVALID"),
        ] {
            let fate = refused(code, description, false);
            assert!(
                matches!(fate, SendError::Gone { .. }),
                "{description}: {fate:?}"
            );
        }
    }

    #[test]
    fn messages_that_are_wrong_and_set_ups_that_are() {
        for (code, description) in [
            (400, "Bad Request: message is too long"),
            (400, "Bad Request: BUTTON_URL_INVALID"),
            (400, "Bad Request: not enough rights to send text messages"),
            (413, "Request Entity Too Large"),
        ] {
            let fate = refused(code, description, false);
            assert!(
                matches!(fate, SendError::Rejected { .. }),
                "{description}: {fate:?}"
            );
        }
        for (code, description) in [(401, "Unauthorized"), (404, "Not Found")] {
            let fate = refused(code, description, false);
            assert!(matches!(fate, SendError::Misconfigured { .. }), "{fate:?}");
        }
    }

    #[test]
    fn too_fast_means_the_group_there_and_the_bot_elsewhere() {
        for (to_group, everyone) in [(true, false), (false, true)] {
            assert_eq!(
                refused(429, "Too Many Requests: retry after 37", to_group),
                SendError::Limited {
                    retry_after: Duration::from_secs(37),
                    everyone
                }
            );
        }
    }

    #[test]
    fn a_stranger_s_answer_is_never_held_against_the_recipient() {
        let fate = of(&CallError::Foreign(403), false);
        assert!(matches!(fate, SendError::Transient { .. }), "{fate:?}");
    }
}
