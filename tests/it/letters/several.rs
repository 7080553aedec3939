//! Several subscriptions of one person.

use super::{Reader, alone, town};
use crate::town::{Base, on_both};

on_both!(several_in_bulgarian, several_in_english);

async fn several_in_bulgarian(base: Base) {
    let town = town(base).await;
    let reader = Reader::new(&town, "bg");
    reader.says("/start bankya").await;
    reader.taps("Готово").await;
    reader.says("/settings").await;
    reader.taps("Още един абонамент").await;
    reader.says("Изгрев").await;
    reads!(
        reader.taps("Готово").await,
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
    telegram [Назад][Отказ]
    discord (Вода, Електричество, Парно и топла вода … 17; ✓ 14)
    discord [Готово]
    discord [Назад][Отказ]
    "
    );
    reads!(
        reader.taps("Готово").await,
        "
    Вашите настройки
    Записах промяната.
    Абонамент 1
    Къде: район Изгрев
    Теми: всичко без Паркиране, Култура и Спорт
    Сериозност: всички, и дребните
    Кога: веднага
    Абонамент 2
    Къде: район Банкя
    Теми: всичко без Паркиране, Култура и Спорт
    Сериозност: всички, и дребните
    Кога: веднага
    Тихи часове: няма
    telegram [Промяна на 1][Премахване на 1]
    telegram [Промяна на 2][Премахване на 2]
    telegram [Тихи часове][Още един абонамент][English]
    telegram [Пауза за една седмица][Спрете съобщенията]
    discord [Промяна на 1][Премахване на 1]
    discord [Промяна на 2][Премахване на 2]
    discord [Тихи часове][Още един абонамент][English]
    discord [Пауза за една седмица][Спрете съобщенията]
    "
    );
    reads!(
        reader.taps("Промяна на 2").await,
        "
    Този абонамент
    Къде: район Банкя
    Теми: всичко без Паркиране, Култура и Спорт
    Сериозност: всички, и дребните
    Кога: веднага
    telegram [Места][Теми]
    telegram [Сериозност][Колко често]
    telegram [Премахване][Назад]
    discord [Места][Теми]
    discord [Сериозност][Колко често]
    discord [Премахване][Назад]
    "
    );
    reader.taps("Назад").await;
    let old = reader.telegram.shows();
    // The newest of the two is acted on, the older one stays as it is.
    reader.says("/settings").await;
    reader.taps("Премахване на 2").await;
    reader.says("/now").await;
    let again = reader.telegram.taps_in(&old, "Премахване на 2").await;
    reads!(
        alone(&again),
        "
    Вашите настройки
    Междувременно този абонамент е променен. Ето какво е избрано сега:
    Къде: район Изгрев
    Теми: всичко без Паркиране, Култура и Спорт
    Сериозност: всички, и дребните
    Кога: веднага
    Тихи часове: няма
    telegram [Места][Теми]
    telegram [Сериозност][Колко често]
    telegram [Тихи часове][Още един абонамент][English]
    telegram [Пауза за една седмица][Спрете съобщенията]
    "
    );
    town.end().await;
}

async fn several_in_english(base: Base) {
    let town = town(base).await;
    let reader = Reader::new(&town, "en");
    reader.says("/start bankya").await;
    reader.taps("Done").await;
    reader.says("/settings").await;
    reader.taps("Another subscription").await;
    reader.says("Izgrev").await;
    reads!(
        reader.taps("Done").await,
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
    telegram [Back][Cancel]
    discord (Water, Electricity, Heating and hot water … 17; ✓ 14)
    discord [Done]
    discord [Back][Cancel]
    "
    );
    reads!(
        reader.taps("Done").await,
        "
    Your settings
    The change is saved.
    Subscription 1
    Where: Izgrev district
    Topics: all but Parking, Culture and Sports
    Seriousness: all, the minor ones too
    When: at once
    Subscription 2
    Where: Bankya district
    Topics: all but Parking, Culture and Sports
    Seriousness: all, the minor ones too
    When: at once
    Quiet hours: none
    telegram [Change 1][Remove 1]
    telegram [Change 2][Remove 2]
    telegram [Quiet hours][Another subscription][Български]
    telegram [Pause for a week][Stop the messages]
    discord [Change 1][Remove 1]
    discord [Change 2][Remove 2]
    discord [Quiet hours][Another subscription][Български]
    discord [Pause for a week][Stop the messages]
    "
    );
    reads!(
        reader.taps("Change 2").await,
        "
    This subscription
    Where: Bankya district
    Topics: all but Parking, Culture and Sports
    Seriousness: all, the minor ones too
    When: at once
    telegram [Places][Topics]
    telegram [Seriousness][How often]
    telegram [Remove][Back]
    discord [Places][Topics]
    discord [Seriousness][How often]
    discord [Remove][Back]
    "
    );
    reader.taps("Back").await;
    let old = reader.telegram.shows();
    // The newest of the two is acted on, the older one stays as it is.
    reader.says("/settings").await;
    reader.taps("Remove 2").await;
    reader.says("/now").await;
    let again = reader.telegram.taps_in(&old, "Remove 2").await;
    reads!(
        alone(&again),
        "
    Your settings
    This subscription was changed meanwhile. This is chosen now:
    Where: Izgrev district
    Topics: all but Parking, Culture and Sports
    Seriousness: all, the minor ones too
    When: at once
    Quiet hours: none
    telegram [Places][Topics]
    telegram [Seriousness][How often]
    telegram [Quiet hours][Another subscription][Български]
    telegram [Pause for a week][Stop the messages]
    "
    );
    town.end().await;
}
