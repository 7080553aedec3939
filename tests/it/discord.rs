//! The Discord channel against the simulated Discord: what arrives, what fails, what comes back.

mod choosing;
mod description;
mod failing;
mod listening;
mod reconnecting;
mod sending;
mod trusting;

use std::collections::VecDeque;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use glas::base::clock::Millis;
use glas::channel::{
    Argument, Batch, Channel, Inbound, Inbox, MenuEntry, Parcel, Receipt, SendError,
};
use glas::channels::discord::Discord;
use glas::config::discord::DiscordSettings;
use glas::message::layout::lay_out;
use glas::message::{Action, Block, Letter, Token, Weight};
use glas::sandbox::discord::Discord as World;
use glas::sandbox::ledger::{Ledger, Seen};
use secrecy::SecretString;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use unic_langid::subtags::Language;

pub type Outcome = Result<(), Box<dyn std::error::Error + Send + Sync>>;

/// Longer than anything here takes on a busy machine.
pub const SOON: Duration = Duration::from_secs(30);
pub const TOKEN: &str = "a-token.for-tests";
pub const RESIDENT: u64 = 501;
pub const NEIGHBOUR: u64 = 502;
pub const GUILD: u64 = 601;
pub const CHANNEL: u64 = 701;

/// A small Discord and the channel that is tested against it.
pub struct Town {
    pub world: World,
    pub ledger: Ledger,
    pub discord: Arc<Discord>,
}

/// The channel while it listens, and what it hears.
pub struct Ear {
    listening: JoinHandle<()>,
    heard: mpsc::Receiver<Batch>,
    waiting: VecDeque<Inbound>,
}

impl Drop for Ear {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

impl Ear {
    pub fn has_stopped(&self) -> bool {
        self.listening.is_finished()
    }

    /// The next event, written down.
    pub async fn next(&mut self) -> Result<Inbound, &'static str> {
        if self.waiting.is_empty() {
            let events = self.next_batch(Ok(())).await?;
            self.waiting.extend(events);
        }
        self.waiting.pop_front().ok_or("a batch without events")
    }

    /// The next batch, answered with `told`.
    pub async fn next_batch(
        &mut self,
        told: Result<(), glas::channel::NotTaken>,
    ) -> Result<Vec<Inbound>, &'static str> {
        let batch = tokio::time::timeout(SOON, self.heard.recv()).await;
        let batch = batch.ok().flatten().ok_or("nothing was heard")?;
        batch.done.send(told).map_err(|_| "nobody waits for it")?;
        Ok(batch.events)
    }
}

impl Town {
    /// Resident, who speaks Bulgarian, and Neighbour, who does not, in a server with one channel.
    pub async fn new() -> Result<Self, std::io::Error> {
        let ledger = Ledger::default();
        let at = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let world = World::start(ledger.clone(), at, TOKEN).await?;
        world.set_rates(None);
        world.add_person(RESIDENT, "Жител", "bg");
        world.add_person(NEIGHBOUR, "Neighbour", "en-GB");
        world.add_guild(GUILD, "Нашият квартал", "en-US");
        world.add_channel(GUILD, CHANNEL, "новини");
        world.join(RESIDENT, GUILD, &[]);
        world.join(NEIGHBOUR, GUILD, &[]);
        let discord = channel(&world, TOKEN, |_| {});
        Ok(Self {
            world,
            ledger,
            discord,
        })
    }

    /// Lets the channel listen, and waits until it does and its commands are known.
    pub async fn listen(&self) -> Result<Ear, &'static str> {
        let ear = listen(&self.discord);
        let ready = |world: &World| world.listening() == 1 && !world.commands().is_empty();
        if self.world.wait_until(SOON, ready).await {
            Ok(ear)
        } else {
            Err("the channel did not come up")
        }
    }

    /// Sends all parts of a letter to an address.
    pub async fn send(&self, to: &str, letter: &Letter<String>) -> Result<Receipt, SendError> {
        send(&self.discord, to, letter).await
    }

    /// What was seen since entry `from`, once there are `count`.
    pub async fn seen(&self, from: usize, count: usize) -> Result<Vec<Seen>, &'static str> {
        let seen = self
            .ledger
            .wait_for(SOON, |seen| seen.len() >= from + count);
        let mut seen = seen.await.ok_or("not enough arrived")?;
        Ok(seen.split_off(from))
    }

    /// How many requests began so.
    pub fn asked(&self, what: &str) -> usize {
        let requests = self.ledger.requests();
        requests
            .iter()
            .filter(|it| it.what.starts_with(what))
            .count()
    }

    /// Every request was one that Discord describes.
    pub fn check(&self) -> Outcome {
        description::check(&self.ledger.requests())
    }
}

