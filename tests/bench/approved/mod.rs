//! An alert to a whole city: the time from its approval to the first message on the wire, and from
//! the word that it was wrong to the first correction, beside the same in a city of a handful.

mod base;
mod platform;

use std::time::{Duration, Instant};

use anyhow::Context as _;

use super::durable::{Home, Running, run};
use base::Base;
use platform::{APPROVER, AUTHOR, Platform};

/// How many an almost empty database has.
const HANDFUL: u32 = 20;

/// What the first line of a correction says.
const CORRECTED: &str = "Отменено предупреждение";

/// What one round took.
struct Round {
    /// Submitting, where the audience is counted.
    submitted: Duration,
    /// From the press that approves to the first message.
    approved: Duration,
    /// From the press that says that it was wrong, while it is going out, to the first correction.
    corrected: Duration,
}

/// Measures on each database, with `people` and with a handful.
///
/// # Errors
/// When anything does not arrive.
pub fn compare(people: u32, rounds: usize) -> anyhow::Result<()> {
    let platform = Platform::start()?;
    let postgres = std::env::var("GLAS_TEST_POSTGRES").ok();
    println!("\nmilliseconds, the median of {rounds} rounds, and each of them");
    let servers = postgres.as_deref().map(Some);
    for server in [None].into_iter().chain(servers) {
        let few = measure(&platform, server, HANDFUL, rounds)?;
        let many = measure(&platform, server, people, rounds)?;
        let name = server.map_or("SQLite", |_| "PostgreSQL");
        println!("{name}, {HANDFUL} people and {people} people:");
        print("submitted, with counting", [&few, &many], |it| it.submitted);
        print("approved → first message", [&few, &many], |it| {
            it.approved
        });
        print("wrong → first correction", [&few, &many], |it| {
            it.corrected
        });
    }
    Ok(())
}

fn print(what: &str, rounds: [&[Round]; 2], took: fn(&Round) -> Duration) {
    print!("  {what:<26}");
    let medians = rounds.map(|rounds| {
        let ms = |round: &Round| took(round).as_secs_f64() * 1000.0;
        let median = super::middle(rounds, ms);
        let each = rounds.iter().map(|round| format!("{:.1}", ms(round)));
        let each = format!("({})", each.collect::<Vec<_>>().join(", "));
        print!("{median:>10.1} {each:<28}");
        median
    });
    println!("× {:.2}", medians[1] / medians[0]);
}

fn measure(
    platform: &Platform,
    server: Option<&str>,
    people: u32,
    rounds: usize,
) -> anyhow::Result<Vec<Round>> {
    let base = Base::make(server)?;
    let settings = format!(
        "[telegram]\napi_url = \"{}\"\n[[operator]]\nname = \"author\"\nrole = \"publisher\"\ntelegram = {AUTHOR}\n\
         [[operator]]\nname = \"approver\"\nrole = \"approver\"\ntelegram = {APPROVER}\n",
        platform.url
    );
    let home = Home::make(&settings, base.url())?;
    let took = home.import(people)?;
    eprintln!("{people} people imported in {:.1} s", took.as_secs_f64());
    let mut all = vec![];
    for _ in 0..rounds {
        platform.forget();
        let (bot, _) = home.start()?;
        let round = round(platform, &home)?;
        // Nobody waits until a million have it.
        drop::<Running>(bot);
        home.stop_walks()?;
        all.push(round);
    }
    Ok(all)
}

fn round(platform: &Platform, home: &Home) -> anyhow::Result<Round> {
    let by = ["--as", "author"];
    let storm = ["alert", "new", "storm", "place=*", "number=110"];
    let severe = "severity=Severe";
    let told = run(home.glas().args(storm).arg(severe).args(by))?;
    let number = told
        .split(|letter: char| !letter.is_ascii_digit())
        .find(|digits| digits.len() > 9)
        .with_context(|| format!("no number of a draft: {told}"))?;
    let began = Instant::now();
    run(home.glas().args(["alert", "submit", number]).args(by))?;
    let submitted = began.elapsed();
    platform.wait_for_button("draft.ok.")?;
    let approved = platform.press("draft.ok.", "")?;
    platform.wait_for_button("draft.wrong.")?;
    let corrected = platform.press("draft.wrong.", CORRECTED)?;
    Ok(Round {
        submitted,
        approved,
        corrected,
    })
}
