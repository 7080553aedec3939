//! `glas sandbox` as a person at a terminal meets it, and a real bot in its world.

use std::sync::Arc;

use glas::base::clock::Millis;
use glas::base::point::Point;
use glas::channel::{Act, Batch, Channel, Inbox, Parcel};
use glas::channels::discord::Discord;
use glas::channels::telegram::Telegram;
use glas::config::discord::DiscordSettings;
use glas::config::telegram::TelegramSettings;
use glas::message::choice::{Answer, Choice};
use glas::message::{Action, Block, Letter, Token};
use tokio::sync::mpsc;

use super::program::{Place, Running, bare, project};

/// The sandbox, started from the project's folder as a newcomer does.
fn sandbox(arguments: &[&str]) -> Running {
    let mut command = bare(&["sandbox"]);
    Running::start(command.args(arguments).current_dir(project()))
}

#[test]
fn a_newcomer_sees_the_alert_arrive_types_presses_and_kills_the_bot() {
    let mut sandbox = sandbox(&[]);
    let start = sandbox.until("ends everything.");
    assert!(start.contains("operator › Alert "), "{start}");
    assert!(!start.contains("nobody delivers"), "{start}");

    let alert = sandbox.until_enough("the alert, six times", |all| {
        let count = |text: &str| all.matches(text).count();
        // The link is the last line of each; a mail's text has it, too.
        count("↗ Повече информация") == 3 && count("↗ More information") == 3
    });
    for (who, title) in [
        (
            "resident1@telegram",
            "Сериозна опасност: Силна гръмотевична буря",
        ),
        ("resident2@telegram", "Serious danger: Severe thunderstorm"),
        (
            "resident3@discord",
            "Сериозна опасност: Силна гръмотевична буря",
        ),
        ("resident4@discord", "Serious danger: Severe thunderstorm"),
        (
            "resident5@email",
            "Сериозна опасност: Силна гръмотевична буря",
        ),
        ("resident6@email", "Serious danger: Severe thunderstorm"),
    ] {
        let (_, message) = alert.split_once(&format!("{who} gets:\n")).expect(who);
        let first = message.lines().next().expect("a line");
        assert!(first.contains(title), "{who}: {first}");
    }
    assert!(!alert.contains("resident7@telegram gets:"), "{alert}");

    sandbox.say("resident7@telegram: /start");
    sandbox.until("resident7@telegram gets:");
    sandbox.until("[1] Банкя");
    sandbox.say("resident7@telegram: 1");
    sandbox.until("[1] ✓ Банкя");
    sandbox.until("[16] Готово");
    sandbox.say("resident7@telegram: 16");
    sandbox.until("Готово, записани сте");
    sandbox.say("resident7@telegram: стоп");
    sandbox.until("Съобщенията са спрени.");
    sandbox.until("[1] Включете ги отново");

    sandbox.say("kill");
    sandbox.until("The bot was killed.");
    sandbox.say("resident7@telegram: /start");
    sandbox.say("resident4@discord: hello");
    sandbox.say("run");
    sandbox.until("The bot was started again.");
    sandbox.until("Добре дошли отново");

    sandbox.say("nobody@telegram: hello");
    sandbox.until("Nobody called “nobody@telegram” lives here.");
    sandbox.say("resident5@email: hello");
    sandbox.until("E-mail only receives for now.");
    sandbox.say("quit");
    let (code, end) = sandbox.end();
    assert_eq!(code, Some(0), "{end}");
    assert!(end.contains("The end."), "{end}");
}

/// The world alone, and a place whose settings point at it.
fn world() -> (Running, Place) {
    let world = sandbox(&["--world-only"]);
    let printed = world.until("Ctrl-C ends.");
    let (bot_toml, rest) = printed.split_once("export ").expect("an environment");
    let environment: Vec<(String, String)> = format!("export {rest}")
        .lines()
        .filter_map(|line| line.strip_prefix("export ")?.split_once('='))
        .map(|(name, value)| (name.to_owned(), value.trim_matches('\'').to_owned()))
        .collect();
    assert_eq!(environment.len(), 4, "{printed}");
    let place = Place::with(bot_toml).environment(&environment);
    (world, place)
}

#[test]
fn the_settings_that_the_world_prints_are_in_order() {
    let (_world, place) = world();
    let said = place.good(&["check"]);
    for channel in ["telegram", "discord", "email"] {
        assert!(said.contains(&format!("{channel}: on\n")), "{said}");
    }
}

