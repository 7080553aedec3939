//! People who go, and who come back: nothing is sent meanwhile, and everything is as it was.

use glas::sandbox::ledger::Seen;

use crate::town::{Base, Cap, GUILD, Hand, Plan, Town, on_both, until};

on_both!(
    who_blocks_and_unblocks_is_as_before,
    a_deleted_account_is_left_alone,
    who_closes_their_messages_comes_back_by_a_word,
    a_lost_channel_is_left_alone,
    a_group_that_moves_keeps_its_choice,
    who_stopped_stays_stopped,
);

const ON: &str = "select count(*) from address where state = 'on'";

async fn running(base: Base) -> Town {
    let plan = Plan {
        channels: &["telegram", "discord"],
        ..Plan::default()
    };
    let mut town = Town::build(base, plan).await;
    town.start().await;
    town
}

#[track_caller]
fn says(seen: &Seen, text: &str) {
    assert!(seen.text.contains(text), "no “{text}” in: {}", seen.text);
}

/// Somebody who gets what is serious about Lyulin.
async fn subscriber<'a>(town: &'a Town, channel: &'static str) -> Hand<'a> {
    let who = town.newcomer(channel, 42, "bg");
    who.says("/start lyulin").await;
    who.taps("Готово").await;
    who.says("/settings").await;
    who.taps("Сериозност").await;
    who.taps("само сериозна опасност").await;
    who
}

/// How many an alert reached on a channel.
async fn reached(town: &Town, channel: &str, cap: &str) -> i64 {
    let letter = town.alert(&Cap::new(cap)).await;
    town.delivered(letter).await[channel].count("sent")
}

async fn who_blocks_and_unblocks_is_as_before(base: Base) {
    let town = running(base).await;
    let who = subscriber(&town, "telegram").await;
    town.telegram.block(42).expect("blocked");
    until("it is off", async || town.count(ON).await == 0).await;
    let heard = who.heard();
    assert_eq!(reached(&town, "telegram", "first").await, 0);
    town.telegram.unblock(42).expect("unblocked");
    until("it is on", async || town.count(ON).await == 1).await;
    assert_eq!(who.heard(), heard, "coming back is answered by nothing");
    assert_eq!(reached(&town, "telegram", "second").await, 1);
    let settings = who.says("/settings").await;
    says(&settings, "Къде: район Люлин");
    says(&settings, "Сериозност: само сериозна опасност");
    town.end().await;
}

async fn a_deleted_account_is_left_alone(base: Base) {
    let town = running(base).await;
    subscriber(&town, "telegram").await;
    town.telegram.delete_account(42).expect("deleted");
    assert_eq!(reached(&town, "telegram", "first").await, 0);
    assert_eq!(town.count(ON).await, 0);
    let letter = town.alert(&Cap::new("second")).await;
    assert_eq!(town.delivered(letter).await["telegram"].planned, 0);
    town.end().await;
}

async fn who_closes_their_messages_comes_back_by_a_word(base: Base) {
    let town = running(base).await;
    let who = subscriber(&town, "discord").await;
    town.discord.close_dms(42, true);
    assert_eq!(reached(&town, "discord", "first").await, 0);
    assert_eq!(town.count(ON).await, 0);
    town.discord.close_dms(42, false);
    // Nobody is taken back who did not say so.
    let letter = town.alert(&Cap::new("second")).await;
    assert_eq!(town.delivered(letter).await["discord"].planned, 0);
    let back = who.says("/start").await;
    says(&back, "Добре дошли отново");
    says(&back, "Сериозност: само сериозна опасност");
    assert_eq!(reached(&town, "discord", "third").await, 1);
    town.end().await;
}

async fn a_lost_channel_is_left_alone(base: Base) {
    let town = running(base).await;
    for channel in [77, 78] {
        town.discord.add_channel(GUILD, channel, "важно");
        town.subscribe("discord", &format!("channel:{channel}"), "bg")
            .await;
    }
    assert_eq!(reached(&town, "discord", "first").await, 2);
    town.discord.remove_channel(77);
    until("one is off", async || town.count(ON).await == 1).await;
    assert_eq!(reached(&town, "discord", "second").await, 1);
    town.discord.remove_guild(GUILD);
    until("both are off", async || town.count(ON).await == 0).await;
    let letter = town.alert(&Cap::new("third")).await;
    assert_eq!(town.delivered(letter).await["discord"].planned, 0);
    town.end().await;
}

async fn a_group_that_moves_keeps_its_choice(base: Base) {
    let town = running(base).await;
    town.settle_in("telegram", 42, "bg");
    town.telegram.add_group(-700, "Вход Б");
    let name = town.telegram.bot_username();
    let start = format!("/start@{name} lyulin");
    town.telegram.say(-700, 42, &start).expect("said");
    town.reads("telegram", "-700", 1).await;
    let asked = town.inbox("telegram", "-700").remove(0);
    let done = asked.buttons.iter().find(|(label, _)| label == "Готово");
    let message = asked.id.parse().expect("a number");
    let pressed = town
        .telegram
        .press_as(-700, 42, message, &done.expect("a button").1);
    pressed.expect("a button");
    town.reads("telegram", "-700", 2).await;
    let to = town.telegram.migrate(-700).expect("moved");
    let known = format!("select count(*) from address where handle = '{to}' and state = 'on'");
    until("the move is heard", async || town.count(&known).await == 1).await;
    assert_eq!(reached(&town, "telegram", "here").await, 1);
    assert_eq!(town.inbox("telegram", &to.to_string()).len(), 1);
    let elsewhere = Cap::new("elsewhere").district("68134-24");
    let letter = town.alert(&elsewhere).await;
    assert_eq!(town.delivered(letter).await["telegram"].planned, 0);
    let start = format!("/start@{name}");
    town.telegram.say(to, 42, &start).expect("said");
    let read = town.reads("telegram", &to.to_string(), 2).await;
    assert!(read[1].contains("Вече сте записани"), "{}", read[1]);
    town.end().await;
}

async fn who_stopped_stays_stopped(base: Base) {
    let town = running(base).await;
    let who = subscriber(&town, "telegram").await;
    says(&who.says("/stop").await, "Съобщенията са спрени.");
    town.telegram.block(42).expect("blocked");
    town.telegram.unblock(42).expect("unblocked");
    until("all is heard", async || town.telegram.unconfirmed() == 0).await;
    assert_eq!(town.count(ON).await, 0);
    let letter = town.alert(&Cap::new("storm")).await;
    assert_eq!(town.delivered(letter).await["telegram"].planned, 0);
    let back = who.says("/start").await;
    says(&back, "Добре дошли отново");
    says(&back, "Сериозност: само сериозна опасност");
    town.end().await;
}
