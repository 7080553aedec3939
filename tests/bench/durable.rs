//! The durable send: `glas run` delivers an alert to imported subscribers.

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use glas::base::clock::{Clock, Millis};
use glas::features::alert::{cap, letter, rules};

use super::server::Counting;
use super::{Figures, IN_FLIGHT, PEOPLE, process};

/// The program under measurement.
pub const GLAS: &str = env!("CARGO_BIN_EXE_glas");

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The sample alert with its times moved to now.
///
/// # Errors
/// Never, while the sample's times are as they are.
pub fn sample() -> anyhow::Result<String> {
    let now = Clock::system().now();
    let time = |at: Millis| at.rfc3339().replace('Z', "-00:00");
    let text = include_str!("../../src/sandbox/sample.xml");
    anyhow::ensure!(
        text.contains("2026-06-17T18:00:00+03:00"),
        "the sample has other times now"
    );
    Ok(text
        .replace("2026-06-17T14:57:00+03:00", &time(now))
        .replace(
            "2026-06-17T18:00:00+03:00",
            &time(now.plus(Duration::from_hours(3))),
        ))
}

/// The text that a Bulgarian reader gets of it on Telegram.
///
/// # Errors
/// When the sample is no alert that may go out.
pub fn text() -> anyhow::Result<String> {
    let loaded = glas::app::load(&project().join("bot.toml"))?;
    let alert =
        cap::read(sample()?.as_bytes()).map_err(|refusal| anyhow::anyhow!("{refusal:?}"))?;
    let judgement = rules::judge(&alert, &loaded.city, Clock::system().now(), |_| None);
    let lang = "bg".parse()?;
    let letter = letter::letter(&alert, &judgement, &loaded.city, lang);
    let worded = loaded.catalogue.localise(&letter, lang)?;
    let limits = glas::message::limits::Limits {
        measure: glas::message::limits::measure_utf16,
        text: Some(4096),
        titled_text: Some(3800),
        title: 200,
        button_rows: 1,
        button_columns: 1,
        label: 64,
        list: 0,
        answers: 12,
        shares: false,
        types: false,
        changes: false,
        repeat: glas::message::limits::Repeat::Visible,
        pictures: None,
    };
    let part = glas::message::layout::lay_out(&worded, &limits).remove(0);
    Ok(format!(
        "{}\n\n{}",
        part.title.unwrap_or_default(),
        part.text.text
    ))
}

/// A folder with a `bot.toml` and a database of its own, removed at the end.
pub struct Home {
    folder: PathBuf,
    postgres: Option<String>,
}

