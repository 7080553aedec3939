//! Whom a message calls: what its text says, narrowed by `allowed_mentions`.

use std::collections::BTreeSet;

use serde_json::Value;

use super::refusal::Wrongs;
use super::shapes::snowflake;

/// Who is pinged by a message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pinged {
    /// People, by id.
    pub users: BTreeSet<u64>,
    /// Roles, by id.
    pub roles: BTreeSet<u64>,
    /// Whether `@everyone` or `@here` took effect.
    pub everyone: bool,
}

/// Checks what the shape of `allowed_mentions` cannot say: `parse` and a list of the same kind
/// exclude each other.
pub(super) fn check(allowed: &Value, wrongs: &mut Wrongs) {
    for kind in ["users", "roles"] {
        let listed = allowed[kind]
            .as_array()
            .is_some_and(|list| !list.is_empty());
        if listed && parses(allowed, kind) {
            wrongs.add(
                "allowed_mentions",
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                format!("parse:[\"{kind}\"] and {kind}: [ids...] are mutually exclusive."),
            );
        }
    }
}

/// Whom `content` calls. `answered` is the author of the message that is replied to.
///
/// Text in code is taken for a call too: a message that pings nobody by this rule pings nobody.
pub(super) fn called(content: &str, allowed: Option<&Value>, answered: Option<u64>) -> Pinged {
    let mut said = Pinged {
        everyone: content.contains("@everyone") || content.contains("@here"),
        ..Pinged::default()
    };
    for piece in content.split("<@").skip(1) {
        let Some((id, _)) = piece.split_once('>') else {
            continue;
        };
        let (into, id) = match id.strip_prefix('&') {
            Some(role) => (&mut said.roles, role),
            None => (&mut said.users, id.strip_prefix('!').unwrap_or(id)),
        };
        if let Ok(id) = id.parse() {
            into.insert(id);
        }
    }
    let mut called = match allowed {
        None => said,
        Some(allowed) => Pinged {
            users: narrowed(said.users, allowed, "users"),
            roles: narrowed(said.roles, allowed, "roles"),
            everyone: said.everyone && parses(allowed, "everyone"),
        },
    };
    // Without allowed_mentions an answer calls whom it answers; with it, only on request.
    let calls_answered = allowed.is_none_or(|allowed| allowed["replied_user"] == Value::Bool(true));
    called.users.extend(answered.filter(|_| calls_answered));
    called
}

fn parses(allowed: &Value, kind: &str) -> bool {
    allowed["parse"]
        .as_array()
        .is_some_and(|parse| parse.iter().any(|parsed| parsed == kind))
}

fn narrowed(said: BTreeSet<u64>, allowed: &Value, kind: &str) -> BTreeSet<u64> {
    if parses(allowed, kind) {
        return said;
    }
    let listed: BTreeSet<u64> = allowed[kind]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(snowflake)
        .collect();
    said.intersection(&listed).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const TEXT: &str = "<@1> <@!2> <@&3> <@x> @everyone <@";

    #[test]
    fn an_empty_parse_calls_nobody() {
        let none = json!({"parse": []});
        assert_eq!(called(TEXT, Some(&none), Some(9)), Pinged::default());
    }

    #[test]
    fn without_a_word_everything_said_is_called() {
        let all = called(TEXT, None, Some(9));
        assert_eq!(all.users, BTreeSet::from([1, 2, 9]));
        assert_eq!(all.roles, BTreeSet::from([3]));
        assert!(all.everyone);
    }

    #[test]
    fn a_list_calls_only_whom_the_text_names_too() {
        let some = json!({"parse": ["users"], "roles": ["3", "4"], "replied_user": false});
        let called = called(TEXT, Some(&some), None);
        assert_eq!(called.users, BTreeSet::from([1, 2]));
        assert_eq!(called.roles, BTreeSet::from([3]));
        assert!(!called.everyone);
    }
}
