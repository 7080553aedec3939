//! What people write in their own way, and what is understood of it.

use glas::sandbox::ledger::Seen;
use glas::sandbox::{discord, telegram};

use crate::town::hands::labels;
use crate::town::{Base, Hand, Plan, Town, on_both, until};

mod danger;

on_both!(
    commands_are_known_in_every_script_and_with_slips,
    whoever_writes_where_no_language_is_told_is_answered_in_theirs,
    a_place_is_offered_what_can_be_done_about_it,
    free_text_leads_to_an_offer_of_one_tap,
    danger_gets_the_number_first,
    what_is_no_text_gets_a_kind_answer,
    help_is_short,
    a_group_is_not_overheard_and_keeps_private_things_out,
);

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

#[track_caller]
fn offers(seen: &Seen, label: &str) {
    let all = labels(seen);
    assert!(all.iter().any(|it| it == label), "no “{label}” in {all:?}");
}

async fn subscriber<'a>(town: &'a Town, channel: &'static str, lang: &str) -> Hand<'a> {
    let who = town.newcomer(channel, 42, lang);
    who.says("/start lyulin").await;
    who.taps(if lang == "bg" { "Готово" } else { "Done" }).await;
    who
}

async fn commands_are_known_in_every_script_and_with_slips(base: Base) {
    let town = running(base).await;
    let who = subscriber(&town, "telegram", "bg").await;
    for (said, answered) in [
        ("/помощ", "Какво можете да поискате"),
        ("pomosht", "Какво можете да поискате"),
        ("HELP!", "Какво можете да поискате"),
        ("помощт", "Какво можете да поискате"),
        ("/halp", "Какво можете да поискате"),
        ("какво можеш?", "Какво можете да поискате"),
        ("Настройки", "Вашите настройки"),
        ("nastrojki", "Вашите настройки"),
        ("/setings", "Вашите настройки"),
        ("настойки", "Вашите настройки"),
        ("какво става", "Актуални предупреждения за Вас"),
        ("sega", "Актуални предупреждения за Вас"),
        ("/now@glas_sandbox_bot", "Актуални предупреждения за Вас"),
        ("поверителност", "Как пазим данните Ви"),
        ("lichni danni", "Как пазим данните Ви"),
        ("моите данни", "Какво пазим за Вас"),
        ("изтрий ме", "Да изтрия ли всичко за Вас?"),
        ("отказ", "Добре, нищо не променям."),
        ("пауза", "Няма да Ви пиша до"),
        ("старт", "Вече сте записани"),
        ("english", "from now on I write to you in English"),
        ("Български", "занапред ще Ви пиша на български"),
        ("спри", "Съобщенията са спрени."),
        ("здравейте", "Добре дошли отново"),
        ("otpishi me", "Съобщенията са спрени."),
    ] {
        says(&who.says(said).await, answered);
    }
    let who = subscriber(&town, "discord", "en").await;
    for (said, answered) in [
        ("hlep", "What you can ask for"),
        ("what is on", "Alerts in force for you"),
        ("prefrences", "Your settings"),
        ("my data", "What we keep about you"),
        ("privacy policy", "How we treat your data"),
        ("/pause", "I will not write to you until"),
        ("unsubscribe", "The messages are stopped."),
        ("помощ", "What you can ask for"),
    ] {
        says(&who.says(said).await, answered);
    }
    town.end().await;
}

/// A direct message on Discord tells no language.
async fn whoever_writes_where_no_language_is_told_is_answered_in_theirs(base: Base) {
    let town = running(base).await;
    for (number, said, answered) in [
        (
            51,
            "Hello! Is there any water in my street?",
            "shall we see what is on now?",
        ),
        (
            52,
            "what is going on with the heating",
            "shall we see what is on now?",
        ),
        (53, "ima li voda v Lyulin", "Какво да направя за Вас?"),
        (
            54,
            "Здравейте, защо няма ток?",
            "да видим ли какво има сега?",
        ),
        (55, "ok", "Не Ви разбрах"),
    ] {
        let who = town.newcomer("discord", number, "bg");
        says(&who.says(said).await, answered);
    }
}

