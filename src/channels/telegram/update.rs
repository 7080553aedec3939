//! One update of the Bot API read into what a person did, from the fields that matter here.

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::media::Enclosed;
use super::membership::{MyChatMember, membership};
use super::{NAME, compose};
use crate::base::clock::Millis;
use crate::channel::{Act, Inbound};
use crate::message::Token;

/// The longest language tag worth passing on (RFC 5646 §4.4.1).
const LONGEST_TAG: usize = 35;

/// An update that could be read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Heard {
    /// Its number; the next one asked for is larger.
    pub(super) id: i32,
    /// What a person did, when it is something that we act on.
    pub(super) event: Option<Inbound>,
    /// The press that waits for an answer, so that the button stops turning.
    pub(super) pressed: Option<String>,
}

/// An update that could not be read.
#[derive(Debug)]
pub(super) struct Unreadable {
    /// Its number, when at least that could be read.
    pub(super) id: Option<i32>,
    /// What is wrong, without the update's contents.
    pub(super) why: String,
}

#[derive(Deserialize)]
struct Numbered {
    #[serde(rename = "update_id")]
    id: i32,
}

#[derive(Deserialize)]
struct Update {
    #[serde(rename = "update_id")]
    id: i32,
    message: Option<Message>,
    callback_query: Option<Pressed>,
    my_chat_member: Option<MyChatMember>,
}

#[derive(Deserialize)]
struct Message {
    date: i64,
    chat: Chat,
    from: Option<User>,
    /// Set when a channel or an anonymous administrator speaks: nobody we can answer for.
    sender_chat: Option<IgnoredAny>,
    text: Option<String>,
    migrate_to_chat_id: Option<i64>,
    #[serde(flatten)]
    enclosed: Enclosed,
}

