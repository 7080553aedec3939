//! `glas sandbox` as a person at a terminal meets it, and a real bot in its world.

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
    sandbox.until("[1] Спри предупрежденията");
    sandbox.say("resident7@telegram: 1");
    sandbox.until("Предупрежденията са спрени.");
    sandbox.until("[1] Запиши ме");

    sandbox.say("kill");
    sandbox.until("The bot was killed.");
    sandbox.say("resident7@telegram: /start");
    sandbox.say("resident4@discord: hello");
    sandbox.say("run");
    sandbox.until("The bot was started again.");
    sandbox.until("[1] Спри предупрежденията");

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
    world.until("The alerts are stopped.");
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