pub fn listen(discord: &Arc<Discord>) -> Ear {
    let (inbox, heard) = Inbox::new(8);
    let discord = Arc::clone(discord);
    let listening = tokio::spawn(async move { discord.listen(inbox).await });
    Ear {
        listening,
        heard,
        waiting: VecDeque::new(),
    }
}

/// A channel that speaks to `world`, with settings changed by `change`.
pub fn channel(
    world: &World,
    token: &str,
    change: impl FnOnce(&mut DiscordSettings),
) -> Arc<Discord> {
    let mut settings = DiscordSettings {
        rate: 0,
        ..DiscordSettings::default()
    };
    if let Ok(url) = world.url().parse() {
        settings.api_url = url;
    }
    change(&mut settings);
    match Discord::new(&settings, SecretString::from(token), menu()) {
        Ok(discord) => Arc::new(discord),
        Err(error) => panic!("{error}"),
    }
}

pub fn lang(tag: &str) -> Language {
    tag.parse().unwrap_or_default()
}

fn menu() -> Vec<MenuEntry> {
    let entry = |name: &str, bg: &str, en: &str, what_bg: &str, what_en: &str| MenuEntry {
        name: name.to_owned(),
        names: [(lang("bg"), bg.to_owned()), (lang("en"), en.to_owned())].into(),
        descriptions: [
            (lang("bg"), what_bg.to_owned()),
            (lang("en"), what_en.to_owned()),
        ]
        .into(),
        argument: None,
        duty: false,
    };
    let words = |bg: &str, en: &str| [(lang("bg"), bg.to_owned()), (lang("en"), en.to_owned())];
    let district = Argument {
        name: "district".to_owned(),
        names: words("район", "district").into(),
        descriptions: words("Вашият район", "Your district").into(),
    };
    vec![
        MenuEntry {
            argument: Some(district),
            ..entry("start", "старт", "start", "Абонирайте се", "Subscribe")
        },
        entry(
            "stop",
            "стоп",
            "stop",
            "Прекратете абонамента",
            "Unsubscribe",
        ),
    ]
}

/// Sends all parts of a letter in order; the receipt is that of the last.
pub async fn send(
    discord: &Discord,
    to: &str,
    letter: &Letter<String>,
) -> Result<Receipt, SendError> {
    let rendering = discord.render(letter, lang("bg"));
    let mut receipt = Err(SendError::Rejected {
        why: "a letter without parts".to_owned(),
    });
    for part in 0..rendering.parts.len() {
        let nonce = format!("{}p{part}", glas::base::id::next());
        receipt = discord.send(&parcel(&rendering, part, to, &nonce)).await;
        receipt.as_ref().map_err(Clone::clone)?;
    }
    receipt
}

pub fn parcel<'a>(
    rendering: &'a glas::channel::Rendering,
    part: usize,
    to: &'a str,
    nonce: &'a str,
) -> Parcel<'a> {
    Parcel {
        rendering,
        part,
        to,
        via: None,
        reply_to: None,
        nonce,
        thread: None,
        dated: Millis(0),
        bulk: true,
        address: (1, 0),
        replacing: None,
        picture: None,
    }
}

pub fn line(text: &str) -> Letter<String> {
    Letter::line(text.to_owned())
}

/// A letter with everything that Discord shows.
pub fn full(title: &str, text: &str) -> Letter<String> {
    Letter {
        title: Some(title.to_owned()),
        body: vec![Block::Paragraph(text.to_owned())],
        actions: vec![vec![
            Action::Press {
                label: "Спри".to_owned(),
                token: token("stop:7"),
            },
            Action::Open {
                label: "Карта".to_owned(),
                url: "https://example.org/a_b"
                    .parse()
                    .unwrap_or_else(|error| panic!("{error}")),
            },
        ]],
        weight: Weight::Danger,
        footer: Some("от общината".to_owned()),
        picture: None,
    }
}

pub fn token(text: &str) -> Token {
    Token::try_from(text.to_owned()).unwrap_or_else(|error| panic!("{error}"))
}

/// The text of all parts that a letter is cut into, as the layout gives it.
pub fn laid_out(discord: &Discord, letter: &Letter<String>) -> Vec<String> {
    let parts = lay_out(letter, discord.limits());
    parts.into_iter().map(|part| part.text.text).collect()
}

/// A receipt's channel and message.
pub fn place(receipt: &Receipt) -> Result<(u64, u64), Box<dyn std::error::Error + Send + Sync>> {
    let (channel, message) = receipt.message.split_once(':').ok_or("no such receipt")?;
    Ok((channel.parse()?, message.parse()?))
}
