//! `glas run`: the bot itself, until SIGTERM or Ctrl-C.

use std::io::IsTerminal as _;
use std::path::Path;
use tokio::sync::watch;
use tokio::time::Instant;
use tracing_subscriber::EnvFilter;

use crate::app;
use crate::base::clock::Clock;

/// Runs the bot.
///
/// # Errors
/// When it cannot start.
pub async fn run(config: &Path) -> anyhow::Result<bool> {
    let began = Instant::now();
    log();
    let loaded = app::load(config)?;
    let db = loaded.database().await?;
    let networks = loaded.networks(&db).await?;
    let pages = loaded.pages(&db, &Clock::system(), None).await?;
    let (stop, stopped) = watch::channel(false);
    tokio::spawn(async move {
        asked_to_end().await;
        tracing::info!("ending: what is under way is finished first");
        stop.send_replace(true);
        // A second word ends it at once: nothing is lost by that, only repeated.
        asked_to_end().await;
        std::process::exit(1);
    });
    let ready = move || {
        tracing::info!(
            milliseconds = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
            "ready"
        );
    };
    let networks = (networks, pages);
    app::run(loaded, db, networks, Clock::system(), stopped, ready).await;
    Ok(true)
}

/// Logs to standard error; `RUST_LOG` chooses what.
fn log() {
    let filter =
        EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,serenity=error"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_target(false)
        .init();
}

/// Waits for SIGTERM or Ctrl-C.
pub async fn asked_to_end() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        // Without a handler the signal's own effect, the end, stays in place.
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}
