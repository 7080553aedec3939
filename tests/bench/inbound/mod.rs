//! Inbound updates: fifty thousand people write and press, and each act gets its one answer.
//!
//! Each bot twice: at the rate of the goal, evenly spaced, where what counts is how long an answer
//! takes from the moment its update can be fetched; and as fast as it goes. Now and then updates
//! come again after they were confirmed. An act without an answer, or an answer to no act, fails
//! the benchmark; only the bare loop may answer twice, for it remembers nothing.

mod bare;
mod script;
mod server;
mod world;

use std::process::Command;
use std::time::Duration;

use anyhow::Context as _;
use glas::base::id;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

use super::durable::{Home, Running};
use super::{Figures, IN_FLIGHT, median, middle, print, process};
use server::Talking;
use world::{Plan, Report};

pub use bare::answer_all;
pub use server::run as serve;

/// How many people act.
const PEOPLE: usize = 50_000;
/// The rate of the goal, in updates a second.
const RATE: u32 = 5_000;

/// Who answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bot {
    Bare,
    Sqlite,
    Postgres,
}

impl Bot {
    fn name(self) -> &'static str {
        match self {
            Self::Bare => "bare, no database",
            Self::Sqlite => "durable, SQLite",
            Self::Postgres => "durable, PostgreSQL",
        }
    }
}

/// What one bot did in one round.
struct Measured {
    report: Report,
    figures: Figures,
}

/// Measures all bots in turn and prints the medians.
///
/// # Errors
/// When an act was not answered exactly once.
pub fn compare(rounds: usize) -> anyhow::Result<()> {
    let server = Talking::start()?;
    let postgres = std::env::var("GLAS_TEST_POSTGRES").ok();
    let mut bots = vec![Bot::Bare, Bot::Sqlite];
    if let Some(url) = &postgres {
        bots.push(Bot::Postgres);
        println!("\nPostgreSQL runs with {}", durability(url)?);
    }
    println!(
        "\ninbound: {PEOPLE} people, {} updates: {}",
        script::Order::new(PEOPLE).count(),
        script::mix(PEOPLE)
    );
    for rate in [RATE, 0] {
        let mut measured: Vec<Vec<Measured>> = bots.iter().map(|_| vec![]).collect();
        for round in 1..=rounds {
            for (bot, measured) in bots.iter().zip(&mut measured) {
                eprintln!(
                    "inbound, {rate}/s, round {round} of {rounds}: {}",
                    bot.name()
                );
                measured.push(measure(&server, *bot, rate, postgres.as_deref())?);
            }
        }
        show(&bots, &measured, rate);
    }
    Ok(())
}

fn show(bots: &[Bot], measured: &[Vec<Measured>], rate: u32) {
    let rounds = measured.first().map_or(0, Vec::len);
    match rate {
        0 => println!("\nas fast as it goes; the median of {rounds}"),
        rate => println!("\n{rate} updates a second, evenly spaced; the median of {rounds}"),
    }
    println!(
        "{:<22}{:>12}{:>16}{:>12}",
        "", "updates/s", "CPU µs each", "peak MiB"
    );
    let mut bare = None;
    for (bot, measured) in bots.iter().zip(measured) {
        let figures: Vec<Figures> = measured.iter().map(|it| it.figures).collect();
        let figures = median(&figures);
        print(bot.name(), &figures, bare.as_ref());
        bare.get_or_insert(figures);
    }
    for (bot, measured) in bots.iter().zip(measured) {
        let middle = |pick: fn(&Report) -> f64| middle(measured, |it| pick(&it.report));
        let sum =
            |pick: fn(&Report) -> u64| measured.iter().map(|it| pick(&it.report)).sum::<u64>();
        print!("{:<22}", bot.name());
        if rate != 0 {
            print!(
                "answers after p50 {:.1} ms, p99 {:.1} ms, max {:.1} ms; ",
                middle(|it| it.p50_ms),
                middle(|it| it.p99_ms),
                middle(|it| it.max_ms)
            );
        }
        println!(
            "of {} lost {}, answered twice {} ({} served again, {} presses stilled)",
            sum(|it| it.offered),
            sum(|it| it.offered - it.answered),
            sum(|it| it.astray),
            sum(|it| it.again),
            sum(|it| it.stilled)
        );
    }
}

