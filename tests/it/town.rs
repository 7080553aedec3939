//! The test town: three simulated networks, a bot, a fresh database, and people who get letters.

mod base;
mod bot;
mod cap;
pub mod hands;
mod plan;
mod residents;

use std::collections::HashMap;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use glas::app::Loaded;
use glas::base::clock::{Clock, Millis};
use glas::channel::Channel;
use glas::city::Set;
use glas::features::alert::{cap as reader, send};
use glas::message::{Lang, Letter};
use glas::on;
use glas::outbox::Lane;
use glas::outbox::post::{self, Audience, Post};
use glas::outbox::report::{self, Progress};
use glas::outbox::row::Worded;
use glas::sandbox::discord::Discord;
use glas::sandbox::ledger::{Ledger, Seen, What};
use glas::sandbox::smtp::{self, Smtp};
use glas::sandbox::telegram::{self, Telegram};
use glas::store::Db;
use sqlx::AssertSqlSafe;
use tempfile::TempDir;

pub(crate) use base::on_both;
pub use base::{Base, Fresh};
pub use bot::{Bot, Process};
pub use cap::{Cap, LYULIN};
pub use hands::Hand;
pub use plan::Plan;
use plan::{bot_toml, loaded};
pub use residents::{Who, line};

pub const TELEGRAM_TOKEN: &str = "110201543:sandbox-sandbox-sandbox-sandbox-000";
pub const DISCORD_TOKEN: &str = "MTAwMDAwMDAwMDAwMDAwMDAwMA.sandbox.sandbox-sandbox-sandbox-000";
pub const GUILD: u64 = 900_001;
/// How long anything in the town may take.
pub const PATIENCE: Duration = Duration::from_mins(1);

/// The address of person `number` on a channel.
pub fn handle(channel: &str, number: u64) -> String {
    match channel {
        "telegram" => number.to_string(),
        "discord" => format!("user:{number}"),
        _ => format!("resident{number}@example.org"),
    }
}

/// A running town.
pub struct Town {
    pub ledger: Ledger,
    pub telegram: Telegram,
    pub discord: Discord,
    pub smtp: Smtp,
    /// The story's own connections to the database.
    pub db: Db,
    /// The time, for the bot of this process and for the story.
    pub clock: Clock,
    pub loaded: Loaded,
    plan: Plan,
    folder: TempDir,
    fresh: Fresh,
    bot: Option<Bot>,
    /// The port of the pages, held until a bot takes it.
    port: Option<TcpListener>,
    pages: Option<SocketAddr>,
}

