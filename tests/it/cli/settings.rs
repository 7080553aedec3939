//! `glas check` and `glas where`: what an operator learns before anything runs.

use super::program::{Place, bare, finish, project};

const NETWORKS: &str = "[telegram]\n[discord]\n";

#[test]
fn the_settings_of_the_repository_are_in_order_as_they_stand() {
    let config = project().join("bot.toml");
    let folder = tempfile::tempdir().expect("a folder");
    let database = format!("sqlite:{}", folder.path().join("glas.db").display());
    let said = finish(
        bare(&["check", "--config"])
            .arg(config)
            .env("GLAS_DATABASE_URL", database),
    );
    assert_eq!(said.code, Some(0), "{said:?}");
    let pictures = project().join("pictures").display().to_string();
    assert_eq!(
        said.out.replace(&pictures, "PICTURES"),
        "Languages: bg, en\n\
         City: sofia (24 districts, 17 topics)\n\
         telegram: off (bot.toml has no section for it)\n\
         discord: off (bot.toml has no section for it)\n\
         email: off (bot.toml has no section for it)\n\
         web: off (bot.toml has no section for it)\n\
         Pictures: kept in PICTURES\n\
         Database: not there yet; the first start makes it\n\
         Everything is in order.\n"
    );
    let made = std::fs::read_dir(folder.path()).expect("a folder").count();
    assert_eq!(made, 0, "a check makes nothing");
}

#[test]
fn an_unknown_key_is_refused_with_its_line_and_a_hint() {
    let place = Place::new("\n[telegram]\napi_ulr = \"http://127.0.0.1:1\"\n");
    let said = place.glas(&["check"]);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.out.contains("bot.toml:6:"), "{}", said.out);
    assert!(said.out.contains("unknown field `api_ulr`"), "{}", said.out);
    assert!(
        said.out.contains("did you mean \"api_url\"?"),
        "{}",
        said.out
    );
}

#[test]
fn a_missing_token_is_named_for_every_channel_that_lacks_one() {
    let place = Place::new(NETWORKS);
    let said = place.glas(&["check"]);
    assert_eq!(said.code, Some(1), "{said:?}");
    for name in ["GLAS_TELEGRAM_TOKEN", "GLAS_DISCORD_TOKEN"] {
        assert!(
            said.out.contains(&format!("{name} is not set")),
            "{}",
            said.out
        );
    }
    let said = place.glas(&["--lang", "bg", "check"]);
    assert!(
        said.out.contains("GLAS_DISCORD_TOKEN не е зададена"),
        "{}",
        said.out
    );
    assert!(
        said.out.ends_with("Има грешки; вижте по-горе.\n"),
        "{}",
        said.out
    );
}

#[test]
fn a_token_of_the_wrong_form_is_a_fault_too_and_is_never_printed() {
    let place = Place::new("[telegram]\n")
        .environment(&[("GLAS_TELEGRAM_TOKEN".into(), "not-a-token".into())]);
    let said = place.glas(&["check"]);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(
        said.out.contains("The Telegram token is not of the form"),
        "{}",
        said.out
    );
    assert!(!format!("{said:?}").contains("not-a-token"), "{said:?}");
}

#[test]
fn a_secret_may_stand_in_a_file() {
    let place = Place::new("[telegram]\n");
    place.write("token", "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw\n");
    let file = place.path("token").display().to_string();
    let place = place.environment(&[("GLAS_TELEGRAM_TOKEN_FILE".into(), file)]);
    let said = place.good(&["check"]);
    assert!(said.contains("telegram: on\n"), "{said}");
}

#[test]
fn a_sandbox_refuses_every_address_that_is_not_on_this_machine() {
    let email = "[email]\nhost = \"mail.example.org\"\nfrom_name = \"G\"\nfrom_address = \"a@b.example\"\n\
        unsubscribe = \"s@b.example\"\nlist_id = \"l.b.example\"\n";
    for (setting, section) in [
        (
            "telegram.api_url",
            "[telegram]\napi_url = \"https://api.telegram.org\"\n",
        ),
        ("telegram.api_url", "[telegram]\n"),
        (
            "discord.api_url",
            "[discord]\napi_url = \"http://192.0.2.1\"\n",
        ),
        ("email.host", email),
    ] {
        let place = Place::new(section);
        let text = std::fs::read_to_string(place.path("bot.toml")).expect("bot.toml");
        place.write("bot.toml", &format!("sandbox = true\n{text}"));
        let said = place.glas(&["check"]);
        assert_eq!(said.code, Some(1), "{section}: {said:?}");
        assert!(said.out.contains(setting), "{section}: {}", said.out);
    }
    let place = Place::new("[database]\nurl = \"postgres://glas@db.example.org/glas\"\n");
    let text = std::fs::read_to_string(place.path("bot.toml")).expect("bot.toml");
    place.write("bot.toml", &format!("sandbox = true\n{text}"));
    let said = place.glas(&["check"]);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(
        said.out.contains("only a database on this machine"),
        "{}",
        said.out
    );
}

#[test]
fn a_path_in_the_settings_is_relative_to_them() {
    let place = Place::new("[telegram]\nca_file = \"ca.pem\"\n").environment(&[(
        "GLAS_TELEGRAM_TOKEN".into(),
        "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw".into(),
    )]);
    let config = place.path("bot.toml");
    let said = finish(
        place
            .command(&["check", "--config"])
            .arg(&config)
            .current_dir("/"),
    );
    let expected = place.path("ca.pem").display().to_string();
    assert!(said.out.contains(&expected), "{said:?}");
}

#[test]
fn where_finds_a_quarter_by_its_official_latin_and_everyday_name() {
    let place = Place::new("");
    for name in ["дружба", "Drujba", "jk. Druzhba 2"] {
        let found = place.good(&["where", name]);
        assert!(found.contains("Iskar"), "{name}: {found}");
        let found = place.good(&["--lang", "bg", "where", name]);
        assert!(found.contains("Искър"), "{name}: {found}");
    }
    let found = place.good(&["where", "42.6977,23.3219"]);
    assert!(found.contains("district (code 68134-"), "{found}");
    let found = place.good(&["where", "-33.9", "18.4"]);
    assert!(found.contains("outside"), "{found}");
}

#[test]
fn the_language_is_the_systems_and_an_empty_setting_is_none() {
    let place = Place::new("");
    let in_bulgarian = finish(place.command(&["check"]).env("LC_ALL", "bg_BG.UTF-8"));
    assert!(in_bulgarian.out.starts_with("Езици"), "{in_bulgarian:?}");
    let empty = finish(
        place
            .command(&["check"])
            .env("LC_ALL", "")
            .env("LANG", "bg"),
    );
    assert!(empty.out.starts_with("Езици"), "{empty:?}");
    let unknown = place.glas(&["--lang", "xx", "check"]);
    assert_eq!(unknown.code, Some(1), "{unknown:?}");
}
