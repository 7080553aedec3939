//! A letter's button on the web: what it would do, and what the bot answers when it is pressed.

use std::sync::Arc;

use axum::extract::Path;
use maud::{Markup, html};

use super::asked::private;
use super::personal::{self, Opened, sign};
use super::posted::Posted;
use super::{Answer, Asked, Failure, Site};
use crate::base::id;
use crate::base::link::PRESS;
use crate::channel::{Act, Inbound};
use crate::features::subscribe::sent;
use crate::message::choice::Choice;
use crate::message::{Action, Arg, Block, Letter, Token};
use crate::page::{self, Field, Input, Page, Trouble, path, tick};

/// The most characters of a text that is typed here.
const LONGEST: usize = 4000;

/// What the button would do. Nothing is done.
pub(super) async fn page(asked: Asked, Path((_, token)): Path<(String, String)>) -> Answer {
    question(&asked, &token, None).await
}

/// Presses the button, chooses or writes, and shows what the bot answers.
pub(super) async fn post(
    asked: Asked,
    Path((_, token)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let site = &asked.site;
    let mut tx = site.db.read().await?;
    let opened = personal::look(site, &mut tx, PRESS, &token).await?;
    drop(tx);
    let pressed = pressed(&opened)?;
    let act = match posted.one("do") {
        "press" => Act::Pressed(pressed),
        "choose" => Act::Chose {
            token: pressed,
            values: posted.all("answer").map(str::to_owned).collect(),
        },
        "write" if !posted.one("text").is_empty() => Act::Typed {
            token: pressed,
            text: posted.one("text").chars().take(LONGEST).collect(),
        },
        _ => {
            let error = asked.voice().say("press-tick-first")?;
            return question(&asked, &token, Some(error)).await;
        }
    };
    let desk = site.desk.as_ref().ok_or(Failure(Trouble::Away))?;
    let citizen = &opened.citizen;
    let channel = site.channels.iter().find(|name| **name == citizen.channel);
    let event = Inbound {
        id: format!("web.{}", id::random()),
        channel: channel.ok_or(Failure(Trouble::Away))?,
        from: citizen.handle.clone(),
        group: citizen.group,
        via: None,
        at: site.clock.now(),
        languages: citizen.languages.split(',').map(str::to_owned).collect(),
        on: None,
        groups: vec![],
        act,
    };
    let said = desk.hear(&event, asked.lang).await?;
    answered(&asked, &token, &opened, &said)
}

/// The token of the button that a link is about.
fn pressed(opened: &Opened) -> Result<Token, Failure> {
    let token = Token::try_from(opened.link.rest.clone());
    token.map_err(|_| Failure(Trouble::LinkOver))
}

async fn question(asked: &Asked, token: &str, error: Option<String>) -> Answer {
    let (site, voice) = (&asked.site, asked.voice());
    let mut tx = site.db.read().await?;
    let opened = personal::look(site, &mut tx, PRESS, token).await?;
    let pressed = pressed(&opened)?;
    let label = sent::label(&mut tx, opened.citizen.id, &pressed, asked.lang).await?;
    drop(tx);
    let label = match label {
        Some(label) => label,
        None if pressed.as_str() == "forget" => voice.say("button-forget")?,
        None => voice.say("press-button")?,
    };
    let title = voice.say("press-title")?;
    let address = personal::shown(site, &opened.citizen).unwrap_or_default();
    let main = html! {
        h1 { (title) }
        p.lead {
            @if address.is_empty() { (voice.say("press-what")?) }
            @else { (voice.say_with("press-what-of", [("address", Arg::Text(address.to_owned()))])?) }
        }
        form method="post" action=(path(asked.lang, &own_path(token))) {
            (tick("do", "press", &label, error.as_deref()))
            p.actions { button type="submit" { (voice.say("press-go")?) } }
        }
        p.small { (voice.say("press-why")?) }
    };
    private(asked, title, &own_path(token), &main)
}

fn own_path(token: &str) -> String {
    format!("/do/{token}")
}

/// What the bot says, with everything in it that can be pressed, chosen or written.
fn answered(asked: &Asked, token: &str, opened: &Opened, said: &[Letter<String>]) -> Answer {
    let voice = asked.voice();
    let title = said.first().and_then(|letter| letter.title.clone());
    let named = title.is_some();
    let title = match title {
        Some(title) => title,
        None => voice.say("press-done")?,
    };
    let main = html! {
        @if !named { h1 { (title) } }
        @if said.is_empty() { p.lead { (voice.say("press-nothing")?) } }
        @for (number, letter) in said.iter().enumerate() {
            @let heading = if number == 0 { 1 } else { 2 };
            (page::letter(letter, voice, heading)?)
            (ways(asked, opened, letter)?)
        }
    };
    private(asked, title, &own_path(token), &main)
}

/// The path under which a further press of the same person is posted.
fn further(asked: &Asked, opened: &Opened, token: &Token) -> String {
    let site: &Arc<Site> = &asked.site;
    let link = &opened.link;
    let signed = sign(site, &opened.citizen, PRESS, link.expires, token.as_str());
    path(asked.lang, &own_path(&signed))
}

/// The forms below a letter.
fn ways(asked: &Asked, opened: &Opened, letter: &Letter<String>) -> Page {
    let voice = asked.voice();
    let choices = letter.body.iter().filter_map(|block| match block {
        Block::Choice(choice) => Some(choice),
        _ => None,
    });
    let actions = || letter.actions.iter().flatten();
    let presses: Vec<Markup> = actions()
        .filter_map(|action| match action {
            Action::Press { label, token } => Some(html! {
                form method="post" action=(further(asked, opened, token)) {
                    button.second type="submit" name="do" value="press" { (label) }
                }
            }),
            _ => None,
        })
        .collect();
    Ok(html! {
        @for choice in choices { (choosing(asked, opened, choice, letter.title.as_deref())?) }
        @for action in actions() {
            @if let Action::Type { label, token } = action {
                form method="post" action=(further(asked, opened, token)) {
                    input type="hidden" name="do" value="write";
                    (writing(label).html())
                    p.actions { button.second type="submit" { (voice.say("press-write")?) } }
                }
            }
        }
        @if !presses.is_empty() { div.actions { @for press in presses { (press) } } }
    })
}

fn writing<'a>(label: &str) -> Field<'a> {
    Field {
        name: "text".to_owned(),
        label: label.to_owned(),
        hint: None,
        error: None,
        input: Input::Line {
            kind: "text",
            autocomplete: None,
            value: "",
        },
    }
}

fn choosing(asked: &Asked, opened: &Opened, choice: &Choice<String>, title: Option<&str>) -> Page {
    let answers = choice.answers.iter().map(|answer| page::Choice {
        value: answer.value.clone(),
        label: answer.label.clone(),
        chosen: answer.chosen,
    });
    let answers = answers.collect();
    let field = Field {
        name: "answer".to_owned(),
        // The question is the page's title already.
        label: if title == Some(&choice.label) {
            asked.voice().say("press-answers")?
        } else {
            choice.label.clone()
        },
        hint: None,
        error: None,
        input: if choice.several {
            Input::Several(answers)
        } else {
            Input::One(answers)
        },
    };
    let label = asked.voice().say("press-choose")?;
    Ok(html! {
        form method="post" action=(further(asked, opened, &choice.token)) {
            input type="hidden" name="do" value="choose";
            (field.html())
            p.actions { button type="submit" { (label) } }
        }
    })
}
