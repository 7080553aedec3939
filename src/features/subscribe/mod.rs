//! Subscribing and leaving: the least of it, one word each way.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::base::clock::Millis;
use crate::channel::{Inbound, MenuEntry};
use crate::city::City;
use crate::message::catalogue::Catalogue;
use crate::message::{Action, Arg, Block, Letter, Token, Weight, Words, say, say_with};
use crate::outbox::Lane;
use crate::outbox::post::{self, Post};
use crate::outbox::row::Worded;
use crate::people::store as people;
use crate::store::Tx;

/// The button that begins letters.
pub const START: &str = "start";
/// The button that ends them.
pub const STOP: &str = "stop";

/// Where the consent of those was given who asked by themselves.
const CONSENT_SOURCE: &str = "/start";

/// How long an answer is worth sending.
const ANSWER_HOLDS: Duration = Duration::from_hours(24);

/// What a person asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// To get letters.
    Start,
    /// To get no more.
    Stop,
    /// What there is to ask for.
    Help,
}

/// Does what was asked, and answers in the person's language.
///
/// # Errors
/// When the database is away, or a word is missing.
pub async fn answer(
    tx: &mut Tx,
    catalogue: &Catalogue,
    city: &City,
    commands: &[MenuEntry],
    event: &Inbound,
    asked: Asked,
    now: Millis,
) -> Result<(), sqlx::Error> {
    let installed = catalogue.languages();
    let preferred: Vec<&str> = event.languages.iter().map(String::as_str).collect();
    let guessed = Catalogue::choose(&preferred, &installed).or_else(|| installed.first().copied());
    let Some(guessed) = guessed else {
        return Err(sqlx::Error::RowNotFound);
    };
    let address = people::find_or_add(
        tx,
        event.channel,
        &event.from,
        guessed.as_str(),
        event.group,
        now,
    )
    .await?;
    let lang = if event.languages.is_empty() {
        let kept: Vec<&str> = address.languages.split(',').collect();
        Catalogue::choose(&kept, &installed).unwrap_or(guessed)
    } else {
        guessed
    };
    let letter = match asked {
        Asked::Start => {
            let city = installed
                .iter()
                .map(|lang| (*lang, city.name(*lang).to_owned()))
                .collect();
            let already = address.on;
            people::switch_on(tx, address.id, lang.as_str(), now).await?;
            if !already {
                people::consented(tx, address.id, CONSENT_SOURCE, now).await?;
            }
            welcome(Words::Written(city), already)
        }
        Asked::Stop => {
            if address.on {
                people::switch_off(tx, address.id, people::STOPPED, now).await?;
            }
            farewell(address.on)
        }
        Asked::Help => help(commands, address.on),
    };
    let worded = catalogue
        .localise(&letter, lang)
        .map_err(|why| sqlx::Error::Decode(why.into()))?;
    let worded = Worded(BTreeMap::from([(lang, worded)]));
    let post = Post {
        worded: &worded,
        lane: Lane::Reply,
        created: now,
        expires: now.plus(ANSWER_HOLDS),
        thread: None,
    };
    post::reply(tx, &post, address.id, event.via.as_deref())
        .await
        .map(drop)
}

fn button(label: Words, token: &str) -> Vec<Vec<Action>> {
    Token::try_from(token.to_owned())
        .map(|token| vec![vec![Action::Press { label, token }]])
        .unwrap_or_default()
}

fn welcome(city: Words, already: bool) -> Letter {
    let title = if already {
        say("subscribe-already")
    } else {
        say("subscribe-welcome")
    };
    Letter {
        title: Some(title),
        body: vec![
            Block::Paragraph(say_with(
                "subscribe-what",
                [("city", Arg::Words(Box::new(city)))],
            )),
            Block::Paragraph(say("subscribe-how-to-stop")),
            Block::Paragraph(say("subscribe-emergency")),
        ],
        actions: button(say("subscribe-button-stop"), STOP),
        weight: Weight::Normal,
        footer: Some(say("subscribe-privacy")),
    }
}

fn farewell(was_on: bool) -> Letter {
    let text = if was_on {
        say("subscribe-stopped")
    } else {
        say("subscribe-was-not-on")
    };
    Letter {
        actions: button(say("subscribe-button-start"), START),
        ..Letter::line(text)
    }
}

fn help(commands: &[MenuEntry], on: bool) -> Letter {
    let lines = commands
        .iter()
        .map(|entry| {
            let about = Arg::Words(Box::new(Words::Written(entry.descriptions.clone())));
            say_with(
                "help-line",
                [("name", Arg::Text(entry.name.clone())), ("about", about)],
            )
        })
        .collect();
    let (label, token) = if on {
        (say("subscribe-button-stop"), STOP)
    } else {
        (say("subscribe-button-start"), START)
    };
    Letter {
        title: Some(say("help-title")),
        body: vec![
            Block::Bullets(lines),
            Block::Paragraph(say("subscribe-emergency")),
        ],
        actions: button(label, token),
        weight: Weight::Normal,
        footer: None,
    }
}