async fn a_place_is_offered_what_can_be_done_about_it(base: Base) {
    let town = running(base).await;
    for channel in ["telegram", "discord"] {
        let who = town.newcomer(channel, 42, "bg");
        for said in [
            "Банкя",
            "bankia",
            "кв. Банкя",
            "Няма ток в Банкя от сутринта",
            "kvo stava v bankya",
        ] {
            let answer = who.says(said).await;
            says(&answer, "Какво да направя за Вас?");
            offers(&answer, "Какво има сега: Банкя");
            offers(&answer, "Пишете ми за Банкя");
        }
        let now = who.taps("Какво има сега: Банкя").await;
        says(&now, "В момента няма предупреждения за район Банкя.");
        let joins = who.taps("Пишете ми за район Банкя").await;
        says(&joins, "Избрано: Банкя.");
        says(&who.taps("Готово").await, "Къде: район Банкя");
        // What is only alike is asked about before anything is done.
        let lost = who.says("Банкянец").await;
        assert!(!lost.text.contains("Избрано"), "{}", lost.text);
    }
    let who = town.newcomer("telegram", 43, "en");
    let answer = who.says("is there water in Lozenets").await;
    offers(&answer, "What is on now: Lozenets");
    // A shared place is understood without being asked for.
    offers(
        &who.shares(42.6918, 23.3262).await,
        "What is on now: Sredets",
    );
    says(
        &who.shares(42.1436, 24.7495).await,
        "This place is not in our city",
    );
    town.end().await;
}

async fn free_text_leads_to_an_offer_of_one_tap(base: Base) {
    let town = running(base).await;
    let who = subscriber(&town, "telegram", "bg").await;
    for (said, answered, offered) in [
        (
            "кога ще дойде водата",
            "Вода – да видим ли какво има сега?",
            "Какво има сега",
        ),
        (
            "пак няма ток",
            "Електричество – да видим ли",
            "Какво има сега",
        ),
        (
            "защо няма парно",
            "Парно и топла вода – да видим ли",
            "Какво има сега",
        ),
        ("преместих се", "Това ли търсите?", "Настройки"),
        (
            "не ми пращайте повече глупости",
            "Това ли търсите?",
            "Спрете съобщенията",
        ),
        ("какво знаете за хората", "Това ли търсите?", "Моите данни"),
        (
            "как да се абонирам за брат ми",
            "Това ли търсите?",
            "Запишете ме",
        ),
        ("нещо съвсем друго", "Не Ви разбрах.", "Помощ"),
        ("…", "Не Ви разбрах.", "Какво има сега"),
    ] {
        let answer = who.says(said).await;
        says(&answer, answered);
        offers(&answer, offered);
    }
    who.says("преместих се в друг район").await;
    says(&who.taps("Настройки").await, "Вашите настройки");
    let who = town.newcomer("discord", 42, "en");
    who.says("/help").await;
    let answer = who.says("when will the water be back").await;
    says(&answer, "Water – shall we see what is on now?");
    says(
        &who.taps("What is on now").await,
        "There are no alerts in the city",
    );
    let lost = who.says("something else entirely").await;
    says(&lost, "I did not understand you.");
    town.end().await;
}

async fn danger_gets_the_number_first(base: Base) {
    let town = running(base).await;
    for (channel, lang, said, answered, first) in [
        (
            "telegram",
            "bg",
            "има пожар във входа на Люлин 5",
            "Ако някой е в опасност, обадете се на 112",
            "Ако",
        ),
        (
            "discord",
            "en",
            "there is a fire in our building",
            "If somebody is in danger, call 112",
            "If",
        ),
    ] {
        let who = town.newcomer(channel, 42, lang);
        // A language is known by the client's, once something has come from there.
        who.says("/help").await;
        let answer = who.says(said).await;
        says(&answer, answered);
        assert!(
            answer.text.trim_start_matches('*').starts_with(first),
            "{}",
            answer.text
        );
        // It is not taken for an answer to the question that stands open, which stays open.
        who.says("/start").await;
        let again = format!("{said}!!");
        says(&who.says(&again).await, answered);
        says(
            &who.says("Bankya").await,
            if lang == "bg" {
                "Избрано: Банкя."
            } else {
                "Chosen: Bankya."
            },
        );
    }
    town.end().await;
}

