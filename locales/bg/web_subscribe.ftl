### Записването по пощата и страниците с личните връзки: потвърждение, избор, отписване, данни.

## Записване.

way-email = Електронна поща
way-email-how = Попълнете кратък формуляр и потвърдете с връзката, която ще Ви изпратим.
way-email-open = Запишете се по пощата

web-preferences = Вашият избор

subscribe-title = Запишете се по електронната поща
subscribe-about = Ще Ви пишем само за местата и темите, които изберете. Спирате по всяко време с едно докосване.
subscribe-email = Електронна поща
subscribe-email-hint = На този адрес ще получите писмо с връзка за потвърждение.
subscribe-email-none = Напишете електронната си поща.
subscribe-email-wrong = Това не прилича на електронна поща. Пише се така: ime@example.com
subscribe-where = За кои места да Ви пишем?
subscribe-topics = За кои теми да Ви пишем?
subscribe-cadence = Колко често да Ви пишем?
subscribe-cadence-hint = Когато има опасност за хората, пишем веднага, каквото и да изберете.
subscribe-near = Улица, квартал или населено място
subscribe-near-hint = Не е задължително. Ако не знаете района, напишете мястото тук, например „Люлин 3“ или „Витошка“.
subscribe-point = Точка от картата
subscribe-point-hint = Не е задължително. Ако искате да Ви пишем само за Вашата улица, поставете тук координатите ѝ от карта, например 42.6977, 23.3219
subscribe-point-unread = „{ $text }“ не прилича на координати. Те са две числа: ширина и дължина, например 42.6977, 23.3219
subscribe-point-outside = Тази точка е извън града. Проверете дали ширината е преди дължината.
subscribe-point-or-place = Изберете или точка, или райони. За другото добавете после още един абонамент.
subscribe-radius = На какво разстояние около точката?
subscribe-radius-hint = Важи, ако сте посочили точка.
subscribe-place-none = Изберете поне едно място или целия град.
subscribe-place-unknown = Не намерихме „{ $text }“ в града. Напишете друго име или изберете района от списъка.
subscribe-place-which = „{ $text }“ може да е в { $places }. Отбележете в списъка района, който имате предвид.
subscribe-topic-none = Изберете поне една тема.
subscribe-choose-again = Изберете един от отговорите.
subscribe-hour-hint = Важи, ако сте избрали да Ви пишем веднъж на ден или седмично.
subscribe-weekday-hint = Важи, ако сте избрали да Ви пишем веднъж седмично.
subscribe-privacy = Пазим адреса, езика и избора Ви, за да Ви пишем. Пощенската Ви услуга също вижда писмата.
subscribe-send = Изпратете ми връзка за потвърждение
subscribe-sent = Проверете пощата си
subscribe-sent-what = Изпращаме Ви писмо с връзка. Записвате се едва когато я отворите и потвърдите.
subscribe-sent-holds = Връзката важи { $days ->
    [one] { $days } ден
   *[other] { $days } дни
}.
subscribe-sent-not = Ако до няколко минути няма писмо, погледнете в папката за нежелана поща. На един адрес пращаме най-много едно такова писмо на десет минути и три на ден.

## Писмото за потвърждение.

opt-in-title = Потвърдете, че искате да Ви пишем
opt-in-reminder = Напомняне: потвърдете, че искате да Ви пишем
opt-in-what = Някой – надяваме се, Вие – поиска да изпращаме на този адрес предупреждения:
opt-in-reminder-what = Вчера някой – надяваме се, Вие – поиска да изпращаме на този адрес предупреждения, но още не е потвърдил:
opt-in-until = Отворете връзката и потвърдете до { MOMENT($until) }
opt-in-not-me = Ако не сте били Вие, не правете нищо. Без потвърждение няма да Ви пишем.
opt-in-open = Вижте и потвърдете

## Потвърждението.

confirm-title = Потвърдете абонамента си
confirm-about = На { $address } ще изпращаме предупреждения така:
confirm-language = Език
confirm-tick = Да, искам да ми пишете
confirm-tick-first = Отбележете „Да, искам да ми пишете“ и натиснете бутона още веднъж.
confirm-button = Потвърждавам
confirm-not-me = Ако не сте поискали това, затворете страницата. Нищо няма да се случи.
confirm-done = От всяко наше писмо можете да промените избора си или да спрете.
confirm-already = Вече сте потвърдили
confirm-already-what = Този абонамент вече е потвърден и няма какво повече да правите.

