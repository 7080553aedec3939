//! The benchmark: a durable send beside a bare teloxide loop, what an idle bot costs, and how fast
//! a city that talks to the bot is answered, what a map costs, and how long an alert to a whole city
//! takes from its approval to the first message.
//!
//! Run as `cargo bench --bench delivery [-- [inbound|maps|alert PEOPLE] [ROUNDS]]`; `inbound` leaves
//! out all but the talk, `maps` all but the maps, `alert` all but the approval. The other end is a third process that plays the Bot API; both bots run in processes of
//! their own, in turn, so that each one's CPU time and memory are its own. With
//! `GLAS_TEST_POSTGRES` set everything durable is measured there too.

mod approved;
mod bare;
mod durable;
mod idle;
mod inbound;
mod maps;
mod process;
mod server;

use std::time::Duration;

/// Subscribers in the city to which an alert is approved.
const MILLION: u32 = 1_000_000;
/// Subscribers in each send.
const PEOPLE: u32 = 20_000;
/// Requests in flight at once, in both senders.
const IN_FLIGHT: usize = 32;

/// One sender's figures.
#[derive(Debug, Clone, Copy, serde::Serialize, serde::Deserialize)]
struct Figures {
    per_second: f64,
    cpu_us_per_message: f64,
    peak_kib: u64,
}

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args()
        .skip(1)
        .filter(|arg| arg != "--bench")
        .collect();
    let url = args.get(1).map_or("", String::as_str);
    let people = |text: &str| text.parse().unwrap_or(MILLION);
    let rounds = |at: usize| args.get(at).and_then(|it| it.parse().ok()).unwrap_or(3);
    match args.first().map(String::as_str) {
        Some("serve") => server::run(),
        Some("bare") => bare::run(url),
        Some("serve-talk") => inbound::serve(),
        Some("bare-talk") => inbound::answer_all(url),
        Some("inbound") => inbound::compare(rounds(1)),
        Some("maps") => maps::measure(),
        Some("alert") => approved::compare(people(url), rounds(2)),
        _ => {
            maps::measure()?;
            compare(rounds(0))?;
            idle::measure(Duration::from_secs(30))?;
            approved::compare(MILLION, rounds(0))?;
            inbound::compare(rounds(0))
        }
    }
}

fn compare(rounds: usize) -> anyhow::Result<()> {
    let server = server::Counting::start()?;
    let postgres = std::env::var("GLAS_TEST_POSTGRES").ok();
    let mut bare = vec![];
    let mut sqlite = vec![];
    let mut server_db = vec![];
    for round in 1..=rounds {
        eprintln!("round {round} of {rounds}");
        bare.push(bare::measure(&server)?);
        sqlite.push(durable::measure(&server, None)?);
        if let Some(url) = &postgres {
            server_db.push(durable::measure(&server, Some(url))?);
        }
    }
    println!(
        "\n{PEOPLE} messages to {PEOPLE} people, {IN_FLIGHT} in flight, rates off; the median of {rounds}"
    );
    println!(
        "{:<22}{:>12}{:>16}{:>12}",
        "", "messages/s", "CPU µs each", "peak MiB"
    );
    let bare = median(&bare);
    print("bare teloxide loop", &bare, None);
    print("durable, SQLite", &median(&sqlite), Some(&bare));
    if !server_db.is_empty() {
        print("durable, PostgreSQL", &median(&server_db), Some(&bare));
    }
    Ok(())
}

/// The middle of what `pick` says of each.
fn middle<T>(all: &[T], pick: impl Fn(&T) -> f64) -> f64 {
    let mut all: Vec<f64> = all.iter().map(pick).collect();
    all.sort_by(f64::total_cmp);
    all[all.len() / 2]
}

fn median(figures: &[Figures]) -> Figures {
    Figures {
        per_second: middle(figures, |figures| figures.per_second),
        cpu_us_per_message: middle(figures, |figures| figures.cpu_us_per_message),
        peak_kib: figures
            .iter()
            .map(|figures| figures.peak_kib)
            .max()
            .unwrap_or(0),
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "kibibytes of memory fit f64 exactly"
)]
fn print(name: &str, figures: &Figures, bare: Option<&Figures>) {
    let Figures {
        per_second,
        cpu_us_per_message,
        peak_kib,
    } = *figures;
    let peak = peak_kib as f64 / 1024.0;
    print!("{name:<22}{per_second:>12.0}{cpu_us_per_message:>16.1}{peak:>12.1}");
    match bare {
        Some(bare) => println!(
            "    rate × {:.2} of bare, CPU × {:.2} of bare",
            per_second / bare.per_second,
            cpu_us_per_message / bare.cpu_us_per_message
        ),
        None => println!(),
    }
}
