//! The Telegram channel: what it asks of the Bot API and what it makes of every answer.

mod changing;
mod listening;
mod sending;
mod shape;
mod stub;
mod world;

use glas::base::clock::Millis;
use glas::channel::{Channel as _, MenuEntry, Parcel, Receipt, Rendering, SendError};
use glas::channels::telegram::Telegram;
use glas::config::telegram::TelegramSettings;
use glas::message::layout::{Part, Styled};
use glas::message::{Lang, Letter, Weight};
use url::Url;

/// A token that must never be seen again.
const TOKEN: &str = "12345:NEVER-to_be-shown";

fn telegram(api_url: &Url, menu: Vec<MenuEntry>) -> Telegram {
    let settings = TelegramSettings {
        api_url: api_url.clone(),
        ..TelegramSettings::default()
    };
    Telegram::new(&settings, TOKEN.into(), menu).expect("a channel")
}

fn lang(tag: &str) -> Lang {
    tag.parse().expect("a language")
}

fn plain(text: &str) -> Part {
    Part {
        title: None,
        text: Styled {
            text: text.to_owned(),
            marks: vec![],
        },
        actions: vec![],
        lists: vec![],
        weight: Weight::Normal,
        picture: None,
    }
}

async fn send(
    telegram: &Telegram,
    part: Part,
    to: &str,
    reply_to: Option<&str>,
) -> Result<Receipt, SendError> {
    let rendering = Rendering {
        parts: vec![part],
        letter: Letter::line(String::new()),
        lang: lang("bg"),
    };
    let parcel = Parcel {
        rendering: &rendering,
        part: 0,
        to,
        via: None,
        reply_to,
        nonce: "n1",
        thread: None,
        dated: Millis(0),
        bulk: false,
        address: (1, 0),
        replacing: None,
        picture: None,
    };
    telegram.send(&parcel).await
}
