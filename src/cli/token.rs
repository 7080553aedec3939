//! `glas token`: tokens with which programs use the API.

use std::io::Write as _;

use chrono::Days;
use clap::Subcommand;

use super::words::Words;
use crate::base::bearer::{self, Hash};
use crate::base::civil;
use crate::base::clock::{Clock, Millis};
use crate::config::operators::{Day, Role, Scope};
use crate::message::{Arg, say, say_with};
use crate::people::permit;

/// The subcommands of `glas token`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a token: it is shown once, with the lines for bot.toml that make it good.
    New {
        /// The operator whose program it is; in the record they are the same person.
        #[arg(long)]
        name: String,
        /// What they may do, where bot.toml does not know them yet.
        #[arg(long, value_parser = role, value_name = "viewer|moderator|publisher|approver|administrator")]
        role: Option<Role>,
        /// The last day on which it is good; not given: a year from now.
        #[arg(long, value_parser = day, value_name = "YYYY-MM-DD")]
        expires: Option<Day>,
        /// What it is for: read, draft, send, decide or break-glass; may be given several times.
        /// Not given: read.
        #[arg(long = "scope", value_parser = scope, value_name = "SCOPE")]
        scopes: Vec<Scope>,
    },
}

fn role(word: &str) -> Result<Role, String> {
    let all = Role::ALL.map(Role::word).join(", ");
    Role::parse(word).ok_or_else(|| format!("one of {all}"))
}

fn scope(word: &str) -> Result<Scope, String> {
    let all = Scope::ALL.map(Scope::word).join(", ");
    Scope::parse(word).ok_or_else(|| format!("one of {all}"))
}

fn day(text: &str) -> Result<Day, &'static str> {
    Day::try_from(text.to_owned())
}

/// Runs a subcommand. Changes nothing: whoever keeps bot.toml puts the lines into it.
///
/// # Errors
/// When a word is missing or nobody reads the output.
pub fn run(words: &Words, command: Command) -> anyhow::Result<bool> {
    let Command::New {
        name,
        role,
        expires,
        scopes,
    } = command;
    new(words, &name, role, expires, scopes)
}

fn new(
    words: &Words,
    name: &str,
    role: Option<Role>,
    expires: Option<Day>,
    mut scopes: Vec<Scope>,
) -> anyhow::Result<bool> {
    let known = words.loaded.roster()?.named(name).map(|actor| actor.role);
    if let Some((own, _)) = known.zip(role).filter(|(own, asked)| own != asked) {
        let told = [
            ("name", Arg::Text(name.to_owned())),
            ("role", Arg::Words(Box::new(permit::role(own)))),
        ];
        words.say(&say_with("token-role", told))?;
        return Ok(false);
    }
    let role = known.or(role).unwrap_or(Role::Moderator);
    let today = today(words, Clock::system().now());
    let last = expires.map(|Day(day)| day);
    let last = last.or_else(|| today?.checked_add_days(Days::new(365)));
    if let Some(past) = last.filter(|last| today.is_some_and(|today| *last < today)) {
        let told = [("day", Arg::Text(past.to_string()))];
        words.say(&say_with("token-past", told))?;
        return Ok(false);
    }
    if scopes.is_empty() {
        scopes.push(Scope::Read);
    }
    scopes.sort_unstable();
    scopes.dedup();
    let scopes: Vec<String> = (scopes.iter())
        .map(|scope| format!("\"{}\"", scope.word()))
        .collect();
    let token = bearer::make();
    let mut out = std::io::stdout();
    words.say(&say("token-made"))?;
    writeln!(out, "\n    {token}\n")?;
    words.say(&say("token-lines"))?;
    writeln!(out, "\n[[operator]]\nname = {}", toml::Value::from(name))?;
    writeln!(out, "role = \"{}\"", role.word())?;
    writeln!(out, "token = \"{}\"", Hash::of(&token))?;
    if let Some(last) = last {
        writeln!(out, "expires = \"{last}\"")?;
    }
    writeln!(out, "scopes = [{}]", scopes.join(", "))?;
    Ok(true)
}

/// The day that it is in the city.
fn today(words: &Words, now: Millis) -> Option<chrono::NaiveDate> {
    civil::shown(words.loaded.city.zone(), now).map(|at| at.date())
}