async fn what_is_no_text_gets_a_kind_answer(base: Base) {
    let town = running(base).await;
    let who = town.newcomer("telegram", 42, "bg");
    let mut heard = 0;
    for (media, answered) in [
        (telegram::Media::Photo, "Благодаря за снимката"),
        (telegram::Media::Video, "Благодаря за видеото"),
        (
            telegram::Media::Voice,
            "Засега не мога да слушам гласови съобщения.",
        ),
        (telegram::Media::Sticker, "Благодаря! Ако искате да видите"),
        (telegram::Media::Document, "Благодаря за файла"),
        (telegram::Media::Contact, "телефонни номера не ни трябват"),
    ] {
        town.telegram.send_media(42, 42, media).expect("sent");
        heard += 1;
        town.reads("telegram", "42", heard).await;
        says(&who.shows(), answered);
        offers(&who.shows(), "Какво има сега");
    }
    says(&who.says("помощ").await, "112");
    let who = town.newcomer("discord", 42, "en");
    who.says("/help").await;
    let dm = town.discord.dm(42).expect("a conversation");
    let mut heard = 1;
    for (media, answered) in [
        (discord::Media::Photo, "Thank you for the picture"),
        (discord::Media::Voice, "In an emergency call 112."),
        (discord::Media::Sticker, "Thank you! If you want to see"),
        (discord::Media::File, "Thank you for the file"),
    ] {
        town.discord.send_media(42, dm, media).expect("sent");
        heard += 1;
        town.reads("discord", "user:42", heard).await;
        says(&who.shows(), answered);
        offers(&who.shows(), "What is on now");
    }
    town.end().await;
}

async fn help_is_short(base: Base) {
    let town = running(base).await;
    for (channel, lang, words) in [
        (
            "telegram",
            "bg",
            ["/start – ", "/forget – ", "се обадете на 112"],
        ),
        ("telegram", "en", ["/start – ", "/forget – ", "call 112"]),
        (
            "discord",
            "bg",
            ["/start – ", "/forget – ", "се обадете на 112"],
        ),
        ("discord", "en", ["/start – ", "/forget – ", "call 112"]),
    ] {
        let who = town.newcomer(channel, if lang == "bg" { 42 } else { 43 }, lang);
        let help = who.says("/help").await;
        for word in words {
            says(&help, word);
        }
        assert!(help.text.chars().count() < 1000, "{}", help.text);
        assert_eq!(who.heard(), 1, "one message");
    }
    town.end().await;
}

async fn a_group_is_not_overheard_and_keeps_private_things_out(base: Base) {
    let town = running(base).await;
    town.settle_in("telegram", 42, "bg");
    town.telegram.add_group(-700, "Вход Б");
    // An administrator of a group hears everything.
    town.telegram.set_privacy(false);
    let say = |text: &str| {
        town.telegram.say(-700, 42, text).expect("said");
    };
    let heard = || town.inbox("telegram", "-700").len();
    for chatter in [
        "кой ще ходи в Младост?",
        "помощ",
        "има пожар",
        "стоп",
        "Банкя",
    ] {
        say(chatter);
    }
    until("all is heard", async || town.telegram.unconfirmed() == 0).await;
    assert_eq!(heard(), 0);
    for (number, private) in ["/settings", "/mydata", "/forget", "/language", "/pause"]
        .iter()
        .enumerate()
    {
        say(private);
        let read = town.reads("telegram", "-700", number + 1).await;
        assert!(
            read[number].contains("Това става само в личен разговор."),
            "{}",
            read[number]
        );
    }
    say("/help");
    let read = town.reads("telegram", "-700", 6).await;
    assert!(read[5].contains("Какво можете да поискате"), "{}", read[5]);
    say("/start");
    let read = town.reads("telegram", "-700", 7).await;
    assert!(read[6].contains("За кои места"), "{}", read[6]);
    say("добро утро на всички");
    say("Младост");
    let read = town.reads("telegram", "-700", 8).await;
    assert!(read[7].contains("Избрано: Младост."), "{}", read[7]);
    let asked = town.inbox("telegram", "-700").pop().expect("a question");
    let token = |label: &str| {
        let found = asked.buttons.iter().find(|(it, _)| it == label);
        found.unwrap_or_else(|| panic!("no {label}")).1.clone()
    };
    let message = asked.id.parse().expect("a number");
    let pressed = town.telegram.press_as(-700, 42, message, &token("Готово"));
    pressed.expect("a button");
    let read = town.reads("telegram", "-700", 9).await;
    assert!(read[8].contains("Готово, записани сте"), "{}", read[8]);
    town.end().await;
}
