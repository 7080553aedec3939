//! `glas subscriber invite`: a message with a button, in a group or a public channel, by which
//! everybody there can subscribe for themselves.

use std::collections::BTreeMap;
use std::time::Duration;

use super::words::Words;
use crate::base::clock::Clock;
use crate::channels;
use crate::features::subscribe::chat;
use crate::message::{Arg, Lang, say, say_with};
use crate::outbox::Lane;
use crate::outbox::post::{self, Post};
use crate::outbox::row::Worded;
use crate::people::store as people;

/// How long the message is worth sending.
const HOLDS: Duration = Duration::from_hours(24);

/// Posts the message; the running bot sends it.
///
/// # Errors
/// When the database is away or a word is missing.
pub async fn run(words: &Words, channel: &str, handle: &str) -> anyhow::Result<bool> {
    let loaded = &words.loaded;
    if !channels::on(&loaded.config).contains(&channel) {
        let channel = [("channel", Arg::Text(channel.to_owned()))];
        words.say(&say_with("invite-channel-off", channel))?;
        return Ok(false);
    }
    let (handle, group) = match channels::parse_handle(channel, handle) {
        Ok(parsed) => parsed,
        Err(key) => {
            words.say(&crate::message::Words::Say(key, vec![]))?;
            return Ok(false);
        }
    };
    if !group {
        words.say(&say("invite-not-public"))?;
        return Ok(false);
    }
    // Where a press is the group's and not the person's own, a link leads them to the bot.
    let link = channels::invitation(&loaded.config, channel);
    if link.is_none() && !channels::presses_are_personal(channel) {
        let channel = [("channel", Arg::Text(channel.to_owned()))];
        words.say(&say_with("invite-needs-link", channel))?;
        return Ok(false);
    }
    let letter = chat::invitation(&loaded.city, link);
    let languages: Vec<Lang> = loaded.city.languages().to_vec();
    let mut worded = BTreeMap::new();
    for lang in &languages {
        worded.insert(*lang, loaded.catalogue.localise(&letter, *lang)?);
    }
    let own = languages.first().map_or(String::new(), ToString::to_string);
    let db = loaded.database().await?;
    let now = Clock::system().now();
    let mut tx = db.begin().await?;
    let address = people::find_or_add(&mut tx, channel, &handle, &own, true, now).await?;
    let post = Post {
        worded: &Worded(worded),
        lane: Lane::Reply,
        created: now,
        expires: now.plus(HOLDS),
        thread: None,
    };
    post::reply(&mut tx, &post, address.id, None, None).await?;
    tx.commit().await?;
    db.close().await;
    words.say(&say("invite-posted"))?;
    Ok(true)
}
