//! Operators in chats: from `/alert new` to the citizens' phones, with two people.

mod called;
mod troubles;

use crate::town::hands::labels;
use crate::town::{Base, Hand, Plan, Town, on_both};

on_both!(
    an_officer_and_a_second_person_on_telegram,
    an_officer_and_a_second_person_on_discord,
    a_typed_line_leaves_one_question,
    a_typed_line_opens_the_window_at_once,
    a_test_reaches_whoever_asked_for_it_and_nobody_else,
    a_changed_draft_makes_the_old_buttons_stale,
    an_update_goes_out_under_the_alert,
);

const OPERATORS: &str = "[[operator]]\nname = \"officer\"\nrole = \"publisher\"\ntelegram = 901\ndiscord = 911\n\
    [[operator]]\nname = \"second\"\nrole = \"approver\"\ntelegram = 902\ndiscord = 912\n\
    [[operator]]\nname = \"viewer\"\nrole = \"viewer\"\ntelegram = 903\n";

/// A town at three in the morning, with residents on two networks and people on duty.
async fn town(base: Base) -> Town {
    let plan = Plan {
        channels: &["telegram", "discord"],
        more: OPERATORS,
        at: Some("2026-11-27T01:05:00Z"),
        ..Plan::default()
    };
    let mut town = Town::build(base, plan).await;
    town.settle_in("telegram", 42, "bg");
    town.subscribe("telegram", "42", "bg").await;
    town.settle_in("discord", 43, "en");
    town.subscribe("discord", "user:43", "en").await;
    for number in [901, 902, 903] {
        town.settle_in("telegram", number, "bg");
        town.settle_in("discord", number + 10, "en");
    }
    town.start().await;
    town
}

/// A text whose minute does not matter: the clock goes on while the story does.
fn settled(text: &str) -> String {
    (6..15).fold(text.to_owned(), |text, minute| {
        text.replace(&format!(" 3:{minute:02}"), " 3:05")
    })
}

fn on_duty(town: &Town) -> Hand<'_> {
    town.hand("telegram", 901)
}

/// What the two residents have got so far.
async fn residents(town: &Town, count: usize) -> (String, String) {
    let mut bulgarian = town.reads("telegram", "42", count).await;
    let mut english = town.reads("discord", "user:43", count).await;
    (
        bulgarian.pop().expect("a letter"),
        english.pop().expect("a letter"),
    )
}

