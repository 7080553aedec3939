//! What people say to the bot, and what it answers: subscribing, leaving, help.

use glas::people::Wish;
use glas::sandbox::discord::Discord;
use glas::sandbox::telegram::{Often, Person, Trouble};

use crate::town::{Base, Cap, Hand, Plan, Town, on_both, until};

on_both!(
    people_come_and_go_on_telegram,
    people_come_and_go_on_discord,
    a_replayed_event_does_nothing_twice,
    who_blocks_gets_nothing_and_who_returns_does,
    a_group_that_moves_is_followed,
);

const RESIDENT: i64 = 42;
const NEIGHBOUR: i64 = 43;

fn two_channels() -> Plan {
    Plan {
        channels: &["telegram", "discord"],
        ..Plan::default()
    }
}

/// Says each text and checks what is read after it.
async fn talk(who: &Hand<'_>, talk: &[(&str, &str)]) {
    for (said, answered) in talk {
        let answer = who.says(said).await.text;
        assert!(answer.contains(answered), "to {said:?}: {answer}");
    }
}

/// Says where, and that this is all.
async fn subscribes(who: &Hand<'_>, place: &str, done: &str, answered: &str) {
    who.says(place).await;
    let answer = who.taps(done).await.text;
    assert!(answer.contains(answered), "{answer}");
}

async fn people_come_and_go_on_telegram(base: Base) {
    let mut town = Town::build(base, two_channels()).await;
    for (id, lang) in [(RESIDENT, "bg"), (NEIGHBOUR, "en")] {
        town.telegram.add_person(Person {
            id,
            first_name: "Р".to_owned(),
            language_code: Some(lang.to_owned()),
            username: None,
        });
    }
    town.start().await;
    let resident = town.hand("telegram", 42);
    talk(&resident, &[("/start", "За кои места да Ви пиша?")]).await;
    subscribes(&resident, "люлин", "Готово", "Готово, записани сте").await;
    talk(
        &resident,
        &[
            ("/start again", "Вече сте записани"),
            ("pomosht", "Какво можете да поискате"),
            ("spri", "Съобщенията са спрени"),
            ("СТОП", "Не сте записани"),
            ("Старт!", "Добре дошли отново"),
            ("нещо съвсем друго", "Не Ви разбрах"),
        ],
    )
    .await;
    let neighbour = town.hand("telegram", 43);
    talk(&neighbour, &[("hello", "Welcome to Glas")]).await;
    subscribes(&neighbour, "lyulin", "Done", "Done, you are subscribed").await;
    talk(
        &neighbour,
        &[
            ("/help", "What you can ask for"),
            ("/stop", "The messages are stopped"),
        ],
    )
    .await;
    let back = neighbour.taps("Switch them on again").await;
    assert!(back.text.contains("Welcome back"), "{}", back.text);
    let letter = town.alert(&Cap::new("storm")).await;
    let progress = town.delivered(letter).await;
    assert_eq!(progress["telegram"].count("sent"), 2, "{progress:?}");
    town.end().await;
}

async fn people_come_and_go_on_discord(base: Base) {
    let mut town = Town::build(base, two_channels()).await;
    town.start().await;
    let resident = town.newcomer("discord", 7, "bg");
    let neighbour = town.newcomer("discord", 8, "en");
    talk(&resident, &[("/старт", "За кои места да Ви пиша?")]).await;
    subscribes(&resident, "Люлин", "Готово", "Готово, записани сте").await;
    talk(&neighbour, &[("/start", "Welcome to Glas")]).await;
    subscribes(&neighbour, "Lulin", "Done", "Done, you are subscribed").await;
    talk(&resident, &[("spri", "Съобщенията са спрени")]).await;
    let back = resident.taps("Включете ги отново").await;
    assert!(back.text.contains("Добре дошли отново"), "{}", back.text);

    let letter = town.alert(&Cap::new("storm")).await;
    let progress = town.delivered(letter).await;
    assert_eq!(progress["discord"].count("sent"), 2, "{progress:?}");
    let read = resident.reads("Влезте в здрава сграда").await;
    assert!(read.text.contains("Сериозна опасност"), "{}", read.text);
    town.end().await;
}

