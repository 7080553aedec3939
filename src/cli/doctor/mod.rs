//! `glas doctor`: does everything work, and what is to be done where it does not?

mod base;
mod clock;
mod disk;
mod feeds;
mod letter;
mod operators;
mod pictures;
mod report;
mod schedules;
mod web;

use std::net::{IpAddr, SocketAddr};
use std::path::Path;

use clap::Args;
use futures_util::future::join_all;
use url::{Host, Url};

use super::check;
use super::words::{Words, operator_language};
use crate::app::Loaded;
use crate::base::token::Keyring;
use crate::channels;
use crate::channels::checkup::{Checkup, Finding, Nameserver};
use crate::config::Config;
use crate::message::catalogue::Catalogue;
use crate::message::{Arg, Words as Say, say, say_with, say_with_text};
use report::Report;

/// What `glas doctor` takes.
#[derive(Debug, Args)]
pub struct Options {
    /// One JSON object a line: check, level (ok, note, warning, fault), text.
    #[arg(long)]
    json: bool,
    /// Send a test letter to telegram:NUMBER, discord:user:NUMBER, discord:channel:NUMBER or an
    /// e-mail address, past all queues, and check nothing else.
    #[arg(long, value_name = "ADDRESS")]
    send_to: Option<String>,
    /// The DNS server to ask instead of the system's.
    #[arg(long, value_name = "ADDRESS[:PORT]", value_parser = nameserver)]
    nameserver: Option<SocketAddr>,
    /// Where the bot's pages are reached from outside.
    #[arg(long, value_name = "URL")]
    base_url: Option<Url>,
}

fn nameserver(text: &str) -> Result<SocketAddr, std::net::AddrParseError> {
    let with_port = text.parse();
    with_port.or_else(|_| {
        text.parse()
            .map(|address: IpAddr| SocketAddr::new(address, 53))
    })
}

/// Looks at everything, prints a line for each thing, the nearest first: settings, database,
/// lanes, disk, clock, then the networks and the pages. False when there is a fault.
///
/// # Errors
/// When the catalogue lacks a word of the answer.
pub async fn run(config: &Path, lang: Option<&str>, options: &Options) -> anyhow::Result<bool> {
    let words = match Words::load(config, lang) {
        Ok(words) => words,
        Err(fault) => return without_settings(config, lang, options.json, &fault),
    };
    let loaded = &words.loaded;
    let mut report = Report::new(&loaded.catalogue, words.lang, options.json)?;
    if let Some(address) = &options.send_to {
        letter::send(&words, &mut report, address).await?;
        return Ok(report.good());
    }
    let (asked, outside) = addresses(loaded, options);
    report.tell(&about_settings(config, loaded))?;
    report.tell_all(&outside)?;
    let keys = check::keys();
    if let Err(why) = &keys {
        let says = say_with_text("doctor-keys-fault", &format!("{why:#}"));
        report.tell(&Finding::fault("keys", says))?;
    }
    let keys = keys
        .ok()
        .map_or_else(|| Keyring::parse(&Keyring::generate()), Ok)?;

    let networks = join_all(channels::NAMES.map(|name| network(loaded, name, &keys, asked.names)));
    let pages = web::check(asked.base_url.as_ref());
    let (database, networks, pages) = tokio::join!(base::check(loaded), networks, pages);

    let mut clocks = vec![];
    for (name, checkup) in channels::NAMES.into_iter().zip(&networks) {
        clocks.extend(
            checkup
                .ahead_ms
                .map(|ahead| (Say::Verbatim(name.to_owned()), ahead)),
        );
    }
    clocks.extend(
        database
            .ahead_ms
            .map(|ahead| (say("doctor-clock-database"), ahead)),
    );
    report.tell_all(&database.findings)?;
    report.tell(&disk::check(loaded))?;
    report.tell(&pictures::check(loaded).await)?;
    report.tell_all(&feeds::check(loaded).await)?;
    report.tell_all(&schedules::check(loaded).await)?;
    report.tell_all(operators::check(loaded).as_slice())?;
    report.tell_all(&clock::judge(clocks))?;
    for checkup in &networks {
        report.tell_all(&checkup.findings)?;
    }
    report.tell(&pages)?;
    report.end()
}

