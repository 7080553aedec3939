//! What a failed call means for the message: Discord's codes turned into `SendError`.

use std::time::Duration;

use super::rest::CallError;
use crate::channel::SendError;

/// The recipient is no more, or not for us: unknown channel, server, user; no access; cannot write
/// to this user; invalid recipient; no server in common. (Discord's "JSON error codes".)
const GONE: [u64; 7] = [10_003, 10_004, 10_013, 50_001, 50_007, 50_033, 50_278];
/// Unknown message, webhook or interaction, invalid webhook token: the time to answer is over.
const ANSWER_OVER: [u64; 4] = [10_008, 10_015, 10_062, 50_027];
/// The bot may see the channel but not write there.
const MISSING_PERMISSIONS: u64 = 50_013;
/// "You are opening direct messages too fast"; Discord does not say for how long.
const OPENING_TOO_FAST: u64 = 40_003;
const OPENING_PAUSE: Duration = Duration::from_mins(1);

/// What follows from a call that failed on its way to a channel or a person.
pub(super) fn of(error: CallError) -> SendError {
    match error {
        CallError::Limited {
            retry_after,
            everyone,
        } => SendError::Limited {
            retry_after,
            everyone,
        },
        CallError::NotWritten(why) => SendError::Transient { why },
        CallError::Unanswered(why) => SendError::Ambiguous { why },
        CallError::Silent => SendError::Misconfigured {
            why: "Discord refused 5,000 requests within 10 minutes and bans at 10,000; nothing is \
                  sent until that time is over. Look for the reason of the refusals before"
                .to_owned(),
        },
        CallError::Foreign(status @ (401 | 404 | 405 | 407)) => SendError::Misconfigured {
            why: format!(
                "status {status}, and not in Discord's form; look at api_url and the proxy"
            ),
        },
        CallError::Foreign(status) => SendError::Transient {
            why: format!("status {status}, and not in Discord's form"),
        },
        CallError::Refused { status, code, why } => refused(status, code, why),
    }
}

fn refused(status: u16, code: u64, why: String) -> SendError {
    match (status, code) {
        (_, code) if GONE.contains(&code) => SendError::Gone { why },
        (_, OPENING_TOO_FAST) => SendError::Limited {
            retry_after: OPENING_PAUSE,
            everyone: false,
        },
        // Somebody took a right away and may give it back: the channel stays subscribed, and the
        // operator reads which right is missing.
        (_, MISSING_PERMISSIONS) => SendError::Rejected {
            why: format!(
                "{why}; give the bot View Channel, Send Messages and Embed Links in this channel"
            ),
        },
        (401, _) => SendError::Misconfigured {
            why: format!(
                "the token is refused ({why}); put the one from the page \"Bot\" of your \
                 application in its place"
            ),
        },
        (404 | 405, 0) => SendError::Misconfigured {
            why: format!("no such part of the API ({why}); look at api_url"),
        },
        (408, _) => SendError::Ambiguous { why },
        _ => SendError::Rejected { why },
    }
}

/// Whether a message may be taken without the picture that came with it: it lacks a right that
/// the text does not need, or something about the form or the file is wrong.
pub(super) fn is_of_the_picture(error: &CallError) -> bool {
    matches!(
        error,
        CallError::Refused {
            status: 400 | 413,
            ..
        }
    ) || matches!(
        error,
        CallError::Refused {
            code: MISSING_PERMISSIONS,
            ..
        }
    )
}

/// Why a message could not be changed; `None` where a new one must say what it cannot any more: it
/// is gone, somebody else's, or out of reach.
///
/// A change is the same when it is made twice, so one that may have come about is made again.
pub(super) fn of_edit(error: CallError) -> Option<SendError> {
    match of(error) {
        SendError::Rejected { .. } | SendError::Gone { .. } => None,
        SendError::Ambiguous { why } => Some(SendError::Transient { why }),
        fate => Some(fate),
    }
}

/// Whether the message itself is no more, while its interaction may live on.
pub(super) fn message_is_unknown(error: &CallError) -> bool {
    matches!(error, CallError::Refused { code: 10_008, .. })
}

/// Whether an event can no longer be answered by its own token, so that the address must do.
pub(super) fn answer_is_over(error: &CallError) -> bool {
    match error {
        CallError::Refused { status, code, .. } => {
            ANSWER_OVER.contains(code) || matches!(status, 401 | 404)
        }
        _ => false,
    }
}

/// Whether a channel that was known before is known no more.
pub(super) fn channel_is_unknown(error: &CallError) -> bool {
    matches!(error, CallError::Refused { code: 10_003, .. })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fate(status: u16, code: u64) -> SendError {
        of(CallError::Refused {
            status,
            code,
            why: format!("{status}, code {code}"),
        })
    }

    #[test]
    fn recipients_that_are_no_more() {
        for (status, code) in [(404, 10_003), (404, 10_013), (403, 50_001), (403, 50_007)] {
            let fate = fate(status, code);
            assert!(
                matches!(&fate, SendError::Gone { why } if why.contains(&code.to_string())),
                "{fate:?}"
            );
        }
    }

    #[test]
    fn messages_that_are_wrong_and_set_ups_that_are() {
        for (status, code) in [(400, 50_035), (403, 50_013), (403, 99_999), (400, 0)] {
            let fate = fate(status, code);
            assert!(matches!(fate, SendError::Rejected { .. }), "{fate:?}");
        }
        for (status, code) in [(401, 0), (404, 0)] {
            let fate = fate(status, code);
            assert!(matches!(fate, SendError::Misconfigured { .. }), "{fate:?}");
        }
    }

    #[test]
    fn a_stranger_s_answer_is_never_held_against_the_recipient() {
        let fate = of(CallError::Foreign(403));
        assert!(matches!(fate, SendError::Transient { .. }), "{fate:?}");
    }
}