impl Home {
    /// Makes the folder; `channels` are the sections of its `bot.toml`.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn make(channels: &str, postgres: Option<&str>) -> anyhow::Result<Self> {
        let folder = std::env::temp_dir().join(format!("glas-bench-{}", glas::base::id::random()));
        std::fs::create_dir(&folder)?;
        let mut toml = String::new();
        let project = project().display();
        writeln!(
            toml,
            "[city]\nfolder = \"{project}/cities/sofia\"\nlocales = \"{project}/locales\"\n{channels}"
        )?;
        std::fs::write(folder.join("bot.toml"), toml)?;
        Ok(Self {
            folder,
            postgres: postgres.map(str::to_owned),
        })
    }

    /// `glas` with this home's settings.
    #[must_use]
    pub fn glas(&self) -> Command {
        let mut command = Command::new(GLAS);
        command
            .env("GLAS_TELEGRAM_TOKEN", "1:token")
            .env("LC_ALL", "C")
            .arg("--config")
            .arg(self.folder.join("bot.toml"));
        if let Some(url) = &self.postgres {
            command.env("GLAS_DATABASE_URL", url);
        }
        command
    }

    /// Imports so many subscribers, all Bulgarian, everywhere.
    ///
    /// # Errors
    /// When the import fails.
    pub fn import(&self, people: u32) -> anyhow::Result<Duration> {
        let mut csv =
            "channel,handle,locale,areas,topics,cadence,consent_date,consent_source\n".to_owned();
        for person in 0..people {
            writeln!(
                csv,
                "telegram,{},bg,*,*,now,2026-01-01,bench",
                1_000_000 + person
            )?;
        }
        let file = self.folder.join("people.csv");
        std::fs::write(&file, csv)?;
        let began = Instant::now();
        run(self.glas().args(["subscriber", "import"]).arg(file))?;
        Ok(began.elapsed())
    }

    /// Sends the sample alert.
    ///
    /// # Errors
    /// When it is not accepted.
    pub fn send(&self) -> anyhow::Result<()> {
        let file = self.folder.join("alert.xml");
        std::fs::write(&file, sample()?)?;
        run(self.glas().args(["alert", "send"]).arg(file)).map(drop)
    }

    /// Ends every walk and forgets what it made and who was at work.
    ///
    /// # Errors
    /// When the database is away.
    pub fn stop_walks(&self) -> anyhow::Result<()> {
        let file = format!("sqlite:{}", self.folder.join("glas.db").display());
        let url = self.postgres.clone().unwrap_or(file);
        let runtime = tokio::runtime::Runtime::new()?;
        runtime.block_on(async {
            let db = glas::store::open(&url).await?;
            let mut tx = db.begin().await?;
            for sql in [
                "update broadcast set state = 'ended'",
                "delete from delivery",
            ] {
                glas::on!(&mut tx, c => sqlx::query(sql).execute(c).await.map(drop))?;
            }
            tx.commit().await?;
            db.close().await;
            Ok(())
        })
    }

    /// Starts `glas run` and waits until it says that it is ready; how long that took.
    ///
    /// # Errors
    /// When it ends before.
    pub fn start(&self) -> anyhow::Result<(Running, Duration)> {
        let began = Instant::now();
        let mut child = self.glas().arg("run").stderr(Stdio::piped()).spawn()?;
        let err = child
            .stderr
            .take()
            .ok_or_else(|| anyhow::anyhow!("no output"))?;
        let mut lines = BufReader::new(err).lines();
        let running = Running(child);
        for line in lines.by_ref() {
            if line?.contains("ready") {
                let took = began.elapsed();
                std::thread::spawn(move || lines.for_each(drop));
                return Ok((running, took));
            }
        }
        anyhow::bail!("glas run ended before it was ready")
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        // What cannot be removed is the system's to clean up.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// A running bot, killed at the end.
pub struct Running(pub Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Runs a command to its end; what it says.
///
/// # Errors
/// When it fails.
pub fn run(command: &mut Command) -> anyhow::Result<String> {
    let output = command.output()?;
    anyhow::ensure!(
        output.status.success(),
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// One durable send, measured from the first message to the last, and over the sender's CPU time
/// from the alert's posting until everything is acknowledged.
///
/// # Errors
/// When a message does not arrive.
pub fn measure(server: &Counting, postgres: Option<&str>) -> anyhow::Result<Figures> {
    let channels = format!(
        "[pictures]\nmaps = false\n[telegram]\napi_url = \"{}\"\nrate = 0\nchat_rate = 0\ngroup_rate = 0\nconnections = {IN_FLIGHT}\n",
        server.url
    );
    let home = Home::make(&channels, postgres)?;
    home.import(PEOPLE)?;
    let (bot, _) = home.start()?;
    let pid = bot.0.id();
    server.reset()?;
    let before = process::cpu(pid)?;
    home.send()?;
    let count = server.wait_for(u64::from(PEOPLE))?;
    // The last acknowledgement is a tick away.
    std::thread::sleep(Duration::from_millis(500));
    let used = process::cpu(pid)?.saturating_sub(before);
    anyhow::ensure!(
        server.count()?.messages == u64::from(PEOPLE),
        "some got it twice"
    );
    Ok(Figures {
        per_second: f64::from(PEOPLE) / count.seconds,
        cpu_us_per_message: used.as_secs_f64() * 1e6 / f64::from(PEOPLE),
        peak_kib: process::memory_kib(pid, "VmHWM")?,
    })
}
