//! What can be pressed below an alert: the sender's page, what is on now, less of this.

use url::Url;

use crate::city::{City, Set, Topic};
use crate::message::{Action, Arg, Token, Words, say, say_with};
use crate::outbox::digest;

/// What the token of the button begins with that mutes a topic; the topic's code follows.
pub const MUTE: &str = "mute.";

/// The rows below an alert about `topics`; about all of them is about none in particular.
pub(super) fn below(web: Option<&Url>, topics: Set, city: &City) -> Vec<Vec<Action>> {
    let open = web.map(|url| Action::Open {
        label: say("alert-open"),
        url: url.clone(),
    });
    let first = (city.topics().iter()).find(|topic| topics != Set::ALL && topics.has(topic.bit));
    let now = digest::now_button().into_iter();
    let row: Vec<Action> = now.chain(first.and_then(mute)).collect();
    open.into_iter()
        .map(|open| vec![open])
        .chain([row])
        .collect()
}

fn mute(topic: &Topic) -> Option<Action> {
    let name = Arg::Words(Box::new(Words::Written(topic.names.clone())));
    let label = say_with("alert-mute", [("topic", name)]);
    press(label, format!("{MUTE}{}", topic.code))
}

fn press(label: Words, token: String) -> Option<Action> {
    let token = Token::try_from(token).ok()?;
    Some(Action::Press { label, token })
}