#[test]
fn a_restored_bot_sends_nothing_until_it_is_resumed_and_who_stops_stays_away() {
    let (mut world, place) = world();
    place.write(
        "list.csv",
        "channel,handle,locale,areas,topics,cadence,consent_date,consent_source\n\
         telegram,1002,en,68134-19,*,now,2026-01-05,desk\n",
    );
    place.good(&["subscriber", "import", "list.csv"]);
    place.good(&["backup", "copy.db"]);
    let restored = place.good(&["restore", "copy.db"]);
    assert!(restored.contains("Sending is paused"), "{restored}");

    let bot = Running::start(&mut place.command(&["run"]));
    bot.until("paused: nothing is sent until `glas resume`");
    let used = place.glas(&["restore", "copy.db"]);
    assert_eq!(used.code, Some(1), "{used:?}");
    assert!(
        used.out
            .starts_with("A running “glas run” uses the database."),
        "{used:?}"
    );

    let at = ["--at", "2026-06-17T12:10:00Z"];
    let file = |name: &str| project().join(name).display().to_string();
    place.good(&[
        "alert",
        "send",
        &file("src/sandbox/sample.xml"),
        at[0],
        at[1],
    ]);
    let status = place.good(&["alert", "status", "glas-sample-1055887203"]);
    assert!(
        status.contains("telegram: reached 0 of 1 address\n  waiting: 1\n"),
        "{status}"
    );
    assert!(
        !world.so_far().contains("gets:"),
        "something was sent in the pause"
    );
    assert_eq!(place.good(&["resume"]), "Sending goes on.\n");
    world.until("resident2@telegram gets:");
    assert_eq!(place.good(&["resume"]), "Nothing had been stopped.\n");

    let update = file("tests/data/cap/update.xml");
    let report = place.good(&["alert", "send", &update, "--wait", at[0], at[1]]);
    assert!(
        report.contains("telegram: reached 1 of 1 address\n"),
        "{report}"
    );
    assert!(report.contains("half within"), "{report}");
    world.until("Updated – ");

    world.say("resident2@telegram: /stop");
    world.until("The messages are stopped.");
    let again = place.good(&["subscriber", "import", "list.csv"]);
    assert!(
        again.contains("Line 2: this address has unsubscribed by itself and stays so."),
        "{again}"
    );
    assert!(
        again.contains("Subscribed: 0. Bad lines: 0. Unsubscribed and left so: 1."),
        "{again}"
    );
    let listed = place.good(&["subscriber", "list"]);
    assert!(listed.contains(",off,stopped\n"), "{listed}");

    bot.terminate();
    let (code, log) = bot.end();
    assert_eq!(code, Some(0), "{log}");
    world.terminate();
    let (code, end) = world.end();
    assert_eq!(code, Some(0), "{end}");
}

/// A channel's letter and how to send it: a bot of the test's own in the world of the sandbox.
async fn say(
    bot: &dyn Channel,
    to: &str,
    replacing: Option<&str>,
    letter: &Letter<String>,
) -> String {
    let rendering = bot.render(letter, "bg".parse().expect("a language"));
    let nonce = glas::base::id::next().to_string();
    let parcel = Parcel {
        rendering: &rendering,
        part: 0,
        to,
        via: None,
        reply_to: None,
        nonce: &nonce,
        thread: None,
        dated: Millis(0),
        bulk: false,
        address: (1, 0),
        replacing,
        picture: None,
    };
    bot.send(&parcel).await.expect("sent").message
}

/// A bot that listens; what it hears comes out at the end returned.
fn listening(bot: &Arc<dyn Channel>) -> (tokio::task::JoinHandle<()>, mpsc::Receiver<Batch>) {
    let (inbox, heard) = Inbox::new(1);
    let bot = Arc::clone(bot);
    let listening = tokio::spawn(async move { bot.listen(inbox).await });
    (listening, heard)
}

/// The next thing that somebody did.
async fn next(heard: &mut mpsc::Receiver<Batch>) -> Act {
    let batch = tokio::time::timeout(std::time::Duration::from_secs(30), heard.recv());
    let batch = batch.await.expect("in time").expect("listening");
    batch.done.send(Ok(())).expect("waited for");
    batch.events[0].act.clone()
}

fn token(text: &str) -> Token {
    Token::try_from(text.to_owned()).expect("a token")
}

