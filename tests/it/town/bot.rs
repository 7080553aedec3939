//! The bot of the town: in this process, or in one of its own that can be killed.

use std::net::TcpListener;
use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::sync::Arc;
use std::time::Duration;

use glas::app;
use glas::base::clock::Clock;
use glas::channel::Channel;
use glas::channels::discord::Discord;
use glas::channels::email::{Email, EmailWords};
use glas::channels::telegram::Telegram;
use glas::config::secrets;
use tokio::process::{Child, Command};
use tokio::sync::{oneshot, watch};
use tokio::task::JoinHandle;

use super::plan::loaded;
use super::{DISCORD_TOKEN, TELEGRAM_TOKEN};

/// A bot that runs within the test.
pub struct Bot {
    stop: watch::Sender<bool>,
    running: JoinHandle<()>,
}

impl Bot {
    /// Starts one on the networks that `bot.toml` switches on; `wrap` may put something between.
    pub async fn start(
        config: &Path,
        telegram_token: &str,
        (clock, port): (Clock, Option<TcpListener>),
        wrap: impl Fn(Arc<dyn Channel>) -> Arc<dyn Channel>,
    ) -> Self {
        let loaded = loaded(config);
        let db = loaded.database().await.expect("a database");
        let menu = || loaded.commands.menu().to_vec();
        let mut networks: Vec<Arc<dyn Channel>> = vec![];
        if let Some(settings) = &loaded.config.telegram {
            let telegram = Telegram::new(settings, telegram_token.into(), menu());
            networks.push(Arc::new(telegram.expect("Telegram's settings")));
        }
        if let Some(settings) = &loaded.config.discord {
            let discord = Discord::new(settings, DISCORD_TOKEN.into(), menu());
            let base = loaded.config.web.as_ref().map(|web| &web.base_url);
            let discord = discord.expect("Discord's settings").with_pages(base);
            networks.push(Arc::new(discord));
        }
        if let Some(settings) = &loaded.config.email {
            let keys = app::keyring(&db).await.expect("keys");
            let words = EmailWords::all(&loaded.catalogue).expect("words");
            let email = Email::new(settings, None, keys, words).expect("the mail settings");
            let base = loaded.config.web.as_ref().map(|web| &web.base_url);
            networks.push(Arc::new(email.with_pages(base)));
        }
        let networks = networks.into_iter().map(wrap).collect();
        let port = port.map(|port| {
            port.set_nonblocking(true).expect("a port");
            tokio::net::TcpListener::from_std(port).expect("a port")
        });
        let pages = loaded.pages(&db, &clock, port).await;
        let pages = pages.expect("the pages");
        let (stop, stopped) = watch::channel(false);
        let (told, ready) = oneshot::channel();
        let running = tokio::spawn(app::run(
            loaded,
            db,
            (networks, pages),
            clock,
            stopped,
            || told.send(()).expect("somebody waits"),
        ));
        ready.await.expect("the bot runs");
        Self { stop, running }
    }

    /// Ends it as SIGTERM does.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        self.running.await.expect("the bot ends by itself");
    }
}

/// A bot in a process of its own; killed when dropped.
#[derive(Debug)]
pub struct Process(Child);

impl Process {
    /// Starts `glas run`; its log goes to the test's standard error.
    pub fn start(config: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_glas"));
        command
            .env(secrets::TELEGRAM_TOKEN, TELEGRAM_TOKEN)
            .env(secrets::DISCORD_TOKEN, DISCORD_TOKEN)
            .env("RUST_LOG", "warn,serenity=error")
            .arg("--config")
            .arg(config)
            .arg("run")
            .stdin(Stdio::null())
            .kill_on_drop(true);
        Self(command.spawn().expect("the bot's own process"))
    }

    /// Sends it a signal by name: `KILL`, `TERM`, `STOP`, `CONT`.
    pub async fn signal(&self, name: &str) {
        let process = self.0.id().expect("the process is there");
        let sent = Command::new("sh")
            .arg("-c")
            .arg(format!("kill -{name} {process}"))
            .status()
            .await
            .expect("a shell");
        assert!(sent.success(), "no signal could be sent");
    }

    /// Waits for its end.
    pub async fn ended(&mut self, patience: Duration) -> ExitStatus {
        tokio::time::timeout(patience, self.0.wait())
            .await
            .expect("the process ends in time")
            .expect("the process can be waited for")
    }

    /// kill -9, and waits until it is gone.
    pub async fn kill(mut self) {
        self.0.kill().await.expect("the process can be killed");
    }
}
