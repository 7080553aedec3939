//! Preferences: everything that can be chosen is changed by taps and seen back.

use glas::message::{Action, Letter, Token, Weight};
use glas::outbox::Lane;
use glas::sandbox::ledger::Seen;

use crate::town::hands::{is_chosen, labels};
use crate::town::{Base, Cap, Hand, Plan, Town, on_both, until};

on_both!(
    every_setting_is_changed_by_taps_and_seen_back,
    several_subscriptions_have_each_their_own,
    a_pause_ends_when_it_is_ended,
    a_topic_is_muted_under_a_letter_and_heard_again,
    the_language_is_a_setting_too,
    who_stops_can_undo_it_and_who_comes_back_finds_everything,
);

/// Two networks, two languages.
const READERS: [(&str, &str); 2] = [("telegram", "bg"), ("discord", "en")];

fn two_channels() -> Plan {
    Plan {
        channels: &["telegram", "discord"],
        ..Plan::default()
    }
}

async fn running(base: Base) -> Town {
    let mut town = Town::build(base, two_channels()).await;
    town.start().await;
    town
}

#[track_caller]
fn says(seen: &Seen, text: &str) {
    assert!(seen.text.contains(text), "no “{text}” in: {}", seen.text);
}

/// Somebody who gets letters about Lyulin.
async fn subscriber<'a>(town: &'a Town, (channel, lang): (&'static str, &str)) -> Hand<'a> {
    let who = town.newcomer(channel, 42, lang);
    who.says("/start lyulin").await;
    who.taps(if lang == "bg" { "Готово" } else { "Done" }).await;
    who
}

/// The words of a language.
fn in_lang(lang: &str) -> impl Fn(&'static str, &'static str) -> &'static str {
    let bulgarian = lang == "bg";
    move |bg, en| if bulgarian { bg } else { en }
}

async fn every_setting_is_changed_by_taps_and_seen_back(base: Base) {
    let town = running(base).await;
    for (channel, lang) in READERS {
        let t = in_lang(lang);
        let who = subscriber(&town, (channel, lang)).await;
        let settings = who.says("/settings").await;
        says(&settings, t("Вашите настройки", "Your settings"));
        says(&settings, t("Къде: район Люлин", "Where: Lyulin district"));
        says(&settings, t("Кога: веднага", "When: at once"));

        let asked = who.taps(t("Места", "Places")).await;
        says(&asked, t("Избрано: Люлин.", "Chosen: Lyulin."));
        who.says(t("Банкя", "Bankya")).await;
        let saved = who.taps(t("Готово", "Done")).await;
        says(&saved, t("Записах промяната.", "The change is saved."));
        says(
            &saved,
            t("районите Люлин и Банкя", "the districts Lyulin and Bankya"),
        );

        let asked = who.taps(t("Теми", "Topics")).await;
        let water = t("Вода", "Water");
        assert!(is_chosen(&asked, water), "{:?}", labels(&asked));
        let asked = who.taps(water).await;
        assert!(!is_chosen(&asked, water));
        let saved = who.taps(t("Готово", "Done")).await;
        let but = t("всичко без Вода, Паркиране", "all but Water, Parking");
        says(&saved, but);

        who.taps(t("Сериозност", "Seriousness")).await;
        let least = t("само сериозна опасност", "serious danger only");
        says(&who.taps(least).await, least);

        who.taps(t("Колко често", "How often")).await;
        let asked = who.taps(t("Веднъж на ден", "Once a day")).await;
        says(&asked, t("В колко часа?", "At what time?"));
        let saved = who.taps(t("18:00 ч.", "18:00")).await;
        says(
            &saved,
            t("веднъж на ден, в 18:00 ч.", "once a day, at 18:00"),
        );
        who.taps(t("Колко често", "How often")).await;
        who.taps(t("Веднъж седмично", "Once a week")).await;
        who.taps(t("сряда", "Wednesday")).await;
        let saved = who.taps(t("8:00 ч.", "8:00")).await;
        says(
            &saved,
            t(
                "веднъж седмично (сряда), в 8:00 ч.",
                "once a week (Wednesday), at 8:00",
            ),
        );

        who.taps(t("Тихи часове", "Quiet hours")).await;
        let hours = t("от 21:00 до 8:00 ч.", "from 21:00 to 8:00");
        let saved = who.taps(hours).await;
        says(
            &saved,
            &format!("{}: {hours}", t("Тихи часове", "Quiet hours")),
        );
        who.taps(t("Тихи часове", "Quiet hours")).await;
        let saved = who.taps(t("няма", "none")).await;
        says(&saved, t("Тихи часове: няма", "Quiet hours: none"));

        // Seen back whole, in a new letter.
        let settings = who.says("/settings").await;
        says(
            &settings,
            t("районите Люлин и Банкя", "the districts Lyulin and Bankya"),
        );
        says(&settings, least);
        says(&settings, t("(сряда), в 8:00 ч.", "(Wednesday), at 8:00"));
        says(&settings, t("Тихи часове: няма", "Quiet hours: none"));
    }
    let weekly =
        "select count(*) from subscription where cadence = 'weekly' and weekday = 3 and hour = 8";
    assert_eq!(town.count(weekly).await, 2);
    let no_quiet = "select count(*) from address where quiet_from = quiet_to";
    assert_eq!(town.count(no_quiet).await, 2);
    town.end().await;
}

