//! The bare loop: teloxide sends the same text to everybody and remembers nothing.

use std::process::Command;

use futures_util::{StreamExt as _, stream};
use teloxide::prelude::*;

use super::server::Counting;
use super::{Figures, IN_FLIGHT, PEOPLE, durable, process};

/// Runs the loop in a process of its own.
///
/// # Errors
/// When it does not run through.
pub fn measure(server: &Counting) -> anyhow::Result<Figures> {
    server.reset()?;
    let output = Command::new(std::env::current_exe()?)
        .args(["bare", &server.url])
        .output()?;
    anyhow::ensure!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let count = server.wait_for(u64::from(PEOPLE))?;
    let mut figures: Figures = serde_json::from_slice(&output.stdout)?;
    figures.per_second = f64::from(PEOPLE) / count.seconds;
    Ok(figures)
}

/// The process: sends, then prints its own CPU time and peak memory.
///
/// # Errors
/// When a message is not taken.
pub fn run(url: &str) -> anyhow::Result<()> {
    let text = durable::text()?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let me = std::process::id();
    let before = process::cpu(me)?;
    runtime.block_on(async {
        let bot = Bot::new("1:token").set_api_url(url.parse()?);
        let mut sends = stream::iter(0..i64::from(PEOPLE))
            .map(|person| {
                bot.send_message(ChatId(1_000_000 + person), text.as_str())
                    .into_future()
            })
            .buffer_unordered(IN_FLIGHT);
        while let Some(sent) = sends.next().await {
            sent?;
        }
        Ok::<_, anyhow::Error>(())
    })?;
    let used = process::cpu(me)?.saturating_sub(before);
    let figures = Figures {
        per_second: 0.0,
        cpu_us_per_message: used.as_secs_f64() * 1e6 / f64::from(PEOPLE),
        peak_kib: process::memory_kib(me, "VmHWM")?,
    };
    println!("{}", serde_json::to_string(&figures)?);
    Ok(())
}
