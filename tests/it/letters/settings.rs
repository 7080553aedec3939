//! The settings: what is chosen, and each question that changes it.

use super::{Reader, town};
use crate::town::{Base, on_both};

on_both!(the_settings_in_bulgarian, the_settings_in_english);

async fn the_settings_in_bulgarian(base: Base) {
    let town = town(base).await;
    let reader = Reader::new(&town, "bg");
    reader.says("/start bankya").await;
    reader.taps("Готово").await;
    reads!(
        reader.says("/settings").await,
        "
    Вашите настройки
    Къде: район Банкя
    Теми: всичко без Паркиране, Култура и Спорт
    Сериозност: всички, и дребните
    Кога: веднага
    Тихи часове: няма
    telegram [Места][Теми]
    telegram [Сериозност][Колко често]
    telegram [Тихи часове][Още един абонамент][English]
    telegram [Пауза за една седмица][Спрете съобщенията]
    discord [Места][Теми]
    discord [Сериозност][Колко често]
    discord [Тихи часове][Още един абонамент][English]
    discord [Пауза за една седмица][Спрете съобщенията]
    "
    );
    reads!(
        reader.taps("Места").await,
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
    reader.taps("Отказ").await;
    reader.says("/settings").await;
    reads!(
        reader.taps("Теми").await,
        "
    За кои теми да Ви пиша?
    telegram [✓ Вода][✓ Електричество]
    telegram [✓ Парно и топла вода][✓ Движение]
    telegram [✓ Строежи и ремонти][✓ Затворени улици]
    telegram [✓ Градски транспорт][Паркиране]
    telegram [✓ Отпадъци][✓ Времето]
    telegram [✓ Качество на въздуха][✓ Здраве]
    telegram [2/2 ›]
    telegram [Готово]
    telegram [Отказ]
    discord (Вода, Електричество, Парно и топла вода … 17; ✓ 14)
    discord [Готово]
    discord [Отказ]
    "
    );
    reads!(
        reader.taps("Готово").await,
        "
    Вашите настройки
    Записах промяната.
    Къде: район Банкя
    Теми: всичко без Паркиране, Култура и Спорт
    Сериозност: всички, и дребните
    Кога: веднага
    Тихи часове: няма
    telegram [Места][Теми]
    telegram [Сериозност][Колко често]
    telegram [Тихи часове][Още един абонамент][English]
    telegram [Пауза за една седмица][Спрете съобщенията]
    discord [Места][Теми]
    discord [Сериозност][Колко често]
    discord [Тихи часове][Още един абонамент][English]
    discord [Пауза за една седмица][Спрете съобщенията]
    "
    );
    reads!(reader.taps("Сериозност").await, "
    Колко сериозни да са съобщенията?
    По-маловажните пристигат без звук.
    telegram [✓ всички, и дребните]
    telegram [от умерена опасност нагоре]
    telegram [само сериозна опасност]
    telegram [само изключителна опасност]
    telegram [Отказ]
    discord (всички, и дребните, от умерена опасност нагоре, само сериозна опасност … 4; ✓ всички, и дребните)
    discord [Отказ]
    ");
    reader.taps("само сериозна опасност").await;
    reads!(
        reader.taps("Колко често").await,
        "
    Колко често да Ви пиша?
    Когато има опасност за хората, пиша веднага, каквото и да изберете.
    telegram [✓ Веднага]
    telegram [Веднъж на ден]
    telegram [Веднъж седмично]
    telegram [Отказ]
    discord (Веднага, Веднъж на ден, Веднъж седмично … 3; ✓ Веднага)
    discord [Отказ]
    "
    );
    reads!(
        reader.taps("Веднъж седмично").await,
        "
    В кой ден?
    telegram [понеделник][вторник]
    telegram [сряда][четвъртък]
    telegram [петък][събота]
    telegram [неделя]
    telegram [Назад][Отказ]
    discord (понеделник, вторник, сряда … 7)
    discord [Назад][Отказ]
    "
    );
    reads!(
        reader.taps("сряда").await,
        "
    В колко часа?
    telegram [7:00 ч.][8:00 ч.]
    telegram [12:00 ч.][17:00 ч.]
    telegram [18:00 ч.][20:00 ч.]
    telegram [Назад][Отказ]
    discord (7:00 ч., 8:00 ч., 12:00 ч. … 6)
    discord [Назад][Отказ]
    "
    );
    reads!(
        reader.taps("8:00 ч.").await,
        "
    Вашите настройки
    Записах промяната.
    Къде: район Банкя
    Теми: всичко без Паркиране, Култура и Спорт
    Сериозност: само сериозна опасност
    Кога: веднъж седмично (сряда), в 8:00 ч.
    Тихи часове: няма
    telegram [Места][Теми]
    telegram [Сериозност][Колко често]
    telegram [Тихи часове][Още един абонамент][English]
    telegram [Пауза за една седмица][Спрете съобщенията]
    discord [Места][Теми]
    discord [Сериозност][Колко често]
    discord [Тихи часове][Още един абонамент][English]
    discord [Пауза за една седмица][Спрете съобщенията]
    "
    );
    reads!(
        reader.taps("Тихи часове").await,
        "
    Кога да не Ви безпокоя?
    Каквото се е събрало, идва накуп сутринта. Когато има опасност за хората, пиша веднага.
    telegram [няма][от 22:00 до 7:00 ч.]
    telegram [от 21:00 до 8:00 ч.][от 23:00 до 6:00 ч.]
    telegram [от 20:00 до 10:00 ч.]
    telegram [Отказ]
    discord (няма, от 22:00 до 7:00 ч., от 21:00 до 8:00 ч. … 5)
    discord [Отказ]
    "
    );
    reader.taps("няма").await;
    town.end().await;
}

async fn the_settings_in_english(base: Base) {
    let town = town(base).await;
    let reader = Reader::new(&town, "en");
    reader.says("/start bankya").await;
    reader.taps("Done").await;
    reads!(
        reader.says("/settings").await,
        "
    Your settings
    Where: Bankya district
    Topics: all but Parking, Culture and Sports
    Seriousness: all, the minor ones too
    When: at once
    Quiet hours: none
    telegram [Places][Topics]
    telegram [Seriousness][How often]
    telegram [Quiet hours][Another subscription][Български]
    telegram [Pause for a week][Stop the messages]
    discord [Places][Topics]
    discord [Seriousness][How often]
    discord [Quiet hours][Another subscription][Български]
    discord [Pause for a week][Stop the messages]
    "
    );
    reads!(
        reader.taps("Places").await,
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
    reader.taps("Cancel").await;
    reader.says("/settings").await;
    reads!(
        reader.taps("Topics").await,
        "
    Which topics shall I write to you about?
    telegram [✓ Water][✓ Electricity]
    telegram [✓ Heating and hot water][✓ Traffic]
    telegram [✓ Works and repairs][✓ Closed roads]
    telegram [✓ Public transport][Parking]
    telegram [✓ Waste][✓ Weather]
    telegram [✓ Air quality][✓ Health]
    telegram [2/2 ›]
    telegram [Done]
    telegram [Cancel]
    discord (Water, Electricity, Heating and hot water … 17; ✓ 14)
    discord [Done]
    discord [Cancel]
    "
    );
    reads!(
        reader.taps("Done").await,
        "
    Your settings
    The change is saved.
    Where: Bankya district
    Topics: all but Parking, Culture and Sports
    Seriousness: all, the minor ones too
    When: at once
    Quiet hours: none
    telegram [Places][Topics]
    telegram [Seriousness][How often]
    telegram [Quiet hours][Another subscription][Български]
    telegram [Pause for a week][Stop the messages]
    discord [Places][Topics]
    discord [Seriousness][How often]
    discord [Quiet hours][Another subscription][Български]
    discord [Pause for a week][Stop the messages]
    "
    );
    reads!(reader.taps("Seriousness").await, "
    How serious shall the messages be?
    The less important ones arrive without a sound.
    telegram [✓ all, the minor ones too]
    telegram [from moderate danger on]
    telegram [serious danger only]
    telegram [extreme danger only]
    telegram [Cancel]
    discord (all, the minor ones too, from moderate danger on, serious danger only … 4; ✓ all, the minor ones too)
    discord [Cancel]
    ");
    reader.taps("serious danger only").await;
    reads!(
        reader.taps("How often").await,
        "
    How often shall I write?
    When people are in danger I write at once, whatever you choose.
    telegram [✓ At once]
    telegram [Once a day]
    telegram [Once a week]
    telegram [Cancel]
    discord (At once, Once a day, Once a week … 3; ✓ At once)
    discord [Cancel]
    "
    );
    reads!(
        reader.taps("Once a week").await,
        "
    On which day?
    telegram [Monday][Tuesday]
    telegram [Wednesday][Thursday]
    telegram [Friday][Saturday]
    telegram [Sunday]
    telegram [Back][Cancel]
    discord (Monday, Tuesday, Wednesday … 7)
    discord [Back][Cancel]
    "
    );
    reads!(
        reader.taps("Wednesday").await,
        "
    At what time?
    telegram [7:00][8:00]
    telegram [12:00][17:00]
    telegram [18:00][20:00]
    telegram [Back][Cancel]
    discord (7:00, 8:00, 12:00 … 6)
    discord [Back][Cancel]
    "
    );
    reads!(
        reader.taps("8:00").await,
        "
    Your settings
    The change is saved.
    Where: Bankya district
    Topics: all but Parking, Culture and Sports
    Seriousness: serious danger only
    When: once a week (Wednesday), at 8:00
    Quiet hours: none
    telegram [Places][Topics]
    telegram [Seriousness][How often]
    telegram [Quiet hours][Another subscription][Български]
    telegram [Pause for a week][Stop the messages]
    discord [Places][Topics]
    discord [Seriousness][How often]
    discord [Quiet hours][Another subscription][Български]
    discord [Pause for a week][Stop the messages]
    "
    );
    reads!(
        reader.taps("Quiet hours").await,
        "
    When shall I not disturb you?
    What has gathered comes together in the morning. When people are in danger I write at once.
    telegram [none][from 22:00 to 7:00]
    telegram [from 21:00 to 8:00][from 23:00 to 6:00]
    telegram [from 20:00 to 10:00]
    telegram [Cancel]
    discord (none, from 22:00 to 7:00, from 21:00 to 8:00 … 5)
    discord [Cancel]
    "
    );
    reader.taps("none").await;
    town.end().await;
}
