//! What a bot costs when nothing happens, with three simulated networks in another process.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;

use super::durable::{GLAS, Home, Running};
use super::{PEOPLE, process};

/// Prints how fast the bot is ready, and its memory and CPU time over `time` of silence.
///
/// # Errors
/// When the networks or the bot do not start.
#[expect(
    clippy::cast_precision_loss,
    reason = "kibibytes of memory fit f64 exactly"
)]
pub fn measure(time: Duration) -> anyhow::Result<()> {
    let mut world = Command::new(GLAS)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["sandbox", "--world-only"])
        .env("LC_ALL", "C")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let out = world
        .stdout
        .take()
        .ok_or_else(|| anyhow::anyhow!("no output"))?;
    let _world = Running(world);
    let mut channels = String::new();
    let mut environment = vec![];
    let mut in_channels = false;
    for line in BufReader::new(out).lines() {
        let line = line?;
        in_channels |= line == "[telegram]";
        if let Some((name, value)) = line
            .strip_prefix("export ")
            .and_then(|set| set.split_once('='))
        {
            environment.push((name.to_owned(), value.trim_matches('\'').to_owned()));
        } else if in_channels && environment.is_empty() {
            channels.push_str(&line);
            channels.push('\n');
        } else if !environment.is_empty() {
            break;
        }
    }
    let home = Home::make(&channels, None)?;
    home.import(PEOPLE)?;
    let began = std::time::Instant::now();
    let mut child = home.glas();
    let mut child = child
        .envs(environment)
        .arg("run")
        .stderr(Stdio::piped())
        .spawn()?;
    let err = child
        .stderr
        .take()
        .ok_or_else(|| anyhow::anyhow!("no output"))?;
    let bot = Running(child);
    let mut lines = BufReader::new(err).lines();
    let ready = loop {
        match lines.next() {
            Some(line) if line.as_ref().is_ok_and(|line| line.contains("ready")) => {
                break began.elapsed();
            }
            Some(_) => {}
            None => anyhow::bail!("glas run ended before it was ready"),
        }
    };
    std::thread::spawn(move || lines.for_each(drop));
    std::thread::sleep(Duration::from_secs(5));
    let pid = bot.0.id();
    let before = process::cpu(pid)?;
    std::thread::sleep(time);
    let used = process::cpu(pid)?.saturating_sub(before);
    println!("\nidle, {PEOPLE} subscribers, three networks in another process");
    println!("ready after {} ms", ready.as_millis());
    println!(
        "memory {:.1} MiB",
        process::memory_kib(pid, "VmRSS")? as f64 / 1024.0
    );
    println!(
        "CPU {:.2} % of a core over {} s",
        used.as_secs_f64() / time.as_secs_f64() * 100.0,
        time.as_secs()
    );
    Ok(())
}
