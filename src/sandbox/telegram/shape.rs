//! The platform's objects as the Bot API shows them.

use serde_json::{Map, Value, json};

use super::state::{Chat, Content, Formatted, Kind, Message, State};
use crate::base::clock::Millis;

/// The account that stands for a group's anonymous administrators, as on the platform.
pub(super) const ANONYMOUS: i64 = 1_087_968_824;

/// Unix seconds, the platform's unit.
pub(super) fn seconds(at: Millis) -> i64 {
    at.0.div_euclid(1000)
}

/// A `User`.
pub(super) fn user(state: &State, id: i64) -> Value {
    if id == state.bot.id {
        return json!({
            "id": id,
            "is_bot": true,
            "first_name": state.bot.name,
            "username": state.bot.username,
        });
    }
    if id == ANONYMOUS {
        return json!({
            "id": id,
            "is_bot": true,
            "first_name": "Group",
            "username": "GroupAnonymousBot",
        });
    }
    let Some(person) = state.people.get(&id) else {
        return json!({ "id": id, "is_bot": false, "first_name": "" });
    };
    let mut user = json!({ "id": id, "is_bot": false, "first_name": person.first_name });
    if let Some(name) = &person.username {
        user["username"] = json!(name);
    }
    if let Some(code) = &person.language_code {
        user["language_code"] = json!(code);
    }
    user
}

/// The `User` that getMe returns, with what only it tells.
pub(super) fn me(state: &State) -> Value {
    let mut me = user(state, state.bot.id);
    me["can_join_groups"] = json!(state.set_up.joins_groups);
    me["can_read_all_group_messages"] = json!(state.set_up.hears_all);
    for absent in [
        "supports_guest_queries",
        "supports_inline_queries",
        "can_connect_to_business",
        "has_main_web_app",
        "has_topics_enabled",
        "allows_users_to_create_topics",
        "can_manage_bots",
        "supports_join_request_queries",
    ] {
        me[absent] = json!(false);
    }
    me
}

/// A `Chat`.
pub(super) fn chat(state: &State, chat: &Chat) -> Value {
    match &chat.kind {
        Kind::Private => {
            let mut shown = json!({ "id": chat.id, "type": "private" });
            if let Some(person) = state.people.get(&chat.id) {
                shown["first_name"] = json!(person.first_name);
                if let Some(name) = &person.username {
                    shown["username"] = json!(name);
                }
            }
            shown
        }
        Kind::Group { title } => json!({
            "id": chat.id,
            "type": "group",
            "title": title,
            "all_members_are_administrators": false,
        }),
        Kind::Supergroup { title } => {
            let mut shown = json!({ "id": chat.id, "type": "supergroup", "title": title });
            if !chat.topics.is_empty() {
                shown["is_forum"] = json!(true);
            }
            shown
        }
    }
}

/// A `ChatFullInfo`.
pub(super) fn full_chat(state: &State, of: &Chat) -> Value {
    let mut shown = chat(state, of);
    shown["accent_color_id"] = json!(of.id.rem_euclid(7));
    shown["max_reaction_count"] = json!(11);
    shown["accepted_gift_types"] = json!({
        "unlimited_gifts": false,
        "limited_gifts": false,
        "unique_gifts": false,
        "premium_subscription": false,
        "gifts_from_channels": false,
    });
    shown
}

/// A `ChatMember` with `status`.
pub(super) fn member(state: &State, id: i64, status: &str) -> Value {
    let mut shown = json!({ "status": status, "user": user(state, id) });
    if status == "kicked" {
        shown["until_date"] = json!(0);
    }
    shown
}

/// A `Message`; with the message it answers when `deep`.
pub(super) fn message(state: &State, within: &Chat, message: &Message, deep: bool) -> Value {
    let mut shown = Map::new();
    shown.insert("message_id".into(), json!(message.id));
    shown.insert("from".into(), user(state, message.from));
    shown.insert("chat".into(), chat(state, within));
    shown.insert("date".into(), json!(seconds(message.date)));
    if let Some(edited) = message.edited {
        shown.insert("edit_date".into(), json!(seconds(edited)));
    }
    if let Some(thread) = message.thread {
        shown.insert("message_thread_id".into(), json!(thread));
        shown.insert("is_topic_message".into(), json!(true));
    }
    let answered = message.reply_to.and_then(|id| within.messages.get(&id));
    if let (Some(answered), true) = (answered, deep) {
        let answered = self::message(state, within, answered, false);
        shown.insert("reply_to_message".into(), answered);
    }
    match &message.content {
        Content::Text(said) => formatted(&mut shown, said, "text", "entities"),
        Content::Photo { sizes, caption } => {
            shown.insert("photo".into(), sizes.clone());
            formatted(&mut shown, caption, "caption", "caption_entities");
        }
        Content::Location(point) => {
            let (latitude, longitude) = point.degrees();
            let place = json!({ "latitude": latitude, "longitude": longitude });
            shown.insert("location".into(), place);
        }
        Content::Service(fields) => shown.extend(fields.clone()),
    }
    if let Some(keyboard) = &message.keyboard {
        shown.insert("reply_markup".into(), keyboard.clone());
    }
    shown.extend(message.extra.clone());
    Value::Object(shown)
}

fn formatted(into: &mut Map<String, Value>, what: &Formatted, text: &str, entities: &str) {
    if !what.text.is_empty() {
        into.insert(text.into(), json!(what.text));
        if let Some(marks) = &what.entities {
            into.insert(entities.into(), marks.clone());
        }
    }
}