/// A question with two answers, the second chosen, and a row of actions.
fn asking(actions: Vec<Action<String>>) -> Letter<String> {
    let answer = |label: &str, value: &str, chosen| Answer {
        label: label.to_owned(),
        value: value.to_owned(),
        chosen,
    };
    let mut letter = Letter::line("Къде живеете?".to_owned());
    letter.body.push(Block::Choice(Choice {
        label: "Район".to_owned(),
        token: token("f1.where"),
        answers: vec![answer("Лозенец", "a", false), answer("Люлин", "b", true)],
        several: true,
        page: 0,
    }));
    letter.actions = vec![actions];
    letter
}

#[tokio::test(flavor = "multi_thread")]
async fn residents_tap_choose_share_and_see_changes_in_place() {
    let (mut world, place) = world();
    let text = std::fs::read_to_string(place.path("bot.toml")).expect("settings");
    let settings: toml::Table = text.parse().expect("TOML");
    let url = |channel: &str| {
        let url = settings[channel]["api_url"].as_str().expect("an address");
        url.parse().expect("an address")
    };
    let secret = |name: &str| place.variable(name).into();
    let of_telegram = TelegramSettings {
        api_url: url("telegram"),
        ..TelegramSettings::default()
    };
    let telegram = Telegram::new(&of_telegram, secret("GLAS_TELEGRAM_TOKEN"), vec![]);
    let telegram: Arc<dyn Channel> = Arc::new(telegram.expect("a channel"));
    let of_discord = DiscordSettings {
        api_url: url("discord"),
        ..DiscordSettings::default()
    };
    let discord = Discord::new(&of_discord, secret("GLAS_DISCORD_TOKEN"), vec![]);
    let discord: Arc<dyn Channel> = Arc::new(discord.expect("a channel"));

    let (hearing, mut heard) = listening(&telegram);
    let share = Action::Share {
        label: "Къде съм".to_owned(),
        token: token("f1.here"),
    };
    let asked = say(&*telegram, "1001", None, &asking(vec![share.clone()])).await;
    world.until("  [1] Лозенец\n  [2] ✓ Люлин\n  [3] Къде съм");
    world.say("resident1@telegram: 2");
    assert_eq!(next(&mut heard).await, Act::Pressed(token("f1.where-b")));
    say(
        &*telegram,
        "1001",
        Some(&asked),
        &Letter::line("Лозенец.".to_owned()),
    )
    .await;
    world.until("For resident1@telegram the bot changes it to:\n  │ Лозенец.");
    world.say("resident1@telegram: 2");
    assert_eq!(
        next(&mut heard).await,
        Act::Said("2".to_owned()),
        "no button is left"
    );
    let mut where_ = Letter::line("Къде сте?".to_owned());
    where_.actions = vec![vec![share]];
    say(&*telegram, "1001", None, &where_).await;
    world.until("[1] Къде съм");
    world.say("resident1@telegram: 1");
    world.until("Share it like this: “resident7@telegram: @42.70,23.25”.");
    world.say("resident1@telegram: @42.70,23.25");
    let point = Point {
        lat: 42_700_000,
        lon: 23_250_000,
    };
    assert_eq!(next(&mut heard).await, Act::Shared(point));
    hearing.abort();

    let (hearing, mut heard) = listening(&discord);
    let write = Action::Type {
        label: "Напишете я".to_owned(),
        token: token("f1.street"),
    };
    say(&*discord, "user:2003", None, &asking(vec![write])).await;
    world.until("  ▾ Район\n    (1) Лозенец\n    (2) ✓ Люлин\n  [1] Напишете я");
    world.say("resident3@discord: hello");
    assert_eq!(
        next(&mut heard).await,
        Act::Said("hello".to_owned()),
        "it listens"
    );
    world.say("resident3@discord: choose 1 3");
    world.until("has no list with these numbers.");
    world.say("resident3@discord: choose 2 1");
    let values = vec!["b".to_owned(), "a".to_owned()];
    let chose = Act::Chose {
        token: token("f1.where"),
        values,
    };
    assert_eq!(next(&mut heard).await, chose);
    world.say("resident3@discord: @42.70,23.25");
    world.until("Nobody can share a place on this network.");
    world.say("resident3@discord: 1");
    world.until("A window opens for resident3@discord.");
    world.say("resident3@discord: choose 1");
    world.until("A window is open for this resident");
    world.say("resident3@discord: 12");
    let typed = Act::Typed {
        token: token("f1.street"),
        text: "12".to_owned(),
    };
    assert_eq!(next(&mut heard).await, typed);
    hearing.abort();
    world.terminate();
    world.end();
}