async fn a_replayed_event_does_nothing_twice(base: Base) {
    let mut town = Town::build(base, two_channels()).await;
    town.settle_in("telegram", 42, "bg");
    town.settle_in("discord", 7, "bg");
    town.start().await;
    // The poll after the event is lost with its confirmation, so that Telegram offers it again.
    let polls = ["getUpdates"];
    town.telegram
        .fail(Trouble::ResetAfterReading, &polls, Often::Times(2));
    town.telegram
        .say(RESIDENT, RESIDENT, "/start")
        .expect("said");
    town.reads("telegram", "42", 1).await;
    let resident = town.discord.dm(7).expect("a conversation");
    town.discord
        .command(7, resident, "start", &[])
        .expect("a command");
    town.reads("discord", "user:7", 1).await;
    // Stopped before it could confirm, the bot hears what it has already heard.
    town.stop().await;
    town.start().await;
    until("all is confirmed", async || {
        town.telegram.unconfirmed() == 0
    })
    .await;
    assert_eq!(town.count("select count(*) from inbox").await, 2);
    assert_eq!(town.count("select count(*) from open_form").await, 2);
    assert_eq!(town.inbox("telegram", "42").len(), 1);
    assert_eq!(town.inbox("discord", "user:7").len(), 1);
    town.end().await;
}

async fn who_blocks_gets_nothing_and_who_returns_does(base: Base) {
    let mut town = Town::build(base, two_channels()).await;
    town.move_in("telegram", 42..44, "bg", Wish::EVERYTHING)
        .await;
    town.start().await;
    let on = "select count(*) from address where state = 'on'";
    town.telegram.block(RESIDENT).expect("blocked");
    until("her address is off", async || town.count(on).await == 1).await;
    let letter = town.alert(&Cap::new("first")).await;
    assert_eq!(town.delivered(letter).await["telegram"].planned, 1);
    town.telegram.unblock(RESIDENT).expect("unblocked");
    until("her address is on", async || town.count(on).await == 2).await;
    let letter = town.alert(&Cap::new("second")).await;
    assert_eq!(town.delivered(letter).await["telegram"].count("sent"), 2);
    assert_eq!(town.inbox("telegram", "42").len(), 1);

    // Who has stopped the letters stays out when they block and come back.
    town.telegram
        .say(NEIGHBOUR, NEIGHBOUR, "/stop")
        .expect("said");
    until("his address is off", async || town.count(on).await == 1).await;
    town.telegram.block(NEIGHBOUR).expect("blocked");
    town.telegram.unblock(NEIGHBOUR).expect("unblocked");
    until("all is heard", async || town.telegram.unconfirmed() == 0).await;
    assert_eq!(town.count(on).await, 1);
    town.end().await;
}

async fn a_group_that_moves_is_followed(base: Base) {
    let mut town = Town::build(base, two_channels()).await;
    town.settle_in("telegram", 42, "bg");
    town.telegram.add_group(-700, "Вход Б");
    town.start().await;
    let start = format!("/start@{} lyulin", town.telegram.bot_username());
    town.telegram.say(-700, RESIDENT, &start).expect("said");
    let read = town.reads("telegram", "-700", 1).await;
    assert!(read[0].contains("Избрано: Люлин"), "{}", read[0]);
    let asked = town.inbox("telegram", "-700").remove(0);
    let done = (asked.buttons.iter()).find(|(label, _)| label == "Готово");
    let (_, token) = done.expect("a button");
    let message = asked.id.parse().expect("a number");
    let pressed = town.telegram.press_as(-700, RESIDENT, message, token);
    pressed.expect("a button");
    let read = town.reads("telegram", "-700", 2).await;
    assert!(read[1].contains("Готово, записани сте"), "{}", read[1]);

    let to = town.telegram.migrate(-700).expect("moved").to_string();
    let known = format!("select count(*) from address where handle = '{to}' and state = 'on'");
    until("the move is heard", async || town.count(&known).await == 1).await;
    let letter = town.alert(&Cap::new("first")).await;
    assert_eq!(town.delivered(letter).await["telegram"].count("sent"), 1);
    assert_eq!(town.inbox("telegram", &to).len(), 1);
    town.end().await;

    // A move that the bot did not hear of is learnt when it writes.
    let mut town = Town::build(base, two_channels()).await;
    town.telegram.add_group(-700, "Вход Б");
    town.subscribe("telegram", "-700", "bg").await;
    let to = town.telegram.migrate(-700).expect("moved").to_string();
    let deaf = Trouble::Status(502);
    town.telegram.fail(deaf, &["getUpdates"], Often::Always);
    town.start().await;
    let letter = town.alert(&Cap::new("first")).await;
    assert_eq!(town.delivered(letter).await["telegram"].count("sent"), 1);
    assert_eq!(town.inbox("telegram", &to).len(), 1);
    town.telegram.clear_troubles();
    town.end().await;
}

