//! The web pages, as a browser and as something less friendly meets them.

mod bounds;
mod browser;
mod content;
mod links;
pub mod mail;
mod pages;
mod presses;
mod protocol;
mod requests;
mod scanner;

use std::time::Duration;

use glas::base::clock::{Clock, Millis};
use reqwest::{Client, Response, redirect};

use crate::town::{Base, Cap, Plan, Town};

/// A town with the pages on and no network beside them.
pub async fn town(base: Base) -> Town {
    let plan = Plan {
        web: true,
        channels: &["telegram"],
        ..Plan::default()
    };
    let mut town = Town::build(base, plan).await;
    town.start().await;
    town
}

/// Asks for a page and follows nothing.
pub async fn get(town: &Town, path: &str, language: &str) -> Response {
    let client = Client::builder()
        .redirect(redirect::Policy::none())
        .build()
        .expect("a client");
    let asked = client
        .get(town.page(path))
        .header("accept-language", language);
    asked.send().await.expect("an answer")
}

/// A page that must be there.
pub async fn read(town: &Town, path: &str) -> String {
    let answer = get(town, path, "").await;
    assert_eq!(answer.status(), 200, "{path}");
    answer.text().await.expect("a text")
}

pub fn header<'a>(answer: &'a Response, name: &str) -> &'a str {
    let value = answer.headers().get(name);
    value.map_or("", |value| value.to_str().expect("plain"))
}

pub fn soon() -> Millis {
    Clock::system().now().plus(Duration::from_secs(2))
}

/// The id of an alert by the name that its sender gave it.
pub async fn id_of(town: &Town, identifier: &str) -> i64 {
    town.count(&format!(
        "select id from alert where identifier = '{identifier}'"
    ))
    .await
}

/// An alert in force over Lyulin; one that was updated, one cancelled, one over.
pub async fn eventful(town: &Town) {
    let old = Cap::new("old").severity("Moderate");
    town.alert(&old).await;
    town.alert(&old.follow_up("new", "Update").severity("Extreme"))
        .await;
    let mistaken = Cap::new("mistaken").district("68134-12");
    town.alert(&mistaken).await;
    town.alert(&mistaken.follow_up("sorry", "Cancel")).await;
    town.alert(&Cap::new("short").expires(soon())).await;
}
