//! What changes: pauses, languages, ways out, a topic that is muted, the end.

use super::{Reader, alone, offer_to_mute, town};
use crate::town::{Base, on_both};

on_both!(what_changes_in_bulgarian, what_changes_in_english);

async fn what_changes_in_bulgarian(base: Base) {
    let town = town(base).await;
    let reader = Reader::new(&town, "bg");
    reader.says("/start bankya").await;
    reader.taps("Готово").await;
    reader.says("/settings").await;
    reads!(reader.taps("Пауза за една седмица").await, "
    Няма да Ви пиша до 24 юни 2026 г., 15:00 ч., дори при опасност. След това съобщенията тръгват отново.
    telegram [Край на паузата]
    discord [Край на паузата]
    ");
    reads!(
        reader.says("/settings").await,
        "
    Вашите настройки
    Съобщенията са на пауза до 24 юни 2026 г., 15:00 ч.
    Къде: район Банкя
    Теми: всичко без Паркиране, Култура и Спорт
    Сериозност: всички, и дребните
    Кога: веднага
    Тихи часове: няма
    telegram [Места][Теми]
    telegram [Сериозност][Колко често]
    telegram [Тихи часове][Още един абонамент][English]
    telegram [Край на паузата][Спрете съобщенията]
    discord [Места][Теми]
    discord [Сериозност][Колко често]
    discord [Тихи часове][Още един абонамент][English]
    discord [Край на паузата][Спрете съобщенията]
    "
    );
    reads!(
        reader.taps("Край на паузата").await,
        "
    Вашите настройки
    Готово, отново ще Ви пиша.
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
        reader.taps("English").await,
        "
    Done, from now on I write to you in English.
    telegram [Български][Settings]
    discord [Български][Settings]
    "
    );
    reads!(
        reader.says("Български").await,
        "
    Готово, занапред ще Ви пиша на български.
    telegram [English][Настройки]
    discord [English][Настройки]
    "
    );
    reader.says("/start izgrev").await;
    let old = reader.telegram.shows();
    reads!(
        reader.says("/cancel").await,
        "
    Добре, нищо не променям.
    telegram [Настройки][Какво има сега]
    discord [Настройки][Какво има сега]
    "
    );
    reads!(
        reader.says("отказ").await,
        "
    В момента няма какво да се отмени.
    telegram [Помощ]
    discord [Помощ]
    "
    );
    reads!(
        alone(&reader.telegram.taps_in(&old, "Готово").await),
        "
    Този въпрос вече не е актуален.
    telegram [Настройки][Помощ]
    "
    );
    offer_to_mute(&town).await;
    reads!(
        reader.taps("…").await,
        "
    Повече няма да Ви пиша за: Вода.
    telegram [Отмяна][Настройки]
    discord [Отмяна][Настройки]
    "
    );
    reads!(
        reader.taps("Отмяна").await,
        "
    Отново ще Ви пиша за: Вода.
    telegram [Без „Вода“][Настройки]
    discord [Без „Вода“][Настройки]
    "
    );
    reads!(reader.says("/stop").await, "
    Съобщенията са спрени. Пазим избора Ви, в случай че се върнете. Ако искате да го изтрием, изпратете /forget.
    telegram [Включете ги отново]
    discord [Включете ги отново]
    ");
    reads!(
        reader.says("стоп").await,
        "
    Не сте записани за съобщения, така че няма какво да спрем.
    telegram [Включете ги отново]
    discord [Включете ги отново]
    "
    );
    reads!(
        reader.says("/settings").await,
        "
    Вашите настройки
    Съобщенията са спрени. Изборът Ви се пази.
    Къде: район Банкя
    Теми: всичко без Паркиране, Култура и Спорт
    Сериозност: всички, и дребните
    Кога: веднага
    Тихи часове: няма
    telegram [Места][Теми]
    telegram [Сериозност][Колко често]
    telegram [Тихи часове][Още един абонамент][English]
    telegram [Пауза за една седмица][Включете ги отново]
    discord [Места][Теми]
    discord [Сериозност][Колко често]
    discord [Тихи часове][Още един абонамент][English]
    discord [Пауза за една седмица][Включете ги отново]
    "
    );
    town.end().await;
}

async fn what_changes_in_english(base: Base) {
    let town = town(base).await;
    let reader = Reader::new(&town, "en");
    reader.says("/start bankya").await;
    reader.taps("Done").await;
    reader.says("/settings").await;
    reads!(reader.taps("Pause for a week").await, "
    I will not write to you until 24 June 2026, 15:00, not even when there is danger. After that the messages come again.
    telegram [End the pause]
    discord [End the pause]
    ");
    reads!(
        reader.says("/settings").await,
        "
    Your settings
    The messages are paused until 24 June 2026, 15:00.
    Where: Bankya district
    Topics: all but Parking, Culture and Sports
    Seriousness: all, the minor ones too
    When: at once
    Quiet hours: none
    telegram [Places][Topics]
    telegram [Seriousness][How often]
    telegram [Quiet hours][Another subscription][Български]
    telegram [End the pause][Stop the messages]
    discord [Places][Topics]
    discord [Seriousness][How often]
    discord [Quiet hours][Another subscription][Български]
    discord [End the pause][Stop the messages]
    "
    );
    reads!(
        reader.taps("End the pause").await,
        "
    Your settings
    Done, I will write to you again.
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
        reader.taps("Български").await,
        "
    Готово, занапред ще Ви пиша на български.
    telegram [English][Настройки]
    discord [English][Настройки]
    "
    );
    reads!(
        reader.says("English").await,
        "
    Done, from now on I write to you in English.
    telegram [Български][Settings]
    discord [Български][Settings]
    "
    );
    reader.says("/start izgrev").await;
    let old = reader.telegram.shows();
    reads!(
        reader.says("/cancel").await,
        "
    All right, nothing has changed.
    telegram [Settings][What is on now]
    discord [Settings][What is on now]
    "
    );
    reads!(
        reader.says("cancel").await,
        "
    There is nothing to cancel right now.
    telegram [Help]
    discord [Help]
    "
    );
    reads!(
        alone(&reader.telegram.taps_in(&old, "Done").await),
        "
    This question is no longer open.
    telegram [Settings][Help]
    "
    );
    offer_to_mute(&town).await;
    reads!(
        reader.taps("…").await,
        "
    I will no longer write to you about: Water.
    telegram [Undo][Settings]
    discord [Undo][Settings]
    "
    );
    reads!(
        reader.taps("Undo").await,
        "
    I will write to you again about: Water.
    telegram [No “Water”][Settings]
    discord [No “Water”][Settings]
    "
    );
    reads!(reader.says("/stop").await, "
    The messages are stopped. We keep your choice in case you come back. To have it erased, send /forget.
    telegram [Switch them on again]
    discord [Switch them on again]
    ");
    reads!(
        reader.says("stop").await,
        "
    You are not subscribed to messages, so there is nothing to stop.
    telegram [Switch them on again]
    discord [Switch them on again]
    "
    );
    reads!(
        reader.says("/settings").await,
        "
    Your settings
    The messages are stopped. Your choice is kept.
    Where: Bankya district
    Topics: all but Parking, Culture and Sports
    Seriousness: all, the minor ones too
    When: at once
    Quiet hours: none
    telegram [Places][Topics]
    telegram [Seriousness][How often]
    telegram [Quiet hours][Another subscription][Български]
    telegram [Pause for a week][Switch them on again]
    discord [Places][Topics]
    discord [Seriousness][How often]
    discord [Quiet hours][Another subscription][Български]
    discord [Pause for a week][Switch them on again]
    "
    );
    town.end().await;
}
