//! What a file may contain: its header, its length, no foreign clock, no Cyrillic, no platform.

use super::source::{Kind, Source, faults, tree};
use super::{hold, tried};

/// The most lines of a file.
const LINES: usize = 400;

/// The networks by name and by the crates that speak to them.
const PLATFORMS: [&str; 7] = [
    "telegram", "discord", "smtp", "teloxide", "serenity", "lettre", "imap",
];

/// Where platforms are known: their adapters, their settings, their simulators, the wiring.
const NAMES_PLATFORMS: [&str; 5] = [
    "src/channels/",
    "src/config/",
    "src/sandbox/",
    "src/cli/",
    "src/app.rs",
];

fn header(source: &Source) -> Vec<String> {
    let first = source.text.lines().next().unwrap_or_default();
    match first
        .strip_prefix("//! ")
        .filter(|purpose| purpose.len() > 10)
    {
        Some(_) => vec![],
        None => vec![source.fault(1, "does not open with a sentence of purpose (//! …)")],
    }
}

fn length(source: &Source) -> Vec<String> {
    let lines = source.text.lines().count();
    if lines <= LINES {
        return vec![];
    }
    vec![source.fault(
        lines,
        &format!("{lines} lines; make it rooms of one purpose each, {LINES} at most"),
    )]
}

fn no_cyrillic(source: &Source) -> Vec<String> {
    let cyrillic = |char| matches!(char, '\u{400}'..='\u{52f}');
    let found = source
        .tokens
        .iter()
        .filter(|token| token.text.contains(cyrillic));
    found
        .map(|token| source.fault(token.line, &format!("„{}“ in code", token.text)))
        .collect()
}

fn no_other_clock(source: &Source) -> Vec<String> {
    if source.is_in(&["src/base/"]) {
        return vec![];
    }
    let mut faults = vec![];
    let names: Vec<&str> = source
        .tokens
        .iter()
        .map(|token| token.text.as_str())
        .collect();
    for (at, token) in source
        .tokens
        .iter()
        .enumerate()
        .filter(|(_, token)| token.kind == Kind::Name)
    {
        let after = names.get(at + 1..at + 4).unwrap_or_default();
        let reads = matches!(token.text.as_str(), "Utc" | "Local") && after == [":", ":", "now"];
        // tokio's Instant measures how long something takes, and a test can hold it; it is no date.
        let instant = token.is("time") && names[..at].ends_with(&["std", ":", ":"]) && {
            let import = names[at..].iter().take_while(|name| **name != ";");
            import.take(40).any(|name| *name == "Instant")
        };
        if reads || token.is("SystemTime") || instant {
            faults.push(source.fault(
                token.line,
                &format!("{} reads a clock of its own", token.text),
            ));
        }
    }
    faults
}

fn no_platform(source: &Source) -> Vec<String> {
    if source.is_in(&NAMES_PLATFORMS) {
        return vec![];
    }
    let mut faults = vec![];
    for token in &source.tokens {
        let text = token.text.to_lowercase();
        if let Some(name) = PLATFORMS.iter().find(|name| text.contains(**name)) {
            faults.push(source.fault(token.line, &format!("names {name}")));
        }
    }
    faults
}

#[test]
fn files_open_with_their_purpose() {
    let mut found = faults(&tree("src", "rs"), header);
    found.extend(faults(&tree("tests", "rs"), header));
    for file in tree("locales", "ftl") {
        if !file.text.starts_with('#') {
            found.push(file.fault(1, "does not open with a comment on what it holds"));
        }
    }
    hold(
        &found,
        "who opens a file learns in one line whether it is the one that was looked for",
    );
}

#[test]
fn files_are_short() {
    let mut found = faults(&tree("src", "rs"), length);
    found.extend(faults(&tree("tests", "rs"), length));
    hold(
        &found,
        "a file that fits in the head can be changed without fear",
    );
}

#[test]
fn code_holds_no_cyrillic() {
    hold(
        &faults(&tree("src", "rs"), no_cyrillic),
        "words belong to locales/ and names to cities/, where they can be translated and mended \
         without a programmer",
    );
}

#[test]
fn time_comes_from_one_clock() {
    hold(
        &faults(&tree("src", "rs"), no_other_clock),
        "a test sets the time, and leases and closings must agree on it; only base::clock asks \
         the system (durations are measured with tokio::time::Instant)",
    );
}

#[test]
fn platforms_are_named_in_their_adapters_only() {
    hold(
        &faults(&tree("src", "rs"), no_platform),
        "a fourth network is one folder and one line; what differs between networks is data in \
         Limits",
    );
}

#[test]
fn wrong_files_are_found() {
    assert_eq!(
        tried(header, "src/x.rs", "use std::fs;\n//! Late.").len(),
        1
    );
    assert_eq!(
        tried(header, "src/x.rs", "//! Reads the settings.").len(),
        0
    );
    assert_eq!(tried(length, "src/x.rs", &"\n".repeat(401)).len(), 1);
    assert_eq!(tried(length, "src/x.rs", &"\n".repeat(400)).len(), 0);
    let code = "// Глас\nlet x = \"глас\"; #[cfg(test)] mod tests { \"глас\" }";
    assert_eq!(
        tried(no_cyrillic, "src/x.rs", code),
        ["src/x.rs:2: „глас“ in code"]
    );
}

#[test]
fn other_clocks_are_found() {
    let found = |text: &str| tried(no_other_clock, "src/desk/mod.rs", text).len();
    assert_eq!(found("let at = SystemTime::now();"), 1);
    assert_eq!(found("let at = chrono::Utc::now();"), 1);
    assert_eq!(found("use std::time::{Duration, Instant};"), 1);
    assert_eq!(found("let at = std::time::Instant::now();"), 1);
    assert_eq!(
        found("use std::time::Duration; use tokio::time::Instant;"),
        0
    );
    assert_eq!(found("// SystemTime\nlet at = clock.now();"), 0);
    assert_eq!(
        tried(no_other_clock, "src/base/clock.rs", "SystemTime::now()").len(),
        0
    );
}

#[test]
fn platform_names_are_found() {
    let found = |path: &str, text: &str| tried(no_platform, path, text).len();
    assert_eq!(
        found(
            "src/outbox/lane.rs",
            "if name == \"telegram\" {} // discord"
        ),
        1
    );
    assert_eq!(found("src/outbox/lane.rs", "use serenity::all::UserId;"), 1);
    assert_eq!(found("src/channels/telegram/mod.rs", "\"telegram\""), 0);
}
