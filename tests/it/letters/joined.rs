//! Subscribed: what is chosen and what is on, coming again, going and coming back.

use super::{Reader, town};
use crate::town::{Base, on_both};

on_both!(who_joins_in_bulgarian, who_joins_in_english);

async fn who_joins_in_bulgarian(base: Base) {
    let town = town(base).await;
    let reader = Reader::new(&town, "bg");
    reader.says("/start lyulin").await;
    reads!(
        reader.taps("Готово").await,
        "
    Готово, записани сте
    Къде: район Люлин
    Теми: всичко без Паркиране, Култура и Спорт
    Сериозност: всички, и дребните
    Кога: веднага
    Тихи часове: няма
    Ето какво има там сега:
    • Сериозна опасност: Силна гръмотевична буря – до 17 юни 2026 г., 18:00 ч.
    Можете да промените всичко със /settings или да спрете със /stop.
    telegram [Настройки][Какво има сега]
    discord [Настройки][Какво има сега]
    "
    );
    reads!(
        reader.says("/start").await,
        "
    Вече сте записани
    Къде: район Люлин
    Теми: всичко без Паркиране, Култура и Спорт
    Сериозност: всички, и дребните
    Кога: веднага
    Тихи часове: няма
    Ето какво има там сега:
    • Сериозна опасност: Силна гръмотевична буря – до 17 юни 2026 г., 18:00 ч.
    Можете да промените всичко със /settings или да спрете със /stop.
    telegram [Настройки][Какво има сега]
    telegram [English]
    discord [Настройки][Какво има сега]
    discord [English]
    "
    );
    reads!(
        reader.says("/start bankya").await,
        "
    За кои места да Ви пиша?
    Изберете един или повече райони, или напишете квартал.
    Избрано: Банкя.
    telegram [✓ Банкя][Витоша]
    telegram [Връбница][Възраждане]
    telegram [Изгрев][Илинден]
    telegram [Искър][Красна поляна]
    telegram [Красно село][Кремиковци]
    telegram [Лозенец][Люлин]
    telegram [2/2 ›]
    telegram [Моето местоположение][Целият град]
    telegram [Готово]
    telegram [Отказ]
    discord (Банкя, Витоша, Връбница … 24; ✓ Банкя)
    discord [Целият град]
    discord [Напишете квартал]
    discord [Готово]
    discord [Отказ]
    "
    );
    reads!(reader.says("/stop").await, "
    Съобщенията са спрени. Пазим избора Ви, в случай че се върнете. Ако искате да го изтрием, изпратете /forget.
    telegram [Включете ги отново]
    discord [Включете ги отново]
    ");
    reads!(
        reader.says("здравей").await,
        "
    Добре дошли отново
    Къде: район Люлин
    Теми: всичко без Паркиране, Култура и Спорт
    Сериозност: всички, и дребните
    Кога: веднага
    Тихи часове: няма
    Ето какво има там сега:
    • Сериозна опасност: Силна гръмотевична буря – до 17 юни 2026 г., 18:00 ч.
    Можете да промените всичко със /settings или да спрете със /stop.
    telegram [Настройки][Какво има сега]
    telegram [English]
    discord [Настройки][Какво има сега]
    discord [English]
    "
    );
    town.end().await;
}

async fn who_joins_in_english(base: Base) {
    let town = town(base).await;
    let reader = Reader::new(&town, "en");
    reader.says("/start lyulin").await;
    reads!(
        reader.taps("Done").await,
        "
    Done, you are subscribed
    Where: Lyulin district
    Topics: all but Parking, Culture and Sports
    Seriousness: all, the minor ones too
    When: at once
    Quiet hours: none
    This is on there now:
    • Serious danger: Severe thunderstorm – until 17 June 2026, 18:00
    You can change everything with /settings, or stop with /stop.
    telegram [Settings][What is on now]
    discord [Settings][What is on now]
    "
    );
    reads!(
        reader.says("/start").await,
        "
    You are already subscribed
    Where: Lyulin district
    Topics: all but Parking, Culture and Sports
    Seriousness: all, the minor ones too
    When: at once
    Quiet hours: none
    This is on there now:
    • Serious danger: Severe thunderstorm – until 17 June 2026, 18:00
    You can change everything with /settings, or stop with /stop.
    telegram [Settings][What is on now]
    telegram [Български]
    discord [Settings][What is on now]
    discord [Български]
    "
    );
    reads!(
        reader.says("/start bankya").await,
        "
    Which places shall I write to you about?
    Choose one or more districts, or write the name of a quarter.
    Chosen: Bankya.
    telegram [✓ Bankya][Vitosha]
    telegram [Vrabnitsa][Vazrazhdane]
    telegram [Izgrev][Ilinden]
    telegram [Iskar][Krasna polyana]
    telegram [Krasno selo][Kremikovtsi]
    telegram [Lozenets][Lyulin]
    telegram [2/2 ›]
    telegram [Share my location][The whole city]
    telegram [Done]
    telegram [Cancel]
    discord (Bankya, Vitosha, Vrabnitsa … 24; ✓ Bankya)
    discord [The whole city]
    discord [Write a quarter]
    discord [Done]
    discord [Cancel]
    "
    );
    reads!(reader.says("/stop").await, "
    The messages are stopped. We keep your choice in case you come back. To have it erased, send /forget.
    telegram [Switch them on again]
    discord [Switch them on again]
    ");
    reads!(
        reader.says("hello").await,
        "
    Welcome back
    Where: Lyulin district
    Topics: all but Parking, Culture and Sports
    Seriousness: all, the minor ones too
    When: at once
    Quiet hours: none
    This is on there now:
    • Serious danger: Severe thunderstorm – until 17 June 2026, 18:00
    You can change everything with /settings, or stop with /stop.
    telegram [Settings][What is on now]
    telegram [Български]
    discord [Settings][What is on now]
    discord [Български]
    "
    );
    town.end().await;
}
