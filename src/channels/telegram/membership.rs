//! Whether the bot is in a chat: what an update about its own place there means.

use serde::Deserialize;

use super::update::{Chat, Happened, User, languages, seconds};
use crate::channel::Act;

#[derive(Deserialize)]
pub(super) struct MyChatMember {
    chat: Chat,
    from: User,
    date: i64,
    old_chat_member: Membership,
    new_chat_member: Membership,
}

#[derive(Deserialize)]
struct Membership {
    status: Status,
    /// Told of restricted members only, who may have left.
    is_member: Option<bool>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Status {
    Creator,
    Administrator,
    Member,
    Restricted,
    Left,
    Kicked,
}

/// Leaving is told whenever the bot is out, returning only when it was out before: a promotion is
/// no return.
pub(super) fn membership(change: MyChatMember) -> Option<Happened> {
    let was_present = is_present(&change.old_chat_member);
    let act = match is_present(&change.new_chat_member) {
        false => Act::Left,
        true if !was_present => Act::Returned,
        true => return None,
    };
    Some(Happened {
        chat: change.chat.id,
        at: seconds(change.date),
        languages: languages(change.from),
        on: None,
        act,
    })
}

fn is_present(member: &Membership) -> bool {
    match member.status {
        Status::Creator | Status::Administrator | Status::Member => true,
        Status::Restricted => member.is_member != Some(false),
        Status::Left | Status::Kicked => false,
    }
}