fn measure(
    server: &Talking,
    bot: Bot,
    rate: u32,
    postgres: Option<&str>,
) -> anyhow::Result<Measured> {
    let channels = format!(
        "[telegram]\napi_url = \"{}\"\nrate = 0\nchat_rate = 0\ngroup_rate = 0\nconnections = {IN_FLIGHT}\n",
        server.url
    );
    let fresh = match (bot, postgres) {
        (Bot::Postgres, Some(url)) => Some(Fresh::make(url)?),
        _ => None,
    };
    let home = Home::make(&channels, fresh.as_ref().map(|it| it.url.as_str()))?;
    server.play(Plan::default())?;
    let bot_process = if bot == Bot::Bare {
        let mut bare = Command::new(std::env::current_exe()?);
        Running(bare.args(["bare-talk", &server.url]).spawn()?)
    } else {
        home.start()?.0
    };
    let pid = bot_process.0.id();
    // What is done once, menus and first polls, does not belong to it.
    std::thread::sleep(Duration::from_secs(1));
    let before = process::cpu(pid)?;
    server.play(Plan {
        people: PEOPLE,
        per_second: rate,
        buttons: bot != Bot::Bare,
    })?;
    let report = server.wait().context(bot.name())?;
    let used = process::cpu(pid)?.saturating_sub(before);
    let peak_kib = process::memory_kib(pid, "VmHWM")?;
    drop(bot_process);
    if let Some(fresh) = fresh {
        fresh.drop()?;
    }
    anyhow::ensure!(
        bot == Bot::Bare || (report.astray == 0 && report.buttonless == 0),
        "{}: {} answers to no act, {} without the button that is pressed next",
        bot.name(),
        report.astray,
        report.buttonless
    );
    #[expect(clippy::cast_precision_loss, reason = "some hundred thousand acts")]
    let acts = report.answered as f64;
    Ok(Measured {
        report,
        figures: Figures {
            per_second: acts / report.seconds,
            cpu_us_per_message: used.as_secs_f64() * 1e6 / acts,
            peak_kib,
        },
    })
}

/// A database of its own for each run, on a server.
struct Fresh {
    server: String,
    name: String,
    url: String,
}

impl Fresh {
    fn make(server: &str) -> anyhow::Result<Self> {
        let name = format!("glas_bench_{}", id::random());
        let mut url = url::Url::parse(server)?;
        url.set_path(&name);
        ask(server, &format!("create database {name}"))?;
        Ok(Self {
            server: server.to_owned(),
            url: url.to_string(),
            name,
        })
    }

    fn drop(self) -> anyhow::Result<()> {
        let sql = format!("drop database {} with (force)", self.name);
        ask(&self.server, &sql).map(drop)
    }
}

/// What a commit waits for on this server.
fn durability(server: &str) -> anyhow::Result<String> {
    let settings = ["fsync", "synchronous_commit", "full_page_writes"];
    let shown = settings.map(|name| {
        let value = ask(server, &format!("show {name}"))?;
        Ok::<_, anyhow::Error>(format!("{name} = {}", value.unwrap_or_default()))
    });
    let shown: Vec<String> = shown.into_iter().collect::<Result<_, _>>()?;
    Ok(shown.join(", "))
}

fn ask(server: &str, sql: &str) -> anyhow::Result<Option<String>> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let mut connection = PgConnection::connect(server).await?;
        let answer = sqlx::query_scalar(AssertSqlSafe(sql.to_owned()))
            .fetch_optional(&mut connection)
            .await?;
        Ok(answer)
    })
}