#[derive(Deserialize)]
pub(super) struct Chat {
    pub(super) id: i64,
    #[serde(rename = "type")]
    kind: ChatKind,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum ChatKind {
    Private,
    Group,
    Supergroup,
    Channel,
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
pub(super) struct User {
    #[serde(default)]
    is_bot: bool,
    language_code: Option<String>,
}

#[derive(Deserialize)]
struct Pressed {
    id: String,
    from: User,
    /// Absent for messages sent through other chats; its date is the message's, not the press's.
    message: Option<PressedBelow>,
    data: Option<String>,
}

#[derive(Deserialize)]
struct PressedBelow {
    message_id: Option<i64>,
    chat: Chat,
}

/// Reads one update. `username` is the bot's own, without `@`; `now` dates what has no date.
pub(super) fn read(json: &str, username: &str, now: Millis) -> Result<Heard, Unreadable> {
    let update: Update = serde_json::from_str(json).map_err(|error| Unreadable {
        id: serde_json::from_str(json)
            .ok()
            .map(|numbered: Numbered| numbered.id),
        // The error's own text may quote what somebody wrote.
        why: format!("{:?} at column {}", error.classify(), error.column()),
    })?;
    let mut pressed = None;
    let happened = if let Some(message) = update.message {
        said(message, username)
    } else if let Some(press) = update.callback_query {
        pressed = Some(press.id.clone());
        press_of(press, now)
    } else {
        update.my_chat_member.and_then(membership)
    };
    Ok(Heard {
        id: update.id,
        event: happened.map(|happened| Inbound {
            id: update.id.to_string(),
            channel: NAME,
            from: happened.chat.to_string(),
            group: happened.chat < 0,
            via: None,
            at: happened.at,
            languages: happened.languages,
            on: happened.on,
            groups: vec![],
            act: happened.act,
        }),
        pressed,
    })
}

pub(super) struct Happened {
    pub(super) chat: i64,
    pub(super) at: Millis,
    pub(super) languages: Vec<String>,
    /// See [`Inbound::on`].
    pub(super) on: Option<String>,
    pub(super) act: Act,
}

fn said(message: Message, username: &str) -> Option<Happened> {
    let at = seconds(message.date);
    let chat = message.chat.id;
    if let Some(to) = message.migrate_to_chat_id {
        let to = to.to_string();
        return Some(Happened {
            chat,
            at,
            languages: vec![],
            on: None,
            act: Act::Moved { to },
        });
    }
    let from = message.from.filter(|from| !from.is_bot)?;
    let heard = matches!(
        message.chat.kind,
        ChatKind::Private | ChatKind::Group | ChatKind::Supergroup
    );
    if message.sender_chat.is_some() || !heard {
        return None;
    }
    let act = match message.text {
        Some(text) => Act::Said(addressed_to_us(text, username)?),
        // What people show each other in a group is none of our business.
        None if message.chat.kind == ChatKind::Private => message.enclosed.act()?,
        None => return None,
    };
    Some(Happened {
        chat,
        at,
        languages: languages(from),
        on: None,
        act,
    })
}

/// `/start@our_bot payload` → `/start payload`; a command for another bot → `None`.
fn addressed_to_us(text: String, username: &str) -> Option<String> {
    let command = text.split(char::is_whitespace).next().unwrap_or_default();
    if !command.starts_with('/') {
        return Some(text);
    }
    let Some((name, bot)) = command.split_once('@') else {
        return Some(text);
    };
    bot.eq_ignore_ascii_case(username)
        .then(|| format!("{name}{}", &text[command.len()..]))
}

fn press_of(press: Pressed, now: Millis) -> Option<Happened> {
    let token = Token::try_from(press.data?).ok()?;
    let PressedBelow { message_id, chat } = press.message?;
    // In a group others read the message, too.
    let on = message_id.filter(|_| chat.kind == ChatKind::Private);
    Some(Happened {
        chat: chat.id,
        at: now,
        languages: languages(press.from),
        on: on.map(|message| compose::receipt(chat.id, message).message),
        act: Act::Pressed(token),
    })
}

pub(super) fn languages(user: User) -> Vec<String> {
    let plausible = |tag: &String| {
        (1..=LONGEST_TAG).contains(&tag.len())
            && (tag.bytes()).all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    user.language_code.filter(plausible).into_iter().collect()
}

pub(super) fn seconds(unix: i64) -> Millis {
    Millis(unix.saturating_mul(1000))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn heard(update: &Value) -> Option<Inbound> {
        read(&update.to_string(), "glas_bot", Millis(5))
            .expect("readable")
            .event
    }

    fn message(chat: &Value, more: &Value) -> Value {
        let mut message = json!({"message_id": 3, "date": 1_800_000_000, "chat": chat,
            "from": {"id": 42, "is_bot": false, "first_name": "X", "language_code": "bg"}});
        if let (Some(message), Some(more)) = (message.as_object_mut(), more.as_object()) {
            message.extend(more.clone());
        }
        json!({"update_id": 9, "message": message})
    }

    #[test]
    fn commands_lose_our_name_and_other_bots_keep_theirs() {
        let group = json!({"id": -7, "type": "group", "title": "G"});
        let said = |text: &str| heard(&message(&group, &json!({"text": text}))).map(|e| e.act);
        assert_eq!(
            said("/start@Glas_Bot lozenets 1"),
            Some(Act::Said("/start lozenets 1".to_owned()))
        );
        assert_eq!(said("/start@other_bot"), None);
        assert_eq!(
            said("write to a@b.bg"),
            Some(Act::Said("write to a@b.bg".to_owned()))
        );
    }

    #[test]
    fn a_text_says_who_when_and_in_which_language() {
        let private = json!({"id": 42, "type": "private"});
        let event = heard(&message(&private, &json!({"text": "γεια"})));
        assert_eq!(
            event,
            Some(Inbound {
                id: "9".to_owned(),
                channel: "telegram",
                from: "42".to_owned(),
                group: false,
                via: None,
                at: Millis(1_800_000_000_000),
                languages: vec!["bg".to_owned()],
                on: None,
                groups: vec![],
                act: Act::Said("γεια".to_owned()),
            })
        );
    }

    #[test]
    fn formatting_that_nobody_knows_yet_does_not_hide_a_text() {
        let private = json!({"id": 42, "type": "private", "is_new_kind": [1]});
        let text = json!({"text": "/stop", "entities": [{"type": "of_next_year", "offset": 0}]});
        let act = heard(&message(&private, &text)).map(|event| event.act);
        assert_eq!(act, Some(Act::Said("/stop".to_owned())));
    }

    #[test]
    fn channels_anonymous_administrators_bots_and_pictures_are_nobody() {
        let group = json!({"id": -7, "type": "supergroup"});
        let channel = json!({"id": -8, "type": "channel"});
        for update in [
            message(&channel, &json!({"text": "/stop"})),
            message(&group, &json!({"text": "/stop", "sender_chat": {"id": -7}})),
            message(
                &group,
                &json!({"text": "/stop", "from": {"id": 1, "is_bot": true}}),
            ),
            message(&group, &json!({"photo": []})),
            json!({"update_id": 9, "something_new": {}}),
        ] {
            assert_eq!(heard(&update), None, "{update}");
        }
    }

    #[test]
    fn membership_tells_leaving_and_returning_but_not_promotion() {
        let change = |kind: &str, old: &str, new: &str| {
            heard(&json!({"update_id": 9, "my_chat_member": {
                "chat": {"id": 42, "type": kind}, "from": {"id": 42}, "date": 1,
                "old_chat_member": {"status": old}, "new_chat_member": {"status": new}}}))
            .map(|event| event.act)
        };
        assert_eq!(change("private", "member", "kicked"), Some(Act::Left));
        assert_eq!(change("private", "kicked", "member"), Some(Act::Returned));
        assert_eq!(change("group", "administrator", "left"), Some(Act::Left));
        assert_eq!(change("group", "member", "administrator"), None);
        assert_eq!(
            change("channel", "administrator", "kicked"),
            Some(Act::Left)
        );
    }

    #[test]
    fn a_group_that_moved_says_where_to() {
        let group = json!({"id": -7, "type": "group"});
        let moved = message(
            &group,
            &json!({"migrate_to_chat_id": -1007, "sender_chat": {}}),
        );
        let event = heard(&moved).map(|event| (event.from, event.act));
        let to = "-1007".to_owned();
        assert_eq!(event, Some(("-7".to_owned(), Act::Moved { to })));
    }

    #[test]
    fn a_press_waits_for_its_answer_even_when_it_is_none_of_ours() {
        let press = |data: &str| {
            let update = json!({"update_id": 9, "callback_query": {"id": "q1", "from": {"id": 42},
                "message": {"chat": {"id": 42, "type": "private"}, "date": 0}, "data": data}});
            read(&update.to_string(), "glas_bot", Millis(5)).expect("readable")
        };
        let ours = press("vote:1");
        let act = ours.event.map(|event| (event.at, event.act));
        let token = Token::try_from("vote:1".to_owned()).expect("a token");
        assert_eq!(act, Some((Millis(5), Act::Pressed(token))));
        let foreign = press("two words");
        assert_eq!(foreign.event, None);
        assert_eq!(foreign.pressed.as_deref(), Some("q1"));
    }

    #[test]
    fn a_poison_update_still_has_its_number_and_keeps_its_words_to_itself() {
        let poison = r#"{"update_id": 77, "message": {"text": "secret", "date": "secret"}}"#;
        let unreadable = read(poison, "glas_bot", Millis(5)).expect_err("unreadable");
        assert_eq!(unreadable.id, Some(77));
        assert!(!unreadable.why.contains("secret"), "{}", unreadable.why);
    }
}
