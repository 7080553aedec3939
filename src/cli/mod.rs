//! The command line: one file a command.

pub mod alert;
pub mod alert_check;
pub mod audit;
pub mod check;
pub mod database;
pub mod doctor;
pub mod drafts;
pub mod feed;
pub mod invite;
pub mod locate;
pub mod person;
pub mod retention;
pub mod run;
pub mod sandbox;
pub mod subscriber;
pub mod token;
pub mod words;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::base::clock::Millis;

/// One civic bot for every channel people already use.
#[derive(Debug, Parser)]
#[command(name = "glas", version)]
pub struct Cli {
    /// The settings of this bot.
    #[arg(long, global = true, value_name = "FILE", default_value = "bot.toml")]
    config: PathBuf,
    /// The language of answers on this terminal; by default that of the system.
    #[arg(long, global = true, value_name = "LANG")]
    lang: Option<String>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the bot.
    Run,
    /// Try the bot with simulated networks, without any token.
    Sandbox(sandbox::Options),
    /// Check settings, words, city data and the database.
    Check,
    /// Ask every network, the database and the DNS whether all works, and say what to do where not.
    Doctor(doctor::Options),
    /// Show what a place or a point is in the city's data.
    #[command(name = "where", allow_negative_numbers = true)]
    Where {
        /// A name in any script, or LAT,LON.
        #[arg(required = true, value_name = "TEXT|LAT,LON")]
        query: Vec<String>,
    },
    /// Bring the database up to date.
    Migrate,
    /// Copy the SQLite database while it is in use.
    Backup {
        /// Where the copy goes; must not exist.
        file: PathBuf,
    },
    /// Put a copy in place of the database; it starts paused.
    Restore {
        /// The copy.
        file: PathBuf,
    },
    /// Let letters leave again: after a restore, or when a broadcast has stopped.
    Resume,
    /// Those who get letters.
    #[command(subcommand)]
    Subscriber(subscriber::Command),
    /// One person's data, for the data protection officer.
    #[command(subcommand)]
    Person(person::Command),
    /// How long what is kept is kept.
    #[command(subcommand)]
    Retention(retention::Command),
    /// Alerts.
    #[command(subcommand)]
    Alert(AlertCommand),
    /// Show the record of who did what with alerts.
    Audit {
        /// Only say whether it is whole: nothing changed, removed or reordered.
        #[arg(long)]
        verify: bool,
        /// One JSON object an entry.
        #[arg(long)]
        json: bool,
    },
    /// What is read from others.
    #[command(subcommand)]
    Feed(feed::Command),
    /// Tokens with which programs use the API.
    #[command(subcommand)]
    Token(token::Command),
}

#[derive(Debug, Subcommand)]
enum AlertCommand {
    /// Say what would become of CAP files, without sending anything.
    Check {
        /// CAP 1.0, 1.1 or 1.2.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// One JSON object a line.
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        at: At,
    },
    /// Send a CAP file to everybody concerned.
    Send {
        /// CAP 1.0, 1.1 or 1.2.
        file: PathBuf,
        /// Wait until everybody has been reached, and report.
        #[arg(long)]
        wait: bool,
        #[command(flatten)]
        at: At,
    },
    #[command(flatten)]
    Draft(drafts::Command),
    /// Say how far an alert has come.
    Status {
        /// Our number of the alert, or the sender's identifier.
        id: String,
        /// One JSON object.
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Clone, Copy, Args)]
struct At {
    /// Judge as of this moment (RFC 3339) instead of now.
    #[arg(long = "at", value_name = "TIME", value_parser = Millis::parse_rfc3339)]
    at: Option<Millis>,
}

/// Reads the arguments, runs the command, and turns its outcome into an exit code: 0 good, 1 the
/// answer is no or something failed, 2 the arguments are wrong.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    let outcome = match runtime {
        Ok(runtime) => {
            let outcome = runtime.block_on(dispatch(cli));
            // A pending read of the terminal must not keep the program alive.
            runtime.shutdown_background();
            outcome
        }
        Err(why) => Err(why.into()),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(why) => {
            eprintln!("glas: {why:#}");
            ExitCode::FAILURE
        }
    }
}

async fn dispatch(cli: Cli) -> anyhow::Result<bool> {
    let Cli {
        config,
        lang,
        command,
    } = cli;
    let words = || words::Words::load(&config, lang.as_deref());
    match command {
        Command::Run => run::run(&config).await,
        Command::Sandbox(options) => sandbox::run(&words()?, options).await,
        Command::Check => check::run(&config, lang.as_deref()).await,
        Command::Doctor(options) => doctor::run(&config, lang.as_deref(), &options).await,
        Command::Where { query } => locate::run(&words()?, &query.join(" ")),
        Command::Migrate => database::migrate(&words()?).await,
        Command::Backup { file } => database::backup(&words()?, &file).await,
        Command::Restore { file } => database::restore(&words()?, &file).await,
        Command::Resume => database::resume(&words()?).await,
        Command::Subscriber(command) => subscriber::run(&words()?, command).await,
        Command::Person(command) => person::run(&words()?, command).await,
        Command::Retention(command) => retention::run(&words()?, command).await,
        Command::Token(command) => token::run(&words()?, command),
        Command::Feed(command) => feed::run(&words()?, command).await,
        Command::Alert(AlertCommand::Check { files, json, at }) => {
            alert::check(&words()?, &files, json, at.at).await
        }
        Command::Alert(AlertCommand::Send { file, wait, at }) => {
            alert::send(&words()?, &file, wait, at.at).await
        }
        Command::Alert(AlertCommand::Draft(command)) => drafts::run(&words()?, command).await,
        Command::Audit { verify, json } => audit::run(&words()?, verify, json).await,
        Command::Alert(AlertCommand::Status { id, json }) => {
            alert::status(&words()?, &id, json).await
        }
    }
}
