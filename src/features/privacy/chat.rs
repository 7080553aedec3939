//! The letters about one's own data.

use url::Url;

use super::MyData;
use crate::base::clock::Millis;
use crate::city::City;
use crate::features::subscribe::chat::{button, facts, row};
use crate::message::{Action, Arg, Block, Letter, Weight, Words, say, say_with};
use crate::people::crowd::Citizen;

/// The most letters that are named one by one in a chat.
const NAMED: usize = 5;
/// The longest export that is written into a chat, in characters.
const LONGEST_EXPORT: usize = 3000;

/// Everything that is kept, in words; `page` shows it whole and gives the file, and without one
/// the file's text stands in the letter.
#[must_use]
pub fn my_data(data: &MyData, citizen: &Citizen, city: &City, page: Option<Url>) -> Letter {
    let mut body = vec![Block::Paragraph(say("mydata-intro"))];
    let text = |text: &str| Words::Verbatim(text.to_owned());
    let state = if data.subscribed {
        say("mydata-on")
    } else {
        say("mydata-off")
    };
    body.push(Block::Facts(vec![
        (say("mydata-channel"), text(&data.channel)),
        (say("mydata-address"), text(&data.address)),
        (say("mydata-state"), state),
        (
            say("mydata-since"),
            say_with("mydata-moment", [("at", Arg::Time(citizen.since))]),
        ),
    ]));
    for wish in citizen.wishes.values() {
        body.push(Block::Facts(facts(wish, city)));
    }
    let consents = data.consents.iter().filter_map(|it| {
        let at = ("at", Arg::Time(Millis::parse_rfc3339(&it.at).ok()?));
        let source = ("source", Arg::Text(it.source.clone()));
        Some(if it.given {
            say_with("mydata-consent", [at, source])
        } else {
            say_with("mydata-consent-back", [at, source])
        })
    });
    body.push(Block::Bullets(consents.collect()));
    let count = i64::try_from(data.letters.len()).unwrap_or(i64::MAX);
    body.push(Block::Paragraph(say_with(
        "mydata-letters",
        [("count", Arg::Number(count))],
    )));
    let named = data.letters.iter().filter_map(|it| it.title.as_deref());
    body.push(Block::Bullets(named.take(NAMED).map(text).collect()));
    let mut actions = vec![];
    if let Some(url) = page {
        let label = say("mydata-page");
        actions.push(vec![Action::Open { label, url }]);
    } else if let Ok(json) = serde_json::to_string_pretty(data)
        && json.chars().count() <= LONGEST_EXPORT
    {
        body.push(Block::Paragraph(say("mydata-file")));
        body.push(Block::Quote(Words::Verbatim(json)));
    } else {
        body.push(Block::Paragraph(say("mydata-too-long")));
    }
    actions.push(row([
        button(say("button-settings"), "settings"),
        button(say("button-forget"), "forget"),
    ]));
    Letter {
        title: Some(say("mydata-title")),
        body,
        actions,
        weight: Weight::Normal,
        footer: None,
        picture: None,
    }
}

/// The last letter to an address that is forgotten.
#[must_use]
pub fn forgotten() -> Letter {
    Letter {
        title: Some(say("forgotten-title")),
        body: vec![
            Block::Paragraph(say("forgotten-what")),
            Block::Paragraph(say("forgotten-kept")),
        ],
        actions: vec![],
        weight: Weight::Normal,
        footer: Some(say("forgotten-last")),
        picture: None,
    }
}
