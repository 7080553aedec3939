//! The residents of the sandbox: made-up people on every network, in both languages.

use std::path::Path;

use crate::base::clock::Clock;
use crate::cli::words::Words;
use crate::message::{self, Arg, say_with};
use crate::people::Wish;
use crate::people::import::{self, Line};
use crate::store;

/// Somebody who lives in the sandbox.
#[derive(Debug, Clone, Copy)]
pub struct Resident {
    /// `resident1`.
    pub name: &'static str,
    /// Its network.
    pub channel: &'static str,
    /// Its address there.
    pub handle: &'static str,
    /// The language it reads.
    pub lang: &'static str,
    /// Whether it gets alerts from the start.
    pub subscribed: bool,
    /// What it may do with alerts, where it works with them.
    pub duty: Option<&'static str>,
}

impl Resident {
    /// Somebody who works with alerts.
    const fn on_duty(
        name: &'static str,
        (channel, handle): (&'static str, &'static str),
        lang: &'static str,
        role: &'static str,
    ) -> Self {
        Self {
            name,
            channel,
            handle,
            lang,
            subscribed: false,
            duty: Some(role),
        }
    }
}

/// Everybody who lives there.
pub const RESIDENTS: [Resident; 12] = [
    Resident {
        name: "resident1",
        channel: "telegram",
        handle: "1001",
        lang: "bg",
        subscribed: true,
        duty: None,
    },
    Resident {
        name: "resident2",
        channel: "telegram",
        handle: "1002",
        lang: "en",
        subscribed: true,
        duty: None,
    },
    Resident {
        name: "resident3",
        channel: "discord",
        handle: "user:2003",
        lang: "bg",
        subscribed: true,
        duty: None,
    },
    Resident {
        name: "resident4",
        channel: "discord",
        handle: "user:2004",
        lang: "en",
        subscribed: true,
        duty: None,
    },
    Resident {
        name: "resident5",
        channel: "email",
        handle: "resident5@example.org",
        lang: "bg",
        subscribed: true,
        duty: None,
    },
    Resident {
        name: "resident6",
        channel: "email",
        handle: "resident6@example.org",
        lang: "en",
        subscribed: true,
        duty: None,
    },
    Resident {
        name: "resident7",
        channel: "telegram",
        handle: "1007",
        lang: "bg",
        subscribed: false,
        duty: None,
    },
    Resident {
        name: "resident8",
        channel: "discord",
        handle: "user:2008",
        lang: "en",
        subscribed: false,
        duty: None,
    },
    Resident::on_duty("officer", ("telegram", "3001"), "bg", "publisher"),
    Resident::on_duty("second", ("telegram", "3002"), "bg", "approver"),
    Resident::on_duty("officer", ("discord", "user:4001"), "en", "publisher"),
    Resident::on_duty("second", ("discord", "user:4002"), "en", "approver"),
];

impl Resident {
    /// `resident1@telegram`.
    pub fn full_name(&self) -> String {
        format!("{}@{}", self.name, self.channel)
    }

    /// The number in the handle.
    pub fn id(&self) -> u64 {
        self.handle
            .rsplit(':')
            .next()
            .and_then(|id| id.parse().ok())
            .unwrap_or(0)
    }

    /// Who this is, for the person at the terminal.
    pub fn introduction(&self) -> message::Words {
        let args = [
            ("who", Arg::Text(self.full_name())),
            ("language", Arg::Text(self.lang.to_owned())),
        ];
        if self.duty.is_some() {
            say_with("sandbox-on-duty", args)
        } else if self.subscribed {
            say_with("sandbox-resident", args)
        } else {
            say_with("sandbox-newcomer", args)
        }
    }
}

/// `resident1@telegram`, or the bare address of somebody else.
pub fn name_of(channel: &str, to: &str) -> String {
    let found = RESIDENTS
        .iter()
        .find(|resident| resident.channel == channel && resident.handle == to);
    found.map_or_else(|| format!("{to}@{channel}"), Resident::full_name)
}

/// The operators of the sandbox as `bot.toml` has them.
pub fn operators() -> String {
    let on_duty = RESIDENTS.iter().filter_map(|it| Some((it, it.duty?)));
    let tables = on_duty.map(|(resident, role)| {
        let (name, channel, id) = (resident.name, resident.channel, resident.id());
        format!("\n[[operator]]\nname = \"{name}\"\nrole = \"{role}\"\n{channel} = {id}\n")
    });
    tables.collect()
}

/// The address of the sandbox's database.
pub fn database(folder: &Path) -> String {
    format!("sqlite:{}", folder.join("glas.db").display())
}

/// Subscribes the residents.
///
/// # Errors
/// When the database cannot be made.
pub async fn seed(words: &Words, folder: &Path) -> anyhow::Result<()> {
    let db = store::open(&database(folder)).await?;
    let mut tx = db.begin().await?;
    store::set_setting(&mut tx, crate::app::CITY, Some(words.loaded.code())).await?;
    tx.commit().await?;
    let now = Clock::system().now();
    let lines: Vec<Line> = RESIDENTS
        .iter()
        .filter(|resident| resident.subscribed)
        .map(|resident| Line {
            number: 0,
            channel: resident.channel,
            handle: resident.handle.to_owned(),
            group: false,
            languages: resident.lang.to_owned(),
            wish: Wish::EVERYTHING,
            quiet: None,
            consent: (now, "sandbox".to_owned()),
        })
        .collect();
    let keys = crate::app::keyring(&db).await?;
    import::write(&db, &keys, &lines, now).await?;
    db.close().await;
    Ok(())
}
