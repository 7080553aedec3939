//! Who lives in the town, and what each of them wants to hear.

use std::ops::Range;

use glas::app;
use glas::base::clock::Millis;
use glas::city::Set;
use glas::people::import::{self, Line};
use glas::people::{Cadence, Wish};
use glas::sandbox::telegram::Person;

use super::{GUILD, Town, handle};

/// A person with wishes of their own.
#[derive(Debug, Clone, Copy)]
pub struct Who {
    pub channel: &'static str,
    pub number: u64,
    pub lang: &'static str,
    pub wish: Wish,
    pub cadence: Cadence,
    /// The weekday and the hour of a digest.
    pub digest: (i64, i64),
    /// Quiet hours of their own.
    pub quiet: Option<&'static str>,
}

impl Who {
    /// A Bulgarian reader of everything, at once.
    pub fn new(channel: &'static str, number: u64) -> Self {
        Self {
            channel,
            number,
            lang: "bg",
            wish: Wish::EVERYTHING,
            cadence: Cadence::Now,
            digest: (1, 8),
            quiet: None,
        }
    }
}

impl Town {
    /// A wish for everything in one district.
    pub fn wish_for(&self, district: &str) -> Wish {
        let district = self.loaded.city.district(district).expect("a district");
        Wish {
            districts: Set::NONE.with(district.bit),
            ..Wish::EVERYTHING
        }
    }

    /// A person known to the networks who has not subscribed.
    pub fn settle_in(&self, channel: &str, number: u64, lang: &str) {
        match channel {
            "telegram" => self.telegram.add_acquaintance(Person {
                id: i64::try_from(number).expect("small"),
                first_name: format!("Р{number}"),
                language_code: Some(lang.to_owned()),
                username: None,
            }),
            "discord" => {
                let locale = if lang == "en" { "en-GB" } else { lang };
                self.discord.add_person(number, "Р", locale);
                self.discord.join(number, GUILD, &[]);
            }
            _ => {}
        }
    }

    /// People who get letters in `lang` by `wish`.
    pub async fn move_in(&self, channel: &'static str, who: Range<u64>, lang: &str, wish: Wish) {
        let now = self.clock.now();
        let lines: Vec<Line> = who
            .map(|number| {
                self.settle_in(channel, number, lang);
                line(channel, handle(channel, number), lang, wish)
            })
            .collect();
        self.take_in(&lines, now).await;
    }

    /// A person who gets letters as this line of a list says, everywhere and of every topic.
    pub async fn move_in_as(&self, who: &Who) {
        self.settle_in(who.channel, who.number, who.lang);
        let wish = Wish {
            cadence: who.cadence,
            weekday: who.digest.0,
            hour: who.digest.1,
            ..who.wish
        };
        let line = Line {
            quiet: who.quiet.map(|hours| hours.parse().expect("quiet hours")),
            ..line(who.channel, handle(who.channel, who.number), who.lang, wish)
        };
        self.take_in(&[line], self.clock.now()).await;
    }

    async fn take_in(&self, lines: &[Line], now: Millis) {
        let keys = app::keyring(&self.db).await.expect("keys");
        for batch in lines.chunks(import::BATCH) {
            let left_out = import::write(&self.db, &keys, batch, now).await;
            assert!(left_out.expect("the database").is_empty());
        }
    }

    /// An address that gets everything, of a group for one.
    pub async fn subscribe(&self, channel: &'static str, handle: &str, lang: &str) {
        let line = line(channel, handle.to_owned(), lang, Wish::EVERYTHING);
        let keys = app::keyring(&self.db).await.expect("keys");
        let written = import::write(&self.db, &keys, &[line], self.clock.now()).await;
        written.expect("the database");
    }
}

/// One line of a list of subscribers.
pub fn line(channel: &'static str, handle: String, lang: &str, wish: Wish) -> Line {
    Line {
        number: 0,
        channel,
        group: handle.starts_with('-') || handle.starts_with("channel:"),
        handle,
        languages: lang.to_owned(),
        wish,
        quiet: None,
        consent: (Millis(0), "test".to_owned()),
    }
}