/// Whether a message called anybody.
fn pinged(message: &serde_json::Value) -> bool {
    let called = |list: &str| message[list].as_array().is_some_and(|all| !all.is_empty());
    message["mention_everyone"] == true || called("mentions") || called("mention_roles")
}

mod long {
    //! The longest and strangest letter.

    use super::*;
    use glas::message::{Block, Letter, Weight};
    use glas::outbox::Lane;

    on_both!(a_long_and_strange_letter_arrives_whole);

    async fn a_long_and_strange_letter_arrives_whole(base: Base) {
        let mut town = Town::build(base, Plan::default()).await;
        for channel in ["telegram", "discord", "email"] {
            town.move_in(channel, 7..8, "bg", Wish::EVERYTHING).await;
        }
        let mut text: String = (0..).map(|n| format!("вода{n:04} ")).take(1000).collect();
        text.push_str("👩‍👩‍👧‍👦 محمد بن علي @everyone <@7> <b>");
        assert!(text.chars().filter(|c| matches!(c, 'а'..='я')).count() >= 4000);
        let text = text.replace("вода", "водопровод");
        assert!(text.chars().filter(|c| matches!(c, 'а'..='я')).count() >= 10_000);
        town.start().await;
        let letter = Letter {
            title: Some("محمد @everyone <b> 👨‍👩‍👧".to_owned()),
            body: vec![Block::Paragraph(text.clone())],
            actions: vec![],
            weight: Weight::Normal,
            footer: None,
            picture: None,
        };
        let posted = town.broadcast(&letter, Lane::Alert).await;
        let progress = town.delivered(posted).await;
        let words = |text: &str| -> Vec<String> {
            let plain = text.replace('\\', "");
            plain.split_whitespace().map(str::to_owned).collect()
        };
        for (channel, to, unit) in [
            ("telegram", "7", 4096),
            ("discord", "user:7", 6000),
            ("email", "resident7@example.org", usize::MAX),
        ] {
            assert_eq!(progress[channel].count("sent"), 1, "{progress:?}");
            let parts = town.inbox(channel, to);
            assert!(
                parts
                    .iter()
                    .all(|part| part.text.encode_utf16().count() <= unit)
            );
            let read: Vec<String> = parts.iter().flat_map(|part| words(&part.text)).collect();
            let missing: Vec<String> = (words(&text).into_iter())
                .filter(|word| !read.contains(word))
                .collect();
            assert!(
                missing.is_empty(),
                "{channel}: {missing:?} in {:?}",
                parts.last()
            );
            let order: Vec<&String> = read.iter().filter(|it| it.starts_with("водо")).collect();
            assert!(order.is_sorted(), "{channel}: parts out of order");
            assert!(read.contains(&"محمد".to_owned()));
        }
        let dm = town.discord.dm(7).expect("a conversation");
        let messages = Discord::messages_of(&town.discord, dm);
        assert!(!messages.is_empty() && !messages.iter().any(pinged));
        town.end().await;
    }
}