impl Town {
    /// A town where nobody lives yet and no bot runs.
    pub async fn build(base: Base, plan: Plan) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let fresh = Fresh::make(base, folder.path()).await;
        let anywhere = "127.0.0.1:0".parse().expect("an address");
        let ledger = Ledger::default();
        let telegram = Telegram::start(ledger.clone(), anywhere, TELEGRAM_TOKEN).await;
        let telegram = telegram.expect("a Telegram");
        let discord = Discord::start(ledger.clone(), anywhere, DISCORD_TOKEN).await;
        let discord = discord.expect("a Discord");
        let smtp = Smtp::start(ledger.clone(), anywhere, smtp::Settings::default()).await;
        let smtp = smtp.expect("a relay");
        if !plan.paced {
            telegram.set_rates(telegram::Rates::off());
            discord.set_rates(None);
        }
        discord.add_guild(GUILD, "Люлин", "bg");
        let config = folder.path().join("bot.toml");
        let project = Path::new(env!("CARGO_MANIFEST_DIR"));
        let port = plan
            .web
            .then(|| TcpListener::bind("127.0.0.1:0").expect("a port"));
        let pages = (port.as_ref()).map(|port| port.local_addr().expect("an address"));
        let networks = (&telegram, &discord, &smtp);
        let toml = bot_toml(&plan, project, &fresh.url, networks, pages);
        std::fs::write(&config, toml).expect("bot.toml");
        let loaded = loaded(&config);
        let db = loaded.database().await.expect("a database");
        let at = |text: &str| Clock::going(Millis::parse_rfc3339(text).expect("a time"));
        let clock = plan.at.map_or_else(Clock::system, at);
        Self {
            ledger,
            telegram,
            discord,
            smtp,
            db,
            clock,
            loaded,
            plan,
            folder,
            fresh,
            bot: None,
            port,
            pages,
        }
    }

    /// The `bot.toml` of this town.
    pub fn config(&self) -> PathBuf {
        self.folder.path().join("bot.toml")
    }

    /// Starts the bot in this process and waits until it listens.
    pub async fn start(&mut self) {
        self.start_wrapped(|network| network).await;
    }

    /// As [`Town::start`], with something put between the bot and each network.
    pub async fn start_wrapped(&mut self, wrap: impl Fn(Arc<dyn Channel>) -> Arc<dyn Channel>) {
        let port = self.port.take();
        let clock = self.clock.clone();
        let bot = Bot::start(&self.config(), TELEGRAM_TOKEN, (clock, port), wrap).await;
        self.bot = Some(bot);
        if self.plan.channels.contains(&"discord") {
            let discord = self.discord.clone();
            // Pinned to a server, the commands are there and nowhere else.
            let all = |it: &Discord| it.commands().len() + it.commands_of(GUILD).len();
            let listens = |it: &Discord| it.listening() > 0 && all(it) == 12;
            assert!(
                discord.wait_until(PATIENCE, listens).await,
                "nobody listens"
            );
        }
    }

    /// Moves the clock forward.
    pub fn wait_for(&self, time: &str) {
        let until = Millis::parse_rfc3339(time).expect("a time");
        assert!(until > self.clock.now(), "time goes on only: {time}");
        self.clock.advance(until.since(self.clock.now()));
    }

    /// Stops the bot of this process.
    pub async fn stop(&mut self) {
        if let Some(bot) = self.bot.take() {
            bot.stop().await;
        }
    }

    /// The address of a page: `path` begins with a slash.
    pub fn page(&self, path: &str) -> String {
        let pages = self.pages.expect("a plan with the web on");
        format!("http://{pages}{path}")
    }

    /// Starts the bot in a process of its own.
    pub fn spawn(&self) -> Process {
        Process::start(&self.config())
    }

    /// Posts an alert as the command line does; what became of it.
    pub async fn post(&self, cap: &Cap) -> send::Outcome {
        let alert = reader::read(cap.xml().as_bytes()).expect("a CAP message");
        let now = self.clock.now();
        let mut tx = self.db.begin().await.expect("the database");
        let sources = (&*self.loaded.catalogue, &*self.loaded.city);
        let channels = self.plan.channels;
        let outcome = send::send(
            &mut tx,
            sources,
            (&alert, send::Word::Senders),
            channels,
            (now, now),
        )
        .await;
        tx.commit().await.expect("the database");
        outcome.expect("the alert can be sent")
    }

    /// Posts an alert that must be accepted; its letter.
    pub async fn alert(&self, cap: &Cap) -> i64 {
        match self.post(cap).await {
            send::Outcome::Sent { letter, .. } => letter,
            other => panic!("not sent: {other:?}"),
        }
    }

    /// Posts a letter of our own in both languages for everybody.
    pub async fn broadcast(&self, letter: &Letter<String>, lane: Lane) -> i64 {
        let read_by = |tag: &str| -> Lang { tag.parse().expect("a language") };
        let both = [
            (read_by("bg"), letter.clone()),
            (read_by("en"), letter.clone()),
        ];
        let worded = Worded(both.into());
        let now = self.clock.now();
        let post = Post {
            worded: &worded,
            lane,
            created: now,
            expires: now.plus(Duration::from_hours(1)),
            thread: None,
        };
        let everybody = Audience {
            districts: Set::ALL,
            topics: Set::ALL,
            severity: 3,
            reached_by: None,
            whole: Set::ALL,
            pressing: false,
        };
        let mut tx = self.db.begin().await.expect("the database");
        let posted = post::broadcast(&mut tx, &post, &everybody, self.plan.channels).await;
        tx.commit().await.expect("the database");
        posted.expect("the letter can be posted")
    }

    /// How far a letter has come.
    pub async fn progress(&self, letter: i64) -> HashMap<String, Progress> {
        let mut tx = self.db.read().await.expect("the database");
        let all = report::progress(&mut tx, letter).await.expect("the report");
        let by_name = |one: Progress| (one.channel.clone(), one);
        all.into_iter().map(by_name).collect()
    }

    /// Waits until a letter is done with on every channel.
    pub async fn delivered(&self, letter: i64) -> HashMap<String, Progress> {
        let done = |one: &Progress| one.to_go() == 0 && one.walk != "open";
        until("the letter is done with", async || {
            self.progress(letter).await.values().all(done)
        })
        .await;
        self.progress(letter).await
    }

    /// Waits until nothing of a letter is under way, whether its walk has ended or not.
    pub async fn delivered_so_far(&self, letter: i64) -> HashMap<String, Progress> {
        let still = |one: &Progress| one.to_go() == one.unexpanded;
        until("nothing is under way", async || {
            self.progress(letter).await.values().all(still)
        })
        .await;
        self.progress(letter).await
    }

    /// The one number that a statement gives.
    pub async fn count(&self, sql: &str) -> i64 {
        let mut tx = self.db.read().await.expect("the database");
        let sql = AssertSqlSafe(sql.to_owned());
        let (count,): (i64,) =
            on!(&mut tx, c => sqlx::query_as(sql).fetch_one(c).await.expect("a number"));
        count
    }

    /// Changes the database behind the bot's back.
    pub async fn change(&self, sql: &str) {
        let mut tx = self.db.begin().await.expect("the database");
        let sql = AssertSqlSafe(sql.to_owned());
        on!(&mut tx, c => sqlx::query(sql).execute(c).await.map(drop)).expect("a change");
        tx.commit().await.expect("the database");
    }

    /// Whether no lock is held that another process needs: one that was stopped in the middle of a
    /// transaction holds its locks for as long as it is stopped.
    pub async fn nothing_is_locked(&self) -> bool {
        let written = async {
            let mut tx = self.db.begin().await.ok()?;
            for sql in [
                "update lease set until = until",
                "update broadcast set turn = turn",
                "update delivery set due = due",
            ] {
                on!(&mut tx, c => sqlx::query(sql).execute(c).await.map(drop)).ok()?;
            }
            Some(())
        };
        let answer = tokio::time::timeout(Duration::from_secs(1), written).await;
        answer.is_ok_and(|written| written.is_some())
    }

    /// The messages that somebody has got, in order.
    pub fn inbox(&self, channel: &str, to: &str) -> Vec<Seen> {
        let all = self.ledger.seen_since(0).into_iter();
        all.filter(|seen| seen.channel == channel && seen.to == to && seen.what == What::Sent)
            .collect()
    }

    /// Waits until somebody has got `count` messages; their texts.
    pub async fn reads(&self, channel: &str, to: &str, count: usize) -> Vec<String> {
        let theirs =
            |seen: &&Seen| seen.channel == channel && seen.to == to && seen.what == What::Sent;
        let enough = |all: &[Seen]| all.iter().filter(theirs).count() >= count;
        let arrived = self.ledger.wait_for(PATIENCE, enough).await;
        assert!(arrived.is_some(), "{to} got {:#?}", self.inbox(channel, to));
        let inbox = self.inbox(channel, to).into_iter();
        inbox.map(|seen| seen.text).collect()
    }

    /// How many messages each address of a channel has got.
    pub fn copies(&self, channel: &str) -> HashMap<String, usize> {
        let mut copies = HashMap::new();
        for seen in self.ledger.seen_since(0) {
            if seen.channel == channel && seen.what == What::Sent {
                *copies.entry(seen.to).or_default() += 1;
            }
        }
        copies
    }

    /// Requests that were answered with `status`.
    pub fn answered(&self, status: u16) -> usize {
        let all = self.ledger.requests();
        all.iter().filter(|asked| asked.status == status).count()
    }

    /// Waits until nothing is left to do now; what is held for later stays held.
    pub async fn quiet(&self) {
        until("nothing waits to be delivered", async || {
            let waiting = format!(
                "select count(*) from delivery where state in ('ready', 'inflight', 'retry')
                    or state = 'held' and due <= {}",
                self.clock.now().0
            );
            let walking = "select count(*) from broadcast where state = 'open'";
            // The walks first: one that ends in between leaves deliveries.
            self.count(walking).await == 0 && self.count(&waiting).await == 0
        })
        .await;
    }

    /// The end of a story: nothing is left undelivered and every letter balances.
    pub async fn end(mut self) {
        self.quiet().await;
        self.stop().await;
        // As counted now, and as it is written down.
        for _ in 0..2 {
            let wrong = report::imbalances(&self.db, Millis(0)).await;
            assert_eq!(wrong.expect("the report"), vec![]);
            let counted = report::count_left_out(&self.db).await;
            counted.expect("the count");
        }
        let uncounted =
            "select count(*) from broadcast where planned is null and state <> 'stopped'";
        assert_eq!(self.count(uncounted).await, 0);
        self.db.close().await;
        self.fresh.drop().await;
    }
}

/// Waits until something holds, looking again and again.
pub async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let look = async {
        while !holds().await {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let held = tokio::time::timeout(PATIENCE, look).await;
    assert!(held.is_ok(), "in vain: {what}");
}
