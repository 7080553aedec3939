//! `glas doctor --send-to`: a test letter straight through a channel, and what the network said.

use std::time::Duration;

use tokio::time::timeout;

use super::Words;
use super::report::Report;
use crate::base::clock::{Clock, Millis};
use crate::base::id;
use crate::channel::{Parcel, Receipt, SendError};
use crate::channels;
use crate::channels::checkup::Finding;
use crate::cli::check;
use crate::message::{self, Arg, Letter, say, say_with, say_with_text};

/// How long an answer is waited for: a relay may take its time over the final dot.
const PATIENCE: Duration = Duration::from_mins(1);
/// What scripts know this by.
const ABOUT: &str = "letter";

/// Sends a test letter to `address` and tells what became of it.
///
/// # Errors
/// When the catalogue lacks a word.
pub async fn send(words: &Words, report: &mut Report<'_>, address: &str) -> anyhow::Result<()> {
    let loaded = &words.loaded;
    let fault = |says| Finding::fault(ABOUT, says);
    let (name, handle) = match parse(address) {
        Ok(parsed) => parsed,
        Err(says) => return report.tell(&fault(says)),
    };
    let menu = loaded.commands.menu();
    let opened = match check::keys() {
        Ok(keys) => channels::open_one(name, &loaded.config, &keys, &loaded.catalogue, menu),
        Err(why) => Err(why),
    };
    let channel = ("channel", Arg::Text(name.to_owned()));
    let network = match opened {
        Ok(Some(network)) => network,
        Ok(None) => return report.tell(&fault(say_with("check-channel-off", [channel]))),
        Err(why) => {
            let why = channels::explain(&why).map_or_else(
                || Arg::Text(format!("{why:#}")),
                |words| Arg::Words(words.into()),
            );
            let says = say_with("check-channel-fault", [channel, ("fault", why)]);
            return report.tell(&fault(says));
        }
    };
    let now = Clock::system().now();
    let letter = loaded.catalogue.localise(&letter(now), words.lang)?;
    let rendering = network.render(&letter, words.lang);
    let nonce = id::random().to_string();
    let parcel = Parcel {
        rendering: &rendering,
        part: 0,
        to: &handle,
        via: None,
        reply_to: None,
        nonce: &nonce,
        thread: None,
        dated: now,
        bulk: false,
        address: (0, 0),
        replacing: None,
        picture: None,
    };
    let answer = timeout(PATIENCE, network.send(&parcel)).await;
    report.tell(&match answer {
        Ok(answer) => judge(name, answer),
        Err(_) => fault(say("doctor-send-silent")),
    })
}

/// The channel and the canonical handle; an address with an @ alone is a mailbox.
fn parse(address: &str) -> Result<(&'static str, String), message::Words> {
    let named = address.split_once(':').and_then(|(name, handle)| {
        let name = channels::NAMES.into_iter().find(|known| *known == name)?;
        Some((name, handle))
    });
    let mailbox = || {
        let before = address.split('@').next().unwrap_or_default();
        (before.len() < address.len() && !before.is_empty()).then_some(("email", address))
    };
    let wrong = |reason: message::Words| {
        say_with(
            "doctor-send-address",
            [
                ("address", Arg::Text(address.to_owned())),
                ("reason", Arg::Words(reason.into())),
            ],
        )
    };
    let (name, handle) = named
        .or_else(mailbox)
        .ok_or_else(|| wrong(say("doctor-send-forms")))?;
    channels::parse_handle(name, handle)
        .map(|(handle, _)| (name, handle))
        .map_err(|key| wrong(message::Words::Say(key, vec![])))
}

fn letter(now: Millis) -> Letter {
    let mut letter = Letter::line(say_with("doctor-letter-text", [("at", Arg::Time(now))]));
    letter.title = Some(say("doctor-letter-title"));
    letter
}

/// What the network's answer means.
fn judge(name: &str, answer: Result<Receipt, SendError>) -> Finding {
    let says = match answer {
        Ok(receipt) => {
            let args = [
                ("channel", Arg::Text(name.to_owned())),
                ("receipt", Arg::Text(receipt.message)),
            ];
            return Finding::ok(ABOUT, say_with("doctor-send-taken", args));
        }
        Err(SendError::Transient { why }) => say_with_text("doctor-send-later", &why),
        Err(SendError::Limited { retry_after, .. }) => {
            let seconds = i64::try_from(retry_after.as_secs()).unwrap_or(i64::MAX);
            let seconds = Arg::Number(seconds.saturating_add(1));
            say_with("doctor-send-limited", [("seconds", seconds)])
        }
        Err(SendError::Gone { why }) => say_with_text("doctor-send-gone", &why),
        Err(SendError::Moved { to }) => say_with_text("doctor-send-moved", &to),
        Err(SendError::Rejected { why }) => say_with_text("doctor-send-rejected", &why),
        Err(SendError::Misconfigured { why }) => say_with_text("doctor-send-misconfigured", &why),
        Err(SendError::Ambiguous { why }) => say_with_text("doctor-send-unknown", &why),
    };
    Finding::fault(ABOUT, says)
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn an_address_names_its_channel() {
        for (address, name, handle) in [
            ("telegram:-100123", "telegram", "-100123"),
            ("telegram:@Sofia_News", "telegram", "@sofia_news"),
            ("discord:user:77", "discord", "user:77"),
            ("email:Resident@Example.BG", "email", "Resident@example.bg"),
            ("resident@example.bg", "email", "resident@example.bg"),
        ] {
            assert_eq!(parse(address), Ok((name, handle.to_owned())), "{address}");
        }
        for wrong in [
            "",
            "77",
            "user:77",
            "@sofia_news",
            "telegram:x",
            "sms:1",
            "email:x",
            "a@b",
        ] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
