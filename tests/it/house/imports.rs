//! Imports go downward only, and some doors are open to few.

use super::source::{Source, Token, faults, tree};
use super::{hold, tried};

/// How high each module of the crate stands; the tens are its floor. The data of a city and the
/// settings know what a language is, so they stand above the words; the command line starts the
/// app, so it stands on top of it.
const HEIGHTS: [(&str, u8); 17] = [
    ("base", 0),
    ("sandbox", 9),
    ("message", 10),
    ("config", 15),
    ("city", 15),
    ("store", 20),
    ("channel", 20),
    ("channels", 30),
    ("people", 30),
    ("page", 30),
    ("outbox", 40),
    ("features", 50),
    ("desk", 60),
    ("schedule", 60),
    ("web", 65),
    ("app", 70),
    ("cli", 75),
];

/// Who may import a module besides the module itself; the others are open to every higher floor.
const DOORS: [(&str, &[&str]); 2] = [("channels", &["app", "cli"]), ("sandbox", &["app", "cli"])];

/// What pure rules have no business with: anything that reads or writes the world.
const WORLD: [&str; 6] = ["sqlx", "tokio", "reqwest", "axum", "fs", "net"];

/// The module that a file is, as segments below the crate.
fn module(path: &str) -> Vec<&str> {
    let below = path.strip_prefix("src/").unwrap_or(path);
    let mut segments: Vec<&str> = below.trim_end_matches(".rs").split('/').collect();
    segments.pop_if(|last| *last == "mod");
    segments
}

/// Every module of the crate that a file names, as segments below the crate, with its line.
fn imports(source: &Source) -> Vec<(usize, Vec<String>)> {
    let own = module(&source.path);
    let mut found = vec![];
    let mut at = 0;
    while at < source.tokens.len() {
        let from = at;
        let mut base: Vec<String> = vec![];
        let mut climbed = 0;
        at += 1;
        if source.tokens[from].is("super") {
            climbed = 1;
            while path_goes_on(&source.tokens, at) && source.tokens[at + 2].is("super") {
                climbed += 1;
                at += 3;
            }
            let kept = own.len().saturating_sub(climbed);
            base.extend(own[..kept].iter().map(|name| (*name).to_owned()));
        }
        if climbed == 0 && !source.tokens[from].is("crate") || !path_goes_on(&source.tokens, at) {
            continue;
        }
        for name in names(&source.tokens[at + 2..]) {
            let mut path = base.clone();
            path.extend(name);
            found.push((source.tokens[from].line, path));
        }
    }
    found
}

fn path_goes_on(tokens: &[Token], at: usize) -> bool {
    let sign = |at: usize| tokens.get(at).is_some_and(|token| token.is(":"));
    sign(at) && sign(at + 1) && tokens.len() > at + 2
}

