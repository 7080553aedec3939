//! The first meeting: the welcome, the places, the summary.

use super::{Reader, town};
use crate::town::{Base, on_both};

on_both!(the_first_meeting_in_bulgarian, the_first_meeting_in_english);

async fn the_first_meeting_in_bulgarian(base: Base) {
    let town = town(base).await;
    let reader = Reader::new(&town, "bg");
    reads!(reader.says("/start").await, "
    Добре дошли в „Глас“
    Тук Столична община Ви предупреждава за аварии, опасно време, затворени улици и всичко важно около Вас.
    За кои места да Ви пиша?
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
    discord (Банкя, Витоша, Връбница … 24)
    discord [Целият град]
    discord [Напишете квартал]
    discord [English]
    discord [Отказ]
    ");
    reads!(reader.says("готово").await, "
    Добре дошли в „Глас“
    Тук Столична община Ви предупреждава за аварии, опасно време, затворени улици и всичко важно около Вас.
    За кои места да Ви пиша?
    Още нищо не е избрано. Изберете поне едно.
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
    discord (Банкя, Витоша, Връбница … 24)
    discord [Целият град]
    discord [Напишете квартал]
    discord [English]
    discord [Отказ]
    ");
    reads!(reader.says("Люлин").await, "
    Добре дошли в „Глас“
    Тук Столична община Ви предупреждава за аварии, опасно време, затворени улици и всичко важно около Вас.
    За кои места да Ви пиша?
    Изберете един или повече райони, или напишете квартал.
    Избрано: Люлин.
    Пазим само профила, от който пишете, езика и избора Ви. Съобщенията вижда и мрежата, през която минават. Всичко се изтрива с /forget. Повече: /privacy.
    telegram [Банкя][Витоша]
    telegram [Връбница][Възраждане]
    telegram [Изгрев][Илинден]
    telegram [Искър][Красна поляна]
    telegram [Красно село][Кремиковци]
    telegram [Лозенец][✓ Люлин]
    telegram [2/2 ›]
    telegram [Моето местоположение][Целият град]
    telegram [Готово]
    telegram [English]
    telegram [Отказ]
    discord (Банкя, Витоша, Връбница … 24; ✓ Люлин)
    discord [Целият град][Напишете квартал][Готово][English][Отказ]
    ");
    reads!(reader.says("Атлантида").await, "
    Добре дошли в „Глас“
    Тук Столична община Ви предупреждава за аварии, опасно време, затворени улици и всичко важно около Вас.
    За кои места да Ви пиша?
    Не намерих „Атлантида“ в града. Опитайте с друго име или изберете от списъка.
    Изберете един или повече райони, или напишете квартал.
    Избрано: Люлин.
    Пазим само профила, от който пишете, езика и избора Ви. Съобщенията вижда и мрежата, през която минават. Всичко се изтрива с /forget. Повече: /privacy.
    telegram [Банкя][Витоша]
    telegram [Връбница][Възраждане]
    telegram [Изгрев][Илинден]
    telegram [Искър][Красна поляна]
    telegram [Красно село][Кремиковци]
    telegram [Лозенец][✓ Люлин]
    telegram [2/2 ›]
    telegram [Моето местоположение][Целият град]
    telegram [Готово]
    telegram [English]
    telegram [Отказ]
    discord (Банкя, Витоша, Връбница … 24; ✓ Люлин)
    discord [Целият град][Напишете квартал][Готово][English][Отказ]
    ");
    reads!(reader.says("Манастирски ливади").await, "
    Добре дошли в „Глас“
    Тук Столична община Ви предупреждава за аварии, опасно време, затворени улици и всичко важно около Вас.
    За кои места да Ви пиша?
    Има няколко такива места. Кое имате предвид?
    Пазим само профила, от който пишете, езика и избора Ви. Съобщенията вижда и мрежата, през която минават. Всичко се изтрива с /forget. Повече: /privacy.
    telegram [Витоша]
    telegram [Триадица]
    telegram [Готово]
    telegram [English]
    telegram [Назад][Отказ]
    discord (Витоша, Триадица … 2)
    discord [Готово]
    discord [English]
    discord [Назад][Отказ]
    ");
    reads!(reader.taps("Назад").await, "
    Добре дошли в „Глас“
    Тук Столична община Ви предупреждава за аварии, опасно време, затворени улици и всичко важно около Вас.
    За кои места да Ви пиша?
    Изберете един или повече райони, или напишете квартал.
    Избрано: Люлин.
    Пазим само профила, от който пишете, езика и избора Ви. Съобщенията вижда и мрежата, през която минават. Всичко се изтрива с /forget. Повече: /privacy.
    telegram [Банкя][Витоша]
    telegram [Връбница][Възраждане]
    telegram [Изгрев][Илинден]
    telegram [Искър][Красна поляна]
    telegram [Красно село][Кремиковци]
    telegram [Лозенец][✓ Люлин]
    telegram [2/2 ›]
    telegram [Моето местоположение][Целият град]
    telegram [Готово]
    telegram [English]
    telegram [Отказ]
    discord (Банкя, Витоша, Връбница … 24; ✓ Люлин)
    discord [Целият град][Напишете квартал][Готово][English][Отказ]
    ");
    reads!(reader.says("Дружба 2").await, "
    Добре дошли в „Глас“
    Тук Столична община Ви предупреждава за аварии, опасно време, затворени улици и всичко важно около Вас.
    За кои места да Ви пиша?
    „Дружба 2“ е в район Искър.
    Изберете един или повече райони, или напишете квартал.
    Избрано: Искър и Люлин.
    Пазим само профила, от който пишете, езика и избора Ви. Съобщенията вижда и мрежата, през която минават. Всичко се изтрива с /forget. Повече: /privacy.
    telegram [Банкя][Витоша]
    telegram [Връбница][Възраждане]
    telegram [Изгрев][Илинден]
    telegram [✓ Искър][Красна поляна]
    telegram [Красно село][Кремиковци]
    telegram [Лозенец][✓ Люлин]
    telegram [2/2 ›]
    telegram [Моето местоположение][Целият град]
    telegram [Готово]
    telegram [English]
    telegram [Отказ]
    discord (Банкя, Витоша, Връбница … 24; ✓ Искър, Люлин)
    discord [Целият град][Напишете квартал][Готово][English][Отказ]
    ");
    reads!(reader.says("Овча купа").await, "
    Добре дошли в „Глас“
    Тук Столична община Ви предупреждава за аварии, опасно време, затворени улици и всичко важно около Вас.
    За кои места да Ви пиша?
    Не намерих точно „Овча купа“. Това ли имате предвид?
    Пазим само профила, от който пишете, езика и избора Ви. Съобщенията вижда и мрежата, през която минават. Всичко се изтрива с /forget. Повече: /privacy.
    telegram [Овча купел]
    telegram [Готово]
    telegram [English]
    telegram [Назад][Отказ]
    discord (Овча купел … 1)
    discord [Готово]
    discord [English]
    discord [Назад][Отказ]
    ");
    town.end().await;
}

async fn the_first_meeting_in_english(base: Base) {
    let town = town(base).await;
    let reader = Reader::new(&town, "en");
    reads!(reader.says("/start").await, "
    Welcome to Glas
    Here Sofia Municipality warns you of outages, dangerous weather, closed streets and whatever matters around you.
    Which places shall I write to you about?
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
    discord (Bankya, Vitosha, Vrabnitsa … 24)
    discord [The whole city]
    discord [Write a quarter]
    discord [Български]
    discord [Cancel]
    ");
    reads!(reader.says("done").await, "
    Welcome to Glas
    Here Sofia Municipality warns you of outages, dangerous weather, closed streets and whatever matters around you.
    Which places shall I write to you about?
    Nothing is chosen yet. Choose at least one.
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
    discord (Bankya, Vitosha, Vrabnitsa … 24)
    discord [The whole city]
    discord [Write a quarter]
    discord [Български]
    discord [Cancel]
    ");
    reads!(reader.says("Lyulin").await, "
    Welcome to Glas
    Here Sofia Municipality warns you of outages, dangerous weather, closed streets and whatever matters around you.
    Which places shall I write to you about?
    Choose one or more districts, or write the name of a quarter.
    Chosen: Lyulin.
    We keep only the account you write from, your language and your choice. The network that carries the messages sees them too. All of it can be erased with /forget. More: /privacy.
    telegram [Bankya][Vitosha]
    telegram [Vrabnitsa][Vazrazhdane]
    telegram [Izgrev][Ilinden]
    telegram [Iskar][Krasna polyana]
    telegram [Krasno selo][Kremikovtsi]
    telegram [Lozenets][✓ Lyulin]
    telegram [2/2 ›]
    telegram [Share my location][The whole city]
    telegram [Done]
    telegram [Български]
    telegram [Cancel]
    discord (Bankya, Vitosha, Vrabnitsa … 24; ✓ Lyulin)
    discord [The whole city][Write a quarter][Done][Български][Cancel]
    ");
    reads!(reader.says("Atlantis").await, "
    Welcome to Glas
    Here Sofia Municipality warns you of outages, dangerous weather, closed streets and whatever matters around you.
    Which places shall I write to you about?
    I did not find “Atlantis” in the city. Try another name, or choose from the list.
    Choose one or more districts, or write the name of a quarter.
    Chosen: Lyulin.
    We keep only the account you write from, your language and your choice. The network that carries the messages sees them too. All of it can be erased with /forget. More: /privacy.
    telegram [Bankya][Vitosha]
    telegram [Vrabnitsa][Vazrazhdane]
    telegram [Izgrev][Ilinden]
    telegram [Iskar][Krasna polyana]
    telegram [Krasno selo][Kremikovtsi]
    telegram [Lozenets][✓ Lyulin]
    telegram [2/2 ›]
    telegram [Share my location][The whole city]
    telegram [Done]
    telegram [Български]
    telegram [Cancel]
    discord (Bankya, Vitosha, Vrabnitsa … 24; ✓ Lyulin)
    discord [The whole city][Write a quarter][Done][Български][Cancel]
    ");
    reads!(reader.says("Manastirski livadi").await, "
    Welcome to Glas
    Here Sofia Municipality warns you of outages, dangerous weather, closed streets and whatever matters around you.
    Which places shall I write to you about?
    There are several such places. Which one do you mean?
    We keep only the account you write from, your language and your choice. The network that carries the messages sees them too. All of it can be erased with /forget. More: /privacy.
    telegram [Vitosha]
    telegram [Triaditsa]
    telegram [Done]
    telegram [Български]
    telegram [Back][Cancel]
    discord (Vitosha, Triaditsa … 2)
    discord [Done]
    discord [Български]
    discord [Back][Cancel]
    ");
    reads!(reader.taps("Back").await, "
    Welcome to Glas
    Here Sofia Municipality warns you of outages, dangerous weather, closed streets and whatever matters around you.
    Which places shall I write to you about?
    Choose one or more districts, or write the name of a quarter.
    Chosen: Lyulin.
    We keep only the account you write from, your language and your choice. The network that carries the messages sees them too. All of it can be erased with /forget. More: /privacy.
    telegram [Bankya][Vitosha]
    telegram [Vrabnitsa][Vazrazhdane]
    telegram [Izgrev][Ilinden]
    telegram [Iskar][Krasna polyana]
    telegram [Krasno selo][Kremikovtsi]
    telegram [Lozenets][✓ Lyulin]
    telegram [2/2 ›]
    telegram [Share my location][The whole city]
    telegram [Done]
    telegram [Български]
    telegram [Cancel]
    discord (Bankya, Vitosha, Vrabnitsa … 24; ✓ Lyulin)
    discord [The whole city][Write a quarter][Done][Български][Cancel]
    ");
    reads!(reader.says("Druzhba 2").await, "
    Welcome to Glas
    Here Sofia Municipality warns you of outages, dangerous weather, closed streets and whatever matters around you.
    Which places shall I write to you about?
    “Druzhba 2” is in Iskar district.
    Choose one or more districts, or write the name of a quarter.
    Chosen: Iskar and Lyulin.
    We keep only the account you write from, your language and your choice. The network that carries the messages sees them too. All of it can be erased with /forget. More: /privacy.
    telegram [Bankya][Vitosha]
    telegram [Vrabnitsa][Vazrazhdane]
    telegram [Izgrev][Ilinden]
    telegram [✓ Iskar][Krasna polyana]
    telegram [Krasno selo][Kremikovtsi]
    telegram [Lozenets][✓ Lyulin]
    telegram [2/2 ›]
    telegram [Share my location][The whole city]
    telegram [Done]
    telegram [Български]
    telegram [Cancel]
    discord (Bankya, Vitosha, Vrabnitsa … 24; ✓ Iskar, Lyulin)
    discord [The whole city][Write a quarter][Done][Български][Cancel]
    ");
    reads!(reader.says("Ovcha kupa").await, "
    Welcome to Glas
    Here Sofia Municipality warns you of outages, dangerous weather, closed streets and whatever matters around you.
    Which places shall I write to you about?
    I did not find exactly “Ovcha kupa”. Is this what you mean?
    We keep only the account you write from, your language and your choice. The network that carries the messages sees them too. All of it can be erased with /forget. More: /privacy.
    telegram [Ovcha kupel]
    telegram [Done]
    telegram [Български]
    telegram [Back][Cancel]
    discord (Ovcha kupel … 1)
    discord [Done]
    discord [Български]
    discord [Back][Cancel]
    ");
    town.end().await;
}
