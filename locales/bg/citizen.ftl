### Записването и настройките: въпросите, изборът, потвържденията.

## Първата среща.

welcome-title = Добре дошли в „Глас“
welcome-what = Тук { $city } Ви предупреждава за аварии, опасно време, затворени улици и всичко важно около Вас.
welcome-privacy = Пазим само профила, от който пишете, езика и избора Ви. Съобщенията вижда и мрежата, през която минават. Всичко се изтрива с /forget. Повече: /privacy.

ask-where = За кои места да Ви пиша?
ask-where-hint = Изберете един или повече райони, или напишете квартал.
ask-radius = На какво разстояние около Вас?
ask-radius-metres = { $metres ->
    [300] Моята улица (300 м)
   *[other] До { $metres } м
}
ask-radius-district = Целият район
ask-topics = За кои теми да Ви пиша?
ask-severity = Колко сериозни да са съобщенията?
ask-severity-hint = По-маловажните пристигат без звук.
ask-cadence = Колко често да Ви пиша?
ask-cadence-hint = Когато има опасност за хората, пиша веднага, каквото и да изберете.
ask-weekday = В кой ден?
ask-hour = В колко часа?
ask-quiet = Кога да не Ви безпокоя?
ask-quiet-hint = Каквото се е събрало, идва накуп сутринта. Когато има опасност за хората, пиша веднага.
hour = { $hour }:00 ч.
weekday-1 = понеделник
weekday-2 = вторник
weekday-3 = сряда
weekday-4 = четвъртък
weekday-5 = петък
weekday-6 = събота
weekday-7 = неделя

severity-all = всички, и дребните
severity-moderate = от умерена опасност нагоре
severity-severe = само сериозна опасност
severity-extreme = само изключителна опасност
cadence-now = Веднага
cadence-daily = Веднъж на ден
cadence-weekly = Веднъж седмично
quiet-none = няма
quiet-from-to = от { $from } до { $to } ч.

## Изборът, ред по ред.

wish-number = Абонамент { $number }
wish-where = Къде
wish-about = Теми
wish-severity = Сериозност
wish-when = Кога
wish-quiet = Тихи часове
wish-around = до { $metres } м от избраното място ({ $districts })
wish-all-topics = всички
wish-no-topics = няма избрани
wish-topics = { $topics }
wish-topics-without = всичко без { $topics }
wish-now = веднага
wish-daily = веднъж на ден, в { $hour }:00 ч.
wish-weekly = веднъж седмично ({ $day }), в { $hour }:00 ч.

summary-joined = Готово, записани сте
summary-already = Вече сте записани
summary-back = Добре дошли отново
summary-on-now = Ето какво има там сега:
summary-footer = Можете да промените всичко със /settings или да спрете със /stop.

## Настройките.

settings-title = Вашите настройки
settings-one = Този абонамент
settings-saved = Записах промяната.
settings-off = Съобщенията са спрени. Изборът Ви се пази.
settings-paused = Съобщенията са на пауза до { MOMENT($until) }
settings-changed-already = Междувременно този абонамент е променен. Ето какво е избрано сега:
paused-until = Няма да Ви пиша до { MOMENT($until) }, дори при опасност. След това съобщенията тръгват отново.
resumed = Готово, отново ще Ви пиша.
mute-done = Повече няма да Ви пиша за: { $topic }.
mute-undo = Отмяна
mute-undone = Отново ще Ви пиша за: { $topic }.
mute-again = Без „{ $topic }“

button-where = Места
button-about = Теми
button-severity = Сериозност
button-cadence = Колко често
button-quiet = Тихи часове
button-more = Още един абонамент
button-pause = Пауза за една седмица
button-resume = Край на паузата
button-remove = Премахване
button-change-number = Промяна на { $number }
button-remove-number = Премахване на { $number }
button-page = Всичко на една страница

## Поканата в група или публичен канал.

invite-title = Искате ли градът да Ви предупреждава?
invite-button = Запишете ме
invite-posted = Поканата е записана; работещият „glas run“ я изпраща.
invite-channel-off = Каналът „{ $channel }“ не е включен в bot.toml, така че там няма кой да изпрати покана.
invite-not-public = Покана се публикува в група или публичен канал, а това е адрес на един човек.
invite-needs-link = В „{ $channel }“ бутонът важи за цялата група, затова поканата води към бота. Впишете адреса му като invite в bot.toml.