/// Without settings nothing else can be looked at; the words may be there nevertheless.
fn without_settings(
    config: &Path,
    lang: Option<&str>,
    json: bool,
    fault: &anyhow::Error,
) -> anyhow::Result<bool> {
    let beside = || config.with_file_name("locales");
    let folder = Config::load(config).map_or_else(|_| beside(), |config| config.city.locales);
    let catalogue = Catalogue::load(&folder, chrono_tz::UTC);
    let Ok((catalogue, lang)) = catalogue
        .map_err(anyhow::Error::from)
        .and_then(|catalogue| {
            let lang = operator_language(&catalogue, lang)?;
            Ok((catalogue, lang))
        })
    else {
        // Without words there is no language to say it in.
        let line = serde_json::json!({"check": "settings", "level": "fault", "text": format!("{fault:#}")});
        println!(
            "{}",
            if json {
                line.to_string()
            } else {
                format!("{fault:#}")
            }
        );
        return Ok(false);
    };
    let mut report = Report::new(&catalogue, lang, json)?;
    let says = say_with_text("doctor-settings-fault", &format!("{fault:#}"));
    report.tell(&Finding::fault("settings", says))?;
    report.end()
}

fn about_settings(config: &Path, loaded: &Loaded) -> Finding {
    let on = channels::on(&loaded.config);
    let verbatim = |name: &str| Say::Verbatim(name.to_owned());
    let file = Arg::Text(config.display().to_string());
    if on.is_empty() {
        return Finding::warning(
            "settings",
            say_with("doctor-settings-no-channel", [("file", file)]),
        );
    }
    let languages = loaded.catalogue.languages();
    let languages = languages.iter().map(|lang| verbatim(lang.as_str()));
    let says = say_with(
        "doctor-settings",
        [
            ("file", file),
            ("city", Arg::Text(loaded.code().to_owned())),
            ("languages", Arg::List(languages.collect())),
            (
                "channels",
                Arg::List(on.into_iter().map(verbatim).collect()),
            ),
        ],
    );
    Finding::ok("settings", says)
}

/// Who is asked besides the networks that are on.
struct Asked {
    names: Nameserver,
    base_url: Option<Url>,
}

/// Where the bot's pages are reached from outside, if anywhere.
fn base_url(loaded: &Loaded, options: &Options) -> Option<Url> {
    let web = loaded.config.web.as_ref();
    let set = || web.map(|web| web.base_url.url().clone());
    options.base_url.clone().or_else(set)
}

/// The further addresses to ask. In a sandbox nobody outside this machine is asked: those who
/// stand outside come back as faults.
fn addresses(loaded: &Loaded, options: &Options) -> (Asked, Vec<Finding>) {
    let (names, base_url) = (options.nameserver, base_url(loaded, options));
    if !loaded.config.sandbox {
        let names = names.map_or(Nameserver::System, Nameserver::At);
        return (Asked { names, base_url }, vec![]);
    }
    let outside = |address: &dyn ToString| {
        let says = say_with_text("doctor-outside", &address.to_string());
        Finding::fault("sandbox", says)
    };
    let mut findings = vec![];
    let mut asked = Asked {
        names: Nameserver::Nobody,
        base_url: None,
    };
    match names {
        Some(address) if address.ip().is_loopback() => asked.names = Nameserver::At(address),
        Some(address) => findings.push(outside(&address)),
        None => {}
    }
    match base_url {
        Some(url) if is_here(&url) => asked.base_url = Some(url),
        Some(url) => findings.push(outside(&url)),
        None => {}
    }
    (asked, findings)
}

fn is_here(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        _ => false,
    }
}

/// How one network stands; one that is off is a note.
async fn network(
    loaded: &Loaded,
    name: &'static str,
    keys: &Keyring,
    names: Nameserver,
) -> Checkup {
    let channel = ("channel", Arg::Text(name.to_owned()));
    let checked = channels::check(name, &loaded.config, keys, &loaded.catalogue, names).await;
    let finding = match checked {
        Ok(Some(checkup)) => return checkup,
        Ok(None) => Finding::note(name, say_with("check-channel-off", [channel])),
        Err(fault) => {
            let fault = channels::explain(&fault).map_or_else(
                || Arg::Text(format!("{fault:#}")),
                |words| Arg::Words(words.into()),
            );
            Finding::fault(
                name,
                say_with("check-channel-fault", [channel, ("fault", fault)]),
            )
        }
    };
    Checkup {
        findings: vec![finding],
        ahead_ms: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nameserver_may_have_a_port() {
        for (text, expected) in [
            ("192.0.2.1", "192.0.2.1:53"),
            ("192.0.2.1:5353", "192.0.2.1:5353"),
            ("::1", "[::1]:53"),
            ("[::1]:5353", "[::1]:5353"),
        ] {
            assert_eq!(
                nameserver(text).map(|it| it.to_string()),
                Ok(expected.to_owned())
            );
        }
        assert!(nameserver("dns.example.org").is_err());
    }

    #[test]
    fn only_addresses_of_this_machine_are_here() {
        let here = |url: &str| is_here(&Url::parse(url).expect("a url"));
        assert!(here("http://127.0.0.1:8080") && here("http://[::1]/x"));
        assert!(!here("http://example.org") && !here("http://192.0.2.1") && !here("data:x"));
    }
}