async fn several_subscriptions_have_each_their_own(base: Base) {
    let town = running(base).await;
    for (channel, lang) in READERS {
        let t = in_lang(lang);
        let who = subscriber(&town, (channel, lang)).await;
        who.says("/settings").await;
        let asked = who
            .taps(t("Още един абонамент", "Another subscription"))
            .await;
        says(&asked, t("За кои места", "Which places"));
        who.says(t("Банкя", "Bankya")).await;
        let asked = who.taps(t("Готово", "Done")).await;
        says(&asked, t("За кои теми", "Which topics"));
        let settings = who.taps(t("Готово", "Done")).await;
        says(&settings, t("Абонамент 1\n", "Subscription 1\n"));
        says(&settings, t("Абонамент 2\n", "Subscription 2\n"));

        let one = who.taps(t("Промяна на 1", "Change 1")).await;
        says(&one, t("Къде: район Люлин", "Where: Lyulin district"));
        who.taps(t("Колко често", "How often")).await;
        who.taps(t("Веднъж на ден", "Once a day")).await;
        let settings = who.taps(t("7:00 ч.", "7:00")).await;
        // The first is still the first.
        let first = settings.text.find(t("Люлин", "Lyulin"));
        let daily = settings.text.find(t("веднъж на ден", "once a day"));
        let second = settings.text.find(t("Банкя", "Bankya"));
        assert!(first < daily && daily < second, "{}", settings.text);

        who.taps(t("Промяна на 2", "Change 2")).await;
        who.taps(t("Назад", "Back")).await;
        let settings = who.taps(t("Премахване на 1", "Remove 1")).await;
        says(&settings, t("Къде: район Банкя", "Where: Bankya district"));
        assert!(!settings.text.contains(t("Люлин", "Lyulin")));
        assert!(!settings.text.contains(t("Абонамент 1", "Subscription 1")));
    }
    assert_eq!(town.count("select count(*) from subscription").await, 2);
    town.end().await;
}

async fn a_pause_ends_when_it_is_ended(base: Base) {
    let town = running(base).await;
    let paused = "select count(*) from address where paused_until is not null";
    for (channel, lang) in READERS {
        let t = in_lang(lang);
        let who = subscriber(&town, (channel, lang)).await;
        who.says("/settings").await;
        let answer = who
            .taps(t("Пауза за една седмица", "Pause for a week"))
            .await;
        says(
            &answer,
            t("Няма да Ви пиша до", "I will not write to you until"),
        );
        assert_eq!(town.count(paused).await, 1);
        let settings = who.says("/settings").await;
        says(
            &settings,
            t(
                "Съобщенията са на пауза до",
                "The messages are paused until",
            ),
        );
        let answer = who.taps(t("Край на паузата", "End the pause")).await;
        says(&answer, t("отново ще Ви пиша", "I will write to you again"));
        says(&answer, t("Къде: район Люлин", "Where: Lyulin district"));
        assert_eq!(town.count(paused).await, 0);
        // A word does it, too; and coming back ends it.
        who.says(t("пауза", "pause")).await;
        assert_eq!(town.count(paused).await, 1);
        says(
            &who.says("/start").await,
            t("Вече сте записани", "already subscribed"),
        );
        assert_eq!(town.count(paused).await, 0);
    }
    town.end().await;
}

