//! The first meeting: somebody new says where, and is subscribed in four taps at most.

use glas::sandbox::ledger::{Seen, What};
use serde_json::json;

use crate::town::hands::{is_chosen, labels};
use crate::town::{Base, Cap, GUILD, Hand, Plan, Town, on_both};

on_both!(
    four_taps_are_enough_on_telegram,
    three_are_enough_on_discord,
    a_deep_link_knows_the_place_and_the_topic,
    a_command_may_name_the_place,
    the_language_is_switched_at_once,
    a_shared_place_is_a_street_or_a_district,
    a_place_is_written_in_any_script_and_with_a_slip,
    several_places_and_the_whole_city,
    who_is_there_already_is_told_so,
    a_public_button_answers_one_person_alone,
);

/// The square of Slaveikov in the district of Sredets, and a street in Plovdiv.
const SREDETS: (f64, f64) = (42.6918, 23.3262);
const ELSEWHERE: (f64, f64) = (42.1436, 24.7495);

/// What somebody reads in a language.
struct Reader {
    lang: &'static str,
    lyulin: &'static str,
    done: &'static str,
    welcome: [&'static str; 4],
    summary: [&'static str; 5],
}

const READERS: [Reader; 2] = [
    Reader {
        lang: "bg",
        lyulin: "Люлин",
        done: "Готово",
        welcome: [
            "Добре дошли в „Глас“",
            "Тук Столична община Ви предупреждава за аварии",
            "За кои места да Ви пиша?",
            "Пазим само профила, от който пишете, езика и избора Ви.",
        ],
        summary: [
            "Готово, записани сте",
            "Къде: район Люлин",
            "Сериозност: всички",
            "Ето какво има там сега:",
            "Сериозна опасност: Силна гръмотевична буря – до",
        ],
    },
    Reader {
        lang: "en",
        lyulin: "Lyulin",
        done: "Done",
        welcome: [
            "Welcome to Glas",
            "Here Sofia Municipality warns you of outages",
            "Which places shall I write to you about?",
            "We keep only the account you write from, your language and your choice.",
        ],
        summary: [
            "Done, you are subscribed",
            "Where: Lyulin district",
            "Seriousness: all",
            "This is on there now:",
            "Serious danger: Severe thunderstorm – until",
        ],
    },
];

const SUBSCRIBED: &str = "select count(*) from subscription";
const AGREED: &str = "select count(*) from consent where given and source = '/start'";

fn two_channels() -> Plan {
    Plan {
        channels: &["telegram", "discord"],
        ..Plan::default()
    }
}

async fn town_with_a_storm(base: Base) -> Town {
    let mut town = Town::build(base, two_channels()).await;
    town.alert(&Cap::new("storm")).await;
    town.start().await;
    town
}

/// All of `texts` stand in what is read.
fn says(seen: &Seen, texts: &[&str]) {
    for text in texts {
        assert!(seen.text.contains(text), "no “{text}” in: {}", seen.text);
    }
}

/// Nobody has been subscribed, and nobody has agreed to anything.
async fn nothing_is_decided(town: &Town) {
    assert_eq!(town.count(SUBSCRIBED).await, 0);
    assert_eq!(town.count("select count(*) from consent").await, 0);
    let on = "select count(*) from address where state = 'on'";
    assert_eq!(town.count(on).await, 0);
}

async fn four_taps_are_enough_on_telegram(base: Base) {
    let town = town_with_a_storm(base).await;
    for (number, reader) in (1_i64..).zip(&READERS) {
        let who = town.newcomer("telegram", 40 + number.unsigned_abs(), reader.lang);
        let hello = who.says("/start").await;
        says(&hello, &reader.welcome);
        says(&hello, &["/privacy", "/forget"]);
        assert!(!labels(&hello).contains(&reader.done.to_owned()));
        let chosen = who.taps(reader.lyulin).await;
        assert!(is_chosen(&chosen, reader.lyulin), "{:?}", labels(&chosen));
        assert_eq!(town.count(SUBSCRIBED).await, number - 1);
        let summary = who.taps(reader.done).await;
        says(&summary, &reader.summary);
        says(&summary, &["/settings", "/stop"]);
        assert_eq!(who.acts(), 3, "the command and two taps");
        assert_eq!(town.count(AGREED).await, number);
    }
    town.end().await;
}

async fn three_are_enough_on_discord(base: Base) {
    let town = town_with_a_storm(base).await;
    for (number, reader) in (1_i64..).zip(&READERS) {
        let who = town.newcomer("discord", 40 + number.unsigned_abs(), reader.lang);
        let hello = who.says("/start").await;
        says(&hello, &reader.welcome);
        assert_eq!(town.count(SUBSCRIBED).await, number - 1);
        let chosen = who.taps(reader.lyulin).await;
        assert!(is_chosen(&chosen, reader.lyulin), "{:?}", labels(&chosen));
        let summary = who.taps(reader.done).await;
        says(&summary, &reader.summary);
        assert_eq!(who.acts(), 3);
        assert_eq!(town.count(AGREED).await, number);
    }
    // In her own language the command has another name.
    let who = town.newcomer("discord", 50, "bg");
    says(&who.says("/старт").await, &READERS[0].welcome);
    town.end().await;
}

async fn a_deep_link_knows_the_place_and_the_topic(base: Base) {
    let town = town_with_a_storm(base).await;
    let who = town.newcomer("telegram", 42, "bg");
    let hello = who.says("/start lyulin-water").await;
    says(&hello, &["Добре дошли", "Избрано: Люлин."]);
    nothing_is_decided(&town).await;
    let summary = who.taps("Готово").await;
    says(&summary, &["Къде: район Люлин", "Теми: Вода\n"]);
    assert_eq!(who.acts(), 2);
    // A link that nobody made is as good as none.
    let other = town.newcomer("telegram", 43, "en");
    let hello = other.says("/start x-y_z").await;
    says(&hello, &READERS[1].welcome);
    assert!(!hello.text.contains("Chosen"), "{}", hello.text);
    town.end().await;
}

async fn a_command_may_name_the_place(base: Base) {
    let town = town_with_a_storm(base).await;
    let who = town.newcomer("discord", 42, "en");
    let hello = who.says("/start Люлин 3").await;
    says(&hello, &["Welcome to Glas", "Chosen: Lyulin."]);
    nothing_is_decided(&town).await;
    says(&who.taps("Done").await, &["Where: Lyulin district"]);
    assert_eq!(who.acts(), 2);
    town.end().await;
}

async fn the_language_is_switched_at_once(base: Base) {
    let town = town_with_a_storm(base).await;
    for channel in ["telegram", "discord"] {
        let who = town.newcomer(channel, 42, "bg");
        who.says("/start").await;
        who.says("Изгрев").await;
        let asked = who.taps("English").await;
        says(&asked, &["Welcome to Glas", "Chosen: Izgrev."]);
        let asked = who.taps("Български").await;
        says(&asked, &["Добре дошли", "Избрано: Изгрев."]);
        who.taps("English").await;
        says(&who.taps("Done").await, &["Done, you are subscribed"]);
        says(&who.says("/help").await, &["What you can ask for"]);
    }
    // A language that is not spoken here is answered in the city's own.
    let who = town.newcomer("telegram", 43, "el");
    says(&who.says("/start").await, &["Добре дошли"]);
    town.end().await;
}

async fn a_shared_place_is_a_street_or_a_district(base: Base) {
    let town = town_with_a_storm(base).await;
    let around = async |who: &Hand<'_>, how: &str| {
        who.says("/start").await;
        let asks = who.taps("Моето местоположение").await;
        says(&asks, &["Натиснете бутона долу"]);
        let chat = who.address().parse().expect("a number");
        assert_eq!(town.telegram.keys_of(chat), ["Моето местоположение"]);
        let asked = who.shares(SREDETS.0, SREDETS.1).await;
        says(&asked, &["На какво разстояние около Вас?"]);
        assert_eq!(town.telegram.keys_of(chat), [""; 0], "the key is gone");
        let summary = who.taps(how).await;
        assert_eq!(who.acts(), 4);
        summary
    };
    let street = around(&town.newcomer("telegram", 42, "bg"), "Моята улица (300 м)").await;
    let here = "до 300 м от избраното място (район Средец)";
    says(&street, &["Готово, записани сте", here]);
    assert!(street.text.contains("няма предупреждения"));
    let whole = around(&town.newcomer("telegram", 43, "bg"), "Целият район").await;
    says(&whole, &["Къде: район Средец\n"]);

    let who = town.newcomer("telegram", 44, "bg");
    who.says("/start").await;
    let answer = who.shares(ELSEWHERE.0, ELSEWHERE.1).await;
    says(&answer, &["Това място не е в нашия град", "За кои места"]);
    assert!(!labels(&answer).contains(&"Готово".to_owned()));
    town.end().await;
}

async fn a_place_is_written_in_any_script_and_with_a_slip(base: Base) {
    let town = town_with_a_storm(base).await;
    let who = town.newcomer("telegram", 42, "bg");
    who.says("/start").await;
    for (written, answered) in [
        ("Лозенец", "Избрано: Лозенец."),
        ("mladost", "Избрано: Лозенец и Младост."),
        ("Възрождане", "Избрано: Възраждане, Лозенец и Младост."),
        ("живея в Банкя", "Банкя"),
        ("Дружба 2", "„Дружба 2“ е в район Искър."),
        ("Атлантида", "Не намерих „Атлантида“ в града."),
    ] {
        let answer = who.says(written).await;
        says(&answer, &[answered]);
    }
    // Of several places of one name the right one is tapped.
    let answer = who.says("Манастирски ливади").await;
    says(&answer, &["Има няколко такива места."]);
    assert_eq!(labels(&answer)[..2], ["Витоша", "Триадица"]);
    let answer = who.taps("Витоша").await;
    assert!(answer.text.contains("Витоша"), "{}", answer.text);
    nothing_is_decided(&town).await;
    let summary = who.says("готово").await;
    says(
        &summary,
        &["районите Възраждане, Лозенец, Искър, Младост, Витоша и Банкя"],
    );

    // On the other network what is written goes into a window.
    let who = town.newcomer("discord", 42, "bg");
    who.says("/start").await;
    let window = who.taps("Напишете квартал").await;
    assert_eq!(window.what, What::Window);
    let answer = who.fills("kv. Boyana").await;
    says(
        &answer,
        &["„kv. Boyana“ е в район Витоша.", "Избрано: Витоша."],
    );
    town.end().await;
}

async fn several_places_and_the_whole_city(base: Base) {
    let town = town_with_a_storm(base).await;
    let who = town.newcomer("telegram", 42, "bg");
    let first = who.says("/start").await;
    let next = who.taps("2/2 ›").await;
    assert_ne!(labels(&first)[0], labels(&next)[0]);
    who.taps("‹ 1/2").await;
    who.taps("2/2 ›").await;
    who.taps("Средец").await;
    who.taps("Оборище").await;
    says(&who.shows(), &["Избрано: Оборище и Средец."]);
    // What was tapped by mistake is tapped away.
    who.taps("Средец").await;
    says(&who.shows(), &["Избрано: Оборище."]);
    let city = who.taps("Целият град").await;
    says(&city, &["Избрано: Целият град."]);
    assert!(!is_chosen(&city, "Оборище"));
    says(&who.taps("Готово").await, &["Къде: целият град"]);

    let who = town.newcomer("discord", 42, "en");
    who.says("/start").await;
    who.taps("Sredets").await;
    who.taps("Oborishte").await;
    says(&who.shows(), &["Chosen: Oborishte and Sredets."]);
    let summary = who.taps("Done").await;
    says(&summary, &["Where: the districts Sredets and Oborishte"]);
    town.end().await;
}

async fn who_is_there_already_is_told_so(base: Base) {
    let town = town_with_a_storm(base).await;
    for channel in ["telegram", "discord"] {
        let who = town.newcomer(channel, 42, "bg");
        who.says("/start lyulin").await;
        who.taps("Готово").await;
        let again = who.says("/start").await;
        says(&again, &["Вече сте записани", "Къде: район Люлин"]);
        // Another place is added without a second welcome.
        let more = who.says("/start bankya").await;
        says(&more, &["За кои места", "Избрано: Банкя."]);
        assert!(!more.text.contains("Добре дошли"), "{}", more.text);
        let summary = who.taps("Готово").await;
        says(&summary, &["Абонамент 1", "Абонамент 2", "район Банкя"]);
    }
    assert_eq!(town.count(AGREED).await, 2, "once for each of the two");
    town.end().await;
}

async fn a_public_button_answers_one_person_alone(base: Base) {
    let plan = Plan {
        channels: &["discord"],
        ..Plan::default()
    };
    let mut town = Town::build(base, plan).await;
    town.discord.add_channel(GUILD, 77, "важно");
    town.start().await;
    town.settle_in("discord", 42, "bg");
    let post = reqwest::Client::new()
        .post(format!(
            "{}/api/v10/channels/77/messages",
            town.discord.url()
        ))
        .header(
            "Authorization",
            format!("Bot {}", crate::town::DISCORD_TOKEN),
        )
        .json(
            &json!({"content": "Запишете се тук", "components": [{"type": 1, "components": [
            {"type": 2, "style": 1, "label": "Запишете ме", "custom_id": "start"}]}]}),
        );
    let sent = post.send().await.expect("sent").json::<serde_json::Value>();
    let sent = sent.await.expect("a message");
    let message = sent["id"].as_str().and_then(|id| id.parse().ok());
    let message = message.expect("a number");
    let pressed = town.discord.press(42, 77, message, "start");
    pressed.expect("a button");
    let read = town.reads("discord", "user:42", 1).await;
    assert!(read[0].contains("Добре дошли"), "{}", read[0]);
    let answer = town.inbox("discord", "user:42").remove(0);
    assert_eq!(answer.raw["flags"], 64, "for them alone");
    assert_eq!(answer.raw["channel_id"], "77");
    let list = &answer.lists[0];
    let id = answer.id.parse().expect("a number");
    let chosen = town.discord.choose(42, 77, id, &list.token, &["lyulin"]);
    chosen.expect("a choice");
    let hand = town.hand("discord", 42);
    let shown = hand.reads("Избрано: Люлин").await;
    let (_, token) = (shown.buttons.iter())
        .find(|(label, _)| label == "Готово")
        .expect("a button");
    let id = shown.id.parse().expect("a number");
    town.discord.press(42, 77, id, token).expect("a button");
    hand.reads("Готово, записани сте").await;
    let public = town.discord.messages_of(77);
    let public: Vec<_> = public.iter().filter(|it| it["flags"] != 64).collect();
    assert_eq!(public.len(), 1);
    assert_eq!(public[0]["content"], "Запишете се тук");
    town.end().await;
}
