//! A place that is shared, which one network can do.

use super::{alone, town};
use crate::town::{Base, on_both};

on_both!(a_shared_place_in_bulgarian, a_shared_place_in_english);

async fn a_shared_place_in_bulgarian(base: Base) {
    let town = town(base).await;
    let who = town.newcomer("telegram", 42, "bg");
    who.says("/start").await;
    reads!(alone(&who.taps("Моето местоположение").await), "
    Натиснете бутона долу, за да споделите къде сте. Пазим точката само ако изберете разстояние около нея.
    telegram [Моето местоположение]
    ");
    reads!(alone(&who.shares(42.1436, 24.7495).await), "
    Добре дошли в „Глас“
    Тук Столична община Ви предупреждава за аварии, опасно време, затворени улици и всичко важно около Вас.
    За кои места да Ви пиша?
    Това място не е в нашия град. Изберете район от списъка.
    Изберете един или повече райони, или напишете квартал.
    Пазим само профила, от който пишете, езика и избора Ви. Съобщенията вижда и мрежата, през която минават. Всичко се изтрива с /forget. Повече: /privacy.
    telegram [Банкя][Витоша]
    telegram [Връбница][Възраждане]
    telegram [Изгрев][Илинден]
    telegram [Искър][Красна поляна]
    telegram [Красно село][Кремиковци]
    telegram [Лозенец][Люлин]
    telegram [2/2 ›]
    telegram [Моето местоположение][Целият град]
    telegram [English]
    telegram [Отказ]
    ");
    reads!(
        alone(&who.shares(42.6918, 23.3262).await),
        "
    На какво разстояние около Вас?
    telegram [Моята улица (300 м)]
    telegram [До 1000 м]
    telegram [До 3000 м]
    telegram [Целият район]
    telegram [Назад][Отказ]
    "
    );
    reads!(
        alone(&who.taps("Моята улица (300 м)").await),
        "
    Готово, записани сте
    Къде: до 300 м от избраното място (район Средец)
    Теми: всичко без Паркиране, Култура и Спорт
    Сериозност: всички, и дребните
    Кога: веднага
    Тихи часове: няма
    В момента няма предупреждения за Вашите места и теми.
    Можете да промените всичко със /settings или да спрете със /stop.
    telegram [Настройки][Какво има сега]
    "
    );
    reads!(
        alone(&who.shares(42.6919, 23.3263).await),
        "
    Какво да направя за Вас?
    telegram [Какво има сега: Средец]
    telegram [Пишете ми за Средец]
    "
    );
    reads!(
        alone(&who.shares(42.1437, 24.7496).await),
        "
    Това място не е в нашия град, затова нямаме предупреждения за него.
    telegram [За целия град]
    "
    );
    town.end().await;
}

async fn a_shared_place_in_english(base: Base) {
    let town = town(base).await;
    let who = town.newcomer("telegram", 42, "en");
    who.says("/start").await;
    reads!(alone(&who.taps("Share my location").await), "
    Press the button below to share where you are. We keep the point only if you choose a distance around it.
    telegram [Share my location]
    ");
    reads!(alone(&who.shares(42.1436, 24.7495).await), "
    Welcome to Glas
    Here Sofia Municipality warns you of outages, dangerous weather, closed streets and whatever matters around you.
    Which places shall I write to you about?
    This place is not in our city. Choose a district from the list.
    Choose one or more districts, or write the name of a quarter.
    We keep only the account you write from, your language and your choice. The network that carries the messages sees them too. All of it can be erased with /forget. More: /privacy.
    telegram [Bankya][Vitosha]
    telegram [Vrabnitsa][Vazrazhdane]
    telegram [Izgrev][Ilinden]
    telegram [Iskar][Krasna polyana]
    telegram [Krasno selo][Kremikovtsi]
    telegram [Lozenets][Lyulin]
    telegram [2/2 ›]
    telegram [Share my location][The whole city]
    telegram [Български]
    telegram [Cancel]
    ");
    reads!(
        alone(&who.shares(42.6918, 23.3262).await),
        "
    How far around you?
    telegram [My street (300 m)]
    telegram [Up to 1000 m]
    telegram [Up to 3000 m]
    telegram [The whole district]
    telegram [Back][Cancel]
    "
    );
    reads!(
        alone(&who.taps("My street (300 m)").await),
        "
    Done, you are subscribed
    Where: within 300 m of the chosen place (Sredets district)
    Topics: all but Parking, Culture and Sports
    Seriousness: all, the minor ones too
    When: at once
    Quiet hours: none
    There are no alerts for your places and topics right now.
    You can change everything with /settings, or stop with /stop.
    telegram [Settings][What is on now]
    "
    );
    reads!(
        alone(&who.shares(42.6919, 23.3263).await),
        "
    What shall I do for you?
    telegram [What is on now: Sredets]
    telegram [Write to me about Sredets]
    "
    );
    reads!(
        alone(&who.shares(42.1437, 24.7496).await),
        "
    This place is not in our city, so we have no alerts for it.
    telegram [The whole city]
    "
    );
    town.end().await;
}
