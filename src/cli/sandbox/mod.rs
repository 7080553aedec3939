//! `glas sandbox`: the bot among simulated networks, for people to try without any token.

mod acting;
mod resident;
mod stage;
mod transcript;
mod typed;

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use clap::Args;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

use super::run::asked_to_end;
use super::words::Words;
use crate::channels;
use crate::message::{Arg, say, say_with, say_with_text};
use crate::outbox::lease;
use crate::store;
use stage::Stage;
use transcript::Transcript;
use typed::Typed;

/// How often a starting bot is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// The options of `glas sandbox`.
#[derive(Debug, Args)]
pub struct Options {
    /// Only the simulated networks; prints the settings that point a bot at them.
    #[arg(long)]
    world_only: bool,
}

/// Runs the sandbox until Ctrl-C or the typed word that ends it.
///
/// # Errors
/// When a port, a file or the bot's process cannot be had.
pub async fn run(words: &Words, options: Options) -> anyhow::Result<bool> {
    let folder = Folder::make()?;
    let stage = Stage::start(words, &folder.0).await?;
    let mut transcript = Transcript::new(words, &stage);
    if options.world_only {
        println!("{}", stage.settings(&folder.0));
        words.say(&say("sandbox-world-only"))?;
        return follow(words, &stage, &mut transcript, None).await;
    }
    stage.write(&folder.0)?;
    words.say(&say("sandbox-starting"))?;
    resident::seed(words, &folder.0).await?;
    for resident in resident::RESIDENTS {
        words.say(&resident.introduction())?;
    }
    let bot = Bot {
        stage: &stage,
        config: folder.0.join("bot.toml"),
        lang: words.lang.to_string(),
        child: None,
    };
    let mut bot = bot;
    bot.start()?;
    if !bot.ready(&folder.0).await? {
        words.say(&say("sandbox-bot-ended"))?;
    }
    bot.send_sample(words, &folder.0).await?;
    words.say(&say_with_text("sandbox-pages", &stage.base_url()))?;
    words.say(&say("sandbox-type"))?;
    follow(words, &stage, &mut transcript, Some(&mut bot)).await
}

/// A folder of its own below the system's temporary one, removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn make() -> std::io::Result<Self> {
        let path = std::env::temp_dir().join(format!("glas-sandbox-{}", crate::base::id::random()));
        std::fs::create_dir(&path)?;
        Ok(Self(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed now is the system's to clean up.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The bot in a process of its own.
struct Bot<'a> {
    stage: &'a Stage,
    config: PathBuf,
    lang: String,
    child: Option<Child>,
}

impl Bot<'_> {
    fn command(&self) -> std::io::Result<Command> {
        let mut command = Command::new(std::env::current_exe()?);
        // What is set for a real bot, its database above all, is none of this one's business.
        for (name, _) in std::env::vars_os() {
            if name.as_encoded_bytes().starts_with(b"GLAS_") {
                command.env_remove(name);
            }
        }
        command
            .envs(self.stage.environment())
            .arg("--config")
            .arg(&self.config)
            .arg("--lang")
            .arg(&self.lang);
        command.stdin(Stdio::null()).kill_on_drop(true);
        Ok(command)
    }

    fn start(&mut self) -> std::io::Result<()> {
        let mut command = self.command()?;
        if std::env::var_os("RUST_LOG").is_none() {
            command.env("RUST_LOG", "warn,serenity=error");
        }
        self.child = Some(command.arg("run").spawn()?);
        Ok(())
    }

    async fn stop(&mut self) {
        if let Some(mut child) = self.child.take() {
            // One that has ended already is as good as killed.
            let _ = child.kill().await;
        }
    }

    /// Waits until the bot's process ends by itself; for ever while there is none.
    async fn ended(&mut self) {
        match &mut self.child {
            Some(child) => drop(child.wait().await),
            None => std::future::pending().await,
        }
        self.child = None;
    }

    /// Waits until the bot delivers on every network; false when it has ended instead.
    async fn ready(&mut self, folder: &Path) -> anyhow::Result<bool> {
        let db = store::connect(&resident::database(folder)).await?;
        let delivering = async {
            loop {
                let mut tx = db.read().await?;
                if lease::held_lanes(&mut tx).await?.len() == channels::NAMES.len() {
                    return Ok(true);
                }
                drop(tx);
                tokio::time::sleep(LOOK_EVERY).await;
            }
        };
        let delivering = tokio::select! {
            delivering = delivering => delivering,
            () = self.ended() => Ok(false),
        };
        db.close().await;
        delivering
    }

    async fn send_sample(&self, words: &Words, folder: &Path) -> anyhow::Result<()> {
        let file = stage::sample(words, folder)?;
        let output = self
            .command()?
            .args(["alert", "send"])
            .arg(file)
            .output()
            .await?;
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            words.say(&say_with_text("sandbox-operator", line))?;
        }
        anyhow::ensure!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        Ok(())
    }
}

/// Shows what people see and does what is typed, until the end.
async fn follow(
    words: &Words,
    stage: &Stage,
    transcript: &mut Transcript<'_>,
    mut bot: Option<&mut Bot<'_>>,
) -> anyhow::Result<bool> {
    let mut typed = BufReader::new(tokio::io::stdin()).lines();
    let mut open = true;
    let mut seen = stage.ledger().watch();
    let mut ended = std::pin::pin!(asked_to_end());
    loop {
        transcript.print_new()?;
        tokio::select! {
            _ = seen.changed() => {}
            () = &mut ended => break,
            line = typed.next_line(), if open => match line? {
                None => open = false,
                Some(line) => match Typed::parse(&line) {
                    Typed::End => break,
                    Typed::Nothing => {}
                    Typed::Stop | Typed::Start if bot.is_none() => words.say(&say("sandbox-no-bot"))?,
                    Typed::Stop => if let Some(bot) = bot.as_deref_mut() {
                        bot.stop().await;
                        words.say(&say("sandbox-bot-stopped"))?;
                    },
                    Typed::Start => if let Some(bot) = bot.as_deref_mut() {
                        bot.stop().await;
                        bot.start()?;
                        words.say(&say("sandbox-bot-started"))?;
                    },
                    Typed::Did { who, deed } => if let Err(why) = stage.act(&who, &deed, transcript) {
                        words.say(&why)?;
                    },
                    Typed::Unclear => words.say(&say("sandbox-type"))?,
                },
            },
            () = async { match bot.as_deref_mut() { Some(bot) => bot.ended().await, None => std::future::pending().await } } => {
                words.say(&say("sandbox-bot-ended"))?;
            }
        }
    }
    transcript.print_new()?;
    if let Some(bot) = bot {
        bot.stop().await;
    }
    words.say(&say_with(
        "sandbox-ended",
        [("messages", Arg::Number(transcript.count()))],
    ))?;
    Ok(true)
}
