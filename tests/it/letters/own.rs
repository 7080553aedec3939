//! What is kept about somebody, and the last letter after it was erased.

use super::{Reader, town};
use crate::town::{Base, on_both};

on_both!(own_data_in_bulgarian, own_data_in_english);

/// The file within the text has stories of its own.
fn without_json(text: &str) -> String {
    let (mut lines, mut within) = (vec![], false);
    for line in text.lines() {
        if line == "{" {
            lines.push("{ … }");
        }
        within |= line == "{";
        if !within {
            lines.push(line);
        }
        within &= line != "}";
    }
    lines.join("\n")
}

async fn own_data_in_bulgarian(base: Base) {
    let town = town(base).await;
    let reader = Reader::new(&town, "bg");
    reader.says("/start lyulin").await;
    reader.taps("Готово").await;
    reads!(
        without_json(&reader.says("/mydata").await),
        "
    Какво пазим за Вас
    Това е всичко, което е свързано с този адрес:
    Канал: telegram
    Адрес: 42
    Съобщения: пристигат
    Познаваме се от: 17 юни 2026 г., 15:00 ч.
    Къде: район Люлин
    Теми: всичко без Паркиране, Култура и Спорт
    Сериозност: всички, и дребните
    Кога: веднага
    • Съгласие, дадено на 17 юни 2026 г., 15:00 ч. (/start)
    Пазят се 2 изпратени съобщения; последните са:
    • Готово, записани сте
    • Добре дошли в „Глас“
    Същото като файл (JSON):
    { … }
    – discord –
    Какво пазим за Вас
    Това е всичко, което е свързано с този адрес:
    Канал: discord
    Адрес: user:42
    Съобщения: пристигат
    Познаваме се от: 17 юни 2026 г., 15:00 ч.
    Къде: район Люлин
    Теми: всичко без Паркиране, Култура и Спорт
    Сериозност: всички, и дребните
    Кога: веднага
    • Съгласие, дадено на 17 юни 2026 г., 15:00 ч. (/start)
    Пазят се 2 изпратени съобщения; последните са:
    • Готово, записани сте
    • Добре дошли в „Глас“
    Същото като файл (JSON):
    { … }
    telegram [Настройки][Изтрийте всичко за мен]
    discord [Настройки][Изтрийте всичко за мен]
    "
    );
    reader.says("/forget").await;
    reads!(reader.taps("Да, изтрийте всичко").await, "
    Изтрих всичко за Вас
    Няма ги избора, съгласията и съобщенията Ви. Нищо повече няма да пристигне.
    Остават само броят на изпратените съобщения и отпечатък на адреса Ви: по него не можем да Ви познаем, но никой не може да Ви запише отново от стар списък. От резервните копия данните изчезват, когато бъдат заменени с по-нови.
    Това е последното съобщение. Щом пристигне, изтриваме и адреса. Ако решите да се върнете, изпратете /start.
    ");
    town.end().await;
}

async fn own_data_in_english(base: Base) {
    let town = town(base).await;
    let reader = Reader::new(&town, "en");
    reader.says("/start lyulin").await;
    reader.taps("Done").await;
    reads!(
        without_json(&reader.says("/mydata").await),
        "
    What we keep about you
    This is all that belongs to this address:
    Channel: telegram
    Address: 42
    Messages: arrive
    Known since: 17 June 2026, 15:00
    Where: Lyulin district
    Topics: all but Parking, Culture and Sports
    Seriousness: all, the minor ones too
    When: at once
    • Consent given on 17 June 2026, 15:00 (/start)
    2 sent messages are kept; the latest:
    • Done, you are subscribed
    • Welcome to Glas
    The same as a file (JSON):
    { … }
    – discord –
    What we keep about you
    This is all that belongs to this address:
    Channel: discord
    Address: user:42
    Messages: arrive
    Known since: 17 June 2026, 15:00
    Where: Lyulin district
    Topics: all but Parking, Culture and Sports
    Seriousness: all, the minor ones too
    When: at once
    • Consent given on 17 June 2026, 15:00 (/start)
    2 sent messages are kept; the latest:
    • Done, you are subscribed
    • Welcome to Glas
    The same as a file (JSON):
    { … }
    telegram [Settings][Erase all about me]
    discord [Settings][Erase all about me]
    "
    );
    reader.says("/forget").await;
    reads!(reader.taps("Yes, erase everything").await, "
    I have erased everything about you
    Your choice, your words of consent and your messages are gone. Nothing more will arrive.
    What remains is only how many messages we sent, and a fingerprint of your address by which we cannot recognise you but which keeps others from signing you up from an old list. Your data leaves the back-ups when newer ones take their place.
    This is the last message. Once it has arrived we erase the address too. To come back, send /start.
    ");
    town.end().await;
}