async fn a_topic_is_muted_under_a_letter_and_heard_again(base: Base) {
    let town = running(base).await;
    for reader in READERS {
        subscriber(&town, reader).await;
    }
    let letter = Letter {
        title: Some("Гръмотевици".to_owned()),
        body: vec![],
        actions: vec![vec![Action::Press {
            label: "…".to_owned(),
            token: Token::try_from("mute.weather".to_owned()).expect("a token"),
        }]],
        weight: Weight::Normal,
        footer: None,
        picture: None,
    };
    let letter = town.broadcast(&letter, Lane::Alert).await;
    town.delivered(letter).await;
    let reached = async |cap: &str| {
        let letter = town.alert(&Cap::new(cap)).await;
        let progress = town.delivered(letter).await;
        progress["telegram"].count("sent") + progress["discord"].count("sent")
    };
    for (channel, lang) in READERS {
        let t = in_lang(lang);
        let answer = town.hand(channel, 42).taps("…").await;
        says(
            &answer,
            t("Повече няма да Ви пиша за: Времето.", "about: Weather."),
        );
    }
    assert_eq!(reached("muted").await, 0);
    for (channel, lang) in READERS {
        let t = in_lang(lang);
        let who = town.hand(channel, 42);
        let answer = who.taps(t("Отмяна", "Undo")).await;
        says(
            &answer,
            t("Отново ще Ви пиша за: Времето.", "again about: Weather."),
        );
        let again = who.taps(t("Без „Времето“", "No “Weather”")).await;
        says(
            &again,
            t("Повече няма да Ви пиша за: Времето.", "about: Weather."),
        );
        who.taps(t("Отмяна", "Undo")).await;
        let but = t("всичко без Паркиране", "all but Parking");
        says(&who.says("/settings").await, but);
    }
    assert_eq!(reached("heard").await, 2);
    town.end().await;
}

async fn the_language_is_a_setting_too(base: Base) {
    let town = running(base).await;
    for (channel, lang) in READERS {
        let t = in_lang(lang);
        let who = subscriber(&town, (channel, lang)).await;
        let settings = who.says("/settings").await;
        says(&settings, t("Вашите настройки", "Your settings"));
        let answer = who.taps(t("English", "Български")).await;
        let done = t(
            "from now on I write to you in English",
            "занапред ще Ви пиша на български",
        );
        says(&answer, done);
        let settings = who.taps(t("Settings", "Настройки")).await;
        says(&settings, t("Your settings", "Вашите настройки"));
        let answer = who.says(t("български", "in english")).await;
        says(&answer, t("занапред", "from now on"));
        says(&who.says("/language").await, done);
    }
    let letter = town.alert(&Cap::new("storm")).await;
    town.delivered(letter).await;
    town.hand("telegram", 42).reads("Severe thunderstorm").await;
    town.hand("discord", 42)
        .reads("Силна гръмотевична буря")
        .await;
    town.end().await;
}

async fn who_stops_can_undo_it_and_who_comes_back_finds_everything(base: Base) {
    let town = running(base).await;
    let on = "select count(*) from address where state = 'on'";
    for (channel, lang) in READERS {
        let t = in_lang(lang);
        let who = subscriber(&town, (channel, lang)).await;
        who.says("/settings").await;
        who.taps(t("Сериозност", "Seriousness")).await;
        let least = t("само сериозна опасност", "serious danger only");
        who.taps(least).await;
        let answer = who.taps(t("Спрете съобщенията", "Stop the messages")).await;
        says(
            &answer,
            t("Съобщенията са спрени.", "The messages are stopped."),
        );
        assert_eq!(town.count(on).await, 0);
        let settings = who.says("/settings").await;
        says(&settings, t("Изборът Ви се пази.", "Your choice is kept."));
        let back = who
            .taps(t("Включете ги отново", "Switch them on again"))
            .await;
        says(&back, t("Добре дошли отново", "Welcome back"));
        says(&back, least);
        assert_eq!(town.count(on).await, 1);
        who.says("/stop").await;
        until("it is off", async || town.count(on).await == 0).await;
    }
    let given = "select count(*) from consent where given";
    let taken = "select count(*) from consent where not given";
    assert_eq!(town.count(given).await, 4);
    assert_eq!(town.count(taken).await, 4);
    town.end().await;
}