## Всичко избрано, на една страница.

preferences-of = За { $address }
preferences-one = Вашият абонамент
preferences-change = Променете или премахнете
preferences-save = Запишете промяната
preferences-remove = Премахнете този абонамент
preferences-add = Още един абонамент
preferences-add-open = Добавете абонамент
preferences-add-send = Добавете
preferences-all = Общо за този адрес
preferences-state = Да Ви пишем ли?
preferences-on = Да, пишете ми
preferences-pause = Не, една седмица пауза
preferences-off = Не, спрете съобщенията
preferences-language = На какъв език?
preferences-quiet = Кога да не Ви безпокоим?
preferences-quiet-hint = Каквото се е събрало, идва накуп сутринта. Когато има опасност за хората, пишем веднага.
preferences-more = Още
preferences-added = Добавихме абонамента.
preferences-removed = Премахнахме абонамента.
preferences-last-removed = Това беше последният Ви абонамент, затова спряхме съобщенията. Изборът се пази, ако решите да се върнете.
preferences-unchanged = Нямаше какво да се промени.
preferences-too-many = Имате вече 20 абонамента, повече не се побират. Добавете места към някой от тях.

## Отписването.

unsubscribe-title = Да спрем ли съобщенията?
unsubscribe-of = На { $address } сега изпращаме:
unsubscribe-what = Сега изпращаме:
unsubscribe-ask = Какво да направим?
unsubscribe-stop = Спрете всички съобщения
unsubscribe-pause = Спрете ги само за една седмица
unsubscribe-button = Направете го
unsubscribe-choose = Изберете какво да направим.
unsubscribe-fewer = Ако са просто твърде много, изберете по-малко теми или места:
unsubscribe-link = Спиране на съобщенията
unsubscribe-stopped = Съобщенията са спрени
unsubscribe-stopped-what = Повече няма да Ви пишем. Изборът Ви се пази, ако решите да се върнете.
unsubscribe-paused = Пауза за една седмица
unsubscribe-paused-what = Няма да Ви пишем до { MOMENT($until) }, дори при опасност. След това продължаваме.
unsubscribe-undone = Върнахме всичко
unsubscribe-undone-what = Отново ще Ви пишем, както преди.
unsubscribe-is-off = Съобщенията вече са спрени
unsubscribe-is-off-what = На този адрес не изпращаме нищо. Ако искате отново да Ви пишем, върнете ги от избора си.

## Бутоните от писмата.

press-title = Още една стъпка
press-what = Натиснахте бутон в съобщение от нас.
press-what-of = Натиснахте бутон в писмо до { $address }.
press-button = Направете го
press-go = Продължете
press-tick-first = Отбележете полето, за да знаем, че го искате.
press-why = Питаме, защото някои пощенски програми сами отварят всяка връзка.
press-done = Готово
press-nothing = Направено е.
press-choose = Това избирам
press-answers = Отговори
press-write = Изпратете

## Данните.

mydata-save = Запазете като файл (JSON)
mydata-languages = Езици
mydata-languages-all = { $languages }
mydata-paused = Пауза до
mydata-wishes = За какво Ви пишем
mydata-consents = Съгласията Ви
mydata-consents-none = Няма записани съгласия.
mydata-requests = Заявки по пощата
mydata-request = Подадена на { MOMENT($at) }, още не е потвърдена
mydata-request-used = Подадена на { MOMENT($at) }, потвърдена
mydata-form = Има и един въпрос от нас, на който сте започнали да отговаряте. Отговорите са във файла.
mydata-sent = Какво сме Ви изпратили
mydata-erase = Изтриване
mydata-erase-what = Изтриваме избора Ви, съгласията и изпратеното; чакащите съобщения няма да пристигнат. Това не може да се върне.

## Връзка, която не важи.

trouble-link-over = Тази връзка вече не важи
trouble-link-over-means = Личните връзки важат за ограничено време и за едно нещо. Нищо не е променено.
trouble-link-over-do = Отворете връзката от най-новото си писмо от нас или се запишете отново.