/// The first two segments of each path at the head of `tokens`: one, or a group in braces.
fn names(tokens: &[Token]) -> Vec<Vec<String>> {
    let segments = |at: usize| {
        let mut path = vec![tokens[at].text.clone()];
        if path_goes_on(tokens, at + 1) {
            path.push(tokens[at + 3].text.clone());
        }
        path
    };
    if !tokens[0].is("{") {
        return vec![segments(0)];
    }
    let mut depth = 0;
    let mut all = vec![];
    for (at, token) in tokens.iter().enumerate() {
        match token.text.as_str() {
            "{" => depth += 1,
            "}" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
        if depth == 1
            && (token.is("{") || token.is(","))
            && at + 1 < tokens.len()
            && !tokens[at + 1].is("}")
        {
            all.push(segments(at + 1));
        }
    }
    all
}

fn height(module: &str) -> Option<u8> {
    HEIGHTS
        .iter()
        .find(|(name, _)| *name == module)
        .map(|(_, height)| *height)
}

fn downward(source: &Source) -> Vec<String> {
    let own = module(&source.path);
    if matches!(own[0], "lib" | "main") {
        return vec![];
    }
    let Some(here) = height(own[0]) else {
        return vec![source.fault(
            1,
            "a module without a floor; give it one in tests/it/house/imports.rs",
        )];
    };
    let mut faults = vec![];
    for (line, path) in imports(source) {
        // The macro that the store exports stands at the root of the crate.
        let to = if path[0] == "on" {
            "store"
        } else {
            path[0].as_str()
        };
        let door = DOORS.iter().find(|(name, _)| *name == to);
        let goes_down = height(to).is_some_and(|there| there < here);
        let what = if to == own[0] {
            continue;
        } else if own[0] == "sandbox" && to != "base" {
            format!("sandbox imports {to}; it sees only base")
        } else if door.is_some_and(|(_, open)| !open.contains(&own[0])) {
            format!(
                "{} imports {to}, which is wired up above and nowhere else",
                own[0]
            )
        } else if !goes_down {
            format!("{} imports {to}, which is not below it", own[0])
        } else {
            continue;
        };
        faults.push(source.fault(line, &what));
    }
    faults
}

/// The files of an ability that only judge: `rules.rs`, `rules/`, the reading of CAP, and what
/// templates make of facts.
fn is_pure(own: &[&str]) -> bool {
    own.len() > 2 && own[0] == "features" && matches!(own[2], "rules" | "cap" | "read" | "template")
}

fn pure(source: &Source) -> Vec<String> {
    let own = module(&source.path);
    if !is_pure(&own) {
        return vec![];
    }
    let mut faults = vec![];
    for (line, path) in imports(source) {
        // An alert is what other abilities speak about, too.
        let same = path[0] == "features"
            && (path.get(1)).is_none_or(|ability| ability == own[1] || ability == "alert");
        if !same && height(&path[0]).is_none_or(|height| height >= 20) {
            faults.push(source.fault(line, &format!("rules import {}", path.join("::"))));
        }
    }
    for three in source.tokens.windows(3) {
        if WORLD.iter().any(|name| three[0].is(name)) && three[1].is(":") && three[2].is(":") {
            faults.push(source.fault(three[0].line, &format!("rules reach for {}", three[0].text)));
        }
    }
    faults
}

#[test]
fn imports_go_downward_only() {
    hold(
        &faults(&tree("src", "rs"), downward),
        "a floor can be read, tested and replaced without those above it; only the wiring knows \
         the networks, and the simulators share nothing with the code that they test",
    );
}

#[test]
fn rules_are_pure() {
    hold(
        &faults(&tree("src", "rs"), pure),
        "what decides over an alert is tested with values alone: no database, no files, no clock",
    );
}

#[test]
fn wrong_imports_are_found() {
    let found = |path: &str, text: &str| tried(downward, path, text).len();
    assert_eq!(found("src/base/id.rs", "use crate::message::Lang;"), 1);
    assert_eq!(
        found(
            "src/outbox/lane.rs",
            "use crate::{base::id, features::alert, store::{Db, Tx}};"
        ),
        1
    );
    assert_eq!(
        found(
            "src/outbox/lane.rs",
            "fn f() { super::super::desk::x(); super::row::y() }"
        ),
        1
    );
    assert_eq!(found("src/desk/mod.rs", "use super::schedule::x;"), 1);
    assert_eq!(
        found(
            "src/features/alert/chat.rs",
            "use crate::channels::telegram;"
        ),
        1
    );
    assert_eq!(
        found("src/sandbox/ledger.rs", "use crate::message::Lang;"),
        1
    );
    assert_eq!(
        found(
            "src/cli/run.rs",
            "use crate::sandbox::ledger; use crate::app;"
        ),
        0
    );
    assert_eq!(found("src/city/mod.rs", "crate::on!(tx, c => 1)"), 1);
    assert_eq!(
        found(
            "src/base/id.rs",
            "// use crate::desk;\nlet x = \"crate::desk\";"
        ),
        0
    );
    assert_eq!(found("src/attic.rs", ""), 1);
}

#[test]
fn impure_rules_are_found() {
    let found = |path: &str, text: &str| tried(pure, path, text).len();
    let rules = "src/features/alert/rules.rs";
    assert_eq!(
        found(
            rules,
            "use crate::store::Tx; use crate::base::id; use super::Alert;"
        ),
        1
    );
    assert_eq!(found(rules, "let text = std::fs::read(path);"), 1);
    assert_eq!(
        found(
            "src/features/alert/rules/time.rs",
            "use crate::features::poll::x;"
        ),
        1
    );
    assert_eq!(
        found("src/features/alert/store.rs", "use crate::store::Tx;"),
        0
    );
}