async fn an_officer_and_a_second_person_on_telegram(base: Base) {
    let town = town(base).await;
    let officer = on_duty(&town);
    officer.says("/тревога нова").await;
    officer.taps("Евакуация на сграда").await;
    officer.taps("изтичане на газ").await;
    officer.says("ж.к. Люлин 3").await;
    officer.reads("Коя улица или сграда?").await;
    officer.says("бул. Царица Йоанна 15").await;
    officer.reads("Докога?").await;
    officer.taps("Не се знае").await;
    let panel = officer.reads("чернова").await;
    assert!(panel.text.contains("discord: 1"), "{}", panel.text);
    insta::allow_duplicates!(insta::assert_snapshot!(labels(&panel).join("\n"), @r"
    Подайте за одобрение
    Проба до мен
    Вижте как ще изглежда
    Променете
    Добавете още
    Откажете се
    "));
    assert_eq!(officer.acts(), 6);
    officer.taps("Подайте за одобрение").await;
    officer.reads("Повикахме хората").await;
    let second = town.hand("telegram", 902);
    second.reads("Чака Ви за одобрение").await;
    second.taps("Одобрявам").await;
    let (bulgarian, english) = residents(&town, 1).await;
    insta::allow_duplicates!(insta::assert_snapshot!(settled(&bulgarian), @r"
    Сериозна опасност: Евакуация на сграда

    Източник: Столична община, 27 ноември 2026 г., 3:05 ч.

    Напуснете веднага сградата на бул. Царица Йоанна 15 (район Люлин).

    В сградата изтича газ и има опасност от взрив. Ще съобщим кога хората могат да се върнат.

    Къде: район Люлин
    По-точно: бул. Царица Йоанна 15
    Кога: сега; краят не е обявен
    Колко е спешно: действайте веднага
    Колко е сигурно: случва се или вече се е случило

    Какво да направите:

    Излезте спокойно по стълбите. Не палете огън и не пипайте ключове за осветлението. Помогнете на хората, които се движат трудно. Не се връщайте, преди да Ви разрешат. Ако сте наблизо, стойте далеч от сградата.

    При опасност за живота или здравето се обадете на 112.

    Получавате това съобщение от Столична община чрез „Глас“, защото сте се записали за предупрежденията на града.
    "));
    insta::allow_duplicates!(insta::assert_snapshot!(settled(&english), @r"
    **Serious danger: Evacuation of a building**
    Source: Sofia Municipality, 27 November 2026, 3:05.

    Leave the building at bul. Tsaritsa Yoanna 15 (Lyulin district) at once.

    Gas is leaking in the building and may explode. We will tell you when people can return.

    **Where**: Lyulin district
    **More exactly**: bul. Tsaritsa Yoanna 15
    **When**: now; no end has been announced
    **How soon**: act at once
    **How certain**: it is happening or has happened

    What to do:

    Leave calmly by the stairs. Light no flame and touch no light switch. Help people who have difficulty moving. Do not go back until you are allowed to. If you are nearby, keep away from the building.

    If life or health is in danger, call 112.

    -# Sent by Sofia Municipality through Glas because you subscribed to the city’s alerts.
    "));
    town.end().await;
}

async fn an_officer_and_a_second_person_on_discord(base: Base) {
    let town = town(base).await;
    let officer = town.hand("discord", 911);
    officer.says("/alert new").await;
    let window = officer.opens("Evacuation of a building").await;
    let labels: Vec<&str> = (window["components"].as_array().expect("fields").iter())
        .filter_map(|it| it["label"].as_str())
        .collect();
    insta::allow_duplicates!(insta::assert_snapshot!(labels.join("\n"), @r"
    What is the cause or kind?
    Which places is it for?
    Which street or building?
    Until when?
    Whom should people ask?
    "));
    officer
        .fills_in(&[
            ("cause", "gas"),
            ("where", "Lyulin, Nadezda"),
            ("line", "бул. Царица Йоанна 15"),
            ("until", "soon"),
        ])
        .await;
    let not_ready = officer.reads("Not ready yet").await;
    insta::allow_duplicates!(insta::assert_snapshot!(not_ready.text, @r"
    Not ready yet
    • “soon” is no time or date. Write 14:00, “tomorrow 9:00”, 27.11. 18:00 or 2026-11-27 18:00.
    "));
    // What was typed is still there.
    let again = officer.opens("Correct it").await;
    let values: Vec<&str> = (again["components"].as_array().expect("fields").iter())
        .filter_map(|it| it["component"]["value"].as_str())
        .collect();
    insta::allow_duplicates!(insta::assert_snapshot!(values.join("\n"), @r"
    Lyulin, Nadezhda
    бул. Царица Йоанна 15
    soon
    "));
    officer
        .fills_in(&[("where", "Lyulin, Nadezhda"), ("until", "2h")])
        .await;
    let panel = officer.reads("– draft").await;
    assert!(panel.text.contains("discord: 1"), "{}", panel.text);
    officer.taps("Submit for approval").await;
    let second = town.hand("discord", 912);
    // Whoever has never written here is called in the city's own language.
    second.reads("Чака Ви за одобрение").await;
    second.taps("Одобрявам").await;
    let (bulgarian, english) = residents(&town, 1).await;
    assert!(bulgarian.contains("изтича газ"), "{bulgarian}");
    assert!(english.contains("Gas is leaking"), "{english}");
    town.end().await;
}

async fn a_typed_line_leaves_one_question(base: Base) {
    let town = town(base).await;
    let officer = on_duty(&town);
    officer.says("/alert new вода авария Люлин, Надежда").await;
    officer.reads("Докога?").await;
    officer.taps("След 4 часа").await;
    officer.reads("– чернова").await;
    officer.taps("Разпратете").await;
    let (bulgarian, english) = residents(&town, 1).await;
    assert!(bulgarian.contains("Надежда и Люлин"), "{bulgarian}");
    assert!(english.contains("Nadezhda and Lyulin"), "{english}");
    assert_eq!(officer.acts(), 3);
    town.end().await;
}

async fn a_typed_line_opens_the_window_at_once(base: Base) {
    let town = town(base).await;
    let officer = town.hand("discord", 911);
    let window = officer.opens_by("/alert new water failure Lyulin").await;
    let fields = window["components"].as_array().expect("fields");
    let place = fields
        .iter()
        .find(|it| it["component"]["custom_id"] == "where");
    assert_eq!(place.expect("a field")["component"]["value"], "Lyulin");
    officer.fills_in(&[("until", "4h")]).await;
    officer.reads("– draft").await;
    officer.taps("Send it").await;
    let (bulgarian, english) = residents(&town, 1).await;
    assert!(bulgarian.contains("район Люлин"), "{bulgarian}");
    assert!(english.contains("Lyulin district"), "{english}");
    assert_eq!(officer.acts(), 3);
    town.end().await;
}

async fn a_test_reaches_whoever_asked_for_it_and_nobody_else(base: Base) {
    let town = town(base).await;
    let officer = on_duty(&town);
    officer.says("/alert new вода авария Люлин").await;
    officer.taps("Не се знае").await;
    officer.reads("– чернова").await;
    officer.taps("Проба до мен").await;
    let test = officer.reads("ПРОБА:").await;
    insta::allow_duplicates!(insta::assert_snapshot!(settled(&test.text), @r"
    ПРОБА: Умерена опасност: Авария на водопровода

    Това е проба. Получавате я само Вие.

    Източник: Столична община, 27 ноември 2026 г., 3:05 ч.

    Няма вода в район Люлин.

    Причината е авария на водопровода. Още не знаем кога водата ще бъде пусната.

    Къде: район Люлин
    Кога: сега; краят не е обявен
    Колко е спешно: действайте скоро, до един час
    Колко е сигурно: случва се или вече се е случило

    Какво да направите:

    Затворете крановете, за да не се наводни жилището, когато водата дойде. После я оставете да потече, докато се избистри.

    Получавате това съобщение от Столична община чрез „Глас“, защото сте се записали за предупрежденията на града.
    "));
    town.quiet().await;
    assert!(town.inbox("telegram", "42").is_empty());
    assert!(town.inbox("telegram", "902").is_empty());
    assert!(town.inbox("discord", "user:43").is_empty());
    town.end().await;
}

async fn a_changed_draft_makes_the_old_buttons_stale(base: Base) {
    let town = town(base).await;
    let officer = on_duty(&town);
    officer.says("/alert new наводнение Люлин").await;
    officer.taps("река").await;
    let panel = officer.reads("– чернова").await;
    officer.taps("Подайте за одобрение").await;
    let second = town.hand("telegram", 902);
    let call = second.reads("Чака Ви за одобрение").await;
    officer.taps_in(&panel, "Променете").await;
    officer.taps("място").await;
    officer.says("Надежда").await;
    let changed = officer.reads("– чернова").await;
    assert!(changed.text.contains("Надежда"), "{}", changed.text);
    second.taps_in(&call, "Одобрявам").await;
    second.reads("Черновата е променена").await;
    officer.taps("Подайте за одобрение").await;
    second.reads("Чака Ви за одобрение").await;
    second.taps("Одобрявам").await;
    let (bulgarian, _) = residents(&town, 1).await;
    assert!(bulgarian.contains("Надежда"), "{bulgarian}");
    assert!(!bulgarian.contains("Люлин"), "{bulgarian}");
    town.end().await;
}

async fn an_update_goes_out_under_the_alert(base: Base) {
    let town = town(base).await;
    let officer = on_duty(&town);
    officer.says("/alert new вода авария Люлин").await;
    officer.taps("След 2 часа").await;
    officer.reads("– чернова").await;
    officer.taps("Разпратете").await;
    residents(&town, 1).await;
    officer.reads("Разпраща се.").await;
    officer.taps("Съобщете промяна").await;
    officer.taps("край").await;
    officer.says("14:00").await;
    officer.reads("– чернова").await;
    officer.taps("Разпратете").await;
    let (bulgarian, english) = residents(&town, 2).await;
    insta::allow_duplicates!(insta::assert_snapshot!(settled(&bulgarian), @r"
    Обновено – Умерена опасност: Авария на водопровода

    Източник: Столична община, 27 ноември 2026 г., 3:05 ч.

    Това съобщение заменя предупреждението от 27 ноември 2026 г., 3:05 ч.

    Няма вода в район Люлин.

    Причината е авария на водопровода. Очакваме водата да бъде пусната до 27 ноември 2026 г., 14:00 ч.

    Къде: район Люлин
    Кога: сега, до 27 ноември 2026 г., 14:00 ч.
    Колко е спешно: действайте скоро, до един час
    Колко е сигурно: случва се или вече се е случило

    Какво да направите:

    Затворете крановете, за да не се наводни жилището, когато водата дойде. После я оставете да потече, докато се избистри.

    Получавате това съобщение от Столична община чрез „Глас“, защото сте се записали за предупрежденията на града.
    "));
    insta::allow_duplicates!(insta::assert_snapshot!(settled(&english), @r"
    **Updated – Moderate danger: Burst water main**
    Source: Sofia Municipality, 27 November 2026, 3:05.

    This message replaces the alert of 27 November 2026, 3:05.

    There is no water in Lyulin district.

    The cause is a burst water main. We expect the water back by 27 November 2026, 14:00.

    **Where**: Lyulin district
    **When**: now, until 27 November 2026, 14:00
    **How soon**: act soon, within the next hour
    **How certain**: it is happening or has happened

    What to do:

    Close your taps so that your home is not flooded when the water comes back. Then let it run until it is clear.

    -# Sent by Sofia Municipality through Glas because you subscribed to the city’s alerts.
    "));
    town.end().await;
}
