//! The settings of feeds: strict, with the line and a hint, and explained in `bot.toml`.

use glas::config::Config;
use glas::config::feeds::{Degree, Kind, Send};

const CITY: &str = "[city]\nfolder = \"cities/sofia\"\nlocales = \"locales\"\n";

fn fault(feed: &str) -> String {
    let outcome = Config::parse(&format!("{CITY}[[feed]]\n{feed}"), "bot.toml");
    outcome
        .err()
        .map_or_else(String::new, |why| why.to_string())
}

#[test]
fn what_bot_toml_explains_can_be_switched_on() {
    let text = include_str!("../../../bot.toml");
    let (before, feeds) = text.split_once("# [fetch]").expect("a section");
    // What can be switched on is a table or a key; the rest is for people.
    let setting = |line: &&str| {
        let key = line.split(['=', ' ']).next().unwrap_or_default();
        let is_key =
            line.contains(" = ") && key.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        line.starts_with('[') || is_key
    };
    let on: Vec<&str> = feeds
        .lines()
        .filter_map(|line| line.strip_prefix("# "))
        .filter(setting)
        .collect();
    let text = format!("{before}\n[fetch]\n{}", on.join("\n"));
    let config = Config::parse(&text, "bot.toml").unwrap_or_else(|why| panic!("{why}\n{text}"));
    let [meteo, repairs] = config.feed.as_slice() else {
        panic!("{:?}", config.feed)
    };
    assert_eq!((meteo.kind, meteo.send), (Kind::Cap, Send::Minor));
    assert_eq!((meteo.every, meteo.silent_after), (300, Some(48)));
    assert_eq!((repairs.kind, repairs.send), (Kind::Json, Send::Draft));
    assert_eq!(repairs.severity, Degree::Minor);
    assert_eq!(repairs.fields.place.as_deref(), Some("/districts"));
    assert_eq!(config.fetch.allow.len(), 1);
}

#[test]
fn a_wrong_setting_is_refused_with_its_line_and_a_hint() {
    let plain = "name = \"a\"\nurl = \"https://example.org/\"\nkind = \"rss\"\nlanguage = \"bg\"\n";
    assert_eq!(fault(plain), "");
    let unknown = fault(&format!("{plain}silent_afer = 3\n"));
    assert!(unknown.contains("bot.toml:"), "{unknown}");
    assert!(unknown.contains("unknown field `silent_afer`"), "{unknown}");
    assert!(
        unknown.contains("did you mean \"silent_after\"?"),
        "{unknown}"
    );
    for (change, by, why) in [
        ("\"a\"", "\"A b\"", "name is 1 to 40 small Latin letters"),
        (
            "https://example.org/",
            "ftp://example.org/",
            "url begins with",
        ),
        (
            "https://example.org/",
            "https://u:p@example.org/",
            "url holds a name or a password",
        ),
        ("\"rss\"", "\"cap\"", "language is not for kind = \"cap\""),
        ("\"rss\"", "\"json\"", "fields must name a title or a text"),
        ("language = \"bg\"", "", "language is missing"),
        (
            "language = \"bg\"",
            "language = \"bg\"\nevery = 5",
            "every is 30 to 86400 seconds",
        ),
        (
            "language = \"bg\"",
            "language = \"bg\"\nsend = \"all\"",
            "unknown variant `all`",
        ),
        (
            "language = \"bg\"",
            "language = \"bg\"\nsilent_after = 0",
            "silent_after is 1 to 8784",
        ),
    ] {
        let said = fault(&plain.replace(change, by));
        assert!(said.contains(why), "{by}: {said}");
        assert!(said.contains("bot.toml:"), "{said}");
    }
    let range = format!("{CITY}[fetch]\nallow = [\"10.0.0.0/99\"]\n");
    assert!(Config::parse(&range, "bot.toml").is_err());
    let sandbox = "sandbox = true\n".to_owned() + CITY + "[[feed]]\n" + plain;
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("bot.toml");
    std::fs::write(&file, sandbox).expect("a file");
    let refused = Config::load(&file).err().map(|why| why.to_string());
    assert!(refused.is_some_and(|why| why.contains("feed.url")));
}
